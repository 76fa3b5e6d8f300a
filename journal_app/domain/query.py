"""The words of a search: what must be there, what must not, and operators that narrow.

`warmup "exact phrase" -without tag:x kind:lesson before:2026-03 OR title:tokenizer`. Whatever is
not understood is left out with a hint, and the rest is searched: a search never fails over its
syntax.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches

from journal_app.domain.capture import clean_text
from journal_app.domain.entry import KINDS
from journal_app.domain.scripts import has_cjk

HAS = ("attachment", "image", "link", "run", "eval", "task", "code", "math")
STATES = ("favourite", "trashed", "draft", "scheduled", "published", "failed")
OPERATORS = {
    "tag": "entries with a tag; tag:a finds a/b too",
    "kind": "note, lesson, failure, …",
    "title": "a word or phrase of the title",
    "run": "entries about a run: its name or id",
    "eval": "entries about an eval: its task or id",
    "before": "made before a day: 2026-03-01, today, 2w",
    "after": "made on a day or later: 2026-03, yesterday, 7d",
    "on": "made on a day, in a month, in a year",
    "created": "like on:, also created:>7d, created:2026-01..2026-03",
    "updated": "the same for the last change",
    "has": ", ".join(HAS),
    "is": ", ".join(STATES),
    "like": "entries that share rare words with one: its id or title",
}
_SAME = {"tags": "tag", "type": "kind", "since": "after", "until": "before", "changed": "updated",
         "modified": "updated", "in": "is", "intitle": "title"}  # fmt: skip
_SAME_VALUE = {"attachments": "attachment", "file": "attachment", "images": "image",
               "links": "link", "runs": "run", "evals": "eval", "tasks": "task",
               "favorite": "favourite", "starred": "favourite", "trash": "trashed",
               "post": "published"}  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DATES = ("before", "after", "on", "created", "updated")
FIRST_LOOK = 0.025  # seconds after which somebody who types is shown what was found so far
MOST = 64  # pieces of a search that are looked at
_PIECE = re.compile(r'(-?)(?:([a-z]+):)?(?:"([^"]*)"?|(\S+))', re.IGNORECASE)
_WORD = re.compile(r"[^\W_][\w.]*(?:['’][\w]+)*|[\w]+")
_AGO = re.compile(r"(\d{1,5})([dwmy])")
_DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


@dataclass(frozen=True, slots=True)
class Filter:
    """One operator. Of a date: milliseconds UTC, `since` included, `until` not."""

    name: str
    value: str
    wanted: bool = True
    since: int | None = None
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """What one alternative of a search asks for; all of it must hold."""

    terms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()  # words and phrases of the title
    without: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    open_end: bool = False  # the last term is still being typed: match its prefix

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.terms or self.phrases or self.titles or self.without or self.filters)

    @property
    def texts(self) -> tuple[str, ...]:
        """All that must be found in a text: what a list marks."""
        return (*self.terms, *self.phrases, *self.titles)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed search: alternatives (of which one must hold), and what was not understood."""

    alternatives: tuple[Words, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.alternatives

    @property
    def texts(self) -> tuple[str, ...]:
        """The words and phrases that a list marks."""
        return tuple(dict.fromkeys(t for words in self.alternatives for t in words.texts))


class _Reader:
    def __init__(self, today: date) -> None:
        self.today = today
        self.hints: list[str] = []
        self.left_out = False  # the last piece: an operator with a slip of the keyboard
        self.begin()

    def begin(self) -> None:
        self.terms: list[str] = []
        self.phrases: list[str] = []
        self.titles: list[str] = []
        self.without: list[str] = []
        self.filters: list[Filter] = []

    def words(self, open_end: bool) -> Words:
        return Words(
            tuple(self.terms),
            tuple(self.phrases),
            tuple(self.titles),
            tuple(self.without),
            tuple(self.filters),
            open_end,
        )

    def take(self, minus: bool, operator: str, quoted: str, bare: str) -> None:
        value = quoted or bare
        self.left_out = False
        name = _SAME.get(operator.lower(), operator.lower())
        if not operator and not quoted:
            if re.match(r"#[^\W\d]", value):
                name, value = "tag", value[1:]
            elif value.endswith(":") and value[:-1].lower() in OPERATORS:
                name, value = value[:-1].lower(), ""  # the value is not typed yet
        if name in OPERATORS:
            self._operator(name, value.strip(), not minus)
            return
        if operator:
            close = get_close_matches(name, OPERATORS, 1, 0.75)
            if close and not quoted and not bare.startswith("//"):
                self._hint(f"{operator}: is no operator; did you mean {close[0]}: ?")
                self.left_out = True
                return
            value = f"{operator}:{value}"
        if minus:
            self.without.append(value)
        elif quoted:
            self.phrases.append(value)
        else:
            self.terms.extend([value] if has_cjk(value) else _WORD.findall(value))

    def _operator(self, name: str, value: str, wanted: bool) -> None:
        if not value:
            self._hint(f"{name}: needs a word behind it: {OPERATORS[name]}.")
            return
        if name == "title":
            if wanted:
                self.titles.append(value)
            else:
                self.filters.append(Filter(name, value, False))
            return
        if name in DATES:
            self._date(name, value, wanted)
            return
        plain = value.lower()
        if name == "tag":
            value = plain.lstrip("#").rstrip("/") or plain
        elif name in ("kind", "has", "is"):
            known: Sequence[str] = {"kind": KINDS, "has": HAS, "is": STATES}[name]
            value = plain if plain in known else _SAME_VALUE.get(plain, plain)
            if name == "kind" and value not in known and value.removesuffix("s") in known:
                value = value.removesuffix("s")
            if value not in known:
                close = get_close_matches(value, known, 1)
                meant = f"did you mean {close[0]}?" if close else f"Known: {', '.join(known)}."
                self._hint(f"{name}:{value} is not known; {meant}")
                return
        self.filters.append(Filter(name, value, wanted))

    def _date(self, name: str, value: str, wanted: bool) -> None:
        sign, text = "", value.lower()
        if name in ("created", "updated"):
            match = re.match(r"(>=|<=|>|<)?(.*)", text, re.DOTALL)
            assert match is not None
            sign, text = match.group(1) or "", match.group(2)
        first, dots, last = text.partition("..")
        try:
            since, until = self._span(first) if first else (None, None)
            if dots:
                until = self._span(last)[1] if last else None
            elif _AGO.fullmatch(first) and name in ("created", "updated") and not sign:
                until = None  # created:7d is the last seven days
        except (ValueError, OverflowError, OSError):
            since = until = None
        if since is None and until is None:
            self._hint(
                f"{name}:{value} holds no day. Write 2026-03-24, 2026-03, 2026, today, yesterday,"
                " 7d, 2w, 3m or 1y."
            )
            return
        if name == "before" or sign == "<":
            since, until = None, since
        elif sign == "<=":
            since = None
        elif name == "after" or sign == ">=":
            until = None
        elif sign == ">":
            since, until = (since if _AGO.fullmatch(first) else until), None
        field = "updated" if name == "updated" else "created"
        self.filters.append(Filter(field, value, wanted, since, until))

    def _span(self, text: str) -> tuple[int, int]:
        """The first millisecond of a day, month or year on this computer's clock, and of the next.

        Raises ValueError or OverflowError for what is no date.
        """
        ago = _AGO.fullmatch(text)
        if text in ("today", "yesterday"):
            first = self.today - timedelta(days=text == "yesterday")
            return _ms(first), _ms(first + timedelta(days=1))
        if ago:
            days = int(ago.group(1)) * {"d": 1, "w": 7, "m": 30, "y": 365}[ago.group(2)]
            first = self.today - timedelta(days=days)
            return _ms(first), _ms(first + timedelta(days=1))
        match = _DAY.fullmatch(text)
        if match is None:
            raise ValueError(text)
        year, month, day = match.groups()
        first = date(int(year), int(month or 1), int(day or 1))
        if day:
            following = first + timedelta(days=1)
        elif month:
            following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
        else:
            following = date(first.year + 1, 1, 1)
        return _ms(first), _ms(following)

    def _hint(self, text: str) -> None:
        if text not in self.hints:
            self.hints.append(text)


def _ms(day: date) -> int:
    return int(datetime(day.year, day.month, day.day).astimezone().timestamp() * 1000)


def since(text: str, today: date) -> int | None:
    """The first millisecond of the day that `2026-11-20`, `2026-11`, `yesterday`, `7d` or a weekday
    (the last one, today included) names; None for what names none."""
    word = text.strip().lower()
    if word in WEEKDAYS:
        return _ms(today - timedelta(days=(today.weekday() - WEEKDAYS.index(word)) % 7))
    try:
        return _Reader(today)._span(word)[0]
    except (ValueError, OverflowError, OSError):
        return None


def parse(text: str, today: date) -> Query:
    """Read a search. `today` is the day that `today`, `7d` and the like count from."""
    reader = _Reader(today)
    alternatives: list[Words] = []
    text = clean_text(text)
    pieces = _PIECE.findall(text)
    if len(pieces) > MOST:
        reader.hints.append(f"Only the first {MOST} words count.")
        pieces = pieces[:MOST]
    for minus, operator, quoted, bare in pieces:
        if bare == "OR" and not (minus or operator):
            alternatives.append(reader.words(open_end=False))
            reader.begin()
        elif quoted or bare:
            reader.take(bool(minus), operator, quoted, bare)
        elif operator:
            reader.take(bool(minus), operator, "", "")
    last = pieces[-1] if pieces else ("", "", "", "")
    typing = not text.endswith((" ", '"')) and not last[0] and bool(last[3]) and not reader.left_out
    alternatives.append(reader.words(open_end=typing and last[1].lower() not in OPERATORS))
    kept = tuple(words for words in alternatives if not words.empty)
    return Query(kept, tuple(reader.hints))
