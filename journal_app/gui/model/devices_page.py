"""The page "Devices": which device is to be used, where the models really run, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from journal_app.errors import JournalError
from journal_app.gui.assist.words import told as error_words
from journal_app.gui.language import tr
from journal_app.gui.model import facts
from journal_app.gui.model.doctor_view import DoctorView
from journal_app.gui.model.loaded_view import LoadedView
from journal_app.gui.model.plain_table import PlainTable
from journal_app.gui.model.policy import policies
from journal_app.gui.widgets import IconButton, label, scrolled

if TYPE_CHECKING:
    from journal_app.domain.summarize import DeviceInfo
    from journal_app.gui.model.facts import DeviceLine
    from journal_app.gui.window import MainWindow
    from journal_app.models.devices.doctor import Finding
    from journal_app.settings import SettingName

Told = tuple["list[DeviceLine]", "list[Finding]"]


class DevicesPage(QWidget):
    """Policy, devices, loaded models, doctor, from top to bottom."""

    failed = Signal(str, bool)  # why no model was loaded; whether one has to be installed

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self._window = window
        self._looked = False
        self.policy = QComboBox()
        self.policy.setAccessibleName(tr("Where models run"))
        self.policy.setMinimumWidth(280)
        self.policy.activated.connect(lambda _n: self._keep("device", self.policy.currentData()))
        self.strict = QCheckBox(tr("No other device"))
        told = tr("What cannot run on the chosen device fails and says why.")
        self.strict.setToolTip(told)
        self.strict.setAccessibleDescription(told)
        self.strict.clicked.connect(lambda on: self._keep("device.strict", "on" if on else "off"))
        self.table = PlainTable(
            tr("Devices of this computer"),
            (tr("Kind"), tr("Device"), tr("Through"), tr("Name in the settings")),
            stretch=1,
        )
        self.looking = label(tr("Looking for devices …"), "muted")
        self.loaded = LoadedView(window.holder, self._load)
        self.doctor = DoctorView(window.holder)
        self.again = IconButton("rotate-ccw", tr("Look again"), window.holder)
        self.again.clicked.connect(lambda _checked=False: self.look())
        self.table.hide()
        self._lay_out()
        self.show_settings()

    def _lay_out(self) -> None:
        page = QWidget()
        page.setProperty("role", "clear")
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 20)
        column.setSpacing(8)
        column.addWidget(label(tr("Where models run"), "subtitle"))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.policy)
        row.addWidget(self.strict)
        row.addStretch(1)
        column.addLayout(row)
        column.addSpacing(8)
        column.addWidget(self.looking)
        column.addWidget(self.table)
        column.addSpacing(16)
        column.addWidget(label(tr("Loaded now"), "subtitle"))
        column.addWidget(self.loaded)
        column.addSpacing(16)
        head = QHBoxLayout()
        head.addWidget(label(tr("Doctor"), "subtitle"))
        head.addStretch(1)
        head.addWidget(self.again)
        column.addLayout(head)
        column.addWidget(self.doctor)
        column.addStretch(1)
        area = scrolled(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)

    # ------------------------------------------------------------------ what it shows

    def refresh(self) -> None:
        """Read what is loaded; the devices only once, for that takes a process of its own."""
        journal = self._window.journal
        self._window.jobs.submit(
            "io",
            lambda _context: facts.read_loaded(journal),
            on_done=self.loaded.show_devices,
            on_error=self._window.failed,
        )
        if not self._looked:
            self.look()

    def look(self) -> None:
        """Look for devices and ask the doctor."""
        self._looked = True
        self.again.setEnabled(False)
        self.doctor.wait()

        settings = self._window.journal.settings
        policy, strict = settings.get("device"), settings.get("device.strict") == "on"

        def read(_context: object) -> Told:
            from journal_app.models.devices import doctor

            devices, told = facts.read_devices()
            return devices, doctor.of_told(told, policy=policy, strict=strict)

        def failed(error: Exception) -> None:
            self.again.setEnabled(True)
            self.looking.hide()
            self.doctor.show_findings(())
            self._window.failed(error)

        self._window.jobs.submit(
            "io", read, on_done=lambda both: self.show_told(*both), on_error=failed
        )

    def show_told(self, devices: list[DeviceLine], found: list[Finding]) -> None:
        """Show the devices and what the doctor says."""
        self.again.setEnabled(True)
        self.looking.hide()
        self.table.show_rows([(d.kind.upper(), d.name, d.provider, d.id) for d in devices])
        self.table.fit_height()
        self.table.show()
        self.doctor.show_findings(found)
        self._fill(devices)

    def show_settings(self) -> None:
        """Show what the settings say now."""
        if not self.policy.count():
            self._fill([])
        settings = self._window.journal.settings
        value = settings.get("device")
        if self.policy.findData(value) < 0:
            self.policy.addItem(value, value)
        self.policy.setCurrentIndex(self.policy.findData(value))
        self.strict.setChecked(settings.get("device.strict") == "on")

    def _fill(self, devices: list[DeviceLine]) -> None:
        self.policy.clear()
        for value, text in policies([(one.id, one.name) for one in devices]):
            self.policy.addItem(text, value)
        self.show_settings()

    # ------------------------------------------------------------------ what it does

    def _keep(self, name: str, value: str) -> None:
        self._window.acts.preferences.keep(cast("SettingName", name), value)

    def _load(self) -> None:
        """Load the model of the summaries, to see where it runs."""
        host = self._window.journal.model_host
        self.loaded.load.setEnabled(False)

        def done(_device: DeviceInfo) -> None:
            self.loaded.load.setEnabled(True)
            self.refresh()
            self._window.read_facts()

        def failed(error: Exception) -> None:
            self.loaded.load.setEnabled(True)
            plain = error if isinstance(error, JournalError) else None
            if plain is None:
                self._window.failed(error)
            else:
                self.failed.emit(*error_words(plain.message, plain.hint))

        self._window.jobs.submit(
            "model", lambda _context: host.device(), on_done=done, on_error=failed
        )
