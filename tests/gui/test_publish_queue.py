"""The queue: what waits and why, what can be done to it, and the slots that it is dealt into."""

from __future__ import annotations

from datetime import timedelta

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLineEdit

from journal_app.domain.due import local
from journal_app.domain.publishing import Publication
from journal_app.domain.retry import Health
from journal_app.gui.publish.digest_dialog import DigestDialog
from journal_app.gui.publish.queue_page import QueuePage
from journal_app.gui.publish.settling import AskAddress
from journal_app.store import targets
from tests.helpers.publish_window import BERLIN, LEFT, NONE, Desk, desk, texts

__all__ = ["desk"]
ALT = Qt.KeyboardModifier.AltModifier


def queue(desk: Desk) -> QueuePage:
    """The page, filled."""
    page = desk.show("queue")
    assert isinstance(page, QueuePage)
    return page


def chosen(desk: Desk, p: Publication) -> QueuePage:
    """The page, with one publication chosen."""
    page = queue(desk)
    page.list.setCurrentIndex(page.model.index(page.model.line_of(p.id)))
    desk.settle()
    return page


def rows(page: QueuePage) -> list[str]:
    """What a screen reader says of every row."""
    role = Qt.ItemDataRole.AccessibleTextRole
    return [page.model.data(page.model.index(n), role) for n in range(page.model.rowCount())]


def test_rows_say_when_where_and_what_this_computer_owes(desk: Desk) -> None:
    desk.target()
    desk.plan("Waits", "2031-03-13 09:00")
    held = desk.plan("Held", "2031-03-14 09:00")
    desk.put(held, "claimed", "pushed")
    said = rows(queue(desk))
    assert said[0] == (
        "Thu 13 Mar 2031 09:00 Europe/Berlin (+01:00). Waits. scheduled. "
        "blog · This computer must be on at 09:00."
    )
    assert "held by the place" in said[1] and "safe to close the laptop" in said[1]


def test_an_edit_after_approval_is_told_and_approved(desk: Desk) -> None:
    desk.target()
    p = desk.plan("Edited", "2031-03-13 09:00")
    entry = desk.journal.entries.get(p.post_id)
    desk.journal.entries.save(entry.id, entry.body + "\n\nOne more seed.", base_rev=entry.rev)
    page = chosen(desk, p)
    assert "edited since approved" in rows(page)[0]
    assert "edited after revision 1 was approved" in texts(page.detail)
    page.detail.buttons["approve"].click()
    desk.settle()
    assert desk.now_is(p).rev == 2 and "goes out" in desk.told
    assert "approve" not in page.detail.buttons


def test_what_failed_says_why_and_comes_back_by_another_time(desk: Desk) -> None:
    desk.target()
    p = desk.plan("Failed", "2031-03-13 09:00")
    desk.put(p, "claimed", "failed", why="The folder is read-only.")
    page = chosen(desk, p)
    assert "The folder is read-only." in texts(page.detail)
    page.detail.buttons["move"].click()
    asked = desk.asked()
    assert "in " in texts(asked)
    desk.press(asked, "Move")
    assert desk.now_is(p).state == "failed"  # the time was not changed yet
    page.detail.buttons["move"].click()
    asked = desk.asked()
    asked.when.setDateTime(asked.when.dateTime().addDays(1))  # type: ignore[attr-defined]
    desk.press(asked, "Move")
    assert desk.now_is(p).state == "scheduled"


def test_what_is_unclear_is_settled_by_who_looked(desk: Desk) -> None:
    desk.target()
    out = desk.plan("Out", "2031-03-13 09:00")
    gone = desk.plan("Gone", "2031-03-14 09:00")
    for p in (out, gone):
        desk.put(p, "claimed", "sending", "unknown")
    page = chosen(desk, out)
    assert "no answer came" in texts(page.detail)
    page.detail.buttons["out"].click()
    asked = desk.asked()
    asked.findChildren(QLineEdit)[0].setText("https://blog.example.org/out")
    desk.press(asked, "It is out")
    done = desk.now_is(out)
    assert done.state == "published"
    assert done.receipt is not None and done.receipt.url == "https://blog.example.org/out"
    page = chosen(desk, gone)
    page.detail.buttons["not-out"].click()
    desk.settle()
    assert desk.now_is(gone).state in ("scheduled", "failed", "cancelled")


def test_taken_off_and_put_back(desk: Desk) -> None:
    desk.target()
    p = desk.plan("Taken off", "2031-03-13 09:00")
    page = chosen(desk, p)
    desk.key(page.list, Qt.Key.Key_Delete)
    assert desk.now_is(p).state == "cancelled" and page.empty.isVisibleTo(page)
    desk.undo()
    back = desk.journal.publishing.for_post(p.post_id)[0]
    assert (back.state, back.due, back.plan.slug) == ("scheduled", p.due, p.plan.slug)


def test_publish_now_asks_first(desk: Desk) -> None:
    desk.target()
    p = desk.plan("Now", "2031-03-13 09:00")
    page = chosen(desk, p)
    page.detail.buttons["now"].click()
    desk.press(desk.asked(), "Publish")
    assert desk.told == "Published “Now” to blog."
    assert (desk.folder / "blog" / "content" / "posts").glob("**/*.md")
    assert page.model.rowCount() == 0


def test_a_paused_place_is_tested_and_goes_on(desk: Desk) -> None:
    desk.target()
    p = desk.plan("Paused", "2031-03-13 09:00")
    with desk.journal.store.write() as w:
        targets.set_health(w, "blog", Health(1, None, True, "The token is not accepted."))
    page = chosen(desk, p)
    assert "place paused" in rows(page)[0]
    assert "The token is not accepted." in texts(page.detail)
    page.detail.buttons["test"].click()
    desk.settle()
    assert "blog works." in desk.told
    assert "test" not in page.detail.buttons and "scheduled" in rows(page)[0]


def three(desk: Desk) -> list[Publication]:
    """Three posts in the slots of a cadence."""
    desk.target()
    desk.journal.cadence.add("weekly", "blog", ["tue", "fri"], ["09:00"], BERLIN)
    return [desk.journal.cadence.enqueue(desk.post(name), "blog") for name in "ABC"]


def order(page: QueuePage) -> str:
    """The titles from top to bottom."""
    return "".join(item.title for item in page.model.items)


def test_the_queue_is_put_in_order_by_keys_and_by_dragging(desk: Desk) -> None:
    posts = three(desk)
    slots = [p.due.at for p in posts]
    page = chosen(desk, posts[2])
    desk.key(page.list, Qt.Key.Key_Up, ALT)
    assert order(page) == "ACB" and "other moved" in desk.told
    assert [item.publication.due.at for item in page.model.items] == slots
    desk.undo()
    assert order(page) == "ABC"
    page.list.setCurrentIndex(page.model.index(2))
    mime = page.model.mimeData([page.model.index(2)])
    top = QPointF(40, page.list.visualRect(page.model.index(0)).top() + 4)
    page.list.dropEvent(QDropEvent(top, Qt.DropAction.MoveAction, mime, LEFT, NONE))
    desk.settle()
    assert order(page) == "CAB"
    assert page.list.current is not None and page.list.current.title == "C"


def test_a_cadence_is_added_changed_and_removed(desk: Desk) -> None:
    desk.target()
    page = queue(desk)
    page.show_part("slots")
    desk.settle()
    form = page.part.form
    desk.press(form, "Add the cadence")
    assert form.error.text() == "Give the cadence a name."
    form.name.setText("weekly")
    desk.press(form, "Add the cadence")
    assert form.error.text() == "Choose at least one day."
    form.days["tue"].click()
    form.days["fri"].click()
    form.times.setText("25:00")
    desk.press(form, "Add the cadence")
    assert "25:00" in form.error.text()
    form.times.setText("09:00")
    desk.press(form, "Add the cadence")
    made = desk.journal.cadence.cadences()
    assert [(c.days, c.times, c.tz) for c in made] == [(("tue", "fri"), ("09:00",), BERLIN)]
    assert "weekly → blog" in texts(page.part) and "Tue, Fri 09:00" in texts(page.part)
    desk.press(page.part, "Change")
    form.times.setText("09:00, 17:30")
    desk.press(form, "Change it")
    assert desk.journal.cadence.cadences()[0].times == ("09:00", "17:30")
    desk.press(page.part, "Remove")
    assert desk.journal.cadence.cadences() == []
    desk.undo()
    assert desk.journal.cadence.cadences()[0].times == ("09:00", "17:30")


def test_closed_days_move_what_waits_when_it_is_dealt_anew(desk: Desk) -> None:
    posts = three(desk)
    first = local(posts[0].due.at, BERLIN).date()
    page = queue(desk)
    page.show_part("slots")
    desk.settle()
    form = page.part.closing
    form.first.setDate(form.first.date().addYears(-1))
    page.part._close(f"{first}", f"{first + timedelta(days=1)}", "Holidays")
    desk.settle()
    assert "3 posts wait at times" in page.part.notice.text
    desk.press(page.part.notice, "Deal them anew")
    assert "3 posts moved" in desk.told
    assert local(desk.now_is(posts[0]).due.at, BERLIN).date() != first
    desk.press(page.part.blackouts, "Remove")
    assert desk.journal.cadence.blackouts() == []


def test_a_draft_takes_the_next_free_slot(desk: Desk) -> None:
    desk.target()
    draft = desk.post("D")
    page = queue(desk)
    page.ask_draft()
    desk.press(desk.asked(), "Put into the queue")
    assert desk.told == "No place has slots yet. A cadence gives it some."
    desk.press(desk.window.notice, "Make a cadence")
    assert page.slots.isChecked() and page.parts.currentWidget() is page.part
    desk.journal.cadence.add("weekly", "blog", ["tue", "fri"], ["09:00"], BERLIN)
    page.show_part("waiting")
    page.ask_draft()
    desk.press(desk.asked(), "Put into the queue")
    assert desk.told.startswith("Goes to blog ") and order(page) == "D"
    assert "in the queue" in rows(page)[0]
    desk.undo()
    assert [one.state for one in desk.journal.publishing.for_post(draft)] == ["cancelled"]


def test_what_is_posted_by_hand_is_copied_and_settled_where_it_waits(desk: Desk) -> None:
    desk.journal.targets.add("work", "clipboard", {"network": "linkedin"})
    p = desk.plan("By hand", "2031-03-13 09:00", target="work")
    desk.put(p, "claimed", "failed", why="This one is posted by hand. Use `journal digest`.")
    page = chosen(desk, p)
    assert "yours to post" in rows(page)[0] and "failed" not in rows(page)[0]
    assert "Post it there, then say that it is out." in texts(page.detail)
    assert "now" not in page.detail.buttons  # it would only come back here
    page.detail.buttons["copy"].click()
    asked = desk.asked()
    assert isinstance(asked, DigestDialog)
    desk.settle()
    asked.reject()
    page.detail.buttons["out"].click()
    asked = desk.asked()
    assert isinstance(asked, AskAddress)
    desk.press(asked, "It is out")
    assert desk.now_is(p).state == "published"


def test_what_was_blocked_and_is_mended_elsewhere_goes_out_at_its_time(desk: Desk) -> None:
    desk.target()
    p = desk.plan("Gate was shut", "2031-03-13 09:00")
    desk.put(p, "claimed", "blocked", why="The gate quality is shut.")
    page = chosen(desk, p)
    assert page.detail.buttons["approve"].text() == "Approve"
    page.detail.buttons["approve"].click()
    desk.settle()
    now = desk.now_is(p)
    assert (now.state, now.due, now.rev) == ("scheduled", p.due, 1)
    assert desk.told == "“Gate was shut” is scheduled now."


def test_the_status_bar_says_what_needs_somebody_and_leads_there(desk: Desk) -> None:
    desk.target()
    desk.plan("Waits", "2031-03-14 09:00")
    p = desk.plan("Failed elsewhere", "2031-03-13 09:00")
    desk.put(p, "claimed", "failed", why="The folder is away.")  # as the agent would
    upcoming = desk.session.window.status.upcoming
    desk.qtbot.waitUntil(lambda: upcoming.full.startswith("1 post needs you · Next: "))
    upcoming.click()
    desk.settle()
    assert desk.window.key == "queue"
