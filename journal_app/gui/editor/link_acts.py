"""Actions about links, and the catching up that a start begins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow


def handlers(window: MainWindow) -> dict[str, Callable[[], object]]:
    """The handlers of the actions about links."""
    return {"entry.follow": lambda: follow(window), "entry.graph": lambda: graph(window)}


def follow(window: MainWindow) -> None:
    """Go where the link at the caret leads."""
    if window.editor is None or window.editor.entry is None:
        window.tell(tr("Open an entry first."))
    else:
        window.editor.linking.follow()


def graph(window: MainWindow) -> None:
    """Show what is linked around the open entry."""
    from journal_app.gui.inspector.graph_dialog import GraphDialog

    editor = window.editor
    if editor is None or editor.entry is None:
        window.tell(tr("Open an entry first."))
        return
    dialog = GraphDialog(window.journal, window.jobs, window.holder, editor.entry.id, window)
    dialog.open_requested.connect(window.open_entry)
    dialog.run_requested.connect(window.open_run)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def catch_up(window: MainWindow) -> None:
    """Find the names in texts of before, and settle titles that an end left open."""
    if window.journal.store.read_only:
        return

    def failed(error: Exception) -> None:
        plain = window.journal.explain(error)
        if plain is None:
            raise error
        window.tell_error(plain)

    window.jobs.submit(
        "io",
        lambda context: window.journal.links.catch_up(context.check),
        on_error=failed,
    )
