"""The text of an answer as it will look: the preview's renderer, as high as its content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from journal_app.gui.language import tr
from journal_app.gui.preview.view import Preview

if TYPE_CHECKING:
    from journal_app.domain.markdown import Names
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs


class AnswerText(Preview):
    """It has no scroll bar: what it stands in scrolls."""

    fitted = Signal()  # its height is another one

    def __init__(
        self, journal: Journal, jobs: Jobs, holder: ThemeHolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(journal.folder, jobs, holder, parent)
        self.setAccessibleName(tr("The answer"))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setStyleSheet("background: transparent;")
        self.setFixedHeight(24)
        self.set_sources(lambda: _names(journal), lambda id: journal.experiments.card(id))
        self.rendered.connect(self.fit)

    def _set_margins(self) -> None:
        self.setViewportMargins(0, 0, 0, 0)

    @Slot()
    def fit(self) -> None:
        """Be as high as the text."""
        height = int(self.document().size().height()) + 4
        if height != self.height():
            self.setFixedHeight(height)
            self.fitted.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A new width wraps the text anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()


def _names(journal: Journal) -> Names:
    """What names in an answer mean; called in a worker."""
    from journal_app.domain.markdown import Names

    return Names(journal.links.entry_named, journal.links.run_named)
