"""At the end: texts that could not be saved, and the ways to keep them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSaveFile, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.publishing import slug
from journal_app.gui.language import tr, trn
from journal_app.gui.widgets import button, label

if TYPE_CHECKING:
    from journal_app.gui.editor.autosave import Draft


class UnsavedDialog(QDialog):
    """Shows the texts; closing it without a choice keeps the window open."""

    def __init__(
        self,
        drafts: Sequence[Draft],
        why: str,
        retry: Callable[[], object],
        give_up: Callable[[], object],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Not saved"))
        self.resize(560, 380)
        self._title = drafts[0].content.title if drafts else ""
        self._whole = "\n\n".join(_as_text(one, len(drafts) > 1) for one in drafts)
        n = len(drafts)
        head = trn("This text is not saved|{n} texts are not saved", n)
        self.text = QPlainTextEdit(self._whole)
        self.text.setReadOnly(True)
        self.text.setProperty("role", "field")
        self.text.setAccessibleName(tr("What is not saved"))
        self.state = label("", "muted", wrap=True)
        self.copy = button(tr("Copy"), self._copy)
        self.save_as = button(tr("Save as …"), self._ask)
        self.again = button(tr("Try again"), lambda: self._leave(retry), "primary")
        self.again.setDefault(True)
        self.drop = button(tr("Close without saving"), lambda: self._leave(give_up))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.copy)
        foot.addWidget(self.save_as)
        foot.addStretch(1)
        foot.addWidget(self.drop)
        foot.addWidget(self.again)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(12)
        rows.addWidget(label(head, "subtitle"))
        rows.addWidget(label(why, "error", wrap=True))
        rows.addWidget(self.text, 1)
        rows.addWidget(self.state)
        rows.addLayout(foot)

    def _leave(self, act: Callable[[], object]) -> None:
        self.accept()
        act()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._whole)
        self.state.setText(tr("Copied to the clipboard."))

    def _ask(self) -> None:
        name = f"{slug(self._title, 'unsaved')}.md"
        chosen, _ = QFileDialog.getSaveFileName(
            self, tr("Save the text as"), str(Path.home() / name), tr("Markdown (*.md)")
        )
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> bool:
        """Write the text to a file of the user's; a small file, whole or not at all."""
        file = QSaveFile(str(path))
        data = self._whole.encode()
        done = (
            file.open(QSaveFile.OpenModeFlag.WriteOnly)
            and file.write(data) == len(data)
            and file.commit()
        )
        self.state.setText(
            tr("Saved as {path}.", path=path)
            if done
            else tr("{path} cannot be written: {why}.", path=path, why=file.errorString())
        )
        return done


def _as_text(draft: Draft, named: bool) -> str:
    content = draft.content
    head = f"# {content.title}\n\n" if named or not content.body.startswith(content.title) else ""
    return head + content.body
