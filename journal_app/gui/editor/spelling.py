"""The spell check of the open text: only what is seen, only what changed, in another process."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QLocale, QObject, QProcess, QProcessEnvironment, Qt, QTimer, Slot
from PySide6.QtGui import QAction, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit

import journal_app
from journal_app.domain import spelling
from journal_app.gui.editor.text_area import cut, units
from journal_app.gui.language import tr
from journal_app.runtime import dictionaries

if TYPE_CHECKING:
    from journal_app.gui.editor.pane import EditorPane

LOOK_MS = 350
MOST = 400  # words asked for at a time


class Spelling(QObject):
    """Underlines the words of one editor that the dictionary does not know."""

    def __init__(self, pane: EditorPane) -> None:
        super().__init__(pane)
        self._pane, self._text = pane, pane.page.text
        self._wanted = "off"
        self._known: dict[str, bool] = {}  # word → whether it is right
        self._asked: set[str] = set()
        self._process: QProcess | None = None
        self._menu: QMenu | None = None
        self._word = ""
        self.missing = ""  # what there is to install, in words; empty: nothing
        self.language = ""
        self._timer = QTimer(self, singleShot=True, interval=LOOK_MS)
        self._timer.timeout.connect(self.look)
        self._text.textChanged.connect(self._later)
        self._text.cursorPositionChanged.connect(self._later)
        self._text.document_changed.connect(self._later)
        self._text.menu_asked.connect(self._fill)
        pane.page.verticalScrollBar().valueChanged.connect(self._later)
        pane.holder.changed.connect(self._mark)

    def use(self, wanted: str) -> None:
        """Check in this language from now on: `auto`, `off`, or the name of a dictionary."""
        wanted = wanted.strip() or "auto"
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self.stop()
        self._known.clear()
        self._text.set_layer("spelling", [])
        self.missing = ""
        if wanted == "off":
            return
        if not dictionaries.installed():
            self.missing = tr(
                "The spell check needs the extra “spell”: pip install journal-app[spell]"
            )
            return
        folder = self._pane.journal.folder
        self._pane.jobs.submit(
            "io",
            lambda _context: dictionaries.find(folder),
            on_done=lambda found: self._found(wanted, found),
        )

    def stop(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        self._asked.clear()
        if process is not None:
            process.kill()
            process.waitForFinished(1000)
            process.deleteLater()

    def _found(self, wanted: str, found: dict[str, Path]) -> None:
        if wanted != self._wanted:
            return
        name = spelling.best_dictionary(found, wanted, QLocale().name())
        if name is None:
            folder = self._pane.journal.folder / "dictionaries"
            self.missing = tr(
                "No dictionary for {language}. Put its .aff and .dic files into {folder}.",
                language=QLocale().name() if wanted == "auto" else wanted,
                folder=folder,
            )
            return
        self.language = name
        self._start(found[name])

    def _start(self, base: Path) -> None:
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONPATH", str(Path(journal_app.__file__).parent.parent))
        environment.insert("PYTHONIOENCODING", "utf-8")
        process.setProcessEnvironment(environment)
        own = self._pane.journal.folder / "dictionaries" / dictionaries.WORDS
        process.setProcessChannelMode(QProcess.ProcessChannelMode.SeparateChannels)
        process.readyReadStandardOutput.connect(self._read)
        process.finished.connect(self._ended)
        arguments = ["-m", "journal_app.runtime.dictionaries", str(base), str(own)]
        process.start(sys.executable, arguments)
        self._process = process
        self._later()

    @Slot()
    def _ended(self) -> None:
        if self._process is not None:
            self.missing = tr("The dictionary {name} cannot be read.", name=self.language)
            self._process = None
            self._text.set_layer("spelling", [])

    def _ask(self, question: dict[str, object]) -> None:
        if self._process is not None:
            self._process.write(json.dumps(question).encode() + b"\n")

    @Slot()
    def _read(self) -> None:
        process = self._process
        while process is not None and process.canReadLine():
            answer = json.loads(bytes(process.readLine().data()))
            if "checked" in answer:
                bad = set(answer["bad"])
                for word in answer["checked"]:
                    self._known[word] = word not in bad
                    self._asked.discard(word)
                self._mark()
            elif "suggestions" in answer:
                self._suggest(str(answer["word"]), [str(w) for w in answer["suggestions"]])
            elif "added" in answer:
                self._known[str(answer["added"])] = True
                self._known.pop(str(answer["added"]).capitalize(), None)
                self._later()

    # ------------------------------------------------------------------ what is seen

    @Slot()
    def _later(self) -> None:
        if self._process is not None:
            self._timer.start()

    def _seen(self) -> list[tuple[QTextBlock, list[tuple[int, int, str]]]]:
        """The lines that can be seen, with their words."""
        block, last = self._text.shown_blocks()
        found = []
        fenced = block.previous().userState() > 0 if block.blockNumber() else False
        while block.isValid() and block.blockNumber() <= last.blockNumber():
            inside = fenced or block.userState() > 0
            fenced = block.userState() > 0
            if block.isVisible() and not inside:
                found.append((block, spelling.words(block.text())))
            block = block.next()
        return found

    @Slot()
    def look(self) -> None:
        """Ask for the words that are seen and not known yet."""
        new = {word for _, words in self._seen() for _, _, word in words}
        new -= self._known.keys() | self._asked
        if new:
            asked = sorted(new)[:MOST]
            self._asked.update(asked)
            self._ask({"check": asked})
        self._mark()

    @Slot()
    def _mark(self) -> None:
        if self._process is None:
            return
        format = QTextCharFormat()
        format.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        format.setUnderlineColor(self._pane.holder.theme.color("fail"))
        at = self._text.textCursor().position() if self._text.hasFocus() else -1
        marks = []
        for block, words in self._seen():
            line = block.text()
            for start, end, word in words:
                if self._known.get(word, True):
                    continue
                first = block.position() + units(line[:start])
                last = block.position() + units(line[:end])
                if at == last:
                    continue  # it is being written
                mark = QTextEdit.ExtraSelection()
                mark.cursor = QTextCursor(self._text.document())
                mark.cursor.setPosition(first)
                mark.cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
                mark.format = format
                marks.append(mark)
        self._text.set_layer("spelling", marks)

    # ------------------------------------------------------------------ the menu

    @Slot(QMenu, QTextCursor)
    def _fill(self, menu: QMenu, place: QTextCursor) -> None:
        """Suggestions for the word below the mouse; else what is missing, if anything is."""
        if self.missing:
            menu.addSeparator()
            act = menu.addAction(tr("Spell check: what is missing"))
            act.triggered.connect(lambda: self._pane.message.emit(self.missing, "info"))
            return
        at = len(cut(place.block().text(), place.positionInBlock()))
        for start, end, word in spelling.words(place.block().text()):
            if start <= at <= end and not self._known.get(word, True):
                self._offer(menu, place.block(), start, end, word)
                return

    def _offer(self, menu: QMenu, block: QTextBlock, start: int, end: int, word: str) -> None:
        line = block.text()
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + units(line[:start]))
        cursor.setPosition(block.position() + units(line[:end]), QTextCursor.MoveMode.KeepAnchor)
        self._menu, self._word, self._place = menu, word, cursor
        first = menu.actions()[0] if menu.actions() else None
        waiting = QAction(tr("Looking for suggestions …"), menu)
        waiting.setEnabled(False)
        add = QAction(tr("Add “{word}” to the dictionary", word=word), menu)
        add.triggered.connect(lambda: self._ask({"add": word}))
        gap = QAction(menu)
        gap.setSeparator(True)
        menu.insertActions(cast(QAction, first), [waiting, add, gap])
        self._waiting = waiting
        menu.destroyed.connect(self._forget)
        self._ask({"suggest": word})

    @Slot()
    def _forget(self) -> None:
        self._menu = None

    def _suggest(self, word: str, suggestions: list[str]) -> None:
        menu = self._menu
        if menu is None or word != self._word:
            return
        made = []
        for suggestion in suggestions:
            action = QAction(suggestion, menu)
            action.triggered.connect(
                lambda _on=False, new=suggestion: self._place.insertText(new),
                Qt.ConnectionType.SingleShotConnection,
            )
            made.append(action)
        if not made:
            self._waiting.setText(tr("No suggestion"))
            return
        menu.insertActions(self._waiting, made)
        menu.removeAction(self._waiting)
