"""The attached images of a preview: read and scaled in workers, kept as they are shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from journal_app.gui import images
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.runtime.jobs import Jobs

MOST = 60  # images kept


class Pictures:
    """Images by address; `changed` is called when one has arrived."""

    def __init__(self, folder: Path, jobs: Jobs, changed: Callable[[], None]) -> None:
        self._folder = folder
        self._jobs = jobs
        self._changed = changed
        self._kept: dict[str, tuple[int, QImage | str]] = {}
        self._wanted: set[str] = set()

    def __bool__(self) -> bool:
        return bool(self._kept)

    def busy(self) -> bool:
        """Whether an image is on its way."""
        return bool(self._wanted)

    def at(self, address: str, column: int, ratio: float) -> QImage | str:
        """The image for a column (pixels of the page), or in words why there is none yet."""
        width = round(column * ratio)
        fitted, image = self._kept.get(address, (0, tr("Reading the image …")))
        if fitted != width:
            self._want(address, width, ratio)
        return image

    def _want(self, address: str, width: int, ratio: float) -> None:
        if address in self._wanted:
            return
        self._wanted.add(address)
        folder = self._folder

        def fitted(_context: object) -> QImage | str:
            image = images.read(folder, address, max(width, 1))
            if not isinstance(image, QImage):
                return image
            if image.width() > width:
                image = image.scaledToWidth(width, Qt.TransformationMode.SmoothTransformation)
            if image.width() == width:  # a smaller one keeps its size in pixels of the page
                image.setDevicePixelRatio(ratio)
            return image

        def arrived(image: QImage | str) -> None:
            self._wanted.discard(address)
            if len(self._kept) >= MOST:
                self._kept.pop(next(iter(self._kept)))
            self._kept[address] = width, image
            self._changed()

        self._jobs.submit("io", fitted, on_done=arrived)
