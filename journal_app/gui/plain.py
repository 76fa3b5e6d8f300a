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
_PIECE = re.compile(r"(?:[^\W_]{16}|[\W_]+)(?=[^\W_])")


def spoken(words: str) -> str:
    """A sentence of ours with its commands between quotes: no window shows Markdown of messages."""
    return _CODE.sub(r"“\1”", words)


def breakable(words: str) -> str:
    """Words whose paths, addresses and names may be broken into lines, so that a label is as
    narrow as its place: for labels that nobody copies."""
    return _LONG.sub(lambda match: _PIECE.sub("\\g<0>\u200b", match[0]), words)


def tip(words: str) -> str:
    """Words for a tool tip, shown as they are written."""
    if not Qt.mightBeRichText(words):
        return words
    return f"<qt>{escape(words).replace(chr(10), '<br>')}</qt>"
