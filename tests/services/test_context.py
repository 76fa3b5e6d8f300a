"""Where a note was captured: kept without asking, private, removable."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.services.context import forget_context
from journal_app.store import backups

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
OLD = Path(__file__).parent.parent / "data" / "schema-1.db.gz"


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    git = tmp_path / "probe" / ".git"
    (git / "refs" / "heads").mkdir(parents=True)
    (git / "HEAD").write_text("ref: refs/heads/trunk\n")
    (git / "refs" / "heads" / "trunk").write_text("ab" * 20 + "\n")
    return tmp_path / "probe"


def test_add_keeps_it_and_show_tells_it(
    cli: Cli, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    monkeypatch.chdir(repository)
    id = cli("add", "kept here").stdout.strip()
    kept = json.loads(cli("context", id, "--json").stdout)["context"]
    assert kept["commit"] == "ab" * 20
    assert (kept["repository"], kept["branch"]) == ("probe", "trunk")
    assert kept["directory"] == str(repository)
    assert kept["host"]
    assert "branch trunk" in cli("show", id).stdout
    assert json.loads(cli("show", id, "--json").stdout)["context"] == kept
    assert "trunk" not in cli("list", "--json").stdout
    assert "trunk" not in cli("search", "kept", "--json").stdout
    left = json.loads(cli("context", id, "--remove", "host", "--json").stdout)["context"]
    assert set(left) == set(kept) - {"host"}
    assert "no 'host'" in cli("context", id, "--remove", "host").stderr
    assert "Nothing is kept" in cli("context", id, "--clear").stdout
    assert "context" not in cli("show", id).stdout
    cli("config", "capture.context", "off")
    assert json.loads(cli("show", cli("add", "b").stdout.strip(), "--json").stdout)["context"] == {}


def test_a_note_of_a_script_has_it_too(journal_folder: Path, repository: Path) -> None:
    code = "from journal_app import note; note('from a script', run='mlflow:7')"
    subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        cwd=repository,
        env={
            **os.environ,
            "JOURNAL_DIR": str(journal_folder),
            "PYTHONPATH": str(Path(__file__).parents[2]),
        },
        check=True,
        timeout=60,
    )
    with Journal(journal_folder) as journal:
        (row,) = journal.entries.rows()
        kept = journal.entries.get(row.id).context
    assert (kept["branch"], kept["run"]) == ("trunk", "mlflow:7")


def test_a_post_never_holds_it(journal: Journal) -> None:
    secret = {"directory": "/secret/place", "host": "secret-host"}
    note = journal.entries.add("A lesson worth telling", context=secret)
    assert journal.entries.get(note.id).context == secret
    post = journal.writing.draft([note.id], "A post")
    assert post.context == {}
    assert "secret" not in repr(post)
    tables = journal.store.read().execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    for (name,) in tables.fetchall():
        rows = journal.store.read().execute(f"SELECT * FROM {name}").fetchall()
        if name != "entry_context":
            assert "secret" not in repr([tuple(row) for row in rows]), name


def test_switched_off_nothing_is_kept(journal: Journal) -> None:
    journal.settings.set("capture.context", "off")
    assert journal.entries.add("a", context={"host": "h"}).context == {}
    assert journal.entries.add("b").context == {}


def test_what_cannot_be_stored_is_mended(journal: Journal) -> None:
    kept = journal.entries.add("a", context={"directory": "/\udcff/" + "x" * 5000}).context
    assert kept["directory"].startswith("/\ufffd/x")
    assert len(kept["directory"]) == 1000


def test_forgetting_is_a_change_that_others_see(journal: Journal) -> None:
    entry = journal.entries.add("a", context={"host": "h"})
    with Journal(journal.folder) as other:
        other.poll()
        forget_context(journal.store, entry.id)
        assert [(c.noun, c.id) for c in other.poll()] == [("entry", entry.id)]
    with pytest.raises(JournalError, match="no 'host'"):
        forget_context(journal.store, entry.id, ["host"])


def test_a_journal_of_schema_1_is_brought_up_after_a_backup(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    (folder / "journal.db").write_bytes(gzip.decompress(OLD.read_bytes()))
    with Journal(folder) as journal:
        assert journal.settings.get("theme") == "dark"
        titles = {row.title: row for row in journal.entries.rows()}
        assert set(titles) == {"Loss left at step 4,200", "第二条", "A post"}
        lesson = journal.entries.get(titles["Loss left at step 4,200"].id)
        assert lesson.body.endswith("It came back.")
        assert (lesson.tags, lesson.context) == (("warmup",), {})
        assert len(journal.entries.revisions(lesson.id)) == 2
        assert journal.entries.search("第二")
        assert journal.upkeep.check().problems == ()
        assert journal.entries.add("new", context={"host": "h"}).context == {"host": "h"}
    (copy,) = backups.listing(folder)
    assert "before-upgrade" in copy.name
    assert backups.verdict(copy) == "ok"
    backups.restore(folder, copy.name, now=1)
    with Journal(folder) as journal:
        assert len(journal.entries.rows()) == 3


def test_a_journal_of_schema_1_that_is_only_read_still_shows_its_entries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "old").mkdir()
    with gzip.open(OLD) as packed, (tmp_path / "old" / "journal.db").open("wb") as plain:
        shutil.copyfileobj(packed, plain)
    access = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and access(path, mode))
    with Journal(tmp_path / "old") as journal:
        assert journal.entries.get("第二条").context == {}
