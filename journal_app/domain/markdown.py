"""Markdown → HTML that is safe to show and to send out.

Invariants, whatever the text says:
* Raw HTML stays text. After rendering, an allow-list removes every tag, attribute and address that
  is not named in `markdown_clean` and `markdown_links`.
* Images come from `attachments/` of the journal only. Formulas, CSV tables and run cards stand in
  the HTML as text and links (`class="math"`, `class="embed …"`) until somebody draws them.
* `line-N` ids (asked for with `lines=True`) carry the number of the source line, counted from 0.
"""

from __future__ import annotations

import re
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass
from html import escape, unescape
from typing import Any

from journal_app.domain.markdown_clean import BLOCKS, TAGS, clean
from journal_app.domain.markdown_links import FOLDER, LINKS, attachment_path, link_target
from journal_app.domain.markdown_rules import Names

__all__ = [
    "FOLDER", "LINKS", "TAGS", "Names", "Rendered", "attachment_path", "clean", "document",
    "fill_math", "link_target", "render", "render_mapped",
]  # fmt: skip

PART = 40_000  # characters of HTML in one part, at least, where another follows

_MATH = re.compile(r'<(span|div)((?: id="[^"]*")?) class="math">([^<]*)</\1>')


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML and the source lines (from 0, ascending) that have a `line-N` id in it.

    `parts` is the same HTML cut between blocks of the outermost level.
    """

    html: str
    lines: tuple[int, ...]
    parts: tuple[str, ...] = ()


def render(text: str, *, lines: bool = False, names: Names | None = None) -> str:
    """The text as safe HTML: a fragment without head and body."""
    return render_mapped(text, lines=lines, names=names).html


def render_mapped(
    text: str, *, lines: bool = True, names: Names | None = None, inside: bool = False
) -> Rendered:
    """The text as safe HTML with the map of its lines.

    With `inside`, for the window: links to entries and runs, boxes of tasks that can be clicked.
    `names` says what [[titles]] and @runs mean; without it, and outside, they are words. Embedded
    attachments (`![[plot.png]]`) are found by it everywhere.
    """
    from journal_app.domain.markdown_parser import mark_lines, parser, top_level

    made = parser()
    env: MutableMapping[str, Any] = {"names": names, "inside": inside}
    tokens = made.parse(text, env)
    marked = mark_lines(tokens, BLOCKS) if lines else ()
    parts: list[str] = []
    waiting: list[str] = []
    size = 0
    for group in top_level(tokens):
        html = made.renderer.render(group, made.options, env)
        waiting.append(html)
        size += len(html)
        if size >= PART:
            parts.append(clean("".join(waiting), inside=inside))
            waiting, size = [], 0
    if waiting:
        parts.append(clean("".join(waiting), inside=inside))
    return Rendered("".join(parts), marked, tuple(parts))


def fill_math(html: str, draw: Callable[[str, bool], str]) -> str:
    """Rendered HTML with every formula replaced by what `draw(source, display)` gives.

    `draw` answers for its HTML: it is not cleaned again.
    """

    def drawn(match: re.Match[str]) -> str:
        tag, anchor, source = match.groups()
        display = tag == "div"
        made = draw(unescape(source), display)
        return f'<{tag}{anchor} class="drawn">{made}</{tag}>'

    return _MATH.sub(drawn, html)


def document(title: str, html: str, style: str) -> str:
    """A whole page of rendered HTML. `style` is CSS of the program, never of a text."""
    return (
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n'
        '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; '
        "style-src 'unsafe-inline'; img-src 'self' data:\">\n"
        f"<title>{escape(title)}</title>\n<style>\n{style}\n</style>\n</head>\n"
        f"<body>\n{html}\n</body>\n</html>\n"
    )
