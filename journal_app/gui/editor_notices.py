"""What the editor says above the text, each with the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal_app.gui import editor_acts as acts

if TYPE_CHECKING:
    from journal_app.gui.editor import EditorPane


def trashed(pane: EditorPane) -> None:
    """The open entry lies in the trash."""
    ways = [("Restore", lambda: acts.restore(pane))]
    pane.notice.tell("trash", "stale", "This entry is in the trash.", ways)


def clash(pane: EditorPane, id: str, copy: str) -> None:
    """An entry was changed elsewhere; what was typed here is in a copy."""
    if copy != pane.autosave.id:
        pane.message.emit(
            "An entry was changed elsewhere while you wrote: both versions are kept.", "stale"
        )
        return
    pane.notice.tell(
        "clash",
        "stale",
        "This entry was changed elsewhere while you wrote. Both versions are kept: "
        "you write on in a copy, tagged #conflict.",
        [("Show the other", lambda: pane.open_requested.emit(id))],
    )


def failure(pane: EditorPane, id: str, text: str, hint: str) -> None:
    """A text could not be saved; it is kept in the window."""
    shown = f"Not saved. {text} {hint}".strip()
    if id != pane.autosave.id:
        pane.message.emit(shown, "fail")
        return
    ways = [("Try again", pane.autosave.retry), ("Copy text", lambda: acts.copy_text(pane))]
    pane.notice.tell("failed", "fail", shown, ways)
