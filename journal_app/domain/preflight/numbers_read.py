"""The numbers of a sentence as they are written: value, worth of the last digit, percent, place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_NUMBER = re.compile(
    r"(?P<bound>[~≈<>≤≥]\s?)?(?P<sign>[+\-−±])?"
    r"(?P<whole>\d{1,3}(?:[,\u00a0\u202f'’]\d{3})+(?!\d)|\d+)(?P<rest>[.,]\d+)?"
    r"(?:[eE](?P<power>[+\-−]?\d{1,2})|\s?[×x]\s?10\^?(?P<ten>[-−⁻]?[\d⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))?"
    r"(?P<scale>[kKMB](?!\w))?"
    r"(?P<percent>\s?(?:%|percent\b|per cent\b|Prozent\b|pct\b))?"
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻−", "0123456789--")
_SCALE = {"k": 3, "K": 3, "M": 6, "B": 9}
_WORDS = {"thousand": 3, "million": 6, "billion": 9, "tausend": 3, "millionen": 6}
_UNIT = re.compile(r"[\s\u00a0]?([A-Za-zµ°$€][A-Za-z°]*(?:/[A-Za-z]+)?)(?![\w-])")
# Beside a digit these make it part of a name, a date, a version, a fraction.
_JOINS = "_/:#@^$\\-.−–"


@dataclass(frozen=True, slots=True)
class Written:
    """A number: `last` is the worth of its last digit (0.01 of "0.81"), percent not yet divided.

    `bound` is "~", "<", ">" or ""; `sign` "+", "-", "±" or "". `unit` is the word behind it.
    """

    value: float
    last: float
    percent: bool
    bound: str
    sign: str
    start: int
    end: int
    unit: str = ""
    kilo: bool = False  # written with k: may count in 1,024


def read(text: str, comma: bool = False) -> Iterator[Written]:
    """Every number that stands alone; `comma`: decimals are written with one (German)."""
    at = 0
    while (match := _NUMBER.search(text, at)) is not None:
        begin = match.start("sign") if match["sign"] else match.start("whole")
        if _joined_before(text, begin) or _joined_after(text, match):
            at = match.end()
            while at < len(text) and (text[at].isalnum() or text[at] in _JOINS):
                at += 1
            continue
        at = match.end()
        made = _made(match, comma, text)
        if made is not None:
            yield made


def _joined_before(text: str, begin: int) -> bool:
    before = text[begin - 1 : begin]
    if not before or not (before.isalnum() or before in _JOINS):
        return False
    # " -0.5" and "loss: 0.5" are numbers, "12:30", "v1.2" and "GPT-2" are parts of something.
    return not (before in "-−–" and not text[max(0, begin - 2) : begin - 1].strip())


def _joined_after(text: str, match: re.Match[str]) -> bool:
    end = match.end()
    after, then = text[end : end + 1], text[end + 1 : end + 2]
    if not after or match["percent"]:
        return False
    if after in "/:-–.," and then.isdigit():
        return True  # a range, a date, a version, a fraction
    if after == "-" and then.isalpha():
        return True  # 5-shot
    if after.isalnum() or after == "_":
        return _UNIT.match(text, end) is None
    return False


def _made(match: re.Match[str], comma: bool, text: str) -> Written | None:
    grouped = re.sub(r"[,\u00a0\u202f'’]", "", match["whole"])
    rest = match["rest"] or ""
    decimals = rest[1:]
    if rest.startswith(",") and not comma and grouped != "0":
        return None  # "1,25" in English: nobody knows
    if rest.startswith(".") and comma and len(decimals) == 3 and grouped != "0":
        grouped, decimals = grouped + decimals, ""
    found = _UNIT.match(text, match.end())
    unit = found[1] if found else ""
    exponent = int((match["power"] or match["ten"] or "0").translate(_RAISED))
    exponent += _SCALE.get(match["scale"] or "", 0) + _WORDS.get(unit.lower(), 0)
    value = float(f"{grouped}.{decimals or 0}e{exponent}")
    bound = (match["bound"] or "")[:1]
    sign = (match["sign"] or "").replace("−", "-")
    return Written(
        -value if sign == "-" else value,
        float(f"1e{exponent - len(decimals)}"),
        bool(match["percent"]),
        {"≈": "~", "≤": "<", "≥": ">"}.get(bound, bound),
        sign,
        match.start(),
        match.end(),
        unit,
        match["scale"] in ("k", "K"),
    )
