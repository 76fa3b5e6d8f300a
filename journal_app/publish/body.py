"""The Markdown of a post as it leaves the journal.

Invariant: what the reader's site shows is what the journal's preview shows. Journal syntax goes,
attachments become files beside the page, and text that a site generator would execute (`{{ … }}`,
`{% … %}`) is made literal. A picture that only this computer can see is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from journal_app.domain.drafting import outside_code
from journal_app.domain.entry import Attachment, plain_line
from journal_app.domain.publishing import Post, slug
from journal_app.errors import JournalError

ATTACHMENT = re.compile(r"attachments/[0-9a-f]{2}/([0-9a-f]{64})(\.[a-z0-9]{1,8})")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_REMOTE = re.compile(r"(?:https?:)?//|data:image/", re.IGNORECASE)
_LOCAL_LINK = re.compile(r"file:|[a-z]:[\\/]|\\\\|/(?:home|Users|root|mnt|tmp)/", re.IGNORECASE)
_ENTRY_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(entry:[0-9A-Za-z]{26}\)")  # readers have no journal
_HTML_SRC = re.compile(r"""<img\b[^>]*?\ssrc\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


class _Parser(MarkdownIt):
    """CommonMark that keeps every address as it is written, `file:` included."""

    def validateLink(self, url: str) -> bool:
        return True

    def normalizeLink(self, url: str) -> str:
        return url


@dataclass(frozen=True, slots=True)
class Carried:
    """A file that goes with a post: what the text calls it, its public name, where it lies."""

    reference: str
    name: str
    source: Path
    sha256: str
    size: int


def carried(post: Post) -> list[Carried]:
    """The files that the text shows or links, each once.

    Raises JournalError for a missing file and for a picture or link that is local to this computer.
    """
    names = {file.sha256: file for file in post.attachments}
    found: dict[str, Carried] = {}
    for kind, address in _addresses(post.body):
        match = ATTACHMENT.fullmatch(address)
        if match is None:
            _refuse_local(post, kind, address)
        elif address not in found:
            found[address] = _carry(post, address, match, names.get(match.group(1)))
    return list(found.values())


def _addresses(text: str) -> Iterator[tuple[str, str]]:
    def walk(tokens: list[Token]) -> Iterator[tuple[str, str]]:
        for token in tokens:
            if token.type == "image":
                yield "picture", str(token.attrs.get("src", ""))
            elif token.type == "link_open":
                yield "link", str(token.attrs.get("href", ""))
            elif token.type in ("html_inline", "html_block"):
                for match in _HTML_SRC.finditer(token.content):
                    yield "picture", match.group(1)
            yield from walk(token.children or [])

    yield from walk(_Parser("commonmark").parse(text))


def _refuse_local(post: Post, kind: str, address: str) -> None:
    if kind == "picture" and not _REMOTE.match(address):
        raise JournalError(
            f"The post {post.title!r} shows the picture {address}, which is not an attachment: "
            "readers of the site could not see it.",
            "Drop the file into the post's editor, or attach it to a note (`journal add … --attach "
            "FILE`) and draft from that; or use a https address.",
        )
    if kind == "link" and _LOCAL_LINK.match(address):
        raise JournalError(
            f"The post {post.title!r} links {address}, which is a place on this computer.",
            "Attach the file or take the link out.",
        )


def _carry(post: Post, address: str, match: re.Match[str], file: Attachment | None) -> Carried:
    source = post.root / address
    try:
        size = source.stat().st_size
    except OSError as error:
        name = file.name if file else address
        raise JournalError(
            f"The post {post.title!r} shows {name}, but the attachment {source} is missing.",
            f"Attach it again or take it out of the text: `journal edit {post.id}`.",
        ) from error
    stem = slug(Path(file.name).stem if file else "picture", "picture")[:40].strip("-")
    name = f"{stem or 'picture'}-{match.group(1)[:12]}{match.group(2)}"
    return Carried(address, name, source, match.group(1), size)


def public_text(post: Post) -> str:
    """The body without journal syntax: `->run:…`, links to entries, a heading like the title."""
    lines: list[str] = []
    fenced = False
    for line in post.body.replace("\r\n", "\n").split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        if not fenced:
            line = _ENTRY_LINK.sub(r"\1", line)
        if fenced or "->" not in line:
            lines.append(line)
            continue
        kept = outside_code(line)
        if kept.strip() or not line.strip():
            lines.append(kept)
    while lines and not lines[0].strip():
        lines.pop(0)
    if lines and lines[0].startswith("# ") and plain_line(lines[0]) == post.title:
        lines.pop(0)
    return "\n".join(lines).strip("\n") + "\n"


def for_hugo(text: str, files: list[Carried]) -> str:
    """Pictures stand in the bundle; shortcodes in the text are shown, not run."""
    text = re.sub(r"\{\{([<%])(?!/\*)(.*?)([>%])\}\}", r"{{\1/*\2*/\3}}", text, flags=re.DOTALL)
    text = re.sub(r"\{\{([<%])(?!/\*)", r"{&#123;\1", text)  # an opening without its end
    for file in files:
        text = text.replace(file.reference, file.name)
    return text


def for_jekyll(text: str, files: list[Carried], folder: str) -> str:
    """Pictures stand in `assets/<slug>/`; Liquid in the text is shown, not run."""
    raw = "{{" in text or "{%" in text
    if raw:
        text = re.sub(r"\{(%-?\s*endraw)", r'{% endraw %}{{ "{" }}{% raw %}\1', text)
    for file in files:
        # The base address of a project site is known to Jekyll alone.
        link = f'{{{{ "/{folder}/{file.name}" | relative_url }}}}'
        text = text.replace(file.reference, "{% endraw %}" + link + "{% raw %}" if raw else link)
    return "{% raw %}\n" + text + "{% endraw %}\n" if raw else text
