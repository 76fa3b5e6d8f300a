"""Help with the search field: what may be typed, completed in place, and what was not understood.

Values are offered behind an operator (`tag:` the tags, `kind:` the kinds); Ctrl+Space offers the
operators. Arrows go through the list while it is open, Tab or Enter takes a line, Esc closes it;
Enter goes to what was found as long as no line was chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QListWidget, QListWidgetItem

from journal_app.domain.entry import KINDS
from journal_app.domain.query import DATES, HAS, STATES
from journal_app.gui import icons
from journal_app.gui.dialogs.palette import CHOICE, Choice
from journal_app.gui.dialogs.palette_row import PaletteDelegate
from journal_app.gui.language import later, tr
from journal_app.gui.widgets import label

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder

SHOWN, ROW, GAP = 8, 34, 4
OFFERED = 40
DAYS = ("today", "yesterday", "7d", "2w", "3m", "1y")
VALUES = {"kind": KINDS, "has": HAS, "is": STATES, **dict.fromkeys(DATES, DAYS)}
ABOUT = {
    "tag": ("hash", later("entries with a tag")),
    "kind": ("sticky-note", later("lesson, failure, decision …")),
    "title": ("file-text", later("words of the title")),
    "run": ("activity", later("a run's name or id")),
    "eval": ("activity", later("a task or id")),
    "before": ("calendar-clock", later("made before a day")),
    "after": ("calendar-clock", later("made on a day or later")),
    "on": ("calendar-clock", later("a day, month or year")),
    "created": ("calendar-clock", later(">7d, 2026-01..2026-03")),
    "updated": ("calendar-clock", later("the last change")),
    "has": ("paperclip", later("attachment, link, task …")),
    "is": ("circle-check", later("favourite, draft …")),
    "like": ("layers", later("shares rare words")),
}
_PIECE = re.compile(r"(-?)([a-z]*)(:?)([^\s:\"]*)\Z", re.IGNORECASE)
_STYLE = (
    "#SearchHints { background: @surface; border: 1px solid @line; border-radius: 8px;"
    " padding: 4px; outline: 0; }"
)


class SearchHints(QObject):
    """Completes operators and their values in `field`; `line` tells what a search did not
    understand. `tags` gives the tags, the most used first."""

    def __init__(
        self, field: QLineEdit, tags: Callable[[], list[str]], holder: ThemeHolder
    ) -> None:
        super().__init__(field)
        self._field, self._tags, self._holder = field, tags, holder
        self.line: QLabel = label("", "muted")
        self.line.setWordWrap(True)
        self.line.setContentsMargins(4, 8, 4, 0)
        self.line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.line.hide()
        self.list = QListWidget(field.window())
        self.list.setObjectName("SearchHints")
        self.list.setAccessibleName(tr("What may be searched for"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setItemDelegate(PaletteDelegate(holder, self.list))
        self.list.itemClicked.connect(self._take)
        self.list.hide()
        holder.changed.connect(self._restyle)
        self._restyle()
        field.textEdited.connect(self._offer)
        field.installEventFilter(self)

    def say(self, hints: tuple[str, ...]) -> None:
        """Tell what the search did not understand; nothing hides the line."""
        self.line.setText(" ".join(hints))
        self.line.setVisible(bool(hints))

    def choices(self, before: str, *, asked: bool = False) -> list[Choice]:
        """What may stand at the end of `before`; operators only when `asked` for."""
        match = _PIECE.search(before)
        assert match is not None
        _, name, colon, start = match.groups()
        name, start = name.lower(), start.lower()
        if not colon:
            return [
                Choice(one, f"{one}:", icon, tr(words))
                for one, (icon, words) in ABOUT.items()
                if asked and one.startswith(name)
            ]
        values = self._tags() if name == "tag" else list(VALUES.get(name, ()))
        icon = ABOUT[name][0] if name in ABOUT else ""
        fitting = [value for value in values if value.startswith(start) and value != start]
        if name == "kind":
            return [Choice(value, value, icons.kind_icon(value)) for value in fitting]
        return [Choice(value, value, icon) for value in fitting[:OFFERED]]

    @Slot(str)
    def _offer(self, _text: str) -> None:
        self._show(asked=False)

    def _show(self, *, asked: bool) -> None:
        found = self.choices(self._field.text()[: self._field.cursorPosition()], asked=asked)
        self.list.clear()
        for choice in found:
            item = QListWidgetItem(choice.text)
            item.setData(CHOICE, choice)
            spoken = f"{choice.text} {choice.note}".strip()
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
            item.setSizeHint(QSize(100, ROW))
            self.list.addItem(item)
        self.list.setVisible(bool(found))
        if found:
            self._place()

    def _place(self) -> None:
        """Below the field, as wide as the field, inside the window."""
        window = self._field.window()
        if self.list.parentWidget() is not window:
            self.list.setParent(window)
            self.list.show()
        corner = self._field.mapTo(window, QPoint(0, self._field.height() + GAP))
        height = min(SHOWN, self.list.count()) * ROW + 10
        self.list.setGeometry(corner.x(), corner.y(), self._field.width(), height)
        self.list.raise_()

    def _take(self, item: QListWidgetItem) -> None:
        """Put a line in the place of what was begun."""
        choice: Choice = item.data(CHOICE)
        text, place = self._field.text(), self._field.cursorPosition()
        match = _PIECE.search(text[:place])
        assert match is not None
        minus, name, colon, _ = match.groups()
        new = f"{minus}{name}:{choice.key} " if colon else f"{minus}{choice.key}:"
        before = text[:place][: match.start()] + new
        self._field.setText(before + text[place:].lstrip())
        self._field.setCursorPosition(len(before))
        self._show(asked=False)

    @Slot()
    def _restyle(self) -> None:
        self.list.setStyleSheet(self._holder.theme.fill(_STYLE))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The keys of the list, while the field keeps the focus."""
        if watched is self._field and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.KeyPress and self._key(event):
                return True
        elif watched is self._field and event.type() == QEvent.Type.FocusOut:
            self.list.hide()
        return super().eventFilter(watched, event)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if key == Qt.Key.Key_Space and control:
            self._show(asked=True)
            return True
        if not self.list.isVisible():
            return False
        line = self.list.currentRow()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            start = line if line >= 0 or step > 0 else 0
            self.list.setCurrentRow((start + step) % self.list.count())
            return True
        if key == Qt.Key.Key_Escape:
            self.list.hide()
            return True
        if key == Qt.Key.Key_Tab or (
            key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.currentRow() >= 0
        ):
            self._take(self.list.item(max(line, 0)))
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.hide()
        return False
