"""Add a place where posts go: a name, the folder of a site, and how that site wants its posts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.publishing import Target, slug
from journal_app.errors import JournalError
from journal_app.gui.language import tr
from journal_app.gui.widgets import button, label

if TYPE_CHECKING:
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

FLAVORS = (("hugo", "Hugo"), ("jekyll", "Jekyll"))


class TargetDialog(QDialog):
    """A folder on this computer as a target. Nothing is written there before a post is due."""

    added = Signal(str)  # its name

    def __init__(self, journal: Journal, jobs: Jobs, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Add a place to publish"))
        self.setMinimumWidth(460)
        self._journal, self._jobs = journal, jobs
        self._closed = False
        self.folder = QLineEdit()
        self.folder.setAccessibleName(tr("Folder of the site"))
        self.folder.setPlaceholderText(tr("The folder that holds your site"))
        self.name = QLineEdit()
        self.name.setAccessibleName(tr("Name"))
        self.name.setPlaceholderText(tr("blog"))
        self.flavor = QComboBox()
        self.flavor.setAccessibleName(tr("Kind of site"))
        for value, shown in FLAVORS:
            self.flavor.addItem(shown, value)
        browse = button(tr("Browse …"), self._browse)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(self.folder, 1)
        where.addWidget(browse)
        form = QFormLayout()
        form.setSpacing(10)
        for words, field in (
            (tr("Folder"), where),
            (tr("Site"), self.flavor),
            (tr("Name"), self.name),
        ):
            title = label(words, "muted")
            title.setMinimumHeight(32)
            title.setBuddy(self.folder if field is where else field)  # type: ignore[arg-type]
            form.addRow(title, field)
        hint = tr("Posts are written into this folder when they are due. Nothing is sent anywhere.")
        self.error = label("", "error", wrap=True)
        self.error.hide()
        self.take = button(tr("Add"), self._take, "primary")
        self.take.setDefault(True)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.take)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(12)
        rows.addLayout(form)
        rows.addWidget(label(hint, "muted", wrap=True))
        rows.addWidget(self.error)
        rows.addStretch(1)
        rows.addLayout(foot)
        self.folder.editingFinished.connect(self._suggest)
        for field in (self.folder, self.name):
            field.textChanged.connect(lambda _text: self._look())
        self._look()

    def _browse(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, tr("The folder of the site"), self.folder.text() or str(Path.home())
        )
        if chosen:
            self.set_folder(Path(chosen))

    def _suggest(self) -> None:
        folder = Path(self.folder.text().strip()).expanduser()
        if self.folder.text().strip() and not self.name.text().strip() and folder.is_dir():
            self.set_folder(folder)

    def set_folder(self, folder: Path) -> None:
        """Take a folder, and name the target after it where no name is given yet."""
        self.folder.setText(str(folder))
        if not self.name.text().strip():
            self.name.setText(slug(folder.name))
        jekyll = (folder / "_config.yml").exists() or (folder / "_posts").is_dir()
        self.flavor.setCurrentIndex(1 if jekyll else 0)

    def _look(self) -> None:
        self.take.setEnabled(bool(self.folder.text().strip() and self.name.text().strip()))

    def _take(self) -> None:
        name, folder = self.name.text().strip(), self.folder.text().strip()
        if not name or not folder:
            return
        path = str(Path(folder).expanduser())
        flavor = str(self.flavor.currentData())
        service = self._journal.targets
        self.take.setEnabled(False)
        self.error.hide()
        self._jobs.submit(
            "store",
            lambda _context: service.add(name, "folder", {"path": path, "flavor": flavor}),
            on_done=self._added,
            on_error=self._failed,
        )

    def _added(self, target: Target) -> None:
        if self._closed:
            return
        self.added.emit(target.name)
        self.accept()

    def _failed(self, error: Exception) -> None:
        plain = error if isinstance(error, JournalError) else self._journal.explain(error)
        if plain is None:
            raise error
        if not self._closed:
            self.error.setText(f"{plain.message} {plain.hint}".strip())
            self.error.show()
            self._look()

    def done(self, result: int) -> None:
        """What the target says after the dialog was closed is not shown."""
        self._closed = True
        super().done(result)
