"""One run of the gate in full: every figure with its threshold, what was judged, with what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from journal_app.domain import model_gate
from journal_app.gui import dates
from journal_app.gui.language import locale, tr
from journal_app.gui.model import words
from journal_app.gui.widgets import Chip, ElidedLabel, clear_layout, label, scrolled

if TYPE_CHECKING:
    from journal_app.domain.model_gate import EvalRecord, Metric
    from journal_app.gui.model.facts import Run

WIDTH = 288


class EvalDetail(QWidget):
    """The pane at the right of the runs."""

    def __init__(self) -> None:
        super().__init__()
        self.setFixedWidth(WIDTH)
        self.title = ElidedLabel("", "heading")
        self.chip = Chip("")
        page = QWidget()
        page.setProperty("role", "clear")
        self._body = QVBoxLayout()
        self._body.setSpacing(8)
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 4, 16, 16)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(self.title, 1)
        head.addWidget(self.chip)
        column.addLayout(head)
        column.addLayout(self._body)
        column.addStretch(1)
        area = scrolled(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def show_run(self, run: Run, now: int) -> None:
        """Show a run."""
        record = run.record
        self.title.set_text(dates.due_when(record.at, now))
        passed = tr("Passed") if record.passed else tr("Did not pass")
        self.chip.set(passed, "pass" if record.passed else "fail")
        clear_layout(self._body)
        for text in (*run.drift, *record.reasons):
            self._body.addWidget(label(text, "error" if text in run.drift else "", wrap=True))
        if run.changed:
            told = tr("Since the run before: {what}", what=", ".join(run.changed))
            self._body.addWidget(label(told, "small", wrap=True))
        self._body.addWidget(_figures(record))
        rule = QFrame()
        rule.setProperty("role", "rule")
        self._body.addWidget(rule)
        self._body.addWidget(_identity(record))


def _figures(record: EvalRecord) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(12)
    grid.setVerticalSpacing(6)
    row = 0
    for metric in model_gate.METRICS:
        if metric.name not in record.results:
            continue
        value = record.results[metric.name]
        name = words.metric_label(metric)
        grid.addWidget(label(name, "muted", wrap=True), row, 0, Qt.AlignmentFlag.AlignTop)
        told = words.figure(metric, value)
        kept = _kept(metric, value, record.thresholds.get(metric.name))
        figure = label(told, "" if kept is not False else "error")
        figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        asked = _asked(metric, record.thresholds.get(metric.name))
        figure.setAccessibleName(", ".join(part for part in (f"{name}: {told}", asked) if part))
        grid.addWidget(figure, row, 1, Qt.AlignmentFlag.AlignTop)
        if asked:
            row += 1
            small = label(asked, "small")
            small.setAlignment(Qt.AlignmentFlag.AlignRight)
            grid.addWidget(small, row, 0, 1, 2)
        row += 1
    grid.setColumnStretch(0, 1)
    return holder


def _kept(metric: Metric, value: float | None, bound: float | None) -> bool | None:
    """Whether a threshold is kept; None where there is none."""
    if bound is None:
        return None
    if value is None:
        return False
    return value >= bound if metric.better == "higher" else value <= bound


def _asked(metric: Metric, bound: float | None) -> str:
    if bound is None:
        return ""
    told = words.figure(metric, bound)
    if metric.better == "higher":
        return tr("at least {figure} is asked", figure=told)
    return tr("at most {figure} is allowed", figure=told)


def _identity(record: EvalRecord) -> QWidget:
    identity = record.identity
    seconds = locale().toString(record.seconds / 60, "f", 1)
    lines = [
        (tr("Pack"), identity.pack),
        (tr("Device"), words.named(identity.device)),
        (tr("Took"), tr("{n} min", n=seconds)),
        (tr("Prompt"), identity.prompt_version),
        (tr("Eval set"), identity.eval_set),
        (tr("Versions"), "\n".join(f"{name} {one}" for name, one in identity.versions.items())),
        (tr("Digest"), f"{identity.pack_digest[:16]} …" if identity.pack_digest else ""),
    ]
    holder = QWidget()
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, 0, 0, 0)
    rows.setSpacing(2)
    for name, value in lines:
        if value:
            rows.addWidget(label(name, "small"))
            text = label(value, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            text.setAccessibleName(f"{name}: {value}")
            rows.addWidget(text)
            rows.addSpacing(4)
    return holder
