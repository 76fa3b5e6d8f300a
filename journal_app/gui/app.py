"""The window program: start, first paint, the rest, and an end that loses nothing.

Order of the start: theme, journal, list, show; editor, inspector and clock after the first paint.
Order of the end: clock, editor's text, lanes, store, model process.
"""

from __future__ import annotations

import os
import sys
import threading
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QWidget

from journal_app.errors import JournalError
from journal_app.gui import language
from journal_app.gui.bridge import UiBridge
from journal_app.gui.plain import tip
from journal_app.gui.theme import Choice, ThemeHolder
from journal_app.gui.window import MainWindow
from journal_app.journal import Journal
from journal_app.runtime.jobs import Jobs

if TYPE_CHECKING:
    from journal_app.gui.background import Background
    from journal_app.gui.capture.presence import Presence
    from journal_app.runtime.single_instance import Claim


AFTER = 60  # ms from a complete window to what makes it reachable from outside


def now_ms() -> int:
    """The clock of the window: milliseconds UTC."""
    return time.time_ns() // 1_000_000


class FirstPaint(QObject):
    """Calls once, after the list was painted for the first time."""

    def __init__(self, view: QWidget, call: Callable[[], None]) -> None:
        super().__init__(view)
        self._view, self._call = view, call
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first paint event."""
        if watched is self._view and event.type() == QEvent.Type.Paint:
            self._view.removeEventFilter(self)
            QTimer.singleShot(0, self._call)
        return False


class Session:
    """Everything that lives as long as the window: journal, lanes, bridge, window."""

    def __init__(
        self,
        folder: Path | None,
        *,
        theme: Choice | None = None,
        sample: bool = False,
        journal: Journal | None = None,
    ) -> None:
        self.journal = journal or Journal(folder)
        self.fresh = False  # it holds the sample and nothing else
        if sample and not self.journal.store.read_only:
            from journal_app.tour import make_sample

            self.fresh = make_sample(self.journal)
        language.use(self.journal.settings.get("language"))
        self.bridge = UiBridge()
        self.jobs = Jobs(self.bridge.post)
        choice = theme or cast(Choice, self.journal.settings.get("theme"))
        self.holder = ThemeHolder(choice)
        self.holder.apply()
        self.window = MainWindow(self.journal, self.jobs, self.bridge, self.holder, now_ms)
        self.background: Background | None = None
        self.presence: Presence | None = None
        self._then: Callable[[], None] | None = None
        self._steps: list[Callable[[], None]] | None = None
        self._closed = False

    def show(self, *, background: bool = True, then: Callable[[], None] | None = None) -> None:
        """Show the window; what is not seen at once follows after the first paint, then `then`."""
        self._then = then
        self.window.before_close = self.close
        FirstPaint(self.window.entries.list.viewport(), lambda: self._complete(background))
        if not self.window.entries.model.rowCount():  # the empty state paints, not the list
            QTimer.singleShot(0, lambda: self._complete(background))
        self.window.show()

    def _complete(self, background: bool) -> None:
        if self._steps is None:
            self._steps = [*self.window.steps, lambda: self._begin(background)]
            self._step()

    def _step(self) -> None:
        if self._steps and not self._closed:
            self._steps.pop(0)()
            QTimer.singleShot(0, self.window, self._step)

    def _begin(self, background: bool) -> None:
        if background:
            from journal_app.gui.background import Background

            self.background = Background(
                self.journal,
                self.jobs,
                self.bridge.post,
                self._failed,
                self.window.read_facts,
                self.window.acts.outcome,
            )
            self.window.acts.background = self.background
            self.background.start()
            self.window.acts.sharing.standing.start()
            self.window.acts.models.notices.start()
        if self._then is not None:
            self._then()

    def _failed(self, error: Exception) -> None:
        plain = error if isinstance(error, JournalError) else self.journal.explain(error)
        if plain is None:
            raise error
        self.window.tell_error(plain)

    @property
    def closed(self) -> bool:
        """Whether everything has ended."""
        return self._closed

    def close(self) -> None:
        """Stop the clock, finish the lanes, close the store. A second call does nothing."""
        if self._closed:
            return
        self._closed = True
        if self.presence is not None:
            self.presence.stop()
        self.window.acts.finish()
        self.window.stop_reading()
        self.window.entries.end_search()
        if self.background is not None:
            self.background.stop()
        if self.window.editor is not None:
            self.window.editor.autosave.stop()
        self.jobs.shutdown()
        self.bridge.close()
        self.journal.close()


def application() -> QApplication:
    """The one QApplication, with a font that tells figures apart."""
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    app = QApplication(sys.argv[:1])
    app.setApplicationName("Field Journal")
    app.setDesktopFileName("field-journal")
    app.setStyle("Fusion")  # one base for the style sheet on every system
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":  # it has no system font of its own
        families = QFontDatabase.families()
        for family in ("Inter", "Noto Sans", "DejaVu Sans"):
            if family in families:
                app.setFont(QFont(family))
                break
    return app


def enlarge(percent: str) -> None:
    """Draw everything larger, 100 to 200 %; Qt reads this once, when the application is made."""
    if percent != "100":
        os.environ.setdefault("QT_SCALE_FACTOR", f"{int(percent) / 100}")


def run(folder: Path | None, claim: Claim | None = None, entry: str = "") -> int:
    """Open the window on the journal in `folder` (default: the user's own) and wait for its end.

    The first start of all fills the user's own journal with the sample experiment. With the
    journal's `claim` the window answers other processes, has a global key and an icon in the tray.
    `entry` is the id of the entry to show.
    """
    try:
        journal = Journal(folder)
    except JournalError as error:
        application()
        return cannot_open(error)
    enlarge(journal.settings.get("window.text"))
    app = application()
    session = Session(folder, sample=folder is None, journal=journal)
    _report_bugs(session)

    def begin() -> None:
        if session.closed:
            return
        from journal_app.gui.capture.presence import Presence

        if entry:
            session.window.open_entry(entry)
        elif session.fresh:
            session.window.acts.preferences.first_tour()
        if claim is not None:
            session.presence = Presence(session.window, claim)
            session.presence.start()

    session.show(then=lambda: QTimer.singleShot(AFTER, session.window, begin))
    code = app.exec()
    session.close()
    return code


def cannot_open(error: JournalError) -> int:
    """Say why the journal does not open, and return the exit status."""
    from PySide6.QtWidgets import QMessageBox

    print(f"error: {error.message}\n{error.hint}", file=sys.stderr)
    box = QMessageBox(QMessageBox.Icon.Warning, "Field Journal", error.message)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setInformativeText(tip(error.hint))
    box.exec()
    return 1


def _report_bugs(session: Session) -> None:
    """Show a bug in the window, with its trace on the clipboard at a click; never hide it."""

    def tell(kind: type[BaseException], error: BaseException | None, trace: object) -> None:
        plain = session.journal.explain(error) if error is not None else None
        if plain is not None:  # the storage failed under a read: no bug, and there is a way out
            session.bridge.post(lambda: session.window.tell_error(plain))
            return
        text = "".join(traceback.format_exception(kind, error, cast("TracebackType | None", trace)))
        sys.stderr.write(text)
        session.bridge.post(
            lambda: session.window.toast.tell(
                language.tr("Something went wrong inside Field Journal: {error}", error=error),
                (language.tr("Copy details"), lambda: QApplication.clipboard().setText(text)),
                stays=True,
            )
        )

    sys.excepthook = tell
    threading.excepthook = lambda args: tell(args.exc_type, args.exc_value, args.exc_traceback)
