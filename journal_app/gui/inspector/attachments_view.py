"""The files of the open entry: pictures small, other files by their icon, and what can be done.

Files are not opened where they lie: a program that saved over one would damage it. What opens is a
copy, and only of kinds that hold no program.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QAction,
    QDesktopServices,
    QGuiApplication,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
)
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QVBoxLayout, QWidget

from journal_app.domain.entry import Attachment, Entry, reference
from journal_app.errors import JournalError
from journal_app.gui import icons
from journal_app.gui.inspector.thumbnails import Thumbnails
from journal_app.gui.language import locale, tr
from journal_app.gui.widgets import ElidedLabel, IconButton, PanelFrame, clear_layout, label

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs
    from journal_app.services.attachments import Kept

THUMB = 36
OPENED = frozenset(
    ".png .jpg .jpeg .gif .webp .bmp .tif .tiff .pdf .txt .log .md .csv .tsv .json .jsonl .yaml "
    ".yml .toml .wav .mp3 .ogg .flac .mp4 .webm .mov .docx .xlsx .pptx .odt .ods .odp".split()
)
ICONS = {".csv": "database", ".tsv": "database", ".pdf": "file-text", ".txt": "file-text",
         ".md": "file-text", ".log": "file-text", ".json": "file-text"}  # fmt: skip
COPIES = "cache/open"


class Thumb(QWidget):
    """A square picture, or an icon until there is one."""

    def __init__(self, holder: ThemeHolder, icon: str, token: str = "muted") -> None:
        super().__init__()
        self._holder, self._icon, self._token = holder, icon, token
        self._image: QImage | None = None
        self.setFixedSize(THUMB, THUMB)
        holder.changed.connect(self.update)

    def show_image(self, image: QImage) -> None:
        """Show a picture."""
        self._image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The picture with round corners, or the icon on a quiet ground."""
        painter = QPainter(self)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        shape = QPainterPath()
        shape.addRoundedRect(self.rect(), 6, 6)
        painter.fillPath(shape, self._holder.theme.color("sunk"))
        if self._image is not None:
            painter.setClipPath(shape)
            painter.drawImage(self.rect(), self._image)
        else:
            color = self._holder.theme.color(self._token)
            pixmap = icons.pixmap(self._icon, color, 18, self.devicePixelRatioF())
            painter.drawPixmap((THUMB - 18) // 2, (THUMB - 18) // 2, pixmap)
        painter.end()


class FileLine(QWidget):
    """One file: Enter or a double click opens it, the menu has the rest."""

    opened = Signal()
    menu_asked = Signal(QPoint)

    def __init__(self, kept: Kept, holder: ThemeHolder) -> None:
        super().__init__()
        file = kept.file
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setObjectName("FileLine")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        sound = kept.state == "ok"
        icon = ICONS.get(Path(file.path).suffix, "file")
        if file.media_type.startswith("image/"):
            icon = "image"
        self.thumb = Thumb(holder, icon if sound else "file-warning", "muted" if sound else "fail")
        says = {
            "ok": f"{Path(file.path).suffix.lstrip('.').upper()} · {size_text(file.size)}",
            "missing": tr("The file is missing"),
            "damaged": tr("The file was damaged"),
        }[kept.state]
        name = ElidedLabel(file.name)
        self.meta = label(says, "meta" if sound else "error")
        more = IconButton("menu", tr("What to do with {name}", name=file.name), holder)
        more.setFixedSize(26, 24)
        more.clicked.connect(
            lambda _checked=False: self.menu_asked.emit(more.mapToGlobal(more.rect().bottomLeft()))
        )
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(name)
        words.addWidget(self.meta)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 4, 0, 4)
        row.setSpacing(8)
        row.addWidget(self.thumb)
        row.addLayout(words, 1)
        row.addWidget(more)
        self.setAccessibleName(f"{file.name}, {says}")
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(
            lambda at: self.menu_asked.emit(self.mapToGlobal(at))
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, the menu key and Space ask."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Menu):
            self.menu_asked.emit(self.mapToGlobal(self.rect().bottomLeft()))
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: object) -> None:
        """A double click opens."""
        self.opened.emit()

    def sizeHint(self) -> QSize:
        """One height for every file."""
        return QSize(200, THUMB + 8)


def size_text(size: int) -> str:
    """`64 kB`."""
    digits = 0 if size < 10_000_000 else 1
    return locale().formattedDataSize(size, digits, QLocale.DataSizeFormat.DataSizeSIFormat)


class AttachmentsPanel(PanelFrame):
    """Shown while the open entry has files."""

    message = Signal(str, str)
    remove_asked = Signal(object)  # an Attachment

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder) -> None:
        super().__init__(tr("Attachments"))
        self._journal, self._jobs, self._holder = journal, jobs, holder
        self._thumbnails = Thumbnails(journal.folder, jobs, self)
        self._entry_id: str | None = None
        self._shown: list[Kept] = []
        self._lines: dict[str, FileLine] = {}  # by digest
        self.body.setSpacing(0)
        self.hide()

    def show_entry(self, entry: Entry | None) -> None:
        """Show the files of an entry."""
        self._entry_id = entry.id if entry is not None else None
        if entry is None or not entry.attachments:
            self._show(self._entry_id, [])
            return
        id = entry.id
        self._jobs.submit(
            "io",
            lambda _context: self._journal.attachments.of(id),
            on_done=lambda kept: self._show(id, kept),
            on_error=self._failed,
        )

    def _show(self, id: str | None, kept: list[Kept]) -> None:
        if id != self._entry_id:
            return
        self.setVisible(bool(kept))
        if kept == self._shown:
            return
        self._shown = kept
        clear_layout(self.body)
        self._lines = {}
        self.set_meta(size_text(sum(one.file.size for one in kept)) if kept else "")
        for one in kept:
            line = FileLine(one, self._holder)
            line.opened.connect(partial(self.open, one.file))
            line.menu_asked.connect(partial(self._menu, one))
            self.body.addWidget(line)
            self._lines[one.file.sha256] = line
            if one.state == "ok" and one.file.media_type.startswith("image/"):
                self._thumbnails.want(one.file, partial(self._thumb, one.file.sha256))

    def _thumb(self, sha256: str, image: QImage | str) -> None:
        line = self._lines.get(sha256)
        if line is None:  # another entry was opened meanwhile
            return
        if isinstance(image, QImage):
            line.thumb.show_image(image)
        else:
            line.meta.setText(image)

    def _menu(self, kept: Kept, at: QPoint) -> None:
        file = kept.file
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        ways: tuple[tuple[str, Callable[[], object], bool], ...] = (
            (tr("Open a copy"), lambda: self.open(file), kept.state == "ok"),
            (tr("Save as…"), lambda: self.save(file), kept.state != "missing"),
            (tr("Copy as Markdown"), lambda: self.copy(file), True),
            (tr("Take off this entry"), lambda: self.remove_asked.emit(file), True),
        )
        for name, act, enabled in ways:
            action = QAction(name, menu)
            action.triggered.connect(lambda _checked=False, act=act: act())
            action.setEnabled(enabled)
            menu.addAction(action)
        menu.popup(at)

    # ------------------------------------------------------------------ acts

    def open(self, file: Attachment) -> None:
        """Open a copy with the program that the system has for it."""
        if Path(file.path).suffix not in OPENED:
            self.message.emit(
                tr("{name} may hold a program, so it is not opened from here. Save it first.",
                   name=file.name),
                "stale",
            )  # fmt: skip
            return
        service, folder = self._journal.attachments, self._journal.folder

        def copied(_context: object) -> Path:
            target = folder / COPIES / file.sha256[:16] / (Path(file.name).name or "file")
            if target.suffix.lower() != Path(file.path).suffix:
                target = target.with_name(target.name + Path(file.path).suffix)
            if not target.exists() or target.stat().st_size != file.size:
                target.parent.mkdir(parents=True, exist_ok=True)
                service.export(file, target)
                target.chmod(0o444)
            return target

        self._jobs.submit(
            "io",
            copied,
            on_done=self._open_copy,
            on_error=self._failed,
        )

    def _open_copy(self, path: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))):
            self.message.emit(tr("The system has no program for {name}.", name=path.name), "stale")

    def save(self, file: Attachment) -> None:
        """Ask where to write a copy, and write it."""
        dialog = QFileDialog(self.window(), tr("Save as"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(Path(file.name).name)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        service = self._journal.attachments

        def chosen(path: str) -> None:
            self._jobs.submit(
                "io",
                lambda _context: service.export(file, Path(path)),
                on_done=lambda _none: self.message.emit(tr("Saved {path}", path=path), "info"),
                on_error=self._failed,
            )

        dialog.fileSelected.connect(chosen)
        dialog.open()

    def copy(self, file: Attachment) -> None:
        """Put the Markdown that shows the file on the clipboard."""
        QGuiApplication.clipboard().setText(reference(file))
        self.message.emit(tr("Copied. Paste it where the file shall show."), "info")

    def _failed(self, error: Exception) -> None:
        plain = error if isinstance(error, JournalError) else self._journal.explain(error)
        if plain is None:
            raise error
        self.message.emit(f"{plain.message} {plain.hint}".strip(), "fail")
