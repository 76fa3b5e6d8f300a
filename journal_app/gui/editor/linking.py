"""Links in the editor: completed while typing, followed by click or key, kept when titles change.

A title goes into the texts that link its entry once it stands: when the entry was left, or nothing
was typed for a while outside the title's field. Until then (and after a kill) links lead by id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QMouseEvent

from journal_app.domain import links
from journal_app.domain.links import ENTRY, Mention
from journal_app.gui.editor import acts, completion_acts
from journal_app.gui.editor.completion import Completion
from journal_app.gui.language import tr
from journal_app.gui.links import ask_to_open

if TYPE_CHECKING:
    from journal_app.gui.editor.pane import EditorPane

STANDS_MS = 3000
_STOP = " \t\n<>\"'`"


class Linking(QObject):
    """What one editor pane does about links."""

    def __init__(self, pane: EditorPane) -> None:
        super().__init__(pane)
        self._pane = pane
        self._text = pane.page.text
        self.completion = Completion(pane)
        self._title = ""  # of the open entry, as it was opened or settled last
        self._waiting: set[str] = set()  # entries whose title is new
        self._read: tuple[str, list[Mention]] = ("", [])
        self._timer = QTimer(self, singleShot=True, interval=STANDS_MS)
        self._timer.timeout.connect(self._stands)
        self._text.viewport().installEventFilter(self)
        self._text.viewport().setMouseTracking(True)
        pane.autosave.saved.connect(self._saved)
        pane.autosave.rewritten.connect(self._rewritten)

    def opened(self) -> None:
        """Another entry is shown: what the one before is called stands now."""
        self._title = self._pane.entry.title if self._pane.entry is not None else ""
        self.completion.slash.opened()
        if self._waiting:
            self._timer.start(0)

    # ------------------------------------------------------------------ titles

    @Slot(str, int)
    def _saved(self, id: str, _rev: int) -> None:
        if id == self._pane.autosave.id:
            if self._title != self._pane.shown_title():
                self._waiting.add(id)
                self._timer.start(STANDS_MS)
        else:  # it was left; what it is called now stands
            self._waiting.add(id)
            self._timer.start(0)

    @Slot()
    def _stands(self) -> None:
        pane = self._pane
        for id in sorted(self._waiting):
            if id == pane.autosave.id and (pane.page.title.hasFocus() or not pane.autosave.idle):
                self._timer.start(STANDS_MS)
                continue
            self._waiting.discard(id)
            if id == pane.autosave.id:
                self._title = pane.shown_title()
            self._settle(id)

    def _settle(self, id: str) -> None:
        service = self._pane.journal.links
        self._pane.jobs.submit(
            "store",
            lambda _context: service.settle(id),
            on_error=lambda error: acts.explain(self._pane, error),
        )

    @Slot(str, str, str)
    def _rewritten(self, id: str, sent: str, stored: str) -> None:
        """A save met new names of links in the store: they come into the open text too."""
        if id != self._pane.autosave.id:
            return
        goals = links.renames(sent, stored)
        if goals:
            self._text.replace(links.edits(self._text.text(), goals))

    # ------------------------------------------------------------------ following

    def at(self, offset: int) -> Mention | None:
        """What the text names at a character, the place behind it included."""
        text = self._text.text()
        if self._read[0] != text:
            self._read = text, links.mentions(text)
        return next((m for m in self._read[1] if m.start <= offset <= m.end), None)

    def follow(self) -> None:
        """Go where the link at the caret leads; a name that nothing has becomes an entry."""
        offset = self._text.offset()
        if not self.go(offset):
            self._pane.message.emit(tr("There is no link at the caret."), "info")

    def go(self, offset: int) -> bool:
        """Go where the link at a character leads; False where there is none."""
        found = self.at(offset)
        if found is None:
            return ask_to_open(self._pane, QUrl(self._address(offset))) is not None
        if found.kind == ENTRY:
            self.open_name(found.name)
        else:
            self.open_run(found.name)
        return True

    def open_name(self, name: str) -> None:
        """Open the entry that a name in the open text means; make it where there is none."""
        pane = self._pane
        if pane.entry is None:
            return
        # What was typed a moment ago is not in the store yet: then the title decides.
        target = pane.journal.links.resolver(pane.entry.id)(name)
        if target is not None:
            pane.open_requested.emit(target)
        elif links.is_id(name):
            pane.message.emit(tr("This entry is not in the journal."), "stale")
        else:
            completion_acts.create(pane, name, open_it=True)

    def open_run(self, name: str) -> None:
        """Open the run that a name means."""
        target = self._pane.journal.links.run_named(name)
        if target is not None:
            self._pane.run_requested.emit(target)
        else:
            self._pane.message.emit(
                tr("There is no run “{name}” yet; the link waits for it.", name=name), "info"
            )

    def _address(self, offset: int) -> str:
        """The web address that stands around a character."""
        text = self._text.text()
        start = max((text.rfind(stop, 0, offset) for stop in _STOP + "("), default=-1) + 1
        ends = [end for stop in _STOP + ")" if (end := text.find(stop, offset)) >= 0]
        return text[start : min(ends, default=len(text))].rstrip(".,;:!?")

    def _place(self, point: QPoint) -> int:
        return self._text.characters(self._text.cursorForPosition(point).position())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl and a click follow a link; the mouse shows where that works."""
        if not isinstance(event, QMouseEvent):
            return False
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        point = event.position().toPoint()
        if event.type() == QEvent.Type.MouseMove:
            over = control and self.at(self._place(point)) is not None
            shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
            if self._text.viewport().cursor().shape() != shape:
                self._text.viewport().setCursor(shape)
        elif (
            event.type() == QEvent.Type.MouseButtonRelease
            and control
            and event.button() == Qt.MouseButton.LeftButton
            and not self._text.textCursor().hasSelection()
        ):
            return self.go(self._place(point))
        return False
