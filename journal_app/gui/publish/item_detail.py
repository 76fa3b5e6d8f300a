"""One publication in full: when, what this computer owes, what is in the way, what can be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from journal_app.gui import dates
from journal_app.gui.flow import FlowBox
from journal_app.gui.language import tr
from journal_app.gui.plain import spoken
from journal_app.gui.publish import words
from journal_app.gui.publish.item_rows import chips
from journal_app.gui.widgets import Chip, IconLabel, button, clear_layout, flush, label, scrolled

if TYPE_CHECKING:
    from journal_app.domain.publishing import LogLine, QueueItem
    from journal_app.gui.publish.acting import Acting

SHOWN = 8  # lines of its history


class ItemDetail(QWidget):
    """The right side of a list of publications."""

    def __init__(self, acting: Acting) -> None:
        super().__init__()
        self._acting = acting
        self._window = acting.window
        self._id = "-"
        self._shown: QueueItem | None = None
        self.setObjectName("editorPane")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.buttons: dict[str, QPushButton] = {}
        inner = QWidget()
        inner.setProperty("role", "clear")
        self.body = QVBoxLayout(inner)
        self.body.setContentsMargins(20, 16, 20, 16)
        self.body.setSpacing(10)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolled(inner))

    def show_item(self, item: QueueItem | None) -> None:
        """Show a publication, or nothing."""
        coarse = None  # a second more of being late is nothing new
        if item is not None:
            coarse = replace(item, late_ms=item.late_ms // 60_000 * 60_000)
        if coarse == self._shown and (item is None) == (self._id == ""):
            return
        self._shown = coarse
        focus = QApplication.focusWidget()
        held = focus is not None and self.isAncestorOf(focus)
        clear_layout(self.body)
        self.buttons = {}
        self._id = item.publication.id if item is not None else ""
        self._fill(item)
        if held and self.buttons:  # the keyboard stays here when what it was on is drawn anew
            next(iter(self.buttons.values())).setFocus()

    def _fill(self, item: QueueItem | None) -> None:
        if item is None:
            self.body.addWidget(label(tr("Choose a publication to see more of it."), "muted"))
            self.body.addStretch(1)
            return
        p, now = item.publication, self._window.now()
        self.body.addWidget(label(item.title or tr("Untitled"), "subtitle", wrap=True))
        line = QHBoxLayout()
        line.setSpacing(6)
        for word, tone in chips(item):
            line.addWidget(Chip(word, tone))
        line.addStretch(1)
        self.body.addLayout(line)
        self._fact("calendar-clock", words.in_zone(p.due, now))
        self._fact("map-pin", tr("To {target}, as {slug}", target=p.target, slug=p.plan.slug))
        self._owed(item)
        self._trouble(item)
        self._acts(item)
        if p.receipt is not None and p.receipt.url:
            self._address(p.receipt.url)
        self.history = QVBoxLayout()
        self.history.setSpacing(4)
        self.body.addLayout(self.history)
        self.body.addStretch(1)
        service = self._window.journal.publishing
        self._acting.read(lambda: service.log(p.id), lambda lines: self._log(p.id, lines))

    def _fact(self, icon: str, text: str, token: str = "muted") -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(IconLabel(icon, self._window.holder, token), 0, Qt.AlignmentFlag.AlignTop)
        said = label(text, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(said, 1)
        self.body.addLayout(row)

    def _owed(self, item: QueueItem) -> None:
        p = item.publication
        if p.state == "pushed":
            self._fact("cloud-check", words.computer(item, p.due.tz), "pass")
        elif told := words.computer(item, p.due.tz):
            self._fact("laptop", told, "info")
        if told := words.late(item):
            self._fact("clock", told, "stale")

    def _trouble(self, item: QueueItem) -> None:
        p = item.publication
        if item.paused:
            paused = tr("{target} is paused: {why}", target=p.target, why=item.paused)
            self._fact("power", spoken(paused), "stale")
        if item.edited:
            self._fact(
                "pencil",
                tr("The post was edited after revision {rev} was approved.", rev=p.rev),
                "stale",
            )
        if item.by_hand:
            self._fact("clipboard-type", tr("Post it there, then say that it is out."), "info")
            return
        if p.state == "unknown":
            self._fact(
                "circle-help",
                tr("It was sent and no answer came. Look at {target}.", target=p.target),
                "stale",
            )
        if p.last_error and p.state not in ("published", "removed"):
            bad = p.state in ("failed", "blocked")
            icon, token = ("circle-alert", "fail") if bad else ("triangle-alert", "stale")
            self._fact(icon, spoken(p.last_error), token)

    def _acts(self, item: QueueItem) -> None:
        acting, state = self._acting, item.publication.state
        offered: list[tuple[str, str, Callable[[], object], str]] = []
        if item.by_hand:
            offered.append(("copy", tr("Copy the text …"), lambda: acting.thread(item), "primary"))
        if item.by_hand or state == "unknown":
            role = "" if item.by_hand else "primary"
            offered.append(("out", tr("It is out …"), lambda: acting.settle(item, True), role))
        if state == "unknown":
            not_out = tr("It is not out")
            offered.append(("not-out", not_out, lambda: acting.settle(item, False), ""))
        if approve := words.approval(item):
            offered.append(("approve", approve, lambda: acting.approve(item), "primary"))
        if item.paused:
            test = tr("Test {target}", target=item.publication.target)
            offered.append(("test", test, lambda: acting.test_target(item), "primary"))
        if words.movable(item) and not item.by_hand:  # to send that again leads here again
            offered.append(("now", tr("Publish now …"), lambda: acting.publish_now(item), ""))
        if words.movable(item):
            offered.append(("move", tr("Another time …"), lambda: acting.moving.ask(item), ""))
        if words.movable(item) or state == "unknown":
            offered.append(("off", tr("Take off"), lambda: acting.take_off(item), ""))
        if state == "published":
            offered.append(("back", tr("Take back …"), lambda: acting.take_back(item), ""))
        offered.append(("open", tr("Open the post"), lambda: acting.open_post(item), ""))
        made: list[QWidget] = []
        for key, text, act, role in offered:
            self.buttons[key] = button(text, act, role)
            made.append(self.buttons[key])
        row = FlowBox(self)
        row.set_widgets(made)
        self.body.addWidget(row)

    def _address(self, url: str) -> None:
        link = button(url, lambda: QDesktopServices.openUrl(QUrl(url)), "link", tip=url)
        if url.startswith(("https://", "http://")):
            self.body.addWidget(flush(link))

    def _log(self, id: str, lines: list[LogLine]) -> None:
        if id != self._id or not lines:
            return
        clear_layout(self.history)
        self.history.addSpacing(8)
        self.history.addWidget(label(tr("What happened"), "heading"))
        now = self._window.now()
        for line in list(reversed(lines))[:SHOWN]:
            word = words.state_face(line.state).word
            when = dates.due_when(line.at, now)
            said = f"{when} · {word}" + (f": {line.detail}" if line.detail else "")
            self.history.addWidget(label(spoken(said), "small", wrap=True))
