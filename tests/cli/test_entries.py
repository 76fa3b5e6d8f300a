"""The command line about entries, as a real process."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_app import paths

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


def test_an_editor_that_does_not_run_is_told_with_a_way_out(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = cli("add", "as it was").stdout.strip()
    monkeypatch.setenv("VISUAL", "no-such-editor")
    refused = cli("edit", id)
    assert refused.returncode == 1 and "--text -" in refused.stderr
    assert "no-such-editor" in refused.stderr and "as it was" in cli("show", id).stdout


def test_a_note_is_kept_listed_found_shown_edited_and_trashed(cli: Cli) -> None:
    added = cli("add", "Loss left at 4,200 #warmup ->run:d12", "--kind", "lesson")
    id = added.stdout.strip()
    assert added.returncode == 0
    assert len(id) == 26
    assert json.loads(cli("list", "--json").stdout)[0]["id"] == id
    assert json.loads(cli("search", "loss", "--json").stdout)[0]["passage"].startswith("Loss left")
    shown = json.loads(cli("show", id, "--json").stdout)
    assert shown["tags"] == ["warmup"]
    assert shown["links"][0]["id"] == "d12"
    assert cli("edit", id, "--text", "Mended").returncode == 0
    assert "Mended" in cli("show", id).stdout
    assert json.loads(cli("tag", id, "new", "--json").stdout)["tags"] == ["new"]
    assert cli("trash", id).returncode == 0
    assert json.loads(cli("list", "--json").stdout) == []
    assert cli("restore", id).returncode == 0
    assert cli("restore", id, "--rev", "1").returncode == 0
    assert "Loss left" in cli("show", id).stdout


def test_standard_input_is_kept_as_it_is(cli: Cli) -> None:
    text = "第一行 #标签\n\n```\n->run:x\n```\nlast"
    id = cli("add", "-", stdin=text).stdout.strip()
    assert json.loads(cli("show", id, "--json").stdout)["body"] == text


@pytest.mark.parametrize(
    ("words", "stdin", "message"),
    [
        (("add", " "), None, "nothing to keep"),
        (("add", "-"), b"\xff\xfe\x00binary", "not UTF-8"),
        (("add", "x", "--attach", "/nonexistent/file.png"), None, "file.png"),
        (("show", "nothere"), None, "no entry"),
        (("link", "nothere", "run:x"), None, "no entry"),
        (("config", "nosuch"), None, "no setting"),
        (("config", "theme", "pink"), None, "not a value"),
        (("config", "timezone", "Mars/X"), None, "Mars/X"),
        (("backup", "restore", "x.db"), None, "no backup"),
    ],
)
def test_errors_name_the_thing_and_leave_no_trace(
    cli: Cli, words: tuple[str, ...], stdin: bytes | None, message: str
) -> None:
    done = cli(*words, stdin=stdin)
    assert done.returncode == 1
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_a_read_only_journal_is_a_plain_error(journal_folder: Path, tmp_path: Path) -> None:
    # Root may write anywhere, so the process gives root up once everything is imported.
    script = (
        "import os, sys\n"
        "import journal_app.cli.entries, journal_app.journal\n"
        "from journal_app.cli.main import run\n"
        "os.seteuid(65534) if os.geteuid() == 0 else None\n"
        f"sys.exit(run(['--journal', {str(journal_folder)!r}, 'add', 'x']))"
    )
    if os.geteuid() == 0:
        for path in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
            path.chmod(0o755)
    for path in (journal_folder, *journal_folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    for path in (journal_folder, *journal_folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    assert done.returncode == 1, done.stderr
    assert "read-only" in done.stderr or "cannot be" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_full_disk_is_a_plain_error_and_nothing_is_lost(cli: Cli, journal_folder: Path) -> None:
    kept = cli("add", "kept before").stdout.strip()
    script = (
        "import resource, signal, sys\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        f"size = {(journal_folder / 'journal.db').stat().st_size}\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))\n"
        "from journal_app.cli.main import run\n"
        f"sys.exit(run(['--journal', {str(journal_folder)!r}, 'add', 'x' * 3_000_000]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "full" in done.stderr or "Nothing was saved" in done.stderr
    assert [row["id"] for row in json.loads(cli("list", "--json").stdout)] == [kept]
    assert cli("check").returncode == 0


def test_a_torn_database_is_told_on_reading_too(cli: Cli, journal_folder: Path) -> None:
    for n in range(2):
        cli("add", f"entry {n} " + "word " * 2000)
    file = journal_folder / "journal.db"
    with sqlite3.connect(file) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    db.close()
    data = bytearray(file.read_bytes())
    data[8192:] = b"\xff" * (len(data) - 8192)
    file.write_bytes(bytes(data))
    done = cli("list")
    assert done.returncode == 1
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_first_write_of_a_day_takes_a_backup(cli: Cli, journal_folder: Path) -> None:
    cli("list")
    assert not (journal_folder / "backups").exists()
    cli("add", "one")
    cli("add", "two")
    assert len(list((journal_folder / "backups").glob("*-daily.db"))) == 1


def test_looking_into_a_mistyped_folder_makes_no_journal(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "journal_app", "--journal", str(tmp_path / "typo"), "list"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "no journal" in done.stderr
    assert not (tmp_path / "typo").exists()


def test_words_to_leave_out_are_no_options(cli: Cli) -> None:
    cli("add", "warmup with tokenizer")
    kept = cli("add", "warmup alone").stdout.strip()
    for words in (["warmup", "-tokenizer"], ["warmup -tokenizer"], ["alone", "-hello"]):
        found = cli("search", *words, "--json")
        assert [hit["id"] for hit in json.loads(found.stdout)] == [kept], words


def test_a_link_to_an_entry_by_its_bare_id_is_a_link_to_an_entry(cli: Cli) -> None:
    one, two = (cli("add", word).stdout.strip() for word in ("one", "two"))
    (link,) = json.loads(cli("link", one, two, "--json").stdout)["links"]
    assert (link["kind"], link["title"]) == ("entry", "two")


def test_a_name_that_fits_two_runs_is_told(cli: Cli) -> None:
    samples = paths.resources() / "samples"
    cli("import", str(samples / "mlruns"))
    cli("import", str(samples / "nanochat" / "salience"))
    added = cli("add", "about ->run:salience-s")
    assert added.returncode == 0
    assert "fits 2 runs" in added.stderr
    done = cli("link", added.stdout.strip(), "salience-s")
    assert done.returncode == 1
    assert "fits 2 runs" in done.stderr


def test_two_processes_writing_at_once_lose_nothing(journal_folder: Path) -> None:
    script = (
        "import sys; from journal_app.journal import open_journal\n"
        f"j = open_journal({str(journal_folder)!r})\n"
        "for n in range(40): j.entries.add(f'{sys.argv[1]} {n}')\n"
        "j.close()"
    )
    running = [subprocess.Popen([sys.executable, "-c", script, name]) for name in ("a", "b", "c")]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    with sqlite3.connect(journal_folder / "journal.db") as db:
        titles = [row[0] for row in db.execute("SELECT title FROM entries")]
    db.close()
    assert sorted(titles) == sorted(f"{p} {n}" for p in "abc" for n in range(40))


def test_a_command_loads_no_window_no_model_no_numbers(journal_folder: Path) -> None:
    script = (
        "import sys; from journal_app.cli.main import run\n"
        f"run(['--journal', {str(journal_folder)!r}, 'add', 'x'])\n"
        f"run(['--journal', {str(journal_folder)!r}, 'search', 'x'])\n"
        "heavy = {'PySide6', 'onnxruntime', 'numpy', 'sqlite_utils', 'apscheduler', 'tokenizers'}\n"
        "found = heavy & {name.partition('.')[0] for name in sys.modules}\n"
        "sys.exit(f'loaded: {found}' if found else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
