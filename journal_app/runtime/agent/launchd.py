"""macOS: a LaunchAgent that runs the agent while the user is logged in."""

from __future__ import annotations

import os
import plistlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from journal_app.errors import JournalError
from journal_app.runtime.agent.service import Installed, Run, asked, run
from journal_app.runtime.whole_files import place


class LaunchAgent:
    """`~/Library/LaunchAgents/app.field-journal.agent.plist`."""

    name = "launchd"

    def __init__(self, command: Sequence[str], identity: str, run: Run = run) -> None:
        self._command, self._run = list(command), run
        self.label = f"app.field-journal.agent{identity}"
        self.file = Path.home() / "Library" / "LaunchAgents" / f"{self.label}.plist"

    def document(self) -> dict[str, Any]:
        """The keys of launchd.plist(5)."""
        return {
            "Label": self.label,
            "ProgramArguments": self._command,
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ThrottleInterval": 15,
            "ProcessType": "Background",
            "LowPriorityIO": True,
        }

    def _domain(self) -> str:
        return f"gui/{os.getuid()}"

    def install(self) -> Installed:
        """Write the file, load and start it."""
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True)
            place(self.file, plistlib.dumps(self.document()))
        except OSError as error:
            raise JournalError(
                f"{self.file} could not be written: {error.strerror}.",
                "Mend its permissions, then `journal agent install` again.",
            ) from error
        asked(self._run, "launchctl", "bootout", f"{self._domain()}/{self.label}")  # the former one
        status, said = asked(self._run, "launchctl", "bootstrap", self._domain(), str(self.file))
        if status:
            raise JournalError(
                f"launchd did not take the agent: {said.splitlines()[-1] if said else status}.",
                f"The file is {self.file}. Log in to the desktop, then `journal agent install`.",
            )
        return self.status()

    def status(self) -> Installed:
        """What launchd says."""
        if not self.file.exists():
            return Installed(False, False, "not set up")
        status, said = asked(self._run, "launchctl", "print", f"{self._domain()}/{self.label}")
        running = status == 0 and "state = running" in said
        words = (
            "launchd runs it" if running else "launchd knows it" if status == 0 else "not loaded"
        )
        return Installed(True, running, words, (self.file,))

    def uninstall(self) -> Installed:
        """Stop it, remove the file."""
        if self.file.exists():
            asked(self._run, "launchctl", "bootout", f"{self._domain()}/{self.label}")
            self.file.unlink(missing_ok=True)
        return Installed(False, False, "not set up")
