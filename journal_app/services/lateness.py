"""What is too late to go out unasked, and what became of it if it was sent once.

Invariant: nothing is called missed that readers see, or that its target would still put out.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from journal_app.domain.due import span
from journal_app.domain.publishing import Outcome, Publication, Receipt
from journal_app.domain.targets import AccessDenied, Config, Delivery, Post, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.services import calling, planning
from journal_app.services.calling import ask
from journal_app.store import publications

if TYPE_CHECKING:
    from journal_app.services.sending import Opened, Sender
    from journal_app.store.database import Store

GRACE = 60_000  # ms: what is no more late than this was not late
LOOK_AGAIN = 60_000  # ms until a target that does not answer is asked again what it has


class Lateness:
    """The late policy of one journal. `limit()` is the one of the settings (ms, -1: none)."""

    def __init__(self, store: Store, sender: Sender, limit: Callable[[], int]) -> None:
        self._store = store
        self._sender = sender
        self._limit = limit

    def limit_of(self, p: Publication) -> int:
        """How late `p` may go out unasked (ms); -1: however late."""
        return self._limit() if p.late_limit is None else p.late_limit

    def too_late(self, p: Publication, now: int) -> bool:
        """Whether `p` may not go out any more without being asked for."""
        limit = self.limit_of(p)
        return limit >= 0 and now - p.due.at > max(limit, GRACE)

    def give_up(self, p: Publication, now: int) -> Outcome | None:
        """`p` is missed; unless it was sent once and its target has it all the same."""
        if p.first_sent is None:
            return self._miss(p, now)
        try:
            opened = self._sender.open(p.target)
            post = planning.as_post(self._store, p)
            found = self._found(opened, post, p)
        except (TryLater, AccessDenied, Unsure) as error:
            # Only when it has answered can it be given up.
            with self._store.write() as w:
                publications.note_error(w, p, str(error))
                publications.wake(w, p, w.now + LOOK_AGAIN)
            return None
        except JournalError:
            return self._miss(p, now)
        if found is None:
            doubted = p.first_sent < p.created_at  # by a restored copy, and nothing can be read
            blind = doubted and not opened.kind.abilities.reads
            return self._ask_somebody(p) if blind else self._miss(p, now)
        with self._store.write() as w:
            claimed = self._sender.claim(w, now, p.id)
        if claimed is None:
            return None
        if not found.live:
            return self._told(p, self.withdraw(claimed, opened, post))
        with self._store.write() as w:
            sending = publications.move(w, claimed, "sending", "it is out already")
        late = max(0, self._store.now() - p.due.at)
        return self._told(p, sending and self._sender.arrived(sending, found, late))

    def withdraw(
        self, p: Publication, opened: Opened, post: Post, why: JournalError | None = None
    ) -> Publication | None:
        """Take back what a target holds, claimed or sending: it did not put it out in time, or
        (`why`) what should stand there instead is refused. The user is asked."""
        with calling.under_way(p.id):
            if p.state == "claimed":
                with self._store.write() as w:
                    moved = publications.move(w, p, "sending", "to be taken back from its target")
                if moved is None:
                    return None
                p = moved
            try:
                ask(lambda: opened.kind.unpublish(*_about(opened, post, p), Delivery()))
            except Unsure as error:
                return self._sender.uncertain(p, error)
            except (TryLater, AccessDenied) as error:
                return self._sender.refused(p, error, None)
            except JournalError as error:
                return self._sender.moved(p, "failed", error)
            if why is None:
                late = span(self._store.now() - p.due.at)
                why = JournalError(
                    f"Its target did not put it out at its time; {late} late it was taken back.",
                    "Publish it now, or take it off.",
                )
            else:
                taken = f"{why.message} What its target held was taken back."
                why = JournalError(taken, why.hint)
            return self._sender.moved(p, "failed", why)

    def _found(self, opened: Opened, post: Post, p: Publication) -> Receipt | None:
        if not opened.kind.abilities.reads:
            return None
        return ask(lambda: opened.kind.find(*_about(opened, post, p)))

    def _ask_somebody(self, p: Publication) -> Outcome | None:
        """It is too late to be sent, and may be out: only a person can look."""
        why = JournalError(
            f"It may be out at {p.target}, which cannot tell, and it is too late to send it.",
            f"Look there, then say `journal settle {p.id} --out` or `--not-out`.",
        )
        moved: Publication | None = p
        with self._store.write() as w:
            for step in ("claimed", "sending"):
                moved = moved and publications.move(w, moved, step, "it may be out")
            fields = {"last_error": str(why), "wake_at": None}
            after = moved and publications.move(w, moved, "unknown", why.message, fields)
        return None if after is None else self._sender.outcome(after)

    def _told(self, p: Publication, after: Publication | None) -> Outcome:
        return self._sender.outcome(after or publications.get(self._store.read(), p.id))

    def _miss(self, p: Publication, now: int) -> Outcome | None:
        limit = self.limit_of(p)
        allowed = f"more than {span(limit)} late" if limit > GRACE else "late"
        why = f"due {span(now - p.due.at)} ago; what is {allowed} is not sent unasked"
        with self._store.write() as w:
            missed = publications.move(w, p, "missed", why, {"last_error": why})
        return None if missed is None else self._sender.outcome(missed)


def _about(opened: Opened, post: Post, p: Publication) -> tuple[Config, Post, str]:
    return opened.config, post, p.natural_key
