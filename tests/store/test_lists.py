"""Lists and counts: every page by an index, every number kept in step, whatever happens."""

from __future__ import annotations

import gzip
import random
import shutil
from pathlib import Path

import pytest

from journal_app.domain.entry import Link
from journal_app.domain.views import SECTIONS, View
from journal_app.journal import Journal
from journal_app.store import rows

OLD = Path(__file__).parent.parent / "data" / "schema-1.db.gz"
VIEWS = [*(View(section) for section in SECTIONS), View(kind="decision"), View(tag="a")]
FEW = ("today", "starred")  # few entries, sorted when they are found


def counted(journal: Journal) -> dict[str, object]:
    """What the counters say, each beside the same number counted from the entries themselves."""
    db = journal.store.read()
    live = "SELECT count(*) FROM entries e WHERE trashed_at IS NULL"
    loose = (
        " AND NOT EXISTS (SELECT 1 FROM tags WHERE entry_id = e.id)"
        " AND NOT EXISTS (SELECT 1 FROM links WHERE entry_id = e.id)"
    )
    found: dict[str, object] = {}
    for view, sql in (
        (View(), live),
        (View("inbox"), live + " AND kind = 'note'" + loose),
        (View("lesson"), live + " AND kind = 'lesson'"),
        (View(kind="decision"), live + " AND kind = 'decision'"),
        (View("trash"), "SELECT count(*) FROM entries WHERE trashed_at IS NOT NULL"),
    ):
        found[str(view)] = (journal.entries.count(view), db.execute(sql).fetchone()[0])
    tags = db.execute(
        "SELECT tag, count(*) FROM tags t JOIN entries e ON e.id = t.entry_id"
        " WHERE e.trashed_at IS NULL GROUP BY tag ORDER BY count(*) DESC, tag"
    ).fetchall()
    found["tags"] = (journal.entries.tags(), [tuple(row) for row in tags])
    listed = db.execute(
        "SELECT count(*) FROM tag_rows r JOIN entries e ON e.n = r.n AND e.updated_at ="
        " r.updated_at JOIN tags t ON t.entry_id = e.id AND t.tag = r.tag"
    ).fetchone()[0]
    everything = db.execute("SELECT count(*) FROM tag_rows").fetchone()[0]
    found["tag rows"] = (listed, everything)
    return found


def assert_in_step(journal: Journal) -> None:
    for name, (said, true) in counted(journal).items():  # type: ignore[misc]
        assert said == true, name


def test_counts_and_lists_stay_true_whatever_is_done(journal: Journal) -> None:
    chance = random.Random(3)
    entries = journal.entries
    ids: list[str] = []
    for step in range(250):
        act = chance.randrange(8)
        if act <= 2 or not ids:
            kind = chance.choice(["note", "lesson", "decision"])
            ids.append(entries.add(f"Entry {step} #{chance.choice('abc')}", kind=kind).id)
            continue
        id = chance.choice(ids)
        entry = entries.get(id)
        if act == 3:
            entries.save(id, f"Again {step} #b", base_rev=entry.rev, kind="note")
        elif act == 4:
            entries.tag(id, ["by-hand"], ["d"])
        elif act == 5:
            entries.trash(id)
        elif act == 6:
            entries.restore(id)
        elif entry.links:
            entries.unlink(id, entry.links[0].target_kind, entry.links[0].target_id)
        else:
            entries.link(id, "some-run")
    assert_in_step(journal)
    with journal.store.write() as w:  # as when the trash is emptied
        w.db.execute("DELETE FROM entries WHERE n % 3 = 0")
    assert_in_step(journal)


def test_an_old_journal_has_true_counts_and_is_searched_after_the_upgrade(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    folder.mkdir()
    with gzip.open(OLD) as packed, (folder / "journal.db").open("wb") as file:
        shutil.copyfileobj(packed, file)
    with Journal(folder) as journal:
        assert journal.entries.count(View()) > 0
        assert_in_step(journal)
        assert journal.entries.search("第二")
        row = journal.entries.rows()[0]
        assert row.id in [hit.row.id for hit in journal.entries.search(f'title:"{row.title}"')]


@pytest.mark.parametrize("view", VIEWS, ids=str)
def test_pages_meet_without_gap_or_overlap(journal: Journal, view: View) -> None:
    for n in range(23):
        kind = ("note", "lesson", "failure", "decision")[n % 4]
        links = [Link("run", "r")] if n % 3 == 0 else []
        id = journal.entries.create(
            f"Entry {n}", kind=kind, links=links, tags=["a"] if n % 2 else [], created_at=n
        ).id
        if n % 7 == 6:
            journal.entries.trash(id)
    with journal.store.write() as w:  # some were changed in the same millisecond
        w.db.execute("UPDATE entries SET updated_at = 1000 + n / 4")
        w.db.execute("UPDATE entries SET trashed_at = 5 WHERE trashed_at IS NOT NULL")
    whole = journal.entries.rows(view)
    assert len(whole) == journal.entries.count(view)
    pages, last = [], None
    while page := journal.entries.rows(view, limit=4, after=last):
        pages += page
        last = page[-1]
    assert pages == whole
    for offset in range(0, len(whole) + 2, 3):
        assert journal.entries.rows(view, limit=4, offset=offset) == whole[offset : offset + 4]
        if whole:
            behind = journal.entries.rows(view, limit=4, offset=offset, after=whole[0])
            assert behind == whole[offset + 1 : offset + 5]


def test_a_far_page_is_counted_from_the_nearer_end(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(17):
        journal.entries.create(f"Entry {n}")
    whole = journal.entries.rows()
    monkeypatch.setattr(rows, "FAR", 0)
    for offset in range(20):
        assert journal.entries.rows(limit=4, offset=offset) == whole[offset : offset + 4]


@pytest.mark.parametrize("view", [v for v in VIEWS if v.section not in FEW], ids=str)
def test_no_list_is_sorted_or_read_whole(journal: Journal, view: View) -> None:
    """The plan of SQLite for a page: an index in the order of the list, no temporary sort."""
    asked: list[str] = []
    db = journal.store.read()
    db.set_trace_callback(asked.append)
    journal.entries.rows(view, limit=10)
    db.set_trace_callback(None)
    (page,) = [sql for sql in asked if "ORDER BY" in sql and "LIMIT" in sql and "OFFSET" in sql]
    plan = [row["detail"] for row in db.execute("EXPLAIN QUERY PLAN " + page)]
    assert not [step for step in plan if "TEMP B-TREE" in step], plan
    assert not [step for step in plan if step.startswith("SCAN") and "INDEX" not in step], plan


def test_a_title_is_looked_up_by_an_index(journal: Journal) -> None:
    journal.entries.add("Same title")
    journal.entries.add("same Title")
    assert journal.entries.get("Same title").title == "Same title"
    asked: list[str] = []
    db = journal.store.read()
    db.set_trace_callback(asked.append)
    journal.entries.get("same Title")
    db.set_trace_callback(None)
    (sql,) = [sql for sql in asked if "title =" in sql]
    plan = [row["detail"] for row in db.execute("EXPLAIN QUERY PLAN " + sql)]
    assert "entries_by_title" in plan[0]
