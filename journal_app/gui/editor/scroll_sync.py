"""Text and preview beside each other scroll together, whichever one moves.

Only a scroll of the user leads the other side (wheel, bar, keys of the bar): what typing, rendering
and laying out do to the bars moves nothing else, so that no loop and no jump can arise.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint

if TYPE_CHECKING:
    from PySide6.QtWidgets import QScrollBar

    from journal_app.gui.editor.pane import EditorPane


def interpolated(pairs: Sequence[tuple[float, float]], value: float) -> float:
    """Where `value` of the first numbers lies among the second; `pairs` ascend in both."""
    if not pairs:
        return value
    at = bisect_right([first for first, _ in pairs], value)
    if at == 0:
        return pairs[0][1]
    if at == len(pairs):
        return pairs[-1][1]
    (x0, y0), (x1, y1) = pairs[at - 1], pairs[at]
    return y0 + (y1 - y0) * (value - x0) / (x1 - x0) if x1 > x0 else y0


class ScrollSync(QObject):
    """Ties the bar of the page to the bar of the preview, once there is one."""

    def __init__(self, pane: EditorPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._leader: QScrollBar | None = None
        self._tied = False
        self._listen(pane.page.verticalScrollBar())

    def tie(self) -> None:
        """Follow the preview too; called when it is made."""
        view = self._pane.preview
        if view is not None and not self._tied:
            self._tied = True
            self._listen(view.verticalScrollBar())

    def _listen(self, bar: QScrollBar) -> None:
        bar.actionTriggered.connect(lambda _action: self._led(bar))
        bar.valueChanged.connect(lambda _value: self._moved(bar))

    def _led(self, bar: QScrollBar) -> None:
        self._leader = bar

    def _moved(self, bar: QScrollBar) -> None:
        if bar is not self._leader:
            return
        self._leader = None
        pane, view = self._pane, self._pane.preview
        if view is None or not view.isVisible() or not pane.page.isVisible():
            return
        pairs = self._pairs()
        own = pane.page.verticalScrollBar()
        if bar is own:
            other = view.verticalScrollBar()
            value = interpolated(pairs, bar.value())
        else:
            other = own
            value = interpolated([(theirs, ours) for ours, theirs in pairs], bar.value())
        if bar.value() == bar.minimum():
            value = other.minimum()
        elif bar.value() == bar.maximum():
            value = other.maximum()
        other.setValue(round(value))

    def _pairs(self) -> list[tuple[float, float]]:
        """Heights of the same line in the page and in the preview, ascending, ends included."""
        pane, view = self._pane, self._pane.preview
        assert view is not None
        page, text = pane.page, pane.page.text
        document = text.document()
        layout = document.documentLayout()
        begin = text.mapTo(page.sheet, QPoint()).y()
        ours_end, theirs_end = (
            page.verticalScrollBar().maximum(),
            view.verticalScrollBar().maximum(),
        )
        pairs = [(0.0, 0.0)]
        for line, top in view.tops():
            block = document.findBlockByNumber(line - pane.preview_offset())
            if line < pane.preview_offset() or not block.isValid() or not block.isVisible():
                continue
            y = begin + layout.blockBoundingRect(block).top()
            if y > pairs[-1][0] and top > pairs[-1][1] and y < ours_end and top < theirs_end:
                pairs.append((y, top))
        pairs.append((max(ours_end, pairs[-1][0]), max(theirs_end, pairs[-1][1])))
        return pairs
