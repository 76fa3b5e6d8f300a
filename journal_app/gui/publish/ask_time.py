"""Which moment is meant: a wall time in a zone; one that happens twice, or never, is asked about.

`TimeFields` are the fields and the question; the schedule dialog asks in the same words.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QDateTimeEdit,
    QDialog,
    QFormLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.due import AmbiguousTime, Due, Fold, Gap, due_time
from journal_app.errors import JournalError
from journal_app.gui.language import tr
from journal_app.gui.publish import words
from journal_app.gui.widgets import button, dialog_foot, label

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMAT = "yyyy-MM-dd HH:mm"


@dataclass(frozen=True, slots=True)
class Moment:
    """A wall time and the answers that it needed; `due` is the instant."""

    wall: str
    tz: str
    due: Due
    fold: Fold | None = None
    gap: Gap | None = None


def moment_of(wall: str, tz: str) -> Moment:
    """A wall time that needs no answer. Raises AmbiguousTime, JournalError."""
    return Moment(wall, tz, due_time(wall, tz))


def answered(wall: str, tz: str, flag: str, due: Due) -> Moment:
    """A wall time with the answer that a choice of AmbiguousTime names."""
    kind, _, value = flag.partition(" ")
    fold: Fold | None = None
    gap: Gap | None = None
    if kind == "--fold":
        fold = "second" if value == "second" else "first"
    else:
        gap = "after" if value == "after" else "before"
    return Moment(wall, tz, due, fold, gap)


@cache
def _zones() -> tuple[str, ...]:
    """The names of zones, read once: they are hundreds of files."""
    return (*sorted(name for name in available_timezones() if "/" in name), "UTC")


def zone_box(first: Iterable[str]) -> QComboBox:
    """A field for a time zone, found by typing a part of its name; `first` stand on top."""
    box = QComboBox()
    box.setEditable(True)
    box.setAccessibleName(tr("Time zone"))
    box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
    box.setMaxVisibleItems(16)
    top = list(dict.fromkeys(first))
    box.addItems([*top, *(name for name in _zones() if name not in top)])
    completer = QCompleter(box.model(), box)
    completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
    completer.setFilterMode(Qt.MatchFlag.MatchContains)
    box.setCompleter(completer)
    return box


class AskTime(QDialog):
    """Asks for a moment; `take` is the word of its button, `answer` gets the Moment."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        take: str,
        wall: str,
        tz: str,
        now: Callable[[], int],
        answer: Callable[[Moment], object],
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(420)
        self._now, self._answer = now, answer
        self._moment: Moment | None = None
        self._ambiguous: AmbiguousTime | None = None
        self.when = QDateTimeEdit()
        self.when.setAccessibleName(tr("Date and time"))
        self.when.setCalendarPopup(True)
        self.when.setDisplayFormat(FORMAT)
        self.when.setDateTime(QDateTime.fromString(wall[:16], FORMAT))
        self.zone = zone_box([tz])
        self.zone.setCurrentText(tz)
        self.question = label("", "error", wrap=True)
        self.shown = label("", "muted", wrap=True)
        self.shown.setAccessibleName(tr("What this time means"))
        self.first, self.second = QRadioButton(), QRadioButton()
        self.choice = QButtonGroup(self)
        self.choice.addButton(self.first, 0)
        self.choice.addButton(self.second, 1)
        self.take = button(take, self._take, "primary")
        self.take.setDefault(True)
        form = QFormLayout()
        form.setSpacing(10)
        for said, field in ((tr("When"), self.when), (tr("Zone"), self.zone)):
            name = label(said, "muted")
            name.setMinimumHeight(32)
            name.setBuddy(field)
            form.addRow(name, field)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(12)
        heading = label(title, "heading", wrap=True)
        rows.addWidget(heading)
        rows.addLayout(form)
        for part in (self.question, self.first, self.second, self.shown):
            rows.addWidget(part)
        rows.addStretch(1)
        rows.addLayout(dialog_foot(self, self.take))
        self.when.dateTimeChanged.connect(lambda _when: self._look(anew=True))
        self.zone.currentTextChanged.connect(lambda _zone: self._look(anew=True))
        self.choice.idToggled.connect(lambda _id, _on: self._look())
        self._look()

    @property
    def moment(self) -> Moment | None:
        """What is meant, as far as it is known and lies ahead."""
        return self._moment

    def _look(self, *, anew: bool = False) -> None:
        if anew and self.choice.checkedId() >= 0:
            self.choice.setExclusive(False)
            self.first.setChecked(False)
            self.second.setChecked(False)
            self.choice.setExclusive(True)
        wall = self.when.dateTime().toString(FORMAT)
        tz = self.zone.currentText().strip()
        self._moment, self._ambiguous, told = None, None, ""
        try:
            self._moment = moment_of(wall, tz)
        except AmbiguousTime as error:
            self._ambiguous, told = error, error.message
            for radio, choice in zip((self.first, self.second), error.choices, strict=True):
                radio.setText(choice.shown)
            chosen = self.choice.checkedId()
            if chosen >= 0:
                one = error.choices[chosen]
                self._moment = answered(wall, tz, one.flag, one.due)
        except JournalError as error:
            told = f"{error.message} {error.hint}".strip()
        for radio in (self.first, self.second):
            radio.setVisible(self._ambiguous is not None)
        self._say(told)

    def _say(self, told: str) -> None:
        said, now = "", self._now()
        if self._moment is not None:
            ahead = self._moment.due.at - now
            if ahead <= 0:
                told = past(self._moment.due, now)
                self._moment = None
            else:
                when = words.in_zone(self._moment.due, now)
                said = tr("{when}, in {span}.", when=when, span=words.long_span(ahead))
        elif self._ambiguous is not None:
            said = tr("Choose one of the two.")
        self.question.setText(told)
        self.question.setVisible(bool(told))
        self.shown.setText(said)
        self.take.setEnabled(self._moment is not None)

    def _take(self) -> None:
        if self._moment is not None:
            moment = self._moment
            self.accept()
            self._answer(moment)


def past(due: Due, now: int) -> str:
    """Why nothing can be moved to a moment."""
    return tr(
        "{when} is past ({span} ago). Choose a later time, or publish now.",
        when=words.moment(due, now),
        span=words.long_span(now - due.at),
    )
