"""What a list shows: the sections of the sidebar and the words of a search."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field

from journal_app.domain.capture import clean_text

SECTIONS = (
    "inbox",  # notes that nobody has filed yet: no tag, no link
    "today",  # written since local midnight
    "all",
    "lesson",
    "failure",
    "decision",
    "draft",  # posts that wait for a date
    "scheduled",
    "published",
    "trash",
)

OPEN, CLOSE = "\x02", "\x03"  # around found words in the passage of a hit


@dataclass(frozen=True, slots=True)
class View:
    """A filter over entries; every field narrows. `since` is in milliseconds UTC."""

    section: str = "all"
    kind: str | None = None
    tag: str | None = None
    run: str | None = None
    since: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    """A parsed search: what must be there, what must not, and filters."""

    terms: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    open_end: bool = field(default=True)  # the last term is still being typed: match its prefix

    @property
    def empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not (self.terms or self.phrases or self.tags or self.kinds)


_PIECE = re.compile(r'(-?)(?:(tag|kind):)?(?:"([^"]*)"?|(\S+))')
_WORD = re.compile(r"[\w.]+(?:['’][\w]+)*")
_CJK = (
    "[\u1100-\u11ff\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\u0e00-\u0e7f\U00020000-\U0003ffff]"
)


@functools.cache
def _cjk() -> re.Pattern[str]:
    return re.compile(_CJK)  # 8 ms: at the first search, not at every start


def has_cjk(text: str) -> bool:
    """Whether `text` holds letters of a script that writes no spaces between words."""
    return not text.isascii() and _cjk().search(text) is not None


def parse_words(text: str) -> Words:
    """Read `warmup "exact phrase" -not tag:x kind:lesson`. Anything else is a word to find."""
    terms: list[str] = []
    phrases: list[str] = []
    without: list[str] = []
    tags: list[str] = []
    kinds: list[str] = []
    for minus, operator, quoted, bare in _PIECE.findall(clean_text(text)):
        value = quoted or bare
        if not value:
            continue
        if operator == "tag" or (not operator and not quoted and re.match(r"#[^\W\d]", value)):
            tags.append(value.lstrip("#").lower())
        elif operator == "kind":
            kinds.append(value.lower())
        elif minus:
            without.append(value)
        elif quoted:
            phrases.append(value)
        else:
            terms.extend(_WORD.findall(value) if not has_cjk(value) else [value])
    return Words(
        tuple(terms),
        tuple(phrases),
        tuple(without),
        tuple(tags),
        tuple(kinds),
        open_end=not text.endswith((" ", '"')),
    )
