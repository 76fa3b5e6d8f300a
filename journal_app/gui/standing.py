"""Standing work behind the window: the index for "more like this", the Markdown mirror, and the
calendar file.

All follow the changes of any process. The index is built in the io lane, not in the model lane,
where a summary would wait for its end; the work itself is done by a process of low priority.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from journal_app.errors import Cancelled, JournalError
from journal_app.gui.language import tr, trn

if TYPE_CHECKING:
    from journal_app.domain.changes import Change
    from journal_app.domain.similar import IndexStatus
    from journal_app.gui.window import MainWindow
    from journal_app.runtime.jobs import JobContext
    from journal_app.services.mirroring import MirrorReport, MirrorStatus

IDLE = 8_000  # ms without a change before the index goes on
SETTLE = 1_500  # ms without a change before mirror and calendar follow
QUIET = 64  # entries that are read or written without a line in the tray


class Standing(QObject):
    """Starts the work when it is due; `start` begins to look."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._indexing = self._mirroring = self._paused = self._again = False
        self._dating = False
        self._said: set[str] = set()
        self._index_soon = QTimer(self, singleShot=True, interval=IDLE)
        self._index_soon.timeout.connect(self.index)
        self._mirror_soon = QTimer(self, singleShot=True, interval=SETTLE)
        self._mirror_soon.timeout.connect(self.mirror)
        self._calendar_soon = QTimer(self, singleShot=True, interval=SETTLE)
        self._calendar_soon.timeout.connect(self.calendar)
        window.refresher.changed.connect(self._stale)

    def start(self) -> None:
        """Look soon, and after each change."""
        self._index_soon.start()
        self._mirror_soon.start()
        self._calendar_soon.start()

    def stop(self) -> None:
        """Begin nothing more."""
        self._index_soon.stop()
        self._mirror_soon.stop()
        self._calendar_soon.stop()

    @Slot(list)
    def _stale(self, changes: list[Change]) -> None:
        if any(change.noun == "entry" for change in changes):
            self.start()
        elif any(change.id == "mirror.folder" for change in changes):
            self._mirror_soon.start()
        if any(change.noun == "publication" or change.id == "calendar.file" for change in changes):
            self._calendar_soon.start()

    # ------------------------------------------------------------------ index

    def index(self, *, asked: bool = False) -> None:
        """Read what is not in the index; `asked` tells what hinders, and ends a pause."""
        journal = self._window.journal
        if asked:
            self._paused = False
        if self._indexing or self._paused or journal.store.read_only:
            return
        if not asked and journal.settings.get("similar.index") != "on":
            return
        self._indexing = True
        self._window.jobs.submit(
            "io",
            lambda _context: journal.similar.status(),
            on_done=lambda status: self._read(status, asked=asked),
            on_error=self._index_failed,
            on_cancelled=self._index_ended,
        )

    def _read(self, status: IndexStatus, *, asked: bool) -> None:
        window = self._window
        if not status.model or status.complete:
            self._index_ended()
            if asked and not status.model:
                window.toast.tell(
                    tr("The index needs the embedding model."),
                    (tr("Install"), lambda: window.acts.run("action:model.install")),
                )
            elif asked:
                window.tell(
                    trn("{n} entry is in the index.|All {n} entries are in the index.", status.done)
                )
            return
        similar = window.journal.similar

        def build(context: JobContext) -> int:
            try:
                return similar.build(context.progress, context.check)
            except Cancelled:
                self._paused = True  # until the user asks, or the next start
                raise

        def built(_made: int) -> None:
            self._index_ended()

        if status.total - status.done <= QUIET:
            window.jobs.submit(
                "io",
                build,
                on_done=built,
                on_error=self._index_failed,
                on_cancelled=self._index_ended,
            )
            return
        title = tr("Reading entries for “More like this”")
        job = window.tray.start(title, "io", build, built)
        self._watch(job.wait, self._index_ended)

    def _watch(self, wait: Callable[[float], bool], ended: Callable[[], None]) -> None:
        """Notice the end of a job of the tray, however it ends."""
        timer = QTimer(self, interval=500)

        def look() -> None:
            if wait(0.0):
                timer.stop()
                timer.deleteLater()
                ended()

        timer.timeout.connect(look)
        timer.start()

    def _index_ended(self) -> None:
        self._indexing = False

    def _index_failed(self, error: Exception) -> None:
        self._indexing = False
        self._tell(error)

    # ------------------------------------------------------------------ mirror

    @Slot()
    def mirror(self) -> None:
        """Write what was changed into the mirror, if there is one."""
        journal = self._window.journal
        if journal.store.read_only or not journal.settings.get("mirror.folder"):
            return
        if self._mirroring:
            self._again = True
            return
        self._mirroring = True

        def first(context: JobContext) -> tuple[MirrorReport, MirrorStatus]:
            service = journal.mirror  # made in the lane: its modules load there
            report = service.catch_up(check=context.check, most=QUIET)
            return report, service.status()

        self._window.jobs.submit(
            "io",
            first,
            on_done=lambda both: self._mirrored(*both),
            on_error=self._mirror_failed,
            on_cancelled=self._mirror_ended,
        )

    def _mirrored(self, report: MirrorReport, status: MirrorStatus) -> None:
        self._told_left(status)
        if not status.pending or report.busy:
            self._mirror_ended()
            return
        service = self._window.journal.mirror

        def rest(context: JobContext) -> MirrorStatus:
            service.catch_up(context.progress, context.check)
            return service.status()

        title = tr("Writing the Markdown mirror")
        job = self._window.tray.start(title, "io", rest, self._told_left)
        self._watch(job.wait, self._mirror_ended)

    def _told_left(self, status: MirrorStatus) -> None:
        names = {one.path for one in status.left} - self._said
        if names:
            self._said |= names
            text = trn(
                "{n} file of the mirror was changed outside and left alone: {name}.|{n} files of "
                "the mirror were changed outside and left alone, such as {name}.",
                len(names),
                name=min(names),
            )
            settle = self._window.journal.mirror.settle
            self._window.toast.tell(
                text,
                (
                    tr("Keep both"),
                    lambda: self._window.tray.start(
                        tr("Keep both versions"), "io", lambda _context: settle()
                    ),
                ),
                stays=True,
            )

    def _mirror_ended(self) -> None:
        self._mirroring = False
        if self._again:
            self._again = False
            self._mirror_soon.start()

    def _mirror_failed(self, error: Exception) -> None:
        self._mirroring = False
        self._tell(error)

    # ------------------------------------------------------------------ calendar

    @Slot()
    def calendar(self) -> None:
        """Bring the calendar file up to date, if there is one."""
        journal = self._window.journal
        if journal.store.read_only or not journal.settings.get("calendar.file"):
            return
        if self._dating:
            self._calendar_soon.start()
            return
        self._dating = True
        self._window.jobs.submit(
            "io",
            lambda _context: journal.calendar_file.write_if_changed(),
            on_done=lambda _written: self._dated(),
            on_error=self._dated,
            on_cancelled=self._dated,
        )

    def _dated(self, error: Exception | None = None) -> None:
        self._dating = False
        if error is not None:
            self._tell(error)

    def _tell(self, error: Exception) -> None:
        """Say an error once: the next try meets the same."""
        plain = error if isinstance(error, JournalError) else self._window.journal.explain(error)
        if plain is None:
            raise error
        if plain.message not in self._said:
            self._said.add(plain.message)
            self._window.tell_error(plain)
