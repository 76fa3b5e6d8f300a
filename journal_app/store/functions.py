"""Functions that the schema's triggers call: every connection that writes must have them.

They keep `entry_cjk` and `title_words` in step with `entry_text` whoever writes it.
"""

from __future__ import annotations

import json
import sqlite3


def register(connection: sqlite3.Connection) -> None:
    """Teach a connection `journal_cjk` and `journal_title_words`."""
    connection.create_function("journal_cjk", 1, _cjk, deterministic=True)
    connection.create_function("journal_title_words", 1, _title_words, deterministic=True)


def _cjk(text: str) -> str | None:
    """The text as `entry_cjk` keeps it; NULL where it holds no such letter."""
    if text.isascii():
        return None
    from journal_app.domain import scripts

    return scripts.spaced(text) if scripts.has_cjk(text) else None


def _title_words(title: str) -> str:
    """The words of a title as a JSON array."""
    from journal_app.domain import scripts

    return json.dumps(scripts.title_words(title))
