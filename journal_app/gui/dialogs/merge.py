"""Two versions of an entry made one: what clashes is chosen, the result can be edited freely."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QTextCursor
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from journal_app.domain import merge
from journal_app.domain.diff import compare
from journal_app.domain.merge import Part
from journal_app.errors import JournalError
from journal_app.gui.dialogs.diff_view import DiffView
from journal_app.gui.language import tr, trn
from journal_app.gui.widgets import button, label

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs
    from journal_app.services.merging import Clash


class MergeDialog(QDialog):
    """At the left what both sides changed, one place after the other; at the right the result.

    Alt+1 takes this version, Alt+2 the other, Alt+3 both; Alt+Down and Alt+Up go on and back.
    """

    merged = Signal(str, str)  # the entry, and the copy that went to the trash

    def __init__(
        self, journal: Journal, jobs: Jobs, holder: ThemeHolder, clash: Clash, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Merge “{title}”", title=clash.entry.title))
        self.resize(min(1080, parent.width() - 80), min(700, parent.height() - 80))
        self._journal, self._jobs, self._clash = journal, jobs, clash
        self._closed = False
        self._open = [n for n, part in enumerate(clash.parts) if part.kind == "conflict"]
        self._taken: dict[int, str] = {}
        self._at = 0
        self.heading = label("", "heading")
        self.sides = DiffView(holder)
        self.sides.set_beside(True)
        self.sides.set_whole(True)
        self.sides.setAccessibleName(tr("The two versions of this place"))
        self.mine = button(tr("This version"), lambda: self._take("mine"), tip="Alt+1")
        self.theirs = button(tr("The other"), lambda: self._take("theirs"), tip="Alt+2")
        self.both = button(tr("Both"), lambda: self._take("both"), tip="Alt+3")
        self.back = button(tr("Back"), lambda: self._go(-1), tip="Alt+Up")
        self.next = button(tr("Next"), lambda: self._go(1), tip="Alt+Down")
        self.text = QPlainTextEdit()
        self.text.setAccessibleName(tr("The merged text"))
        self.text.setProperty("role", "field")
        self.state = label("", "muted", wrap=True)
        self.keep = button(tr("Keep the merged text"), self._keep, "primary")
        self._lay_out()
        for keys, act in (
            ("Alt+1", lambda: self._take("mine")),
            ("Alt+2", lambda: self._take("theirs")),
            ("Alt+3", lambda: self._take("both")),
            ("Alt+Down", lambda: self._go(1)),
            ("Alt+Up", lambda: self._go(-1)),
            ("Ctrl+Return", self._keep),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._rebuild()
        self._show_place()
        (self.mine if self._open else self.keep).setFocus()

    def _lay_out(self) -> None:
        choices = QHBoxLayout()
        choices.setSpacing(8)
        for part in (self.mine, self.theirs, self.both):
            choices.addWidget(part)
        choices.addStretch(1)
        choices.addWidget(self.back)
        choices.addWidget(self.next)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.heading)
        left.addWidget(self.sides, 1)
        left.addLayout(choices)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(label(tr("The merged text"), "heading"))
        right.addWidget(self.text, 1)
        halves = QHBoxLayout()
        halves.setSpacing(16)
        halves.addLayout(left, 1)
        halves.addLayout(right, 1)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.state, 1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.keep)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 16, 16, 12)
        rows.setSpacing(12)
        rows.addLayout(halves, 1)
        rows.addLayout(foot)

    # ------------------------------------------------------------------ choosing

    def _part(self) -> Part | None:
        return self._clash.parts[self._open[self._at]] if self._open else None

    def _take(self, side: str) -> None:
        part = self._part()
        if part is None:
            return
        texts = {"mine": part.mine, "theirs": part.theirs, "both": _both(part)}
        if self.text.toPlainText() != self._whole():  # edited by hand: change only this place
            self._taken[self._open[self._at]] = texts[side]
            self._replace_marked(part, texts[side])
        else:
            self._taken[self._open[self._at]] = texts[side]
            self._rebuild()
        self._go(1) if self._left() else self._show_place()

    def _go(self, step: int) -> None:
        if self._open:
            self._at = (self._at + step) % len(self._open)
            self._show_place()

    def _left(self) -> int:
        return sum(1 for number in self._open if number not in self._taken)

    def _whole(self) -> str:
        return merge.text_of(
            [
                Part("both", self._taken[n]) if n in self._taken else part
                for n, part in enumerate(self._clash.parts)
            ],
            self._names(),
        )

    @staticmethod
    def _names() -> tuple[str, str]:
        return tr("this version"), tr("the other")

    def _rebuild(self) -> None:
        self.text.setPlainText(self._whole())

    def _replace_marked(self, part: Part, text: str) -> None:
        marked = merge.text_of([part], self._names())
        whole = self.text.toPlainText()
        at = whole.find(marked)
        if at >= 0:
            self.text.setPlainText(whole[:at] + text + whole[at + len(marked) :])

    def _show_place(self) -> None:
        part = self._part()
        for way in (self.mine, self.theirs, self.both, self.back, self.next):
            way.setEnabled(part is not None)
        left = self._left()
        if part is None:
            self.heading.setText(tr("The two versions, and what each changed"))
            self.sides.show_blocks(compare(self._clash.entry.body, self._clash.copy.body))
            self.sides.set_whole(False)
            self.state.setText(
                tr("Nothing clashes: both sides' changes are in. The copy goes to the trash.")
            )
            return
        self.heading.setText(
            tr("Place {at} of {all}", at=self._at + 1, all=len(self._open))
            + " · "
            + tr("the other at the left, this version at the right")
        )
        self.sides.show_blocks(compare(part.theirs, part.mine))
        self.state.setText(
            trn("{n} place to decide|{n} places to decide", left)
            if left
            else tr("All decided. The copy goes to the trash and can be taken back.")
        )
        self._find(part)

    def _find(self, part: Part) -> None:
        """Show the place in the result."""
        number = self._open[self._at]
        text = self._taken.get(number) or merge.text_of([part], self._names())
        at = self.text.toPlainText().find(text)
        if at >= 0:
            cursor = self.text.textCursor()
            cursor.setPosition(at)
            cursor.setPosition(at + len(text.rstrip("\n")), QTextCursor.MoveMode.KeepAnchor)
            self.text.setTextCursor(cursor)
            self.text.centerCursor()

    # ------------------------------------------------------------------ keeping

    def _keep(self) -> None:
        text = self.text.toPlainText()
        if any(line.startswith(("<<<<<<< ", ">>>>>>> ")) for line in text.splitlines()):
            self.state.setText(tr("Some places are not decided yet: choose, or edit the text."))
            return
        merging, clash = self._journal.merging, self._clash

        def done(entry: Entry) -> None:
            self.merged.emit(entry.id, clash.copy.id)
            if not self._closed:
                self.accept()

        self.keep.setEnabled(False)
        self._jobs.submit(
            "store", lambda _c: merging.accept(clash, text), on_done=done, on_error=self._failed
        )

    def _failed(self, error: Exception) -> None:
        plain = error if isinstance(error, JournalError) else self._journal.explain(error)
        if plain is None:
            raise error
        if not self._closed:
            self.state.setText(f"{plain.message} {plain.hint}".strip())
            self.keep.setEnabled(True)

    def done(self, result: int) -> None:
        """Answers that come after the dialog was closed are not shown."""
        self._closed = True
        super().done(result)


def _both(part: Part) -> str:
    """Both texts, the entry's first; a line between them where they would run together."""
    theirs = part.theirs
    return theirs + ("" if not theirs or theirs.endswith("\n") else "\n") + part.mine
