"""Add a place where posts go, or change one: its kind, its settings, and what it says to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from journal_app.errors import JournalError
from journal_app.gui.dialogs.target_form import TargetForm
from journal_app.gui.dialogs.target_kinds import KindChoice
from journal_app.gui.language import tr
from journal_app.gui.notice import Notice, Way
from journal_app.gui.plain import spoken
from journal_app.gui.publish import kinds
from journal_app.gui.publish.asking import Asking
from journal_app.gui.publish.told_facts import ToldFacts
from journal_app.gui.widgets import IconLabel, button, label, rule

if TYPE_CHECKING:
    from journal_app.domain.publishing import Target
    from journal_app.gui.theme import ThemeHolder
    from journal_app.journal import Journal
    from journal_app.runtime.jobs import JobContext, Jobs
    from journal_app.services.targets import KindFacts

SIZE = (640, 600)
VARIABLE = "env:NAME"  # what the vault offers where there is no keyring that works


class TargetDialog(QDialog):
    """Nothing is sent: a target is asked, and kept once it has answered well."""

    added = Signal(str)  # its name

    def __init__(
        self,
        journal: Journal,
        jobs: Jobs,
        holder: ThemeHolder,
        parent: QWidget,
        target: Target | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        changing = target is not None
        title = tr("Settings of {name}", name=target.name) if target else ""
        self.setWindowTitle(title or tr("Add a place to publish"))
        self.resize(*SIZE)
        self.setMinimumSize(520, 420)
        self._journal, self._jobs, self._holder = journal, jobs, holder
        self._target = target
        self._closed = False
        self._kinds: dict[str, KindFacts] = {}
        self.form: TargetForm | None = None
        self._looking = QTimer(self, singleShot=True, interval=250)
        self._looking.timeout.connect(self._find_out)
        self._title = title
        self.icon = IconLabel("map-pin", holder, "accent", 20)
        self.heading = label("", "subtitle", wrap=True)
        self.does = label("", "small", wrap=True)
        self.hint = label("", "muted", wrap=True)
        self.choice = KindChoice(holder)
        self.choice.chosen.connect(self.choose)
        self.steps = QStackedWidget()
        self.steps.addWidget(self.choice)
        self.asking = Asking(journal, jobs)
        self.asking.changed.connect(self._look)
        self.notice = Notice()
        self.facts = ToldFacts(holder)
        self.back = button(tr("Other kind"), self.choose_again)
        self.test = button(tr("Test"), self._test, tip=tr("Ask it whether posts can go there"))
        self.take = button(tr("Save") if changing else tr("Add"), self._take, "primary")
        self.take.setDefault(True)
        head = QVBoxLayout()
        head.setContentsMargins(20, 18, 20, 8)
        head.setSpacing(4)
        named = QHBoxLayout()
        named.setSpacing(10)
        named.addWidget(self.icon)
        named.addWidget(self.heading, 1)
        head.addLayout(named)
        head.addWidget(self.does)
        head.addWidget(self.hint)
        told = QVBoxLayout()
        told.setContentsMargins(20, 8, 20, 0)
        told.setSpacing(8)
        for part in (self.facts, self.notice, self.asking):
            told.addWidget(part)
        foot = QHBoxLayout()
        foot.setContentsMargins(20, 8, 20, 16)
        foot.setSpacing(8)
        foot.addWidget(self.back)
        foot.addWidget(self.test)
        foot.addStretch(1)
        foot.addWidget(button(tr("Cancel"), self.reject))
        foot.addWidget(self.take)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addLayout(head)
        rows.addWidget(self.steps, 1)
        rows.addWidget(rule())
        rows.addLayout(told)
        rows.addLayout(foot)
        self._step()
        jobs.submit(
            "io",
            lambda _context: journal.targets.kinds(),
            on_done=self._show_kinds,
        )

    # ------------------------------------------------------------------ steps

    def _show_kinds(self, found: Sequence[KindFacts]) -> None:
        if self._closed:
            return
        self._kinds = {kind.name: kind for kind in found}
        if self._target is not None:
            self.choose(self._target.kind)
            return
        self.choice.show_kinds(found)
        self.choice.focus_first()

    def choose(self, kind: str) -> None:
        """Go on to the settings of a kind."""
        found = self._kinds.get(kind)
        if found is None:
            self._fail_plain(
                tr("This place is of a kind that is not installed any more: {kind}.", kind=kind)
            )
            return
        self._drop_form()
        self.form = TargetForm(found, self._holder, self._target)
        self.form.edited.connect(self._edited)
        self.form.settled.connect(self._looking.start)
        self.steps.addWidget(self.form)
        self.steps.setCurrentWidget(self.form)
        self._step()
        self.form.focus_first()

    def choose_again(self) -> None:
        """Back to the kinds."""
        self._drop_form()
        self.steps.setCurrentWidget(self.choice)
        self._step()
        self.choice.focus_first()

    def _drop_form(self) -> None:
        self.asking.stop()
        self.notice.hide()
        self.facts.hide()
        if self.form is not None:
            self.steps.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None

    def _step(self) -> None:
        """Words and buttons of the step that is shown."""
        form = self.form
        kind = form.kind if form is not None else None
        self.icon.setVisible(kind is not None)
        self.does.setVisible(kind is not None)
        if kind is None:
            self.heading.setText(self._title or tr("Where shall posts go?"))
        else:
            self.icon.set(kinds.icon(kind.name), "accent")
            self.heading.setText(self._title or kinds.title(kind))
            self.does.setText(kinds.said(kind.abilities, kind.name))
        self.hint.setText(self._promise())
        self.hint.setVisible(bool(self.hint.text()))
        self.back.setVisible(form is not None and self._target is None)
        self.test.setVisible(form is not None)
        self.take.setVisible(form is not None)
        self._look()

    def _promise(self) -> str:
        if self.form is None:
            return tr("Choose what kind of place it is. Nothing is sent before a post is due.")
        if self.form.kind.name == "folder":
            return tr("Posts are written into this folder when they are due.")
        if not self.form.kind.abilities.remote:
            return tr("You copy the text and post it yourself. Nothing is sent.")
        return tr("Testing asks the server who you are. Nothing is sent before a post is due.")

    def _edited(self) -> None:
        self.facts.hide()
        self._look()

    def _look(self) -> None:
        ready = self.form is not None and self.form.complete and not self.asking.busy
        self.take.setEnabled(ready)
        self.test.setEnabled(ready)

    # ------------------------------------------------------------------ asking

    def _find_out(self) -> None:
        """Let the kind say what it finds out by itself."""
        form = self.form
        if form is None or self._closed:
            return
        kind, config = form.kind.name, form.config
        service = self._journal.targets

        def show(found: dict[str, object]) -> None:
            if self.form is form and not self._closed:
                form.show_found(found)
                self.notice.drop("found")

        self._jobs.submit(
            "io",
            lambda _context: service.found_out(kind, config),
            on_done=show,
            on_error=lambda error: self._not_found(form, error),
        )

    def _not_found(self, form: TargetForm, error: Exception) -> None:
        """What cannot be found out has to be said."""
        plain = error if isinstance(error, JournalError) else self._journal.explain(error)
        if plain is None:
            raise error
        if self.form is form and not self._closed:
            form.show_found({})
            self.notice.tell("found", "stale", spoken(f"{plain.message} {plain.hint}".strip()))

    def _test(self) -> None:
        form = self.form
        if form is None or not form.complete:
            return
        self._begin()
        service, name, secrets = self._journal.targets, form.name.text().strip(), form.secrets
        config = self._whole(form)
        self.asking.run(
            tr("Asking {name} …", name=name),
            lambda _context: service.ask(name, form.kind.name, config, secrets),
            self.facts.tell,
            self._failed,
        )

    def _take(self) -> None:
        form = self.form
        if form is None or not form.complete or self.asking.busy:
            return
        self._begin()
        service, name = self._journal.targets, form.name.text().strip()
        kind, secrets, config = form.kind.name, form.secrets, self._whole(form)
        changing = self._target is not None

        def keep(context: JobContext) -> Target:
            if changing:
                return service.change(name, config, secrets, check=context.check)
            return service.add(name, kind, config, secrets, check=context.check)

        self.asking.run(tr("Asking {name} …", name=name), keep, self._kept, self._failed)

    def _whole(self, form: TargetForm) -> dict[str, object]:
        """The settings; those that the form does not know stay."""
        kept = dict(self._target.config) if self._target is not None else {}
        return {**kept, **form.config}

    def _begin(self) -> None:
        self.notice.hide()
        self.facts.hide()

    def _kept(self, target: Target) -> None:
        self.added.emit(target.name)
        self.accept()

    def _failed(self, error: JournalError) -> None:
        ways: list[Way] = [(tr("Test again"), self._test)]
        if VARIABLE in error.hint:
            ways = [(tr("Use an environment variable"), self._to_variables)]
        self._fail_plain(f"{error.message} {error.hint}".strip(), ways)

    def _fail_plain(self, text: str, ways: Sequence[Way] = ()) -> None:
        self.notice.tell("target", "fail", spoken(text), ways)

    def _to_variables(self) -> None:
        if self.form is not None:
            self.notice.hide()
            self.form.to_variables()

    def done(self, result: int) -> None:
        """What the target says after the dialog was closed is not shown, and nothing is kept."""
        self._closed = True
        self._looking.stop()
        self.asking.stop()
        super().done(result)
