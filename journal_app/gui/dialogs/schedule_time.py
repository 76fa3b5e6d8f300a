"""The time in the schedule dialog: a wall time in a zone, or the next free slot of a cadence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QDateTime, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDateTimeEdit,
    QFormLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.due import AmbiguousTime, Due, local, offset, span
from journal_app.errors import JournalError
from journal_app.gui.language import locale, tr
from journal_app.gui.publish import words
from journal_app.gui.publish.ask_time import FORMAT, Moment, answered, moment_of, zone_box
from journal_app.gui.widgets import label

if TYPE_CHECKING:
    from collections.abc import Callable

    from journal_app.domain.cadence import Slot


class TimePart(QWidget):
    """`due` is the instant, `moment` how it was said; None while it is not known or past."""

    changed = Signal()

    def __init__(self, tz: str, wall: str, now: Callable[[], int]) -> None:
        super().__init__()
        self._now = now
        self._slot: Slot | None = None
        self._ambiguous: AmbiguousTime | None = None
        self._moment: Moment | None = None
        self.past = False
        self.by_hand = QRadioButton(tr("At a time"))
        self.by_slot = QRadioButton()
        self.ways = QButtonGroup(self)
        self.ways.addButton(self.by_hand, 0)
        self.ways.addButton(self.by_slot, 1)
        self.by_hand.setChecked(True)
        self.when = QDateTimeEdit()
        self.when.setAccessibleName(tr("Date and time"))
        self.when.setCalendarPopup(True)
        self.when.setDisplayFormat(FORMAT)
        self.when.setDateTime(QDateTime.fromString(wall, FORMAT))
        self.zone = zone_box([tz])
        self.zone.setCurrentText(tz)
        self.first, self.second = QRadioButton(), QRadioButton()
        self.choice = QButtonGroup(self)
        self.choice.addButton(self.first, 0)
        self.choice.addButton(self.second, 1)
        self.question = label("", "error", wrap=True)
        self.form = QFormLayout()
        self.form.setContentsMargins(0, 0, 0, 0)
        self.form.setHorizontalSpacing(16)
        self.form.setVerticalSpacing(10)
        self._fields = QWidget()
        self._fields.setLayout(self.form)
        for said, field in ((tr("When"), self.when), (tr("Zone"), self.zone)):
            name = label(said, "muted")
            name.setMinimumHeight(32)
            name.setMinimumWidth(72)
            name.setBuddy(field)
            self.form.addRow(name, field)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        for part in (
            self.by_slot,
            self.by_hand,
            self._fields,
            self.question,
            self.first,
            self.second,
        ):
            rows.addWidget(part)
        self.show_slot(None)
        self.when.dateTimeChanged.connect(lambda _when: self._look(anew=True))
        self.zone.currentTextChanged.connect(lambda _zone: self._look(anew=True))
        self.choice.idToggled.connect(lambda _id, _on: self._look())
        self.ways.idToggled.connect(lambda _id, on: self._look() if on else None)
        self._look()

    @property
    def slot(self) -> Slot | None:
        """The free slot, where that was chosen."""
        return self._slot if self.by_slot.isChecked() else None

    @property
    def moment(self) -> Moment | None:
        """The time that was set by hand, where that was chosen and lies ahead."""
        return None if self.slot is not None or self.past else self._moment

    @property
    def due(self) -> Due | None:
        """The instant that it goes out at, where it is known and lies ahead."""
        if self.slot is not None:
            return self.slot.due
        return self.moment.due if self.moment is not None else None

    def show_slot(self, slot: Slot | None) -> None:
        """Offer the next free slot of the chosen target, if it has one."""
        self._slot = slot
        for part in (self.by_slot, self.by_hand):
            part.setVisible(slot is not None)
        if slot is None:
            self.by_hand.setChecked(True)
        else:
            when = words.moment(slot.due, self._now())
            self.by_slot.setText(
                tr("Next free slot: {when} ({cadence})", when=when, cadence=slot.cadence)
            )
            self.by_slot.setToolTip(slot.note)
        self._look()

    def wall(self) -> str:
        """The wall time as text."""
        return self.when.dateTime().toString(FORMAT)

    def _look(self, *, anew: bool = False) -> None:
        """Know what instant this is, or ask which of two is meant."""
        if anew and self.choice.checkedId() >= 0:
            self.choice.setExclusive(False)
            self.first.setChecked(False)
            self.second.setChecked(False)
            self.choice.setExclusive(True)
        self._moment, self._ambiguous, self.past = None, None, False
        told = "" if self.slot is not None else self._settle()
        by_hand = self.slot is None
        self._fields.setVisible(by_hand)
        for radio in (self.first, self.second):
            radio.setVisible(by_hand and self._ambiguous is not None)
        self.question.setText(told)
        self.question.setVisible(bool(told))
        self.changed.emit()

    def _settle(self) -> str:
        """Find the moment; what is to be told of it."""
        zone = self.zone.currentText().strip()
        told = ""
        try:
            self._moment = moment_of(self.wall(), zone)
        except AmbiguousTime as error:
            self._ambiguous, told = error, error.message
            for radio, choice in zip((self.first, self.second), error.choices, strict=True):
                radio.setText(choice.shown)
            chosen = self.choice.checkedId()
            if chosen >= 0:
                one = error.choices[chosen]
                self._moment = answered(self.wall(), zone, one.flag, one.due)
        except JournalError as error:
            return f"{error.message} {error.hint}".strip()
        if self._moment is not None and (ahead := self._moment.due.at - self._now()) <= 0:
            self.past = True
            told = tr(
                "This time is past ({ago} ago). Choose a later one, or publish now.",
                ago=span(ahead),
            )
        return told

    def said(self) -> str:
        """The instant in a sentence; "" while it is not known."""
        due = self.due
        if due is None:
            asked = self._ambiguous is not None and self._moment is None
            return tr("Choose one of the two.") if asked else ""
        moment = local(due.at, due.tz)
        return tr(
            "Goes out {day}, {time} ({offset}), in {span}.",
            day=locale().toString(QDate(moment.year, moment.month, moment.day)),
            time=f"{moment:%H:%M}",
            offset=offset(moment),
            span=span(due.at - self._now()),
        )
