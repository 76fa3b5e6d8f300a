"""What is done to the chosen entries, one or many: one write, one line that tells, one Undo."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QFileDialog, QMenu

from journal_app.domain.entry import KINDS, Entry, Row
from journal_app.errors import JournalError
from journal_app.gui.dialogs.ask import AskOption, Option
from journal_app.gui.language import tr, trn
from journal_app.gui.vocabulary import entries as so_many
from journal_app.gui.vocabulary import said

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow
    from journal_app.runtime.jobs import Lane
    from journal_app.services.bulk import BulkService, Done

Ids = Callable[[], list[str]]
Change = Callable[[list[str]], "Done"]


class BulkActs:
    """Acts on the selection of the list of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def ask(self, way: str) -> None:
        """What a button of the bar says."""
        {
            "tag": self.tag,
            "star": lambda: self.star(True),
            "link": self.link,
            "trash": self.trash,
            "more": self._more,
            "clear": self._window.entries.picked.clear,
        }[way]()

    # ------------------------------------------------------------------ acts

    def tag(self) -> None:
        """Ask for a tag and add it to the chosen entries."""
        self._ask_tag(tr("Add a tag"), tr("Add"), lambda ids, tag: self._bulk.tag(ids, [tag]), True)

    def untag(self) -> None:
        """Ask for a tag and take it from the chosen entries."""
        self._ask_tag(
            tr("Remove a tag"), tr("Remove"), lambda ids, tag: self._bulk.tag(ids, (), [tag]), False
        )

    def star(self, on: bool) -> None:
        """Give the chosen entries a star, or take it away."""
        self.change(
            self._ids(),
            lambda ids: self._bulk.star(ids, on),
            tr("starred") if on else tr("no longer starred"),
        )

    def set_kind(self, kind: str) -> None:
        """Make the chosen entries one kind."""
        self.change(self._ids(), lambda ids: self._bulk.set_kind(ids, kind), said(kind))

    def link(self) -> None:
        """Ask for a run and link the chosen entries to it."""
        from journal_app.gui.dialogs.link import LinkDialog

        window, ids = self._window, self._ids()
        dialog = LinkDialog(window.journal, window.jobs, window)

        def chosen(run: str, relation: str) -> None:
            self.change(
                ids, lambda found: self._bulk.link(found, f"run:{run}", relation), tr("linked")
            )

        dialog.chosen.connect(chosen)
        dialog.open()

    def trash(self) -> None:
        """Move the chosen entries to the trash; the list goes on with the one below them."""
        window = self._window
        lines = window.entries.picked.lines
        first = lines[0] if lines else 0

        def gone() -> None:
            window.entries.refresh()
            window.entries.choose_line(first)

        self.change(self._ids(), self._bulk.trash, tr("in the trash"), gone)

    def restore(self) -> None:
        """Take the chosen entries out of the trash."""
        self.change(self._ids(), self._bulk.restore, tr("restored"))

    def draft(self) -> None:
        """Make one draft out of the chosen entries."""
        window, ids = self._window, self._ids()
        rows = self._rows()
        title = rows[0].title if rows else tr("Untitled")

        def made(post: Entry) -> None:
            window.go("draft")
            window.open_entry(post.id)

        self.store(lambda: window.journal.writing.draft(ids(), title), made)

    def export(self) -> None:
        """Ask for a folder and write the chosen entries into it as Markdown."""
        window, ids = self._window, self._ids()
        folder = QFileDialog.getExistingDirectory(window, tr("Export into a folder"))
        if not folder:
            return

        def done(_report: object) -> None:
            window.tell(tr("Exported to {folder}", folder=folder))

        window.tray.start(
            tr("Export"),
            "io",
            lambda _context: window.journal.exporting.export(Path(folder), ids=ids()),
            done,
        )

    def dropped(self, key: str, ids: list[str]) -> None:
        """Entries were dropped on a line of the sidebar."""
        if key.startswith("tag:"):
            tag = key.removeprefix("tag:")
            self.change(lambda: ids, lambda found: self._bulk.tag(found, [tag]), f"#{tag}")
        elif key == "trash":
            self.change(lambda: ids, self._bulk.trash, tr("in the trash"))
        elif key in ("starred", "head:starred") or key.startswith("entry:"):
            self.change(lambda: ids, lambda found: self._bulk.star(found), tr("starred"))
        else:
            self.change(lambda: ids, lambda found: self._bulk.set_kind(found, key), said(key))

    # ------------------------------------------------------------------ the menu

    def menu(self, at: QPoint) -> None:
        """Everything that can be done with the chosen entries."""
        made = self._menu()
        made.popup(at)

    def _more(self) -> None:
        bar = self._window.entries.bulk
        spot = bar.buttons["more"]
        made = self._menu()
        made.popup(spot.mapToGlobal(QPoint(0, -made.sizeHint().height() - 4)))

    def _menu(self) -> QMenu:
        window = self._window
        rows = self._rows()
        many = window.entries.picked.count > 1
        in_trash = bool(rows) and rows[0].trashed_at is not None
        starred = bool(rows) and not many and window.journal.favourites.has(rows[0].id)
        menu = QMenu(window)
        menu.aboutToHide.connect(menu.deleteLater)
        add = menu.addAction
        if not many:
            add(tr("Open"), lambda: window.entries.enter())
            add(tr("Rename") + "\tF2", window.entries.rename)
        add(tr("Remove the star") if starred else tr("Star"), lambda: self.star(not starred))
        menu.addSeparator()
        add(tr("Add a tag…"), self.tag)
        add(tr("Remove a tag…"), self.untag)
        kinds = menu.addMenu(tr("Kind"))
        for kind in KINDS[:-1]:
            kinds.addAction(said(kind), partial(self.set_kind, kind))
        add(tr("Link to a run…"), self.link)
        menu.addSeparator()
        add(tr("Draft from these") if many else tr("Draft from this"), self.draft)
        add(tr("Export…"), self.export)
        if not many:
            add(tr("Versions…"), window.actions_by_id["entry.history"].trigger)
            add(tr("Copy the entry's id"), window.actions_by_id["entry.copy-link"].trigger)
        menu.addSeparator()
        if in_trash:
            add(tr("Restore"), self.restore)
        else:
            add(tr("Move to trash"), self.trash)
        return menu

    # ------------------------------------------------------------------ doing it

    def change(
        self, ids: Ids, change: Change, what: str, after: Callable[[], object] | None = None
    ) -> None:
        """Store what is being typed, change the entries, tell it with an Undo."""
        window = self._window

        def done(result: Done) -> None:
            if after is not None:
                after()
            text = f"{so_many(len(result.changed))}: {what}."
            if result.skipped:
                title, why = result.skipped[0]
                text += " " + trn("{n} left alone|{n} left alone", len(result.skipped))
                text += f": “{title}”: {why}"
            undo = (tr("Undo"), lambda: self.undo(result)) if result.changed else None
            window.toast.tell(text, undo)

        self.flushed(lambda: self.store(lambda: change(ids()), done))

    def undo(self, done: Done) -> None:
        """Put back what was changed, and show it."""
        window = self._window
        first = done.changed[0].id if len(done.changed) == 1 else ""

        def back(_none: object) -> None:
            if first and not done.changed[0].trashed:
                window.open_entry(first)

        self.flushed(lambda: self.store(lambda: self._bulk.undo(done), back))

    def flushed(self, act: Callable[[], object]) -> None:
        """Do something once the open text is stored, so that a change meets no unsaved text."""
        editor = self._window.editor
        if editor is None:
            act()
        else:
            editor.flush(lambda ok: self._go_on(ok, act))

    @staticmethod
    def _go_on(ok: bool, act: Callable[[], object]) -> None:
        if ok:
            act()

    @property
    def _bulk(self) -> BulkService:
        return self._window.journal.bulk

    def _ids(self) -> Ids:
        return self._window.entries.picked.ids()

    def _rows(self) -> Sequence[Row]:
        entries = self._window.entries
        found = [entries.model.row(line) for line in entries.picked.lines[:1]]
        return [row for row in found if row is not None]

    def _ask_tag(
        self, title: str, take: str, change: Callable[[list[str], str], Done], free: bool
    ) -> None:
        window, ids = self._window, self._ids()
        options = [
            Option(f"#{tag}", so_many(n), tag) for tag, n in window.journal.entries.tags(1000)
        ]

        def chosen(tag: str) -> None:
            self.change(ids, lambda found: change(found, tag), f"#{tag.lstrip('#')}")

        AskOption(window, title, tr("Tag"), take, options, chosen, free=free).open()

    def store(
        self, work: Callable[[], object], done: Callable[..., None], *, lane: Lane = "store"
    ) -> None:
        """Work in a lane; what goes wrong is told, a bug goes on."""
        window = self._window

        def failed(error: Exception) -> None:
            plain = error if isinstance(error, JournalError) else window.journal.explain(error)
            if plain is None:
                raise error
            window.tell_error(plain)

        window.jobs.submit(lane, lambda _c: work(), on_done=done, on_error=failed)
