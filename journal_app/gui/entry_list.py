"""The list pane: search field, entries, and what to do where there are none."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import (
    QWidget,
)

from journal_app.domain.views import View
from journal_app.gui import icons
from journal_app.gui.actions import native
from journal_app.gui.entry_delegate import EntryDelegate
from journal_app.gui.entry_model import EntryModel
from journal_app.gui.rows import row_list, search_above, search_field
from journal_app.gui.theme import ThemeHolder
from journal_app.gui.widgets import EmptyState
from journal_app.journal import Journal

CAPTURE, CLEAR, DRAFTS = "Capture a note", "Clear search", "Show drafts"
ACTIONS = {"scheduled": DRAFTS, "published": DRAFTS, "draft": "", "trash": ""}
DEBOUNCE = 60  # ms between the last letter and the search
EMPTY = {
    "inbox": ("inbox", "The inbox is empty", "Notes without a tag or a link wait here."),
    "today": ("sun", "Nothing written today", "What you write today shows here."),
    "lesson": ("lightbulb", "No lessons yet", "A lesson is what a run taught you, with its runs."),
    "failure": ("circle-x", "No failures yet", "What broke, why, and how you saw it."),
    "decision": ("diamond", "No decisions yet", "What you chose, against what, on which evidence."),
    "draft": ("file-pen-line", "No drafts", "Open an entry and press Draft: it becomes a post."),
    "scheduled": ("calendar-clock", "Nothing is scheduled", "Posts with a date wait here."),
    "published": ("circle-check", "Nothing published yet", "Posts that went out stay here."),
    "trash": ("trash-2", "The trash is empty", "What you throw away can be taken back from here."),
    "all": ("sticky-note", "An empty journal", "Write the first note: what did you just try?"),
}


class EntryList(QWidget):
    """Entries of a view or a search. Signals carry entry ids."""

    opened = Signal(str)  # shown in the editor
    entered = Signal(str)  # Enter or double click: the user wants to write
    capture_requested = Signal()
    place_requested = Signal(str)

    def __init__(
        self,
        journal: Journal,
        holder: ThemeHolder,
        now: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._holder = holder
        self._current: str | None = None
        self.setMinimumWidth(240)
        self.search = search_field("Search all entries", holder)
        self.search.setToolTip(
            f'Words, "a phrase", -without, tag:x, kind:lesson ({native("Ctrl+Shift+F")})'
        )
        self.model = EntryModel(journal, self)
        self.list = row_list("Entries", self.model)
        self.list.setItemDelegate(EntryDelegate(holder, now, self.list))
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.activated.connect(self._entered)
        self.empty = EmptyState(*EMPTY["all"], (CAPTURE, self._act), holder)
        self._stack = search_above(self, self.search, self.list, self.empty)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE)
        self._timer.timeout.connect(self._search_now)
        self.search.textChanged.connect(self._typed)
        self.search.installEventFilter(self)
        holder.changed.connect(self._recolour)
        self._draw_clear()

    @property
    def current(self) -> str | None:
        """The entry that is chosen."""
        return self._current

    def show_view(self, view: View) -> None:
        """Show a view from its top; a search ends."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self._show(view, "")

    def select(self, entry_id: str, *, announce: bool = True) -> bool:
        """Choose an entry if the list shows it; `announce` opens it in the editor."""
        line = self.model.line_of(entry_id)
        self._current = entry_id
        if line is None:
            self.list.selectionModel().clear()
        else:
            self._set_line(line)
        if announce:
            self.opened.emit(entry_id)
        return line is not None

    def select_first(self) -> None:
        """Choose the first entry, if there is one."""
        if self.model.rowCount():
            self.list.setCurrentIndex(self.model.index(0))

    def choose_line(self, line: int) -> None:
        """Choose the entry in a line, or the last one before it."""
        last = self.model.rowCount() - 1
        if last >= 0:
            self.list.setCurrentIndex(self.model.index(min(line, last)))

    def refresh(self) -> None:
        """Read again; the chosen entry and the place in the list stay."""
        bar = self.list.verticalScrollBar()
        place, line = bar.value(), self.list.currentIndex().row()
        kept = self._current
        self._quietly(self.model.refresh)
        self._current = kept
        if kept is not None:
            found = self.model.line_of(kept, (max(line, 0), max(line, 0) + 1))
            if found is not None:
                self._set_line(found, scroll=False)
        bar.setValue(place)
        self._settle()

    def _show(self, view: View, query: str) -> None:
        self._quietly(lambda: self.model.show(view, query))
        self.list.scrollToTop()
        self._settle()
        if self._current is not None:
            found = self.model.line_of(self._current)
            if found is not None:
                self._set_line(found, scroll=False)

    def _quietly(self, change: Callable[[], None]) -> None:
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        change()
        selection.blockSignals(False)

    def _set_line(self, line: int, *, scroll: bool = True) -> None:
        selection = self.list.selectionModel()
        selection.blockSignals(True)
        selection.setCurrentIndex(
            self.model.index(line), QItemSelectionModel.SelectionFlag.ClearAndSelect
        )
        selection.blockSignals(False)
        if scroll:
            self.list.scrollTo(self.model.index(line))
        self.list.viewport().update()

    def _settle(self) -> None:
        if self.model.rowCount():
            self._stack.setCurrentWidget(self.list)
            return
        action = ACTIONS.get(self.model.view.section, CAPTURE)
        if self.model.query:
            words = ("search", "Nothing found", f"No entry holds “{self.model.query}”.")
            action = CLEAR
        elif self.model.view.tag:
            words = ("hash", f"Nothing under #{self.model.view.tag}", "Write #tags in the text.")
        else:
            words = EMPTY.get(self.model.view.section, EMPTY["all"])
        self.empty.set(*words, action)
        self._stack.setCurrentWidget(self.empty)

    def _act(self) -> None:
        if self.model.query:
            self.search.clear()
            self.search.setFocus()
        elif self.empty.action is not None and self.empty.action.text() == DRAFTS:
            self.place_requested.emit("draft")
        else:
            self.capture_requested.emit()

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self._timer.start()

    @Slot()
    def _search_now(self) -> None:
        self._show(self.model.view, self.search.text())

    @Slot(QModelIndex, QModelIndex)
    def _moved(self, current: QModelIndex, _previous: QModelIndex) -> None:
        row = self.model.row(current.row()) if current.isValid() else None
        if row is not None and row.id != self._current:
            self._current = row.id
            self.opened.emit(row.id)

    @Slot(QModelIndex)
    def _entered(self, index: QModelIndex) -> None:
        row = self.model.row(index.row())
        if row is not None:
            self.entered.emit(row.id)

    def _draw_clear(self) -> None:
        clear = self.search.findChild(QAction, "_q_qlineeditclearaction")
        if clear is not None:  # Qt's own cross is black in every theme
            clear.setIcon(icons.icon("x", self._holder.theme.color("muted")))

    @Slot()
    def _recolour(self) -> None:
        self._draw_clear()
        self.list.viewport().update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """From the search field: arrows and Enter go to the list, Esc clears."""
        if (
            watched is self.search
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
        ):
            key = event.key()
            if key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if self._timer.isActive():
                    self._timer.stop()
                    self._search_now()
                self.list.setFocus(Qt.FocusReason.TabFocusReason)
                if not self.list.currentIndex().isValid():
                    self.select_first()
                return True
            if key == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)
