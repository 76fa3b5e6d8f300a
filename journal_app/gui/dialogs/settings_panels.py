"""Parts of the settings that are more than rows: what is there, read off the window's thread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from journal_app import __version__, paths
from journal_app.gui.dates import due_when
from journal_app.gui.language import locale, tr, trn
from journal_app.gui.model.words import size
from journal_app.gui.widgets import Chip, button, clear_layout, label

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow

CAPTURE_LINE = "journal capture --window"
PARTS = (
    "PySide6-Essentials",
    "APScheduler",
    "click",
    "markdown-it-py",
    "mdit-py-plugins",
    "nh3",
    "numpy",
    "onnxruntime",
    "platformdirs",
    "Pygments",
    "PyYAML",
    "sqlite-utils",
    "tokenizers",
    "tzdata",
    "tzlocal",
)


class Panel(QWidget):
    """A part of the settings that reads what it shows when it is looked at."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__()
        self.window_ = window
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 12, 0, 12)
        self.body.setSpacing(12)

    def refresh(self) -> None:
        """Read again."""

    def stale(self, names: set[str]) -> None:
        """Settings were changed."""

    def filter(self, query: str) -> bool:
        """Show what fits a search; False where nothing does. An empty one shows all."""
        return not query.strip() or all(
            word in self.words().casefold() for word in query.casefold().split()
        )

    def words(self) -> str:
        """What a search looks at."""
        return ""

    def facts(self, lines: Sequence[tuple[str, str]]) -> QGridLayout:
        """Names and what they are, in two columns."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(8)
        for row, (name, value) in enumerate(lines):
            grid.addWidget(label(name, "muted"), row, 0, Qt.AlignmentFlag.AlignTop)
            text = label(value, wrap=True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(text, row, 1)
        grid.setColumnStretch(1, 1)
        return grid

    @staticmethod
    def line(*buttons: QPushButton) -> QHBoxLayout:
        """Buttons in a row at the left."""
        row = QHBoxLayout()
        row.setSpacing(8)
        for one in buttons:
            row.addWidget(one)
        row.addStretch(1)
        return row


class CapturePanel(Panel):
    """The line for the system's own shortcuts."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.body.addWidget(label(tr("By a key of the system"), "heading"))
        text = tr(
            "Where the system does not let programs listen for a key, bind this command in the "
            "system's own keyboard settings. It works while the window is closed, too:"
        )
        self.body.addWidget(label(text, "small", wrap=True))
        line = label(CAPTURE_LINE, "code")
        line.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = button(tr("Copy"), self._copy)
        self.copy.setAccessibleName(tr("Copy the command"))
        row = self.line(self.copy)
        row.insertWidget(0, line)
        self.body.addLayout(row)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(CAPTURE_LINE)
        self.copy.setText(tr("Copied"))

    def words(self) -> str:
        """What a search looks at."""
        return f"{tr('By a key of the system')} {CAPTURE_LINE}"


class ModelPanel(Panel):
    """The model that summarizes: whether it is there, and what runs it."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.body.addWidget(label(tr("Installed model"), "heading"))
        self._facts = QVBoxLayout()
        self.body.addLayout(self._facts)
        self.install = button(tr("Install the model"), self._install, "primary")
        self.install.hide()
        self.models = button(tr("Models …"), self._models)
        self.devices = button(tr("Devices and doctor …"), self._devices)
        self.body.addLayout(self.line(self.install, self.models, self.devices))

    def refresh(self) -> None:
        """Look for the pack."""
        journal = self.window_.journal

        def read(_context: object) -> tuple[bool, list[tuple[str, str]]]:
            from journal_app.models import catalog, packs

            pack = catalog.known(catalog.DEFAULT)
            found = packs.installed(paths.model_packs(), pack)
            lines = [
                (tr("Model"), pack.title),
                (tr("State"), tr("Installed") if found is not None else tr("Not installed")),
                (tr("Size"), size(pack.size)),
                (tr("Licence"), pack.licence),
                (tr("Folder"), str(paths.model_packs())),
            ]
            if loaded := journal.model_host.loaded():
                from journal_app.gui.model import words

                lines.append((tr("Runs on"), words.loaded_tip(loaded)))
            return found is not None, lines

        def show(answer: tuple[bool, list[tuple[str, str]]]) -> None:
            there, lines = answer
            _refill(self._facts, self.facts(lines))
            self.install.setVisible(not there)

        self.window_.jobs.submit("io", read, on_done=show)

    def _install(self) -> None:
        self.window_.actions_by_id["model.install"].trigger()

    def _models(self) -> None:
        self.window_.acts.models.show("packs")

    def _devices(self) -> None:
        self.window_.acts.models.show("devices")

    def words(self) -> str:
        """What a search looks at."""
        return f"{tr('Installed model')} {tr('Devices and doctor …')}"


class BackupPanel(Panel):
    """The last copy, and one more at a click."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        text = tr(
            "A verified copy is taken each day on which something changed; the last 14 are kept."
        )
        self.body.addWidget(label(text, "small", wrap=True))
        self._facts = QVBoxLayout()
        self.body.addLayout(self._facts)
        self.now = button(tr("Back up now"), self._back_up)
        self.folder = button(tr("Open the folder"), self._open)
        self.body.addLayout(self.line(self.now, self.folder))

    def refresh(self) -> None:
        """Look at the copies."""
        journal, now = self.window_.journal, self.window_.now()

        def read(_context: object) -> list[tuple[str, str]]:
            copies = journal.upkeep.backups()
            if not copies:
                return [(tr("Last copy"), tr("Not backed up yet"))]
            stat = copies[0].stat()
            return [
                (tr("Last copy"), due_when(int(stat.st_mtime * 1000), now)),
                (tr("Size"), locale().formattedDataSize(stat.st_size)),
                (tr("Copies"), trn("{n} copy|{n} copies", len(copies))),
                (tr("Folder"), str(copies[0].parent)),
            ]

        self.window_.jobs.submit(
            "io", read, on_done=lambda lines: _refill(self._facts, self.facts(lines))
        )

    def _back_up(self) -> None:
        self.window_.acts.back_up(self.refresh)

    def _open(self) -> None:
        folder = self.window_.journal.folder / "backups"
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def words(self) -> str:
        """What a search looks at."""
        return f"{tr('Backups')} {tr('Back up now')} {tr('Last copy')}"


@dataclass(frozen=True, slots=True)
class _Kind:
    title: str
    names: list[str]
    problems: list[str]


class ExtensionsPanel(Panel):
    """What can be read and where posts can go; a broken extension is a warning here."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        text = tr(
            "Packages can add formats and places to publish. One that does not load is left out "
            "and named here; it never keeps the window from starting."
        )
        self.body.addWidget(label(text, "small", wrap=True))
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.body.addLayout(self._list)

    def refresh(self) -> None:
        """Load what is registered; foreign code, so not in the window's thread."""

        def read(_context: object) -> list[_Kind]:
            from journal_app.extend import registry
            from journal_app.gui.preview import artist

            kinds = []
            for title, found in (
                (tr("Formats of runs and evals"), registry.run_importers()),
                (tr("Collections of notes"), registry.note_importers()),
                (tr("Places to publish"), registry.publish_targets()),
            ):
                problems = found.problems()
                kinds.append(_Kind(title, found.names(), problems))
            drawn = artist.lacking() or tr("Mermaid is drawn by Qt WebEngine, in a locked process.")
            kinds.append(_Kind(tr("Drawings in the preview"), [drawn], []))
            return kinds

        self.window_.jobs.submit("io", read, on_done=self._show)

    def _show(self, kinds: list[_Kind]) -> None:
        clear_layout(self._list)
        for kind in kinds:
            self._list.addWidget(label(kind.title, "heading"))
            self._list.addWidget(label(" · ".join(kind.names), "small", wrap=True))
            for problem in kind.problems:
                row = QHBoxLayout()
                row.setSpacing(8)
                row.addWidget(Chip(tr("broken"), "fail"), 0, Qt.AlignmentFlag.AlignTop)
                row.addWidget(label(problem, "error", wrap=True), 1)
                self._list.addLayout(row)
            self._list.addSpacing(8)

    def words(self) -> str:
        """What a search looks at."""
        return f"{tr('Extensions')} {tr('Collections of notes')} {tr('Places to publish')}"


class AboutPanel(Panel):
    """Versions and licences."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        lines = [
            (tr("Field Journal"), __version__),
            (tr("Licence"), "MIT"),
            (tr("Journal"), str(window.journal.folder)),
        ]
        self.body.addLayout(self.facts(lines))
        self.body.addWidget(label(tr("Built with"), "heading"))
        self._parts = QVBoxLayout()
        self.body.addLayout(self._parts)

    def refresh(self) -> None:
        """Read the versions of what the program is built with."""

        def read(_context: object) -> list[tuple[str, str]]:
            import platform
            from importlib import metadata

            lines = [("Python", platform.python_version())]
            for name in PARTS:
                try:
                    about = metadata.metadata(name).json
                except metadata.PackageNotFoundError:
                    continue
                licence = about.get("license_expression") or about.get("license") or ""
                first = str(licence).partition("\n")[0]
                lines.append((name, f"{about['version']}  {first}".strip()))
            return [*lines, ("Lucide", tr("icons, {licence}", licence="ISC"))]

        self.window_.jobs.submit(
            "io", read, on_done=lambda lines: _refill(self._parts, self.facts(lines))
        )

    def words(self) -> str:
        """What a search looks at."""
        return f"{tr('About')} {tr('Built with')} {tr('Licence')} {__version__}"


def _refill(place: QVBoxLayout, grid: QGridLayout) -> None:
    """Put a grid into a place that holds at most the one before."""
    clear_layout(place)
    holder = QWidget()
    grid.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(grid)
    place.addWidget(holder)
