"""Linux: a systemd user unit that runs the agent, and a timer that sees that it still runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from journal_app.errors import JournalError
from journal_app.runtime.agent.service import Installed, Run, asked, run
from journal_app.runtime.whole_files import place

_SERVICE = """\
[Unit]
Description=Field Journal: publishes what is due
Documentation=man:systemd.service(5)
StartLimitIntervalSec=0

[Service]
Type=exec
ExecStart={command}
Restart=on-failure
RestartSec=15
Nice=5
NoNewPrivileges=yes

[Install]
WantedBy=default.target
"""
_TIMER = """\
[Unit]
Description=Field Journal: sees that the agent runs, also after sleep

[Timer]
OnStartupSec=1min
OnUnitInactiveSec=15min
Persistent=true
Unit={service}

[Install]
WantedBy=timers.target
"""


def quoted(word: str) -> str:
    """A word of ExecStart: systemd reads `%`, `$`, quotes and backslashes (systemd.service(5))."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


class UserUnit:
    """`~/.config/systemd/user/field-journal-agent.service` and `.timer`."""

    name = "systemd"

    def __init__(self, command: Sequence[str], identity: str, run: Run = run) -> None:
        self._command, self._run = list(command), run
        base = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
        self._folder = Path(base) / "systemd" / "user"
        self._service = f"field-journal-agent{identity}.service"
        self._timer = f"field-journal-agent{identity}.timer"

    @property
    def files(self) -> tuple[Path, ...]:
        """The two units."""
        return self._folder / self._service, self._folder / self._timer

    def units(self) -> dict[Path, str]:
        """What stands in them."""
        service, timer = self.files
        command = " ".join(quoted(word) for word in self._command)
        return {
            service: _SERVICE.format(command=command),
            timer: _TIMER.format(service=self._service),
        }

    def install(self) -> Installed:
        """Write the units, enable and start them."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            for path, text in self.units().items():
                place(path, text.encode())
        except OSError as error:
            raise JournalError(
                f"{error.filename or self._folder} could not be written: {error.strerror}.",
                "Mend its permissions, then `journal agent install` again.",
            ) from error
        for words in (
            ("daemon-reload",),
            ("enable", self._service, self._timer),
            ("restart", self._service),
            ("start", self._timer),
        ):
            status, said = asked(self._run, "systemctl", "--user", *words)
            if status:
                raise JournalError(
                    f"systemd did not take the agent: {said.splitlines()[-1] if said else status}.",
                    f"The units lie in {self._folder}; when your session has a systemd of its own, "
                    "`journal agent install` again. Until then: `journal publish --due` from cron.",
                )
        return self.status()

    def status(self) -> Installed:
        """What systemd says."""
        there = all(path.exists() for path in self.files)
        if not there:
            return Installed(False, False, "not set up")
        _, state = asked(self._run, "systemctl", "--user", "is-active", self._service)
        word = state.splitlines()[0] if state else "unknown"
        return Installed(True, word == "active", f"systemd says {word}", self.files)

    def uninstall(self) -> Installed:
        """Stop and disable them, remove the files."""
        if any(path.exists() for path in self.files):
            asked(self._run, "systemctl", "--user", "disable", "--now", self._timer, self._service)
            for path in self.files:
                path.unlink(missing_ok=True)
            asked(self._run, "systemctl", "--user", "daemon-reload")
        return Installed(False, False, "not set up")
