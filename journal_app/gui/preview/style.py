"""The look of the preview: a style sheet from the tokens of a theme, and what style sheets of
QTextDocument cannot say (padding stands in cells of tables, sizes of headings are set by hand)."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING

from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from journal_app.domain.callouts import KINDS
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.gui.theme import Theme

HEADING_PX = {1: 26, 2: 20, 3: 17}
COPY = "copy"  # scheme of the links that copy code; no text can name it
SIGNS = {"info": "ⓘ", "pass": "✓", "stale": "⚠", "fail": "✕", "accent": "▸", "muted": "❝"}

_SECTION = re.compile(r'<section class="([^"]*)"([^>]*)>|</section>')
_CODE = re.compile(r"<pre([^>]*)><code([^>]*)>(.*?)</code></pre>", re.DOTALL)
_LANGUAGE = re.compile(r'class="language-([^"\s]+)')
_DRAWINGS = frozenset({"mermaid", "plantuml", "graphviz", "dot"})


def style_sheet(theme: Theme) -> str:
    """CSS in the part of it that QTextDocument understands."""
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    css = theme.css
    boxes = "\n".join(
        f".box-{kind} {{ background-color: {css(_ground(tone))}; }}\n"
        f".bar-{kind} {{ background-color: {css(tone)}; }}\n"
        f".title-{kind} {{ color: {css('text' if tone == 'muted' else tone)}; }}"
        for kind, tone in KINDS.items()
    )
    return f"""
body {{ color: {css("text")}; font-size: 15px; }}
p {{ -qt-line-height-type: minimum; line-height: 24px; margin: 0 0 12px 0; }}
li {{ -qt-line-height-type: minimum; line-height: 24px; margin: 0 0 4px 0; }}
ul, ol {{ margin: 0 0 14px 0; }}
ul ul, ul ol, ol ul, ol ol {{ margin: 0; }}
dl {{ margin: 0 0 12px 0; }}
dt {{ font-weight: 600; -qt-line-height-type: minimum; line-height: 24px; }}
dd {{ margin: 0 0 8px 20px; -qt-line-height-type: minimum; line-height: 24px; }}
h1 {{ margin: 0 0 12px 0; }}
h2 {{ margin: 24px 0 8px 0; }}
h3, h4, h5, h6 {{ margin: 18px 0 4px 0; }}
a {{ color: {css("info")}; text-decoration: underline; }}
a.entry {{ color: {css("accent")}; text-decoration: none; }}
a.unresolved {{ color: {css("faint")}; text-decoration: underline; }}
a.mention {{ color: {css("info")}; background-color: {css("info-soft")}; text-decoration: none; }}
a.task {{ color: {css("muted")}; text-decoration: none; font-size: 17px; }}
a.done {{ color: {css("pass")}; }}
a.embed {{ color: {css("info")}; }}
a.footnote-backref {{ text-decoration: none; }}
blockquote {{ color: {css("muted")}; margin: 0 0 12px 20px; }}
code {{ font-family: "{mono}"; font-size: 13px; background-color: {css("sunk")}; }}
pre {{ font-family: "{mono}"; font-size: 13px; margin: 0; white-space: pre-wrap;
  -qt-line-height-type: minimum; line-height: 20px; }}
mark {{ background-color: {css("stale-soft")}; color: {css("text")}; }}
.code {{ background-color: {css("sunk")}; border: 1px solid {css("sunk")};
  margin: 10px 0 14px 0; }}
.code td {{ padding: 10px 14px; background-color: {css("sunk")}; }}
.code td.what {{ padding: 6px 14px 0 14px; color: {css("muted")}; }}
.what {{ font-size: 11px; color: {css("muted")}; }}
.what a {{ color: {css("muted")}; text-decoration: none; font-size: 11px; }}
.frame {{ border: 0px; margin: 10px 0 12px 0; }}
.frame td {{ padding: 0; }}
.frame td.inner {{ padding: 6px 16px 8px 14px; }}
{boxes}
th {{ font-weight: 600; padding: 5px 12px; background-color: {css("sunk")}; }}
td {{ padding: 5px 12px; }}
table {{ border-collapse: collapse; border: 1px solid {css("line")}; margin: 6px 0 16px 0; }}
.csv {{ font-size: 13px; margin: 0 0 16px 0; }}
.caption {{ font-size: 12px; margin: 0 0 4px 0; }}
.more {{ color: {css("muted")}; font-size: 12px; }}
hr {{ color: {css("line")}; background-color: {css("line")}; }}
s, del {{ color: {css("muted")}; }}
.blocked {{ color: {css("stale")}; background-color: {css("stale-soft")}; }}
div.drawn {{ text-align: center; margin: 4px 0 16px 0; }}
.card {{ margin: 10px 0 10px 0; }}
.rest {{ margin: 16px 0 16px 0; }}
.footnotes {{ font-size: 13px; color: {css("muted")}; }}
.hl-k, .hl-kd, .hl-kn, .hl-kc, .hl-kr, .hl-kt, .hl-ow, .hl-nt {{ color: {css("accent")}; }}
.hl-s, .hl-s1, .hl-s2, .hl-sa, .hl-sd, .hl-se, .hl-si, .hl-sb {{ color: {css("pass")}; }}
.hl-mi, .hl-mf, .hl-mh, .hl-m, .hl-nb, .hl-bp, .hl-na {{ color: {css("info")}; }}
.hl-c, .hl-c1, .hl-cm, .hl-ch, .hl-cp {{ color: {css("muted")}; font-style: italic; }}
.hl-nf, .hl-nc, .hl-nn {{ font-weight: 600; }}
.hl-gd {{ color: {css("fail")}; }}
.hl-gi {{ color: {css("pass")}; }}
"""


def _ground(tone: str) -> str:
    return "sunk" if tone == "muted" else f"{tone}-soft"


def boxed(html: str) -> str:
    """Safe HTML with callouts and code in boxes, for paper."""
    return framed(html, copy=False)[0]


def framed(html: str, *, copy: bool = True) -> tuple[str, list[str]]:
    """Safe HTML with callouts and code in boxes; and the plain texts of the code, by number.

    With `copy` each box of code has a link to copy it.
    """
    codes: list[str] = []

    def code(match: re.Match[str]) -> str:
        language = _LANGUAGE.search(match.group(2))
        name = language.group(1) if language else ""
        if name in _DRAWINGS:
            name = tr("{language} drawing, shown as text", language=name)
        codes.append(unescape(re.sub(r"<[^>]*>", "", match.group(3))))
        act = f'<a href="{COPY}:{len(codes) - 1}">{escape(tr("Copy"))}</a>' if copy else ""
        return (
            '<table class="code" width="100%" cellspacing="0"><tr>'
            f'<td class="what"><span class="what">{escape(name)}</span></td>'
            f'<td class="what" align="right"><span class="what">{act}</span></td></tr>'
            f'<tr><td colspan="2"><pre{match.group(1)}>{match.group(3)}</pre></td></tr></table>'
        )

    return _callouts(_CODE.sub(code, html)), codes


def _callouts(html: str) -> str:
    if 'class="callout' not in html:
        return html
    open_boxes: list[str] = []

    def box(match: re.Match[str]) -> str:
        if match.group(1) is None:
            kind = open_boxes.pop() if open_boxes else ""
            return "</td></tr></table>" if kind else "</section>"
        kind = match.group(1).removeprefix("callout callout-")
        known = kind in KINDS
        open_boxes.append(kind if known else "")
        if not known:
            return match.group()
        anchor = match.group(2)
        return (
            f'<table{anchor} class="frame" width="100%" cellspacing="0" cellpadding="0"><tr>'
            f'<td class="bar-{kind}" width="3"></td><td class="inner box-{kind}">'
        )

    html = _SECTION.sub(box, html)
    # The title of each box follows its opening: what kind of box it is stands there once more.
    return re.sub(
        r'(<td class="inner box-(\w+)">\s*)<p class="callout-title">(.*?)</p>',
        lambda m: (
            f'{m.group(1)}<p style="margin: 0 0 6px 0" class="title-{m.group(2)}"><b>'
            f"{SIGNS[KINDS[m.group(2)]]}&nbsp; {m.group(3)}</b></p>"
        ),
        html,
        flags=re.DOTALL,
    )


def finish(document: QTextDocument) -> list[tuple[int, int]]:
    """What style sheets cannot say: sizes of headings, tasks without bullets.

    Returns where the source lines stand: (line, number of the block), lines ascending.
    """
    tops: list[tuple[int, int]] = []
    whole = QTextCursor(document)
    whole.beginEditBlock()  # one layout at the end, not one for each heading
    block = document.begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            for name in parts.fragment().charFormat().anchorNames():
                if name.startswith("line-") and (not tops or int(name[5:]) > tops[-1][0]):
                    tops.append((int(name[5:]), block.blockNumber()))
            parts += 1
        level = block.blockFormat().headingLevel()
        if level:
            _resize(block, level)
        held = block.textList()
        if held is not None and block.text()[:1] in ("☐", "☑"):
            depth = held.format().indent()
            held.remove(block)
            cursor = QTextCursor(block)
            format = block.blockFormat()
            format.setIndent(depth)
            format.setTextIndent(-20)
            cursor.setBlockFormat(format)
        block = block.next()
    whole.endEditBlock()
    return tops


def _resize(block: QTextBlock, level: int) -> None:
    """Headings in our sizes: Qt's own come on top of whatever a style sheet says."""
    runs: list[tuple[int, int, QTextCharFormat]] = []
    parts = block.begin()
    while not parts.atEnd():
        run = parts.fragment()
        runs.append((run.position(), run.length(), run.charFormat()))
        parts += 1
    cursor = QTextCursor(block)
    for position, length, format in runs:
        format.clearProperty(QTextCharFormat.Property.FontSizeAdjustment)
        format.clearProperty(QTextCharFormat.Property.FontPointSize)
        format.setProperty(QTextCharFormat.Property.FontPixelSize, HEADING_PX.get(level, 15))
        format.setFontWeight(QFont.Weight.Bold if level == 1 else QFont.Weight.DemiBold)
        cursor.setPosition(position)
        cursor.setPosition(position + length, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(format)
