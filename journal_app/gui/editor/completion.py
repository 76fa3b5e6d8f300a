"""Completion while one types: `/` commands, `[[` entries, `#` tags, `@` runs.

Invariants: the list opens by typing only, never by moving the caret; everything but the commands is
looked up in a worker, and an answer to letters that are no longer there is dropped; what is taken
replaces exactly what was typed, as one step of undo.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QTextCursor

from journal_app.domain import links
from journal_app.gui.assist.slash import Slash
from journal_app.gui.dialogs.palette import Choice
from journal_app.gui.editor import completion_acts
from journal_app.gui.editor.completion_commands import CARET, offered
from journal_app.gui.editor.completion_popup import CompletionPopup
from journal_app.gui.icons import kind_icon
from journal_app.gui.language import tr
from journal_app.gui.vocabulary import said

if TYPE_CHECKING:
    from journal_app.domain.templates import Template
    from journal_app.gui.editor.pane import EditorPane

MOST = 8
ARGUMENT, SELECTION = "/ ", "selection"  # kinds of triggers beside the marks
LONGEST = 80  # characters that may be typed of a name
LOOKED_THROUGH = 50_000  # characters of a text that is looked through at once: 3 ms

_PATTERNS = (
    ("[[", re.compile(r"!?\[\[(?P<typed>[^\[\]|#]*)$")),
    ("/", re.compile(r"(?:^|(?<=\s))/(?P<typed>[^\s/]*)$")),
    ("#", re.compile(r"(?:^|(?<=[\s(\[]))#(?P<typed>[^\W\d_][\w/-]*)$")),
    ("@", re.compile(r"(?<![\w@/.+\-])@(?P<typed>[A-Za-z0-9._-]*)$")),
)


@dataclass(frozen=True, slots=True)
class Trigger:
    """What is being completed: `start` to the caret, in UTF-16 units of its line."""

    kind: str
    start: int
    typed: str


def trigger(before: str) -> Trigger | None:
    """What the end of a line up to the caret asks for."""
    for kind, pattern in _PATTERNS:
        found = pattern.search(before[-LONGEST - 4 :])
        if found is not None:
            return Trigger(
                kind, len(before) - (found.end() - found.start()), _whole(found["typed"])
            )
    return None


class Completion(QObject):
    """Watches one editor and offers names."""

    def __init__(self, pane: EditorPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._text = pane.page.text
        self.popup = CompletionPopup(self._text, pane.holder)
        self._typing = False
        self._put_by_button = ""  # what stands for a "/" that nobody typed
        self._open: Trigger | None = None
        self._block = -1
        self._refused: tuple[int, int] | None = None  # block, start: by Esc, or as code
        self._asked = 0
        self._templates: Sequence[Template] = ()
        self._hasty = False  # the commands are read for the first time while one types on
        self.card = False  # the run that is chosen next is shown as a card
        self.slash = Slash(pane, self.put)
        self.popup.taken.connect(self.take)
        self._text.installEventFilter(self)
        self._text.textChanged.connect(self._changed)
        self._text.cursorPositionChanged.connect(self._moved)
        self._text.document_changed.connect(self.close)

    # ------------------------------------------------------------------ opening and closing

    @Slot()
    def ask(self) -> None:
        """Type the "/" for someone who pressed the button; where text is selected, offer what can
        be done with it."""
        cursor = self._text.textCursor()
        if cursor.hasSelection():
            self._text.setFocus()
            self.slash.read(self._offer_for_selection)
            return
        line = cursor.block().text()[: cursor.positionInBlock()]
        self._put_by_button = " /" if line.strip() and not line.endswith(" ") else "/"
        self._text.setFocus()
        self.type(self._put_by_button)

    def type(self, mark: str) -> None:
        """Put a mark at the caret as if it was typed, and complete what it asks for."""
        self._typing = True
        self._text.textCursor().insertText(mark)
        self._typing = False

    def _offer_for_selection(self) -> None:
        look = self.slash.for_selection()
        if look is not None:
            cursor = self._text.textCursor()
            self._open = Trigger(SELECTION, cursor.anchor(), str(cursor.position()))
            self._block = cursor.blockNumber()
            self._ask(look)

    @Slot()
    def close(self) -> None:
        """Offer nothing more."""
        self._open = None
        self._asked += 1
        self.popup.hide()

    @Slot()
    def _changed(self) -> None:
        typing, self._typing = self._typing, False
        if typing or self._open is not None:
            self._look(typing)

    @Slot()
    def _moved(self) -> None:
        if self._open is not None and not self._typing and self._here() != self._open:
            self._look(False)

    def _here(self) -> Trigger | None:
        cursor = self._text.textCursor()
        if cursor.hasSelection():
            if self._open is not None and self._open.kind == SELECTION:
                return Trigger(SELECTION, cursor.anchor(), str(cursor.position()))
            return None
        before = _upto(cursor)
        command = self.slash.trigger(before)
        if command is not None and (cursor.blockNumber(), command[0]) != self._refused:
            return Trigger(ARGUMENT, command[0], _whole(command[1]))
        return trigger(before)

    def _look(self, typing: bool) -> None:
        cursor = self._text.textCursor()
        found = self._here()
        block = cursor.blockNumber()
        if found is None:
            self._refused = None
            self.close()
            return
        place = (block, found.start)
        if found.kind == SELECTION:
            if found != self._open:
                self.close()
            return
        if self._open is None:
            if not typing or place == self._refused:
                return
            if self._in_code():
                self._refused = place  # not looked at again with every letter
                return
        elif place != (self._block, self._open.start):
            self.close()
            return
        self._open, self._block = found, block
        self._fill(found)

    def _in_code(self) -> bool:
        text = self._text.text()
        if len(text) > LOOKED_THROUGH:  # the highlighter knows the fences of a long text
            return self._text.textCursor().block().previous().userState() > 0
        return links.in_code(text, self._text.offset())

    # ------------------------------------------------------------------ what is offered

    def _fill(self, found: Trigger) -> None:
        typed = found.typed
        if found.kind == "/":
            if not typed:
                self._read_templates()
                self._hasty = not self.slash.commands
                self.slash.read(self._fill_again)
            hints, own = completion_acts.hints(), self.slash.offered()
            self._show(offered(typed, self._templates, hints, MOST, own))
            return
        if found.kind == ARGUMENT:
            self._fill_argument(typed)
            return
        service = self._pane.journal.links
        if found.kind == "[[":
            open_one = self._pane.entry.id if self._pane.entry is not None else ""
            self._ask(lambda: _entries(service.complete_entries(typed, MOST + 1), typed, open_one))
        elif found.kind == "#":
            self._ask(lambda: _tags(service.complete_tags(typed, MOST), typed))
        else:
            self._ask(lambda: _runs(service.complete_runs(typed, MOST)))

    def _fill_again(self) -> None:
        hasty = self._hasty and bool(self.slash.commands)
        self._hasty = self._hasty and not hasty
        if self._open is None and hasty:
            self._look(True)
        elif self._open is not None and self._open.kind == "/":
            self._fill(self._open)

    def _fill_argument(self, words: str) -> None:
        typed = self.slash.typed(words)
        if typed is None:
            self.close()
            return
        find = self.slash.runs_for(typed)
        if find is None:
            self._show(self.slash.choices(typed))
        else:
            self._ask(lambda: self.slash.choices(typed, find()))

    def _ask(self, look: Callable[[], list[Choice]]) -> None:
        self._asked += 1
        ticket = self._asked

        def arrived(choices: list[Choice]) -> None:
            if ticket == self._asked and self._open is not None:
                self._show(choices)

        self._pane.jobs.submit("io", lambda _context: look(), on_done=arrived)

    def _show(self, choices: list[Choice]) -> None:
        if not choices and self._open is not None and self._open.kind == "/":
            self.close()  # a path is being typed
            return
        place = self._text.cursorRect()
        if self._open is not None and self._open.kind == ARGUMENT:  # it stays while one types
            start = QTextCursor(self._text.document().findBlockByNumber(self._block))
            start.setPosition(start.position() + self._open.start)
            place.moveLeft(self._text.cursorRect(start).left())
        self.popup.offer(choices, place)

    def _read_templates(self) -> None:
        journal = self._pane.journal

        def arrived(found: Sequence[Template]) -> None:
            self._templates = tuple(found)
            self._fill_again()

        if not self._templates:
            self._pane.jobs.submit("io", lambda _context: journal.templates.all(), on_done=arrived)

    # ------------------------------------------------------------------ taking

    @Slot(object)
    def take(self, choice: Choice) -> None:
        """Put what was chosen in place of what was typed."""
        found = self._open
        self.close()
        if found is None or self._pane.entry is None:
            return
        if found.kind == SELECTION:
            command = choice.key.partition(":")[2]
            self.slash.run(self.slash.command(command), selected=True)
            return
        cursor = self._text.textCursor()
        cursor.setPosition(cursor.block().position() + found.start)
        cursor.setPosition(self._text.textCursor().position(), QTextCursor.MoveMode.KeepAnchor)
        after = cursor.block().text()[self._text.textCursor().positionInBlock() :]
        if found.kind == "[[" and after.startswith("]]"):
            cursor.setPosition(cursor.position() + 2, QTextCursor.MoveMode.KeepAnchor)
        if choice.key.startswith(("assist", "run-assist")):
            self._typing = True  # what it puts in is looked at as if it was typed
            if self.slash.take(cursor, choice, found.typed):
                self._typing = False
            elif self._open is None:
                self._typing = False
                self._look(True)
            return
        completion_acts.take(self._pane, self, cursor, choice)

    def put(self, cursor: QTextCursor, words: str) -> None:
        """Put words over a selection as one step of undo; the caret goes to CARET, or behind."""
        before, mark, after = words.partition(CARET)
        cursor.beginEditBlock()
        cursor.insertText(before + after)
        if mark:
            cursor.movePosition(
                QTextCursor.MoveOperation.Left,
                QTextCursor.MoveMode.MoveAnchor,
                len(after.encode("utf-16-le")) // 2,
            )
        cursor.endEditBlock()
        self._text.setTextCursor(cursor)
        self._text.setFocus()

    # ------------------------------------------------------------------ keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter, Tab and Esc belong to the list while it is open."""
        kind = event.type()
        if kind == QEvent.Type.FocusOut and self._open is not None:
            self.close()
        if isinstance(event, QInputMethodEvent):
            self._typing = bool(event.commitString())
            return False
        if not isinstance(event, QKeyEvent):
            return False
        shown = self._open is not None and self.popup.isVisible()
        if kind == QEvent.Type.ShortcutOverride and shown and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        if kind != QEvent.Type.KeyPress:
            return False
        if shown and self._key(event):
            return True
        typed = event.text()
        if typed and typed.isprintable():
            self._put_by_button = ""
        self._typing = bool(typed) and (typed.isprintable() or event.key() == Qt.Key.Key_Backspace)
        return False

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.popup.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab):
            choice = self.popup.current()
            if choice is None or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                return False
            self.take(choice)
        elif key == Qt.Key.Key_Escape:
            self._refused = (self._block, self._open.start) if self._open else None
            self._hasty = False
            self.close()
            self._take_back()
        else:
            return False
        return True

    def _take_back(self) -> None:
        """A slash that nobody typed leaves with the list that it opened."""
        mark, self._put_by_button = self._put_by_button, ""
        cursor = self._text.textCursor()
        for _ in mark:
            cursor.movePosition(
                QTextCursor.MoveOperation.PreviousCharacter, QTextCursor.MoveMode.KeepAnchor
            )
        if mark and cursor.selectedText() == mark:
            cursor.removeSelectedText()


def _upto(cursor: QTextCursor) -> str:
    """The line up to the caret, at most as much of it as can matter. Counted as Qt does: a letter
    beyond the basic plane is two."""
    text = cursor.block().text()
    at = cursor.positionInBlock()
    if text.isascii():
        return text[:at]
    raw = text.encode("utf-16-le", "surrogatepass")[: 2 * at]
    return "".join(chr(raw[n] | raw[n + 1] << 8) for n in range(0, len(raw), 2))


def _whole(units: str) -> str:
    """Text out of UTF-16 units."""
    return units.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _entries(found: list[tuple[str, str, str]], typed: str, open_one: str) -> list[Choice]:
    """The entries but the open one: a text seldom links itself."""
    others = [one for one in found if one[0] != open_one][:MOST]
    choices = [
        Choice(f"entry:{id}", title, kind_icon(kind), said(kind)) for id, kind, title in others
    ]
    name = " ".join(typed.split())
    if name and links.writable(name) and all(t.lower() != name.lower() for _, _, t in found):
        new = Choice(f"create:{name}", tr("Create “{name}”", name=name), "file-plus")
        choices = [*choices[: MOST - 1], new]
    return choices


def _tags(found: list[tuple[str, int]], typed: str) -> list[Choice]:
    names = [name for name, _ in found]
    if names == [typed.lower()]:
        return []  # it stands there already
    return [Choice(f"tag:{name}", f"#{name}", "hash", f"{count:,}") for name, count in found]


def _runs(found: list[tuple[str, str, str]]) -> list[Choice]:
    return [Choice(f"run:{id}", name, "activity", said(status)) for id, name, status in found]
