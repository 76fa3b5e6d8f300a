"""Looks at public pages, and the log of everything that happened to publications."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.domain.preflight import Report
from journal_app.domain.secrets import hide_text
from journal_app.domain.seen import Check
from journal_app.store.preflight import to_report

if TYPE_CHECKING:
    from journal_app.store.database import Writer

_DUE = (
    "SELECT id FROM publications WHERE next_check IS NOT NULL AND next_check <= ?"
    " ORDER BY next_check LIMIT ?"
)
_LATER = (
    "SELECT 1 FROM publications p WHERE p.post_id = ?1 AND p.target = ?2 AND p.id <> ?3"
    " AND p.state IN ('published', 'removed') AND p.rowid >"
    " (SELECT rowid FROM publications WHERE id = ?3) LIMIT 1"
)
_EVENTS = """
SELECT at, publication_id, 'move' AS kind, state AS what, detail, '' AS more, id
  FROM publication_log WHERE at >= ?1
UNION ALL
SELECT at, publication_id, 'preflight', stage, findings, rev, id
  FROM preflight_reports WHERE at >= ?1
UNION ALL
SELECT at, publication_id, 'look', verdict, detail, coalesce(status, ''), id
  FROM receipt_checks WHERE at >= ?1
ORDER BY at, kind DESC, id
"""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: a move, a preflight or a look. No text of a post, no secret."""

    at: int
    publication_id: str
    post_id: str
    title: str
    target: str
    kind: str
    what: str
    detail: str
    status: int | None = None


def due(db: sqlite3.Connection, now: int, limit: int) -> list[str]:
    """The publications whose page is to be looked at, the longest waiting first."""
    return [str(r["id"]) for r in db.execute(_DUE, (now, limit))]


def next_due(db: sqlite3.Connection) -> int | None:
    """When the next look is due (ms UTC)."""
    row = db.execute(
        "SELECT min(next_check) FROM publications WHERE next_check IS NOT NULL"
    ).fetchone()
    return None if row[0] is None else int(row[0])


def take(w: Writer, id: str, now: int, until: int) -> bool:
    """Keep others from the same look until `until`; False where somebody has it."""
    cursor = w.db.execute(
        "UPDATE publications SET next_check = ? WHERE id = ? AND next_check <= ?", (until, id, now)
    )
    return cursor.rowcount == 1


def superseded(db: sqlite3.Connection, id: str, post_id: str, target: str) -> bool:
    """Whether a later publication of the post at the target went out or took it back."""
    return db.execute(_LATER, (post_id, target, id)).fetchone() is not None


def forget(w: Writer, id: str) -> None:
    """Look at this page no more."""
    w.db.execute("UPDATE publications SET next_check = NULL WHERE id = ?", (id,))


def add(w: Writer, check: Check) -> None:
    """Keep a look, and when the next one is due."""
    detail = {"message": check.message, "seen": list(check.seen), "total": check.total}
    w.db.execute(
        "INSERT INTO receipt_checks (publication_id, at, verdict, status, sha256, detail)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (
            check.publication_id,
            check.at,
            check.verdict,
            check.status,
            check.sha256,
            json.dumps(detail, ensure_ascii=False),
        ),
    )
    w.db.execute(
        "UPDATE publications SET next_check = ? WHERE id = ?", (check.next_at, check.publication_id)
    )
    w.changed("publication", check.publication_id)


def of(db: sqlite3.Connection, publication_id: str) -> list[Check]:
    """The looks at a page, the latest first."""
    rows = db.execute(
        "SELECT c.*, p.next_check FROM receipt_checks c JOIN publications p"
        " ON p.id = c.publication_id WHERE c.publication_id = ? ORDER BY c.id DESC",
        (publication_id,),
    )
    return [_check(r, r["next_check"] if index == 0 else None) for index, r in enumerate(rows)]


def _check(row: sqlite3.Row, next_at: int | None) -> Check:
    detail = json.loads(row["detail"] or "{}")
    return Check(
        row["publication_id"],
        row["at"],
        row["verdict"],
        row["status"],
        row["sha256"],
        detail.get("message", ""),
        tuple(detail.get("seen", ())),
        detail.get("total", 0),
        next_at,
    )


def latest(db: sqlite3.Connection, publication_id: str) -> Check | None:
    """The last look at a page."""
    row = db.execute(
        "SELECT c.*, p.next_check FROM receipt_checks c JOIN publications p"
        " ON p.id = c.publication_id WHERE c.publication_id = ? ORDER BY c.id DESC LIMIT 1",
        (publication_id,),
    ).fetchone()
    return None if row is None else _check(row, row["next_check"])


def published(db: sqlite3.Connection, post_id: str | None, limit: int) -> list[str]:
    """The publications that are out, the latest first; not what was changed or taken back since."""
    rows = db.execute(
        "SELECT id FROM publications p WHERE state = 'published' AND (?1 IS NULL OR post_id = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM publications q WHERE q.post_id = p.post_id"
        " AND q.target = p.target AND q.state IN ('published', 'removed') AND q.rowid > p.rowid)"
        " ORDER BY updated_at DESC, id DESC LIMIT ?2",
        (post_id, limit),
    )
    return [str(r["id"]) for r in rows]


def events(
    db: sqlite3.Connection, since: int = 0, publication_id: str | None = None
) -> Iterator[Event]:
    """Everything that happened since (ms UTC), in its order."""
    known: dict[str, tuple[str, str, str]] = {}
    for row in db.execute(_EVENTS, (since,)):
        id = row["publication_id"]
        if publication_id is not None and id != publication_id:
            continue
        if id not in known:
            post = db.execute(
                "SELECT p.post_id, p.target, r.title FROM publications p JOIN revisions r"
                " ON r.entry_id = p.post_id AND r.rev = p.rev WHERE p.id = ?",
                (id,),
            ).fetchone()
            known[id] = (post["post_id"], hide_text(post["title"]), post["target"])
        post_id, title, target = known[id]
        kind, detail = row["kind"], row["detail"]
        status = None
        if kind == "look":
            detail = json.loads(detail or "{}").get("message", "")
            status = int(row["more"]) if row["more"] != "" else None
        elif kind == "preflight":
            detail = _summary(to_report(detail))
        yield Event(
            row["at"], id, post_id, title, target, kind, row["what"], hide_text(detail), status
        )


def _summary(report: Report) -> str:
    """A report in a line: how many of each level, and the codes of what was wrong."""
    wrong = [one for one in report.findings if one.level in ("error", "warning")]
    if not wrong:
        return "nothing wrong"
    counts = [
        f"{number} {level}{'s' if number > 1 else ''}"
        for level in ("error", "warning")
        if (number := sum(one.level == level for one in wrong))
    ]
    codes = dict.fromkeys(one.code for one in wrong)
    return f"{', '.join(counts)}: {', '.join(codes)}"
