"""Small questions: a line of text, or one of a list. Nothing blocks; the answer comes as a call."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from journal_app.gui.language import tr
from journal_app.gui.widgets import button, dialog_foot, label

SHOWN = 500  # lines that are listed; typing narrows


@dataclass(frozen=True, slots=True)
class Option:
    """A line to choose: what is shown, more about it, and what the answer says."""

    text: str
    detail: str
    value: str


class AskLine(QDialog):
    """One line of text."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        words: str,
        take: str,
        answer: Callable[[str], object],
        value: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(380)
        self._answer = answer
        self.field = QLineEdit(value)
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        self.field.selectAll()
        self.take = button(take, self._take, "primary")
        self.take.setDefault(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(12)
        rows.addWidget(label(title, "heading"))
        rows.addWidget(self.field)
        rows.addLayout(dialog_foot(self, self.take))
        self.field.textChanged.connect(lambda text: self.take.setEnabled(bool(text.strip())))
        self.take.setEnabled(bool(value.strip()))

    def _take(self) -> None:
        text = self.field.text().strip()
        if text:
            self.accept()
            self._answer(text)


class AskOption(QDialog):
    """One line of a list, found by typing a part of it. `free` allows what is typed itself."""

    def __init__(
        self,
        parent: QWidget,
        title: str,
        words: str,
        take: str,
        options: Sequence[Option],
        answer: Callable[[str], object],
        *,
        free: bool = False,
        empty: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(420, 400)
        self._options, self._answer, self._free = options, answer, free
        self.field = QLineEdit()
        self.field.setPlaceholderText(words)
        self.field.setAccessibleName(words)
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setObjectName("RunList")
        self.list.setAccessibleName(title)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = label(empty or tr("Nothing fits what is typed."), "muted", wrap=True)
        self.take = button(take, self._take, "primary")
        self.take.setDefault(True)
        self.foot = QHBoxLayout()
        self.foot.addStretch(1)
        self.foot.addWidget(button(tr("Cancel"), self.reject))
        self.foot.addWidget(self.take)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 16)
        rows.setSpacing(12)
        rows.addWidget(self.field)
        rows.addWidget(self.list, 1)
        rows.addWidget(self.empty)
        rows.addLayout(self.foot)
        self.field.textChanged.connect(lambda _text: self._fill())
        self.list.itemActivated.connect(lambda _item: self._take())
        self._fill()

    def current(self) -> str:
        """The value of the chosen line, or what was typed where that is allowed; "" for nothing."""
        item = self.list.currentItem()
        if item is not None:
            return str(item.data(Qt.ItemDataRole.UserRole))
        return self.field.text().strip() if self._free else ""

    def _fill(self) -> None:
        words = self.field.text().strip().lower()
        self.list.clear()
        found = [one for one in self._options if words in f"{one.text} {one.detail}".lower()]
        for one in found[:SHOWN]:
            item = QListWidgetItem(f"{one.text}\n{one.detail}" if one.detail else one.text)
            item.setData(Qt.ItemDataRole.UserRole, one.value)
            self.list.addItem(item)
        known = any(one.value.lower() == words for one in found)
        if found and (not self._free or known or not words):
            self.list.setCurrentRow(0)
        self.list.setVisible(bool(found))
        self.empty.setVisible(not found and not (self._free and words))
        self.take.setEnabled(bool(self.current()))

    def _take(self) -> None:
        value = self.current()
        if value:
            self.accept()
            self._answer(value)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows in the field move in the list."""
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up)
            and self.list.count()
        ):
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow(
                max(0, min(self.list.currentRow() + step, self.list.count() - 1))
            )
            self.take.setEnabled(True)
            return True
        return super().eventFilter(watched, event)
