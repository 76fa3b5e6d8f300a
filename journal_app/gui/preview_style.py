"""The style sheet of the preview, made from the tokens of a theme."""

from __future__ import annotations

from PySide6.QtGui import (
    QFont,
    QFontDatabase,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from journal_app.gui.theme import Theme

HEADING_PX = {1: 26, 2: 17, 3: 15}


def style_sheet(theme: Theme) -> str:
    """CSS in the part of it that QTextDocument understands."""
    mono = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family()
    css = theme.css
    return f"""
body {{ color: {css("text")}; font-size: 15px; }}
p {{ -qt-line-height-type: minimum; line-height: 24px; margin: 0 0 12px 0; }}
li {{ -qt-line-height-type: minimum; line-height: 24px; margin: 0 0 4px 0; }}
ul, ol {{ margin: 0 0 14px 0; }}
h1 {{ margin: 0 0 12px 0; }}
h2 {{ margin: 20px 0 6px 0; }}
h3, h4, h5, h6 {{ margin: 16px 0 4px 0; }}
a {{ color: {css("info")}; text-decoration: underline; }}
blockquote {{ color: {css("muted")}; margin: 0 0 12px 20px; }}
code {{ font-family: "{mono}"; font-size: 13px; background-color: {css("sunk")}; }}
pre {{ font-family: "{mono}"; font-size: 13px;
  margin: 0; white-space: pre-wrap; }}
.code {{ background-color: {css("sunk")}; border: 1px solid {css("sunk")}; }}
.code td {{ padding: 10px 12px; background-color: {css("sunk")}; }}
th {{ font-weight: 600; padding: 4px 12px; background-color: {css("sunk")}; }}
td {{ padding: 4px 12px; }}
table {{ border-collapse: collapse; border: 1px solid {css("line")}; margin: 0 0 14px 0; }}
hr {{ color: {css("line")}; }}
s, del {{ color: {css("muted")}; }}
.blocked {{ color: {css("stale")}; background-color: {css("stale-soft")}; }}
.card {{ margin: 10px 0 10px 0; }}
.hl-k, .hl-kd, .hl-kn, .hl-kc, .hl-kr, .hl-kt, .hl-ow, .hl-nt {{ color: {css("accent")}; }}
.hl-s, .hl-s1, .hl-s2, .hl-sa, .hl-sd, .hl-se, .hl-si, .hl-sb {{ color: {css("pass")}; }}
.hl-mi, .hl-mf, .hl-mh, .hl-m, .hl-nb, .hl-bp, .hl-na {{ color: {css("info")}; }}
.hl-c, .hl-c1, .hl-cm, .hl-ch, .hl-cp {{ color: {css("muted")}; font-style: italic; }}
.hl-nf, .hl-nc, .hl-nn {{ font-weight: 600; }}
.hl-gd {{ color: {css("fail")}; }}
.hl-gi {{ color: {css("pass")}; }}
"""


def boxed(html: str) -> str:
    """Safe HTML with code in boxes: QTextDocument gives padding to table cells only."""
    return html.replace("<pre", '<table class="code" width="100%"><tr><td><pre').replace(
        "</pre>", "</pre></td></tr></table>"
    )


def finish(document: QTextDocument) -> list[tuple[int, int]]:
    """What style sheets cannot say: sizes of headings, tasks without bullets.

    Returns where the source lines stand: (line, number of the block).
    """
    tops: list[tuple[int, int]] = []
    whole = QTextCursor(document)
    whole.beginEditBlock()  # one layout at the end, not one for each heading
    block = document.begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            for name in parts.fragment().charFormat().anchorNames():
                if name.startswith("line-"):
                    tops.append((int(name[5:]), block.blockNumber()))
            parts += 1
        level = block.blockFormat().headingLevel()
        if level:
            _resize(block, level)
        held = block.textList()
        if held is not None and block.text()[:2] in ("☐ ", "☑ "):
            depth = held.format().indent()
            held.remove(block)
            cursor = QTextCursor(block)
            format = block.blockFormat()
            format.setIndent(depth)
            format.setTextIndent(-18)
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
