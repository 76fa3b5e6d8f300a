"""Runs as an import would keep them, without one."""

from __future__ import annotations

import json
from collections.abc import Mapping

from journal_app.journal import Journal


def add_run(
    journal: Journal, name: str, metrics: Mapping[str, float | None], *, main: str | None = None
) -> str:
    """The id of a finished run with these metrics."""
    id, now = journal.store.new_id(), journal.store.now()
    with journal.store.write() as w:
        w.db.execute(
            "INSERT INTO runs (id, source_kind, native_id, source_uri, name, status, digest,"
            " reader, imported_at, updated_at, started_at, metrics, main_metric)"
            " VALUES (?, 'x', ?, '', ?, 'finished', '', '', ?, ?, ?, ?, ?)",
            (id, id, name, now, now, now, json.dumps(dict(metrics)), main),
        )
    return id
