"""The graph of an entry in a window of its own: the picture, and the same as a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QWidget

from journal_app.domain.graph import Graph, layout
from journal_app.gui.dialogs.palette import CHOICE, ROW, Choice
from journal_app.gui.dialogs.palette_row import PaletteDelegate
from journal_app.gui.inspector.graph_view import RUN, GraphView, node_icon
from journal_app.gui.language import tr
from journal_app.gui.plain import tip
from journal_app.gui.widgets import EmptyState

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import JobContext, Jobs

Drawn = tuple[Graph, tuple[tuple[float, float], ...]]


def drawn(journal: Journal, entry_id: str, context: JobContext, most: int) -> Drawn:
    """The graph around an entry with its layout. Call in a worker."""
    graph = journal.links.graph(entry_id, most)
    return graph, layout(graph, context.check)


class GraphDialog(QDialog):
    """Choosing a line shows its node; Enter, a double click or a click in the picture opens it."""

    open_requested = Signal(str)
    run_requested = Signal(str)

    def __init__(
        self, journal: Journal, jobs: Jobs, holder: ThemeHolder, entry_id: str, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("What is linked around this entry"))
        self.resize(960, 620)
        self.view = GraphView(holder, large=True)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Linked entries and runs"))
        self.list.setItemDelegate(PaletteDelegate(holder, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setFixedWidth(264)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.empty = EmptyState(
            "waypoints",
            tr("This entry stands alone"),
            tr("Type [[ in its text to link another entry, or @ to name a run."),
            None,
            holder,
        )
        self.empty.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 12, 12, 12)
        row.setSpacing(12)
        row.addWidget(self.view, 1)
        row.addWidget(self.empty, 1)
        row.addWidget(self.list)
        self.list.setFocus()
        self.view.opened.connect(self._open)
        self.list.currentRowChanged.connect(self.view.choose)
        self.list.itemActivated.connect(self._activated)
        jobs.submit(
            "io",
            lambda context: drawn(journal, entry_id, context, 60),
            on_done=self._arrived,
        )

    def _arrived(self, found: Drawn) -> None:
        graph, places = found
        self.view.set_graph(graph, places)
        alone = len(graph.nodes) < 2
        self.view.setVisible(not alone)
        self.empty.setVisible(alone)
        for node in graph.nodes:
            title = node.title or tr("Untitled")
            item = QListWidgetItem(title)
            item.setData(CHOICE, Choice(f"{node.kind}:{node.id}", title, node_icon(node)))
            item.setSizeHint(QSize(100, ROW))
            item.setToolTip(tip(node.title))
            self.list.addItem(item)
        self.list.setCurrentRow(0)

    @Slot(QListWidgetItem)
    def _activated(self, item: QListWidgetItem) -> None:
        kind, _, id = item.data(CHOICE).key.partition(":")
        self._open(kind, id)

    @Slot(str, str)
    def _open(self, kind: str, id: str) -> None:
        self.accept()
        (self.run_requested if kind == RUN else self.open_requested).emit(id)
