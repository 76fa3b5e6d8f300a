"""The window's end of the process that draws Mermaid (`drawing_process`).

The process starts with the first job, takes one job at a time, ends after some idle time and is
killed when a job takes too long. Nothing here waits: Qt tells when the pipe has something.
"""

from __future__ import annotations

import importlib.util
import os
import platform
import sys
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Slot
from PySide6.QtWidgets import QApplication

from journal_app import paths
from journal_app.gui.language import tr

START_MS = 30_000
DRAW_MS = 8_000
IDLE_MS = 120_000  # then its memory is given back
LARGEST = 24_000_000  # bytes of one answer
ENGINE = "PySide6.QtWebEngineCore"
UNSANDBOXED = "QTWEBENGINE_DISABLE_SANDBOX"

Told = Callable[[bytes, str], None]  # a line of the process, or why there is none


def lacking() -> str:
    """Why nothing can be drawn here, in words; "" where it can. Looks at files: not for the
    window's thread."""
    try:
        found = importlib.util.find_spec(ENGINE)
    except (ImportError, ValueError):
        found = None
    if found is None:
        if sys.platform == "win32" and platform.machine().upper() in ("ARM64", "AARCH64"):
            return tr("Qt has no WebEngine for Windows on ARM yet: drawings stay text.")
        return tr("Drawings need the extra “preview”: pip install journal-app[preview]")
    root = sys.platform == "linux" and os.geteuid() == 0
    if root and os.environ.get(UNSANDBOXED) != "1":
        return tr("The browser's sandbox does not work for root: drawings stay text.")
    return ""


def shared() -> Artist:
    """The one artist of the application."""
    app = QApplication.instance()
    assert app is not None
    found = app.findChild(Artist)
    return found if isinstance(found, Artist) else Artist(app)


class Artist(QObject):
    """Hands jobs to the process. Lives in the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._queue: deque[tuple[bytes, Told]] = deque()
        self._told: Told | None = None
        self._process: QProcess | None = None
        self._ready = False
        self._broken = ""
        self._limit = QTimer(self, singleShot=True)
        self._limit.timeout.connect(self._too_long)
        self._idle = QTimer(self, singleShot=True, interval=IDLE_MS)
        self._idle.timeout.connect(self._kill)
        app = QApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.stop)

    @property
    def running(self) -> bool:
        """Whether the process is there."""
        return self._process is not None

    def draw(self, job: bytes, told: Told) -> None:
        """Have one job (a line of JSON) drawn; `told` hears once."""
        if self._broken:
            told(b"", self._broken)
            return
        self._queue.append((job, told))
        self._next()

    def _next(self) -> None:
        if self._told is not None or not self._queue:
            return
        self._idle.stop()
        if self._process is None:
            self._start()
        elif self._ready:
            job, self._told = self._queue.popleft()
            self._process.write(job + b"\n")
            self._limit.start(DRAW_MS)

    def _start(self) -> None:
        process = QProcess(self)
        process.setProgram(sys.executable)
        process.setArguments(["-X", "utf8", "-m", "journal_app.gui.preview.drawing_process"])
        process.setProcessEnvironment(_environment())
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(self._failed)
        self._process, self._ready = process, False
        self._limit.start(START_MS)
        process.start()

    @Slot()
    def _read(self) -> None:
        process = self._process
        if process is None:
            return
        if process.bytesAvailable() > LARGEST:
            self._give_up(tr("The drawing is too large."))
            return
        while self._process is process and process.canReadLine():
            line = bytes(process.readLine().data())
            self._limit.stop()
            if not self._ready:
                self._ready = True
            elif self._told is not None:
                told, self._told = self._told, None
                told(line, "")
            self._next()
        if self._process is not None and self._told is None and not self._queue:
            self._idle.start()

    @Slot()
    def _too_long(self) -> None:
        if self._ready:
            self._give_up(tr("It took longer than {n} seconds.", n=DRAW_MS // 1000))
        else:
            self._break(tr("The drawing program did not start in time."))

    @Slot()
    def _ended(self) -> None:
        if self._ready:
            self._give_up(tr("The drawing program ended: the drawing may be too large."))
            return
        process = self._process
        held = bytes(process.readAllStandardError().data()) if process else b""
        said = held.decode("utf-8", "replace")
        if "sandbox" in said.lower():
            self._break(tr("The browser's sandbox cannot be started on this computer."))
        else:
            self._break(tr("The drawing program does not start: {why}", why=_last(said)))

    @Slot(QProcess.ProcessError)
    def _failed(self, error: QProcess.ProcessError) -> None:
        if error == QProcess.ProcessError.FailedToStart:
            self._break(tr("The drawing program does not start: {why}", why=sys.executable))

    def _give_up(self, why: str) -> None:
        """End the process; the job it had fails, the next starts a fresh one."""
        self._kill()
        told, self._told = self._told, None
        if told is not None:
            told(b"", why)
        self._next()

    def _break(self, why: str) -> None:
        """Nothing will be drawn any more, and why."""
        self._broken = why
        self._kill()
        waiting, self._queue = self._queue, deque()
        for _job, told in waiting:
            told(b"", why)

    @Slot()
    def _kill(self) -> None:
        self._limit.stop()
        self._idle.stop()
        process, self._process, self._ready = self._process, None, False
        if process is not None:
            process.readyReadStandardOutput.disconnect(self._read)
            process.finished.disconnect(self._ended)
            process.errorOccurred.disconnect(self._failed)
            process.finished.connect(process.deleteLater)
            process.kill()

    @Slot()
    def stop(self) -> None:
        """End the process; whoever waits for a drawing hears nothing more."""
        self._queue.clear()
        self._told = None
        process = self._process
        self._kill()
        if process is not None:
            process.waitForFinished(2_000)


def _last(said: str) -> str:
    lines = said.strip().splitlines()
    return lines[-1][:300] if lines else "…"


def _environment() -> QProcessEnvironment:
    """The user's, without doors into the browser; no window of its own; this package found."""
    made = QProcessEnvironment.systemEnvironment()
    for name in ("QTWEBENGINE_REMOTE_DEBUGGING", "QTWEBENGINE_CHROMIUM_FLAGS", "QT_SCALE_FACTOR"):
        made.remove(name)
    made.insert("QT_QPA_PLATFORM", "offscreen")
    known = made.value("PYTHONPATH")
    package = str(paths.PACKAGE.parent)
    made.insert("PYTHONPATH", os.pathsep.join([package, known] if known else [package]))
    return made
