"""A painted picture of what hangs together with an entry: click or Enter opens what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from journal_app.domain.graph import Graph, Node
from journal_app.gui import icons
from journal_app.gui.language import tr
from journal_app.gui.theme import META, ThemeHolder, ui_font

RUN = "run"
REACH = 16  # pixels around a node that are the node's
LABEL = 132  # pixels of a title
EMPTY = Graph((), ())


def node_icon(node: Node) -> str:
    """The icon of an entry's kind, or that of a run."""
    return "activity" if node.kind == RUN else icons.kind_icon(node.kind)


class GraphView(QWidget):
    """Draws a graph whose layout was worked out elsewhere. The middle node is the open entry."""

    opened = Signal(str, str)  # what it is (`run`, or an entry's kind), its id

    def __init__(
        self, holder: ThemeHolder, *, large: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._holder = holder
        self._large = large
        self._graph = EMPTY
        self._places: Sequence[tuple[float, float]] = ()
        self._current = 0
        self._over = -1
        self.setObjectName("Graph")
        self.setAccessibleName(tr("What is linked around this entry"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if large else Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(
            QSizePolicy.Policy.Expanding,
            QSizePolicy.Policy.Expanding if large else QSizePolicy.Policy.Fixed,
        )
        holder.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """A strip in the inspector, a picture in a window."""
        return QSize(640, 480) if self._large else QSize(240, 160)

    def set_graph(self, graph: Graph, places: Sequence[tuple[float, float]]) -> None:
        """Show a graph; `places` are those of `domain.graph.layout`."""
        self._graph, self._places = graph, places
        self._current, self._over = 0, -1
        self._tell()
        self.update()

    def choose(self, number: int) -> None:
        """Show a node as the one that Enter opens."""
        if 0 <= number < len(self._graph.nodes):
            self._current = number
            self._tell()
            self.update()

    def _tell(self) -> None:
        """Say the picture in words, for those who cannot see it."""
        nodes = self._graph.nodes
        if not nodes:
            self.setAccessibleDescription("")
            return
        near = ", ".join(node.title or tr("Untitled") for node in nodes[1:9])
        chosen = nodes[self._current].title or tr("Untitled")
        self.setAccessibleDescription(
            tr("Chosen: {title}. Linked: {near}", title=chosen, near=near)
        )

    # ------------------------------------------------------------------ geometry

    def point(self, number: int) -> QPointF:
        """Where a node stands, in pixels."""
        x, y = self._places[number]
        margin = 72 if self._large else 20
        width, height = self.width() - 2 * margin, self.height() - 2 * margin
        return QPointF(margin + (x + 1) / 2 * max(1, width), margin + (y + 1) / 2 * max(1, height))

    def at(self, point: QPointF) -> int:
        """The number of the node there; -1 for none."""
        best, number = float(REACH), -1
        for n in range(len(self._graph.nodes)):
            away = point - self.point(n)
            if away.manhattanLength() < best:
                best, number = away.manhattanLength(), n
        return number

    # ------------------------------------------------------------------ painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Lines, then nodes, then words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        nodes = self._graph.nodes
        theme = self._holder.theme
        shown = self._over if self._over >= 0 else self._current
        for a, b in self._graph.edges:
            strong = shown in (a, b)
            painter.setPen(QPen(theme.color("edge" if strong else "line"), 1.4 if strong else 1))
            painter.drawLine(self.point(a), self.point(b))
        for number, node in enumerate(nodes):
            self._node(painter, number, node)
        painter.setFont(ui_font(META))
        taken: list[QRectF] = []
        order = sorted(range(len(nodes)), key=lambda n: (n != shown, nodes[n].far, n))
        for number in order:
            # Small, it names what one points at; the middle is the entry beside it.
            if self._large or (number == shown and (self._over >= 0 or self.hasFocus())):
                self._label(painter, number, nodes[number], taken, number == shown)
        painter.end()

    def _node(self, painter: QPainter, number: int, node: Node) -> None:
        theme, middle = self._holder.theme, self.point(number)
        radius = 12.0 if self._large else 8.0
        radius += 2 if node.far == 0 else -2 if node.far > 1 else 0
        run = node.kind == RUN
        ground = "accent" if node.far == 0 else "info-soft" if run else "surface"
        edge = "accent" if number in (self._over, 0) else "info" if run else "edge"
        painter.setPen(QPen(theme.color(edge), 1.2))
        painter.setBrush(theme.color(ground))
        painter.drawEllipse(middle, radius, radius)
        if radius >= 8:
            token = "on-accent" if node.far == 0 else "info" if run else "muted"
            size = 12 if self._large else 10
            icon = icons.pixmap(node_icon(node), theme.color(token), size, self.devicePixelRatioF())
            painter.drawPixmap(QPointF(middle.x() - size / 2, middle.y() - size / 2), icon)
        if number == self._current and self.hasFocus():
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(middle, radius + 3, radius + 3)

    def _label(
        self, painter: QPainter, number: int, node: Node, taken: list[QRectF], always: bool
    ) -> None:
        """The title under its node, if no other stands there."""
        measure = QFontMetrics(painter.font())
        words = measure.elidedText(node.title or tr("Untitled"), Qt.TextElideMode.ElideRight, LABEL)
        width, height = measure.horizontalAdvance(words) + 8, measure.height() + 2
        middle = self.point(number)
        gap = 16 if self._large else 11
        x = min(max(2.0, middle.x() - width / 2), max(2.0, self.width() - width - 2.0))
        boxes = [
            QRectF(x, y, width, height)
            for y in (middle.y() + gap, middle.y() - gap - height)
            if 0 <= y <= self.height() - height
        ] or [QRectF(x, middle.y() + gap, width, height)]
        box = min(boxes, key=self._covered)
        if not always and any(box.intersects(other) for other in taken):
            return
        taken.append(box)
        theme = self._holder.theme
        ground = theme.color("bg" if self._large else "surface")
        ground.setAlpha(220)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ground)
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(theme.color("text" if always or node.far < 2 else "muted"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)

    def _covered(self, box: QRectF) -> int:
        """How many nodes would lie under a title there."""
        around = box.adjusted(-6, -6, 6, 6)
        return sum(around.contains(self.point(n)) for n in range(len(self._graph.nodes)))

    # ------------------------------------------------------------------ mouse and keys

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what lies under the mouse."""
        over = self.at(event.position())
        if over != self._over:
            self._over = over
            shape = Qt.CursorShape.PointingHandCursor if over >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing lies under the mouse."""
        self._over = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open what was clicked."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._open(self.at(event.position()))

    def _open(self, number: int) -> None:
        if 0 <= number < len(self._graph.nodes):
            node = self._graph.nodes[number]
            self.opened.emit(node.kind, node.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the nearest node that way, Enter opens it."""
        ways = {
            Qt.Key.Key_Left: (-1, 0),
            Qt.Key.Key_Right: (1, 0),
            Qt.Key.Key_Up: (0, -1),
            Qt.Key.Key_Down: (0, 1),
        }
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self._current)
        elif key in ways and self._graph.nodes:
            self.choose(self._that_way(*ways[key]))
        else:
            super().keyPressEvent(event)

    def _that_way(self, dx: int, dy: int) -> int:
        here = self.point(self._current)
        best, number = float("inf"), self._current
        for n in range(len(self._graph.nodes)):
            away = self.point(n) - here
            along = away.x() * dx + away.y() * dy
            across = abs(away.x() * dy) + abs(away.y() * dx)
            if n != self._current and along > 0 and along + 2 * across < best:
                best, number = along + 2 * across, n
        return number

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which node Enter opens."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """The whole title of a node as its tooltip."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            number = self.at(QPointF(event.pos()))
            words = self._graph.nodes[number].title if number >= 0 else ""
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)
