"""The navigation: capture, sections with their counts, tags."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListView,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.views import View
from journal_app.gui.actions import native
from journal_app.gui.places import SECTIONS, TRASH, Place, PlaceDelegate, PlaceModel
from journal_app.gui.theme import ThemeHolder
from journal_app.gui.widgets import IconLabel, label
from journal_app.journal import Journal

TAGS_SHOWN = 12


class CaptureButton(QPushButton):
    """The one thing to do next, with its keys."""

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__()
        self.setProperty("role", "primary")
        self.setAccessibleName("Capture a note")
        self.setToolTip(f"Capture a note ({native('Ctrl+Shift+N')})")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(36)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel("plus", holder, "on-accent"))
        row.addWidget(label("Capture", "on-accent"))
        row.addStretch(1)
        row.addWidget(label(native("Ctrl+Shift+N"), "on-accent-kbd"))
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)


class Sidebar(QWidget):
    """The left pane. `chosen` carries the key of the place."""

    chosen = Signal(str)
    capture_requested = Signal()

    def __init__(
        self, journal: Journal, holder: ThemeHolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._journal, self._holder = journal, holder
        self._key = "all"
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(168)
        self.capture = CaptureButton(holder)
        self.capture.clicked.connect(self._capture)
        self.model = PlaceModel(self)
        self.list = QListView()
        self.list.setAccessibleName("Sections and tags")
        self.list.setModel(self.model)
        self.list.setItemDelegate(PlaceDelegate(holder, self.list))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.clicked.connect(self._clicked)
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
            return Place(key, tag, "hash", View("all", tag=tag))
        return next((p for p in self.model.places if p.key == key), None)

    def choose(self, key: str, *, announce: bool = True) -> None:
        """Choose a place."""
        changed = key != self._key
        self._key = key
        self._mark()
        if announce and changed:
            self.chosen.emit(key)

    def choose_number(self, number: int) -> None:
        """The n-th section, counted from 1."""
        keys = [p.key for p in self.model.places if p.key and not p.key.startswith("tag:")]
        if number <= len(keys):
            self.choose(keys[number - 1])

    def refresh(self) -> None:
        """Count again and read the tags."""
        entries = self._journal.entries
        places = [
            replace(p, count=entries.count(p.view)) if p.view is not None else p for p in SECTIONS
        ]
        runs = self._journal.experiments.count()
        places = [replace(p, count=runs) if p.key == "runs" else p for p in places]
        tags = entries.tags(TAGS_SHOWN)
        if tags:
            places.append(Place("", "Tags"))
            places += [Place(f"tag:{tag}", tag, "hash", View("all", tag=tag), n) for tag, n in tags]
        places += [Place("", ""), TRASH]
        self.model.set_places(places)
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
        if current.isValid():
            self.choose(self.model.places[current.row()].key)

    @Slot(QModelIndex)
    def _clicked(self, index: QModelIndex) -> None:
        key = self.model.places[index.row()].key
        if key:
            self._key = key
            self.chosen.emit(key)

    @Slot()
    def _recolour(self) -> None:
        self.list.viewport().update()
