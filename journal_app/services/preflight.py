"""The preflight of a post before it is approved and again before it is sent; and its gates.

The checks themselves are pure (`domain.preflight`); here is what they are given. A frozen revision
cannot change: before sending, what depends on its text alone is not looked at twice where a report
of the approval of this very revision is kept.
"""

from __future__ import annotations

import getpass
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from journal_app import paths
from journal_app.domain import gates as rules
from journal_app.domain import preflight
from journal_app.domain.drafting import public_excerpt, public_line, without_links
from journal_app.domain.gates import Gate, Verdict
from journal_app.domain.ids import is_ulid
from journal_app.domain.links import Mention
from journal_app.domain.preflight import (
    Finding,
    Report,
    front_matter,
    images,
    links,
    numbers,
    personal,
    private,
    unique,
)
from journal_app.domain.preflight.subject import Subject
from journal_app.domain.publishing import slug
from journal_app.errors import JournalError
from journal_app.store import entries, experiments, gates, mentions, publications, queue
from journal_app.store import preflight as kept
from journal_app.store.linked_facts import facts
from journal_app.store.preferences import Preferences

if TYPE_CHECKING:
    from journal_app.domain.publishing import Publication
    from journal_app.store.database import Store, Writer

BUDGET = 8.0  # s for all links together
AHEAD = 20_000  # ms before a post is due that its links are asked once more


class PreflightService:
    """Checks of posts, and gates. Reads; only `keep` and the gates write."""

    def __init__(self, store: Store, *, private_network: bool = False) -> None:
        """`private_network`: links may be asked there (for tests on loopback)."""
        self._store = store
        self._private_network = private_network

    # ------------------------------------------------------------------ checks

    def check(
        self,
        post_id: str,
        target: str | None = None,
        *,
        rev: int | None = None,
        allowed: Sequence[str] = (),
        network: bool = True,
        budget: float = BUDGET,
    ) -> Report:
        """What the checks find in a post's present revision, or in `rev`.

        `allowed` are ids of findings that the user took upon themselves: those are told as
        information. Raises NotFound; JournalError for an entry that is no post.
        """
        db = self._store.read()
        entry = entries.get(db, entries.resolve(db, post_id))
        if entry.kind != "post":
            raise JournalError(
                f"{entry.title!r} is a {entry.kind}, not a post.",
                f"Make one: `journal draft {entry.id} --title …`.",
            )
        number = rev or entry.rev
        subject = self._subject(entry.id, number)
        out = target and next(
            (p for p in publications.of_post(db, entry.id, target) if p.state != "cancelled"), None
        )
        if out:
            subject = replace(subject, slug=out.plan.slug)
        found = preflight.report(self._all(subject, target, "approval", network, budget))
        return _taken_on(found, allowed)

    def check_publication(
        self,
        p: Publication,
        *,
        network: bool = True,
        budget: float = BUDGET,
        stage: links.Stage = "approval",
    ) -> Report:
        """What the checks find in what `p` sends; what its user allowed is information."""
        subject = self._subject(p.post_id, p.rev)
        subject = replace(
            subject,
            slug=p.plan.slug,
            description=p.plan.description,
            tags=p.plan.tags,
            canonical_url=p.plan.canonical_url,
        )
        if stage == "sending" and self._looked_through(p):
            found = list(self._changing(subject, p.target, stage, network, budget))
        else:
            found = list(self._all(subject, p.target, stage, network, budget))
        return _taken_on(preflight.report(found), p.plan.allowed)

    def refusal(self, p: Publication, *, stage: links.Stage = "sending") -> str:
        """Why `p` may not go out, in words: the first error, then how many more; "" if it may.

        Without the network. The report is kept where something stands in the way.
        """
        found = self.check_publication(p, network=False, stage=stage)
        errors = found.errors(p.plan.allowed)
        if not errors:
            return ""
        self.keep(p.id, stage, found)
        more = f" And {len(errors) - 1} more." if len(errors) > 1 else ""
        return f"{errors[0].what}{more}\n`journal preflight {p.post_id} --target {p.target}`"

    def is_ahead(self, now: int, *, within: int = AHEAD) -> bool:
        """Whether something is due within so many ms."""
        return bool(queue.due_between(self._store.read(), now, now + within, 1))

    def look_ahead(self, now: int, *, within: int = AHEAD, budget: float = 1.5) -> int:
        """Ask the links of what is due soon, so that nothing waits for them when it is sent.

        What is found then is kept with the publication; a dead link is a warning by now. `now` and
        `within` are ms, `budget` seconds for one publication. Returns how many were looked at.
        """
        soon = [
            p
            for p in queue.due_between(self._store.read(), now, now + within)
            if not any(r.stage == "sending" and r.rev == p.rev for r in self.reports(p.id))
        ]
        for p in soon:
            self.keep(p.id, "sending", self.check_publication(p, budget=budget, stage="sending"))
        return len(soon)

    def keep(self, publication_id: str, stage: links.Stage, report: Report) -> None:
        """Keep a report beside its publication."""
        with self._store.write() as w:
            self.keep_in(w, publication_id, stage, report)

    @staticmethod
    def keep_in(w: Writer, publication_id: str, stage: links.Stage, report: Report) -> None:
        """The same in a transaction under way."""
        p = publications.get(w.db, publication_id)
        kept.keep(w, publication_id, stage, p.rev, report)

    def reports(self, publication_id: str) -> list[kept.Kept]:
        """The reports of a publication, the latest first."""
        return kept.kept(self._store.read(), publication_id)

    def _looked_through(self, p: Publication) -> bool:
        reports = kept.kept(self._store.read(), p.id)
        return any(one.stage == "approval" and one.rev == p.rev for one in reports)

    def _all(
        self, subject: Subject, target: str | None, stage: links.Stage, network: bool, budget: float
    ) -> Iterator[Finding]:
        yield from self._of_text(subject, stage)
        yield from self._changing(subject, target, stage, network, budget)

    def _of_text(self, subject: Subject, stage: links.Stage) -> Iterator[Finding]:
        """What depends on the frozen text and the facts about this computer and its journal."""
        from journal_app.domain.preflight import secret_scan

        db = self._store.read()
        runs = experiments.linked_runs(db, subject.id)
        yield from front_matter.check(subject)
        yield from private.check(
            subject,
            kept.private_facts(db, subject.id, runs),
            kept.private_texts(db, subject.id, private.TAG),
        )
        yield from secret_scan.check(subject)
        yield from personal.check(subject, mails=self._mails(), host=paths.host(), user=_user())
        if stage == "approval":
            from journal_app.domain.preflight import reading

            yield from reading.check(subject)

    def _changing(
        self, subject: Subject, target: str | None, stage: links.Stage, network: bool, budget: float
    ) -> Iterator[Finding]:
        """What may have changed since: files, entries, results, other posts, the web."""
        db = self._store.read()
        yield from images.check(subject)
        yield from links.check(subject, self._is_there, self._file_is_there)
        yield from unique.check(subject, target, kept.others(db, subject.id))
        yield from numbers.check(
            subject,
            facts(db, subject.id, f"{subject.title}\n{subject.body}"),
            kept.sources(db, subject.id),
        )
        for verdict in self.verdicts(subject.id):
            yield _gate_finding(verdict)
        if network and Preferences(self._store).get("publish.links") == "on":
            from journal_app.runtime.answering import answers  # loads the HTTP client

            wanted = links.web_addresses(subject, private=self._private_network)
            said = answers(wanted, budget, private=self._private_network)
            yield from links.answers(subject, said, stage)

    def _subject(self, post_id: str, rev: int) -> Subject:
        db = self._store.read()
        text = publications.frozen(db, post_id, rev)
        title = without_links(text.title).strip() or text.title
        front = text.front
        given = public_line(str(front.get("description") or ""))
        return Subject(
            post_id,
            title,
            text.body,
            slug(str(front.get("slug") or title), f"post-{post_id[-6:]}"),
            given or public_excerpt(title, text.body),
            entries.get(db, post_id).tags,
            str(front.get("canonical_url") or "").strip(),
            str(front.get("language") or front.get("lang") or ""),
            front,
            tuple(entries.attachments_of(db, post_id)),
            self._store.folder,
        )

    def _mails(self) -> list[str]:
        return [one for one in Preferences(self._store).get("publish.mail").split(",") if one]

    def _is_there(self, mention: Mention) -> bool:
        return mentions.target_of(self._store.read(), mention) is not None

    def _file_is_there(self, path: str) -> bool:
        return (self._store.folder / path).is_file()

    # ------------------------------------------------------------------ gates

    def gates(self, post: str) -> list[Gate]:
        """The gates of a post, by name. Raises NotFound."""
        db = self._store.read()
        return gates.of(db, entries.resolve(db, post))

    def verdicts(self, post: str) -> list[Verdict]:
        """What each gate of a post says now. Raises NotFound."""
        db = self._store.read()
        id = post if is_ulid(post) else entries.resolve(db, post)
        found = gates.of(db, id)
        results = gates.results(db, id) if found else []
        return [rules.judge(gate, results) for gate in found]

    def results(self, post: str) -> list[rules.Result]:
        """The linked eval results that gates of a post are judged by. Raises NotFound."""
        db = self._store.read()
        return gates.results(db, entries.resolve(db, post))

    def add_gate(
        self, post: str, name: str, task: str, metric: str, rule: str, *, filter: str = ""
    ) -> Gate:
        """Add a gate: `rule` is ">=0.45" or the like. Raises NotFound, JournalError."""
        name, task, metric = name.strip(), task.strip(), metric.strip()
        if not name or not task or not metric:
            raise JournalError(
                "A gate has a name, a task and a metric.",
                '--name quality --eval gsm8k --metric exact_match ">=0.45"',
            )
        op, threshold = rules.parse_rule(rule)
        db = self._store.read()
        entry = entries.get(db, entries.resolve(db, post))
        if entry.kind != "post":
            raise JournalError(f"{entry.title!r} is a {entry.kind}: only posts have gates.")
        gate = Gate(
            self._store.new_id(), entry.id, name, task, metric, op, threshold, filter.strip()
        )
        with self._store.write() as w:
            gates.add(w, gate)
        return gate

    def remove_gate(self, post: str, name: str) -> None:
        """Remove a gate. Raises NotFound."""
        with self._store.write() as w:
            gates.remove(w, entries.resolve(w.db, post), name)


def _taken_on(report: Report, allowed: Sequence[str]) -> Report:
    """The report with allowed errors as information: they are seen, and stand in nobody's way."""
    return preflight.report(
        replace(one, level="info", hint="You took this upon yourself.")
        if one.level == "error" and one.id in allowed and one.code not in preflight.FIRM
        else one
        for one in report.findings
    )


def _gate_finding(verdict: Verdict) -> Finding:
    gate = verdict.gate
    if verdict.passed:
        what = f"The gate {gate.name} is open: {gate.task} {gate.metric} {verdict.reason}."
        return Finding("gate", "ok", what, "", "", preflight.mark("gate", gate.name))
    return Finding(
        "gate",
        "error",
        f"The gate {gate.name} ({gate.rule}) is shut: {verdict.reason}.",
        "",
        "Link the result that it asks for (`journal link POST RUN`), or remove the gate.",
        preflight.mark("gate", gate.name),
    )


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in this system's list
        return ""
