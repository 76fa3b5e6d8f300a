"""What the actions of the Text menu do, from keys, menu and palette alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from journal_app.domain import editing
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.gui.editor.focus_mode import Alone
    from journal_app.gui.editor.pane import EditorPane
    from journal_app.gui.editor.table_keys import TableKeys
    from journal_app.gui.editor.writing import Writing
    from journal_app.gui.window import MainWindow

Write = Callable[["Writing"], object]


class TextActs:
    """The handlers of the Text menu of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._alone: Alone | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """A handler for every action of the text."""
        write = self._write
        rows: dict[str, Write] = {
            "text.bold": lambda w: w.mark("**"),
            "text.italic": lambda w: w.mark("*"),
            "text.code": lambda w: w.mark("`"),
            "text.strike": lambda w: w.mark("~~"),
            "text.link": lambda w: w.edit(editing.make_link),
            "text.task": lambda w: w.edit(editing.toggle_task),
            "text.line-up": lambda w: w.edit(partial(editing.move_lines, down=False)),
            "text.line-down": lambda w: w.edit(partial(editing.move_lines, down=True)),
            "text.duplicate": lambda w: w.edit(editing.duplicate),
            "text.join": lambda w: w.edit(editing.join_lines),
            "caret.next": lambda w: w.carets.add_next(),
            "caret.all": lambda w: w.carets.add_all(),
            "caret.above": lambda w: w.carets.add_line(down=False),
            "caret.below": lambda w: w.carets.add_line(down=True),
            "entry.outline": lambda w: w.toggle_outline(),
            "fold.toggle": self._fold,
            "fold.all": lambda w: w.folding.fold_all(),
            "fold.none": lambda w: w.folding.unfold_all(),
            "write.focus": lambda w: w.focus.set_on(not w.focus.on),
            "write.typewriter": lambda w: w.focus.set_typewriter(not w.focus.typewriter),
        }
        tables: dict[str, Callable[[TableKeys], bool]] = {
            "table.row-above": lambda t: t.add_row(below=False),
            "table.row-below": lambda t: t.add_row(below=True),
            "table.row-remove": lambda t: t.remove_row(),
            "table.row-up": lambda t: t.move_row(-1),
            "table.row-down": lambda t: t.move_row(1),
            "table.column-left": lambda t: t.add_column(right=False),
            "table.column-right": lambda t: t.add_column(right=True),
            "table.column-remove": lambda t: t.remove_column(),
            "table.column-back": lambda t: t.move_column(-1),
            "table.column-on": lambda t: t.move_column(1),
            "table.align-left": lambda t: t.set_align("left"),
            "table.align-center": lambda t: t.set_align("center"),
            "table.align-right": lambda t: t.set_align("right"),
            "table.align-none": lambda t: t.set_align(""),
        }
        return {
            **{id: partial(write, act) for id, act in rows.items()},
            **{id: partial(self._table, act) for id, act in tables.items()},
            "entry.replace": self.replace,
            "find.next": lambda: self._go(back=False),
            "find.previous": lambda: self._go(back=True),
            "write.alone": self.alone,
            "write.spelling": self.spelling,
        }

    # ------------------------------------------------------------------ reaching the text

    def _editor(self) -> EditorPane | None:
        """The editor with its text in view; says so where no entry is open."""
        editor = self._window.acts.entry.editor()
        if editor is not None and editor.page.isHidden():  # the preview stands in its place
            editor.set_preview(False)
        return editor

    def _write(self, act: Write) -> None:
        editor = self._editor()
        if editor is not None:
            act(editor.writing)

    def _table(self, act: Callable[[TableKeys], bool]) -> None:
        editor = self._editor()
        if editor is not None and not act(editor.writing.tables):
            self._window.tell(tr("Put the caret into a table first."))

    def _fold(self, writing: Writing) -> None:
        if not writing.folding.toggle():
            self._window.tell(tr("There is nothing to fold here."))

    # ------------------------------------------------------------------ the rest

    def replace(self) -> None:
        """Find words in the open entry and put others in their place."""
        editor = self._editor()
        if editor is not None:
            editor.find_bar.ask(replace=True)

    def _go(self, *, back: bool) -> None:
        editor = self._editor()
        if editor is None:
            return
        if editor.find_bar.isHidden():
            editor.find_bar.ask()
        else:
            editor.find_bar.go(back=back)

    def alone(self) -> None:
        """The text without panes, or everything again."""
        if self._editor() is None:
            return
        if self._alone is None:
            from journal_app.gui.editor.focus_mode import Alone

            self._alone = Alone(self._window)
        self._alone.toggle()

    def leave_alone(self) -> bool:
        """Show the panes again; False where they are shown."""
        if self._alone is None or not self._alone.on:
            return False
        self._alone.set_on(False)
        return True

    def spelling(self) -> None:
        """Switch the spell check on or off, from now on."""
        window = self._window
        on = window.journal.settings.get("editor.spelling") == "off"
        value = "auto" if on else "off"
        window.acts.preferences.keep("editor.spelling", value)
        window.tell(tr("Spelling is checked.") if on else tr("Spelling is not checked."))
