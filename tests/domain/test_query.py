"""The syntax of a search: operators, negation, days, hints, and any text at all."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain.query import MOST, OPERATORS, Filter, Query, Words, parse

TODAY = date(2026, 11, 22)


def one(text: str) -> Words:
    (words,) = parse(text, TODAY).alternatives
    return words


def ms(*day: int) -> int:
    return int(datetime(day[0], day[1], day[2]).astimezone().timestamp() * 1000)


def test_words_phrases_and_what_must_not_be_there() -> None:
    words = one('warmup "exact phrase" -diverged -"two words" title:tokenizer ')
    assert words.terms == ("warmup",)
    assert words.phrases == ("exact phrase",)
    assert words.without == ("diverged", "two words")
    assert words.titles == ("tokenizer",)
    assert not words.open_end


@pytest.mark.parametrize("name", [n for n in OPERATORS if n not in ("title", "kind", "has", "is")])
def test_every_operator_is_read_in_any_case_quoted_and_negated(name: str) -> None:
    value = "2026-03-01" if name in ("before", "after", "on", "created", "updated") else "x"
    for text, wanted in ((f'{name.upper()}:"{value}"', True), (f"-{name}:{value}", False)):
        (made,) = one(text).filters
        assert (made.value, made.wanted) == (value, wanted)
    assert parse(f"{name}:{value}", TODAY).hints == ()


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("#Warmup", "tag", "warmup"),
        ("tag:#Warmup/", "tag", "warmup"),
        ("kind:Lessons", "kind", "lesson"),
        ("has:images", "has", "image"),
        ("is:starred", "is", "favourite"),
        ("-is:trashed", "is", "trashed"),
        ("type:failure", "kind", "failure"),
    ],
)
def test_other_spellings_mean_the_same(text: str, name: str, value: str) -> None:
    (made,) = one(text).filters
    assert (made.name, made.value) == (name, value)


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("on:2026-03-24", ms(2026, 3, 24), ms(2026, 3, 25)),
        ("on:2026-12", ms(2026, 12, 1), ms(2027, 1, 1)),
        ("created:2025", ms(2025, 1, 1), ms(2026, 1, 1)),
        ("before:2026-03-01", None, ms(2026, 3, 1)),
        ("after:yesterday", ms(2026, 11, 21), None),
        ("after:7d", ms(2026, 11, 15), None),
        ("before:2w", None, ms(2026, 11, 8)),
        ("created:7d", ms(2026, 11, 15), None),
        ("created:>7d", ms(2026, 11, 15), None),
        ("created:>2026-03", ms(2026, 4, 1), None),
        ("created:<=2026-03", None, ms(2026, 4, 1)),
        ("updated:today", ms(2026, 11, 22), ms(2026, 11, 23)),
        ("updated:2026-01..2026-03-02", ms(2026, 1, 1), ms(2026, 3, 3)),
        ("created:2026-01..", ms(2026, 1, 1), None),
        ("created:..2026-01", None, ms(2026, 2, 1)),
    ],
)
def test_days(text: str, since: int | None, until: int | None) -> None:
    (made,) = one(text).filters
    assert (made.since, made.until) == (since, until)
    assert made.name == ("updated" if text.startswith("updated") else "created")


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("before:soon", "holds no day"),
        ("on:2026-13-40", "holds no day"),
        ("after:99999y", "holds no day"),
        ("created:..", "holds no day"),
        ("kind:lesso", "did you mean lesson?"),
        ("has:wings", "Known: attachment"),
        ("is:", "needs a word"),
        ("knd:lesson", "did you mean kind:"),
    ],
)
def test_what_is_not_understood_says_so_and_the_rest_is_searched(text: str, hint: str) -> None:
    asked = parse(f"warmup {text}", TODAY)
    assert len(asked.hints) == 1
    assert hint in asked.hints[0]
    assert asked.alternatives[0].terms[0] == "warmup"


@pytest.mark.parametrize("text", ["warmup kidn:lesson", "warmup -kidn:lesson", "warmup kidn:les"])
def test_an_operator_with_a_slip_is_left_out(text: str) -> None:
    assert parse(text, TODAY).alternatives == (Words(terms=("warmup",)),)


@pytest.mark.parametrize("text", ["http://example.org", "lr:3e-4", "error: file", "10:30", "::"])
def test_a_colon_in_ordinary_words_is_no_operator(text: str) -> None:
    asked = parse(text, TODAY)
    assert asked.hints == ()
    assert not any(words.filters for words in asked.alternatives)


def test_alternatives_stand_on_both_sides_of_or() -> None:
    left, right = parse("loss tag:a OR accuracy -noise", TODAY).alternatives
    assert (left.terms, left.filters) == (("loss",), (Filter("tag", "a"),))
    assert (right.terms, right.without) == (("accuracy",), ("noise",))
    assert parse("OR loss OR", TODAY).alternatives == (one("loss "),)
    assert one("or").terms == ("or",)


@pytest.mark.parametrize(
    ("text", "typing"),
    [("warm", True), ("warm ", False), ('"warm"', False), ("-warm", False), ("a tag:x", False)],
)
def test_only_a_word_that_is_still_typed_has_an_open_end(text: str, typing: bool) -> None:
    assert one(text).open_end is typing


def test_a_search_of_many_words_looks_at_the_first() -> None:
    asked = parse("word " * 1000, TODAY)
    assert len(asked.alternatives[0].terms) == MOST
    assert "first" in asked.hints[0]


PIECES = st.sampled_from(
    [*(f"{name}:" for name in OPERATORS), "-", '"', " ", "OR", "..", ">", "#", "7d", "2026-02-30"]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=20).map("".join))
def test_any_text_is_read(text: str) -> None:
    asked = parse(text, TODAY)
    assert isinstance(asked, Query)
    assert all(not words.empty for words in asked.alternatives)
    assert asked.empty == (asked.alternatives == ())
