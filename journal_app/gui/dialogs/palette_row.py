"""Paints a line of the palette: icon, text, and a shortcut or kind at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from journal_app.gui import icons
from journal_app.gui.theme import SMALL, ThemeHolder, ui_font

_CHOICE = Qt.ItemDataRole.UserRole + 1


class PaletteDelegate(QStyledItemDelegate):
    """Lines of one height."""

    def __init__(self, holder: ThemeHolder, parent: QObject) -> None:
        super().__init__(parent)
        self._holder = holder
        self._base, self._small = ui_font(), ui_font(SMALL)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """One height."""
        return QSize(100, 34)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the line."""
        choice = index.data(_CHOICE)
        theme = self._holder.theme
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        on = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection"))
            painter.drawRoundedRect(area, 6, 6)
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        icon = icons.pixmap(choice.icon, theme.color("accent" if on else "muted"), 16, scale)
        painter.drawPixmap(area.left() + 10, area.top() + (area.height() - 16) // 2, icon)
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(self._small)
        painter.setPen(theme.color("faint"))
        width = QFontMetrics(self._small).horizontalAdvance(choice.note)
        right = area.right() - 10
        painter.drawText(
            QRect(right - width, area.top(), width + 1, area.height()), middle, choice.note
        )
        left = area.left() + 36
        room = right - width - 12 - left
        painter.setFont(self._base)
        painter.setPen(theme.color("text"))
        text = QFontMetrics(self._base).elidedText(choice.text, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRect(left, area.top(), room, area.height()), middle, text)
        painter.restore()
