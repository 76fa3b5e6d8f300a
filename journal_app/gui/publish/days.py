"""What month and week have in common: a chosen day, a chosen publication, and the keys.

A view paints boxes over days; it holds no widget per day. It changes nothing by itself: what the
user wants is a signal, and the page does it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from journal_app.gui.announce import announce
from journal_app.gui.language import locale, tr, trn
from journal_app.gui.publish import words
from journal_app.gui.publish.pills import clock
from journal_app.gui.publish.shown import Free, Mark, Shown, week_of

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder


@dataclass(frozen=True, slots=True)
class Box:
    """Something that can be pointed at. `n` is how many more a "more" stands for."""

    area: QRectF
    kind: Literal["item", "free", "more"]
    day: date
    mark: Mark | None = None
    slot: Free | None = None
    n: int = 0


@dataclass(frozen=True, slots=True)
class Spot:
    """Where something is dropped: a day, a minute of it (-1: none is meant), the target of a free
    slot."""

    day: date
    minute: int = -1
    target: str = ""


def first_weekday() -> int:
    """The day that weeks begin with, as in ISO: 1 for Monday."""
    return locale().firstDayOfWeek().value


class Days(QAbstractScrollArea):
    """The base of the two views. `day` is the chosen day, `picked` the chosen publication."""

    turned = Signal(object)  # a day: it is chosen now, perhaps outside of what is shown
    opened = Signal(object, str)  # a day, and a publication or ""
    nudged = Signal(str, int, int)  # a publication, days, minutes
    moved = Signal(str, object)  # a publication, a Spot
    dropped = Signal(str, object)  # a draft, a Spot
    menu_asked = Signal(object, str, QPoint)  # a day, a publication or "", where on the screen
    wanted = Signal(str)  # month, week, today, draft, undo

    def __init__(self, holder: ThemeHolder, name: str) -> None:
        super().__init__()
        self.holder = holder
        self.day, self.today = date(2026, 1, 1), date(2026, 1, 1)
        self.minute_now = -1
        self.picked = ""
        self.shown = Shown(self.day, self.day, "UTC")
        self.by_key = False
        self._boxes: list[Box] | None = None
        self.hover: Box | None = None  # what is under the pointer
        self.over: Spot | None = None  # where what is dragged would fall
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setAcceptDrops(True)
        self.viewport().setMouseTracking(True)
        holder.changed.connect(self.viewport().update)

    # ------------------------------------------------------------------ what a view gives

    def layout_boxes(self) -> list[Box]:
        """Every box that can be pointed at, for the present size."""
        raise NotImplementedError

    def spot_at(self, at: QPointF) -> Spot | None:
        """The day (and minute) at a point; None where there is none."""
        raise NotImplementedError

    def step_keys(self) -> dict[Qt.Key, int]:
        """The days that an arrow moves by."""
        raise NotImplementedError

    def nudge_keys(self) -> dict[Qt.Key, tuple[int, int]]:
        """The days and minutes that Ctrl and an arrow move a publication by."""
        raise NotImplementedError

    def page(self, day: date, n: int) -> date:
        """The day a page further."""
        raise NotImplementedError

    def reveal(self) -> None:
        """Bring the chosen publication into sight."""

    # ------------------------------------------------------------------ what is shown

    def show_range(self, shown: Shown, today: date, minute: int) -> None:
        """Show these days; `minute` is the present one of `today`."""
        self.shown, self.today, self.minute_now = shown, today, minute
        mark = shown.mark(self.picked) if self.picked else None
        if mark is None:
            self.picked = ""
        else:
            self.day = mark.day  # it may have been moved, or be shown in another zone
        self.forget()

    def forget(self) -> None:
        """What was laid out does not hold any more."""
        self._boxes = None
        self.hover = None
        self.setAccessibleDescription(self.said())
        self.viewport().update()

    @property
    def boxes(self) -> list[Box]:
        """Every box, laid out when it is first needed."""
        if self._boxes is None:
            self._boxes = self.layout_boxes()
        return self._boxes

    def box_at(self, at: QPointF) -> Box | None:
        """The box at a point, the one on top first."""
        return next((box for box in reversed(self.boxes) if box.area.contains(at)), None)

    def choose(self, day: date, picked: str = "", *, tell: bool = True) -> None:
        """Choose a day, and a publication of it."""
        self.day, self.picked = day, picked
        self.forget()
        if tell:
            announce(self, self.said())
            self.turned.emit(day)
        if picked:
            self.reveal()

    def said(self) -> str:
        """The chosen day in words, or the chosen publication where there is one."""
        mark = self.shown.mark(self.picked) if self.picked else None
        day = self.shown.day(self.day)
        if mark is not None:
            place = tr("{n} of {all}", n=day.marks.index(mark) + 1, all=len(day.marks))
            return f"{place}: {words.said(mark.item, self.shown.tz)}"
        parts = [words.long_day(self.day)]
        if self.day == self.today:
            parts.append(tr("today"))
        if day.closed:
            parts.append(tr("closed: {name}", name=day.closed))
        if day.marks:
            parts.append(trn("{n} post|{n} posts", len(day.marks)))
            parts += [words.said(one.item, self.shown.tz) for one in day.marks[:3]]
        parts += [
            tr("free: {time} {target}", time=clock(one.minute), target=one.target)
            for one in day.free[:3]
        ]
        return ", ".join(parts)

    # ------------------------------------------------------------------ keys

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the day, Ctrl and arrows the publication; letters are the page's."""
        self.by_key = True
        if not self._take(event):
            super().keyPressEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        key, keys = Qt.Key(event.key()), event.modifiers()
        ctrl = bool(keys & Qt.KeyboardModifier.ControlModifier)
        shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        if ctrl and key == Qt.Key.Key_Z:
            self.wanted.emit("undo")
        elif ctrl and key in self.nudge_keys():
            if self.picked:
                self.nudged.emit(self.picked, *self.nudge_keys()[key])
            else:
                self._pick(1)  # what would be moved is chosen first
        elif ctrl or keys & Qt.KeyboardModifier.AltModifier:
            return False
        elif key in self.step_keys():
            self.choose(self.day + timedelta(days=self.step_keys()[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            week = week_of(self.day, first_weekday())
            self.choose(week + timedelta(days=0 if key == Qt.Key.Key_Home else 6))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.choose(self.page(self.day, 1 if key == Qt.Key.Key_PageDown else -1))
        elif key == Qt.Key.Key_Space:
            self._pick(-1 if shift else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.day, self.picked)
        elif key == Qt.Key.Key_Escape and self.picked:
            self.choose(self.day)
        elif not self._letter(key):
            return self._vertical(key)
        return True

    def _letter(self, key: Qt.Key) -> bool:
        letters = {
            Qt.Key.Key_M: "month",
            Qt.Key.Key_W: "week",
            Qt.Key.Key_T: "today",
            Qt.Key.Key_N: "draft",
        }
        if key in letters:
            self.wanted.emit(letters[key])
        return key in letters

    def _vertical(self, key: Qt.Key) -> bool:
        """Up and down where they move no day: the publication before or after."""
        if key not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return False
        self._pick(1 if key == Qt.Key.Key_Down else -1)
        return True

    def _pick(self, step: int) -> None:
        """Choose the next publication of the day, round and round."""
        ids = [mark.id for mark in self.shown.day(self.day).marks]
        if not ids:
            announce(self, tr("Nothing goes out on this day."))
            return
        at = ids.index(self.picked) + step if self.picked in ids else (0 if step > 0 else -1)
        self.choose(self.day, ids[at % len(ids)])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The ring shows only where the keyboard brought the focus."""
        self.by_key = event.reason() != Qt.FocusReason.MouseFocusReason
        self.viewport().update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No ring without the focus."""
        self.viewport().update()
        super().focusOutEvent(event)

    @property
    def ringed(self) -> bool:
        """Whether the chosen day wears the ring of the keyboard."""
        return self.by_key and self.hasFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self.forget()
