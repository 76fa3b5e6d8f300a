"""More like this: the entries that are like one, with how much, best first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout

from journal_app.domain.entry import shorten
from journal_app.errors import JournalError
from journal_app.gui import icons
from journal_app.gui.icons import kind_icon
from journal_app.gui.language import tr
from journal_app.gui.plain import tip
from journal_app.gui.widgets import button, label

if TYPE_CHECKING:
    from journal_app.domain.similar import Likeness
    from journal_app.gui.window import MainWindow

SHOWN = 20


class SimilarSheet(QDialog):
    """A list to choose from; asked for off the window's thread."""

    chosen = Signal(str)

    def __init__(self, window: MainWindow, entry_id: str) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("More like this"))
        self.resize(480, 440)
        self._window = window
        self.list = QListWidget()
        self.list.setObjectName("RunList")
        self.list.setAccessibleName(tr("Entries like this one"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemActivated.connect(lambda _item: self._take())
        self.note = label(tr("Looking …"), "muted", wrap=True)
        self.take = button(tr("Open"), self._take, "primary")
        self.take.setDefault(True)
        self.take.setEnabled(False)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Close"), self.reject))
        foot.addWidget(self.take)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        rows.addWidget(self.note)
        rows.addWidget(self.list, 1)
        rows.addLayout(foot)
        journal = window.journal
        self._job = window.jobs.submit(
            "io",
            lambda context: journal.similar.like(entry_id, SHOWN, check=context.check),
            on_done=self._show,
            on_error=self._failed,
        )

    def _show(self, found: Likeness) -> None:
        if not self.isVisible():
            return
        theme = self._window.holder.theme
        for row, score in found.rows:
            alike = [tr("{n} % alike", n=round(100 * score))] if found.by == "meaning" else []
            parts = [part for part in (*alike, shorten(row.excerpt, 80)) if part]
            title = row.title or tr("Untitled")
            item = QListWidgetItem(f"{title}\n{' · '.join(parts)}")
            item.setIcon(icons.icon(kind_icon(row.kind), theme.color("muted")))
            item.setToolTip(tip(row.excerpt))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setFocus()
        self.take.setEnabled(bool(found.rows))
        if found.by == "meaning":
            words = tr("By meaning, from the model on this device.")
        elif found.note.endswith("fetches it."):
            words = tr(
                "By shared words: the embedding model is not installed. “Install the summary "
                "model” in the command palette fetches it."
            )
        else:
            words = tr(
                "By shared words: this entry was not read by the model yet. It will be, while "
                "nobody writes."
            )
        self.note.setText(words if found.rows else f"{tr('Nothing is like it.')} {words}")

    def _failed(self, error: Exception) -> None:
        plain = error if isinstance(error, JournalError) else self._window.journal.explain(error)
        if plain is None:
            raise error
        if self.isVisible():
            self.note.setText(f"{plain.message} {plain.hint}".strip())

    def _take(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))
            self.accept()

    def done(self, result: int) -> None:
        """Nobody waits for the answer any more."""
        self._job.cancel()
        super().done(result)
