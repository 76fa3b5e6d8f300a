"""Slots and closed days: cadences with their next times, days without any, and their forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from journal_app.domain import cadence as rules
from journal_app.gui.language import tr, trn
from journal_app.gui.notice import Notice
from journal_app.gui.publish import words
from journal_app.gui.publish.slots_forms import BlackoutForm, CadenceForm, days_said
from journal_app.gui.widgets import ElidedLabel, PanelFrame, button, clear_layout, label, scrolled

if TYPE_CHECKING:
    from journal_app.domain.cadence import Blackout, Cadence, Shift
    from journal_app.gui.publish.acting import Acting

NEXT = 3  # slots of a cadence that are named


class SlotsPart(QWidget):
    """Two panels. What waits at a time that is no slot any more is offered to be dealt anew."""

    def __init__(self, acting: Acting) -> None:
        super().__init__()
        self._acting, self._window = acting, acting.window
        self.notice = Notice()
        self.cadences = PanelFrame(tr("Cadences"))
        self.blackouts = PanelFrame(tr("Closed days"))
        self._rules, self._days = QVBoxLayout(), QVBoxLayout()
        zone = acting.window.journal.settings.get("timezone")
        self.form = CadenceForm(zone, self._add)
        self.closing = BlackoutForm(self._close)
        for panel, told, rows, form in (
            (
                self.cadences,
                tr("A cadence gives a place weekly slots. The queue is dealt into them in order."),
                self._rules,
                self.form,
            ),
            (
                self.blackouts,
                tr("Closed days have no slots. What has a time of its own goes out all the same."),
                self._days,
                self.closing,
            ),
        ):
            rows.setSpacing(0)
            panel.body.addWidget(label(told, "small", wrap=True))
            panel.body.addLayout(rows)
            panel.body.addSpacing(4)
            panel.body.addWidget(form)
        inner = QWidget()
        inner.setProperty("role", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 16, 24, 20)
        column.setSpacing(16)
        column.addWidget(self.notice)
        column.addWidget(self.cadences)
        column.addWidget(self.blackouts)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))

    def refresh(self) -> None:
        """Read cadences, closed days and what a new deal would move."""
        service, targets = self._window.journal.cadence, self._window.journal.targets
        self._acting.read(
            lambda: (
                service.cadences(),
                service.blackouts(),
                service.moves(),
                [one.name for one in targets.listing()],
            ),
            lambda found: self._show(*found),
        )

    def _show(
        self, found: list[Cadence], closed: list[Blackout], moves: list[Shift], names: list[str]
    ) -> None:
        now = self._window.now()
        clear_layout(self._rules)
        clear_layout(self._days)
        for one in found:
            slots = islice(rules.slots([one], closed, now), NEXT)
            ahead = ", ".join(words.moment(slot.due, now) for slot in slots)
            said = f"{days_said(one.days)} {', '.join(one.times)} {one.tz}"
            self._rules.addWidget(
                self._row(
                    tr("{name} → {target}", name=one.name, target=one.target),
                    said,
                    tr("Next: {times}", times=ahead) if ahead else tr("No slot is free."),
                    (
                        (tr("Change"), partial(self.form.fill, one)),
                        (tr("Remove"), partial(self._remove, one)),
                    ),
                )
            )
        for day in closed:
            first, last = date.fromisoformat(day.first), date.fromisoformat(day.last)
            said = words.long_day(first)
            if last != first:
                said = tr("{first} to {last}", first=said, last=words.long_day(last))
            self._days.addWidget(
                self._row(
                    day.name or tr("Closed"),
                    said,
                    "",
                    ((tr("Remove"), partial(self._open, day)),),
                )
            )
        self.form.show_targets(names)
        self._offer(moves)

    def _row(
        self, title: str, said: str, more: str, ways: tuple[tuple[str, Callable[[], None]], ...]
    ) -> QWidget:
        row = QFrame()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 6, 0, 6)
        line.setSpacing(8)
        told = QVBoxLayout()
        told.setSpacing(1)
        told.addWidget(ElidedLabel(title, "heading", hint=120))
        told.addWidget(ElidedLabel(said, "small", hint=120))
        if more:
            told.addWidget(ElidedLabel(more, "meta", hint=120))
        line.addLayout(told, 1)
        for word, act in ways:
            made = button(word, act)
            made.setAccessibleName(f"{word}: {title}")
            line.addWidget(made)
        return row

    def _offer(self, moves: list[Shift]) -> None:
        """What waits at times that are no slots (any more) can be dealt anew."""
        if not moves:
            self.notice.drop("deal")
            return
        told = trn(
            "{n} post waits at a time that its queue would not give it now.|"
            "{n} posts wait at times that their queue would not give them now.",
            len(moves),
        )
        self.notice.tell("deal", "info", told, ((tr("Deal them anew"), self._deal),))

    # ------------------------------------------------------------------ acts

    def _deal(self) -> None:
        service = self._window.journal.cadence

        def done(shifts: list[Shift]) -> None:
            self.notice.drop("deal")
            self._acting.tell_done(trn("{n} post moved|{n} posts moved", len(shifts)), None)
            self.refresh()

        self._acting.store(lambda: service.refill(), done)

    def _add(self, one: Cadence, replace: bool) -> None:
        service = self._window.journal.cadence

        def done(_made: Cadence) -> None:
            self.form.clear()
            self._acting.tell_done(tr("“{name}” gives slots.", name=one.name), None)
            self.refresh()

        self._acting.store(
            lambda: service.add(one.name, one.target, one.days, one.times, one.tz, replace=replace),
            done,
        )

    def _remove(self, one: Cadence) -> None:
        service = self._window.journal.cadence

        def back() -> None:
            self._acting.store(
                lambda: service.add(one.name, one.target, one.days, one.times, one.tz),
                lambda _made: self.refresh(),
            )

        def done(_gone: Cadence) -> None:
            self._acting.tell_done(tr("“{name}” is removed.", name=one.name), back)
            self.refresh()

        self._acting.store(lambda: service.remove(one.name), done)

    def _close(self, first: str, last: str, name: str) -> None:
        service = self._window.journal.cadence

        def done(_made: Blackout) -> None:
            self.closing.clear()
            self.refresh()

        self._acting.store(lambda: service.add_blackout(first, last, name), done)

    def _open(self, day: Blackout) -> None:
        service = self._window.journal.cadence

        def back() -> None:
            self._acting.store(
                lambda: service.add_blackout(day.first, day.last, day.name),
                lambda _made: self.refresh(),
            )

        def done(_gone: Blackout) -> None:
            name = day.name or words.short_day(date.fromisoformat(day.first))
            self._acting.tell_done(tr("“{name}” is open again.", name=name), back)
            self.refresh()

        self._acting.store(lambda: service.remove_blackout(day.id), done)
