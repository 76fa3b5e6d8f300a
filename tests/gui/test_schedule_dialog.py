"""The schedule dialog: time or slot, what this computer owes, late rule, slug, preflight beside."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QDateTime, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from journal_app.domain.targets import Abilities
from journal_app.gui.dialogs.schedule import ScheduleDialog
from journal_app.gui.publish.preflight_rows import FindingRow
from journal_app.journal import Journal
from tests.helpers.panes import Panes, panes, parent, settle

__all__ = ["panes", "parent"]
GOOD = "Two runs, one seed: with few warmup steps the loss left early and stayed away. " * 8
SECRET = "ghp_0123456789abcdefghijABCDEFGHIJ012345"


@pytest.fixture
def site(journal: Journal, tmp_path: Path) -> str:
    folder = tmp_path / "site"
    (folder / "content" / "posts").mkdir(parents=True)
    (folder / "hugo.toml").write_text("title = 'x'\n", encoding="utf-8")
    journal.targets.add("blog", "folder", {"path": str(folder), "flavor": "hugo"})
    journal.settings.set("timezone", "Europe/Berlin")
    return "blog"


def a_post(journal: Journal, body: str = GOOD, title: str = "A post") -> str:
    return journal.entries.create(f"# {title}\n\n{body}", kind="post").id


def opened(panes: Panes, parent: QWidget, post: str, qtbot: QtBot) -> ScheduleDialog:
    dialog = ScheduleDialog(panes.journal, panes.jobs, panes.holder, post, parent)
    dialog.show()
    known = dialog.view
    qtbot.waitUntil(lambda: known.looked is not None and known.looked.whole, timeout=5000)
    settle(panes.jobs, qtbot)
    return dialog


def at(dialog: ScheduleDialog, wall: str) -> None:
    dialog.when.setDateTime(QDateTime.fromString(wall, "yyyy-MM-dd HH:mm"))


def taken(dialog: ScheduleDialog, panes: Panes, qtbot: QtBot) -> str:
    with qtbot.waitSignal(dialog.scheduled, timeout=5000) as said:
        qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    settle(panes.jobs, qtbot)
    assert said.args is not None
    return str(said.args[0])


def test_the_next_free_slot_is_offered_beside_a_time(
    panes: Panes, parent: QWidget, journal: Journal, site: str, qtbot: QtBot
) -> None:
    journal.cadence.add("weekly", site, ["tue"], ["09:00"], "Europe/Berlin")
    post = a_post(journal)
    dialog = opened(panes, parent, post, qtbot)
    assert dialog.time.by_slot.isVisible() and "weekly" in dialog.time.by_slot.text()
    dialog.time.by_slot.setChecked(True)
    assert not dialog.when.isVisible()
    slot = journal.cadence.next_slots(site, 1)[0]
    dialog.late.setCurrentIndex(dialog.late.findData(0))
    taken(dialog, panes, qtbot)
    (made,) = journal.publishing.for_post(post)
    assert made.due == slot and made.slot is not None and made.late_limit == 0
    again = opened(panes, parent, post, qtbot)
    assert not again.time.by_slot.isVisible()  # it has its slot already
    assert again.late.currentData() == 0 and again.take.text() == "Reschedule"
    again.reject()


def test_without_a_cadence_there_is_only_a_time(
    panes: Panes, parent: QWidget, journal: Journal, site: str, qtbot: QtBot
) -> None:
    dialog = opened(panes, parent, a_post(journal), qtbot)
    assert not dialog.time.by_slot.isVisible() and not dialog.time.by_hand.isVisible()
    assert dialog.when.isVisible()
    dialog.reject()


def test_it_says_what_this_computer_owes_and_warns_of_a_closed_day(
    panes: Panes,
    parent: QWidget,
    journal: Journal,
    site: str,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    journal.cadence.add_blackout("2031-12-24", "2031-12-27", "Holidays")
    dialog = opened(panes, parent, a_post(journal), qtbot)
    at(dialog, "2031-12-25 09:00")
    assert dialog.owed.words.accessibleName() == "This computer must be on at 09:00."
    assert "Holidays" in dialog.warned.words.accessibleName()
    at(dialog, "2031-12-28 09:00")
    assert not dialog.warned.isVisible()
    dialog.reject()
    holds = Abilities(schedules=True, lead_ms=60_000, remote=False)
    monkeypatch.setattr(type(journal._kinds.get("folder")), "abilities", holds)
    dialog = opened(panes, parent, a_post(journal), qtbot)
    at(dialog, "2031-12-28 09:00")
    assert dialog.owed.words.accessibleName() == "blog holds it: safe to close the laptop."
    dialog.reject()


@pytest.mark.parametrize(
    ("words", "limit"),
    [("As the setting", None), ("Always ask", 0), ("Up to a week", 604_800_000), ("However", -1)],
)
def test_the_late_rule_of_one_post(
    panes: Panes,
    parent: QWidget,
    journal: Journal,
    site: str,
    qtbot: QtBot,
    words: str,
    limit: int | None,
) -> None:
    post = a_post(journal)
    dialog = opened(panes, parent, post, qtbot)
    line = dialog.late.findText(words, Qt.MatchFlag.MatchStartsWith)
    assert line >= 0
    dialog.late.setCurrentIndex(line)
    taken(dialog, panes, qtbot)
    assert journal.publishing.for_post(post)[0].late_limit == limit


def test_a_limit_of_its_own_stays(
    panes: Panes, parent: QWidget, journal: Journal, site: str, qtbot: QtBot
) -> None:
    post = a_post(journal)
    journal.publishing.schedule(post, site, "2031-03-12 09:00", late_limit=72 * 3_600_000)
    dialog = opened(panes, parent, post, qtbot)
    assert dialog.late.currentText() == "Up to 3 days late"
    taken(dialog, panes, qtbot)
    assert journal.publishing.for_post(post)[0].late_limit == 72 * 3_600_000


def test_what_stands_in_the_way_is_taken_on_or_holds_it_up(
    panes: Panes, parent: QWidget, journal: Journal, site: str, qtbot: QtBot
) -> None:
    post = a_post(journal, f"{GOOD}\n\nThe key is {SECRET}.")
    dialog = opened(panes, parent, post, qtbot)
    assert dialog.view.blocked and not dialog.take.isEnabled()
    assert dialog.view.verdict.text() == "1 error stands in the way"
    rows = [one for one in dialog.view.findChildren(FindingRow) if one.box is not None]
    assert len(rows) == 1 and rows[0].box is not None
    rows[0].box.click()
    assert dialog.take.isEnabled()
    taken(dialog, panes, qtbot)
    (made,) = journal.publishing.for_post(post)
    assert made.plan.allowed == (rows[0].finding.id,)
    again = opened(panes, parent, post, qtbot)  # what was taken on once stays so
    assert again.take.isEnabled()
    again.reject()


def test_a_refusal_while_it_is_sent_off_is_shown_as_its_report(
    panes: Panes, parent: QWidget, journal: Journal, site: str, qtbot: QtBot
) -> None:
    post = a_post(journal)
    dialog = opened(panes, parent, post, qtbot)
    entry = journal.entries.get(post)
    journal.entries.save(post, f"{entry.body}\n\n{SECRET}", base_rev=entry.rev)
    qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.view.blocked, timeout=5000)
    settle(panes.jobs, qtbot)
    assert dialog.isVisible() and not dialog.take.isEnabled()
    assert journal.publishing.for_post(post) == []
    dialog.reject()


def test_a_slug_that_is_taken_is_said_and_a_rename_redirects(
    panes: Panes, parent: QWidget, journal: Journal, site: str, qtbot: QtBot
) -> None:
    other = a_post(journal, title="Taken")
    journal.publishing.schedule(other, site, "2031-03-12 09:00")
    post = a_post(journal)
    assert journal.publishing.publish_now(post, site).ok
    dialog = opened(panes, parent, post, qtbot)
    assert dialog.slug.placeholderText() == "a-post"
    dialog.slug.setText("taken")
    qtbot.waitUntil(
        lambda: "Another post holds" in dialog.stands.words.accessibleName(), timeout=5000
    )
    dialog.slug.setText("another-name")
    qtbot.waitUntil(lambda: dialog.renamed.isVisible(), timeout=5000)
    assert "send its readers on" in dialog.renamed.words.accessibleName()
    taken(dialog, panes, qtbot)
    made = journal.publishing.for_post(post)[0]
    assert made.plan.slug == "another-name" and made.plan.former_slugs == ("a-post",)


def test_the_canonical_address_is_shown(
    panes: Panes, parent: QWidget, journal: Journal, site: str, qtbot: QtBot
) -> None:
    front = {"canonical_url": "https://example.org/first"}
    post = journal.entries.create(f"# A post\n\n{GOOD}", kind="post", front=front).id
    dialog = opened(panes, parent, post, qtbot)
    assert "https://example.org/first" in dialog.stands.words.accessibleName()
    dialog.reject()


def test_closing_while_it_is_approved_still_tells_what_came_of_it(
    panes: Panes, parent: QWidget, journal: Journal, site: str, qtbot: QtBot
) -> None:
    post = a_post(journal)
    dialog = opened(panes, parent, post, qtbot)
    with qtbot.waitSignal(dialog.scheduled, timeout=5000):
        qtbot.mouseClick(dialog.take, Qt.MouseButton.LeftButton)
        dialog.reject()
        assert not dialog.isVisible()
    settle(panes.jobs, qtbot)
    assert len(journal.publishing.for_post(post)) == 1
