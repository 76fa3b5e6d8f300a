"""Why sentences are not put into a model's words, with the way to the window about models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal_app.gui.language import tr
from journal_app.gui.model.words import gate_words
from journal_app.gui.widgets import button, label

if TYPE_CHECKING:
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

MODELS = "models"  # the action that opens that window


def standing(journal: Journal) -> str:
    """Why nothing is reworded, in words; "" where it may be. Reads the store: in a worker."""
    if journal.settings.get("summaries.rewrite") == "off":
        return tr("Rewording is switched off in the settings.")
    pack = journal.settings.get("model.writer")
    if pack not in writers():
        return tr("No writer is installed, so every sentence stays as you wrote it.")
    allowed, why = journal.gate.standing(pack)
    if not allowed and not journal.gate.history(pack):
        return tr(
            "{pack} was not evaluated here yet, so every sentence stays as you wrote it.", pack=pack
        )
    return "" if allowed else gate_words(why)


def writers() -> tuple[str, ...]:
    """The ids of the installed packs that write. Reads files: in a worker."""
    from journal_app import paths
    from journal_app.models import packs

    return packs.writers(paths.model_packs())


class GateLine(QWidget):
    """Hidden where there is nothing to say."""

    def __init__(self, journal: Journal, jobs: Jobs) -> None:
        super().__init__()
        self._journal, self._jobs = journal, jobs
        self._asked = 0
        self.words = label("", "meta", wrap=True)
        self.way = button(tr("Models…"), self._open, "link")
        self.way.setObjectName("GateWay")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addWidget(self.words)
        rows.addWidget(self.way)
        self.hide()

    def read(self) -> None:
        """Look again."""
        self._asked += 1
        ticket = self._asked

        def arrived(why: str) -> None:
            if ticket == self._asked:
                self.tell(why)

        self._jobs.submit("io", lambda _context: standing(self._journal), on_done=arrived)

    def drop(self) -> None:
        """Say nothing, whatever is being read."""
        self._asked += 1
        self.hide()

    def tell(self, why: str) -> None:
        """Say this, or nothing."""
        self.words.setText(why)
        self.way.setVisible(models_action(self) is not None)
        self.setVisible(bool(why))

    def _open(self) -> None:
        open_models(self)


def models_action(widget: QWidget) -> QAction | None:
    """What opens the window about models, from any window of the program."""
    place: QWidget | None = widget
    while place is not None:
        action = place.window().findChild(QAction, MODELS)
        if action is not None:
            return action
        place = place.window().parentWidget()
    return None


def open_models(widget: QWidget) -> None:
    """Open that window."""
    action = models_action(widget)
    if action is not None:
        action.trigger()
