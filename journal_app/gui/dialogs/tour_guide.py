"""The tour: six short steps, each at the control that it speaks of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QWidget

from journal_app.gui.actions import keys_of, native
from journal_app.gui.dialogs.tour_card import TourOverlay
from journal_app.gui.language import later, tr

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow

SEEN = "seen"
NAME = "tour-guide"  # of the guide among the window's children


@dataclass(frozen=True, slots=True)
class Step:
    """`text` may name `{capture}`, `{keep}` and `{link}`: the keys as they are now. `inspector`:
    the step needs it open."""

    title: str
    text: str
    spot: Callable[[MainWindow], QRect]
    inspector: bool = False


def _capture(window: MainWindow) -> QRect:
    return _of(window.sidebar.capture, window)


def _text(window: MainWindow) -> QRect:
    return _of(window.panes.mains, window)


def _evidence(window: MainWindow) -> QRect:
    inspector = window.inspector
    if inspector is None:
        return QRect()
    return _of(inspector.evidence, window) or _of(inspector, window)


def _summary(window: MainWindow) -> QRect:
    inspector = window.inspector
    if inspector is None:
        return QRect()
    return _of(inspector.summary, window) or _of(inspector, window)


def _place(key: str) -> Callable[[MainWindow], QRect]:
    def spot(window: MainWindow) -> QRect:
        sidebar = window.sidebar
        for line, place in enumerate(sidebar.model.places):
            if place.key == key:
                area = sidebar.list.visualRect(sidebar.model.index(line))
                corner = sidebar.list.viewport().mapTo(window.root, area.topLeft())
                return QRect(corner, area.size()).adjusted(4, 0, -4, 0)
        return QRect()

    return spot


STEPS = (
    Step(
        later("Capture while it is warm"),
        later(
            "{capture} opens a small window. Write one line, {keep} keeps it. A #tag or a "
            "->run:ID in the line is understood."
        ),
        _capture,
    ),
    Step(
        later("Write without leaving the keys"),
        later(
            "Type / for commands, [[ to link an entry, # for a tag. Everything is saved as you "
            "type, and every earlier text is kept."
        ),
        _text,
    ),
    Step(
        later("Say what it stands on"),
        later("{link} links a run or an eval. Its figures then stand beside the text."),
        _evidence,
        inspector=True,
    ),
    Step(
        later("Summarize on this computer"),
        later(
            "A small model picks the sentences that matter. It runs here, on the NPU where there "
            "is one; nothing is sent anywhere."
        ),
        _summary,
        inspector=True,
    ),
    Step(
        later("Publish when it is ready"),
        later(
            "Make a draft out of entries and give it a date. It waits here, and only what you "
            "schedule leaves this computer."
        ),
        _place("scheduled"),
    ),
    Step(
        later("Still true?"),
        later(
            "Lessons keep their runs. Come back to them, look whether the figures still say so, "
            "and write down what changed."
        ),
        _place("lesson"),
    ),
)


class Guide(QObject):
    """One walk through the steps; gone when it ends."""

    def __init__(self, window: MainWindow, *, focus: bool) -> None:
        super().__init__(window)
        self.setObjectName(NAME)
        self._window = window
        self._step = 0
        self._inspector = window.panes.inspector_shown
        self.overlay = TourOverlay(window.root, window.holder, self._spot)
        self.card = self.overlay.card
        self.card.before = QApplication.focusWidget()
        self.card.turned.connect(self.turn)
        self.card.ended.connect(self.end)
        self.overlay.show()
        self.card.show()
        self._say()
        if focus:
            self.card.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def step(self) -> int:
        """The number of the step that is shown, from 0."""
        return self._step

    def turn(self, by: int) -> None:
        """Go on or back; after the last step the tour ends."""
        if self._step + by >= len(STEPS):
            self.end()
        elif self._step + by >= 0:
            self._step += by
            self._say()

    def end(self) -> None:
        """Take the tour away and remember that it was shown; the focus goes back."""
        window, before = self._window, self.card.before
        held = self.card.hasFocus() or self.card.isAncestorOf(QApplication.focusWidget() or window)
        self._show_inspector(self._inspector)
        for part in (self.overlay, self.card):
            part.hide()
            part.setParent(None)
            part.deleteLater()
        self.setParent(None)
        self.deleteLater()
        window.acts.set_preference("window.tour", SEEN)
        if held and before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self) -> None:
        window, step = self._window, STEPS[self._step]
        if step.inspector:
            self._show_inspector(True)
        elif not self._inspector:
            self._show_inspector(False)
        text = tr(
            step.text,
            capture=keys_of(window, "capture"),
            keep=native("Ctrl+Return"),
            link=keys_of(window, "entry.link"),
        )
        self.card.say(tr(step.title), text, self._step + 1, len(STEPS))
        self.overlay.place()

    def _show_inspector(self, on: bool) -> None:
        if self._window.panes.inspector_shown != on:
            self._window.panes.toggle_inspector()

    def _spot(self) -> QRect:
        return STEPS[self._step].spot(self._window)


def _of(widget: QWidget, window: MainWindow) -> QRect:
    """Where a widget can be seen in the window; nothing where it is hidden."""
    if not widget.isVisible():
        return QRect()
    area = QRect(widget.mapTo(window.root, QPoint()), widget.size())
    parent = widget.parentWidget()
    while parent is not None and parent is not window.root:
        area &= QRect(parent.mapTo(window.root, QPoint()), parent.size())
        parent = parent.parentWidget()
    return area


def start(window: MainWindow, *, focus: bool = True) -> Guide:
    """Show the tour, from its first step where it is shown already."""
    running = window.findChild(Guide, NAME)
    if running is not None:
        running.end()
    return Guide(window, focus=focus)
