"""What readers see of a post beside its text: description, canonical address, language, name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFormLayout,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from journal_app.domain.entry import Entry
from journal_app.domain.post_facts import DESCRIBED
from journal_app.gui.language import tr, trn
from journal_app.gui.notice import Notice
from journal_app.gui.plain import spoken
from journal_app.gui.widgets import button, dialog_foot, label

if TYPE_CHECKING:
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import Jobs

_MIDDLE = Qt.AlignmentFlag.AlignVCenter
SHOWN_AT_MOST = 160  # characters of a description that search engines show


class DescribeDialog(QDialog):
    """A form of four fields; what is kept is a new revision of the post."""

    described = Signal(str)  # a sentence about it

    def __init__(self, journal: Journal, jobs: Jobs, entry: Entry, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Describe this post"))
        self.setMinimumWidth(500)
        self._journal, self._jobs, self._entry = journal, jobs, entry
        self._closed = False
        front = {name: str(entry.front.get(name) or "") for name in DESCRIBED}
        self.description = QPlainTextEdit(front["description"])
        self.description.setProperty("role", "field")
        self.description.setFixedHeight(84)
        self.description.setTabChangesFocus(True)
        self.description.setPlaceholderText(tr("One or two sentences for lists and feeds"))
        self.canonical = QLineEdit(front["canonical_url"])
        self.canonical.setPlaceholderText(tr("https://…"))
        self.language = QLineEdit(front["language"])
        self.language.setPlaceholderText(tr("en, de, pt-BR"))
        self.slug = QLineEdit(front["slug"])
        self.count = label("", "small")
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(10)
        about = QWidget()
        column = QVBoxLayout(about)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.description)
        column.addWidget(self.count)
        about.setFocusProxy(self.description)
        self.description.setAccessibleName(tr("Description"))
        for words, field in (
            (tr("Description"), about),
            (tr("First published at"), self.canonical),
            (tr("Language"), self.language),
            (tr("Name in the address"), self.slug),
        ):
            name = label(words, "muted")
            name.setMinimumHeight(32)
            name.setAlignment(Qt.AlignmentFlag.AlignTop if field is about else _MIDDLE)
            name.setBuddy(field)
            field.setAccessibleName(words)
            form.addRow(name, field)
        self.notice = Notice()
        self.take = button(tr("Keep"), self._take, "primary")
        self.take.setDefault(True)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(20, 18, 20, 16)
        rows.setSpacing(12)
        rows.addWidget(label(tr("What readers see beside the text"), "heading", wrap=True))
        rows.addLayout(form)
        hint = tr("What was approved before stays as it was, until you approve the new text.")
        rows.addWidget(label(hint, "small", wrap=True))
        rows.addWidget(self.notice)
        rows.addLayout(dialog_foot(self, self.take))
        self.description.textChanged.connect(self._count)
        self._count()

    def _count(self) -> None:
        n = len(" ".join(self.description.toPlainText().split()))
        words = trn("{n} character|{n} characters", n)
        if n > SHOWN_AT_MOST:
            words = tr("{words}: lists cut it after about {most}", words=words, most=SHOWN_AT_MOST)
        self.count.setText(words)

    def _take(self) -> None:
        changes = {
            "description": self.description.toPlainText(),
            "canonical_url": self.canonical.text(),
            "language": self.language.text(),
            "slug": self.slug.text(),
        }
        service, id = self._journal.writing, self._entry.id
        self.take.setEnabled(False)
        self._jobs.submit(
            "store",
            lambda _context: service.describe(id, changes),
            on_done=self._kept,
            on_error=self._failed,
        )

    def _kept(self, _entry: Entry) -> None:
        self.described.emit(tr("Described."))
        if not self._closed:
            self.accept()

    def _failed(self, error: Exception) -> None:
        plain = self._journal.explain(error)
        if plain is None:
            from journal_app.errors import JournalError

            if not isinstance(error, JournalError):
                raise error
            plain = error
        if not self._closed:
            self.take.setEnabled(True)
            self.notice.tell("front", "fail", spoken(f"{plain.message} {plain.hint}".strip()))

    def done(self, result: int) -> None:
        """An answer that comes after the end changes nothing here."""
        self._closed = True
        super().done(result)
