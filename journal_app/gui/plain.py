"""Words in tool tips and messages, shown as they are meant.

Qt guesses whether a tool tip is HTML, and `<img src="file:///…">` in a title would be read as such.
Labels are made plain by `widgets.label`.
"""

from __future__ import annotations

import re
from html import escape

from PySide6.QtGui import Qt

_CODE = re.compile(r"`([^`\n]+)`")
_LONG = re.compile(r"\S{24,}")


def spoken(words: str) -> str:
    """A sentence of ours with its commands between quotes: no window shows Markdown of messages."""
    return _CODE.sub(r"“\1”", words)


def breakable(words: str) -> str:
    """Words whose paths and addresses may be broken into lines: for labels that nobody copies."""
    return _LONG.sub(lambda match: re.sub(r"(?<=[/_.?&=-])(?=\w)", "\u200b", match[0]), words)


def tip(words: str) -> str:
    """Words for a tool tip, shown as they are written."""
    if not Qt.mightBeRichText(words):
        return words
    return f"<qt>{escape(words).replace(chr(10), '<br>')}</qt>"
