"""The rendered text beside or instead of its source.

Invariants: nothing leaves this widget for the network, and nothing comes into it from the disk but
bitmaps and tables of the journal's own attachments. Text is rendered, formulas are drawn and files
are read in workers; the window's thread lays out one page of a long text at a time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import (
    QContextMenuEvent,
    QFontMetricsF,
    QHideEvent,
    QResizeEvent,
    QShowEvent,
    QTextDocument,
)
from PySide6.QtWidgets import QTextBrowser, QWidget
from shiboken6 import isValid

from journal_app.domain.markdown import Names, attachment_path, render_mapped
from journal_app.errors import NotFound
from journal_app.gui import images
from journal_app.gui.inspector.run_card import card_pixmap
from journal_app.gui.language import tr
from journal_app.gui.plain import tip
from journal_app.gui.preview.drawings import DRAWING, Drawings
from journal_app.gui.preview.links import Follower
from journal_app.gui.preview.pages import Page, card_html, pages, turn_html
from journal_app.gui.preview.parts import CARD, MATH, Ink, Key, Part, Parts
from journal_app.gui.preview.pictures import Pictures
from journal_app.gui.preview.style import finish, framed, style_sheet
from journal_app.gui.theme import PROSE, ThemeHolder, ui_font

if TYPE_CHECKING:
    from journal_app.domain.runcards import RunCard
    from journal_app.runtime.jobs import Job, Jobs

DEBOUNCE_MS = 120
SLOWER = 1_000  # characters that add a millisecond to it: a long text is rendered less often
PROSE_PX = 680  # about 72 characters of 15 px text
MARGIN = 48

_WIDTH = re.compile(r' width="(\d{3,4})"')


class Preview(QTextBrowser):
    """Shows one Markdown text. `message` carries hints and refusals: text, level."""

    message = Signal(str, str)
    run_requested = Signal(str)
    entry_requested = Signal(str)
    page_requested = Signal(str)  # the title of an entry that is not written yet
    task_toggled = Signal(int)  # the line of the rendered text whose box was clicked
    rendered = Signal()

    def __init__(
        self, folder: Path, jobs: Jobs, holder: ThemeHolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("Preview")
        self.setAccessibleName(tr("Preview of the entry"))
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._folder = folder
        self._jobs = jobs
        self._holder = holder
        self._names: Callable[[], Names | None] = lambda: None
        self._read_card: Callable[[str], RunCard] = _no_card
        self._text = ""
        self._asked = 0
        self._waiting = False
        self._job: Job[list[Page]] | None = None
        self._pages: list[Page] = [Page(0, "")]
        self._page = 0
        self.codes: list[str] = []
        self._cards: Sequence[RunCard] = ()
        self._parts = Parts(folder)
        self._drawing: set[Key] = set()
        self._tops: list[tuple[int, int]] = []  # source line, block number
        self._covered = 0
        self._fitted = 0  # the column that pictures were fitted to
        self._timer = QTimer(self, singleShot=True, interval=DEBOUNCE_MS)
        self._timer.timeout.connect(self._render)
        self._again = QTimer(self, singleShot=True, interval=40)
        self._again.timeout.connect(self._show)
        self.pictures = Pictures(folder, jobs, self._again.start)
        self.drawings = Drawings(jobs, self._again.start)
        self._follower = Follower(self)
        self.anchorClicked.connect(self._follower.go)
        self.highlighted.connect(self._hovered)
        holder.changed.connect(self._show)

    # ------------------------------------------------------------------ content

    @property
    def folder(self) -> Path:
        """The folder of the journal."""
        return self._folder

    def set_sources(
        self, names: Callable[[], Names | None], read_card: Callable[[str], RunCard]
    ) -> None:
        """What names in the text mean, and the cards of runs; both are called in workers."""
        self._names = names
        self._read_card = read_card

    def show_text(self, text: str, *, at_once: bool = False) -> None:
        """Render this text soon; of several in a row only the last is rendered."""
        self._text = text
        if at_once:
            self._timer.stop()
            self._render()
        else:
            self._timer.start(DEBOUNCE_MS + len(text) // SLOWER)

    def show_cards(self, cards: Sequence[RunCard]) -> None:
        """Show run cards under the text, but those that stand in it."""
        self._cards = tuple(cards)
        self._again.start()

    def read_again(self) -> None:
        """Something in the journal changed: names may lead elsewhere, runs have other numbers."""
        self._parts.forget("run")
        self.show_text(self._text)

    @Slot()
    def _render(self) -> None:
        self._asked += 1
        ticket = self._asked
        text, names = self._text, self._names
        if self._job is not None:
            self._job.cancel()  # if it waits still, nobody wants it any more

        def arrived(made: list[Page]) -> None:
            if isValid(self) and ticket == self._asked:  # its window may be closed by now
                self._arrived(made)

        self._job = self._jobs.submit(
            "io",
            lambda _context: pages(render_mapped(text, names=names(), inside=True)),
            on_done=arrived,
        )

    def _arrived(self, made: list[Page]) -> None:
        self._pages = made
        self._page = min(self._page, len(made) - 1)
        self._show()
        self.rendered.emit()

    @Slot()
    def _show(self) -> None:
        bar = self.verticalScrollBar()
        place = bar.value()
        document = self.document()
        theme = self._holder.theme
        document.setDocumentMargin(0)
        document.setIndentWidth(24)
        document.setDefaultStyleSheet(style_sheet(theme))
        prose = QFontMetricsF(ui_font(PROSE)).xHeight()
        colour = theme.color("text").name()
        self._parts.set_ink(Ink(colour, self.devicePixelRatioF(), prose))
        html, missing = self._parts.fill(self._pages[self._page].html)
        column = self._fitted = self._column()
        html, undrawn = self.drawings.fill(html, theme, self.devicePixelRatioF(), column)
        html, self.codes = framed(html)
        html = _WIDTH.sub(lambda match: f' width="{min(int(match.group(1)), column)}"', html)
        last = self._page == len(self._pages) - 1
        self.setHtml(
            turn_html(self._page, len(self._pages), top=True)
            + html
            + turn_html(self._page, len(self._pages), top=False)
            + (card_html(self._cards, html) if last else "")
        )
        self._tops = finish(document)
        bar.setValue(place)
        self._draw(missing)
        self.drawings.draw(undrawn, theme)

    def _draw(self, missing: list[Key]) -> None:
        wanted = [key for key in missing if key not in self._drawing]
        if not wanted:
            return
        self._drawing.update(wanted)

        def arrived(drawn: dict[Key, Part]) -> None:
            if not isValid(self):
                return
            self._drawing.difference_update(wanted)
            self._parts.keep(drawn)
            self._again.start()

        self._jobs.submit("io", self._parts.draw(wanted, self._read_card), on_done=arrived)

    def busy(self) -> bool:
        """Whether something of the page is still to come."""
        waiting = self._timer.isActive() or self._again.isActive()
        coming = self.pictures.busy() or self.drawings.busy()
        return waiting or bool(self._drawing) or coming

    # ------------------------------------------------------------------ pages of a long text

    def turn(self, page: int) -> None:
        """Show another page of a long text, from its beginning."""
        self._page = max(0, min(page, len(self._pages) - 1))
        self._show()
        self.verticalScrollBar().setValue(0)

    def go_to(self, anchor: str) -> None:
        """Scroll to a heading or footnote, on whichever page it stands."""
        mark = f'id="{anchor}"'
        if mark not in self._pages[self._page].html:
            found = next((n for n, page in enumerate(self._pages) if mark in page.html), None)
            if found is not None:
                self.turn(found)
        self.scrollToAnchor(anchor)

    # ------------------------------------------------------------------ following the editor

    def follow(self, line: int, height: int) -> None:
        """Bring the block of a source line to `height` pixels below the top, if it is not there."""
        wanted = max((n for n, page in enumerate(self._pages) if page.line <= line), default=0)
        if wanted != self._page:
            self.turn(wanted)
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

    def tops(self) -> list[tuple[int, float]]:
        """Source lines with the heights where their blocks begin, both ascending."""
        document = self.document()
        layout = document.documentLayout()
        return [
            (line, layout.blockBoundingRect(document.findBlockByNumber(block)).top())
            for line, block in self._tops
        ]

    # ------------------------------------------------------------------ resources and links

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Images of this journal and pictures of our own; a box with words for everything else.

        Qt asks here for whatever a text names, local files included.
        """
        name = QUrl(name)
        if kind != QTextDocument.ResourceType.ImageResource.value:
            return ""
        theme, ratio = self._holder.theme, self.devicePixelRatioF()
        if name.scheme() == MATH and (formula := self._parts.picture(name.path())) is not None:
            return formula.image
        if name.scheme() == DRAWING:
            return self.drawings.picture(name.path(), self._column())
        if name.scheme() == CARD and (card := self._card(name.path())) is not None:
            return card_pixmap(card, self._column(), theme, self.font(), ratio)
        address = name.toString()
        if attachment_path(address) is None:
            return images.placeholder(theme, tr("Image not loaded"))
        found = self.pictures.at(address, self._column(), ratio)
        return images.placeholder(theme, found) if isinstance(found, str) else found

    def _card(self, id: str) -> RunCard | None:
        linked = next((card for card in self._cards if card.id == id), None)
        return linked or self._parts.card(id)

    @Slot(QUrl)
    def _hovered(self, url: QUrl) -> None:
        self.viewport().setToolTip(tip(self._follower.described(url)))

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Copy, and what a link under the pointer offers."""
        menu = self._follower.menu(QUrl(self.anchorAt(event.pos())))
        menu.exec(event.globalPos())
        menu.deleteLater()

    # ------------------------------------------------------------------ size

    def _column(self) -> int:
        margins = self.viewportMargins()
        return max(200, self.width() - margins.left() - margins.right() - 14)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column at reading width, in the middle of a wide pane."""
        self._set_margins()
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._refit()

    def set_covered(self, pixels: int) -> None:
        """So much at the right lies under the inspector: the text keeps clear of it."""
        self._covered = pixels
        self._set_margins()
        self._refit()

    def _refit(self) -> None:
        if self._column() == self._fitted:
            return  # a scroll bar came or went: to fit anew would let it do so again
        sized = self._cards or self.pictures or self.drawings
        if sized or f'"{CARD}:' in self._pages[self._page].html:
            self._again.start()

    def _set_margins(self) -> None:
        width = self.width() - self._covered
        side = max(24, min(MARGIN, width // 12), (width - PROSE_PX) // 2)
        self.setViewportMargins(side, 24, side + self._covered, 0)

    def sizeHint(self) -> QSize:
        """A comfortable page."""
        return QSize(PROSE_PX + 2 * MARGIN, 600)

    def hideEvent(self, event: QHideEvent) -> None:
        """What nobody sees is not rendered."""
        self._waiting = self._waiting or self._timer.isActive() or self._again.isActive()
        self._timer.stop()
        self._again.stop()
        super().hideEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Render what was asked for while nobody saw it."""
        super().showEvent(event)
        if self._waiting:
            self._waiting = False
            self._timer.start(0)

    def changeEvent(self, event: QEvent) -> None:
        """A new font needs a new layout."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_again"):
            self._again.start()


def _no_card(id: str) -> RunCard:
    raise NotFound(tr("This run is not in the journal."), "")
