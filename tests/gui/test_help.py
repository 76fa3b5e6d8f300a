"""The help pages in the program: every page shows, links lead on, nothing comes from elsewhere."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextDocument
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from journal_app import paths
from journal_app.gui.app import Session
from journal_app.gui.dialogs.help import HelpDialog, read_pages
from tests.gui.test_access import nameless

Open = Callable[[], Session]
HELP = paths.resources() / "help"


@pytest.fixture
def dialog(open_window: Open, qtbot: QtBot) -> HelpDialog:
    """The help, open on what leaves this computer, from the badge in the status bar."""
    session = open_window()
    session.window.status.outside.click()
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    return session.window.acts.models.help_dialog


def test_every_page_is_listed_by_its_heading() -> None:
    pages = {page.name: page for page in read_pages()}
    assert set(pages) == {path.stem for path in HELP.glob("*.md")}
    assert all(page.title and page.html for page in pages.values())


def test_every_link_between_pages_survives() -> None:
    names = {path.stem for path in HELP.glob("*.md")}
    for page in read_pages():
        source = (HELP / f"{page.name}.md").read_text(encoding="utf-8")
        for other in names:
            if f"]({other}.md" in source:
                assert f'"new:{other}' in page.html, (page.name, other)


def test_the_badge_opens_the_explanation(dialog: HelpDialog) -> None:
    assert dialog.page == "offline"
    text = dialog.view.toPlainText()
    for word in ("ORT_DISABLE_TELEMETRY", "strace", "Resource Monitor", "firewall", "Publish"):
        assert word in text
    assert nameless(dialog) == []


def test_links_lead_to_other_pages_and_back(dialog: HelpDialog) -> None:
    dialog.view.anchorClicked.emit(QUrl("new:publishing"))
    assert dialog.page == "publishing"
    QTest.keyClick(dialog, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert dialog.page == "offline" and not dialog.back.isEnabled()


def test_the_search_finds_pages_by_any_word(dialog: HelpDialog) -> None:
    dialog.search.setText("epcontext nothing such")
    assert dialog.list.count() == 0 and dialog.nothing.isVisibleTo(dialog)
    dialog.search.setText("syncthing")
    assert dialog.list.count() > 0
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible() and dialog.list.count() == len(list(HELP.glob("*.md")))


def test_pictures_come_from_the_help_folder_alone(dialog: HelpDialog) -> None:
    image = QTextDocument.ResourceType.ImageResource.value
    assert dialog.view.loadResource(image, QUrl("attachments/graph.png")) != ""
    for address in ("file:///etc/passwd", "https://example.org/a.png", "attachments/../../LICENSE"):
        assert dialog.view.loadResource(image, QUrl(address)) == ""
