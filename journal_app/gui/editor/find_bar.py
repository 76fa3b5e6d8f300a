"""Find and replace in the open entry: below the bar, gone with Esc.

Patterns run in a worker with a time limit; plain words in a text of usual length run at once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QTextCharFormat
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain import finding
from journal_app.domain.finding import Found, Query
from journal_app.errors import JournalError
from journal_app.gui.language import tr
from journal_app.gui.plain import tip as plain_tip
from journal_app.gui.widgets import IconButton, button, label, set_role

if TYPE_CHECKING:
    from journal_app.gui.editor.page import Page
    from journal_app.gui.theme import ThemeHolder
    from journal_app.runtime.jobs import Jobs

AT_ONCE = 100_000  # characters
MARKED = 400  # hits that are marked around the chosen one
AGAIN_MS = 150


class FindBar(QFrame):
    """Selects what it finds, round and round; Enter goes on, Shift+Enter goes back."""

    def __init__(
        self, page: Page, jobs: Jobs, holder: ThemeHolder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._page, self._jobs, self._holder = page, jobs, holder
        self._found = Found(())
        self._number = -1
        self._ticket = 0
        self.setProperty("role", "bar")
        self.field = self._field(tr("Find in this entry"))
        self.field.textChanged.connect(self._typed)
        self.case = self._toggle("Aa", tr("Upper and lower case differ"))
        self.whole = self._toggle("“ ”", tr("Whole words only"))
        self.regex = self._toggle(".*", tr("Regular expression"))
        self.state = label("", "muted")
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(self.field, 1)
        for part in (self.case, self.whole, self.regex, self.state):
            first.addWidget(part)
        for icon, name, act in (
            ("chevron-up", tr("Previous (Shift+Enter)"), lambda: self.go(back=True)),
            ("chevron-down", tr("Next (Enter)"), self.go),
            ("replace", tr("Replace (Ctrl+H)"), self._turn),
            ("x", tr("Close (Esc)"), self.leave),
        ):
            first.addWidget(self._icon(icon, name, act))
        self.new = self._field(tr("Replace with"))
        self._second = QWidget()
        second = QHBoxLayout(self._second)
        second.setContentsMargins(0, 0, 0, 0)
        second.setSpacing(8)
        second.addWidget(self.new, 1)
        second.addWidget(button(tr("Replace"), self.replace_one, tip=tr("Replace and go on")))
        second.addWidget(button(tr("Replace all"), self.replace_all, tip=tr("One step to undo")))
        self._second.hide()
        self._rows = rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 7, 16, 7)
        rows.setSpacing(8)
        rows.addLayout(first)
        rows.addWidget(self._second)
        self._again = QTimer(self, singleShot=True, interval=AGAIN_MS)
        self._again.timeout.connect(lambda: self._search(choose=False))
        page.text.textChanged.connect(self._edited)
        page.text.document_changed.connect(self._edited)
        holder.changed.connect(self._mark)
        self.hide()

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setPlaceholderText(name)
        field.installEventFilter(self)
        return field

    def _toggle(self, text: str, name: str) -> QPushButton:
        made = QPushButton(text)
        made.setCheckable(True)
        made.setAccessibleName(name)
        made.setToolTip(name)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.setCursor(Qt.CursorShape.PointingHandCursor)
        made.setFixedWidth(36)
        made.toggled.connect(lambda _on: self._search(choose=True))
        return made

    def _icon(self, icon: str, name: str, act: Callable[[], object]) -> IconButton:
        made = IconButton(icon, name, self._holder)
        made.clicked.connect(lambda _on=False: act())
        return made

    # ------------------------------------------------------------------ coming and going

    def set_covered(self, pixels: int) -> None:
        """So much at the right lies under the inspector."""
        self._rows.setContentsMargins(16, 7, 16 + pixels, 7)

    def ask(self, *, replace: bool = False) -> None:
        """Show it; a selection of the text is what is looked for."""
        chosen = self._page.text.textCursor().selectedText()
        if chosen and "\u2029" not in chosen:
            self.field.setText(chosen)
        if replace:
            self._second.show()
        self.show()
        field = self.new if replace and self.field.text() else self.field
        field.setFocus()
        field.selectAll()
        self._search(choose=False)

    def leave(self) -> None:
        """Go back to the text, where the found words stay selected."""
        self.hide()
        self._page.text.set_layer("found", [])
        self._page.text.setFocus()

    def stop(self) -> None:
        """Look through nothing more: the lanes are about to close."""
        self._again.stop()

    @Slot()
    def _turn(self) -> None:
        self._second.setVisible(self._second.isHidden())
        (self.field if self._second.isHidden() else self.new).setFocus()

    # ------------------------------------------------------------------ searching

    @property
    def query(self) -> Query:
        """What is looked for."""
        return Query(
            self.field.text(),
            self.regex.isChecked(),
            self.case.isChecked(),
            self.whole.isChecked(),
        )

    @Slot(str)
    def _typed(self, _words: str) -> None:
        self._search(choose=True)

    @Slot()
    def _edited(self) -> None:
        if self.isVisible():
            self._again.start()

    def _search(self, *, choose: bool, then: Callable[[], object] | None = None) -> None:
        """Look through the text; `choose` selects the first hit from the caret on."""
        self._ticket += 1
        ticket, query, text = self._ticket, self.query, self._page.text.text()

        def arrived(found: Found) -> None:
            if ticket != self._ticket:
                return
            self._found, self._number = found, -1
            anchor, caret = self._page.text.selection()
            span = (min(anchor, caret), max(anchor, caret))
            if choose and found.spans:
                self._choose(found.at(span[0]))
                return
            if span in found.spans:
                self._number = found.spans.index(span)
            self._mark()
            if then is not None:
                then()

        if query.regex or len(text) > AT_ONCE:
            self._jobs.submit(
                "io",
                lambda _context: finding.find(query, text),
                on_done=arrived,
                on_error=lambda error: self._failed(ticket, error),
            )
        else:
            arrived(finding.find(query, text))

    def _failed(self, ticket: int, error: Exception) -> None:
        if not isinstance(error, JournalError):
            raise error
        if ticket == self._ticket:
            self._found = Found(())
            self._mark()
            self._say(error.message, error.hint, bad=True)

    def go(self, *, back: bool = False) -> None:
        """Select the next place, or the one before."""
        if self._again.isActive():
            self._again.stop()
            self._search(choose=False, then=lambda: self.go(back=back))
            return
        spans = self._found.spans
        if not spans:
            return
        if self._number >= 0:
            self._choose((self._number + (-1 if back else 1)) % len(spans))
            return
        start = min(self._page.text.selection())
        self._choose((self._found.at(start) - (1 if back else 0)) % len(spans))

    def _choose(self, number: int) -> None:
        self._number = number
        self._page.text.select_span(*self._found.spans[number])
        self._page.show_caret()
        self._mark()

    @Slot()
    def _mark(self) -> None:
        """Say how many there are and mark those around the chosen one."""
        spans, text = self._found.spans, self._page.text
        if not self.field.text():
            self._say("")
        elif not spans:
            self._say(tr("Not found"))
        elif self._number < 0:
            self._say(tr("{count} found", count=self._count()))
        else:
            self._say(tr("{number} of {count}", number=self._number + 1, count=self._count()))
        if not self.isVisible():
            return
        first = max(0, self._number - MARKED // 2)
        format = QTextCharFormat()
        format.setBackground(self._holder.theme.color("stale-soft"))
        format.setForeground(self._holder.theme.color("text"))
        shown = spans[first : first + MARKED]
        chosen = spans[self._number] if self._number >= 0 else None  # it is selected
        text.set_layer("found", text.marks([span for span in shown if span != chosen], format))

    def _count(self) -> str:
        return f"{len(self._found.spans):,}" + ("+" if self._found.more else "")

    def _say(self, text: str, tip: str = "", *, bad: bool = False) -> None:
        self.state.setText(text)
        self.state.setToolTip(plain_tip(tip))
        set_role(self.state, "error" if bad else "muted")

    # ------------------------------------------------------------------ replacing

    def replace_one(self) -> None:
        """Replace the chosen hit and choose the next."""
        if self._number < 0:
            self.go()
            return
        span = self._found.spans[self._number]

        def done(pieces: list[tuple[int, int, str]]) -> None:
            self._page.text.replace(pieces)
            if pieces:
                after = span[0] + len(pieces[0][2])
                self._page.text.select_span(after, after)
            self._again.stop()
            self._search(choose=True)

        self._replaced(span, done)

    def replace_all(self) -> None:
        """Replace every hit as one step that can be undone."""

        def done(pieces: list[tuple[int, int, str]]) -> None:
            self._page.text.replace(pieces)
            self._again.stop()
            self._search(
                choose=False,
                then=lambda: self._say(tr("{count} replaced", count=f"{len(pieces):,}")),
            )

        self._replaced(None, done)

    def _replaced(
        self, span: tuple[int, int] | None, done: Callable[[list[tuple[int, int, str]]], None]
    ) -> None:
        self._ticket += 1
        ticket, query, new = self._ticket, self.query, self.new.text()
        text, document = self._page.text.text(), self._page.text.document()

        def arrived(pieces: object) -> None:
            same = document is self._page.text.document() and text == self._page.text.text()
            if ticket == self._ticket and same:
                done(cast("list[tuple[int, int, str]]", pieces))

        if query.words:
            self._jobs.submit(
                "io",
                lambda _context: finding.replaced(query, text, new, span),
                on_done=arrived,
                on_error=lambda error: self._failed(ticket, error),
            )

    # ------------------------------------------------------------------ keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter, Shift+Enter, Esc."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            key = event.key()
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                if watched is self.new:
                    self.replace_one()
                else:
                    self.go(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
            if key == Qt.Key.Key_Escape:
                self.leave()
                return True
        return super().eventFilter(watched, event)
