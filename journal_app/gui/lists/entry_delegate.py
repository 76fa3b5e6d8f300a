"""Paints one row of the entry list: icon, title, date, two lines of text, one line of chips."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QPainter,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QStyleOptionViewItem

from journal_app.domain.entry import Row
from journal_app.domain.views import CLOSE, OPEN
from journal_app.gui import icons, vocabulary
from journal_app.gui.dates import short_when
from journal_app.gui.language import tr
from journal_app.gui.lists.entry_model import ROW, SNIPPET, TERMS
from journal_app.gui.lists.rows import RowDelegate
from journal_app.gui.theme import META, SMALL, Theme, ThemeHolder, ui_font
from journal_app.gui.vocabulary import said

PAD, GUTTER, TITLE_LINE, TEXT_LINE, CHIP = 10, 26, 20, 18, 18
HEIGHT = PAD + TITLE_LINE + 2 * TEXT_LINE + 4 + CHIP + PAD
STATUS = {
    "scheduled": ("scheduled", "info"),
    "claimed": ("sending", "info"),
    "sending": ("sending", "info"),
    "published": ("published", "pass"),
    "failed": ("failed", "fail"),
    "blocked": ("blocked", "fail"),
    "missed": ("missed", "stale"),
    "late": ("late", "stale"),
    "pushed": ("pushed", "info"),
    "unknown": ("unknown", "stale"),
}
_TAGS_AT_END = re.compile(r"(?:\s+#[^\W\d_][\w/-]*)+\s*$")  # the chips say them
_CENTRE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


@dataclass(frozen=True, slots=True)
class RowChip:
    """A word under a row; `tone` as in Chip."""

    text: str
    tone: str = ""


def chips_of(row: Row) -> list[RowChip]:
    """What a row's chips say: state first, then evidence, then tags."""
    chips: list[RowChip] = []
    if row.kind == "post":
        text, tone = STATUS.get(row.status, ("draft", ""))
        chips.append(RowChip(said(text), tone))
    if row.n_runs:
        chips.append(RowChip(vocabulary.runs(row.n_runs), "info"))
    if row.n_evals:
        chips.append(RowChip(vocabulary.evals(row.n_evals), "info"))
    chips += [RowChip(f"#{tag}") for tag in row.tags]
    return chips


def split_marks(snippet: str) -> tuple[str, list[tuple[int, int]]]:
    """A search snippet as plain text and the (start, length) of its found words."""
    text, spans, start = "", [], -1
    for letter in snippet:
        if letter == OPEN:
            start = len(text)
        elif letter == CLOSE:
            if start >= 0:
                spans.append((start, len(text) - start))
            start = -1
        else:
            text += letter
    return text, spans


def find_terms(text: str, terms: Iterable[str]) -> list[tuple[int, int]]:
    """Where the words of a search stand in a title."""
    low = text.lower()
    found = ((low.find(term.lower()), len(term)) for term in terms)
    return [(start, length) for start, length in found if start >= 0]


class EntryDelegate(RowDelegate):
    """Rows of one height; colours from the theme, nothing else."""

    def __init__(self, holder: ThemeHolder, now: Callable[[], int], parent: QObject) -> None:
        super().__init__(parent)
        self._holder, self._now = holder, now
        self._base, self._bold = ui_font(), ui_font(bold=True)
        self._small, self._meta = ui_font(SMALL, tabular=True), ui_font(META)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One height for every row."""
        return QSize(200, HEIGHT)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the row."""
        row = index.data(ROW)
        if not isinstance(row, Row):
            return
        theme = self._holder.theme
        area: QRect = option.rect
        painter.save()
        chosen = self.ground(painter, option, theme)
        inner = area.adjusted(14, PAD, -14, -PAD)
        rest = self._head(painter, inner, row, index.data(TERMS) or (), chosen, theme)
        text, spans = split_marks(_TAGS_AT_END.sub("", str(index.data(SNIPPET))))
        body = QRectF(inner.left() + GUTTER, inner.top() + TITLE_LINE, inner.width() - GUTTER, 0)
        lines = self._text(painter, body, text or rest, spans, theme)
        line = QRectF(
            body.left(), inner.top() + TITLE_LINE + lines * TEXT_LINE + 4, body.width(), CHIP
        )
        self._chips(painter, line, chips_of(row), theme)
        painter.restore()

    def _head(
        self,
        painter: QPainter,
        inner: QRect,
        row: Row,
        terms: tuple[str, ...],
        chosen: bool,
        theme: Theme,
    ) -> str:
        """Draw icon, title and date; the rest of a title that is all there is to say."""
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        colour = theme.color("accent" if chosen else "muted")
        icon = icons.pixmap(icons.kind_icon(row.kind), colour, 16, scale)
        painter.drawPixmap(inner.left(), inner.top() + 2, icon)
        date = short_when(row.updated_at, self._now())
        small = QFontMetrics(self._small)
        width = small.horizontalAdvance(date)
        painter.setFont(self._small)
        painter.setPen(theme.color("faint"))
        top = inner.top()
        painter.drawText(QRect(inner.right() - width + 1, top, width, TITLE_LINE), _CENTRE, date)
        room = inner.width() - GUTTER - width - 12
        title = row.title or tr("Untitled")
        shown, rest = self._first_line(title, room, whole=not row.excerpt)
        where = QRectF(inner.left() + GUTTER, top, room, TITLE_LINE)
        spans = find_terms(shown, terms)
        self._line(painter, where, shown, spans, self._bold, theme.color("text"), theme)
        return rest

    def _first_line(self, title: str, room: int, whole: bool) -> tuple[str, str]:
        """The title in one line, and what is left of it where nothing else is to be said."""
        metrics = QFontMetrics(self._bold)
        shown = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        if not whole or shown == title:
            return shown, ""
        cut = max(1, len(shown) - 1)
        space = title.rfind(" ", 1, cut)
        cut = space if space > 0 else cut
        return title[:cut].rstrip(), title[cut:].lstrip()

    def _line(
        self,
        painter: QPainter,
        where: QRectF,
        text: str,
        spans: list[tuple[int, int]],
        font: QFont,
        colour: QColor,
        theme: Theme,
    ) -> None:
        layout = _layout(text, font, spans, theme)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(1e6)
        layout.endLayout()
        painter.setPen(colour)
        layout.draw(painter, QPointF(where.x(), where.y() + (where.height() - line.height()) / 2))

    def _text(
        self,
        painter: QPainter,
        area: QRectF,
        text: str,
        spans: list[tuple[int, int]],
        theme: Theme,
    ) -> int:
        """Draw at most two lines; how many there were."""
        colour = theme.color("muted")
        layout = _layout(text, self._base, spans, theme)
        layout.beginLayout()
        first = layout.createLine()
        if not first.isValid():
            layout.endLayout()
            return 0
        first.setLineWidth(area.width())
        split = first.textStart() + first.textLength()
        layout.endLayout()
        lines = [text[:split].rstrip(), text[split:].lstrip()]
        offset = len(text) - len(text[split:].lstrip())
        lines[1] = QFontMetrics(self._base).elidedText(
            lines[1], Qt.TextElideMode.ElideRight, int(area.width())
        )
        for number, (line, start) in enumerate(zip(lines, (0, offset), strict=True)):
            inside = [
                (begin - start, min(length, start + len(line) - begin))
                for begin, length in spans
                if start <= begin < start + len(line)
            ]
            where = QRectF(area.x(), area.y() + number * TEXT_LINE, area.width(), TEXT_LINE)
            self._line(painter, where, line, inside, self._base, colour, theme)
        return 2 if lines[1] else 1 if lines[0] else 0

    def _chips(self, painter: QPainter, line: QRectF, chips: list[RowChip], theme: Theme) -> None:
        painter.setFont(self._meta)
        metrics = QFontMetrics(self._meta)
        x = line.left()
        for number, chip in enumerate(chips):
            left = len(chips) - number
            reserve = 34 if left > 1 else 0
            text = chip.text
            width = metrics.horizontalAdvance(text) + 16
            room = line.right() - x - reserve
            if width > room:
                if number and room < 72:
                    more = f"+{left}"
                    self._chip(painter, x, line, more, metrics, RowChip(more), theme)
                    return
                text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, int(room) - 16)
            x += self._chip(painter, x, line, text, metrics, chip, theme) + 6

    def _chip(
        self,
        painter: QPainter,
        x: float,
        line: QRectF,
        text: str,
        metrics: QFontMetrics,
        chip: RowChip,
        theme: Theme,
    ) -> float:
        width = metrics.horizontalAdvance(text) + 16
        box = QRectF(x + 0.5, line.top() + 0.5, width - 1, CHIP - 1)
        painter.setPen(theme.color(f"{chip.tone}-soft" if chip.tone else "line"))
        painter.setBrush(theme.color(f"{chip.tone}-soft" if chip.tone else "surface"))
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setPen(theme.color(chip.tone or "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
        return width


def _layout(text: str, font: QFont, spans: list[tuple[int, int]], theme: Theme) -> QTextLayout:
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    formats = []
    for start, length in spans:
        mark = QTextLayout.FormatRange()
        look = QTextCharFormat()
        look.setForeground(theme.color("accent"))
        look.setFontWeight(QFont.Weight.DemiBold)
        mark.start, mark.length, mark.format = start, length, look
        formats.append(mark)
    layout.setFormats(formats)
    return layout
