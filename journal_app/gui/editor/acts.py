"""What the editor's buttons do: each is a job, and each tells where the work is if it fails."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from journal_app.domain import capture
from journal_app.errors import JournalError
from journal_app.gui.dates import short_when
from journal_app.gui.language import later, tr

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.gui.editor.autosave import Draft
    from journal_app.gui.editor.pane import EditorPane
    from journal_app.services.entries import Saved


def inline_tags(body: str) -> frozenset[str]:
    """The tags that stand in the text itself."""
    try:
        return frozenset(capture.parse(body).tags)
    except JournalError:  # an empty page has none
        return frozenset()


STATES = {"edited": later("edited"), "saving": later("saving …"), "failed": later("not saved")}


def state_text(state: str, entry: Entry | None) -> str:
    """The saved state in words: `saved 14:08`."""
    if state == "saved" and entry is not None:
        now = int(datetime.now().timestamp() * 1000)
        return tr("saved {when}", when=short_when(entry.updated_at, now))
    return tr(STATES.get(state, ""))


def explain(pane: EditorPane, error: Exception) -> None:
    """Show an error that is meant for people; anything else is a bug and goes on."""
    plain = error if isinstance(error, JournalError) else pane.journal.explain(error)
    if plain is None:
        raise error
    pane.notice.tell("error", "fail", f"{plain.message} {plain.hint}".strip())


def save(
    pane: EditorPane,
    draft: Draft,
    ok: Callable[[Saved], None],
    bad: Callable[[BaseException], None],
) -> None:
    """Save a text through the store lane; the order of the calls is the order of the writes."""
    entries = pane.journal.entries
    content = draft.content
    pane.jobs.submit(
        "store",
        lambda _context: entries.save(
            draft.id,
            content.body,
            base_rev=draft.base_rev,
            title=content.title,
            kind=content.kind,
            origin="autosave",
        ),
        on_done=ok,
        on_error=bad,
    )


def load_cards(pane: EditorPane) -> None:
    """Read the cards of the runs that the open entry links."""
    entry = pane.entry
    if entry is None:
        return
    if not any(link.target_kind in ("run", "eval") for link in entry.links):
        pane.show_cards(entry.id, ())
        return
    pane.jobs.submit(
        "io",
        lambda _context: pane.journal.experiments.cards_for_entry(entry.id),
        on_done=lambda cards: pane.show_cards(entry.id, cards),
        on_error=lambda error: explain(pane, error),
    )


def tag(pane: EditorPane, add: str | None = None, remove: str | None = None) -> None:
    """Add or remove a tag of the open entry."""
    entry = pane.entry
    if entry is None:
        return
    service = pane.journal.entries
    pane.jobs.submit(
        "store",
        lambda _context: service.tag(entry.id, [add] if add else [], [remove] if remove else []),
        on_error=lambda error: explain(pane, error),
    )


def restore(pane: EditorPane) -> None:
    """Take the open entry out of the trash."""
    entry = pane.entry
    if entry is None:
        return
    service = pane.journal.entries
    pane.jobs.submit(
        "store",
        lambda _context: service.restore(entry.id),
        on_done=lambda _entry: pane.notice.drop("trash"),
        on_error=lambda error: explain(pane, error),
    )


def copy_text(pane: EditorPane) -> None:
    """Put the whole text on the clipboard: a way out when it cannot be saved."""
    QGuiApplication.clipboard().setText(pane.page.text.text())
    pane.message.emit(tr("The text is on the clipboard."), "info")


def next_step(pane: EditorPane) -> None:
    """Schedule a post; make a post out of anything else."""
    entry = pane.entry
    if entry is None:
        return

    def saved(ok: bool) -> None:
        if not ok or pane.entry is None or pane.entry.id != entry.id:
            return
        if pane.page.chips.kind == "post":
            from journal_app.gui.dialogs.schedule import ScheduleDialog

            dialog = ScheduleDialog(pane.journal, pane.jobs, pane.holder, entry.id, pane)
            dialog.scheduled.connect(lambda text: pane.message.emit(text, "info"))
            dialog.open()
        else:
            _draft(pane, entry.id)

    pane.flush(saved)


def draft(pane: EditorPane) -> None:
    """Make a post out of the open entry, once its text is stored."""
    entry = pane.entry
    if entry is not None:
        id = entry.id
        pane.flush(lambda ok: _draft(pane, id) if ok else None)


def _draft(pane: EditorPane, id: str) -> None:
    title = pane.shown_title() or tr("Untitled")
    service = pane.journal.writing
    pane.jobs.submit(
        "store",
        lambda _context: service.draft([id], title),
        on_done=lambda post: pane.open_requested.emit(post.id),
        on_error=lambda error: explain(pane, error),
    )
