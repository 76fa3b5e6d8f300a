"""The window "Models": packs, devices, evals, each a page; a line above them tells what ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QEvent, QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
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
from journal_app.gui.model import facts
from journal_app.gui.model.devices_page import DevicesPage
from journal_app.gui.model.evals_page import EvalsPage
from journal_app.gui.model.packs_page import PacksPage
from journal_app.gui.notice import Notice, Way
from journal_app.gui.plain import spoken

if TYPE_CHECKING:
    from journal_app.domain.changes import Change
    from journal_app.gui.model.facts import PackFacts
    from journal_app.gui.model.pack_work import PackWork
    from journal_app.gui.window import MainWindow

Page = Literal["packs", "devices", "evals"]
PAGES: dict[Page, tuple[str, str]] = {
    "packs": (later("Packs"), "package"),
    "devices": (later("Devices"), "cpu"),
    "evals": (later("Evals"), "chart-line"),
}
SIZE = (1180, 740)
NAVIGATION = 152


class ModelsWindow(QDialog):
    """Stays open beside the main window; what runs goes on when it is closed."""

    def __init__(self, window: MainWindow, work: PackWork) -> None:
        super().__init__(window)
        self._window, self._work = window, work
        self.setWindowTitle(tr("Models"))
        self.setMinimumSize(820, 480)
        room = window.screen().availableSize()
        self.resize(min(SIZE[0], room.width() - 40), min(SIZE[1], room.height() - 60))
        self.sections = QListWidget()
        self.sections.setObjectName("settingsSections")
        self.sections.setAccessibleName(tr("Pages"))
        self.sections.setFixedWidth(NAVIGATION)
        for title, _icon in PAGES.values():
            self.sections.addItem(QListWidgetItem(tr(title)))
        self.notice = Notice()
        self.packs = PacksPage(window, work)
        self.devices = DevicesPage(window)
        self.evals = EvalsPage(window, work, self.ask_evaluate)
        self.pages = QStackedWidget()
        for page in (self.packs, self.devices, self.evals):
            self.pages.addWidget(page)
        self._strip = QWidget()
        strip = QVBoxLayout(self._strip)
        strip.setContentsMargins(16, 12, 16, 0)
        strip.addWidget(self.notice)
        self._strip.hide()
        self.notice.installEventFilter(self)
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self._strip)
        right.addWidget(self.pages, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        left = QVBoxLayout()
        left.setSpacing(0)
        left.addWidget(self.sections, 1)
        whole.addLayout(left)
        whole.addLayout(right, 1)
        window.holder.changed.connect(self._recolour)
        self._recolour()
        self.sections.currentRowChanged.connect(self._turned)
        work.told.connect(self._told)
        work.ended.connect(self._ended)
        work.moved.connect(self._moved)
        self.devices.failed.connect(self._not_loaded)
        window.refresher.changed.connect(self._stale)

    def show_page(self, page: Page) -> None:
        """Open the window at a page."""
        line = list(PAGES).index(page)
        if self.sections.currentRow() == line:
            self._turned(line)
        self.sections.setCurrentRow(line)
        self.show()
        self.raise_()
        self.activateWindow()
        first = {"packs": self.packs.list, "evals": self.evals.table}.get(page, self.sections)
        first.setFocus()

    @property
    def page(self) -> Page:
        """The page that is shown."""
        return list(PAGES)[max(0, self.sections.currentRow())]

    def ask_evaluate(self) -> None:
        """Ask which pack is to be evaluated: the one that writes, or the first that can."""
        journal = self._window.journal
        self._window.jobs.submit(
            "io",
            lambda _context: facts.read_packs(journal),
            on_done=self._ask_evaluate,
            on_error=self._window.failed,
        )

    def _ask_evaluate(self, packs: list[PackFacts]) -> None:
        there = [one for one in packs if one.writes and one.state == "installed"]
        looked_at = self.evals.pack.currentData() if self.page == "evals" else ""
        there.sort(key=lambda one: (one.id != looked_at, not one.chosen))
        if there:
            self.packs.ask_evaluate(there[0])
            return
        writers = [one for one in packs if one.writes]
        told = tr("No writing pack is installed yet.")
        self.tell("info", told, (self._packs_way(),) if self.page != "packs" else ())
        if writers:
            self.packs.choose(writers[0].id)

    def _packs_way(self) -> Way:
        return tr("Show packs"), lambda: self.show_page("packs")

    @Slot(str, bool)
    def _not_loaded(self, text: str, missing: bool) -> None:
        self.tell("info" if missing else "fail", text, (self._packs_way(),) if missing else ())

    def tell(self, level: str, text: str, ways: Sequence[Way] = ()) -> None:
        """Say something above the pages."""
        self._strip.show()
        self.notice.tell("work", level, spoken(text), ways)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A line that was closed takes no room."""
        if watched is self.notice and event.type() == QEvent.Type.HideToParent:
            self._strip.hide()
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------ following

    @Slot(int)
    def _turned(self, line: int) -> None:
        self.pages.setCurrentIndex(line)
        self._refresh()

    def _refresh(self) -> None:
        pages: dict[Page, PacksPage | DevicesPage | EvalsPage] = {
            "packs": self.packs,
            "devices": self.devices,
            "evals": self.evals,
        }
        pages[self.page].refresh()

    @Slot(str, str, str)
    def _told(self, id: str, level: str, text: str) -> None:
        if self.isVisible():
            self.packs.choose(id)
            self.tell(level, text)
        else:
            self._window.tell(text, level)

    @Slot(str)
    def _moved(self, id: str) -> None:
        work = self._work.of(id)
        if work is not None and not work.total:  # it begins: what the last one told is past
            self.notice.drop("work")

    @Slot(str)
    def _ended(self, _id: str) -> None:
        if self.isVisible():
            self._refresh()

    @Slot(list)
    def _stale(self, changes: list[Change]) -> None:
        if not self.isVisible():
            return
        if any(one.noun == "preference" for one in changes):
            self.devices.show_settings()
        if any(one.noun in ("preference", "model_eval") for one in changes):
            self._refresh()

    @Slot()
    def _recolour(self) -> None:
        colour = self._window.holder.theme.color("muted")
        for line, (_title, icon) in enumerate(PAGES.values()):
            self.sections.item(line).setIcon(icons.icon(icon, colour))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what has the focus, it does not close."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)
