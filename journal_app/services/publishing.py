"""Publishing: approve, schedule, queue, and the one function that sends what is due.

Path of a post: the preflight approves it → schedule freezes revision, due time and place →
`run_due` claims it → checks and renders → notes what it is about to send → sends with no
transaction open and no lock held → reads it back → keeps the receipt. Window, command line, agent
and heartbeat all call `run_due`; the claim makes that safe.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from journal_app.domain.due import due_at
from journal_app.domain.publishing import (
    WAITING,
    LogLine,
    Outcome,
    Publication,
    QueueItem,
)
from journal_app.errors import JournalError, NotFound
from journal_app.services import planning
from journal_app.services.approving import (
    Approving,
    Checks,
    moved_on,
    waits_already,
    with_policy,
)
from journal_app.services.sending import Rules, Sender, Watch
from journal_app.services.settling import Settler
from journal_app.store import entries, publications, queue, targets
from journal_app.store.preferences import Preferences

if TYPE_CHECKING:
    from journal_app.runtime.vault import Vault
    from journal_app.services.sending import Kinds
    from journal_app.store.database import Store


class PublishingService(Approving):
    """Publications of one journal. Every method may be called from any thread and process."""

    def __init__(
        self,
        store: Store,
        kinds: Kinds,
        vault: Vault,
        *,
        checks: Checks | None = None,
    ) -> None:
        self._settings = Preferences(store)
        refuse = checks.refusal if checks is not None else _nothing_refused
        sender = Sender(store, kinds, vault, Rules(refuse, self._late_limit))
        super().__init__(store, sender, Settler(store, sender), checks)

    def _late_limit(self) -> int:
        value = self._settings.get("publish.late")
        return -1 if value == "always" else int(value) * 3_600_000

    # ------------------------------------------------------------------ taking off, taking back

    def cancel(self, ref: str, target: str | None = None) -> Publication:
        """Take a publication off, named by its id or by its post (and target).

        One that its target holds is taken back from there first. Raises NotFound, JournalError.
        """
        found = self.waiting(ref, target)
        if found.state == "unknown":
            found = self._looked_up(found)
        if found.state == "pushed":
            return self._recall(found)
        why = "taken off"
        if self._settler.may_be_there(found):
            try:
                if found.state == "scheduled" and self._settler.can_tell(found):
                    return self._recall(found)
            except JournalError:
                found = publications.get(self._store.read(), found.id)
                if found.state != "scheduled" or self._settler.may_be_held(found):
                    raise
            why = "taken off; it may be out: its target could not tell"
        told = {"last_error": why} if why != "taken off" else None
        with self._store.write() as w:
            moved = None
            now = publications.get(w.db, found.id)
            if now.state in WAITING and now.state != "pushed":
                moved = publications.move(w, now, "cancelled", why, told)
        if moved is None:
            raise JournalError(
                f"Publication {found.id} is {now.state}: it cannot be taken off.",
                "What is being sent will end soon; what is out is taken back with "
                f"`journal unpublish {found.post_id}`.",
            )
        return moved

    def _looked_up(self, p: Publication) -> Publication:
        """What is uncertain, after a last look at its target. Raises JournalError if it is out."""
        self._settler.settle(p)
        found = publications.get(self._store.read(), p.id)
        if found.state == "published":
            raise JournalError(
                f"It is out: {_where(found)}",
                f"`journal unpublish {p.post_id} --target {p.target}` takes it back.",
            )
        return found

    def waiting(self, ref: str, target: str | None = None) -> Publication:
        """The publication with this id, or the one of this post that waits (at `target`).

        Raises NotFound, and JournalError where several wait.
        """
        db = self._store.read()
        found = publications.named(db, ref)
        if found is not None:
            return found
        post_id = entries.resolve(db, ref)
        waiting = [p for p in publications.of_post(db, post_id, target) if p.state in WAITING]
        if len(waiting) > 1:
            raise JournalError(
                f"This post waits for {', '.join(p.target for p in waiting)}.",
                "Say which with --target NAME.",
            )
        if not waiting:
            raise NotFound(f"{ref} is not scheduled.", "`journal queue` shows what is.")
        return waiting[0]

    def _recall(self, held: Publication) -> Publication:
        """Take back what a target holds; raises JournalError where that cannot be done now."""
        return self._settler.recall(held)

    def unpublish(self, post: str, target: str | None = None) -> Outcome:
        """Take a post that is out back from its readers; its history stays.

        Raises JournalError where it is not out, or its target cannot do that.
        """
        db = self._store.read()
        post_id = entries.resolve(db, post)
        out = self._out(post_id, target)
        if len(out) != 1:
            names = ", ".join(p.target for p in out)
            raise JournalError(
                f"This post is out at {names}." if out else "This post is not out.",
                "Say where with --target NAME." if out else "`journal log POST` shows what was.",
            )
        before = out[0]
        opened = self._sender.open(before.target)
        if not opened.kind.abilities.unpublishes:
            raise JournalError(
                f"{opened.kind.title} cannot take back what it has sent.",
                f"Look there yourself: {_where(before)}",
            )
        planned = planning.withdrawal(self._store, before, due_at(self._store.now(), self._zone()))
        with self._store.write() as w:
            for p in publications.of_post(w.db, post_id, before.target):
                if p.state in ("claimed", "sending", "unknown", "pushed"):
                    raise waits_already(p)
                if p.state in WAITING:
                    publications.move(w, p, "cancelled", "the post was taken back")
            publications.insert(w, replace(planned, wake_at=w.now))
            claimed = self._sender.claim(w, w.now, planned.id)
        return self._send(planned, claimed)

    def _send(
        self, planned: Publication, claimed: Publication | None, watch: Watch | None = None
    ) -> Outcome:
        if claimed is None:
            raise RuntimeError(f"{planned.id} was made and not claimed in one transaction")
        return self._sender.send(claimed, self._store.now(), watch=watch)

    def _out(self, post_id: str, target: str | None = None) -> list[Publication]:
        """The last publication of each target where the post is out."""
        names = {p.target for p in self.for_post(post_id) if target in (None, p.target)}
        last = (planning.last_done(self._store, post_id, name) for name in sorted(names))
        return [p for p in last if p is not None and p.state == "published"]

    # ------------------------------------------------------------------ reading

    def queue(self, limit: int = 200) -> list[QueueItem]:
        """What is still to go out or went wrong, by due time."""
        return queue.queue(self._store.read(), self._store.now(), limit)

    def between(self, first: int, last: int) -> list[QueueItem]:
        """Everything that is or was due from `first` to `last` (ms UTC), what is out included."""
        return queue.between(self._store.read(), first, last, self._store.now())

    def waiting_by_target(self) -> dict[str, int]:
        """How many publications are still to go out, by target."""
        return queue.waiting(self._store.read())

    def last_out(self) -> dict[str, tuple[str, str, int]]:
        """What went out last, by target: id of the post, title, ms UTC."""
        return queue.last_out(self._store.read())

    def for_post(self, post_id: str) -> list[Publication]:
        """The publications of a post, the latest first."""
        return publications.of_post(self._store.read(), post_id)

    def items(self, post_id: str) -> list[QueueItem]:
        """The same with what is known of each beside it."""
        return queue.of_post(self._store.read(), post_id, self._store.now())

    def online(self, post_id: str) -> list[str]:
        """Where a post is out, by its receipts: `target: address`, or the path; empty for none."""
        return [f"{p.target}: {_where(p)}" for p in self._out(post_id)]

    def history(self, ref: str) -> list[Publication]:
        """The publication with this id, or all of a post, the latest first. Raises NotFound."""
        db = self._store.read()
        found = publications.named(db, ref)
        return [found] if found is not None else self.for_post(entries.resolve(db, ref))

    def held_by_target(self, p: Publication) -> bool:
        """Whether its target holds `p`, or will be given it ahead of time: then this computer may
        be off when it is due."""
        if p.state == "pushed":
            return True
        target = targets.get(self._store.read(), p.target, retired=True)
        abilities = self._sender.kind(target.kind).abilities
        now = self._store.now()
        return p.state == "scheduled" and self._sender.early(
            p, abilities.schedules, abilities.lead_ms, now
        )

    def log(self, publication_id: str) -> list[LogLine]:
        """Every move of a publication, oldest first."""
        return publications.log(self._store.read(), publication_id)

    def next_due(self) -> int | None:
        """The earliest due time (ms UTC) of what is scheduled."""
        return queue.next_due(self._store.read())

    def next_wake(self) -> int | None:
        """When there is something to do next (ms UTC): to send, to try again, to verify."""
        return queue.next_wake(self._store.read())

    # ------------------------------------------------------------------ sending

    def publish_now(
        self,
        post: str,
        target: str | None = None,
        slug: str | None = None,
        *,
        allow: Sequence[str] = (),
        watch: Watch | None = None,
    ) -> Outcome:
        """Send a post's present revision now: a new, a scheduled, a failed or a missed one.

        `watch` follows the upload, and may give it up before anything is public.
        Raises JournalError where there is nothing to send or it is being sent already.
        """
        self.recover()
        db = self._store.read()
        entry = self._post(entries.get(db, entries.resolve(db, post)))
        found = targets.get(db, target or self._only_target(entry.id))
        due = due_at(self._store.now(), self._zone())
        planned, report = self._plan(entry, found, due, slug, allow)
        there = publications.of_post(db, entry.id, found.name)
        held = next((p for p in there if p.state == "pushed"), None)
        if held is not None:
            self._recall(held)
            planned = with_policy(planned, None, None, like=held)
        out = self._out(entry.id, found.name)
        if out and out[0].rev == entry.rev and out[0].plan.slug == planned.plan.slug:
            raise JournalError(
                f"This revision is already out: {_where(out[0])}",
                "Edit the post and publish again to update it.",
            )
        with self._store.write() as w:
            for p in publications.of_post(w.db, entry.id, found.name):
                if p.state in ("claimed", "sending", "unknown", "pushed"):
                    raise _under_way(p)
                if p.state in WAITING:
                    publications.move(w, p, "cancelled", "sent now instead")
            publications.insert(w, replace(planned, wake_at=w.now))
            self._keep(w, planned.id, report)
            claimed = self._sender.claim(w, w.now, planned.id)
        return self._send(planned, claimed, watch)

    def _only_target(self, post_id: str) -> str:
        names = {p.target for p in self.for_post(post_id) if p.state in WAITING}
        names = names or {target.name for target in targets.listing(self._store.read())}
        if len(names) != 1:
            raise JournalError(
                "Say where the post goes.",
                "--target " + " or --target ".join(sorted(names))
                if names
                else "Add a target first: `journal target add NAME --kind folder --path DIR`.",
            )
        return names.pop()

    def run_due(self, now: int | None = None) -> list[Outcome]:
        """Settle what is uncertain and send everything due at `now` (default: the clock).

        Publications that another process or thread has claimed are left to it.
        """
        self._settler.take_over()
        clock = self._store.now if now is None else lambda: now
        return self._sender.run(clock, self._settler.settle)

    def left_behind(self) -> bool:
        """Whether a dead process left something in the middle of a send."""
        return self._settler.left_behind()

    def wake_forgotten(self) -> int:
        """After a start or a jump of the clock: look again at what has a time of before it."""
        return self._settler.wake_forgotten()

    def recover(self) -> list[Outcome]:
        """Take over what a dead process left; settle the uncertain by reading the target, now.

        Returns what ended or needs attention by it.
        """
        self._settler.take_over()
        settled = []
        for p in publications.in_state(self._store.read(), "unknown"):
            after = self._settler.settle(p)
            if after is not None and after.state != "scheduled":
                settled.append(self._sender.outcome(after))
        return settled

    def settle(self, publication_id: str, *, out: bool, url: str = "") -> Publication:
        """What a person saw at the target: it is out (at `url`), or it is not.

        Raises JournalError where nobody needs to be asked, or `url` is no page's address.
        """
        if url and not url.startswith(("https://", "http://")):
            raise JournalError(
                f"{url!r} is not the address of a page.",
                "Write it as https://example.org/post, or leave it away.",
            )
        p = self.waiting(publication_id)
        uncertain = p.state in ("unknown", "pushed")
        if p.state not in WAITING or p.state == "scheduled" or not (uncertain or out):
            raise moved_on(p)
        done = self._settler.decide(p, out, url)
        if done is None:
            raise moved_on(publications.get(self._store.read(), p.id))
        return done


def _nothing_refused(_p: Publication) -> str:
    return ""


def _where(p: Publication) -> str:
    return "" if p.receipt is None else p.receipt.url or p.receipt.path


def _under_way(p: Publication) -> JournalError:
    return JournalError(
        f"Publication {p.id} to {p.target} is {p.state}: "
        f"{p.last_error or 'another process sends it.'}",
        f"Look at the site; `journal unschedule {p.id}` gives it up."
        if p.state == "unknown"
        else "Wait a moment, then look at `journal queue`.",
    )
