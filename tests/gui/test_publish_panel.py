"""The panel "Publish": every state with its acts, receipts, gates, and who publishes."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from journal_app.domain.publishing import Publication
from journal_app.domain.seen import Check
from journal_app.gui.inspector.gate_dialog import GateDialog
from journal_app.gui.inspector.publish import PublishPanel
from journal_app.gui.inspector.publish_lines import PublicationLines
from journal_app.gui.publish.preflight_dialog import PreflightDialog
from journal_app.gui.publish.preflight_rows import FindingRow
from journal_app.gui.publish.settling import AskAddress
from journal_app.gui.widgets import Chip
from journal_app.store import publications, receipts, targets
from tests.helpers.panes import Panes, panes, settle, words
from tests.helpers.results import add_eval

__all__ = ["panes"]
GOOD = "Two runs, one seed: with few warmup steps the loss left early and stayed away. " * 8
SECRET = "ghp_0123456789abcdefghijABCDEFGHIJ012345"
SHOWN = {
    "scheduled": ("scheduled", {"move", "off"}),
    "pushed": ("held by the place", {"move", "off"}),
    "claimed": ("being sent", set[str]()),
    "sending": ("sending", set[str]()),
    "unknown": ("unclear", {"out", "not-out", "off"}),
    "published": ("published", {"unpublish"}),
    "failed": ("failed", {"why", "move", "off"}),
    "missed": ("missed", {"move", "off"}),
    "blocked": ("blocked", {"approve", "why", "move", "off"}),
}
WAYS = {
    "scheduled": (),
    "pushed": ("claimed", "pushed"),
    "claimed": ("claimed",),
    "sending": ("claimed", "sending"),
    "unknown": ("claimed", "sending", "unknown"),
    "published": ("claimed", "sending", "published"),
    "failed": ("claimed", "failed"),
    "missed": ("missed",),
    "blocked": ("blocked",),
}


class Stand:
    """The panel on a post."""

    def __init__(self, panes: Panes, qtbot: QtBot, folder: Path) -> None:
        self.panes, self.qtbot, self.journal = panes, qtbot, panes.journal
        site = folder / "site"
        (site / "content" / "posts").mkdir(parents=True)
        (site / "hugo.toml").write_text("title = 'x'\n", encoding="utf-8")
        self.journal.targets.add("blog", "folder", {"path": str(site), "flavor": "hugo"})
        self.post = self.journal.entries.create(f"# A post\n\n{GOOD}", kind="post").id
        self.panel = PublishPanel(panes.journal, panes.jobs, panes.holder)
        qtbot.addWidget(self.panel)
        self.panel.resize(280, 600)
        self.panel.show()

    def show(self) -> None:
        self.panel.show_entry(self.journal.entries.get(self.post))
        settle(self.panes.jobs, self.qtbot)

    def plan(self, at: str = "2031-03-12 09:00") -> Publication:
        return self.journal.publishing.schedule(self.post, "blog", at, tz="Europe/Berlin")

    def put(self, p: Publication, *states: str, why: str = "") -> Publication:
        for state in states:
            with self.journal.store.write() as w:
                moved = publications.move(w, p, state, why, {"last_error": why} if why else None)
            assert moved is not None
            p = moved
        return p

    def edit(self, more: str = "One more line.") -> None:
        entry = self.journal.entries.get(self.post)
        self.journal.entries.save(self.post, f"{entry.body}\n\n{more}", base_rev=entry.rev)

    @property
    def lines(self) -> PublicationLines:
        (found,) = self.panel.findChildren(PublicationLines)
        return found

    def state(self, id: str) -> str:
        return publications.get(self.journal.store.read(), id).state

    def asked(self, kind: type[QWidget]) -> QWidget:
        def there() -> bool:
            return any(isinstance(one, kind) for one in QApplication.topLevelWidgets())

        self.qtbot.waitUntil(there, timeout=5000)
        return next(one for one in QApplication.topLevelWidgets() if isinstance(one, kind))


@pytest.fixture
def stand(panes: Panes, qtbot: QtBot, tmp_path: Path) -> Stand:
    return Stand(panes, qtbot, tmp_path)


@pytest.mark.parametrize("state", sorted(SHOWN))
def test_each_state_has_a_word_and_what_can_be_done(stand: Stand, state: str) -> None:
    stand.put(stand.plan(), *WAYS[state])
    stand.show()
    word, acts = SHOWN[state]
    chips = [one.text() for one in stand.lines.findChildren(Chip)]
    assert chips[0] == word
    assert set(stand.lines.buttons) == acts
    assert "blog" in stand.lines.accessibleName()
    for one in stand.lines.buttons.values():
        assert one.accessibleName().endswith(": blog")


def test_a_new_text_is_approved_at_the_same_time(stand: Stand, qtbot: QtBot) -> None:
    p = stand.plan()
    stand.edit()
    stand.show()
    assert "Edited since it was approved." in words(stand.lines)
    with qtbot.waitSignal(stand.panel.message, timeout=5000) as said:
        stand.lines.buttons["approve"].click()
    assert said.args == ["The new text goes out.", "info"]
    now = publications.get(stand.journal.store.read(), p.id)
    assert now.rev == stand.journal.entries.get(stand.post).rev and now.due == p.due


def test_what_the_preflight_refuses_is_shown_and_taken_on(stand: Stand, qtbot: QtBot) -> None:
    p = stand.plan()
    stand.edit(SECRET)
    stand.show()
    stand.lines.buttons["approve"].click()
    dialog = stand.asked(PreflightDialog)
    assert isinstance(dialog, PreflightDialog) and not dialog.take.isEnabled()
    box = next(one.box for one in dialog.findChildren(FindingRow) if one.box is not None)
    assert box is not None
    box.click()
    with qtbot.waitSignal(stand.panel.message, timeout=5000):
        dialog.take.click()
    now = publications.get(stand.journal.store.read(), p.id)
    assert now.rev > p.rev and len(now.plan.allowed) == 1


def test_what_is_unclear_is_settled_by_its_person(stand: Stand, qtbot: QtBot) -> None:
    p = stand.put(stand.plan(), "claimed", "sending", "unknown")
    stand.show()
    stand.lines.buttons["out"].click()
    dialog = stand.asked(AskAddress)
    assert isinstance(dialog, AskAddress)
    dialog.field.setText("https://blog.example.org/a-post/")
    with qtbot.waitSignal(stand.panel.message, timeout=5000):
        dialog.take.click()
    assert stand.state(p.id) == "published"


def test_a_live_post_is_updated_and_taken_back(stand: Stand, qtbot: QtBot) -> None:
    assert stand.journal.publishing.publish_now(stand.post, "blog").ok
    stand.show()
    assert "update" not in stand.lines.buttons
    stand.edit()
    stand.show()
    assert "Edited since it went out." in words(stand.lines)
    stand.lines.buttons["update"].click()
    dialog = stand.asked(PreflightDialog)
    assert isinstance(dialog, PreflightDialog)
    with qtbot.waitSignal(stand.panel.message, timeout=5000):
        dialog.take.click()
    last = stand.journal.publishing.for_post(stand.post)[0]
    assert (last.act, last.state) == ("update", "published")
    stand.show()
    stand.lines.buttons["unpublish"].click()
    box = stand.asked(QMessageBox)
    go = next(one for one in box.findChildren(QPushButton) if one.text() == "Take back")
    with qtbot.waitSignal(stand.panel.message, timeout=5000) as said:
        go.click()
    assert said.args == ["Taken back: A post", "pass"]
    assert stand.journal.publishing.for_post(stand.post)[0].state == "removed"


def test_a_receipt_says_where_and_whether_the_page_changed(stand: Stand) -> None:
    url = "https://blog.example.org/"
    stand.journal.targets.change("blog", {"url": url})
    p = stand.journal.publishing.publish_now(stand.post, "blog").publication
    now = stand.journal.store.now()
    with stand.journal.store.write() as w:
        receipts.add(w, Check(p.id, now, "changed", 200, "ab" * 32, "3 sentences left.", (), 12))
    stand.show()
    assert p.receipt is not None
    said = words(stand.lines)
    assert "200 · " in said and p.receipt.sha256[:8] in said and "3 sentences left." in said
    assert "page changed" in [one.text() for one in stand.lines.findChildren(Chip)]
    links = [one.toolTip() for one in stand.lines.findChildren(QPushButton)]
    assert any(tip.startswith(url) for tip in links)


def test_who_publishes_is_said_while_something_waits(stand: Stand) -> None:
    stand.show()
    assert not stand.panel.who.isVisible()
    stand.plan()
    stand.show()
    assert stand.panel.who.text().startswith("Nobody publishes")
    assert stand.journal.publisher.take("window")
    stand.show()
    assert stand.panel.who.text() == "This window publishes."
    stand.journal.publisher.release()


def test_the_preflight_stands_in_one_line_and_opens(stand: Stand, qtbot: QtBot) -> None:
    stand.edit(SECRET)
    stand.panel._calm.setInterval(0)
    stand.show()
    qtbot.waitUntil(lambda: "1 error" in stand.panel.checked.text(), timeout=5000)
    stand.panel.checked.click()
    dialog = stand.asked(PreflightDialog)
    assert isinstance(dialog, PreflightDialog) and not dialog.take.isVisible()
    settle(stand.panes.jobs, qtbot)
    assert dialog.view.blocked
    dialog.reject()


def test_a_gate_is_made_of_a_linked_result_and_removed(stand: Stand, qtbot: QtBot) -> None:
    result = add_eval(stand.journal, "arc_easy", "acc", 0.45)
    stand.journal.entries.link(stand.post, f"eval:{result}")
    stand.show()
    stand.panel.add_gate.click()
    dialog = stand.asked(GateDialog)
    assert isinstance(dialog, GateDialog)
    qtbot.waitUntil(lambda: dialog.task.text() == "arc_easy", timeout=5000)
    assert dialog.measure.text() == "acc" and dialog.threshold.text() == "0.45"
    dialog.threshold.setText("a lot")
    assert not dialog.take.isEnabled()
    dialog.threshold.setText("0.5")
    dialog.name.setText("quality")
    with qtbot.waitSignal(dialog.added, timeout=5000):
        dialog.take.click()
    settle(stand.panes.jobs, qtbot)
    (verdict,) = stand.journal.preflight.verdicts(stand.post)
    assert not verdict.passed and verdict.gate.threshold == 0.5
    stand.show()
    assert stand.panel.gates.isVisible() and "quality: shut" in words(stand.panel.gates)
    stand.panel.remove_gate("quality")
    settle(stand.panes.jobs, qtbot)
    assert stand.journal.preflight.gates(stand.post) == []


def test_what_is_posted_by_hand_is_yours_to_post(stand: Stand) -> None:
    stand.journal.targets.add("linkedin", "clipboard", {"network": "linkedin"})
    stand.journal.publishing.publish_now(stand.post, "linkedin")
    stand.show()
    assert [one.text() for one in stand.lines.findChildren(Chip)] == ["yours to post"]
    assert {"thread", "out"} <= set(stand.lines.buttons)


def test_a_paused_place_is_said(stand: Stand, monkeypatch: pytest.MonkeyPatch) -> None:
    from journal_app.domain.retry import Health

    stand.plan()
    with stand.journal.store.write() as w:
        targets.set_health(w, "blog", Health(1, None, True, "It refused the key."))
    stand.show()
    assert "blog is paused: It refused the key." in words(stand.lines)
