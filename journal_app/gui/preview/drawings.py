"""Mermaid in the preview: pictures where it can be drawn, else code, with the reason under it."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape, unescape
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from journal_app.gui.language import number, tr
from journal_app.gui.preview import artist
from journal_app.gui.preview.drawing_style import LONGEST, config
from journal_app.gui.theme import Theme, ui_font

if TYPE_CHECKING:
    from journal_app.runtime.jobs import Jobs

DRAWING = "drawing"  # scheme of the pictures; no text can name it
PIXELS = 6_000_000
SIDE = 8_000  # pixels of the longer side
MOST = 60  # drawings kept
EACH = 20  # drawings of one page

_FENCE = re.compile(
    r'<pre((?: id="[^"]*")?)><code class="language-mermaid">(.*?)</code></pre>', re.DOTALL
)
_TAG = re.compile(r"<[^>]*>")

Key = tuple[str, str, float]  # source, theme, pixels of the device in one of ours


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing; its size in pixels of the page."""

    image: QImage
    size: QSize
    source: str


class Drawings:
    """The drawings of one preview; `changed` is called when one has arrived. Nothing is started
    before a text has a drawing and its page is shown."""

    def __init__(self, jobs: Jobs, changed: Callable[[], None]) -> None:
        self._jobs = jobs
        self._changed = changed
        self._known: dict[Key, Drawn | str] = {}
        self._coming: set[Key] = set()
        self._shown: list[Drawn] = []
        self._lacking: str | None = None  # None: not looked yet

    def __bool__(self) -> bool:
        return bool(self._shown)

    def busy(self) -> bool:
        """Whether a drawing is on its way."""
        return bool(self._coming)

    def fill(self, html: str, theme: Theme, ratio: float, column: int) -> tuple[str, list[Key]]:
        """The HTML with the drawings that are there, and those still to be drawn.

        `column`: the width in pixels of the page that a drawing may have.
        """
        self._shown = []
        missing: dict[Key, None] = {}
        if 'class="language-mermaid"' not in html or self._lacking:
            return html, []

        def draw(match: re.Match[str]) -> str:
            anchor, code = match.groups()
            source = unescape(_TAG.sub("", code))
            key = (source, theme.name, ratio)
            part = self._known.get(key)
            if isinstance(part, Drawn):
                size = part.size
                if size.width() > column:
                    size = QSize(column, max(1, size.height() * column // size.width()))
                self._shown.append(part)
                return (
                    f'<div{anchor} class="drawn"><img src="{DRAWING}:{len(self._shown) - 1}"'
                    f' width="{size.width()}" height="{size.height()}"'
                    f' alt="{escape(source)}"></div>'
                )
            if isinstance(part, str):
                reason = escape(tr("Not drawn: {reason}", reason=part)).replace("\n", "<br>")
                return f'{match.group()}<p><span class="blocked">{reason}</span></p>'
            if len(missing) < EACH:
                missing[key] = None
            return match.group()

        return _FENCE.sub(draw, html), list(missing)

    def picture(self, place: str, column: int) -> QImage | None:
        """The drawing that the page calls by this number, no wider than the column."""
        if not (place.isascii() and place.isdecimal() and len(place) < 4):
            return None
        if int(place) >= len(self._shown):
            return None
        drawn = self._shown[int(place)]
        width = drawn.image.width() * column // max(1, drawn.size.width())
        if drawn.size.width() <= column or width < 1:
            return drawn.image
        return drawn.image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)

    def draw(self, keys: list[Key], theme: Theme) -> None:
        """Have these drawn; the page is shown meanwhile."""
        wanted = [key for key in keys if key not in self._coming]
        if not wanted:
            return
        self._coming.update(wanted)
        settings = config(theme, ui_font().family())
        if self._lacking is None:

            def looked(why: str) -> None:
                self._lacking = why
                self._ask(wanted, settings)

            self._jobs.submit("io", lambda _context: artist.lacking(), on_done=looked)
        else:
            self._ask(wanted, settings)

    def _ask(self, keys: list[Key], settings: dict[str, object]) -> None:
        if self._lacking:
            self._coming.difference_update(keys)
            return
        for key in keys:
            source, _theme, ratio = key
            if len(source) > LONGEST:
                why = tr("It is longer than {n} characters.", n=number(LONGEST))
                self._keep(key, why)
                continue
            job = {
                "source": source,
                "config": settings,
                "ratio": ratio,
                "pixels": PIXELS,
                "longest": SIDE,
            }
            artist.shared().draw(json.dumps(job).encode(), self._hearing(key))

    def _hearing(self, key: Key) -> artist.Told:
        def told(line: bytes, why: str) -> None:
            if why:
                self._keep(key, why)
            else:
                self._jobs.submit(
                    "io",
                    lambda _context: read(line, key),
                    on_done=lambda made: self._keep(key, made),
                )

        return told

    def _keep(self, key: Key, made: Drawn | str) -> None:
        self._coming.discard(key)
        if len(self._known) >= MOST:
            self._known.pop(next(iter(self._known)))
        self._known[key] = made
        self._changed()


def read(line: bytes, key: Key) -> Drawn | str:
    """An answer of the drawing process, which is trusted no more than the text was."""
    unreadable = tr("The drawing cannot be read.")
    try:
        answer = json.loads(line)
        if isinstance(error := answer.get("error"), str):
            return error[:600].strip() or unreadable
        if (refused := answer.get("refused")) is not None:
            large = tr("The drawing is too large.")
            return tr("The drawing is empty.") if refused == "empty" else large
        size = QSize(int(answer["width"]), int(answer["height"]))
        data = base64.b64decode(answer["png"], validate=True)
    except (ValueError, TypeError, KeyError, AttributeError, binascii.Error, OverflowError):
        return unreadable
    held = QByteArray(data)
    buffer = QBuffer(held)
    reader = QImageReader(buffer, QByteArray(b"png"))
    found = reader.size()
    if not found.isValid() or found.width() * found.height() > 2 * PIXELS or size.isEmpty():
        return unreadable
    image = reader.read()
    if image.isNull():
        return unreadable
    image.setDevicePixelRatio(key[2])
    return Drawn(image, size, key[0])
