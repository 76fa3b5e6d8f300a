"""What the editor says above the text, each with the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction

from journal_app.gui.editor import acts
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.gui.editor.pane import EditorPane
    from journal_app.gui.notice import Way


def opened(pane: EditorPane, entry: Entry) -> None:
    """What there is to say of an entry when it is opened."""
    if entry.trashed_at is not None:
        trashed(pane)
    elif "conflict" in entry.tags and (other := _original(entry)):
        pane.notice.tell(
            "clash",
            "stale",
            tr("This is the other version of an entry that was changed twice."),
            _clash_ways(pane, other),
        )


def trashed(pane: EditorPane) -> None:
    """The open entry lies in the trash."""
    ways = [(tr("Restore"), lambda: acts.restore(pane))]
    pane.notice.tell("trash", "stale", tr("This entry is in the trash."), ways)


def clash(pane: EditorPane, id: str, copy: str) -> None:
    """An entry was changed elsewhere; what was typed here is in a copy."""
    if copy != pane.autosave.id:
        pane.message.emit(
            tr("An entry was changed elsewhere while you wrote: both versions are kept."), "stale"
        )
        return
    pane.notice.tell(
        "clash",
        "stale",
        tr(
            "This entry was changed elsewhere while you wrote. Both versions are kept: "
            "you write on in a copy, tagged #conflict."
        ),
        _clash_ways(pane, id),
    )


def failure(pane: EditorPane, id: str, text: str, hint: str) -> None:
    """A text could not be saved; it is kept in the window."""
    shown = tr("Not saved. {why}", why=f"{text} {hint}".strip())
    if id != pane.autosave.id:
        pane.message.emit(shown, "fail")
        return
    ways = [
        (tr("Try again"), pane.autosave.retry),
        (tr("Copy text"), lambda: acts.copy_text(pane)),
    ]
    pane.notice.tell("failed", "fail", shown, ways)


def _clash_ways(pane: EditorPane, other: str) -> list[Way]:
    ways: list[Way] = [(tr("Show the other"), lambda: pane.open_requested.emit(other))]
    merge = pane.window().findChild(QAction, "entry.merge")
    return [(tr("Merge…"), merge.trigger), *ways] if merge is not None else ways


def _original(entry: Entry) -> str | None:
    """The entry that a copy was made of."""
    return next(
        (
            x.target_id
            for x in entry.links
            if (x.target_kind, x.relation) == ("entry", "derived-from")
        ),
        None,
    )
