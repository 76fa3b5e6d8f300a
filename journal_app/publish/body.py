"""The Markdown of a post as it leaves the journal.

Invariant: what the reader's site shows is what the journal's preview shows. Journal syntax goes,
attachments become files beside the page, and text that a site generator or a browser would execute
(`{{ … }}`, `{% … %}`, HTML) is made literal. A picture that only this computer can see is an error,
and so is a link that would run something.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown_it.token import Token

from journal_app.domain import links
from journal_app.domain.digest_block import without_digest
from journal_app.domain.drafting import outside_code
from journal_app.domain.entry import Attachment, plain_line, reference
from journal_app.domain.markdown_links import on_this_computer, refused_scheme
from journal_app.domain.markdown_parser import Parser
from journal_app.domain.publishing import slug
from journal_app.domain.targets import Post
from journal_app.errors import JournalError

ATTACHMENT = re.compile(r"attachments/[0-9a-f]{2}/([0-9a-f]{64})(\.[a-z0-9]{1,8})")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)")
_REMOTE = re.compile(r"(?:https?:)?//|data:image/", re.IGNORECASE)
# The beginning of a tag or comment, but not of <https://…> or <name@host>.
_TAG = re.compile(
    r"<(?=[A-Za-z/!?])(?!(?:https?://|mailto:)[^\s<>]*>|[\w.+-]+@[\w.-]+>)", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")  # readers of addresses skip them


class _Addresses(Parser):
    """CommonMark that keeps every address as it is written, `file:` included."""

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
    for kind, address in _addresses(_without_names(post)):
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
            yield from walk(token.children or [])

    yield from walk(_Addresses("commonmark", {"html": False}).parse(text))


def _refuse_local(post: Post, kind: str, address: str) -> None:
    if kind == "picture" and not _REMOTE.match(address):
        raise JournalError(
            f"The post {post.title!r} shows the picture {address}, which is not an attachment: "
            "readers of the site could not see it.",
            "Drop the file into the post's editor, or attach it to a note (`journal add … --attach "
            "FILE`) and draft from that; or use a https address.",
        )
    if kind == "link" and on_this_computer(address):
        raise JournalError(
            f"The post {post.title!r} links {address}, which is a place on this computer.",
            "Attach the file or take the link out.",
        )
    scheme = refused_scheme(address)
    if kind == "link" and scheme is not None:
        raise JournalError(
            f"The post {post.title!r} has a link that begins with {scheme}:, which a site must not"
            " carry.",
            "Use a http, https or mailto address, or take the link out.",
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


def _without_names(post: Post) -> str:
    """The body with words in place of what only the journal knows: entries, runs, file names.

    What it says for social networks alone is left out.
    """
    files = {file.name: file for file in post.attachments}
    text = without_digest(post.body)
    made: list[str] = []
    last = 0
    for found in links.mentions(text):
        if found.bare:
            continue
        file = files.get(found.name) if found.embed else None
        words = links.label(found.shown or found.name)
        made += [text[last : found.start], reference(file) if file else words]
        last = found.end
    return _CONTROL.sub("", "".join([*made, text[last:]]))


def _literal_html(text: str) -> str:
    """HTML as the words that the preview shows; in code it is that already."""
    code = sorted(links.code_spans(text))
    made: list[str] = []
    last = at = 0
    for match in _TAG.finditer(text):
        while at < len(code) and code[at][1] <= match.start():
            at += 1
        if at < len(code) and code[at][0] <= match.start():
            continue
        made += [text[last : match.start()], "&lt;"]
        last = match.end()
    return "".join([*made, text[last:]])


def _has_html(tokens: list[Token]) -> bool:
    return any(
        token.type in ("html_inline", "html_block") or _has_html(token.children or [])
        for token in tokens
    )


def public_text(post: Post) -> str:
    """The body without journal syntax: `->run:…`, links to entries, a heading like the title.

    HTML in it is made literal. Raises JournalError where that cannot be made sure.
    """
    body = _literal_html(_without_names(post))
    if _has_html(Parser("commonmark").parse(body)):
        raise JournalError(
            f"The post {post.title!r} has HTML that a site might run.",
            "Put it into a code block, or take it out.",
        )
    lines: list[str] = []
    fenced = False
    for line in body.replace("\r\n", "\n").split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
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
