"""`note()` in a training script: at once, never raising, never losing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

from journal_app.journal import Journal
from journal_app.services import spool


def script(code: str, folder: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", textwrap.dedent(code)],
        env={**os.environ, "JOURNAL_DIR": str(folder), **more},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_notes_of_an_ending_script_are_all_kept(journal_folder: Path) -> None:
    done = script(
        """
        from journal_app import note
        for n in range(50):
            note(f"note {n} #warm", tags=["a b"], kind="lesson")
        """,
        journal_folder,
    )
    assert done.returncode == 0, done.stderr
    with Journal(journal_folder) as journal:
        rows = journal.entries.rows(limit=100)
    assert {row.title for row in rows} == {f"note {n}" for n in range(50)}
    assert rows[0].tags == ("a-b", "warm")


def test_the_id_is_known_at_once_and_forked_workers_keep_theirs(journal_folder: Path) -> None:
    done = script(
        """
        import os
        from journal_app import note
        from journal_app.training import flush
        print(note("parent"), flush=True)
        child = os.fork()
        if child == 0:
            print(note("child"), flush=True)
            os._exit(0 if flush() else 1)
        assert os.waitpid(child, 0)[1] == 0
        """,
        journal_folder,
    )
    assert done.returncode == 0, done.stderr
    with Journal(journal_folder) as journal:
        assert {row.id for row in journal.entries.rows()} == set(done.stdout.split())


def test_nothing_raises_whatever_is_given(journal_folder: Path) -> None:
    done = script(
        """
        from journal_app import note
        note("")
        note(None, tags=["", "##"], kind="no such kind", run="unknown")
        note(42, tags="one")
        """,
        journal_folder,
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    with Journal(journal_folder) as journal:
        assert {row.title for row in journal.entries.rows()} == {"None", "42"}


def test_a_journal_that_cannot_be_written_makes_notes_wait(
    journal_folder: Path, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file where the folder should be")
    done = script("from journal_app import note; note('late but safe #x')", blocked)
    assert done.returncode == 0
    assert "waits in the spool" in done.stderr or "wait in the spool" in done.stderr
    waiting = list(spool.folder().glob("*.json"))
    assert len(waiting) == 1
    again = waiting[0].read_text()
    with Journal(journal_folder) as journal:
        rows = journal.entries.rows()
    assert [(row.title, row.tags) for row in rows] == [("late but safe", ("x",))]
    waiting[0].write_text(again)  # as if killed between the commit and the removal
    with Journal(journal_folder) as journal:
        assert len(journal.entries.rows()) == 1
    assert not list(spool.folder().glob("*.json"))


def test_a_spooled_file_that_is_not_a_note_is_set_aside(journal_folder: Path) -> None:
    spool.folder().mkdir(parents=True)
    (spool.folder() / "A.json").write_text("{broken")
    (spool.folder() / "B.json").write_text(json.dumps({"id": "x"}))
    Journal(journal_folder).close()
    assert sorted(p.name for p in spool.folder().iterdir()) == ["A.bad", "B.bad"]


def test_the_active_run_of_a_tracker_is_linked(journal_folder: Path) -> None:
    done = script(
        """
        import sys, types
        from journal_app import note
        wandb = types.ModuleType("wandb")
        wandb.run = types.SimpleNamespace(id="abc123")
        sys.modules["wandb"] = wandb
        note("linked")
        wandb.run = None
        note("not linked")
        note("by hand", run="d12")
        """,
        journal_folder,
    )
    assert done.returncode == 0, done.stderr
    with Journal(journal_folder) as journal:
        links = {row.title: journal.entries.get(row.id).links for row in journal.entries.rows()}
    assert links["linked"][0].target_id == "wandb:abc123"
    assert links["not linked"] == ()
    assert links["by hand"][0].target_id == "d12"
