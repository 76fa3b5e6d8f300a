"""The texts that a `CopyGuard` copies from: where facts start and end in them.

All sources lie in one string, each closed by STOP, white space made one space. The words inside of
quotation marks lie there a second time: within their source they can be copied with their marks
only, as a whole. Other spellings of a number ("three" and "3", "50%" and "50 percent") follow.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from journal_app.domain.trust.atoms import core_of, parts_of
from journal_app.domain.trust.units import (
    CARDINALS,
    DAYS,
    FUNCTION,
    MEASURES,
    MONTHS,
    ORDINAL_OF,
    SCALES,
    SOFT,
    UNITS,
    WORD_OF,
    is_number_word,
    singular,
)

STOP = "\x00"
SPACE = frozenset(letter for letter in map(chr, range(0x3001)) if letter.isspace())
REACH = 3  # words after a number in which its unit may stand

_CHUNK = re.compile(r"[^ ]+")
_QUOTED = re.compile(
    r"(`+)(?!`).{1,200}?(?<!`)\1(?!`)|(?<![\w\"])\"[^\"]{1,200}\"(?!\w)|“[^“”]{1,200}”|„[^„“”]{1,200}[“”]"
    r"|(?<!\w)‘[^‘’]{1,200}’(?!\w)|(?<![\w'])'[^' ](?:[^']{0,198}[^' ])?'(?!\w)|«[^«»]{1,200}»"
    r"|「[^「」]{1,200}」|『[^『』]{1,200}』"
)
_FREE = re.compile(r"[a-z]+(?:['’-][a-z]+)*'?")
_CAPITAL = re.compile(r"[A-Z][a-z]*(?:['’-][a-z]+)*'?")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’)\]]*$")
_BEFORE_BOUND = frozenset("× * ^ / x".split())  # a number before it ends only with what follows
_AFTER_BOUND = _BEFORE_BOUND | frozenset(
    "+ ± < > ≤ ≥ ≠ ~ ≈ << >> <= >= != +- +/- minus plus negative".split()
)
_BOUND_UNITS = frozenset(MEASURES) | frozenset(SCALES) | {"dozen", "point"}
_SPELLINGS = {
    form: frozenset(word for word, other in UNITS.items() if other == form)
    for form in set(UNITS.values())
}


class Context(NamedTuple):
    """What a word or copy leaves behind it: see `copying.Gap`. `owns`: 's may follow."""

    fact: bool
    pending: frozenset[str] | None = None
    left: int = 0
    owns: bool = False


class Start(NamedTuple):
    """Where a copy may start. `free`: at a plain word; `counts`: at a number."""

    at: int
    word: str
    free: bool
    counts: bool


class _Chunk(NamedTuple):
    start: int
    end: int
    first: int  # the core, without punctuation around it
    last: int
    core: str
    kind: str  # "free", "number", "fact", "mark"


class Sources:
    """`text`; `starts` by first character; `ends` by place, with what is left behind; `units`:
    lower-case words that are units; `names`: capitalised words that are names in a source."""

    def __init__(self, sources: Sequence[str]) -> None:
        self._parts: list[str] = []
        self._length = 0
        self.starts: dict[str, list[Start]] = {}
        self.ends: dict[int, Context] = {}
        self.names: set[str] = set()
        self.units: set[str] = set(UNITS)
        self._seen: set[str] = set()
        for source in sources:
            self._add(" ".join(_clean(source).split()))
        self.text = "".join(self._parts)

    def _append(self, text: str) -> int:
        base = self._length
        self._parts += (text, STOP)
        self._length += len(text) + 1
        return base

    def _add(self, text: str) -> None:
        if not text or text in self._seen:
            return
        self._seen.add(text)
        base = self._append(text)
        self._start(base, text[0], Start(base, "", True, False))
        self.ends[base + len(text)] = Context(True)
        quoted = [match.span() for match in _QUOTED.finditer(text)]
        hidden = bytearray(len(text) + 1)  # 1: inside of quotation marks
        for start, end in quoted:
            hidden[start + 1 : end] = b"\x01" * (end - start - 1)
            self._start(base, text[start], Start(base + start, "", False, False))
            self.ends[base + end] = Context(True)
        self._cut(base, text, hidden)
        for start, end in quoted:
            mark = len(text[start:end]) - len(text[start:end].lstrip("`")) or 1
            self._add(text[start + mark : end - mark].strip())

    def _start(self, base: int, letter: str, start: Start) -> None:
        found = self.starts.setdefault(letter, [])
        if start not in found[-2:]:
            found.append(start)

    def _cut(self, base: int, text: str, hidden: bytearray) -> None:
        chunks = list(_chunks(text))
        pending: frozenset[str] | None = None
        left = 0
        for index, chunk in enumerate(chunks):
            if chunk.kind == "number":
                pending, left = self._following(text, chunks, index), REACH
                context = Context(True, pending, left)
            elif chunk.kind == "free":
                low = chunk.core.lower()
                if pending is not None and (low in FUNCTION or left <= 1):
                    pending = None
                elif pending is not None:
                    left -= 1
                # A sentence's first word may be a name: copied into another sentence, it is one.
                context = Context(
                    chunk.core[0].isupper(), pending, left if pending is not None else 0
                )
            else:
                pending = None
                context = Context(chunk.kind == "fact", owns=chunk.kind == "fact")
            if chunk.kind == "fact" and _CAPITAL.fullmatch(chunk.core):
                self.names.add(chunk.core)
            self._mark(base, text, hidden, chunks, index, context)
            if chunk.last < chunk.end:
                pending = None
        self._other_spellings(base, text, hidden, chunks)

    def _mark(
        self,
        base: int,
        text: str,
        hidden: bytearray,
        chunks: list[_Chunk],
        index: int,
        context: Context,
    ) -> None:
        """Set the starts and ends of one chunk."""
        chunk = chunks[index]
        tied_before = index > 0 and _tied(chunks[index - 1], chunk)
        tied_after = index + 1 < len(chunks) and _tied(chunk, chunks[index + 1])
        if chunk.kind == "mark":
            if not (hidden[chunk.start] or tied_before or chunk.core in _BEFORE_BOUND):
                self._start(base, text[chunk.start], Start(base + chunk.start, "", False, True))
            if not (hidden[chunk.end] or tied_after or chunk.core in _AFTER_BOUND):
                self.ends.setdefault(base + chunk.end, context)
            return
        spans = parts_of(text, chunk.first, chunk.last)
        wide = [span for first, last in spans for span in _wide(text, first, last)]
        if chunk.kind == "fact" and chunk.core[-1].isnumeric():
            context = Context(True, self._following(text, chunks, index), REACH)
        for first, last in [*spans, *wide]:
            core = text[first:last]
            counts = any(letter.isnumeric() for letter in core) or is_number_word(core.lower())
            if not hidden[first] and not (tied_before and first == chunk.first):
                free = chunk.kind == "free"
                self._start(base, core[0], Start(base + first, core.lower(), free, counts))
            if not hidden[last] and not (tied_after and last == chunk.last):
                whole = last == chunk.last
                number = Context(True, frozenset(), REACH) if counts else Context(True)
                self.ends[base + last] = context if whole else number
        owner = re.search(r"['’]s$", chunk.core)
        if owner and chunk.kind == "fact" and not hidden[chunk.last - 2]:
            self.ends.setdefault(base + chunk.last - 2, Context(True))
            self.names.add(chunk.core[:-2])

    def _following(self, text: str, chunks: list[_Chunk], index: int) -> frozenset[str]:
        """The words that may be the unit of the number, in all spellings."""
        found: set[str] = set()
        for at in range(index + 1, min(index + 1 + REACH, len(chunks))):
            if chunks[at - 1].last < chunks[at - 1].end or chunks[at].kind == "number":
                break
            low = chunks[at].core.lower()
            if at == index + 1 and chunks[at].kind == "free" and low not in FUNCTION:
                self.units |= {low, singular(low)}
            found |= {low, singular(low), low + "s"}
            found |= _SPELLINGS.get(UNITS.get(low, ""), frozenset())
        return frozenset(found)

    def _other_spellings(
        self, base: int, text: str, hidden: bytearray, chunks: list[_Chunk]
    ) -> None:
        """Add each number with the chunks it is tied to in its other spellings."""
        index = 0
        while index < len(chunks):
            last = index
            while last + 1 < len(chunks) and _tied(chunks[last], chunks[last + 1]):
                last += 1
            chunk = chunks[index]
            if chunk.kind == "number" and not hidden[chunk.first]:
                end = chunks[last].last
                context = self.ends.get(base + end)
                if context is not None:
                    for other in _spellings(text[chunk.first : end]):
                        at = self._append(other)
                        self._start(at, other[0], Start(at, other, False, True))
                        self.ends.setdefault(at + len(other), context)
            index = last + 1


def _clean(text: str) -> str:
    return text.replace(STOP, " ").replace("\ufffd", " ")


def _chunks(text: str) -> Iterator[_Chunk]:
    begins = True
    for match in _CHUNK.finditer(text):
        start, end = match.span()
        first, last = core_of(text, start, end)
        core = text[first:last]
        if not any(letter.isalnum() for letter in core):
            yield _Chunk(start, end, start, end, core or match.group(), "mark")
        else:
            kind = _kind(core, begins)
            if kind == "free" and core[0].isupper() and _names_what_follows(text, last):
                kind = "fact"
            yield _Chunk(start, end, first, last, core, kind)
        begins = _SENTENCE_END.search(match.group()) is not None


def _kind(core: str, begins: bool) -> str:
    low = core.lower()
    if is_number_word(low):
        return "number"
    if low in DAYS or (low in MONTHS and (low not in SOFT or core[0].isupper())):
        return "fact"
    if _FREE.fullmatch(core) or (begins and _CAPITAL.fullmatch(core)):
        return "free"
    bare = core.lstrip("+-−±~≈<>≤≥$€£#(")
    return "number" if bare[:1].isnumeric() else "fact"


def _names_what_follows(text: str, at: int) -> bool:
    """A sentence's first word before a number or name ("Llama 3") is taken as a part of it."""
    following = text[at : at + 2]
    return (
        len(following) == 2
        and following[0] == " "
        and (following[1].isupper() or following[1].isnumeric())
    )


def _tied(one: _Chunk, other: _Chunk) -> bool:
    """Whether two chunks make one number: `50 %`, `2 × 4`, `< 5`, `minus 5`, `three hundred`."""
    if one.last < one.end and one.kind != "mark":
        return False
    if other.kind == "number":
        if one.core.lower() in _AFTER_BOUND:
            return True
        if one.kind == "number":
            return _runs_on(one.core, other.core)
    if one.kind == "number":
        low = other.core.lower()
        head = low.partition("/")[0]
        return (
            low in _BEFORE_BOUND
            or other.core == "%"
            or (other.kind != "number" and (low in _BOUND_UNITS or (head != low and head in UNITS)))
        )
    return one.core in _BEFORE_BOUND and other.kind != "mark" and other.core[:1].isnumeric()


def _runs_on(one: str, other: str) -> bool:
    first, second = one.lower(), other.lower()
    if second in _BOUND_UNITS or (first in CARDINALS and second in CARDINALS):
        return True
    if first in SCALES:
        return True
    return (
        one[-1:].isdigit()
        and re.fullmatch(r"\d{3}", other[:3]) is not None
        and len(other) >= 3
        and not other[3:4].isdigit()
    )


def _wide(text: str, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Spans between letters of scripts without case (CJK): words have no space there."""
    core = text[first:last]
    if not any(_caseless(letter) for letter in core):
        return
    cuts = [0]
    for at in range(1, len(core)):
        one, other = core[at - 1], core[at]
        if (_caseless(one) or _caseless(other)) and not (_counts(one) and _counts(other)):
            cuts.append(at)
    cuts.append(len(core))
    for start, end in itertools.pairwise(cuts):
        if any(letter.isalnum() for letter in core[start:end]):
            yield first + start, first + end


def _caseless(letter: str) -> bool:
    return (
        "\u2e80" <= letter <= "\u9fff"
        or "\uac00" <= letter <= "\ud7af"
        or ("\uf900" <= letter <= "\ufaff")
        or "\U00020000" <= letter <= "\U0003ffff"
    )


def _counts(letter: str) -> bool:
    return letter.isnumeric() or letter in "半.%-"


def _spellings(text: str) -> Iterator[str]:
    """Other ways to write a number with what is tied to it."""
    core, space, rest = text.partition(" ")
    low = core.lower()
    tail = space + rest
    # Not for "one": it is a pronoun as often as a number.
    if (
        low in CARDINALS
        and low not in ("dozen", "one")
        and core == low
        and not rest.startswith(tuple(CARDINALS))
    ):
        yield f"{CARDINALS[low]}{tail}"
    elif core.isascii() and core.isdigit() and int(core) in WORD_OF and str(int(core)) == core:
        yield WORD_OF[int(core)] + tail
    for word, short in ORDINAL_OF.items():
        if low == word:
            yield short + tail
        elif low == short:
            yield word + tail
    if re.fullmatch(r"\d{1,3}(,\d{3})+", core):
        yield core.replace(",", "") + tail
    elif re.fullmatch(r"[1-9]\d{4,}", core):
        yield f"{int(core):,}{tail}"
    glued = re.fullmatch(r"([+-]?[\d.,]*\d) ?([A-Za-zµμ%]+)", text)
    if glued and glued.group(2).lower() in MEASURES:
        number, unit = glued.groups()
        pad = "" if " " in text else " "
        yield f"{number}{pad}{unit}"
        if MEASURES[unit.lower()] == "%":
            yield f"{number} percent" if unit == "%" else f"{number}%"
    if re.fullmatch(r"[\d.]+[-–][\d.]+[^-–]*", core):
        yield core.translate({ord("-"): "–", ord("–"): "-"}) + tail
    if core[:1] in "-−" and core[1:2].isdigit():
        yield ("−" if core[0] == "-" else "-") + core[1:] + tail
