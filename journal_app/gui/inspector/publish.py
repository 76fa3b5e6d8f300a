"""Publish panel: where a post goes, where it went, and what is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QMessageBox, QVBoxLayout

from journal_app.domain.publishing import WAITING, Outcome, Publication
from journal_app.errors import JournalError
from journal_app.gui.inspector.summary import Flush, at_once
from journal_app.gui.language import tr
from journal_app.gui.vocabulary import said
from journal_app.gui.widgets import Chip, PanelFrame, button, clear_layout, label

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

TONES = {
    "published": "pass",
    "scheduled": "info",
    "claimed": "info",
    "sending": "info",
    "unknown": "stale",
    "missed": "stale",
    "failed": "fail",
    "cancelled": "",
}
SHOWN = 6


class PublishPanel(PanelFrame):
    """The publications of the open post, the latest first."""

    message = Signal(str, str)
    target_requested = Signal()

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder) -> None:
        super().__init__(tr("Publish"))
        self._journal = journal
        self._jobs = jobs
        self._entry: Entry | None = None
        self._targets = True
        self._waiting: list[Publication] = []
        self.flush: Flush = at_once
        self.list = QVBoxLayout()
        self.list.setSpacing(10)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.schedule = button(
            tr("Schedule …"), self.ask_schedule, tip=tr("Say where and when it goes out")
        )
        self.add = button(tr("Add a place …"), self.target_requested.emit, "primary")
        self.add.hide()
        self.now = button(tr("Publish now …"), self.ask_now)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.add)
        row.addWidget(self.schedule)
        row.addWidget(self.now)
        row.addStretch(1)
        self.body.addLayout(self.list)
        self.body.addWidget(self.error)
        self.body.addLayout(row)

    def show_entry(self, entry: Entry | None) -> None:
        """Show the publications of a post; nothing for other entries."""
        if entry is None or self._entry is None or entry.id != self._entry.id:
            clear_layout(self.list)
            self.set_meta("")
            self.error.hide()
        self._entry = entry if entry is not None and entry.kind == "post" else None
        if self._entry is None:
            return
        id = self._entry.id
        self._jobs.submit(
            "io",
            lambda _context: (
                self._journal.publishing.for_post(id),
                bool(self._journal.targets.listing()),
            ),
            on_done=lambda found: self._show(id, *found),
            on_error=self._failed,
        )

    def _show(self, id: str, found: list[Publication], targets: bool) -> None:
        if self._entry is None or self._entry.id != id:
            return
        clear_layout(self.list)
        self._targets = targets
        self.add.setVisible(not targets)
        self.schedule.setVisible(targets)
        self.now.setVisible(targets)
        self._waiting = [p for p in found if p.state in WAITING]
        waiting = next((p for p in found if p.state == "scheduled"), None)
        self.set_meta(f"{waiting.target}, {waiting.due.wall[:16]}" if waiting else "")
        if not targets:
            text = tr("There is nowhere to publish yet. Add the folder of your site.")
            self.list.addWidget(label(text, "muted", wrap=True))
        elif not found:
            self.list.addWidget(label(tr("This post is a draft. It goes nowhere yet."), "muted"))
        for publication in [p for p in found if p.state != "cancelled"][:SHOWN]:
            self.list.addLayout(self._lines(publication, self._entry.rev))

    def _lines(self, p: Publication, rev: int) -> QVBoxLayout:
        lines = QVBoxLayout()
        lines.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(p.target))
        head.addWidget(Chip(said(p.state), TONES.get(p.state, "")))
        head.addStretch(1)
        if p.state in WAITING:
            head.addWidget(
                button(
                    tr("Take off"), lambda: self.take_off(p), "link", tip=tr("It will not go out")
                )
            )
        lines.addLayout(head)
        lines.addWidget(label(f"{p.due.wall[:16]} {p.due.tz}", "meta"))
        if p.state == "scheduled" and p.rev != rev:
            lines.addWidget(label(tr("The text was changed since then."), "small", wrap=True))
        if p.receipt is not None and p.state == "published":
            where = label(p.receipt.url or p.receipt.path, "small", wrap=True)
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            lines.addWidget(where)
        if p.last_error and p.state != "published":
            lines.addWidget(label(p.last_error, "error", wrap=True))
        return lines

    def take_off(self, p: Publication) -> None:
        """Keep a publication from going out."""
        service = self._journal.publishing
        self._jobs.submit(
            "store",
            lambda _context: service.cancel(p.id),
            on_done=lambda _p: self.message.emit(
                tr("Taken off {target}.", target=p.target), "info"
            ),
            on_error=self._failed,
        )

    def take_off_next(self) -> None:
        """Keep the first waiting publication from going out."""
        if self._waiting:
            self.take_off(self._waiting[0])
        else:
            self.message.emit(tr("This post does not wait to go out."), "info")

    def ask_schedule(self) -> None:
        """Ask where and when; the text is stored first, so that this revision goes out."""
        entry = self._entry
        if entry is None:
            return
        if not self._targets:
            self.target_requested.emit()
            return

        def stored(saved: bool) -> None:
            if not saved or self._entry is None or self._entry.id != entry.id:
                return
            from journal_app.gui.dialogs.schedule import ScheduleDialog

            dialog = ScheduleDialog(self._journal, self._jobs, entry.id, self.window())
            dialog.scheduled.connect(lambda text: self.message.emit(text, "info"))
            dialog.open()

        self.flush(stored)

    def ask_now(self) -> None:
        """Ask, then send the present text now."""
        entry = self._entry
        if entry is None:
            return
        if not self._targets:
            self.target_requested.emit()
            return
        box = QMessageBox(self.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(tr("Publish now"))
        box.setText(tr("Publish “{title}” now?", title=entry.title))
        box.setInformativeText(tr("It leaves this computer, as far as the target is elsewhere."))
        go = box.addButton(tr("Publish"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.buttonClicked.connect(lambda chosen: self.publish() if chosen is go else None)
        box.open()

    def publish(self) -> None:
        """Store the text and send it now."""
        entry = self._entry
        if entry is None:
            return
        self.error.hide()
        service = self._journal.publishing

        def stored(saved: bool) -> None:
            if saved:
                self._jobs.submit(
                    "io",
                    lambda _context: service.publish_now(entry.id),
                    on_done=self._sent,
                    on_error=self._failed,
                )

        self.flush(stored)

    def _sent(self, outcome: Outcome) -> None:
        if outcome.ok:
            self.message.emit(tr("Published: {title}", title=outcome.title), "pass")
        else:
            self._failed(JournalError(outcome.message or tr("It was not sent."), outcome.hint))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, JournalError):
            raise error
        self.error.setText(f"{error.message} {error.hint}".strip())
        self.error.show()
