"""The keys of every action: press new ones; a clash is named and not taken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QGridLayout, QLabel

from journal_app.gui import keymap
from journal_app.gui.actions import ACTIONS, Action, native
from journal_app.gui.dialogs.settings_panels import Panel
from journal_app.gui.dialogs.settings_rows import KeysField
from journal_app.gui.language import tr
from journal_app.gui.widgets import IconButton, button, label

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow


@dataclass(frozen=True, slots=True)
class _Line:
    id: str
    words: QLabel
    field: KeysField
    back: IconButton


class KeysPanel(Panel):
    """One line for each action."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        text = tr("Click a field and press the keys. Backspace takes the keys of an action away.")
        self.body.addWidget(label(text, "small", wrap=True))
        self.lines: dict[str, _Line] = {}
        self._shown: dict[str, str] = {}
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.body.addWidget(self.error)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(2, 28)  # its button comes and goes
        for row, action in enumerate(ACTIONS):
            name = tr(action.text).rstrip("…")
            words = label(name, wrap=True)
            field = KeysField(name)
            field.setFixedWidth(176)
            field.editingFinished.connect(lambda one=action, f=field: self._pressed(one, f))
            back = IconButton("undo-2", tr("Back to the default: {name}", name=name), window.holder)
            back.setFixedSize(28, 28)
            back.clicked.connect(lambda _on=False, one=action: self.set_keys(one.id, None))
            for column, part in enumerate((words, field, back)):
                grid.addWidget(part, row, column)
            self.lines[action.id] = _Line(action.id, words, field, back)
        self.body.addLayout(grid)
        self.all_back = button(tr("All back to their defaults"), self._reset)
        self.body.addLayout(self.line(self.all_back))
        self.refresh()

    def set_keys(self, id: str, keys: str | None) -> bool:
        """Give action `id` other keys, None its own again; False (and why) where that clashes."""
        kept = self._kept()
        wanted = next(a.shortcut for a in ACTIONS if a.id == id) if keys is None else keys
        other = keymap.holder(keymap.effective(kept), wanted, id)
        if other is not None:
            self._refuse(
                tr(
                    "{keys} already calls “{action}”.",
                    keys=native(wanted),
                    action=tr(other.text).rstrip("…"),
                )
            )
            return False
        if wanted and keymap.fixed(wanted):
            self._refuse(tr("{keys} is needed by the window itself.", keys=native(wanted)))
            return False
        self.error.hide()
        self.window_.acts.set_preference("shortcuts", keymap.rebound(kept, id, keys))
        return True

    def refresh(self) -> None:
        """Show the keys that hold now."""
        kept = self._kept()
        keys, own = keymap.effective(kept), keymap.changed(kept)
        self._shown = keys
        for line in self.lines.values():
            line.field.setKeySequence(QKeySequence(keys[line.id]))
            line.back.setVisible(line.id in own and line.words.isVisibleTo(self))
        self.all_back.setVisible(bool(own))

    def stale(self, names: set[str]) -> None:
        """Read again when keys were changed."""
        if "shortcuts" in names:
            self.refresh()

    def filter(self, query: str) -> bool:
        """Show the actions that fit."""
        words = query.casefold().split()
        all_of_it = not words or all(word in tr("Shortcuts").casefold() for word in words)
        own = keymap.changed(self._kept())
        found = False
        for line in self.lines.values():
            keys = native(line.field.keySequence())
            text = f"{line.words.text()} {keys}".casefold()
            fits = all_of_it or all(word in text for word in words)
            for part in (line.words, line.field):
                part.setVisible(fits)
            line.back.setVisible(fits and line.id in own)
            found = found or fits
        return found

    def _kept(self) -> str:
        return self.window_.journal.settings.get("shortcuts")

    def _pressed(self, action: Action, field: KeysField) -> None:
        keys = field.pressed()
        now = self._shown[action.id]
        if keys == keymap.portable(now):
            return
        if self.set_keys(action.id, keys):
            self._shown = {**self._shown, action.id: keys}  # until it is stored and read again
        else:
            field.setKeySequence(QKeySequence(now))

    def _refuse(self, text: str) -> None:
        self.error.setText(text)
        self.error.show()

    def _reset(self) -> None:
        self.error.hide()
        self.window_.acts.set_preference("shortcuts", "")
