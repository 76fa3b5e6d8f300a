"""Commands of the journal in the editor: offered after a slash, run on the entry, answered below.

Invariants: only what the user asks for comes into the text, as one step of undo; the word of the
command leaves the text when it runs, as one step too; the window's thread reads no file and asks no
model: commands are loaded in a worker, and a budget is an estimate.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor

from journal_app.domain.commands import Request
from journal_app.gui.assist import lines
from journal_app.gui.assist.lines import Typed
from journal_app.gui.assist.runner import Runner
from journal_app.gui.assist.words import argued
from journal_app.gui.dialogs.palette import Choice
from journal_app.gui.editor import acts
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.domain.commands import Command
    from journal_app.gui.assist.card import CommandCard
    from journal_app.gui.assist.cites import Cite
    from journal_app.gui.assist.runner import Outcome
    from journal_app.gui.editor.pane import EditorPane
    from journal_app.services.commands import CommandService

LONGEST = 4_000  # characters of a line that are looked at
RUNS = 6
EMPTY = "\0"  # no text holds it


class Slash(QObject):
    """What one editor pane does about commands."""

    problems_changed = Signal(list)  # one sentence for each broken file of the user
    loaded = Signal()

    def __init__(self, pane: EditorPane, put: Callable[[QTextCursor, str], None]) -> None:
        super().__init__(pane)
        self._pane, self._put = pane, put
        self._text = pane.page.text
        self._service: CommandService | None = None
        self._known: dict[str, Command] = {}
        self._pattern: re.Pattern[str] | None = None
        self._reading = False
        self._told: list[str] = []
        self._selected: QTextCursor | None = None  # what was asked about, where it is a part
        self._asked: tuple[str, Request, int] | None = None
        self._covered = 0
        self._card: CommandCard | None = None
        self.runner = Runner(pane.journal, pane.jobs, self)
        self._text.key_handlers.insert(0, self._key)

    # ------------------------------------------------------------------ which there are

    @property
    def commands(self) -> tuple[Command, ...]:
        """The commands, as far as they were read."""
        return tuple(self._known.values())

    def read(self, then: Callable[[], None] = lambda: None) -> None:
        """Read the commands again: a file of the user may be new. `then` when they are here."""
        if self._reading:
            return
        self._reading = True
        journal = self._pane.journal

        def work(_context: object) -> tuple[CommandService, list[Command], list[str]]:
            service = journal.commands
            service.reload()
            return service, service.commands(), service.problems()

        def arrived(found: tuple[CommandService, list[Command], list[str]]) -> None:
            self._reading = False
            self._service, commands, problems = found
            self._known = {one.name: one for one in commands}
            names = "|".join(re.escape(name) for name in sorted(self._known, key=len, reverse=True))
            self._pattern = re.compile(
                rf"(?:^|(?<=\s))/(?P<name>{names or EMPTY})[^\S\n]+(?P<rest>[^\n]*)$"
            )
            if problems != self._told:
                self._told = problems
                self.problems_changed.emit(problems)
            then()

        def failed(error: Exception) -> None:
            self._reading = False
            acts.explain(self._pane, error)

        self._pane.jobs.submit("io", work, on_done=arrived, on_error=failed)

    def command(self, name: str) -> Command:
        """The command called `name`, which was offered."""
        return self._known[name]

    def offered(self) -> list[Choice]:
        """The lines of the list."""
        return lines.offered(self.commands)

    # ------------------------------------------------------------------ typed with an argument

    def trigger(self, before: str) -> tuple[int, str] | None:
        """Where in a line a command with its argument begins, and both as they are typed."""
        if self._pattern is None or "/" not in before:
            return None
        found = self._pattern.search(before[-LONGEST:])
        if found is None:
            return None
        command = self._known[found["name"]]
        if not argued(command) and found["rest"].strip():
            return None  # "/title page" is a text
        return len(before) - (found.end() - found.start()), f"{found['name']} {found['rest']}"

    def typed(self, words: str) -> Typed | None:
        """The command and the argument out of what `trigger` found."""
        name, _, rest = words.partition(" ")
        command = self._known.get(name)
        return Typed(command, rest) if command is not None else None

    def choices(self, typed: Typed, runs: Sequence[tuple[str, str, str]] = ()) -> list[Choice]:
        """What is offered while an argument is typed."""
        budget = None
        if self._service is not None and typed.command.words:
            body = typed.argument if argued(typed.command) else self._text.text()
            budget = self._service.budget(typed.command.name, body)
        return lines.for_argument(typed, budget, runs)

    def runs_for(self, typed: Typed) -> Callable[[], list[tuple[str, str, str]]] | None:
        """How to find runs for the word that is typed; None where no run is wanted."""
        if typed.command.input != "runs":
            return None
        word, find = lines.last_word(typed), self._pane.journal.links.complete_runs
        return lambda: find(word, RUNS)

    def for_selection(self) -> Callable[[], list[Choice]] | None:
        """How to list what can be done with the selected text; None where nothing is selected."""
        service, text = self._service, self.selected_text()
        if service is None or not text.strip():
            return None
        commands = self.commands
        return lambda: lines.for_text(commands, lambda name: service.budget(name, text))

    def selected_text(self) -> str:
        """What is selected in the text."""
        anchor, caret = self._text.selection()
        return self._text.text()[min(anchor, caret) : max(anchor, caret)]

    # ------------------------------------------------------------------ taken

    def take(self, cursor: QTextCursor, choice: Choice, words: str) -> bool:
        """A line was chosen; `cursor` selects what was typed for it. False: more is to be typed."""
        kind, _, name = choice.key.partition(":")
        if kind == "assist-add":
            typed = self.typed(words)
            word = lines.last_word(typed) if typed is not None else ""
            end = QTextCursor(self._text.textCursor())
            end.setPosition(end.position() - len(word.encode("utf-16-le")) // 2)
            end.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            end.setPosition(self._text.textCursor().position(), QTextCursor.MoveMode.KeepAnchor)
            self._put(end, f"{name} ")
            return False
        command = self._known.get(name)
        if command is None:
            return True
        if kind == "assist" and argued(command):
            self._put(cursor, f"/{name} ")
            return False
        found = self.typed(words) if kind == "run-assist" else None
        argument = found.argument.strip() if found is not None else ""
        if command.input == "question" and not argument:
            return False
        self._put(cursor, "")
        self.run(command, argument)
        return True

    def run(self, command: Command, argument: str = "", *, selected: bool = False) -> None:
        """Run a command on the open entry, or on the text that is selected in it."""
        entry = self._pane.entry
        if entry is None:
            return
        text, base = "", 0
        self._selected = None
        if selected:
            text, base = self.selected_text(), min(self._text.selection())
            self._selected = QTextCursor(self._text.textCursor())
        self._asked = command.name, Request(entry.id, text, argument), base
        self.card.begin(command, argument)
        self._pane.page.show_caret()
        self._begin()

    def again(self) -> None:
        """Run the last command again, on the text as it is now."""
        if self._asked is not None and self._asked[0] in self._known:
            name, request, _ = self._asked
            self.card.begin(self._known[name], request.argument)
            self._begin()

    def _begin(self) -> None:
        asked = self._asked
        assert asked is not None
        name, request, base = asked

        def stored(saved: bool) -> None:
            if asked is not self._asked:
                return
            if saved:
                self.runner.run(name, request, base=base)
            else:
                words = tr("The text could not be saved, so the command did not run.")
                self.card.tell(words, bad=True)

        self._pane.flush(stored)

    # ------------------------------------------------------------------ the card

    @property
    def card(self) -> CommandCard:
        """The card, made when the first command runs."""
        if self._card is None:
            self._card = self._made()
        return self._card

    @property
    def shown(self) -> CommandCard | None:
        """The card, while it is seen."""
        return self._card if self._card is not None and self._card.isVisible() else None

    def _made(self) -> CommandCard:
        from journal_app.gui.assist.card import CommandCard

        pane, runner = self._pane, self.runner
        card = CommandCard(pane.journal, pane.jobs, pane.holder, pane)
        layout = pane.layout()
        assert layout is not None
        layout.addWidget(card)
        card.set_covered(self._covered)
        card.insert_asked.connect(self.insert)
        card.replace_asked.connect(self.replace)
        card.apply_asked.connect(self.apply)
        card.again_asked.connect(self.again)
        card.cancel_asked.connect(self._cancel)
        card.closed.connect(self._closed)
        card.transcript_asked.connect(pane.transcript_asked)
        view = card.view
        view.cited.connect(self._go)
        view.entry_requested.connect(pane.open_requested)
        view.run_requested.connect(pane.run_requested)
        view.page_requested.connect(pane.linking.open_name)
        view.message.connect(pane.message)
        runner.read.connect(view.reading)
        runner.wrote.connect(view.wrote)
        runner.done.connect(self._done)
        runner.failed.connect(card.tell_error)
        runner.stopped.connect(lambda: card.tell(tr("Cancelled.")))
        return card

    def set_covered(self, pixels: int) -> None:
        """So much at the right lies under the inspector."""
        self._covered = pixels
        if self._card is not None:
            self._card.set_covered(pixels)

    def opened(self) -> None:
        """Another entry is shown: what was asked about the one before is given up."""
        self.runner.drop()
        self._asked = self._selected = None
        if self._card is not None:
            self._card.hide()

    def _done(self, outcome: Outcome) -> None:
        self.card.show_outcome(outcome, selected=self._selected is not None)

    def _cancel(self) -> None:
        if self.runner.busy:
            self.runner.stop()
        else:  # the text was still being saved
            self._asked = None
            self.card.tell(tr("Cancelled."))

    def _closed(self) -> None:
        self._text.setFocus()

    def _key(self, event: QKeyEvent) -> bool:
        if event.key() != Qt.Key.Key_Escape or event.modifiers() or self.shown is None:
            return False
        self.shown.leave()
        return True

    def _go(self, cite: Cite) -> None:
        if self._pane.entry is not None and cite.entry_id == self._pane.entry.id:
            if cite.line:
                self._pane.select_span(cite.start, cite.end)
        else:
            self._pane.cite_requested.emit(cite.entry_id, cite.start, cite.end)

    # ------------------------------------------------------------------ what the user does with it

    def insert(self) -> None:
        """Put the answer in at the caret."""
        outcome = self.card.outcome
        if outcome is not None:
            self.insert_words(outcome.answer.text)

    def insert_words(self, words: str) -> None:
        """Put words in at the caret, as one step of undo; lists begin a line of their own."""
        cursor = self._text.textCursor()
        cursor.setPosition(cursor.selectionEnd())
        if "\n" in words or words.startswith(("- ", "**")):
            line = cursor.block().text()
            before = line[: cursor.positionInBlock()].strip()
            after = line[cursor.positionInBlock() :].strip()
            words = ("\n\n" if before else "") + words + ("\n\n" if after else "\n")
        self._put(cursor, words)
        self._pane.page.show_caret()

    def replace(self) -> None:
        """Put the answer in place of what was selected when it was asked for."""
        outcome, cursor = self.card.outcome, self._selected
        if outcome is None or cursor is None:
            return
        start, end = sorted((cursor.anchor(), cursor.position()))
        text = self._text
        now = text.text()[text.characters(start) : text.characters(end)]
        if now != outcome.request.text:
            words = tr("The selected text was changed since: nothing was replaced.")
            self._pane.message.emit(words, "stale")
            return
        self._put(QTextCursor(cursor), outcome.answer.text)
        self._selected = None
        self.card.replace.hide()

    def apply(self) -> None:
        """Make the answer the title of the entry, or add its tags."""
        outcome, entry = self.card.outcome, self._pane.entry
        if outcome is None or entry is None:
            return
        if outcome.command.output != "tags":
            title = self._pane.page.title
            title.show()
            cursor = QTextCursor(title.document())
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(" ".join(outcome.answer.text.split()))
            self._pane.message.emit(
                tr("The title is set; undo in the title takes it back."), "info"
            )
            self.card.apply.hide()
            return
        tags = [word.lstrip("#") for word in outcome.answer.text.split()]
        service, pane = self._pane.journal.entries, self._pane

        def done(_entry: object) -> None:
            pane.message.emit(tr("Added {tags}", tags=outcome.answer.text), "info")
            self.card.apply.hide()

        pane.jobs.submit(
            "store",
            lambda _context: service.tag(entry.id, tags, []),
            on_done=done,
            on_error=lambda error: acts.explain(pane, error),
        )
