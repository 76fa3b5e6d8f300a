"""What the actions of the window do. Every write is a job of the store lane."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

from journal_app.errors import JournalError
from journal_app.gui import frame, import_acts
from journal_app.gui.assist.acts import AssistActs
from journal_app.gui.editor import link_acts
from journal_app.gui.editor.text_acts import TextActs
from journal_app.gui.entry_acts import EntryActs
from journal_app.gui.inspector.attachment_acts import AttachmentActs
from journal_app.gui.language import tr
from journal_app.gui.model.acts import ModelActs
from journal_app.gui.organize_acts import OrganizeActs
from journal_app.gui.preference_acts import PreferenceActs
from journal_app.gui.publish.acts import PublishingActs
from journal_app.gui.sharing_acts import SharingActs
from journal_app.gui.vocabulary import said

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from journal_app.domain.entry import Entry
    from journal_app.domain.publishing import Outcome
    from journal_app.gui.background import Background
    from journal_app.gui.capture.window import QuickCapture
    from journal_app.gui.dialogs.palette import Palette
    from journal_app.gui.window import MainWindow
    from journal_app.settings import SettingName


class WindowActs:
    """The handlers of one window's actions."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._quick: QuickCapture | None = None
        self._palette: Palette | None = None
        self.background: Background | None = None
        self.entry = EntryActs(window)
        self.files = AttachmentActs(window)
        self.text = TextActs(window)
        self.preferences = PreferenceActs(window)
        self.organize = OrganizeActs(window)
        self.sharing = SharingActs(window)
        self.assist = AssistActs(window)
        self.models = ModelActs(window)
        self.publishing = PublishingActs(window)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """A handler for every declared action."""
        window = self._window
        return {
            "capture": self.capture,
            "entry.new": self.new_entry,
            "import": self.import_records,
            "import.file": lambda: import_acts.ask_files(window),
            "target.add": lambda: self.add_target(),
            "backup": self.back_up,
            "quit": window.quit,
            **self.entry.handlers(),
            **link_acts.handlers(window),
            **self.files.handlers(),
            **self.text.handlers(),
            "entry.trash": self.trash,
            "palette": lambda: self.palette.ask(actions=True),
            "inspector": self.inspector,
            "goto": lambda: self.palette.ask(actions=False),
            "find": self.find,
            "pane.next": lambda: frame.next_pane(window, 1),
            "pane.back": lambda: frame.next_pane(window, -1),
            "shortcuts": self.shortcuts,
            **self.preferences.handlers(),
            **self.organize.handlers(),
            **self.sharing.handlers(),
            **self.assist.handlers(),
            **self.models.handlers(),
            **self.publishing.handlers(),
        }

    # ------------------------------------------------------------------ small windows

    @property
    def quick(self) -> QuickCapture:
        """The capture window, made when it is first asked for and kept with its text."""
        if self._quick is None:
            from journal_app.gui.capture.window import QuickCapture

            window = self._window
            self._quick = QuickCapture(window.journal, window.jobs, window.holder)
            self._quick.kept.connect(self._captured)
        return self._quick

    @property
    def palette(self) -> Palette:
        """The command palette."""
        if self._palette is None:
            from journal_app.gui.dialogs.palette import Palette

            window = self._window
            self._palette = Palette(window.journal, window.holder, window)
            self._palette.chosen.connect(self.run)
        return self._palette

    def run(self, key: str) -> None:
        """Do what a line of the palette says: `action:ID`, `place:KEY` or `entry:ID`."""
        kind, _, name = key.partition(":")
        if kind == "entry":
            self._window.open_entry(name)
        elif kind == "place":
            self._window.go(name)
        else:
            self._window.actions_by_id[name].trigger()

    def capture(self) -> None:
        """Open the capture window."""
        self.quick.ask()

    def finish(self) -> None:
        """The window closes for good."""
        self.preferences.finish()
        self.sharing.stop()
        self.models.finish()
        self.publishing.finish()
        if self._quick is not None:
            self._quick.finish()
            self._quick.deleteLater()

    def _captured(self, entry_id: str) -> None:
        self._window.toast.tell(
            tr("Kept."), (tr("Open"), lambda: self._window.open_entry(entry_id))
        )

    def write_about(self, run_id: str) -> None:
        """Open the capture window with a link to a run."""
        if not self.quick.text.toPlainText().strip():
            self.quick.text.setPlainText(f" ->run:{run_id}")
        self.quick.ask()

    def shortcuts(self) -> None:
        """Show the sheet of shortcuts."""
        from journal_app.gui.dialogs.shortcuts import ShortcutSheet

        sheet = ShortcutSheet(self._window)
        sheet.finished.connect(sheet.deleteLater)
        sheet.open()

    def find(self) -> None:
        """Put the caret into the search field."""
        window = self._window
        if window.sidebar.key == "runs" and window.runs_view is not None:
            window.runs_view.list.search.setFocus()
            return
        window.panes.show_main(False)
        window.entries.search.setFocus()
        window.entries.search.selectAll()

    def inspector(self) -> None:
        """Open or close the inspector."""
        self._window.panes.toggle_inspector()

    def show_inspector(self) -> None:
        """Open the inspector."""
        if not self._window.panes.inspector_shown:
            self._window.panes.toggle_inspector()

    # ------------------------------------------------------------------ entries

    def new_entry(self) -> None:
        """An empty note, opened to write on."""
        window = self._window
        kind = window.entries.model.view.section
        kind = kind if kind in ("lesson", "failure", "decision") else "note"

        def made(entry: Entry) -> None:
            window.open_entry(entry.id)
            if window.editor is not None:
                window.editor.focus_editor()

        self._store(lambda: window.journal.entries.create("", kind=kind), made)

    def trash(self) -> None:
        """Move the open entry to the trash; the toast takes it back."""
        window = self._window
        entry_id = window.entries.current
        if window.entries.picked.count > 1:
            self.organize.bulk.trash()
            return
        if entry_id is None:
            return
        entries = window.journal.entries
        line = window.entries.model.line_of(entry_id)

        def gone(entry: Entry) -> None:
            def undo() -> None:
                self._store(
                    lambda: entries.restore(entry_id), lambda back: window.open_entry(back.id)
                )

            name = entry.title or tr("Untitled")
            window.toast.tell(tr("“{name}” is in the trash.", name=name), (tr("Undo"), undo))
            window.entries.refresh()
            window.entries.choose_line(line or 0)

        self._store(lambda: entries.trash(entry_id), gone)

    # ------------------------------------------------------------------ records and care

    def import_records(self) -> None:
        """Ask for a folder with records and import them."""
        import_acts.ask_folder(self._window)

    def import_path(self, path: Path) -> None:
        """Import records as a job with progress."""
        import_acts.take(self._window, [path])

    def add_target(self, parent: QWidget | None = None) -> None:
        """Ask for a place where posts go."""
        from journal_app.gui.dialogs.target import TargetDialog

        window = self._window
        dialog = TargetDialog(window.journal, window.jobs, window.holder, parent or window)
        dialog.added.connect(lambda name: window.tell(tr("Posts can go to {name} now.", name=name)))
        dialog.open()

    def back_up(self, then: Callable[[], object] = lambda: None) -> None:
        """Take a verified copy now."""
        window = self._window

        def done(copy: Path) -> None:
            window.toast.tell(tr("Backed up to {path}", path=copy))
            window.read_facts()
            then()

        upkeep = window.journal.upkeep
        window.tray.start(tr("Back up"), "io", lambda _context: upkeep.backup(), done)

    def outcome(self, outcome: Outcome) -> None:
        """Tell what came of a publication that was due."""
        window, post = self._window, outcome.publication
        show = (tr("Show"), lambda: window.open_entry(post.post_id))
        if outcome.ok:
            window.toast.tell(
                tr("Published “{title}” to {target}.", title=outcome.title, target=post.target),
                show,
            )
            return
        why = f"{outcome.message} {outcome.hint}".strip() or tr(
            "It is {state}.", state=said(post.state)
        )
        window.toast.tell(
            tr("“{title}” did not go out: {why}", title=outcome.title, why=why), show, stays=True
        )

    def poke(self) -> None:
        """Look at the publishing queue now."""
        if self.background is not None:
            self.background.poke()

    def set_preference(self, name: SettingName, value: str) -> None:
        """Keep a setting."""
        self.preferences.keep(name, value)

    def _store(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        window = self._window

        def failed(error: Exception) -> None:
            plain = error if isinstance(error, JournalError) else window.journal.explain(error)
            if plain is None:
                raise error
            window.tell(f"{plain.message} {plain.hint}".strip(), "fail")

        window.jobs.submit(
            "store",
            lambda _context: work(),
            on_done=cast(Callable[[object], None], done),
            on_error=failed,
        )
