"""What the preflight reads of the journal beside the post itself, and the reports that it keeps."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from journal_app.domain.preflight import Finding, Report
from journal_app.domain.preflight.numbers import Source
from journal_app.domain.preflight.private import PrivateFact
from journal_app.domain.preflight.unique import Other

if TYPE_CHECKING:
    from journal_app.store.database import Writer

PRIVATE_TEXTS = 500  # entries tagged private that are compared, the last changed first
_ALIVE = (
    "('scheduled', 'claimed', 'sending', 'pushed', 'unknown', 'published', 'blocked', 'failed')"
)
_CONTEXT = {"host": "the computer", "directory": "the folder"}
_TELLING = re.compile(r"[/\\@]")
_PERSONAL = re.compile(r"user|host|owner|mail|author|home|dir|path|remote", re.IGNORECASE)
# Where a repository is public, its address is no secret.
_FORGE = re.compile(
    r"(?:https?://|git@|ssh://git@)(?:github\.com|gitlab\.com|codeberg\.org|huggingface\.co"
    r"|bitbucket\.org|git\.sr\.ht)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A report as it was kept: at which stage, when (ms UTC), of which revision."""

    publication_id: str
    at: int
    stage: str
    rev: int
    report: Report


def keep(w: Writer, publication_id: str, stage: str, rev: int, report: Report) -> None:
    """Keep a report beside its publication."""
    found = [asdict(one) for one in report.findings]
    w.db.execute(
        "INSERT INTO preflight_reports (publication_id, at, stage, rev, findings)"
        " VALUES (?, ?, ?, ?, ?)",
        (publication_id, w.now, stage, rev, json.dumps(found, ensure_ascii=False)),
    )


def kept(db: sqlite3.Connection, publication_id: str) -> list[Kept]:
    """The reports of a publication, the latest first."""
    rows = db.execute(
        "SELECT * FROM preflight_reports WHERE publication_id = ? ORDER BY id DESC",
        (publication_id,),
    )
    return [
        Kept(r["publication_id"], r["at"], r["stage"], r["rev"], to_report(r["findings"]))
        for r in rows
    ]


def to_report(text: str) -> Report:
    """A report out of its record."""
    return Report(tuple(Finding(**one) for one in json.loads(text)))


def others(db: sqlite3.Connection, post_id: str) -> list[Other]:
    """The other posts that are out or on their way, each once a target: the latest revision."""
    rows = db.execute(
        "SELECT p.post_id, p.target, p.receipt, e.title, max(p.created_at) FROM publications p"
        f" JOIN entries e ON e.id = p.post_id WHERE p.post_id <> ? AND p.state IN {_ALIVE}"
        " GROUP BY p.post_id, p.target",
        (post_id,),
    )
    found = []
    for r in rows:
        plan = json.loads(r["receipt"] or "{}").get("plan", {})
        found.append(
            Other(
                r["post_id"],
                r["title"],
                r["target"],
                plan.get("slug", ""),
                plan.get("canonical_url", ""),
            )
        )
    return found


def private_facts(
    db: sqlite3.Connection, post_id: str, run_ids: Sequence[str]
) -> Iterator[PrivateFact]:
    """What the journal keeps for its owner: where the post and its sources were captured, and the
    private part of the linked runs."""
    rows = db.execute(
        "SELECT c.key, c.value, e.title FROM entry_context c JOIN entries e ON e.id = c.entry_id"
        " WHERE c.entry_id = ?1 OR c.entry_id IN (SELECT target_id FROM links"
        " WHERE entry_id = ?1 AND target_kind = 'entry' AND relation = 'derived-from')",
        (post_id,),
    )
    for r in rows:
        if r["key"] in _CONTEXT:
            yield PrivateFact(r["value"], _CONTEXT[r["key"]], f"the note “{r['title']}”")
    for r in _runs(db, run_ids):
        whose = f"the run {r['name']}"
        if r["host"]:
            yield PrivateFact(r["host"], "the computer", whose)
        yield from _flat("", json.loads(r["extra"]).get("private"), whose)
        yield from _flat("remote", json.loads(r["git"]).get("remote"), whose)


def _runs(db: sqlite3.Connection, ids: Sequence[str]) -> Iterable[sqlite3.Row]:
    marks = ",".join("?" * len(ids))
    return db.execute(f"SELECT name, host, extra, git FROM runs WHERE id IN ({marks})", list(ids))


def _flat(key: str, value: Any, whose: str, depth: int = 0) -> Iterator[PrivateFact]:
    """The texts in a private record that tell of a person or a place; plain words are none."""
    if isinstance(value, str):
        telling = _TELLING.search(value) or _PERSONAL.search(key)
        if telling and "\n" not in value and len(value) <= 300 and not _FORGE.match(value):
            yield PrivateFact(value, f"{key.replace('_', ' ') or 'a private detail'}", whose)
    elif isinstance(value, dict) and depth < 5:
        for name, inner in value.items():
            yield from _flat(str(name), inner, whose, depth + 1)
    elif isinstance(value, list) and depth < 5:
        for inner in value:
            yield from _flat(key, inner, whose, depth + 1)


def private_texts(db: sqlite3.Connection, post_id: str, tag: str) -> list[tuple[str, str]]:
    """Titles and bodies of entries with the tag or one below it, sources of the post first."""
    rows = db.execute(
        "SELECT e.title, t.body, (SELECT count(*) FROM links l WHERE l.entry_id = ?1"
        " AND l.target_id = e.id) AS source FROM entries e JOIN entry_text t ON t.n = e.n"
        " WHERE e.id <> ?1 AND e.id IN"
        " (SELECT entry_id FROM tags WHERE tag = ?2 OR tag LIKE ?2 || '/%')"
        " ORDER BY source DESC, e.updated_at DESC LIMIT ?3",
        (post_id, tag, PRIVATE_TEXTS),
    )
    return [(r["title"], r["body"]) for r in rows]


def sources(db: sqlite3.Connection, post_id: str) -> list[Source]:
    """The entries that a post was drafted from: their texts when it was drafted, and now."""
    rows = db.execute(
        "SELECT e.title, t.body, r.body AS before FROM entries p"
        " JOIN links l ON l.entry_id = p.id AND l.target_kind = 'entry'"
        " AND l.relation = 'derived-from' JOIN entries e ON e.id = l.target_id"
        " JOIN entry_text t ON t.n = e.n JOIN revisions r"
        " ON r.entry_id = e.id AND r.rev = (SELECT max(v.rev) FROM revisions v"
        " WHERE v.entry_id = e.id AND v.created_at <= l.created_at)"
        " WHERE p.id = ?",
        (post_id,),
    )
    return [Source(r["title"], r["before"], r["body"]) for r in rows]
