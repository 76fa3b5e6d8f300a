"""Two texts that grew out of one: what each side changed is kept, what both changed is a conflict.

Three-way merge by lines (Khanna, Kunal and Pierce, "A Formal Investigation of Diff3", 2007); where
lines clash, the same is tried by words, so that two hands in one paragraph rarely meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from journal_app.domain.diff import lines, spans, tokens

Kind = Literal["same", "mine", "theirs", "both", "conflict"]
Split = Callable[[str], list[str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the result. `kind` says whose change `text` is; a conflict has none of its own
    and the two sides to choose from."""

    kind: Kind
    text: str
    base: str = ""
    mine: str = ""
    theirs: str = ""


def merge(base: str, mine: str, theirs: str) -> list[Part]:
    """The parts of the merged text, in order."""
    parts: list[Part] = []
    for part in _merge(base, mine, theirs, lines):
        if part.kind != "conflict":
            parts.append(part)
            continue
        finer = _merge(part.base, part.mine, part.theirs, tokens)
        if any(one.kind == "conflict" for one in finer):
            parts.append(part)
        else:
            parts.append(Part("both", text_of(finer), part.base, part.mine, part.theirs))
    return parts


def common(mine: str, theirs: str) -> str:
    """A base for two texts whose ancestor is not known: the lines that both hold. With it nothing
    of either side is dropped."""
    a, b = lines(mine), lines(theirs)
    return "".join("".join(a[i:j]) for i, j, k, m in spans(a, b) if a[i:j] == b[k:m])


def conflicts(parts: Iterable[Part]) -> list[Part]:
    """The parts that somebody has to decide."""
    return [part for part in parts if part.kind == "conflict"]


def text_of(parts: Iterable[Part], names: tuple[str, str] = ("mine", "theirs")) -> str:
    """The merged text; conflicts stand between markers, as git writes them."""
    whole: list[str] = []
    for part in parts:
        if part.kind != "conflict":
            whole.append(part.text)
            continue
        whole.append(
            f"<<<<<<< {names[0]}\n{_ended(part.mine)}=======\n{_ended(part.theirs)}"
            f">>>>>>> {names[1]}\n"
        )
    return "".join(whole)


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _merge(base: str, mine: str, theirs: str, split: Split) -> list[Part]:
    o, a, b = split(base), split(mine), split(theirs)
    parts: list[Part] = []
    at = (0, 0, 0)
    for start, end, in_a, in_b in _stable(o, a, b):
        _between(parts, (o[at[0] : start], a[at[1] : in_a], b[at[2] : in_b]))
        _add(parts, Part("same", "".join(o[start:end])))
        n = end - start
        at = (end, in_a + n, in_b + n)
    _between(parts, (o[at[0] :], a[at[1] :], b[at[2] :]))
    return parts


def _stable(
    o: Sequence[str], a: Sequence[str], b: Sequence[str]
) -> list[tuple[int, int, int, int]]:
    """Stretches of the base that both sides left alone: start, end, place in a, place in b."""
    in_a = [s for s in spans(o, a) if s[0] < s[1] and o[s[0] : s[1]] == a[s[2] : s[3]]]
    in_b = [s for s in spans(o, b) if s[0] < s[1] and o[s[0] : s[1]] == b[s[2] : s[3]]]
    found = []
    x = y = 0
    while x < len(in_a) and y < len(in_b):
        one, two = in_a[x], in_b[y]
        start, end = max(one[0], two[0]), min(one[1], two[1])
        if start < end:
            found.append((start, end, one[2] + start - one[0], two[2] + start - two[0]))
        if one[1] <= two[1]:
            x += 1
        else:
            y += 1
    return found


def _between(parts: list[Part], sides: tuple[list[str], list[str], list[str]]) -> None:
    base, mine, theirs = ("".join(side) for side in sides)
    if mine == theirs:
        kind: Kind = "same" if mine == base else "both"
        _add(parts, Part(kind, mine, base, mine, theirs))
    elif theirs == base:
        _add(parts, Part("mine", mine, base, mine, theirs))
    elif mine == base:
        _add(parts, Part("theirs", theirs, base, mine, theirs))
    else:
        _add(parts, Part("conflict", "", base, mine, theirs))


def _add(parts: list[Part], part: Part) -> None:
    if part.kind == "same" and parts and parts[-1].kind == "same":
        parts[-1] = Part("same", parts[-1].text + part.text)
    elif part.text or part.kind != "same":
        parts.append(part)
