"""Above the calendar: what is shown, the way through it, month or week, the zone of its times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QHBoxLayout

from journal_app.gui.language import tr
from journal_app.gui.lists.places import ENTRIES
from journal_app.gui.publish.grid import PUBLICATION
from journal_app.gui.widgets import ElidedLabel, IconButton, IconLabel, button, label

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder

TURN = 700  # ms that something is held over an arrow before the page turns


class CalendarHead(QFrame):
    """`asked` says: back, on, today, month, week, draft."""

    asked = Signal(str)
    zone_chosen = Signal(str)

    def __init__(self, holder: ThemeHolder, zone: QComboBox) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setMinimumHeight(53)
        self.title = ElidedLabel("", "subtitle", hint=90)
        self.back = IconButton("chevron-left", tr("Back"), holder)
        self.on = IconButton("chevron-right", tr("Forward"), holder)
        for arrow, key in ((self.back, Qt.Key.Key_PageUp), (self.on, Qt.Key.Key_PageDown)):
            keys = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
            arrow.setToolTip(f"{arrow.toolTip()}\n{keys}")
        self.today = button(tr("Today"), lambda: self.asked.emit("today"), tip="T")
        self.month = button(tr("Month"), lambda: self.asked.emit("month"), tip="M")
        self.week = button(tr("Week"), lambda: self.asked.emit("week"), tip="W")
        both = QButtonGroup(self)
        for one in (self.month, self.week):
            one.setCheckable(True)
            both.addButton(one)
        self.month.setChecked(True)
        self.draft = button(
            tr("Schedule a draft …"), lambda: self.asked.emit("draft"), "primary", tip="N"
        )
        self.back.clicked.connect(lambda _checked=False: self.asked.emit("back"))
        self.on.clicked.connect(lambda _checked=False: self.asked.emit("on"))
        self._turning = ""
        self._turn = QTimer(self, interval=TURN)
        self._turn.timeout.connect(lambda: self.asked.emit(self._turning))
        for arrow in (self.back, self.on):  # what is dragged there turns the page
            arrow.setAcceptDrops(True)
            arrow.installEventFilter(self)
        self.zone = zone
        self.zone.setFixedWidth(170)
        self.zone.setToolTip(tr("Times are shown in this zone"))
        self.zone.textActivated.connect(self.zone_chosen.emit)
        field = self.zone.lineEdit()
        if field is not None:
            field.editingFinished.connect(lambda: self.zone_chosen.emit(self.zone.currentText()))
        self.offset = label("", "meta")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(6)
        row.addWidget(self.title, 1)
        row.addSpacing(6)
        row.addWidget(self.back)
        row.addWidget(self.on)
        row.addWidget(self.today)
        row.addSpacing(16)
        self._globe = IconLabel("globe", holder)
        row.addWidget(self._globe)
        row.addWidget(self.zone)
        row.addWidget(self.offset)
        row.addSpacing(8)
        row.addWidget(self.month)
        row.addWidget(self.week)
        row.addSpacing(8)
        row.addWidget(self.draft)

    def show_title(self, title: str, week: bool, offset: str) -> None:
        """Say what is shown, and what the zone is ahead of UTC."""
        self.title.set_text(title)
        self.offset.setText(offset)
        (self.week if week else self.month).setChecked(True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Turn the page while something is held over an arrow."""
        if isinstance(event, QDragEnterEvent):
            data = event.mimeData()
            if data.hasFormat(PUBLICATION) or data.hasFormat(ENTRIES):
                event.accept()
                self._turning = "back" if watched is self.back else "on"
                self._turn.start()
            return True
        if event.type() in (QEvent.Type.DragLeave, QEvent.Type.Drop, QEvent.Type.Hide):
            self._turn.stop()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow window the zone alone says what it is, and the key N does the rest."""
        super().resizeEvent(event)
        self._globe.setVisible(self.width() >= 960)
        self.offset.setVisible(self.width() >= 960)
        self.draft.setVisible(self.width() >= 880)
