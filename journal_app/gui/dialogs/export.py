"""Export: which entries, as what, and where to; the work is a job in the tray."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
)

from journal_app.domain.exported import file_stem
from journal_app.domain.views import View
from journal_app.errors import JournalError
from journal_app.gui.language import tr, trn
from journal_app.gui.widgets import button, label

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow
    from journal_app.runtime.jobs import JobContext
    from journal_app.services.documents import DocumentReport

ENDINGS = {"markdown": "", "html": ".html", "pdf": ".pdf", "docx": ".docx", "json": ".json"}
LOOK = 0.2  # seconds between two looks at whether a PDF was cancelled


class ExportDialog(QDialog):
    """`ids` are the entries to export; none offers what the list shows, and all."""

    def __init__(self, window: MainWindow, ids: tuple[str, ...]) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Export"))
        self.setMinimumWidth(520)
        self._window, self._ids = window, ids
        self.which = QComboBox()
        self.which.setAccessibleName(tr("Entries"))
        if ids:
            self.which.addItem(trn("{n} entry|{n} entries", len(ids)), "ids")
        shown = window.entries.model
        if not ids and (shown.query or shown.view != View("all")):
            self.which.addItem(tr("What the list shows"), "list")
        self.which.addItem(tr("All entries"), "all")
        self.format = QComboBox()
        self.format.setAccessibleName(tr("Format"))
        for name, words in (
            ("markdown", tr("Markdown folder with attachments")),
            ("html", tr("Web page (one file)")),
            ("pdf", tr("PDF")),
            ("docx", tr("Word document (needs pandoc)")),
            ("json", tr("JSON, complete")),
        ):
            self.format.addItem(words, name)
        self.paper = QComboBox()
        self.paper.setAccessibleName(tr("Paper"))
        self.paper.addItem("A4", "a4")
        self.paper.addItem(tr("US Letter"), "letter")
        self.private = QCheckBox(tr("Where notes were captured (private)"))
        self.revisions = QCheckBox(tr("Every kept revision"))
        self.place = QLineEdit(str(Path.home() / self._stem()))
        self.place.setAccessibleName(tr("Where to"))
        browse = button(tr("Choose …"), self._browse)
        place = QHBoxLayout()
        place.addWidget(self.place, 1)
        place.addWidget(browse)
        place.setSpacing(8)
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setVerticalSpacing(12)
        form.addRow(tr("Entries"), self.which)
        form.addRow(tr("Format"), self.format)
        form.addRow(tr("Paper"), self.paper)
        form.addRow(tr("With"), self.revisions)
        form.addRow("", self.private)
        form.addRow(tr("Where to"), place)
        self._form = form
        self.note = label("", "muted", wrap=True)
        self.go = button(tr("Export"), self._start, "primary")
        self.go.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.go)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(16)
        rows.addLayout(form)
        rows.addWidget(self.note)
        rows.addLayout(foot)
        self.format.currentIndexChanged.connect(self._formatted)
        self._formatted()

    def _stem(self) -> str:
        editor = self._window.editor
        entry = editor.entry if editor is not None else None
        one = len(self._ids) == 1 and entry is not None and entry.id == self._ids[0]
        return file_stem(entry.title) if one and entry is not None else tr("Journal export")

    def _formatted(self) -> None:
        format = self.format.currentData()
        self._form.setRowVisible(self.paper, format == "pdf")
        self._form.setRowVisible(self.revisions, format == "json")
        self._form.setRowVisible(self.private, format == "json")
        path = Path(self.place.text())
        if path.suffix in ENDINGS.values():
            path = path.with_suffix("")
        self.place.setText(f"{path}{ENDINGS[format]}")
        self.note.setText(
            tr("“Import” and `journal adopt` read it back.")
            if format in ("markdown", "json")
            else tr("Everything is in the file; opening it loads nothing from anywhere.")
            if format == "html"
            else ""
        )
        self.note.setVisible(bool(self.note.text()))

    def _browse(self) -> None:
        format = self.format.currentData()
        if format == "markdown":
            chosen = QFileDialog.getExistingDirectory(self, tr("Export into a folder"))
        else:
            chosen, _ = QFileDialog.getSaveFileName(
                self,
                tr("Export as"),
                self.place.text(),
                f"*{ENDINGS[format]}",
                options=QFileDialog.Option.DontConfirmOverwrite,
            )
        if chosen:
            self.place.setText(chosen)

    def _start(self) -> None:
        target = Path(self.place.text().strip()).expanduser()
        format = str(self.format.currentData())
        if not self.place.text().strip() or (format != "markdown" and target.exists()):
            self.note.setText(tr("A file with this name is there already: choose another."))
            self.note.show()
            self.place.setFocus()
            return
        shown = self._window.entries.model
        listed = self.which.currentData() == "list"
        work = _Work(
            self._window,
            target,
            format,
            self._ids if self.which.currentData() == "ids" else (),
            shown.query if listed else "",
            shown.view if listed else View("all"),
            str(self.paper.currentData()),
            self.revisions.isChecked(),
            self.private.isChecked(),
        )
        title = tr("Export to {name}", name=target.name)
        self._window.tray.start(title, "io", work.run, work.told)
        self.accept()


class _Work:
    """One export, off the window's thread."""

    def __init__(
        self,
        window: MainWindow,
        target: Path,
        format: str,
        ids: Sequence[str],
        query: str,
        view: View,
        paper: str,
        revisions: bool,
        private: bool,
    ) -> None:
        self._window, self._target, self._format = window, target, format
        self._ids, self._query, self._view = ids, query, view
        self._paper, self._revisions, self._private = paper, revisions, private

    def run(self, context: JobContext) -> tuple[int, Sequence[str], Sequence[str]]:
        """How many entries, what was left or missing, titles of entries that may hold a key."""
        journal = self._window.journal
        ids = journal.documents.choose(self._ids, query=self._query, view=self._view)
        if self._format == "markdown":
            made = journal.exporting.export(
                self._target, ids=ids, progress=context.progress, check=context.check
            )
            return len(ids), [one.path for one in made.left], journal.documents.secrets(ids)
        if self._format == "pdf":
            report = self._pdf(ids, context)
        else:
            report = journal.documents.write(
                self._target,
                self._format,
                ids,
                revisions=self._revisions,
                context=self._private,
                progress=context.progress,
                check=context.check,
            )
        return report.entries, report.missing, report.secrets

    def _pdf(self, ids: Sequence[str], context: JobContext) -> DocumentReport:
        """Draw in a process of its own: Qt holds Python's lock while it lays out a long text."""
        from journal_app.services.documents import DocumentReport

        journal = self._window.journal
        target = journal.documents.free(self._target, replace=False)
        listed = [sys.executable, "-X", "utf8", "-m", "journal_app.gui.pdf"]
        with subprocess.Popen(
            [*listed, str(journal.folder), str(target), self._paper],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        ) as process:
            asked: bytes | None = "\n".join(ids).encode()
            try:
                while True:
                    try:
                        out, problem = process.communicate(asked, timeout=LOOK)
                        break
                    except subprocess.TimeoutExpired:
                        asked = None
                        context.check()
            except BaseException:
                process.kill()
                raise
        if process.returncode:
            last = problem.decode("utf-8", "replace").strip().splitlines()[-1:]
            raise JournalError(
                f"The PDF could not be made: {''.join(last) or process.returncode}.",
                "Export as a web page and print that.",
            )
        missing = tuple(json.loads(out.decode().splitlines()[-1]))
        found = journal.documents.secrets(ids)
        return DocumentReport(str(target), "pdf", len(ids), missing, found)

    def told(self, made: tuple[int, Sequence[str], Sequence[str]]) -> None:
        """Say what came of it."""
        count, left, secrets = made
        text = trn("{n} entry exported to {path}.|{n} entries exported to {path}.", count,
                   path=self._target)  # fmt: skip
        if left:
            text += " " + tr("Not carried: {names}.", names=", ".join(left[:3]))
        if secrets:
            text += " " + tr(
                "Look at “{title}”: it may hold a key or a password.", title=secrets[0]
            )
        self._window.toast.tell(text, stays=bool(left or secrets))
