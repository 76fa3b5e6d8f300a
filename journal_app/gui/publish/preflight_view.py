"""What the preflight found: in the way, worth a look, good to know; with what its user takes on."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from journal_app.domain.preflight import Report
from journal_app.errors import JournalError
from journal_app.gui.announce import announce
from journal_app.gui.language import number, tr, trn
from journal_app.gui.notice import Notice
from journal_app.gui.plain import spoken
from journal_app.gui.publish.asking import Asking
from journal_app.gui.publish.preflight_rows import Figure, FindingRow, GateRow, figures
from journal_app.gui.widgets import IconLabel, button, clear_layout, label, scrolled

if TYPE_CHECKING:
    from journal_app.domain.gates import Verdict
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import JobContext, Jobs

SHOWN = 60  # findings of a level


@dataclass(frozen=True, slots=True)
class Looked:
    """A report, the verdicts of the gates beside it, and whether links were asked too."""

    report: Report
    verdicts: tuple[Verdict, ...] = ()
    whole: bool = True


def counted(report: Report, allowed: Collection[str] = ()) -> str:
    """`2 errors, 3 warnings`; "" where there are none."""
    errors = len(report.errors(allowed))
    warnings = sum(1 for one in report.findings if one.level == "warning")
    parts = [trn("{n} error|{n} errors", errors)] if errors else []
    if warnings:
        parts.append(trn("{n} warning|{n} warnings", warnings))
    return ", ".join(parts)


class PreflightView(QWidget):
    """Looks through a post in a lane and shows what it found. `changed` tells of a new report and
    of each error that is taken on."""

    changed = Signal()

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder) -> None:
        super().__init__()
        self._journal, self._holder = journal, holder
        self.looked: Looked | None = None
        self._allowed: set[str] = set()
        self._subject = ("", "")
        self.asking = Asking(journal, jobs)
        self.notice = Notice()
        self.icon = IconLabel("shield-check", holder, "muted", 18)
        self.verdict = label(tr("Preflight"), "heading", wrap=True)
        self.again = button(tr("Look again"), self.look_again, "link")
        head = QHBoxLayout()
        head.setContentsMargins(20, 16, 16, 8)
        head.setSpacing(10)
        head.addWidget(self.icon)
        head.addWidget(self.verdict, 1)
        head.addWidget(self.again)
        told = QVBoxLayout()
        told.setContentsMargins(20, 0, 20, 0)
        told.addWidget(self.asking)
        told.addWidget(self.notice)
        inner = QWidget()
        inner.setProperty("role", "clear")
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(20, 8, 20, 16)
        self._rows.setSpacing(10)
        self._area = scrolled(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addLayout(told)
        whole.addWidget(self._area, 1)
        self.asking.changed.connect(self._look)
        self._look()

    # ------------------------------------------------------------------ looking

    def look(self, post: str, target: str, allowed: Collection[str] = ()) -> None:
        """Look through the present text of a post, as it would go to `target`."""
        self._subject = (post, target)
        self._allowed |= set(allowed)
        self.notice.hide()
        service = self._journal.preflight

        def work(context: JobContext) -> Looked:
            at = target or None
            verdicts = tuple(service.verdicts(post))
            context.emit(Looked(service.check(post, at, network=False), verdicts, whole=False))
            return Looked(service.check(post, at), verdicts)

        self.asking.run(
            tr("Looking at links, pictures, secrets and numbers …"),
            work,
            self.show_looked,
            self._failed,
            self._piece,
        )

    def look_again(self) -> None:
        """Look anew."""
        self.look(*self._subject)

    def stop(self) -> None:
        """Its dialog closes."""
        self.asking.stop()

    def show_report(self, post: str, target: str, report: Report) -> None:
        """Show a report that a service has refused with."""
        self._subject = (post, target)
        before = self.looked
        self.asking.stop()
        self.show_looked(Looked(report, before.verdicts if before is not None else ()))

    def _piece(self, piece: object) -> None:
        if isinstance(piece, Looked):
            self.show_looked(piece)

    def _failed(self, error: JournalError) -> None:
        self.notice.tell("preflight", "fail", spoken(f"{error.message} {error.hint}".strip()))
        self._look()

    # ------------------------------------------------------------------ what it says

    @property
    def allow(self) -> tuple[str, ...]:
        """The ids that the user takes upon themselves."""
        known = self.looked.report.findings if self.looked is not None else ()
        return tuple(one.id for one in known if one.id in self._allowed)

    @property
    def blocked(self) -> bool:
        """Whether something is known to stand in the way."""
        return self.looked is not None and not self.looked.report.ok(self._allowed)

    @property
    def summary(self) -> str:
        """`2 errors, 3 warnings`."""
        return "" if self.looked is None else counted(self.looked.report, self._allowed)

    def show_looked(self, looked: Looked) -> None:
        """Show what was found; boxes that are ticked stay so."""
        self.looked = looked
        clear_layout(self._rows)
        found = looked.report.findings
        numbers = [figure for one in found for figure in figures(one)]
        if numbers:
            row = QHBoxLayout()
            row.setSpacing(20)
            for value, words in numbers:
                row.addWidget(Figure(value, words))
            row.addStretch(1)
            self._rows.addLayout(row)
            self._rows.addSpacing(4)
        told = [one for one in found if not figures(one)]
        gates = {verdict.gate.name for verdict in looked.verdicts}
        for level, title in (
            ("error", tr("In the way")),
            ("gates", tr("Gates")),
            ("warning", tr("Worth a look")),
            ("info", tr("Good to know")),
            ("ok", tr("Fine")),
        ):
            if level == "gates":
                self._gates(title, looked)
                continue
            mine = [
                one for one in told if one.level == level and not (one.code == "gate" and gates)
            ]
            if not mine:
                continue
            self._heading(title, len(mine), level)
            for one in mine[:SHOWN]:
                line = FindingRow(one, self._holder, allowed=one.id in self._allowed)
                line.taken.connect(self._take)
                self._rows.addWidget(line)
            if len(mine) > SHOWN:
                self._rows.addWidget(label(tr("+{n} more", n=len(mine) - SHOWN), "small"))
        self._rows.addStretch(1)
        self._look()
        if looked.whole:
            announce(self, self.verdict.text())
        self.changed.emit()

    def _gates(self, title: str, looked: Looked) -> None:
        """The gates, those that are shut first."""
        if looked.verdicts:
            self._heading(title, len(looked.verdicts), "")
            for verdict in sorted(looked.verdicts, key=lambda one: one.passed):
                self._rows.addWidget(GateRow(verdict, self._holder))

    def _heading(self, title: str, n: int, level: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(label(title, "heading"))
        told = number(n)
        if level == "error":
            told = trn("{n} error|{n} errors", n)
        elif level == "warning":
            told = trn("{n} warning|{n} warnings", n)
        row.addWidget(label(told, "meta"))
        row.addStretch(1)
        self._rows.addLayout(row)

    def _take(self, id: str, on: bool) -> None:
        if on:
            self._allowed.add(id)
        else:
            self._allowed.discard(id)
        self._look()
        self.changed.emit()

    def _look(self) -> None:
        """Say the verdict: a word and an icon."""
        self.again.setVisible(bool(self._subject[0]) and not self.asking.busy)
        if self.looked is None:
            busy = self.asking.busy
            text = tr("Preflight") if not busy else tr("Looking through the post …")
            self.verdict.setText(text)
            self.icon.set("shield-check", "muted")
            return
        errors = len(self.looked.report.errors(self._allowed))
        if errors:
            told = trn("{n} error stands in the way|{n} errors stand in the way", errors)
            self.icon.set("circle-alert", "fail")
        elif self.looked.report.errors():
            told = tr("Nothing else stands in the way")
            self.icon.set("shield-check", "stale")
        else:
            told = tr("Nothing stands in the way")
            self.icon.set("shield-check", "pass")
        self.verdict.setText(told)
