"""Markdown in the editor: what is a heading looks like one, its marks step back.

A long text is coloured from its top in slices, so that opening it keeps nobody waiting.
"""

from __future__ import annotations

import re
import sys
import time
from typing import Literal

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from journal_app.domain.entry import title_of
from journal_app.gui.theme import Theme

FENCE = {"```": 1, "~~~": 2}
HEADING_PX = {1: 26, 2: 18, 3: 16}
AT_ONCE = 400  # lines that are coloured before they are shown
SLICE_MS = 6  # of colouring at a time; laying out what came of it takes about as long
PAUSE_MS = 10

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
        self._title = False
        self._theme: Theme | None = None
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
        until = time.monotonic() + SLICE_MS / 1000
        self.busy = True
        cursor = QTextCursor(document)
        cursor.beginEditBlock()  # one layout for all of them
        while block.isValid() and time.monotonic() < until:
            self._upto += 1
            self.rehighlightBlock(block)
            block = block.next()
        cursor.endEditBlock()
        self.busy = False
        if self._upto >= document.blockCount():
            self._slices.stop()
            self._upto = sys.maxsize

    def set_title(self, on: bool) -> None:
        """Whether the first line is the title and looks like one."""
        if on != self._title:
            self._title = on
            self.busy = True
            self.rehighlightBlock(self.document().begin())
            self.busy = False

    def highlightBlock(self, text: str) -> None:
        """Qt calls this for each line; the state is 1 or 2 inside a fenced block, else 0."""
        if self._upto != sys.maxsize and self.currentBlock().blockNumber() >= self._upto:
            return
        before = max(0, self.previousBlockState())
        fence = _FENCE.match(text)
        kind = FENCE[fence.group(1)[:3]] if fence else 0
        if before:
            closes = fence is not None and kind == before and not text[fence.end() :].strip()
            self.setCurrentBlockState(0 if closes else before)
            self.setFormat(0, _units(text), self._formats["code"])
            if closes:
                self._paint(text, 0, len(text), "mark")
            return
        self.setCurrentBlockState(kind)
        if kind:
            self.setFormat(0, _units(text), self._formats["code"])
            self._paint(text, 0, len(text), "mark")
            return
        heading = _HEADING.match(text)
        if self._title and self.currentBlock().blockNumber() == 0:
            self._paint(text, 0, len(text), "h1")
        elif heading:
            level = f"h{len(heading.group(2))}"
            self._paint(text, 0, len(text), level)
            self._paint(text, 0, heading.end(1), "mark")
        elif _RULE.match(text):
            self._paint(text, 0, len(text), "mark")
            return
        else:
            quote = _QUOTE.match(text)
            if quote:
                self._paint(text, 0, len(text), "quote")
                self._paint(text, 0, quote.end(), "mark")
            bullet = _BULLET.match(text, quote.end() if quote else 0)
            if bullet:
                self._paint(text, bullet.start(), bullet.end(), "tag")
            if text.lstrip().startswith("|"):
                self._paint(text, 0, len(text), "table")
                for bar in _TABLE.finditer(text):
                    self._paint(text, bar.start(), bar.end(), "mark")
        self._inline(text)

    def _inline(self, text: str) -> None:
        taken = [(m.start(), m.end()) for m in _CODE.finditer(text)]
        for match in _CODE.finditer(text):
            self._paint(text, match.start(), match.end(), "code")
            ticks = len(match.group(1))
            self._paint(text, match.start(), match.start() + ticks, "mark")
            self._paint(text, match.end() - ticks, match.end(), "mark")
        rules = (
            (_STRONG, "strong"), (_EMPHASIS, "emphasis"), (_STRIKE, "strike"),
            (_LINK, "link"), (_ENTRY, "link"), (_RUN, "link"), (_ADDRESS, "link"), (_TAG, "tag"),
        )  # fmt: skip
        for rule, name in rules:
            for match in rule.finditer(text):
                if any(start < match.end() and match.start() < end for start, end in taken):
                    continue
                if rule in (_ADDRESS, _RUN, _TAG):
                    small = rule is _TAG and self._title and not self.currentBlock().blockNumber()
                    self._paint(text, match.start(), match.end(), "title-tag" if small else name)
                    continue
                self._paint(text, match.start(2), match.end(2), name)
                self._paint(text, match.start(), match.start(2), "mark")
                self._paint(text, match.end(2), match.end(), "mark")

    def _paint(self, text: str, start: int, end: int, name: str) -> None:
        """Lay a format over Python offsets, keeping what lies below and is not set by it."""
        first, last = _units(text[:start]), _units(text[:end])
        new = self._formats[name]
        at = first
        while at < last:
            under = self.format(at)
            run = at + 1
            while run < last and self.format(run) == under:
                run += 1
            merged = QTextCharFormat(under)
            merged.merge(new)
            self.setFormat(at, run - at, merged)
            at = run


def _units(text: str) -> int:
    """The length in UTF-16 units, which is what Qt counts."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
