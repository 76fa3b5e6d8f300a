"""RedNotebook: a folder of months (`2026-03.txt`, YAML) with a text and categories for each day."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from journal_app.domain.experiments import Json, Problem
from journal_app.domain.notes import NoteFile, NoteRecord
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports import notes_common as common

MONTH_LIMIT = 4 << 20  # characters of one month
_MONTH = re.compile(r"(\d{4}-\d\d)\.txt")
_HEADING = re.compile(r"^(={1,5})[ \t]*(\S[^\n]{0,300}?)[ \t]*\1[ \t]*$", re.MULTILINE)
_ITALIC = re.compile(r"(?<![:/\w])//(?=\S)([^\n/](?:[^\n]{0,500}?[^\s/])?)//(?!/)")
_STRUCK = re.compile(r"(?<![-\w])--(?=[^\s-])([^\n]{0,500}?[^\s-])--(?![-\w])")
_NAMED = re.compile(r"\[([^\[\]\n\"]+?)[ \t]+\"\"([^\"\n]+)\"\"\]")
_IMAGE = re.compile(r"\[\"\"([^\"\n]+)\"\"(\.\w{1,5})(?:\?\d+)?\]")


class RedNotebookImporter:
    """One entry for each day; hashtags become tags, categories a list under the text."""

    title = "RedNotebook"
    version = "1"

    def sniff(self, path: Path) -> int:
        """80 for a folder with month files."""
        if not path.is_dir():
            return 0
        try:
            months = [item for item in path.iterdir() if _MONTH.fullmatch(item.name)]
        except OSError:
            return 0
        return 80 if months else 0

    def read(self, path: Path, context: ImportContext) -> Iterator[NoteRecord | Problem]:
        """The days in order. Pictures are only linked there: one outside the folder is listed."""
        found = common.tree(path)
        months = [name for name in found.files if _MONTH.fullmatch(name)]
        for number, name in enumerate(months):
            context.check()
            context.progress(number, len(months))
            try:
                text, losses = common.read_note(found.files[name])
                days = common.load_yaml(text, MONTH_LIMIT)
            except (JournalError, OSError) as error:
                yield Problem(name, f"It cannot be read, and was left out: {error}")
                continue
            if not isinstance(days, Mapping):
                if days is not None:
                    yield Problem(name, "It holds no days: it was left out.")
                continue
            for day, content in days.items():
                date = f"{name[:7]}-{str(day).zfill(2)}"
                at = common.moment(date)
                if at is None or not isinstance(content, Mapping):
                    yield Problem(name, f"The day {day!r} is not understood: it was left out.")
                    continue
                yield _day(path, found, date, at, content, losses)
        for outside in found.outside:
            yield Problem(str(outside.relative_to(path)), "It is a symbolic link: not followed.")
        for name in found.files:
            if name not in months:
                yield Problem(
                    name, "It is no month; a picture that a day shows comes with the day."
                )


def _day(
    folder: Path,
    found: common.Tree,
    date: str,
    at: int,
    content: Mapping[str, Json],
    losses: tuple[str, ...],
) -> NoteRecord:
    lost = list(losses)
    files: list[NoteFile] = []

    def image(match: re.Match[str]) -> str:
        address = (match[1] + match[2]).removeprefix("file://")
        inside = address.removeprefix(folder.as_posix() + "/")
        if inside not in found.files:
            lost.append(f"the picture {address!r} does not lie in the folder")
            return match[0]
        files.append(NoteFile(inside.rpartition("/")[2], found.files[inside]))
        return f"\0A{len(files) - 1}\0"

    body = _IMAGE.sub(image, str(content.get("text") or "").strip("\n"))
    body = _NAMED.sub(r"[\1](\2)", body)
    body = _HEADING.sub(lambda m: f"{'#' * len(m[1])} {m[2]}", body)
    body = _STRUCK.sub(r"~~\1~~", _ITALIC.sub(r"*\1*", body))
    parts = [body] if body else []
    for name, items in content.items():
        if name == "text" or items is None:
            continue
        lines = [f"- {item}" for item in items] if isinstance(items, Mapping | list) else []
        parts.append("\n".join([f"**{name}**", "", *(lines or [f"- {items}"])]))
    whole = "\n\n".join(parts)
    return NoteRecord(
        native_id=date,
        title=date,
        body=whole,
        tags=tuple(common.inline_tags(whole)),
        created_at=at,
        updated_at=at,
        stamp=date,
        names=(date,),
        files=tuple(files),
        losses=tuple(lost),
    )
