"""The journal's JSON export, version 1: everything that an entry is, readable by `journal adopt`.

`{"format": "field-journal", "version": 1, "entries": [...], "runs": [...]}`. Times are milliseconds
UTC. An attachment names its SHA-256 and, relative to the JSON file, where its bytes lie.
`revisions` and `context` are there when they were asked for. A reader ignores keys that it does not
know and refuses another version.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from journal_app.domain.entry import Entry, Revision
from journal_app.domain.experiments import EvalRow, Run
from journal_app.domain.notes import PRIVATE_FRONT

FORMAT = "field-journal"
VERSION = 1


def entry_record(
    entry: Entry, revisions: Sequence[Revision] | None = None, *, context: bool = False
) -> dict[str, Any]:
    """One element of `entries`."""
    record: dict[str, Any] = {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "body": entry.body,
        "rev": entry.rev,
        "created_at": entry.created_at,
        "updated_at": entry.updated_at,
        "trashed_at": entry.trashed_at,
        "tags": list(entry.tags),
        "links": [
            {"kind": link.target_kind, "id": link.target_id, "relation": link.relation}
            for link in entry.links
        ],
        "attachments": [
            {
                "name": file.name,
                "file": file.path,
                "sha256": file.sha256,
                "media_type": file.media_type,
                "size": file.size,
            }
            for file in entry.attachments
        ],
        "front": {key: value for key, value in entry.front.items() if key not in PRIVATE_FRONT},
    }
    if revisions is not None:
        record["revisions"] = [
            {
                "rev": one.rev,
                "kind": one.kind,
                "title": one.title,
                "body": one.body,
                "created_at": one.created_at,
                "origin": one.origin,
            }
            for one in revisions
        ]
    if context and entry.context:
        record["context"] = dict(entry.context)
    return record


def run_record(run: Run, evals: Sequence[EvalRow]) -> dict[str, Any]:
    """One element of `runs`: a run that an exported entry links, with its evals."""
    return {**_plain(asdict(run)), "evals": [_plain(asdict(one)) for one in evals]}


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    """NaN and the infinities, which JSON does not have, as words."""

    def one(value: Any) -> Any:
        if isinstance(value, float) and (value != value or value in (float("inf"), -float("inf"))):
            return str(value)
        if isinstance(value, Mapping):
            return {str(key): one(inner) for key, inner in value.items()}
        if isinstance(value, (list, tuple)):
            return [one(inner) for inner in value]
        return value

    return {key: one(value) for key, value in values.items()}
