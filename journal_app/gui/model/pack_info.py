"""What is known of one pack: gate, figures, origin, digests, licence in full; and its buttons."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain import model_gate
from journal_app.gui.flow import FlowBox
from journal_app.gui.language import tr, trn
from journal_app.gui.model import words
from journal_app.gui.model.fact_grid import FactGrid
from journal_app.gui.model.pack_rows import chips
from journal_app.gui.model.work_strip import WorkStrip
from journal_app.gui.widgets import Chip, ElidedLabel, button, clear_layout, flush, label, scrolled

if TYPE_CHECKING:
    from journal_app.domain.model_gate import EvalRecord
    from journal_app.gui.model.facts import PackFacts
    from journal_app.gui.model.pack_work import Work
    from journal_app.gui.theme import ThemeHolder

LICENCE = 240  # px of the licence's text, when it is open


class PackInfo(QWidget):
    """The pane at the right of the packs. `asked` carries what a button wants of the pack."""

    asked = Signal(str)  # install | evaluate | use | verify | remove | cancel

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__()
        self._pack: PackFacts | None = None
        self.title = label("", "subtitle", wrap=True)
        self.line = ElidedLabel("", "muted")
        self._chips = QHBoxLayout()
        self._chips.setSpacing(6)
        self.why = label("", "small", wrap=True)
        self.buttons: dict[str, QPushButton] = {}
        self._row = FlowBox()
        for id, text in (
            ("install", tr("Install")),
            ("evaluate", tr("Evaluate …")),
            ("use", tr("Use for writing")),
            ("verify", tr("Verify")),
            ("remove", tr("Remove …")),
        ):
            made = button(text, partial(self.asked.emit, id))
            made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.buttons[id] = made
        self._row.set_widgets(list(self.buttons.values()))
        self.work = WorkStrip(holder)
        self.work.cancelled.connect(lambda: self.asked.emit("cancel"))
        self._facts = QVBoxLayout()
        self._facts.setSpacing(0)
        self.licence = button(tr("Show the licence"), self._show_licence, "link")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("role", "field")
        self.text.setFixedHeight(LICENCE)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Licence"))
        self.text.hide()
        page = QWidget()
        page.setProperty("role", "clear")
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(self.title)
        column.addWidget(self.line)
        column.addLayout(self._chips)
        column.addWidget(self.why)
        column.addSpacing(4)
        column.addWidget(self._row)
        column.addWidget(self.work)
        column.addSpacing(12)
        column.addLayout(self._facts)
        column.addWidget(flush(self.licence), 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.text)
        column.addStretch(1)
        area = scrolled(page)
        self._area = area
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def show_pack(self, pack: PackFacts) -> None:
        """Show a pack; the scroll stays when it is the same one."""
        other = self._pack is None or self._pack.id != pack.id
        self._pack = pack
        self.title.setText(pack.title)
        self.line.set_text(words.state_line(pack))
        clear_layout(self._chips)
        for word, tone in chips(pack):
            self._chips.addWidget(Chip(word, tone))
        self._chips.addStretch(1)
        why = "; ".join(pack.problems) or words.why(pack)
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self._set_buttons(pack)
        clear_layout(self._facts)
        self._facts.addWidget(FactGrid(_lines(pack)))
        if pack.last is not None:
            self._facts.addSpacing(16)
            told = tr("Last eval, on {device}", device=words.named(pack.last.identity.device))
            self._facts.addWidget(label(told, "heading", wrap=True))
            self._facts.addSpacing(4)
            self._facts.addWidget(FactGrid(_results(pack.last)))
        self._facts.addSpacing(16)
        there = pack.state == "installed"
        told = tr("What lies on the disk") if there else tr("What an install brings")
        self._facts.addWidget(label(told, "heading"))
        self._facts.addSpacing(4)
        self._facts.addWidget(FactGrid(_on_disk(pack)))
        self.licence.setVisible(bool(pack.licence_text))
        if other:
            self._area.verticalScrollBar().setValue(0)
            self._close_licence()

    def show_work(self, work: Work | None) -> None:
        """Show what is under way for the pack, or nothing."""
        self.work.show_work(work)
        for id, one in self.buttons.items():
            one.setEnabled(work is None and (id != "use" or self._usable()))

    def _usable(self) -> bool:
        return self._pack is not None and not self._pack.chosen

    def _set_buttons(self, pack: PackFacts) -> None:
        there = pack.state == "installed"
        fetched = not pack.imported  # what the catalogue knows can be fetched again
        install = tr("Install")
        if pack.fetch and not there:
            install = tr("Install · {size}", size=words.size(pack.fetch))
        if pack.state == "damaged":
            install = tr("Install again")
        self._say("install", install, fetched and not there)
        self._say("evaluate", tr("Evaluate …"), there and pack.writes)
        use = tr("Used for writing") if pack.chosen else tr("Use for writing")
        self._say("use", use, there and pack.writes)
        self._say("verify", tr("Verify"), there)
        self._say("remove", tr("Remove …"), there or pack.state == "damaged")
        first = "install" if fetched and not there else ""
        if there and pack.writes and pack.gate != "open":
            first = "evaluate"
        for id, one in self.buttons.items():
            role = "primary" if id == first else ""
            if one.property("role") != role:
                one.setProperty("role", role)
                one.style().unpolish(one)
                one.style().polish(one)
        self._row.arrange()

    def _say(self, id: str, text: str, shown: bool) -> None:
        self.buttons[id].setText(text)
        self.buttons[id].setAccessibleName(text)
        self.buttons[id].setVisible(shown)

    def _show_licence(self) -> None:
        if self.text.isVisibleTo(self):
            self._close_licence()
        elif self._pack is not None:
            self.text.setPlainText(self._pack.licence_text.strip())
            self.text.show()
            self._name_licence(tr("Hide the licence"))

    def _close_licence(self) -> None:
        self.text.hide()
        self._name_licence(tr("Show the licence"))

    def _name_licence(self, text: str) -> None:
        self.licence.setText(text)
        self.licence.setAccessibleName(text)


def _lines(pack: PackFacts) -> list[tuple[str, str]]:
    lines = [
        (tr("Name"), pack.id),
        (tr("Task"), words.task(pack.task)),
        (tr("Size"), words.size(pack.size)),
        (tr("Memory"), words.about(pack.memory)),
        (tr("Licence"), pack.licence or tr("not stated")),
        (tr("Origin"), pack.origin),
        (tr("Tried on"), ", ".join(pack.devices)),
        (tr("Gate asks"), "\n".join(_bound(name, bound) for name, bound in pack.thresholds)),
        (tr("Recorded evals"), "\n".join(pack.evals)),
    ]
    return [(name, value) for name, value in lines if value]


def _results(last: EvalRecord) -> list[tuple[str, str]]:
    return [
        (words.metric_label(metric), words.figure(metric, last.results[metric.name]))
        for metric in model_gate.METRICS
        if metric.name in last.results
    ]


def _on_disk(pack: PackFacts) -> list[tuple[str, str]]:
    lines = [
        (tr("Folder"), pack.folder),
        (tr("Digest"), words.breakable(pack.digest)),
        (trn("{n} file|{n} files", len(pack.files)), "\n\n".join(map(_file, pack.files))),
    ]
    return [(name, value) for name, value in lines if value]


def _bound(name: str, bound: float) -> str:
    metric = model_gate.BY_NAME[name]
    told = {"metric": words.metric_label(metric), "figure": words.figure(metric, bound)}
    if metric.better == "higher":
        return tr("{metric}: at least {figure}", **told)
    return tr("{metric}: at most {figure}", **told)


def _file(file: tuple[str, int, str]) -> str:
    name, count, digest = file
    return f"{name} · {words.size(count)}\n{words.breakable(digest)}"
