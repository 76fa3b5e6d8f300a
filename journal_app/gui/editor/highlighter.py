"""Markdown in the editor: what is a heading looks like one, its marks step back.

A long text is coloured from its top in slices, so that opening it keeps nobody waiting. A slice is
put into the lines at once and laid out once: Qt's own way lays out the rest of the text for each
line, which takes 6 ms of every line of a text of 400 kB.
"""

from __future__ import annotations

import re
import sys
import time
from itertools import groupby
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QSyntaxHighlighter,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextLayout,
)

from journal_app.domain.entry import title_of

if TYPE_CHECKING:
    from journal_app.gui.theme import Theme

FENCE = {"```": 1, "~~~": 2}
HEADING_PX = {1: 26, 2: 18, 3: 16}
AT_ONCE = 400  # lines that are coloured before they are shown
SLICE_MS = 6  # of colouring at a time; laying out what came of it takes about as long
PAUSE_MS = 10
LONGEST = 50_000  # characters of a line that is coloured: with each letter it is all done anew

_HEADING = re.compile(r"( {0,3}(#{1,6})[ \t]+)(.*)")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,9}[.)])(?:\s+\[[ xX]\])?(?=\s)")
_RULE = re.compile(r" {0,3}([-*_])(?:\s*\1){2,}\s*$")
_TABLE = re.compile(r"\|")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*])([*_])(?![\s*_])([^*_]+?)(?<![\s*_])\1(?![\w*])")
_STRIKE = re.compile(r"(~~)(?=\S)(.+?)(?<=\S)\1")
_LINK = re.compile(r"(!?\[)([^\]\n]*)(\]\([^)\n]*\))")
_ENTRY = re.compile(r"(!?\[\[)([^\[\]\n]+)(\]\])")
_RUN = re.compile(r"(?<![\w@/.+\-])@(?:run:)?[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?(?!@)")
_ADDRESS = re.compile(r"https?://[^\s<>)]+")
_TAG = re.compile(r"(?:(?<=^)|(?<=[\s(\[]))#[^\W\d_][\w/-]*")
_RULES = (
    (_STRONG, "strong"), (_EMPHASIS, "emphasis"), (_STRIKE, "strike"),
    (_LINK, "link"), (_ENTRY, "link"), (_RUN, "link"), (_ADDRESS, "link"), (_TAG, "tag"),
)  # fmt: skip

Span = tuple[int, int, tuple[str, ...]]  # start and end in UTF-16 units; names, the last on top


def titled(body: str) -> Literal["heading", "line", "whole", "no"]:
    """Where a text shows its own title: in a heading, in a first line that stands alone above the
    rest, in its only line (`whole`), or not in full (`no`). Tags may follow it."""
    lines = body.strip().split("\n")
    first = lines[0].strip()
    if first.startswith("# "):
        return "heading"
    title = title_of(body)
    rest = first.removeprefix(title) if title and first.startswith(title) else "x"
    if not first or not all(word.startswith("#") for word in rest.split()):
        return "no"
    if len(lines) == 1:
        return "whole"
    return "line" if not lines[1].strip() and not body[0].isspace() else "no"


class MarkdownHighlighter(QSyntaxHighlighter):
    """Colours the text of one document by the tokens of a theme."""

    def __init__(self, document: QTextDocument, theme: Theme) -> None:
        super().__init__(document)
        self._formats: dict[str, QTextCharFormat] = {}
        self._merged: dict[tuple[str, ...], QTextCharFormat] = {}  # what lies over what
        self._title = False
        self._theme: Theme | None = None
        self._fresh = True  # nothing is coloured yet
        self._upto = sys.maxsize  # lines from here on wait for their slice
        self.busy = False  # colours change now, and the text does not
        self._slices = QTimer(self, interval=PAUSE_MS)
        self._slices.timeout.connect(self._go_on)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of another theme."""
        if theme is self._theme:
            return
        self._theme = theme
        self._merged.clear()

        def made(colour: str = "", ground: str = "") -> QTextCharFormat:
            format = QTextCharFormat()
            if colour:
                format.setForeground(theme.color(colour))
            if ground:
                format.setBackground(theme.color(ground))
            return format

        mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
        self._formats = {
            "mark": made("faint"),
            "table": made(),
            "quote": made("muted"),
            "code": made("text", "sunk"),
            "link": made("info"),
            "tag": made("accent"),
            "strong": made(),
            "emphasis": made(),
            "strike": made("muted"),
        }
        for name in ("code", "table"):
            self._formats[name].setFontFamilies([mono])
            self._formats[name].setProperty(QTextCharFormat.Property.FontPixelSize, 13)
        self._formats["code"].setFontFixedPitch(True)
        small = made("muted")
        small.setFontWeight(QFont.Weight.Normal)
        small.setProperty(QTextCharFormat.Property.FontPixelSize, 15)
        self._formats["title-tag"] = small
        self._formats["strong"].setFontWeight(QFont.Weight.Bold)
        self._formats["emphasis"].setFontItalic(True)
        self._formats["strike"].setFontStrikeOut(True)
        for level in range(1, 7):
            heading = made("text")
            heading.setFontWeight(QFont.Weight.Bold if level == 1 else QFont.Weight.DemiBold)
            heading.setProperty(QTextCharFormat.Property.FontPixelSize, HEADING_PX.get(level, 15))
            self._formats[f"h{level}"] = heading
        self.start()

    def start(self) -> None:
        """Colour the text anew: its top now, the rest soon."""
        long = self.document().blockCount() > AT_ONCE
        self._upto = AT_ONCE if long else sys.maxsize
        self.busy = True
        if long:
            if self._fresh:  # else Qt colours the whole text as soon as it can
                self.rehighlight()
            self._fresh = False
            block = self.document().begin()
            while block.blockNumber() < AT_ONCE:
                self._put(block)
                block = block.next()
            _changed(self.document(), 0, block.position())
        else:
            self._fresh = False
            self.rehighlight()
        self.busy = False
        if long:
            self._slices.start()
        else:
            self._slices.stop()

    @Slot()
    def _go_on(self) -> None:
        document = self.document()
        block = document.findBlockByNumber(self._upto)
        first = block.position()
        until = time.monotonic() + SLICE_MS / 1000
        self.busy = True
        end = first
        while block.isValid() and time.monotonic() < until:
            self._upto += 1
            self._put(block)
            end = block.position() + block.length()
            block = block.next()
        if end > first:
            _changed(document, first, end)
        self.busy = False
        if self._upto >= document.blockCount():
            self._slices.stop()
            self._upto = sys.maxsize

    def _put(self, block: QTextBlock) -> None:
        """Give a line its colours and state; whoever calls has them laid out."""
        before = max(0, block.previous().userState())
        spans, state = self._spans(block.text(), before, block.blockNumber() == 0)
        block.setUserState(state)
        ranges = []
        for start, end, names in spans:
            made = QTextLayout.FormatRange()
            made.start, made.length, made.format = start, end - start, self._format(names)
            ranges.append(made)
        block.layout().setFormats(ranges)

    def set_title(self, on: bool) -> None:
        """Whether the first line is the title and looks like one."""
        if on != self._title:
            self._title = on
            self.busy = True
            self.rehighlightBlock(self.document().begin())
            self.busy = False

    def highlightBlock(self, text: str) -> None:
        """Qt calls this for each line; the state is 1 or 2 inside a fenced block, else 0."""
        if self._fresh and self._upto != sys.maxsize:
            return
        if self._upto != sys.maxsize and self.currentBlock().blockNumber() >= self._upto:
            return
        before = max(0, self.previousBlockState())
        first = self.currentBlock().blockNumber() == 0
        spans, state = self._spans(text, before, first)
        self.setCurrentBlockState(state)
        for start, end, names in spans:
            self.setFormat(start, end - start, self._format(names))

    def _format(self, names: tuple[str, ...]) -> QTextCharFormat:
        """The formats of these names, the last on top."""
        made = self._merged.get(names)
        if made is None:
            made = QTextCharFormat(self._formats[names[0]])
            for name in names[1:]:
                made.merge(self._formats[name])
            self._merged[names] = made
        return made

    def _spans(self, text: str, before: int, first: bool) -> tuple[list[Span], int]:
        """What lies over a line, in UTF-16 units, and its state; `before`: that of the line above,
        `first`: whether it is the first."""
        if len(text) > LONGEST:
            return [], before
        paint = _Coats(len(text))
        fence = _FENCE.match(text)
        kind = FENCE[fence.group(1)[:3]] if fence else 0
        if before:
            closes = fence is not None and kind == before and not text[fence.end() :].strip()
            paint.lay(0, len(text), "code")
            if closes:
                paint.lay(0, len(text), "mark")
            return paint.spans(text), 0 if closes else before
        if kind:
            paint.lay(0, len(text), "code")
            paint.lay(0, len(text), "mark")
            return paint.spans(text), kind
        heading = _HEADING.match(text)
        titled = self._title and first
        if titled:
            paint.lay(0, len(text), "h1")
        elif heading:
            paint.lay(0, len(text), f"h{len(heading.group(2))}")
            paint.lay(0, heading.end(1), "mark")
        elif _RULE.match(text):
            paint.lay(0, len(text), "mark")
            return paint.spans(text), 0
        else:
            quote = _QUOTE.match(text)
            if quote:
                paint.lay(0, len(text), "quote")
                paint.lay(0, quote.end(), "mark")
            bullet = _BULLET.match(text, quote.end() if quote else 0)
            if bullet:
                paint.lay(bullet.start(), bullet.end(), "tag")
            if text.lstrip().startswith("|"):
                paint.lay(0, len(text), "table")
                for bar in _TABLE.finditer(text):
                    paint.lay(bar.start(), bar.end(), "mark")
        _inline(text, paint, titled)
        return paint.spans(text), 0


def _changed(document: QTextDocument, start: int, end: int) -> None:
    """Have a part laid out anew, and tell of it before this returns: not with the next key."""
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    document.markContentsDirty(start, end - start)
    cursor.endEditBlock()


class _Coats:
    """Names laid over the characters of a line."""

    def __init__(self, length: int) -> None:
        self._coats: list[tuple[str, ...]] = [()] * length

    def lay(self, start: int, end: int, name: str) -> None:
        """Lay a name over Python offsets; what lies below shows where the name sets nothing."""
        coats = self._coats
        before: tuple[str, ...] = ()
        after: tuple[str, ...] = ()
        for at in range(start, end):
            if coats[at] is not before:
                before, after = coats[at], (*coats[at], name)
            elif not after:
                after = (name,)
            coats[at] = after

    def spans(self, text: str) -> list[Span]:
        """What is laid, as runs of UTF-16 units."""
        found: list[Span] = []
        at = place = 0
        for names, group in groupby(self._coats):
            end = at + sum(1 for _ in group)
            width = _units(text[at:end])
            if names:
                found.append((place, place + width, names))
            at, place = end, place + width
        return found


def _inline(text: str, paint: _Coats, titled: bool) -> None:
    codes = list(_CODE.finditer(text)) if "`" in text else []
    taken = [match.span() for match in codes]
    for match in codes:
        ticks = len(match.group(1))
        paint.lay(match.start(), match.end(), "code")
        paint.lay(match.start(), match.start() + ticks, "mark")
        paint.lay(match.end() - ticks, match.end(), "mark")
    for rule, name in _RULES:
        for match in rule.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            if rule in (_ADDRESS, _RUN, _TAG):
                small = rule is _TAG and titled
                paint.lay(match.start(), match.end(), "title-tag" if small else name)
                continue
            paint.lay(match.start(2), match.end(2), name)
            paint.lay(match.start(), match.start(2), "mark")
            paint.lay(match.end(2), match.end(), "mark")


def _units(text: str) -> int:
    """The length in UTF-16 units, which is what Qt counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
