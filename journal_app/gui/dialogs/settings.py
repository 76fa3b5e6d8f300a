"""The settings, generated from their declarations: a change takes effect at once and is stored in
the store lane; there is nothing to confirm."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from journal_app.errors import JournalError
from journal_app.gui import icons
from journal_app.gui.dialogs.settings_keys import KeysPanel
from journal_app.gui.dialogs.settings_panels import (
    AboutPanel,
    BackupPanel,
    CapturePanel,
    ExtensionsPanel,
    ModelPanel,
    Panel,
)
from journal_app.gui.dialogs.settings_rows import Device, SettingRow, Zone
from journal_app.gui.language import later, tr
from journal_app.gui.lists.rows import search_field
from journal_app.gui.widgets import label, scrolled
from journal_app.settings import SECTIONS, SETTINGS, Setting

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow

ICONS = {
    "Appearance": "sun-medium",
    "Writing": "square-pen",
    "Capture": "plus",
    "Model and device": "cpu",
    "Publishing": "send",
    "Backups": "archive",
    "Shortcuts": "keyboard",
    "Extensions": "puzzle",
    "About": "info",
}
MORE = (later("Shortcuts"), later("Extensions"), later("About"))
PANELS: dict[str, Callable[[MainWindow], Panel]] = {
    "Capture": CapturePanel,
    "Model and device": ModelPanel,
    "Backups": BackupPanel,
    "Shortcuts": KeysPanel,
    "Extensions": ExtensionsPanel,
    "About": AboutPanel,
}


class SettingsDialog(QDialog):
    """Sections at the left, their rows at the right, a search over all of them."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self.setWindowTitle(tr("Settings"))
        self.setMinimumSize(520, 320)
        room = window.screen().availableSize()
        self.resize(min(820, room.width() - 40), min(600, room.height() - 60))
        self.rows: dict[str, SettingRow] = {}
        self._looked = False  # for devices: that takes a process of its own
        self.search = search_field(tr("Search the settings"), window.holder)
        self.search.textChanged.connect(self._filter)
        self.sections = QListWidget()
        self.sections.setAccessibleName(tr("Sections"))
        self.sections.setFixedWidth(184)
        self.sections.setObjectName("settingsSections")
        self.sections.currentRowChanged.connect(self._chosen)
        self._nothing = label(tr("No setting fits."), "muted")
        self._nothing.hide()
        column = QWidget()
        column.setProperty("role", "clear")
        self._column = QVBoxLayout(column)
        self._column.setContentsMargins(24, 4, 20, 20)
        self._column.setSpacing(0)
        self._parts: dict[str, list[QWidget]] = {}
        self.panels: dict[str, Panel] = {}
        for section in self.names():
            self._add(section)
        self._column.addWidget(self._nothing)
        self._column.addStretch(1)
        area = self._area = scrolled(column)
        head = QVBoxLayout()
        head.setContentsMargins(24, 16, 20, 8)
        head.addWidget(self.search)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addLayout(head)
        right.addWidget(area, 1)
        whole = QHBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.sections)
        whole.addLayout(right, 1)
        window.holder.changed.connect(self._recolour)
        self._recolour()
        self.setTabOrder(self.search, self.sections)
        self.show_section(SECTIONS[0])
        self._read_zones()

    # ------------------------------------------------------------------ what it shows

    @staticmethod
    def names() -> list[str]:
        """The sections, in their order (untranslated)."""
        return [*SECTIONS, *MORE]

    def show_section(self, section: str) -> None:
        """Show one section."""
        names = self.names()
        self.search.clear()
        self.sections.setCurrentRow(names.index(section))
        self._chosen(names.index(section))
        self.search.setFocus()

    def stale(self, names: set[str]) -> None:
        """Settings changed, here or in another process: show what is stored."""
        for name in names & set(self.rows):
            self.rows[name].show_value(self._window.journal.settings.get(name))
        for panel in self.panels.values():
            panel.stale(names)

    def _add(self, section: str) -> None:
        item = QListWidgetItem(tr(section))
        self.sections.addItem(item)
        parts: list[QWidget] = [label(tr(section), "subtitle")]
        settings = self._window.journal.settings
        for setting in SETTINGS:
            if setting.section == section and setting.type != "kept":
                row = SettingRow(setting, settings.get(setting.name), self._window.holder)
                row.changed.connect(lambda value, one=setting: self._save(one, value))
                self.rows[setting.name] = row
                parts.append(row)
        if section in PANELS:
            self.panels[section] = PANELS[section](self._window)
            parts.append(self.panels[section])
        self._parts[section] = parts
        for part in parts:
            self._column.addWidget(part)

    @Slot(int)
    def _chosen(self, line: int) -> None:
        if self.search.text():
            self.search.clear()
        self._nothing.hide()
        section = self.names()[line]
        for name, parts in self._parts.items():
            for part in parts:
                part.setVisible(name == section)
        if section in self.panels:
            self.panels[section].filter("")
            self.panels[section].refresh()
        devices = [row for row in self.rows.values() if isinstance(row.control, Device)]
        if not self._looked and any(row.setting.section == section for row in devices):
            self._looked = True
            self._read_devices()
        self._area.verticalScrollBar().setValue(0)

    @Slot(str)
    def _filter(self, query: str) -> None:
        if not query.strip():
            self._chosen(max(0, self.sections.currentRow()))
            return
        found = False
        for parts in self._parts.values():
            fits = [part for part in parts[1:] if self._fits(part, query)]
            parts[0].setVisible(bool(fits))
            for part in parts[1:]:
                part.setVisible(part in fits)
            found = found or bool(fits)
        self._nothing.setVisible(not found)

    @staticmethod
    def _fits(part: QWidget, query: str) -> bool:
        if isinstance(part, SettingRow):
            return part.fits(query)
        return isinstance(part, Panel) and part.filter(query)

    @Slot()
    def _recolour(self) -> None:
        colour = self._window.holder.theme.color("muted")
        for line, section in enumerate(self.names()):
            self.sections.item(line).setIcon(icons.icon(ICONS[section], colour))

    # ------------------------------------------------------------------ what it stores

    def _save(self, setting: Setting, value: str) -> None:
        journal = self._window.journal

        def work() -> None:
            if setting.type == "zone" and value:
                from journal_app.domain import due

                due.zone(value)  # refuses a name that is no zone, with near ones
            journal.settings.set(setting.name, value)

        def failed(error: Exception) -> None:
            plain = error if isinstance(error, JournalError) else journal.explain(error)
            if plain is None:
                raise error
            text = f"{plain.message} {plain.hint}".strip()
            self.rows[setting.name].refuse(text, journal.settings.get(setting.name))

        self._window.jobs.submit("store", lambda _context: work(), on_error=failed)

    def _read_zones(self) -> None:
        def names(_context: object) -> list[str]:
            from zoneinfo import available_timezones

            return [*sorted(name for name in available_timezones() if "/" in name), "UTC"]

        def fill(found: list[str]) -> None:
            for row in self.rows.values():
                if isinstance(row.control, Zone):
                    row.control.fill(found)

        self._window.jobs.submit("io", names, on_done=fill)

    def _read_devices(self) -> None:
        def names(_context: object) -> list[tuple[str, str]]:
            from journal_app.gui.model import facts

            try:
                return [(one.id, one.name) for one in facts.read_devices()[0]]
            except JournalError:
                return []  # the page "Devices" says why; the kinds can be chosen anyway

        def fill(found: list[tuple[str, str]]) -> None:
            for row in self.rows.values():
                if isinstance(row.control, Device):
                    row.control.fill(found)

        self._window.jobs.submit("io", names, on_done=fill)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes a value, it does not close; Esc ends a search first."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
        else:
            super().keyPressEvent(event)
