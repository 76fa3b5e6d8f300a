"""Search: words, prefixes, phrases, exclusions, ranking, and scripts without spaces."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_app.domain.query import OPERATORS
from journal_app.errors import Cancelled
from journal_app.journal import Journal
from journal_app.store import search


def titles(journal: Journal, query: str) -> list[str]:
    return [hit.row.title for hit in journal.entries.search(query) if not hit.similar]


@pytest.fixture
def filled(journal: Journal) -> Journal:
    add = journal.entries.add
    add("Warmup under 300 steps diverges\n\nlr 3e-4, depth 12 #warmup", kind="lesson")
    add("Tokenizer path was wrong\n\nThe warmup was fine. Café naïve.", kind="failure")
    add("学习率太高 模型训练失败\n\n第二次运行稳定。损失下降")
    add("東京で評価した\n\n損失が下がる、ガンマ GPU訓練")
    return journal


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("warmup", ["Warmup under 300 steps diverges", "Tokenizer path was wrong"]),
        ("warm", ["Warmup under 300 steps diverges", "Tokenizer path was wrong"]),
        ("w", ["Warmup under 300 steps diverges", "Tokenizer path was wrong"]),
        ("warm ", []),  # the word is finished: no prefix any more
        ('"warmup was fine"', ["Tokenizer path was wrong"]),
        ("warmup -tokenizer", ["Warmup under 300 steps diverges"]),
        ('warmup -"was fine"', ["Warmup under 300 steps diverges"]),
        ("warmup -title:tokenizer", ["Warmup under 300 steps diverges"]),
        ("title:warmup", ["Warmup under 300 steps diverges"]),
        ('title:"under 300"', ["Warmup under 300 steps diverges"]),
        ("tag:warmup", ["Warmup under 300 steps diverges"]),
        ("#warmup diverges", ["Warmup under 300 steps diverges"]),
        ("kind:failure warmup", ["Tokenizer path was wrong"]),
        ("cafe naive", ["Tokenizer path was wrong"]),
        ("CAFÉ", ["Tokenizer path was wrong"]),
        ("3e-4", ["Warmup under 300 steps diverges"]),
        ("tokenizer OR diverges", ["Tokenizer path was wrong", "Warmup under 300 steps diverges"]),
        ("模型", ["学习率太高 模型训练失败"]),
        ("率", ["学习率太高 模型训练失败"]),
        ("模型训练", ["学习率太高 模型训练失败"]),
        ("学习率 第二次", ["学习率太高 模型训练失败"]),
        ("稳定损失", []),  # a full stop lies between
        ("title:模型", ["学习率太高 模型训练失败"]),
        ("title:第二次", []),
        ("東京", ["東京で評価した"]),
        ("損失が下", ["東京で評価した"]),
        ("GPU訓練", ["東京で評価した"]),
        ("gpu", ["東京で評価した"]),
        ("損失 gpu", ["東京で評価した"]),
        ("失 -東京", ["学习率太高 模型训练失败"]),
        ("-warmup kind:note -東京", ["学习率太高 模型训练失败"]),
        ("", []),
        ("OR", []),
        ("nothing-like-it", []),
    ],
)
def test_queries(filled: Journal, query: str, expected: list[str]) -> None:
    assert sorted(titles(filled, query)) == sorted(expected)


def test_a_title_ranks_before_a_body(filled: Journal) -> None:
    assert titles(filled, "warmup")[0] == "Warmup under 300 steps diverges"
    filled.entries.add("Something else\n\nwarmup warmup")
    filled.entries.add("Warmup")
    assert titles(filled, "warmup")[0] == "Warmup", "the whole title comes first"


def test_a_passage_marks_the_found_words(filled: Journal) -> None:
    assert "\x02naïve\x03" in filled.entries.search("naive")[0].snippet
    assert "\x02损失\x03下降" in filled.entries.search("损失")[0].snippet


def test_what_is_in_the_trash_is_found_only_there(filled: Journal) -> None:
    filled.entries.trash(filled.entries.rows()[0].id)
    assert titles(filled, "東京") == []
    assert titles(filled, "東京 is:trashed") == ["東京で評価した"]
    assert titles(filled, "is:trashed") == ["東京で評価した"]


def test_an_edit_is_found_and_the_old_words_are_not(filled: Journal) -> None:
    entry = filled.entries.get("Tokenizer path was wrong")
    filled.entries.save(entry.id, "Detokenizer mended 新版本", base_rev=entry.rev)
    assert titles(filled, "detokenizer") == ["Detokenizer mended 新版本"]
    assert titles(filled, "版") == ["Detokenizer mended 新版本"]
    assert titles(filled, "café") == []
    later = filled.entries.get(entry.id)
    filled.entries.save(entry.id, "Detokenizer mended", base_rev=later.rev)
    assert titles(filled, "版") == []


@pytest.mark.parametrize(
    "query", ["tokenizre", "tokenizr", "tokenzr", "tokeenizer", "Tokanizer path", "wrnog"]
)
def test_a_slip_in_a_title_is_forgiven_and_marked(filled: Journal, query: str) -> None:
    (hit,) = filled.entries.search(query).hits
    assert hit.row.title == "Tokenizer path was wrong"
    assert hit.similar


def test_exact_hits_come_before_similar_titles(filled: Journal) -> None:
    filled.entries.add("About wonders\n\nwromg is how they wrote it")
    hits = filled.entries.search("wromg")
    assert [hit.similar for hit in hits] == [False, True]


def test_a_common_word_looks_at_the_newest_and_at_titles(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "NEWEST", 5)
    journal.entries.add("Spike in the loss")
    for n in range(20):
        journal.entries.add(f"Entry {n}\n\na spike again")
    found = journal.entries.search("spike")
    assert found.partial
    assert found[0].row.title == "Spike in the loss", "an old title is looked at too"
    assert [hit.row.title for hit in found.hits[1:]] == [f"Entry {n}" for n in range(19, 14, -1)]
    assert not journal.entries.search("spike tag:none").partial


def test_a_search_can_be_stopped_and_ends_with_its_patience(journal: Journal) -> None:
    for n in range(300):
        journal.entries.add(f"Entry {n}\n\nspike " + "word " * 50)
    with pytest.raises(Cancelled):
        journal.entries.search("spike", stop=lambda: True)
    hurried = journal.entries.search("has:math -spike", patience=0.0)
    assert hurried.hurried
    assert hurried.partial
    assert not journal.entries.search("spike").hurried, "the connection is free again"


def test_a_quick_search_of_a_busy_journal_sees_one_state(filled: Journal) -> None:
    found = filled.entries.search("warmup OR tokenizer")
    assert len(found) == 2
    assert not filled.store.read().in_transaction


SYNTAX = st.sampled_from(
    [*(f"{name}:" for name in OPERATORS), '"', "-", " ", " OR ", "*", "(", ")", "^", "NEAR(", "7d",
     "title:\"", "is:draft", "has:code", "学", "\x00", "\ud800", "'", ";", "%", "_", "\\"]
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=300)
@given(st.lists(st.one_of(SYNTAX, st.text(max_size=8)), max_size=12).map("".join))
def test_no_query_breaks_the_search(filled: Journal, query: str) -> None:
    found = filled.entries.search(query)
    assert len(found) <= 4


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    st.text(
        st.characters(max_codepoint=0x2FFF, exclude_categories=("Cs", "Cc")),
        min_size=1,
        max_size=40,
    )
    | st.text(st.sampled_from("学习率太高模型训练ab 。，"), min_size=1, max_size=20)
)
def test_quoted_text_finds_its_own_entry(journal: Journal, text: str) -> None:
    text = text.replace('"', "").strip()
    if not text or not any(letter.isalnum() for letter in text):
        return
    entry = journal.entries.create(f"before\n\n{text}\n\nafter")
    assert entry.id in [hit.row.id for hit in journal.entries.search(f'"{text}"', limit=1000)]


@pytest.mark.parametrize(
    "query", ['"', "'", "a OR", "NEAR(", "*", "title:x", "^a", "-", 'x"y', "%_", '"%"', "-学"]
)
def test_the_syntax_of_the_engine_is_never_reached(filled: Journal, query: str) -> None:
    filled.entries.search(query)
