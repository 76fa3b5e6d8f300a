"""Trackio logbooks: `.trackio/logbook/pages/<slug>/page.md`, made of cells.

A page is an entry. Markdown and code cells are Markdown already; what a figure, an artifact or a
dashboard draws is said to be lost, its text stays. `metadata.json` holds paths: it is not read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

from journal_app.domain.experiments import Problem
from journal_app.domain.notes import NoteRecord
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports import notes_common as common

_CELL = re.compile(r"^---[ \t]*\n<!-- trackio-cell[ \t]*\n(.{0,8000}?)\n-->[ \t]*$\n?", re.M | re.S)
_DRAWN = ("figure", "artifact", "dashboard")


class TrackioLogbookImporter:
    """One entry for each page of a logbook."""

    title = "Trackio logbook"
    version = "1"

    def sniff(self, path: Path) -> int:
        """95 for a logbook, or a folder with `.trackio/logbook` in it."""
        return 95 if _home(path) else 0

    def read(self, path: Path, context: ImportContext) -> Iterator[NoteRecord | Problem]:
        """The pages by name; the contents table is left out, as the journal has lists."""
        home = _home(path)
        if home is None:
            raise JournalError(f"{path} holds no logbook.", "Name the folder with `.trackio`.")
        found = common.tree(home)
        pages = [name for name in found.files if re.fullmatch(r"pages/.+\.md", name)]
        for number, name in enumerate(pages):
            context.check()
            context.progress(number, len(pages))
            if name == "pages/index.md":
                continue
            try:
                text, losses = common.read_note(found.files[name])
                times = common.file_times(found.files[name])
            except (JournalError, OSError) as error:
                yield Problem(name, f"It cannot be read, and was left out: {error}")
                continue
            yield _page(name, text.replace("\r\n", "\n"), losses, times)
        for name in found.files:
            if name not in pages and name != "logbook.json":
                yield Problem(name, "It is no page: it was left out.")
        for outside in found.outside:
            yield Problem(str(outside.relative_to(home)), "It is a symbolic link: not followed.")


def _home(path: Path) -> Path | None:
    for folder in (path, path / "logbook", path / ".trackio" / "logbook"):
        if (folder / "logbook.json").is_file() and (folder / "pages").is_dir():
            return folder
    return None


def _page(name: str, text: str, losses: tuple[str, ...], times: tuple[int, int]) -> NoteRecord:
    slug = name.removeprefix("pages/").removesuffix("/page.md").removesuffix(".md")
    pieces = _CELL.split(text)
    first = pieces[0].strip("\n")
    heading = re.match(r"#[ \t]+(.+?)[ \t]*(?:\n|\Z)", first)
    parts = [first[heading.end() :].strip("\n") if heading else first]
    lost = list(losses)
    stamps: list[str] = []
    for head, body in zip(pieces[1::2], pieces[2::2], strict=True):
        try:
            cell = json.loads(head)
        except (ValueError, RecursionError):
            cell = None
        if not isinstance(cell, dict):
            lost.append("the head of a cell is not understood; it stays as text")
            parts.append(head)
            cell = {}
        kind = str(cell.get("type", ""))
        if kind in _DRAWN:
            lost.append(f"a {kind} cell is kept as its text only")
        if cell.get("created_at"):
            stamps.append(str(cell["created_at"]))
        shown = str(cell.get("title") or "")
        body = body.strip("\n")
        if shown and not body.startswith("#"):
            parts.append(f"## {shown}")
        parts.append(body)
    moments = sorted(ms for stamp in stamps if (ms := common.moment(stamp)))
    whole = "\n\n".join(part for part in parts if part)
    return NoteRecord(
        native_id=slug,
        title=heading[1] if heading else slug.replace("-", " "),
        body=whole,
        tags=tuple(common.inline_tags(whole)),
        created_at=moments[0] if moments else times[0],
        updated_at=moments[-1] if moments else times[1],
        stamp="|".join(stamps),
        names=(slug,),
        losses=tuple(lost),
    )
