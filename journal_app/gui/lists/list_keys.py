"""Keys, menu, renaming in place and dropped files of the list of entries."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal, Slot
from PySide6.QtGui import QAction, QContextMenuEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListView

from journal_app.gui import icons
from journal_app.gui.import_acts import dropped
from journal_app.gui.language import tr
from journal_app.gui.lists.entry_delegate import GUTTER, PAD, TITLE_LINE

if TYPE_CHECKING:
    from journal_app.gui.lists.entry_model import EntryModel
    from journal_app.gui.theme import ThemeHolder

RECORDS = {".json", ".jsonl", ".csv", ".log", ".db"}  # dropped on the window these are imported


class ListKeys(QObject):
    """Listens to the list. Signals say what the user wants."""

    menu_asked = Signal(QPoint)
    trash_asked = Signal()
    renamed = Signal(str, str)  # entry, its new title
    files_dropped = Signal(list)  # paths

    def __init__(self, view: QListView, model: EntryModel) -> None:
        super().__init__(view)
        self._view, self._model = view, model
        self.field: QLineEdit | None = None
        self._id = ""
        view.installEventFilter(self)
        view.viewport().installEventFilter(self)
        view.viewport().setAcceptDrops(True)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.DefaultContextMenu)

    # ------------------------------------------------------------------ renaming

    @Slot()
    def rename(self) -> None:
        """Put a field over the title of the current entry: Enter keeps it, Esc does not."""
        index = self._view.currentIndex()
        row = self._model.row(index.row()) if index.isValid() else None
        if row is None:
            return
        self._end()
        self._view.scrollTo(index)
        area = self._view.visualRect(index)
        field = QLineEdit(row.title, self._view.viewport())
        field.setAccessibleName(tr("Title"))
        left = area.left() + 14 + GUTTER - 10
        field.setGeometry(left, area.top() + PAD - 7, area.right() - left - 8, TITLE_LINE + 14)
        field.selectAll()
        field.returnPressed.connect(self._keep)
        field.installEventFilter(self)
        field.show()
        field.setFocus()
        self.field, self._id = field, row.id

    @Slot()
    def _keep(self) -> None:
        if self.field is not None:
            title, id = self.field.text().strip(), self._id
            self._end()
            if title:
                self.renamed.emit(id, title)
            self._view.setFocus(Qt.FocusReason.TabFocusReason)

    def _end(self) -> None:
        field, self.field = self.field, None
        if field is not None:
            field.removeEventFilter(self)
            field.hide()
            field.deleteLater()

    # ------------------------------------------------------------------ events

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """F2 renames, Delete throws away, the menu key asks; files make an entry."""
        kind = event.type()
        if self.field is not None and watched is self.field:
            return self._in_field(event)
        if isinstance(event, QKeyEvent) and watched is self._view:
            mine = event.key() in (Qt.Key.Key_F2, Qt.Key.Key_Delete) and not event.modifiers()
            if kind == QEvent.Type.ShortcutOverride and mine:
                event.accept()  # in the list these are keys of the list
                return True
            if kind == QEvent.Type.KeyPress and mine:
                act = self.rename if event.key() == Qt.Key.Key_F2 else self.trash_asked.emit
                act()
                return True
        if isinstance(event, QContextMenuEvent):
            return self._menu(event)
        if isinstance(event, QDropEvent) and watched is self._view.viewport():
            return self._drop(event)
        return False

    def _in_field(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            if event.type() == QEvent.Type.KeyPress:
                self._end()
                self._view.setFocus(Qt.FocusReason.TabFocusReason)
            event.accept()
            return True
        if event.type() == QEvent.Type.FocusOut:
            self._end()
        return False

    def _menu(self, event: QContextMenuEvent) -> bool:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self._view.currentIndex() if by_key else self._view.indexAt(event.pos())
        if not index.isValid():
            return False
        if not self._view.selectionModel().isSelected(index):
            self._view.setCurrentIndex(index)
        centre = self._view.visualRect(index).center()
        at = self._view.viewport().mapToGlobal(centre) if by_key else event.globalPos()
        self.menu_asked.emit(at)
        return True

    def _drop(self, event: QDropEvent) -> bool:
        """Files that are no records become an entry; the rest is the window's (an import)."""
        paths = dropped(event.mimeData())
        if not paths or any(_record(path) for path in paths):
            event.ignore()
            return bool(paths) and not isinstance(event, QDragMoveEvent)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if not isinstance(event, QDragMoveEvent):  # entering and moving are kinds of it
            self.files_dropped.emit(paths)
        return True


def _record(path: Path) -> bool:
    return path.is_dir() or path.suffix.lower() in RECORDS


def save_action(field: QLineEdit, holder: ThemeHolder) -> QAction:
    """The mark in the search field that saves what is searched for; there while there is some."""
    action = QAction(tr("Save this search"), field)
    field.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
    action.setVisible(False)
    field.textChanged.connect(lambda text: action.setVisible(bool(text.strip())))
    return _coloured(action, "bookmark", holder)


def order_action(field: QLineEdit, holder: ThemeHolder) -> QAction:
    """The mark in the search field that asks for another order; there while nothing is typed."""
    action = QAction(tr("Sort the list"), field)
    field.addAction(action, QLineEdit.ActionPosition.TrailingPosition)
    field.textChanged.connect(lambda text: action.setVisible(not text))
    return _coloured(action, "arrow-down-up", holder)


def _coloured(action: QAction, icon: str, holder: ThemeHolder) -> QAction:
    def colour() -> None:
        action.setIcon(icons.icon(icon, holder.theme.color("muted")))

    colour()
    holder.changed.connect(colour)
    return action
