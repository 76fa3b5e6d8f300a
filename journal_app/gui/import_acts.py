"""Bringing records in: chosen as a file or a folder, or dropped on the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow
    from journal_app.services.experiments import ImportReport

READABLE = "Records (*.json *.jsonl *.csv *.log *.txt *.md *.db);;All files (*)"


def dropped(data: QMimeData) -> list[Path]:
    """The files and folders of this computer that are being dropped."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class Drops(QObject):
    """Files and folders dropped on the window, where nothing in it takes them, are imported."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Say what a drop will do, and do it."""
        if not isinstance(event, QDropEvent) or isinstance(event, QDragMoveEvent):
            return self._enter(event) if isinstance(event, QDragEnterEvent) else False
        paths = dropped(event.mimeData())
        if not paths:
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        take(self._window, paths)
        return True

    def _enter(self, event: QDragEnterEvent) -> bool:
        if not dropped(event.mimeData()):
            return False
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self._window.toast.tell("Drop to import the records.")
        return True


def ask_folder(window: MainWindow) -> None:
    """Ask for a folder with records and import them."""
    chosen = QFileDialog.getExistingDirectory(window, "Import the records in a folder")
    if chosen:
        take(window, [Path(chosen)])


def ask_files(window: MainWindow) -> None:
    """Ask for files with records and import them."""
    chosen, _ = QFileDialog.getOpenFileNames(window, "Import record files", "", READABLE)
    take(window, [Path(path) for path in chosen])


def take(window: MainWindow, paths: Sequence[Path]) -> None:
    """Import each path as a job in the tray, with progress and cancel."""
    for path in paths:
        _start(window, path)


def _start(window: MainWindow, path: Path) -> None:
    name = path.name or str(path)

    def done(report: ImportReport) -> None:
        window.toast.tell(_told(name, report), ("Show runs", lambda: window.go("runs")))

    window.tray.start(
        f"Import {name}",
        "io",
        # The service is built in the lane: its modules are not needed to show the window.
        lambda context: window.journal.experiments.import_path(
            path, progress=context.progress, check=context.check
        ),
        done,
    )


def _told(name: str, report: ImportReport) -> str:
    parts = []
    for counts, one in ((report.runs, "run"), (report.evals, "eval")):
        for number, word in ((counts.new, "new"), (counts.changed, "changed")):
            if number:
                parts.append(f"{number:,} {word} {one}{'s' * (number > 1)}")
    text = f"Imported {name}: {', '.join(parts)}." if parts else f"{name}: nothing new."
    if report.problems:
        first = report.problems[0]
        text += f" {len(report.problems)} not read: {first.message}"
    return text
