"""Find and replace: plain words, patterns, and patterns that would never end."""

from __future__ import annotations

import pytest

from journal_app.domain import finding
from journal_app.domain.finding import Query, find, replaced
from journal_app.errors import JournalError


def spans(words: str, text: str, **named: bool) -> list[str]:
    return [text[a:b] for a, b in find(Query(words, **named), text).spans]


def test_plain_words_are_no_pattern() -> None:
    assert spans("a.c", "a.c abc A.C") == ["a.c", "A.C"]
    assert spans("a.c", "a.c abc A.C", case=True) == ["a.c"]
    assert spans("lr", "lr lrs (lr)", whole=True) == ["lr", "lr"]
    assert spans("", "abc") == [] and spans("Ä", "ä Ä") == ["ä", "Ä"]


def test_patterns() -> None:
    assert spans(r"^\w+$", "one\ntwo words\nthree", regex=True) == ["one", "three"]
    assert spans("x*", "axxb", regex=True) == ["xx"], "nothing is no hit"


def test_a_bad_pattern_is_told() -> None:
    with pytest.raises(JournalError, match="no pattern"):
        find(Query("(", regex=True), "text")
    with pytest.raises(JournalError, match="does not fit"):
        replaced(Query("a", regex=True), "a", r"\2")


def test_a_pattern_that_runs_away_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "SECONDS", 0.2)
    with pytest.raises(JournalError, match="too long"):
        find(Query(r"(x+x+)+y", regex=True), "x" * 5000)


def test_replacing() -> None:
    text = "loss 1, loss 2"
    assert replaced(Query("loss"), text, r"\1") == [(0, 4, r"\1"), (8, 12, r"\1")]
    query = Query(r"loss (\d)", regex=True)
    assert replaced(query, text, r"\1=l") == [(0, 6, "1=l"), (8, 14, "2=l")]
    assert replaced(query, text, "x", (8, 14)) == [(8, 14, "x")]


def test_there_is_an_end_to_hits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST", 3)
    found = find(Query("a"), "aaaaa")
    assert len(found.spans) == 3 and found.more
    assert found.at(1) == 1 and found.at(9) == 0
