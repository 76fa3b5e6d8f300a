"""Where the motions and text objects of Vim lead: pure functions over a text and a place in it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Kind = Literal["exclusive", "inclusive", "lines"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Move:
    """Where a motion ends, and what an operator takes with it."""

    to: int
    kind: Kind = "exclusive"


def line_start(text: str, at: int) -> int:
    """The first character of the line."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    """Behind the last character of the line."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def last_in_line(text: str, at: int) -> int:
    """The last character that a caret in normal mode can stand on."""
    return max(line_start(text, at), line_end(text, at) - 1)


def first_word(text: str, at: int) -> int:
    """The first character of the line that is no space."""
    start, end = line_start(text, at), line_end(text, at)
    line = text[start:end]
    return start + len(line) - len(line.lstrip()) if line.strip() else start


def _class(char: str, big: bool) -> int:
    if char.isspace():
        return 0
    return 1 if big or char.isalnum() or char == "_" else 2


def _word(text: str, at: int, big: bool) -> int:
    if at < len(text) and _class(text[at], big):
        kind = _class(text[at], big)
        while at < len(text) and _class(text[at], big) == kind:
            at += 1
    while at < len(text) and text[at].isspace():
        if text[at] == "\n" and text[at + 1 : at + 2] == "\n":
            return at + 1  # an empty line is a word
        at += 1
    return at


def _back(text: str, at: int, big: bool) -> int:
    at -= 1
    while at > 0 and text[at].isspace():
        if text[at] == "\n" and text[at - 1] == "\n":
            return at
        at -= 1
    at = max(at, 0)
    while at > 0 and text and _class(text[at - 1], big) == _class(text[at], big) != 0:
        at -= 1
    return at


def _word_end(text: str, at: int, big: bool) -> int:
    at += 1
    while at < len(text) and text[at].isspace():
        at += 1
    while at + 1 < len(text) and _class(text[at + 1], big) == _class(text[at], big):
        at += 1
    return max(0, min(at, len(text) - 1))


def _repeat(step: Callable[[str, int, bool], int], big: bool, kind: Kind) -> Motion:
    def motion(text: str, at: int, count: int | None) -> Move:
        for _ in range(count or 1):
            at = step(text, at, big)
        return Move(at, kind)

    return motion


def _vertical(down: bool) -> Motion:
    def motion(text: str, at: int, count: int | None) -> Move:
        column = at - line_start(text, at)
        for _ in range(count or 1):
            start, end = line_start(text, at), line_end(text, at)
            if down and end < len(text):
                at = end + 1
            elif not down and start > 0:
                at = line_start(text, start - 1)
        return Move(min(line_start(text, at) + column, line_end(text, at)), "lines")

    return motion


def _left(text: str, at: int, count: int | None) -> Move:
    return Move(max(line_start(text, at), at - (count or 1)))


def _right(text: str, at: int, count: int | None) -> Move:
    return Move(min(line_end(text, at), at + (count or 1)))


def _start(text: str, at: int, count: int | None) -> Move:
    return Move(line_start(text, at))


def _first(text: str, at: int, count: int | None) -> Move:
    return Move(first_word(text, at))


def _end(text: str, at: int, count: int | None) -> Move:
    for _ in range((count or 1) - 1):
        at = min(len(text), line_end(text, at) + 1)
    return Move(last_in_line(text, at), "inclusive")


def _line(default_last: bool) -> Motion:
    def motion(text: str, at: int, count: int | None) -> Move:
        lines = text.count("\n") + 1
        number = count if count is not None else lines if default_last else 1
        place = 0
        for _ in range(min(number, lines) - 1):
            place = line_end(text, place) + 1
        return Move(first_word(text, place), "lines")

    return motion


def _paragraph(step: int) -> Motion:
    def motion(text: str, at: int, count: int | None) -> Move:
        for _ in range(count or 1):
            if step > 0:
                while at < len(text) and text[at] == "\n":
                    at += 1
                found = text.find("\n\n", at)
                at = len(text) if found < 0 else found + 1
            else:
                while at > 0 and text[at - 1] == "\n":
                    at -= 1
                found = text.rfind("\n\n", 0, at)
                at = 0 if found < 0 else found + 1
        return Move(at)

    return motion


Motion = Callable[[str, int, int | None], Move]
MOTIONS: dict[str, Motion] = {
    "h": _left, "<Left>": _left, "<BS>": _left,
    "l": _right, "<Right>": _right, " ": _right,
    "j": _vertical(True), "<Down>": _vertical(True), "<CR>": _vertical(True),
    "k": _vertical(False), "<Up>": _vertical(False),
    "w": _repeat(_word, False, "exclusive"), "W": _repeat(_word, True, "exclusive"),
    "b": _repeat(_back, False, "exclusive"), "B": _repeat(_back, True, "exclusive"),
    "e": _repeat(_word_end, False, "inclusive"), "E": _repeat(_word_end, True, "inclusive"),
    "0": _start, "<Home>": _start, "^": _first, "$": _end, "<End>": _end,
    "gg": _line(False), "G": _line(True), "{": _paragraph(-1), "}": _paragraph(1),
}  # fmt: skip


def to_char(text: str, at: int, count: int, key: str, char: str) -> Move | None:
    """`f`, `F`, `t`, `T`: to a character of the same line."""
    ahead = key in "ft"
    place = at
    for _ in range(count):
        if ahead:
            place = text.find(char, place + 1, line_end(text, at))
        else:
            place = text.rfind(char, line_start(text, at), max(0, place))
        if place < 0:
            return None
    place += {"t": -1, "T": 1}.get(key, 0)
    return Move(place, "inclusive" if ahead else "exclusive")


_PAIRS = {"(": "()", ")": "()", "b": "()", "[": "[]", "]": "[]", "{": "{}", "}": "{}", "B": "{}"}


def text_object(text: str, at: int, around: bool, key: str) -> tuple[Span, bool] | None:
    """The span of `iw`, `a"`, `i(`, `ip` …, and whether it takes whole lines."""
    if key in "wW":
        return _word_object(text, at, around, key == "W")
    if key == "p":
        return _paragraph_object(text, at, around)
    if key in "\"'`*_":
        start, end = line_start(text, at), line_end(text, at)
        marks = [n for n in range(start, end) if text[n] == key]
        for left, right in zip(marks[::2], marks[1::2], strict=False):
            if at <= right:
                return ((left, right + 1) if around else (left + 1, right)), False
        return None
    if key in _PAIRS:
        return _bracket_object(text, at, around, *_PAIRS[key])
    return None


def _word_object(text: str, at: int, around: bool, big: bool) -> tuple[Span, bool] | None:
    low, high = line_start(text, at), line_end(text, at)
    if low == high:
        return None
    at = min(at, high - 1)
    kind, start, end = _class(text[at], big), at, at + 1
    while start > low and _class(text[start - 1], big) == kind:
        start -= 1
    while end < high and _class(text[end], big) == kind:
        end += 1
    if around:
        after = end
        while end < high and text[end].isspace():
            end += 1
        while end == after and start > low and text[start - 1].isspace():
            start -= 1
    return (start, end), False


def _paragraph_object(text: str, at: int, around: bool) -> tuple[Span, bool]:
    start, end = line_start(text, at), line_end(text, at)
    empty = not text[start:end].strip()
    while start > 0:
        above = line_start(text, start - 1)
        if (not text[above : start - 1].strip()) != empty:
            break
        start = above
    while end < len(text) and (not text[end + 1 : line_end(text, end + 1)].strip()) == empty:
        end = line_end(text, end + 1)
    while around and end < len(text) and not text[end + 1 : line_end(text, end + 1)].strip():
        end = line_end(text, end + 1)
    return (start, end), True


def _bracket_object(
    text: str, at: int, around: bool, opens: str, closes: str
) -> tuple[Span, bool] | None:
    depth, left = 0, at
    if text[at : at + 1] == closes:
        left -= 1
    while left >= 0:
        if text[left] == closes:
            depth += 1
        elif text[left] == opens:
            if depth == 0:
                break
            depth -= 1
        left -= 1
    if left < 0:
        return None
    depth, right = 0, left + 1
    while right < len(text):
        if text[right] == opens:
            depth += 1
        elif text[right] == closes:
            if depth == 0:
                return ((left, right + 1) if around else (left + 1, right)), False
            depth -= 1
        right += 1
    return None
