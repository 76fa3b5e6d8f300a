"""Rows of targets: where posts go. Invariant: no secret is kept here, only names of secrets."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from journal_app.domain.publishing import Target
from journal_app.domain.retry import Health
from journal_app.errors import NotFound

if TYPE_CHECKING:
    from journal_app.store.database import Writer


def listing(db: sqlite3.Connection) -> list[Target]:
    """The targets in use, by name."""
    found = (_target(r) for r in db.execute("SELECT * FROM targets ORDER BY name"))
    return [target for target in found if not target.config.get("retired")]


def get(db: sqlite3.Connection, name: str, *, retired: bool = False) -> Target:
    """The target called `name`. Raises NotFound; also for a removed one unless `retired`."""
    record = db.execute("SELECT * FROM targets WHERE name = ?", (name,)).fetchone()
    found = _target(record) if record else None
    if found is None or (found.config.get("retired") and not retired):
        known = ", ".join(t.name for t in listing(db))
        raise NotFound(
            f"There is no target {name!r}.",
            f"Targets: {known}." if known else "Add one: `journal target add NAME --path DIR`.",
        )
    return found


def _target(record: sqlite3.Row) -> Target:
    return Target(
        record["name"], record["kind"], json.loads(record["config"]), record["created_at"]
    )


def put(w: Writer, name: str, kind: str, config: Mapping[str, Any]) -> None:
    """Write a target, new or in the place of the one of that name."""
    w.db.execute(
        "INSERT INTO targets (name, kind, config, created_at) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET kind = excluded.kind, config = excluded.config",
        (name, kind, json.dumps(dict(config), ensure_ascii=False, sort_keys=True), w.now),
    )
    w.changed("target", name)


def remove(w: Writer, found: Target) -> None:
    """Remove a target; one that receipts name stays in the table, retired."""
    if w.db.execute("SELECT 1 FROM publications WHERE target = ?", (found.name,)).fetchone():
        put(w, found.name, found.kind, {**found.config, "retired": True})
        w.db.execute("DELETE FROM cadences WHERE target = ?", (found.name,))
        return
    w.db.execute("DELETE FROM targets WHERE name = ?", (found.name,))
    w.changed("target", found.name, "removed")


# ---------------------------------------------------------------------- health


def health(db: sqlite3.Connection, name: str) -> Health:
    """How a target does; what was never in trouble does well."""
    record = db.execute("SELECT * FROM target_health WHERE name = ?", (name,)).fetchone()
    if record is None:
        return Health()
    return Health(
        record["failures"], record["open_until"], bool(record["denied"]), record["reason"]
    )


def set_health(w: Writer, name: str, found: Health) -> None:
    """Keep how a target does; views hear of it."""
    if found == health(w.db, name):
        return
    if found == Health():
        w.db.execute("DELETE FROM target_health WHERE name = ?", (name,))
    else:
        w.db.execute(
            "INSERT OR REPLACE INTO target_health"
            " (name, failures, open_until, denied, reason, updated_at) VALUES (?, ?, ?, ?, ?, ?)",
            (name, found.failures, found.until, found.denied, found.reason, w.now),
        )
    w.changed("target", name)
