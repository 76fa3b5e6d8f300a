"""Proof that a summary needs no network and leaves nothing behind outside the journal's folders.

The whole command runs in a network namespace without interfaces, under a trace of its system calls,
with every variable gone that makes ONNX Runtime's uploader keep quiet by itself.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from journal_app import paths
from tests.helpers.packs import real_packs, real_writer

QUIET = (
    "CI GITHUB_ACTIONS TF_BUILD GITLAB_CI JENKINS_URL TRAVIS CIRCLECI APPVEYOR TEAMCITY_VERSION "
    "ORT_DISABLE_TELEMETRY"
)
BOTH = """
import sys
from pathlib import Path
from journal_app.domain.generate import Message, Prompt
from journal_app.models.host import ModelHost
host = ModelHost(Path(sys.argv[1]), device="cpu")
print(len(host.embed(["The loss went down.", "We kept it."])))
prompt = Prompt((Message("user", "Say yes."),), limit=4)
print(host.generate(prompt, pack=sys.argv[2]).tokens)
host.close()
"""
_OPEN = re.compile(r'(?:openat|open|creat)\((?:[^",]+, )?"([^"]+)"(?:, ([A-Z_|]+))?.*= \d+')
_SOCKET = re.compile(r"socket\((\w+)")
HARMLESS = ("/dev/null", "/dev/tty")


def traced(words: list[str], folder: Path, **extra: str) -> tuple[str, str]:
    """What a command printed and the system calls of it and its children, offline."""
    if sys.platform != "linux":
        pytest.skip("network namespaces and strace are Linux's")
    for tool in ("strace", "unshare"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed")
    namespace = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
    if subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode:
        pytest.skip("this system allows no network namespace")
    log = folder / "calls.log"
    calls = "trace=socket,connect,sendto,sendmsg,open,openat,creat,mkdir,mkdirat,rename,renameat2"
    home = folder / "bare"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if name not in QUIET.split()}
    kept = {name: value for name, value in kept.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [*namespace, "strace", "-f", "-qq", "-e", calls, "-o", str(log), *words],
        capture_output=True,
        text=True,
        check=False,
        env={
            **kept,
            "HOME": str(home),
            "TMPDIR": str(home),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": str(paths.PACKAGE.parent),
            **extra,
        },
    )
    if "ptrace" in done.stderr and "not permitted" in done.stderr:
        pytest.skip("this system allows no tracing")
    assert done.returncode == 0, done.stderr
    return done.stdout, log.read_text("utf-8", "replace")


def written(calls: str) -> set[Path]:
    """Every file that was opened for writing or made."""
    found = set()
    for line in calls.splitlines():
        match = _OPEN.search(line)
        if match and (match.group(2) is None or re.search("WRONLY|RDWR|CREAT", match.group(2))):
            found.add(match.group(1))
    return {Path(name) for name in found if name not in HARMLESS}


def test_a_summary_opens_no_socket_and_writes_only_to_the_journal(tmp_path: Path) -> None:
    packs, journal = real_packs(), tmp_path / "journal"
    note = tmp_path / "note.md"
    note.write_text("The loss went down from 3.1 to 2.9. We kept it. The weather was fine.")
    main = [sys.executable, "-m", "journal_app", "--journal", str(journal)]
    out, calls = traced([*main, "summarize", str(note)], tmp_path, JOURNAL_MODELS=str(packs))
    assert "3.1 to 2.9" in out
    assert "openat" in calls  # the trace saw something
    assert _SOCKET.findall(calls) == []
    outside = {path for path in written(calls) if journal not in path.parents and path != journal}
    assert outside == set()
    assert list((tmp_path / "bare").rglob("*")) == []


def test_neither_does_the_writing_model(tmp_path: Path) -> None:
    writer, packs = real_writer(), real_packs()
    out, calls = traced([sys.executable, "-c", BOTH, str(packs), writer.name], tmp_path)
    assert out.split() == ["2", "4"] or out.split()[0] == "2"
    assert _SOCKET.findall(calls) == []
    assert written(calls) == set()
    assert list((tmp_path / "bare").rglob("*")) == []
