"""Pages of a long text: the preview lays out one at a time, so that no text freezes the window."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

from journal_app.domain.markdown import PART, Rendered
from journal_app.gui.inspector.run_card import card_text
from journal_app.gui.language import number, tr

if TYPE_CHECKING:
    from journal_app.domain.runcards import RunCard

REST = "rest"  # scheme of the links that turn pages; no text can name it
MOST = 5 * PART  # characters of one block that is shown as it is
MOST_TAGS = 12_000  # signs "<" in one: each piece of a paragraph takes time to lay out
KEPT = 20_000  # characters shown of a block that is longer

_LINE = re.compile(r'id="line-(\d+)"')


@dataclass(frozen=True, slots=True)
class Page:
    """Safe HTML, and the first source line in it."""

    line: int
    html: str


def pages(text: Rendered) -> list[Page]:
    """The pages of a rendered text, at least one. Run it in a worker."""
    made: list[Page] = []
    for part in text.parts or ("",):
        match = _LINE.search(part)
        line = int(match.group(1)) if match else (made[-1].line if made else 0)
        fits = len(part) <= MOST and part.count("<") <= MOST_TAGS
        made.append(Page(line, part if fits else _shortened(part, line)))
    return made


def _shortened(part: str, line: int) -> str:
    """The beginning of a block that is too long for any page, as plain text."""
    words = unescape(re.sub(r"<[^>]*>", "", part))
    note = tr(
        "This block of {n} characters is too long for the preview; its beginning:",
        n=number(len(words)),
    )
    return (
        f'<p id="line-{line}"><span class="blocked">{escape(note)}</span></p>'
        f"<pre><code>{escape(words[:KEPT])}</code></pre>"
    )


def turn_html(page: int, count: int, *, top: bool) -> str:
    """The line above or below a page that leads to its neighbour; "" where there is none."""
    if count < 2 or (top and page == 0) or (not top and page == count - 1):
        return ""
    to = page - 1 if top else page + 1
    words = tr("Show what comes before") if top else tr("Show the rest")
    where = tr("page {n} of {count}", n=number(page + 1), count=number(count))
    return f'<p class="rest"><a href="{REST}:{to}">{escape(words)}</a> · {escape(where)}</p>'


def card_html(cards: Sequence[RunCard], text: str) -> str:
    """The cards of linked runs, without those that the text shows itself."""
    return "".join(
        f'<p class="card"><a href="run:{card.id}"><img src="card:{card.id}"'
        f' alt="{escape(card_text(card))}"></a></p>'
        for card in cards
        if f'src="card:{card.id}"' not in text
    )
