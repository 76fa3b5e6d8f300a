"""Each operator of a search finds what it says, alone, with words, and turned round."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import date, datetime

import pytest

from journal_app.domain.entry import Link
from journal_app.errors import JournalError
from journal_app.journal import Journal
from journal_app.store import search

WORD = "spike"


def ms(year: int, month: int, day: int) -> int:
    return int(datetime(year, month, day, 12).astimezone().timestamp() * 1000)


@pytest.fixture
def filled(journal: Journal) -> Journal:
    entries = journal.entries
    with journal.store.write() as w:
        w.db.execute(
            "INSERT INTO runs (id, source_kind, native_id, source_uri, name, status, digest,"
            " reader, imported_at, updated_at) VALUES"
            " ('RUN1', 'x', 'n1', '', 'depth-12', 'finished', '', 'x', 0, 0)"
        )
        w.db.execute(
            "INSERT INTO eval_results (id, source_kind, native_id, task, metric, source_file,"
            " source_sha256, digest, imported_at, updated_at)"
            " VALUES ('EVAL1', 'x', 'e1', 'ARC', 'acc', '', '', '', 0, 0)"
        )
    entries.create(f"Plain {WORD}", created_at=ms(2026, 1, 10))
    entries.create(f"Tagged {WORD}", tags=["npu/int4"], created_at=ms(2026, 2, 10))
    entries.create(f"Run {WORD}", links=[Link("run", "RUN1")], created_at=ms(2026, 2, 20))
    entries.create(f"Waiting {WORD}", links=[Link("run", "later-run")], created_at=ms(2026, 3, 1))
    entries.create(f"Eval {WORD}", links=[Link("eval", "EVAL1")], created_at=ms(2026, 3, 2))
    entries.create(
        f"Marks {WORD}\n\n- [ ] do it\n\n```py\nx = 1\n```\n\n$x^2$ see https://example.org",
        created_at=ms(2026, 4, 1),
    )
    picture = entries.create(f"Picture {WORD}", kind="lesson", created_at=ms(2026, 4, 2))
    entries.attach(picture.id, b"\x89PNG\r\n\x1a\n", "plot.png")
    table = entries.create(f"Table {WORD}", kind="failure", created_at=ms(2026, 4, 3))
    entries.attach(table.id, b"a,b\n1,2\n", "table.csv")
    post = entries.create(f"Post {WORD}", kind="post", created_at=ms(2026, 5, 1))
    with journal.store.write() as w:
        w.db.execute("INSERT INTO favourites VALUES (?, 0)", (post.id,))
    entries.trash(entries.create(f"Gone {WORD}", created_at=ms(2026, 5, 2)).id)
    return journal


EVERY = {"Plain", "Tagged", "Run", "Waiting", "Eval", "Marks", "Picture", "Table", "Post"}
OPERATORS = [
    ("tag:npu", {"Tagged"}),
    ("tag:npu/int4", {"Tagged"}),
    ("tag:np", {"Tagged"}),  # no such tag: those that begin so
    ("tag:int4", set()),
    ("kind:lesson", {"Picture"}),
    ("kind:lesson kind:failure", {"Picture", "Table"}),
    ("run:depth-12", {"Run"}),
    ("run:n1", {"Run"}),
    ("run:later-run", {"Waiting"}),
    ("eval:arc", {"Eval"}),
    ("eval:eval1", {"Eval"}),
    ("has:attachment", {"Picture", "Table"}),
    ("has:image", {"Picture"}),
    ("has:run", {"Run", "Waiting"}),
    ("has:eval", {"Eval"}),
    ("has:link", {"Run", "Waiting", "Eval", "Marks"}),
    ("has:task", {"Marks"}),
    ("has:code", {"Marks"}),
    ("has:math", {"Marks"}),
    ("is:favourite", {"Post"}),
    ("is:draft", {"Post"}),
    ("is:scheduled", set()),
    ("is:published", set()),
    ("is:failed", set()),
    ("title:picture", {"Picture"}),
    ("before:2026-02-10", {"Plain"}),
    ("after:2026-04-02", {"Picture", "Table", "Post"}),
    ("on:2026-02", {"Tagged", "Run"}),
    ("on:2026-02-20", {"Run"}),
    ("created:2026-02-20..2026-03-01", {"Run", "Waiting"}),
    ("updated:2000", set()),
    ("after:2026-02 -after:2026-03 has:run", {"Run"}),
]


def names(journal: Journal, query: str) -> list[str]:
    return [hit.row.title.split()[0] for hit in journal.entries.search(query)]


@pytest.mark.parametrize(("query", "expected"), OPERATORS)
def test_an_operator_alone_and_with_a_word(filled: Journal, query: str, expected: set[str]) -> None:
    assert set(names(filled, query)) == expected
    assert set(names(filled, f"{query} {WORD}")) == expected


@pytest.mark.parametrize(("query", "expected"), [o for o in OPERATORS if " " not in o[0]])
def test_an_operator_turned_round(filled: Journal, query: str, expected: set[str]) -> None:
    assert set(names(filled, f"-{query}")) == EVERY - expected
    assert set(names(filled, f"-{query} {WORD}")) == EVERY - expected


@pytest.mark.parametrize(("query", "expected"), OPERATORS)
def test_few_and_many_entries_give_the_same(
    filled: Journal, query: str, expected: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever a search begins with (the operator, or the words), it finds the same."""
    from journal_app.store import conditions

    monkeypatch.setattr(search, "FEW", 0)
    assert set(names(filled, f"{query} {WORD}")) == expected
    monkeypatch.setattr(search, "SOME", 0)
    monkeypatch.setattr(conditions, "SOME", 0)
    assert set(names(filled, f"{query} {WORD}")) == expected
    assert set(names(filled, query)) == expected


def test_days_come_newest_first(filled: Journal) -> None:
    assert names(filled, "created:2026") == [
        "Post", "Table", "Picture", "Marks", "Eval", "Waiting", "Run", "Tagged", "Plain"
    ]  # fmt: skip


def test_the_trash_has_its_own_search(filled: Journal) -> None:
    assert names(filled, "is:trashed") == ["Gone"]
    assert names(filled, f"is:trashed created:2026 {WORD}") == ["Gone"]
    assert names(filled, "is:trashed tag:npu") == []


def test_like_finds_entries_that_share_rare_words(journal: Journal) -> None:
    first = journal.entries.add("Tokenizer drift\n\nretokenized shards diverge")
    journal.entries.add("Another one\n\nretokenized shards again")
    journal.entries.add("Nothing in common")
    assert [h.row.title for h in journal.entries.search(f"like:{first.id}")] == ["Another one"]
    found = journal.entries.search("like:no-such-entry word")
    assert any("no-such-entry" in hint for hint in found.hints)


def test_a_run_that_is_named_in_a_text_and_not_imported_yet_is_found(journal: Journal) -> None:
    named = journal.entries.create("Left at 4,200 with @d12")
    journal.entries.create("Somebody called @d13")
    found = journal.entries.search("run:D12")
    assert [hit.row.id for hit in found] == [named.id] and found.hints == ()
    assert journal.entries.search("run:d14").hints == ("No run is called d14.",)


def test_what_leads_nowhere_is_said(filled: Journal) -> None:
    assert filled.entries.search("tag:nope").hints == ("No entry has the tag nope.",)
    assert filled.entries.search("tag:np").hints == ("No entry has the tag np; found: npu/int4.",)
    assert filled.entries.search("run:nope").hints == ("No run is called nope.",)
    assert filled.entries.search("run:depth-12 tag:npu").hints == ()


def test_what_an_operator_found_is_listed_though_patience_ends_there(
    filled: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = search.Watch.read

    def once(watch: search.Watch, sql: str, values: Iterable[object]) -> list[sqlite3.Row]:
        found = read(watch, sql, values)
        watch._end = 0.0  # the first query was in time, no other is
        return found

    monkeypatch.setattr(search, "STEPS", 1)
    monkeypatch.setattr(search.Watch, "read", once)
    found = filled.entries.search("has:attachment", patience=600.0)
    assert [hit.row.title for hit in found] == [f"Table {WORD}", f"Picture {WORD}"]
    assert found.hurried and found.partial


def test_an_operator_with_a_slip_hides_nothing_but_stops_what_changes_entries(
    filled: Journal,
) -> None:
    found = filled.entries.search(f"{WORD} kidn:lesson")
    assert len(found) == len(EVERY) and "did you mean kind:" in found.hints[0]
    with pytest.raises(JournalError, match="Nothing was done"):
        search.every(filled.store.read(), f"{WORD} kidn:lesson", date(2026, 11, 22))
