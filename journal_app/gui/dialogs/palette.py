"""The command palette: actions and entries by a few letters of their names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.views import View
from journal_app.gui import icons
from journal_app.gui.actions import ACTIONS, keys_of
from journal_app.gui.dialogs.palette_row import PaletteDelegate
from journal_app.gui.language import tr
from journal_app.gui.lists.places import SECTIONS, TRASH
from journal_app.gui.widgets import RoundCorners, label

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal

SHOWN = 12
WIDTH, ROW, TOP = 600, 34, 88
NEAR = 0.4  # of the best score
RECENT = 100
CHOICE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Choice:
    """One line: an action (`action:ID`), a section (`place:KEY`) or an entry (`entry:ID`)."""

    key: str
    text: str
    icon: str
    note: str = ""


def score(query: str, text: str) -> float | None:
    """How well the letters of `query` stand in `text` in their order; None where they do not.

    Letters at the beginning of words and side by side count most; among equals the shorter wins.
    """
    low, at, total, last = text.lower(), 0, 0.0, -2
    for letter in query.lower():
        if letter == " ":
            continue
        found = low.find(letter, at)
        if found < 0:
            return None
        starts = found == 0 or not low[found - 1].isalnum()
        total += 3.0 if found == last + 1 else 2.0 if starts else 0.5
        at, last = found + 1, found
    if query.lower() in low:
        total += 2.0 * len(query) + (3.0 if low.startswith(query.lower()) else 0.0)
    return total - len(text) / 200


def best(query: str, choices: Sequence[Choice], limit: int) -> list[Choice]:
    """The choices that fit, best first; all of them, in their order, for an empty query."""
    if not query.strip():
        return list(choices[:limit])
    scored = [(score(query, c.text), n, c) for n, c in enumerate(choices)]
    fitting = [(-value, n, c) for value, n, c in scored if value is not None]
    fitting.sort(key=lambda item: item[:2])
    # Scattered letters count only where nothing fits much better.
    return [c for value, _, c in fitting[:limit] if value <= fitting[0][0] * NEAR]


def places() -> list[Choice]:
    """The sections of the sidebar."""
    return [
        Choice(f"place:{place.key}", tr("Go to {place}", place=tr(place.text)), place.icon)
        for place in (*SECTIONS, TRASH)
        if place.key and not place.heading
    ]


class Palette(QDialog):
    """Opens over the window; `chosen` carries the key of the choice."""

    chosen = Signal(str)

    def __init__(self, journal: Journal, holder: ThemeHolder, parent: QWidget) -> None:
        self._window = parent
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self._journal, self._holder = journal, holder
        self._with_actions = True
        self.setWindowTitle(tr("Command palette"))
        self.setModal(True)
        RoundCorners(self)
        sheet = QFrame()
        sheet.setFixedWidth(WIDTH)
        sheet.setObjectName("sheet")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(sheet)
        whole.setSizeConstraint(QVBoxLayout.SizeConstraint.SetFixedSize)  # shrinks with the list
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("Find an action or an entry"))
        self.field.installEventFilter(self)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Choices"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setItemDelegate(PaletteDelegate(holder, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._take)
        self._none = label(tr("Nothing fits."), "muted")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(8, 8, 8, 8)
        inside.setSpacing(8)
        inside.addWidget(self.field)
        inside.addWidget(self.list)
        inside.addWidget(self._none)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(40)
        self._timer.timeout.connect(self._fill)
        self.field.textChanged.connect(self._typed)

    def ask(self, *, actions: bool) -> None:
        """Show it empty; without actions it only goes to entries and sections."""
        self._with_actions = actions
        self.field.blockSignals(True)
        self.field.clear()
        self.field.blockSignals(False)
        self.field.setPlaceholderText(tr("Do or find …") if actions else tr("Go to entry …"))
        self._fill()
        area = self._window.frameGeometry()
        self.move(area.left() + (area.width() - WIDTH) // 2, area.top() + TOP)
        self.show()
        self.field.setFocus()

    def choices(self) -> list[Choice]:
        """What is offered now, best first."""
        return [self.list.item(n).data(CHOICE) for n in range(self.list.count())]

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self._timer.start()

    @Slot()
    def _fill(self) -> None:
        query = self.field.text()
        entries = self._entries(query)
        found: list[Choice] = []
        if self._with_actions:
            actions = [
                Choice(f"action:{a.id}", tr(a.text), a.icon, keys_of(self._window, a.id))
                for a in ACTIONS
            ]
            room = SHOWN // 2 if query.strip() and entries else SHOWN
            found = best(query, [*actions, *places()], room)
        room = (self._window.height() - TOP - 90) // ROW  # stays inside a low window
        self._show([*found, *entries][: max(4, min(SHOWN, room))])

    def _entries(self, query: str) -> list[Choice]:
        if not query.strip() and self._with_actions:
            return []
        rows = self._journal.entries.rows(View("all"), limit=RECENT)
        recent = [
            Choice(f"entry:{r.id}", r.title or tr("Untitled"), icons.kind_icon(r.kind), r.kind)
            for r in rows
        ]
        found = best(query, recent, SHOWN)
        if query.strip():
            seen = {choice.key for choice in found}
            for hit in self._journal.entries.search(query, limit=SHOWN, patience=0.03):
                key = f"entry:{hit.row.id}"
                if key not in seen:
                    icon = icons.kind_icon(hit.row.kind)
                    found.append(Choice(key, hit.row.title or tr("Untitled"), icon, hit.row.kind))
        return found[:SHOWN]

    def _show(self, choices: list[Choice]) -> None:
        self.list.clear()
        for choice in choices:
            item = QListWidgetItem(choice.text)
            item.setData(CHOICE, choice)
            item.setSizeHint(QSize(100, ROW))
            self.list.addItem(item)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(choices))
        self._none.setVisible(not choices)
        self.list.setFixedHeight(max(1, len(choices)) * ROW)

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is None:
            return
        key = item.data(CHOICE).key
        self.accept()
        self.chosen.emit(key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows move, Enter takes, while the field keeps the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.count():
                step = 1 if key == Qt.Key.Key_Down else -1
                self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._timer.isActive():
                    self._timer.stop()
                    self._fill()
                self._take(self.list.currentItem())
                return True
        return super().eventFilter(watched, event)
