"""What a chosen suggestion does to the text."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QFileDialog

from journal_app.domain import links
from journal_app.domain.links import Goal
from journal_app.gui.editor import acts
from journal_app.gui.editor.completion_commands import CARET, commands
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.domain.templates import Filled
    from journal_app.gui.dialogs.palette import Choice
    from journal_app.gui.editor.completion import Completion
    from journal_app.gui.editor.pane import EditorPane

_BLOCK = re.compile(r"(?:[#>`|$-]|1\.)")  # what stands at the beginning of a line only
_NOTE = re.compile(r"\[\^(\d+)\]")


def hints() -> dict[str, str]:
    """What the commands about time would insert now."""
    now = datetime.now()
    return {"date": f"{now:%Y-%m-%d}", "time": f"{now:%H:%M}", "today": _today(now)}


def _today(now: datetime) -> str:
    return f"{now:%Y-%m-%d} {QLocale().dayName(now.isoweekday(), QLocale.FormatType.ShortFormat)}"


def take(pane: EditorPane, completion: Completion, cursor: QTextCursor, choice: Choice) -> None:
    """Put a choice over the selection of `cursor`, which holds what was typed."""
    kind, _, name = choice.key.partition(":")
    journal = pane.journal
    card, completion.card = completion.card, False
    if kind == "entry":
        completion.put(cursor, journal.links.reference(name))
    elif kind == "create":
        completion.put(cursor, links.written(Goal(name)))
        create(pane, name)
    elif kind == "tag":
        completion.put(cursor, f"#{name} ")
    elif kind == "run":
        words = f"![[run:{name}]]" if card else f"{journal.links.run_reference(name)} "
        completion.put(cursor, words)
    elif kind == "template":
        _template(pane, completion, cursor, name)
    else:
        _command(pane, completion, cursor, name)


def create(pane: EditorPane, title: str, *, open_it: bool = False) -> None:
    """A new, empty entry with this title."""

    def made(entry: Entry) -> None:
        if open_it:
            pane.open_requested.emit(entry.id)
        else:
            pane.message.emit(tr("“{name}” was created.", name=title), "info")

    pane.jobs.submit(
        "store",
        lambda _context: pane.journal.entries.create("", title=title),
        on_done=made,
        on_error=lambda error: acts.explain(pane, error),
    )


def _command(pane: EditorPane, completion: Completion, cursor: QTextCursor, id: str) -> None:
    command = next(one for one in commands() if one.id == id)
    words = command.text or hints().get(id, "")
    if words:
        gap = _BLOCK.match(words) and cursor.block().text()[: _start(cursor)].strip()
        completion.put(cursor, f"\n{words}" if gap else words)
    elif id in ("link-entry", "link-run", "run-card"):
        completion.put(cursor, "")
        completion.card = id == "run-card"
        completion.type("[[" if id == "link-entry" else "@")
    elif id == "footnote":
        _footnote(pane, completion, cursor)
    elif id == "run-table":
        completion.put(cursor, "")
        _run_table(pane, completion)
    elif id == "attach":
        completion.put(cursor, "")
        _attach(pane)


def _start(cursor: QTextCursor) -> int:
    return min(cursor.anchor(), cursor.position()) - cursor.block().position()


def _template(pane: EditorPane, completion: Completion, cursor: QTextCursor, name: str) -> None:
    completion.put(cursor, "")
    entry = pane.entry
    assert entry is not None
    place, title = _place(pane), pane.shown_title()

    def filled(made: Filled) -> None:
        if _still(pane, entry.id):
            at = made.caret
            completion.put(place, made.text[:at] + CARET + made.text[at:])

    pane.jobs.submit(
        "io",
        lambda _context: pane.journal.templates.text(name, title=title),
        on_done=filled,
        on_error=lambda error: acts.explain(pane, error),
    )


def _run_table(pane: EditorPane, completion: Completion) -> None:
    entry = pane.entry
    assert entry is not None
    place = _place(pane)

    def arrived(table: str) -> None:
        if not table:
            pane.message.emit(tr("There are no runs yet. Import a folder of records."), "info")
        elif _still(pane, entry.id):
            completion.put(place, _paragraph(place, table))

    pane.jobs.submit(
        "io",
        lambda _context: pane.journal.links.run_table(entry.id),
        on_done=arrived,
        on_error=lambda error: acts.explain(pane, error),
    )


def _footnote(pane: EditorPane, completion: Completion, cursor: QTextCursor) -> None:
    """The mark here, its text at the end of the entry, and the caret there."""
    text = pane.page.text
    number = max((int(n) for n in _NOTE.findall(text.text())), default=0) + 1
    cursor.beginEditBlock()
    cursor.insertText(f"[^{number}]")
    cursor.movePosition(QTextCursor.MoveOperation.End)
    line = cursor.block().text()
    gap = "" if not line else "\n" if line.startswith("[^") else "\n\n"
    cursor.insertText(f"{gap}[^{number}]: ")
    cursor.endEditBlock()
    text.setTextCursor(cursor)
    pane.page.show_caret()


def _attach(pane: EditorPane) -> None:
    dialog = QFileDialog(pane, tr("Attach a file"))
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.filesSelected.connect(lambda names: pane.paste.files([Path(name) for name in names]))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()


def _place(pane: EditorPane) -> QTextCursor:
    """The caret; it moves along with what is typed before it."""
    return QTextCursor(pane.page.text.textCursor())


def _still(pane: EditorPane, id: str) -> bool:
    return pane.entry is not None and pane.entry.id == id


def _paragraph(place: QTextCursor, words: str) -> str:
    before = place.block().text()[: place.positionInBlock()].strip()
    return f"\n\n{words}\n" if before else f"{words}\n"
