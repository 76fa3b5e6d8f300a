"""`note()` in a training script: at once, never raising, never losing."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from pathlib import Path

from journal_app import paths
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
        note("no tags", tags=None, title=3, run=object())
        note("bad tags", tags=5)
        note("surrogate \\ud800", title="\\ud800")
        note("after all that")
        """,
        journal_folder,
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    with Journal(journal_folder) as journal:
        titles = {row.title for row in journal.entries.rows()}
    assert titles == {"None", "42", "3", "bad tags", "\ufffd", "after all that"}


def test_a_journal_that_cannot_be_written_makes_notes_wait_for_it_alone(
    journal_folder: Path, tmp_path: Path
) -> None:
    late = tmp_path / "late"
    late.write_text("a file where the folder should be")
    done = script("from journal_app import note; note('late but safe #x')", late)
    assert done.returncode == 0
    assert "wait in the spool" in done.stderr
    (waiting,) = spool.folder(late).glob("*.jsonl")
    again = waiting.read_bytes()
    with Journal(journal_folder) as other:
        assert other.entries.rows() == [], "a note for one journal must not land in another"
    late.unlink()
    with Journal(late) as journal:
        assert [(r.title, r.tags) for r in journal.entries.rows()] == [("late but safe", ("x",))]
    assert not list(spool.folder(late).iterdir())
    waiting.write_bytes(again)  # as if killed between the commit and the removal
    with Journal(late) as journal:
        assert len(journal.entries.rows()) == 1


def test_a_line_that_is_no_note_is_set_aside_and_the_others_are_kept(journal_folder: Path) -> None:
    place = spool.folder(journal_folder)
    place.mkdir(parents=True)
    good = {"id": "0" * 26, "at": 1, "text": "good"}
    lines = ["{broken", json.dumps({"id": "x"}), json.dumps(good), '"just text"']
    (place / f"{paths.host()}-999999999-ab.jsonl").write_text("\n".join(lines) + "\n")
    with Journal(journal_folder) as journal:
        assert [row.title for row in journal.entries.rows()] == ["good"]
    (bad,) = place.iterdir()
    assert bad.suffix == ".bad"
    assert len(bad.read_text().splitlines()) == 3


def test_a_killed_script_loses_no_note_that_returned(journal_folder: Path) -> None:
    returned: list[str] = []
    for round in range(10):
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "import itertools; from journal_app import note\n"
                f"for n in itertools.count(): print(note(f'note {round} {{n}}'), flush=True)",
            ],
            env={**os.environ, "JOURNAL_DIR": str(journal_folder)},
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        returned += [process.stdout.readline().strip() for _ in range(5 + 37 * round)]
        process.kill()
        rest = process.stdout.read().rpartition("\n")[0].split("\n")
        returned += [line for line in rest if line]
        process.stdout.close()
        process.wait()
    with Journal(journal_folder) as journal:
        kept = [row.id for row in journal.entries.rows(limit=1_000_000)]
    assert len(kept) == len(set(kept))
    assert set(returned) <= set(kept)


def test_what_was_noted_is_there_when_the_same_script_looks(journal_folder: Path) -> None:
    done = script(
        """
        from journal_app import note, open_journal
        id = note("seen at once")
        with open_journal() as journal:
            assert journal.entries.get(id).title == "seen at once"
        """,
        journal_folder,
    )
    assert done.returncode == 0, done.stderr


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
