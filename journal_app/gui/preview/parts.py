"""What stands in a text as words and is shown as something else: formulas, CSV tables, run cards.

They are drawn in workers and kept by what they are made of; until one is there, its words stand in
its place. What cannot be drawn keeps its words, with the reason behind them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from journal_app.domain import csv_tables, formulas
from journal_app.domain.markdown import clean, fill_math
from journal_app.domain.markdown_links import link_target
from journal_app.domain.runcards import RunCard
from journal_app.errors import JournalError
from journal_app.gui import images
from journal_app.gui.inspector.run_card import card_text
from journal_app.gui.language import number, tr

if TYPE_CHECKING:
    from journal_app.runtime.jobs import JobContext

MATH = "math"  # schemes of pictures of our own; no text can name them
CARD = "card"
MATH_PX = 16.5  # beside 15 px prose: STIX is small for its size
MOST = 600  # formulas kept

Key = tuple[str, str]  # what it is (math, display, csv, run), and its source

_EMBED = re.compile(
    r'<p((?: id="[^"]*")?)><a class="embed embed-(csv|run)" href="([^"]+)"[^>]*>([^<]*)</a></p>'
)


@dataclass(frozen=True, slots=True)
class Ink:
    """What formulas are drawn with: a colour, the device's pixels in one of ours, the height of x
    in the prose around them (pixels)."""

    colour: str
    ratio: float
    x_height: float


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn formula; width and height in pixels of the page."""

    image: QImage
    width: int
    height: int


Part = Picture | RunCard | str  # a string is HTML


class Parts:
    """The drawn parts of one preview. Lives in the window's thread; `draw` runs in a worker."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[Key, Part] = {}
        self._shown: list[Picture] = []
        self._ink: Ink | None = None

    def set_ink(self, ink: Ink) -> None:
        """Draw with other ink from now on."""
        if ink != self._ink:
            self._ink = ink
            for key in [key for key in self._known if key[0] in (MATH, "display")]:
                del self._known[key]

    def forget(self, *kinds: str) -> None:
        """Read these kinds anew: something in the journal changed."""
        for key in [key for key in self._known if key[0] in kinds]:
            del self._known[key]

    def fill(self, html: str) -> tuple[str, list[Key]]:
        """The HTML with what is drawn already, and what still has to be."""
        self._shown = []
        missing: dict[Key, None] = {}

        def formula(source: str, display: bool) -> str:
            key = ("display" if display else MATH, source)
            part = self._known.get(key)
            if isinstance(part, Picture):
                self._shown.append(part)
                line = "" if display else ' style="vertical-align: middle"'
                return (
                    f'<img{line} src="{MATH}:{len(self._shown) - 1}" width="{part.width}"'
                    f' height="{part.height}" alt="{escape(source)}">'
                )
            if part is None:
                missing[key] = None
            return part if isinstance(part, str) else f"<code>{escape(source)}</code>"

        def embed(match: re.Match[str]) -> str:
            anchor, kind, address, words = match.groups()
            source = unescape(address)
            key = (kind, source.removeprefix("run:"))
            part = self._known.get(key)
            if isinstance(part, RunCard):
                return (
                    f'<p{anchor} class="card"><a href="{address}"><img src="{CARD}:{part.id}"'
                    f' alt="{escape(card_text(part))}"></a></p>'
                )
            if isinstance(part, str):
                return f'<p{anchor} class="caption"><a href="{address}">{words}</a></p>{part}'
            missing[key] = None
            return match.group()

        filled = _EMBED.sub(embed, fill_math(html, formula))
        return filled, list(missing)

    def picture(self, number: str) -> Picture | None:
        """The formula that the page calls by this number; None for one of a page of before."""
        wanted = int(number) if number.isascii() and number.isdecimal() and len(number) < 9 else -1
        return self._shown[wanted] if 0 <= wanted < len(self._shown) else None

    def card(self, id: str) -> RunCard | None:
        """The card of a run that the text shows."""
        part = self._known.get(("run", id))
        return part if isinstance(part, RunCard) else None

    def keep(self, drawn: dict[Key, Part]) -> None:
        """Take over what `draw` gave."""
        if len(self._known) > MOST:
            self._known.clear()
        self._known.update(drawn)

    def draw(
        self, keys: list[Key], read_card: Callable[[str], RunCard]
    ) -> Callable[[JobContext], dict[Key, Part]]:
        """The work of drawing these parts, to be done in a worker."""
        ink, folder = self._ink, self._folder

        def work(context: JobContext) -> dict[Key, Part]:
            drawn: dict[Key, Part] = {}
            for kind, source in keys:
                context.check()
                if kind == "csv":
                    drawn[kind, source] = _table(folder, source)
                elif kind == "run":
                    drawn[kind, source] = _card(source, read_card)
                elif ink is not None:
                    drawn[kind, source] = _formula(source, kind == "display", ink)
            return drawn

        return work


def _formula(source: str, display: bool, ink: Ink) -> Part:
    made = formulas.draw(source, size=MATH_PX, colour=ink.colour, display=display)
    if isinstance(made, formulas.Unread):
        shown = source if len(source) <= 2 * formulas.LONGEST else source[:200] + " …"
        reason = tr("Not drawn: {reason}", reason=made.reason)
        return f'<code>{escape(shown)}</code> <span class="blocked">{escape(reason)}</span>'
    # Qt puts the middle of a picture at half the height of an x: air above or below moves the
    # base line of the formula onto that of the text.
    shift = 0.0 if display else 2 * made.depth + ink.x_height - made.height
    above, below = max(0.0, shift), max(0.0, -shift)
    width, height = round(made.width), round(made.height + above + below)
    image = QImage(
        max(1, round(width * ink.ratio)),
        max(1, round(height * ink.ratio)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    area = QRectF(0, above * ink.ratio, made.width * ink.ratio, made.height * ink.ratio)
    QSvgRenderer(QByteArray(made.svg.encode())).render(painter, area)
    painter.end()
    image.setDevicePixelRatio(ink.ratio)
    return Picture(image, width, height)


def _table(folder: Path, address: str) -> str:
    path = images.find(folder, address)
    if path is None:
        return _note(tr("The file is missing, or too large to show."))
    try:
        with path.open("rb") as file:
            data = file.read(csv_tables.MOST_BYTES + 1)
    except OSError as error:
        return _note(tr("The file cannot be read: {reason}.", reason=error.strerror or str(error)))
    table = csv_tables.read(data[: csv_tables.MOST_BYTES], cut=len(data) > csv_tables.MOST_BYTES)
    if isinstance(table, str):
        return _note(table)
    more = ""
    if table.cut:
        more = tr("… and more than {n} rows more", n=number(table.more))
    elif table.more:
        more = tr("… and {n} more rows", n=number(table.more))
    return clean(csv_tables.html(table, more))


def _card(id: str, read: Callable[[str], RunCard]) -> Part:
    if link_target(f"run:{id}", inside=True) is None:
        return _note(tr("This run is not in the journal."))
    try:
        return read(id)
    except JournalError as error:
        return _note(error.message)


def _note(words: str) -> str:
    return f'<p><span class="blocked">{escape(words)}</span></p>'
