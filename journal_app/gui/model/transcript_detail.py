"""One generation in full: what came out, what it rests on, what was sent, how it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from journal_app.gui.assist.source_row import SourceRow
from journal_app.gui.assist.words import failures, left_out, made_words
from journal_app.gui.dates import due_when
from journal_app.gui.editor.style import style_sheet
from journal_app.gui.language import tr, trn
from journal_app.gui.model import transcript_read
from journal_app.gui.model.transcript_list import title_of
from journal_app.gui.plain import spoken
from journal_app.gui.widgets import Chip, PanelFrame, button, clear_layout, label

if TYPE_CHECKING:
    from journal_app.gui.model.transcript_lines import Detail
    from journal_app.gui.theme import ThemeHolder

SHORT = 12  # letters of a digest
ROLES = {"system": "info", "user": "", "assistant": "accent"}


class TranscriptDetail(QScrollArea):
    """Panels in a column; every text can be selected and copied."""

    cited = Signal(object)  # Cite
    parent_asked = Signal(str)
    entry_asked = Signal(str)

    def __init__(self, holder: ThemeHolder) -> None:
        super().__init__()
        self._holder = holder
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Details"))
        self.detail: Detail | None = None
        column = QWidget()
        column.setProperty("role", "clear")
        self._rows = QVBoxLayout(column)
        self._rows.setContentsMargins(16, 16, 16, 16)
        self._rows.setSpacing(12)
        self.setWidget(column)
        holder.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setStyleSheet(style_sheet(self._holder.theme))

    def show_detail(self, detail: Detail | None, now: int) -> None:
        """Show everything about one generation, or nothing."""
        clear_layout(self._rows)
        self.detail = detail
        if detail is None:
            return
        row = detail.line.row
        heading = label(title_of(row, detail.line.subject), "subtitle", wrap=True)
        self._rows.addWidget(heading)
        answer = self._panel(tr("Answer"), made_words(row.seconds, row.tokens))
        answer.body.addWidget(_words(transcript_read.output_text(row)))
        checks = transcript_read.checks_of(row)
        if why := str(checks.get("why", "")):
            failed = transcript_read.failed_of(row)
            answer.body.addWidget(_words(left_out(failed) if failed else spoken(why), "small"))
        if checks.get("trial"):
            answer.body.addWidget(Chip(tr("trial"), "stale"))
        failed = transcript_read.failed_of(row)
        if failed:
            panel = self._panel(tr("Checks that failed"), str(len(failed)))
            panel.body.addWidget(_words(failures(failed)))
        self._sources(detail)
        self._prompt(detail)
        raw = transcript_read.raw_of(row)
        if raw.strip():
            self._panel(tr("As the model wrote it")).body.addWidget(_code(raw))
        asked = transcript_read.request_of(row)
        if asked.text:
            self._panel(tr("Text that was asked about")).body.addWidget(_code(asked.text))
        self._facts(detail, now)
        self._rows.addStretch(1)
        self.verticalScrollBar().setValue(0)

    def _panel(self, title: str, meta: str = "") -> PanelFrame:
        panel = PanelFrame(title, meta)
        self._rows.addWidget(panel)
        return panel

    def _sources(self, detail: Detail) -> None:
        if not detail.cites:
            return
        words = trn("{n} sentence|{n} sentences", len(detail.cites))
        panel = self._panel(tr("Sources"), words)
        for cite in detail.cites:
            row = SourceRow(cite, whole=False, titled=True)
            row.clicked.connect(self.cited)
            panel.body.addWidget(row)

    def _prompt(self, detail: Detail) -> None:
        found = transcript_read.conversations(detail.line.row)
        if not found:
            panel = self._panel(tr("Prompt as sent"))
            panel.body.addWidget(label(tr("No model worded anything: nothing was sent."), "muted"))
            return
        count = trn("{n} conversation|{n} conversations", len(found))
        panel = self._panel(tr("Prompt as sent"), count if len(found) > 1 else "")
        for number, messages in enumerate(found):
            if number:
                rule = QFrame()
                rule.setProperty("role", "rule")
                panel.body.addWidget(rule)
            for message in messages:
                panel.body.addWidget(Chip(message.role, ROLES.get(message.role, "")))
                panel.body.addWidget(_code(message.content))

    def _facts(self, detail: Detail, now: int) -> None:
        row = detail.line.row
        panel = self._panel(tr("How it was made"))
        form = QFormLayout()
        form.setHorizontalSpacing(16)
        form.setVerticalSpacing(4)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        digests = " + ".join(part[:SHORT] for part in row.model_digest.split("+"))
        for name, value in (
            (tr("When"), due_when(row.created_at, now)),
            (tr("Model"), row.model),
            (tr("Pack"), row.pack or tr("none: no model worded anything")),
            (tr("Digest"), digests),
            (tr("Prompt"), row.prompt_version),
            (tr("Device"), row.device),
            (tr("Seed"), str(row.seed)),
            (tr("Took"), f"{row.seconds:.2f} s"),
            (tr("Tokens"), str(row.tokens)),
            (tr("Id"), row.id),
        ):
            if not value:
                continue
            form.addRow(label(name, "small"), _words(value))
        if row.entry_id:
            way = button(tr("Open the entry"), lambda: self.entry_asked.emit(row.entry_id), "link")
            form.addRow(label(tr("Entry"), "small"), way)
        if detail.parent is not None:
            parent = detail.parent
            words = title_of(parent.row, parent.subject)
            words = f"{words[:60]}, {due_when(parent.row.created_at, now)}"
            way = button(words, lambda: self.parent_asked.emit(parent.row.id), "link")
            form.addRow(label(tr("Repeats"), "small"), way)
        panel.body.addLayout(form)


def _words(text: str, role: str = "") -> QWidget:
    made = label(text, role, wrap=True)
    made.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.LinksAccessibleByMouse
    )
    return made


def _code(text: str) -> QWidget:
    """Words as they went through the wire."""
    made = label(text, "code", wrap=True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setStyleSheet("padding: 6px 8px; border-radius: 6px;")
    return made
