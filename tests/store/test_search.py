"""Search: words, prefixes, phrases, exclusions, filters, and scripts without spaces."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_app.journal import Journal


def titles(journal: Journal, query: str) -> list[str]:
    return [hit.row.title for hit in journal.entries.search(query)]


@pytest.fixture
def filled(journal: Journal) -> Journal:
    add = journal.entries.add
    add("Warmup under 300 steps diverges\n\nlr 3e-4, depth 12 #warmup", kind="lesson")
    add("Tokenizer path was wrong\n\nThe warmup was fine. Café naïve.", kind="failure")
    add("学习率太高 模型训练失败\n\n第二次运行稳定")
    add("東京で評価した\n\n損失が下がる")
    return journal


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("warmup", ["Warmup under 300 steps diverges", "Tokenizer path was wrong"]),
        ("warm", ["Warmup under 300 steps diverges", "Tokenizer path was wrong"]),
        ("warm ", []),  # the word is finished: no prefix any more
        ('"warmup was fine"', ["Tokenizer path was wrong"]),
        ("warmup -tokenizer", ["Warmup under 300 steps diverges"]),
        ("tag:warmup", ["Warmup under 300 steps diverges"]),
        ("#warmup diverges", ["Warmup under 300 steps diverges"]),
        ("kind:failure warmup", ["Tokenizer path was wrong"]),
        ("cafe naive", ["Tokenizer path was wrong"]),
        ("3e-4", ["Warmup under 300 steps diverges"]),
        ("模型", ["学习率太高 模型训练失败"]),
        ("率", ["学习率太高 模型训练失败"]),
        ("模型训练", ["学习率太高 模型训练失败"]),
        ("東京", ["東京で評価した"]),
        ("損失が下", ["東京で評価した"]),
        ("", []),
        ("nothing-like-it", []),
    ],
)
def test_queries(filled: Journal, query: str, expected: list[str]) -> None:
    assert titles(filled, query) == expected


def test_a_passage_marks_the_found_words(filled: Journal) -> None:
    hit = filled.entries.search("naive")[0]
    assert "\x02naïve\x03" in hit.snippet


def test_what_is_in_the_trash_is_not_found(filled: Journal) -> None:
    filled.entries.trash(filled.entries.rows()[0].id)
    assert titles(filled, "東京") == []


def test_an_edit_is_found_and_the_old_words_are_not(filled: Journal) -> None:
    entry = filled.entries.get("Tokenizer path was wrong")
    filled.entries.save(entry.id, "Detokenizer mended", base_rev=entry.rev)
    assert titles(filled, "detokenizer") == ["Detokenizer mended"]
    assert titles(filled, "café") == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200)
@given(st.text(max_size=60))
def test_no_query_breaks_the_search(filled: Journal, query: str) -> None:
    filled.entries.search(query)


@pytest.mark.parametrize(
    "query", ['"', "'", "a OR", "NEAR(", "*", "title:x", "^a", "-", 'x"y', "%_"]
)
def test_the_syntax_of_the_engine_is_never_reached(filled: Journal, query: str) -> None:
    filled.entries.search(query)
