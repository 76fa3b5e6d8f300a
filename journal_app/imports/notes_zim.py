"""Zim notebooks: `notebook.zim` and `Page.txt` files in its wiki markup, attachments beside them.

The markup becomes Markdown outside verbatim text; what has no counterpart stays as it is written.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from journal_app.domain.experiments import Problem
from journal_app.domain.notes import NoteFile, NoteLink, NoteRecord
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports import notes_common as common
from journal_app.imports.notes_markdown import leftovers

_HEADER = re.compile(r"Content-Type: text/x-zim-wiki\r?\n((?:[\w-]+:.*\r?\n)*)\r?\n?")
_CREATED = re.compile(r"^Creation-Date: (.*?)\r?$", re.MULTILINE)
_HEADING = re.compile(r"^(={2,6})[ \t]+(\S[^\n]{0,300}?)[ \t]+=+[ \t]*$", re.MULTILINE)
_BOX = re.compile(r"^(\t*)(?:[*-][ \t]+)?\[([ *xo><])\][ \t]", re.MULTILINE)
_TAG = re.compile(r"(?<![\w@./])@([^\W\d_]\w*)")
_MARKUP = re.compile(
    r"(?P<code>'''.*?'''|''[^'\n]+'')"
    r"|\[\[(?P<link>[^\[\]\n|]{1,500})(?:\|(?P<text>[^\[\]\n]{0,500}))?\]\]"
    r"|\{\{(?P<image>[^{}\n?]{1,500})(?:\?[^{}\n]{0,100})?\}\}"
    r"|(?<![:/\w])//(?P<italic>[^\s/](?:[^\n]{0,500}?[^\s/])?)//(?!/)",
    re.DOTALL,
)


class ZimImporter:
    """One entry for each page."""

    title = "Zim notebook"
    version = "1"

    def sniff(self, path: Path) -> int:
        """95 for a folder with `notebook.zim`."""
        return 95 if path.is_dir() and (path / "notebook.zim").is_file() else 0

    def read(self, path: Path, context: ImportContext) -> Iterator[NoteRecord | Problem]:
        """The pages by name; then the files that no page shows."""
        found = common.tree(path)
        pages = [name for name in found.files if name.endswith(".txt")]
        used = {"notebook.zim"}
        for number, name in enumerate(pages):
            context.check()
            context.progress(number, len(pages))
            try:
                text, losses = common.read_note(found.files[name])
                times = common.file_times(found.files[name])
            except (JournalError, OSError) as error:
                used.add(name)
                yield Problem(name, f"It cannot be read, and was left out: {error}")
                continue
            header = _HEADER.match(text)
            if header is None:
                continue  # no page: it is listed unless a page shows it
            used.add(name)
            made = _CREATED.search(header.group(1))
            stamp = made.group(1) if made else ""
            body = text[header.end() :].replace("\r\n", "\n")
            yield _page(found, used, name, body, stamp, losses, times)
        yield from leftovers(path, found, used)


def _page(
    found: common.Tree,
    used: set[str],
    name: str,
    text: str,
    stamp: str,
    losses: tuple[str, ...],
    times: tuple[int, int],
) -> NoteRecord:
    stem = name.removesuffix(".txt")
    links: list[NoteLink] = []
    files: list[NoteFile] = []
    lost = list(losses)

    def attach(address: str, text: str, original: str) -> str:
        inside = posixpath.normpath(posixpath.join(stem, address.replace("\\", "/")))
        if inside not in found.files:
            lost.append(f"the file {address!r} does not lie in the notebook")
            return original
        used.add(inside)
        files.append(NoteFile(inside.rpartition("/")[2], found.files[inside], text))
        return f"\0A{len(files) - 1}\0"

    def one(match: re.Match[str]) -> str:
        original = match.group(0)
        if (code := match["code"]) is not None:
            if not code.startswith("'''"):
                return f"`{code[2:-2]}`"
            inner = code[3:-3]
            fence = "~~~" if "```" in inner else "```"
            return f"{fence}\n{inner.strip(chr(10))}\n{fence}" if "\n" in inner else f"`{inner}`"
        if match["italic"] is not None:
            return f"*{match['italic']}*"
        if match["image"] is not None:
            return attach(match["image"], "", original)
        target, shown = match["link"].strip(), match["text"]
        if re.match(r"(?:https?|mailto):", target):
            return f"[{shown}]({target})" if shown else f"<{target}>"
        if target.startswith(("./", "../")):
            return attach(target, shown or "", original)
        page = _target(found, stem, target)
        links.append(NoteLink(page, shown or target.strip(":+"), original))
        return f"\0L{len(links) - 1}\0"

    body = _MARKUP.sub(one, _BOX.sub(_box, text))
    body = _HEADING.sub(lambda m: f"{'#' * (7 - len(m[1]))} {m[2]}", body).strip("\n")
    title, _, rest = body.partition("\n")
    named = title.removeprefix("# ").strip() if title.startswith("# ") else ""
    given, _ = common.tags_of(_TAG.findall(text))
    created = common.moment(stamp)
    return NoteRecord(
        native_id=stem.replace("/", ":"),
        title=named or stem.rpartition("/")[2].replace("_", " "),
        body=rest.strip("\n") if named else body,
        tags=tuple(dict.fromkeys([*given, *common.inline_tags(body)])),
        created_at=created or times[0],
        updated_at=max(times[1], created or 0),
        stamp=stamp,
        names=(stem,),
        links=tuple(links),
        files=tuple(files),
        front={"folder": stem.rpartition("/")[0]} if "/" in stem else {},
        losses=tuple(lost),
    )


def _box(match: re.Match[str]) -> str:
    return f"{match[1]}- [{' ' if match[2] in ' ><' else 'x'}] "


def _target(found: common.Tree, stem: str, link: str) -> str:
    """The page that a link means: `:Top`, `+Sub`, or the nearest one upwards."""
    name = link.partition("#")[0].replace(" ", "_").replace(":", "/")
    if name.startswith("/"):
        return name.strip("/")
    if name.startswith("+"):
        return f"{stem}/{name[1:]}"
    place = stem.rpartition("/")[0]
    while place:
        if f"{place}/{name}.txt" in found.files:
            return f"{place}/{name}"
        place = place.rpartition("/")[0]
    return name
