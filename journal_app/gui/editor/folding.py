"""Folded sections, blocks and lists, and the marks for them in the margin.

Invariants: folding hides lines and changes none; the caret never stands in a hidden line; a change
of the document or of the lines under a fold shows them again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QTextBlock, QTextCursor
from PySide6.QtWidgets import QToolTip, QWidget

from journal_app.domain import outline
from journal_app.gui.language import tr, trn
from journal_app.gui.theme import META, ThemeHolder, ui_font

if TYPE_CHECKING:
    from journal_app.domain.outline import Fold
    from journal_app.gui.editor.page import Page
    from journal_app.runtime.jobs import Jobs

WIDTH = 18
FOLDED = "folded"  # of a document: whether lines of it are hidden
LOOK_MS = 200
AT_ONCE = 50_000  # characters looked through here; a longer text is in a worker


class Folding(QWidget):
    """The margin left of the text, and what it folds."""

    def __init__(self, page: Page, holder: ThemeHolder, jobs: Jobs) -> None:
        super().__init__(page.sheet)
        self._page, self._text, self._holder, self._jobs = page, page.text, holder, jobs
        self._folds: list[Fold] = []
        self._closed: set[int] = set()  # heads, as lines
        self._last = 0  # where the caret was
        self._blocks = 0
        self._over = False
        self._stopped = False
        self.setFixedWidth(WIDTH)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Marks to fold sections, F9"))
        text = self._text
        text.installEventFilter(self)
        text.textChanged.connect(self._edited)
        text.document().contentsChange.connect(self._changed)
        self._document = text.document()
        text.document_changed.connect(self._another)
        text.cursorPositionChanged.connect(self._moved)
        text.overlays.append(self._paint_hint)
        holder.changed.connect(self.update)
        self._timer = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._timer.timeout.connect(self._look_soon)

    # ------------------------------------------------------------------ folding

    @property
    def closed(self) -> frozenset[int]:
        """The lines whose parts are hidden."""
        return frozenset(self._closed)

    def toggle(self, line: int | None = None) -> bool:
        """Fold or unfold what a line heads or lies in; None: the caret's line."""
        self._look()
        line = self._text.textCursor().blockNumber() if line is None else line
        fold = outline.fold_at(self._folds, line)
        if fold is None:
            return False
        if fold.head in self._closed:
            self._closed.discard(fold.head)
        else:
            self._closed.add(fold.head)
            self._pull_out(fold)
        self._apply()
        return True

    def fold_all(self) -> None:
        """Hide everything below the headings (or below whatever there is to fold)."""
        self._look()
        lines = self._text.lines()
        heads = [heading.line for heading in outline.outline(lines)]
        deep = [fold for fold in self._folds if fold.head in heads]
        if deep and len(deep) > 1 and deep[0].last == max(fold.last for fold in deep):
            deep = deep[1:]  # the title holds everything: it stays open
        chosen = deep or self._folds
        self._closed = {fold.head for fold in chosen}
        for fold in chosen:
            self._pull_out(fold)
        self._apply()

    def unfold_all(self) -> None:
        """Show everything."""
        self._closed.clear()
        self._apply()

    def reveal(self, line: int) -> None:
        """Unfold whatever hides a line."""
        hiding = {f.head for f in self._folds if f.head < line <= f.last} & self._closed
        if hiding:
            self._closed -= hiding
            self._apply()

    def _pull_out(self, fold: Fold) -> None:
        cursor = self._text.textCursor()
        if fold.head < cursor.blockNumber() <= fold.last:
            cursor = QTextCursor(self._text.document().findBlockByNumber(fold.head))
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            self._text.setTextCursor(cursor)

    def _apply(self) -> None:
        """Make the document show exactly what is not folded away."""
        hidden: set[int] = set()
        for fold in self._folds:
            if fold.head in self._closed:
                hidden.update(range(fold.head + 1, fold.last + 1))
        document = self._text.document()
        document.setProperty(FOLDED, bool(hidden))
        block, first, last = document.begin(), -1, -1
        while block.isValid():
            shown = block.blockNumber() not in hidden
            if block.isVisible() != shown:
                block.setVisible(shown)
                first = block.position() if first < 0 else first
                last = block.position() + block.length()
            block = block.next()
        if first >= 0:
            document.markContentsDirty(first, min(last, document.characterCount()) - first)
            self._page.show_caret()
        self._text.viewport().update()
        self.update()

    def stop(self) -> None:
        """Look for nothing more: the window closes."""
        self._timer.stop()
        self._stopped = True

    # ------------------------------------------------------------------ staying in step

    @Slot()
    def _another(self) -> None:
        self._document.contentsChange.disconnect(self._changed)
        self._document = self._text.document()
        self._document.contentsChange.connect(self._changed)
        self._closed.clear()
        block = self._document.begin()
        while (
            self._document.property(FOLDED) and block.isValid()
        ):  # what was folded when it was left
            if not block.isVisible():
                self._closed.add(block.previous().blockNumber())
                while block.isValid() and not block.isVisible():
                    block = block.next()
            else:
                block = block.next()
        self._folds = []
        self._look_soon()

    @Slot(int, int, int)
    def _changed(self, position: int, removed: int, added: int) -> None:
        """Lines came or went above a fold: its head is another line now."""
        if not self._closed:
            return
        document = self._document
        first = document.findBlock(position).blockNumber()
        delta = document.blockCount() - self._blocks
        if delta:
            self._closed = {
                head + delta if head > first or (head == first and delta < 0) else head
                for head in self._closed
            }
        self._blocks = document.blockCount()

    @Slot()
    def _edited(self) -> None:
        self._blocks = self._document.blockCount()
        self._timer.start()

    @Slot()
    def _look_soon(self) -> None:
        """Look what there is to fold; in a long text without keeping anyone waiting."""
        text = self._text.text()
        if self._stopped:
            return
        if len(text) <= AT_ONCE or self._closed:
            self._look()
            return
        document, revision = self._document, self._document.revision()

        def found(folds: list[Fold]) -> None:
            if document is self._document and revision == document.revision():
                self._found(folds)  # else it was edited meanwhile, and is looked through again

        self._jobs.submit("io", lambda _context: outline.folds(text.split("\n")), on_done=found)

    def _look(self) -> None:
        self._timer.stop()
        self._found(outline.folds(self._text.lines()))

    def _found(self, folds: list[Fold]) -> None:
        self._blocks = self._document.blockCount()
        self._folds = folds
        heads = {fold.head for fold in self._folds}
        if self._closed:
            self._closed &= heads
            self._apply()
        self.update()

    @Slot()
    def _moved(self) -> None:
        """A caret that steps into hidden lines goes over them; one that jumps there shows them."""
        cursor = self._text.textCursor()
        before, self._last = self._last, cursor.position()
        block = cursor.block()
        if block.isVisible() or not self._closed:
            return
        above, below = block, block
        while above.isValid() and not above.isVisible():
            above = above.previous()
        while below.isValid() and not below.isVisible():
            below = below.next()
        came = self._document.findBlock(before)
        if not cursor.hasSelection() and came in (above, below):  # a step from beside the fold
            onward = came == above
            if onward and not below.isValid():
                below, onward = above, False
            to = below if onward else above
            cursor.setPosition(to.position() + (0 if onward else to.length() - 1))
            self._text.setTextCursor(cursor)
            return
        self._look()
        self.reveal(cursor.blockNumber())

    # ------------------------------------------------------------------ the margin

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """The margin stands beside the text wherever that goes."""
        if event.type() in (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show):
            at = self._text.mapTo(self._page.sheet, QPoint())
            self.setGeometry(at.x() - WIDTH - 2, at.y(), WIDTH, self._text.height())
            self.raise_()
        return False

    def _rect(self, block: QTextBlock) -> QRect:
        box = self._text.document().documentLayout().blockBoundingRect(block)
        line = block.layout().lineAt(0) if block.layout().lineCount() else None
        height = int(line.height()) if line is not None else int(box.height())
        return QRect(0, int(box.top()), WIDTH, max(16, height))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A triangle beside what is folded, and beside what can be while the mouse is here."""
        if not self._folds:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = self._holder.theme
        heads = {fold.head for fold in self._folds}
        for head in sorted(heads if self._over else self._closed & heads):
            block = self._text.document().findBlockByNumber(head)
            if not block.isValid() or not block.isVisible():
                continue
            rect = self._rect(block)
            if rect.top() > event.rect().bottom():
                break
            if rect.bottom() < event.rect().top():
                continue
            closed = head in self._closed
            painter.setPen(QPen(theme.color("accent" if closed else "faint"), 1.6))
            x, y = rect.center().x(), rect.center().y()
            points = (
                [QPoint(x - 2, y - 4), QPoint(x + 2, y), QPoint(x - 2, y + 4)]
                if closed
                else [QPoint(x - 4, y - 2), QPoint(x, y + 2), QPoint(x + 4, y - 2)]
            )
            painter.drawPolyline(points)
        painter.end()

    def _paint_hint(self, painter: QPainter, seen: QRect) -> None:
        """Behind a folded line: how many lines it hides."""
        if not self._closed:
            return
        theme, document = self._holder.theme, self._text.document()
        painter.setFont(ui_font(META))
        for fold in self._folds:
            block = document.findBlockByNumber(fold.head)
            if fold.head not in self._closed or not block.isValid() or not block.isVisible():
                continue
            rect = self._rect(block)
            if not rect.adjusted(0, 0, 4000, 0).intersects(seen) or not block.layout().lineCount():
                continue
            words = trn("… {n} line|… {n} lines", fold.last - fold.head)
            line = block.layout().lineAt(block.layout().lineCount() - 1)
            top = int(block.layout().position().y() + line.y())
            left = int(line.naturalTextWidth()) + 12
            width = painter.fontMetrics().horizontalAdvance(words) + 12
            box = QRect(left, top + (int(line.height()) - 18) // 2, width, 18)
            painter.setPen(theme.color("muted"))
            painter.fillRect(box, theme.color("sunk"))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _head_at(self, y: int) -> Fold | None:
        for fold in self._folds:
            block = self._text.document().findBlockByNumber(fold.head)
            if block.isVisible() and self._rect(block).top() <= y <= self._rect(block).bottom():
                return fold
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold or unfold."""
        fold = self._head_at(event.position().toPoint().y())
        if fold is not None:
            self.toggle(fold.head)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what a click does."""
        fold = self._head_at(event.position().toPoint().y())
        if fold is not None:
            words = tr("Unfold (F9)") if fold.head in self._closed else tr("Fold (F9)")
            QToolTip.showText(event.globalPosition().toPoint(), words, self)

    def enterEvent(self, event: QEvent) -> None:
        """Show what can be folded."""
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show only what is folded."""
        self._over = False
        self.update()
