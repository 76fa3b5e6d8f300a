"""Parts of a preflight report: a finding, a figure, and a gate with its score and threshold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from journal_app.domain.preflight import FIRM, Finding
from journal_app.gui.language import tr
from journal_app.gui.plain import breakable, spoken
from journal_app.gui.publish.words import Face
from journal_app.gui.theme import META, ui_font
from journal_app.gui.widgets import IconLabel, label

if TYPE_CHECKING:
    from journal_app.domain.gates import Gate, Verdict
    from journal_app.gui.theme import ThemeHolder

_LENGTH = re.compile(r"([\d,]+) (words?|characters?), about (\d+) min")
_LEVEL = re.compile(r"(.+): (\w+) reading ease (-?\d+)")
BAR, THICK = 26, 8  # px


def face(level: str) -> Face:
    """How a level is shown."""
    faces = {
        "error": ("fail", "circle-alert", tr("error")),
        "warning": ("stale", "triangle-alert", tr("warning")),
        "info": ("info", "info", tr("good to know")),
        "ok": ("pass", "circle-check", tr("fine")),
    }
    return Face(*faces.get(level, ("", "info", level)))


class FindingRow(QWidget):
    """What was found, where, and the way out; an error that may be so has a box for it."""

    taken = Signal(str, bool)

    def __init__(self, finding: Finding, holder: ThemeHolder, *, allowed: bool = False) -> None:
        super().__init__()
        self.finding = finding
        self.box: QCheckBox | None = None
        shown = face(finding.level)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(IconLabel(shown.icon, holder, shown.token, 14), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(breakable(spoken(finding.what)), wrap=True))
        if finding.where:
            words.addWidget(label(finding.where, "meta"))
        if finding.hint:
            words.addWidget(label(breakable(spoken(finding.hint)), "small", wrap=True))
        if finding.level == "error" and finding.code not in FIRM:
            box = self.box = QCheckBox(tr("I take this upon myself"))
            box.setAccessibleDescription(finding.what)
            box.setChecked(allowed)
            box.toggled.connect(lambda on: self.taken.emit(finding.id, on))
            words.addWidget(box)
        row.addLayout(words, 1)
        parts = (shown.word, finding.what, finding.where, finding.hint)
        self.setAccessibleName(". ".join(part for part in parts if part))


class Figure(QFrame):
    """A small number and what it counts."""

    def __init__(self, value: str, words: str) -> None:
        super().__init__()
        self.value, self.words = value, words
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(label(value, "number"))
        rows.addWidget(label(words, "meta", wrap=True))
        self.setAccessibleName(f"{value} {words}")


def figures(finding: Finding) -> list[tuple[str, str]]:
    """The figures that a finding tells, with their words; none for most."""
    if finding.code == "length" and (found := _LENGTH.match(finding.what)):
        unit = tr("words") if found[2].startswith("word") else tr("characters")
        return [(found[1], unit), (tr("{n} min", n=found[3]), tr("to read"))]
    if finding.code == "level" and (found := _LEVEL.match(finding.what)):
        return [(found[3], f"{tr(found[1])} ({found[2]})")]
    return []


class GateBar(QWidget):
    """A score on its scale with the threshold as a mark. The verdict is said beside it."""

    def __init__(self, verdict: Verdict, holder: ThemeHolder) -> None:
        super().__init__()
        self._holder = holder
        self._score, gate = verdict.score, verdict.gate
        self._passed, self._threshold = verdict.passed, gate.threshold
        self._low, self._high = scale(gate, verdict.score)
        self.setFixedHeight(BAR)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        score = tr("no score") if verdict.score is None else f"{verdict.score:g}"
        self.setAccessibleName(
            tr("Score {score}, threshold {rule}", score=score, rule=f"{gate.op} {gate.threshold:g}")
        )
        holder.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, BAR)

    def _x(self, value: float) -> float:
        part = (value - self._low) / (self._high - self._low)
        return max(0.0, min(1.0, part)) * (self.width() - 2) + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the scale, the score and the threshold."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._holder.theme
        place = QRectF(0, 3, self.width(), THICK)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("line"))
        painter.drawRoundedRect(place, THICK / 2, THICK / 2)
        if self._score is not None:
            painter.setBrush(theme.color("pass" if self._passed else "fail"))
            wide = max(float(THICK), self._x(self._score))
            painter.drawRoundedRect(QRectF(0, 3, wide, THICK), THICK / 2, THICK / 2)
        x = round(self._x(self._threshold))
        painter.setPen(QPen(theme.color("text"), 2))
        painter.drawLine(QPointF(x, 0), QPointF(x, THICK + 6))
        font = ui_font(META, tabular=True)
        painter.setFont(font)
        painter.setPen(theme.color("faint"))
        said = f"{self._threshold:g}"
        wide = painter.fontMetrics().horizontalAdvance(said)
        at = max(0.0, min(x - wide / 2, self.width() - wide))
        painter.drawText(QPointF(at, BAR - 1), said)
        painter.end()


def scale(gate: Gate, score: float | None) -> tuple[float, float]:
    """The ends of the scale that a gate's threshold and score are shown on."""
    values = [0.0, gate.threshold, *([score] if score is not None else [])]
    low, high = min(values), max(values)
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    room = (high - low) * 0.15
    return (low - room if low < 0 else 0.0), (high + room if high > 0 else 0.0)


class GateRow(QWidget):
    """A gate: its name, its rule, whether it is open, and the bar."""

    def __init__(self, verdict: Verdict, holder: ThemeHolder) -> None:
        super().__init__()
        gate, open = verdict.gate, verdict.passed
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        head = QHBoxLayout()
        head.setSpacing(10)
        icon, token = ("circle-check", "pass") if open else ("circle-alert", "fail")
        head.addWidget(IconLabel(icon, holder, token, 14), 0, Qt.AlignmentFlag.AlignTop)
        word = tr("open") if open else tr("shut")
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(label(breakable(f"{gate.name}: {word}"), wrap=True))
        words.addWidget(label(breakable(gate.rule), "meta", wrap=True))
        bar = GateBar(verdict, holder)
        words.addSpacing(2)
        words.addWidget(bar)
        words.addWidget(label(breakable(verdict.reason), "small", wrap=True))
        head.addLayout(words, 1)
        rows.addLayout(head)
        self.setAccessibleName(f"{gate.name}, {word}. {gate.rule}. {verdict.reason}")
