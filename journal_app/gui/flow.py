"""A row of widgets that breaks into lines, for chips."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget


class FlowBox(QWidget):
    """Its widgets stand from left to right, then on the next line; it is as high as they need."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8) -> None:
        super().__init__(parent)
        self._gap = gap
        self._widgets: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_widgets(self, widgets: list[QWidget]) -> None:
        """Show these, in this order; those left out are deleted."""
        for old in self._widgets:
            if old not in widgets:
                old.hide()
                old.deleteLater()
        self._widgets = list(widgets)
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        self.arrange()

    def arrange(self) -> None:
        """Put everything into its place again."""
        x, y, line = 0, 0, 0
        for widget in self._widgets:
            if widget.isHidden():
                continue
            hint = widget.sizeHint()
            width = min(hint.width(), max(40, self.width()))
            if x > 0 and x + width > self.width():
                x, y, line = 0, y + line + self._gap // 2, 0
            widget.setGeometry(x, y, width, hint.height())
            x += width + self._gap
            line = max(line, hint.height())
        if self.minimumHeight() != y + line or self.maximumHeight() != y + line:
            self.setFixedHeight(y + line)

    def sizeHint(self) -> QSize:
        """The height of its lines."""
        return QSize(200, self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width breaks the lines anew."""
        super().resizeEvent(event)
        self.arrange()

    def event(self, event: QEvent) -> bool:
        """A child that wants another size moves its neighbours."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)
