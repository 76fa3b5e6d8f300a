"""The page "Packs": what is known and installed, and everything that can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMenu, QMessageBox, QVBoxLayout, QWidget

from journal_app.gui.dialogs.ask import AskLine
from journal_app.gui.language import tr
from journal_app.gui.lists.rows import row_list
from journal_app.gui.model import facts, words
from journal_app.gui.model.pack_info import PackInfo
from journal_app.gui.model.pack_rows import PackDelegate, PackModel
from journal_app.gui.model.work_strip import WorkStrip
from journal_app.gui.widgets import EmptyState, button, label

if TYPE_CHECKING:
    from journal_app.gui.model.facts import PackFacts
    from journal_app.gui.model.pack_work import PackWork
    from journal_app.gui.window import MainWindow

LIST = 320


class PacksPage(QWidget):
    """The list at the left, the chosen pack at the right. Files can be dropped anywhere on it."""

    def __init__(self, window: MainWindow, work: PackWork) -> None:
        super().__init__()
        self._window, self._work = window, work
        self._wanted = ""
        self.setAcceptDrops(True)
        self.model = PackModel(work, self)
        self.list = row_list(tr("Model packs"), self.model)
        self.list.setItemDelegate(PackDelegate(window.holder, self.list))
        self.take = button(tr("Import …"), lambda: None)  # opens its menu
        self.take.setMenu(self._ways())
        self.coming = WorkStrip(window.holder)
        self.coming.cancelled.connect(self._cancel_coming)
        hint = label(tr("A model file or folder can be dropped here."), "small", wrap=True)
        foot = QVBoxLayout()
        foot.setContentsMargins(16, 10, 16, 14)
        foot.setSpacing(8)
        foot.addWidget(self.coming)
        foot.addWidget(self.take, 0, Qt.AlignmentFlag.AlignLeft)
        foot.addWidget(hint)
        left = QWidget()
        left.setObjectName("listPane")
        left.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        left.setFixedWidth(LIST)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.info = PackInfo(window.holder)
        self.info.asked.connect(self._asked)
        self.info.hide()
        self.empty = EmptyState(
            "loader",
            tr("Looking for packs …"),
            tr("What is installed and what can be fetched."),
            None,
            window.holder,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(left)
        row.addWidget(self.info, 1)
        row.addWidget(self.empty, 1)
        self.list.selectionModel().currentChanged.connect(self._chosen)
        self.list.activated.connect(lambda _index: self._first())
        work.moved.connect(self._moved)

    # ------------------------------------------------------------------ what it shows

    def refresh(self) -> None:
        """Read the packs again."""
        journal = self._window.journal
        self._window.jobs.submit(
            "io",
            lambda _context: facts.read_packs(journal),
            on_done=self.show_packs,
            on_error=self._window.failed,
        )

    def show_packs(self, packs: list[PackFacts]) -> None:
        """Show these packs; the chosen one stays."""
        current = self.current.id if self.current is not None else ""
        self.model.show(packs)
        self.empty.setVisible(not packs)
        self.info.setVisible(bool(packs))
        if not packs:
            self.empty.set("package", tr("No packs"), tr("Import a model of your own."))
            return
        wanted, self._wanted = self.model.line_of(self._wanted), ""
        line = wanted if wanted >= 0 else self.model.line_of(current)
        self.list.setCurrentIndex(self.model.index(max(0, line)))
        self._show_current()
        self._show_coming()

    @property
    def current(self) -> PackFacts | None:
        """The chosen pack."""
        return self.model.pack(self.list.currentIndex().row())

    def choose(self, id: str) -> None:
        """Choose a pack, now or once it is listed."""
        line = self.model.line_of(id)
        if line < 0:
            self._wanted = id
        else:
            self.list.setCurrentIndex(self.model.index(line))

    @Slot(QModelIndex, QModelIndex)
    def _chosen(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self._show_current()

    def _show_current(self) -> None:
        pack = self.current
        if pack is not None:
            self.info.show_pack(pack)
            self.info.show_work(self._work.of(pack.id))

    @Slot(str)
    def _moved(self, id: str) -> None:
        self.model.touch()
        self._show_coming()
        if self.current is not None and self.current.id == id:
            self.info.show_work(self._work.of(id))

    def _coming(self) -> str:
        return self._work.unlisted(lambda id: self.model.line_of(id) >= 0)

    def _show_coming(self) -> None:
        """An import has no row yet: it stands below the list."""
        self.coming.show_work(self._work.of(self._coming()))

    def _cancel_coming(self) -> None:
        self._work.cancel(self._coming())

    # ------------------------------------------------------------------ what it does

    def _first(self) -> None:
        """Enter on a row: what its filled button says."""
        shown = [one for one in self.info.buttons.values() if one.isVisibleTo(self.info)]
        for one in shown:
            if one.property("role") == "primary" and one.isEnabled():
                one.click()
                return

    @Slot(str)
    def _asked(self, what: str) -> None:
        pack = self.current
        if pack is None:
            return
        acts: dict[str, Callable[[PackFacts], None]] = {
            "install": lambda one: self._work.install(one.id, one.title),
            "evaluate": self.ask_evaluate,
            "use": self._use,
            "verify": self._work.verify,
            "remove": self._ask_remove,
            "cancel": lambda one: self._work.cancel(one.id),
        }
        acts[what](pack)

    def _use(self, pack: PackFacts) -> None:
        self._window.acts.preferences.keep("model.writer", pack.id)

    def ask_evaluate(self, pack: PackFacts) -> None:
        """Say what an eval costs, and start it when the user says so."""
        box = QMessageBox(self.window())
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(tr("Evaluate"))
        box.setText(tr("Evaluate {name} on this device?", name=pack.title))
        lines = [
            tr(
                "It summarizes the built-in notes with and without the pack and counts what is "
                "wrong. That takes minutes of this computer's work; summaries wait meanwhile."
            )
        ]
        if pack.last is not None:
            minutes = max(1, round(pack.last.seconds / 60))
            lines.append(tr("The last time it took {n} min.", n=minutes))
        lines.append(tr("Nothing leaves this computer. A cancelled eval keeps nothing."))
        box.setInformativeText("\n\n".join(lines))
        go = box.addButton(tr("Evaluate"), QMessageBox.ButtonRole.AcceptRole)
        box.addButton(tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(go)

        def answered() -> None:
            if box.clickedButton() is go:
                self._work.evaluate(pack.id, pack.title)
            box.deleteLater()

        box.finished.connect(lambda _code: answered())
        box.open()

    def _ask_remove(self, pack: PackFacts) -> None:
        box = QMessageBox(self.window())
        box.setIcon(QMessageBox.Icon.NoIcon)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(tr("Remove the pack"))
        box.setText(tr("Remove {name} from this computer?", name=pack.title))
        again = (
            tr("It stands outside the catalogue: Field Journal cannot fetch it again.")
            if pack.imported
            else tr("It can be installed again at any time.")
        )
        freed = tr("{size} become free. Its evals stay.", size=words.size(pack.size))
        box.setInformativeText(f"{freed} {again}")
        go = box.addButton(tr("Remove"), QMessageBox.ButtonRole.DestructiveRole)
        keep = box.addButton(tr("Keep it"), QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)

        def answered() -> None:
            if box.clickedButton() is go:
                self._work.remove(pack)
            box.deleteLater()

        box.finished.connect(lambda _code: answered())
        box.open()

    # ------------------------------------------------------------------ models of one's own

    def _ways(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(tr("A model file …"), self._ask_file)
        menu.addAction(tr("A folder with a model …"), self._ask_folder)
        menu.addAction(tr("From a Hugging Face hub …"), self._ask_hub)
        return menu

    def _ask_file(self) -> None:
        kinds = tr("Models (*.gguf *.zip *.tar *.tgz *.tar.gz *.whl);;All files (*)")
        found, _kind = QFileDialog.getOpenFileName(self, tr("Import a model"), "", kinds)
        if found:
            self._work.take_in(Path(found))

    def _ask_folder(self) -> None:
        found = QFileDialog.getExistingDirectory(self, tr("Import a folder with a model"))
        if found:
            self._work.take_in(Path(found))

    def _ask_hub(self) -> None:
        def fetch(name: str) -> None:
            id = name if name.startswith("hf:") else f"hf:{name}"
            self._work.install(id, id.removeprefix("hf:"))

        title = tr("Fetch a model from a Hugging Face hub")
        ask = AskLine(self.window(), title, tr("owner/name, as on its page"), tr("Fetch"), fetch)
        ask.open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take local files and folders."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        for url in event.mimeData().urls():
            if url.isLocalFile():
                self._work.take_in(Path(url.toLocalFile()))
        event.acceptProposedAction()
