"""Words of the window in the user's language.

Every text that a user reads goes through `tr` (or `trn`, where a number decides), as a literal:
`scripts/translations.py` collects these literals for the translators. English is the source.
"""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

CONTEXT = "journal"


def tr(text: str, **values: object) -> str:
    """`text` in the chosen language, with `{name}` filled in after it was translated."""
    words = QCoreApplication.translate(CONTEXT, text)
    return words.format(**values) if values else words


def trn(text: str, n: int, **values: object) -> str:
    """Like `tr` for a text whose form depends on `n`: write `{n}` where the number stands.

    The English source is `one|many`, such as `{n} entry|{n} entries`.
    """
    words = QCoreApplication.translate(CONTEXT, text, None, n)
    if words == text:  # not translated: English has two forms
        one, _, many = text.partition("|")
        words = one if n == 1 else many or one
    return words.format(n=f"{n:,}", **values)
