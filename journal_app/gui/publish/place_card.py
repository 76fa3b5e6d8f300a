"""One place as a card: what it is, how it does, what went there, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from journal_app.gui import dates
from journal_app.gui.flow import FlowBox
from journal_app.gui.language import tr, trn
from journal_app.gui.notice import Notice
from journal_app.gui.plain import spoken
from journal_app.gui.publish import kinds
from journal_app.gui.publish.told_facts import ToldFacts
from journal_app.gui.widgets import Chip, ElidedLabel, IconLabel, button, label

if TYPE_CHECKING:
    from journal_app.errors import JournalError
    from journal_app.gui.publish.asking import Asking
    from journal_app.gui.publish.places_shown import Place
    from journal_app.gui.theme import ThemeHolder

INSET = 32  # px: what stands below the name begins where the name does


class PlaceCard(QFrame):
    """`asked` says what is wanted: test, key, edit, resume, remove, last."""

    asked = Signal(str)

    def __init__(self, holder: ThemeHolder, asking: Asking) -> None:
        super().__init__()
        self._holder = holder
        self.asking = asking
        self.place: Place | None = None
        self.setProperty("role", "panel")
        self.icon = IconLabel("globe", holder, "muted", 20)
        self.name = ElidedLabel("", "heading", hint=120)
        self.where = ElidedLabel("", "muted", hint=160)
        self.state = Chip("")
        self.state_icon = IconLabel("circle-check", holder, "pass", 14)
        self.why = label("", "small", wrap=True)
        self.does = FlowBox(gap=14)
        self.last = ElidedLabel("", "small", hint=160)
        self.facts = ToldFacts(holder)
        self.notice = Notice()
        self.buttons: dict[str, QPushButton] = {}
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.icon, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(self.name)
        words.addWidget(self.where)
        head.addLayout(words, 1)
        badge = QHBoxLayout()
        badge.setSpacing(6)
        badge.addWidget(self.state_icon)
        badge.addWidget(self.state)
        corner = QVBoxLayout()
        corner.addLayout(badge)
        corner.addStretch(1)
        head.addLayout(corner)
        below = QVBoxLayout()
        below.setContentsMargins(INSET, 0, 0, 0)
        below.setSpacing(8)
        for part in (self.why, self.does, self.last, self.facts, self.notice, self.asking):
            below.addWidget(part)
        self._row = QHBoxLayout()
        self._row.setSpacing(8)
        below.addLayout(self._row)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 14, 16, 14)
        outer.setSpacing(8)
        outer.addLayout(head)
        outer.addLayout(below)
        self._make_buttons()
        asking.changed.connect(self._look)

    def _make_buttons(self) -> None:
        for key, text, tip in (
            ("test", tr("Test"), tr("Ask it whether posts can go there")),
            ("resume", tr("Resume"), tr("Try again what waits for it, now")),
            ("key", tr("New key …"), tr("Give it another password or token")),
            ("edit", tr("Edit …"), tr("Change its settings")),
            ("remove", tr("Remove …"), tr("What is published there stays")),
        ):
            made = button(text, self._ask(key), tip=tip)
            self.buttons[key] = made
            if key == "remove":
                self._row.addStretch(1)
            self._row.addWidget(made)

    def _ask(self, key: str) -> Callable[[], None]:
        return lambda: self.asked.emit(key)

    def show_place(self, place: Place, now: int) -> None:
        """Show a target as it is now; what was told about it stays."""
        self.place = place
        target, kind = place.target, place.kind
        self.icon.set(kinds.icon(target.kind), "accent")
        self.name.set_text(target.name)
        called = kinds.title(kind) if kind is not None else target.kind
        self.where.set_text(f"{called} · {kinds.where(target, kind)}")
        face = kinds.health(place.health, now)
        if kind is None:
            self.state.set(tr("not installed"), "fail")
            self.state_icon.set("circle-x", "fail")
        else:
            self.state.set(face.word, face.tone)
            self.state_icon.set(face.icon, face.token)
        why = spoken(place.health.reason) if place.health.failures or place.health.denied else ""
        self.why.setText(why)
        self.why.setVisible(bool(why))
        self.does.set_widgets(self._abilities(place))
        self.last.set_text(self._said(place, now))
        paused = place.health.paused(now)
        self.buttons["resume"].setVisible(paused)
        self.buttons["key"].setVisible(bool(place.secrets))
        for key in ("test", "key", "edit"):
            self.buttons[key].setEnabled(kind is not None)
        name = target.name
        for one in self.buttons.values():
            one.setAccessibleName(f"{one.text()}: {name}")
        self.setAccessibleName(f"{name}, {called}, {self.state.text()}. {self.last.full_text()}")

    def _abilities(self, place: Place) -> list[QWidget]:
        if place.kind is None:
            return []
        found = kinds.abilities(place.kind.abilities, place.kind.name)
        return [self._ability(icon, word) for icon, word in found]

    def _ability(self, icon: str, word: str) -> QWidget:
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        row.addWidget(IconLabel(icon, self._holder, "muted", 12))
        row.addWidget(label(word, "small"))
        return holder

    def _said(self, place: Place, now: int) -> str:
        parts = []
        if place.waiting:
            parts.append(trn("{n} post waits|{n} posts wait", place.waiting))
        if place.last is not None:
            _id, title, at = place.last
            parts.append(
                tr(
                    "last: “{title}”, {when}",
                    title=title or tr("Untitled"),
                    when=dates.due_when(at, now),
                )
            )
        elif not place.waiting:
            parts.append(tr("Nothing was published here yet"))
        if place.slots:
            parts.append(trn("{n} cadence|{n} cadences", place.slots))
        said = " · ".join(parts)
        return said[:1].upper() + said[1:]

    def fail(self, error: JournalError) -> None:
        """What went wrong, with a way out where there is one."""
        self.facts.hide()
        place = self.place
        ways = []
        if place is not None and place.secrets:
            ways.append((tr("New key …"), self._ask("key")))
        ways.append((tr("Test again"), self._ask("test")))
        self.notice.tell("place", "fail", spoken(f"{error.message} {error.hint}".strip()), ways)

    def begin(self) -> None:
        """Something is asked: what was told before is past."""
        self.facts.hide()
        self.notice.hide()

    def _look(self) -> None:
        busy = self.asking.busy
        for key, one in self.buttons.items():
            one.setEnabled(not busy and (key == "remove" or self._installed))

    @property
    def _installed(self) -> bool:
        return self.place is not None and self.place.kind is not None
