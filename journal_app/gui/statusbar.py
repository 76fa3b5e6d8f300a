"""The status bar: where the model runs, whether anything can leave, what goes out next."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from journal_app.gui.facts import Facts, words_text
from journal_app.gui.language import tr, trn
from journal_app.gui.plain import tip as plain_tip
from journal_app.gui.widgets import IconButton, button, label

if TYPE_CHECKING:
    from journal_app.gui.editor.writing import Counts
    from journal_app.gui.theme import ThemeHolder


MOST = 220  # px of words that name what may leave, or goes out next


class Dot(QWidget):
    """A small disc in a state colour; the words beside it say the state."""

    def __init__(self, holder: ThemeHolder, token: str) -> None:
        super().__init__()
        self._holder, self._token = holder, token
        self.setFixedSize(7, 7)
        holder.changed.connect(self.update)

    def set_token(self, token: str) -> None:
        """Another state."""
        self._token = token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._holder.theme.color(self._token))
        painter.drawEllipse(self.rect())
        painter.end()


class Fitted(QPushButton):
    """A button whose words end in an ellipsis where they are too long; the tip has them whole."""

    def __init__(self, text: str, on_click: Callable[[], object]) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(lambda _checked=False: on_click())
        self._full = ""
        self.say(text, "")

    def say(self, text: str, tip: str) -> None:
        """Other words."""
        self._full = text
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, MOST)
        self.setText(shown)
        self.setAccessibleName(text)
        whole = tip if shown == text else f"{text}\n{tip}"
        self.setToolTip(plain_tip(whole.strip()))

    @property
    def full(self) -> str:
        """The words before they were shortened."""
        return self._full


class StatusBar(QWidget):
    """Menu and three truths at the left; words, backup, work and the inspector at the right."""

    model_clicked = Signal()
    outside_clicked = Signal()
    schedule_clicked = Signal()
    inspector_clicked = Signal()

    def __init__(self, holder: ThemeHolder, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("statusBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedHeight(30)
        self.menu_button = IconButton("menu", tr("Menu"), holder)
        self.menu_button.setFixedSize(26, 24)
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._dot = Dot(holder, "faint")
        self.model = button(tr("Model …"), self._model)
        self.outside = Fitted(tr("Offline"), self._outside)
        self.upcoming = Fitted(tr("Nothing scheduled"), self._schedule)
        self.asks = 0  # publications that need somebody
        self.words = label("")
        self.backup = label("")
        self.inspector = IconButton("panel-right", tr("Inspector"), holder)
        self.inspector.setFixedSize(26, 24)
        self.inspector.clicked.connect(self._inspect)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 0)
        row.setSpacing(0)
        row.addWidget(self.menu_button)
        row.addSpacing(8)
        row.addWidget(self._dot)
        row.addWidget(self.model)
        row.addSpacing(8)
        row.addWidget(self.outside)
        row.addSpacing(8)
        row.addWidget(self.upcoming)
        row.addStretch(100)
        self.jobs_place = QHBoxLayout()
        row.addLayout(self.jobs_place)
        for part in (self.words, self.backup):
            row.addSpacing(16)
            row.addWidget(part)
        row.addSpacing(8)
        row.addWidget(self.inspector)

    def set_menu(self, menu: QMenu) -> None:
        """The menu of the program, where the system has no menu bar of its own."""
        self.menu_button.setMenu(menu)

    def show_facts(self, facts: Facts) -> None:
        """Show what is known now."""
        self._dot.set_token(facts.model_tone)
        _say(self.model, facts.model, facts.model_tip)
        self.outside.say(facts.outside, facts.outside_tip)
        self.upcoming.say(facts.upcoming, tr("Show what is scheduled"))
        self.asks = facts.asks
        self.backup.setText(facts.backup)

    @Slot(object)
    def show_counts(self, counts: Counts) -> None:
        """The length of the open entry and of what is selected in it; characters in the tip."""
        words = words_text(counts.words)
        tip = trn("{n} character|{n} characters", counts.characters)
        if counts.chosen_characters:
            words = tr("{chosen} of {words}", chosen=f"{counts.chosen_words:,}", words=words)
            tip = tr("{chosen} of {all}", chosen=f"{counts.chosen_characters:,}", all=tip)
        self.words.setText(words)
        self.words.setToolTip(tip if counts.words else "")

    def _model(self) -> None:
        self.model_clicked.emit()

    def _outside(self) -> None:
        self.outside_clicked.emit()

    def _schedule(self) -> None:
        self.schedule_clicked.emit()

    @Slot()
    def _inspect(self) -> None:
        self.inspector_clicked.emit()


def _say(part: QPushButton, text: str, tip: str) -> None:
    part.setText(text)
    part.setAccessibleName(text)
    part.setToolTip(plain_tip(tip))
