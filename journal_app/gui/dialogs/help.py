"""The help pages, as they travel with the program: a list, a search over them, and the page.

Invariant: a page shows text and pictures of resources/help alone; nothing is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from PySide6.QtCore import QSize, Qt, QUrl, Signal, Slot
from PySide6.QtGui import QImage, QKeyEvent, QResizeEvent, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from journal_app import paths
from journal_app.domain.markdown import render_mapped
from journal_app.gui.language import tr
from journal_app.gui.links import ask_to_open
from journal_app.gui.lists.rows import search_field
from journal_app.gui.preview.style import COPY, finish, framed, style_sheet
from journal_app.gui.widgets import IconButton, label

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.gui.window import MainWindow

PROSE, SIDE = 680, 248  # px
FIRST = ("start", "offline")
_PAGE = re.compile(r"\]\(([a-z-]+)\.md(#[\w-]*)?\)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([\w-]+\.png)\)")


@dataclass(frozen=True, slots=True)
class HelpPage:
    """A page: its name, its heading, its text as it is searched, and as HTML."""

    name: str
    title: str
    text: str
    html: str


def read_pages(folder: Path | None = None) -> list[HelpPage]:
    """Every page, in the order of the list. Run it in a lane."""
    found = []
    for path in sorted((folder or paths.resources() / "help").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        title = text.partition("\n")[0].lstrip("# ").strip()
        # The cleaner lets through what leads inside the journal: pages take that road.
        ready = _PAGE.sub(
            lambda m: f"](new:{m.group(1)}{(m.group(2) or '').replace('#', '.')})", text
        )
        ready = _PICTURE.sub(lambda m: f"![{m.group(1)}](attachments/{m.group(2)})", ready)
        html = "".join(render_mapped(ready, inside=True).parts)
        found.append(HelpPage(path.stem, title, text.casefold(), html))
    found.sort(key=lambda one: (one.name not in FIRST, one.name != "start", one.title.casefold()))
    return found


class HelpView(QTextBrowser):
    """One page. `page_requested` carries the name of another, `message` a hint."""

    page_requested = Signal(str)
    message = Signal(str)

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__()
        self._holder = holder
        self._html = ""
        self._codes: list[str] = []
        self.setObjectName("Preview")
        self.setAccessibleName(tr("Help page"))
        self.setOpenLinks(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QTextBrowser.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.anchorClicked.connect(self._go)
        holder.changed.connect(self._draw)

    def show_html(self, html: str) -> None:
        """Show a page from its beginning."""
        self._html = html
        self._draw()
        self.verticalScrollBar().setValue(0)

    @Slot()
    def _draw(self) -> None:
        document = self.document()
        document.setDocumentMargin(0)
        document.setIndentWidth(24)
        document.setDefaultStyleSheet(style_sheet(self._holder.theme))
        html, self._codes = framed(self._html)
        self.setHtml(html)
        finish(document)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Pictures of the help folder; nothing else."""
        url = QUrl(name)
        file = url.path().rpartition("/")[2]
        if kind != QTextDocument.ResourceType.ImageResource.value or not url.isRelative():
            return ""
        picture = QImage(str(paths.resources() / "help" / file))
        if picture.isNull():
            return ""
        ratio = self.devicePixelRatioF()
        wide = round(min(PROSE, self.viewport().width()) * ratio)
        if picture.width() > wide:
            picture = picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation)
        picture.setDevicePixelRatio(ratio)
        return picture

    @Slot(QUrl)
    def _go(self, url: QUrl) -> None:
        kind, rest = url.scheme().lower(), unquote(url.path())
        if kind == "new":
            self.page_requested.emit(rest)
        elif kind == COPY and rest.isdecimal() and int(rest) < len(self._codes):
            from PySide6.QtGui import QGuiApplication

            QGuiApplication.clipboard().setText(self._codes[int(rest)])
            self.message.emit(tr("The code is on the clipboard."))
        elif url.isRelative() and url.hasFragment():
            self.scrollToAnchor(url.fragment())
        else:
            ask_to_open(self, url)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column at reading width."""
        side = max(24, (self.width() - PROSE) // 2)
        self.setViewportMargins(side, 24, side, 0)
        super().resizeEvent(event)

    def sizeHint(self) -> QSize:
        """A comfortable page."""
        return QSize(PROSE + 64, 560)


class HelpDialog(QDialog):
    """Pages at the left, the chosen one at the right; Alt+Left goes back."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._pages: dict[str, HelpPage] = {}
        self._wanted = ""
        self._anchor = ""
        self._way: list[str] = []
        self.setWindowTitle(tr("Help"))
        self.setMinimumSize(560, 360)
        room = window.screen().availableSize()
        self.resize(min(980, room.width() - 40), min(700, room.height() - 60))
        self.search = search_field(tr("Search the help"), window.holder)
        self.search.textChanged.connect(lambda _text: self._filter())
        self.list = QListWidget()
        self.list.setObjectName("settingsSections")
        self.list.setAccessibleName(tr("Help pages"))
        self.list.currentItemChanged.connect(lambda _now, _before: self._chosen())
        self.nothing = label(tr("No page fits."), "muted")
        self.nothing.hide()
        self.back = IconButton("arrow-left", tr("Back"), window.holder)
        self.back.clicked.connect(lambda _checked=False: self._back())
        self.back.setEnabled(False)
        self.view = HelpView(window.holder)
        self.view.page_requested.connect(self._follow)
        self.view.message.connect(window.tell)
        top = QHBoxLayout()
        top.setContentsMargins(12, 12, 12, 8)
        top.setSpacing(4)
        top.addWidget(self.back)
        top.addWidget(self.search, 1)
        side = QWidget()
        side.setObjectName("listPane")
        side.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        side.setFixedWidth(SIDE)
        left = QVBoxLayout(side)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(top)
        left.addWidget(self.list, 1)
        left.addWidget(self.nothing)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(side)
        whole.addWidget(self.view, 1)
        window.jobs.submit("io", lambda _c: read_pages(), on_done=self._read)

    @property
    def page(self) -> str:
        """The name of the page that is shown."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def show_page(self, name: str) -> None:
        """Open the window at a page."""
        self.search.clear()
        self._wanted = name
        self._choose(name)
        self.show()
        self.raise_()
        self.activateWindow()
        self.view.setFocus()

    def _read(self, pages: list[HelpPage]) -> None:
        self._pages = {page.name: page for page in pages}
        self._filter()
        self._choose(self._wanted)

    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        current = self.page
        self.list.blockSignals(True)
        self.list.clear()
        for page in self._pages.values():
            if all(word in page.text for word in words):
                item = QListWidgetItem(page.title)
                item.setData(Qt.ItemDataRole.UserRole, page.name)
                self.list.addItem(item)
                if page.name == current:
                    self.list.setCurrentItem(item)
        self.list.blockSignals(False)
        self.nothing.setVisible(bool(self._pages) and not self.list.count())
        if words and self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)

    def _choose(self, name: str) -> None:
        for line in range(self.list.count()):
            item = self.list.item(line)
            if item.data(Qt.ItemDataRole.UserRole) == name:
                self.list.setCurrentItem(item)
                return

    def _chosen(self) -> None:
        page = self._pages.get(self.page)
        if page is None:
            return
        if not self._way or self._way[-1] != page.name:
            self._way.append(page.name)
        self.back.setEnabled(len(self._way) > 1)
        self.view.show_html(page.html)
        self.view.setAccessibleName(page.title)
        if self._anchor:
            self.view.scrollToAnchor(self._anchor)
            self._anchor = ""

    @Slot(str)
    def _follow(self, target: str) -> None:
        name, _, self._anchor = target.partition(".")
        if self.search.text():
            self.search.clear()
        self._choose(name)

    def _back(self) -> None:
        if len(self._way) > 1:
            self._way.pop()
            name = self._way.pop()
            self.search.clear()
            self._choose(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt+Left goes back; Esc ends a search first."""
        if event.key() == Qt.Key.Key_Left and event.modifiers() == Qt.KeyboardModifier.AltModifier:
            self._back()
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)
