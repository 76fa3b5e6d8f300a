"""The list that floats beside the caret: one for commands, entries, tags and runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTextEdit

from journal_app.gui.announce import announce
from journal_app.gui.dialogs.palette import CHOICE, Choice
from journal_app.gui.editor.completion_commands import HEAD
from journal_app.gui.editor.completion_row import CompletionDelegate
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder

ROWS, ROW, WIDTH, GAP, MARGIN = 8, 34, 340, 6, 4
MANY, HEAD_ROW, WIDE = 11, 26, 520  # where lines are in groups, or say what they do


class CompletionPopup(QListWidget):
    """Never takes the focus: the text keeps it, and with it the caret and the input method."""

    taken = Signal(object)  # the Choice

    def __init__(self, text: QTextEdit, holder: ThemeHolder) -> None:
        super().__init__(text)
        self.setObjectName("Completion")
        self.setAccessibleName(tr("Suggestions"))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setItemDelegate(CompletionDelegate(holder, self))
        self._text = text
        self._holder = holder
        self.itemClicked.connect(self._click)
        self.currentRowChanged.connect(self._say)
        holder.changed.connect(self._restyle)
        self._restyle()
        self.hide()

    @Slot()
    def _restyle(self) -> None:
        self.setStyleSheet(
            self._holder.theme.fill(
                "#Completion { background: @surface; border: 1px solid @line;"
                " border-radius: 8px; padding: 4px; outline: 0; }"
            )
        )

    def choices(self) -> list[Choice]:
        """What is offered now, best first."""
        found = [self.item(n).data(CHOICE) for n in range(self.count())]
        return [choice for choice in found if choice.key != HEAD]

    def current(self) -> Choice | None:
        """The line that Enter takes."""
        item = self.currentItem()
        choice = item.data(CHOICE) if item is not None else None
        return choice if isinstance(choice, Choice) else None

    def offer(self, choices: Sequence[Choice], caret: QRect) -> None:
        """Show these lines at the caret (a rectangle of the text's viewport); none hides it."""
        self.clear()
        if not choices:
            self.hide()
            return
        for choice in choices:
            item = QListWidgetItem(choice.text)
            item.setData(CHOICE, choice)
            item.setData(
                Qt.ItemDataRole.AccessibleTextRole, f"{choice.text}, {choice.note}".strip(", ")
            )
            item.setSizeHint(QSize(100, HEAD_ROW if choice.key == HEAD else ROW))
            if choice.key == HEAD:
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.addItem(item)
        self.setCurrentRow(next((n for n, one in enumerate(choices) if one.key != HEAD), 0))
        self._place(caret)

    def step(self, by: int) -> None:
        """Go to the next or the previous line, around the ends."""
        row = self.currentRow()
        for _ in range(self.count()):
            row = (row + by) % self.count()
            if self.item(row).flags() & Qt.ItemFlag.ItemIsEnabled:
                break
        self.setCurrentRow(row)

    def _place(self, caret: QRect) -> None:
        """Under the caret, above it where there is no room below, always inside the window."""
        host = self._text.window()
        if self.parentWidget() is not host:
            self.setParent(host)
        inside = host.rect().adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        top = self._text.viewport().mapTo(host, caret.topLeft())
        below = inside.bottom() - (top.y() + caret.height() + GAP)
        above = top.y() - GAP - inside.top()
        wide = any(self._long(self.item(n).data(CHOICE)) for n in range(self.count()))
        heads = self.count() - len(self.choices())
        wanted = min(MANY if heads else ROWS, self.count()) * ROW + 10
        over = wanted > below and above > below
        height = max(ROW + 10, min(wanted, above if over else below))
        width = min(WIDE if wide else WIDTH, inside.width())
        self.setFixedSize(width, height)
        y = top.y() - GAP - height if over else top.y() + caret.height() + GAP
        x = max(inside.left(), min(top.x() - 12, inside.right() - width))
        self.move(QPoint(x, max(inside.top(), min(y, inside.bottom() - height))))
        self.raise_()
        self.show()

    @staticmethod
    def _long(choice: Choice) -> bool:
        return choice.key.startswith(("assist:", "run-assist:"))

    @Slot(int)
    def _say(self, row: int) -> None:
        """The text keeps the focus, so the chosen line is spoken for those who cannot see it."""
        if row >= 0:
            announce(self._text, self.item(row).data(Qt.ItemDataRole.AccessibleTextRole))

    @Slot(QListWidgetItem)
    def _click(self, item: QListWidgetItem) -> None:
        if item.data(CHOICE).key != HEAD:
            self.taken.emit(item.data(CHOICE))
