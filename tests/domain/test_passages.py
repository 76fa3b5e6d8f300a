"""The passage that a search shows, and the order of its hits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain.passages import finder, passage
from journal_app.domain.ranking import Candidate, ranked, rare
from journal_app.domain.scripts import folded, spaced, title_words
from journal_app.domain.views import CLOSE, OPEN


def said(text: str, *words: str, open_end: bool = False) -> str:
    return passage(text, finder(words, open_end=open_end)).replace(OPEN, "<").replace(CLOSE, ">")


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("The warmup was fine", ("warmup",), "The <warmup> was fine"),
        ("The warmups, WARMUP!", ("warmup",), "The warmups, <WARMUP>!"),
        ("Café naïve", ("naive", "cafe"), "<Café> <naïve>"),
        ("val_bpb fell", ("bpb",), "val_<bpb> fell"),
        ("noise  floor and noise", ("noise floor",), "<noise floor> and noise"),
        ("模型训练失败", ("训练",), "模型<训练>失败"),
        ("ガンマ線", ("ガンマ",), "<ガンマ>線"),
        ("nothing", ("loss",), ""),
        ("a.b", (".",), "a<.>b"),
    ],
)
def test_found_words_are_marked(text: str, words: tuple[str, ...], expected: str) -> None:
    assert said(text, *words) == expected


def test_the_word_that_is_typed_marks_what_it_begins() -> None:
    assert said("The warmups end", "warm", open_end=True) == "The <warmups> end"
    assert said("The warmups end", "warm") == ""


def test_marks_of_markdown_are_left_out() -> None:
    text = "# Log\n- **Capture** with `journal add`\n- [x] warmup is 3 - 4 % too long\n"
    assert said(text, "warmup") == "# Log Capture with journal add <warmup> is 3 - 4 % too long"


def test_a_long_text_is_cut_at_words_around_the_find() -> None:
    shown = said("alpha " * 100 + "needle " + "omega " * 100, "needle")
    assert shown.startswith("…alpha")
    assert shown.endswith("omega…")
    assert "<needle>" in shown
    assert len(shown) < 220


@given(st.text(max_size=80), st.lists(st.text(min_size=1, max_size=5), max_size=3), st.booleans())
def test_any_text_and_words(text: str, words: list[str], open_end: bool) -> None:
    shown = passage(text, finder(words, open_end=open_end))
    assert shown.count(OPEN) - text.count(OPEN) <= len(shown)


def test_the_title_counts_more_than_the_body_and_the_whole_title_most() -> None:
    rows = [
        Candidate(1, "a", 3, "Other things", "warmup once"),
        Candidate(2, "b", 2, "Warmup and more", "nothing here"),
        Candidate(3, "c", 1, "Warmup", ""),
    ]
    assert [c.id for c in ranked(rows, {"warmup": rare(3, 100)})] == ["c", "b", "a"]
    assert ranked([], {}) == []
    assert [c.id for c in ranked(rows, {})] == ["a", "b", "c"], "without words, the last changed"


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    assert rare(1, 1000) > rare(500, 1000) > rare(1000, 1000) > 0


def test_letters_of_scripts_without_spaces_stand_alone() -> None:
    assert spaced("用GPU训练。失败").split() == ["用", "GPU", "训", "练", "\ue000", "失", "败"]
    assert spaced("ＧＰＵ").strip() == "GPU"
    assert folded("Café ÄÖ") == "cafe ao"
    assert title_words("Café 42 val_bpb 学习率 of") == ["cafe", "val", "bpb"]
