"""Where a note was made, as chips that each take their fact away."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from journal_app.gui.flow import FlowBox
from journal_app.gui.language import later, tr
from journal_app.gui.plain import tip
from journal_app.gui.widgets import button

NAMES = {
    "repository": later("repository"),
    "branch": later("branch"),
    "commit": later("commit"),
    "dirty": later("changes"),
    "run": later("run"),
    "environment": later("environment"),
    "directory": later("folder"),
    "host": later("computer"),
}
WIDEST = 30  # characters of a value on a chip; the tooltip has it whole


def name_of(key: str) -> str:
    """What a fact is called."""
    return tr(NAMES[key]) if key in NAMES else key


def shown(key: str, value: str) -> str:
    """A fact in few characters."""
    if key == "commit":
        return value[:8]
    if key == "dirty":
        return tr("uncommitted") if value == "yes" else tr("none")
    if key == "directory":
        parts = value.replace("\\", "/").rstrip("/").split("/")
        value = "/".join(parts[-2:]) if len(parts) > 3 else value
    return value if len(value) <= WIDEST else "…" + value[1 - WIDEST :]


def ordered(facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The facts, the most telling first."""
    known = [key for key in NAMES if key in facts]
    return [(key, facts[key]) for key in (*known, *sorted(set(facts) - set(known)))]


class ContextChips(FlowBox):
    """A chip a fact, and one that takes all of them away."""

    removed = Signal(list)  # keys

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, gap=6)
        self.facts: dict[str, str] = {}

    def show_facts(self, facts: Mapping[str, str]) -> None:
        """Show these facts; none hides the line."""
        self.facts = dict(facts)
        made: list[QWidget] = [self._chip(key, value) for key, value in ordered(facts)]
        if len(made) > 1:
            all_of_it = button(
                tr("Remove all"), lambda: self.removed.emit(list(self.facts)), "link"
            )
            all_of_it.setToolTip(tr("Keep nothing about where this note was made"))
            made.append(all_of_it)
        self.set_widgets(made)
        self.setVisible(bool(made))

    def _chip(self, key: str, value: str) -> QPushButton:
        name = name_of(key)
        chip = QPushButton(f"{name} {shown(key, value)}  ×")
        chip.setProperty("role", "chip")
        chip.setCursor(Qt.CursorShape.PointingHandCursor)
        chip.setToolTip(tip(tr("{name}: {value}\nClick to remove it", name=name, value=value)))
        chip.setAccessibleName(tr("Remove {name}: {value}", name=name, value=value))
        chip.clicked.connect(partial(self._remove, key))
        return chip

    def _remove(self, key: str, _checked: bool = False) -> None:
        self.removed.emit([key])
