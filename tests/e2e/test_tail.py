"""`journal tail` as a process in a pipe: what was passed on is never missing from the log."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from journal_app.journal import Journal


def start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "journal_app", "--journal", str(folder), "tail", *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
    )


def log_of(folder: Path) -> Path:
    (log,) = (folder / "streams").iterdir()
    return log


def read(process: subprocess.Popen[bytes], size: int) -> bytes:
    assert process.stdout is not None
    data = b""
    while len(data) < size and (more := process.stdout.read(size - len(data))):
        data += more
    return data


def send(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin is not None
    process.stdin.write(data)


def test_all_bytes_pass_and_marked_lines_are_notes_of_the_run(journal_folder: Path) -> None:
    data = b"start\nstep 1 loss 3.2\r\nloss nan\n\xff\x00binary\nno line feed at the end nan"
    process = start(journal_folder, "--run", "d12 base", "--mark", r"\bnan\b", "--kind", "failure")
    out, told = process.communicate(data, timeout=60)
    assert process.returncode == 0, told
    assert out == data
    log = log_of(journal_folder)
    assert log.read_bytes() == data
    assert re.fullmatch(r"d12-base-[0-9A-Z]{26}\.log", log.name)
    assert oct(log.stat().st_mode & 0o777) == "0o600"
    first, id = told.decode().splitlines()
    assert first == f"5 lines in {log}"
    with Journal(journal_folder) as journal:
        (row,) = journal.entries.rows()
        entry = journal.entries.get(id)
    assert row.id == id
    assert entry.kind == "failure"
    assert "3: loss nan\n5: no line feed at the end nan" in entry.body
    assert [(link.target_kind, link.target_id) for link in entry.links] == [("run", "d12 base")]
    assert entry.context["run"] == "d12 base"


def test_a_part_of_a_line_passes_at_once(journal_folder: Path) -> None:
    process = start(journal_folder, "--run", "r")
    for part in (b"half", b" a line", b"\rprogress"):
        send(process, part)
        assert read(process, len(part)) == part
        assert log_of(journal_folder).read_bytes().endswith(part)
    process.communicate(timeout=60)


def test_kill_at_any_moment_leaves_all_that_was_passed_on(tmp_path: Path) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    chance = random.Random(seed)
    for round in range(8):
        folder = tmp_path / f"j{round}"
        process = start(folder, "--run", "r", "--mark", "7")
        sent = b"".join(b"step %d loss %d\n" % (n, n % 10) for n in range(2000))
        send(process, sent)
        seen = read(process, chance.randrange(1, len(sent)))
        process.send_signal(signal.SIGKILL)
        assert process.stdout is not None
        seen += process.stdout.read()
        process.communicate()
        kept = log_of(folder).read_bytes()
        assert kept[: len(seen)] == seen, f"seed {seed}"
        assert sent.startswith(kept)


def test_ctrl_c_waits_for_the_last_words_of_the_run(journal_folder: Path) -> None:
    process = start(journal_folder, "--run", "r", "--mark", "Interrupt")
    send(process, b"working\n")
    assert read(process, 8) == b"working\n"
    process.send_signal(signal.SIGINT)
    out, told = process.communicate(b"KeyboardInterrupt\n", timeout=60)
    assert process.returncode == 0, told
    assert out == b"KeyboardInterrupt\n"
    assert log_of(journal_folder).read_bytes() == b"working\nKeyboardInterrupt\n"
    with Journal(journal_folder) as journal:
        assert [row.id for row in journal.entries.rows()] == told.decode().split()[-1:]


@pytest.mark.parametrize("signals", [[signal.SIGTERM], [signal.SIGINT, signal.SIGINT]])
def test_when_told_to_end_it_ends_with_everything_kept(
    journal_folder: Path, signals: list[signal.Signals]
) -> None:
    process = start(journal_folder, "--run", "r", "--mark", "x")
    send(process, b"x marks\n")
    assert read(process, 8) == b"x marks\n"
    for n, one in enumerate(signals):
        process.send_signal(one)
        if n + 1 < len(signals):
            send(process, b"more\n")  # its echo shows that the first signal was taken
            assert read(process, 5) == b"more\n"
    assert process.wait(timeout=60) == 130
    process.communicate()
    assert log_of(journal_folder).read_bytes().startswith(b"x marks\n")
    with Journal(journal_folder) as journal:
        assert len(journal.entries.rows()) == 1


def test_a_reader_that_goes_away_ends_neither_the_run_nor_the_log(journal_folder: Path) -> None:
    process = start(journal_folder, "--run", "r")
    send(process, b"first\n")
    assert read(process, 6) == b"first\n"
    assert process.stdout is not None
    process.stdout.close()
    for n in range(200):
        send(process, b"line %d\n" % n)
    assert process.stdin is not None
    process.stdin.close()
    assert process.wait(timeout=60) == 0
    assert process.stderr is not None
    process.stderr.close()
    assert log_of(journal_folder).read_bytes().endswith(b"line 199\n")


def test_a_disk_that_is_full_does_not_end_the_run(journal_folder: Path, tmp_path: Path) -> None:
    code = (
        "import resource, signal, sys; signal.signal(signal.SIGXFSZ, signal.SIG_IGN);"
        "from journal_app.cli.main import run; from journal_app.cli import tail;"
        "from journal_app.store.streams import StreamLog; old = StreamLog.__init__\n"
        "def limited(self, *a):\n"
        "    old(self, *a); resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))\n"
        "StreamLog.__init__ = limited\n"
        f"sys.exit(run(['--journal', {str(journal_folder)!r}, 'tail', '--run', 'r']))"
    )
    data = b"0123456789\n" * 20_000
    done = subprocess.run(
        [sys.executable, "-c", code], input=data, capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 1
    assert done.stdout == data
    assert b"cannot be written" in done.stderr
    assert data.startswith(log_of(journal_folder).read_bytes())


@pytest.mark.parametrize("words", [["--run", "r", "--mark", "("], ["--run", " "], []])
def test_wrong_use_is_told_at_once(journal_folder: Path, words: list[str]) -> None:
    process = start(journal_folder, *words)
    _, told = process.communicate(b"x\n", timeout=60)
    assert process.returncode in (1, 2)
    assert b"--run" in told or b"regular expression" in told
    assert not (journal_folder / "streams").exists()
