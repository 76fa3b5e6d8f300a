"""Controls for the settings of a kind of target: text, folder, choice, switch, secret."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from journal_app.gui.language import tr
from journal_app.gui.plain import spoken
from journal_app.gui.publish import kinds
from journal_app.gui.widgets import IconButton, button, flush, label
from journal_app.runtime.vault import variable

if TYPE_CHECKING:
    from journal_app.domain.targets import Field
    from journal_app.gui.theme import ThemeHolder


ADDRESS = "https://"


class FieldEdit(QWidget):
    """One setting. `value` is what the config gets; "" leaves it out."""

    changed = Signal()
    settled = Signal()  # typed and left: a good time to look at it

    def __init__(self, field: Field) -> None:
        super().__init__()
        self.field = field
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(8)

    @property
    def value(self) -> str:
        """What the config gets."""
        raise NotImplementedError

    def show_value(self, value: str) -> None:
        """Show a value that is kept."""
        raise NotImplementedError

    def show_found(self, value: str) -> None:
        """Say what the target finds out by itself while this is left empty."""

    @property
    def complete(self) -> bool:
        """Whether what has to be said is said."""
        return bool(self.value) or not self.field.required or bool(self.field.default)

    def named(self, widget: QWidget) -> None:
        """Give a control the name and the words of the setting, and let a label lead to it."""
        widget.setAccessibleName(tr(self.field.label))
        widget.setAccessibleDescription(tr(self.field.help))
        self.setFocusProxy(widget)


class TextField(FieldEdit):
    """A line of text, or an address."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.edit = QLineEdit()
        self.named(self.edit)
        self._unfound = field.default or (ADDRESS if field.type == "url" else "")
        self.edit.setPlaceholderText(self._unfound)
        self.line.addWidget(self.edit, 1)
        self.edit.textChanged.connect(lambda _text: self.changed.emit())
        self.edit.editingFinished.connect(self.settled)

    @property
    def value(self) -> str:
        """What was typed."""
        return self.edit.text().strip()

    def show_value(self, value: str) -> None:
        """Show a value; the default is what an empty line means."""
        self.edit.setText("" if value == self.field.default else value)

    def show_found(self, value: str) -> None:
        """What an empty line means."""
        told = tr("{value} (found)", value=value) if value else self._unfound
        self.edit.setPlaceholderText(told)


class FolderField(TextField):
    """A folder on this computer."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self._unfound = tr("The folder that holds your site")
        self.edit.setPlaceholderText(self._unfound)
        self.browse = button(tr("Browse …"), self._browse)
        self.line.addWidget(self.browse)

    @property
    def value(self) -> str:
        """The path, without `~`."""
        text = self.edit.text().strip()
        return str(Path(text).expanduser()) if text else ""

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, tr("The folder of the site"), self.value or str(Path.home())
        )
        if chosen:
            self.edit.setText(chosen)
            self.settled.emit()


class ChoiceField(FieldEdit):
    """One of several values."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.box = QComboBox()
        self.named(self.box)
        for one in field.choices:
            words = kinds.value(field, one) if one else tr("As the files show")
            self.box.addItem(words, one)
        self.show_value(field.default)
        self.line.addWidget(self.box, 1)
        self.box.currentIndexChanged.connect(lambda _line: self.changed.emit())
        self.box.activated.connect(lambda _line: self.settled.emit())

    @property
    def value(self) -> str:
        """The chosen value."""
        return str(self.box.currentData() or "")

    def show_value(self, value: str) -> None:
        """Choose a value; one that is not known leaves the first."""
        self.box.setCurrentIndex(max(0, self.box.findData(value)))

    def show_found(self, value: str) -> None:
        """What the files show."""
        line = self.box.findData("")
        if line >= 0:
            found = tr("As the files show: {kind}", kind=kinds.value(self.field, value))
            self.box.setItemText(line, found if value else tr("As the files show"))


class SwitchField(FieldEdit):
    """On or off."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.box = QCheckBox(tr(field.help) or tr(field.label))
        self.named(self.box)
        self.show_value(field.default)
        self.line.addWidget(self.box, 1)
        self.box.toggled.connect(lambda _on: self.changed.emit())

    @property
    def value(self) -> str:
        """`on` or `off`."""
        return "on" if self.box.isChecked() else "off"

    def show_value(self, value: str) -> None:
        """Set it."""
        self.box.setChecked(value == "on")


class SecretField(FieldEdit):
    """A password or token: typed here it goes to the keyring; or the name of a variable."""

    def __init__(self, field: Field, holder: ThemeHolder, target: str = "") -> None:
        super().__init__(field)
        self._kept = ""  # the reference that the target has
        self._target = target
        self.edit = QLineEdit()
        self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self.named(self.edit)
        self.eye = IconButton("eye", tr("Show {what}", what=tr(field.label)), holder)
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show)
        self.variable = QLineEdit()
        self.variable.setAccessibleName(tr("Environment variable of {what}", what=tr(field.label)))
        self.variable.hide()
        self.hint = label("", "small", wrap=True)
        self.other = button("", self._turn, "link")
        first = QHBoxLayout()
        first.setSpacing(4)
        first.addWidget(self.edit, 1)
        first.addWidget(self.variable, 1)
        first.addWidget(self.eye)
        rows = QVBoxLayout()
        rows.setSpacing(2)
        rows.addLayout(first)
        rows.addWidget(self.hint)
        rows.addWidget(flush(self.other))
        self.line.addLayout(rows, 1)
        for one in (self.edit, self.variable):
            one.textChanged.connect(lambda _text: self.changed.emit())
        self.from_variable(False)

    @property
    def value(self) -> str:
        """The reference to a variable, or the one that the target has."""
        if self.in_variable:
            name = self.variable.text().strip()
            return f"env:{name}" if name else ""
        return self._kept if self._kept.startswith("keyring:") else ""

    @property
    def secret(self) -> str:
        """What was typed, for the keyring."""
        return "" if self.in_variable else self.edit.text().strip()

    @property
    def complete(self) -> bool:
        """A secret that is left out may stand in the variable that is looked at anyway."""
        return True

    @property
    def in_variable(self) -> bool:
        """Whether the environment has it."""
        return self._variable

    def name_target(self, name: str) -> None:
        """The name of the target: it stands in the name of the variable."""
        self._target = name
        self.variable.setPlaceholderText(variable(name or "blog", self.field.name))

    def show_value(self, value: str) -> None:
        """Show where the secret is kept; never the secret."""
        self._kept = value
        self.variable.setText(value.removeprefix("env:") if value.startswith("env:") else "")
        self.from_variable(value.startswith("env:"))

    def from_variable(self, on: bool) -> None:
        """Take it from the environment, or from the keyring."""
        self._variable = on
        self.edit.setVisible(not on)
        self.eye.setVisible(not on)
        self.variable.setVisible(on)
        self.setFocusProxy(self.variable if on else self.edit)
        self.name_target(self._target)
        if on:
            self._say(
                tr("The journal keeps the name of the variable. It has to be set where it runs.")
            )
            self.other.setText(tr("Keep it in the keyring instead"))
        else:
            kept = self._kept.startswith("keyring:")
            self.edit.setPlaceholderText(tr("In the keyring; type another one") if kept else "")
            self._say(tr("Kept in this computer's keyring, never in the journal."))
            self.other.setText(tr("Take it from an environment variable instead"))
        self.other.setAccessibleName(f"{tr(self.field.label)}: {self.other.text()}")
        self.changed.emit()

    def _say(self, kept: str) -> None:
        self.hint.setText("\n".join(part for part in (spoken(tr(self.field.help)), kept) if part))

    def _turn(self) -> None:
        self.from_variable(not self._variable)
        focus = self.focusProxy()
        if focus is not None:
            focus.setFocus()

    def _show(self, on: bool) -> None:
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        self.edit.setEchoMode(mode)


def edit_for(field: Field, holder: ThemeHolder) -> FieldEdit:
    """The control for a setting."""
    if field.secret:
        return SecretField(field, holder)
    if field.type == "folder":
        return FolderField(field)
    if field.type == "switch":
        return SwitchField(field)
    if field.type == "choice" and field.choices:
        return ChoiceField(field)
    return TextField(field)
