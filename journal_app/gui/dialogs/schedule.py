"""Where and when a post goes out. A time that happens twice, or never, is asked about."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from PySide6.QtCore import QDate, QDateTime, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QCompleter,
    QDateTimeEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.due import AmbiguousTime, Due, Fold, Gap, due_time, local, offset, span
from journal_app.errors import JournalError
from journal_app.gui.language import locale, tr
from journal_app.gui.widgets import button, label
from journal_app.runtime.clock import local_zone

if TYPE_CHECKING:
    from journal_app.domain.publishing import Publication, Target
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs


class ScheduleDialog(QDialog):
    """Target, wall time, zone; says at once what instant that is."""

    scheduled = Signal(str)  # a sentence about it

    def __init__(self, journal: Journal, jobs: Jobs, post_id: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Schedule"))
        self.setMinimumWidth(420)
        self._journal = journal
        self._jobs = jobs
        self._post = post_id
        self.target = QComboBox()
        self.target.setAccessibleName(tr("Target"))
        self.when = QDateTimeEdit()
        self.when.setAccessibleName(tr("Date and time"))
        self.when.setCalendarPopup(True)
        self.when.setDisplayFormat("yyyy-MM-dd HH:mm")
        self.zone = QComboBox()
        self.zone.setAccessibleName(tr("Time zone"))
        self.zone.setEditable(True)
        self.zone.addItems([*sorted(name for name in available_timezones() if "/" in name), "UTC"])
        completer = QCompleter(self.zone.model(), self.zone)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.zone.setCompleter(completer)
        zone = journal.settings.get("timezone") or local_zone()
        self.zone.setCurrentText(zone)
        self.when.setDateTime(_tomorrow(journal.store.now(), zone))
        self.shown = label("", "muted", wrap=True)
        self.shown.setAccessibleName(tr("What this time means"))
        self.first = QRadioButton()
        self.second = QRadioButton()
        self.choice = QButtonGroup(self)
        self.choice.addButton(self.first, 0)
        self.choice.addButton(self.second, 1)
        self.question = label("", "error", wrap=True)
        form = QFormLayout()
        form.setSpacing(10)
        for words, field in (
            (tr("Where"), self.target),
            (tr("When"), self.when),
            (tr("Zone"), self.zone),
        ):
            name = label(words, "muted")
            name.setMinimumHeight(32)
            name.setBuddy(field)
            form.addRow(name, field)
        self.take = button(tr("Schedule"), self._take, "primary")
        self.take.setDefault(True)
        self.add = button(tr("Add a place …"), self._add_target)
        self.add.hide()
        foot = QHBoxLayout()
        foot.addWidget(self.add)
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.take)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(12)
        rows.addLayout(form)
        for widget in (self.question, self.first, self.second, self.shown):
            rows.addWidget(widget)
        rows.addStretch(1)
        rows.addLayout(foot)
        self._waiting: dict[str, Publication] = {}  # by target: what this would replace
        self._due: Due | None = None
        self._ambiguous: AmbiguousTime | None = None
        self.when.dateTimeChanged.connect(lambda _when: self._look(asked_anew=True))
        self.zone.currentTextChanged.connect(lambda _zone: self._look(asked_anew=True))
        self.target.currentTextChanged.connect(lambda _name: self._look())
        self.choice.idToggled.connect(lambda _id, _on: self._look())
        self._look()
        self._read_targets()

    def _read_targets(self) -> None:
        publishing, places = self._journal.publishing, self._journal.targets
        self._jobs.submit(
            "io",
            lambda _context: (places.listing(), publishing.for_post(self._post)),
            on_done=self._show_targets,
        )

    def _add_target(self) -> None:
        from journal_app.gui.dialogs.target import TargetDialog

        dialog = TargetDialog(self._journal, self._jobs, self)
        dialog.added.connect(lambda _name: self._read_targets())
        dialog.open()

    def _show_targets(self, answer: tuple[list[Target], list[Publication]]) -> None:
        if self._closed:
            return
        found, publications = answer
        self._waiting = {p.target: p for p in publications if p.state == "scheduled"}
        self.target.clear()
        self.target.addItems([target.name for target in found])
        self.add.setVisible(not found)
        self._look()
        if not found:
            self.question.setText(
                tr("There is nowhere to publish yet. Add the folder of your site.")
            )
            self.question.show()

    # ------------------------------------------------------------------ the time

    _closed = False

    def wall(self) -> str:
        """The wall time as text."""
        return self.when.dateTime().toString("yyyy-MM-dd HH:mm")

    def _answer(self) -> int | None:
        chosen = self.choice.checkedId()
        return chosen if chosen >= 0 else None

    def _look(self, *, asked_anew: bool = False) -> None:
        """Say what instant this is, or ask which of two is meant."""
        if asked_anew and self._answer() is not None:
            self.choice.setExclusive(False)
            self.first.setChecked(False)
            self.second.setChecked(False)
            self.choice.setExclusive(True)
        self._due, self._ambiguous = None, None
        self.question.hide()
        zone = self.zone.currentText().strip()
        try:
            self._due = due_time(self.wall(), zone)
        except AmbiguousTime as error:
            self._ambiguous = error
            self.question.setText(error.message)
            self.question.show()
            for radio, choice in zip((self.first, self.second), error.choices, strict=True):
                radio.setText(choice.shown)
            answer = self._answer()
            if answer is not None:
                self._due = error.choices[answer].due
        except JournalError as error:
            self.question.setText(f"{error.message} {error.hint}".strip())
            self.question.show()
        for radio in (self.first, self.second):
            radio.setVisible(self._ambiguous is not None)
        self._say()

    def _say(self) -> None:
        past = False
        self.shown.setText("")
        if self._due is not None:
            moment = local(self._due.at, self._due.tz)
            ahead = self._due.at - self._journal.store.now()
            past = ahead <= 0
            if past:
                self.question.setText(
                    tr(
                        "This time is past ({ago} ago). Choose a later one, or publish now.",
                        ago=span(ahead),
                    )
                )
                self.question.show()
            else:
                self.shown.setText(
                    tr(
                        "Goes out {day}, {time} ({offset}), in {span}.",
                        day=locale().toString(QDate(moment.year, moment.month, moment.day)),
                        time=f"{moment:%H:%M}",
                        offset=offset(moment),
                        span=span(ahead),
                    )
                )
        elif self._ambiguous is not None:
            self.shown.setText(tr("Choose one of the two."))
        former = self._waiting.get(self.target.currentText())
        self.take.setText(tr("Schedule") if former is None else tr("Reschedule"))
        if former is not None and self.shown.text():
            self.shown.setText(
                self.shown.text()
                + " "
                + tr(
                    "It replaces the one that waits for {wall} {zone}.",
                    wall=former.due.wall[:16],
                    zone=former.due.tz,
                )
            )
        self.take.setEnabled(self._due is not None and not past and self.target.count() > 0)

    # ------------------------------------------------------------------ doing it

    def _take(self) -> None:
        due, target = self._due, self.target.currentText()
        if due is None or not target:
            return
        fold: Fold | None = None
        gap: Gap | None = None
        if self._ambiguous is not None:
            flag = self._ambiguous.choices[self._answer() or 0].flag
            if flag.startswith("--fold"):
                fold = "second" if flag.endswith("second") else "first"
            else:
                gap = "after" if flag.endswith("after") else "before"
        wall, zone = self.wall(), self.zone.currentText().strip()
        service = self._journal.publishing
        replace = target in self._waiting
        self.take.setEnabled(False)
        self._jobs.submit(
            "store",
            lambda _context: service.schedule(
                self._post, target, wall, tz=zone, fold=fold, gap=gap, replace=replace
            ),
            on_done=self._done,
            on_error=self._failed,
        )

    def _done(self, made: Publication) -> None:
        self.scheduled.emit(
            tr(
                "Scheduled: {wall} {zone} → {target}",
                wall=made.due.wall[:16],
                zone=made.due.tz,
                target=made.target,
            )
        )
        if not self._closed:
            self.accept()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, JournalError):
            raise error
        if not self._closed:
            self.question.setText(f"{error.message} {error.hint}".strip())
            self.question.show()
            self.take.setEnabled(True)

    def done(self, result: int) -> None:
        """An answer that comes after the dialog was closed changes nothing here."""
        self._closed = True
        super().done(result)


def _tomorrow(now: int, zone: str) -> QDateTime:
    """Nine o'clock of the next day in `zone`, as a wall time."""
    try:
        today = local(now, zone)
    except JournalError:
        today = datetime.fromtimestamp(now / 1000)
    day = today.date() + timedelta(days=1)
    return QDateTime.fromString(f"{day:%Y-%m-%d} 09:00", "yyyy-MM-dd HH:mm")
