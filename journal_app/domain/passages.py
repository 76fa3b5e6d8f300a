"""The passage of a text that a search found, with the found words marked."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journal_app.domain.scripts import folded, has_cjk
from journal_app.domain.views import CLOSE, OPEN

BEFORE, AFTER = 50, 130  # letters around the first found word
_MARKS = re.compile(  # of lines and of words: a reader of a list wants neither
    r"(?<=\n)[ \t]*(?:#{1,6}|[-*+>]|\d{1,3}[.)])[ \t]+(?:\[[ xX]\][ \t]+)?|\*\*|`+"
)


def finder(texts: Sequence[str], *, open_end: bool) -> re.Pattern[str] | None:
    """What finds the words and phrases in a folded text; the last one as a prefix at `open_end`."""
    parts = []
    for place, text in enumerate(texts):
        flat = _flat(text)
        words = [re.escape(word) for word in re.findall(r"[^\W_]+", flat)]
        inner = r"[\W_]+".join(words)
        if not words or has_cjk(text):
            parts.append(re.escape(flat))
        elif open_end and place == len(texts) - 1:
            parts.append(rf"(?<![^\W_]){inner}[^\W_]*")
        else:
            parts.append(rf"(?<![^\W_]){inner}(?![^\W_])")
    return re.compile("|".join(parts)) if parts else None


def passage(text: str, found: re.Pattern[str] | None) -> str:
    """Some words of `text` around the first find, the finds between OPEN and CLOSE; '' for none."""
    if found is None:
        return ""
    low = text.lower()
    first = found.search(low) if len(low) == len(text) else None
    if first is None and not text.isascii():
        low = _flat(text)
        first = found.search(low)
    if first is None:
        return ""
    start = max(0, first.start() - BEFORE)
    end = min(len(text), first.end() + AFTER)
    if start:
        start = max(text.find(" ", start, first.start()) + 1, start)
    if end < len(text):
        space = text.rfind(" ", first.end(), end)
        end = space if space > 0 else end
    parts, last = [], start
    for match in found.finditer(low, start, end):
        if match.end() > match.start():
            parts += [text[last : match.start()], OPEN, text[match.start() : match.end()], CLOSE]
            last = match.end()
    parts.append(text[last:end])
    said = " ".join(_MARKS.sub("", "".join(parts)).split())
    return f"{'…' if start else ''}{said}{'…' if end < len(text) else ''}"


def _flat(text: str) -> str:
    """`text` without accents and case, letter for letter: as long as it was."""
    if text.isascii():
        return text.lower()
    return "".join(
        letter.lower() if letter.isascii() else f if len(f := folded(letter)) == 1 else letter
        for letter in text
    )
