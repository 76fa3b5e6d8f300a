"""One publication in the panel "Publish": place and state, time, what is in the way, its receipt,
and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from journal_app.gui import dates
from journal_app.gui.flow import FlowBox
from journal_app.gui.language import tr
from journal_app.gui.links import ask_to_open
from journal_app.gui.plain import breakable, spoken
from journal_app.gui.publish import happened, words
from journal_app.gui.widgets import Chip, ElidedLabel, IconLabel, button, flush, label

if TYPE_CHECKING:
    from journal_app.domain.publishing import QueueItem
    from journal_app.gui.inspector.publish_acts import PublishActs
    from journal_app.gui.inspector.publish_facts import PublishFacts
    from journal_app.gui.theme import ThemeHolder

BY_HAND = ("failed", "missed", "unknown")  # what is posted by hand waits for its person so
HASH = 8  # digits of a hash that are shown


class PublicationLines(QWidget):
    """`rev` is the present revision of the post: what is out may be older."""

    def __init__(
        self,
        item: QueueItem,
        facts: PublishFacts,
        rev: int,
        now: int,
        acts: PublishActs,
        holder: ThemeHolder,
    ) -> None:
        super().__init__()
        self._facts, self._acts, self._holder = facts, acts, holder
        self._now = now
        self.item = item
        self.buttons: dict[str, QPushButton] = {}
        p = item.publication
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(3)
        shown = words.face(item)
        if self._by_hand and p.state in BY_HAND:
            shown = words.Face("stale", "clipboard-type", tr("yours to post"))
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(IconLabel(shown.icon, holder, shown.token, 14))
        head.addWidget(ElidedLabel(p.target, "heading"), 1)
        head.addWidget(Chip(shown.word, shown.tone))
        self._rows.addLayout(head)
        older = p.state == "published" and rev > p.rev
        self._when(item)
        self._trouble(item, older)
        if p.state == "published":
            self._receipt(item)
        self._buttons(item, older)
        self.setAccessibleName(words.said(item, p.due.tz))

    def _say(self, text: str, icon: str, token: str) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, self._holder, token, 14), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(label(breakable(spoken(text)), "small", wrap=True), 1)
        self._rows.addLayout(row)

    def _when(self, item: QueueItem) -> None:
        p = item.publication
        if p.state in ("published", "removed") and p.receipt is not None:
            at = dates.due_when(p.receipt.at, self._now)
            told = tr("went out {when}", when=at) if p.state == "published" else at
            self._rows.addWidget(label(told, "meta"))
        else:
            self._rows.addWidget(label(words.in_zone(p.due, self._now), "meta", wrap=True))
        if owed := self._facts.owed(item):
            held = p.id in self._facts.held
            self._say(owed, "cloud-check" if held else "laptop", "pass" if held else "info")
        if late := words.late(item):
            self._say(late, "clock", "stale")

    def _trouble(self, item: QueueItem, older: bool) -> None:
        p = item.publication
        if item.paused:
            told = tr("{target} is paused: {why}", target=p.target, why=item.paused)
            self._say(told, "power", "stale")
        if item.edited:
            self._say(tr("Edited since it was approved."), "pencil", "stale")
        elif older:
            self._say(tr("Edited since it went out."), "pencil", "stale")
        if p.state in BY_HAND and self._by_hand:
            self._say(tr("Post it there, then say that it is out."), "clipboard-type", "info")
        elif p.state == "unknown":
            told = tr("It was sent and no answer came. Look at {target}.", target=p.target)
            self._say(told, "circle-help", "stale")
        elif p.last_error and p.state not in ("published", "removed"):
            bad = p.state in ("failed", "blocked")
            icon, token = ("circle-alert", "fail") if bad else ("triangle-alert", "stale")
            self._say(p.last_error, icon, token)

    def _receipt(self, item: QueueItem) -> None:
        p = item.publication
        receipt = p.receipt
        if receipt is None:
            return
        where = receipt.url or receipt.path
        if receipt.url.startswith(("https://", "http://")):
            link = button(where, lambda: self._open(receipt.url), "link", tip=where)
            link.setText(link.fontMetrics().elidedText(where, Qt.TextElideMode.ElideMiddle, 220))
            self._rows.addWidget(flush(link))
        else:
            self._rows.addWidget(ElidedLabel(where, "small"))
        looks = self._facts.looks.get(p.id, ())
        parts = []
        if looks and looks[0].status is not None:
            parts.append(str(looks[0].status))
        parts.append(receipt.sha256[:HASH])
        seen = next((one for one in looks if one.verdict == "seen"), None)
        if seen is not None:
            parts.append(tr("seen {when}", when=dates.due_when(seen.at, self._now)))
        told = label(" · ".join(parts), "meta")
        told.setToolTip(tr("SHA-256 {sum}", sum=receipt.sha256))
        shown: list[QWidget] = [told]
        badge = happened.badge(looks[0].verdict) if looks else None
        if badge is not None:
            shown.append(Chip(tr("page {state}", state=badge[0]), badge[1]))
        line = FlowBox(gap=8)
        line.set_widgets(shown)
        self._rows.addWidget(line)
        if badge is not None and looks[0].message:
            self._say(looks[0].message, "triangle-alert", badge[1])

    @property
    def _by_hand(self) -> bool:
        return self._facts.kinds.get(self.item.publication.target) == "clipboard"

    def _open(self, url: str) -> None:
        ask_to_open(self.window(), QUrl(url))

    def _buttons(self, item: QueueItem, older: bool) -> None:
        p, acts = item.publication, self._acts
        abilities = self._facts.abilities.get(p.target)
        offered: list[tuple[str, str, Callable[[], object]]] = []
        if approve := words.approval(item):
            offered.append(("approve", approve, lambda: acts.approve(item)))
        if p.state in BY_HAND and self._by_hand:
            offered += [
                ("thread", tr("Copy the text …"), lambda: acts.thread(p.target)),
                ("out", tr("It is out …"), lambda: acts.settle(item, True)),
            ]
        elif p.state == "unknown":
            offered.append(("out", tr("It is out …"), lambda: acts.settle(item, True)))
        if p.state == "unknown":
            offered.append(("not-out", tr("It is not out"), lambda: acts.settle(item, False)))
        if p.state in ("blocked", "failed") and not self._by_hand:
            offered.append(("why", tr("See why …"), lambda: acts.preflight(p.target)))
        if older and abilities is not None and abilities.updates:
            offered.append(("update", tr("Update …"), lambda: acts.ask_update(item)))
        if words.movable(item):
            offered.append(("move", tr("Move …"), lambda: acts.move(item)))
        if words.movable(item) or p.state == "unknown":
            offered.append(("off", tr("Take off"), lambda: acts.take_off(p)))
        if p.state == "published" and abilities is not None and abilities.unpublishes:
            offered.append(("unpublish", tr("Unpublish …"), lambda: acts.ask_unpublish(item)))
        if not offered:
            return
        self._rows.addSpacing(3)
        row = FlowBox(gap=6)
        for key, text, act in offered:
            made = self.buttons[key] = button(text, act, "chip")
            made.setAccessibleName(f"{text}: {p.target}")
        row.set_widgets(list(self.buttons.values()))
        self._rows.addWidget(row)
