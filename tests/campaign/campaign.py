"""The fault campaign: random schedules × kill -9 × network faults × clock jumps × two agents ×
people who change their minds × restored copies.

    python -m tests.campaign.campaign [--schedules 1000] [--seed 5]

prints a table of what was scheduled, what went out, what was late, and what was doubled or lost.
Each round freezes a few posts for random targets and times, lets two agents publish while the clock
jumps, the sites fail, agents are killed, people take off, put off, rewrite and send by hand, and
now and then an older copy of the journal is restored; then it lets everything come to rest and
counts what readers see at the sites.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from journal_app.domain.due import AmbiguousTime, local
from journal_app.domain.publishing import Publication
from journal_app.domain.targets import Abilities
from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.store import backups
from tests.campaign import actors
from tests.campaign.actors import Agent, Clock
from tests.campaign.eras import ERAS
from tests.campaign.sites import HOOK, NETWORK, SECRET, Sites
from tests.campaign.tally import Live, Tally

PER_ROUND = 12
STEPS = 8
MINUTE, HOUR = 60_000, 3_600_000
ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe", "UTC")


GHOST = "5f0a1b2c3d4e5f6071829304:" + "ab" * 32


@dataclass
class Campaign:
    """One journal, ten targets, two agents."""

    folder: Path
    seed: int = 5
    tallies: dict[str, Tally] = field(default_factory=dict)
    events: Counter[str] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.rng = random.Random(self.seed)
        os.environ.update(CAMPAIGN_SECRET=SECRET, CAMPAIGN_HOOK=HOOK, CAMPAIGN_GHOST=GHOST)
        self.journal_folder = self.folder / "journal"
        self.clock = Clock(self.folder / "clock", ERAS[0][0])
        self.era = ERAS[0]
        self.errors = self.folder / "errors"
        self.sites = Sites(self.folder)
        self.agents = [Agent(self.journal_folder, self.clock, self.errors) for _ in range(2)]
        self._n = 0
        self.live: list[Live] = []
        self.updates: dict[str, Live] = {}  # by publication: what readers saw before
        self.going: list[Live] = []
        with self._open() as journal:
            for name, (kind, config) in self.sites.configs.items():
                journal.targets.add(name, kind, config)
                self.tallies[name] = Tally()

    def _open(self) -> Journal:
        return Journal(self.journal_folder, now=self.clock.now)

    def close(self) -> None:
        """Stop everything."""
        for agent in self.agents:
            agent.kill()
        self.sites.close()
        if self.errors.exists():
            self.problems.append(f"an agent stopped: {self.errors.read_text()[-2000:]}")

    # ------------------------------------------------------------------ a round

    def run(self, schedules: int) -> None:
        """So many schedules, in rounds."""
        rounds = -(-schedules // PER_ROUND)
        for n in range(rounds):
            self.era = ERAS[n * len(ERAS) // rounds]
            if self.clock.now() < self.era[0]:
                self.clock.move(self.era[0] - self.clock.now())
            marks = self._schedule(min(PER_ROUND, schedules - n * PER_ROUND))
            self._storm(list(marks))
            self._rest()
            self._judge(marks)

    def _schedule(self, n: int) -> dict[str, str]:
        """Freeze `n` posts; returns the mark of each publication by id."""
        marks = {}
        names = self.rng.choices(list(self.sites.configs), k=n)
        with self._open() as journal:
            can = {k.name: k.abilities for k in journal.targets.kinds()}
            for name in names:
                self._n += 1
                mark = f"mark{self._n:05d}x"
                before = self._take_live(can, "updates") if self.rng.random() < 0.2 else None
                if before is not None:
                    body = f"{before.body} Better: {mark}."
                    entry = journal.entries.get(before.post)
                    journal.entries.save(before.post, body, base_rev=entry.rev)
                    p = self._freeze(journal, before.post, before.target)
                    self.updates[p.id] = before
                else:
                    body = f"Loss fell after {mark}."
                    post = journal.entries.create(body, kind="post", title=f"Finding {mark}").id
                    p = self._freeze(journal, post, name)
                marks[p.id] = mark
                self.tallies[p.target].scheduled += 1
        return marks

    def _take_live(self, can: dict[str, Abilities], ability: str) -> Live | None:
        """A post that is out, at a target that can do that."""
        kinds = {name: kind for name, (kind, _) in self.sites.configs.items()}
        able = [one for one in self.live if getattr(can[kinds[one.target]], ability)]
        if not able:
            return None
        chosen = self.rng.choice(able)
        self.live.remove(chosen)
        return chosen

    def _freeze(self, journal: Journal, post: str, name: str) -> Publication:
        ahead = self.rng.choice((1, 2, 7, 15, 45, 90, 200, 500)) * MINUTE
        zone = self.rng.choice(ZONES)
        wall = local(self.clock.now() + ahead + self.rng.randrange(60_000), zone)
        _start, changing, day = self.era
        if self.rng.random() < 0.3:  # the hour in which clocks change, as people write it
            zone = changing
            wall = day.replace(hour=self.rng.choice((1, 2)), minute=self.rng.choice((10, 30)))
        at = wall.strftime("%Y-%m-%d %H:%M:%S")
        late = self.rng.choice((None, None, None, 0, 6 * HOUR, -1))
        try:
            return journal.publishing.schedule(post, name, at, tz=zone, late_limit=late)
        except AmbiguousTime as question:
            self.events["times that clocks make twofold or skip"] += 1
            due = self.rng.choice(question.choices).due
            if due.at > self.clock.now():
                at = datetime.fromtimestamp(due.at / 1000, UTC).isoformat()
                return journal.publishing.schedule(post, name, at, tz=zone, late_limit=late)
        except JournalError as error:
            if "past" not in error.message:
                raise
        soon = datetime.fromtimestamp(self.clock.now() / 1000 + 240, UTC).isoformat()
        return journal.publishing.schedule(post, name, soon, tz=zone, late_limit=late)

    def _storm(self, ids: list[str]) -> None:
        """Two agents, people who change their minds, and everything that goes wrong."""
        restores = self.rng.randrange(STEPS) if self.rng.random() < 0.25 else -1
        copy = self._copied() if restores >= 0 else None
        lease = self.rng.random() < 0.5  # without it only the claims stand between the two
        with self._open() as journal:
            can = {k.name: k.abilities for k in journal.targets.kinds()}
        for agent in self.agents:
            agent.start(self.rng.randrange(2**32), lease)
        for step in range(STEPS):
            chance = self.rng.random()
            person = self._somebody_takes_back(can) if chance < 0.15 and restores < 0 else 0
            if 0.15 <= chance < 0.6 and restores < 0:
                person = self._somebody_changes(self.rng.choice(ids))
            for _ in range(self.rng.choice((0, 1, 2, 3))):
                name = self.rng.choice([n for n, (k, _) in self.sites.configs.items() if k == n])
                self.sites.fault(name, self.rng.choice(NETWORK))
            if self.rng.random() < 0.03:
                self.sites.revoke(name=self.rng.choice(("mastodon", "devto", "mataroa")))
            self._jump()
            time.sleep(self.rng.uniform(0.01, 0.08))
            if self.rng.random() < 0.5:
                agent = self.rng.choice(self.agents)
                agent.kill()
                self.events["kill -9"] += 1
                time.sleep(self.rng.uniform(0, 0.02))
                agent.start(self.rng.randrange(2**32), lease)
            if person:
                if self.rng.random() < 0.5:
                    os.kill(person, signal.SIGKILL)
                os.waitpid(person, 0)
            if step == restores and copy is not None:
                self._restore(copy)
                for agent in self.agents:
                    agent.start(self.rng.randrange(2**32), lease)
        for agent in self.agents:
            agent.kill()

    def _somebody_takes_back(self, can: dict[str, Abilities]) -> int:
        chosen = self._take_live(can, "unpublishes")
        if chosen is None:
            return 0
        self.going.append(chosen)
        self.events["posts that a person takes back"] += 1
        return self._person(actors.take_back(chosen.post, chosen.target))

    def _person(self, act: Callable[[Journal], object]) -> int:
        return actors.person(self.journal_folder, self.clock, self.errors, act)

    def _somebody_changes(self, id: str) -> int:
        with self._open() as journal:
            (p,) = journal.publishing.history(id)
        soon = self.clock.now() + self.rng.randrange(2 * MINUTE, 300 * MINUTE)
        at = datetime.fromtimestamp(soon // 1000, UTC).isoformat()
        what, act = self.rng.choice(
            (
                ("posts taken off", actors.take_off(id)),
                ("posts put off", actors.put_off(id, at)),
                ("posts sent by hand", actors.send_now(p.post_id, p.target)),
                ("texts changed and approved", actors.write_on(id, p.post_id)),
            )
        )
        self.events[what] += 1
        return self._person(act)

    def _copied(self) -> str:
        """A copy of the journal, before anything of this round went out."""
        with self._open() as journal:
            return journal.upkeep.backup().name

    def _restore(self, copy: str) -> None:
        """Somebody puts the copy in the journal's place, while agents work."""
        if self.rng.random() < 0.5:
            for agent in self.agents:
                agent.kill()
        backups.restore(self.journal_folder, copy, self.clock.now())
        for agent in self.agents:
            agent.kill()
        self.events["restored copies"] += 1

    def _jump(self) -> None:
        chance = self.rng.random()
        if chance < 0.12:
            back = self.rng.randrange(5 * MINUTE, 180 * MINUTE)
            self.clock.move(-back)
            self.events["clock set back"] += 1
        elif chance < 0.2:
            self.clock.move(self.rng.randrange(4 * HOUR, 40 * HOUR))
            self.events["sleep of hours"] += 1
        else:
            self.clock.move(self.rng.randrange(MINUTE, 90 * MINUTE))
            self.events["clock jumped ahead"] += 1
        self.sites.clock(self.clock.offset)

    def _rest(self) -> None:
        """The sites work, the user has given good keys: everything comes to an end."""
        self.sites.calm()
        with self._open() as journal:
            for name, health in journal.targets.health().items():
                if health.denied:
                    journal.targets.test(name)
            journal.publishing.wake_forgotten()
            for _turn in range(120):
                journal.publishing.run_due()
                if not self._waiting(journal):
                    return
                self.clock.move(30 * MINUTE)
                self.sites.clock(self.clock.offset)
            self._somebody_looks(journal)

    def _somebody_looks(self, journal: Journal) -> None:
        """A person says of what stayed uncertain, and asks for one, whether it is out."""
        for item in journal.publishing.queue(1000):
            p = item.publication
            if p.state == "unknown" and "Look" in (p.last_error or ""):
                text = journal.entries.get(p.post_id).body
                mark = re.findall(r"mark\d+x", text)[-1]
                out = self.sites.count(p.target, [mark])[mark] > 0
                journal.publishing.settle(p.id, out=out)
                self.events["asked, and answered by a person"] += 1

    @staticmethod
    def _waiting(journal: Journal) -> bool:
        open = ("scheduled", "claimed", "sending", "pushed", "unknown")
        return any(item.publication.state in open for item in journal.publishing.queue(1000))

    # ------------------------------------------------------------------ counting

    def _judge(self, marks: dict[str, str]) -> None:
        with self._open() as journal:
            for name, group in self._by_target(journal, marks):
                seen = self.sites.count(name, [marks[id] for id, _ in group])
                for id, p in group:
                    known = len(self.problems)
                    log = journal.publishing.log(p.id)
                    moved = next((line.at for line in log if line.state == "published"), 0)
                    held = any(line.state == "pushed" for line in log)
                    mark = marks[id]
                    before = self.updates.pop(id, None)
                    self._judge_one(name, p, mark, before, seen[mark], moved, held)
                    self.events["replies lost"] += sum(line.state == "unknown" for line in log)
                    self.events["tries put off"] += max(
                        0, sum(line.state == "scheduled" for line in log) - 1
                    )

                    if len(self.problems) > known:
                        self.problems[-1] += "".join(
                            f"\n    {line.at - p.due.at:+d} ms {line.state} {line.detail[:120]}"
                            for line in log
                        )
            self._judge_taken_back(journal)

    def _judge_taken_back(self, journal: Journal) -> None:
        for one in self.going:
            last = journal.publishing.for_post(one.post)[0]
            copies = self.sites.count(one.target, [one.mark])[one.mark]
            self.tallies[one.target].taken_back += last.state == "removed"
            expected = 0 if last.state == "removed" else 1
            if copies != expected:
                self.tallies[one.target].lost += 1
                self.problems.append(
                    f"taken back: {one.target} {last.id} ({last.act}) is {last.state}, "
                    f"{copies} copies: {last.last_error}"
                )
        self.going.clear()

    def _by_target(
        self, journal: Journal, marks: dict[str, str]
    ) -> Iterator[tuple[str, list[tuple[str, Publication]]]]:
        """Each publication of the round, or what was sent by hand in its place."""
        found: dict[str, list[tuple[str, Publication]]] = {}
        for id in marks:
            (p,) = journal.publishing.history(id)
            if p.state == "cancelled":
                p = journal.publishing.for_post(p.post_id)[0]
            found.setdefault(p.target, []).append((id, p))
        yield from found.items()

    def _judge_one(
        self,
        name: str,
        p: Publication,
        mark: str,
        before: Live | None,
        copies: int,
        moved: int,
        held: bool,
    ) -> None:
        tally = self.tallies[name]
        label = f"{name} {p.id} is {p.state}, {copies} copies: {p.last_error}"
        if before is not None:
            of_old = self.sites.count(name, [before.mark])[before.mark]
            if of_old != 1:
                tally.doubled += of_old > 1
                tally.lost += of_old == 0
                self.problems.append(f"update, {of_old} copies of what was out: {label}")
        if copies > 1:
            tally.doubled += 1
            self.problems.append(f"doubled: {label}")
        if p.state == "published" and copies == 1:
            words = before.body if before is not None else f"Loss fell after {mark}."
            first = before.mark if before is not None else mark
            body = f"{words} Better: {mark}." if before is not None else words
            self.live.append(Live(p.post_id, name, first, body))
        elif before is not None:
            self.live.append(before)
        if p.state == "published":
            tally.published += 1
            late = p.receipt.late_ms if p.receipt else 0
            tally.late += late >= MINUTE
            if copies == 0:
                tally.lost += 1
                self.problems.append(f"said to be out, and is not: {label}")
            if moved - p.due.at >= 2 * MINUTE and late < MINUTE and not held:
                tally.lost += 1
                self.problems.append(f"late, and nothing says so: {label}")
        elif p.state == "cancelled":
            tally.taken_off += 1
            if copies and "it may be out" not in (p.last_error or ""):
                tally.lost += 1
                self.problems.append(f"said to be taken off, and is out: {label}")
        elif p.state in ("missed", "failed"):
            tally.missed += p.state == "missed"
            tally.failed += p.state == "failed"
            if copies:
                tally.lost += 1
                self.problems.append(f"said not to be out, and is: {label}")
            if not p.last_error:
                self.problems.append(f"not out, and nothing says why: {label}")
        else:
            tally.lost += 1
            self.problems.append(f"never came to an end: {label}")

    def total(self) -> Tally:
        """The counts of all targets together."""
        columns = zip(*(vars(tally).values() for tally in self.tallies.values()), strict=True)
        return Tally(*(sum(column) for column in columns))

    def table(self) -> str:
        """The counts, as Markdown."""
        heads: tuple[str, ...] = (
            "target",
            "scheduled",
            "published",
            "late, and said so",
            "missed, and said so",
        )
        heads += ("failed, and said so", "taken off", "doubled", "taken back", "lost")
        rows = [(name, *vars(tally).values()) for name, tally in sorted(self.tallies.items())]
        rows.append(("**all**", *vars(self.total()).values()))
        lines = ["| " + " | ".join(heads) + " |", "|---" + "|---:" * (len(heads) - 1) + "|"]
        lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
        met = {**self.events, **{f"answer: {k}": n for k, n in self.sites.met.items()}}
        lines += ["", "; ".join(f"{name} {n}" for name, n in sorted(met.items()))]
        return "\n".join(lines)


def main() -> int:
    """Run it and print the table; 1 if anything was doubled or lost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--schedules", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="field-journal-campaign-") as folder:
        campaign = Campaign(Path(folder), given.seed)
        try:
            campaign.run(given.schedules)
        finally:
            campaign.close()
        print(campaign.table())
        print(f"{given.schedules} schedules, seed {given.seed}, {time.monotonic() - started:.0f} s")
    for problem in campaign.problems:
        print(problem)
    return 1 if campaign.problems else 0


if __name__ == "__main__":
    sys.exit(main())
