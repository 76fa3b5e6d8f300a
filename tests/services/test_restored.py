"""A copy of the journal in its place: what went out since it was taken does not go out again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from journal_app.domain.targets import Abilities
from journal_app.errors import JournalError
from journal_app.store import backups
from tests.helpers.shelf import HOUR, Shelf, ShelfDesk, opened

START = int(datetime(2026, 11, 30, 12, 0, tzinfo=UTC).timestamp() * 1000)
PLAIN = Abilities(schedules=False)


@pytest.fixture
def desk(journal_folder: Path) -> Iterator[ShelfDesk]:
    """A shelf that does not hold posts."""
    yield from opened(journal_folder, START, Shelf(PLAIN))


def restored(desk: ShelfDesk, copy: Path, *, by_hand: bool = False) -> ShelfDesk:
    """The same place after the copy was restored, by the program or with `cp`."""
    folder = desk.journal.folder
    desk.journal.close()
    if by_hand:
        for tail in ("", "-wal", "-shm"):
            (folder / f"journal.db{tail}").unlink(missing_ok=True)
        shutil.copy(copy, folder / "journal.db")
    else:
        backups.restore(folder, copy.name, desk.now)
    return ShelfDesk(folder, desk.now, desk.shelf, added=False)


@pytest.mark.parametrize("by_hand", [False, True])
def test_what_went_out_since_is_found_and_not_sent_again(desk: ShelfDesk, by_hand: bool) -> None:
    p = desk.planned()
    copy = desk.journal.upkeep.backup()
    desk.now = p.due.at
    assert desk.beat() == ["published"]
    desk.now += HOUR
    again = restored(desk, copy, by_hand=by_hand)
    assert again.state(p) == "scheduled"  # as far as the copy knows
    assert again.beat() == ["published"]
    assert again.shelf.sends == 1
    assert "restored copy" in " ".join(line.detail for line in again.service.log(p.id))
    again.journal.close()


def test_what_was_due_since_and_is_not_there_waits_for_its_user(desk: ShelfDesk) -> None:
    p = desk.planned()
    copy = desk.journal.upkeep.backup()
    desk.now = p.due.at + HOUR
    again = restored(desk, copy)
    assert again.beat() == ["unknown"]  # what the target tells may be old
    assert again.beat(2) == ["missed"]
    assert again.shelf.sends == 0
    assert again.service.publish_now(p.post_id, "shelf").ok
    again.journal.close()


def test_what_is_due_later_goes_out_in_its_time(desk: ShelfDesk) -> None:
    p = desk.planned()
    copy = desk.journal.upkeep.backup()
    again = restored(desk, copy)
    assert again.beat() == ["unknown"]
    assert again.beat(2) == []
    assert again.state(p) == "scheduled"
    again.now = p.due.at
    assert again.beat() == ["published"]
    assert again.beat() == []
    again.journal.close()


def test_what_was_sent_by_hand_since_is_found(desk: ShelfDesk) -> None:
    p = desk.planned()
    copy = desk.journal.upkeep.backup()
    assert desk.service.publish_now(p.post_id, "shelf").ok
    again = restored(desk, copy)
    assert again.beat() == ["published"]
    assert again.shelf.sends == 1
    again.journal.close()


@pytest.mark.parametrize("repeats", ["never", "always"])
def test_what_cannot_be_looked_up_is_asked(journal_folder: Path, repeats: Any) -> None:
    shelf = Shelf(Abilities(schedules=False, reads=False, repeats=repeats))
    for desk in opened(journal_folder, START, shelf):
        due, later = desk.planned(), desk.planned("2026-12-09 09:00")
        copy = desk.journal.upkeep.backup()
        desk.now = due.due.at
        desk.beat()
        again = restored(desk, copy)
        again.beat()
        assert again.state(due) == "unknown"
        assert "journal settle" in (again.get(due).last_error or "")
        assert again.state(later) == "scheduled"
        assert again.shelf.sends == 1
        again.journal.close()


def test_a_clock_set_back_before_the_restore_hides_nothing(journal_folder: Path) -> None:
    """It went out, the clock was set back, the copy came: nobody can look, and then it is late."""
    shelf = Shelf(Abilities(schedules=False, reads=False, repeats="always"))
    for desk in opened(journal_folder, START, shelf):
        p = desk.planned()
        copy = desk.journal.upkeep.backup()
        desk.now = p.due.at
        assert desk.beat() == ["published"]
        desk.now -= HOUR
        again = restored(desk, copy)
        assert again.beat() == []
        again.now = p.due.at
        assert again.beat(60 * 36) == ["unknown"]
        assert again.shelf.sends == 1
        (line,) = again.service.queue()
        assert f"journal settle {p.id}" in (line.publication.last_error or "")
        assert again.service.settle(p.id, out=True).state == "published"
        again.journal.close()


def test_what_is_open_goes_on_with_the_restored_journal(desk: ShelfDesk) -> None:
    p = desk.planned()
    copy = desk.journal.upkeep.backup()
    later = desk.post("Later")
    _, aside = backups.restore(desk.journal.folder, copy.name, desk.now)
    assert aside is not None
    assert backups.verdict(aside) == "ok"
    with pytest.raises(JournalError):
        desk.journal.entries.get(later)
    desk.beat()
    desk.beat(2)
    desk.now = p.due.at
    assert desk.beat() == ["published"]
    assert desk.journal.upkeep.check().problems == ()


def test_a_window_of_before_sends_nothing_more(desk: ShelfDesk) -> None:
    p = desk.planned()
    copy = desk.journal.upkeep.backup()
    desk.journal.store.file.rename(desk.journal.folder / "elsewhere.db")
    shutil.copy(copy, desk.journal.store.file)
    desk.now = p.due.at
    with pytest.raises(JournalError, match="restored"):
        desk.beat()
    assert desk.shelf.sends == 0


def test_an_update_that_was_made_since_is_found(desk: ShelfDesk) -> None:
    post = desk.post()
    assert desk.service.publish_now(post, "shelf").ok
    desk.journal.entries.save(post, "better words", base_rev=1)
    p = desk.service.schedule(post, "shelf", "2026-12-01 09:00", tz="UTC")
    copy = desk.journal.upkeep.backup()
    desk.now = p.due.at
    assert desk.beat() == ["published"]
    again = restored(desk, copy)
    assert again.beat() == ["published"]
    assert again.shelf.sends == 2
    again.journal.close()
