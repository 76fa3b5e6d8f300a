"""What is uncertain: left by a dead process, sent without an answer, or held by its target.

Invariant: it is settled by reading the target. It is sent again only where the target says that it
is not out, or where a repeat is harmless by the target's own rules; else a person is asked.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace
from typing import TYPE_CHECKING

from journal_app.domain import retry
from journal_app.domain.publishing import IN_FLIGHT, MAX_ATTEMPTS, Publication, Receipt
from journal_app.domain.targets import Abilities, AccessDenied, Delivery, Post, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.runtime import clock
from journal_app.services import planning
from journal_app.services.calling import SENDING, ask, under_way
from journal_app.services.lanes import LOOK_AGAIN
from journal_app.services.lateness import GRACE
from journal_app.services.sending import VERIFY_AFTER, Opened
from journal_app.store import backups, publications, queue, targets

if TYPE_CHECKING:
    from journal_app.services.sending import Sender
    from journal_app.store.database import Store, Writer

ANSWERS_LATE = 5 * 60_000  # ms: a "window" of harmless repeats is trusted until this before its end


class Settler:
    """Settles the publications of one journal by reading their targets."""

    def __init__(self, store: Store, sender: Sender) -> None:
        self._store = store
        self._sender = sender

    # ------------------------------------------------------------------ after a crash

    def take_over(self) -> None:
        """Take over what a dead process left, what a program of an older schema wrote, and what
        came back with a copy of the journal.

        Raises JournalError where another journal lies in the place of the one that is open.
        """
        if self._store.replaced():
            raise JournalError(
                "Another file lies in the place of this journal: a copy was restored.",
                "Close this window or program and open it again. Nothing is sent from here.",
            )
        db = self._store.read()
        if backups.is_copy(db):
            self._doubt_all()
        if overlooked := queue.overlooked(db, self._store.now()):
            with self._store.write() as w:
                for p in overlooked:
                    publications.wake(w, p, w.now)
        for p in publications.held(db):
            if not self._abandoned(p):
                continue
            to, why = (
                ("scheduled", "its process ended before it was sent")
                if p.state == "claimed"
                else ("unknown", "its process ended while it was sent")
            )
            with self._store.write() as w:
                publications.move(w, p, to, why, {"last_error": None, "wake_at": w.now})

    def left_behind(self) -> bool:
        """Whether a dead process left something in the middle of a send."""
        return any(self._abandoned(p) for p in publications.held(self._store.read()))

    def wake_forgotten(self) -> int:
        """Wake what has no time to be looked at, or one from before the clock was set back."""
        now = self._store.now()
        lost = queue.lost_sleep(self._store.read(), now, 2 * retry.LONGEST_PAUSE)
        if lost:
            with self._store.write() as w:
                for p in lost:
                    publications.wake(w, p, min(p.due.at, now) if p.state == "scheduled" else now)
        return len(lost)

    def _abandoned(self, p: Publication) -> bool:
        by = p.claimed_by or ""
        expired = (p.lease_until or 0) < self._store.now()
        if by == clock.identity():
            # Within the lease it may be on its way from the claim to the send.
            return p.id not in SENDING and (p.state == "sending" or expired)
        living = clock.alive(by)
        return expired if living is None else not living  # of another computer: only the lease

    # ------------------------------------------------------------------ after a restore

    def _doubt_all(self) -> None:
        """This journal is a copy of an earlier day: what waits in it may be out since."""
        with self._store.write() as w:
            if backups.is_copy(w.db):
                for p in publications.in_state(w.db, *IN_FLIGHT):
                    self._doubt(w, p)
                backups.take_over(w.db)

    def _doubt(self, w: Writer, p: Publication) -> None:
        """`p` is looked up before it is sent; what was due and is not found is not sent unasked.

        Where nothing can be looked up, what was due is asked, and the rest waits on as it is.
        """
        past = p.due.at <= w.now
        abilities = self._abilities(p)
        blind = abilities is not None and not abilities.reads and not past
        steps = {"scheduled": ("claimed", "sending"), "claimed": ("sending",)}
        why = "the journal is a restored copy: it may be out since"
        if p.state == "scheduled" and blind:  # remembered, should it become too late to be sent
            queue.doubt(w, p.id, why, None)
            return
        for step in (*steps.get(p.state, ()), "unknown") if p.state != "unknown" else ():
            moved = publications.move(w, p, step, why)
            if moved is None:
                return
            p = moved
        queue.doubt(w, p.id, why, 0 if past and p.act != "unpublish" else None)

    # ------------------------------------------------------------------ by reading

    def settle(self, p: Publication) -> Publication | None:
        """Look at the target whether `p` (unknown, or pushed and due) is out."""
        try:
            opened = self._sender.open(p.target, retired=True)
            post = planning.as_post(self._store, p)
            if not opened.kind.abilities.reads:
                return self._without_reading(p, opened)
            if p.act == "update" and not post.expected_sha256:  # never sent, as far as is known
                about = (opened.config, post, p.natural_key)
                sha = ask(lambda: opened.kind.preflight(*about))
                post = replace(post, expected_sha256=sha)
            receipt = ask(lambda: opened.kind.find(opened.config, post, p.natural_key))
        except JournalError as error:
            return self._unread(p, error)
        if p.state == "pushed":
            return self._verified(p, receipt)
        if p.act == "unpublish":
            return self._removed(p, receipt)
        if receipt is not None:
            late = max(0, self._store.now() - p.due.at) if receipt.live else 0
            return self._sender.arrived(p, receipt, late)
        return self._absent(p, opened)

    def _verified(self, p: Publication, receipt: Receipt | None) -> Publication | None:
        """At its time: out as the target promised, or put out from here now."""
        now = self._store.now()
        if receipt is not None and receipt.live:
            return self._sender.arrived(p, receipt, 0)
        if now < p.due.at + VERIFY_AFTER:  # looked at early: the clock was set back
            return self._keep(p, p.due.at + VERIFY_AFTER, None)
        with self._store.write() as w:
            claimed = self._sender.claim(w, now, p.id)
        if claimed is None:
            return None
        if self._sender.late.too_late(p, now):
            opened = self._sender.open(p.target, retired=True)
            post = planning.as_post(self._store, claimed)
            return self._sender.late.withdraw(claimed, opened, post)
        return self._sender.send(claimed, now).publication

    def _removed(self, p: Publication, receipt: Receipt | None) -> Publication | None:
        if receipt is None or not receipt.live:
            return self._sender.arrived(p, None, 0)
        return self._again(p, "it still stands there: to be taken back again")

    def _absent(self, p: Publication, opened: Opened) -> Publication | None:
        abilities = opened.kind.abilities
        waited = self._store.now() - p.updated_at
        doubted = not p.attempt  # it was sent before the copy was restored, if ever
        if (doubted or abilities.repeats == "never") and waited < GRACE:  # what it tells may be old
            return self._keep(p, self._store.now() + LOOK_AGAIN, None)
        return self._again(p, "it is not out: to be sent again")

    def _without_reading(self, p: Publication, opened: Opened) -> Publication | None:
        abilities = opened.kind.abilities
        age = self._store.now() - (p.first_sent or p.created_at)
        harmless = abilities.repeats == "always" or (
            abilities.repeats == "window" and 0 <= age < abilities.repeat_ms - ANSWERS_LATE
        )
        if harmless and p.state == "unknown" and p.attempt:  # without: of a restored copy
            return self._repeat(p)
        return self._ask_somebody(p)

    def _ask_somebody(self, p: Publication) -> Publication | None:
        return self._keep(
            p,
            None,
            JournalError(
                f"It may be out at {p.target}, which cannot tell.",
                f"Look there, then say `journal settle {p.id} --out` or `--not-out`.",
            ),
        )

    def _unread(self, p: Publication, error: JournalError) -> Publication | None:
        """The target could not be asked: `p` stays as it is, and is asked again."""
        now = self._store.now()
        if isinstance(error, AccessDenied | TryLater) or p.state == "pushed":
            asked = error.after_ms or 0 if isinstance(error, TryLater) else 0
            failures = publications.times_unknown(self._store.read(), p.id) + 1
            return self._keep(p, now + max(asked, retry.delay(failures, 0.5)), error)
        try:
            abilities = self._sender.open(p.target, retired=True).kind.abilities
        except JournalError:
            return self._keep(p, now + LOOK_AGAIN, error)
        if abilities.remote and abilities.repeats == "always":
            return self._repeat(p)
        return self._keep(p, now + LOOK_AGAIN, error)

    def _repeat(self, p: Publication) -> Publication | None:
        """The target cannot tell, and takes a repeat for the same: it is sent again, however late,
        for it may be out already."""
        return self._again(p, "a repeat is harmless there: to be sent again", {"late_limit": -1})

    def _again(
        self, p: Publication, why: str, more: Mapping[str, object] | None = None
    ) -> Publication | None:
        tries = publications.times_unknown(self._store.read(), p.id)
        if tries >= MAX_ATTEMPTS:
            last = p.last_error or "no answer"
            return self._note(p, "failed", JournalError(f"Gave up after {tries} tries: {last}"))
        with self._store.write() as w:
            soon = min(p.due.at, w.now)  # in the run that is under way
            wake = soon if tries < 2 else w.now + retry.delay(tries, 0.5)
            fields: dict[str, object] = {"wake_at": wake, **(more or {})}
            return publications.move(w, p, "scheduled", why, fields)

    def _keep(self, p: Publication, wake: int | None, error: JournalError | None) -> Publication:
        with self._store.write() as w:
            if error is not None:
                publications.note_error(w, p, str(error))
            publications.wake(w, p, wake)
            return publications.get(w.db, p.id)

    def _note(self, p: Publication, to: str, error: JournalError) -> Publication | None:
        with self._store.write() as w:
            return publications.move(w, p, to, error.message, {"last_error": str(error)})

    # ------------------------------------------------------------------ taken back

    def recall(self, held: Publication) -> Publication:
        """Take back what a target holds before its time; it ends `cancelled`.

        Raises JournalError where it went out meanwhile or cannot be taken back now: it stays held.
        """
        opened = self._sender.open(held.target)
        post = planning.as_post(self._store, held)
        with ExitStack() as stack:
            with self._store.write() as w:
                publications.wake(w, held, w.now)
                claimed = self._sender.claim(w, w.now, held.id)
                detail = "to be taken back from its target"
                sending = claimed and publications.move(w, claimed, "sending", detail)
                if sending is not None:
                    stack.enter_context(under_way(held.id))
            if sending is None:
                raise _moved_meanwhile(held)
            self._take_back(held, sending, opened, post)
            with self._store.write() as w:
                detail = "taken back from its target"
                done = publications.move(w, sending, "cancelled", detail)
            if done is None:
                raise _moved_meanwhile(held)
            return done

    def _take_back(
        self, held: Publication, sending: Publication, opened: Opened, post: Post
    ) -> None:
        """Let the target forget what it holds; raises JournalError where it does not."""
        try:
            found = None
            if opened.kind.abilities.reads:
                found = ask(lambda: opened.kind.find(opened.config, post, held.natural_key))
            if found is not None and found.live:
                self._sender.arrived(sending, found, 0)
                raise JournalError(
                    "It is out already: its target was quicker.",
                    f"`journal unpublish {held.post_id} --target {held.target}` takes it back.",
                )
            abilities = opened.kind.abilities
            if held.act == "publish" and (abilities.schedules or abilities.unpublishes):
                about = (opened.config, post, held.natural_key)
                ask(lambda: opened.kind.unpublish(*about, Delivery()))
        except Unsure as error:
            self._sender.uncertain(sending, error)
            raise
        except JournalError:
            pushed = held.state == "pushed"
            wake = held.due.at + VERIFY_AFTER if pushed else held.wake_at or self._store.now()
            with self._store.write() as w:
                publications.move(
                    w, sending, held.state, "it could not be taken back", {"wake_at": wake}
                )
            raise

    def may_be_there(self, p: Publication) -> bool:
        """Whether `p`, which waits here, may have reached its target all the same: what it answered
        was lost."""
        return (
            p.state in ("scheduled", "unknown")
            and p.first_sent is not None
            and p.act != "unpublish"
        )

    def can_tell(self, p: Publication) -> bool:
        """Whether the target of `p` can say what it has, or hold something back."""
        abilities = self._abilities(p)
        return abilities is not None and (abilities.reads or abilities.schedules)

    def may_be_held(self, p: Publication) -> bool:
        """Whether the target of `p` may put it out by itself: it held it before its time was
        changed, or what it answered was lost."""
        abilities = self._abilities(p)
        if p.act != "publish" or p.first_sent is None or not (abilities and abilities.schedules):
            return False
        return p.first_sent < p.due.at or queue.ever_pushed(self._store.read(), p.id)

    def _abilities(self, p: Publication) -> Abilities | None:
        try:
            target = targets.get(self._store.read(), p.target, retired=True)
            return self._sender.kind(target.kind).abilities
        except JournalError:
            return None

    # ------------------------------------------------------------------ by a person

    def decide(self, p: Publication, out: bool, url: str) -> Publication | None:
        """What a person saw there: it is out (at `url`), or it is not."""
        with self._store.write() as w:
            if out:
                receipt = Receipt(url or p.natural_key, url, p.plan.sha256, 0, w.now)
                kept = replace(receipt, late_ms=max(0, w.now - p.due.at))
                fields: dict[str, object] = {
                    "receipt": publications.kept_json(p.plan, kept),
                    "remote_url": url or None,
                    "last_error": None,
                    "next_check": w.now if url else None,
                }
                for step in _WAY_OUT[p.state]:
                    moved = publications.move(w, p, step, "on the way to what a person saw")
                    if moved is None:
                        return None
                    p = moved
                return publications.move(w, p, "published", "a person saw it there", fields)
            for step in ("scheduled", "claimed", "sending") if p.state == "pushed" else ():
                moved = publications.move(w, p, step, "on the way to what a person saw")
                if moved is None:
                    return None
                p = moved
            said = "It is not out: a person has looked.\nPublish it now, or take it off."
            why = "a person saw that it is not out"
            return publications.move(w, p, "failed", why, {"last_error": said})


# The legal moves from a state to `published`, for what was posted by hand.
_WAY_OUT: dict[str, tuple[str, ...]] = {
    "unknown": (),
    "pushed": (),
    "failed": ("scheduled", "claimed", "sending"),
    "missed": ("scheduled", "claimed", "sending"),
    "blocked": ("scheduled", "claimed", "sending"),
}


def _moved_meanwhile(p: Publication) -> JournalError:
    return JournalError(f"Publication {p.id} was moved meanwhile.", "Look at the queue.")
