"""The git program: found, old enough, run without surprises, ended when nobody wants it any more.

Invariants: it never asks anybody anything; nothing secret is in its arguments; no hook of this
computer runs; what it says is read as bytes of a stranger.
"""

from __future__ import annotations

import base64
import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING

from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.publish.git.address import Remote

Pairs = tuple[tuple[str, str], ...]
OLDEST = (2, 31)  # the first that takes settings from the environment without a shell's quoting
LIMIT = 540.0  # s for one command: less than a claim of a publication lives
STALLED = 30  # s without a byte
SAID = 40_000  # bytes of an error that are read
_KEPT = re.compile(
    r"GIT_(?:SSH(?:_COMMAND|_VARIANT)?|SSL_\w+|PROXY_\w+|EXEC_PATH|CONFIG_(?:GLOBAL|SYSTEM"
    r"|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+)|HTTP_PROXY_AUTHMETHOD"
    r"|(?:AUTHOR|COMMITTER)_(?:NAME|EMAIL))"
)
_SSH = "ssh -o BatchMode=yes -o ConnectTimeout=20 -o ServerAliveInterval=10"
_FIXED: Pairs = (
    ("core.hooksPath", "/dev/null"),
    ("core.fsmonitor", "false"),
    ("core.fsync", "committed"),
    ("core.askPass", ""),
    ("credential.interactive", "false"),
    ("protocol.ext.allow", "never"),
    ("safe.bareRepository", "all"),  # the user named it
    ("submodule.recurse", "false"),
    ("fetch.recurseSubmodules", "false"),
    ("fetch.prune", "false"),
    ("fetch.pruneTags", "false"),
    ("log.showSignature", "false"),
    ("pack.window", "0"),  # pictures do not resemble each other
    ("push.recurseSubmodules", "no"),
    ("push.followTags", "false"),
    ("push.gpgSign", "false"),
    ("push.pushOption", ""),
    ("gc.autoDetach", "false"),
    ("maintenance.autoDetach", "false"),
    ("i18n.commitEncoding", "UTF-8"),
    ("user.useConfigOnly", "true"),  # rather no name than the one of this computer
    ("http.lowSpeedLimit", "1"),
    ("http.lowSpeedTime", str(STALLED)),
    ("advice.objectNameWarning", "false"),
)


@dataclass(frozen=True, slots=True)
class Done:
    """What a command answered. `ended` is False where it was stopped at its limit."""

    code: int
    out: bytes
    err: str
    ended: bool = True

    @property
    def text(self) -> str:
        """What it said, without the line's end."""
        return self.out.decode("utf-8", "replace").strip()


def nobody() -> None:
    """The check of a command that nobody gives up."""


def _surroundings() -> dict[str, str]:
    """The environment without what would send git elsewhere, or make it tell what it does."""
    return {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or _KEPT.fullmatch(name)
    }


@cache
def found() -> tuple[str, str]:
    """The program and its version. Raises JournalError where it is missing or too old."""
    program = shutil.which("git")
    if program is None:
        raise JournalError(
            "git is not installed on this computer.",
            "Install it (https://git-scm.com/downloads), or use the kind `folder`.",
        )
    said = subprocess.run(
        [program, "version"],
        env=_surroundings(),
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    match = re.match(rb"git version (\d+)\.(\d+)\S*", said.stdout)
    if match is None:
        raise JournalError(f"{program} does not run as git.", "Reinstall git.")
    version = match[0].decode("ascii", "replace").split()[-1]
    if (int(match[1]), int(match[2])) < OLDEST:
        raise JournalError(
            f"git {version} is too old: it cannot be given a token safely.",
            f"Update it to {OLDEST[0]}.{OLDEST[1]} or newer.",
        )
    return program, version


@dataclass
class Git:
    """Runs git. `check` raises where the user gave up; `limit` is seconds for one command."""

    remote: Remote | None = None
    identity: Mapping[str, str] = field(default_factory=dict)
    check: Callable[[], None] = nobody
    limit: float = LIMIT

    def run(
        self,
        place: Path,
        *words: str,
        data: bytes = b"",
        extra: Mapping[str, str] | None = None,
    ) -> Done:
        """Run a command in `place`. Raises Cancelled (it is ended first), JournalError without a
        program, OSError."""
        program, _version = found()
        with contextlib.ExitStack() as stack:
            give, out, err = (stack.enter_context(tempfile.TemporaryFile()) for _ in range(3))
            give.write(data)
            give.seek(0)
            process = subprocess.Popen(
                [program, *words],
                cwd=place,
                env={**self._environment(), **(extra or {})},
                stdin=give,
                stdout=out,
                stderr=err,
                start_new_session=True,  # no terminal to ask at, and one group to end
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
            try:
                ended = self._wait(process)
            except BaseException:
                _end(process)
                raise
            if not ended:
                _end(process)
            return Done(process.returncode, _all(out), _last(err), ended)

    def _wait(self, process: subprocess.Popen[bytes]) -> bool:
        """Whether it ended by itself. (`Popen.wait` looks too rarely: most commands take 5 ms.)"""
        began = time.monotonic()
        pause = 0.001
        while process.poll() is None:
            if time.monotonic() - began > self.limit:
                return False
            self.check()
            time.sleep(pause)
            pause = min(0.01, pause * 1.2)
        return True

    def _environment(self) -> dict[str, str]:
        mine = _surroundings()
        mine |= {
            "LC_ALL": "C",
            "LANGUAGE": "",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "",
            "GCM_INTERACTIVE": "never",
            "SSH_ASKPASS_REQUIRE": "never",
            "GIT_LITERAL_PATHSPECS": "1",
            "GIT_OPTIONAL_LOCKS": "0",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_TRACE2": "0",  # settings may switch it on, and make it write the token
            "GIT_TRACE2_EVENT": "0",
            "GIT_TRACE2_PERF": "0",
            **self.identity,
        }
        pairs = [*_FIXED]
        if self.remote is not None:
            pairs = [*self.remote.pairs, *pairs, *_token(self.remote)]
            own = "GIT_SSH" in mine or "GIT_SSH_COMMAND" in mine
            if self.remote.kind == "ssh" and not own and not _has_ssh_command(self.remote):
                mine["GIT_SSH_COMMAND"] = _SSH
        first = mine.get("GIT_CONFIG_COUNT", "")
        count = int(first) if first.isdecimal() else 0
        for number, (key, value) in enumerate(pairs, count):
            mine[f"GIT_CONFIG_KEY_{number}"] = key
            mine[f"GIT_CONFIG_VALUE_{number}"] = value
        mine["GIT_CONFIG_COUNT"] = str(count + len(pairs))
        return mine


def _token(remote: Remote) -> Pairs:
    """The header that signs in, for this very repository; nothing else signs in beside it."""
    if remote.token is None:
        return ()
    header = f"Authorization: Basic {signature(remote)}"
    return (
        ("credential.helper", ""),
        ("http.followRedirects", "false"),
        (f"http.{remote.url}.extraHeader", ""),
        (f"http.{remote.url}.extraHeader", header),
    )


def signature(remote: Remote) -> str:
    """User and token as Basic authentication writes them; empty without a token."""
    if remote.token is None:
        return ""
    usual = "x-token-auth" if remote.host == "bitbucket.org" else "x-access-token"
    both = f"{remote.user or usual}:{remote.token.shown_to_target()}"
    return base64.b64encode(both.encode()).decode("ascii")


@cache
def _global_ssh_command(_home: str | None, _config: str | None) -> bool:
    asked = subprocess.run(
        [found()[0], "config", "--global", "--get", "core.sshCommand"],
        env=_surroundings(),
        capture_output=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return asked.returncode == 0


def _has_ssh_command(remote: Remote) -> bool:
    if any(key == "core.sshcommand" for key, _ in remote.pairs):
        return True
    return _global_ssh_command(os.environ.get("HOME"), os.environ.get("GIT_CONFIG_GLOBAL"))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a command with what it started (ssh, the helper for https)."""
    if sys.platform == "win32":
        subprocess.run(
            ["taskkill", "/T", "/F", "/PID", str(process.pid)], capture_output=True, check=False
        )
        process.wait()
        return
    for sign in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, sign)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(1.0)
    process.wait()


def _all(file: IO[bytes]) -> bytes:
    file.seek(0)
    return file.read()


def _last(file: IO[bytes]) -> str:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - SAID))
    return file.read().decode("utf-8", "replace")
