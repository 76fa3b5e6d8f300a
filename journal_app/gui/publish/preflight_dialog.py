"""The preflight in a dialog of its own: only looked at, or before something goes out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QHBoxLayout, QVBoxLayout, QWidget

from journal_app.gui.dialogs.schedule_parts import narrow
from journal_app.gui.language import tr
from journal_app.gui.publish.preflight_view import PreflightView
from journal_app.gui.widgets import button, label, rule

if TYPE_CHECKING:
    from journal_app.domain.preflight import Report
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

SIZE = (520, 560)


class PreflightDialog(QDialog):
    """`take` is the word of the button that goes on and `go` what it does, with the place and the
    ids that the user takes on; without them the report is only looked at. `places` are offered
    with what each means; the first is chosen."""

    def __init__(
        self,
        journal: Journal,
        jobs: Jobs,
        holder: ThemeHolder,
        parent: QWidget,
        title: str,
        *,
        text: str = "",
        take: str = "",
        go: Callable[[str, tuple[str, ...]], object] | None = None,
        places: Sequence[tuple[str, str]] = (),
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.resize(*SIZE)
        self.setMinimumSize(400, 320)
        self._go, self._post = go, ""
        self._meanings = dict(places)
        self.places = narrow(QComboBox())
        self.places.setAccessibleName(tr("Target"))
        self.places.addItems([name for name, _ in places])
        self.places.setVisible(len(places) > 1)
        self.places.currentTextChanged.connect(self._turned)
        self.means = label("", "muted", wrap=True)
        self.view = PreflightView(journal, jobs, holder)
        self.view.changed.connect(self._look)
        self.take = button(take, self._take, "primary")
        self.take.setVisible(bool(take))
        self.close_button = button(tr("Cancel") if take else tr("Close"), self.reject)
        head = QVBoxLayout()
        head.setContentsMargins(20, 16, 20, 4)
        head.setSpacing(4)
        head.addWidget(label(title, "subtitle", wrap=True))
        if text:
            head.addWidget(label(text, "muted", wrap=True))
        head.addWidget(self.places)
        head.addWidget(self.means)
        self.means.setText(self._meanings.get(self.places.currentText(), ""))
        self.means.setVisible(bool(self.means.text()))
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 12, 20, 14)
        foot.setSpacing(8)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        foot.addWidget(self.take)
        if take:
            self.take.setDefault(True)
        else:
            self.close_button.setDefault(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.view, 1)
        rows.addWidget(rule())
        rows.addLayout(foot)
        self._look()

    @property
    def place(self) -> str:
        """The chosen place."""
        return self.places.currentText()

    def look(self, post: str, target: str = "", allowed: Collection[str] = ()) -> None:
        """Look through a post, for `target` or the chosen place."""
        self._post = post
        self.view.look(post, target or self.place, allowed)

    def show_report(self, post: str, target: str, report: Report) -> None:
        """Show what a service has refused with."""
        self._post = post
        self.view.show_report(post, target, report)

    def _turned(self, name: str) -> None:
        self.means.setText(self._meanings.get(name, ""))
        if self._post:
            self.view.look(self._post, name)

    def _look(self) -> None:
        self.take.setEnabled(not self.view.blocked)

    def _take(self) -> None:
        allow, place = self.view.allow, self.place
        self.accept()
        if self._go is not None:
            self._go(place, allow)

    def done(self, result: int) -> None:
        """What is found after the end is not shown."""
        self.view.stop()
        super().done(result)
