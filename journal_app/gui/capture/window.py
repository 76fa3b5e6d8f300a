"""The capture window, above every other window: type, Ctrl+Enter keeps, Esc puts it aside.

Invariants: an empty text creates nothing; a text is dropped only after it was saved, so a failed
save, a closed window, Esc and a killed process all leave it (see services/drafts.py).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal, Slot
from PySide6.QtGui import (
    QCursor,
    QGuiApplication,
    QKeyEvent,
    QPainterPath,
    QRegion,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QComboBox, QDialog, QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from journal_app.domain.entry import KINDS, Entry
from journal_app.errors import JournalError
from journal_app.gui import icons
from journal_app.gui.actions import native
from journal_app.gui.capture.context_chips import ContextChips
from journal_app.gui.capture.draft import CaptureDraft
from journal_app.gui.language import tr
from journal_app.gui.theme import PROSE, ThemeHolder, ui_font
from journal_app.gui.vocabulary import said
from journal_app.gui.widgets import RoundCorners, button, label
from journal_app.runtime.surroundings import surroundings

if TYPE_CHECKING:
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs
    from journal_app.services.drafts import Draft

SIZE = (580, 264)


class QuickCapture(QDialog):
    """A small window of its own; it needs no other window of the journal."""

    kept = Signal(str)  # the id of the new entry

    def __init__(self, journal: Journal, jobs: Jobs, holder: ThemeHolder) -> None:
        super().__init__(
            None,
            Qt.WindowType.Dialog
            | Qt.WindowType.FramelessWindowHint
            | Qt.WindowType.WindowStaysOnTopHint,
        )
        self._journal, self._jobs = journal, jobs
        self._saving = False
        self._looked = False  # whether the chips say what this note will have
        self._refused: set[str] = set()  # facts that it shall not have
        self.setWindowTitle(tr("Capture"))
        RoundCorners(self)
        self.setAttribute(Qt.WidgetAttribute.WA_QuitOnClose, False)
        self.resize(*SIZE)
        sheet = QFrame()
        sheet.setObjectName("sheet")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(sheet)
        self.text = QPlainTextEdit()
        self.text.setFont(ui_font(PROSE))
        self.text.setStyleSheet(f"font-size: {PROSE}px;")
        self.text.setPlaceholderText(tr("What did you just learn?  #tag  ->run:ID"))
        self.text.setAccessibleName(tr("Text of the note"))
        self.text.setTabChangesFocus(True)
        self.text.installEventFilter(self)
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind"))
        self.kind.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        for kind in KINDS:
            if kind != "post":
                icon = icons.icon(icons.kind_icon(kind), holder.theme.color("muted"))
                self.kind.addItem(icon, said(kind), kind)
        self.context = ContextChips()
        self.context.hide()
        self.context.removed.connect(self._refuse)
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.keep_button = button(f"{tr('Keep')}  {native('Ctrl+Return')}", self.keep, "primary")
        self.keep_button.setAccessibleName(tr("Keep"))
        later = button(
            tr("Esc"), self.reject, "quiet", tip=tr("Close; the text stays here for later")
        )
        later.setAccessibleName(tr("Close"))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.kind)
        foot.addStretch(1)
        foot.addWidget(later)
        foot.addWidget(self.keep_button)
        inside = QVBoxLayout(sheet)
        inside.setContentsMargins(12, 12, 12, 12)
        inside.setSpacing(8)
        inside.addWidget(self.text, 1)
        inside.addWidget(self.error)
        inside.addWidget(self.context)
        inside.addLayout(foot)
        self.draft = CaptureDraft(journal, jobs, self._read, self)
        self.draft.found.connect(self._found)
        self.draft.failed.connect(self._tell)
        self.text.textChanged.connect(self.draft.touched)
        self.kind.currentIndexChanged.connect(self.draft.touched)

    # ------------------------------------------------------------------ coming and going

    def ask(self) -> None:
        """Come to the front on the screen where the pointer is, ready to type."""
        if not self.isVisible():
            screen = QGuiApplication.screenAt(QCursor.pos()) or QGuiApplication.primaryScreen()
            area = screen.availableGeometry()
            self.move(
                area.left() + (area.width() - self.width()) // 2, area.top() + area.height() // 5
            )
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """X11 without a compositor has no translucent corners: they are cut off there."""
        super().resizeEvent(event)
        if QGuiApplication.platformName() == "xcb":
            shape = QPainterPath()
            shape.addRoundedRect(QRectF(self.rect()), 10, 10)
            self.setMask(QRegion(shape.toFillPolygon().toPolygon()))

    def showEvent(self, event: QShowEvent) -> None:
        """Look around anew: the branch may be another one by now."""
        super().showEvent(event)
        self._refused.clear()
        self._looked = False
        if self._journal.settings.get("capture.context") == "on":
            self._jobs.submit("io", lambda _context: surroundings(), on_done=self._around)
        else:
            self.context.show_facts({})

    def _around(self, facts: dict[str, str]) -> None:
        self._looked = True
        self.context.show_facts({k: v for k, v in facts.items() if k not in self._refused})

    @Slot(list)
    def _refuse(self, keys: Sequence[str]) -> None:
        self._refused.update(keys)
        self.context.show_facts({k: v for k, v in self.context.facts.items() if k not in keys})
        self.text.setFocus()

    def finish(self) -> None:
        """The program ends: what is typed stays as a draft."""
        self.hide()
        self.draft.finish()

    # ------------------------------------------------------------------ keeping

    def _read(self) -> tuple[str, str]:
        return self.text.toPlainText(), str(self.kind.currentData())

    @Slot(object)
    def _found(self, draft: Draft) -> None:
        self.text.setPlainText(draft.text)
        self.kind.setCurrentIndex(max(0, self.kind.findData(draft.kind)))
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)

    def keep(self) -> None:
        """Save the note; the window closes when it is saved."""
        text, kind = self._read()
        if self._saving:
            return
        if not text.strip():
            self.reject()
            return
        id, context = self.draft.id, dict(self.context.facts) if self._looked else None
        self._set_saving(True)
        self._jobs.submit(
            "store",
            lambda _context: self._journal.entries.add(
                text, kind=kind, origin="window", id=id, context=context
            ),
            on_done=self._kept,
            on_error=self._failed,
        )

    def _kept(self, entry: Entry) -> None:
        self._set_saving(False)
        self.text.clear()
        self.kind.setCurrentIndex(0)
        self.draft.kept()
        self.accept()
        self.kept.emit(entry.id)

    def _failed(self, error: Exception) -> None:
        self._set_saving(False)
        plain = error if isinstance(error, JournalError) else self._journal.explain(error)
        if plain is None:
            self._tell(tr("This could not be kept. The text is still here."))
            raise error
        self._tell(f"{plain.message} {plain.hint}".strip())

    @Slot(str)
    def _tell(self, trouble: str) -> None:
        self.error.setText(trouble)
        self.error.setVisible(bool(trouble))

    def _set_saving(self, saving: bool) -> None:
        self._saving = saving
        self.keep_button.setEnabled(not saving)
        self.text.setReadOnly(saving)
        if saving:
            self.error.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ctrl+Enter keeps, whatever it means in another window of the journal."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.accept()
            if event.type() == QEvent.Type.KeyPress:
                self.keep()
            return True
        return super().eventFilter(watched, event)
