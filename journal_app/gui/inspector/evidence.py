"""Evidence panel: the runs and eval results that the open entry stands on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QWidget

from journal_app.domain.entry import Entry, Link
from journal_app.errors import JournalError, NotFound
from journal_app.gui import vocabulary
from journal_app.gui.inspector.run_card import status_tone
from journal_app.gui.language import tr
from journal_app.gui.plain import tip
from journal_app.gui.vocabulary import said
from journal_app.gui.widgets import IconLabel, PanelFrame, button, clear_layout, label

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

ICONS = {
    "pass": "circle-check",
    "fail": "circle-x",
    "info": "loader",
    "muted": "circle-help",
    "stale": "circle-alert",
}
WIDE = 150  # pixels of a name


@dataclass(frozen=True, slots=True)
class Evidence:
    """One linked record: what it is called, its state, how it bears on the entry."""

    link: Link
    run_id: str | None
    title: str
    status: str
    tone: str
    named: bool = False  # the text names it; it is not linked as evidence


def gather(journal: Journal, entry: Entry) -> list[Evidence]:
    """What an entry links; a run that is not imported yet waits under the name it was given."""
    found: list[Evidence] = []
    for link in entry.links:
        if link.target_kind == "run":
            try:
                row = journal.experiments.run(link.target_id).row
            except NotFound:
                found.append(Evidence(link, None, link.target_id, tr("not imported yet"), "stale"))
            else:
                found.append(Evidence(link, row.id, row.name, row.status, status_tone(row.status)))
        elif link.target_kind == "eval":
            try:
                _, _, title = journal.experiments.resolve(f"eval:{link.target_id}")
            except NotFound:
                found.append(Evidence(link, None, link.target_id, tr("no longer there"), "stale"))
            else:
                found.append(Evidence(link, None, title, "eval result", "info"))
    linked = {one.run_id for one in found}
    for run in journal.links.runs(entry.id):
        if run.id not in linked:
            status = journal.experiments.run(run.id).row.status
            tone, link = status_tone(status), Link("run", run.id)
            found.append(Evidence(link, run.id, run.name, status, tone, named=True))
    return found


class EvidencePanel(PanelFrame):
    """A line per record: state, name, relation. A click opens the run; a menu unlinks it."""

    run_requested = Signal(str)

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder) -> None:
        super().__init__(tr("Evidence"))
        self._journal = journal
        self._jobs = jobs
        self._holder = holder
        self._entry: Entry | None = None
        self.body.setSpacing(2)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.link = button(tr("Link a run …"), self.choose, tip=tr("Say which run this is about"))
        outer = self.layout()
        assert outer is not None
        outer.addWidget(self.error)
        foot = QHBoxLayout()
        foot.addWidget(self.link)
        foot.addStretch(1)
        self.foot = QWidget()
        self.foot.setLayout(foot)
        foot.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.foot)

    def show_entry(self, entry: Entry | None) -> None:
        """Show what an entry stands on."""
        if entry is None or self._entry is None or entry.id != self._entry.id:
            clear_layout(self.body)
            self.set_meta("")
            self.error.hide()
        self._entry = entry
        if entry is None:
            return
        self._jobs.submit(
            "io",
            lambda _context: gather(self._journal, entry),
            on_done=lambda found: self._show(entry.id, found),
            on_error=self._failed,
        )

    def _show(self, id: str, found: list[Evidence]) -> None:
        if self._entry is None or self._entry.id != id:
            return
        clear_layout(self.body)
        linked = [one for one in found if not one.named]
        runs = sum(one.link.target_kind == "run" for one in linked)
        evals = len(linked) - runs
        counts = [(runs, vocabulary.runs(runs)), (evals, vocabulary.evals(evals))]
        self.set_meta(", ".join(words for n, words in counts if n))
        if not found:
            self.body.addWidget(
                label(
                    tr("No run is linked. A claim is worth what it stands on."), "muted", wrap=True
                )
            )
        for one in found:
            self.body.addLayout(self._line(one))

    def _line(self, one: Evidence) -> QHBoxLayout:
        line = QHBoxLayout()
        line.setSpacing(8)
        icon = IconLabel(ICONS.get(one.tone, "circle-help"), self._holder, one.tone)
        icon.setToolTip(tip(one.status))
        line.addWidget(icon)
        name = button("", lambda: self._open(one), "link", tip=f"{one.title}\n{said(one.status)}")
        bearing = tr("named in the text") if one.named else said(one.link.relation)
        name.setAccessibleName(f"{one.title}, {said(one.status)}, {bearing}")
        name.setText(name.fontMetrics().elidedText(one.title, Qt.TextElideMode.ElideMiddle, WIDE))
        line.addWidget(name, 1)
        if one.named:
            link = button(
                tr("Link"),
                lambda: self.link_run(one.link.target_id, "about"),
                "link",
                tip=tr("The text names this run. Link it as evidence"),
            )
            link.setAccessibleName(tr("Link {name} as evidence", name=one.title))
            line.addWidget(link)
            return line
        name.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        name.customContextMenuRequested.connect(lambda at: self._menu(name, at, one))
        relation: QLabel = label(said(one.link.relation), "muted")
        line.addWidget(relation)
        return line

    def _open(self, one: Evidence) -> None:
        if one.run_id is not None:
            self.run_requested.emit(one.run_id)

    def _menu(self, name: QWidget, at: QPoint, one: Evidence) -> None:
        menu = QMenu(name)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        action = QAction(tr("Remove this link"), menu)
        action.triggered.connect(lambda: self.unlink(one))
        menu.addAction(action)
        menu.popup(name.mapToGlobal(at))

    def unlink(self, one: Evidence) -> None:
        """Take a link away; the record stays."""
        entry = self._entry
        if entry is not None:
            service = self._journal.entries
            kind, target = one.link.target_kind, one.link.target_id
            self._jobs.submit(
                "store",
                lambda _context: service.unlink(entry.id, kind, target),
                on_error=self._failed,
            )

    def link_run(self, run_id: str, relation: str) -> None:
        """Link a run to the open entry."""
        entry = self._entry
        if entry is not None:
            service = self._journal.entries
            self._jobs.submit(
                "store",
                lambda _context: service.link(entry.id, f"run:{run_id}", relation),
                on_error=self._failed,
            )

    def choose(self) -> None:
        """Ask which run this is about, and link it."""
        from journal_app.gui.dialogs.link import LinkDialog

        dialog = LinkDialog(self._journal, self._jobs, self.window())
        dialog.chosen.connect(self.link_run)
        dialog.open()

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, JournalError):
            raise error
        self.error.setText(f"{error.message} {error.hint}".strip())
        self.error.show()
