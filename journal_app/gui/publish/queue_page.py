"""The page "Queue": what waits by due time, one of it in full, and the slots that it is dealt
into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from journal_app.gui.language import number, tr, trn
from journal_app.gui.publish import drafts, words
from journal_app.gui.publish.item_detail import ItemDetail
from journal_app.gui.publish.item_rows import ItemModel
from journal_app.gui.publish.queue_list import QueueList, in_queue, position
from journal_app.gui.publish.slots_part import SlotsPart
from journal_app.gui.widgets import EmptyState, button, label

if TYPE_CHECKING:
    from journal_app.domain.cadence import Shift
    from journal_app.domain.publishing import QueueItem
    from journal_app.gui.publish.acting import Acting

STEP = 500  # publications that are read at once
MINUTE = 60_000  # ms between two looks at the clock


class QueuePage(QWidget):
    """Two parts: what waits, and slots with closed days."""

    def __init__(self, acting: Acting) -> None:
        super().__init__()
        self._acting, self._window = acting, acting.window
        self._limit, self._asked = STEP, 0
        self._items: list[QueueItem] = []
        self.count = label("", "muted")
        self.target = QComboBox()
        self.target.setAccessibleName(tr("Place"))
        self.target.setMinimumWidth(150)
        self.target.activated.connect(lambda _n: self._filter())
        self.waiting = button(tr("Waiting"), lambda: self.show_part("waiting"))
        self.slots = button(tr("Slots and closed days"), lambda: self.show_part("slots"))
        both = QButtonGroup(self)
        for one in (self.waiting, self.slots):
            one.setCheckable(True)
            both.addButton(one)
        self.waiting.setChecked(True)
        self.add = button(tr("Queue a draft …"), self.ask_draft, "primary")
        self.model = ItemModel(self)
        self.list = QueueList(self.model, self._window.holder)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.put.connect(self._put)
        self.list.opened.connect(self._open)
        self.list.taken_off.connect(self._take_off)
        self.list.menu_asked.connect(self._menu)
        self.model.more_wanted.connect(self._more)
        self.detail = ItemDetail(acting)
        self._part: SlotsPart | None = None
        self.empty = EmptyState(
            "calendar-clock",
            tr("Nothing waits to go out"),
            tr("What is scheduled stands here until it is out; so does what needs you."),
            (tr("Schedule a draft …"), self._to_calendar),
            self._window.holder,
        )
        self._lay_out()
        self._clock = QTimer(self, interval=MINUTE)
        self._clock.timeout.connect(self.refresh)

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("role", "bar")
        head.setMinimumHeight(53)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(label(tr("Queue"), "subtitle"))
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.target)
        row.addSpacing(8)
        row.addWidget(self.waiting)
        row.addWidget(self.slots)
        row.addSpacing(8)
        row.addWidget(self.add)
        self.both = QSplitter()
        self.both.addWidget(self.list)
        self.both.addWidget(self.detail)
        self.both.setChildrenCollapsible(False)
        self.both.setHandleWidth(1)
        self.both.setSizes([560, 520])
        self.list.setMinimumWidth(280)
        self.detail.setMinimumWidth(260)
        self.parts = QStackedWidget()
        for part in (self.both, self.empty):
            self.parts.addWidget(part)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(head)
        rows.addWidget(self.parts, 1)

    @property
    def first_focus(self) -> QWidget:
        """What takes the keyboard when the page is shown."""
        return self.list if self.waiting.isChecked() else self.slots

    @property
    def part(self) -> SlotsPart:
        """Slots and closed days, made when they are first looked at."""
        if self._part is None:
            self._part = SlotsPart(self._acting)
            self.parts.addWidget(self._part)
        return self._part

    def show_part(self, part: str) -> None:
        """Show what waits, or the slots."""
        (self.slots if part == "slots" else self.waiting).setChecked(True)
        self.target.setVisible(part != "slots")
        self.count.setVisible(part != "slots")
        self.refresh()

    # ------------------------------------------------------------------ what is shown

    def refresh(self) -> None:
        """Read the part that is shown again."""
        if self.slots.isChecked():
            self.parts.setCurrentWidget(self.part)
            self.part.refresh()
            return
        service, limit = self._window.journal.publishing, self._limit
        self._asked += 1
        asked = self._asked

        def arrived(items: list[QueueItem]) -> None:
            if asked == self._asked:
                self._show(items)

        self._acting.read(lambda: service.queue(limit), arrived)

    def _more(self) -> None:
        self._limit += 4 * STEP
        self.refresh()

    def _show(self, items: list[QueueItem]) -> None:
        self._items = items
        names = sorted({one.publication.target for one in items})
        chosen = self.target.currentData()
        self.target.clear()
        self.target.addItem(tr("All places"), "")
        for name in names:
            self.target.addItem(name, name)
        self.target.setCurrentIndex(max(0, self.target.findData(chosen)))
        self.target.setVisible(len(names) > 1 and self.waiting.isChecked())
        self._filter()

    def _filter(self) -> None:
        wanted = self.target.currentData() or ""
        shown = [one for one in self._items if wanted in ("", one.publication.target)]
        before = self.list.current
        more = len(self._items) >= self._limit
        self.model.show(shown, self._window.now(), more=more)
        said = number(len(shown)) + ("+" if more else "")
        self.count.setText(said if shown else "")
        if self.waiting.isChecked():
            self.parts.setCurrentWidget(self.both if shown else self.empty)
        line = self.model.line_of(before.publication.id) if before is not None else 0
        if shown:
            self.list.setCurrentIndex(self.model.index(max(0, line)))
        self.detail.show_item(self.list.current)

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.detail.show_item(self.model.item(index.row()))

    # ------------------------------------------------------------------ acts

    def _open(self) -> None:
        item = self.list.current
        if item is not None:
            self._acting.open_post(item)

    def _take_off(self) -> None:
        item = self.list.current
        if item is not None and "off" in self.detail.buttons:
            self._acting.take_off(item)

    def ask_draft(self) -> None:
        """Ask for a draft and give it the next free slot."""
        drafts.ask(
            self._acting,
            tr("Put into the queue"),
            tr("Put into the queue"),
            lambda id: self._acting.moving.enqueue(id, lambda: self.show_part("slots")),
        )

    def _to_calendar(self) -> None:
        self._window.acts.publishing.show("calendar")

    @Slot(str, int)
    def _put(self, id: str, place: int) -> None:
        """Give a place in the queue; everything behind it is dealt into other slots."""
        service = self._window.journal.cadence
        before = position(self.model.items, id)

        def back() -> None:
            self._acting.store(
                lambda: service.move(id, before),
                lambda _shifts: self._acting.tell_done(tr("The order is as it was."), None),
            )

        def done(shifts: list[Shift]) -> None:
            if not shifts:
                self._acting.tell_done(tr("It stays in its place."), None)
                return
            mine = next((one for one in shifts if one.id == id), shifts[0])
            when = words.moment(mine.after, self._window.now())
            text = tr("“{title}” goes out {when}", title=mine.title, when=when)
            others = len(shifts) - 1
            if others:
                moved = trn("{n} other moved|{n} others moved", others)
                text = f"{text}; {moved}"
            self._acting.tell_done(text, back)

        self._acting.store(lambda: service.move(id, place), done)

    @Slot(QPoint)
    def _menu(self, at: QPoint) -> None:
        item = self.list.current
        if item is None:
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for made in self.detail.buttons.values():
            menu.addAction(made.text(), made.click)
        if in_queue(item):
            menu.addSeparator()
            id = item.publication.id
            place = position(self.model.items, id)
            menu.addAction(tr("Earlier in the queue"), lambda: self._put(id, max(1, place - 1)))
            menu.addAction(tr("Later in the queue"), lambda: self._put(id, place + 1))
        menu.popup(at)

    # ------------------------------------------------------------------ window

    def stale(self, nouns: set[str]) -> None:
        """Something changed."""
        if nouns & {"publication", "target", "entry", "cadence", "blackout"}:
            self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the clock while it is seen: what is late."""
        super().showEvent(event)
        self._clock.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen does not look."""
        super().hideEvent(event)
        self._clock.stop()
