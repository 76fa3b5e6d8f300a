"""The window "Publishing": what goes out when, what waits, what happened, each a page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from journal_app.gui import icons
from journal_app.gui.language import later, tr
from journal_app.gui.notice import Notice
from journal_app.gui.publish.acting import Acting
from journal_app.gui.tray import Toast

if TYPE_CHECKING:
    from journal_app.domain.changes import Change
    from journal_app.gui.notice import Way
    from journal_app.gui.window import MainWindow

SIZE = (1240, 780)
NAVIGATION = 152


class Page(Protocol):
    """What a page of the window has to have."""

    @property
    def first_focus(self) -> QWidget:
        """What takes the keyboard when it is shown."""
        ...

    def refresh(self) -> None:
        """Read again what it shows."""
        ...

    def stale(self, nouns: set[str]) -> None:
        """These kinds of things changed."""
        ...


@dataclass(frozen=True, slots=True)
class PageKind:
    """A line of the navigation, and what makes its page when it is first shown."""

    key: str
    title: str
    icon: str
    make: Callable[[Acting], QWidget]  # a widget that is a Page


def _calendar(acting: Acting) -> QWidget:
    from journal_app.gui.publish.calendar_page import CalendarPage

    return CalendarPage(acting)


def _queue(acting: Acting) -> QWidget:
    from journal_app.gui.publish.queue_page import QueuePage

    return QueuePage(acting)


def _log(acting: Acting) -> QWidget:
    from journal_app.gui.publish.log_page import LogPage

    return LogPage(acting)


def _places(acting: Acting) -> QWidget:
    from journal_app.gui.publish.places_page import PlacesPage

    return PlacesPage(acting)


PAGES: tuple[PageKind, ...] = (
    PageKind("calendar", later("Calendar"), "calendar-days", _calendar),
    PageKind("queue", later("Queue"), "list-ordered", _queue),
    PageKind("log", later("Log"), "scroll-text", _log),
    PageKind("places", later("Places"), "map-pin", _places),
)


class PublishingWindow(QDialog):
    """Stays open beside the main window; a page is made when it is first shown."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setWindowTitle(tr("Publishing"))
        self.setMinimumSize(860, 520)
        room = window.screen().availableSize()
        self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 60))
        self.acting = Acting(window, self, self)
        self._made: dict[str, QWidget] = {}
        self.sections = QListWidget()
        self.sections.setObjectName("settingsSections")
        self.sections.setAccessibleName(tr("Pages"))
        self.sections.setFixedWidth(NAVIGATION)
        for kind in PAGES:
            self.sections.addItem(QListWidgetItem(tr(kind.title)))
        self.notice = Notice()
        self._strip = QWidget()
        strip = QVBoxLayout(self._strip)
        strip.setContentsMargins(16, 12, 16, 8)
        strip.addWidget(self.notice)
        self._strip.hide()
        self.notice.installEventFilter(self)
        self.pages = QStackedWidget()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._strip)
        right.addWidget(self.pages, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.sections)
        whole.addLayout(right, 1)
        self._toast: Toast | None = None
        window.holder.changed.connect(self._recolour)
        self._recolour()
        self.sections.currentRowChanged.connect(self._turned)
        window.refresher.changed.connect(self._stale)

    # ------------------------------------------------------------------ pages

    def show_page(self, key: str = "calendar") -> None:
        """Open the window at a page."""
        line = next(n for n, kind in enumerate(PAGES) if kind.key == key)
        if self.sections.currentRow() == line:
            self._turned(line)
        self.sections.setCurrentRow(line)
        self.show()
        self.raise_()
        self.activateWindow()
        self.page(key).first_focus.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def key(self) -> str:
        """The page that is shown."""
        return PAGES[max(0, self.sections.currentRow())].key

    def page(self, key: str) -> Page:
        """A page; made when it is first asked for."""
        made = self._made.get(key)
        if made is None:
            kind = next(one for one in PAGES if one.key == key)
            made = self._made[key] = kind.make(self.acting)
            self.pages.addWidget(made)
        return made  # type: ignore[return-value]  # a PageKind promises it

    @Slot(int)
    def _turned(self, line: int) -> None:
        page = self.page(PAGES[line].key)
        self.pages.setCurrentWidget(self._made[PAGES[line].key])
        page.refresh()

    @Slot(list)
    def _stale(self, changes: list[Change]) -> None:
        if self.isVisible():
            self.page(self.key).stale({change.noun for change in changes})

    # ------------------------------------------------------------------ telling

    def tell(self, level: str, text: str, ways: Sequence[Way] = ()) -> None:
        """Say something above the pages."""
        self._strip.show()
        self.notice.tell("act", level, text, ways)

    def tell_done(self, text: str, back: Callable[[], None] | None) -> None:
        """Say what was done; with a way back, there is a button for it."""
        self.notice.drop("act")
        if not self.isVisible():
            self._window.toast.tell(text, (tr("Undo"), back) if back else None)
            return
        self.toast.tell(text, (tr("Undo"), self.acting.undo) if back else None)

    @property
    def toast(self) -> Toast:
        """The line that tells what was done."""
        if self._toast is None:
            self._toast = Toast(self)
        return self._toast

    # ------------------------------------------------------------------ window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A line that was closed takes no room."""
        if watched is self.notice and event.type() == QEvent.Type.HideToParent:
            self._strip.hide()
        return super().eventFilter(watched, event)

    @Slot()
    def _recolour(self) -> None:
        colour = self._window.holder.theme.color("muted")
        for line, kind in enumerate(PAGES):
            self.sections.item(line).setIcon(icons.icon(kind.icon, colour))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what floats in its place."""
        super().resizeEvent(event)
        if self._toast is not None and self._toast.isVisible():
            self._toast.place()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what has the focus, it does not close."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)
