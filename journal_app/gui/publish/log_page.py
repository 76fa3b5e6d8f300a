"""The page "Log": what happened, the newest first, with receipts; it can be exported."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from journal_app.gui.language import number, tr, trn
from journal_app.gui.lists.rows import row_list, search_field
from journal_app.gui.publish import happened
from journal_app.gui.publish.log_detail import LogDetail
from journal_app.gui.publish.log_rows import LogDelegate, LogModel
from journal_app.gui.widgets import EmptyState, button, label

if TYPE_CHECKING:
    from journal_app.gui.publish.acting import Acting
    from journal_app.gui.publish.happened import Happening

DAYS = 90  # that are read at first
DAY = 24 * 3600 * 1000  # ms
TYPED = 120  # ms after the last letter
Format = Literal["json", "csv", "md"]
FORMATS: tuple[tuple[Format, str], ...] = (("json", "JSON"), ("csv", "CSV"), ("md", "Markdown"))


class LogPage(QWidget):
    """A list that is narrowed by words, place and kind, and the publication of the chosen line."""

    def __init__(self, acting: Acting) -> None:
        super().__init__()
        self._acting, self._window = acting, acting.window
        self._lines: list[Happening] = []
        self._all = False
        self._asked = 0
        self.count = label("", "muted")
        self.search = search_field(tr("Find in the log"), self._window.holder)
        self.search.setMaximumWidth(260)
        self.target, self.kind = QComboBox(), QComboBox()
        self.target.setAccessibleName(tr("Place"))
        self.kind.setAccessibleName(tr("What"))
        self.target.setMinimumWidth(130)
        self.kind.setMinimumWidth(150)
        for key, text in happened.KINDS.items():
            self.kind.addItem(tr(text), key)
        self.export = button(tr("Export …"), lambda: None)
        menu = QMenu(self.export)
        for key, text in FORMATS:
            menu.addAction(text, partial(self._ask_export, key))
        self.export.setMenu(menu)
        self.model = LogModel(self)
        self.list = row_list(tr("Log"), self.model)
        self.list.setItemDelegate(LogDelegate(self._window.holder, self.list))
        self.list.setMinimumWidth(280)
        self.detail = LogDetail(acting)
        self.detail.setMinimumWidth(260)
        self.older = button(tr("Read what is older"), self._read_all, "link")
        self.empty = EmptyState(
            "scroll-text",
            tr("Nothing happened yet"),
            tr("Every publication leaves its marks here: when it was approved, sent, seen."),
            (tr("Show everything"), self._read_all),
            self._window.holder,
        )
        self._lay_out()
        self._typed = QTimer(self, singleShot=True, interval=TYPED)
        self._typed.timeout.connect(self._filter)
        self.search.textChanged.connect(lambda _text: self._typed.start())
        self.target.activated.connect(lambda _n: self._filter())
        self.kind.activated.connect(lambda _n: self._filter())
        self.list.selectionModel().currentChanged.connect(self._chosen)

    def _lay_out(self) -> None:
        head = QFrame()
        head.setProperty("role", "bar")
        head.setMinimumHeight(53)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 10, 12, 10)
        row.setSpacing(8)
        row.addWidget(label(tr("Log"), "subtitle"))
        row.addWidget(self.count)
        row.addStretch(1)
        row.addWidget(self.search, 2)
        row.addWidget(self.target)
        row.addWidget(self.kind)
        row.addWidget(self.export)
        left = QWidget()
        lines = QVBoxLayout(left)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(0)
        lines.addWidget(self.list, 1)
        lines.addWidget(self.older, 0, Qt.AlignmentFlag.AlignHCenter)
        both = QSplitter()
        both.addWidget(left)
        both.addWidget(self.detail)
        both.setChildrenCollapsible(False)
        both.setHandleWidth(1)
        both.setSizes([600, 480])
        self.parts = QStackedWidget()
        self.parts.addWidget(both)
        self.parts.addWidget(self.empty)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(head)
        rows.addWidget(self.parts, 1)

    @property
    def first_focus(self) -> QWidget:
        """What takes the keyboard when the page is shown."""
        return self.list

    # ------------------------------------------------------------------ what is shown

    def refresh(self) -> None:
        """Read the log again: the last months, or all of it where that was asked for."""
        journal = self._window.journal
        since = 0 if self._all else self._window.now() - DAYS * DAY
        self._asked += 1
        asked = self._asked

        def arrived(lines: list[Happening]) -> None:
            if asked == self._asked:
                self._show(lines)

        self._acting.read(lambda: happened.read(journal, since), arrived)

    def _read_all(self) -> None:
        self._all = True
        self.search.clear()
        self.kind.setCurrentIndex(0)
        self.target.setCurrentIndex(0)
        self.refresh()

    def _show(self, lines: list[Happening]) -> None:
        self._lines = lines
        chosen = self.target.currentData()
        self.target.clear()
        self.target.addItem(tr("All places"), "")
        for name in happened.targets_of(lines):
            self.target.addItem(name, name)
        self.target.setCurrentIndex(max(0, self.target.findData(chosen)))
        self.older.setVisible(not self._all)
        self._filter()

    def _filter(self) -> None:
        text = self.search.text().strip().lower()
        target, kind = self.target.currentData() or "", self.kind.currentData() or ""
        found = [one for one in self._lines if one.fits(text, target, kind)]
        before = self.model.line(self.list.currentIndex().row())
        self.model.show(found, self._window.now())
        self.count.setText(number(len(found)) if found else "")
        narrowed = bool(text or target or kind)
        self.parts.setCurrentIndex(0 if found else 1)
        self.empty.set(
            "scroll-text",
            tr("Nothing fits") if narrowed else tr("Nothing happened yet"),
            tr("No line of the log has what is asked for.")
            if narrowed
            else tr("Every publication leaves its marks here: when it was approved, sent, seen."),
            "" if self._all and not narrowed else tr("Show everything"),
        )
        if found:
            self.list.setCurrentIndex(self.model.index(max(0, self.model.row_of(before))))
        self.detail.show_line(self.model.line(self.list.currentIndex().row()), again=True)

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.detail.show_line(self.model.line(index.row()))

    # ------------------------------------------------------------------ export

    def _ask_export(self, format: Format) -> None:
        name = str(Path.home() / f"publications.{format}")
        chosen, _ = QFileDialog.getSaveFileName(self, tr("Export the log"), name, f"*.{format}")
        if chosen:
            self.export_to(Path(chosen), format)

    def export_to(self, path: Path, format: Format) -> None:
        """Write the whole log into a file."""
        receipts = self._window.journal.receipts

        def done(n: int) -> None:
            lines = trn("{n} line|{n} lines", n)
            self._acting.tell_done(tr("{lines} written to {path}", lines=lines, path=path), None)

        self._acting.long(tr("Export the log"), lambda: receipts.export(path, format), done)

    # ------------------------------------------------------------------ window

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen looks for nothing."""
        super().hideEvent(event)
        self._typed.stop()

    def stale(self, nouns: set[str]) -> None:
        """Something changed."""
        if nouns & {"publication", "target", "receipt"}:
            self.refresh()
