"""Publish panel: where a post goes, where it went, what is in the way, and who sends it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from journal_app.errors import JournalError
from journal_app.gui import dates
from journal_app.gui.flow import FlowBox
from journal_app.gui.inspector import publish_facts
from journal_app.gui.inspector.gates_part import GatesPart
from journal_app.gui.inspector.publish_acts import PublishActs
from journal_app.gui.inspector.publish_facts import PublishFacts
from journal_app.gui.inspector.publish_lines import PublicationLines
from journal_app.gui.inspector.summary import Flush, at_once
from journal_app.gui.language import tr
from journal_app.gui.plain import breakable, spoken
from journal_app.gui.publish.asking import Asking
from journal_app.gui.widgets import IconLabel, PanelFrame, button, clear_layout, label

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.domain.preflight import Report
    from journal_app.domain.publishing import Publication
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

CALM = 1_200  # ms without another entry before the text is looked through


class PublishPanel(PanelFrame):
    """The publications of the open post, the latest first."""

    message = Signal(str, str)
    target_requested = Signal()

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder) -> None:
        super().__init__(tr("Publish"))
        self.journal, self.jobs, self.holder = journal, jobs, holder
        self.entry: Entry | None = None
        self.facts = PublishFacts()
        self.flush: Flush = at_once
        self.acts = PublishActs(self)
        self._calm = QTimer(self, singleShot=True, interval=CALM)
        self._calm.timeout.connect(self._look_through)
        self.list = QVBoxLayout()
        self.list.setSpacing(12)
        self.checked_icon = IconLabel("shield-check", holder, "muted", 14)
        self.checked = button(
            tr("Preflight …"), self.acts.preflight, "link", tip=tr("Show what it finds")
        )
        line = QHBoxLayout()
        line.setSpacing(4)
        line.addWidget(self.checked_icon)
        self.checked.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        line.addWidget(self.checked, 1)
        self.gates = GatesPart(holder, self.remove_gate)
        self.who = label("", "meta", wrap=True)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.asking = Asking(journal, jobs)
        self.asking.changed.connect(self._busy)
        self.schedule = button(
            tr("Schedule …"), self.ask_schedule, tip=tr("Say where and when it goes out")
        )
        self.add = button(tr("Add a place …"), self.target_requested.emit, "primary")
        self.now = button(tr("Publish now …"), self.ask_now)
        self.as_thread = button(
            tr("As a thread …"), self.acts.thread, "chip", tip=tr("For a social network")
        )
        self.add_gate = button(
            tr("Add a gate …"),
            self.ask_gate,
            "chip",
            tip=tr("It goes out only with a result that is good enough"),
        )
        self.more = FlowBox(gap=6)
        self.describe = button(
            tr("Describe …"), self.acts.describe, "chip", tip=tr("Description, address, language")
        )
        self.more.set_widgets([self.describe, self.as_thread, self.add_gate])
        self.row = FlowBox(gap=6)
        self.row.set_widgets([self.add, self.schedule, self.now])
        for part in (self.list, line):
            self.body.addLayout(part)
        for widget in (
            self.gates,
            self.error,
            self.asking,
            self.row,
            self.more,
            self.who,
        ):
            self.body.addWidget(widget)
        self.add.hide()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen looks through nothing."""
        super().hideEvent(event)
        self._calm.stop()

    def showEvent(self, event: QShowEvent) -> None:
        """It is seen again."""
        super().showEvent(event)
        if self.entry is not None:
            self._calm.start()

    # ------------------------------------------------------------------ what it shows

    def show_entry(self, entry: Entry | None) -> None:
        """Show the publications of a post; nothing for other entries."""
        before = self.entry
        if entry is None or before is None or entry.id != before.id:
            clear_layout(self.list)
            self.set_meta("")
            self.error.hide()
            self.facts = PublishFacts()
            self._say_checked(None)
        self.entry = entry if entry is not None and entry.kind == "post" else None
        if self.entry is None:
            self._calm.stop()
            return
        self._calm.start()
        id, journal = self.entry.id, self.journal
        self.jobs.submit(
            "io",
            lambda _context: publish_facts.read(journal, id),
            on_done=lambda found: self._show(id, found),
            on_error=self._failed,
        )

    def _show(self, id: str, facts: PublishFacts) -> None:
        if self.entry is None or self.entry.id != id:
            return
        clear_layout(self.list)
        self.facts = facts
        targets = bool(facts.kinds)
        self.add.setVisible(not targets)
        self.schedule.setVisible(targets)
        self.now.setVisible(targets)
        self.row.arrange()
        waits = [item for item in facts.items if item.publication.state in ("scheduled", "pushed")]
        waiting = waits[-1].publication if waits else None
        now = self.journal.store.now()
        when = dates.due_when(waiting.due.at, now, waiting.due.tz) if waiting else ""
        self.set_meta(f"{waiting.target}, {when}" if waiting else "")
        if not targets:
            text = tr("There is nowhere to publish yet. Add the folder of your site.")
            self.list.addWidget(label(text, "muted", wrap=True))
        elif not facts.items:
            text = tr("This post is a draft. It goes nowhere yet.")
            self.list.addWidget(label(text, "muted", wrap=True))
        for item in facts.items:
            lines = PublicationLines(item, facts, self.entry.rev, now, self.acts, self.holder)
            self.list.addWidget(lines)
        self.gates.show_verdicts(facts.verdicts)
        self.who.setText(facts.who())
        self.who.setVisible(bool(waits))

    def _look_through(self) -> None:
        """Look through the stored text, without the network."""
        entry = self.entry
        if entry is None:
            return
        service = self.journal.preflight
        self.jobs.submit(
            "io",
            lambda _context: service.check(entry.id, network=False),
            on_done=lambda found: self._checked(entry.id, found),
            on_error=self._failed,
        )

    def _checked(self, id: str, report: Report) -> None:
        if self.entry is not None and self.entry.id == id:
            self._say_checked(report)

    def _say_checked(self, report: Report | None) -> None:
        from journal_app.gui.publish.preflight_view import counted

        if report is None:
            text, icon, token = tr("Preflight …"), "shield-check", "muted"
        elif found := counted(report):
            text = tr("Preflight: {found}", found=found)
            bad = not report.ok()
            icon, token = ("circle-alert", "fail") if bad else ("triangle-alert", "stale")
        else:
            text = tr("Preflight: nothing in the way")
            icon, token = "shield-check", "pass"
        self.checked.setText(text)
        self.checked.setAccessibleName(text)
        self.checked_icon.set(icon, token)

    def _busy(self) -> None:
        for part in (self.schedule, self.now):
            part.setEnabled(not self.asking.busy)

    def places(self) -> tuple[tuple[str, str], ...]:
        """Names of the places, and what it means to send there; where it waits or is out first."""
        mine = {item.publication.target for item in self.facts.items}
        found = []
        for name in sorted(self.facts.kinds, key=lambda one: (one not in mine, one)):
            abilities = self.facts.abilities.get(name)
            if self.facts.kinds[name] == "clipboard":
                means = tr("You copy the text and post it yourself.")
            elif abilities is not None and not abilities.remote:
                means = tr("It is written into a folder on this computer.")
            else:
                means = tr("It leaves this computer.")
            found.append((name, tr("To {name}. {means}", name=name, means=means)))
        return tuple(found)

    # ------------------------------------------------------------------ what it does

    def with_text(self, then: Callable[[str], object]) -> None:
        """Store the text, then do something with the post, if it is still the open one."""
        entry = self.entry
        if entry is None:
            return
        self.error.hide()

        def stored(saved: bool) -> None:
            if saved and self.entry is not None and self.entry.id == entry.id:
                then(entry.id)

        self.flush(stored)

    def take_off(self, p: Publication) -> None:
        """Keep a publication from going out."""
        self.acts.take_off(p)

    def take_off_next(self) -> None:
        """Keep the first waiting publication from going out."""
        waiting = self.facts.waiting
        if waiting:
            self.acts.take_off(waiting[0].publication)
        else:
            self.message.emit(tr("This post does not wait to go out."), "info")

    def ask_schedule(self) -> None:
        """Ask where and when; the text is stored first, so that this revision goes out."""
        if self.entry is None:
            return
        if not self.facts.kinds:
            self.target_requested.emit()
            return

        def ask(post: str) -> None:
            from journal_app.gui.dialogs.schedule import ScheduleDialog

            dialog = ScheduleDialog(self.journal, self.jobs, self.holder, post, self.window())
            dialog.scheduled.connect(lambda text: self.message.emit(text, "info"))
            dialog.open()

        self.with_text(ask)

    def ask_now(self) -> None:
        """Show what stands in the way, then send the present text now."""
        if self.entry is None:
            return
        if not self.facts.kinds:
            self.target_requested.emit()
            return
        self.acts.ask_publish()

    def publish(self) -> None:
        """Store the text and send it now."""
        self.acts.publish()

    def ask_gate(self) -> None:
        """Ask for a gate."""

        def ask(post: str) -> None:
            from journal_app.gui.inspector.gate_dialog import GateDialog

            GateDialog(self.journal, self.jobs, self.holder, post, self.window()).open()

        self.with_text(ask)

    def remove_gate(self, name: str) -> None:
        """Take a gate away."""
        entry, service = self.entry, self.journal.preflight
        if entry is not None:
            self.jobs.submit(
                "store",
                lambda _context: service.remove_gate(entry.id, name),
                on_done=lambda _none: self.message.emit(
                    tr("The gate {name} is removed.", name=name), "info"
                ),
                on_error=self._failed,
            )

    # ------------------------------------------------------------------ telling

    def fail(self, error: JournalError) -> None:
        """Say what went wrong where the work was."""
        self.error.setText(breakable(spoken(f"{error.message} {error.hint}".strip())))
        self.error.show()

    def _failed(self, error: Exception) -> None:
        plain = error if isinstance(error, JournalError) else self.journal.explain(error)
        if plain is None:
            raise error
        self.fail(plain)
