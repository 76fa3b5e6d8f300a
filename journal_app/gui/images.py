"""Attached images for the preview: read in a worker, only from the journal's own attachments."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageReader, QPainter

from journal_app.domain.markdown import FOLDER, attachment_path
from journal_app.gui.language import number, tr

if TYPE_CHECKING:
    from journal_app.gui.theme import Theme

WIDEST = 1600  # pixels kept of an image: twice the prose width
MOST_BYTES = 64 * 1024 * 1024
MOST_PIXELS = 60_000_000  # 240 MB unpacked: Qt refuses more than 256
FORMATS = frozenset({b"png", b"jpeg", b"jpg", b"gif", b"webp", b"bmp"})


def find(folder: Path, address: str) -> Path | None:
    """The attachment an address names, or None: another place, a link out of it, or no file."""
    relative = attachment_path(address)
    if relative is None:
        return None
    root = (folder / FOLDER).resolve()
    path = (folder / relative).resolve()
    if not path.is_relative_to(root) or not path.is_file():
        return None
    return path if path.stat().st_size <= MOST_BYTES else None


def read(folder: Path, address: str, widest: int = WIDEST) -> QImage | str:
    """The image at most `widest` pixels wide, or in words why there is none. Call it in a worker.

    Only bitmaps: an SVG may name files and addresses of its own. The header says how large the
    picture would be in memory, and one that is too large is not unpacked.
    """
    path = find(folder, address)
    if path is None:
        return _why_not(folder, address)
    reader = QImageReader(str(path))
    reader.setDecideFormatFromContent(True)
    reader.setAutoTransform(True)
    if bytes(reader.format().data()) not in FORMATS:
        return tr("Not an image that is shown here")
    size = reader.size()
    if not size.isValid():
        return tr("The image is damaged")
    if size.width() * size.height() > MOST_PIXELS:
        return tr(
            "Too large to show: {width} × {height} pixels",
            width=number(size.width()),
            height=number(size.height()),
        )
    if size.width() > widest:
        reader.setScaledSize(QSize(widest, max(1, size.height() * widest // size.width())))
    image = reader.read()
    return tr("The image is damaged") if image.isNull() else image


def _why_not(folder: Path, address: str) -> str:
    relative = attachment_path(address)
    if relative is None:
        return tr("Image not loaded")
    try:
        size = (folder / relative).stat().st_size
    except OSError:
        return tr("The file is missing: {name}", name=relative.rsplit("/", 1)[-1][:16])
    if size <= MOST_BYTES:  # it lies elsewhere: a link out of the attachments
        return tr("Image not loaded")
    return tr("Too large to show: {size} MB", size=number(size // 1_000_000))


def placeholder(theme: Theme, words: str, width: int = 360) -> QImage:
    """A quiet box that says what stands in an image's place."""
    image = QImage(width, 44, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(theme.color("sunk"))
    painter = QPainter(image)
    painter.setPen(theme.color("muted"))
    box = QRect(12, 0, width - 24, 44)
    text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, box.width())
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
    painter.end()
    return image
