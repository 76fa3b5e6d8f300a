"""Entries as parts of one HTML page: rendered text whose addresses lead nowhere outside the page.

Invariant: what is put into rendered HTML here is made by this module or escaped; the rendered HTML
itself comes from `markdown.render` and was cleaned there.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from html import escape, unescape

from journal_app.domain.entry import Entry
from journal_app.domain.formulas import Formula
from journal_app.domain.formulas import draw as draw_formula
from journal_app.domain.markdown import Names, attachment_path, fill_math, render

IMAGES = {
    "image/png",
    "image/jpeg",
    "image/gif",
    "image/webp",
    "image/bmp",
    "image/svg+xml",  # an <img> runs no script in it and loads nothing for it
}
MATH_PX = 17.0
MATH_COLOUR = "#23201b"

Image = Callable[[str], str | None]  # what stands in `src` for an attachment; None: not there

_TAG = re.compile(r"<[a-z][^>]*>")
_PLACE = re.compile(r'\b(id|href)="(#?)(fn(?:ref)?\d+(?::\d+)?|h-[^"]*)"')
_IMG = re.compile(r'<img\b[^>]*?\bsrc="([^"]*)"[^>]*>')
_SRC = re.compile(r'\bsrc="[^"]*"')
_ALT = re.compile(r'\balt="([^"]*)"')
_HEADING = re.compile(r"\s*<h([1-6])\b.*?</h\1>", re.DOTALL)
_FILE = re.compile(r'\bhref="(attachments/[^"]*)"')


def data_uri(media_type: str, data: bytes) -> str:
    """Bytes as an address that holds them."""
    return f"data:{media_type};base64,{base64.b64encode(data).decode('ascii')}"


def drawn_math(source: str, display: bool) -> str:
    """A formula as an image with its source as words; the source where it cannot be drawn."""
    made = draw_formula(source, size=MATH_PX, colour=MATH_COLOUR, display=display)
    if not isinstance(made, Formula):
        return f"<code>{escape(source)}</code>"
    address = data_uri("image/svg+xml", made.svg.encode())
    return (
        f'<img class="math" src="{address}" alt="{escape(source)}" width="{made.width:.0f}"'
        f' height="{made.height:.0f}" style="vertical-align:-{made.depth:.1f}px">'
    )


def body_html(entry: Entry, image: Image, math: Callable[[str, bool], str] = drawn_math) -> str:
    """The text of an entry; ids are its own, so that many fit on one page."""
    mark = f"e{entry.id[-10:].lower()}-"

    def own(match: re.Match[str]) -> str:
        return _PLACE.sub(rf'\1="\2{mark}\3"', match.group())

    def shown(match: re.Match[str]) -> str:
        path = attachment_path(unescape(match.group(1)))
        address = image(path) if path is not None else None
        if address is not None:
            return _SRC.sub(f'src="{escape(address)}"', match.group(), count=1)
        words = _ALT.search(match.group())
        return f'<span class="missing">[image: {words.group(1) if words else ""}]</span>'

    files = {file.name: file.path for file in entry.attachments}
    names = Names(lambda _title: None, lambda _run: None, files.get)
    html = _TAG.sub(own, render(entry.body, names=names))
    html = _FILE.sub(r'title="\1"', _IMG.sub(shown, html))
    return fill_math(html, math)


def facts(entry: Entry) -> str:
    """Kind, day and tags of an entry, in one line."""
    parts = [entry.kind, _day(entry), *(f"#{tag}" for tag in entry.tags)]
    return " · ".join(parts)


def article(entry: Entry, body: str) -> str:
    """One entry of the page. A text that begins with its own title gets no second one."""
    title = escape(entry.title or "Untitled")
    line = f'<p class="facts">{escape(facts(entry))}</p>'
    start = re.match(r"\s*#{1,6}\s+(.*?)\s*#*\s*(?:\n|$)", entry.body)
    own = _HEADING.match(body) if start is not None and start.group(1) == entry.title else None
    if own is None:
        whole = f"<h1>{title}</h1>\n{line}\n{body}"
    else:
        whole = f"{own.group()}\n{line}\n{body[own.end() :]}"
    return f'<article id="e-{entry.id}">\n{whole}\n</article>\n'


def contents(entries: Sequence[Entry]) -> str:
    """A table of contents; "" for a single entry."""
    if len(entries) < 2:
        return ""
    lines = "\n".join(
        f'<li><a href="#e-{entry.id}">{escape(entry.title or "Untitled")}</a>'
        f" <time>{_day(entry)}</time></li>"
        for entry in entries
    )
    return f"<nav>\n<ol>\n{lines}\n</ol>\n</nav>\n"


def _day(entry: Entry) -> str:
    return f"{datetime.fromtimestamp(entry.created_at / 1000, UTC):%Y-%m-%d}"
