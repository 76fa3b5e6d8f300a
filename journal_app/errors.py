"""The one error family that is meant for people.

Anything else that is raised is a bug and is reported with its trace.
"""

from __future__ import annotations


class JournalError(Exception):
    """Something the user or the environment can mend: shown plainly, without a trace.

    `message` names the file, line or field; `hint` is the way out.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n{self.hint}" if self.hint else self.message


class NotFound(JournalError):
    """The named entry, run, target or file does not exist."""


class Clash(JournalError):
    """The entry was changed elsewhere since the revision that this save started from."""


class Cancelled(Exception):
    """The user cancelled the job; not an error and never shown as one."""
