"""jrnl: its JSON export and its text journal (`[2026-03-24 09:15] Title`)."""

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
from journal_app.imports.files import head

JOURNAL_LIMIT = 256 << 20
_ENTRY = re.compile(
    r"^\[?(\d{4}-\d\d-\d\d)[ T](\d\d?:\d\d(?::\d\d)?(?:[ ]?[APap][Mm])?)\]?[ \t]+(\S.*)$"
)
_TAG = re.compile(r"(?<![\w@])@(\w[\w/-]*)")
_TAKEN = {"title", "body", "date", "time", "tags", "starred"}


class JrnlImporter:
    """One entry for each of jrnl's; `@tags` become tags, a star the tag `starred`."""

    title = "jrnl (JSON export or text journal)"
    version = "1"

    def sniff(self, path: Path) -> int:
        """90 for the JSON export, 70 for a text that starts with a dated line."""
        if not path.is_file():
            return 0
        text = head(path).decode("utf-8-sig", "replace")
        if path.suffix.lower() == ".json":
            return 90 if '"entries"' in text and re.search(r'"(tags|entries)"\s*:', text) else 0
        first = next((line for line in text.splitlines() if line.strip()), "")
        return 70 if _ENTRY.match(first) else 0

    def read(self, path: Path, context: ImportContext) -> Iterator[NoteRecord | Problem]:
        """The entries in the order of the file."""
        text, losses = common.read_note(path, JOURNAL_LIMIT)
        if text.lstrip().startswith("{"):
            rows, problems = _json(path, text)
        else:
            rows, problems = _text(path, text)
        yield from problems
        ids = common.numbered(f"{row['date']} {row['time']}" for row in rows)
        for number, (row, native) in enumerate(zip(rows, ids, strict=True)):
            context.check()
            context.progress(number, len(rows))
            yield _record(row, native, losses)


def _record(row: dict[str, object], native: str, losses: tuple[str, ...]) -> NoteRecord:
    title, body = str(row.get("title") or "").strip(), str(row.get("body") or "").strip("\n")
    if title.endswith(" *") or title.startswith("* "):
        title, row = title.strip("* "), {**row, "starred": True}
    given, bad = common.tags_of(
        [str(tag).lstrip("@") for tag in tags]
        if isinstance(tags := row.get("tags"), list)
        else _TAG.findall(f"{title}\n{body}")
    )
    lost = [*losses, *(f"{word!r} is no tag" for word in bad)]
    lost += [f"its field {key!r} is not carried" for key in row if key not in _TAKEN]
    stamp = f"{row['date']} {row['time']}"
    at = common.moment(_clock(stamp))
    if at is None:
        lost.append(f"its time is not understood: {stamp}")
    tags = [*given, *common.inline_tags(body), *(["starred"] if row.get("starred") else [])]
    return NoteRecord(
        native_id=native,
        title=title,
        body=body,
        tags=tuple(dict.fromkeys(tags)),
        created_at=at,
        updated_at=at,
        stamp=stamp,
        losses=tuple(lost),
    )


def _json(path: Path, text: str) -> tuple[list[dict[str, object]], list[Problem]]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise JournalError(f"{path} is not JSON: {error}.", "Export it again.") from error
    found = value.get("entries") if isinstance(value, dict) else None
    if not isinstance(found, list):
        raise JournalError(f"{path} holds no entries of jrnl.", "`jrnl --format json` makes one.")
    rows: list[dict[str, object]] = []
    problems: list[Problem] = []
    for number, row in enumerate(found):
        if isinstance(row, dict) and row.get("date") and (row.get("title") or row.get("body")):
            rows.append({"time": "12:00", "title": "", **row})
        else:
            problems.append(Problem(path.name, f"Entry {number + 1} has no date or no text."))
    return rows, problems


def _text(path: Path, text: str) -> tuple[list[dict[str, object]], list[Problem]]:
    rows: list[dict[str, object]] = []
    bodies: list[list[str]] = []
    before: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        match = _ENTRY.match(line)
        if match:
            rows.append({"date": match[1], "time": match[2], "title": match[3]})
            bodies.append([])
        else:
            (bodies[-1] if bodies else before).append(line)
    for row, lines in zip(rows, bodies, strict=True):
        row["body"] = "\n".join(lines)
    lost = " ".join(" ".join(before).split())
    problems = [Problem(path.name, f"The text before the first entry is not carried: {lost}")]
    return rows, problems if lost else []


def _clock(stamp: str) -> str:
    """A date and a time of jrnl as ISO: `9:15`, `09:15 PM`."""
    match = re.fullmatch(r"(\S+) (\d\d?):(\d\d)(:\d\d)?\s*([APap])?[Mm]?", stamp)
    if match is None:
        return stamp
    day, hour, minute, second, half = match.groups()
    hours = int(hour)
    if half:
        hours = hours % 12 + (12 if half.lower() == "p" else 0)
    return f"{day} {hours:02d}:{minute}{second or ''}"
