"""The main window: its panes and who talks to whom. What actions do is in window_acts."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from journal_app.domain.views import View
from journal_app.errors import JournalError
from journal_app.gui import actions, frame, import_acts, keymap
from journal_app.gui.closing import Closing
from journal_app.gui.editor import link_acts
from journal_app.gui.lists.entry_list import EntryList
from journal_app.gui.lists.sidebar import Sidebar
from journal_app.gui.panes import Panes
from journal_app.gui.plain import spoken
from journal_app.gui.refresh import Refresher
from journal_app.gui.statusbar import StatusBar
from journal_app.gui.tray import Toast, Tray

if TYPE_CHECKING:
    from journal_app.domain.changes import Change
    from journal_app.gui.bridge import UiBridge
    from journal_app.gui.editor.pane import EditorPane
    from journal_app.gui.facts import FactsReader
    from journal_app.gui.inspector.panel import Inspector
    from journal_app.gui.lists.runs_view import RunsView
    from journal_app.gui.theme import ThemeHolder
    from journal_app.gui.window_acts import WindowActs
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

INSPECT_AFTER = 40  # ms: who steps through the list waits for texts, not for what is about them


class MainWindow(QMainWindow):
    """Opens with sidebar and list; `steps` add the rest after the first paint."""

    def __init__(
        self,
        journal: Journal,
        jobs: Jobs,
        bridge: UiBridge,
        holder: ThemeHolder,
        now: Callable[[], int],
    ) -> None:
        super().__init__()
        self.journal, self.jobs, self.holder, self.now = journal, jobs, holder, now
        self.editor: EditorPane | None = None
        self._inspector: Inspector | None = None
        self.runs_view: RunsView | None = None
        self.before_close: Callable[[], None] | None = None
        self.stays: Callable[[], bool] | None = None  # whether closing only hides the window
        self._closing = Closing(self)
        self._drops = import_acts.Drops(self)
        self._opened: str | None = None
        self.whole = False  # whether every step of the start was made
        self._inspecting = QTimer(self, singleShot=True, interval=INSPECT_AFTER)
        self._inspecting.timeout.connect(self._inspect)
        self.setWindowTitle("Field Journal")
        self.setMinimumSize(640, 440)
        self.sidebar = Sidebar(journal, jobs, holder)
        self.entries = EntryList(journal, jobs, holder, now)
        self.panes = Panes(self.sidebar, self.entries)
        self.status = StatusBar(holder)
        self._paper = QWidget()
        self._paper.setObjectName("editorPane")
        self._paper.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.panes.mains.addWidget(self._paper)
        self.root = root = QWidget()
        root.setObjectName("root")
        rows = QVBoxLayout(root)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.panes, 1)
        rows.addWidget(self.status)
        self.setCentralWidget(root)
        self._toast: Toast | None = None
        self.refresher = Refresher(journal, bridge, self.tell_error, self)
        self.refresher.changed.connect(self._stale)
        self.sidebar.chosen.connect(self.go)
        self.sidebar.capture_requested.connect(lambda: self.acts.capture())
        self.entries.capture_requested.connect(lambda: self.acts.capture())
        self.entries.place_requested.connect(self.go)
        self.entries.opened.connect(self._open)
        self.entries.entered.connect(self._write)
        self.entries.list.clicked.connect(lambda _index: self._turn())
        self.status.schedule_clicked.connect(
            lambda: self.acts.publishing.show("queue" if self.status.asks else "calendar")
        )
        self.status.inspector_clicked.connect(lambda: self.acts.inspector())
        self.status.model_clicked.connect(lambda: self.acts.models.show("devices"))
        self.status.outside_clicked.connect(lambda: self.acts.models.help("offline"))
        frame.restore(self, journal.settings.get("window.state"))
        self.entries.show_view(View("all"))

    # ------------------------------------------------------------------ the rest of the window

    @property
    def steps(self) -> tuple[Callable[[], None], ...]:
        """What completes the window, in order; between two of them it answers and paints."""
        return self._make_editor, self._make_inspector, self._make_rest

    @cached_property
    def acts(self) -> WindowActs:
        """What the actions do; loaded after the first paint, or when it is first needed."""
        from journal_app.gui.window_acts import WindowActs

        return WindowActs(self)

    @cached_property
    def actions_by_id(self) -> dict[str, QAction]:
        """Every action of the window, with the keys that the user chose."""
        keys = keymap.effective(self.journal.settings.get("shortcuts"))
        return actions.build(self, self.acts.handlers(), keys)

    def _make_editor(self) -> None:
        from journal_app.gui.editor.pane import EditorPane

        frame.show_keys(self)  # with the first use of the actions
        self.editor = editor = EditorPane(self.journal, self.jobs, self.holder)
        self.panes.mains.insertWidget(0, editor)
        self.panes.mains.setCurrentWidget(editor)
        editor.open_requested.connect(self.open_entry)
        editor.run_requested.connect(self.open_run)
        editor.message.connect(self.tell)
        editor.autosave.clashed.connect(self._go_on_in)
        editor.writing.counted.connect(self.status.show_counts)
        editor.quit_asked.connect(self.acts.text.leave_alone)
        self.panes.covered.connect(editor.set_covered)
        if self._opened is not None:
            self._open(self._opened)
        else:
            self.entries.select_first()
        self.entries.list.setFocus()

    def _make_inspector(self) -> None:
        from journal_app.gui.inspector.panel import Inspector

        editor = self.editor
        assert editor is not None
        self._inspector = inspector = Inspector(self.journal, self.jobs, self.holder)
        self.panes.set_inspector(inspector, self.journal.settings.get("window.inspector") == "on")
        inspector.open_requested.connect(self.open_entry)
        inspector.run_requested.connect(self.open_run)
        inspector.message.connect(self.tell)
        inspector.source_clicked.connect(editor.select_span)
        inspector.insert_requested.connect(editor.insert_text)
        inspector.target_requested.connect(self.acts.add_target)
        inspector.files.remove_asked.connect(self.acts.files.remove)
        inspector.set_flush(editor.flush)
        self._inspect()

    def _make_rest(self) -> None:
        from journal_app.gui.speaker import Speaker

        editor = self.editor
        assert editor is not None
        settings = self.journal.settings
        for name in ("editor.keys", "editor.spelling"):
            editor.writing.use(name, settings.get(name))
        if settings.get("editor.preview") == "on":
            editor.set_preview(True)
        self.acts.organize.connect()
        self.acts.assist.connect(editor)
        frame.add_menus(self)
        frame.add_keys(self)
        Speaker(self)
        self.sidebar.refresh()
        self.refresher.start()
        self.read_facts()
        link_acts.catch_up(self)
        self.whole = True

    def stop_reading(self) -> None:
        """Read nothing more: the journal closes."""
        self.refresher.stop()
        self._inspecting.stop()

    @property
    def inspector(self) -> Inspector | None:
        """The inspector, once it is made, of the entry that is open now."""
        if self._inspecting.isActive():
            self._inspect()
        return self._inspector

    @property
    def toast(self) -> Toast:
        """The line that tells what was done."""
        if self._toast is None:
            self._toast = Toast(self.root)
        return self._toast

    @cached_property
    def tray(self) -> Tray:
        """Long work."""
        tray = Tray(self.journal, self.jobs, self.holder, self.tell, self.status)
        self.status.jobs_place.addWidget(tray)
        return tray

    @Slot(str, str)
    def tell(self, text: str, level: str = "info") -> None:
        """Say something at the bottom of the window."""
        self.toast.tell(text, stays=level == "fail")

    def tell_error(self, error: JournalError) -> None:
        """Say what went wrong and the way out."""
        self.tell(spoken(f"{error.message} {error.hint}".strip()), "fail")

    def failed(self, error: Exception) -> None:
        """Tell how a job ended; an error that is not meant for people goes on."""
        plain = error if isinstance(error, JournalError) else self.journal.explain(error)
        if plain is None:
            raise error
        self.tell_error(plain)

    def read_facts(self) -> None:
        """Bring the status bar up to date, off this thread."""
        self._facts.ask()

    @cached_property
    def _facts(self) -> FactsReader:
        from journal_app.gui.facts import FactsReader

        return FactsReader(self)

    # ------------------------------------------------------------------ going places

    @Slot(str)
    def go(self, key: str) -> None:
        """Show a place of the sidebar."""
        if key in ("tags", "daily", "week", "calendar") or key.startswith("entry:"):
            self.acts.organize.go(key)
            return
        self.sidebar.choose(key, announce=False)
        self.panes.show_main(False)
        if key == "runs":
            self._show_runs()
            return
        place = self.sidebar.place(key)
        if place is None or place.view is None:
            self._show_entries()
            self.acts.organize.go(key)
            return
        self._show_entries()
        self.entries.show_view(place.view)

    @Slot(str)
    def open_entry(self, entry_id: str) -> None:
        """Show an entry, and its line where the list has it."""
        self._show_entries()
        if self.sidebar.key == "runs":
            self.go("all")
        self.entries.select(entry_id)
        self._turn()

    @Slot(str)
    def open_run(self, run_id: str) -> None:
        """Show a run among the runs."""
        self.sidebar.choose("runs", announce=False)
        self._show_runs().open(run_id)
        self._turn()

    def _turn(self) -> None:
        """A narrow window shows the text in place of the list, and the keyboard goes there."""
        if self.panes.show_main(True) and self.editor is not None:
            main = self.panes.mains.currentWidget() or self
            (self.editor.page.text if main is self.editor else main).setFocus()

    @Slot(str)
    def _open(self, entry_id: str) -> None:
        self._opened = entry_id
        if self.editor is None:
            return
        self.editor.open_entry(entry_id)
        self._inspecting.start()

    @Slot()
    def _inspect(self) -> None:
        self._inspecting.stop()
        if self._inspector is not None and self._opened is not None:
            self._inspector.show_entry(self._opened)

    @Slot(str, str)
    def _go_on_in(self, _entry_id: str, copy: str) -> None:
        """The editor writes on in a copy: list, inspector and actions mean that one from now on."""
        if self.editor is not None and self.editor.autosave.id == copy:
            self.entries.select(copy, announce=False)
            self._opened = copy
            self._inspecting.start()

    @Slot(str)
    def _write(self, entry_id: str) -> None:
        self._open(entry_id)
        self.panes.show_main(True)
        if self.editor is not None:
            self.editor.focus_editor()

    def _show_entries(self) -> None:
        self.panes.lists.setCurrentWidget(self.entries)
        if self.editor is not None:
            self.panes.mains.setCurrentWidget(self.editor)
        self.panes.set_inspectable(True)

    def _show_runs(self) -> RunsView:
        if self.runs_view is None:
            from journal_app.gui.lists.runs_view import RunsView

            self.runs_view = RunsView(self.journal, self.holder, self.now, self.panes)
            self.runs_view.detail.entry_requested.connect(self.open_entry)
            self.runs_view.detail.write_requested.connect(self.acts.write_about)
            self.runs_view.list.import_requested.connect(self.acts.import_records)
        self.runs_view.show()
        return self.runs_view

    # ------------------------------------------------------------------ changes

    @Slot(list)
    def _stale(self, changes: list[Change]) -> None:
        nouns = {change.noun for change in changes}
        if "preference" in nouns:
            self.acts.preferences.apply({c.id for c in changes if c.noun == "preference"})
        if nouns & {"entry", "publication", "run", "eval", "search"}:
            self.entries.refresh()
            self.sidebar.refresh()
        if self.editor is not None:
            self.editor.stale(changes)
        if self.inspector is not None:
            self.inspector.stale(changes)
        in_runs = self.runs_view is not None and self.sidebar.key == "runs"
        if self.runs_view is not None and in_runs and nouns & {"run", "eval", "entry"}:
            self.runs_view.refresh()
        if nouns & {"publication", "target", "generation"}:
            self.read_facts()
        if "publication" in nouns:
            self.acts.poke()

    # ------------------------------------------------------------------ window

    def back(self) -> None:
        """One step back: close what lies over the window, else the text, else the search."""
        if self.acts.preferences.end_tour():
            return
        if self._toast is not None and self._toast.isVisible():
            self._toast.hide()
        elif self.acts.text.leave_alone() or self.panes.close_overlay():
            return
        else:
            if self.panes.in_main:
                self.panes.show_main(False)
            self.entries.list.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc that nobody else wanted goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.back()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep what floats in its place."""
        super().resizeEvent(event)
        if self._toast is not None and self._toast.isVisible():
            self._toast.place()

    def quit(self) -> None:
        """End the program, wherever closing the window would leave it."""
        self.stays = None
        self.close()

    def come_forward(self) -> None:
        """Show the window in front of everything else."""
        if self.isMinimized():
            self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save the text first; a text that cannot be saved keeps the window open."""
        if self.stays is not None and self.stays():
            event.ignore()
            if self.editor is not None:
                self.editor.flush(lambda _saved: None)
            self.hide()
            return
        if self._closing.allowed or self.editor is None:
            self._closing.finish()
            super().closeEvent(event)
            return
        event.ignore()
        self._closing.ask()
