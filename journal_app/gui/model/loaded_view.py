"""The models that are loaded now: where each runs, how much of it, what it holds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal_app.gui.language import tr
from journal_app.gui.model import words
from journal_app.gui.model.share_bar import ShareBar
from journal_app.gui.widgets import PanelFrame, button, clear_layout, label

if TYPE_CHECKING:
    from journal_app.domain.summarize import DeviceInfo
    from journal_app.gui.theme import ThemeHolder


class LoadedView(QWidget):
    """A panel for each loaded model; without one, what brings one here."""

    def __init__(self, holder: ThemeHolder, load: Callable[[], object]) -> None:
        super().__init__()
        self._holder = holder
        self._panels = QVBoxLayout()
        self._panels.setSpacing(8)
        self.empty = PanelFrame(tr("No model is loaded"))
        told = tr(
            "A model is loaded with the first summary and leaves again when it was idle for two "
            "minutes. Loading one now shows where it runs."
        )
        self.empty.body.addWidget(label(told, "muted", wrap=True))
        self.load = button(tr("Load it now"), load)
        row = QVBoxLayout()
        row.addWidget(self.load)
        self.empty.body.addLayout(row)
        self.load.setSizePolicy(
            self.load.sizePolicy().Policy.Maximum, self.load.sizePolicy().verticalPolicy()
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._panels)
        column.addWidget(self.empty)

    def show_devices(self, devices: Sequence[DeviceInfo]) -> None:
        """Show these models."""
        clear_layout(self._panels)
        for one in devices:
            self._panels.addWidget(self._panel(one))
        self.empty.setVisible(not devices)

    def _panel(self, one: DeviceInfo) -> PanelFrame:
        panel = PanelFrame(one.model or tr("Model"), words.where(one))
        kind = one.kind.upper()
        panel.body.addWidget(ShareBar(self._holder, tr("Nodes"), kind, one.share))
        panel.body.addWidget(ShareBar(self._holder, tr("Work"), kind, one.work))
        if told := words.details(one):
            panel.body.addWidget(label(told, "small", wrap=True))
        for note in one.notes:
            panel.body.addWidget(label(note, "small", wrap=True))
        return panel
