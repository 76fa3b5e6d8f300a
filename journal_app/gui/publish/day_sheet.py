"""A day in full: everything that goes out on it, and the way to schedule one more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSplitter, QVBoxLayout

from journal_app.gui.language import tr, trn
from journal_app.gui.lists.rows import row_list
from journal_app.gui.publish import words
from journal_app.gui.publish.item_detail import ItemDetail
from journal_app.gui.publish.item_rows import ItemDelegate, ItemModel
from journal_app.gui.publish.shown import start_of
from journal_app.gui.widgets import EmptyState, button, label

if TYPE_CHECKING:
    from journal_app.domain.changes import Change
    from journal_app.domain.publishing import QueueItem
    from journal_app.gui.publish.acting import Acting

SIZE = (820, 520)


class DaySheet(QDialog):
    """List at the left, the chosen publication at the right. Follows what changes."""

    def __init__(
        self, acting: Acting, day: date, tz: str, picked: str, schedule: Callable[[], object]
    ) -> None:
        super().__init__(acting.parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(words.long_day(day))
        self.resize(*SIZE)
        self._acting, self._day, self._tz, self._picked = acting, day, tz, picked
        self._over = False
        self.heading = label(words.long_day(day), "subtitle")
        self.count = label("", "muted")
        self.model = ItemModel(self)
        self.list = row_list(tr("Publications of the day"), self.model)
        self.list.setItemDelegate(ItemDelegate(acting.window.holder, self.list))
        self.list.setMinimumWidth(300)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.doubleClicked.connect(lambda _index: self._open())
        self.detail = ItemDetail(acting)
        self.empty = EmptyState(
            "calendar-days",
            tr("Nothing goes out on this day"),
            tr("A draft that is scheduled for it stands here."),
            (tr("Schedule a draft …"), schedule),
            acting.window.holder,
        )
        add = button(tr("Schedule a draft …"), schedule)
        head = QHBoxLayout()
        head.setContentsMargins(20, 14, 16, 10)
        head.setSpacing(10)
        head.addWidget(self.heading)
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(add)
        self.both = QSplitter()
        self.both.addWidget(self.list)
        self.both.addWidget(self.detail)
        self.both.setChildrenCollapsible(False)
        self.both.setHandleWidth(1)
        self.both.setSizes([400, SIZE[0] - 400])
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.both, 1)
        rows.addWidget(self.empty, 1)
        self.empty.hide()
        self.both.hide()
        acting.window.refresher.changed.connect(self._stale)
        self.refresh()

    def refresh(self) -> None:
        """Read the day again."""
        first = start_of(self._day, self._tz)
        last = start_of(self._day + timedelta(days=1), self._tz) - 1
        service = self._acting.window.journal.publishing
        self._acting.read(lambda: service.between(first, last), self._show)

    def _show(self, items: list[QueueItem]) -> None:
        if self._over:
            return
        self.model.show(items, self._acting.window.now())
        self.count.setText(trn("{n} post|{n} posts", len(items)) if items else "")
        self.both.setVisible(bool(items))
        self.empty.setVisible(not items)
        if not items:
            self.detail.show_item(None)
            return
        line = max(0, self.model.line_of(self._picked))
        self.list.setCurrentIndex(self.model.index(line))
        self.detail.show_item(self.model.item(line))
        self.list.setFocus()

    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        item = self.model.item(index.row())
        if item is not None and item.publication.id != self._picked:
            self._picked = item.publication.id
            self.detail.show_item(item)

    def _open(self) -> None:
        item = self.model.item(self.list.currentIndex().row())
        if item is not None:
            self.close()
            self._acting.open_post(item)

    def _stale(self, changes: list[Change]) -> None:
        if any(one.noun in ("publication", "target") for one in changes):
            self.refresh()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the post, Delete takes it off."""
        item = self.model.item(self.list.currentIndex().row())
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.list.hasFocus():
                self._open()
        elif event.key() == Qt.Key.Key_Delete and item is not None:
            button_ = self.detail.buttons.get("off")
            if button_ is not None:
                button_.click()
        else:
            super().keyPressEvent(event)

    def done(self, result: int) -> None:
        """Listen no more."""
        self._over = True
        self._acting.window.refresher.changed.disconnect(self._stale)
        super().done(result)
