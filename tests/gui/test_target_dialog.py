"""Adding and changing a place: kinds, the form, secrets, what a target says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from journal_app.gui.dialogs.target import TargetDialog
from journal_app.gui.dialogs.target_fields import ChoiceField, SecretField
from journal_app.gui.dialogs.target_form import TargetForm
from tests.helpers.keyrings import MemoryKeyring, memory_keyring
from tests.helpers.panes import Panes, panes, parent, settle
from tests.helpers.servers.mataroa import MataroaSite

__all__ = ["panes", "parent"]
KEY = "a-key-that-nobody-sees"


@pytest.fixture
def keys() -> Iterator[MemoryKeyring]:
    with memory_keyring() as made:
        yield made


@pytest.fixture
def server() -> Iterator[MataroaSite]:
    with MataroaSite(KEY) as site:
        yield site


def opened(panes: Panes, parent: QWidget, qtbot: QtBot, target: str = "") -> TargetDialog:
    found = panes.journal.targets.get(target) if target else None
    dialog = TargetDialog(panes.journal, panes.jobs, panes.holder, parent, found)
    dialog.show()
    if target:
        qtbot.waitUntil(lambda: dialog.form is not None, timeout=5000)
    else:
        qtbot.waitUntil(lambda: bool(dialog.choice.cards), timeout=5000)
    return dialog


def form_of(dialog: TargetDialog, kind: str) -> TargetForm:
    next(card for card in dialog.choice.cards if card.kind.name == kind).ask()
    assert dialog.form is not None
    return dialog.form


def mataroa(dialog: TargetDialog, server: MataroaSite, key: str) -> TargetForm:
    form = form_of(dialog, "mataroa")
    form.edits["url"].show_value(server.url)
    secret = form.edits["key"]
    assert isinstance(secret, SecretField)
    secret.edit.setText(key)
    form.name.setText("notes")
    return form


def ended(qtbot: QtBot, panes: Panes, dialog: TargetDialog) -> None:
    qtbot.waitUntil(lambda: not dialog.asking.busy, timeout=5000)
    settle(panes.jobs, qtbot)


def test_the_kinds_say_what_they_can_do_and_are_chosen_by_keys(
    panes: Panes, parent: QWidget, qtbot: QtBot
) -> None:
    dialog = opened(panes, parent, qtbot)
    cards = {card.kind.name: card for card in dialog.choice.cards}
    assert {kind.name for kind in panes.journal.targets.kinds()} == set(cards)
    first = dialog.choice.cards[0]
    assert first.kind.name == "folder"
    assert "stays on this computer" in first.accessibleDescription()
    assert "schedules by itself" in cards["mastodon"].accessibleDescription()
    assert "leaves this computer" in cards["mastodon"].accessibleDescription()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert dialog.choice.cards[1].hasFocus() or not dialog.isActiveWindow()
    qtbot.keyClick(first, Qt.Key.Key_Return)
    assert dialog.form is not None and dialog.form.kind.name == "folder"
    dialog.back.click()
    assert dialog.form is None and not dialog.take.isVisible()
    dialog.reject()
    settle(panes.jobs, qtbot)


def test_a_folder_shows_what_it_is_and_a_test_says_it(
    panes: Panes, parent: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    site = tmp_path / "Field Notes"
    (site / "_posts").mkdir(parents=True)
    (site / "_config.yml").write_text("url: https://notes.example.org\n", encoding="utf-8")
    dialog = opened(panes, parent, qtbot)
    form = form_of(dialog, "folder")
    assert not dialog.take.isEnabled() and not dialog.test.isEnabled()
    form.set_text("path", str(site))
    assert form.name.text() == "field-notes"
    flavor = form.edits["flavor"]
    assert isinstance(flavor, ChoiceField)
    qtbot.waitUntil(lambda: "Jekyll" in flavor.box.currentText(), timeout=5000)
    assert flavor.value == ""  # found, not chosen
    dialog.test.click()
    ended(qtbot, panes, dialog)
    assert dialog.facts.isVisible() and "Jekyll" in " ".join(dialog.facts.lines)
    assert panes.journal.targets.listing() == []
    dialog.take.click()
    qtbot.waitUntil(lambda: bool(panes.journal.targets.listing()), timeout=5000)
    assert panes.journal.targets.get("field-notes").config["flavor"] == "jekyll"
    settle(panes.jobs, qtbot)


def test_a_folder_that_shows_nothing_is_told_at_once(
    panes: Panes, parent: QWidget, qtbot: QtBot, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    dialog = opened(panes, parent, qtbot)
    form = form_of(dialog, "folder")
    form.set_text("path", str(tmp_path / "empty"))
    dialog.take.click()
    ended(qtbot, panes, dialog)
    assert dialog.notice.isVisible() and dialog.notice.text
    form.edits["flavor"].show_value("hugo")
    dialog.take.click()
    qtbot.waitUntil(lambda: bool(panes.journal.targets.listing()), timeout=5000)
    settle(panes.jobs, qtbot)


def test_a_secret_goes_to_the_keyring_and_nowhere_else(
    panes: Panes, parent: QWidget, qtbot: QtBot, keys: MemoryKeyring, server: MataroaSite
) -> None:
    dialog = opened(panes, parent, qtbot)
    form = mataroa(dialog, server, KEY)
    secret = form.edits["key"]
    assert isinstance(secret, SecretField)
    assert secret.edit.echoMode() == QLineEdit.EchoMode.Password
    assert "keyring" in secret.hint.text()
    dialog.take.click()
    qtbot.waitUntil(lambda: bool(panes.journal.targets.listing()), timeout=5000)
    kept = str(panes.journal.targets.get("notes").config["key"])
    assert kept.startswith("keyring:") and KEY not in kept
    assert list(keys.kept.values()) == [KEY]
    settle(panes.jobs, qtbot)
    again = opened(panes, parent, qtbot, "notes")
    assert again.form is not None and not again.form.name.isEnabled()
    edit = again.form.edits["key"]
    assert isinstance(edit, SecretField)
    assert edit.edit.text() == "" and edit.value == kept  # it is never shown
    again.take.click()
    ended(qtbot, panes, again)
    assert panes.journal.targets.get("notes").config["key"] == kept


def test_a_refused_key_is_told_and_nothing_is_kept(
    panes: Panes, parent: QWidget, qtbot: QtBot, keys: MemoryKeyring, server: MataroaSite
) -> None:
    dialog = opened(panes, parent, qtbot)
    mataroa(dialog, server, "wrong")
    dialog.take.click()
    ended(qtbot, panes, dialog)
    assert dialog.notice.isVisible() and "wrong" not in dialog.notice.text
    ways = [one.text() for one in dialog.notice.findChildren(QPushButton)]
    assert "Test again" in ways
    assert panes.journal.targets.listing() == [] and keys.kept == {}
    assert dialog.take.isEnabled()
    dialog.reject()


def test_without_a_keyring_the_environment_is_offered(
    panes: Panes,
    parent: QWidget,
    qtbot: QtBot,
    keys: MemoryKeyring,
    server: MataroaSite,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys.locked = True
    dialog = opened(panes, parent, qtbot)
    form = mataroa(dialog, server, KEY)
    dialog.take.click()
    ended(qtbot, panes, dialog)
    way = next(
        one
        for one in dialog.notice.findChildren(QPushButton)
        if one.text() == "Use an environment variable"
    )
    way.click()
    secret = form.edits["key"]
    assert isinstance(secret, SecretField) and secret.in_variable
    assert secret.variable.text() == "JOURNAL_SECRET_NOTES_KEY"
    monkeypatch.setenv("JOURNAL_SECRET_NOTES_KEY", KEY)
    dialog.take.click()
    qtbot.waitUntil(lambda: bool(panes.journal.targets.listing()), timeout=5000)
    assert panes.journal.targets.get("notes").config["key"] == "env:JOURNAL_SECRET_NOTES_KEY"
    settle(panes.jobs, qtbot)


@pytest.mark.parametrize("way", ["cancel", "close"])
def test_what_was_given_up_is_not_kept(
    panes: Panes,
    parent: QWidget,
    qtbot: QtBot,
    keys: MemoryKeyring,
    server: MataroaSite,
    way: str,
) -> None:
    server.read_faults.append("accept-then-hang")
    dialog = opened(panes, parent, qtbot)
    mataroa(dialog, server, KEY)
    dialog.take.click()
    qtbot.waitUntil(lambda: len(server.requests) > 0, timeout=5000)
    assert dialog.asking.isVisible() and not dialog.take.isEnabled()
    if way == "cancel":
        dialog.asking.cancel_button.click()
        assert dialog.take.isEnabled()
    else:
        dialog.reject()
    server.leave()
    qtbot.waitUntil(panes.idle, timeout=5000)
    settle(panes.jobs, qtbot)
    assert panes.journal.targets.listing() == [] and keys.kept == {}


def test_every_setting_of_every_kind_has_a_control_with_a_name(
    panes: Panes, parent: QWidget, qtbot: QtBot
) -> None:
    dialog = opened(panes, parent, qtbot)
    for kind in panes.journal.targets.kinds():
        form = form_of(dialog, kind.name)
        assert set(form.edits) == {field.name for field in kind.fields}
        for field in kind.fields:
            control = form.edits[field.name].focusProxy()
            assert control is not None and control.accessibleName() == field.label
        assert form.secrets == {}
        qtbot.waitUntil(partial(_quiet, dialog), timeout=5000)
        dialog.choose_again()
    dialog.reject()
    settle(panes.jobs, qtbot)


def _quiet(dialog: TargetDialog) -> bool:
    return not dialog._looking.isActive()
