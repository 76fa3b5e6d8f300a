"""Where and when a post goes out, beside what stands in its way. A time that happens twice, or
never, is asked about; what is approved is the text as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.due import span
from journal_app.domain.preflight import PreflightFailed
from journal_app.errors import JournalError
from journal_app.gui import icons
from journal_app.gui.dialogs import schedule_facts
from journal_app.gui.dialogs.schedule_facts import Facts, late_choices
from journal_app.gui.dialogs.schedule_parts import Line, form, narrow, tomorrow
from journal_app.gui.dialogs.schedule_time import TimePart
from journal_app.gui.language import tr
from journal_app.gui.plain import breakable, spoken
from journal_app.gui.publish import kinds
from journal_app.gui.publish.asking import Asking
from journal_app.gui.publish.preflight_view import PreflightView
from journal_app.gui.widgets import button, label, rule, scrolled
from journal_app.runtime.clock import local_zone

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent

    from journal_app.domain.publishing import Publication
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import JobContext, Jobs

SIZE, FORM = (900, 600), 440
SETTLE = 300  # ms after the last letter of a slug before it is looked at


class ScheduleDialog(QDialog):
    """The form at the left, the preflight at the right."""

    scheduled = Signal(str)  # a sentence about it

    def __init__(
        self, journal: Journal, jobs: Jobs, holder: ThemeHolder, post_id: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Schedule"))
        self.setMinimumSize(720, 460)
        self.resize(*SIZE)
        self._journal, self._jobs, self._holder = journal, jobs, holder
        self._post = post_id
        self._closed = self._leaving = False
        self._facts = Facts()
        self._wanted = ""  # a target that was added just now
        zone = journal.settings.get("timezone") or local_zone()
        self.target = narrow(QComboBox())
        self.target.setAccessibleName(tr("Target"))
        self.time = TimePart(zone, tomorrow(journal.store.now(), zone), journal.store.now)
        self.when, self.zone = self.time.when, self.time.zone
        self.first, self.second = self.time.first, self.time.second
        self.shown = label("", wrap=True)
        self.shown.setAccessibleName(tr("What this time means"))
        self.owed, self.warned, self.trouble, self.stands, self.renamed = (
            Line(holder) for _ in range(5)
        )
        self.late = narrow(QComboBox())
        self.late.setAccessibleName(tr("If it is late"))
        self.slug = QLineEdit()
        self.slug.setAccessibleName(tr("Slug"))
        self.question = self.time.question
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.asking = Asking(journal, jobs)
        self.asking.changed.connect(self._say)
        self.view = PreflightView(journal, jobs, holder)
        self.view.changed.connect(self._say)
        self.take = button(tr("Approve and schedule"), self._take, "primary")
        self.take.setDefault(True)
        self.add = button(tr("Add a place …"), self._add_target)
        self.add.hide()
        self._later = QTimer(self, singleShot=True, interval=SETTLE)
        self._later.timeout.connect(self._plan)
        self._lay_out()
        self.time.changed.connect(self._say)
        self.target.currentTextChanged.connect(self._turned)
        self.slug.textChanged.connect(lambda _text: self._later.start())
        self._say()
        self._read()

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "clear")
        column = QVBoxLayout(inner)
        column.setContentsMargins(20, 18, 20, 12)
        column.setSpacing(10)
        column.addWidget(label(tr("Schedule"), "subtitle"))
        column.addLayout(form((tr("Where"), self.target)))
        column.addWidget(self.trouble)
        column.addWidget(self.time)
        for part in (self.shown, self.owed, self.warned):
            column.addWidget(part)
        column.addSpacing(2)
        column.addWidget(rule())
        column.addSpacing(2)
        column.addLayout(form((tr("If late"), self.late), (tr("Slug"), self.slug)))
        column.addWidget(self.stands)
        column.addWidget(self.renamed)
        column.addStretch(1)
        column.addWidget(self.error)
        column.addWidget(self.asking)
        left = scrolled(inner)
        left.setFixedWidth(FORM)
        right = QWidget()
        right.setObjectName("editorPane")
        right.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side = QVBoxLayout(right)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(self.view)
        halves = QHBoxLayout()
        halves.setSpacing(0)
        halves.addWidget(left)
        edge = QFrame()
        edge.setProperty("role", "edge")
        halves.addWidget(edge)
        halves.addWidget(right, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 14)
        foot.setSpacing(8)
        foot.addWidget(self.add)
        foot.addWidget(label(tr("The text goes out as it is now."), "small"))
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.take)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(halves, 1)
        rows.addWidget(rule())
        rows.addLayout(foot)

    # ------------------------------------------------------------------ what it knows

    def _read(self) -> None:
        journal, post = self._journal, self._post
        self._jobs.submit(
            "io",
            lambda _context: schedule_facts.read(journal, post),
            on_done=self._show_facts,
        )

    def _show_facts(self, facts: Facts) -> None:
        if self._closed:
            return
        self._facts = facts
        chosen = self._wanted or self.target.currentText() or self._likely()
        self.target.blockSignals(True)
        self.target.clear()
        colour = self._holder.theme.color("muted")
        for one in facts.targets:
            self.target.addItem(icons.icon(kinds.icon(one.kind), colour), one.name)
        self.target.setCurrentIndex(max(0, self.target.findText(chosen)))
        self.target.blockSignals(False)
        self.late.clear()
        for words, limit in late_choices(facts.late):
            self.late.addItem(words, limit)
        self.add.setVisible(not facts.targets)
        self._turned(self.target.currentText())
        if not facts.targets:
            self._tell(tr("There is nowhere to publish yet. Add the folder of your site."))

    def _likely(self) -> str:
        """Where it waits or is out already."""
        for item in self._facts.items:
            if item.publication.state in ("scheduled", "pushed", "published"):
                return item.publication.target
        return ""

    def _turned(self, name: str) -> None:
        """Another target was chosen."""
        former = self._facts.waiting(name)
        self.time.show_slot(self._facts.slots.get(name) if former is None else None)
        limit = former.late_limit if former is not None else None
        if limit is not None and self.late.findData(limit) < 0:  # a limit of its own
            self.late.addItem(tr("Up to {span} late", span=span(limit)), limit)
        self.late.setCurrentIndex(max(0, self.late.findData(limit)))
        self.error.hide()
        self._say()
        if name:
            allowed = former.plan.allowed if former is not None else ()
            self.view.look(self._post, name, allowed)
            self._plan()

    def _plan(self) -> None:
        """Know what slug and address the post would get."""
        name, typed = self.target.currentText(), self.slug.text().strip()
        if not name or self._closed:
            return
        service, post = self._journal.publishing, self._post

        def work(_context: JobContext) -> Publication | JournalError:
            try:
                return service.planned(post, name, typed or None)
            except JournalError as error:
                return error

        self._jobs.submit("io", work, on_done=lambda made: self._show_plan(name, typed, made))

    def _show_plan(self, name: str, typed: str, made: Publication | JournalError) -> None:
        if self._closed or (name, typed) != (self.target.currentText(), self.slug.text().strip()):
            return
        self.renamed.say("")
        if isinstance(made, JournalError):
            self.stands.say(spoken(f"{made.message} {made.hint}".strip()), "circle-alert", "fail")
            return
        if not typed:
            former = self._facts.waiting(name)
            self.slug.setPlaceholderText((former or made).plan.slug)
        told = tr("Stands at {place}", place=made.natural_key)
        if made.plan.canonical_url:
            told += "\n" + tr("Canonical address: {url}", url=made.plan.canonical_url)
        self.stands.say(told, "map-pin")
        if made.plan.former and made.plan.former[-1] != made.natural_key:
            self._say_rename(name, made)

    def _say_rename(self, name: str, made: Publication) -> None:
        target = self._facts.target(name)
        before = made.plan.former[-1]
        if target is not None and target.kind in kinds.SITES:
            told = tr("It is out at {place}. That address will send its readers on.", place=before)
        else:
            told = tr(
                "It is out at {place}. Whether that address sends its readers on is up to {name}.",
                place=before,
                name=name,
            )
        self.renamed.say(told, "undo-2", "stale")

    def _add_target(self) -> None:
        from journal_app.gui.dialogs.target import TargetDialog

        dialog = TargetDialog(self._journal, self._jobs, self._holder, self)

        def added(name: str) -> None:
            self._wanted = name
            self._read()

        dialog.added.connect(added)
        dialog.open()

    # ------------------------------------------------------------------ what it says

    @property
    def replaces(self) -> Publication | None:
        """What waits and would be replaced."""
        return self._facts.waiting(self.target.currentText())

    def _say(self) -> None:
        name, due, now = self.target.currentText(), self.time.due, self._journal.store.now()
        told = self.time.said()
        former = self.replaces
        if former is not None and due is not None:
            told += " " + tr(
                "It replaces the one that waits for {wall} {zone}.",
                wall=former.due.wall[:16],
                zone=former.due.tz,
            )
        self.shown.setText(told)
        self.owed.say("")
        self.warned.say("")
        if due is not None and name:
            icon, token, owed = self._facts.owed(name, due, now)
            self.owed.say(owed, icon, token)
            if closed := self._facts.closed(due):
                words = tr("That is a closed day ({name}). It goes out all the same.", name=closed)
                self.warned.say(words, "calendar-x", "stale")
        self.trouble.say(spoken(self._facts.paused(name, now)), "power", "stale")
        self.take.setText(tr("Approve and schedule") if former is None else tr("Reschedule"))
        self.take.setAccessibleName(self.take.text())
        self.take.setEnabled(
            due is not None and bool(name) and not self.view.blocked and not self.asking.busy
        )
        self.take.setToolTip(
            tr("Something stands in the way: see at the right.") if self.view.blocked else ""
        )

    def _tell(self, text: str) -> None:
        self.error.setText(breakable(spoken(text)))
        self.error.setVisible(bool(text))

    # ------------------------------------------------------------------ doing it

    def _take(self) -> None:
        due, target, post = self.time.due, self.target.currentText(), self._post
        if due is None or not target:
            return
        journal, allow, replace = self._journal, self.view.allow, self.replaces is not None
        slug, late = self.slug.text().strip() or None, self.late.currentData()
        moment = self.time.moment
        self._tell("")

        def work(_context: JobContext) -> Publication:
            if moment is None:
                return journal.cadence.enqueue(
                    post, target, slug=slug, replace=replace, late_limit=late, allow=allow
                )
            return journal.publishing.schedule(
                post,
                target,
                moment.wall,
                tz=moment.tz,
                fold=moment.fold,
                gap=moment.gap,
                slug=slug,
                replace=replace,
                late_limit=late,
                allow=allow,
            )

        self.view.stop()
        title = tr("Looking through the post …")
        self.asking.run(title, work, self._done, self._failed, firm=True)

    def _done(self, made: Publication) -> None:
        self.scheduled.emit(
            tr(
                "Scheduled: {wall} {zone} → {target}",
                wall=made.due.wall[:16],
                zone=made.due.tz,
                target=made.target,
            )
        )
        self.accept()

    def _failed(self, error: JournalError) -> None:
        if self._leaving:
            super().reject()
        elif isinstance(error, PreflightFailed):
            self.view.show_report(self._post, self.target.currentText(), error.report)
            self._say()
        else:
            self._tell(f"{error.message} {error.hint}".strip())

    def reject(self) -> None:
        """Close; what is being approved already is told when it is done."""
        if self.asking.firm:
            self._leaving = True
            self.hide()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """The same by the frame of the window."""
        if self.asking.firm:
            event.ignore()
            self.reject()
        else:
            super().closeEvent(event)

    def done(self, result: int) -> None:
        """An answer that comes after the dialog was closed changes nothing here."""
        self._closed = True
        self._later.stop()
        self.asking.stop()
        self.view.stop()
        super().done(result)
