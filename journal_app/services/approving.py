"""Approving: a post's revision is frozen for a place and a time, after the preflight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace as replace_
from typing import TYPE_CHECKING, Literal, Protocol

from journal_app.domain.due import Due, Fold, Gap, due_at, due_time, span
from journal_app.domain.preflight import PreflightFailed, Report
from journal_app.domain.publishing import IN_FLIGHT, STALLED, Publication, Target
from journal_app.errors import JournalError
from journal_app.runtime import clock
from journal_app.services import planning
from journal_app.services.calling import ask
from journal_app.store import entries, publications, targets
from journal_app.store.preferences import Preferences

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.services.sending import Sender
    from journal_app.services.settling import Settler
    from journal_app.store.database import Store, Writer

BUDGET = 6.0  # s that links may take to answer before an approval


class Checks(Protocol):
    """The preflight, as far as approving and sending need it."""

    def check_publication(
        self, p: Publication, *, network: bool = True, budget: float = BUDGET
    ) -> Report:
        """What stands in the way of `p`, and what is worth knowing."""
        ...

    @staticmethod
    def keep_in(
        w: Writer, publication_id: str, stage: Literal["approval", "sending"], report: Report
    ) -> None:
        """Keep a report beside its publication."""
        ...

    def refusal(self, p: Publication) -> str:
        """Why `p` may not be sent, in words; empty if it may."""
        ...


class Approving:
    """What is approved, for when, and what changes that. Base of `PublishingService`."""

    def __init__(
        self, store: Store, sender: Sender, settler: Settler, checks: Checks | None
    ) -> None:
        self._store = store
        self._sender = sender
        self._settler = settler
        self._checks = checks

    def _zone(self) -> str:
        return Preferences(self._store).get("timezone") or clock.local_zone()

    def schedule(
        self,
        post: str,
        target: str,
        at: str,
        *,
        tz: str | None = None,
        fold: Fold | None = None,
        gap: Gap | None = None,
        slug: str | None = None,
        replace: bool = False,
        late_limit: int | None = None,
        allow: Sequence[str] = (),
        slot: float | None = None,
    ) -> Publication:
        """Approve the post's present revision, to go out at the wall time `at` in `tz`.

        Without `tz`: in the zone of the settings, else of this computer. `replace` puts it in the
        place of the one that waits, whose slug stays unless another is given. `late_limit` (ms):
        how late it may go out unasked; None: as the setting says, -1: however late. `allow` names
        findings of the preflight that the user takes upon themselves.

        Raises AmbiguousTime where the wall time needs an answer, PreflightFailed for what must not
        go out, JournalError for a time that is past, an unknown zone, or a post that waits already.
        """
        due = due_time(at, tz or self._zone(), fold, gap)
        self._ahead(due, post, target)
        db = self._store.read()
        found = targets.get(db, target)
        entry = self._post(entries.get(db, entries.resolve(db, post)))
        former = publications.of_post(db, entry.id, target)
        if replace and slug is None:
            slug = next((p.plan.slug for p in former if p.state in ("scheduled", "pushed")), None)
        planned, report = self._plan(entry, found, due, slug, allow)
        planned = with_policy(planned, late_limit, slot, wake_at=self._first_look(planned))
        held = next((p for p in former if replace and p.state == "pushed"), None)
        if held is not None:
            self._settler.recall(held)
            planned = with_policy(
                planned, late_limit, slot, wake_at=self._first_look(planned), like=held
            )
        with self._store.write() as w:
            for old in publications.of_post(w.db, entry.id, target):
                if replace and old.state == "scheduled":
                    publications.move(w, old, "cancelled", f"replaced by {planned.id}")
                elif old.state in IN_FLIGHT:
                    raise waits_already(old)
                elif old.state in STALLED:
                    publications.move(w, old, "cancelled", "scheduled again")
            publications.insert(w, planned)
            self._keep(w, planned.id, report)
            return publications.get(w.db, planned.id)

    def planned(self, post: str, target: str, slug: str | None = None) -> Publication:
        """What `schedule` would fix now: slug, place, former places. Nothing is checked or kept.

        Raises NotFound, and JournalError for a slug that is taken or an entry that is no post.
        """
        db = self._store.read()
        found = targets.get(db, target)
        entry = self._post(entries.get(db, entries.resolve(db, post)))
        kind = self._sender.kind(found.kind)
        due = due_at(self._store.now(), self._zone())
        return planning.plan(self._store, entry, found, kind.natural_key, due, slug)

    def _first_look(self, planned: Publication) -> int:
        """Now, where the target can be given it ahead of time; else when it is due (ms UTC)."""
        now = self._store.now()
        target = targets.get(self._store.read(), planned.target)
        abilities = self._sender.kind(target.kind).abilities
        early = self._sender.early(planned, abilities.schedules, abilities.lead_ms, now)
        return now if early else planned.due.at

    def _ahead(self, due: Due, post: str, target: str) -> None:
        now = self._store.now()
        if due.at <= now:
            raise JournalError(
                f"{due.wall} {due.tz} is past ({span(now - due.at)} ago).",
                f"Send it now: `journal publish {post} --target {target}`.",
            )

    def _plan(
        self, entry: Entry, target: Target, due: Due, slug: str | None, allow: Sequence[str]
    ) -> tuple[Publication, Report | None]:
        kind = self._sender.kind(target.kind)
        planned = planning.plan(self._store, entry, target, kind.natural_key, due, slug)
        planned = replace_(planned, plan=replace_(planned.plan, allowed=tuple(allow)))
        return planned, self._look_through(planned)

    def _look_through(self, planned: Publication) -> Report | None:
        """What the target and the preflight say of it, before it is approved.

        Raises JournalError; PreflightFailed for what the user must see first.
        """
        opened = self._sender.open(planned.target)
        post = planning.as_post(self._store, planned)
        ask(lambda: opened.kind.preflight(opened.config, post, planned.natural_key))
        if self._checks is None:
            return None
        report = self._checks.check_publication(planned, budget=BUDGET)
        if not report.ok(planned.plan.allowed):
            raise PreflightFailed(report, planned.plan.allowed)
        return report

    def _keep(self, w: Writer, publication_id: str, report: Report | None) -> None:
        if self._checks is not None and report is not None:
            self._checks.keep_in(w, publication_id, "approval", report)

    @staticmethod
    def _post(entry: Entry) -> Entry:
        if entry.kind != "post":
            raise JournalError(
                f"{entry.title!r} is a {entry.kind}, not a post.",
                f"Make one: `journal draft {entry.id} --title …`.",
            )
        if entry.trashed_at is not None:
            raise JournalError(
                f"The post {entry.title!r} is in the trash.", f"`journal restore {entry.id}` first."
            )
        return entry

    def approve(self, publication_id: str, *, allow: Sequence[str] = ()) -> Publication:
        """Let the post's present revision go out at the same time instead of the approved one.

        Also takes up one that was blocked. Raises PreflightFailed, or JournalError where it does
        not wait any more.
        """
        db = self._store.read()
        p = publications.get(db, publication_id)
        entry = self._post(entries.get(db, p.post_id))
        allowed = tuple(dict.fromkeys((*p.plan.allowed, *allow)))
        plan = replace_(planning.refrozen(entry, p), allowed=allowed)
        report = self._look_through(replace_(p, rev=entry.rev, plan=plan))
        with self._store.write() as w:
            now = publications.get(w.db, publication_id)
            if now.state not in ("scheduled", "pushed", "blocked"):
                raise moved_on(now)
            if now.state != "scheduled":
                moved = publications.move(w, now, "scheduled", "approved again")
                now = moved or publications.get(w.db, publication_id)
            plan = replace_(planning.refrozen(entry, now), allowed=allowed)
            done = publications.refreeze(w, now, entry.rev, plan)
            if done is None:
                raise moved_on(publications.get(w.db, publication_id))
            self._keep(w, publication_id, report)
            return done

    def reschedule(
        self,
        publication_id: str,
        at: str,
        *,
        tz: str | None = None,
        fold: Fold | None = None,
        gap: Gap | None = None,
        slot: float | None = None,
    ) -> Publication:
        """Move what waits to another time; its approved revision stays. It leaves the queue of its
        target, or gets the place `slot` there.

        Raises as `schedule`, and JournalError where it does not wait any more.
        """
        p = publications.get(self._store.read(), publication_id)
        due = due_time(at, tz or p.due.tz, fold, gap)
        self._ahead(due, p.post_id, p.target)
        if p.state in STALLED:
            self._look_through(p)
        with self._store.write() as w:
            now = publications.get(w.db, publication_id)
            if now.state not in ("scheduled", "pushed", *STALLED):
                raise moved_on(now)
            self._post(entries.get(w.db, now.post_id))
            done = publications.retime(w, now, due, slot)
            if done is None:
                raise moved_on(publications.get(w.db, publication_id))
            return done


def with_policy(
    p: Publication,
    late_limit: int | None,
    slot: float | None,
    *,
    wake_at: int | None = None,
    like: Publication | None = None,
) -> Publication:
    """A planned publication with its policy; `like` has what the target remembers of the post."""
    remote = {**like.remote, **p.remote} if like is not None else p.remote
    return replace_(p, late_limit=late_limit, slot=slot, wake_at=wake_at, remote=remote)


def moved_on(p: Publication) -> JournalError:
    return JournalError(
        f"Publication {p.id} is {p.state} by now.", "`journal queue` shows what waits."
    )


def waits_already(p: Publication) -> JournalError:
    change = "Add --replace to send the present text at the new time instead, or take it off: "
    return JournalError(
        f"This post already waits for {p.target} ({p.state}, {p.due.wall} {p.due.tz}, "
        f"publication {p.id}).",
        (change if p.state in ("scheduled", "pushed") else "See `journal queue`; to give it up: ")
        + f"`journal unschedule {p.id}`.",
    )
