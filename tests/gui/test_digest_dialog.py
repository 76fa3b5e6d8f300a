"""A post as a thread: parts, limits, pictures, clipboard, browser, and that it is out."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from journal_app.gui.publish import digest_dialog
from journal_app.gui.publish.digest_dialog import DigestDialog
from journal_app.gui.publish.digest_parts import LimitBar
from journal_app.gui.publish.settling import AskAddress
from journal_app.journal import Journal
from tests.helpers.panes import Panes, panes, parent, settle, words
from tests.helpers.pictures import png

__all__ = ["panes", "parent"]
BODY = """# What the warmup does

With 100 steps the loss left at step 4,200. With 500 steps it stayed down to the end.

![Loss of both runs over the steps](loss.png)

A smaller peak with 100 steps also holds. The pair matters, not the count alone.
"""


@pytest.fixture
def post(journal: Journal) -> str:
    entry = journal.entries.create(BODY, kind="post")
    kept = journal.entries.attach(entry.id, png(40, 30), "loss.png")
    now = journal.entries.get(entry.id)
    body = BODY.replace("loss.png", kept.path)
    return journal.entries.save(entry.id, body, base_rev=now.rev).entry.id


def opened(
    panes: Panes, parent: QWidget, post: str, qtbot: QtBot, target: str = ""
) -> DigestDialog:
    dialog = DigestDialog(panes.journal, panes.jobs, panes.holder, post, parent, target=target)
    dialog.show()
    settle(panes.jobs, qtbot)
    return dialog


def network(dialog: DigestDialog, name: str, panes: Panes, qtbot: QtBot) -> None:
    dialog.network.setCurrentIndex(dialog.network.findData(f"network:{name}"))
    settle(panes.jobs, qtbot)


def test_parts_are_counted_and_copied(
    panes: Panes, parent: QWidget, post: str, qtbot: QtBot
) -> None:
    dialog = opened(panes, parent, post, qtbot)
    network(dialog, "bluesky", panes, qtbot)
    thread = dialog.thread_shown
    assert thread is not None and len(dialog.cards) == len(thread.parts)
    first = dialog.cards[0]
    assert f"{thread.parts[0].count} / 300" in words(first)
    assert first.bar.accessibleName() == f"{thread.parts[0].count} of 300 characters"
    first.copy.click()
    assert QGuiApplication.clipboard().text() == thread.parts[0].text
    dialog.copy_all.click()
    copied = QGuiApplication.clipboard().text()
    assert all(part.text in copied for part in thread.parts)
    assert dialog.said.text() == "Everything is on the clipboard."
    dialog.reject()


def test_pictures_come_with_their_words(
    panes: Panes, parent: QWidget, post: str, qtbot: QtBot
) -> None:
    dialog = opened(panes, parent, post, qtbot)
    network(dialog, "linkedin", panes, qtbot)
    assert "Words: Loss of both runs over the steps" in words(dialog)
    dialog.reject()


def test_the_browser_opens_only_on_a_click(
    panes: Panes, parent: QWidget, post: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(
        digest_dialog.QDesktopServices, "openUrl", lambda url: seen.append(url.toString())
    )
    dialog = opened(panes, parent, post, qtbot)
    network(dialog, "linkedin", panes, qtbot)
    assert seen == [] and dialog.open_page.text() == "Open LinkedIn"
    dialog.open_page.click()
    assert len(seen) == 1 and seen[0].startswith("https://www.linkedin.com/")
    network(dialog, "plain", panes, qtbot)
    assert not dialog.open_page.isVisible()
    dialog.reject()


def test_what_was_posted_by_hand_is_said_to_be_out(
    panes: Panes, parent: QWidget, journal: Journal, post: str, qtbot: QtBot
) -> None:
    journal.targets.add("linkedin", "clipboard", {"network": "linkedin"})
    assert not journal.publishing.publish_now(post, "linkedin").ok
    dialog = opened(panes, parent, post, qtbot, "linkedin")
    assert dialog.target == "linkedin" and dialog.out.isVisible()
    dialog.out.click()
    asked = QApplication.activeModalWidget()
    asked = next(iter(dialog.findChildren(AskAddress))) if asked is None else asked
    assert isinstance(asked, AskAddress)
    asked.field.setText("https://www.linkedin.com/posts/1")
    asked.take.click()
    settle(panes.jobs, qtbot)
    (p,) = journal.publishing.for_post(post)
    assert p.state == "published" and p.receipt is not None
    assert p.receipt.url == "https://www.linkedin.com/posts/1"
    assert dialog.said.text() == "It is published now." and not dialog.out.isVisible()
    dialog.reject()


def test_an_entry_that_is_no_post_is_told(
    panes: Panes, parent: QWidget, journal: Journal, qtbot: QtBot
) -> None:
    dialog = opened(panes, parent, journal.entries.create("A note.").id, qtbot)
    assert dialog.notice.isVisible() and "not a post" in dialog.notice.text
    assert not dialog.copy_all.isEnabled()
    dialog.reject()


@pytest.mark.parametrize(("count", "tone"), [(100, "pass"), (280, "stale"), (301, "fail")])
def test_a_bar_tells_how_full_it_is(panes: Panes, qtbot: QtBot, count: int, tone: str) -> None:
    bar = LimitBar(count, 300, panes.holder)
    qtbot.addWidget(bar)
    bar.resize(100, 6)
    assert bar.tone == tone and not bar.grab().isNull()
