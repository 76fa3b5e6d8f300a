"""How the panes share the window: four beside each other, the inspector over the text when the
window is narrower, list and text in turns when it is narrow. Splitters remember."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QWidget

SIDEBAR, LIST, INSPECTOR = 208, 328, 300
WIDE, NARROW = 1360, 1001
READABLE = 340  # pixels of text that still read well beside the inspector
MAIN_MIN = 380
BAR = 48  # the line above the text stays free of what lies over


class Panes(QWidget):
    """Sidebar · list · main · inspector."""

    covered = Signal(int)  # pixels at the right of the text under the inspector

    def __init__(self, sidebar: QWidget, listing: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sidebar = sidebar
        self.lists = QStackedWidget()
        self.lists.addWidget(listing)
        self.mains = QStackedWidget()
        self.mains.setMinimumWidth(MAIN_MIN)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        for widget in (sidebar, self.lists, self.mains):
            self.splitter.addWidget(widget)
        self.splitter.setStretchFactor(2, 1)
        self.splitter.setSizes([SIDEBAR, LIST, 10_000])
        self.splitter.splitterMoved.connect(self._moved)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.splitter)
        self.inspector: QWidget | None = None
        self._docked_wish = True
        self._overlay_open = False
        self._in_main = False
        self._inspectable = True
        self._alone = False
        self._mode = ""
        self._widths: list[int] = [SIDEBAR, LIST, INSPECTOR]

    @property
    def mode(self) -> str:
        """wide, middle or narrow."""
        return self._mode

    def set_inspector(self, inspector: QWidget, wanted: bool) -> None:
        """Add the inspector; `wanted` is the user's choice for a wide window."""
        self.inspector = inspector
        inspector.setMinimumWidth(260)
        self._docked_wish = wanted
        self._mode = ""
        self._arrange()

    @property
    def inspector_wanted(self) -> bool:
        """Whether a wide window shows the inspector."""
        return self._docked_wish

    def want_inspector(self, on: bool) -> None:
        """Whether a wide window shows the inspector, from now on."""
        if on != self._docked_wish:
            self._docked_wish = on
            self._place()

    @property
    def inspector_shown(self) -> bool:
        """Whether the inspector can be seen now."""
        return self.inspector is not None and self.inspector.isVisibleTo(self)

    def set_inspectable(self, on: bool) -> None:
        """Whether what the main pane shows is an entry: the inspector knows nothing else."""
        if on != self._inspectable:
            self._inspectable = on
            self._place()

    def set_alone(self, on: bool) -> None:
        """The text with nothing around it, or everything as it was."""
        self._alone = on
        self._sidebar.setVisible(not on)
        self._place()
        self._turns()
        self._moved()

    def toggle_inspector(self) -> None:
        """Open or close the inspector."""
        if self._mode == "wide":
            self._docked_wish = not self._docked_wish
        else:
            self._overlay_open = not self._overlay_open
        self._place()

    def close_overlay(self) -> bool:
        """Close the inspector if it lies over the text; False when it does not."""
        if self._mode != "wide" and self._overlay_open:
            self._overlay_open = False
            self._place()
            return True
        return False

    def show_main(self, on: bool) -> bool:
        """In a narrow window: the text instead of the list. False where both are seen anyway."""
        self._in_main = on
        if self._mode != "narrow":
            return False
        self._turns()
        self._moved()
        return True

    @property
    def in_main(self) -> bool:
        """Whether a narrow window shows the text."""
        return self._mode == "narrow" and self._in_main

    def widths(self) -> list[int]:
        """Widths of sidebar, list, inspector, as the user left them."""
        sizes = self.splitter.sizes()
        if self._mode != "narrow":
            self._widths[0], self._widths[1] = sizes[0], sizes[1]
        if len(sizes) > 3 and sizes[3]:
            self._widths[2] = sizes[3]
        return list(self._widths)

    def set_widths(self, widths: list[int]) -> None:
        """Restore what `widths` gave."""
        if len(widths) == 3 and all(120 <= width <= 800 for width in widths):
            self._widths = list(widths)
            self._resize()

    def minimumSizeHint(self) -> QSize:
        """Small enough for half a screen."""
        return QSize(640, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Choose how the panes share the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        width = self.width()
        mode = "wide" if width >= WIDE else "middle" if width >= NARROW else "narrow"
        if mode != self._mode:
            self._mode = mode
            self._place()
            self._turns()
            self._moved()
        elif self.inspector is not None and mode != "wide":
            self._lay_over(self.inspector)

    def _place(self) -> None:
        inspector = self.inspector
        if inspector is None:
            return
        if self._mode == "wide":
            if self.splitter.indexOf(inspector) < 0:
                self.splitter.addWidget(inspector)
                self.splitter.setStretchFactor(3, 0)
            self._mark_over(inspector, False)
            inspector.setVisible(self._docked_wish and self._inspectable and not self._alone)
            self.covered.emit(0)
            self._resize()
            return
        if inspector.parentWidget() is not self:  # of the splitter, or of nobody yet
            inspector.setParent(self)
        self._mark_over(inspector, True)
        inspector.setVisible(self._overlay_open and self._inspectable and not self._alone)
        self._lay_over(inspector)

    @staticmethod
    def _mark_over(inspector: QWidget, over: bool) -> None:
        inspector.setProperty("over", over)
        inspector.style().unpolish(inspector)
        inspector.style().polish(inspector)

    def _lay_over(self, inspector: QWidget) -> None:
        width = min(self._widths[2], self.width() - 40)
        inspector.setGeometry(self.width() - width, BAR, width, self.height() - BAR)
        inspector.raise_()
        room = self.width() - self.mains.mapTo(self, QPoint()).x() - width
        beside = inspector.isVisibleTo(self) and self.mains.isVisibleTo(self) and room >= READABLE
        self.covered.emit(width if beside else 0)

    @Slot()
    def _moved(self) -> None:
        if self.inspector is not None and self._mode != "wide":
            self._lay_over(self.inspector)

    def _turns(self) -> None:
        narrow = self._mode == "narrow"
        self.lists.setVisible((not narrow or not self._in_main) and not self._alone)
        self.mains.setVisible(not narrow or self._in_main or self._alone)
        self._resize()

    def _resize(self) -> None:
        sidebar, listing, inspector = self._widths
        if self._mode == "narrow":  # one of the two is hidden and takes no room
            self.splitter.setSizes([sidebar, *[self.width() - sidebar] * 2])
            return
        rest = max(MAIN_MIN, self.width() - sidebar - listing - 3)
        if self.splitter.count() == 4:
            docked = inspector if self._docked_wish and self._inspectable else 0
            self.splitter.setSizes([sidebar, listing, max(MAIN_MIN, rest - docked), docked])
        else:
            self.splitter.setSizes([sidebar, listing, rest])
