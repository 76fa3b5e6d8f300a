"""Where the title of an entry shows: in its own field, or in the text that begins with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal_app.domain.entry import title_of
from journal_app.gui.editor.highlighter import titled
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.gui.editor.autosave import Content
    from journal_app.gui.editor.pane import EditorPane


def show(pane: EditorPane, content: Content, *, opened: bool = False) -> None:
    """A text that begins with its title shows it itself, at the size of one.

    The field comes and goes only when an entry is opened, so that the text stays under the hands.
    """
    title = pane.page.title
    title.suggest(title_of(content.body) or tr("Untitled"))
    place = titled(content.body)
    if opened or title.title():
        title.setVisible(bool(title.title()) or place == "no")
    pane.highlighter.set_title(title.isHidden() and place == "line")
    pane.bar.show_entry(content.kind, content.title)


def rendered(content: Content) -> str:
    """The text for the preview, with its title as a heading."""
    if content.title != title_of(content.body):
        return f"# {content.title}\n\n{content.body}"
    return f"# {content.body.lstrip()}" if titled(content.body) == "line" else content.body
