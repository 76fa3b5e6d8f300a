"""The second step of adding a place: a form made of the settings of its kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from journal_app.domain.publishing import slug
from journal_app.gui.dialogs.target_fields import FieldEdit, FolderField, SecretField, edit_for
from journal_app.gui.language import tr
from journal_app.gui.plain import spoken
from journal_app.gui.widgets import button, flush, label, scrolled

if TYPE_CHECKING:
    from journal_app.domain.publishing import Target
    from journal_app.domain.targets import Field
    from journal_app.gui.theme import ThemeHolder
    from journal_app.services.targets import KindFacts

FIRST = frozenset({"folder", "flavor", "url", "key", "token", "network", "branch"})  # seen at once


class TargetForm(QWidget):
    """Name and settings of one kind. `edited` tells of every change, `settled` of a good moment to
    look at what the target finds out by itself."""

    edited = Signal()
    settled = Signal()

    def __init__(self, kind: KindFacts, holder: ThemeHolder, target: Target | None = None) -> None:
        super().__init__()
        self.kind = kind
        self._target = target
        self._named = target is not None  # whether a person gave the name
        self.edits: dict[str, FieldEdit] = {}
        self.name = QLineEdit(target.name if target is not None else "")
        self.name.setAccessibleName(tr("Name"))
        self.name.setPlaceholderText(tr("blog"))
        self.name.setEnabled(target is None)
        self.name.textEdited.connect(self._name_typed)
        self.name.textChanged.connect(self._renamed)
        inner = QWidget()
        inner.setProperty("role", "clear")
        self._rows = QVBoxLayout(inner)
        self._rows.setContentsMargins(20, 4, 20, 12)
        self._rows.setSpacing(12)
        name_hint = tr("What you call this place in the journal.") if target is None else ""
        main = self._grid()
        more = QWidget()
        self._more = more
        folded = self._grid()
        fields = kind.fields
        for field in fields:  # the folder first: the name may come from it
            if field.required:
                self._add(main, field, holder)
        self._row(main, tr("Name"), self.name, name_hint)
        rest = [field for field in fields if not field.required]
        for field in rest:
            if self._seen(field):
                self._add(main, field, holder)
        hidden = [field for field in rest if not self._seen(field)]
        for field in hidden:
            self._add(folded, field, holder)
        self._rows.addLayout(main)
        self.unfold = button(tr("More settings"), self._unfold, "link")
        self._rows.addWidget(flush(self.unfold))
        more.setLayout(folded)
        self._rows.addWidget(more)
        self._rows.addStretch(1)
        self.unfold.setVisible(bool(hidden))
        more.hide()
        self.area = scrolled(inner)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.area)
        if target is not None:
            self._fill(target.config)
        self._renamed(self.name.text())

    @staticmethod
    def _grid() -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnMinimumWidth(0, 132)
        grid.setColumnStretch(1, 1)
        return grid

    def _seen(self, field: Field) -> bool:
        return field.secret or field.name in FIRST

    def _add(self, grid: QGridLayout, field: Field, holder: ThemeHolder) -> None:
        edit = edit_for(field, holder)
        edit.changed.connect(self.edited)
        edit.settled.connect(self._settled)
        self.edits[field.name] = edit
        own = field.secret or (field.type == "switch" and field.help)  # it says that itself
        hint = "" if own or "" in field.choices else spoken(tr(field.help))
        self._row(grid, tr(field.label), edit, hint)

    def _row(self, grid: QGridLayout, words: str, control: QWidget, hint: str) -> None:
        line = grid.rowCount()
        name = label(words, "muted", wrap=True)
        name.setMinimumHeight(32)
        name.setBuddy(control)
        grid.addWidget(name, line, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout()
        column.setSpacing(3)
        column.addWidget(control)
        if hint:
            column.addWidget(label(hint, "small", wrap=True))
        grid.addLayout(column, line, 1)

    # ------------------------------------------------------------------ what it says

    @property
    def config(self) -> dict[str, str]:
        """The settings, empty ones too; a secret is a reference."""
        return {name: edit.value for name, edit in self.edits.items()}

    @property
    def secrets(self) -> dict[str, str]:
        """What was typed for the keyring."""
        typed = {
            name: edit.secret for name, edit in self.edits.items() if isinstance(edit, SecretField)
        }
        return {name: value for name, value in typed.items() if value}

    @property
    def complete(self) -> bool:
        """Whether everything is there that has to be."""
        return bool(self.name.text().strip()) and all(one.complete for one in self.edits.values())

    def show_found(self, found: Mapping[str, object]) -> None:
        """Say what the target finds out by itself for what is left empty."""
        for name, edit in self.edits.items():
            edit.show_found(str(found.get(name) or ""))

    def to_variables(self) -> None:
        """Take the secrets from the environment: this computer has no keyring."""
        for edit in self.edits.values():
            if isinstance(edit, SecretField) and not edit.in_variable:
                edit.from_variable(True)
                edit.variable.setText(edit.variable.placeholderText())

    def set_text(self, name: str, value: str) -> None:
        """Give a setting a value, as if it was typed and left."""
        self.edits[name].show_value(value)
        self._settled()

    def focus_first(self) -> None:
        """Begin at the first control."""
        first: Sequence[QWidget] = [*self.edits.values(), self.name]
        first[0].setFocus(Qt.FocusReason.OtherFocusReason)

    # ------------------------------------------------------------------ moving

    def _fill(self, config: Mapping[str, object]) -> None:
        for name, edit in self.edits.items():
            edit.show_value(str(config.get(name) or edit.field.default))

    def _settled(self) -> None:
        if not self._named:
            self._suggest()
        self.settled.emit()

    def _suggest(self) -> None:
        """A name after the folder, the server or the kind."""
        for name in ("path", "repository", "url"):
            edit = self.edits.get(name)
            text = edit.value.rstrip("/") if edit is not None else ""
            if text:
                last = text.removesuffix(".git").rsplit("/", 1)[-1]
                if not isinstance(edit, FolderField) and name == "url":
                    last = last.removeprefix("www.").split(":", 1)[0]
                self.name.setText(slug(last.replace("\\", "/").rsplit("/", 1)[-1]))
                return
        if not self.name.text():
            self.name.setText(self.kind.name)

    def _name_typed(self, text: str) -> None:
        self._named = bool(text.strip())

    def _renamed(self, text: str) -> None:
        for edit in self.edits.values():
            if isinstance(edit, SecretField):
                edit.name_target(text.strip())
        self.edited.emit()

    def _unfold(self) -> None:
        shown = self._more.isHidden()
        self._more.setVisible(shown)
        self.unfold.setText(tr("Fewer settings") if shown else tr("More settings"))
        self.unfold.setAccessibleName(self.unfold.text())
