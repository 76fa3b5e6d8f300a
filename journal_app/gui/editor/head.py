"""Above the text: the title, and chips for kind and tags."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, Qt, Signal, Slot
from PySide6.QtGui import QAction, QFont, QFontMetrics, QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QFrame, QLineEdit, QMenu, QPushButton, QSizePolicy, QTextEdit, QWidget

from journal_app.domain.entry import KINDS, TITLE
from journal_app.gui.flow import FlowBox
from journal_app.gui.language import tr
from journal_app.gui.theme import META, ui_font
from journal_app.gui.vocabulary import said

TITLE_PX = 26


class TitleEdit(QTextEdit):
    """The title: one line of text that wraps. Empty, it shows the text's own first line."""

    finished = Signal()  # Enter or Down: go on to the text

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("EntryTitle")
        self.setAccessibleName(tr("Title of the entry"))
        self.setAcceptRichText(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        font = QFont(self.font())
        font.setPixelSize(TITLE_PX)
        font.setWeight(QFont.Weight.Bold)
        self.setFont(font)
        self._suggestion = ""
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def suggest(self, text: str) -> None:
        """What stands here while there is no title; Qt breaks it off at the first line."""
        self._suggestion = text
        self._elide()

    def _elide(self) -> None:
        room = max(80, self.viewport().width())
        shown = self.fontMetrics().elidedText(self._suggestion, Qt.TextElideMode.ElideRight, room)
        self.setPlaceholderText(shown)

    def title(self) -> str:
        """The title on one line, at most as long as a title may be."""
        return " ".join(self.toPlainText().split())[:TITLE]

    @Slot()
    def _fit(self) -> None:
        lines = max(self.fontMetrics().lineSpacing(), int(self.document().size().height()))
        if self.height() != lines + 4:
            self.setFixedHeight(lines + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width wraps the title anew."""
        super().resizeEvent(event)
        self._fit()
        self._elide()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pasted lines become one."""
        if source.hasText():
            self.textCursor().insertText(" ".join(source.text().split()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the text."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down):
            self.finished.emit()
        else:
            super().keyPressEvent(event)


class EntryChips(FlowBox):
    """Kind (a menu), tags (Delete removes), and a place to add one."""

    kind_chosen = Signal(str)
    tag_added = Signal(str)
    tag_removed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tags: list[QPushButton] = []
        self._value = "note"
        self._kind = _chip(said("note"), self)
        self._kind.setAccessibleName(tr("Kind of the entry"))
        self._kind.setToolTip(tr("What kind of entry this is"))
        self._kind.clicked.connect(self._choose_kind)
        self._add = QLineEdit(self)
        self._add.setObjectName("AddTag")
        self._add.setAccessibleName(tr("Add a tag"))
        self._add.setPlaceholderText(tr("+ tag"))
        words = QFontMetrics(ui_font(META)).horizontalAdvance(self._add.placeholderText())
        self._add.setFixedWidth(max(84, words + 28))
        self._add.setFrame(False)
        self._add.returnPressed.connect(self._typed)
        self.set_widgets([self._kind, self._add])

    @property
    def kind(self) -> str:
        """The kind that is shown."""
        return self._value

    def set_kind(self, kind: str) -> None:
        """Show another kind."""
        self._value = kind
        self._kind.setText(said(kind))
        self.arrange()

    def ask_tag(self) -> None:
        """Put the caret where a tag is added."""
        self._add.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_entry(self, kind: str, tags: tuple[str, ...], written: frozenset[str]) -> None:
        """Show kind and tags; `written` are those that stand in the text itself."""
        self._value = kind
        self._kind.setText(said(kind))
        self._tags = []
        for tag in tags:
            chip = _chip(f"#{tag}", self)
            chip.setAccessibleName(tr("Tag {tag}", tag=tag))
            menu = QMenu(chip)
            remove = QAction(tr("Remove #{tag}", tag=tag), menu)
            if tag in written:
                remove.setText(tr("Written in the text: remove it there"))
                remove.setEnabled(False)
            remove.triggered.connect(lambda _checked=False, tag=tag: self.tag_removed.emit(tag))
            menu.addAction(remove)
            chip.clicked.connect(
                lambda _checked=False, chip=chip, menu=menu: menu.popup(
                    chip.mapToGlobal(chip.rect().bottomLeft())
                )
            )
            self._tags.append(chip)
        self.set_widgets([self._kind, *self._tags, self._add])

    @Slot()
    def _choose_kind(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for kind in KINDS:
            action = QAction(said(kind), menu)
            action.setCheckable(True)
            action.setChecked(kind == self.kind)
            action.triggered.connect(lambda _checked=False, kind=kind: self._set_kind(kind))
            menu.addAction(action)
        menu.popup(self._kind.mapToGlobal(self._kind.rect().bottomLeft()))

    def _set_kind(self, kind: str) -> None:
        if kind != self.kind:
            self.set_kind(kind)
            self.kind_chosen.emit(kind)

    @Slot()
    def _typed(self) -> None:
        tag = self._add.text().strip().lstrip("#").strip()
        self._add.clear()
        if tag:
            self.tag_added.emit(tag)


def _chip(text: str, parent: QWidget) -> QPushButton:
    chip = QPushButton(text, parent)
    chip.setObjectName("Chip")
    chip.setCursor(Qt.CursorShape.PointingHandCursor)
    return chip
