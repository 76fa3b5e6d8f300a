"""What the actions about files of the open entry do: attach, screenshot, paste plain, take off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from journal_app.gui.language import tr

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from journal_app.domain.entry import Attachment
    from journal_app.gui.capture.screenshot import Screenshot
    from journal_app.gui.window import MainWindow


class AttachmentActs:
    """The handlers of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._shot: Screenshot | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """A handler for each of the actions."""
        return {
            "entry.attach": self.attach,
            "entry.screenshot": self.screenshot,
            "entry.paste-plain": self.paste_plain,
        }

    def paste_plain(self) -> None:
        """Paste the clipboard's text as it is."""
        editor = self._window.editor
        if editor is not None:
            editor.paste.plain()

    def attach(self) -> None:
        """Ask for files and keep copies of them with the open entry."""
        from PySide6.QtCore import Qt
        from PySide6.QtWidgets import QFileDialog

        editor = self._window.editor
        if editor is None or editor.entry is None:
            self._window.tell(tr("Open an entry first."), "info")
            return
        editor.focus_editor()
        dialog = QFileDialog(self._window, tr("Attach files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda names: editor.paste.files([Path(n) for n in names]))
        dialog.open()

    def screenshot(self) -> None:
        """Take a picture of the screen without this window, let the user cut it, attach it."""
        from journal_app.gui.capture.screenshot import Screenshot

        window, editor = self._window, self._window.editor
        if editor is None or editor.entry is None:
            window.tell(tr("Open an entry first."), "info")
            return
        if self._shot is not None:
            return

        def taken(image: QImage | None, trouble: str) -> None:
            self._shot = None
            window.come_forward()
            editor.focus_editor()
            if image is not None:
                editor.paste.image(image, f"screenshot-{datetime.now():%Y%m%d-%H%M%S}.png")
            elif trouble:
                window.tell(trouble, "fail")

        editor.focus_editor()  # a text nobody was in gets the picture at its end
        self._shot = Screenshot(window.jobs, window.holder, taken)
        window.hide()
        QTimer.singleShot(Screenshot.PAUSE, self._shot.take)

    def remove(self, file: Attachment) -> None:
        """Take a file off the open entry and its text; the toast puts both back."""
        from journal_app.services.attachments import without

        window, editor = self._window, self._window.editor
        if editor is None or editor.entry is None:
            return
        id, text = editor.entry.id, editor.page.text
        before = text.text()
        after = without(before, file.path)
        if after != before:
            text.replace([(0, len(before), after)])
        service = window.journal.attachments

        def undo() -> None:
            window.jobs.submit(
                "store",
                lambda _context: service.reattach(id, file),
                on_error=window.failed,
            )
            if editor.entry is not None and editor.entry.id == id and text.text() == after:
                text.replace([(0, len(after), before)])

        window.jobs.submit(
            "store",
            lambda _context: service.detach(id, file),
            on_done=lambda _none: window.toast.tell(
                tr("{name} is off this entry.", name=file.name), (tr("Undo"), undo)
            ),
            on_error=window.failed,
        )
