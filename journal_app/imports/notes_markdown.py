"""Markdown folders and Obsidian vaults, and Joplin's "Markdown + front matter" export.

Wikilinks, links to other notes and embeds are found outside code; front matter stays with the
entry. What no note refers to is listed, never left out silently.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from journal_app.domain.entry import KINDS, title_of
from journal_app.domain.experiments import Json, Problem
from journal_app.domain.notes import NoteFile, NoteLink, NoteRecord
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports import notes_common as common

NOTES = (".md", ".markdown")
_TAKEN = {"title", "tags", "tag", "kind", "created", "updated"}  # keys that become fields
_CREATED = ("created", "created_at", "date created", "date", "created_time")
_UPDATED = ("updated", "updated_at", "modified", "date modified", "lastmod", "updated_time")
_REFERENCE = re.compile(
    rf"(?P<code>{common.CODE})"
    r"|(?P<embed>!?)\[\[(?P<wiki>[^\[\]\n|]{1,500})(?:\|(?P<shown>[^\[\]\n]{0,500}))?\]\]"
    r"|(?P<image>!?)\[(?P<text>[^\[\]\n]*)\]\([ \t]*"
    r"(?:<(?P<angle>[^<>\n]*)>|(?P<plain>[^()\s<>]*(?:\([^()\s<>]*\)[^()\s<>]*)*))"
    r"(?:[ \t]+\"[^\"\n]*\")?[ \t]*\)",
    re.DOTALL,
)
_DAY = re.compile(r"(?<!\d)(\d{4}-\d\d-\d\d)(?!\d)")


class MarkdownImporter:
    """A folder of Markdown files, or one file."""

    title = "Markdown folder or Obsidian vault"
    version = "1"

    def sniff(self, path: Path) -> int:
        """90 for a vault, 50 for a folder with Markdown, 30 for a single file."""
        if path.is_file():
            return 30 if path.suffix.lower() in NOTES else 0
        if (path / ".obsidian").is_dir():
            return 90
        names = list(common.tree(path).files)
        return 50 if any(name.lower().endswith(NOTES) for name in names) else 0

    def read(self, path: Path, context: ImportContext) -> Iterator[NoteRecord | Problem]:
        """One note a file; then what was not taken."""
        if path.is_file():
            folder, found = path.parent, common.Tree({path.name: path})
        else:
            folder, found = path, common.tree(path)
        notes = [name for name in found.files if name.lower().endswith(NOTES)]
        vault = _Vault(found.files, folder if path.is_file() else None)
        for number, name in enumerate(notes):
            context.check()
            context.progress(number, len(notes))
            file = found.files[name]
            try:
                text, losses = common.read_note(file)
                times = common.file_times(file)
            except (JournalError, OSError) as error:
                why = error.message if isinstance(error, JournalError) else error.strerror
                yield Problem(name, f"{why or error} It was left out.")
                continue
            yield vault.record(name, text, losses, times)
        if path.is_dir():
            yield from leftovers(folder, found, vault.used | set(notes))


def leftovers(folder: Path, found: common.Tree, used: set[str]) -> Iterator[Problem]:
    """What of a folder became neither a note nor an attachment, and why."""
    for outside in found.outside:
        yield Problem(str(outside.relative_to(folder)), "It is a symbolic link: not followed.")
    for odd in found.odd:
        yield Problem(str(odd.relative_to(folder)), "It is a pipe, a socket or a device: not read.")
    for place, why in found.closed:
        yield Problem(place, f"This folder cannot be read: {why}.")
    if found.full:
        yield Problem(str(folder), f"Only the first {common.FILES_LIMIT:,} files were looked at.")
    for name in found.files:
        if name not in used:
            yield Problem(name, "No note refers to this file: it was left out.")


@dataclass(slots=True)
class _Vault:
    files: dict[str, Path]
    around: Path | None = None
    used: set[str] = field(default_factory=set)
    by_name: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name in sorted(self.files, key=lambda n: (n.count("/"), n)):
            self.by_name.setdefault(name.rpartition("/")[2].lower(), name)

    def find(self, note: str, address: str) -> str | None:
        """The file that `address` in `note` means: beside it, from the top, or by its bare name."""
        address = address.replace("\\", "/")
        beside = posixpath.normpath(posixpath.join(posixpath.dirname(note), address))
        for name in (beside, posixpath.normpath(address.lstrip("/"))):
            if name in self.files or self._beside(name):
                return name
        return None

    def _beside(self, name: str) -> bool:
        """Whether a file lies near the only note that is read; it is remembered when it does."""
        if self.around is None or name.startswith(("..", "/")) or name == ".":
            return False
        file = self.around / name
        try:
            inside = file.is_file() and file.resolve() == self.around.resolve() / name
        except (OSError, ValueError):
            return False
        if inside:
            self.files[name] = file
        return inside

    def record(
        self, name: str, text: str, losses: tuple[str, ...], times: tuple[int, int]
    ) -> NoteRecord:
        front, body, more = common.split_front(text)
        lost = [*losses, *more]
        stem = name.rpartition("/")[2].rpartition(".")[0]
        body, links, files = self._body(name, body, lost)
        plain_title = str(front.get("title") or stem)
        tags, bad = common.tags_of(front.get("tags", front.get("tag")))
        lost += [f"{word!r} is no tag" for word in bad]
        kept: dict[str, Json] = {k: v for k, v in front.items() if k not in _TAKEN}
        stamps = [
            next((front[k] for k in keys if front.get(k)), None) for keys in (_CREATED, _UPDATED)
        ]
        day = _DAY.search(stem)
        created = common.moment(stamps[0]) or (common.moment(day.group(1)) if day else None)
        updated = common.moment(stamps[1])
        for key, stamp in zip(("created", "updated"), stamps, strict=True):
            if stamp is not None and common.moment(stamp) is None:
                lost.append(f"its time {key} is not understood: {stamp!r}")
                kept[key] = stamp
        kind = str(front.get("kind") or "note")
        if kind not in KINDS:
            kept["kind"], kind = kind, "note"
        if "/" in name:
            kept.setdefault("folder", name.rpartition("/")[0])
        aliases = front.get("aliases", front.get("alias"))
        also = (
            [aliases] if isinstance(aliases, str) else aliases if isinstance(aliases, list) else []
        )
        return NoteRecord(
            native_id=name,
            title=plain_title or title_of(body),
            body=body.strip("\n"),
            kind=kind,
            tags=tuple(dict.fromkeys([*tags, *common.inline_tags(body)])),
            created_at=created or min(times[0], updated or times[0]),
            updated_at=updated or max(times[1], created or 0),
            stamp="|".join(str(stamp) for stamp in stamps),
            names=(name, name.rpartition(".")[0], stem, *(str(alias) for alias in also)),
            links=tuple(links),
            files=tuple(files),
            front=kept,
            losses=tuple(lost),
        )

    def _body(
        self, note: str, body: str, lost: list[str]
    ) -> tuple[str, list[NoteLink], list[NoteFile]]:
        links: list[NoteLink] = []
        files: list[NoteFile] = []

        def attach(found: str, text: str) -> str:
            self.used.add(found)
            files.append(NoteFile(found.rpartition("/")[2], self.files[found], text))
            return f"\0A{len(files) - 1}\0"

        def link(target: str, text: str, original: str) -> str:
            links.append(NoteLink(target, text, original))
            return f"\0L{len(links) - 1}\0"

        def one(match: re.Match[str]) -> str:
            original = match.group(0)
            if match["code"] is not None:
                return original
            if match["wiki"] is not None:
                target, _, heading = re.sub(r"\\$", "", match["wiki"]).partition("#")
                target = target.strip()
                shown, cell = match["shown"], match["wiki"].endswith("\\")  # a cell of a table
                if not target:
                    return original  # a place in the same note
                ending = target.rpartition(".")[2].lower() if "." in target else ""
                file = self.find(note, target) or self.by_name.get(
                    target.rpartition("/")[2].lower()
                )
                if file is not None and not file.lower().endswith(NOTES):
                    size = shown and re.fullmatch(r"\d+(x\d+)?", shown)
                    name = file.rpartition("/")[2]
                    if size:
                        return attach(file, "" if cell else f"{name}|{shown}")
                    return attach(file, shown or "")
                plain = file or self.by_name.get(f"{target.rpartition('/')[2].lower()}.md")
                if match["embed"] and ending and not plain:
                    lost.append(f"the file {target!r} is not there")
                    return original
                if match["embed"]:
                    lost.append(f"the note {target!r} was shown inside; here it shows as a link")
                text = shown or (f"{target} › {heading}" if heading else target)
                return link(target, text, original)
            address = unquote(match["angle"] if match["angle"] is not None else match["plain"])
            if not address or re.match(r"[a-z][a-z0-9+.-]*:|//|#", address, re.IGNORECASE):
                return original
            address = address.partition("#")[0]
            file = self.find(note, address)
            if file is None:
                if not address.lower().endswith(NOTES):
                    lost.append(f"the file {address!r} is not there")
                    return original
                return link(address, match["text"], original)
            if file.lower().endswith(NOTES):
                return link(file, match["text"] or file, original)
            return attach(file, match["text"])

        return _REFERENCE.sub(one, body), links, files
