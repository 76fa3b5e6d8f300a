"""The headings of the open entry at the left of its text: where one is, and the way elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from journal_app.domain import outline
from journal_app.gui.language import tr
from journal_app.gui.plain import tip
from journal_app.gui.widgets import label

if TYPE_CHECKING:
    from journal_app.domain.outline import Heading
    from journal_app.gui.editor.text_area import MarkdownEdit

WIDTH = 212
LOOK_MS = 200
LINE = Qt.ItemDataRole.UserRole


class OutlinePane(QFrame):
    """A list of headings; the one that holds the caret is the current one."""

    jumped = Signal(int)  # to a line
    left = Signal()  # back to the text

    def __init__(self, text: MarkdownEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._headings: list[Heading] = []
        self.setObjectName("Outline")
        self.setFixedWidth(WIDTH)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Outline"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.itemClicked.connect(self._take)
        self.list.installEventFilter(self)
        self._none = label(
            tr("No headings yet. Begin a line with ## and it stands here."), "muted", wrap=True
        )
        self._none.setContentsMargins(16, 4, 12, 4)
        title = label(tr("Outline"), "muted")
        title.setContentsMargins(16, 0, 0, 0)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 20, 0, 8)
        rows.setSpacing(8)
        rows.addWidget(title)
        rows.addWidget(self._none)
        rows.addWidget(self.list, 1)
        self._timer = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._timer.timeout.connect(self.refresh)
        text.textChanged.connect(self._edited)
        text.document_changed.connect(self._edited)
        text.cursorPositionChanged.connect(self._follow)

    @property
    def headings(self) -> list[Heading]:
        """What is listed."""
        return list(self._headings)

    def ask(self) -> None:
        """Put the keyboard here, on the heading that one is under."""
        self.refresh()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _edited(self) -> None:
        if self.isVisible():
            self._timer.start()

    @Slot()
    def refresh(self) -> None:
        """List the headings of the text as it is."""
        found = outline.outline(self._text.lines())
        if [(h.level, h.title) for h in found] != [(h.level, h.title) for h in self._headings]:
            self.list.clear()
            top = min((heading.level for heading in found), default=1)
            for heading in found:
                item = QListWidgetItem("   " * (heading.level - top) + (heading.title or "…"))
                item.setToolTip(tip(heading.title))
                self.list.addItem(item)
        self._headings = found
        self._none.setVisible(not found)
        self.list.setVisible(bool(found))
        self._follow()

    @Slot()
    def _follow(self) -> None:
        """Mark the heading of the caret."""
        if self.isVisible() and not self.list.hasFocus():
            line = self._text.textCursor().blockNumber()
            self.list.setCurrentRow(outline.current(self._headings, line))

    @Slot(QListWidgetItem)
    def _take(self, item: QListWidgetItem) -> None:
        row = self.list.row(item)
        if 0 <= row < len(self._headings):
            self.jumped.emit(self._headings[row].line)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter jumps, Esc goes back to the text."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            item = self.list.currentItem()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and item is not None:
                self._take(item)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.left.emit()
                return True
        if event.type() == QEvent.Type.Show:
            self._timer.start()
        return super().eventFilter(watched, event)
