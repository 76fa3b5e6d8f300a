"""What a link that somebody makes leads to: `run:ID`, `eval:ID`, `entry:ID`, or a bare name."""

from __future__ import annotations

import sqlite3

from journal_app.domain.entry import RELATIONS, Entry, Link
from journal_app.errors import JournalError
from journal_app.store import entries, links


def meant(db: sqlite3.Connection, target: str, relation: str) -> tuple[Link, bool]:
    """The link that `target` means; a bare word is taken for a run.

    The second value is False for a run that is not imported yet. Raises JournalError for an unknown
    relation, entry or eval result, and for a name that fits several runs.
    """
    if relation not in RELATIONS:
        raise JournalError(
            f"{relation!r} is not a relation.", "Relations: " + ", ".join(RELATIONS) + "."
        )
    kind, _, name = target.partition(":")
    if kind not in ("run", "eval", "entry"):
        kind, name = "run", target
    if kind == "run" and name == target and entries.exists(db, name):
        kind = "entry"
    if kind == "run" and len(ids := links.runs_named(db, name)) > 1:
        raise JournalError(
            f"{name!r} fits {len(ids)} runs: {', '.join(ids)}.",
            "Name one by its id: `journal runs` lists them.",
        )
    if kind == "entry":
        name = entries.resolve(db, name)
    link = resolved(db, Link(kind, name, relation))
    if kind == "eval":
        found = db.execute("SELECT 1 FROM eval_results WHERE id = ?", (link.target_id,))
        if not found.fetchone():
            raise JournalError(f"There is no eval result {name!r}.", "`journal runs show RUN`.")
    return link, kind != "run" or bool(links.runs_named(db, link.target_id))


def resolved(db: sqlite3.Connection, link: Link) -> Link:
    """The link with the id of its run; a run not imported yet keeps the name it was given."""
    if link.target_kind == "run":
        runs = links.runs_named(db, link.target_id)
        return Link("run", runs[0], link.relation) if len(runs) == 1 else link
    if link.target_kind == "entry":
        found = db.execute(
            "SELECT id FROM entries WHERE id = ?", (link.target_id.upper(),)
        ).fetchone()
        return Link("entry", found["id"], link.relation) if found else link
    return link


def waiting(db: sqlite3.Connection, entry: Entry) -> list[str]:
    """Why links of the entry lead nowhere yet: one line each."""
    lines = []
    for link in entry.links:
        if link.target_kind != "run" or link.title:
            continue
        fits = links.runs_named(db, link.target_id)
        lines.append(
            f"{link.target_id!r} fits {len(fits)} runs; link one by its id: {', '.join(fits)}"
            if fits
            else f"{link.target_id!r} is not imported yet; the link waits for it"
        )
    return lines
