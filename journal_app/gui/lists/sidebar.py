"""The navigation: capture, sections with their counts, tags."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.views import View
from journal_app.gui.language import tr
from journal_app.gui.lists import place_lines
from journal_app.gui.lists.places import (
    SECTIONS,
    STARRED,
    TRASH,
    Place,
    PlaceDelegate,
    PlaceModel,
    uncounted,
)
from journal_app.gui.widgets import IconLabel, label

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs


class CaptureButton(QPushButton):
    """The one thing to do next, with its keys."""

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__()
        self.setProperty("role", "primary")
        self.setAccessibleName(tr("Capture a note"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel("plus", holder, "on-accent"))
        self._words = label(tr("Capture"), "on-accent")
        row.addWidget(self._words)
        row.addStretch(1)
        self._keys = label("", "on-accent-kbd")
        row.addWidget(self._keys)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_keys(self, keys: str) -> None:
        """Say which keys do the same."""
        self._keys.setText(keys)
        self.setToolTip(f"{tr('Capture a note')} ({keys})" if keys else tr("Capture a note"))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The keys show where there is room for all of them."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        words = self._words.sizeHint().width() + self._keys.sizeHint().width()
        self._keys.setVisible(words + 64 <= self.width())


class Sidebar(QWidget):
    """The left pane. `chosen` carries the key of the place."""

    chosen = Signal(str)
    dropped = Signal(str, list)  # the key of a line, the ids of entries
    menu_asked = Signal(str, QPoint)  # the key of a line, where on the screen
    closed_changed = Signal(list)  # keys of the closed headings
    capture_requested = Signal()

    def __init__(
        self, journal: Journal, jobs: Jobs, holder: ThemeHolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._journal, self._jobs, self._holder = journal, jobs, holder
        self._key = "all"
        self._reading = self._again = False
        self._lines: list[Place] = uncounted()
        self._closed: set[str] = set()
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(168)
        self.capture = CaptureButton(holder)
        self.capture.clicked.connect(self._capture)
        self.model = PlaceModel(self)
        self.list = QListView()
        self.list.setAccessibleName(tr("Sections and tags"))
        self.list.setModel(self.model)
        self.list.setItemDelegate(PlaceDelegate(holder, self.list))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.clicked.connect(self._clicked)
        self.list.setAcceptDrops(True)
        self.list.setDragDropMode(QAbstractItemView.DragDropMode.DropOnly)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.installEventFilter(self)
        self.model.dropped.connect(self.dropped)
        head = QHBoxLayout()
        head.setContentsMargins(10, 12, 10, 8)
        head.setSpacing(4)
        head.addWidget(self.capture, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 8)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.list, 1)
        holder.changed.connect(self._recolour)

    @property
    def key(self) -> str:
        """The chosen place."""
        return self._key

    def place(self, key: str) -> Place | None:
        """The place with a key; a tag that is not among the shown ones counts too."""
        if key.startswith("tag:"):
            tag = key.removeprefix("tag:")
            known = next((p for p in self._lines if p.key == key), None)
            return known or Place(key, tag, "hash", View("all", tag=tag))
        if key == STARRED.key:
            return STARRED
        return next((p for p in self._lines if p.key == key), None)

    def choose(self, key: str, *, announce: bool = True) -> None:
        """Choose a place."""
        changed = key != self._key
        self._key = key
        self._mark()
        if announce and changed:
            self.chosen.emit(key)

    def choose_number(self, number: int) -> None:
        """The n-th section, counted from 1."""
        keys = [p.key for p in SECTIONS if p.key and not p.heading] + [TRASH.key]
        if number <= len(keys):
            self.choose(keys[number - 1])

    def refresh(self) -> None:
        """Count again; read favourites, saved searches and tags. Not in this thread: to count
        what many entries have in common takes longer than a frame."""
        if self._reading:
            self._again = True  # what is being read may be from before the change
            return
        self._reading, self._again = True, False
        self._jobs.submit(
            "io",
            lambda _context: place_lines.read(self._journal),
            on_done=self._arrived,
            on_error=self._failed,
        )

    def _arrived(self, lines: list[Place]) -> None:
        self._reading = False
        self._lines = lines
        self._show()
        if self._again:
            self.refresh()

    def _failed(self, error: Exception) -> None:
        self._reading = False
        raise error  # the window tells what the storage says, and everything else as a bug

    def set_closed(self, keys: Iterable[str]) -> None:
        """Which headings are closed."""
        self._closed = set(keys)
        self._show()

    def toggle(self, key: str) -> None:
        """Open or close a heading."""
        self._closed ^= {key}
        self._show()
        self.closed_changed.emit(sorted(self._closed))

    def _show(self) -> None:
        index = self.list.currentIndex()
        held = self.model.places[index.row()].key if index.isValid() else ""
        self.model.set_places(place_lines.shown(self._lines, self._closed))
        if held.startswith("head:"):  # the keyboard stays on the heading that it closes
            line = next((n for n, p in enumerate(self.model.places) if p.key == held), 0)
            self.list.setCurrentIndex(self.model.index(line))
        else:
            self._mark()

    def _mark(self) -> None:
        selection = self.list.selectionModel()
        for line, place in enumerate(self.model.places):
            if place.key == self._key:
                selection.blockSignals(True)
                self.list.setCurrentIndex(self.model.index(line))
                selection.blockSignals(False)
                break
        else:
            selection.clear()
        self.list.viewport().update()

    @Slot()
    def _capture(self) -> None:
        self.capture_requested.emit()

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        key = self.model.places[current.row()].key if current.isValid() else ""
        if key and not key.startswith(("head:", "entry:")) and key not in place_lines.ASIDE:
            self.choose(key)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        self._take(self.model.places[index.row()].key)

    def _take(self, key: str) -> None:
        """A line was clicked, or Enter pressed on it."""
        if key.startswith("head:"):
            self.toggle(key)
        elif key.startswith("entry:") or key in place_lines.ASIDE:
            self.chosen.emit(key)
        elif key:
            self._key = key
            self.chosen.emit(key)

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        key = self.model.places[index.row()].key if index.isValid() else ""
        if key:
            self.menu_asked.emit(key, self.list.viewport().mapToGlobal(at))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and the arrows open and close headings; the menu key asks at the chosen line."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            index = self.list.currentIndex()
            place = self.model.places[index.row()] if index.isValid() else None
            key = event.key()
            if place is not None and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self._take(place.key)
                return True
            wanted = {Qt.Key.Key_Left: False, Qt.Key.Key_Right: True}.get(Qt.Key(key))
            if place is not None and place.heading and wanted is not None:
                if place.closed == wanted:
                    self.toggle(place.key)
                return True
        if (
            event.type() == QEvent.Type.ContextMenu
            and isinstance(event, QContextMenuEvent)
            and event.reason() == QContextMenuEvent.Reason.Keyboard
        ):
            self._menu(self.list.visualRect(self.list.currentIndex()).center())
            return True
        return super().eventFilter(watched, event)

    @Slot()
    def _recolour(self) -> None:
        self.list.viewport().update()
