"""Bringing records in: chosen as a file or a folder, or dropped on the window."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog

from journal_app.gui.language import later, tr, trn

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow
    from journal_app.services.experiments import ImportReport

READABLE = later("Records (*.json *.jsonl *.csv *.log *.txt *.md *.db);;All files (*)")


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
        self._window.toast.tell(tr("Drop to import the records."))
        return True


def ask_folder(window: MainWindow) -> None:
    """Ask for a folder with records and import them."""
    chosen = QFileDialog.getExistingDirectory(window, tr("Import the records in a folder"))
    if chosen:
        take(window, [Path(chosen)])


def ask_files(window: MainWindow) -> None:
    """Ask for files with records and import them."""
    chosen, _ = QFileDialog.getOpenFileNames(window, tr("Import record files"), "", tr(READABLE))
    take(window, [Path(path) for path in chosen])


def take(window: MainWindow, paths: Sequence[Path]) -> None:
    """Import each path as a job in the tray, with progress and cancel."""
    for path in paths:
        _start(window, path)


def _start(window: MainWindow, path: Path) -> None:
    name = path.name or str(path)

    def done(report: ImportReport) -> None:
        window.toast.tell(_told(name, report), (tr("Show runs"), lambda: window.go("runs")))

    window.tray.start(
        tr("Import {name}", name=name),
        "io",
        # The service is built in the lane: its modules are not needed to show the window.
        lambda context: window.journal.experiments.import_path(
            path, progress=context.progress, check=context.check
        ),
        done,
    )


def _told(name: str, report: ImportReport) -> str:
    told = (
        (report.runs.new, trn("{n} new run|{n} new runs", report.runs.new)),
        (report.runs.changed, trn("{n} changed run|{n} changed runs", report.runs.changed)),
        (report.evals.new, trn("{n} new eval|{n} new evals", report.evals.new)),
        (report.evals.changed, trn("{n} changed eval|{n} changed evals", report.evals.changed)),
    )
    parts = ", ".join(words for count, words in told if count)
    if parts:
        text = tr("Imported {name}: {parts}.", name=name, parts=parts)
    else:
        text = tr("{name}: nothing new.", name=name)
    if report.problems:
        first = report.problems[0]
        why = tr("{n} not read: {why}", n=len(report.problems), why=first.message)
        text = f"{text} {why}"
    return text
