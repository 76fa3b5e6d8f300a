"""Long work in a quiet tray: what runs, how far it is, and a button that cancels it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from journal_app.errors import JournalError
from journal_app.gui.announce import announce
from journal_app.gui.language import tr, trn
from journal_app.gui.plain import spoken
from journal_app.gui.widgets import ElidedLabel, IconButton, button

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Job, JobContext, Jobs, Lane

T = TypeVar("T")
SHOWN = 9_000  # ms: long enough to read a line and take a step back


STEPS = 1_000  # of a bar: bytes of a large download do not fit into its integers


def fill(bar: QProgressBar, made: int, total: int) -> None:
    """Show how far work is; without a total the bar only moves."""
    bar.setRange(0, STEPS if total > 0 else 0)
    bar.setValue(made * STEPS // total if total > 0 else 0)


@dataclass(slots=True)
class _Line:
    widget: QWidget
    bar: QProgressBar
    job: Job[Any] | None = None


class Tray(QWidget):
    """A button in the status bar, shown while work is under way, and its list."""

    def __init__(
        self,
        journal: Journal,
        jobs: Jobs,
        holder: ThemeHolder,
        tell: Callable[[str, str], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._journal, self._jobs, self._holder, self._tell = journal, jobs, holder, tell
        self._lines: list[_Line] = []
        self.button = button("", self._toggle)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.button)
        self._window = parent.window()
        self.panel = QFrame(self._window)
        self.panel.setObjectName("sheet")
        self.panel.setAccessibleName(tr("Work under way"))
        self._list = QVBoxLayout(self.panel)
        self._list.setContentsMargins(12, 10, 8, 10)
        self._list.setSpacing(8)
        self.panel.hide()
        self.hide()

    def start(
        self,
        title: str,
        lane: Lane,
        work: Callable[[JobContext], T],
        on_done: Callable[[T], None] | None = None,
        *,
        on_progress: Callable[[int, int], None] | None = None,
        on_failed: Callable[[JournalError], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
    ) -> Job[T]:
        """Run `work` in a lane and show it until it ends; a JournalError is told, a bug raised.

        With `on_failed` the caller tells the error; `on_progress` and `on_cancelled` are for a
        place that shows the work too.
        """
        line = self._add(title)

        def done(result: T) -> None:
            self._remove(line)
            announce(self._window, tr("Done: {title}", title=title))
            if on_done is not None:
                on_done(result)

        def failed(error: Exception) -> None:
            self._remove(line)
            plain = error if isinstance(error, JournalError) else self._journal.explain(error)
            if plain is None:
                raise error
            if on_failed is not None:
                on_failed(plain)
                return
            self._tell(spoken(f"{title}: {plain.message} {plain.hint}".strip()), "fail")

        def progress(made: int, total: int) -> None:
            fill(line.bar, made, total)
            if on_progress is not None:
                on_progress(made, total)

        def cancelled() -> None:
            self._remove(line)
            if on_cancelled is not None:
                on_cancelled()

        job = self._jobs.submit(
            lane,
            work,
            on_done=done,
            on_error=failed,
            on_cancelled=cancelled,
            on_progress=progress,
        )
        line.job = job
        return job

    def place(self) -> None:
        """Keep the list above the status bar, at the right."""
        window = self._window
        self.panel.setFixedWidth(320)
        self.panel.adjustSize()
        self.panel.move(
            window.width() - self.panel.width() - 12, window.height() - self.panel.height() - 38
        )

    def _add(self, title: str) -> _Line:
        widget = QWidget()
        rows = QVBoxLayout(widget)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(ElidedLabel(title), 1)
        cancel = IconButton("x", tr("Cancel: {title}", title=title), self._holder)
        head.addWidget(cancel)
        bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName(title)
        rows.addLayout(head)
        rows.addWidget(bar)
        line = _Line(widget, bar)
        cancel.clicked.connect(lambda _checked=False: self._cancel(line))
        self._lines.append(line)
        self._list.addWidget(widget)
        self._count()
        return line

    def _cancel(self, line: _Line) -> None:
        if line.job is not None:
            line.job.cancel()

    def _remove(self, line: _Line) -> None:
        if line not in self._lines:
            return
        self._lines.remove(line)
        line.widget.hide()
        self._list.removeWidget(line.widget)
        line.widget.deleteLater()
        self._count()

    def _count(self) -> None:
        n = len(self._lines)
        self.button.setText(trn("{n} job running|{n} jobs running", n))
        self.button.setAccessibleName(self.button.text())
        self.setVisible(n > 0)
        if not n:
            self.panel.hide()
        elif self.panel.isVisible():
            self.place()

    def _toggle(self) -> None:
        self.panel.setVisible(not self.panel.isVisible())
        if self.panel.isVisible():
            self.place()
            self.panel.raise_()


class Toast(QFrame):
    """A line at the bottom that tells what was done, with a way back; goes when it was read."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._root = parent
        self.setObjectName("toast")
        self._label = ElidedLabel("", hint=120)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 6, 8, 6)
        self._row.setSpacing(12)
        self._row.addWidget(self._label, 1)
        self._act: Callable[[], object] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._button = button(tr("Undo"), self._do)
        self._row.addWidget(self._button)
        self._close = button(tr("Close"), self.hide)
        self._row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """What it says."""
        return self._label.full_text()

    def tell(
        self,
        text: str,
        act: tuple[str, Callable[[], object]] | None = None,
        *,
        stays: bool = False,
    ) -> None:
        """Say something; `act` is a button's word and what it does. An error `stays`."""
        if stays:
            self._timer.stop()
        else:
            self._timer.start(SHOWN)
        self._label.set_text(text)
        self._label.setMinimumWidth(min(640, self._label.sizeHint().width()))
        self.setAccessibleName(text)
        announce(self._root, text, urgent=stays)
        self._act = act[1] if act else None
        self._button.setVisible(act is not None)
        if act is not None:
            self._button.setText(act[0])
            self._button.setAccessibleName(act[0])
        self.show()
        self.place()
        self.raise_()

    def place(self) -> None:
        """Keep it in the middle above the status bar."""
        window = self._root
        self.adjustSize()
        self.resize(min(self.width(), window.width() - 32), max(self.height(), 42))
        card = window.findChild(QWidget, "CommandCard")
        floor = window.height() - 34
        if card is not None and card.isVisible():  # its buttons are what is wanted next
            floor = card.mapTo(window, QPoint(0, 0)).y()
        self.move((window.width() - self.width()) // 2, floor - self.height() - 8)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def _do(self) -> None:
        self.hide()
        if self._act is not None:
            self._act()
