"""What can be done to a publication from every page: told where it was asked, with a way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from journal_app.domain.due import rfc3339
from journal_app.domain.preflight import PreflightFailed
from journal_app.errors import JournalError
from journal_app.gui.language import tr
from journal_app.gui.plain import spoken
from journal_app.gui.publish import words
from journal_app.gui.publish.moving import Moving
from journal_app.gui.publish.settling import AskAddress

if TYPE_CHECKING:
    from journal_app.domain.publishing import Outcome, Publication, QueueItem
    from journal_app.gui.notice import Way
    from journal_app.gui.window import MainWindow

T = TypeVar("T")


class Place(Protocol):
    """Where things are told: the window "Publishing"."""

    def tell(self, level: str, text: str, ways: Sequence[Way] = ()) -> None:
        """Say something that stays until it is closed."""
        ...

    def tell_done(self, text: str, back: Callable[[], None] | None) -> None:
        """Say what was done, for a moment, with the way back."""
        ...

    def hide(self) -> None:
        """Make room for the main window."""
        ...


class Acting:
    """The acts of one window. Each reads its publication from the item that it was asked for."""

    def __init__(self, window: MainWindow, parent: QWidget, place: Place) -> None:
        self.window, self.parent, self._place = window, parent, place
        self._undo: Callable[[], None] | None = None
        self.followers: list[Callable[[Publication], None]] = []  # hear what was moved
        self.moving = Moving(self)

    # ------------------------------------------------------------------ telling and working

    def tell(self, level: str, text: str, ways: Sequence[Way] = ()) -> None:
        """Say something above the page."""
        self._place.tell(level, spoken(text), ways)

    def tell_done(self, text: str, back: Callable[[], None] | None) -> None:
        """Say what was done; `back` undoes it."""
        self._undo = back
        self._place.tell_done(text, back)

    def follow(self, moved: Publication) -> None:
        """A publication has another time now."""
        for follower in self.followers:
            follower(moved)

    def undo(self) -> None:
        """Take the last act back, once."""
        back, self._undo = self._undo, None
        if back is not None:
            back()

    def failed(self, error: Exception) -> None:
        """Tell an error that is meant for people; another one goes on."""
        plain = error if isinstance(error, JournalError) else self.window.journal.explain(error)
        if plain is None:
            raise error
        self.tell("fail", f"{plain.message} {plain.hint}".strip())

    def store(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Write in the lane of writes."""
        self.window.jobs.submit(
            "store",
            lambda _context: work(),
            on_done=lambda result: _ignore(done(result)),
            on_error=self.failed,
        )

    def read(self, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Read, off this thread."""
        self.window.jobs.submit(
            "io",
            lambda _context: work(),
            on_done=lambda result: _ignore(done(result)),
            on_error=self.failed,
        )

    def long(self, title: str, work: Callable[[], T], done: Callable[[T], object]) -> None:
        """Work that may wait for a network, shown in the tray."""
        self.window.tray.start(
            title,
            "io",
            lambda _context: work(),
            lambda result: _ignore(done(result)),
            on_failed=self.failed,
        )

    def checked(
        self,
        title: str,
        post: str,
        target: str,
        word: str,
        work: Callable[[Sequence[str]], T],
        done: Callable[[T], object],
    ) -> None:
        """Work that the preflight may refuse: then what it found is shown, and what may be taken
        on is. `work` gets the ids of that; `word` goes on."""

        def attempt(allow: Sequence[str]) -> None:
            self.window.tray.start(
                title,
                "io",
                lambda _context: work(allow),
                lambda result: _ignore(done(result)),
                on_failed=failed,
            )

        def failed(error: JournalError) -> None:
            if not isinstance(error, PreflightFailed):
                self.failed(error)
                return
            from journal_app.gui.publish.preflight_dialog import PreflightDialog

            window = self.window
            dialog = PreflightDialog(
                window.journal,
                window.jobs,
                window.holder,
                self.parent,
                tr("It cannot go out yet"),
                take=word,
                go=lambda _place, allow: attempt(allow),
            )
            dialog.show_report(post, target, error.report)
            dialog.open()

        attempt(())

    def ask(self, title: str, text: str, more: str, word: str, act: Callable[[], None]) -> None:
        """Ask before something leaves this computer."""
        box = QMessageBox(self.parent)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(title)
        box.setText(text)
        box.setInformativeText(more)
        go = box.addButton(word, QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.buttonClicked.connect(lambda chosen: act() if chosen is go else None)
        box.open()

    # ------------------------------------------------------------------ acts

    def open_post(self, item: QueueItem) -> None:
        """Show the post in the main window."""
        self.show_post(item.publication.post_id)

    def show_post(self, id: str) -> None:
        """Show an entry in the main window."""
        self._place.hide()
        self.window.open_entry(id)
        self.window.come_forward()

    def take_off(self, item: QueueItem) -> None:
        """Keep it from going out; the way back puts it where it was, with the approved text."""
        service, p = self.window.journal.publishing, item.publication
        back: Callable[[], None] | None = None
        waits = p.state in ("scheduled", "pushed") and p.due.at > self.window.now()
        if waits and not item.edited and p.act != "unpublish":

            def again() -> Publication:
                return service.schedule(
                    p.post_id,
                    p.target,
                    rfc3339(p.due.at, p.due.tz),
                    tz=p.due.tz,
                    slug=p.plan.slug,
                    late_limit=p.late_limit,
                    allow=p.plan.allowed,
                    slot=p.slot,
                )

            def back() -> None:
                now = self.window.now()
                self.store(
                    again,
                    lambda made: self.tell_done(
                        tr("Back at {when}", when=words.moment(made.due, now)), None
                    ),
                )

        def gone(_p: Publication) -> None:
            self.tell_done(tr("“{title}” is taken off {target}.", **_named(item)), back)

        if p.state == "pushed":  # the target has to be asked
            self.long(tr("Take off"), lambda: service.cancel(p.id), gone)
        else:
            self.store(lambda: service.cancel(p.id), gone)

    def publish_now(self, item: QueueItem) -> None:
        """Ask, then send the present text now."""
        service, p = self.window.journal.publishing, item.publication
        more = tr("It leaves this computer, as far as the target is elsewhere.")
        if item.edited:
            more = tr("The present text goes out, not the approved one.") + " " + more
        self.ask(
            tr("Publish now"),
            tr("Publish “{title}” to {target} now?", **_named(item)),
            more,
            tr("Publish"),
            lambda: self.checked(
                tr("Publish “{title}”", title=item.title),
                p.post_id,
                p.target,
                tr("Publish"),
                lambda allow: service.publish_now(p.post_id, p.target, p.plan.slug, allow=allow),
                self._sent,
            ),
        )

    def take_back(self, item: QueueItem) -> None:
        """Ask, then take a live post back from its readers."""
        service, p = self.window.journal.publishing, item.publication
        self.ask(
            tr("Take back"),
            tr("Take “{title}” back from {target}?", **_named(item)),
            tr("Readers will not find it any more. Its text and history stay here."),
            tr("Take back"),
            lambda: self.long(
                tr("Take back “{title}”", title=item.title),
                lambda: service.unpublish(p.post_id, p.target),
                self._sent,
            ),
        )

    def _sent(self, outcome: Outcome) -> None:
        if not outcome.ok:
            why = f"{outcome.message or tr('It was not sent.')} {outcome.hint}".strip()
            self.tell("fail", why)
            return
        p = outcome.publication
        named = {"title": outcome.title, "target": p.target}
        if p.state == "removed":
            self.tell_done(tr("“{title}” is taken back from {target}.", **named), None)
        else:
            self.tell_done(tr("Published “{title}” to {target}.", **named), None)

    def approve(self, item: QueueItem) -> None:
        """Let the present text go out at the same time."""
        service, p = self.window.journal.publishing, item.publication

        def approved(after: Publication) -> None:
            word = words.state_face(after.state).word
            told = tr("“{title}” is {state} now.", title=item.title, state=word)
            if item.edited:
                told = tr("The new text of “{title}” goes out.", title=item.title)
            self.tell_done(told, None)

        self.checked(
            tr("Check “{title}”", title=item.title),
            p.post_id,
            p.target,
            tr("Approve"),
            lambda allow: service.approve(p.id, allow=allow),
            approved,
        )

    def thread(self, item: QueueItem) -> None:
        """Show the text that a person posts, to copy."""
        from journal_app.gui.publish.digest_dialog import DigestDialog

        window, p = self.window, item.publication
        DigestDialog(
            window.journal, window.jobs, window.holder, p.post_id, self.parent, target=p.target
        ).open()

    def settle(self, item: QueueItem, out: bool) -> None:
        """What the user saw at the target."""
        service, p = self.window.journal.publishing, item.publication

        def tell(after: Publication) -> None:
            word = words.state_face(after.state).word
            self.tell_done(tr("“{title}” is {state} now.", title=item.title, state=word), None)

        if out:
            AskAddress(
                self.parent,
                lambda url: self.store(lambda: service.settle(p.id, out=True, url=url), tell),
            ).open()
        else:
            self.store(lambda: service.settle(p.id, out=False), tell)

    def test_target(self, item: QueueItem) -> None:
        """Ask the target of it whether posts can go there; what waits for it goes on then."""
        targets, name = self.window.journal.targets, item.publication.target
        self.long(
            tr("Test {target}", target=name),
            lambda: targets.test(name),
            lambda facts: self.tell("pass", "\n".join((tr("{n} works.", n=name), *facts))),
        )


def _named(item: QueueItem) -> dict[str, str]:
    return {"title": item.title or tr("Untitled"), "target": item.publication.target}


def _ignore(_result: object) -> None:
    """What an answer gives back does not matter."""
