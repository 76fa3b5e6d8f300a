"""Entries as a PDF: a QTextDocument laid out in pixels of 1/96 inch, drawn page by page as vectors.

Needs a QGuiApplication for its fonts, and no window. The document asks for every picture that a
text names: it gets attachments of the journal and our own formulas, and nothing else.
"""

from __future__ import annotations

import errno
import re
import secrets
import sys
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QImage,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtSvg import QSvgRenderer

from journal_app.domain import exported_page
from journal_app.domain.formulas import Formula
from journal_app.domain.formulas import draw as draw_formula
from journal_app.errors import JournalError
from journal_app.gui import images
from journal_app.gui.language import tr
from journal_app.gui.preview import style as preview_style
from journal_app.gui.theme import META, PROSE, Theme, ui_font
from journal_app.journal import Journal
from journal_app.runtime.whole_files import PARTIAL

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry

DPI = 96
RESOLUTION = 1200
PAPERS = {"a4": QPageSize.PageSizeId.A4, "letter": QPageSize.PageSizeId.Letter}
MARGIN = 76  # pixels: 2 cm
SHARP = 4  # pixels of a formula's picture for one on the page
WIDEST = 2400  # pixels kept of an image
_IMG = re.compile(r'<img (?=[^>]*\bsrc="(attachments/[^"]*)")')
_HEADING = re.compile(r"<(h[1-6])\b")
_STYLE = ".facts, .footnotes, .missing { color: @muted; font-size: 12px; }"

Progress = Callable[[int, int], None]


class _Document(QTextDocument):
    """Holds the pictures of one PDF."""

    def __init__(self, folder: Path, column: int) -> None:
        super().__init__()
        self._folder, self._column = folder, column
        self._widths: dict[str, int] = {}
        self._formulas = 0
        self.missing: list[str] = []

    def html_of(self, entry: Entry, *, first: bool) -> str:
        """One entry; every entry but the first begins a page."""
        html = exported_page.body_html(entry, self._image, self._formula)
        html = _IMG.sub(lambda found: f'<img width="{self._widths[found[1]]}" ', html)
        html = preview_style.boxed(exported_page.article(entry, html))
        return html if first else _HEADING.sub(r'<\1 style="page-break-before:always"', html, 1)

    def _image(self, path: str) -> str | None:
        found = images.read(self._folder, path, WIDEST)
        if isinstance(found, str):
            self.missing.append(path)
            return None
        self.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(path), found)
        self._widths[path] = min(found.width(), self._column)
        return path

    def _formula(self, source: str, display: bool) -> str:
        colour = exported_page.MATH_COLOUR
        made = draw_formula(source, size=PROSE * 1.1, colour=colour, display=display)
        if not isinstance(made, Formula):
            return f"<code>{escape(source)}</code>"
        self._formulas += 1
        name = f"formula-{self._formulas}"
        width, height = round(made.width * SHARP), round(made.height * SHARP)
        image = QImage(max(1, width), max(1, height), QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        QSvgRenderer(QByteArray(made.svg.encode())).render(painter)
        painter.end()
        self.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
        place = "middle" if display or made.depth > 2 else "baseline"
        return (
            f'<img src="{name}" width="{min(made.width, self._column):.0f}"'
            f' height="{made.height:.0f}" style="vertical-align:{place}">'
        )

    def loadResource(self, _kind: int, _name: QUrl | str) -> object:
        """What was not put in above is not there: no file and no address is read."""
        return QImage()


def write(
    journal: Journal,
    ids: Sequence[str],
    target: Path,
    *,
    paper: str = "a4",
    progress: Progress | None = None,
) -> list[str]:
    """Write the entries as a PDF, whole or not at all; the attachments that were not there.

    Raises OSError.
    """
    size = QPageSize(PAPERS[paper])
    page = size.sizePixels(DPI)
    column, height = page.width() - 2 * MARGIN, page.height() - 2 * MARGIN
    document = _Document(journal.folder, column)
    document.setDocumentMargin(0)
    theme = Theme.load("light")
    document.setUseDesignMetrics(True)
    document.setDefaultFont(ui_font(PROSE))
    document.setDefaultStyleSheet(preview_style.style_sheet(theme) + theme.fill(_STYLE))
    parts = []
    title = ""
    for number, entry in enumerate(journal.documents.read(ids)):
        title = title or entry.title
        parts.append(document.html_of(entry, first=not number))
        if progress:
            progress(number + 1, len(ids))
    document.setHtml("".join(parts))
    preview_style.finish(document)
    document.setPageSize(QSizeF(column, height))
    partial = target.with_name(f".{secrets.token_hex(6)}{PARTIAL}")
    try:
        partial.touch()  # says why a place cannot be written; the writer only says that
        _draw(document, partial, size, title if len(ids) == 1 else "")
        _whole(partial)
        partial.replace(target)
    finally:
        partial.unlink(missing_ok=True)
    return document.missing


def _whole(file: Path) -> None:
    """Raise OSError for a file that is cut short: Qt's writer does not say when a disk is full."""
    with file.open("rb") as handle:
        handle.seek(max(0, file.stat().st_size - 32))
        if not handle.read().rstrip().endswith(b"%%EOF"):
            raise OSError(errno.ENOSPC, "it was cut short, perhaps by a full disk")


def _draw(document: QTextDocument, target: Path, size: QPageSize, title: str) -> None:
    writer = QPdfWriter(str(target))
    writer.setPageSize(size)
    writer.setPageMargins(QMarginsF(0, 0, 0, 0))
    writer.setResolution(RESOLUTION)
    writer.setTitle(title or "Field Journal")
    writer.setCreator("Field Journal")
    page = size.sizePixels(DPI)
    column, height = document.pageSize().width(), document.pageSize().height()
    pages = document.pageCount()
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError(5, "the file cannot be written", str(target))
    try:
        painter.scale(RESOLUTION / DPI, RESOLUTION / DPI)
        muted = Theme.load("light").color("muted")
        for number in range(pages):
            if number:
                writer.newPage()
            painter.save()
            painter.translate(MARGIN, MARGIN - number * height)
            context = QAbstractTextDocumentLayout.PaintContext()
            context.clip = QRectF(0, number * height, column, height)
            context.palette.setColor(
                context.palette.ColorRole.Text, Theme.load("light").color("text")
            )
            painter.setClipRect(context.clip)
            document.documentLayout().draw(painter, context)
            painter.restore()
            painter.setPen(muted)
            painter.setFont(ui_font(META))
            foot = QRectF(MARGIN, page.height() - MARGIN * 0.7, column, 20)
            words = tr("Page {n} of {total}", n=number + 1, total=pages)
            painter.drawText(foot, Qt.AlignmentFlag.AlignRight, words)
            painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, title[:90])
    finally:
        painter.end()


def main(arguments: Sequence[str]) -> int:
    """FOLDER TARGET PAPER, and ids on standard input: the PDF in a process of its own.

    Prints the attachments that were not there as JSON; the exit status is 1 with a line on
    standard error where it failed.
    """
    import json
    import os

    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from journal_app.gui.app import application

    folder, target, paper = arguments
    application()
    try:
        with Journal(Path(folder), create=False) as journal:
            ids = sys.stdin.read().split()
            print(json.dumps(write(journal, ids, Path(target), paper=paper)))
    except (JournalError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
