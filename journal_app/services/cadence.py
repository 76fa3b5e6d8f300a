"""The queue of a target: cadences give slots, posts are dealt into them in order.

A post takes the next free slot when it is put into the queue; nothing else moves by that. `move`
and `refill` deal the whole queue anew, in one transaction, so that order and slots agree. What is
due within two minutes stays (ten, where the target holds it), and so does what failed, was missed
or waits for its user: its minute counts as taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Protocol

from journal_app.domain import cadence as rules
from journal_app.domain.cadence import AHEAD, Blackout, Cadence, Queued, Shift, Slot
from journal_app.domain.due import MINUTE, Due, rfc3339
from journal_app.errors import Clash, JournalError, NotFound
from journal_app.runtime import clock
from journal_app.store import cadences as rows
from journal_app.store import entries, publications, targets
from journal_app.store.preferences import Preferences

if TYPE_CHECKING:
    import sqlite3

    from journal_app.domain.publishing import Publication
    from journal_app.store.database import Store, Writer

NAME = 60  # characters


class Schedule(Protocol):
    """How a post is approved for a time: `PublishingService.schedule`."""

    def __call__(
        self,
        post: str,
        target: str,
        at: str,
        *,
        tz: str | None = None,
        slug: str | None = None,
        replace: bool = False,
        late_limit: int | None = None,
        allow: Sequence[str] = (),
        slot: float | None = None,
    ) -> Publication:
        """The publication that waits. Raises JournalError where the post cannot go out."""
        ...


class CadenceService:
    """Cadences, blackout days and queues of one journal. Any thread and process may call."""

    def __init__(self, store: Store, schedule: Schedule) -> None:
        self._store = store
        self._schedule = schedule

    # ------------------------------------------------------------------ cadences

    def cadences(self, target: str | None = None) -> list[Cadence]:
        """The cadences of a target, or of all, by target and name."""
        return rows.cadences(self._store.read(), target)

    def add(
        self,
        name: str,
        target: str,
        days: Iterable[str],
        times: Iterable[str],
        tz: str | None = None,
        *,
        replace: bool = False,
    ) -> Cadence:
        """Give a target a cadence; without `tz` in the zone of the settings, else this computer's.

        What waits stays where it is: `moves` says what a refill would move. Raises JournalError.
        """
        return self._keep(rules.cadence(name, target, days, times, tz or self.zone()), replace)

    def add_spoken(self, name: str, target: str, text: str, *, replace: bool = False) -> Cadence:
        """The same out of words: `Tuesdays and Fridays 09:00 Europe/Berlin`."""
        return self._keep(rules.spoken(text, name, target, self.zone()), replace)

    def _keep(self, one: Cadence, replace: bool) -> Cadence:
        if not one.name.strip() or len(one.name) > NAME or not one.name.isprintable():
            raise JournalError(
                f"{one.name!r} is not a name for a cadence.", f"Up to {NAME} letters."
            )
        with self._store.write() as w:
            targets.get(w.db, one.target)
            if not replace and any(known.name == one.name for known in rows.cadences(w.db)):
                raise JournalError(
                    f"There is already a cadence {one.name!r}.",
                    "Choose another name, or change that one with --replace.",
                )
            rows.put(w, one)
        return one

    def remove(self, name: str) -> Cadence:
        """Forget a cadence. What waits in its slots stays there until a refill."""
        with self._store.write() as w:
            one = rows.get(w.db, name)
            rows.remove(w, name)
        return one

    # ------------------------------------------------------------------ blackout days

    def blackouts(self) -> list[Blackout]:
        """The blackout days, by date."""
        return rows.blackouts(self._store.read())

    def add_blackout(self, first: str, last: str | None = None, name: str = "") -> Blackout:
        """No slots from `first` to `last` (ISO dates, inclusive; the one day without `last`).

        What waits on these days stays there until a refill. Raises JournalError.
        """
        one = Blackout(self._store.new_id(), _day(first), _day(last or first), name.strip())
        if one.last < one.first:
            raise JournalError(
                f"The days end ({one.last}) before they begin ({one.first}).",
                "Write the first day first.",
            )
        if len(one.name) > NAME or not (one.name.isprintable() or not one.name):
            raise JournalError(f"{name!r} is not a name for days.", f"Up to {NAME} letters.")
        with self._store.write() as w:
            rows.put_blackout(w, one)
        return one

    def remove_blackout(self, ref: str) -> Blackout:
        """Forget blackout days by id, the first day, or a name that is theirs alone."""
        with self._store.write() as w:
            known = rows.blackouts(w.db)
            found = [one for one in known if one.id == ref.upper()]
            found = found or [one for one in known if ref in (one.first, one.name)]
            if len(found) != 1:
                raise NotFound(
                    f"{len(found) or 'No'} blackouts are called {ref!r}.",
                    "`journal blackout list` shows their ids.",
                )
            rows.remove_blackout(w, found[0].id)
        return found[0]

    # ------------------------------------------------------------------ slots

    def next_slots(self, target: str, n: int) -> list[Due]:
        """The next `n` free slots of a target."""
        return [slot.due for slot in self.slots(target, n)]

    def slots(self, target: str, n: int) -> list[Slot]:
        """The same with their cadence, and in words what the clocks did to them."""
        return list(islice(self._free(self._store.read(), target, self._store.now()), n))

    def free_slots(self, first: int, last: int, target: str | None = None) -> list[Slot]:
        """The free slots to come from `first` until before `last` (ms UTC), of one target or all.

        In the order of targets, then of time.
        """
        db = self._store.read()
        found: list[Slot] = []
        for name in sorted({one.target for one in rows.cadences(db, target)}):
            open = self._free(db, name, max(self._store.now(), first - AHEAD - 1), before=last)
            found += takewhile(lambda slot: slot.due.at < last, open)
        return found

    def note(self, p: Publication) -> str:
        """What the clocks did to the slot that `p` stands in; empty for nothing."""
        cadences = rows.cadences(self._store.read(), p.target)
        slot = next(rules.slots(cadences, (), p.due.at - 1), None)
        return slot.note if slot is not None and slot.due.at == p.due.at else ""

    def _free(
        self,
        db: sqlite3.Connection,
        target: str,
        now: int,
        without: Collection[str] = (),
        before: int = rows.FOREVER,
    ) -> Iterator[Slot]:
        return rules.free(
            rows.cadences(db, target),
            rows.blackouts(db),
            now + AHEAD,
            rows.busy(db, target, now, without, before),
        )

    # ------------------------------------------------------------------ queue

    def queued(self, target: str) -> list[Queued]:
        """What waits in slots of a target, in the order of its queue."""
        return rows.queued(self._store.read(), target)

    def enqueue(
        self,
        post: str,
        target: str,
        position: int | None = None,
        *,
        slug: str | None = None,
        replace: bool = False,
        late_limit: int | None = None,
        allow: Sequence[str] = (),
    ) -> Publication:
        """Approve a post for the next free slot of a target, or for a `position` in its queue.

        A position is counted from 1, and what comes after it moves to later slots. `replace` puts
        the present text in the place of what waits there. Raises JournalError.
        """
        db = self._store.read()
        targets.get(db, target)
        post_id = entries.resolve(db, post)
        former = self._former(db, post_id, target) if replace else None
        due = former.due if former is not None else self._next(db, target)
        p = self._schedule(
            post_id,
            target,
            rfc3339(due.at, due.tz),
            tz=due.tz,
            slug=slug,
            replace=replace,
            late_limit=late_limit,
            allow=allow,
            slot=_place(rows.queued(db, target), due) if former is None else former.place,
        )
        with self._store.write() as w:
            self._seat(w, p)
            if position is not None:
                self._move(w, p.id, target, position)
            return publications.get(w.db, p.id)

    def _former(self, db: sqlite3.Connection, post_id: str, target: str) -> Queued | None:
        """What of the post waits in the queue, where its slot can be had again."""
        mine = {p.id for p in publications.of_post(db, post_id, target)}
        now = self._store.now()
        return next((q for q in rows.queued(db, target) if q.id in mine and not q.fixed(now)), None)

    def _next(self, db: sqlite3.Connection, target: str) -> Due:
        slot = next(self._free(db, target, self._store.now()), None)
        if slot is None:
            raise _no_slot(target, bool(rows.cadences(db, target)))
        return slot.due

    def _seat(self, w: Writer, p: Publication) -> None:
        """Look that `p` has its slot and its place alone: another process may have been as quick.

        The later of two goes to the next free slot.
        """
        queue = rows.queued(w.db, p.target)
        others = [one for one in queue if one.id != p.id]
        if p.due.at // MINUTE in rows.busy(w.db, p.target, w.now, (p.id,)):
            slot = next(self._free(w.db, p.target, w.now, (p.id,)), None)
            if slot is None or not rows.retime(w, p.id, slot.due, _place(others, slot.due)):
                self._deal(w, p.target)  # it is on its way to the target: what waits gives way
        if len({one.place for one in queue}) < len(queue):
            rows.number(w, [(n, one.id) for n, one in enumerate(rows.queued(w.db, p.target), 1)])

    def move(self, publication_id: str, position: int) -> list[Shift]:
        """Give what waits another place in its queue (from 1); what was moved by it.

        Raises JournalError for what is not in a queue or too near its time.
        """
        with self._store.write() as w:
            p = publications.named(w.db, publication_id)
            if p is None:
                raise NotFound(
                    f"There is no publication {publication_id!r}.", "`journal queue` shows them."
                )
            return self._move(w, p.id, p.target, position)

    def _move(self, w: Writer, id: str, target: str, position: int) -> list[Shift]:
        queue = rows.queued(w.db, target)
        mine = next((one for one in queue if one.id == id), None)
        if mine is None:
            raise JournalError(
                f"Publication {id} does not wait in a queue: its time was set by hand.",
                "`journal enqueue POST --target NAME --replace` puts the post into one.",
            )
        if mine.fixed(w.now):
            raise JournalError(
                f"{mine.title!r} is due in a moment ({mine.due.wall} {mine.due.tz}).",
                f"Take it off: `journal unschedule {id}`.",
            )
        if not rows.cadences(w.db, target):
            raise _no_slot(target, False)
        others = [one for one in queue if one.id != id]
        near = sum(1 for one in others if one.fixed(w.now))
        index = min(max(position - 1, near), len(others))
        order = [*others[:index], mine, *others[index:]]
        rows.number(w, [(n, one.id) for n, one in enumerate(order, 1)])
        w.changed("publication", id)
        return self._deal(w, target)

    # ------------------------------------------------------------------ dealing

    def moves(self, target: str | None = None) -> list[Shift]:
        """What `refill` would move now, of one target or all."""
        db = self._store.read()
        return [
            _shift(one, name, due)
            for name in self._names(db, target)
            for one, due in self._dealt(db, name, self._store.now())
        ]

    def refill(self, target: str | None = None) -> list[Shift]:
        """Deal the queue of one target, or of each, into the free slots anew; what was moved."""
        with self._store.write() as w:
            return [s for name in self._names(w.db, target) for s in self._deal(w, name)]

    def _names(self, db: sqlite3.Connection, target: str | None) -> list[str]:
        if target is not None:
            return [targets.get(db, target).name]
        return sorted({one.target for one in rows.cadences(db)})

    def _deal(self, w: Writer, target: str) -> list[Shift]:
        done = []
        for one, due in self._dealt(w.db, target, w.now):
            if rows.retime(w, one.id, due, one.place) is None:
                raise Clash(f"{one.title!r} is on its way out.", "Try again.")
            done.append(_shift(one, target, due))
        return done

    def _dealt(self, db: sqlite3.Connection, target: str, now: int) -> list[tuple[Queued, Due]]:
        """Who gets another slot. A target without a cadence has none to give: nobody."""
        if not rows.cadences(db, target):
            return []
        queue = [one for one in rows.queued(db, target) if not one.fixed(now)]
        open = self._free(db, target, now, {one.id for one in queue})
        return [(one, due) for one, due in rules.deal(queue, open) if due.at != one.due.at]

    def zone(self) -> str:
        """The zone of cadences that name none: of the settings, else of this computer."""
        return Preferences(self._store).get("timezone") or clock.local_zone()


def _place(queue: Sequence[Queued], due: Due) -> float:
    """A number for what goes into the queue at `due`: order and slots agree."""
    earlier = max((one.place for one in queue if one.due.at <= due.at), default=None)
    later = min((one.place for one in queue if one.due.at > due.at), default=None)
    return rules.between(earlier, later)


def _shift(one: Queued, target: str, due: Due) -> Shift:
    return Shift(one.id, one.title, target, one.due, due)


def _no_slot(target: str, has_cadence: bool) -> JournalError:
    if has_cadence:
        return JournalError(
            f"The cadences of {target} have no free slot.",
            "Shorten a blackout: `journal blackout list`.",
        )
    return JournalError(
        f"The target {target} has no cadence.",
        f'Give it one: `journal cadence add weekly "Tuesdays 09:00" --target {target}`.',
    )


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as error:
        raise JournalError(f"{text!r} is not a day.", "Write it as 2026-12-24.") from error
