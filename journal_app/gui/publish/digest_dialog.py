"""A post as the thread that a network gets: looked at, copied, opened, and said to be out.

Nothing is sent from here; the browser is opened by a click only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from journal_app.domain.social_text import NETWORKS
from journal_app.errors import JournalError
from journal_app.gui.announce import announce
from journal_app.gui.language import number, tr, trn
from journal_app.gui.notice import Notice
from journal_app.gui.plain import spoken
from journal_app.gui.publish import kinds
from journal_app.gui.publish.asking import Asking
from journal_app.gui.publish.digest_parts import PartCard
from journal_app.gui.publish.settling import AskAddress
from journal_app.gui.publish.words import state_face
from journal_app.gui.widgets import button, clear_layout, label, rule, scrolled
from journal_app.services.digest import BETWEEN

if TYPE_CHECKING:
    from journal_app.domain.digest import Thread
    from journal_app.domain.publishing import Publication
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import JobContext, Jobs

SIZE = (620, 640)
SAID = 4_000  # ms that "Copied" stands
ASKS = ("scheduled", "unknown", "failed", "missed")  # by hand it may be out in each of them


@dataclass(frozen=True, slots=True)
class _Places:
    """Targets that are social networks (name → network), and what waits for a person there."""

    networks: dict[str, str]
    waiting: dict[str, Publication]


class DigestDialog(QDialog):
    """`target` is shown first; without it the first target that is a network, else Mastodon."""

    def __init__(
        self,
        journal: Journal,
        jobs: Jobs,
        holder: ThemeHolder,
        post: str,
        parent: QWidget,
        *,
        target: str = "",
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("As a thread"))
        self.resize(*SIZE)
        self.setMinimumSize(460, 380)
        self._journal, self._jobs, self._holder, self._post = journal, jobs, holder, post
        self._wanted = target
        self._closed = False
        self._places = _Places({}, {})
        self.thread_shown: Thread | None = None
        self.cards: list[PartCard] = []
        self.network = QComboBox()
        self.network.setAccessibleName(tr("Network"))
        self.network.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.network.setMaximumWidth(280)
        self.network.currentIndexChanged.connect(self._turned)
        self.about = label("", "muted", wrap=True)
        self.notice = Notice()
        self.asking = Asking(journal, jobs)
        inner = QWidget()
        inner.setProperty("role", "clear")
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(20, 4, 20, 12)
        self._rows.setSpacing(10)
        self.said = label("", "small")
        self._fade = QTimer(self, singleShot=True, interval=SAID)
        self._fade.timeout.connect(lambda: self.said.setText(""))
        self.copy_all = button(tr("Copy all"), self._copy_all, "primary")
        self.open_page = button("", self._open)
        self.out = button(tr("It is out …"), self._settle)
        head = QVBoxLayout()
        head.setContentsMargins(20, 18, 20, 8)
        head.setSpacing(6)
        title = QHBoxLayout()
        title.setSpacing(12)
        title.addWidget(label(tr("As a thread"), "subtitle"))
        title.addStretch(1)
        title.addWidget(self.network)
        head.addLayout(title)
        head.addWidget(self.about)
        head.addWidget(self.notice)
        head.addWidget(self.asking)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 14)
        foot.setSpacing(8)
        foot.addWidget(self.out)
        foot.addWidget(self.said, 1)
        foot.addWidget(button(tr("Close"), self.reject))
        foot.addWidget(self.open_page)
        foot.addWidget(self.copy_all)
        self.copy_all.setDefault(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(scrolled(inner), 1)
        rows.addWidget(rule())
        rows.addLayout(foot)
        self._show_acts()
        self._read()

    # ------------------------------------------------------------------ networks

    def _read(self) -> None:
        journal, post = self._journal, self._post

        def work(_context: JobContext) -> _Places:
            networks = {
                one.name: str(one.config.get("network") or one.kind)
                for one in journal.targets.listing()
                if one.kind in kinds.SOCIAL
            }
            by_hand = {one.name for one in journal.targets.listing() if one.kind == "clipboard"}
            waiting: dict[str, Publication] = {}
            for p in journal.publishing.for_post(post):
                if p.target in by_hand and p.state in ASKS:
                    waiting.setdefault(p.target, p)
            return _Places(networks, waiting)

        self._jobs.submit("io", work, on_done=self._show_places)

    def _show_places(self, places: _Places) -> None:
        if self._closed:
            return
        self._places = places
        chosen = str(self.network.currentData() or "") or self._first()
        self.network.blockSignals(True)
        self.network.clear()
        for name, network in places.networks.items():
            title = NETWORKS[network].title if network in NETWORKS else network
            self.network.addItem(f"{name} ({title})", f"target:{name}")
        known = set(places.networks.values())
        for network, one in NETWORKS.items():
            if network not in known:
                title = tr("Plain text") if network == "plain" else one.title
                self.network.addItem(title, f"network:{network}")
        self.network.setCurrentIndex(max(0, self.network.findData(chosen)))
        self.network.blockSignals(False)
        self._turned()

    def _first(self) -> str:
        return f"target:{self._wanted}" if self._wanted else ""

    @property
    def target(self) -> str:
        """The chosen target; "" for a network without one."""
        kind, _, name = str(self.network.currentData() or "").partition(":")
        return name if kind == "target" else ""

    def _turned(self) -> None:
        kind, _, name = str(self.network.currentData() or "").partition(":")
        if not name:
            return
        service, post = self._journal.digest, self._post
        self.notice.hide()

        def work(_context: JobContext) -> Thread:
            if kind == "target":
                return service.thread(post, target=name)
            return service.thread(post, network=name)

        self.asking.run(tr("Making the thread …"), work, self._show_thread, self._failed)

    def _failed(self, error: JournalError) -> None:
        self.thread_shown = None
        clear_layout(self._rows)
        self.about.setText("")
        self.notice.tell("digest", "fail", spoken(f"{error.message} {error.hint}".strip()))
        self._show_acts()

    # ------------------------------------------------------------------ the thread

    def _show_thread(self, thread: Thread) -> None:
        self.thread_shown = thread
        clear_layout(self._rows)
        self.cards = []
        total = len(thread.parts)
        parts = trn("{n} part|{n} parts", total)
        limit = tr("{n} characters each at most", n=number(thread.network.limit))
        made = (
            tr("as the post says it") if thread.by_hand else tr("made of the post's own sentences")
        )
        self.about.setText(f"{parts} · {limit} · {made}")
        for n, part in enumerate(thread.parts, 1):

            def copy(n: int = n, text: str = part.text) -> None:
                self._copy(text, tr("Part {n} is on the clipboard.", n=n))

            card = PartCard(part, n, total, thread.network.limit, self._holder, copy)
            self.cards.append(card)
            self._rows.addWidget(card)
        for note in thread.notes:
            self._rows.addWidget(label(spoken(note), "small", wrap=True))
        self._rows.addStretch(1)
        self._show_acts()

    def _show_acts(self) -> None:
        thread = self.thread_shown
        self.copy_all.setEnabled(thread is not None)
        several = thread is not None and len(thread.parts) > 1
        self.copy_all.setText(tr("Copy all") if several else tr("Copy"))
        address = thread.network.address if thread is not None else ""
        self.open_page.setVisible(bool(address))
        if thread is not None:
            self.open_page.setText(tr("Open {network}", network=thread.network.title))
            self.open_page.setAccessibleName(self.open_page.text())
            self.open_page.setToolTip(tr("In the browser: {url}", url=address))
        self.out.setVisible(self.target in self._places.waiting)

    def _copy_all(self) -> None:
        thread = self.thread_shown
        if thread is not None:
            text = BETWEEN.join(part.text for part in thread.parts)
            self._copy(text, tr("Everything is on the clipboard."))

    def _copy(self, text: str, said: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.said.setText(said)
        self._fade.start()
        announce(self, said)

    def _open(self) -> None:
        thread = self.thread_shown
        url = thread.network.address if thread is not None else ""
        if url.startswith(("https://", "http://")):
            QDesktopServices.openUrl(QUrl(url))

    # ------------------------------------------------------------------ it is out

    def _settle(self) -> None:
        waiting = self._places.waiting.get(self.target)
        if waiting is None:
            return
        service, id = self._journal.publishing, waiting.id

        def keep(url: str) -> None:
            self.asking.run(
                tr("Noted …"),
                lambda _context: service.settle(id, out=True, url=url),
                self._settled,
                self._failed_to_settle,
                firm=True,
            )

        AskAddress(self, keep).open()

    def _settled(self, after: Publication) -> None:
        if self._closed:
            return
        word = state_face(after.state).word
        self.said.setText(tr("It is {state} now.", state=word))
        announce(self, self.said.text())
        self._read()

    def _failed_to_settle(self, error: JournalError) -> None:
        if not self._closed:
            self.notice.tell("digest", "fail", spoken(f"{error.message} {error.hint}".strip()))

    def done(self, result: int) -> None:
        """What comes after the end is not shown."""
        self._closed = True
        self._fade.stop()
        self.asking.stop()
        super().done(result)
