"""The editor pane: one entry, its text, its preview. No typed text is lost (see autosave.py).

The pane reads entries in the window's thread (one indexed row); everything else is a job.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from journal_app.domain.entry import Entry, title_of
from journal_app.errors import NotFound
from journal_app.gui.editor import acts, notices
from journal_app.gui.editor import title as entry_title
from journal_app.gui.editor.autosave import Autosave, Content, Draft
from journal_app.gui.editor.bar import EditorBar
from journal_app.gui.editor.documents import Documents
from journal_app.gui.editor.find_bar import FindBar
from journal_app.gui.editor.linking import Linking
from journal_app.gui.editor.page import Page
from journal_app.gui.editor.paste import Paster
from journal_app.gui.editor.style import style_sheet
from journal_app.gui.editor.writing import Writing
from journal_app.gui.language import tr
from journal_app.gui.notice import Notice
from journal_app.gui.preview.side import PreviewSide
from journal_app.gui.widgets import EmptyState

if TYPE_CHECKING:
    from journal_app.domain.changes import Change
    from journal_app.domain.runcards import RunCard
    from journal_app.gui.editor.highlighter import MarkdownHighlighter
    from journal_app.gui.preview.view import Preview
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs
    from journal_app.services.entries import Saved

TITLE_MS = 250
READ_AT_ONCE = 20_000  # characters: looking through more of them would be felt


class EditorPane(QWidget):
    """Shows, edits and saves one entry at a time."""

    entry_saved = Signal(str)
    message = Signal(str, str)  # text, level: info, stale, fail
    open_requested = Signal(str)
    run_requested = Signal(str)
    quit_asked = Signal()  # out of the text, as far as that goes
    cite_requested = Signal(str, int, int)  # an entry, and characters of its stored text
    transcript_asked = Signal(str)  # the id of a generation

    def __init__(
        self, journal: Journal, jobs: Jobs, holder: ThemeHolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("editorPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._journal = journal
        self._jobs = jobs
        self._holder = holder
        self._entry: Entry | None = None
        self._loading = False
        self.autosave = Autosave(self._submit, self._read, self)
        self.bar = EditorBar(self)
        self.notice = Notice(self)
        self.page = Page(holder, self)
        self.find_bar = FindBar(self.page, jobs, holder, self)
        self.documents = Documents(self.page.text, holder, self)
        self.linking = Linking(self)
        self._split = QSplitter(Qt.Orientation.Horizontal, self)
        self._split.setChildrenCollapsible(False)
        self._split.setHandleWidth(1)
        self._split.addWidget(self.page)
        self.side = PreviewSide(self, self._split, self.page, self._preview_text)
        self.writing = Writing(self)
        self.paste = Paster(self)
        self._body = QWidget(self)
        beside = QHBoxLayout(self._body)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.setSpacing(0)
        beside.addWidget(self.writing.outline)
        beside.addWidget(self._split, 1)
        self.empty = EmptyState(
            "square-pen",
            tr("Nothing is open"),
            tr("Choose an entry from the list, or write a new one with Ctrl+Shift+N."),
            None,
            holder,
        )
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self._body)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.bar)
        rows.addWidget(self.find_bar)
        rows.addWidget(self.notice)
        rows.addWidget(self._stack, 1)
        self._titler = QTimer(self, singleShot=True, interval=TITLE_MS)
        self._titler.timeout.connect(self._show_title)
        self._restyle()
        self._connect()

    def _connect(self) -> None:
        page, save = self.page, self.autosave
        page.text.textChanged.connect(self._typed)
        page.title.textChanged.connect(self._typed)
        page.chips.kind_chosen.connect(self._kind_chosen)
        page.chips.tag_added.connect(lambda tag: acts.tag(self, add=tag))
        page.chips.tag_removed.connect(lambda tag: acts.tag(self, remove=tag))
        page.text.cursorPositionChanged.connect(self.side.follow)
        self.side.message.connect(self.message)
        self.side.run_requested.connect(self.run_requested)
        page.run_requested.connect(self.run_requested)
        save.state_changed.connect(self._show_state)
        save.saved.connect(self._after_save)
        save.clashed.connect(self.documents.renamed)
        save.clashed.connect(lambda id, copy: notices.clash(self, id, copy))
        save.failed.connect(lambda id, text, hint: notices.failure(self, id, text, hint))
        self.bar.preview_toggled.connect(self.set_preview)
        self.bar.command_asked.connect(self.linking.completion.ask)
        self.bar.next_asked.connect(lambda: acts.next_step(self))
        self._holder.changed.connect(self._restyle)

    # ------------------------------------------------------------------ what others may use

    @property
    def journal(self) -> Journal:
        """The open journal."""
        return self._journal

    @property
    def jobs(self) -> Jobs:
        """The lanes of the program."""
        return self._jobs

    @property
    def holder(self) -> ThemeHolder:
        """The theme in use."""
        return self._holder

    @property
    def entry(self) -> Entry | None:
        """The entry that is open, as it was last read or saved."""
        return self._entry

    @property
    def highlighter(self) -> MarkdownHighlighter:
        """What colours the open text."""
        return self.documents.shown.highlighter

    def open_entry(self, id: str | None) -> None:
        """Show an entry, or nothing. What was open is saved; its text is kept until it is."""
        if id is not None and id == self.autosave.id:
            return
        self.autosave.leave()
        self.notice.hide()
        entry = self._look(id) if id is not None else None
        self._entry = entry
        self.linking.opened()
        if entry is None:
            self._stack.setCurrentWidget(self.empty)
            self.bar.show_entry(None, "")
            self.writing.count()
            return
        unsaved = self.autosave.begin(entry)
        self._show(entry, unsaved or Content(entry.body, entry.title, entry.kind))
        self._stack.setCurrentWidget(self._body)
        self.page.go_to(self.documents.shown.place)
        if unsaved is not None and self.autosave.error is not None:
            error = self.autosave.error
            notices.failure(self, entry.id, error.message, error.hint)

    def flush(self, done: Callable[[bool], None]) -> None:
        """Save what is pending, then call `done` with whether everything is in the store."""
        self.autosave.flush(done)

    def stale(self, changes: Sequence[Change]) -> None:
        """Something changed, here or in another process: show it, unless someone is typing."""
        if self._entry is None:
            return
        id = self._entry.id
        if any(change.noun == "entry" and change.id == id for change in changes):
            self._refresh(id)
        if any(change.noun in ("run", "eval") for change in changes):
            acts.load_cards(self)
        self.side.stale(changes)

    def focus_editor(self) -> None:
        """Put the caret into the text."""
        text = self.page.text
        if not text.hasFocus() and not text.offset():
            text.moveCursor(QTextCursor.MoveOperation.End)  # to write on, not in front of it all
        text.setFocus()

    def select_span(self, start: int, end: int) -> None:
        """Select characters `start` to `end` of the stored text and show them."""
        if self._entry is None:
            return
        if self.bar.preview.isChecked() and self.page.isHidden():
            self.bar.preview.setChecked(False)
        # A stored text may end its lines with CR LF; the editor counts them as one.
        before = self._entry.body[:start].count("\r\n")
        inside = self._entry.body[:end].count("\r\n")
        self.page.text.select_span(start - before, end - inside)
        self.page.show_caret()
        self.page.text.setFocus()

    def set_covered(self, pixels: int) -> None:
        """So much at the right lies under the inspector."""
        self.page.set_covered(pixels)
        self.find_bar.set_covered(pixels)
        self.side.set_covered(pixels)
        self.linking.completion.slash.set_covered(pixels)

    def edit_title(self) -> None:
        """Put the caret into the title, which shows for it."""
        self.page.title.show()
        self._show_title()
        self.page.title.setFocus()

    def insert_text(self, text: str) -> None:
        """Put text at the end of the entry as one step that can be undone."""
        self.page.text.append_paragraph(text)

    def shown_title(self) -> str:
        """The title as it stands in the editor."""
        return self._read().title

    def set_preview(self, on: bool) -> None:
        """Show or hide the rendered text."""
        self.bar.preview.setChecked(on)
        self.side.set_on(on)
        self.writing.sync.tie()

    def preview_offset(self) -> int:
        """How many lines the preview has above the first line of the text."""
        return 2 if self.page.title.title() else 0

    @property
    def preview(self) -> Preview | None:
        """The rendered text, once it was asked for."""
        return self.side.view

    # ------------------------------------------------------------------ showing

    def _look(self, id: str) -> Entry | None:
        try:
            return self._journal.entries.get(id)
        except NotFound as error:
            self.message.emit(error.message, "stale")
            return None

    def _show(self, entry: Entry, content: Content) -> None:
        self._loading = True
        own = content.title != title_of(content.body)
        self.page.title.setPlainText(content.title if own else "")
        self.documents.open(entry.id, content.body, self.page.verticalScrollBar().value())
        self._loading = False
        self._show_head(entry)
        self.page.chips.set_kind(content.kind)
        self._show_title(opened=True)
        self._show_state(self.autosave.state)
        self.page.show_cards(())
        self.side.show_cards(())
        self.side.refresh(at_once=True)
        acts.load_cards(self)
        self.writing.count()
        notices.opened(self, entry)

    def _show_head(self, entry: Entry) -> None:
        def show(inline: frozenset[str]) -> None:
            if self._entry is not None and self._entry.id == entry.id:
                self.page.chips.show_entry(entry.kind, entry.tags, inline)

        if len(entry.body) < READ_AT_ONCE:
            show(acts.inline_tags(entry.body))
        else:
            self._jobs.submit("io", lambda _context: acts.inline_tags(entry.body), on_done=show)

    def _show_title(self, *, opened: bool = False) -> None:
        entry_title.show(self, self._read(), opened=opened)

    def _read(self) -> Content:
        body = self.page.text.text()
        return Content(body, self.page.title.title() or title_of(body), self.page.chips.kind)

    def _refresh(self, id: str) -> None:
        try:
            entry = self._journal.entries.get(id)
        except NotFound:
            return
        if not self.autosave.idle or self._entry is None:
            return  # the save finds out whether both changed it, and keeps both
        known, self._entry = self._entry, entry
        if entry.rev != self.autosave.rev:
            place = self.page.verticalScrollBar().value()
            at = self.page.text.offset()
            self.autosave.reloaded(entry)
            self._show(entry, Content(entry.body, entry.title, entry.kind))
            self.page.text.select_span(at, at)
            self.page.verticalScrollBar().setValue(place)
        else:
            self._show_head(entry)
            if known.trashed_at and not entry.trashed_at:
                self.notice.drop("trash")
            if known.links != entry.links:
                acts.load_cards(self)

    def show_cards(self, id: str, cards: Sequence[RunCard]) -> None:
        """Show the cards of the runs that an entry links, if it is still open."""
        if self._entry is not None and self._entry.id == id:
            self.page.show_cards(cards)
            self.side.show_cards(cards)

    # ------------------------------------------------------------------ preview

    def closeEvent(self, event: QCloseEvent) -> None:
        """A pane of its own saves nothing more once it is closed."""
        self.autosave.stop()
        self.writing.stop()
        super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The preview stands beside the text where there is room, else in its place."""
        super().resizeEvent(event)
        self.side.resized(event.oldSize().width(), event.size().width())

    def _preview_text(self) -> str:
        return entry_title.rendered(self._read())

    @Slot()
    def _restyle(self) -> None:
        self.setStyleSheet(style_sheet(self._holder.theme))
        self.documents.shown.highlighter.set_theme(self._holder.theme)

    # ------------------------------------------------------------------ typing and saving

    @Slot()
    def _typed(self) -> None:
        if self._loading or self._entry is None or self.highlighter.busy:
            return
        self.autosave.touched()
        self._titler.start()
        self.side.refresh()

    @Slot(str)
    def _kind_chosen(self, _kind: str) -> None:
        self.autosave.touched()
        self._show_title()

    def _submit(
        self, draft: Draft, ok: Callable[[Saved], None], bad: Callable[[BaseException], None]
    ) -> None:
        acts.save(self, draft, ok, bad)

    @Slot(str)
    def _show_state(self, state: str) -> None:
        entry = self._entry
        self.bar.show_state(acts.state_text(state, entry), "fail" if state == "failed" else "")

    @Slot(str, int)
    def _after_save(self, id: str, _rev: int) -> None:
        self.notice.drop("failed")
        if id == self.autosave.id:
            entry = self._look(id)
            if entry is not None:
                self._entry = entry
                self._show_head(entry)
                self._show_state(self.autosave.state)
        self.entry_saved.emit(id)
