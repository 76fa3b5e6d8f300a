"""Joplin's JEX export: a tar of `<id>.md` items (notes, notebooks, tags) and `resources/<id>.ext`.

Nothing is unpacked: members are read where they lie in the archive, so that no name in it can lead
anywhere. (Joplin's Markdown export is read as a Markdown folder.)
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from journal_app.domain.experiments import Json, Problem
from journal_app.domain.notes import NoteFile, NoteLink, NoteRecord
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports import notes_common as common

RESOURCE_LIMIT = 256 << 20  # bytes of one resource
MEMBERS_LIMIT = 500_000
NOTE, FOLDER, RESOURCE, TAG, NOTE_TAG = "1", "2", "4", "5", "6"
_ITEM = re.compile(r"(?:\./)?([0-9a-f]{32})\.md")
_BLOB = re.compile(r"(?:\./)?resources/([0-9a-f]{32})(?:\.\w{1,16})?")
_FIELD = re.compile(r"([a-z_]{1,40}):(?: (.*))?")
_LINK = re.compile(
    rf"(?P<code>{common.CODE})|!?\[(?P<text>[^\[\]\n]*)\]\(:/(?P<id>[0-9a-f]{{32}})[^()\n]*\)",
    re.DOTALL,
)
_KEPT = ("source_url", "author", "latitude", "longitude", "altitude", "todo_due")
_EMPTY = {"", "0", "0.0", "0.00000000", "0.0000"}


@dataclass(slots=True)
class _Archive:
    notes: dict[str, tuple[str, str, dict[str, str]]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)  # of notebooks, tags, resources
    parents: dict[str, str] = field(default_factory=dict)
    tags: dict[str, list[str]] = field(default_factory=dict)
    blobs: dict[str, tuple[int, int, str]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


class JoplinImporter:
    """One entry for each note of the archive."""

    title = "Joplin (JEX export)"
    version = "1"

    def sniff(self, path: Path) -> int:
        """90 for a `.jex` file that is a tar."""
        if path.suffix.lower() != ".jex" or not path.is_file():
            return 0
        try:
            return 90 if tarfile.is_tarfile(path) else 0
        except OSError:
            return 0

    def read(self, path: Path, context: ImportContext) -> Iterator[NoteRecord | Problem]:
        """The notes; then what of the archive no note uses."""
        try:
            archive = _scan(path, context)
        except (tarfile.TarError, EOFError, ValueError) as error:
            raise JournalError(
                f"{path} is no archive of Joplin: {error}.", "Export it again as JEX."
            ) from error
        yield from archive.problems
        used: set[str] = set()
        for number, (id, (title, body, fields)) in enumerate(archive.notes.items()):
            context.check()
            context.progress(number, len(archive.notes))
            yield _record(path, archive, used, id, title, body, fields)
        for id, (_, _, name) in archive.blobs.items():
            if id not in used:
                shown = archive.titles.get(id) or name
                yield Problem(name, f"No note refers to this file ({shown}): it was left out.")


def _scan(path: Path, context: ImportContext) -> _Archive:
    archive = _Archive()
    with tarfile.open(path, "r:") as tar:
        for number, member in enumerate(tar):
            context.check()
            if number >= MEMBERS_LIMIT:
                archive.problems.append(Problem(path.name, "It holds too many items."))
                break
            if member.isdir():
                continue
            item, blob = _ITEM.fullmatch(member.name), _BLOB.fullmatch(member.name)
            if not member.isreg() or member.issparse() or not (item or blob):
                archive.problems.append(Problem(member.name, "It is no item of Joplin: left out."))
            elif blob:
                archive.blobs[blob[1]] = (member.offset_data, member.size, member.name)
            elif member.size > common.TEXT_LIMIT:
                archive.problems.append(Problem(member.name, "This note is too large: left out."))
            else:
                data = _slice(path, member.offset_data, member.size, member.name)
                _item(archive, member.name, common.decode(data, member.name)[0])
    return archive


def _slice(path: Path, offset: int, size: int, name: str) -> bytes:
    if size > RESOURCE_LIMIT:
        raise JournalError(f"the file {name!r} is larger than {RESOURCE_LIMIT >> 20} MB")
    with path.open("rb") as file:
        file.seek(offset)
        data = file.read(size)
    if len(data) != size:
        raise JournalError(f"the archive ends inside {name!r}")
    return data


def _item(archive: _Archive, name: str, text: str) -> None:
    lines = text.rstrip("\n").split("\n")
    start = len(lines)
    fields: dict[str, str] = {}
    while start and (match := _FIELD.fullmatch(lines[start - 1])):
        start -= 1
        fields[match[1]] = (match[2] or "").replace("\\n", "\n")
    title, _, body = "\n".join(lines[:start]).rstrip("\n").partition("\n")
    kind, id = fields.get("type_"), fields.get("id", "")
    if fields.get("encryption_applied") == "1":
        archive.problems.append(Problem(name, "It is encrypted: decrypt it in Joplin first."))
    elif kind == NOTE and id:
        archive.notes[id] = (title, body.strip("\n"), fields)
    elif kind in (FOLDER, RESOURCE, TAG) and id:
        archive.titles[id] = title
        archive.parents[id] = fields.get("parent_id", "")
    elif kind == NOTE_TAG:
        archive.tags.setdefault(fields.get("note_id", ""), []).append(fields.get("tag_id", ""))
    else:
        archive.problems.append(Problem(name, f"An item of type {kind or '?'} is not carried."))


def _record(
    path: Path,
    archive: _Archive,
    used: set[str],
    id: str,
    title: str,
    body: str,
    fields: dict[str, str],
) -> NoteRecord:
    links: list[NoteLink] = []
    files: list[NoteFile] = []
    lost: list[str] = []

    def one(match: re.Match[str]) -> str:
        if match["code"] is not None:
            return match[0]
        target, text = match["id"], match["text"]
        if target in archive.blobs:
            used.add(target)
            offset, size, name = archive.blobs[target]
            base = name.rpartition("/")[2]
            shown = archive.titles.get(target) or base
            if "." not in shown:
                shown += "." + base.rpartition(".")[2]
            load = partial(_slice, path, offset, size, shown)
            files.append(NoteFile(shown.replace("/", "_"), None, text, load))
            return f"\0A{len(files) - 1}\0"
        if target in archive.titles:
            lost.append(f"the file {archive.titles[target]!r} is not in the archive")
            return match[0]
        links.append(NoteLink(target, text, match[0]))
        return f"\0L{len(links) - 1}\0"

    text = _LINK.sub(one, body)
    names = [archive.titles.get(tag, "") for tag in archive.tags.get(id, [])]
    given, bad = common.tags_of(names)
    lost += [f"{word!r} is no tag" for word in bad]
    front: dict[str, Json] = {k: v for k in _KEPT if (v := fields.get(k, "")) not in _EMPTY}
    if folder := _folder(archive, fields.get("parent_id", "")):
        front["folder"] = folder
    if fields.get("is_todo") == "1":
        front["todo"] = "done" if fields.get("todo_completed", "0") != "0" else "open"
    if fields.get("markup_language") == "2":
        lost.append("its text is HTML and stays as it is written")
    times = [fields.get(f"user_{k}") or fields.get(k, "") for k in ("created_time", "updated_time")]
    return NoteRecord(
        native_id=id,
        title=title,
        body=text,
        tags=tuple(dict.fromkeys([*given, *common.inline_tags(body)])),
        created_at=common.moment(times[0]),
        updated_at=common.moment(times[1]),
        stamp="|".join(times),
        names=(id,),
        links=tuple(links),
        files=tuple(files),
        front=front,
        losses=tuple(lost),
    )


def _folder(archive: _Archive, id: str) -> str:
    parts: list[str] = []
    seen: set[str] = set()
    while id in archive.titles and id not in seen:
        seen.add(id)
        parts.append(archive.titles[id])
        id = archive.parents[id]
    return "/".join(reversed(parts))
