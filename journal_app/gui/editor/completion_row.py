"""Paints a line of the completion list: a name with what it does, or a heading."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from journal_app.gui import icons
from journal_app.gui.dialogs.palette import CHOICE
from journal_app.gui.theme import META, SMALL, ThemeHolder, ui_font

LEAST = 0.45  # of the width belongs to the name, where it needs it


class CompletionDelegate(QStyledItemDelegate):
    """The name at the left; the note at the right gives way and is shortened."""

    def __init__(self, holder: ThemeHolder, parent: QObject) -> None:
        super().__init__(parent)
        self._holder = holder
        self._base, self._small = ui_font(), ui_font(SMALL, tabular=True)
        self._head = ui_font(META, bold=True)
        self._head.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, 0.5)
        self._head.setCapitalization(QFont.Capitalization.AllUppercase)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """As the line was given."""
        given = index.data(Qt.ItemDataRole.SizeHintRole)
        return given if isinstance(given, QSize) else QSize(100, 34)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the line."""
        choice = index.data(CHOICE)
        theme = self._holder.theme
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = Qt.AlignmentFlag.AlignVCenter
        if not choice.icon:
            painter.setFont(self._head)
            painter.setPen(theme.color("faint"))
            where = area.adjusted(10, 0, -10, -3)
            painter.drawText(where, Qt.AlignmentFlag.AlignBottom, choice.text)
            painter.restore()
            return
        on = bool(state & QStyle.StateFlag.State_Selected)
        if on:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection"))
            painter.drawRoundedRect(area, 6, 6)
        device = painter.device()
        scale = device.devicePixelRatioF() if device is not None else 1.0
        icon = icons.pixmap(choice.icon, theme.color("accent" if on else "muted"), 16, scale)
        painter.drawPixmap(area.left() + 10, area.top() + (area.height() - 16) // 2, icon)
        left, right = area.left() + 36, area.right() - 10
        room = right - left
        base, small = QFontMetrics(self._base), QFontMetrics(self._small)
        note = small.horizontalAdvance(choice.note)
        name = base.horizontalAdvance(choice.text) + 2
        if choice.note and name + 16 + note > room:  # both give way, the note first
            name = min(name, max(room - note - 16, int(room * LEAST)))
            note = room - name - 16
        painter.setFont(self._base)
        painter.setPen(theme.color("text"))
        elide = Qt.TextElideMode.ElideRight
        words = base.elidedText(choice.text, elide, min(name, room))
        painter.drawText(QRect(left, area.top(), room, area.height()), middle, words)
        painter.setFont(self._small)
        painter.setPen(theme.color(getattr(choice, "tone", "") or "faint"))
        words = small.elidedText(choice.note, elide, note + 2)
        width = small.horizontalAdvance(words)
        where = QRect(right - width, area.top(), width + 2, area.height())
        painter.drawText(where, middle, words)
        painter.restore()
