"""A row of the list of entries in words, for screen readers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal_app.gui import vocabulary
from journal_app.gui.dates import short_when
from journal_app.gui.language import tr
from journal_app.gui.vocabulary import said

if TYPE_CHECKING:
    from journal_app.domain.entry import Row


def spoken(row: Row, now: int) -> str:
    """Kind, title, date, state, what it stands on, tags; then the beginning of the text."""
    parts = [
        f"{said(row.kind)}: {row.title or tr('Untitled')}",
        short_when(row.updated_at, now),
        said(row.status or "draft") if row.kind == "post" else "",
        vocabulary.runs(row.n_runs) if row.n_runs else "",
        vocabulary.evals(row.n_evals) if row.n_evals else "",
        " ".join(f"#{tag}" for tag in row.tags),
        row.excerpt,
    ]
    return ". ".join(part for part in parts if part)
