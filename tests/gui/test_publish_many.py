"""Ten thousand publications: the calendar reads what it shows, and paints no more than fits."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest

from journal_app.domain.due import due_at
from journal_app.gui.publish.queue_page import STEP, QueuePage
from journal_app.gui.publish.shown import start_of
from tests.helpers.publish_window import BERLIN, Desk, desk

__all__ = ["desk"]
MANY, DAYS = 10_000, 300


def fill(desk: Desk) -> None:
    """As many publications, spread over as many days; copies of one, row by row."""
    desk.target()
    first = desk.plan("Model", "2031-03-01 09:00")
    with desk.journal.store.write() as w:
        for n in range(MANY):
            id = f"01{n:024d}"
            due = due_at(first.due.at + n * DAYS * 86_400_000 // MANY, BERLIN)
            for table, key, own in (
                ("entries", "id", {"id": id, "title": f"Post {n}"}),
                ("revisions", "entry_id", {"entry_id": id, "title": f"Post {n}"}),
                (
                    "publications",
                    "post_id",
                    {
                        "id": id,
                        "post_id": id,
                        "due_at": due.at,
                        "wall": due.wall,
                        "natural_key": id,
                        "wake_at": due.at,
                    },
                ),
            ):
                names = [r["name"] for r in w.db.execute(f"PRAGMA table_info({table})")]
                kept = [one for one in names if one not in own and one != "n"]
                columns = ", ".join([*own, *kept])
                marks = ", ".join("?" * len(own))
                w.db.execute(
                    f"INSERT INTO {table} ({columns}) SELECT {marks}, {', '.join(kept)}"
                    f" FROM {table} WHERE {key} = ?",
                    (*own.values(), first.post_id),
                )


def test_only_the_shown_days_are_read_and_painted(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(desk)
    service = desk.journal.publishing
    asked: list[tuple[int, int]] = []
    between = service.between

    def noted(first: int, last: int) -> object:
        asked.append((first, last))
        return between(first, last)

    monkeypatch.setattr(service, "between", noted)
    page = desk.calendar(date(2031, 6, 11))
    first, last = page.span()
    assert (last - first).days < 42
    assert asked[-1] == (
        start_of(first, BERLIN),
        start_of(last + timedelta(days=1), BERLIN) - 1,
    )
    days = (last - first).days + 1
    assert len(page.month.shown.by_id) <= days * (MANY // DAYS + 1)
    assert len(page.month.boxes) <= days * 12
    began = time.perf_counter()
    page.month.forget()
    page.month.grab()
    assert time.perf_counter() - began < 0.25  # 0.01 s; what is painted does not grow

    queue = desk.show("queue")
    assert isinstance(queue, QueuePage)
    assert queue.model.rowCount() == STEP and queue.count.text() == f"{STEP}+"
    queue.list.scrollToBottom()
    queue.model.fetchMore(queue.model.index(-1))
    desk.settle()
    assert queue.model.rowCount() > STEP
