"""Another password or token for a place; the place is asked with it before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QFormLayout, QVBoxLayout, QWidget

from journal_app.gui.dialogs.target_fields import SecretField
from journal_app.gui.language import tr
from journal_app.gui.notice import Notice
from journal_app.gui.plain import spoken
from journal_app.gui.publish.asking import Asking
from journal_app.gui.widgets import button, dialog_foot, label

if TYPE_CHECKING:
    from journal_app.errors import JournalError
    from journal_app.gui.publish.places_shown import Place
    from journal_app.gui.window import MainWindow
    from journal_app.runtime.jobs import JobContext


class SecretDialog(QDialog):
    """The secrets of one place. What is left empty stays as it is."""

    changed = Signal()

    def __init__(self, window: MainWindow, parent: QWidget, place: Place) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        name = place.target.name
        title = tr("New key for {name}", name=name)
        self.setWindowTitle(title)
        self.setMinimumWidth(460)
        self._window, self._name = window, name
        self.asking = Asking(window.journal, window.jobs)
        self.asking.changed.connect(self._look)
        self.notice = Notice()
        self.edits: dict[str, SecretField] = {}
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        fields = place.kind.fields if place.kind is not None else ()
        for field in fields:
            if not field.secret:
                continue
            edit = SecretField(field, window.holder, name)
            edit.show_value(str(place.target.config.get(field.name) or ""))
            edit.changed.connect(self._look)
            self.edits[field.name] = edit
            words = label(tr(field.label), "muted")
            words.setMinimumHeight(32)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            words.setBuddy(edit)
            form.addRow(words, edit)
        self.take = button(tr("Test and keep"), self._take, "primary")
        self.take.setDefault(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(12)
        rows.addWidget(label(title, "heading", wrap=True))
        rows.addLayout(form)
        rows.addWidget(self.notice)
        rows.addWidget(self.asking)
        rows.addStretch(1)
        rows.addLayout(dialog_foot(self, self.take))
        self._look()

    def _given(self) -> tuple[dict[str, str], dict[str, str]]:
        """References, and what was typed for the keyring."""
        config = {name: edit.value for name, edit in self.edits.items() if edit.in_variable}
        typed = {name: edit.secret for name, edit in self.edits.items() if edit.secret}
        return config, typed

    def _look(self) -> None:
        config, typed = self._given()
        self.take.setEnabled((bool(typed) or any(config.values())) and not self.asking.busy)

    def _take(self) -> None:
        config, typed = self._given()
        service, name = self._window.journal.targets, self._name
        self.notice.hide()

        def keep(context: JobContext) -> None:
            service.change(name, config, typed, check=context.check)

        self.asking.run(tr("Asking {name} …", name=name), keep, self._kept, self._failed)

    def _kept(self, _result: None) -> None:
        self.changed.emit()
        self.accept()

    def _failed(self, error: JournalError) -> None:
        self.notice.tell("key", "fail", spoken(f"{error.message} {error.hint}".strip()))

    def done(self, result: int) -> None:
        """An answer after the end changes nothing."""
        self.asking.stop()
        super().done(result)
