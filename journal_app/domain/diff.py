"""What differs between two texts: lines first, words inside the lines that changed.

The time is bounded for any input: lines that stand once in both texts anchor the comparison
(patience diff, Bram Cohen 2010), what lies between two anchors is left to difflib only while it is
small, and is taken as replaced where it is not.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Op = Literal["same", "removed", "added"]
Span = tuple[int, int, int, int]  # a[i:j] against b[k:m]

# A word, a run of space, one letter of a script without spaces, or one other sign.
_TOKEN = re.compile(
    r"[^\W\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\u0e00-\u0e7f]+"
    r"|[^\S\n]+|\n|.",
    re.DOTALL,
)
_LIMIT = 1_000_000  # pairs of items between two anchors that difflib may compare
_ALIKE = 0.35  # share of words in common below which two passages are shown as replaced


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text that stayed, went or came."""

    op: Op
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines: `pieces` read in order give the old text without what was added, and the new
    one without what was removed."""

    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether the two texts differ here."""
        return any(piece.op != "same" for piece in self.pieces)

    @property
    def old(self) -> str:
        """The lines of the old text."""
        return "".join(piece.text for piece in self.pieces if piece.op != "added")

    @property
    def new(self) -> str:
        """The lines of the new text."""
        return "".join(piece.text for piece in self.pieces if piece.op != "removed")


@dataclass(frozen=True, slots=True)
class Size:
    """How much changed, in words (in letters where a script has no spaces)."""

    added: int
    removed: int


def compare(old: str, new: str) -> list[Block]:
    """The blocks that make up both texts, in order."""
    a, b = lines(old), lines(new)
    blocks: list[Block] = []
    for i, j, k, m in spans(a, b):
        if a[i:j] == b[k:m]:
            blocks.append(Block((Piece("same", "".join(a[i:j])),)))
        else:
            blocks.append(Block(tuple(_words("".join(a[i:j]), "".join(b[k:m])))))
    return blocks


def size(blocks: Sequence[Block]) -> Size:
    """How many words came and went."""
    counts: Counter[str] = Counter()
    for block in blocks:
        for piece in block.pieces:
            if piece.op != "same":
                counts[piece.op] += sum(1 for t in tokens(piece.text) if t[0].isalnum())
    return Size(counts["added"], counts["removed"])


def lines(text: str) -> list[str]:
    """Lines with their ends; only \\n ends a line."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def tokens(text: str) -> list[str]:
    """Words, spaces and signs; together they are the text."""
    return _TOKEN.findall(text)


def spans(a: Sequence[str], b: Sequence[str]) -> list[Span]:
    """`a` and `b` cut into parts that are equal or differ, in turns and without gaps."""
    found: list[Span] = []
    for i, j, k, m in _matched(a, b):
        before = found[-1] if found else (0, 0, 0, 0)
        if before[1] < i or before[3] < k:
            found.append((before[1], i, before[3], k))
        if found and found[-1][1] == i and a[slice(*found[-1][:2])] == b[slice(*found[-1][2:])]:
            start = found.pop()
            i, k = start[0], start[2]
        found.append((i, j, k, m))
    before = found[-1] if found else (0, 0, 0, 0)
    if before[1] < len(a) or before[3] < len(b):
        found.append((before[1], len(a), before[3], len(b)))
    return found


def _matched(a: Sequence[str], b: Sequence[str]) -> list[Span]:
    """Parts that are equal, in order; work is a stack, so that depth is no limit."""
    found: list[Span] = []
    todo: list[Span] = [(0, len(a), 0, len(b))]
    while todo:
        i, j, k, m = todo.pop()
        head = 0
        while i + head < j and k + head < m and a[i + head] == b[k + head]:
            head += 1
        if head:
            found.append((i, i + head, k, k + head))
            i, k = i + head, k + head
        tail = 0
        while j - tail > i and m - tail > k and a[j - tail - 1] == b[m - tail - 1]:
            tail += 1
        if tail:
            found.append((j - tail, j, m - tail, m))
            j, m = j - tail, m - tail
        if i == j or k == m:
            continue
        anchors = _anchors(a, b, (i, j, k, m))
        if anchors:
            edges = [(i, k), *anchors, (j, m)]
            todo += [
                (x, x2, y, y2) for (x, y), (x2, y2) in itertools.pairwise(edges) if x < x2 or y < y2
            ]
        elif (j - i) * (m - k) <= _LIMIT:
            matcher = SequenceMatcher(None, a[i:j], b[k:m], autojunk=False)
            found += [
                (i + x, i + x + n, k + y, k + y + n)
                for x, y, n in matcher.get_matching_blocks()
                if n
            ]
    return sorted(found)


def _anchors(a: Sequence[str], b: Sequence[str], span: Span) -> list[tuple[int, int]]:
    """Items that stand once on both sides, the longest row of them that keeps the order.

    An anchor at the very beginning of the span would cut nothing off and is left out: equal
    beginnings were taken before.
    """
    i, j, k, m = span
    once_a = _once(a, i, j)
    once_b = _once(b, k, m)
    pairs = [(x, once_b[item]) for item, x in once_a.items() if item in once_b]
    tops: list[int] = []  # patience sorting: the smallest last place of a row of each length
    ends: list[int] = []
    back: list[int] = [-1] * len(pairs)
    for n, (_x, y) in enumerate(pairs):
        pile = bisect_left(tops, y)
        back[n] = ends[pile - 1] if pile else -1
        if pile == len(tops):
            tops.append(y)
            ends.append(n)
        else:
            tops[pile], ends[pile] = y, n
    row: list[tuple[int, int]] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        row.append(pairs[at])
        at = back[at]
    row.reverse()
    return row


def _once(items: Sequence[str], start: int, end: int) -> dict[str, int]:
    counts = Counter(items[start:end])
    return {items[n]: n for n in range(start, end) if counts[items[n]] == 1}


def _words(old: str, new: str) -> list[Piece]:
    """The pieces of a passage that changed."""
    if not old or not new:
        return _piece("removed", old) + _piece("added", new)
    a, b = tokens(old), tokens(new)
    parts = spans(a, b)
    kept = sum(len(t) for i, j, k, m in parts if a[i:j] == b[k:m] for t in a[i:j] if t.strip())
    if kept < _ALIKE * min(len(old), len(new)):
        return _piece("removed", old) + _piece("added", new)
    pieces: list[Piece] = []
    removed = added = ""
    for i, j, k, m in parts:
        same = a[i:j] == b[k:m]
        text = "".join(a[i:j])
        # A space or sign alone between two changes reads better as a part of them.
        if same and not (text.strip(" ,.;:") == "" and (removed or added) and "\n" not in text):
            pieces += _piece("removed", removed) + _piece("added", added) + _piece("same", text)
            removed = added = ""
        else:
            removed += text
            added += "".join(b[k:m])
    return pieces + _piece("removed", removed) + _piece("added", added)


def _piece(op: Op, text: str) -> list[Piece]:
    return [Piece(op, text)] if text else []
