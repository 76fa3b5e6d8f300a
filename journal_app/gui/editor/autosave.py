"""Autosave that cannot lose a race.

Invariants:
* A text counts as saved only up to the version that was read for that save: what is typed while a
  save runs stays unsaved and is saved after it.
* Per entry one save runs at a time, and each names the revision it started from.
* A text that was left (another entry opened, window closing) or that could not be saved stays in
  memory until it is saved; opening its entry again shows it.
* A clash keeps both texts; the writer goes on in the copy that holds the words just typed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QObject, QTimer, Signal, Slot

from journal_app.domain.links import renames, rewritten
from journal_app.errors import JournalError
from journal_app.gui.language import tr
from journal_app.services.entries import Saved

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry

DEBOUNCE_MS = 500
LONGEST_MS = 1000  # someone who never stops typing is saved this often: at most 2 s are at risk
RETRY_MS = 5000


@dataclass(frozen=True, slots=True)
class Content:
    """What the editor holds of an entry."""

    body: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A content on its way into the store."""

    id: str
    base_rev: int
    content: Content


Submit = Callable[[Draft, Callable[[Saved], None], Callable[[BaseException], None]], None]


@dataclass(slots=True)
class _Session:
    id: str
    rev: int
    version: int = 0  # counts edits
    saved: int = 0  # the version that is in the store
    flying: int | None = None  # the version of the save that runs
    kept: Content | None = None  # the text once the editor shows another entry
    error: JournalError | None = None

    @property
    def dirty(self) -> bool:
        return self.version != self.saved


class Autosave(QObject):
    """Saves of one editor. Lives in the GUI thread; `submit` runs the save elsewhere and calls
    one of its two callbacks back in the GUI thread."""

    state_changed = Signal(str)  # of the open entry: "saved", "edited", "saving", "failed"
    saved = Signal(str, int)  # entry id, its new revision
    clashed = Signal(str, str)  # entry id, id of the copy that holds the text of this editor
    failed = Signal(str, str, str)  # entry id, message, hint
    rewritten = Signal(str, str, str)  # entry id, text as sent, as stored: links got new names

    def __init__(self, submit: Submit, read: Callable[[], Content], parent: QObject) -> None:
        super().__init__(parent)
        self._submit = submit
        self._read = read
        self._sessions: dict[str, _Session] = {}
        self._open: _Session | None = None
        self._waiting: list[Callable[[bool], None]] = []
        self._stopped = False
        self._since = QElapsedTimer()
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._due)
        self._retry = QTimer(self, singleShot=True, interval=RETRY_MS)
        self._retry.timeout.connect(self.retry)

    # ------------------------------------------------------------------ what is open

    @property
    def id(self) -> str | None:
        """The id of the open entry."""
        return self._open.id if self._open else None

    @property
    def rev(self) -> int:
        """The revision of the store that the open text starts from."""
        return self._open.rev if self._open else 0

    @property
    def idle(self) -> bool:
        """Whether the open text is the stored one and no save runs."""
        return self._open is None or not (self._open.dirty or self._open.flying is not None)

    @property
    def state(self) -> str:
        """What to tell about the open entry."""
        session = self._open
        if session is None or (not session.dirty and session.flying is None):
            return "saved"
        if session.error is not None:
            return "failed"
        return "saving" if session.flying is not None else "edited"

    @property
    def error(self) -> JournalError | None:
        """Why the open entry could not be saved."""
        return self._open.error if self._open else None

    def unsaved(self) -> list[Draft]:
        """Every text that is not in the store yet."""
        return [
            Draft(s.id, s.rev, self._content(s))
            for s in self._sessions.values()
            if s.dirty or s.flying is not None
        ]

    def trouble(self) -> str:
        """Why texts could not be saved, in words."""
        errors = [s.error for s in self._sessions.values() if s.error is not None]
        return " ".join(dict.fromkeys(f"{error.message} {error.hint}".strip() for error in errors))

    def begin(self, entry: Entry) -> Content | None:
        """Take over an entry; the text to show in place of the stored one, if one is unsaved."""
        self.leave()
        session = self._sessions.setdefault(entry.id, _Session(entry.id, entry.rev))
        kept, session.kept = session.kept, None
        self._open = session
        self.state_changed.emit(self.state)
        return kept

    def leave(self) -> None:
        """The editor is about to show something else: keep the text and save it now."""
        session = self._open
        if session is None:
            return
        self._timer.stop()
        if session.dirty or session.flying is not None:
            session.kept = self._read()
            self._open = None
            self._push(session)
        else:
            self._open = None
            self._sessions.pop(session.id, None)

    def reloaded(self, entry: Entry) -> None:
        """The editor now shows this stored state of the open entry."""
        if self._open is not None and self._open.id == entry.id and self.idle:
            self._open.rev = entry.rev

    @Slot()
    def touched(self) -> None:
        """The open text was edited."""
        session = self._open
        if session is None:
            return
        if self._stopped:
            pass
        elif not self._timer.isActive():
            self._since.start()
            self._timer.start()
        elif self._since.elapsed() < LONGEST_MS:
            self._timer.start()
        session.version += 1
        self.state_changed.emit(self.state)

    # ------------------------------------------------------------------ saving

    def flush(self, done: Callable[[bool], None]) -> None:
        """Save everything now, then call `done` with whether all of it was saved."""
        self._timer.stop()
        self.retry()
        self._waiting.append(done)
        self._settle()

    @Slot()
    def retry(self) -> None:
        """Save everything that is not saved, also what failed before."""
        self._retry.stop()
        for session in list(self._sessions.values()):
            session.error = None
            self._push(session)
        self._settle()

    def stop(self) -> None:
        """Save nothing more by itself: the lanes are about to close."""
        self._stopped = True
        self._timer.stop()
        self._retry.stop()

    @Slot()
    def _due(self) -> None:
        if self._open is not None:
            self._push(self._open)

    def _content(self, session: _Session) -> Content:
        if session is self._open or session.kept is None:
            return self._read()
        return session.kept

    def _push(self, session: _Session) -> None:
        if session.flying is not None or not session.dirty or self._stopped:
            return
        draft = Draft(session.id, session.rev, self._content(session))
        session.flying = session.version
        if session is self._open:
            self.state_changed.emit(self.state)
        self._submit(
            draft,
            lambda saved: self._landed(session, saved, draft.content.body),
            lambda error: self._missed(session, error),
        )

    def _landed(self, session: _Session, saved: Saved, sent: str) -> None:
        if session.flying is not None:
            session.saved = session.flying
        session.flying, session.error = None, None
        first = session.id
        kept_in = saved.copy or saved.entry
        session.id, session.rev = kept_in.id, kept_in.rev
        if kept_in.id != first:
            self._sessions.pop(first, None)
            self._sessions[kept_in.id] = session
            self.clashed.emit(first, kept_in.id)
        if kept_in.body != sent:
            if session.kept is not None:
                goals = renames(sent, kept_in.body) or {}
                session.kept = replace(session.kept, body=rewritten(session.kept.body, goals))
            self.rewritten.emit(kept_in.id, sent, kept_in.body)
        self.saved.emit(kept_in.id, kept_in.rev)
        if session.dirty and (self._waiting or session is not self._open):
            self._push(session)
        elif session.dirty and not self._timer.isActive() and not self._stopped:
            self._timer.start()
        elif not session.dirty and session is not self._open:
            self._sessions.pop(session.id, None)
        self._tell(session)

    def _missed(self, session: _Session, error: BaseException) -> None:
        session.flying = None
        session.error = (
            error
            if isinstance(error, JournalError)
            else JournalError(
                tr("The entry could not be saved: {error}.", error=repr(error)),
                tr("The text is kept here."),
            )
        )
        if not self._stopped:
            self._retry.start()
        self.failed.emit(session.id, session.error.message, session.error.hint)
        self._tell(session)

    def _tell(self, session: _Session) -> None:
        if session is self._open:
            self.state_changed.emit(self.state)
        self._settle()

    def _settle(self) -> None:
        if any(s.flying is not None for s in self._sessions.values()):
            return
        clean = not any(s.dirty for s in self._sessions.values())
        waiting, self._waiting = self._waiting, []
        for done in waiting:
            done(clean)
