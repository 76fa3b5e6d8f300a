"""Small pictures of attachments: made once in a worker, kept in `cache/thumbnails` of the journal.

The folder may be deleted at any time; it is kept below a size by dropping what was not used lately.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QImage

from journal_app.gui import images

if TYPE_CHECKING:
    from journal_app.domain.entry import Attachment
    from journal_app.runtime.jobs import Jobs

FOLDER = "cache/thumbnails"
EDGE = 112  # pixels: 56 on a screen of twice the density
MOST_BYTES = 48 * 1024 * 1024
HELD = 400  # pictures in memory


def make(folder: Path, file: Attachment) -> QImage | str:
    """The thumbnail of an attachment, from the cache or made now; else why there is none."""
    kept = folder / FOLDER / f"{file.sha256}.png"
    if (folder / file.path).is_file():
        image = QImage(str(kept)) if kept.exists() else QImage()
        if not image.isNull():
            return image
    found = images.read(folder, file.path, 4 * EDGE)
    if isinstance(found, str):
        return found
    small = found.scaled(
        QSize(EDGE, EDGE),
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    left, top = (small.width() - EDGE) // 2, (small.height() - EDGE) // 2
    small = small.copy(max(0, left), max(0, top), EDGE, EDGE)
    _keep(kept, small)
    return small


def _keep(path: Path, image: QImage) -> None:
    """Without a trace when the disk is full or may not be written: it is made again next time."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(f".{path.stem[:12]}-{os.urandom(4).hex()}.png")
        if image.save(str(partial)):
            partial.replace(path)
        else:
            partial.unlink(missing_ok=True)
    except OSError:
        return


def prune(folder: Path, most: int = MOST_BYTES) -> int:
    """Drop the oldest thumbnails until the folder is small enough; how many went."""
    found = []
    for path in (folder / FOLDER).glob("*.png"):
        try:
            seen = path.stat()
        except OSError:
            continue
        found.append((seen.st_mtime_ns, seen.st_size, path))
    total, gone = sum(size for _, size, _ in found), 0
    for _, size, path in sorted(found):
        if total <= most:
            break
        path.unlink(missing_ok=True)
        total, gone = total - size, gone + 1
    return gone


class Thumbnails(QObject):
    """The thumbnails of one journal for one window."""

    def __init__(self, folder: Path, jobs: Jobs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder, self._jobs = folder, jobs
        self._held: dict[str, QImage | str] = {}
        self._pruned = False

    def want(self, file: Attachment, ready: Callable[[QImage | str], None]) -> None:
        """Call `ready` with the picture, or with why there is none, now or soon."""
        known = self._held.get(file.sha256)
        if known is not None:
            ready(known)
            return

        def made(image: QImage | str) -> None:
            if isinstance(image, QImage):
                while len(self._held) >= HELD:
                    self._held.pop(next(iter(self._held)))
                self._held[file.sha256] = image
            ready(image)

        folder = self._folder
        self._jobs.submit("io", lambda _context: make(folder, file), on_done=made)
        if not self._pruned:
            self._pruned = True
            self._jobs.submit("io", lambda _context: prune(folder))
