"""Publishing: targets, schedule, queue, and the one function that sends what is due.

Path of a post: schedule freezes revision, due time and place → `run_due` claims it → renders →
notes what it is about to send → sends with no transaction open and no lock held → reads it back →
keeps the receipt. Window, command line and heartbeat all call `run_due`; the claim makes that safe.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal_app.domain.due import Due, Fold, Gap, due_at, due_time, span
from journal_app.domain.publishing import (
    IN_FLIGHT,
    STALLED,
    WAITING,
    LogLine,
    Outcome,
    Publication,
    QueueItem,
    Target,
    slug,
)
from journal_app.domain.targets import Config
from journal_app.errors import JournalError, NotFound
from journal_app.runtime import clock
from journal_app.services import planning
from journal_app.services.sending import Kinds, Sender
from journal_app.store import entries, publications, targets
from journal_app.store.preferences import Preferences

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.store.database import Store


class PublishingService:
    """Publications of one journal. Every method may be called from any thread and process."""

    def __init__(self, store: Store, kinds: Kinds) -> None:
        self._store = store
        self._kinds = kinds
        self._sender = Sender(store, kinds)

    # ------------------------------------------------------------------ targets

    def kinds(self) -> list[str]:
        """The names of the kinds of target."""
        return self._kinds.names()

    def add_target(self, name: str, kind: str, config: Config) -> Target:
        """Add a target after asking it whether posts can go there. Raises JournalError."""
        if slug(name) != name:
            raise JournalError(
                f"{name!r} is not a name for a target.", f"For example: {slug(name)}"
            )
        if any(target.name == name for target in self.targets()):
            raise JournalError(
                f"There is already a target {name!r}.", f"`journal target remove {name}` first."
            )
        kept = {key: value for key, value in config.items() if value not in (None, "")}
        self._sender.kind(kind).check(kept)
        with self._store.write() as w:
            targets.put(w, name, kind, kept)
            return targets.get(w.db, name)

    def targets(self) -> list[Target]:
        """The targets in use, by name."""
        return targets.listing(self._store.read())

    def test_target(self, name: str) -> Target:
        """Ask a target whether posts can go there now. Raises JournalError."""
        found = targets.get(self._store.read(), name)
        self._sender.kind(found.kind).check(found.config)
        return found

    def remove_target(self, name: str) -> None:
        """Remove a target. What is published there stays, and so do its receipts.

        What failed or was missed there leaves the queue. Raises JournalError while posts wait.
        """
        with self._store.write() as w:
            found = targets.get(w.db, name)
            open = publications.in_state(w.db, *IN_FLIGHT, *STALLED)
            mine = [p for p in open if p.target == name]
            waiting = [p for p in mine if p.state in IN_FLIGHT]
            if waiting:
                one = len(waiting) == 1
                raise JournalError(
                    f"{len(waiting)} publication{' waits' if one else 's wait'} for the target "
                    f"{name!r}.",
                    f"Take {'it' if one else 'them'} off first: "
                    f"`journal unschedule {waiting[0].id}`.",
                )
            for p in mine:
                publications.move(w, p, "cancelled", f"the target {name} was removed")
            targets.remove(w, found)

    # ------------------------------------------------------------------ schedule

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
    ) -> Publication:
        """Freeze the post's present revision to go out at the wall time `at` in `tz`.

        Without `tz`: in the zone of the settings, else of this computer. `replace` puts it in the
        place of the one that waits, whose slug stays unless another is given.

        Raises AmbiguousTime where the wall time needs an answer, JournalError for a time that is
        past, an unknown zone, a post that cannot go out, or one that already waits.
        """
        due = due_time(at, tz or self._zone(), fold, gap)
        now = self._store.now()
        if due.at <= now:
            raise JournalError(
                f"{due.wall} {due.tz} is past ({span(now - due.at)} ago).",
                f"Send it now: `journal publish {post} --target {target}`.",
            )
        db = self._store.read()
        found = targets.get(db, target)
        entry = self._post(entries.get(db, entries.resolve(db, post)))
        if replace and slug is None:
            former = publications.of_post(db, entry.id, target)
            slug = next((p.plan.slug for p in former if p.state == "scheduled"), None)
        planned = self._plan(entry, found, due, slug)
        with self._store.write() as w:
            for old in publications.of_post(w.db, entry.id, target):
                if replace and old.state == "scheduled":
                    publications.move(w, old, "cancelled", f"replaced by {planned.id}")
                elif old.state in IN_FLIGHT:
                    raise _waits_already(old)
                elif old.state in STALLED:
                    publications.move(w, old, "cancelled", "scheduled again")
            publications.insert(w, planned)
            return publications.get(w.db, planned.id)

    def _plan(self, entry: Entry, target: Target, due: Due, slug: str | None) -> Publication:
        kind = self._sender.kind(target.kind)
        planned = planning.plan(self._store, entry, target, kind.natural_key, due, slug)
        post = planning.as_post(self._store, planned)
        kind.preflight(target.config, post, planned.natural_key)
        return planned

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

    def _zone(self) -> str:
        return Preferences(self._store).get("timezone") or clock.local_zone()

    def cancel(self, ref: str, target: str | None = None) -> Publication:
        """Take a publication off, named by its id or by its post (and target). Raises NotFound."""
        with self._store.write() as w:
            found = publications.named(w.db, ref)
            if found is None:
                post_id = entries.resolve(w.db, ref)
                waiting = [
                    p for p in publications.of_post(w.db, post_id, target) if p.state in WAITING
                ]
                if len(waiting) > 1:
                    raise JournalError(
                        f"This post waits for {', '.join(p.target for p in waiting)}.",
                        "Say which with --target NAME.",
                    )
                if not waiting:
                    raise NotFound(f"{ref} is not scheduled.", "`journal queue` shows what is.")
                found = waiting[0]
            if found.state not in WAITING:
                raise JournalError(
                    f"Publication {found.id} is {found.state}: it cannot be taken off.",
                    "What is out must be removed at the site; what is being sent will end soon.",
                )
            moved = publications.move(w, found, "cancelled", "taken off")
            if moved is None:
                raise RuntimeError(f"{found.id} changed inside a write transaction")
            return moved

    # ------------------------------------------------------------------ reading

    def queue(self, limit: int = 200) -> list[QueueItem]:
        """What is still to go out or went wrong, by due time."""
        return publications.queue(self._store.read(), self._store.now(), limit)

    def for_post(self, post_id: str) -> list[Publication]:
        """The publications of a post, the latest first."""
        return publications.of_post(self._store.read(), post_id)

    def online(self, post_id: str) -> list[str]:
        """Where a post is out, by its receipts: `target: address`, or the path; empty for none."""
        found: dict[str, str] = {}
        for p in self.for_post(post_id):  # the latest first
            if p.state == "published" and p.receipt is not None:
                found.setdefault(p.target, p.receipt.url or p.receipt.path)
        return [f"{target}: {where}" for target, where in sorted(found.items())]

    def log(self, publication_id: str) -> list[LogLine]:
        """Every move of a publication, oldest first."""
        return publications.log(self._store.read(), publication_id)

    def next_due(self) -> int | None:
        """The earliest due time (ms UTC) of what is scheduled."""
        return publications.next_due(self._store.read())

    # ------------------------------------------------------------------ sending

    def publish_now(self, post: str, target: str | None = None, slug: str | None = None) -> Outcome:
        """Send a post's present revision now: a new, a scheduled, a failed or a missed one.

        Raises JournalError where there is nothing to send or it is being sent already.
        """
        self.recover()
        db = self._store.read()
        entry = self._post(entries.get(db, entries.resolve(db, post)))
        found = targets.get(db, target or self._only_target(entry.id))
        due = due_at(self._store.now(), self._zone())
        planned = self._plan(entry, found, due, slug)
        with self._store.write() as w:
            former = publications.of_post(w.db, entry.id, found.name)
            for p in former:
                if p.state == "published" and p.rev == entry.rev and p.receipt is not None:
                    raise JournalError(
                        f"This revision is already out: {p.receipt.url or p.receipt.path}",
                        "Edit the post and publish again to update it.",
                    )
                if p.state in ("claimed", "sending", "unknown"):
                    raise JournalError(
                        f"Publication {p.id} to {found.name} is {p.state}: "
                        f"{p.last_error or 'another process sends it.'}",
                        f"Look at the site; `journal unschedule {p.id}` gives it up."
                        if p.state == "unknown"
                        else "Wait a moment, then look at `journal queue`.",
                    )
            for p in former:
                if p.state in WAITING:
                    publications.move(w, p, "cancelled", "sent now instead")
            publications.insert(w, planned)
            claimed = self._sender.claim(w, w.now, planned.id)
        if claimed is None:
            raise RuntimeError(f"{planned.id} was made and not claimed in one transaction")
        return self._sender.send(claimed, self._store.now())

    def _only_target(self, post_id: str) -> str:
        names = {p.target for p in self.for_post(post_id) if p.state in WAITING}
        names = names or {target.name for target in self.targets()}
        if len(names) != 1:
            raise JournalError(
                "Say where the post goes.",
                "--target " + " or --target ".join(sorted(names))
                if names
                else "Add a target first: `journal target add NAME --kind folder --path DIR`.",
            )
        return names.pop()

    def run_due(self, now: int | None = None) -> list[Outcome]:
        """Settle what is uncertain, then send everything due at `now` (default: the clock).

        Publications that another process or thread has claimed are left to it.
        """
        return [*self.recover(), *self._sender.run(self._store.now() if now is None else now)]

    def recover(self) -> list[Outcome]:
        """Take over what a dead process left; settle the uncertain by reading the target.

        Returns what ended or needs attention by it.
        """
        return self._sender.recover()


def _waits_already(p: Publication) -> JournalError:
    change = "Add --replace to send the present text at the new time instead, or take it off: "
    return JournalError(
        f"This post already waits for {p.target} ({p.state}, {p.due.wall} {p.due.tz}, "
        f"publication {p.id}).",
        (change if p.state == "scheduled" else "See `journal queue`; to give it up: ")
        + f"`journal unschedule {p.id}`.",
    )
