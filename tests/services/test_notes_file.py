"""Notes made without a journal: every line is an entry once, and what is none is listed."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.services import notes_file

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


def test_a_note_travels_home_once(cli: Cli, journal: Journal, home: Path, tmp_path: Path) -> None:
    made = cli("note", "Loss left #warm ->run:d12", "--kind", "lesson", "--tag", "Box A")
    id = made.stdout.strip()
    assert made.returncode == 0, made.stderr
    file = home / "data" / "notes.jsonl"
    assert journal.entries.rows() == []
    assert not (home / "data" / "journal").exists(), "no journal is made or opened"
    file.chmod(0o400)
    assert cli("collect", str(file)).stdout == "1 new note, 0 known already.\n"
    again = json.loads(cli("collect", str(file.parent), str(file), "--json").stdout)
    assert (again["new"], again["known"], again["bad"]) == ([], 1, [])
    entry = journal.entries.get(id)
    assert (entry.kind, entry.body, entry.tags) == ("lesson", "Loss left #warm", ("box-a", "warm"))
    assert entry.links[0].target_id == "d12"
    assert entry.context["directory"] == str(Path.cwd())
    journal.entries.trash(id)
    assert notes_file.collect(journal.entries, journal.store, [file]).new == ()


def test_bad_lines_are_listed_and_the_others_kept(journal: Journal, tmp_path: Path) -> None:
    file = tmp_path / "box" / "deep" / "notes-a.jsonl"
    good = [notes_file.append(file, f"note {n}") for n in range(3)]
    id, at = "0" * 26, 5
    wrong: list[object] = [
        [],
        {"id": "x", "at": at, "text": "t"},
        {"id": id, "at": 10**18, "text": "t"},
        {"id": id, "at": True, "text": "t"},
        {"id": id, "at": at, "text": " \n"},
        {"id": id, "at": at, "text": "t", "tags": 5},
        {"id": id, "at": at, "text": "t", "context": [1]},
    ]
    with file.open("ab") as handle:
        handle.write(b"\xff\xfe\n\n" + b"[" * 100_000 + b"\n")
        handle.writelines(json.dumps(one).encode() + b"\n" for one in wrong)
        handle.write(b'{"id": "cut sho')
    last = notes_file.append(file, "after a cut line")
    done = notes_file.collect(journal.entries, journal.store, [tmp_path / "box"])
    assert list(done.new) == [*good, last]
    assert [line.number for line in done.bad] == [4, 6, *range(7, 15)]
    assert {line.file for line in done.bad} == {file}


def test_a_line_without_end_is_bounded(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(notes_file, "LONGEST", 2000)
    file = tmp_path / "notes.jsonl"
    file.write_bytes(b"x" * 50_000 + b"\n")
    id = notes_file.append(file, "good")
    done = notes_file.collect(journal.entries, journal.store, [file])
    assert done.new == (id,)
    assert [(line.number, line.why) for line in done.bad] == [(1, "the line is too long")]
    with pytest.raises(JournalError, match="too long"):
        notes_file.append(file, "y" * 2000)


def test_many_processes_append_to_one_file_and_kills_lose_no_printed_note(
    journal: Journal, tmp_path: Path
) -> None:
    file = tmp_path / "notes.jsonl"
    code = (
        "import sys; from pathlib import Path; from journal_app.services.notes_file import append\n"
        "while True: print(append(Path(sys.argv[1]), 'note ' * 200), flush=True)"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(file)], stdout=subprocess.PIPE, bufsize=0)
        for _ in range(3)
    ]
    printed: list[str] = []
    for process in running:
        assert process.stdout is not None
        first = process.stdout.read(27 * 20)
        process.send_signal(signal.SIGKILL)
        whole = (first + process.communicate()[0]).rpartition(b"\n")[0]
        printed += whole.decode().split()
    done = notes_file.collect(journal.entries, journal.store, [file])
    assert set(printed) <= set(done.new)
    assert len(done.new) == len(set(done.new))
    assert done.bad == ()


def test_errors_name_the_file(cli: Cli, tmp_path: Path) -> None:
    assert "nowhere" in cli("collect", str(tmp_path / "nowhere")).stderr
    (tmp_path / "empty").mkdir()
    assert "notes*.jsonl" in cli("collect", str(tmp_path / "empty")).stderr
    (tmp_path / "file").write_text("")
    failed = cli("note", "x", "--spool", str(tmp_path / "file" / "notes.jsonl"))
    assert failed.returncode == 1
    assert "cannot be written" in failed.stderr
    assert "nothing to keep" in cli("note", " ").stderr


def test_a_file_of_something_else_is_told_in_a_few_lines(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "notes.jsonl").write_text("no\n" * 300)
    told = cli("collect", str(tmp_path)).stderr.splitlines()
    assert len(told) == 21 and told[-1] == "… and 280 more lines; --json lists all."
