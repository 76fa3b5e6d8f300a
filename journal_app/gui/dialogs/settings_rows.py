"""One setting as a row: what it is, what it means, its control, and the way back to the default."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QKeyCombination, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QCompleter,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QKeySequenceEdit,
    QLineEdit,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from journal_app.gui.language import tr
from journal_app.gui.model.policy import policies
from journal_app.gui.plain import spoken
from journal_app.gui.widgets import IconButton, button, label

if TYPE_CHECKING:
    from journal_app.gui.theme import ThemeHolder
    from journal_app.settings import Setting

CONTROL, NARROW = 232, 440  # px


class Control(Protocol):
    """What every control can: show a value without telling it back."""

    def show_value(self, value: str) -> None:
        """Show a value."""

    def widget(self) -> QWidget:
        """What stands in the row."""


class SettingRow(QWidget):
    """`changed` carries the new value; nothing is stored here."""

    changed = Signal(str)

    def __init__(self, setting: Setting, value: str, holder: ThemeHolder) -> None:
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setting = setting
        self._value = value
        words = label(tr(setting.label), "heading", wrap=True)
        self._help = label(spoken(tr(setting.help)), "small", wrap=True)
        self.note = label("", "small", wrap=True)
        self.note.hide()
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.control = control(setting, self._take)
        name = tr(setting.label)
        field = self.control.widget()
        for part in (field, *field.findChildren(QWidget)):
            if not part.accessibleName() and part.focusPolicy() != Qt.FocusPolicy.NoFocus:
                part.setAccessibleName(name)
                part.setAccessibleDescription(spoken(tr(setting.help)))
        self.reset = IconButton("undo-2", tr("Back to the default: {name}", name=name), holder)
        self.reset.setFixedSize(28, 28)
        self.reset.clicked.connect(lambda _checked=False: self._take(setting.default))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        for part in (words, self._help, self.note, self.error):
            texts.addWidget(part)
        texts.addStretch(1)
        self._grid = grid = QGridLayout(self)
        grid.setContentsMargins(0, 12, 0, 12)
        grid.setHorizontalSpacing(8)
        grid.addLayout(texts, 0, 0)
        field.setFixedWidth(CONTROL)
        grid.addWidget(field, 0, 1, Qt.AlignmentFlag.AlignTop)
        place = QWidget()  # stays when its button goes
        place.setFixedSize(28, 28)
        self.reset.setParent(place)
        grid.addWidget(place, 0, 2, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 1)
        self._narrow = False
        self.show_value(value)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where it is narrow, the control stands below its words."""
        super().resizeEvent(event)
        narrow = self.width() < NARROW
        if narrow != self._narrow:
            self._narrow = narrow
            field, top = self.control.widget(), Qt.AlignmentFlag.AlignTop
            self._grid.removeWidget(field)
            if narrow:
                self._grid.addWidget(field, 1, 0, top | Qt.AlignmentFlag.AlignLeft)
            else:
                self._grid.addWidget(field, 0, 1, top)

    def minimumSizeHint(self) -> QSize:
        """Narrow enough to stand below one another."""
        return QSize(CONTROL + 40, super().minimumSizeHint().height())

    @property
    def value(self) -> str:
        """The value that is shown."""
        return self._value

    def show_value(self, value: str) -> None:
        """Show what is stored now."""
        self._value = value
        self.control.show_value(value)
        self.reset.setVisible(value != self.setting.default)

    def refuse(self, text: str, value: str) -> None:
        """The value was not taken: say why and show the one that holds."""
        self.show_value(value)
        self.error.setText(text)
        self.error.show()

    def fits(self, query: str) -> bool:
        """Whether the row is about all words of a search."""
        setting = self.setting
        names = " ".join(tr(name) for name in setting.names)
        text = f"{tr(setting.label)} {tr(setting.help)} {setting.name} {names}".casefold()
        return all(word in text for word in query.casefold().split())

    def _take(self, value: str) -> None:
        self.error.hide()
        if value == self._value:
            return
        self.show_value(value)
        if self.setting.restart:
            self.note.setText(tr("Takes effect at the next start."))
            self.note.show()
        self.changed.emit(value)


def control(setting: Setting, take: Callable[[str], None]) -> Control:
    """The control for a setting's type."""
    if setting.type == "switch":
        return _Switch(take)
    if setting.type == "number":
        return _Number(setting, take)
    if setting.type == "shortcut":
        return _Keys(setting, take)
    if setting.type == "folder":
        return _Folder(take)
    if setting.type == "zone":
        return Zone(take)
    if setting.type == "device":
        return Device(take)
    if setting.choices is not None:
        return _Choice(setting, take)
    return _Text(take)


class _Switch(QCheckBox):
    def __init__(self, take: Callable[[str], None]) -> None:
        super().__init__()
        self.setMinimumHeight(28)
        self.toggled.connect(self._say)
        self.clicked.connect(lambda on: take("on" if on else "off"))
        self._say(False)

    def _say(self, on: bool) -> None:
        self.setText(tr("On") if on else tr("Off"))

    def show_value(self, value: str) -> None:
        self.setChecked(value == "on")

    def widget(self) -> QWidget:
        return self


class _Choice(QComboBox):
    def __init__(self, setting: Setting, take: Callable[[str], None]) -> None:
        super().__init__()
        for n, value in enumerate(setting.choices or ()):
            self.addItem(tr(setting.names[n]) if n < len(setting.names) else value, value)
        self.activated.connect(lambda _n: take(str(self.currentData())))

    def show_value(self, value: str) -> None:
        self.setCurrentIndex(max(0, self.findData(value)))

    def widget(self) -> QWidget:
        return self


class _Number(QSpinBox):
    def __init__(self, setting: Setting, take: Callable[[str], None]) -> None:
        super().__init__()
        self.setRange(setting.low, setting.high)
        self.setSingleStep(setting.step)
        self.setKeyboardTracking(False)
        self.lineEdit().setTextMargins(8, 0, 0, 0)  # as the other fields: QSS leaves it none
        if setting.unit:
            self.setSuffix(f" {tr(setting.unit)}")
        self.valueChanged.connect(lambda n: take(str(n)))

    def show_value(self, value: str) -> None:
        self.blockSignals(True)
        self.setValue(int(value))
        self.blockSignals(False)

    def widget(self) -> QWidget:
        return self


class _Text(QLineEdit):
    def __init__(self, take: Callable[[str], None]) -> None:
        super().__init__()
        self.editingFinished.connect(lambda: take(self.text().strip()))

    def show_value(self, value: str) -> None:
        self.setText(value)

    def widget(self) -> QWidget:
        return self


class KeysField(QKeySequenceEdit):
    """Takes one chord; Backspace alone means no keys, Esc and Tab leave without a change."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setMaximumSequenceLength(1)
        self.setMinimumHeight(28)
        self._fields = self.findChildren(QLineEdit)
        for part in (self, *self._fields):
            part.setAccessibleName(tr("Keys of {name}", name=name))
        self.editingFinished.connect(self._hint)
        self._hint()

    def setKeySequence(
        self, keys: QKeySequence | QKeyCombination | QKeySequence.StandardKey | str | int
    ) -> None:
        """Show these keys."""
        super().setKeySequence(keys)
        self._hint()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Only the field that listens says so."""
        super().focusInEvent(event)
        self._hint()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """An empty field is quiet."""
        super().focusOutEvent(event)
        self._hint()

    @Slot()
    def _hint(self) -> None:
        for field in self._fields:  # Qt's own words stand in every empty field, in English
            field.setPlaceholderText(tr("Press the keys") if self.hasFocus() else "")

    def pressed(self) -> str:
        """The keys in Qt's portable words."""
        return self.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keys that mean something here do not become a shortcut."""
        if event.modifiers() == Qt.KeyboardModifier.NoModifier:
            if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
                self.clear()
                self.editingFinished.emit()
                return
            if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.ignore()  # the dialog's
                return
        super().keyPressEvent(event)


class _Keys(KeysField):
    def __init__(self, setting: Setting, take: Callable[[str], None]) -> None:
        super().__init__(tr(setting.label))
        self.editingFinished.connect(lambda: take(self.pressed()))

    def show_value(self, value: str) -> None:
        self.setKeySequence(QKeySequence(value))

    def widget(self) -> QWidget:
        return self


class _Folder(QWidget):
    def __init__(self, take: Callable[[str], None]) -> None:
        super().__init__()
        self._take = take
        self._field = QLineEdit()
        self._field.editingFinished.connect(lambda: take(self._field.text().strip()))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._field, 1)
        row.addWidget(button(tr("Browse …"), self._browse))

    def _browse(self) -> None:
        found = QFileDialog.getExistingDirectory(self, tr("Choose a folder"), self._field.text())
        if found:
            self._take(found)

    def show_value(self, value: str) -> None:
        self._field.setText(value)

    def widget(self) -> QWidget:
        return self


class Zone(QComboBox):
    """A time zone by name; `fill` brings the names once they were read."""

    def __init__(self, take: Callable[[str], None]) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._shown = ""
        field = self.lineEdit()
        if field is not None:
            field.setPlaceholderText(tr("This computer's"))
            field.editingFinished.connect(lambda: take(self.currentText().strip()))
        self.activated.connect(lambda _n: take(self.currentText().strip()))

    def fill(self, names: Sequence[str]) -> None:
        """Offer these zones."""
        self.blockSignals(True)
        self.clear()
        self.addItems(["", *names])
        completer = QCompleter(self.model(), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.setCompleter(completer)
        self.setCurrentText(self._shown)
        self.blockSignals(False)

    def show_value(self, value: str) -> None:
        self._shown = value
        self.setCurrentText(value)

    def widget(self) -> QWidget:
        return self


class Device(QComboBox):
    """A device policy by name; `fill` brings the devices of this computer once they were found."""

    def __init__(self, take: Callable[[str], None]) -> None:
        super().__init__()
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._take, self._shown = take, ""
        field = self.lineEdit()
        if field is not None:
            field.editingFinished.connect(self._typed)
        self.activated.connect(lambda _n: take(str(self.currentData())))
        self.fill(())

    def fill(self, devices: Sequence[tuple[str, str]]) -> None:
        """Offer the kinds, and these devices: ids and names."""
        self.blockSignals(True)
        self.clear()
        for value, text in policies(devices):
            self.addItem(text, value)
        self.blockSignals(False)
        self.show_value(self._shown)

    def show_value(self, value: str) -> None:
        self._shown = value
        found = self.findData(value)
        if found >= 0:
            self.setCurrentIndex(found)
        self.setCurrentText(self.itemText(found) if found >= 0 else value)
        field = self.lineEdit()
        if field is not None:
            field.setCursorPosition(0)

    def widget(self) -> QWidget:
        return self

    def _typed(self) -> None:
        text = self.currentText().strip()
        named = self.findText(text)
        value = str(self.itemData(named)) if named >= 0 else text.casefold()
        if value and value != self._shown:
            self._take(value)
