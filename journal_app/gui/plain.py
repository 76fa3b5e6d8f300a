"""Words of users and of foreign records in tool tips.

Qt guesses whether a tool tip is HTML, and `<img src="file:///…">` in a title would be read as such.
Labels are made plain by `widgets.label`.
"""

from __future__ import annotations

from html import escape

from PySide6.QtGui import Qt


def tip(words: str) -> str:
    """Words for a tool tip, shown as they are written."""
    if not Qt.mightBeRichText(words):
        return words
    return f"<qt>{escape(words).replace(chr(10), '<br>')}</qt>"
