"""Dated log files: one Markdown file with a heading such as `## 2026-03-24: Title (negative)`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from journal_app.domain.experiments import Json, Problem
from journal_app.domain.notes import NoteRecord
from journal_app.extend.protocols import ImportContext
from journal_app.imports import notes_common as common
from journal_app.imports.files import HEAD, head

_HEADING = re.compile(
    r"^(#{1,4})[ \t]+\[?(\d{4}-\d\d-\d\d)\]?(?:[ \t]+(?:to|until|[-–—])[ \t]+(\d{4}-\d\d-\d\d))?"
    r"(?:[ \t]*[:–—-][ \t]*|[ \t]+|$)(.*)$"
)
_NEGATIVE = re.compile(r"\([^()]*\bnegative\b[^()]*\)", re.IGNORECASE)


class DatedLogImporter:
    """One entry for each dated heading; `(negative)` in a heading becomes the tag `negative`."""

    title = "Dated log file (## 2026-03-24: Title)"
    version = "1"

    def sniff(self, path: Path) -> int:
        """80 for a text file with two dated headings at its beginning, 60 for one."""
        if not path.is_file() or path.suffix.lower() not in (".md", ".markdown", ".txt"):
            return 0
        text = head(path, HEAD).decode("utf-8", "replace")
        found = sum(1 for _, heading in _lines(text) if heading)
        return 80 if found > 1 else 60 if found else 0

    def read(self, path: Path, context: ImportContext) -> Iterator[NoteRecord | Problem]:
        """The entries in the order of the file; the text before the first heading is listed."""
        text, losses = common.read_note(path)
        before: list[str] = []
        parts: list[tuple[re.Match[str], list[str]]] = []
        level = ""
        for line, heading in _lines(text):
            if heading and (not level or heading[1] == level):
                level = heading[1]
                parts.append((heading, []))
            else:
                (parts[-1][1] if parts else before).append(line)
        preamble = _body(before)
        if preamble:
            words = " ".join(preamble.split())
            yield Problem(path.name, f"The text before the first date is not carried: {words}")
        ids = common.numbered(f"{h[2]}: {h[4].strip()}" for h, _ in parts)
        for number, ((heading, lines), native) in enumerate(zip(parts, ids, strict=True)):
            context.check()
            context.progress(number, len(parts))
            _, day, until, title = heading.groups()
            body = _body(lines)
            front: dict[str, Json] = {"log_date": day}
            if until:
                front["log_until"] = until
            at = common.moment(day)
            lost = losses if at else (*losses, f"{day} is no date")
            tags = common.inline_tags(body)
            if _NEGATIVE.search(title):
                tags.append("negative")
            yield NoteRecord(
                native_id=native,
                title=title.strip() or day,
                body=body,
                tags=tuple(dict.fromkeys(tags)),
                created_at=at,
                updated_at=common.moment(until) if until else at,
                stamp=f"{day}|{until or ''}",
                front=front,
                losses=lost,
            )


def _lines(text: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    fence = ""
    for line in text.replace("\r\n", "\n").split("\n"):
        mark = line.lstrip()[:3]
        if mark in ("```", "~~~") and (not fence or fence == mark):
            fence = "" if fence else mark
            yield line, None
            continue
        yield line, None if fence else _HEADING.match(line)


def _body(lines: list[str]) -> str:
    """The lines without the blank ones and rules that part two entries."""
    kept = list(lines)
    while kept and (not kept[-1].strip() or re.fullmatch(r"\s*(-{3,}|\*{3,}|_{3,})\s*", kept[-1])):
        kept.pop()
    while kept and not kept[0].strip():
        kept.pop(0)
    return "\n".join(kept)
