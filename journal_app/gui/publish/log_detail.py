"""One publication as the log knows it: its receipt, the looks at its page, everything that was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.due import offset
from journal_app.domain.publishing import QueueItem
from journal_app.gui import dates
from journal_app.gui.flow import FlowBox
from journal_app.gui.language import number, tr
from journal_app.gui.plain import spoken, tip
from journal_app.gui.publish import happened, words
from journal_app.gui.widgets import Chip, button, clear_layout, label, scrolled

if TYPE_CHECKING:
    from journal_app.domain.publishing import LogLine, Publication
    from journal_app.domain.seen import Check
    from journal_app.gui.publish.acting import Acting
    from journal_app.gui.publish.happened import Happening

SHOWN = 40  # lines


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a publication. `last`: nothing later of its post is out there; `rev`: the
    present revision of the post."""

    publication: Publication
    looks: list[Check]
    log: list[LogLine]
    last: bool
    rev: int


class LogDetail(QWidget):
    """The right side of the log."""

    def __init__(self, acting: Acting) -> None:
        super().__init__()
        self._acting, self._window = acting, acting.window
        self._id = ""
        self._known: Known | None = None
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

    def show_line(self, line: Happening | None, *, again: bool = False) -> None:
        """Show the publication of a line, or nothing."""
        id = line.publication if line is not None else ""
        if id == self._id and not again:
            return
        self._id = id
        if line is None:
            self._known = None
            clear_layout(self.body)
            self.body.addWidget(label(tr("Choose a line to see more of it."), "muted"))
            self.body.addStretch(1)
            return
        journal, post = self._window.journal, line.post

        def read() -> Known | None:
            known = journal.publishing.for_post(post)
            found = next((one for one in known if one.id == id), None)
            if found is None:
                return None
            out = (one for one in known if one.target == found.target)
            last = next((one for one in out if one.state in ("published", "removed")), found)
            return Known(
                found,
                journal.receipts.history(id),
                journal.publishing.log(id),
                last.id == id,
                journal.entries.get(post).rev,
            )

        self._acting.read(read, lambda known: self._show(line, known))

    def _show(self, line: Happening, known: Known | None) -> None:
        if known is None or line.publication != self._id or known == self._known:
            return
        self._known = known
        p, looks, log = known.publication, known.looks, known.log
        clear_layout(self.body)
        now = self._window.now()
        self.body.addWidget(label(line.title or tr("Untitled"), "subtitle", wrap=True))
        chips = QHBoxLayout()
        chips.setSpacing(6)
        face = words.state_face(p.state)
        chips.addWidget(Chip(face.word, face.tone))
        mark = happened.badge(looks[0].verdict if looks else "")
        if mark is not None:
            chips.addWidget(Chip(*mark))
        chips.addStretch(1)
        self.body.addLayout(chips)
        self._facts(p, looks)
        self._acts(line, known)
        self._looks(looks, now)
        self._history(log, now)
        self.body.addStretch(1)

    def _facts(self, p: Publication, looks: Sequence[Check]) -> None:
        now = self._window.now()
        holder = QWidget()  # what clears the page deletes it with all its rows
        form = QFormLayout(holder)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(6)
        form.setHorizontalSpacing(16)
        facts = [
            (tr("Place"), p.target),
            (tr("Due"), words.in_zone(p.due, now)),
            (tr("Revision"), str(p.rev)),
        ]
        receipt = p.receipt
        if receipt is not None:
            facts.append((tr("Went out"), exact(receipt.at)))
            if receipt.late_ms > words.LATE:
                facts.append((tr("Late"), words.long_span(receipt.late_ms)))
            facts.append((tr("Address"), receipt.url or receipt.path))
            facts.append((tr("SHA-256"), receipt.sha256))
            facts.append((tr("Size"), tr("{n} bytes", n=number(receipt.bytes))))
        if looks:
            last = looks[0]
            status = "" if last.status is None else f", {last.status}"
            facts.append((tr("Last look"), f"{exact(last.at)}{status}"))
            seen = next((one for one in looks if one.verdict == "seen"), None)
            facts.append((tr("Last seen"), exact(seen.at) if seen else tr("never")))
            if last.next_at is not None:
                facts.append((tr("Next look"), exact(last.next_at)))
        for word, value in facts:
            name = label(word, "muted")
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            form.addRow(name, _fact(word, value))
        self.body.addWidget(holder)

    def _acts(self, line: Happening, known: Known) -> None:
        self.buttons = {}
        p = known.publication
        url = p.receipt.url if p.receipt is not None else ""
        if url.startswith(("https://", "http://")):
            self.buttons["page"] = button(
                tr("Open the page"), lambda: QDesktopServices.openUrl(QUrl(url)), tip=url
            )
            if p.state == "published":
                self.buttons["look"] = button(tr("Look now"), lambda: self._look(line, p.id))
        self.buttons["post"] = button(tr("Open the post"), lambda: self._open(p.post_id))
        if p.state == "published" and known.last:
            item = QueueItem(p, line.title, known.rev > p.rev, 0)
            if item.edited:
                self.buttons["update"] = button(
                    tr("Publish the changes …"), lambda: self._acting.publish_now(item), "primary"
                )
            self.buttons["back"] = button(tr("Take back …"), lambda: self._acting.take_back(item))
        row = FlowBox(self)
        row.set_widgets(list(self.buttons.values()))
        self.body.addWidget(row)

    def _open(self, post: str) -> None:
        self._acting.show_post(post)

    def _look(self, line: Happening, id: str) -> None:
        receipts = self._window.journal.receipts

        def done(check: Check) -> None:
            word = happened.page_face(check.verdict).word
            self._acting.tell_done(f"{word}: {check.message}" if check.message else word, None)
            if self._id == id:
                self.show_line(line, again=True)

        self._acting.long(tr("Look at the page"), lambda: receipts.look(id), done)

    def _looks(self, looks: Sequence[Check], now: int) -> None:
        if not looks:
            return
        self.body.addSpacing(4)
        self.body.addWidget(label(tr("Looks at its page"), "heading"))
        for one in looks[:6]:
            said = f"{dates.due_when(one.at, now)} · {happened.page_face(one.verdict).word}"
            if one.message:
                said = f"{said}: {spoken(one.message)}"
            self.body.addWidget(label(said, "small", wrap=True))

    def _history(self, log: list[LogLine], now: int) -> None:
        self.body.addSpacing(4)
        self.body.addWidget(label(tr("What happened"), "heading"))
        for one in list(reversed(log))[:SHOWN]:
            said = f"{dates.due_when(one.at, now)} · {words.state_face(one.state).word}"
            if one.detail:
                said = f"{said}: {spoken(one.detail)}"
            self.body.addWidget(label(said, "small", wrap=True))


def exact(ms: int) -> str:
    """`2026-12-01 09:00:02 (+01:00)`, in the zone of this computer."""
    at = datetime.fromtimestamp(ms / 1000, UTC).astimezone()
    return f"{at:%Y-%m-%d %H:%M:%S} ({offset(at)})"


def _fact(word: str, value: str) -> QWidget:
    """A value that can be selected; one that is long and has no place to break scrolls."""
    if len(value) < 40 or " " in value:
        said = label(value, wrap=True)
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        said.setAccessibleName(f"{word}: {value}")
        return said
    field = QLineEdit(value)
    field.setReadOnly(True)
    field.setProperty("role", "bare")
    field.setCursorPosition(0)
    field.setToolTip(tip(value))
    field.setAccessibleName(word)
    return field
