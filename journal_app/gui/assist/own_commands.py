"""The user's own commands: where they are, which work, and what is wrong with the others."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices, QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from journal_app import paths
from journal_app.errors import JournalError
from journal_app.gui.language import tr
from journal_app.gui.notice import Notice
from journal_app.gui.plain import tip
from journal_app.gui.widgets import ElidedLabel, EmptyState, button, clear_layout, label, scrolled

if TYPE_CHECKING:
    from journal_app.domain.commands import Command
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

TRAY = "own"  # of resources/commands: what a new folder gets


def prepare(journal: Journal) -> Path:
    """The folder of the user's commands, with a README and an example when it is new.

    Raises JournalError. Writes files: call it in a worker.
    """
    from journal_app.services.commands import OWN

    folder = journal.folder / OWN
    try:
        if not folder.exists():
            shutil.copytree(paths.resources() / "commands" / TRAY, folder)
    except OSError as error:
        raise JournalError(
            tr("{path} could not be made: {why}.", path=folder, why=error.strerror or error), ""
        ) from error
    return folder


class OwnCommands(QDialog):
    """Reads the files again whenever it is shown."""

    changed = Signal()  # other commands work now

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder, parent: QWidget) -> None:
        super().__init__(parent)
        self._journal, self._jobs = journal, jobs
        self._folder: Path | None = None
        self.setWindowTitle(tr("Your commands"))
        self.resize(620, 460)
        self.place = ElidedLabel("", "meta")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.empty = EmptyState(
            "square-slash",
            tr("No command of your own yet"),
            tr(
                "A command is a small text file: what it gathers, and what a model may word. "
                "The folder holds an example and a page that explains every field."
            ),
            None,
            holder,
        )
        self.empty.hide()
        column = QWidget()
        column.setProperty("role", "clear")
        inside = QVBoxLayout(column)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addLayout(self._rows)
        inside.addWidget(self.empty, 1)
        inside.addStretch(1)
        area = scrolled(column)
        self.open_folder = button(tr("Open the folder"), self._open, "primary")
        self.open_folder.setDefault(True)
        self.again = button(tr("Read again"), self.read, tip=tr("After you changed a file"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.open_folder)
        foot.addWidget(self.again)
        foot.addStretch(1)
        foot.addWidget(button(tr("Close"), self.reject))
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 16, 20, 16)
        rows.setSpacing(10)
        rows.addWidget(label(tr("Your commands"), "subtitle"))
        rows.addWidget(self.place)
        rows.addWidget(area, 1)
        rows.addLayout(foot)

    def showEvent(self, event: QShowEvent) -> None:
        """Show what is there now."""
        super().showEvent(event)
        self.read()

    def read(self) -> None:
        """Read the files again, without a restart."""
        journal = self._journal

        def work(_context: object) -> tuple[Path, list[Command], list[str]]:
            folder = prepare(journal)
            service = journal.commands
            service.reload()
            return folder, [one for one in service.commands() if one.origin], service.problems()

        def failed(error: Exception) -> None:
            if not isinstance(error, JournalError):
                raise error
            self._show([], [f"{error.message} {error.hint}".strip()])

        def arrived(found: tuple[Path, list[Command], list[str]]) -> None:
            self._folder, commands, problems = found
            self.place.set_text(str(self._folder))
            self._show(commands, problems)
            self.changed.emit()

        self._jobs.submit("io", work, on_done=arrived, on_error=failed)

    def _show(self, commands: list[Command], problems: list[str]) -> None:
        clear_layout(self._rows)
        for words in problems:
            notice = Notice()
            self._rows.addWidget(notice)
            notice.tell("command", "stale", words)
        for one in commands:
            self._rows.addWidget(_row(one))
        self.empty.setVisible(not commands and not problems)

    def _open(self) -> None:
        if self._folder is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))


def _row(command: Command) -> QWidget:
    made = QFrame()
    made.setProperty("role", "panel")
    rows = QVBoxLayout(made)
    rows.setContentsMargins(12, 8, 12, 8)
    rows.setSpacing(2)
    head = QHBoxLayout()
    head.setSpacing(8)
    head.addWidget(label(f"/{command.name} {command.argument}".strip(), "heading"))
    head.addWidget(ElidedLabel(command.title, "muted"), 1)
    rows.addLayout(head)
    if command.help:
        rows.addWidget(label(command.help, wrap=True))
    file = ElidedLabel(Path(command.origin).name, "meta")
    file.setToolTip(tip(command.origin))
    rows.addWidget(file)
    return made
