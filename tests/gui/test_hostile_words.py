"""Titles, tags, names of runs and files are words: nothing in the window reads them as HTML."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, QModelIndex
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QWidget
from pytestqt.qtbot import QtBot

from journal_app.gui.app import Session
from journal_app.gui.plain import tip
from journal_app.journal import Journal
from tests.helpers import records

EVIL = '<b>x</b> <img src="file:///etc/passwd">'


@pytest.mark.parametrize("words", ["plain", "a\nb", EVIL, "<qt>x", "x < y", "<!-- x -->", ""])
def test_a_tip_is_shown_as_it_is_written(words: str) -> None:
    shown = tip(words)
    assert shown == words or (
        shown.startswith("<qt>") and "<img" not in shown and "<b>" not in shown
    )
    if Qt.mightBeRichText(words):
        assert shown != words


def widgets(session: Session) -> Iterator[QWidget]:
    yield session.window
    yield from session.window.findChildren(QWidget)


def rich(label: QLabel) -> bool:
    if label.textFormat() == Qt.TextFormat.PlainText:
        return False
    return label.textFormat() != Qt.TextFormat.AutoText or Qt.mightBeRichText(label.text())


def hostile(text: str) -> bool:
    """Whether Qt would read this as HTML with something of ours in it that was not escaped."""
    return Qt.mightBeRichText(text) and ("<img" in text or "<b>x" in text)


def tips(model: QAbstractItemModel) -> Iterator[str]:
    for row in range(min(model.rowCount(QModelIndex()), 50)):
        words = model.index(row, 0).data(Qt.ItemDataRole.ToolTipRole)
        if isinstance(words, str):
            yield words


def test_no_words_of_a_journal_are_read_as_html(
    journal_folder: Path, open_window: Callable[[], Session], tmp_path: Path, qtbot: QtBot
) -> None:
    record = tmp_path / "<b>x<b> <img src=x>.log"
    record.write_text(records.training_log(20), encoding="utf-8")
    with Journal(journal_folder) as journal:
        journal.experiments.import_path(record)
        run = journal.experiments.runs()[0]
        first = journal.entries.add(f"# {EVIL}\n\n{EVIL} #evil")
        second = journal.entries.add(f"[[{EVIL}]] {EVIL} ->run:{run.id} ->entry:{first.id}")
        journal.entries.attach(second.id, b"x", f"{EVIL[:20]}.txt")
        journal.entries.add(f"{EVIL} again")
    session = open_window()
    for id in (first.id, second.id):
        session.window.editor.open_entry(id)
        session.window.editor.set_preview(True)
        session.window.inspector.show()
        qtbot.waitUntil(lambda: session.jobs.busy() == 0, timeout=10_000)
        for widget in widgets(session):
            assert not hostile(widget.toolTip()), (widget, widget.toolTip())
            if isinstance(widget, QLabel) and rich(widget):
                assert not hostile(widget.text()), (widget, widget.text())
            if isinstance(widget, QAbstractItemView) and widget.model() is not None:
                assert not [words for words in tips(widget.model()) if hostile(words)]
