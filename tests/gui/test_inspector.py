"""The inspector: summary, evidence, publish, related; and the dialogs it opens."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from journal_app.domain.entry import Link
from journal_app.domain.summarize import Source, Summary, SummarySentence
from journal_app.errors import JournalError
from journal_app.gui.dialogs.link import LinkDialog
from journal_app.gui.dialogs.schedule import ScheduleDialog
from journal_app.gui.editor.pane import EditorPane
from journal_app.gui.inspector.panel import Inspector
from journal_app.journal import Journal
from tests.helpers.panes import Panes, panes

__all__ = ["panes"]

BODY = "First line here.\nThe loss left at step 4,200.\nWarmup of 500 holds."


class Assist:
    """A model that says what the test wants."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.kept: Summary | None = None
        self.wait_for_cancel = False

    def latest(self, entry_id: str) -> Summary | None:
        return self.kept

    def summarize_entry(self, entry_id: str, **how: Any) -> Summary:
        if self.error is not None:
            raise self.error
        text = "The loss left at step 4,200."
        start = BODY.index(text)
        sentence = SummarySentence(text, (Source(start, start + len(text), text),))
        how["progress"](1, 2)
        how["emit"](sentence)
        while self.wait_for_cancel:
            how["check"]()
        self.kept = Summary((sentence,), "a model", "CPU, a chip (100 % of the model)", 0.42)
        return self.kept


@pytest.fixture
def assist(journal: Journal) -> Assist:
    made = Assist()
    journal.__dict__["assist"] = made  # the cached service
    return made


@pytest.fixture
def inspector(panes: Panes, assist: Assist, qtbot: QtBot) -> Inspector:
    made = Inspector(panes.journal, panes.jobs, panes.holder)
    qtbot.addWidget(made)
    panes.events.listen(made.stale)
    made.resize(300, 800)
    made.show()
    return made


def settled(qtbot: QtBot, panes: Panes) -> None:
    """Wait until no job runs and what was posted before has been handed over."""
    qtbot.waitUntil(panes.idle, timeout=5000)
    done: list[bool] = []
    panes.jobs.submit("store", lambda _context: True, on_done=done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=5000)


def words(panel: Any) -> str:
    """All visible words of a panel."""
    from PySide6.QtWidgets import QLabel

    shown = [w for w in panel.findChildren(QLabel) if w.isVisible()]
    buttons = [w for w in panel.findChildren(QPushButton) if w.isVisible()]
    return " | ".join(w.text() for w in [*shown, *buttons])


def test_nothing_open_says_what_belongs_here(inspector: Inspector) -> None:
    assert inspector.empty.isVisible() and not inspector.summary.isVisible()


def test_a_summary_is_made_shown_and_leads_to_its_source(
    inspector: Inspector, panes: Panes, journal: Journal, qtbot: QtBot
) -> None:
    entry = journal.entries.create(BODY)
    inspector.show_entry(entry.id)
    settled(qtbot, panes)
    qtbot.mouseClick(inspector.summary.make, Qt.MouseButton.LeftButton)
    settled(qtbot, panes)
    (sentence,) = inspector.summary.sentences
    assert "from line 2" in words(inspector.summary)
    assert "CPU · 0.4 s" in inspector.summary.meta.full_text()
    editor = EditorPane(journal, panes.jobs, panes.holder)
    qtbot.addWidget(editor)
    editor.open_entry(entry.id)
    inspector.source_clicked.connect(editor.select_span)
    inspector.insert_requested.connect(editor.insert_text)
    qtbot.keyClick(sentence, Qt.Key.Key_Return)
    assert editor.page.text.textCursor().selectedText() == "The loss left at step 4,200."
    assert editor.page.text.text() == BODY, "the model does not write"
    qtbot.mouseClick(inspector.summary.insert, Qt.MouseButton.LeftButton)
    assert editor.page.text.text() == BODY + "\n\n- The loss left at step 4,200."
    editor.page.text.undo()
    assert editor.page.text.text() == BODY
    settled(qtbot, panes)


def test_a_summary_can_be_cancelled(
    inspector: Inspector, assist: Assist, panes: Panes, journal: Journal, qtbot: QtBot
) -> None:
    inspector.show_entry(journal.entries.create(BODY).id)
    settled(qtbot, panes)
    assist.wait_for_cancel = True
    inspector.summary.start()
    qtbot.waitUntil(lambda: len(inspector.summary.sentences) == 1, timeout=5000)
    assert inspector.summary.cancel.isVisible() and not inspector.summary.make.isVisible()
    qtbot.mouseClick(inspector.summary.cancel, Qt.MouseButton.LeftButton)
    settled(qtbot, panes)
    assert inspector.summary.sentences == []
    assert inspector.summary.make.isVisible() and not inspector.summary.progress.isVisible()


def test_leaving_an_entry_cancels_its_summary(
    inspector: Inspector, assist: Assist, panes: Panes, journal: Journal, qtbot: QtBot
) -> None:
    first, second = journal.entries.create(BODY), journal.entries.create("other")
    inspector.show_entry(first.id)
    settled(qtbot, panes)
    assist.wait_for_cancel = True
    inspector.summary.start()
    qtbot.waitUntil(lambda: len(inspector.summary.sentences) == 1, timeout=5000)
    inspector.show_entry(second.id)
    settled(qtbot, panes)
    assert inspector.summary.sentences == []
    assert inspector.summary.make.isVisible()


def test_a_missing_model_says_how_to_get_it(
    inspector: Inspector, assist: Assist, panes: Panes, journal: Journal, qtbot: QtBot
) -> None:
    inspector.show_entry(journal.entries.create(BODY).id)
    settled(qtbot, panes)
    assist.error = JournalError(
        "The model is not installed.", "`journal model install` fetches it."
    )
    inspector.summary.start()
    settled(qtbot, panes)
    assert inspector.summary.install.isVisible()
    assert "not installed" in words(inspector.summary)


def test_an_error_stands_where_the_work_was(
    inspector: Inspector, assist: Assist, panes: Panes, journal: Journal, qtbot: QtBot
) -> None:
    inspector.show_entry(journal.entries.create(BODY).id)
    settled(qtbot, panes)
    assist.error = JournalError("The model process died.", "Try again.")
    inspector.summary.start()
    settled(qtbot, panes)
    assert "The model process died. Try again." in words(inspector.summary)
    assert inspector.summary.make.isVisible()


def test_a_stale_summary_says_so(
    inspector: Inspector, assist: Assist, panes: Panes, journal: Journal, qtbot: QtBot
) -> None:
    assist.kept = Summary((SummarySentence("x", ()),), "m", "CPU", 1.0, stale=True)
    inspector.show_entry(journal.entries.create(BODY).id)
    settled(qtbot, panes)
    assert "changed since" in words(inspector.summary)


def a_run(journal: Journal, tmp_path: Path) -> str:
    """One imported run."""
    import json

    folder = tmp_path / "eval"
    folder.mkdir()
    (folder / "results_2026-11-01T10-00-00.000000.json").write_text(
        json.dumps(
            {
                "results": {"arc_easy": {"alias": "arc_easy", "acc,none": 0.45}},
                "configs": {"arc_easy": {"task": "arc_easy"}},
                "versions": {"arc_easy": 1.0},
                "n-shot": {"arc_easy": 0},
                "model_name": "d12-warmup-500",
                "config": {"model": "hf", "model_args": "pretrained=d12-warmup-500"},
                "date": 1761991200.0,
            }
        ),
        encoding="utf-8",
    )
    return journal.experiments.import_path(folder, format="lm-eval").run_ids[0]


def test_evidence_is_linked_shown_opened_and_unlinked(
    inspector: Inspector, panes: Panes, journal: Journal, tmp_path: Path, qtbot: QtBot
) -> None:
    run = a_run(journal, tmp_path)
    entry = journal.entries.create(BODY)
    inspector.show_entry(entry.id)
    settled(qtbot, panes)
    assert "No run is linked" in words(inspector.evidence)
    inspector.evidence.link_run(run, "supports")
    qtbot.waitUntil(lambda: "supports" in words(inspector.evidence), timeout=5000)
    assert inspector.evidence.meta.full_text() == "1 run"
    name = next(
        b for b in inspector.evidence.findChildren(QPushButton) if "d12" in b.accessibleName()
    )
    with qtbot.waitSignal(inspector.run_requested, timeout=1000) as asked:
        qtbot.mouseClick(name, Qt.MouseButton.LeftButton)
    assert asked.args == [run]
    from journal_app.gui.inspector.evidence import Evidence

    link = journal.entries.get(entry.id).links[0]
    inspector.evidence.unlink(Evidence(link, run, "x", "finished", "pass"))
    qtbot.waitUntil(lambda: "No run is linked" in words(inspector.evidence), timeout=5000)
    settled(qtbot, panes)


def test_a_run_that_the_text_names_becomes_evidence_with_one_click(
    inspector: Inspector, panes: Panes, journal: Journal, tmp_path: Path, qtbot: QtBot
) -> None:
    run = a_run(journal, tmp_path)
    entry = journal.entries.create(f"It holds, see @run:{run}.")
    inspector.show_entry(entry.id)
    settled(qtbot, panes)
    assert "No run is linked" not in words(inspector.evidence)
    assert inspector.evidence.meta.full_text() == ""  # named is not linked
    link = next(
        b
        for b in inspector.evidence.findChildren(QPushButton)
        if "as evidence" in b.accessibleName()
    )
    link.click()
    qtbot.waitUntil(lambda: bool(journal.entries.get(entry.id).links), timeout=5000)
    assert journal.entries.get(entry.id).links[0].target_id == run
    qtbot.waitUntil(lambda: "about" in words(inspector.evidence), timeout=5000)


def test_a_run_that_is_not_imported_yet_is_named(
    inspector: Inspector, panes: Panes, journal: Journal, qtbot: QtBot
) -> None:
    entry = journal.entries.create(BODY, links=[Link("run", "later-run")])
    inspector.show_entry(entry.id)
    settled(qtbot, panes)
    assert "later-run" in words(inspector.evidence)


def test_a_run_is_found_by_typing(
    panes: Panes, journal: Journal, inspector: Inspector, tmp_path: Path, qtbot: QtBot
) -> None:
    run = a_run(journal, tmp_path)
    dialog = LinkDialog(journal, panes.jobs, inspector)
    dialog.show()
    qtbot.keyClicks(dialog.search, "nothing-like-it")
    qtbot.waitUntil(lambda: dialog.empty.isVisible(), timeout=5000)
    assert not dialog.take.isEnabled()
    dialog.search.setText("d12")
    qtbot.waitUntil(lambda: dialog.list.count() == 1, timeout=5000)
    with qtbot.waitSignal(dialog.chosen, timeout=1000) as chosen:
        qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert chosen.args == [run, "about"]
    settled(qtbot, panes)


def test_related_entries_both_ways(
    inspector: Inspector, panes: Panes, journal: Journal, qtbot: QtBot
) -> None:
    here = journal.entries.create("Here")
    there = journal.entries.create("There", links=[Link("entry", here.id)])
    gone = journal.entries.create("Gone", links=[Link("entry", here.id)])
    journal.entries.trash(gone.id)
    inspector.show_entry(here.id)
    settled(qtbot, panes)
    assert "There" in words(inspector.related) and "Gone" not in words(inspector.related)
    link = next(b for b in inspector.related.findChildren(QPushButton) if b.text() == "There")
    with qtbot.waitSignal(inspector.open_requested, timeout=1000) as asked:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert asked.args == [there.id]
    inspector.show_entry(there.id)
    settled(qtbot, panes)
    assert "Here" in words(inspector.related)


# ---------------------------------------------------------------------- publishing


@pytest.fixture
def post(journal: Journal, tmp_path: Path) -> str:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "hugo.toml").write_text("title = 'x'\n", encoding="utf-8")
    journal.targets.add("site", "folder", {"path": str(tmp_path / "site"), "flavor": "hugo"})
    return journal.writing.draft([journal.entries.create(BODY).id], "A post").id


def dialog_for(panes: Panes, post: str, inspector: Inspector, qtbot: QtBot) -> ScheduleDialog:
    dialog = ScheduleDialog(panes.journal, panes.jobs, panes.holder, post, inspector)
    dialog.show()
    qtbot.waitUntil(lambda: dialog.target.count() == 1, timeout=5000)
    return dialog


def at(dialog: ScheduleDialog, wall: str, zone: str) -> None:
    dialog.zone.setCurrentText(zone)
    dialog.when.setDateTime(QDateTime.fromString(wall, "yyyy-MM-dd HH:mm"))


def test_a_post_is_scheduled_and_taken_off(
    inspector: Inspector, panes: Panes, journal: Journal, post: str, qtbot: QtBot
) -> None:
    inspector.show_entry(post)
    settled(qtbot, panes)
    assert "goes nowhere yet" in words(inspector.publish)
    dialog = dialog_for(panes, post, inspector, qtbot)
    at(dialog, "2099-12-01 09:00", "Europe/Berlin")
    assert "+01:00" in dialog.shown.text()
    with qtbot.waitSignal(dialog.scheduled, timeout=5000) as said:
        qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert said.args == ["Scheduled: 2099-12-01 09:00 Europe/Berlin → site"]
    qtbot.waitUntil(lambda: "scheduled" in words(inspector.publish), timeout=5000)
    (made,) = journal.publishing.for_post(post)
    assert made.due.wall[:16] == "2099-12-01 09:00"
    again = dialog_for(panes, post, inspector, qtbot)
    at(again, "2099-12-02 10:00", "Europe/Berlin")
    assert again.take.text() == "Reschedule"
    assert "replaces the one that waits for 2099-12-01 09:00" in again.shown.text()
    with qtbot.waitSignal(again.scheduled, timeout=5000):
        qtbot.mouseClick(again.take, Qt.MouseButton.LeftButton)
    (made,) = [p for p in journal.publishing.for_post(post) if p.state == "scheduled"]
    assert made.due.wall[:16] == "2099-12-02 10:00"
    inspector.publish.take_off(made)
    qtbot.waitUntil(lambda: "scheduled" not in words(inspector.publish), timeout=5000)
    settled(qtbot, panes)


@pytest.mark.parametrize(
    ("wall", "pick", "offset"),
    [
        ("2029-10-28 02:30", "first", "+02:00"),
        ("2029-10-28 02:30", "second", "+01:00"),
        ("2029-03-25 02:30", "first", "+01:00"),
        ("2029-03-25 02:30", "second", "+02:00"),
    ],
)
def test_a_time_that_happens_twice_or_never_is_asked_about(
    inspector: Inspector, panes: Panes, journal: Journal, post: str, qtbot: QtBot,
    wall: str, pick: str, offset: str,
) -> None:  # fmt: skip
    dialog = dialog_for(panes, post, inspector, qtbot)
    at(dialog, wall, "Europe/Berlin")
    assert dialog.first.isVisible() and dialog.second.isVisible()
    assert not dialog.take.isEnabled()
    chosen = dialog.first if pick == "first" else dialog.second
    chosen.setChecked(True)
    assert offset in chosen.text() and dialog.take.isEnabled()
    expected = dialog.time.due
    with qtbot.waitSignal(dialog.scheduled, timeout=5000):
        qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    assert expected is not None
    assert journal.publishing.for_post(post)[0].due.at == expected.at
    settled(qtbot, panes)


def test_an_answer_is_forgotten_with_the_question(
    inspector: Inspector, panes: Panes, post: str, qtbot: QtBot
) -> None:
    dialog = dialog_for(panes, post, inspector, qtbot)
    at(dialog, "2029-10-28 02:30", "Europe/Berlin")
    dialog.second.setChecked(True)
    at(dialog, "2029-10-28 04:30", "Europe/Berlin")
    assert not dialog.first.isVisible() and dialog.take.isEnabled()
    at(dialog, "2030-10-27 02:30", "Europe/Berlin")
    assert not dialog.take.isEnabled()
    dialog.reject()


@pytest.mark.parametrize(
    ("wall", "zone", "says"),
    [
        ("2001-01-01 09:00", "Europe/Berlin", "past"),
        ("2099-01-01 09:00", "Europe/Berlim", "Europe/Berlin"),
        ("2099-01-01 09:00", "", "time zone"),
    ],
)
def test_what_cannot_be_is_said_at_once(
    inspector: Inspector, panes: Panes, post: str, qtbot: QtBot, wall: str, zone: str, says: str
) -> None:
    dialog = dialog_for(panes, post, inspector, qtbot)
    at(dialog, wall, zone)
    assert says in dialog.question.text() and dialog.question.isVisible()
    assert not dialog.take.isEnabled()
    dialog.reject()


def test_publishing_now_leaves_a_receipt(
    inspector: Inspector, panes: Panes, journal: Journal, post: str, tmp_path: Path, qtbot: QtBot
) -> None:
    inspector.show_entry(post)
    settled(qtbot, panes)
    with qtbot.waitSignal(inspector.message, timeout=5000) as said:
        inspector.publish.publish()
    assert said.args is not None and said.args[0].startswith("Published")
    qtbot.waitUntil(lambda: "published" in words(inspector.publish), timeout=5000)
    assert list((tmp_path / "site").rglob("*.md"))
    settled(qtbot, panes)
