"""The calendar: publications at their time, moved by the pointer and by the keyboard."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import QLocale, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton

from journal_app.domain.due import local
from journal_app.gui.publish import shown
from journal_app.gui.publish.day_sheet import DaySheet
from journal_app.gui.publish.days import Spot, first_weekday
from journal_app.gui.publish.grid import PUBLICATION
from tests.helpers.publish_window import BERLIN, LEFT, MARCH, NONE, Desk, desk, texts

__all__ = ["desk"]
CTRL = Qt.KeyboardModifier.ControlModifier


def test_a_publication_stands_on_its_day_in_the_zone_that_is_shown(desk: Desk) -> None:
    desk.target()
    p = desk.plan("Late in the evening", "2031-03-12 23:30")
    page = desk.calendar(date(2031, 3, 12))
    mark = page.month.shown.mark(p.id)
    assert mark is not None and (mark.day, mark.minute) == (date(2031, 3, 12), 23 * 60 + 30)
    page.use_zone("Asia/Tokyo")
    desk.settle()
    mark = page.month.shown.mark(p.id)
    assert mark is not None and (mark.day, mark.minute) == (date(2031, 3, 13), 7 * 60 + 30)
    assert page.head.offset.text() == "UTC+09:00"
    assert desk.now_is(p).due == p.due  # another zone to look at changes nothing


def test_dropped_on_another_day_the_wall_time_stays_over_a_change_of_the_clocks(
    desk: Desk,
) -> None:
    desk.target()
    p = desk.plan("Moved", "2031-03-29 09:00")
    page = desk.calendar(MARCH)
    desk.drop(page.month, page.month.cell(date(2031, 3, 31)).center(), p.id)
    moved = desk.now_is(p).due
    assert moved.wall == "2031-03-31 09:00:00"
    assert moved.at - p.due.at == (2 * 24 - 1) * 3_600_000  # an hour is missing between them
    assert desk.told == "Moved to Mon 31 Mar 2031 09:00"
    desk.undo()
    assert desk.now_is(p).due == p.due


def test_in_the_week_a_drop_chooses_the_quarter_of_an_hour(desk: Desk) -> None:
    desk.target()
    p = desk.plan("Moved", "2031-03-12 09:00")
    page = desk.calendar(date(2031, 3, 12), "week")
    left, wide = page.week.column((date(2031, 3, 14) - page.week.shown.first).days)
    desk.drop(page.week, QPointF(left + wide / 2, page.week.y_of(11 * 60 + 20)), p.id)
    assert desk.now_is(p).due.wall == "2031-03-14 11:15:00"


def test_a_time_of_another_zone_leaves_the_publication_in_its_own(desk: Desk) -> None:
    desk.target()
    p = desk.plan("Berliner", "2031-03-12 09:00")
    page = desk.calendar(date(2031, 3, 12), "week", "America/New_York")
    left, wide = page.week.column((date(2031, 3, 13) - page.week.shown.first).days)
    desk.drop(page.week, QPointF(left + wide / 2, page.week.y_of(10 * 60)), p.id)
    due = desk.now_is(p).due
    assert (due.tz, due.wall) == (BERLIN, "2031-03-13 15:00:00")
    assert f"{local(due.at, 'America/New_York'):%d %H:%M}" == "13 10:00"


def test_a_time_that_never_comes_is_asked_about(desk: Desk) -> None:
    desk.target()
    p = desk.plan("At night", "2031-03-29 02:30")
    page = desk.calendar(MARCH)
    desk.drop(page.month, page.month.cell(date(2031, 3, 30)).center(), p.id)
    asked = desk.asked()
    assert "does not exist" in texts(asked)
    assert desk.now_is(p).due == p.due
    choices = [one for one in asked.findChildren(QRadioButton) if one.isVisibleTo(asked)]
    assert len(choices) == 2
    choices[1].click()
    desk.press(asked, "Move")
    assert desk.now_is(p).due.wall == "2031-03-30 03:30:00"


def test_a_time_that_comes_twice_is_asked_about(desk: Desk) -> None:
    desk.target()
    p = desk.plan("At night", "2031-10-25 02:30")
    page = desk.calendar(date(2031, 10, 25))
    page.month.choose(date(2031, 10, 25), p.id)
    desk.key(page.month, Qt.Key.Key_Right, CTRL)
    asked = desk.asked()
    assert "happens twice" in texts(asked)
    choices = [one for one in asked.findChildren(QRadioButton) if one.isVisibleTo(asked)]
    choices[1].click()
    desk.press(asked, "Move")
    due = desk.now_is(p).due
    assert due.wall == "2031-10-26 02:30:00" and due.at - p.due.at == 25 * 3_600_000


def test_nothing_is_moved_onto_the_past(desk: Desk) -> None:
    desk.target()
    now = local(desk.journal.store.now(), BERLIN)
    p = desk.plan("Ahead", f"{now.date() + timedelta(days=1):%Y-%m-%d} 09:00")
    page = desk.calendar(now.date())
    back = now.date() - timedelta(days=1)
    page._move(p.id, Spot(back))
    desk.settle()
    assert "is past" in desk.told and "publish now" in desk.told
    assert desk.now_is(p).due == p.due


def test_what_is_out_stays_on_its_day(desk: Desk) -> None:
    desk.target()
    p = desk.plan("Out", "2031-03-12 09:00")
    desk.put(p, "claimed", "sending", "published")
    page = desk.calendar(date(2031, 3, 12))
    desk.drop(page.month, page.month.cell(date(2031, 3, 14)).center(), p.id)
    assert desk.told == "“Out” is out already: it stays on its day."


def test_everything_can_be_done_by_keys(desk: Desk) -> None:
    desk.target()
    first = desk.plan("First", "2031-03-12 09:00")
    second = desk.plan("Second", "2031-03-12 17:00")
    page = desk.calendar(date(2031, 3, 10))
    grid = page.month
    grid.setFocus()
    desk.key(grid, Qt.Key.Key_Right)
    desk.key(grid, Qt.Key.Key_Right)
    assert grid.day == date(2031, 3, 12)
    said = grid.accessibleDescription()
    assert said.startswith("Wednesday, 12 March 2031, 2 posts") and "First, blog" in said
    desk.key(grid, Qt.Key.Key_Space)
    desk.key(grid, Qt.Key.Key_Space)
    assert grid.picked == second.id and grid.said().startswith("2 of 2: 17:00, Second")
    desk.key(grid, Qt.Key.Key_Right, CTRL)
    assert desk.now_is(second).due.wall == "2031-03-13 17:00:00"
    assert grid.day == date(2031, 3, 13) and grid.picked == second.id
    desk.key(grid, Qt.Key.Key_Z, CTRL)
    assert desk.now_is(second).due.wall == "2031-03-12 17:00:00"
    desk.key(grid, Qt.Key.Key_W)
    assert page.grid is page.week and page.week.hasFocus()
    page.week.choose(date(2031, 3, 12), first.id)
    desk.key(page.week, Qt.Key.Key_Down, CTRL)
    assert desk.now_is(first).due.wall == "2031-03-12 10:00:00"
    desk.key(page.week, Qt.Key.Key_M)
    assert page.grid is page.month
    desk.key(page.month, Qt.Key.Key_PageDown)
    assert page.month.title() == "April 2031"
    desk.key(page.month, Qt.Key.Key_T)
    assert page.month.day == page.today


def test_enter_opens_the_day(desk: Desk) -> None:
    desk.target()
    for n in range(9):
        desk.plan(f"Note {n}", f"2031-03-12 {9 + n:02d}:00")
    page = desk.calendar(date(2031, 3, 12))
    more = next(box for box in page.month.boxes if box.kind == "more")
    shown_there = [box for box in page.month.boxes if box.kind == "item"]
    assert more.n + len(shown_there) == 9
    desk.qtbot.mouseClick(
        page.month.viewport(), Qt.MouseButton.LeftButton, pos=more.area.center().toPoint()
    )
    sheet = desk.asked()
    desk.settle()
    assert isinstance(sheet, DaySheet) and sheet.model.rowCount() == 9
    assert sheet.detail.buttons["off"].isVisibleTo(sheet)
    sheet.close()
    page.month.setFocus()
    desk.key(page.month, Qt.Key.Key_Return)
    assert isinstance(desk.asked(), DaySheet)
    desk.asked().close()


def test_a_draft_gets_the_next_slot_of_the_day_and_can_be_undone(desk: Desk) -> None:
    desk.target()
    desk.journal.cadence.add("weekly", "blog", ["wed"], ["16:30"], BERLIN)
    draft = desk.post("A draft")
    page = desk.calendar(date(2031, 3, 12))
    assert page.drafts.model.rowCount() == 1
    desk.drop_draft(page.month, page.month.cell(date(2031, 3, 12)).center(), draft)
    made = desk.journal.publishing.for_post(draft)
    assert [one.due.wall for one in made] == ["2031-03-12 16:30:00"]
    assert page.drafts.model.rowCount() == 0
    desk.undo()
    assert [one.state for one in desk.journal.publishing.for_post(draft)] == ["cancelled"]
    assert page.drafts.model.rowCount() == 1


def test_of_several_places_one_is_asked_for(desk: Desk) -> None:
    desk.target("blog")
    desk.target("notes")
    draft = desk.post("A draft")
    page = desk.calendar(date(2031, 3, 12))
    page.month.choose(date(2031, 3, 12))
    page.month.setFocus()
    desk.key(page.month, Qt.Key.Key_N)
    desk.press(desk.asked(), "Schedule")
    asked = desk.asked()
    assert asked.list.count() == 2  # type: ignore[attr-defined]
    asked.list.setCurrentRow(1)  # type: ignore[attr-defined]
    desk.press(asked, "Schedule")
    made = desk.journal.publishing.for_post(draft)
    assert [(one.target, one.due.wall) for one in made] == [("notes", "2031-03-12 09:00:00")]


def test_a_draft_on_a_free_slot_takes_its_time_and_place(desk: Desk) -> None:
    desk.target("blog")
    desk.target("notes")
    desk.journal.cadence.add("weekly", "notes", ["wed"], ["07:15"], BERLIN)
    draft = desk.post("A draft")
    page = desk.calendar(date(2031, 3, 12))
    box = next(b for b in page.month.boxes if b.kind == "free" and b.day == date(2031, 3, 12))
    desk.drop_draft(page.month, box.area.center(), draft)
    made = desk.journal.publishing.for_post(draft)
    assert [(one.target, one.due.wall) for one in made] == [("notes", "2031-03-12 07:15:00")]


def test_closed_days_are_named_and_have_no_slots(desk: Desk) -> None:
    desk.target()
    desk.journal.cadence.add("weekly", "blog", ["wed"], ["09:00"], BERLIN)
    desk.journal.cadence.add_blackout("2031-03-11", "2031-03-13", "Conference")
    page = desk.calendar(date(2031, 3, 12))
    assert "closed: Conference" in page.month.said()
    days = {box.day for box in page.month.boxes if box.kind == "free"}
    assert date(2031, 3, 12) not in days and date(2031, 3, 19) in days


def test_weeks_begin_and_are_counted_as_the_language_has_it(desk: Desk) -> None:
    before = QLocale()
    try:
        QLocale.setDefault(QLocale("de_DE"))
        assert first_weekday() == 1
        QLocale.setDefault(QLocale("en_US"))
        assert first_weekday() == 7
    finally:
        QLocale.setDefault(before)
    assert shown.month_of(date(2027, 2, 10), 1) == (date(2027, 2, 1), date(2027, 2, 28))
    assert shown.week_number(date(2026, 12, 28)) == 53
    assert shown.week_number(date(2027, 1, 3)) == 1  # a Sunday; its Thursday is the 7th
    assert shown.add_months(date(2027, 1, 31), 1) == date(2027, 2, 28)


def test_without_a_place_the_calendar_says_what_is_missing(desk: Desk) -> None:
    page = desk.calendar(date(2031, 3, 12))
    assert page.empty.isVisibleTo(page) and not page.drafts.isVisibleTo(page)
    assert page.empty.action is not None and page.empty.action.text() == "Add a place …"
    assert page.empty.action.hasFocus()  # the grid that had it is gone


def test_the_status_bar_says_the_time_in_the_zone_of_the_post(desk: Desk) -> None:
    desk.target()
    desk.plan("In Tokyo", "2031-03-12 09:00", tz="Asia/Tokyo")
    desk.settle()
    upcoming = desk.session.window.status.upcoming
    desk.qtbot.waitUntil(lambda: upcoming.full == "Next: 12 Mar 2031 09:00 → blog")


def test_the_window_opens_from_the_menu_the_sidebar_and_the_status_bar(desk: Desk) -> None:
    window = desk.session.window
    window.actions_by_id["publishing"].trigger()
    desk.settle()
    assert desk.window.isVisible() and desk.window.key == "calendar"
    desk.window.close()
    window.sidebar.chosen.emit("calendar")
    desk.settle()
    assert desk.window.isVisible()
    desk.window.close()
    window.status.upcoming.click()
    desk.settle()
    assert desk.window.isVisible()
    assert window.sidebar.key == "all"  # the list behind it stays where it was


def test_what_leaves_the_queue_of_slots_comes_back_into_it(desk: Desk) -> None:
    desk.target()
    desk.journal.cadence.add("weekly", "blog", ["wed"], ["09:00"], BERLIN)
    p = desk.journal.cadence.enqueue(desk.post("In a slot"), "blog")
    day = date.fromisoformat(p.due.wall[:10])
    page = desk.calendar(day)
    desk.drop(page.month, page.month.cell(day + timedelta(days=1)).center(), p.id)
    assert desk.now_is(p).slot is None and "leaves the queue" in desk.told
    desk.undo()
    assert (desk.now_is(p).slot, desk.now_is(p).due) == (p.slot, p.due)


def test_a_zone_that_does_not_exist_is_not_taken(desk: Desk) -> None:
    desk.target()
    page = desk.calendar(date(2031, 3, 12))
    page.use_zone("Europe/Berlinn")
    assert "There is no time zone" in desk.told
    assert page.tz == BERLIN and page.head.zone.currentText() == BERLIN


def test_held_over_an_arrow_what_is_dragged_comes_to_another_month(desk: Desk) -> None:
    desk.target()
    p = desk.plan("Moved", "2031-03-12 09:00")
    page = desk.calendar(date(2031, 3, 12))
    mark = page.month.shown.mark(p.id)
    page.month.dragged = mark
    data = QMimeData()
    data.setData(PUBLICATION, p.id.encode())
    enter = QDragEnterEvent(QPoint(4, 4), Qt.DropAction.MoveAction, data, LEFT, NONE)
    QApplication.sendEvent(page.head.on, enter)
    assert enter.isAccepted()
    desk.qtbot.waitUntil(lambda: page.month.title() == "April 2031")
    QApplication.sendEvent(page.head.on, QDragLeaveEvent())
    desk.settle()
    desk.drop(page.month, page.month.cell(date(2031, 4, 9)).center(), p.id)
    assert desk.now_is(p).due.wall == "2031-04-09 09:00:00"


def test_what_the_preflight_refuses_is_shown_and_may_be_taken_on(desk: Desk) -> None:
    desk.target()
    body = "# Keys\n\nA key of the manual: AKIAIOSFODNN7EXAMPLE, which opens nothing at all."
    draft = desk.journal.entries.create(body, kind="post").id
    page = desk.calendar(date(2031, 3, 12))
    desk.drop_draft(page.month, page.month.cell(date(2031, 3, 12)).center(), draft)
    asked = desk.asked()
    assert "looks like a secret" in texts(asked)
    assert desk.journal.publishing.for_post(draft) == []
    box = next(one for one in asked.findChildren(QCheckBox) if one.isVisibleTo(asked))
    box.click()
    desk.press(asked, "Schedule")
    made = desk.journal.publishing.for_post(draft)
    assert [(one.state, one.due.wall) for one in made] == [("scheduled", "2031-03-12 09:00:00")]
