"""The Markdown mirror across kill -9 and across processes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from journal_app.domain.exported import parse
from journal_app.journal import Journal

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
MIRROR = """
import sys
from pathlib import Path
from journal_app.journal import Journal
from journal_app.services import mirroring
mirroring.BATCH = 10
def tell(done, total):
    print(done, flush=True)
with Journal(Path(sys.argv[1])) as journal:
    journal.mirror.catch_up(tell)
"""


def bodies(folder: Path) -> list[str]:
    return sorted(parse(path.read_text("utf-8"))[1] for path in folder.rglob("*.md"))


def test_killed_in_the_middle_the_next_run_completes(
    journal_folder: Path, tmp_path: Path, cli: Cli
) -> None:
    folder = tmp_path / "mirror"
    with Journal(journal_folder) as journal:
        for n in range(300):
            journal.entries.create(f"Entry {n}\n\nThe text of entry {n}.")
        journal.settings.set("mirror.folder", str(folder))
    for stop_at in (30, 60, 20):
        with subprocess.Popen(
            [sys.executable, "-c", MIRROR, str(journal_folder)], stdout=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if int(line) >= stop_at:
                    break
            process.kill()
        with Journal(journal_folder) as journal:  # texts change between the attempts
            row = journal.entries.rows(limit=1, offset=stop_at)[0]
            entry = journal.entries.get(row.id)
            journal.entries.save(entry.id, f"{entry.body}\n\nmore", base_rev=entry.rev)
    done = cli("mirror", "--json")
    assert done.returncode == 0, done.stderr
    status = json.loads(done.stdout)
    assert (status["entries"], status["pending"], status["left"]) == (300, 0, [])
    with Journal(journal_folder) as journal:
        rows = journal.entries.rows(limit=400)
        assert bodies(folder) == sorted(journal.entries.get(row.id).body for row in rows)


def test_every_command_writes_what_it_changes(tmp_path: Path, cli: Cli) -> None:
    folder = tmp_path / "mirror"
    assert cli("mirror", str(folder)).returncode == 0
    id = cli("add", "First note #x").stdout.split()[0]
    assert bodies(folder) == ["First note #x"]
    cli("trash", id)
    assert bodies(folder) == []
    assert "off" in cli("mirror", "--off").stdout
    cli("add", "Second note")
    assert bodies(folder) == []
    assert "no mirror" in cli("mirror", "--status").stdout


def test_a_folder_that_went_away_does_not_hinder_a_capture(tmp_path: Path, cli: Cli) -> None:
    folder = tmp_path / "mirror"
    cli("mirror", str(folder))
    folder.rename(tmp_path / "elsewhere")
    done = cli("add", "Kept all the same")
    assert done.returncode == 0 and "mirror" in done.stderr
    assert "Kept all the same" in cli("list").stdout


def test_the_journal_s_own_folder_is_refused(journal_folder: Path, cli: Cli) -> None:
    done = cli("mirror", str(journal_folder / "mirror"))
    assert done.returncode == 1 and "own folder" in done.stderr
