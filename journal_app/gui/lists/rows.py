"""What the lists of entries and runs share: the view, the search above it, the ground of a row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractItemModel, QRect, QRectF, Qt
from PySide6.QtGui import QAction, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QListView,
    QStackedLayout,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from journal_app.gui import icons
from journal_app.gui.theme import META, ui_font
from journal_app.gui.widgets import keyboard

if TYPE_CHECKING:
    from PySide6.QtGui import QFont

    from journal_app.gui.theme import Theme, ThemeHolder

_LEFT = (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value


def search_field(words: str, holder: ThemeHolder) -> QLineEdit:
    """A field with a magnifier that follows the theme."""
    field = QLineEdit()
    field.setPlaceholderText(words)
    field.setAccessibleName(words)
    field.setClearButtonEnabled(True)
    action = QAction(field)
    field.addAction(action, QLineEdit.ActionPosition.LeadingPosition)

    def colour() -> None:
        action.setIcon(icons.icon("search", holder.theme.color("muted")))
        clear = field.findChild(QAction, "_q_qlineeditclearaction")
        if clear is not None:  # Qt's own cross is black in every theme
            clear.setIcon(icons.icon("x", holder.theme.color("muted")))

    colour()
    holder.changed.connect(colour)
    return field


def row_list(name: str, model: QAbstractItemModel) -> QListView:
    """A list of rows of one height that scrolls by the pixel."""
    view = QListView()
    view.setAccessibleName(name)
    view.setModel(model)
    view.setUniformItemSizes(True)
    view.setMouseTracking(True)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalScrollBar().setSingleStep(24)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return view


def search_above(pane: QWidget, search: QLineEdit, *pages: QWidget) -> QStackedLayout:
    """Lay a pane out: the search, and below it one of the pages."""
    pane.setObjectName("listPane")
    pane.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    layout = QVBoxLayout(pane)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    head = QVBoxLayout()
    head.setContentsMargins(12, 10, 12, 8)
    head.addWidget(search)
    layout.addLayout(head)
    stack = QStackedLayout()
    for page in pages:
        stack.addWidget(page)
    layout.addLayout(stack, 1)
    return stack


def place_below(search: QLineEdit, line: QWidget) -> None:
    """Put a line between the search field of `search_above` and what it found."""
    pane = search.parentWidget()
    layout = pane.layout() if pane is not None else None
    head = layout.itemAt(0) if layout is not None else None
    rows = head.layout() if head is not None else None
    assert isinstance(rows, QVBoxLayout)
    rows.addWidget(line)


class RowDelegate(QStyledItemDelegate):
    """The ground that rows stand on."""

    @staticmethod
    def ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> bool:
        """Paint selection, hover, the line below and the focus ring; whether it is chosen."""
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(area, theme.color("selection"))
            painter.fillRect(
                QRect(area.left(), area.top(), 3, area.height()), theme.color("accent")
            )
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, theme.color("hover"))
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.color("line"))
        if state & QStyle.StateFlag.State_HasFocus and keyboard(option):
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(area).adjusted(4.5, 1.5, -1.5, -2.5), 6, 6)
        return chosen


def line_of_text(
    painter: QPainter, area: QRectF, text: str, font: QFont, theme: Theme, token: str
) -> None:
    """One line of words, cut where there is no more room."""
    painter.setFont(font)
    painter.setPen(theme.color(token))
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
    painter.drawText(area, _LEFT, shown)


def chip(
    painter: QPainter, x: float, top: float, right: float, word: str, tone: str, theme: Theme
) -> float:
    """Draw a chip where there is room; how wide it became."""
    font = ui_font(META)
    wide = QFontMetrics(font).horizontalAdvance(word) + 16.0
    if x + wide > right:
        return 0.0
    area = QRectF(x, top, wide, 18)
    painter.setBrush(theme.color(f"{tone}-soft" if tone else "surface"))
    painter.setPen(theme.color(f"{tone}-soft" if tone else "line"))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 9, 9)
    painter.setFont(font)
    painter.setPen(theme.color(tone or "muted"))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter.value, word)
    return wide
