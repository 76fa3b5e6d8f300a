"""The journal's own JSON export (see `domain.exported_json`), with the files beside it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from journal_app.domain.entry import KINDS, RELATIONS
from journal_app.domain.experiments import Problem
from journal_app.domain.exported_json import FORMAT, VERSION
from journal_app.domain.ids import is_ulid
from journal_app.domain.markdown_links import attachment_path
from journal_app.domain.notes import NoteFile, NoteRecord
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports import notes_common as common

HEAD = 200  # characters that tell the format


class JsonImporter:
    """What `journal export FILE.json` wrote."""

    title = "JSON export of a Field Journal"
    version = "1"

    def sniff(self, path: Path) -> int:
        """95 for a file that begins as ours does."""
        if not path.is_file() or path.suffix.lower() != ".json":
            return 0
        try:
            with path.open(encoding="utf-8") as handle:
                head = handle.read(HEAD)
        except (OSError, UnicodeDecodeError):
            return 0
        return 95 if f'"format": "{FORMAT}"' in head else 0

    def read(self, path: Path, context: ImportContext) -> Iterator[NoteRecord | Problem]:
        """One note an entry; what is not understood is listed."""
        try:
            whole = json.loads(path.read_text("utf-8"))
        except OSError as error:
            raise JournalError(f"{path} cannot be read: {error.strerror or error}.") from error
        except (ValueError, RecursionError) as error:
            raise JournalError(f"{path} is no JSON: {error}.", "Export again.") from error
        if not isinstance(whole, dict) or whole.get("format") != FORMAT:
            raise JournalError(f"{path} is no export of a Field Journal.", "See `journal export`.")
        if whole.get("version") != VERSION:
            raise JournalError(
                f"{path} has version {whole.get('version')!r}; this program reads {VERSION}.",
                "Update Field Journal.",
            )
        entries = whole.get("entries")
        entries = entries if isinstance(entries, list) else []
        for number, entry in enumerate(entries):
            context.check()
            context.progress(number, len(entries))
            if not isinstance(entry, dict) or not isinstance(entry.get("body"), str):
                yield Problem(f"entry {number + 1}", "It is no entry: it was left out.")
                continue
            if entry.get("trashed_at") is not None:
                continue
            yield _record(number, entry, path.parent)


def _record(number: int, entry: dict[str, Any], folder: Path) -> NoteRecord:
    lost: list[str] = []
    id = str(entry.get("id") or "")
    kind = str(entry.get("kind") or "note")
    if kind not in KINDS:
        lost.append(f"its kind {kind!r} is unknown: it became a note")
        kind = "note"
    files = []
    for item in common.objects(entry.get("attachments")):
        place = attachment_path(str(item.get("file")))
        file = folder / place if place else None
        if file is not None and file.is_file() and not file.is_symlink():
            shown = str(item.get("name") or file.name)
            files.append(NoteFile(shown, file, inline=False))
        else:
            lost.append(f"the file {str(item.get('name'))!r} is not there")
    ties = []
    for item in common.objects(entry.get("links")):
        tie = (str(item.get("kind")), str(item.get("id")), str(item.get("relation")))
        if tie[0] in ("run", "eval", "entry") and tie[2] in RELATIONS:
            ties.append(tie)
        else:
            lost.append(f"a link is not understood: {item}")
    tags, more = entry.get("tags"), entry.get("front")
    created, updated = entry.get("created_at"), entry.get("updated_at")
    return NoteRecord(
        native_id=id if is_ulid(id) else f"entry {number + 1}",
        title=str(entry.get("title") or ""),
        body=entry["body"],
        kind=kind,
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        created_at=created if isinstance(created, int) else None,
        updated_at=updated if isinstance(updated, int) else None,
        names=(id,),
        files=tuple(files),
        ties=tuple(ties),
        front=more if isinstance(more, dict) else {},
        losses=tuple(lost),
        id=id if is_ulid(id) else None,
        exact=True,
    )
