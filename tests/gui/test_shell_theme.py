"""Colours can be read, every token is there, and the theme changes while the window is open."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from journal_app import paths
from journal_app.gui import icons
from journal_app.gui.theme import Theme, ThemeHolder, ThemeName

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
