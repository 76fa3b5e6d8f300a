"""Outline icons (Lucide, resources/icons) drawn in a theme colour."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from journal_app import paths

KIND_ICONS = {
    "note": "sticky-note",
    "lesson": "lightbulb",
    "failure": "circle-x",
    "decision": "diamond",
    "hypothesis": "flask-conical",
    "contract": "scroll-text",
    "dataset": "database",
    "review": "rotate-ccw",
    "post": "newspaper",
}


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return (paths.resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


@lru_cache(maxsize=512)
def _drawn(name: str, color: str, size: int, scale: float) -> QPixmap:
    source = _source(name).replace("currentColor", color)
    renderer = QSvgRenderer(QByteArray(source.encode()))
    pixmap = QPixmap(QSize(round(size * scale), round(size * scale)))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer.render(painter, QRectF(0, 0, pixmap.width(), pixmap.height()))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap


def pixmap(name: str, color: QColor, size: int = 16, scale: float = 1.0) -> QPixmap:
    """Icon `name` in `color`, `size` logical pixels, sharp at device pixel ratio `scale`."""
    return _drawn(name, color.name(), size, scale)


def icon(name: str, color: QColor, size: int = 16) -> QIcon:
    """Icon `name` for a button or menu, sharp at 100, 200 and 300 %."""
    made = QIcon()
    for scale in (1.0, 2.0, 3.0):
        made.addPixmap(_drawn(name, color.name(), size, scale))
    return made


def kind_icon(kind: str) -> str:
    """The icon name of an entry's kind."""
    return KIND_ICONS.get(kind, "sticky-note")
