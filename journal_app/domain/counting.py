"""How much a text is to read; apart from the reader of Markdown, which a start need not load."""

from __future__ import annotations

import re

WORDS_PER_MINUTE = 220

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+(?:['’.,-]?[^\W_]+)*")


def words(text: str) -> int:
    """How many words a text has; a Chinese or Japanese character counts as one."""
    return sum(1 for _ in _WORD.finditer(text))


def minutes(count: int) -> int:
    """How long `count` words take to read, at least one minute."""
    return max(1, round(count / WORDS_PER_MINUTE))
