"""Why sentences are not put into a model's words, with the way to the window about models."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QVBoxLayout, QWidget

from journal_app.gui.language import tr
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
    return "" if allowed else why


def writers() -> list[str]:
    """The ids of the installed packs that write. Reads files: in a worker."""
    from journal_app import paths
    from journal_app.models.packs import installed_packs

    found = installed_packs(paths.model_packs())
    return [one.manifest["id"] for one in found if one.task == "text generation"]


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
        self.way.setVisible(self._action() is not None)
        self.setVisible(bool(why))

    def _action(self) -> QAction | None:
        return self.window().findChild(QAction, MODELS) or _of_parent(self)

    def _open(self) -> None:
        action = self._action()
        if action is not None:
            action.trigger()


def _of_parent(widget: QWidget) -> QAction | None:
    """The action of the window that a dialog belongs to."""
    parent = widget.window().parentWidget()
    return parent.window().findChild(QAction, MODELS) if parent is not None else None
