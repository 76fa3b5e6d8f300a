"""The settings dialog: generated, searched, stored at once; keys of one's own."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from journal_app import settings
from journal_app.errors import JournalError
from journal_app.gui import keymap
from journal_app.gui.actions import ACTIONS, bind, build
from journal_app.gui.app import Session, enlarge
from journal_app.gui.dialogs.settings import ICONS, SettingsDialog
from journal_app.gui.dialogs.settings_keys import KeysPanel
from journal_app.gui.dialogs.shortcuts import ShortcutSheet
from journal_app.journal import Journal

Open = Callable[[], Session]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def session(open_window: Open) -> Session:
    return open_window()


@pytest.fixture
def dialog(session: Session, qtbot: QtBot) -> SettingsDialog:
    """The settings, open."""
    session.window.actions_by_id["settings"].trigger()
    found = session.window.acts.preferences.dialog
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    return found


def texts(widget: QWidget) -> str:
    """Everything that a part of the dialog says."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel))


def test_every_setting_is_declared_for_the_dialog() -> None:
    for one in settings.SETTINGS:
        if one.type == "kept":
            continue
        assert one.section in settings.SECTIONS, one.name
        assert one.label and one.label[0].isupper(), one.name
        if one.type == "number":
            assert one.low < one.high and one.low <= int(one.default) <= one.high, one.name
        if one.names:
            assert one.choices is not None and len(one.names) == len(one.choices), one.name
    names = {one.name for one in settings.SETTINGS}
    assert names == set(settings.SettingName.__args__)  # type: ignore[attr-defined]


def test_every_setting_has_a_row_and_a_page_in_the_help(dialog: SettingsDialog) -> None:
    page = (ROOT / "resources/help/settings.md").read_text(encoding="utf-8")
    shown = [one for one in settings.SETTINGS if one.type != "kept"]
    assert set(dialog.rows) == {one.name for one in shown}
    for one in shown:
        assert f"| {one.label} | `{one.name}` | {one.help}" in page, one.name
        for choice in one.choices or () if one.type != "switch" else ():
            assert f"`{choice}`" in page, (one.name, choice)
    assert set(ICONS) == set(dialog.names())


def test_a_change_takes_effect_at_once_and_is_stored(
    dialog: SettingsDialog, session: Session, journal: Journal, qtbot: QtBot
) -> None:
    box = dialog.rows["theme"].control.widget()
    assert isinstance(box, QComboBox)
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: session.holder.theme.name == "dark")
    assert journal.settings.get("theme") == "dark"
    dialog.rows["theme"].reset.click()
    qtbot.waitUntil(lambda: journal.settings.get("theme") == "system")
    assert dialog.rows["theme"].reset.isHidden()


def test_a_change_of_another_process_is_followed(
    dialog: SettingsDialog, session: Session, journal: Journal, qtbot: QtBot
) -> None:
    journal.settings.set("theme", "contrast")  # another connection, as the command line has
    qtbot.waitUntil(lambda: session.holder.theme.name == "contrast")
    qtbot.waitUntil(lambda: dialog.rows["theme"].value == "contrast")


def test_a_value_that_is_refused_says_why_and_goes_back(
    dialog: SettingsDialog, journal: Journal, qtbot: QtBot
) -> None:
    row = dialog.rows["timezone"]
    row.changed.emit("Europe/Berln")
    qtbot.waitUntil(lambda: not row.error.isHidden())
    assert "Europe/Berlin" in row.error.text()
    assert row.value == journal.settings.get("timezone") == ""


def test_the_search_finds_a_setting_by_any_of_its_words(dialog: SettingsDialog) -> None:
    dialog.search.setText("git commit")
    shown = [name for name, row in dialog.rows.items() if row.isVisibleTo(dialog)]
    assert shown == ["capture.context"]
    dialog.search.setText("palette")
    keys = dialog.panels["Shortcuts"]
    assert isinstance(keys, KeysPanel)
    assert [one.id for one in keys.lines.values() if one.words.isVisibleTo(dialog)] == ["palette"]
    dialog.search.setText("no such thing")
    assert not any(row.isVisibleTo(dialog) for row in dialog.rows.values())
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert dialog.isVisible() and not dialog.search.text()


def test_enter_does_not_close_the_dialog(dialog: SettingsDialog) -> None:
    QTest.keyClick(dialog.search, Qt.Key.Key_Return)
    assert dialog.isVisible()
    QTest.keyClick(dialog.search, Qt.Key.Key_Escape)
    assert not dialog.isVisible()


# ------------------------------------------------------------------ keys


def test_keys_can_be_changed_and_are_shown_everywhere(
    dialog: SettingsDialog, session: Session, journal: Journal, qtbot: QtBot
) -> None:
    window, keys = session.window, dialog.panels["Shortcuts"]
    assert isinstance(keys, KeysPanel)
    assert keys.set_keys("capture", "Ctrl+F8")
    wanted = QKeySequence("Ctrl+F8")
    qtbot.waitUntil(lambda: window.actions_by_id["capture"].shortcut() == wanted)
    native = wanted.toString(QKeySequence.SequenceFormat.NativeText)
    assert native in window.sidebar.capture.toolTip()
    sheet = ShortcutSheet(window)
    assert native in texts(sheet)
    sheet.deleteLater()
    assert json.loads(journal.settings.get("shortcuts")) == {"capture": "Ctrl+F8"}
    keys.lines["capture"].back.click()
    qtbot.waitUntil(lambda: journal.settings.get("shortcuts") == "")
    qtbot.waitUntil(
        lambda: window.actions_by_id["capture"].shortcut() == QKeySequence("Ctrl+Shift+N")
    )


def test_keys_that_clash_are_refused_and_named(dialog: SettingsDialog, journal: Journal) -> None:
    keys = dialog.panels["Shortcuts"]
    assert isinstance(keys, KeysPanel)
    assert not keys.set_keys("capture", "Ctrl+K")
    assert "Command palette" in keys.error.text()
    assert not keys.set_keys("capture", "Ctrl+1")
    assert not keys.set_keys("capture", "Q")
    assert journal.settings.get("shortcuts") == ""


def test_keys_are_pressed_in_the_field(
    dialog: SettingsDialog, journal: Journal, qtbot: QtBot
) -> None:
    dialog.show_section("Shortcuts")
    keys = dialog.panels["Shortcuts"]
    assert isinstance(keys, KeysPanel)
    field = keys.lines["backup"].field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_F12, Qt.KeyboardModifier.ControlModifier)
    field.editingFinished.emit()
    qtbot.waitUntil(lambda: "backup" in journal.settings.get("shortcuts"))
    QTest.keyClick(field, Qt.Key.Key_Backspace)
    qtbot.waitUntil(lambda: journal.settings.get("shortcuts") == "")


def test_no_two_actions_have_the_same_keys() -> None:
    keys = keymap.effective("")
    for action in ACTIONS:
        clash = keymap.holder(keys, keys[action.id], action.id)
        assert clash is None, (action.id, clash)
        assert not keys[action.id] or not keymap.fixed(keys[action.id]), action.id


def test_a_second_key_gives_way_to_what_the_user_wants(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    keys = keymap.effective("")
    assert not {a.also for a in ACTIONS if a.also} & set(keys.values())
    made = build(owner, {a.id: lambda: None for a in ACTIONS}, keys)

    def bound(id: str) -> list[str]:
        return [one.toString() for one in made[id].shortcuts()]

    assert bound("caret.above") == ["Alt+Shift+Up", "Ctrl+Alt+Up"]
    assert bound("caret.below") == ["Alt+Shift+Down", "Ctrl+Alt+Down"]
    kept = keymap.rebound(keymap.rebound("", "capture", "Ctrl+Alt+Up"), "caret.below", "F4")
    bind(made, keymap.effective(kept))
    assert bound("caret.above") == ["Alt+Shift+Up"] and bound("caret.below") == ["F4"]


@given(st.text(max_size=80))
def test_unreadable_keys_are_the_declared_ones(kept: str) -> None:
    keys = keymap.effective(kept)
    assert set(keys) == {action.id for action in ACTIONS}


@pytest.mark.parametrize("value", ["[]", "{", '{"capture": 3}'])
def test_the_command_line_refuses_unreadable_keys(value: str, journal: Journal) -> None:
    with pytest.raises(JournalError):
        journal.settings.set("shortcuts", value)


# ------------------------------------------------------------------ panels


def test_a_broken_extension_is_a_warning(
    dialog: SettingsDialog, session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    from importlib.metadata import EntryPoint

    broken = EntryPoint("wandb-x", "no_such_package:Reader", "journal_app.run_importers")
    monkeypatch.setattr(
        "importlib.metadata.entry_points",
        lambda group: [broken] if group == "journal_app.run_importers" else [],
    )
    dialog.show_section("Extensions")
    panel = dialog.panels["Extensions"]
    qtbot.waitUntil(lambda: "wandb-x" in texts(panel))
    assert "ModuleNotFoundError" in texts(panel)
    assert "nanochat" in texts(panel)


def test_the_panels_say_what_is_there(
    dialog: SettingsDialog, session: Session, qtbot: QtBot
) -> None:
    dialog.show_section("About")
    qtbot.waitUntil(lambda: "PySide6-Essentials" in texts(dialog.panels["About"]))
    assert "LGPL" in texts(dialog.panels["About"])
    dialog.show_section("Model and device")
    qtbot.waitUntil(lambda: "Apache-2.0" in texts(dialog.panels["Model and device"]))
    dialog.show_section("Backups")
    panel = dialog.panels["Backups"]
    qtbot.waitUntil(lambda: "Not backed up yet" in texts(panel))
    panel.now.click()  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: "1 copy" in texts(panel))


def test_the_line_for_the_systems_shortcuts_can_be_copied(dialog: SettingsDialog) -> None:
    dialog.panels["Capture"].copy.click()  # type: ignore[attr-defined]
    assert QGuiApplication.clipboard().text() == "journal capture --window"


def test_the_text_size_is_told_to_qt_before_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QT_SCALE_FACTOR", raising=False)
    enlarge("100")
    assert "QT_SCALE_FACTOR" not in os.environ
    monkeypatch.setenv("QT_SCALE_FACTOR", "1")  # given by the user: it holds
    enlarge("150")
    assert os.environ["QT_SCALE_FACTOR"] == "1"
    monkeypatch.delenv("QT_SCALE_FACTOR")
    enlarge("150")
    assert os.environ.pop("QT_SCALE_FACTOR") == "1.5"


@pytest.mark.parametrize("value", ["90", "210", "1e2", "", "100 %"])
def test_a_number_outside_its_range_is_refused(value: str, journal: Journal) -> None:
    with pytest.raises(JournalError, match="not a value"):
        journal.settings.set("window.text", value)
