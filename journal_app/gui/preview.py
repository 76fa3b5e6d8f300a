"""The rendered text beside or instead of its source.

Invariant: nothing leaves this widget for the network, and nothing comes into it from the disk but
bitmaps of the journal's own attachments. Text is rendered and images are read in workers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QImage, QPixmap, QResizeEvent, QTextDocument
from PySide6.QtWidgets import QTextBrowser, QWidget

from journal_app.domain.markdown import Rendered, attachment_path, render_mapped
from journal_app.gui import images
from journal_app.gui.links import ask_to_open
from journal_app.gui.preview_style import boxed, finish, style_sheet
from journal_app.gui.theme import ThemeHolder
from journal_app.runtime.jobs import Jobs

DEBOUNCE_MS = 120
PROSE_PX = 680  # about 72 characters of 15 px text
MARGIN = 48
CARD = "card"  # scheme of the painted run cards; no text can name it

CardPainter = Callable[[int, int], QPixmap]  # number of the card, width → its picture


class Preview(QTextBrowser):
    """Shows one Markdown text. `message` carries hints and refusals: text, level."""

    message = Signal(str, str)
    run_requested = Signal(str)
    rendered = Signal()

    def __init__(
        self, folder: Path, jobs: Jobs, holder: ThemeHolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Preview")
        self.setAccessibleName("Preview of the entry")
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._folder = folder
        self._jobs = jobs
        self._holder = holder
        self._text = ""
        self._asked = 0
        self._html = ""
        self._cards: Sequence[tuple[str, str]] = ()  # run id, alternative text
        self._painter: CardPainter | None = None
        self._tops: list[tuple[int, int]] = []  # source line, block number
        self._images: dict[str, QImage | None] = {}
        self._wanted: set[str] = set()
        self._covered = 0
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._render)
        self._again = QTimer(self, singleShot=True, interval=40)
        self._again.timeout.connect(self._show)
        self.anchorClicked.connect(self._clicked)
        self.highlighted.connect(self._hovered)
        holder.changed.connect(self._show)

    # ------------------------------------------------------------------ content

    def show_text(self, text: str, *, at_once: bool = False) -> None:
        """Render this text soon; of several in a row only the last is rendered."""
        self._text = text
        if at_once:
            self._timer.stop()
            self._render()
        else:
            self._timer.start()

    def show_cards(self, cards: Sequence[tuple[str, str]], painter: CardPainter) -> None:
        """Show run cards under the text: (run id, text for those who cannot see the picture)."""
        self._cards = tuple(cards)
        self._painter = painter
        self._again.start()

    @Slot()
    def _render(self) -> None:
        self._asked += 1
        ticket = self._asked
        text = self._text
        self._jobs.submit(
            "io",
            lambda _context: render_mapped(text),
            on_done=lambda result: self._arrived(ticket, result),
        )

    def _arrived(self, ticket: int, result: Rendered) -> None:
        if ticket == self._asked:
            self._html = result.html
            self._show()
            self.rendered.emit()

    @Slot()
    def _show(self) -> None:
        bar = self.verticalScrollBar()
        place = bar.value()
        document = self.document()
        document.setDocumentMargin(0)
        document.setIndentWidth(24)
        document.setDefaultStyleSheet(style_sheet(self._holder.theme))
        cards = "".join(
            f'<p class="card"><a href="{CARD}:{n}"><img src="{CARD}:{n}" alt="{_attribute(alt)}">'
            "</a></p>"
            for n, (_, alt) in enumerate(self._cards)
        )
        self.setHtml(boxed(self._html) + cards)
        self._tops = finish(document)
        bar.setValue(place)

    # ------------------------------------------------------------------ following the editor

    def follow(self, line: int, height: int) -> None:
        """Bring the block of a source line to `height` pixels below the top, if it is not there."""
        number = 0
        for start, block in self._tops:
            if start > line:
                break
            number = block
        layout = self.document().documentLayout()
        top = layout.blockBoundingRect(self.document().findBlockByNumber(number)).top()
        bar = self.verticalScrollBar()
        view = self.viewport().height()
        if not bar.value() <= top <= bar.value() + view - 80:
            bar.setValue(int(top) - max(0, min(height, view - 80)))

    # ------------------------------------------------------------------ resources and links

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Images of this journal and our own cards; a box with words for everything else.

        Qt asks here for whatever a text names, local files included.
        """
        name = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return ""
        number = self._card_number(name)
        if number is not None and self._painter is not None:
            return self._painter(number, self._column())
        address = name.toString()
        if attachment_path(address) is None:
            return images.placeholder(self._holder.theme, "Image not loaded")
        if address not in self._images:
            self._want(address)
            return images.placeholder(self._holder.theme, "Reading the image …")
        image = self._images[address]
        if image is None:
            return images.placeholder(self._holder.theme, f"No image: {address}")
        column = self._column()
        if image.width() > column:
            return image.scaledToWidth(column, Qt.TransformationMode.SmoothTransformation)
        return image

    def _want(self, address: str) -> None:
        if address in self._wanted:
            return
        self._wanted.add(address)
        folder = self._folder

        def arrived(image: QImage | None) -> None:
            self._wanted.discard(address)
            self._images[address] = image
            self._again.start()

        self._jobs.submit("io", lambda _context: images.load(folder, address), on_done=arrived)

    def _card_number(self, url: QUrl) -> int | None:
        """Which of our cards an address names; a page of before may name one that is gone."""
        name = url.path()
        if url.scheme() != CARD or not (name.isascii() and name.isdecimal()):
            return None
        return int(name) if int(name) < len(self._cards) else None

    @Slot(QUrl)
    def _clicked(self, url: QUrl) -> None:
        number = self._card_number(url)
        if number is not None:
            self.run_requested.emit(self._cards[number][0])
        elif url.isRelative() and url.hasFragment() and not url.path():
            self.scrollToAnchor(url.fragment())
        elif attachment_path(url.toString()) is not None:
            self.message.emit(f"Attached file: {self._folder / url.path()}", "info")
        elif ask_to_open(self, url) is None:
            self.message.emit("This address is not opened from the journal.", "info")

    @Slot(QUrl)
    def _hovered(self, url: QUrl) -> None:
        shown = "" if url.isEmpty() or url.scheme() == CARD else url.toDisplayString()
        self.viewport().setToolTip(shown)

    # ------------------------------------------------------------------ size

    def _column(self) -> int:
        margins = self.viewportMargins()
        return max(200, self.width() - margins.left() - margins.right() - 14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column at reading width, in the middle of a wide pane."""
        self._set_margins()
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width() and (self._images or self._cards):
            self._again.start()

    def set_covered(self, pixels: int) -> None:
        """So much at the right lies under the inspector: the text keeps clear of it."""
        self._covered = pixels
        self._set_margins()
        if self._images or self._cards:
            self._again.start()

    def _set_margins(self) -> None:
        width = self.width() - self._covered
        side = max(24, min(MARGIN, width // 12), (width - PROSE_PX) // 2)
        self.setViewportMargins(side, 24, side + self._covered, 0)

    def sizeHint(self) -> QSize:
        """A comfortable page."""
        return QSize(PROSE_PX + 2 * MARGIN, 600)

    def changeEvent(self, event: QEvent) -> None:
        """A new font needs a new layout."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_again"):
            self._again.start()


def _attribute(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
