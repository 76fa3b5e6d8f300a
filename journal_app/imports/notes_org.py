"""Org files: one entry a file, headings inside it. The markup becomes Markdown outside blocks.

Agenda lines, drawers and timestamps stay as they are written; only the file's own properties and
`#+key:` lines leave the text and stand in `front`.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from journal_app.domain.experiments import Json, Problem
from journal_app.domain.notes import NoteFile, NoteLink, NoteRecord
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports import notes_common as common
from journal_app.imports.notes_markdown import leftovers

_KEY = re.compile(r"#\+(\w+):[ \t]*(.*)")
_PROPERTY = re.compile(r"[ \t]*:([\w-]+):[ \t]*(.*)")
_BEGIN = re.compile(r"[ \t]*#\+begin_(\w+)(?:[ \t]+(\S+))?.*", re.IGNORECASE)
_HEADING = re.compile(r"(\*{1,8})[ \t]+(.*)")
_RULE = re.compile(r"[ \t]*\|[-+|]+\|[ \t]*")
_DATE = re.compile(r"[\[<]?(\d{4}-\d\d-\d\d)(?:[ \t]+\w{2,4}\.?)?(?:[ \t]+(\d\d:\d\d))?[\]>]?")
_MARKUP = re.compile(
    r"\[\[(?P<link>[^\[\]\n]{1,500})\](?:\[(?P<text>[^\[\]\n]{1,500})\])?\]"
    r"|(?<![\w=~])(?P<mark>[=~*/+])(?P<inner>[^\s=~](?:[^\n]{0,300}?[^\s])?)(?P=mark)(?![\w=~*/+])"
)
_MARKS = {"=": "`", "~": "`", "*": "**", "/": "*", "+": "~~"}


class OrgImporter:
    """A folder of Org files, or one of them."""

    title = "Org files"
    version = "1"

    def sniff(self, path: Path) -> int:
        """85 for an Org file, 60 for a folder with more Org than Markdown files."""
        if path.is_file():
            return 85 if path.suffix.lower() == ".org" else 0
        names = [name.lower() for name in common.tree(path).files]
        org = sum(name.endswith(".org") for name in names)
        return 60 if org > sum(name.endswith(".md") for name in names) else 0

    def read(self, path: Path, context: ImportContext) -> Iterator[NoteRecord | Problem]:
        """One note a file; then what was not taken."""
        alone = path.is_file()
        found = common.Tree({path.name: path}) if alone else common.tree(path)
        pages = [name for name in found.files if name.lower().endswith(".org")]
        used = set(pages)
        for number, name in enumerate(pages):
            context.check()
            context.progress(number, len(pages))
            try:
                text, losses = common.read_note(found.files[name])
                times = common.file_times(found.files[name])
            except (JournalError, OSError) as error:
                yield Problem(name, f"It cannot be read, and was left out: {error}")
                continue
            yield _Page(found, used, name).record(text.replace("\r\n", "\n"), losses, times)
        if not alone:
            yield from leftovers(path, found, used)


class _Page:
    """One file on its way to Markdown."""

    def __init__(self, found: common.Tree, used: set[str], name: str) -> None:
        self._found, self._used, self._name = found, used, name
        self._links: list[NoteLink] = []
        self._files: list[NoteFile] = []
        self._lost: list[str] = []

    def record(self, text: str, losses: tuple[str, ...], times: tuple[int, int]) -> NoteRecord:
        """The note."""
        head, lines = _head(text.split("\n"))
        stem = self._name.rpartition("/")[2].rpartition(".")[0]
        title, id = head.pop("title", "") or stem, head.get("id", "")
        date = head.pop("date", "")
        given, bad = common.tags_of(
            [tag for tag in re.split(r"[:\s]+", head.pop("filetags", "")) if tag]
        )
        self._lost += [*losses, *(f"{word!r} is no tag" for word in bad)]
        body = "\n".join(self._lines(lines)).strip("\n")
        match = _DATE.match(date)
        created = common.moment(f"{match[1]} {match[2] or '12:00'}") if match else None
        if date and created is None:
            self._lost.append(f"its date is not understood: {date!r}")
        front: dict[str, Json] = {f"org_{key}": value for key, value in head.items()}
        if "/" in self._name:
            front["folder"] = self._name.rpartition("/")[0]
        return NoteRecord(
            native_id=self._name,
            title=title,
            body=body,
            tags=tuple(dict.fromkeys([*given, *common.inline_tags(body)])),
            created_at=created or times[0],
            updated_at=max(times[1], created or 0),
            stamp=date,
            names=(self._name, f"id:{id}" if id else stem, stem),
            links=tuple(self._links),
            files=tuple(self._files),
            front=front,
            losses=tuple(self._lost),
        )

    def _lines(self, lines: list[str]) -> Iterator[str]:
        end = ""
        for line in lines:
            if end:
                closing = line.strip().lower() == f"#+end_{end}"
                yield _closed(end) if closing else f"> {line}" if end == "quote" else line
                end = "" if closing else end
            elif begin := _BEGIN.fullmatch(line):
                end = begin[1].lower()
                yield "" if end == "quote" else f"```{begin[2] or ''}".rstrip()
            elif heading := _HEADING.fullmatch(line):
                yield f"{'#' * min(6, len(heading[1]))} {self._inline(heading[2])}"
            elif _RULE.fullmatch(line):
                yield line.replace("+", "|")
            else:
                yield self._inline(line)
        if end:
            yield _closed(end)

    def _inline(self, line: str) -> str:
        return _MARKUP.sub(self._one, line)

    def _one(self, match: re.Match[str]) -> str:
        if match["mark"]:
            mark = _MARKS[match["mark"]]
            return f"{mark}{match['inner']}{mark}"
        target, text = match["link"], match["text"] or ""
        if re.match(r"(?:https?|mailto):", target):
            return f"[{text}]({target})" if text else f"<{target}>"
        if target.startswith("id:"):
            return self._link(target, text or target, match[0])
        address = target.removeprefix("file:").partition("::")[0]
        place = posixpath.join(posixpath.dirname(self._name), address)
        inside = posixpath.normpath(place)
        if inside.lower().endswith(".org"):
            return self._link(inside, text or address, match[0])
        if inside in self._found.files:
            self._used.add(inside)
            name = inside.rpartition("/")[2]
            self._files.append(NoteFile(name, self._found.files[inside], text))
            return f"\0A{len(self._files) - 1}\0"
        self._lost.append(f"the link {target!r} leads to nothing in the folder")
        return match[0]

    def _link(self, name: str, text: str, original: str) -> str:
        self._links.append(NoteLink(name, text, original))
        return f"\0L{len(self._links) - 1}\0"


def _closed(block: str) -> str:
    return "" if block == "quote" else "```"


def _head(lines: list[str]) -> tuple[dict[str, str], list[str]]:
    """The properties and `#+key:` lines at the top of a file, and the lines after them."""
    head: dict[str, str] = {}
    inside = False
    for number, line in enumerate(lines):
        if line.strip().upper() == ":PROPERTIES:" and not inside:
            inside = True
        elif inside and line.strip().upper() == ":END:":
            inside = False
        elif inside and (match := _PROPERTY.fullmatch(line)):
            head[match[1].lower()] = match[2].strip()
        elif match := _KEY.fullmatch(line):
            key, value = match[1].lower(), match[2].strip()
            head[key] = f"{head[key]} {value}" if key in head else value
        elif line.strip():
            return head, lines[number:]
    return head, []
