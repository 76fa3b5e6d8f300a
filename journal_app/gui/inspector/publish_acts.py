"""What the panel "Publish" does: approve, publish, update, take back, move, settle.

A refusal of the preflight is shown as its report, with the way on for who takes it upon themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from journal_app.domain.preflight import PreflightFailed
from journal_app.errors import JournalError
from journal_app.gui.language import tr
from journal_app.gui.publish.ask_time import AskTime, Moment
from journal_app.gui.publish.moving import tomorrow
from journal_app.gui.publish.preflight_dialog import PreflightDialog
from journal_app.gui.publish.settling import AskAddress
from journal_app.gui.publish.words import state_face

if TYPE_CHECKING:
    from journal_app.domain.publishing import Outcome, Publication, QueueItem
    from journal_app.gui.inspector.publish import PublishPanel

Allow = tuple[str, ...]


class PublishActs:
    """The acts of one panel; each reads the post that is open then."""

    def __init__(self, panel: PublishPanel) -> None:
        self._panel = panel

    # ------------------------------------------------------------------ looking

    def preflight(self, target: str = "") -> None:
        """Show what the preflight finds in the stored text."""
        self._panel.with_text(lambda post: self._dialog(tr("Preflight")).look(post, target))

    def _dialog(
        self,
        title: str,
        *,
        text: str = "",
        take: str = "",
        go: Callable[[str, Allow], object] | None = None,
        places: tuple[tuple[str, str], ...] = (),
    ) -> PreflightDialog:
        panel = self._panel
        made = PreflightDialog(
            panel.journal,
            panel.jobs,
            panel.holder,
            panel.window(),
            title,
            text=text,
            take=take,
            go=go,
            places=places,
        )
        made.open()
        return made

    def refused(
        self, error: JournalError, target: str, take: str, go: Callable[[Allow], object]
    ) -> None:
        """Show the report of a refusal, or tell another error."""
        entry = self._panel.entry
        if not isinstance(error, PreflightFailed) or entry is None:
            self._panel.fail(error)
            return
        dialog = self._dialog(
            tr("It cannot go out yet"), take=take, go=lambda _place, allow: go(allow)
        )
        dialog.show_report(entry.id, target, error.report)

    def thread(self, target: str = "") -> None:
        """Show the post as a thread, to copy."""
        panel = self._panel

        def show(post: str) -> None:
            from journal_app.gui.publish.digest_dialog import DigestDialog

            DigestDialog(
                panel.journal, panel.jobs, panel.holder, post, panel.window(), target=target
            ).open()

        panel.with_text(show)

    def describe(self) -> None:
        """Ask for what readers see of the post beside its text."""
        panel = self._panel

        def show(_post: str) -> None:
            from journal_app.gui.publish.describe_dialog import DescribeDialog

            if panel.entry is not None:
                dialog = DescribeDialog(panel.journal, panel.jobs, panel.entry, panel.window())
                dialog.described.connect(lambda text: panel.message.emit(text, "pass"))
                dialog.open()

        panel.with_text(show)

    # ------------------------------------------------------------------ going out

    def ask_publish(self) -> None:
        """Ask where, show what stands in the way, then send the present text."""
        panel = self._panel
        places = panel.places()

        def ask(post: str) -> None:
            entry = panel.entry
            title = entry.title if entry is not None else ""
            dialog = self._dialog(
                tr("Publish “{title}” now?", title=title or tr("Untitled")),
                take=tr("Publish"),
                go=self.publish,
                places=places,
            )
            dialog.look(post)

        panel.with_text(ask)

    def publish(self, target: str = "", allow: Allow = ()) -> None:
        """Store the text and send it now."""
        panel = self._panel
        service = panel.journal.publishing

        def send(post: str) -> None:
            from journal_app.services.sending import Watch

            panel.asking.run(
                tr("Publishing …"),
                lambda context: service.publish_now(
                    post,
                    target or None,
                    allow=allow,
                    watch=Watch(context.progress, context.check),
                ),
                self._sent,
                lambda error: self.refused(
                    error, target, tr("Publish"), lambda more: self.publish(target, more)
                ),
                firm=True,
            )

        panel.with_text(send)

    def ask_update(self, item: QueueItem) -> None:
        """Look through the present text, then put it in the place of what is out."""
        target = item.publication.target

        def ask(post: str) -> None:
            dialog = self._dialog(
                tr("Update at {target}", target=target),
                text=tr("The present text takes the place of the one that is out."),
                take=tr("Update"),
                go=lambda _place, allow: self.publish(target, allow),
            )
            dialog.look(post, target, item.publication.plan.allowed)

        self._panel.with_text(ask)

    def ask_unpublish(self, item: QueueItem) -> None:
        """Ask, then take a live post back from its readers."""
        panel, p = self._panel, item.publication
        box = QMessageBox(panel.window())
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(tr("Unpublish"))
        box.setText(tr("Take “{title}” back from {target}?", title=item.title, target=p.target))
        box.setInformativeText(
            tr("Readers will not find it any more. Its text and history stay here.")
        )
        go = box.addButton(tr("Take back"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        box.buttonClicked.connect(lambda chosen: self.unpublish(p) if chosen is go else None)
        box.open()

    def unpublish(self, p: Publication) -> None:
        """Take a live post back."""
        service = self._panel.journal.publishing
        self._panel.asking.run(
            tr("Taking it back …"),
            lambda _context: service.unpublish(p.post_id, p.target),
            self._sent,
            self._panel.fail,
            firm=True,
        )

    def _sent(self, outcome: Outcome) -> None:
        panel, p = self._panel, outcome.publication
        by_hand = panel.facts.kinds.get(p.target) == "clipboard"
        if by_hand and p.state in ("unknown", "failed"):
            self.thread(p.target)
        elif not outcome.ok:
            panel.fail(JournalError(outcome.message or tr("It was not sent."), outcome.hint))
        elif p.state == "removed":
            panel.message.emit(tr("Taken back: {title}", title=outcome.title), "pass")
        else:
            panel.message.emit(tr("Published: {title}", title=outcome.title), "pass")

    # ------------------------------------------------------------------ what waits

    def approve(self, item: QueueItem, allow: Allow = ()) -> None:
        """Let the present text go out at the same time."""
        panel, p = self._panel, item.publication
        service = panel.journal.publishing

        def told(after: Publication) -> str:
            if item.edited:
                return tr("The new text goes out.")
            word = state_face(after.state).word
            return tr("“{title}” is {state} now.", title=item.title, state=word)

        def work(_post: str) -> None:
            panel.asking.run(
                tr("Looking through the post …"),
                lambda _context: service.approve(p.id, allow=allow),
                lambda after: panel.message.emit(told(after), "info"),
                lambda error: self.refused(
                    error, p.target, tr("Approve"), lambda more: self.approve(item, more)
                ),
                firm=True,
            )

        panel.with_text(work)

    def move(self, item: QueueItem) -> None:
        """Ask for another time."""
        panel, due = self._panel, item.publication.due
        now = panel.journal.store.now
        wall = due.wall if due.at > now() else tomorrow(now(), due.tz)
        title = tr("Another time for “{title}”", title=item.title)
        AskTime(
            panel.window(),
            title,
            tr("Move"),
            wall,
            due.tz,
            now,
            lambda moment: self.reschedule(item, moment),
        ).open()

    def reschedule(self, item: QueueItem, moment: Moment) -> None:
        """Give what waits another time; its approved text stays."""
        panel, p = self._panel, item.publication
        service = panel.journal.publishing
        panel.asking.run(
            tr("Looking through the post …"),
            lambda _context: service.reschedule(
                p.id, moment.wall, tz=moment.tz, fold=moment.fold, gap=moment.gap
            ),
            lambda done: panel.message.emit(
                tr("Moved to {when}", when=f"{done.due.wall[:16]} {done.due.tz}"), "info"
            ),
            lambda error: self.refused(
                error, p.target, tr("Approve"), lambda more: self.approve(item, more)
            ),
            firm=True,
        )

    def take_off(self, p: Publication) -> None:
        """Keep a publication from going out."""
        panel = self._panel
        service = panel.journal.publishing
        panel.asking.run(
            tr("Taking it off …"),
            lambda _context: service.cancel(p.id),
            lambda _p: panel.message.emit(tr("Taken off {target}.", target=p.target), "info"),
            panel.fail,
            firm=True,
        )

    def settle(self, item: QueueItem, out: bool) -> None:
        """What the user saw at the target."""
        panel, p = self._panel, item.publication
        service = panel.journal.publishing

        def tell(url: str) -> None:
            panel.asking.run(
                tr("Noted …"),
                lambda _context: service.settle(p.id, out=out, url=url),
                lambda after: panel.message.emit(
                    tr(
                        "“{title}” is {state} now.",
                        title=item.title,
                        state=state_face(after.state).word,
                    ),
                    "info",
                ),
                panel.fail,
                firm=True,
            )

        if out:
            AskAddress(panel.window(), tell).open()
        else:
            tell("")
