"""What is pasted or dropped into the text: tables, links, HTML, images, files.

Reading the clipboard has to happen in the window's thread; everything else is a job, and its result
goes where the paste was made, however much was typed meanwhile, as one step that can be undone. A
result for an entry that is not open any more is added to the end of its text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, QObject
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QTextCursor

from journal_app.domain import html_paste, paste
from journal_app.domain.entry import reference
from journal_app.errors import JournalError
from journal_app.gui.editor.acts import explain
from journal_app.gui.editor.text_area import OWN, PARAGRAPH
from journal_app.gui.language import tr, trn

if TYPE_CHECKING:
    from journal_app.gui.editor.pane import EditorPane

CODE = ("vscode-editor-data", 'application/x-qt-windows-mime;value="VSCodeEditorData"')
RAW = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}
AT_ONCE = 64 * 1024  # characters of text that are looked at without a job


@dataclass(slots=True)
class _Spot:
    """Where a paste was made; the cursor moves with the text around it."""

    entry_id: str
    title: str
    cursor: QTextCursor


class Paster(QObject):
    """Takes what is pasted into one editor."""

    def __init__(self, pane: EditorPane) -> None:
        super().__init__(pane)
        self._pane = pane
        pane.page.text.mime_handlers.append(self.take)

    # ------------------------------------------------------------------ what comes in

    def take(self, source: QMimeData) -> bool:
        """Put it into the text; False leaves it to the editor, which pastes plain text."""
        pane = self._pane
        if pane.entry is None or source.hasFormat(OWN):
            return False
        files = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
        if files:
            self.files(files)
            return True
        words = source.text().replace("\r\n", "\n").replace("\r", "\n")
        if not words.strip() and (source.hasImage() or any(map(source.hasFormat, RAW))):
            self._image(source)
            return True
        return self._words(source, words)

    def plain(self) -> None:
        """Paste the clipboard's text as it is."""
        words = QGuiApplication.clipboard().text()
        if words and self._pane.entry is not None:
            words = words.replace("\r\n", "\n").replace("\r", "\n")
            self._pane.page.text.insert(words)

    def _words(self, source: QMimeData, words: str) -> bool:
        text = self._pane.page.text
        cursor = text.textCursor()
        before = QTextCursor(cursor)
        before.setPosition(cursor.selectionStart())
        before.movePosition(QTextCursor.MoveOperation.Start, QTextCursor.MoveMode.KeepAnchor)
        if paste.in_code(before.selection().toRawText().replace(PARAGRAPH, "\n")):
            return False
        target = paste.address(words)
        if target is not None and cursor.hasSelection() and PARAGRAPH not in cursor.selectedText():
            cursor.insertText(paste.link(cursor.selectedText(), target))
            return True
        html = source.html() if source.hasHtml() and not any(map(source.hasFormat, CODE)) else ""
        sheet = "<table" in html[:20_000].lower() and "\t" in words
        if len(words) <= AT_ONCE and (found := paste.grid(words, spreadsheet=sheet)) is not None:
            self._grid(found)
            return True
        if target is None and html and html_paste.says_more(html):
            self._html(html, words)
            return True
        if len(words) > AT_ONCE and ("\t" in words[:4000] or "," in words[:4000]):
            self._large(words, spreadsheet=sheet)
            return True
        return False

    # ------------------------------------------------------------------ tables and HTML

    def _grid(self, found: paste.Grid) -> None:
        if len(found.body) > paste.ROWS:
            self._put_later(lambda entry_id: self._with_rest(entry_id, found), block=True)
        else:
            spot = self._spot()
            if spot is not None:
                self._insert(spot, paste.table(found), block=True)

    def _large(self, words: str, *, spreadsheet: bool) -> None:
        def work(entry_id: str) -> str:
            found = paste.grid(words, spreadsheet=spreadsheet)
            return words if found is None else self._with_rest(entry_id, found)

        self._put_later(work, block=True)

    def _with_rest(self, entry_id: str, found: paste.Grid) -> str:
        """The first rows as a table, and the whole of it as a file."""
        shown = paste.table(found)
        rest = len(found.body) - paste.ROWS
        if rest <= 0:
            return shown
        name = f"table-{datetime.now():%Y%m%d-%H%M%S}.csv"
        kept = self._pane.journal.entries.attach(entry_id, paste.as_csv(found), name)
        more = trn("{n} more row in|{n} more rows in", rest)
        return f"{shown}\n\n{more} [{kept.name}]({kept.path})"

    def _html(self, html: str, words: str) -> None:
        def work(entry_id: str) -> str:
            made = html_paste.convert(html)
            if made is None:
                return words
            text = made.text
            for n, picture in reversed(list(enumerate(made.pictures))):
                kept = self._pane.journal.entries.attach(entry_id, picture.data, picture.name)
                text = text.replace(f"({html_paste.PLACE}{n})", f"({kept.path})")
            return text or words

        self._put_later(work, block=None)

    # ------------------------------------------------------------------ images and files

    def _image(self, source: QMimeData) -> None:
        stamp = f"pasted-{datetime.now():%Y%m%d-%H%M%S}"
        for kind, ending in RAW.items():  # the bytes as they are: nothing is decoded here
            if source.hasFormat(kind) and (data := bytes(source.data(kind).data())):
                self.data(lambda: data, f"{stamp}.{ending}")
                return
        image = source.imageData()
        if isinstance(image, QImage) and not image.isNull():
            self.image(image, f"{stamp}.png")

    def image(self, image: QImage, name: str) -> None:
        """Keep a picture as PNG with the entry and show it in the text."""
        self.data(lambda: png(image), name)

    def data(self, read: Callable[[], bytes], name: str) -> None:
        """Keep what `read` gives (in a job) with the entry and name it in the text."""
        entries = self._pane.journal.entries
        self._put_later(lambda id: reference(entries.attach(id, read(), name)), block=None)

    def files(self, files: Sequence[Path]) -> None:
        """Keep copies of files with the entry and name them in the text, each on a line."""
        service = self._pane.journal.attachments

        def work(entry_id: str) -> str:
            return "\n".join(reference(service.attach_file(entry_id, path)) for path in files)

        self._put_later(work, block=None)

    # ------------------------------------------------------------------ into the text

    def _spot(self) -> _Spot | None:
        entry = self._pane.entry
        if entry is None:
            return None
        cursor = QTextCursor(self._pane.page.text.textCursor())
        # What is typed here while the job runs comes after the paste, as it was meant.
        cursor.setKeepPositionOnInsert(not cursor.hasSelection())
        return _Spot(entry.id, entry.title, cursor)

    def _put_later(self, work: Callable[[str], str], *, block: bool | None) -> None:
        """Run `work` with the entry's id, then insert what it gives. `block` None: as it says."""
        pane, spot = self._pane, self._spot()
        if spot is None:
            return

        def done(text: str) -> None:
            if pane.entry is not None and pane.entry.id == spot.entry_id:
                self._insert(spot, text, block=paste_block(text) if block is None else block)
            else:
                self._append(spot, text)

        pane.jobs.submit(
            "io",
            lambda _context: work(spot.entry_id),
            on_done=done,
            on_error=lambda error: explain(pane, error),
        )

    def _insert(self, spot: _Spot, text: str, *, block: bool) -> None:
        """One step to undo. A block stands apart from the lines around it."""
        cursor = spot.cursor
        if cursor.keepPositionOnInsert():  # Qt kept the position only: what was typed since lies
            cursor.setKeepPositionOnInsert(False)  # between it and the anchor, and is not to go
            cursor.setPosition(cursor.position())
        cursor.beginEditBlock()
        cursor.removeSelectedText()
        if block:
            line = cursor.block()
            if cursor.positionInBlock():
                text = "\n\n" + text
            elif line.previous().isValid() and line.previous().text().strip():
                text = "\n" + text
            following = line.next().isValid() and bool(line.next().text().strip())
            if not cursor.atBlockEnd():
                text += "\n\n"
            elif following or text.endswith("|"):  # what is typed next is no part of the table
                text += "\n"
        cursor.insertText(text)
        cursor.endEditBlock()
        view = self._pane.page.text
        if view.textCursor().position() == cursor.position() or block:
            view.ensureCursorVisible()

    def _append(self, spot: _Spot, text: str) -> None:
        pane = self._pane
        entries = pane.journal.entries

        def add(_context: object) -> None:
            entry = entries.get(spot.entry_id)
            body = f"{entry.body.rstrip()}\n\n{text}".lstrip("\n")
            entries.save(entry.id, body, base_rev=entry.rev)

        pane.jobs.submit(
            "store",
            add,
            on_done=lambda _none: pane.message.emit(
                tr("What you pasted is at the end of “{title}”.", title=spot.title), "info"
            ),
            on_error=lambda error: explain(pane, error),
        )


def paste_block(text: str) -> bool:
    """Whether Markdown has to stand apart from the line it is pasted into."""
    return "\n" in text or text.startswith(("![", "#", "- ", "> ", "```", "|", "1. "))


def png(image: QImage) -> bytes:
    """The picture as PNG. Raises JournalError when it cannot be packed."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"PNG")).write(image):
        raise JournalError(tr("This picture could not be kept."), tr("Save it to a file first."))
    return bytes(data.data())
