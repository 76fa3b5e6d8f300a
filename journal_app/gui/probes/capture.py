"""Measure capture from outside: `python -m journal_app.gui.probes.capture FOLDER` prints JSON.

Milliseconds. `shown`: in the running window, from the message's arrival until the capture window is
painted. `command`: from the start of `journal capture --window` until then, in another process.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from journal_app.gui.app import FirstPaint, Session, application
from journal_app.gui.capture.presence import WARM_UP, Presence
from journal_app.runtime import single_instance

if TYPE_CHECKING:
    from journal_app.runtime.single_instance import Message

ROUNDS = 7


class Probe:
    """Sends the command, sees the capture window painted, hides it, and again."""

    def __init__(self, session: Session, presence: Presence, rounds: int) -> None:
        self._session, self._rounds = session, rounds
        self.shown: list[float] = []
        self.command: list[float] = []
        self._started = self._heard = 0.0
        self._child: subprocess.Popen[bytes] | None = None
        presence.ear.heard = self._hear
        self._environment = {**os.environ, "JOURNAL_DIR": str(session.journal.folder)}

    def next(self) -> None:
        """Start the command once more, or end."""
        if self._child is not None:
            self._child.wait()
        if len(self.shown) == self._rounds:
            application().quit()
            return
        quick = self._session.window.acts.quick
        quick.hide()
        FirstPaint(quick.text.viewport(), self._painted)
        words = [sys.executable, "-m", "journal_app", "capture", "--window"]
        self._started = time.perf_counter()
        self._child = subprocess.Popen(words, env=self._environment)

    def _hear(self, _message: Message) -> None:
        self._heard = time.perf_counter()
        self._session.window.acts.capture()

    def _painted(self) -> None:
        now = time.perf_counter()
        self.shown.append((now - self._heard) * 1000)
        self.command.append((now - self._started) * 1000)
        QTimer.singleShot(200, self.next)


def measure(folder: Path, rounds: int = ROUNDS) -> dict[str, list[float]]:
    """Open the window on `folder` and capture `rounds` times. Raises if the journal is in use."""
    app = application()
    session = Session(folder)
    claim = single_instance.claim(single_instance.name_of(folder))
    if claim is None:
        raise RuntimeError("this journal is open in another window")
    presence = session.presence = Presence(session.window, claim)
    probe = Probe(session, presence, rounds)

    def begin() -> None:
        presence.start()
        QTimer.singleShot(WARM_UP + 500, probe.next)

    session.show(background=False, then=begin)
    app.exec()
    session.close()
    return {
        "shown": [round(ms, 1) for ms in probe.shown],
        "command": [round(ms, 1) for ms in probe.command],
    }


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]))))
