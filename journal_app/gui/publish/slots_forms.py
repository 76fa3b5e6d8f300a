"""The forms for a cadence ("Tuesdays and Fridays 09:00 Europe/Berlin") and for closed days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QLocale
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain import cadence as rules
from journal_app.errors import JournalError
from journal_app.gui.language import locale, tr
from journal_app.gui.publish.ask_time import zone_box
from journal_app.gui.publish.days import first_weekday
from journal_app.gui.widgets import button, label
from journal_app.runtime.clock import local_zone

if TYPE_CHECKING:
    from journal_app.domain.cadence import Cadence

FIELD = 320  # px


def day_name(day: str) -> str:
    """The short name of `tue` in the chosen language."""
    number = rules.DAYS.index(day) + 1
    return locale().standaloneDayName(number, QLocale.FormatType.ShortFormat)


def days_said(days: Iterable[str]) -> str:
    """`Tue, Fri`."""
    return ", ".join(day_name(day) for day in days)


class CadenceForm(QWidget):
    """Name, place, days, times, zone. `add` gets the cadence, and whether it replaces one."""

    def __init__(self, zone: str, add: Callable[[Cadence, bool], None]) -> None:
        super().__init__()
        self._add = add
        self._changes = ""
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("weekly"))
        self.target = QComboBox()
        self.times = QLineEdit()
        self.times.setPlaceholderText("09:00, 17:30")
        self._zone = zone or local_zone()
        self.zone = zone_box([self._zone, local_zone()])
        self.zone.setCurrentText(self._zone)
        self.days = {}
        week = QHBoxLayout()
        week.setSpacing(4)
        for n in range(7):
            day = rules.DAYS[(first_weekday() - 1 + n) % 7]
            one = button(day_name(day), lambda: None)
            one.setCheckable(True)
            one.setAccessibleName(
                locale().standaloneDayName(rules.DAYS.index(day) + 1, QLocale.FormatType.LongFormat)
            )
            self.days[day] = one
            week.addWidget(one)
        week.addStretch(1)
        holder = QWidget()
        week.setContentsMargins(0, 0, 0, 0)
        holder.setLayout(week)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.take = button(tr("Add the cadence"), self._take)
        self.back = button(tr("Cancel"), self.clear)
        self.back.hide()
        form = QFormLayout()
        form.setSpacing(8)
        form.setHorizontalSpacing(16)
        for words, field in (
            (tr("Name"), self.name),
            (tr("Place"), self.target),
            (tr("Days"), holder),
            (tr("Times"), self.times),
            (tr("Zone"), self.zone),
        ):
            said = label(words, "muted")
            said.setMinimumHeight(32)
            said.setBuddy(field)
            if field is not holder:
                field.setAccessibleName(words)
                field.setMaximumWidth(FIELD)
            form.addRow(said, field)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.take)
        foot.addWidget(self.back)
        foot.addStretch(1)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(8)
        rows.addLayout(form)
        rows.addWidget(self.error)
        rows.addLayout(foot)

    def show_targets(self, names: Sequence[str]) -> None:
        """The places that there are."""
        chosen = self.target.currentText()
        self.target.clear()
        self.target.addItems(list(names))
        self.target.setCurrentText(chosen)
        self.take.setEnabled(bool(names))
        if not names:
            self.error.setText(tr("There is nowhere to publish yet. Add a place first."))
            self.error.show()

    def fill(self, one: Cadence) -> None:
        """Change a cadence."""
        self._changes = one.name
        self.name.setText(one.name)
        self.name.setEnabled(False)
        self.target.setCurrentText(one.target)
        for day, made in self.days.items():
            made.setChecked(day in one.days)
        self.times.setText(", ".join(one.times))
        self.zone.setCurrentText(one.tz)
        self.take.setText(tr("Change it"))
        self.back.show()
        self.error.hide()
        self.times.setFocus()

    def clear(self) -> None:
        """An empty form."""
        self._changes = ""
        self.name.clear()
        self.name.setEnabled(True)
        self.times.clear()
        for made in self.days.values():
            made.setChecked(False)
        self.zone.setCurrentText(self._zone)
        self.take.setText(tr("Add the cadence"))
        self.back.hide()
        self.error.hide()

    def _take(self) -> None:
        days = [day for day in rules.DAYS if self.days[day].isChecked()]
        times = [one for one in self.times.text().replace(",", " ").split() if one]
        told = ""
        if not self.name.text().strip():
            told = tr("Give the cadence a name.")
        elif not days:
            told = tr("Choose at least one day.")
        elif not times:
            told = tr("Write at least one time, such as 09:00.")
        else:
            try:
                one = rules.cadence(
                    self.name.text().strip(),
                    self.target.currentText(),
                    days,
                    times,
                    self.zone.currentText().strip(),
                )
            except JournalError as error:
                told = f"{error.message} {error.hint}".strip()
            else:
                self._add(one, bool(self._changes))
        self.error.setText(told)
        self.error.setVisible(bool(told))


class BlackoutForm(QWidget):
    """First day, last day, name. `add` gets them as ISO dates."""

    def __init__(self, add: Callable[[str, str, str], None]) -> None:
        super().__init__()
        self._add = add
        self.first, self.last = QDateEdit(), QDateEdit()
        for field, words in ((self.first, tr("First day")), (self.last, tr("Last day"))):
            field.setCalendarPopup(True)
            field.setDisplayFormat("yyyy-MM-dd")
            field.setDate(QDate.currentDate())
            field.setAccessibleName(words)
            field.setMinimumWidth(130)
        self.first.dateChanged.connect(self.last.setMinimumDate)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Holidays"))
        self.name.setAccessibleName(tr("Name"))
        self.name.setMaximumWidth(FIELD)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.first)
        row.addWidget(label(tr("to"), "muted"))
        row.addWidget(self.last)
        row.addWidget(self.name, 1)
        row.addWidget(button(tr("Close these days"), self._take))
        row.addStretch(1)

    def clear(self) -> None:
        """An empty form."""
        self.name.clear()

    def _take(self) -> None:
        first, last = self.first.date(), self.last.date()
        self._add(
            first.toString("yyyy-MM-dd"), last.toString("yyyy-MM-dd"), self.name.text().strip()
        )
