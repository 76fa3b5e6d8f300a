"""The journal's own export: Markdown files whose front matter says everything that an entry holds.

Bodies are taken letter for letter, so that export and import give equal entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from journal_app.domain.entry import KINDS, RELATIONS
from journal_app.domain.experiments import Json, Problem
from journal_app.domain.exported import FORMAT_KEY, MANIFEST, parse
from journal_app.domain.ids import is_ulid
from journal_app.domain.notes import NoteFile, NoteRecord
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports import notes_common as common


class OwnImporter:
    """What `journal export` wrote."""

    title = "Export of a Field Journal"
    version = "1"

    def sniff(self, path: Path) -> int:
        """95 for a folder that an export wrote."""
        return 95 if path.is_dir() and (path / MANIFEST).is_file() else 0

    def read(self, path: Path, context: ImportContext) -> Iterator[NoteRecord | Problem]:
        """One note a file; foreign files are listed."""
        if not path.is_dir():
            raise JournalError(f"{path} is no folder.", "Name the folder that was exported.")
        found = common.tree(path)
        seen: set[str] = set()
        # A sync program puts its copy of a file beside it, under a longer name.
        files = sorted(found.files.items(), key=lambda item: (len(item[0]), item[0]))
        for number, (name, file) in enumerate(files):
            context.check()
            context.progress(number, len(found.files))
            if not name.endswith(".md"):
                continue
            try:
                text, losses = common.read_note(file)
                head, body = parse(text)
                front = common.load_yaml(head) if head else None
            except (JournalError, OSError) as error:
                yield Problem(name, f"It cannot be read, and was left out: {error}")
                continue
            if not isinstance(front, dict) or FORMAT_KEY not in front:
                yield Problem(name, "It is no entry of this export: it was left out.")
                continue
            note = _record(name, front, body, found, list(losses))
            if note.native_id in seen:
                note = _beside(note, name)
            seen.add(note.native_id)
            yield note
        for outside in found.outside:
            yield Problem(str(outside.relative_to(path)), "It is a symbolic link: not followed.")


def _beside(note: NoteRecord, name: str) -> NoteRecord:
    """A second file of one entry, as an entry of its own that is linked to the first."""
    return replace(
        note,
        native_id=f"{note.native_id} {name}",
        id=None,
        names=(name,),
        ties=(*note.ties, ("entry", note.native_id, "derived-from")),
        losses=(*note.losses, "another file of the same entry: it was put beside it"),
    )


def _record(
    name: str, front: dict[str, Json], body: str, found: common.Tree, lost: list[str]
) -> NoteRecord:
    id = str(front.get("id") or "")
    kind = str(front.get("kind") or "note")
    if kind not in KINDS:
        lost.append(f"its kind {kind!r} is unknown: it became a note")
        kind = "note"
    files: list[NoteFile] = []
    for item in common.objects(front.get("attachments")):
        place = str(item.get("file"))
        if place in found.files:
            shown = str(item.get("name") or place.rpartition("/")[2])
            files.append(NoteFile(shown, found.files[place], inline=False))
        else:
            lost.append(f"the file {place!r} is not there")
    ties = []
    for item in common.objects(front.get("links")):
        tie = (str(item.get("kind")), str(item.get("id")), str(item.get("relation")))
        if tie[0] in ("run", "eval", "entry") and tie[2] in RELATIONS:
            ties.append(tie)
        else:
            lost.append(f"a link is not understood: {dict(item)}")
    more = front.get("front")
    tags = front.get("tags")
    created, updated = (common.moment(front.get(key)) for key in ("created", "updated"))
    return NoteRecord(
        native_id=id if is_ulid(id) else name,
        title=str(front.get("title", "")),
        body=body,
        kind=kind,
        tags=tuple(str(tag) for tag in tags) if isinstance(tags, list) else (),
        created_at=created,
        updated_at=updated,
        names=(id, name),
        files=tuple(files),
        ties=tuple(ties),
        front=more if isinstance(more, dict) else {},
        losses=tuple(lost),
        id=id if is_ulid(id) else None,
        exact=True,
    )
