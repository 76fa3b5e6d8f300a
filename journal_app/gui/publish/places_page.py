"""The page "Places": every target with its state, and everything that can be done with it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from journal_app.gui.language import tr, trn
from journal_app.gui.publish import places_shown
from journal_app.gui.publish.asking import Asking
from journal_app.gui.publish.place_card import PlaceCard
from journal_app.gui.publish.secret_dialog import SecretDialog
from journal_app.gui.widgets import EmptyState, button, label, scrolled

if TYPE_CHECKING:
    from journal_app.gui.publish.acting import Acting
    from journal_app.gui.publish.places_shown import Place

WIDEST = 1040  # px: lines stay readable on a wide screen


class PlacesPage(QWidget):
    """One card for each target, in the order of their names."""

    def __init__(self, acting: Acting) -> None:
        super().__init__()
        self._acting, self._window = acting, acting.window
        self.cards: dict[str, PlaceCard] = {}
        self.count = label("", "small")
        self.add = button(tr("Add a place …"), self._add, "primary")
        top = QWidget()
        top.setMaximumWidth(WIDEST + 48)
        head = QHBoxLayout(top)
        head.setContentsMargins(24, 16, 24, 8)
        head.setSpacing(10)
        head.addWidget(label(tr("Places"), "subtitle"))
        head.addWidget(self.count)
        head.addStretch(1)
        head.addWidget(self.add)
        inner = QWidget()
        inner.setProperty("role", "clear")
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        column = QVBoxLayout()
        column.addLayout(self._list)
        column.addStretch(1)
        narrow = QWidget()
        narrow.setMaximumWidth(WIDEST)
        column.setContentsMargins(0, 0, 0, 0)
        narrow.setLayout(column)
        row = QHBoxLayout(inner)
        row.setContentsMargins(24, 4, 24, 20)
        row.addWidget(narrow, 1)
        row.addStretch(0)
        self.empty = EmptyState(
            "map-pin",
            tr("No place yet"),
            tr(
                "A place is where posts go: the folder of your site, a git repository, a blog "
                "service, a social network. Its keys stay in this computer's keyring."
            ),
            (tr("Add a place …"), self._add),
            self._window.holder,
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(scrolled(inner))
        self._stack.addWidget(self.empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(self._stack, 1)

    # ------------------------------------------------------------------ what it shows

    @property
    def first_focus(self) -> QWidget:
        """What takes the keyboard when it is shown."""
        first = next(iter(self.cards.values()), None)
        return self.add if first is None else first.buttons["test"]

    def refresh(self) -> None:
        """Read the targets again."""
        journal = self._window.journal
        self._acting.read(lambda: places_shown.read(journal), self.show_places)

    def stale(self, nouns: set[str]) -> None:
        """These kinds of things changed."""
        if nouns & {"target", "publication", "cadence"}:
            self.refresh()

    def show_places(self, found: list[Place]) -> None:
        """Show these; a card that is there already keeps what it told."""
        now = self._window.now()
        names = [place.target.name for place in found]
        for name in [name for name in self.cards if name not in names]:
            card = self.cards.pop(name)
            card.asking.stop()
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        for line, place in enumerate(found):
            name = place.target.name
            known = self.cards.get(name)
            if known is None:
                asking = Asking(self._window.journal, self._window.jobs)
                known = self.cards[name] = PlaceCard(self._window.holder, asking)
                known.asked.connect(partial(self.do, name))
                self._list.insertWidget(line, known)
            known.show_place(place, now)
        self._stack.setCurrentIndex(0 if found else 1)
        self.add.setVisible(bool(found))
        self.count.setText(trn("{n} place|{n} places", len(found)) if found else "")

    # ------------------------------------------------------------------ what it does

    def do(self, name: str, what: str) -> None:
        """What a button of a card asks for."""
        card = self.cards.get(name)
        if card is None or card.place is None:
            return
        if what == "test":
            self._test(card, name)
        elif what == "resume":
            self._resume(card, name)
        elif what == "key":
            self._key(card)
        elif what == "edit":
            self._edit(card.place)
        elif what == "remove":
            self._ask_remove(card, card.place)

    def _add(self) -> None:
        self._window.acts.add_target(self._acting.parent)

    def _test(self, card: PlaceCard, name: str) -> None:
        service = self._window.journal.targets
        card.begin()
        card.asking.run(
            tr("Asking {name} …", name=name),
            lambda _context: service.test(name),
            card.facts.tell,
            card.fail,
        )

    def _resume(self, card: PlaceCard, name: str) -> None:
        service = self._window.journal.targets

        def done(_result: None) -> None:
            self._acting.tell_done(tr("{name} goes on.", name=name), None)
            self._window.acts.poke()
            self.refresh()

        card.begin()
        self._acting.store(lambda: service.resume(name), done)

    def _key(self, card: PlaceCard) -> None:
        if card.place is None or card.place.kind is None:
            return
        name = card.place.target.name
        dialog = SecretDialog(self._window, self._acting.parent, card.place)
        dialog.changed.connect(lambda: self._changed(name))
        dialog.open()

    def _changed(self, name: str) -> None:
        self._acting.tell_done(tr("{name} has a new key, and it works.", name=name), None)
        self._window.acts.poke()
        self.refresh()

    def _edit(self, place: Place) -> None:
        from journal_app.gui.dialogs.target import TargetDialog

        window = self._window
        dialog = TargetDialog(
            window.journal, window.jobs, window.holder, self._acting.parent, place.target
        )
        dialog.added.connect(
            lambda name: self._acting.tell_done(tr("{name} is changed.", name=name), None)
        )
        dialog.added.connect(lambda _name: self.refresh())
        dialog.open()

    def _ask_remove(self, card: PlaceCard, place: Place) -> None:
        name = place.target.name
        if place.waiting:
            card.notice.tell(
                "place",
                "stale",
                trn(
                    "{n} post waits for this place. Take it off first, or let it go out.|"
                    "{n} posts wait for this place. Take them off first, or let them go out.",
                    place.waiting,
                ),
                ((tr("Show the queue"), lambda: self._window.acts.publishing.show("queue")),),
            )
            return
        self._acting.ask(
            tr("Remove the place"),
            tr("Remove {name}?", name=name),
            tr(
                "What is published there stays, and so do its receipts. Its keys leave the keyring."
            ),
            tr("Remove"),
            lambda: self._remove(card, name),
        )

    def _remove(self, card: PlaceCard, name: str) -> None:
        service = self._window.journal.targets

        def done(_result: None) -> None:
            self._acting.tell_done(tr("{name} is removed.", name=name), None)
            self.refresh()

        card.begin()
        card.asking.run(
            tr("Remove {name}", name=name), lambda _context: service.remove(name), done, card.fail
        )
