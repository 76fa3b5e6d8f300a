"""The page "Places": what it says of each target, and what can be done with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from journal_app.domain.retry import Health
from journal_app.errors import JournalError
from journal_app.gui.dialogs.target import TargetDialog
from journal_app.gui.publish.place_card import PlaceCard
from journal_app.gui.publish.places_page import PlacesPage
from journal_app.gui.publish.secret_dialog import SecretDialog
from journal_app.store import targets
from tests.helpers.keyrings import MemoryKeyring, memory_keyring
from tests.helpers.publish_window import Desk, desk, texts
from tests.helpers.servers.mataroa import MataroaSite

__all__ = ["desk"]
KEY = "the-key"


@pytest.fixture
def keys() -> Iterator[MemoryKeyring]:
    with memory_keyring() as made:
        yield made


@pytest.fixture
def server() -> Iterator[MataroaSite]:
    with MataroaSite(KEY) as site:
        yield site


def page_of(desk: Desk) -> PlacesPage:
    page = desk.show("places")
    assert isinstance(page, PlacesPage)
    return page


def answered(desk: Desk, card: PlaceCard) -> None:
    desk.qtbot.waitUntil(lambda: not card.asking.busy, timeout=5000)
    desk.settle()


def hurt(desk: Desk, name: str, health: Health) -> None:
    with desk.journal.store.write() as w:
        targets.set_health(w, name, health)
    desk.settle()


def test_an_empty_page_offers_a_place(desk: Desk) -> None:
    page = page_of(desk)
    assert page.empty.isVisible() and not page.add.isVisible()
    assert page.empty.action is not None
    page.empty.action.click()
    dialog = desk.asked()
    assert isinstance(dialog, TargetDialog)
    dialog.reject()
    desk.settle()


def test_a_place_says_what_it_is_what_waits_and_what_was(desk: Desk) -> None:
    desk.target()
    desk.plan("Waits", "2031-03-12 09:00")
    desk.put(desk.plan("Went", "2031-03-11 09:00"), "claimed", "sending", "published")
    card = page_of(desk).cards["blog"]
    assert card.state.text() == "ready"
    said = texts(card)
    assert str(desk.folder / "blog") in card.where.full_text()
    assert "stays on this computer" in said and "takes posts back" in said
    assert "1 post waits" in card.last.full_text() and "“Went”" in card.last.full_text()
    assert "blog" in card.accessibleName() and "ready" in card.accessibleName()
    assert not card.buttons["resume"].isVisible() and not card.buttons["key"].isVisible()


def test_a_test_shows_the_facts_or_the_way_out(desk: Desk) -> None:
    desk.target()
    page = page_of(desk)
    card = page.cards["blog"]
    card.buttons["test"].click()
    answered(desk, card)
    assert card.facts.isVisible() and "can be written" in " ".join(card.facts.lines)
    for path in sorted((desk.folder / "blog").rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    (desk.folder / "blog").rmdir()
    card.buttons["test"].click()
    answered(desk, card)
    assert not card.facts.isVisible() and "does not exist" in card.notice.text


def test_a_paused_place_says_why_and_goes_on(desk: Desk) -> None:
    desk.target()
    now = desk.journal.store.now()
    hurt(desk, "blog", Health(3, now + 600_000, False, "It did not answer."))
    page = page_of(desk)
    card = page.cards["blog"]
    assert card.state.text().startswith("paused until")
    assert card.why.text() == "It did not answer."
    card.buttons["resume"].click()
    desk.settle()
    assert desk.journal.targets.health()["blog"] == Health()
    desk.qtbot.waitUntil(lambda: card.state.text() == "ready", timeout=5000)


def test_a_refused_key_is_replaced_and_asked_first(
    desk: Desk, keys: MemoryKeyring, server: MataroaSite
) -> None:
    desk.journal.targets.add("notes", "mataroa", {"url": server.url}, {"key": KEY})
    hurt(desk, "notes", Health(1, None, True, "It does not accept the key."))
    card = page_of(desk).cards["notes"]
    assert card.state.text() == "key refused"
    card.buttons["key"].click()
    dialog = desk.asked()
    assert isinstance(dialog, SecretDialog) and not dialog.take.isEnabled()
    edit = dialog.edits["key"]
    edit.edit.setText("wrong")
    dialog.take.click()
    desk.qtbot.waitUntil(lambda: not dialog.asking.busy, timeout=5000)
    assert dialog.notice.isVisible() and list(keys.kept.values()) == [KEY]
    edit.edit.setText(KEY)
    dialog.take.click()
    desk.qtbot.waitUntil(lambda: card.state.text() == "ready", timeout=5000)
    assert desk.told == "notes has a new key, and it works."


def test_a_key_moves_to_the_environment(
    desk: Desk, keys: MemoryKeyring, server: MataroaSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.journal.targets.add("notes", "mataroa", {"url": server.url}, {"key": KEY})
    monkeypatch.setenv("NOTES_KEY", KEY)
    card = page_of(desk).cards["notes"]
    card.buttons["key"].click()
    dialog = desk.asked()
    assert isinstance(dialog, SecretDialog)
    edit = dialog.edits["key"]
    edit.other.click()
    edit.variable.setText("NOTES_KEY")
    dialog.take.click()
    desk.qtbot.waitUntil(
        lambda: desk.journal.targets.get("notes").config["key"] == "env:NOTES_KEY", timeout=5000
    )
    desk.settle()
    assert keys.kept == {}  # what the keyring had is no more


def test_a_place_is_changed(desk: Desk) -> None:
    desk.target()
    page = page_of(desk)
    page.cards["blog"].buttons["edit"].click()
    dialog = desk.asked()
    assert isinstance(dialog, TargetDialog)
    desk.qtbot.waitUntil(lambda: dialog.form is not None, timeout=5000)
    assert dialog.form is not None
    dialog.form.edits["url"].show_value("https://notes.example.org/")
    dialog.take.click()
    desk.qtbot.waitUntil(lambda: "url" in desk.journal.targets.get("blog").config, timeout=5000)
    desk.settle()
    assert desk.told == "blog is changed."


def test_a_place_is_removed_unless_something_waits_for_it(desk: Desk) -> None:
    desk.target()
    p = desk.plan("Waits", "2031-03-12 09:00")
    page = page_of(desk)
    card = page.cards["blog"]
    card.buttons["remove"].click()
    assert "1 post waits for this place" in card.notice.text
    desk.journal.publishing.cancel(p.id)
    desk.settle()
    desk.qtbot.waitUntil(lambda: "wait" not in card.last.full_text(), timeout=5000)
    card.buttons["remove"].click()
    desk.press(desk.asked(), "Remove")
    desk.qtbot.waitUntil(lambda: page.cards == {}, timeout=5000)
    assert page.empty.isVisible()


def test_a_kind_that_is_gone_is_said(desk: Desk) -> None:
    with desk.journal.store.write() as w:
        targets.put(w, "old", "no-such-kind", {"url": "https://example.org"})
    desk.settle()
    card = page_of(desk).cards["old"]
    assert card.state.text() == "not installed"
    assert not card.buttons["test"].isEnabled() and card.buttons["remove"].isEnabled()


def test_the_status_bar_counts_what_will_leave(
    desk: Desk, keys: MemoryKeyring, server: MataroaSite
) -> None:
    status = desk.session.window.status
    desk.target()
    desk.plan("Stays", "2031-03-12 09:00")
    desk.settle()
    assert status.outside.full == "Offline"
    desk.journal.targets.add("notes", "mataroa", {"url": server.url}, {"key": KEY})
    desk.settle()
    desk.qtbot.waitUntil(lambda: status.outside.full == "Can publish to notes", timeout=5000)
    desk.plan("Leaves", "2031-03-12 09:00", "notes")
    desk.settle()
    said = "1 post will leave this computer"
    desk.qtbot.waitUntil(lambda: status.outside.full == said, timeout=5000)
    assert "To notes" in status.outside.toolTip()


def test_the_action_opens_the_page(desk: Desk, qtbot: QtBot, tmp_path: Path) -> None:
    desk.session.window.actions_by_id["places"].trigger()
    desk.settle()
    assert desk.window.key == "places"
    assert QApplication.activeModalWidget() is None
    with pytest.raises(JournalError):
        desk.journal.targets.ask("x", "folder", {"path": str(tmp_path / "nowhere")})
