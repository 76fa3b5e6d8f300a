"""The preflight as it is seen: levels in words, figures, gates, what its user takes on."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from journal_app.domain.gates import Gate, Verdict
from journal_app.domain.preflight import Finding, report
from journal_app.gui.plain import breakable
from journal_app.gui.publish.preflight_dialog import PreflightDialog
from journal_app.gui.publish.preflight_rows import (
    Figure,
    FindingRow,
    GateBar,
    GateRow,
    figures,
    scale,
)
from journal_app.gui.publish.preflight_view import Looked, PreflightView, counted
from journal_app.journal import Journal
from tests.helpers.panes import Panes, panes, parent, settle, words

__all__ = ["panes", "parent"]
SOFT = Finding("secret", "error", "This looks like a secret: Token.", "line 9", "Take it out.")
FIRM = Finding("image-missing", "error", "The picture a.png is not there.", "line 5")
WARNING = Finding("alt-text", "warning", "The picture has no description.", "line 7")
LENGTH = Finding("length", "info", "1,219 words, about 5 min to read.")
LEVEL = Finding("level", "info", "Hard to read: Flesch reading ease 41, Flesch–Kincaid grade 12.")
GATE = Gate("1", "p", "quality", "arc_easy", "acc", ">=", 0.5)


@pytest.fixture
def view(panes: Panes, qtbot: QtBot) -> PreflightView:
    made = PreflightView(panes.journal, panes.jobs, panes.holder)
    qtbot.addWidget(made)
    made.resize(420, 600)
    made.show()
    return made


def test_each_level_has_a_word_and_each_figure_its_place(view: PreflightView, qtbot: QtBot) -> None:
    view.show_looked(Looked(report((WARNING, LENGTH, FIRM, LEVEL, SOFT))))
    qtbot.waitUntil(lambda: "In the way |" in words(view))
    said = words(view)
    for part in ("In the way", "2 errors", "Worth a look", "1 warning", "line 9", "Take it out."):
        assert part in said
    shown = {one.words: one.value for one in view.findChildren(Figure)}
    assert shown == {"words": "1,219", "to read": "5 min", "Hard to read (Flesch)": "41"}
    assert "1,219 words" not in said  # not told twice
    rows = view.findChildren(FindingRow)
    assert rows[0].accessibleName().startswith("error. ")
    assert view.summary == "2 errors, 1 warning"


def test_only_what_may_be_so_can_be_taken_on(view: PreflightView) -> None:
    view.show_looked(Looked(report((FIRM, SOFT))))
    boxes = {one.finding.code: one.box for one in view.findChildren(FindingRow)}
    assert boxes["image-missing"] is None
    soft = boxes["secret"]
    assert soft is not None and view.blocked
    soft.click()
    assert view.allow == (SOFT.id,) and view.blocked
    assert view.verdict.text() == "1 error stands in the way"
    view.show_looked(Looked(report((SOFT,))))  # looked at again: the box stays ticked
    assert view.allow == (SOFT.id,) and not view.blocked
    assert view.verdict.text() == "Nothing else stands in the way"
    box = view.findChildren(FindingRow)[-1].box
    assert box is not None and box.isChecked()
    box.click()
    assert view.allow == () and view.blocked


def test_gates_show_score_and_threshold(view: PreflightView) -> None:
    shut = Verdict(GATE, False, 0.45, "0.4500 is not >= 0.5")
    found = Finding("gate", "error", "The gate quality is shut.")
    view.show_looked(Looked(report((found,)), (shut,)))
    (row,) = view.findChildren(GateRow)
    assert row.accessibleName().startswith("quality, shut.")
    assert view.findChildren(FindingRow) == []  # told once, as a gate
    assert view.blocked
    (bar,) = view.findChildren(GateBar)
    assert bar.accessibleName() == "Score 0.45, threshold >= 0.5"
    assert not bar.grab().isNull()


@pytest.mark.parametrize(
    ("threshold", "score", "low", "high"),
    [(0.5, 0.45, 0.0, 1.0), (0.5, None, 0.0, 1.0), (45, 50, 0.0, 57.5), (-1, -2, -2.3, 0.0)],
)
def test_the_scale_holds_score_and_threshold(
    threshold: float, score: float | None, low: float, high: float
) -> None:
    gate = Gate("1", "p", "q", "t", "m", ">=", threshold)
    assert scale(gate, score) == pytest.approx((low, high))


def test_what_is_no_figure_is_told_in_words() -> None:
    assert figures(WARNING) == [] and figures(Finding("length", "info", "odd")) == []


def test_it_looks_in_a_lane_and_can_be_given_up(
    view: PreflightView, panes: Panes, journal: Journal, qtbot: QtBot
) -> None:
    post = journal.entries.create("# A post\n\nHardly any text.", kind="post").id
    view.look(post, "")
    assert view.asking.isVisible() and not view.again.isVisible()
    view.asking.cancel_button.click()
    settle(panes.jobs, qtbot)
    assert view.looked is None and view.again.isVisible()
    view.again.click()
    qtbot.waitUntil(lambda: view.looked is not None and view.looked.whole, timeout=5000)
    assert not view.blocked and "very short" in words(view)
    settle(panes.jobs, qtbot)


def test_an_entry_that_is_no_post_is_told(
    view: PreflightView, panes: Panes, journal: Journal, qtbot: QtBot
) -> None:
    view.look(journal.entries.create("A note.").id, "")
    qtbot.waitUntil(view.notice.isVisible, timeout=5000)
    assert "not a post" in view.notice.text
    settle(panes.jobs, qtbot)


def test_the_dialog_goes_on_only_when_nothing_stands_in_the_way(
    panes: Panes, parent: QWidget
) -> None:
    gone: list[tuple[str, tuple[str, ...]]] = []
    dialog = PreflightDialog(
        panes.journal,
        panes.jobs,
        panes.holder,
        parent,
        "It cannot go out yet",
        take="Publish",
        go=lambda place, allow: gone.append((place, allow)),
        places=(("blog", "To blog."), ("lab", "To lab.")),
    )
    dialog.show()
    dialog.show_report("01", "blog", report((SOFT,)))
    assert not dialog.take.isEnabled() and dialog.means.text() == "To blog."
    box = dialog.view.findChildren(FindingRow)[0].box
    assert box is not None
    box.click()
    dialog.take.click()
    assert gone == [("blog", (SOFT.id,))]


def test_a_report_that_is_only_looked_at_has_one_button(panes: Panes, parent: QWidget) -> None:
    dialog = PreflightDialog(panes.journal, panes.jobs, panes.holder, parent, "Preflight")
    dialog.show()
    dialog.show_report("01", "", report((FIRM,)))
    shown = [one.text() for one in dialog.findChildren(QPushButton) if one.isVisible()]
    assert shown == ["Look again", "Close"]
    dialog.reject()


@pytest.mark.parametrize(
    ("said", "broken"),
    [
        ("see https://example.org/posts/index.md", "see https://|example.|org/|posts/|index.|md"),
        ("mmlu_pro_computer_science_and", "mmlu_|pro_|computer_|science_|and"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschiff|fahrtsgesellscha|ft"),
        ("short words stay whole", "short words stay whole"),
    ],
)
def test_long_names_may_be_broken(said: str, broken: str) -> None:
    assert breakable(said).replace("\u200b", "|") == broken


def test_counting_leaves_out_what_is_taken_on() -> None:
    found = report((SOFT, FIRM, WARNING))
    assert counted(found) == "2 errors, 1 warning"
    assert counted(found, {SOFT.id}) == "1 error, 1 warning"
    assert counted(report((LENGTH,))) == ""
