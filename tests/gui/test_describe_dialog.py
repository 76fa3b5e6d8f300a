"""What readers see of a post beside its text, asked for in the window."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from journal_app.domain.entry import Entry
from journal_app.gui.publish.describe_dialog import DescribeDialog
from journal_app.journal import Journal
from tests.helpers.panes import Panes, panes, parent

__all__ = ["panes", "parent"]


@pytest.fixture
def post(journal: Journal) -> Entry:
    return journal.entries.create("Loss fell.\n", kind="post", title="Warmup")


@pytest.fixture
def dialog(panes: Panes, parent: QWidget, post: Entry) -> Iterator[DescribeDialog]:
    made = DescribeDialog(panes.journal, panes.jobs, post, parent)
    made.show()
    yield made


def test_what_is_typed_is_kept(
    journal: Journal, dialog: DescribeDialog, post: Entry, qtbot: QtBot
) -> None:
    dialog.description.setPlainText("What 500 steps\nof warmup did.")
    dialog.canonical.setText("https://example.org/warmup/")
    assert dialog.count.text() == "29 characters"
    with qtbot.waitSignal(dialog.described):
        dialog.take.click()
    front = journal.entries.get(post.id).front
    assert front["description"] == "What 500 steps of warmup did."
    assert front["canonical_url"] == "https://example.org/warmup/"


def test_what_sites_do_not_take_is_told_where_it_was_typed(
    journal: Journal, dialog: DescribeDialog, post: Entry, qtbot: QtBot
) -> None:
    dialog.language.setText("the english language")
    dialog.take.click()
    qtbot.waitUntil(lambda: dialog.notice.isVisible())
    assert "is not a language" in dialog.notice.text
    assert dialog.take.isEnabled()
    assert journal.entries.get(post.id).rev == post.rev


def test_a_long_description_is_counted(dialog: DescribeDialog) -> None:
    dialog.description.setPlainText("x" * 170)
    assert "170 characters: lists cut it after about 160" in dialog.count.text()
