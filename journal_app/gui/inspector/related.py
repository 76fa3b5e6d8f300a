"""Related panel: what links the open entry, what it links, who only says its title, what is like
it, and a small picture of all that."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent, QShowEvent

from journal_app.errors import JournalError, NotFound
from journal_app.gui.icons import kind_icon
from journal_app.gui.inspector.graph_dialog import Drawn, drawn
from journal_app.gui.inspector.graph_view import RUN, GraphView
from journal_app.gui.inspector.related_rows import TitleLink, passage_row, section
from journal_app.gui.language import tr
from journal_app.gui.vocabulary import said
from journal_app.gui.widgets import PanelFrame, button, clear_layout, label

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry, Row
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import JobContext, Jobs
    from journal_app.services.links import Neighbour, Unlinked

MOST, FEW = 12, 4
AGAIN_MS = 400  # changes of the open entry come in crowds
LIKE_MS = 700  # what is like it is asked for when someone stays with an entry
NODES = 24  # of the small picture
ROOM = 24  # characters on each side of a place: two lines in all


@dataclass(frozen=True, slots=True)
class Near:
    """What was read about one entry."""

    back: Sequence[Neighbour]
    out: Sequence[Neighbour]
    unresolved: Sequence[str]
    unlinked: Sequence[Unlinked]
    drawn: Drawn


def near(journal: Journal, id: str, context: JobContext) -> Near:
    """Read everything that the panel shows at once. Call in a worker."""
    service = journal.links
    return Near(
        service.backlinks(id, MOST, ROOM),
        service.outgoing(id, MOST),
        service.unresolved(id)[:MOST],
        service.unlinked(id, FEW, ROOM),
        drawn(journal, id, context, NODES),
    )


class RelatedPanel(PanelFrame):
    """A line per entry: its kind as an icon, its title, the passage; a click opens it."""

    open_requested = Signal(str)
    run_requested = Signal(str)
    message = Signal(str, str)

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder) -> None:
        super().__init__(tr("Related"))
        self._journal = journal
        self._jobs = jobs
        self._holder = holder
        self._id = ""
        self._like: Sequence[tuple[Row, float]] = ()
        self._near: Near | None = None
        self._asked = False
        self.graph = GraphView(holder)
        self.graph.opened.connect(self._opened)
        self.graph.hide()
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self.graph)
        self.body.setSpacing(4)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(self._read)
        self._alike = QTimer(self, singleShot=True, interval=LIKE_MS)
        self._alike.timeout.connect(self._read_like)

    def show_entry(self, entry: Entry | None) -> None:
        """Show what is near an entry; the same one again is read anew soon."""
        if entry is None:
            self._id = ""
            self._clear()
            return
        if entry.id != self._id:
            self._clear()
            self._id = entry.id
            self._read()
        elif self.isVisible():
            self._again.start()
        if self.isVisible() and not self._asked:
            self._alike.start()

    def _clear(self) -> None:
        clear_layout(self.body)
        self.graph.hide()
        self._again.stop()
        self._alike.stop()
        self._like, self._near, self._asked = (), None, False

    def showEvent(self, event: QShowEvent) -> None:
        """Somebody looks: what is like the entry is looked for, and all of it is up to date."""
        super().showEvent(event)
        if self._id:
            self._again.start()
            if not self._asked:
                self._alike.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: nothing is read."""
        super().hideEvent(event)
        self._again.stop()
        self._alike.stop()

    # ------------------------------------------------------------------ reading

    @Slot()
    def _read(self) -> None:
        id = self._id
        self._jobs.submit(
            "io",
            lambda context: near(self._journal, id, context),
            on_done=lambda found: self._arrived(id, found),
            on_error=lambda error: self._failed(id, error),
        )

    @Slot()
    def _read_like(self) -> None:
        id, self._asked = self._id, True
        self._jobs.submit(
            "io",
            lambda _context: self._journal.similar.near(id, FEW + MOST),
            on_done=lambda found: self._arrived_like(id, found),
            on_error=lambda error: self._failed(id, error),
        )

    def _failed(self, id: str, error: Exception) -> None:
        plain = error if isinstance(error, JournalError) else self._journal.explain(error)
        if plain is None:
            raise error
        if id == self._id and not isinstance(plain, NotFound):
            self.message.emit(f"{plain.message} {plain.hint}".strip(), "stale")

    def _arrived(self, id: str, found: Near) -> None:
        if id == self._id:
            self._near = found
            self._show()

    def _arrived_like(self, id: str, found: Sequence[tuple[Row, float]]) -> None:
        if id == self._id:
            self._like = found
            self._show()

    # ------------------------------------------------------------------ showing

    def _show(self) -> None:
        found = self._near
        if found is None:
            return
        clear_layout(self.body)
        if found.back:
            section(self.body, tr("Linked from"))
            for one in found.back:
                self._neighbour(one, incoming=True)
        if found.out or found.unresolved:
            section(self.body, tr("Links"))
            for one in found.out:
                self._neighbour(one, incoming=False)
            for name in found.unresolved:
                self._unresolved(name)
        if found.unlinked:
            section(self.body, tr("Says this title without a link"))
            for place in found.unlinked:
                self._place(place)
        known = {one.row.id for one in (*found.back, *found.out)}
        known |= {place.row.id for place in found.unlinked}
        alike = [row for row, _score in self._like if row.id not in known][:FEW]
        if alike:
            section(self.body, tr("Similar"))
            for row in alike:
                self._title(row, "")
        if not self.body.count():
            self.body.addWidget(
                label(
                    tr("Nothing yet. Type [[ in the text to link another entry."),
                    "muted",
                    wrap=True,
                )
            )
        graph, places = found.drawn
        self.graph.setVisible(len(graph.nodes) > 1)
        self.graph.set_graph(graph, places)

    def _title(self, row: Row, how: str) -> None:
        self.body.addWidget(
            TitleLink(
                kind_icon(row.kind),
                row.title,
                how,
                partial(self.open_requested.emit, row.id),
                self._holder,
                said=said(row.kind),
            )
        )

    def _neighbour(self, one: Neighbour, *, incoming: bool) -> None:
        words = {
            "about": tr("about this"),
            "supports": tr("supports this"),
            "contradicts": tr("contradicts this"),
            "derived-from": tr("made out of this"),
        }
        how = words.get(one.relation, "") if incoming else said(one.relation)
        self._title(one.row, how)
        if one.passage is not None:
            self.body.addWidget(passage_row(one.passage))

    def _unresolved(self, name: str) -> None:
        make = button(tr("Create"), partial(self._create, name))
        make.setAccessibleName(tr("Create “{name}”", name=name))
        self.body.addWidget(
            TitleLink(
                "file-plus",
                name,
                tr("nothing is called so yet"),
                partial(self._create, name),
                self._holder,
                more=make,
            )
        )

    def _place(self, place: Unlinked) -> None:
        link = button(tr("Link"), partial(self._link, place))
        link.setAccessibleName(tr("Make it a link in “{title}”", title=place.row.title))
        self.body.addWidget(
            TitleLink(
                kind_icon(place.row.kind),
                place.row.title,
                "",
                partial(self.open_requested.emit, place.row.id),
                self._holder,
                said=said(place.row.kind),
                more=link,
            )
        )
        self.body.addWidget(passage_row(place.passage))

    # ------------------------------------------------------------------ doing

    def _create(self, name: str) -> None:
        id, entries = self._id, self._journal.entries
        self._jobs.submit(
            "store",
            lambda _context: entries.create("", title=name),
            on_done=lambda made: self.open_requested.emit(made.id),
            on_error=lambda error: self._failed(id, error),
        )

    def _link(self, place: Unlinked) -> None:
        id, service = self._id, self._journal.links
        self._jobs.submit(
            "store",
            lambda _context: service.link_place(place, id),
            on_error=lambda error: self._failed(id, error),
        )

    @Slot(str, str)
    def _opened(self, kind: str, id: str) -> None:
        if kind == RUN:
            self.run_requested.emit(id)
        elif id != self._id:
            self.open_requested.emit(id)
