"""Sending: claim, render, send, keep the receipt; and what to do after a crash.

Invariants: no transaction is open and no lock held while a target works; what a dead process left
in `sending` is settled by reading the target, and every move names the attempt that it belongs to,
so that a late answer cannot move what a later attempt is about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, TypeVar

from journal_app.domain.due import span
from journal_app.domain.publishing import (
    LATE_LIMIT,
    LEASE,
    MAX_ATTEMPTS,
    Outcome,
    Publication,
    Receipt,
)
from journal_app.domain.targets import Delivery, PublishTarget, Unsure
from journal_app.errors import JournalError
from journal_app.runtime import clock
from journal_app.services import planning
from journal_app.store import publications, targets

if TYPE_CHECKING:
    from journal_app.store.database import Store, Writer

T = TypeVar("T")

# What this process is sending right now. A row that names this process and is not among these was
# left behind by a step that failed after the send (a full disk under the journal, say).
_SENDING: set[str] = set()


class Kinds(Protocol):
    """The registry of kinds of target."""

    def get(self, name: str) -> PublishTarget:
        """The kind called `name`. Raises JournalError."""
        ...

    def names(self) -> list[str]:
        """The known kinds."""
        ...


class Sender:
    """Sends the publications of one journal. Safe in several threads and processes."""

    def __init__(self, store: Store, kinds: Kinds) -> None:
        self._store = store
        self._kinds = kinds

    def kind(self, name: str) -> PublishTarget:
        """The kind of target called `name`. Raises JournalError."""
        return self._kinds.get(name)

    def claim(self, w: Writer, now: int, only: str | None = None) -> Publication | None:
        """Take the next due publication, or `only` that one, for this process."""
        return publications.claim(w, now, clock.identity(), w.now + LEASE, only)

    def run(self, now: int) -> list[Outcome]:
        """Send everything due at `now`, one after the other; what is too late becomes missed."""
        outcomes = self._set_missed(now)
        while self._anything_due(now):
            with self._store.write() as w:
                claimed = self.claim(w, now)
            if claimed is None:
                break
            outcomes.append(self.send(claimed, now))
        return outcomes

    def _anything_due(self, now: int) -> bool:
        """Whether a heartbeat has work: a read, so that an idle one never takes the write lock."""
        return self._store.read().execute(publications.NEXT_DUE, (now,)).fetchone() is not None

    def _set_missed(self, now: int) -> list[Outcome]:
        if not publications.too_late(self._store.read(), now - LATE_LIMIT):
            return []
        moved = []
        with self._store.write() as w:
            for p in publications.too_late(w.db, now - LATE_LIMIT):
                why = f"due {span(now - p.due.at)} ago; more than a day late is not sent unasked"
                missed = publications.move(w, p, "missed", why, {"last_error": why})
                if missed is not None:
                    moved.append(missed)
        return [self.outcome(p) for p in moved]

    def send(self, claimed: Publication, now: int) -> Outcome:
        """Send what this process has claimed."""
        _SENDING.add(claimed.id)
        try:
            after = self._send(claimed, now)
        finally:
            _SENDING.discard(claimed.id)
        # None: another process took it over meanwhile; what came of it stands in the table.
        return self.outcome(after or publications.get(self._store.read(), claimed.id))

    def _send(self, p: Publication, now: int) -> Publication | None:
        try:
            found = targets.get(self._store.read(), p.target)
            kind = self.kind(found.kind)
            post = planning.as_post(self._store, p)
            sha = _ask(lambda: kind.preflight(found.config, post, p.natural_key))
        except JournalError as error:
            return self._move(p, "failed", error)
        plan = publications.kept_json(replace(p.plan, sha256=sha))
        with self._store.write() as w:
            fields = {"receipt": plan, "lease_until": w.now + LEASE}
            sending = publications.move(w, p, "sending", p.natural_key, fields)
        if sending is None:
            return None
        try:
            receipt = _ask(lambda: kind.publish(found.config, post, p.natural_key, Delivery()))
        except Unsure as error:
            unknown = self._move(sending, "unknown", error)
            return self._settle(unknown, absent_counts=False) if unknown else None
        except JournalError as error:
            return self._move(sending, "failed", error)
        return self._published(sending, receipt, max(0, now - p.due.at))

    def _published(self, p: Publication, receipt: Receipt, late_ms: int) -> Publication | None:
        kept = replace(receipt, late_ms=late_ms)
        fields = {
            "receipt": publications.kept_json(p.plan, kept),
            "remote_url": kept.url or None,
            "last_error": None,
        }
        late = f", {span(late_ms)} late" if late_ms >= 60_000 else ""
        with self._store.write() as w:
            return publications.move(w, p, "published", (kept.url or kept.path) + late, fields)

    def _move(self, p: Publication, to: str, error: JournalError) -> Publication | None:
        with self._store.write() as w:
            return publications.move(w, p, to, error.message, {"last_error": str(error)})

    # ------------------------------------------------------------------ after a crash

    def recover(self) -> list[Outcome]:
        """Take over what a dead process left; settle the uncertain by reading the target.

        Returns what ended or needs attention by it.
        """
        held = publications.in_state(self._store.read(), "claimed", "sending")
        for p in held:
            if not self._abandoned(p):
                continue
            to, why = (
                ("scheduled", "its process ended before it was sent")
                if p.state == "claimed"
                else ("unknown", "its process ended while it was sent")
            )
            with self._store.write() as w:
                publications.move(w, p, to, why, {"last_error": None})
        settled = []
        for p in publications.in_state(self._store.read(), "unknown"):
            after = self._settle(p)
            if after is not None and after.state != "scheduled":
                settled.append(self.outcome(after))
        return settled

    def _abandoned(self, p: Publication) -> bool:
        by = p.claimed_by or ""
        expired = (p.lease_until or 0) < self._store.now()
        if by == clock.identity():
            # Within the lease it may be on its way from the claim to the send.
            return p.id not in _SENDING and (p.state == "sending" or expired)
        living = clock.alive(by)
        return expired if living is None else not living  # of another computer: only the lease

    def _settle(self, p: Publication, *, absent_counts: bool = True) -> Publication | None:
        """Ask the target whether `p` is out. Right after a lost reply its absence proves nothing
        (`absent_counts=False`); at the next heartbeat it does."""
        try:
            found = targets.get(self._store.read(), p.target, retired=True)
            kind = self.kind(found.kind)
            post = planning.as_post(self._store, p)
            receipt = _ask(lambda: kind.find(found.config, post, p.natural_key))
        except JournalError as error:
            with self._store.write() as w:
                publications.note_error(w, p, str(error))
                return publications.get(w.db, p.id)
        if receipt is not None:
            return self._published(p, receipt, max(0, receipt.at - p.due.at))
        if not absent_counts:
            return p
        if p.attempt >= MAX_ATTEMPTS:
            last = p.last_error or "no answer"
            return self._move(p, "failed", JournalError(f"Gave up after {p.attempt} tries: {last}"))
        with self._store.write() as w:
            return publications.move(w, p, "scheduled", "it is certainly not out: to be sent again")

    def outcome(self, p: Publication) -> Outcome:
        """What became of `p`, for people."""
        title = publications.frozen(self._store.read(), p.post_id, p.rev).title
        message, _, hint = (p.last_error or "").partition("\n")
        return Outcome(p, title, message, hint)


def _ask(call: Callable[[], T]) -> T:
    """Call a target; what it raises beside JournalError leaves open what it did."""
    try:
        return call()
    except JournalError:
        raise
    except Exception as error:  # a target may be anyone's code
        raise Unsure(
            f"The target stopped with {type(error).__name__}: {error}.",
            "This is an error in the target itself: update it, or tell its author.",
        ) from error
