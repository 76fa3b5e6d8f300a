"""Colours can be read, every token is there, and the theme changes while the window is open."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from journal_app import paths
from journal_app.gui import icons
from journal_app.gui.app import Session
from journal_app.gui.theme import Theme, ThemeHolder, ThemeName
from journal_app.journal import Journal

THEMES: tuple[ThemeName, ...] = ("light", "dark", "contrast")
GUI = Path(icons.__file__).parent


def luminance(colour: QColor) -> float:
    """WCAG 2.2, relative luminance."""

    def part(value: float) -> float:
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    r, g, b = (part(v) for v in (colour.redF(), colour.greenF(), colour.blueF()))
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: QColor, other: QColor) -> float:
    """WCAG 2.2, contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", THEMES)
def test_text_is_readable_on_every_ground(name: ThemeName) -> None:
    theme = Theme.load(name)
    for text in ("text", "muted", "faint", "accent"):
        for ground in ("bg", "surface", "sunk", "selection"):
            ratio = contrast(theme.color(text), theme.color(ground))
            assert ratio >= 4.5, f"{name}: {text} on {ground} is {ratio:.2f}"


@pytest.mark.parametrize("name", THEMES)
def test_state_colours_are_readable(name: ThemeName) -> None:
    theme = Theme.load(name)
    for token in ("pass", "fail", "stale", "info", "accent"):
        assert contrast(theme.color(token), theme.color(f"{token}-soft")) >= 4.5, (name, token)
        assert contrast(theme.color(token), theme.color("surface")) >= 4.5, (name, token)
    for ground in ("accent", "accent-hover"):
        assert contrast(theme.color("on-accent"), theme.color(ground)) >= 4.5, (name, ground)
    for ground in ("bg", "surface", "sunk"):
        assert contrast(theme.color("edge"), theme.color(ground)) >= 3, (name, ground)


def test_every_theme_has_the_same_tokens() -> None:
    assert len({frozenset(Theme.load(name).tokens) for name in THEMES}) == 1


@pytest.mark.parametrize("name", THEMES)
def test_the_style_sheet_is_filled_and_understood(name: ThemeName, qapp: QApplication) -> None:
    sheet = Theme.load(name).qss()
    assert "@" not in sheet
    qapp.setStyleSheet(sheet)  # a sheet that Qt cannot parse is a warning, which fails here


def test_no_widget_names_a_raw_colour() -> None:
    raw = re.compile(r"#[0-9a-fA-F]{6}\b|Qt\.GlobalColor\.(?!transparent)|\bQColor\(\s*[\d\"']")
    found = [
        f"{file.name}: {line.strip()}"
        for file in sorted(GUI.glob("*.py"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if raw.search(line) and '"""' not in line
    ]
    assert not found, found


def test_icons_named_in_the_code_are_there() -> None:
    for name in icons.KIND_ICONS.values():
        assert (paths.resources() / "icons" / f"{name}.svg").is_file(), name
    assert "ISC" in (paths.resources() / "icons" / "LICENSE").read_text(encoding="utf-8")


def test_the_theme_changes_while_it_is_used(qapp: QApplication) -> None:
    holder = ThemeHolder("light")
    heard: list[str] = []
    holder.changed.connect(lambda: heard.append(holder.theme.name))
    holder.set_choice("dark")
    holder.set_choice("dark")
    assert heard == ["dark"]
    assert holder.theme.css("bg") in qapp.styleSheet()
    holder.set_choice("light")


def test_high_contrast_reaches_seven_to_one() -> None:
    theme = Theme.load("contrast")
    grounds = ("bg", "surface", "sunk", "hover", "selection")
    for text in ("text", "muted", "faint", "accent", "pass", "fail", "stale", "info"):
        for ground in (*grounds, *([f"{text}-soft"] if f"{text}-soft" in theme.tokens else [])):
            ratio = contrast(theme.color(text), theme.color(ground))
            assert ratio >= 7, f"{text} on {ground} is {ratio:.2f}"
    for ground in ("accent", "accent-hover"):
        assert contrast(theme.color("on-accent"), theme.color(ground)) >= 7, ground


@pytest.mark.parametrize("name", THEMES)
def test_the_focus_ring_is_seen_on_every_ground(name: ThemeName) -> None:
    theme = Theme.load(name)
    for ground in ("bg", "surface", "sunk", "hover", "selection", "accent-soft"):
        ratio = contrast(theme.color("accent"), theme.color(ground))
        assert ratio >= 3, f"{name}: the ring on {ground} is {ratio:.2f}"
    ring = contrast(theme.color("on-accent"), theme.color("accent"))
    assert ring >= 3, f"{name}: the ring in the main button is {ring:.2f}"


@pytest.mark.parametrize("name", THEMES)
def test_hovering_and_tooltips_stay_readable(name: ThemeName) -> None:
    theme = Theme.load(name)
    for text in ("text", "muted"):
        assert contrast(theme.color(text), theme.color("hover")) >= 4.5, (name, text)
    assert contrast(theme.color("surface"), theme.color("text")) >= 4.5, name


@pytest.mark.parametrize("name", THEMES)
def test_the_pictures_of_the_style_sheet_have_the_themes_colours(name: ThemeName) -> None:
    theme = Theme.load(name)
    for icon, token in (("chevron", "muted"), ("chevron-up", "muted"), ("check", "on-accent")):
        source = (paths.resources() / "themes" / f"{icon}-{name}.svg").read_text(encoding="utf-8")
        assert f'stroke="{theme.css(token)}"' in source, (icon, name)


def test_every_colour_of_the_style_sheets_is_a_token() -> None:
    for sheet in ("window.qss", "editor.qss"):
        text = (paths.resources() / "themes" / sheet).read_text(encoding="utf-8")
        for token in set(re.findall(r"@([a-z]+(?:-[a-z]+)*)", text)):
            assert token in Theme.load("light").tokens, (sheet, token)
        assert not re.search(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b(?=\s*[;}])|rgb", text), sheet


def test_type_sizes_are_those_of_the_scale() -> None:
    sizes = {11, 12, 13, 15, 17, 26}
    for sheet in ("window.qss", "editor.qss"):
        text = (paths.resources() / "themes" / sheet).read_text(encoding="utf-8")
        used = {int(size) for size in re.findall(r"font-size:\s*(\d+)px", text)}
        assert used <= sizes, (sheet, used - sizes)


def test_nothing_moves_for_longer_than_a_blink() -> None:
    """Motion is at most 120 ms; today nothing is animated at all."""
    for file in sorted(GUI.glob("*.py")):
        source = file.read_text(encoding="utf-8")
        assert "QPropertyAnimation" not in source and "QVariantAnimation" not in source, file.name


def test_a_change_of_the_theme_is_no_change_of_the_text(
    journal: Journal, open_window: Callable[[], Session], qtbot: QtBot
) -> None:
    entry = journal.entries.create("# One\n\nwith `code` and **words**")
    session = open_window()
    editor = session.window.editor
    assert editor is not None
    qtbot.waitUntil(lambda: editor.entry is not None and editor.entry.id == entry.id)
    states: list[str] = []
    editor.autosave.state_changed.connect(states.append)
    for theme in ("dark", "contrast", "light"):
        session.window.acts.preferences.theme(theme)  # type: ignore[arg-type]
        qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    assert states == []
    assert journal.entries.get(entry.id).rev == entry.rev
