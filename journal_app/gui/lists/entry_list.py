"""The list pane: search field, entries, and what to do where there are none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPoint,
    Qt,
    QTimer,
    Signal,
    Slot,
)
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal_app.gui import icons
from journal_app.gui.language import tr
from journal_app.gui.lists.bulk_bar import BulkBar
from journal_app.gui.lists.empty_words import ACTIONS, CAPTURE, CLEAR, DRAFTS, EMPTY, TODAY
from journal_app.gui.lists.entry_delegate import EntryDelegate
from journal_app.gui.lists.entry_model import EntryModel
from journal_app.gui.lists.list_keys import ListKeys, order_action, save_action
from journal_app.gui.lists.rows import place_below, row_list, search_above, search_field
from journal_app.gui.lists.selecting import Selection
from journal_app.gui.widgets import EmptyState

if TYPE_CHECKING:
    from journal_app.domain.views import View
    from journal_app.errors import JournalError
    from journal_app.gui.lists.search_hints import SearchHints
    from journal_app.gui.lists.searching import Searcher
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs
    from journal_app.store.search import Found

DEBOUNCE = 5  # ms between the last letter and the search, which a newer letter interrupts


class EntryList(QWidget):
    """Entries of a view or a search. Signals carry entry ids."""

    opened = Signal(str)  # shown in the editor
    entered = Signal(str)  # Enter or double click: the user wants to write
    capture_requested = Signal()
    place_requested = Signal(str)
    menu_asked = Signal(QPoint)
    trash_asked = Signal()
    renamed = Signal(str, str)  # entry, its new title
    files_dropped = Signal(list)
    save_asked = Signal()
    order_asked = Signal()

    def __init__(
        self,
        journal: Journal,
        jobs: Jobs,
        holder: ThemeHolder,
        now: Callable[[], int],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._journal, self._jobs, self._holder = journal, jobs, holder
        self._searcher: Searcher | None = None  # both are made when somebody searches
        self._hints: SearchHints | None = None
        self._to_first = False  # Enter was pressed before the answer came
        self._current: str | None = None
        self._order = "updated"
        self.setMinimumWidth(240)
        self.search = search_field(tr("Search all entries"), holder)
        self.model = EntryModel(journal, self)
        self.list = row_list(tr("Entries"), self.model)
        self.list.setItemDelegate(EntryDelegate(holder, now, self.list))
        self.list.selectionModel().currentChanged.connect(self._moved)
        self.list.activated.connect(self._entered)
        self.empty = EmptyState(*EMPTY["all"], (tr(CAPTURE), self._act), holder)
        self._stack = search_above(self, self.search, self.list, self.empty)
        self._arrange(holder)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DEBOUNCE)
        self._timer.timeout.connect(self._search_now)
        self.search.textChanged.connect(self._typed)
        self.search.installEventFilter(self)
        holder.changed.connect(self._recolour)
        self._draw_clear()

    def _arrange(self, holder: ThemeHolder) -> None:
        """What is done with one entry or with several at once."""
        self.picked = Selection(self._journal, self.list, self.model)
        self.bulk = BulkBar(holder, self)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(self.bulk)
        self.picked.changed.connect(self.bulk.show_count)
        self._keys = ListKeys(self.list, self.model)
        self._keys.menu_asked.connect(self.menu_asked)
        self._keys.trash_asked.connect(self.trash_asked)
        self._keys.renamed.connect(self.renamed)
        self._keys.files_dropped.connect(self.files_dropped)
        save_action(self.search, holder).triggered.connect(self.save_asked)
        order_action(self.search, holder).triggered.connect(self.order_asked)

    @property
    def order(self) -> str:
        """How the list is sorted: one of `views.ORDERS`."""
        return self._order

    def set_order(self, order: str) -> None:
        """Sort the list from now on; what is searched for is sorted by how well it fits."""
        if order != self._order:
            self._order = order
            if not self.model.query:
                self._show(self.model.view)

    def rename(self) -> None:
        """Rename the current entry in its line."""
        self._keys.rename()

    def enter(self) -> None:
        """Write in the current entry."""
        self._entered(self.list.currentIndex())

    def search_for(self, query: str) -> None:
        """Show what a search finds."""
        self.search.setText(query)

    def show_keys(self, keys: str) -> None:
        """Say what a search understands, and which keys go there."""
        words = tr('Words, "a phrase", -without, tag:x, kind:lesson')
        self.search.setToolTip(f"{words} ({keys})" if keys else words)

    @property
    def current(self) -> str | None:
        """The entry that is chosen."""
        return self._current

    def show_view(self, view: View) -> None:
        """Show a view from its top; a search ends."""
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.end_search()
        self._show(view)

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
        if self.model.query:
            self._searching.ask(self.model.query)
            return
        self.picked.keep()
        self._quietly(self._renew)
        self._current = kept
        if kept is not None:
            found = self.model.line_of(kept, (max(line, 0), max(line, 0) + 1))
            if found is not None:
                self._set_line(found, scroll=False)
        self.picked.put_back()
        bar.setValue(place)
        self._settle()

    def _show(self, view: View) -> None:
        self._quietly(lambda: self.model.show(replace(view, order=self._order)))
        self.list.scrollToTop()
        self._stay()

    def _stay(self) -> None:
        """Mark the chosen entry where the list still has it, and show what there is."""
        self._settle()
        if self._current is not None:
            found = self.model.line_of(self._current)
            if found is not None:
                self._set_line(found, scroll=False)
        self.picked.put_back()

    @property
    def _searching(self) -> Searcher:
        if self._searcher is None:
            from journal_app.gui.lists.searching import Searcher

            self._searcher = Searcher(self._journal, self._jobs, self)
            self._searcher.found.connect(self._show_found)
            self._searcher.failed.connect(self._show_failure)
        return self._searcher

    @Slot(str, object)
    def _show_found(self, query: str, found: Found) -> None:
        from journal_app.gui.lists.searching import asks_nothing

        if not found.hits and asks_nothing(query):  # the list stays while `tag:` waits for its word
            if self._hints is not None:
                self._hints.say(found.hints)
            return
        again, place = query == self.model.query, self.list.verticalScrollBar().value()
        if again:
            self.picked.keep()
        self._quietly(lambda: self.model.show_found(query, found))
        if again:
            self.list.verticalScrollBar().setValue(place)
        else:
            self.list.scrollToTop()
        self._stay()
        if self._hints is not None:
            self._hints.say(found.hints)
        if self._to_first:
            self._to_first = False
            self.select_first()

    @Slot(object)
    def _show_failure(self, error: JournalError) -> None:
        if self._hints is not None:
            self._hints.say((error.message, error.hint))

    def end_search(self) -> None:
        """Ask no more: the words went away, or the window closes."""
        self._timer.stop()
        self._to_first = False
        if self._searcher is not None:
            self._searcher.stop()
        if self._hints is not None:
            self._hints.say(())

    def _help(self) -> None:
        """What helps with a search is there from the first look at the field."""
        if self._hints is None:
            from journal_app.gui.lists.search_hints import SearchHints

            entries = self._journal.entries
            self._hints = SearchHints(
                self.search, lambda: [tag for tag, _ in entries.tags(1000)], self._holder
            )
            place_below(self.search, self._hints.line)

    def _renew(self) -> None:
        self.model.refresh()
        self.list.selectionModel().clear()  # lines may hold other entries now
        self.list.viewport().update()

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
            found = tr("No entry holds “{words}”.", words=self.model.query)
            words = ("search", tr("Nothing found"), found)
            action = CLEAR
        elif self.model.view.tag:
            title = tr("Nothing under #{tag}", tag=self.model.view.tag.rstrip("/"))
            words = ("hash", title, tr("Write #tags in the text."))
        else:
            icon, title, text = EMPTY.get(self.model.view.section, EMPTY["all"])
            words = (icon, tr(title), tr(text))
        self.empty.set(*words, tr(action) if action else "")
        self._stack.setCurrentWidget(self.empty)

    def _act(self) -> None:
        if self.model.query:
            self.search.clear()
            self.search.setFocus()
        elif self.empty.action is not None and self.empty.action.text() == tr(DRAFTS):
            self.place_requested.emit("draft")
        elif self.empty.action is not None and self.empty.action.text() == tr(TODAY):
            self.place_requested.emit("daily")
        else:
            self.capture_requested.emit()

    @Slot(str)
    def _typed(self, _text: str) -> None:
        self._timer.start()

    @Slot()
    def _search_now(self) -> None:
        words = self.search.text()
        if words.strip():
            self._help()
            self._searching.ask(words)
        else:
            self.end_search()
            self._show(self.model.view)

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
        if watched is self.search and event.type() == QEvent.Type.FocusIn:
            self._help()
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
                if self._searcher is not None and self._searcher.busy:
                    self._to_first = True
                elif not self.list.currentIndex().isValid():
                    self.select_first()
                return True
            if key == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        return super().eventFilter(watched, event)
