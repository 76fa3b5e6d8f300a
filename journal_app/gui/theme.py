"""Colours and type of the window, from resources/themes: tokens.toml and window.qss."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, cast

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from journal_app import paths

ThemeName = Literal["light", "dark", "contrast"]
Choice = Literal["system", "light", "dark", "contrast"]
BASE, SMALL, META, PROSE, TITLE = 13, 12, 11, 15, 26  # type sizes, px
ICONS = ("chevron", "chevron-up", "check")  # of the style sheet, one file for each theme

_TOKEN = re.compile(r"@([a-z]+(?:-[a-z]+)*)")


@lru_cache(maxsize=1)
def _tokens() -> Mapping[str, Mapping[str, str]]:
    text = (paths.resources() / "themes" / "tokens.toml").read_text(encoding="utf-8")
    return cast(Mapping[str, Mapping[str, str]], tomllib.loads(text))


class Theme:
    """One set of tokens. `load` gives the same object for the same name."""

    def __init__(self, name: ThemeName, tokens: Mapping[str, str]) -> None:
        self.name = name
        self.tokens = tokens
        self._colors = {token: QColor(value) for token, value in tokens.items()}

    @classmethod
    def load(cls, name: ThemeName) -> Theme:
        """The theme called `name`: light, dark or contrast."""
        return _load(name)

    def color(self, token: str) -> QColor:
        """A token as a colour. An unknown token is a bug (KeyError)."""
        return self._colors[token]

    def css(self, token: str) -> str:
        """A token as `#rrggbb`, or `#aarrggbb` where it is translucent."""
        return self.tokens[token]

    def fill(self, sheet: str) -> str:
        """`sheet` with every `@token` replaced by its colour."""
        return _TOKEN.sub(lambda match: self.css(match.group(1)), sheet)

    def qss(self) -> str:
        """The style sheet of the application."""
        sheet = _sheet()
        for icon in ICONS:
            file = paths.resources() / "themes" / f"{icon}-{self.name}.svg"
            sheet = sheet.replace(f"%{icon}%", file.as_posix())
        return self.fill(sheet)

    def palette(self) -> QPalette:
        """The palette for what the style sheet does not reach: placeholders, links, dialogs."""
        palette = QPalette()
        for role, token in (
            (QPalette.ColorRole.Window, "bg"),
            (QPalette.ColorRole.WindowText, "text"),
            (QPalette.ColorRole.Base, "surface"),
            (QPalette.ColorRole.AlternateBase, "sunk"),
            (QPalette.ColorRole.Text, "text"),
            (QPalette.ColorRole.Button, "surface"),
            (QPalette.ColorRole.ButtonText, "text"),
            (QPalette.ColorRole.Highlight, "accent"),
            (QPalette.ColorRole.HighlightedText, "on-accent"),
            (QPalette.ColorRole.PlaceholderText, "faint"),
            (QPalette.ColorRole.Link, "accent"),
            (QPalette.ColorRole.LinkVisited, "accent"),
            (QPalette.ColorRole.ToolTipBase, "text"),
            (QPalette.ColorRole.ToolTipText, "surface"),
            (QPalette.ColorRole.Accent, "accent"),
        ):
            palette.setColor(role, self.color(token))
        return palette


@lru_cache(maxsize=3)
def _load(name: ThemeName) -> Theme:
    return Theme(name, _tokens()[name])


@lru_cache(maxsize=1)
def _sheet() -> str:
    return (paths.resources() / "themes" / "window.qss").read_text(encoding="utf-8")


def ui_font(pixels: int = BASE, *, bold: bool = False, tabular: bool = False) -> QFont:
    """The system's font in a size of the scale; `tabular` gives figures one width."""
    font = QFont(QApplication.font())
    font.setPixelSize(pixels)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    if tabular:
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


class ThemeHolder(QObject):
    """The theme in use. Widgets hold this, read `.theme`, and read again on `changed`."""

    changed = Signal()

    def __init__(self, choice: Choice = "system", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._choice: Choice = choice
        self.theme = Theme.load(self._name())
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_changed)

    @property
    def choice(self) -> Choice:
        """What the user asked for; `system` follows the desktop."""
        return self._choice

    def set_choice(self, choice: Choice) -> None:
        """Follow the desktop, or stay with one theme; takes effect at once."""
        self._choice = choice
        self._update()

    def apply(self) -> None:
        """Give the application the theme's style, palette and font (once, before any window)."""
        app = cast(QApplication, QApplication.instance())
        app.setFont(ui_font())
        app.setPalette(self.theme.palette())
        app.setStyleSheet(self.theme.qss())

    def _name(self) -> ThemeName:
        if self._choice != "system":
            return self._choice
        hints = QGuiApplication.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
        return "dark" if hints.colorScheme() == Qt.ColorScheme.Dark else "light"

    @Slot()
    def _system_changed(self) -> None:
        self._update()

    def _update(self) -> None:
        name = self._name()
        if name == self.theme.name:
            return
        self.theme = Theme.load(name)
        self.apply()
        self.changed.emit()
