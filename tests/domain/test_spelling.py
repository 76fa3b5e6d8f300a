"""Words for the spell check."""

from __future__ import annotations

import pytest

from journal_app.domain.spelling import best_dictionary, words


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("The loss don’t fall.", ["The", "loss", "don't", "fall"]),
        ("see `cofe x` and $alhpa$", ["see", "and"]),
        ("and [the log](htps://a.b/qq)", ["and", "the", "log"]),
        ("#tagg @runn me@x.org AdamW eval_loss GPU v3 x2y", []),
        ("at https://exmple.org/xx or ./srcc/main.py", ["at", "or"]),
        ("学习率 war 学习", ["war"]),
        ("Größe naïve", ["Größe", "naïve"]),
    ],
)  # fmt: skip
def test_only_prose_is_checked(line: str, found: list[str]) -> None:
    assert [word for _, _, word in words(line)] == found
    for start, end, word in words(line):
        assert line[start:end].replace("’", "'") == word


def test_the_dictionary_that_fits() -> None:
    have = ["de_AT", "de_DE", "en_GB", "en_US"]
    assert best_dictionary(have, "auto", "de_DE") == "de_DE"
    assert best_dictionary(have, "auto", "de_CH") == "de_AT"
    assert best_dictionary(have, "auto", "fr_FR") == "en_US"
    assert best_dictionary(["en_GB"], "auto", "C") == "en_GB"
    assert best_dictionary(have, "fr_FR", "de_DE") is None
    assert best_dictionary([], "auto", "de_DE") is None
