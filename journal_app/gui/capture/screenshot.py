"""A picture of the screen for the open entry: the whole of it, or the part that is marked.

Qt takes it on Windows, macOS and X11; on Wayland no program may, so the desktop's portal asks the
user and cuts it itself.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import (
    QColor,
    QCursor,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
)
from PySide6.QtWidgets import QWidget

from journal_app.errors import JournalError
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.runtime.jobs import Jobs

SMALLEST = 8  # pixels of a marked part; less is a click
STEP = 8  # pixels that an arrow key moves a corner


class Screenshot:
    """One picture; `done` gets it, or None with why there is none ("" when the user gave up)."""

    PAUSE = 300  # ms for our own window to be gone from the screen

    def __init__(
        self, jobs: Jobs, holder: ThemeHolder, done: Callable[[QImage | None, str], None]
    ) -> None:
        self._jobs, self._holder, self._done = jobs, holder, done
        self._cutter: Cutter | None = None

    def take(self) -> None:
        """Take it now."""
        if QGuiApplication.platformName() == "wayland" or os.environ.get("WAYLAND_DISPLAY"):
            self._ask_portal()
            return
        screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
        picture = screen.grabWindow(0)
        if picture.isNull():
            self._done(
                None,
                tr("The system gave no picture of the screen.")
                + " "
                + tr("Allow screen recording for Field Journal in the system's settings."),
            )
            return
        self._cutter = Cutter(picture, self._holder, self._cut)
        self._cutter.setGeometry(screen.geometry())
        self._cutter.showFullScreen()
        self._cutter.raise_()
        self._cutter.activateWindow()
        self._cutter.setFocus()

    def _cut(self, part: QPixmap | None) -> None:
        self._cutter = None
        self._done(part.toImage() if part is not None else None, "")

    def _ask_portal(self) -> None:
        from journal_app.gui.capture.portal import screenshot

        def failed(error: Exception) -> None:
            if not isinstance(error, JournalError):
                raise error
            self._done(None, f"{error.message} {error.hint}".strip())

        def done(image: QImage | None) -> None:
            self._done(image, "")

        self._jobs.submit("io", lambda _context: screenshot(), on_done=done, on_error=failed)


class Cutter(QWidget):
    """The frozen screen: drag marks a part, Enter takes it (or all), arrows move, Esc gives up."""

    def __init__(
        self, picture: QPixmap, holder: ThemeHolder, done: Callable[[QPixmap | None], None]
    ) -> None:
        super().__init__(
            None, Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint
        )
        self._picture, self._done = picture, done
        self._theme = holder.theme
        self._start: QPoint | None = None
        self._part = QRect()
        self._ended = False
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(tr("Mark the part of the screen to keep"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """One corner."""
        self._start = event.position().toPoint()
        self._part = QRect(self._start, self._start)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The other corner."""
        if self._start is not None:
            one, other = self._start, event.position().toPoint()
            self._part = QRect(
                QPoint(min(one.x(), other.x()), min(one.y(), other.y())),
                QPoint(max(one.x(), other.x()), max(one.y(), other.y())),
            )
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A part that was drawn is taken at once; a click takes nothing."""
        self._start = None
        if self._part.width() >= SMALLEST and self._part.height() >= SMALLEST:
            self._finish(self._part)
        self._part = QRect()
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Without a mouse: arrows draw a part from the middle, Shift makes it smaller."""
        key = event.key()
        if key == Qt.Key.Key_Escape:
            self._finish(None)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._finish(self._part if self._part.isValid() else self.rect())
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down):
            if not self._part.isValid():
                self._part = QRect(0, 0, self.width() // 2, self.height() // 2)
                self._part.moveCenter(self.rect().center())
            x = STEP * ((key == Qt.Key.Key_Right) - (key == Qt.Key.Key_Left))
            y = STEP * ((key == Qt.Key.Key_Down) - (key == Qt.Key.Key_Up))
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._part.setBottomRight(self._part.bottomRight() + QPoint(x, y))
            else:
                self._part.translate(x, y)
            self._part &= self.rect()
            self.update()

    def _finish(self, part: QRect | None) -> None:
        if self._ended:
            return
        self._ended = True
        scale = self._picture.devicePixelRatio()
        if part is None:
            kept = None
        elif part == self.rect():
            kept = self._picture
        else:
            kept = self._picture.copy(
                QRect(
                    round(part.x() * scale),
                    round(part.y() * scale),
                    round(part.width() * scale),
                    round(part.height() * scale),
                )
            )
        self.close()
        self._done(kept)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The screen, darker where it is not marked, and how to go on."""
        painter = QPainter(self)
        painter.drawPixmap(self.rect(), self._picture)
        veil = QColor(self._theme.color("text"))
        veil.setAlpha(110)
        outside = [self.rect()]
        if self._part.isValid():
            part = self._part
            outside = [
                QRect(0, 0, self.width(), part.top()),
                QRect(0, part.bottom() + 1, self.width(), self.height() - part.bottom()),
                QRect(0, part.top(), part.left(), part.height()),
                QRect(part.right() + 1, part.top(), self.width() - part.right(), part.height()),
            ]
        for piece in outside:
            painter.fillRect(piece, veil)
        if self._part.isValid():
            painter.setPen(QPen(self._theme.color("accent"), 2))
            painter.drawRect(self._part.adjusted(-1, -1, 1, 1))
        self._say(painter, tr("Drag over what to keep. Enter takes all of it, Esc gives up."))
        painter.end()

    def _say(self, painter: QPainter, words: str) -> None:
        box = painter.fontMetrics().boundingRect(words).adjusted(-16, -8, 16, 8)
        box.moveCenter(QPoint(self.width() // 2, 48))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(box, 8, 8)
        painter.setPen(self._theme.color("text"))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
