"""Windows: an entry of the Task Scheduler that runs the agent from login on."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from journal_app.errors import JournalError
from journal_app.runtime.agent.service import Installed, Run, asked, run

# Task Scheduler schema 1.2 (Microsoft, "Task Scheduler Schema Elements"): at login, and every 15
# minutes in case it ended; missed starts are made up for; on battery too; without a time limit.
_TASK = """\
<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>Field Journal: publishes what is due</Description>
  </RegistrationInfo>
  <Triggers>
    <LogonTrigger>
      <Repetition><Interval>PT15M</Interval></Repetition>
      <Enabled>true</Enabled>
      <UserId>{user}</UserId>
    </LogonTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>{user}</UserId>
      <LogonType>InteractiveToken</LogonType>
      <RunLevel>LeastPrivilege</RunLevel>
    </Principal>
  </Principals>
  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <StartWhenAvailable>true</StartWhenAvailable>
    <Hidden>true</Hidden>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <RestartOnFailure><Interval>PT1M</Interval><Count>10</Count></RestartOnFailure>
    <Priority>7</Priority>
  </Settings>
  <Actions Context="Author">
    <Exec>
      <Command>{program}</Command>
      <Arguments>{arguments}</Arguments>
    </Exec>
  </Actions>
</Task>
"""


class ScheduledTask:
    """The task "Field Journal Agent"."""

    name = "Task Scheduler"

    def __init__(self, command: Sequence[str], identity: str, run: Run = run) -> None:
        self._command, self._run = list(command), run
        self.task = f"Field Journal Agent{identity}"

    def document(self) -> str:
        """The task as XML."""
        user = os.environ.get("USERNAME", "")
        domain = os.environ.get("USERDOMAIN", "")
        return _TASK.format(
            user=escape(f"{domain}\\{user}" if domain else user),
            program=escape(self._command[0]),
            arguments=escape(subprocess.list2cmdline(self._command[1:])),
        )

    def install(self) -> Installed:
        """Make the task, and run it now."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "task.xml"
            file.write_bytes(self.document().encode("utf-16"))
            status, said = asked(
                self._run, "schtasks", "/Create", "/TN", self.task, "/XML", str(file), "/F"
            )
        if status:
            raise JournalError(
                f"The Task Scheduler did not take the agent: {said or status}.",
                "Try again in a console that you opened yourself.",
            )
        asked(self._run, "schtasks", "/Run", "/TN", self.task)
        return self.status()

    def status(self) -> Installed:
        """What the Task Scheduler says."""
        status, said = asked(self._run, "schtasks", "/Query", "/TN", self.task, "/FO", "CSV", "/NH")
        if status:
            return Installed(False, False, "not set up")
        state = said.rsplit(",", 1)[-1].strip().strip('"')
        return Installed(True, state == "Running", f"the Task Scheduler says {state}")

    def uninstall(self) -> Installed:
        """Stop it, remove the task."""
        if self.status().installed:
            asked(self._run, "schtasks", "/End", "/TN", self.task)
            asked(self._run, "schtasks", "/Delete", "/TN", self.task, "/F")
        return Installed(False, False, "not set up")
