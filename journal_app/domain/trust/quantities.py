"""Read the numbers of an English note, with their units.

Values are exact decimals: `1,000`, `1000`, `1e3` and `1k` are the same; `50 %` is `50 percent`.
What starts with a digit and is no plain number (dates, clock times, versions, fractions) is kept as
it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from journal_app.domain.trust.atoms import core_of, parts_of
from journal_app.domain.trust.units import (
    CARDINALS,
    FUNCTION,
    MEASURES,
    ORDINAL_OF,
    SCALE_LETTERS,
    SCALES,
    TENS,
    UNITS,
    is_number_word,
    number_value,
    singular,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of a text. `value` is canonical (an exact decimal, or the text of a date, version),
    `unit` the first form of the unit's line above, or the plain word after it, or empty. `bound`
    is `~`, `<`, `>` or empty. `start`, `end`: where it stands."""

    value: str
    unit: str
    bound: str
    start: int
    end: int
    measured: bool = False  # the unit is a measure: part of the number's meaning

    def __str__(self) -> str:
        return f"{self.bound}{self.value}{' ' + self.unit if self.unit else ''}"


_NUMBER = re.compile(
    r"(?P<bound>[~≈<>≤≥]=?)?(?P<money>[$€£])?(?P<sign>[+\-−]|±)?"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?P<rest>\.\d+)?(?P<power>[eE][+\-−]?\d+)?"
    r"(?P<scale>[kKMB](?![A-Za-z]))?(?P<unit>[A-Za-zµμ%×°][A-Za-z/°%]*)?$"
)
_RANGE = re.compile(
    r"([~≈<>≤≥$€£+\-−]*\d[\d.,]*(?:[eE][+\-]?\d+)?)(?:[–—-]|\.\.)(\d[\d.,]*(?:[eE][+\-]?\d+)?)(\D*)$"
)
_DATE = re.compile(r"\d{4}-\d\d(?!\d)|\d+[-/.]\d+[-/.]\d+|\d+:\d\d")
_THOUSANDS = re.compile(r"(?<![\w.,])\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?![\w,]|\.\d)")
_CHUNK = re.compile(r"\S+")
_BOUNDS = tuple(
    (re.compile(rf"(?:\b(?:{words})\.?|[{marks}]=?)\s*$", re.IGNORECASE), bound)
    for words, marks, bound in (
        ("about|around|roughly|approximately|approx|nearly|almost|circa|ca|some", "~≈", "~"),
        (
            "at least|(?:more|greater|larger|higher) than|over|above|exceed(?:s|ed)?|minimum of",
            ">≥",
            ">",
        ),
        (
            "at most|(?:less|fewer|smaller|lower) than|under|below|up to|maximum of|within",
            "<≤",
            "<",
        ),
    )
)
_SIGN_WORD = re.compile(r"\b(minus|negative)\s*$", re.I)
_PLAIN_WORD = re.compile(r"[a-z][a-z/-]*", re.I)


def canonical(value: Decimal) -> str:
    """`1000`, `0.0003`: no exponent, no zeros at the end."""
    if not value.is_finite() or abs(value.adjusted()) > 40:
        return str(value)
    text = format(value, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text in ("-0", "") else text


def quantities(text: str) -> list[Quantity]:
    """Every number of `text` in order, number words and ordinals included."""
    found: list[Quantity] = []
    joined = {}
    for match in _THOUSANDS.finditer(text):
        joined[match.start()] = match
    chunks = list(_CHUNK.finditer(text))
    skip_to = 0
    for chunk in chunks:
        if chunk.start() < skip_to:
            continue
        start, end = core_of(text, chunk.start(), chunk.end())
        if start in joined:
            match = joined[start]
            core = re.sub(r"\s", "", match.group())
            start, end = match.span()
            skip_to = end
            found.append(_with_unit(text, canonical(Decimal(core)), "", start, end))
            continue
        spans = parts_of(text, start, end)
        for first, last in spans[1:] or spans:
            for one in _read(text, first, last):
                found.append(one)
                skip_to = max(skip_to, one.end)
    return found


def _read(text: str, start: int, end: int) -> Iterator[Quantity]:
    core = text[start:end]
    low = core.lower()
    if is_number_word(low.removesuffix("'s")):
        yield from _words(text, start, end)
        return
    if not any(letter.isnumeric() for letter in core):
        return
    if _DATE.match(core):
        yield Quantity(low, "", "", start, end)
        return
    spread = core.find("±")
    if spread > 0:
        yield from _read(text, start, start + spread)
        yield from _read(text, start + spread, end)
        return
    matched = _RANGE.match(core)
    if matched and not (matched.group(1).endswith(("e", "E"))):
        unit = matched.group(3)
        split = start + matched.start(2)
        yield from _plain(text, start, start + matched.end(1), unit)
        yield from _plain(text, split, end, "")
        return
    yield from _plain(text, start, end, "")


def _plain(text: str, start: int, end: int, unit: str) -> Iterator[Quantity]:
    core = text[start:end].rstrip(".,")
    matched = _NUMBER.match(core)
    if not matched:
        if core[:1].isnumeric() or core[:1] in "+-−±~≈<>≤≥$€£#" or core[-1:].isnumeric():
            if core[:1].isalpha():
                return  # an identifier: a name's matter
            yield Quantity(core.lower(), "", "", start, end)
        return
    sign = {"-": "-", "−": "-", "±": "±"}.get(matched.group("sign") or "", "")
    if _SIGN_WORD.search(text, max(0, start - 12), start):
        sign = "-"
    digits = matched.group("digits").replace(",", "") + (matched.group("rest") or "")
    power = (matched.group("power") or "").replace("−", "-")
    value = Decimal(digits + power)
    if matched.group("scale"):
        value = value.scaleb(SCALE_LETTERS[matched.group("scale")])
    text_value = canonical(value)
    if sign and text_value != "0":
        text_value = sign + text_value
    glued = matched.group("unit") or unit.strip() or ""
    if glued.lower() in ("st", "nd", "rd", "th"):
        yield Quantity(text_value + glued.lower(), "", "", start, end)
        return
    if glued and glued.lower() not in UNITS and "/" not in glued:
        yield Quantity(core.lower(), "", "", start, end)  # "2d", "3B-instruct": as it stands
        return
    if matched.group("money") and not glued:
        glued = matched.group("money")
    mark = {"~": "~", "≈": "~", "<": "<", "≤": "<", ">": ">", "≥": ">"}.get(
        (matched.group("bound") or "")[:1], ""
    )
    yield _with_unit(text, text_value, glued, start, end, mark)


def _words(text: str, start: int, end: int) -> Iterator[Quantity]:
    """A number in words, with the words after it that belong to it: `three hundred`."""
    low = text[start:end].lower()
    value = number_value(low)
    if value is None or low in ("twice", "thrice", "once", "half"):
        yield Quantity(ORDINAL_OF.get(low, _family(low)), "", "", start, end)
        return
    total = Decimal(value)
    for match in _CHUNK.finditer(text, end):
        if text[end : match.start()].strip():
            break
        word = text[match.start() : core_of(text, match.start(), match.end())[1]].lower()
        if word in SCALES:
            total = total.scaleb(SCALES[word])
        elif word in CARDINALS and low in TENS and CARDINALS[word] < 10:
            total += CARDINALS[word]
        else:
            break
        low, end = word, match.start() + len(word)
        if end < match.end():
            break
    yield _with_unit(text, canonical(total), "", start, end)


def _family(word: str) -> str:
    """`doubled` and `double` are one, `halved` and `half` too."""
    for stem, form in (
        ("doubl", "double"),
        ("tripl", "triple"),
        ("quadrupl", "quadruple"),
        ("hal", "half"),
    ):
        if word.startswith(stem):
            return form
    return word


def _with_unit(text: str, value: str, glued: str, start: int, end: int, mark: str = "") -> Quantity:
    for pattern, bound in _BOUNDS:
        if not mark and pattern.search(text, max(0, start - 24), start):
            mark = bound
    unit = glued
    stop = end
    if not unit and text[end : end + 1].isspace():
        after = _CHUNK.match(text, end + len(text[end:]) - len(text[end:].lstrip()))
        if after:
            word = text[after.start() : core_of(text, after.start(), after.end())[1]]
            if after.group() in ("%", "×", "°C", "°F"):
                word = after.group()
            low = word.lower()
            if low in SCALES and re.fullmatch(r"-?[\d.]+", value):
                moved = canonical(Decimal(value).scaleb(SCALES[low]))
                return _with_unit(text, moved, "", start, after.start() + len(word), mark)
            if low == "dozen":
                moved = canonical(Decimal(value) * 12)
                return _with_unit(text, moved, "", start, after.start() + len(word), mark)
            if low in UNITS or ("/" in low and low.split("/")[0] in UNITS):
                unit = word
                stop = after.start() + len(word)
            elif _PLAIN_WORD.fullmatch(word) and low not in FUNCTION and not is_number_word(low):
                return Quantity(value, singular(low), mark, start, end)
    low = unit.lower()
    head, slash, tail = low.partition("/")
    shown = UNITS.get(head, head) + (slash + UNITS.get(tail, tail) if slash else "")
    return Quantity(value, shown, mark, start, stop, head in MEASURES or bool(slash))
