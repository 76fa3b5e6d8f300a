"""What the actions about the open entry do; each works from keys, menu and palette alike."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.gui.editor.pane import EditorPane
    from journal_app.gui.inspector.panel import Inspector
    from journal_app.gui.window import MainWindow


class EntryActs:
    """The handlers of the Entry menu of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """A handler for every action of the entry."""
        return {
            "entry.find": self.find,
            "entry.preview": self.preview,
            "entry.title": lambda: self._with_editor(lambda editor: editor.edit_title()),
            "entry.tag": lambda: self._with_editor(lambda editor: editor.page.chips.ask_tag()),
            "entry.link": lambda: self._inspect(lambda panel: panel.evidence.choose()),
            "entry.summarize": lambda: self._inspect(lambda panel: panel.summary.start()),
            "entry.insert": self.insert,
            "entry.draft": self.draft,
            "entry.schedule": lambda: self._post(lambda panel: panel.publish.ask_schedule()),
            "entry.publish": lambda: self._post(lambda panel: panel.publish.ask_now()),
            "entry.describe": lambda: self._post(lambda panel: panel.publish.acts.describe()),
            "entry.preflight": lambda: self._post(lambda panel: panel.publish.acts.preflight()),
            "entry.thread": lambda: self._post(lambda panel: panel.publish.acts.thread()),
            "entry.unschedule": lambda: self._post(lambda panel: panel.publish.take_off_next()),
            "entry.copy-link": self.copy_id,
            "entry.restore": self.restore,
            "model.install": self.install_model,
        }

    def editor(self) -> EditorPane | None:
        """The editor with an entry in it; says so where there is none."""
        window = self._window
        editor = window.editor
        if editor is None or editor.entry is None or not editor.isVisible():
            if editor is not None and editor.entry is not None:  # a narrow window shows the list
                window.panes.show_main(True)
                if editor.isVisible():
                    return editor
            window.tell(tr("Open an entry first."))
            return None
        return editor

    def _with_editor(self, act: Callable[[EditorPane], object]) -> None:
        editor = self.editor()
        if editor is not None:
            act(editor)

    def _inspect(self, act: Callable[[Inspector], object]) -> None:
        """Do something in the inspector, which is shown for it."""
        if self.editor() is not None and self._window.inspector is not None:
            self._window.acts.show_inspector()
            act(self._window.inspector)

    def _post(self, act: Callable[[Inspector], object]) -> None:
        editor = self.editor()
        if editor is None or editor.entry is None:
            return
        if editor.entry.kind != "post":
            self._window.toast.tell(
                tr("Only a post goes out. Make a draft of this entry first."),
                (tr("Draft"), self.draft),
            )
            return
        self._inspect(act)

    def find(self) -> None:
        """Find words in the open entry."""

        def ask(editor: EditorPane) -> None:
            if editor.page.isHidden():  # the preview stands in its place
                editor.set_preview(False)
            editor.find_bar.ask()

        self._with_editor(ask)

    def preview(self) -> None:
        """Show or hide the rendered text."""
        self._with_editor(lambda editor: editor.set_preview(not editor.bar.preview.isChecked()))

    def insert(self) -> None:
        """Put the shown summary at the end of the text."""

        def put(panel: Inspector) -> None:
            if not panel.summary.insert_now():
                self._window.tell(tr("There is no summary to insert yet."))

        self._inspect(put)

    def draft(self) -> None:
        """A post that grows out of the open entry, as it stands in the editor."""
        from journal_app.gui.editor import acts as editor_acts

        self._with_editor(editor_acts.draft)

    def copy_id(self) -> None:
        """Put `entry:ID` on the clipboard."""
        entry_id = self._window.entries.current
        if entry_id is not None:
            QGuiApplication.clipboard().setText(f"entry:{entry_id}")
            self._window.toast.tell(tr("Copied {text}", text=f"entry:{entry_id}"))

    def restore(self) -> None:
        """Take the open entry out of the trash."""
        editor = self.editor()
        if editor is None or editor.entry is None:
            return
        if editor.entry.trashed_at is None:
            self._window.tell(tr("This entry is not in the trash."))
        else:
            from journal_app.gui.editor import acts as editor_acts

            editor_acts.restore(editor)

    def install_model(self) -> None:
        """Fetch the model of the summaries, with its progress in the inspector."""
        self._inspect(lambda panel: panel.summary.install_now())
