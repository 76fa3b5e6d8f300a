"""The style sheet of the editor pane, from resources/themes/editor.qss."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from journal_app import paths

if TYPE_CHECKING:
    from journal_app.gui.theme import Theme


@lru_cache(maxsize=1)
def _sheet() -> str:
    return (paths.resources() / "themes" / "editor.qss").read_text(encoding="utf-8")


def style_sheet(theme: Theme) -> str:
    """The sheet in the colours of a theme."""
    return theme.fill(_sheet())
