"""Actions about commands: ask, this week, the transcript, the user's own; loaded when asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.gui.assist.ask_window import AskWindow
    from journal_app.gui.assist.own_commands import OwnCommands
    from journal_app.gui.editor.pane import EditorPane
    from journal_app.gui.model.transcript import TranscriptWindow
    from journal_app.gui.window import MainWindow


class AssistActs:
    """The handlers of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._ask: AskWindow | None = None
        self._transcript: TranscriptWindow | None = None
        self._own: OwnCommands | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """A handler for each of these actions."""
        return {
            "ask": self.ask,
            "week": self.week,
            "entry.command": self.command,
            "transcript": self.transcript,
            "commands.folder": self.own_commands,
        }

    def connect(self, editor: EditorPane) -> None:
        """Listen to the editor."""
        editor.cite_requested.connect(self.show_source)
        editor.transcript_asked.connect(self.transcript)
        editor.linking.completion.slash.problems_changed.connect(self._problems)

    # ------------------------------------------------------------------ windows

    @property
    def asking(self) -> AskWindow:
        """The window that asks, made when it is first needed and kept with its answer."""
        if self._ask is None:
            from journal_app.gui.assist.ask_window import AskWindow

            window = self._window
            made = self._ask = AskWindow(window.journal, window.jobs, window.holder, window)
            made.cite_requested.connect(self.show_source)
            made.entry_requested.connect(window.open_entry)
            made.run_requested.connect(window.open_run)
            made.insert_requested.connect(self._insert)
            made.transcript_asked.connect(self.transcript)
            made.message.connect(window.tell)
        return self._ask

    def ask(self) -> None:
        """Ask the journal a question."""
        self.asking.show()
        self.asking.raise_()
        self.asking.activateWindow()

    def week(self) -> None:
        """Sum up what was written this week."""
        from journal_app.gui.assist.week import WeekDialog

        window = self._window

        def show(_saved: bool) -> None:
            dialog = WeekDialog(window.journal, window.jobs, window.holder, window)
            dialog.cite_requested.connect(self.show_source)
            dialog.insert_requested.connect(self._insert)
            dialog.finished.connect(dialog.deleteLater)
            dialog.show()

        if window.editor is not None:
            window.editor.flush(show)
        else:
            show(True)

    def command(self) -> None:
        """Offer the commands at the caret, or for what is selected."""
        editor = self._window.acts.entry.editor()
        if editor is not None:
            editor.linking.completion.ask()

    @property
    def transcripts(self) -> TranscriptWindow:
        """The transcript."""
        if self._transcript is None:
            from journal_app.gui.model.transcript import TranscriptWindow

            window = self._window
            made = self._transcript = TranscriptWindow(
                window.journal, window.jobs, window.holder, self._entry, window
            )
            made.cite_requested.connect(self.show_source)
            made.entry_requested.connect(window.open_entry)
        return self._transcript

    def transcript(self, id: str = "") -> None:
        """Show what models and commands gave, or one of it."""
        self.transcripts.ask(id)

    def own_commands(self) -> None:
        """Show the user's own commands, and what is wrong with them."""
        if self._own is None:
            from journal_app.gui.assist.own_commands import OwnCommands

            window = self._window
            self._own = OwnCommands(window.journal, window.jobs, window.holder, window)
        self._own.show()
        self._own.raise_()

    # ------------------------------------------------------------------ shared

    def show_source(self, entry_id: str, start: int, end: int) -> None:
        """Open an entry and select the words that were cited."""
        window = self._window
        window.open_entry(entry_id)
        editor = window.editor
        if editor is not None and editor.entry is not None and editor.entry.id == entry_id:
            if end > start:
                editor.select_span(start, end)
            window.activateWindow()

    def _entry(self) -> str:
        editor = self._window.editor
        return editor.entry.id if editor is not None and editor.entry is not None else ""

    def _insert(self, words: str) -> None:
        editor = self._window.acts.entry.editor()
        if editor is not None:
            editor.linking.completion.slash.insert_words(words)
            self._window.tell(tr("Inserted. Undo takes it back."))

    def _problems(self, problems: list[str]) -> None:
        editor = self._window.editor
        if editor is None:
            return
        if problems:
            ways = [(tr("Your commands…"), self.own_commands)]
            editor.notice.tell("commands", "stale", "\n".join(problems), ways)
        else:
            editor.notice.drop("commands")
