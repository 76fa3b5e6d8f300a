"""Small parts that every panel uses: chip, panel, empty state, icon button.

Roles for the style sheet, set with `set_role`: QPushButton primary | quiet | link; QLabel muted |
meta | small | heading | title | subtitle | number | code | error | kbd; QFrame panel | rule | bar |
notice (with a `tone`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Slot
from PySide6.QtGui import (
    QGuiApplication,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStyle,
    QStyleOptionViewItem,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from journal_app.gui import icons
from journal_app.gui.language import tr
from journal_app.gui.plain import tip as plain_tip

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder


def set_role(widget: QWidget, role: str, tone: str | None = None) -> None:
    """Give a widget a role of the style sheet; works before and after it is shown."""
    widget.setProperty("role", role)
    if tone is not None:
        widget.setProperty("tone", tone)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def label(text: str, role: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label (never rich text: what it shows may be imported)."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    made.setWordWrap(wrap)
    if role:
        made.setProperty("role", role)
    return made


def button(
    text: str, on_click: Callable[[], object], role: str = "", *, tip: str = ""
) -> QPushButton:
    """A push button that takes the focus from the keyboard only, so that no ring stays behind
    a mouse click."""
    made = QPushButton(text)
    made.setAccessibleName(text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.clicked.connect(lambda _checked=False: on_click())
    if role:
        made.setProperty("role", role)
    if tip:
        made.setToolTip(plain_tip(tip))
    return made


def rule() -> QFrame:
    """A hairline between what scrolls and the buttons below it."""
    made = QFrame()
    made.setProperty("role", "rule")
    return made


def flush(link: QPushButton) -> QWidget:
    """A link whose words begin where those of the labels around it do."""
    link.setProperty("flush", "yes")  # a layout takes no negative margin: the style sheet does it
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
    return holder


def keyboard(option: QStyleOptionViewItem) -> bool:
    """Whether the focus came by the keyboard, so that a ring has to show where it is."""
    return bool(option.state & QStyle.StateFlag.State_KeyboardFocusChange)


class RoundCorners(QObject):
    """Cuts the corners off a frameless window where nothing blends them: an X11 screen without a
    compositor shows them black."""

    def __init__(self, window: QWidget, radius: int = 10) -> None:
        super().__init__(window)
        self._window, self._radius = window, radius
        window.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        if QGuiApplication.platformName() == "xcb":
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if watched is self._window and event.type() == QEvent.Type.Resize:
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self._window.rect()), self._radius, self._radius)
            self._window.setMask(QRegion(shape.toFillPolygon().toPolygon()))
        return False


class Chip(QLabel):
    """A small rounded word: a tag, a kind, a state. `tone`: '', pass, fail, stale, info, accent."""

    def __init__(self, text: str, tone: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)
        self.setProperty("tone", tone)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set(self, text: str, tone: str = "") -> None:
        """Change word and tone."""
        self.setText(text)
        if self.property("tone") != tone:
            set_role(self, "", tone)


class ElidedLabel(QLabel):
    """One line of plain text that ends in an ellipsis where it does not fit; the tooltip has it
    whole. Never asks for more width than `hint` pixels."""

    def __init__(self, text: str = "", role: str = "", hint: int = 40) -> None:
        super().__init__()
        self._full = ""
        self._hint = hint
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        if role:
            self.setProperty("role", role)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        """The whole text."""
        self._full = " ".join(text.split())
        self.setAccessibleName(self._full)
        self._fit()

    def full_text(self) -> str:
        """The text before it was shortened."""
        return self._full

    def minimumSizeHint(self) -> QSize:
        """Small enough to be squeezed by its neighbours."""
        return QSize(self._hint, super().minimumSizeHint().height())

    def sizeHint(self) -> QSize:
        """The whole text's size."""
        width = self.fontMetrics().horizontalAdvance(self._full) + 4
        return QSize(width, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten again for the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        width = max(self.width(), self._hint)
        shown = self.fontMetrics().elidedText(self._full, Qt.TextElideMode.ElideRight, width)
        self.setText(shown)
        self.setToolTip(plain_tip(self._full) if shown != self._full else "")


class IconButton(QToolButton):
    """A button that shows an icon only; `name` is its tooltip and its name for a screen reader."""

    def __init__(
        self,
        icon: str,
        name: str,
        holder: ThemeHolder,
        *,
        token: str = "muted",
        size: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._icon, self._token, self._size, self._holder = icon, token, size, holder
        self.setAccessibleName(name)
        self.setToolTip(plain_tip(name))
        self.setProperty("role", "quiet")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setIconSize(QSize(size, size))
        self._redraw()
        holder.changed.connect(self._redraw)

    @Slot()
    def _redraw(self) -> None:
        self.setIcon(icons.icon(self._icon, self._holder.theme.color(self._token), self._size))


class IconLabel(QWidget):
    """An icon that is only looked at. `token` names its colour."""

    def __init__(
        self, icon: str, holder: ThemeHolder, token: str = "muted", size: int = 16
    ) -> None:
        super().__init__()
        self._icon, self._token, self._size, self._holder = icon, token, size, holder
        self.setFixedSize(size, size)
        holder.changed.connect(self.update)

    def set(self, icon: str, token: str) -> None:
        """Show another icon or colour."""
        self._icon, self._token = icon, token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the icon sharp at the screen's scale."""
        painter = QPainter(self)
        color = self._holder.theme.color(self._token)
        painter.drawPixmap(
            0, 0, icons.pixmap(self._icon, color, self._size, self.devicePixelRatioF())
        )
        painter.end()


class PanelFrame(QFrame):
    """A bordered panel: a heading, a short meta text at the right, and `body` to fill."""

    def __init__(self, title: str, meta: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(title)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(12, 10, 12, 12)
        outer.setSpacing(8)
        head = QHBoxLayout()
        head.setSpacing(8)
        self.heading = label(title, "heading")
        self.meta = ElidedLabel(meta, "meta")
        self.meta.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.heading)
        head.addWidget(self.meta, 1)
        outer.addLayout(head)
        self.body = QVBoxLayout()
        self.body.setSpacing(6)
        outer.addLayout(self.body)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_meta(self, text: str) -> None:
        """The short text at the right of the heading."""
        self.meta.set_text(text)

    def clear(self) -> None:
        """Remove everything from the body."""
        clear_layout(self.body)


class PressRow(QFrame):
    """A row that is pressed like a button: by a click, Enter or Space. It then does `ask`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.ask()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.ask()
        else:
            super().keyPressEvent(event)

    def ask(self) -> None:
        """What the row is there for."""
        raise NotImplementedError


def scrolled(content: QWidget) -> QScrollArea:
    """`content` in an area that scrolls up and down only, without a frame, and takes no focus."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(content)
    return area


def clear_layout(layout: QVBoxLayout | QHBoxLayout) -> None:
    """Remove and delete everything that a layout holds, layouts inside it too."""
    while layout.count():
        item = layout.takeAt(0)
        if item is None:
            break
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif isinstance(inner := item.layout(), QVBoxLayout | QHBoxLayout):
            clear_layout(inner)
            inner.deleteLater()


class EmptyState(QWidget):
    """What a view shows when it holds nothing: what belongs here, and the one action."""

    def __init__(
        self,
        icon: str,
        title: str,
        text: str,
        action: tuple[str, Callable[[], object]] | None,
        holder: ThemeHolder,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.setSpacing(8)
        outer.addStretch(2)
        self.icon = IconLabel(icon, holder, "faint", 28)
        outer.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addSpacing(4)
        self.title = label(title, "heading", wrap=True)
        self.text = label(text, "muted", wrap=True)
        for part in (self.title, self.text):
            part.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            outer.addWidget(part)
        outer.addSpacing(8)
        self.action: QPushButton | None = None
        if action is not None:
            self.action = button(action[0], action[1])
            outer.addWidget(self.action, 0, Qt.AlignmentFlag.AlignHCenter)
        outer.addStretch(3)

    def set(self, icon: str, title: str, text: str, action: str | None = None) -> None:
        """Change the words; `action` is what the button says from now on, "" hides it."""
        self.icon.set(icon, "faint")
        self.title.setText(title)
        self.text.setText(text)
        if self.action is not None and action is not None:
            self.action.setVisible(bool(action))
            self.action.setText(action)
            self.action.setAccessibleName(action)


def dialog_foot(dialog: QDialog, take: QWidget) -> QHBoxLayout:
    """The last row of a dialog: Cancel, and the button that does it."""
    foot = QHBoxLayout()
    foot.addStretch(1)
    foot.addWidget(button(tr("Cancel"), dialog.reject))
    foot.addWidget(take)
    return foot
