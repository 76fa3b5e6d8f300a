"""How long a text is and how hard to read.

Sources: Flesch 1948 (Reading Ease), Kincaid et al. 1975 (grade), Amstad 1978 (German). Syllables
are counted by hyphenation patterns (pyphen), which miss a few: the level is a hint, no measure.
Words a minute: Brysbaert 2019 (238 for English prose); Trauzettel-Klosinski 2012 (German 179,
Chinese 255 characters).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Protocol

from journal_app.domain import sentences
from journal_app.domain.preflight import Finding, mark
from journal_app.domain.preflight.subject import Subject

SHORT = 50  # words
CJK_SHORT = 100  # characters
_SPEED = {"de": 179, "cjk": 255}
_DICTIONARIES = {"en": "en_US", "de": "de_DE"}
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_LETTER = re.compile(r"[^\W_]")
_VOWELS = re.compile(r"[aeiouyäöüáéíóúàèìòù]+", re.IGNORECASE)
# The least reading ease of a level, and its words.
LEVELS = (
    (60, "easy to read"),
    (50, "fairly hard to read"),
    (30, "hard to read"),
    (-1000, "very hard to read"),
)


class _Hyphens(Protocol):
    def positions(self, word: str) -> list[int]: ...


@lru_cache(maxsize=2)
def _hyphens(language: str) -> _Hyphens | None:
    import pyphen

    name = _DICTIONARIES.get(language)
    made: _Hyphens | None = pyphen.Pyphen(lang=name) if name in pyphen.LANGUAGES else None
    return made


@lru_cache(maxsize=20_000)
def syllables(word: str, language: str) -> int:
    """The syllables of a word; at least one for each group of vowels that patterns miss."""
    hyphens = _hyphens(language)
    groups = len(_VOWELS.findall(word))
    if language == "en" and word.lower().endswith("e") and not word.lower().endswith(("le", "ee")):
        groups -= 1
    found = len(hyphens.positions(word)) + 1 if hyphens else 1
    return max(1, groups, found) if language == "de" else max(1, found, (groups + found) // 2)


def check(subject: Subject) -> Iterator[Finding]:
    """Length and level, as information; a warning for a text that is hardly there."""
    text = subject.prose
    language = subject.speaks
    cjk = language == "cjk"
    whole = " ".join(text)
    words = _WORD.findall(whole)
    amount = len(_LETTER.findall(whole)) if cjk else len(words)
    unit = "characters" if cjk else "words"
    if not amount:
        yield Finding("empty", "warning", "The post has no text.", "", "Write it first.")
        return
    if amount < (CJK_SHORT if cjk else SHORT):
        yield Finding(
            "short",
            "warning",
            f"The post is very short: {amount} {unit if amount != 1 else unit[:-1]}.",
            "",
            "Is it finished?",
            mark("short"),
        )
    minutes = max(1, round(amount / _SPEED.get(language, 238)))
    yield Finding(
        "length",
        "info",
        f"{amount:,} {unit}, about {minutes} min to read.",
        "",
        "",
        mark("length"),
    )
    ease = level(text, language)
    if ease is not None:
        yield Finding("level", "info", ease, "", "", mark("level"))


def level(paragraphs: list[str], language: str) -> str | None:
    """The reading level in words; None for a language without a formula, or hardly any text."""
    if language not in _DICTIONARIES:
        return None
    words = sentence_count = count = 0
    for paragraph in paragraphs:
        found = _WORD.findall(paragraph)
        if len(found) < 4:
            continue  # headings, cells of tables
        words += len(found)
        sentence_count += max(1, len(sentences.split(paragraph)))
        count += sum(syllables(word, language) for word in found)
    if words < SHORT:
        return None
    per_sentence, per_word = words / sentence_count, count / words
    if language == "de":
        ease = 180 - per_sentence - 58.5 * per_word
        name = "Amstad"
        grade = ""
    else:
        ease = 206.835 - 1.015 * per_sentence - 84.6 * per_word
        name = "Flesch"
        grade = f", Flesch–Kincaid grade {0.39 * per_sentence + 11.8 * per_word - 15.59:.0f}"
    shown = next((words for least, words in LEVELS if ease >= least), LEVELS[-1][1])
    return f"{shown[0].upper()}{shown[1:]}: {name} reading ease {ease:.0f}{grade}."
