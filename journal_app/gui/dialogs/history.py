"""The versions of an entry: a list of them, what changed between two, restore and names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelection, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from journal_app.errors import JournalError
from journal_app.gui.dialogs.diff_view import DiffView
from journal_app.gui.dialogs.history_list import HeadDelegate, HeadModel
from journal_app.gui.language import tr
from journal_app.gui.lists.rows import row_list
from journal_app.gui.widgets import ElidedLabel, button, label

if TYPE_CHECKING:
    from journal_app.domain.diff import Block, Size
    from journal_app.domain.entry import Entry
    from journal_app.domain.revisions import Head
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

LIST = 300


class HistoryDialog(QDialog):
    """One revision chosen: what it changed. Two chosen (Ctrl): what lies between them."""

    restored = Signal(str, int, int)  # entry, its revision before, and the one taken back

    def __init__(
        self, journal: Journal, jobs: Jobs, holder: ThemeHolder, entry: Entry, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Versions of “{title}”", title=entry.title))
        self.resize(min(1080, parent.width() - 80), min(700, parent.height() - 80))
        self._journal, self._jobs, self._entry = journal, jobs, entry
        self._asked = 0
        self._closed = False
        self.model = HeadModel(journal, entry.id, self)
        self.list: QListView = row_list(tr("Versions"), self.model)
        self.list.setItemDelegate(HeadDelegate(holder, journal, self.list))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setFixedWidth(LIST)
        self.heading = ElidedLabel("", "heading")
        self.against = QComboBox()
        self.against.setAccessibleName(tr("Compare with"))
        self.against.addItem(tr("Against the one before"), "before")
        self.against.addItem(tr("Against the text as it is now"), "now")
        self.beside = QCheckBox(tr("Side by side"))
        self.whole = QCheckBox(tr("Whole text"))
        self.view = DiffView(holder)
        self.name = QLineEdit()
        self.name.setPlaceholderText(tr("Name this version to keep it for good"))
        self.name.setAccessibleName(tr("Name of this version"))
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.copy = button(tr("Copy text"), self._copy)
        self.restore = button(tr("Restore"), self._restore, "primary")
        self._lay_out()
        self.model.wanted.connect(self._measure)
        self.list.selectionModel().selectionChanged.connect(self._chosen)
        self.against.currentIndexChanged.connect(lambda _index: self._compare())
        self.beside.toggled.connect(self.view.set_beside)
        self.whole.toggled.connect(self.view.set_whole)
        self.name.editingFinished.connect(self._rename)
        self.model.load()
        self.list.setCurrentIndex(self.model.index(0))
        self.list.setFocus()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 10, 16, 10)
        head.setSpacing(12)
        head.addWidget(self.heading, 1)
        for part in (self.against, self.beside, self.whole):
            head.addWidget(part)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 10, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.name, 1)
        foot.addWidget(self.copy)
        foot.addWidget(button(tr("Close"), self.reject))
        foot.addWidget(self.restore)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(self.view, 1)
        right.addWidget(self.error)
        right.addLayout(foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addLayout(right, 1)

    def _heads(self) -> list[Head]:
        """The chosen revisions, the oldest first; of more than two the outermost."""
        lines = [index.row() for index in self.list.selectionModel().selectedIndexes()]
        found = sorted((self.model.head(line) for line in lines), key=lambda head: head.rev)
        return found if len(found) < 3 else [found[0], found[-1]]

    @Slot(QItemSelection, QItemSelection)
    def _chosen(self, _on: QItemSelection, _off: QItemSelection) -> None:
        heads = self._heads()
        one = len(heads) == 1
        for part in (self.restore, self.copy, self.name, self.against):
            part.setEnabled(one)
        self.name.setText(heads[0].named if one else "")
        self.restore.setEnabled(one and heads[0].rev != self._newest())
        self._compare()

    def _newest(self) -> int:
        return self.model.head(0).rev if self.model.rowCount() else 0

    def _compare(self) -> None:
        heads = self._heads()
        if not heads:
            return
        history, id = self._journal.history, self._entry.id
        self._asked += 1
        ticket, newest = self._asked, self._newest()
        first, last = heads[0].rev, heads[-1].rev
        now = self.against.currentData() == "now"

        def work(_context: object) -> tuple[int | None, int, list[Block]]:
            old, new = first, last if len(heads) == 2 else newest
            if len(heads) == 2 or now:
                return old, new, history.compare(id, old, new)
            before = history.before(id, last)
            return before, last, history.compare(id, before, last)

        self._jobs.submit(
            "io", work, on_done=lambda found: self._show(ticket, *found), on_error=self._failed
        )

    def _show(self, ticket: int, old: int | None, new: int, blocks: list[Block]) -> None:
        if ticket != self._asked or self._closed:
            return
        self.heading.set_text(
            tr("The first version") if old is None else tr("{old} → {new}", old=old, new=new)
        )
        self.view.show_blocks(blocks)

    @Slot(int)
    def _measure(self, rev: int) -> None:
        history, id = self._journal.history, self._entry.id

        def done(size: Size) -> None:
            if not self._closed:
                self.model.set_size(rev, size)

        def gone(error: Exception) -> None:
            if not isinstance(error, JournalError):  # an autosave may be replaced meanwhile
                raise error

        self._jobs.submit("io", lambda _c: history.size(id, rev), on_done=done, on_error=gone)

    def _copy(self) -> None:
        heads = self._heads()
        if len(heads) != 1:
            return
        found = self._journal.history.revision(self._entry.id, heads[0].rev)
        QGuiApplication.clipboard().setText(found.body)
        self.heading.set_text(tr("The text is on the clipboard."))

    def _restore(self) -> None:
        heads = self._heads()
        if len(heads) != 1:
            return
        history, id, rev, newest = (
            self._journal.history,
            self._entry.id,
            heads[0].rev,
            self._newest(),
        )

        def done(_entry: Entry) -> None:
            self.restored.emit(id, newest, rev)
            if not self._closed:
                self.accept()

        self.restore.setEnabled(False)
        self._jobs.submit(
            "store", lambda _c: history.restore(id, rev), on_done=done, on_error=self._failed
        )

    def _rename(self) -> None:
        heads = self._heads()
        if len(heads) != 1 or self.name.text().strip() == heads[0].named:
            return
        history, id, rev, name = (
            self._journal.history,
            self._entry.id,
            heads[0].rev,
            self.name.text().strip(),
        )

        def done(_head: Head) -> None:
            if not self._closed:
                self.error.hide()
                self.model.load()
                self.list.setCurrentIndex(self.model.index(max(0, self.model.line_of(rev))))

        self._jobs.submit(
            "store", lambda _c: history.name(id, rev, name), on_done=done, on_error=self._failed
        )

    def _failed(self, error: Exception) -> None:
        plain = error if isinstance(error, JournalError) else self._journal.explain(error)
        if plain is None:
            raise error
        if not self._closed:
            self.error.setText(f"{plain.message} {plain.hint}".strip())
            self.error.show()

    def done(self, result: int) -> None:
        """Answers that come after the dialog was closed are not shown."""
        self._closed = True
        super().done(result)
