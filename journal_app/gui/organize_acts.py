"""Templates, the note of the day, stars, saved searches, tags, the trash; versions are beside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QMessageBox

from journal_app.domain.views import ORDERS
from journal_app.gui.dialogs.ask import AskLine, AskOption, Option
from journal_app.gui.language import tr, trn
from journal_app.gui.lists.bulk_acts import BulkActs
from journal_app.gui.version_acts import VersionActs
from journal_app.gui.vocabulary import entries as so_many
from journal_app.gui.vocabulary import said

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.domain.templates import Template
    from journal_app.gui.window import MainWindow
    from journal_app.services.trash import Emptied, Thrown


class OrganizeActs:
    """The handlers of one window."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.bulk = BulkActs(window)
        self.versions = VersionActs(window, self.bulk)

    def handlers(self) -> Mapping[str, Callable[[], object]]:
        """A handler for each of these actions."""
        return {
            "entry.today": self.today,
            "entry.template": self.from_template,
            **self.versions.handlers(),
            "entry.star": self.star,
            "search.save": self.save_search,
            "tags.all": self.all_tags,
            "list.updated": lambda: self.sort("updated"),
            "list.created": lambda: self.sort("created"),
            "list.title": lambda: self.sort("title"),
            "trash.empty": self.empty_trash,
        }

    def connect(self) -> None:
        """Listen to the sidebar and the list."""
        window = self._window
        window.sidebar.dropped.connect(self.bulk.dropped)
        window.sidebar.menu_asked.connect(self.menu)
        window.sidebar.closed_changed.connect(
            lambda keys: window.acts.set_preference("window.sidebar", " ".join(keys))
        )
        window.sidebar.set_closed(window.journal.settings.get("window.sidebar").split())
        window.entries.bulk.asked.connect(self.bulk.ask)
        window.entries.menu_asked.connect(self.bulk.menu)
        window.entries.trash_asked.connect(self.bulk.trash)
        window.entries.renamed.connect(self._rename)
        window.entries.files_dropped.connect(self._take_files)
        window.entries.save_asked.connect(self.save_search)
        window.entries.order_asked.connect(self.ask_order)
        window.entries.set_order(_known_order(window.journal.settings.get("list.order")))

    # ------------------------------------------------------------------ going places

    def go(self, key: str) -> bool:
        """Show a line of the sidebar that is no section; False where the key names none."""
        window = self._window
        if key.startswith("entry:"):
            window.open_entry(key.removeprefix("entry:"))
        elif key == "daily":
            self.today()
        elif key == "tags":
            self.all_tags()
        elif key == "week":
            window.acts.assist.week()
        elif key == "calendar":
            window.acts.publishing.show()
        elif key.startswith("search:"):
            id = key.removeprefix("search:")
            found = next((one for one in window.journal.searches.all() if one.id == id), None)
            if found is not None:  # else another process removed it just now
                window.entries.search_for(found.query)
        else:
            return False
        return True

    def today(self) -> None:
        """Open the note of this day; the first one who asks makes it."""
        window = self._window

        def opened(found: tuple[Entry, bool]) -> None:
            window.open_entry(found[0].id)
            if window.editor is not None:
                window.editor.focus_editor()

        service = window.journal.templates
        self.bulk.flushed(lambda: self._store(service.today, opened))

    def from_template(self) -> None:
        """Ask for a template and begin an entry from it."""
        window = self._window
        service = window.journal.templates

        def chosen(name: str) -> None:
            def made(found: tuple[Entry, int]) -> None:
                entry, caret = found
                window.open_entry(entry.id)
                if window.editor is not None:
                    caret = min(caret, len(entry.body))
                    window.editor.select_span(caret, caret)

            self._store(lambda: (service.new_entry(name), service.text(name).caret), made)

        def ask(known: list[Template]) -> None:
            options = [
                Option(one.title, one.about or tr("your own") + " · " + said(one.kind), one.name)
                for one in known
            ]
            AskOption(
                window,
                tr("New entry from a template"),
                tr("Lesson, failure, contract … or your own"),
                tr("Begin"),
                options,
                chosen,
                empty=tr("No template fits. An entry with the tag #template is one of your own."),
            ).open()

        self._read(service.all, ask)

    # ------------------------------------------------------------------ stars, searches, tags

    def star(self) -> None:
        """Give the chosen entries a star, or take it from the one that has it."""
        window = self._window
        current = window.entries.current
        if current is None:
            window.tell(tr("Open an entry first."))
            return
        if window.entries.picked.count > 1:
            self.bulk.star(True)
            return
        on = not window.journal.favourites.has(current)
        self.bulk.change(
            lambda: [current],
            lambda ids: window.journal.bulk.star(ids, on),
            tr("starred") if on else tr("no longer starred"),
        )

    def save_search(self) -> None:
        """Ask for a name for the search that is shown; it stands in the sidebar from now on."""
        window = self._window
        query = window.entries.search.text().strip()
        if not query:
            window.acts.find()
            window.tell(tr("Type a search first; then it can be saved."))
            return

        def keep(name: str) -> None:
            self._store(
                lambda: window.journal.searches.save(name, query),
                lambda found: window.tell(tr("Saved as “{name}”.", name=found.name)),
            )

        AskLine(window, tr("Save this search"), tr("Name"), tr("Save"), keep, query[:80]).open()

    def all_tags(self) -> None:
        """List every tag; the chosen one is shown."""
        window = self._window

        def ask(counts: list[tuple[str, int]]) -> None:
            options = [Option(f"#{tag}", so_many(n), tag) for tag, n in sorted(counts)]
            AskOption(
                window,
                tr("All tags"),
                tr("A part of the tag"),
                tr("Show"),
                options,
                lambda tag: window.go(f"tag:{tag}"),
                empty=tr("No tag yet. Write #words in a text, or press Ctrl+T."),
            ).open()

        self._read(lambda: window.journal.entries.tags(100_000), ask)

    def menu(self, key: str, at: QPoint) -> None:
        """What can be done with a line of the sidebar."""
        window = self._window
        menu = QMenu(window)
        menu.aboutToHide.connect(menu.deleteLater)
        kind, _, name = key.partition(":")
        if kind == "tag":
            menu.addAction(tr("Rename everywhere…"), lambda: self._rename_tag(name))
            menu.addAction(tr("All tags…"), self.all_tags)
        elif kind == "search":
            self._search_menu(menu, name)
        elif kind == "entry":
            menu.addAction(
                tr("Remove the star"),
                lambda: self.bulk.change(
                    lambda: [name],
                    lambda ids: window.journal.bulk.star(ids, False),
                    tr("no longer starred"),
                ),
            )
        elif key == "trash":
            menu.addAction(tr("Empty the trash…"), self.empty_trash)
        elif kind == "head":
            menu.addAction(tr("Open or close"), lambda: window.sidebar.toggle(key))
        elif key == "today":
            menu.addAction(tr("Today's note"), self.today)
        if not menu.isEmpty():
            menu.popup(at)

    def _search_menu(self, menu: QMenu, id: str) -> None:
        searches = self._window.journal.searches
        known = searches.all()
        place = next((n for n, one in enumerate(known) if one.id == id), -1)
        if place < 0:
            return
        found = known[place]

        def rename() -> None:
            AskLine(
                self._window,
                tr("Rename this search"),
                tr("Name"),
                tr("Rename"),
                lambda name: self._store(lambda: searches.rename(id, name), lambda _s: None),
                found.name,
            ).open()

        def remove() -> None:
            def undo() -> None:
                self._store(lambda: searches.save(found.name, found.query), lambda _s: None)

            self._store(
                lambda: searches.remove(id),
                lambda _s: self._window.toast.tell(
                    tr("“{name}” is no longer saved.", name=found.name), (tr("Undo"), undo)
                ),
            )

        def move(to: int) -> None:
            self._store(lambda: searches.move(id, to), lambda _none: None)

        menu.addAction(tr("Rename…"), rename)
        for words, to in ((tr("Move up"), place - 1), (tr("Move down"), place + 1)):
            way = menu.addAction(words, partial(move, to))
            way.setEnabled(0 <= to < len(known))
        menu.addAction(tr("Remove"), remove)

    def _rename_tag(self, tag: str) -> None:
        def rename(new: str) -> None:
            self.bulk.change(
                list, lambda _ids: self._window.journal.bulk.rename_tag(tag, new), f"#{new}"
            )

        AskLine(
            self._window,
            tr("Rename #{tag} everywhere", tag=tag),
            tr("New name; texts that hold it are rewritten"),
            tr("Rename"),
            rename,
            tag,
        ).open()

    # ------------------------------------------------------------------ the order of the list

    def sort(self, order: str) -> None:
        """Sort the list from now on."""
        self._window.entries.set_order(order)
        self._window.acts.set_preference("list.order", order)

    def ask_order(self) -> None:
        """Offer the orders under the search field."""
        window = self._window
        menu = QMenu(window)
        menu.aboutToHide.connect(menu.deleteLater)
        for order in ORDERS:
            way = window.actions_by_id[f"list.{order}"]
            shown = menu.addAction(way.text(), way.trigger)
            shown.setCheckable(True)
            shown.setChecked(order == window.entries.order)
        field = window.entries.search
        menu.popup(field.mapToGlobal(field.rect().bottomRight()) - QPoint(180, -4))

    # ------------------------------------------------------------------ the trash

    def empty_trash(self) -> None:
        """Ask, then remove what lies in the trash: this alone cannot be undone."""
        self._read(self._window.journal.bin.listing, self._ask_empty)

    def _ask_empty(self, found: list[Thrown]) -> None:
        window = self._window
        going = [one for one in found if not one.stays]
        staying = len(found) - len(going)
        stays = trn(
            "{n} entry stays: a publication needs it.|{n} entries stay: publications need them.",
            staying,
        )
        if not going:
            window.tell(stays if staying else tr("The trash is empty."))
            return
        oldest = max(one.days for one in going)
        box = QMessageBox(window)
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setWindowTitle(tr("Empty the trash"))
        box.setText(trn("Remove {n} entry for good?|Remove {n} entries for good?", len(going)))
        lines = [
            trn(
                "The oldest has been there for {n} day.|The oldest has been there for {n} days.",
                oldest,
            ),
            tr("This cannot be undone; only a backup holds them then."),
        ]
        box.setInformativeText("\n".join([*lines, *([stays] if staying else [])]))
        remove = box.addButton(tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(tr("Keep them"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)

        def answered() -> None:
            if box.clickedButton() is remove:
                self._store(window.journal.bin.empty, done)
            box.deleteLater()

        def done(result: Emptied) -> None:
            window.tell(trn("{n} entry removed.|{n} entries removed.", result.removed))

        box.finished.connect(lambda _code: answered())
        box.open()

    # ------------------------------------------------------------------ the list

    def _rename(self, id: str, title: str) -> None:
        entries = self._window.journal.entries

        def work() -> tuple[Entry, str]:
            entry = entries.get(id)
            saved = entries.save(id, entry.body, base_rev=entry.rev, title=title)
            return saved.entry, entry.title

        def done(found: tuple[Entry, str]) -> None:
            entry, before = found

            def undo() -> None:
                self._rename(id, before)

            if entry.title != before:
                self._window.toast.tell(
                    tr("Renamed to “{title}”.", title=entry.title), (tr("Undo"), undo)
                )

        self.bulk.flushed(lambda: self._store(work, done))

    def _take_files(self, paths: list[Path]) -> None:
        """Files were dropped on the list: an entry that holds them."""
        window = self._window
        entries = window.journal.entries

        def work() -> Entry:
            files = [path for path in paths if path.is_file()]
            return entries.add(paths[0].stem, attach=files, origin="window")

        if paths:
            self._store(work, lambda entry: window.open_entry(entry.id))

    # ------------------------------------------------------------------ shared

    def _store(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self.bulk.store(work, done)

    def _read(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self.bulk.store(work, done, lane="io")


def _known_order(kept: str) -> str:
    return kept if kept in ORDERS else ORDERS[0]
