"""Keys that every writer gets: lists go on, items move, marks go around what is selected."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QTextCursor

from journal_app.domain.editing import ITEM, NewLine, new_line, renumbered, surround

if TYPE_CHECKING:
    from journal_app.gui.editor.text_area import MarkdownEdit

LONGEST_LIST = 500  # lines that are numbered anew at most: more would be felt while typing
_OPEN_LINK = re.compile(r"\[[^\]\n]*\]\([^()\n]*$")


def press(edit: MarkdownEdit, event: QKeyEvent) -> bool:
    """Take a key that means more in Markdown than its character."""
    key, modifiers = event.key(), event.modifiers()
    strong = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not modifiers & strong:
        enter(edit, plain=bool(modifiers & Qt.KeyboardModifier.ShiftModifier))
        return True
    if key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
        return move_items(edit, back=key == Qt.Key.Key_Backtab)
    typed = event.text()
    if len(typed) != 1 or not typed.isprintable():
        return False
    return _around(edit, typed) or _closes(edit, typed)


def _around(edit: MarkdownEdit, typed: str) -> bool:
    """A mark or bracket typed over a selection goes around it."""
    if not edit.textCursor().hasSelection():
        return False
    return edit.apply(surround(edit.text(), *edit.selection(), typed))


def _closes(edit: MarkdownEdit, typed: str) -> bool:
    """The address of a link gets its bracket at once; typing it again steps over it."""
    cursor = edit.textCursor()
    if typed not in "()" or cursor.hasSelection():
        return False
    line, at = cursor.block().text(), cursor.positionInBlock()
    if typed == "(" and line[:at].endswith("]") and "[" in line[:at] and not line[at:].strip():
        cursor.beginEditBlock()
        cursor.insertText("()")
        cursor.endEditBlock()
        cursor.movePosition(QTextCursor.MoveOperation.Left)
        edit.setTextCursor(cursor)
        return True
    if typed == ")" and line[at : at + 1] == ")" and _OPEN_LINK.search(line[:at]):
        cursor.movePosition(QTextCursor.MoveOperation.Right)
        edit.setTextCursor(cursor)
        return True
    return False


def enter(edit: MarkdownEdit, *, plain: bool) -> None:
    """A new line; `plain`: without the mark of the list."""
    from journal_app.gui.editor.text_area import cut

    cursor = edit.textCursor()
    line = cursor.block().text()
    before = cut(line, cursor.positionInBlock())
    made = NewLine("\n")
    if not plain and not cursor.hasSelection():
        made = new_line(before, line[len(before) :])
    cursor.beginEditBlock()
    if made.clear:
        cursor.movePosition(QTextCursor.MoveOperation.StartOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
    else:
        cursor.insertBlock()
        if made.text != "\n":
            cursor.insertText(made.text[1:])
        at = cursor.position()
        _number_on(cursor)
        cursor.setPosition(at)
    cursor.endEditBlock()
    edit.setTextCursor(cursor)
    edit.ensureCursorVisible()


def _number_on(cursor: QTextCursor) -> None:
    """Bring the numbers of the list below the caret's item into order."""
    block = cursor.block()
    head = ITEM.match(block.text())
    if head is None or head.group(3) is None:
        return
    lines: list[str] = []
    following = block
    while following.isValid() and len(lines) < LONGEST_LIST:
        lines.append(following.text())
        following = following.next()
    number = block.blockNumber()
    for row, (old, new) in enumerate(zip(lines, renumbered(lines), strict=True)):
        if old == new:
            continue
        place = cursor.document().findBlockByNumber(number + row).position()
        item, now = ITEM.match(old), ITEM.match(new)
        if item is not None and now is not None:
            cursor.setPosition(place + item.start(3))
            cursor.setPosition(place + item.end(3), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(now.group(3))


def move_items(edit: MarkdownEdit, *, back: bool) -> bool:
    """Indent or outdent the list items of the selection; False where there is none."""
    cursor = edit.textCursor()
    document = edit.document()
    block = document.findBlock(cursor.selectionStart())
    last = document.findBlock(cursor.selectionEnd()).blockNumber()
    if not ITEM.match(block.text()):
        return False
    cursor.beginEditBlock()
    while block.isValid() and block.blockNumber() <= last:
        one = QTextCursor(block)
        if not back:
            one.insertText("  ")
        else:
            spaces = len(block.text()) - len(block.text().lstrip(" "))
            for _ in range(min(2, spaces)):
                one.deleteChar()
        block = block.next()
    cursor.endEditBlock()
    return True
