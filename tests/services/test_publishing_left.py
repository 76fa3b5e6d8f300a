"""What a process that died, a lost answer or a late one leaves behind, and who takes it up."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from journal_app.domain.publishing import Publication
from journal_app.errors import JournalError
from journal_app.runtime import clock
from journal_app.store import publications
from journal_app.store.database import Writer
from tests.helpers.desk import ELSEWHERE, MINUTE, Desk
from tests.helpers.publishing import delivered


@pytest.fixture
def desk(journal_folder: Path, tmp_path: Path) -> Iterator[Desk]:
    site = tmp_path / "site"
    site.mkdir()
    made = Desk(journal_folder, site)
    yield made
    made.journal.close()


DEAD = clock.identity().rpartition("/")[0].rpartition("/")[0] + "/1/another-start"


@pytest.mark.parametrize("by", [DEAD, ELSEWHERE])
def test_what_a_dead_process_left_is_taken_over(desk: Desk, by: str) -> None:
    claimed = desk.schedule(desk.post("claimed"))
    out = desk.schedule(desk.post("was out"))
    not_out = desk.schedule(desk.post("was not out"))
    desk.now = claimed.due.at
    desk.become(claimed, "claimed", by)
    desk.become(out, "sending", by)
    desk.become(not_out, "sending", by)
    (desk.site / "delivered").write_text(f"{out.post_id} 1\n")
    if by == ELSEWHERE:  # only the lease can tell there
        desk.service.run_due()
        assert delivered(desk.site) == [f"{out.post_id} 1"]
        desk.now += 11 * MINUTE
    desk.service.run_due()
    assert [desk.state(p) for p in (claimed, out, not_out)] == ["published"] * 3
    assert sorted(delivered(desk.site)) == sorted(f"{p.post_id} 1" for p in (claimed, out, not_out))


def test_what_a_living_process_holds_is_left_to_it(desk: Desk) -> None:
    p = desk.schedule(desk.post())
    other = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "from journal_app.runtime import clock; print(clock.identity(), flush=True); input()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert other.stdout is not None
    assert other.stdin is not None
    desk.become(p, "sending", other.stdout.readline().strip())
    desk.now = p.due.at + 600 * MINUTE
    assert desk.service.run_due() == []
    assert desk.state(p) == "sending"
    with pytest.raises(JournalError, match="is sending"):
        desk.service.publish_now(p.post_id)
    other.stdin.close()
    other.stdout.close()
    other.wait(10)
    (outcome,) = desk.service.run_due()
    assert outcome.ok
    assert delivered(desk.site) == [f"{p.post_id} 1"]


def test_a_receipt_that_could_not_be_kept_is_found_at_the_next_beat(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    p = desk.schedule(desk.post())
    desk.now = p.due.at
    move = publications.move

    def full(w: Writer, p: Publication, to: str, *rest: Any) -> Publication | None:
        if to == "published":
            raise JournalError("The disk is full.", "Free some space.")
        return move(w, p, to, *rest)

    monkeypatch.setattr(publications, "move", full)
    with pytest.raises(JournalError, match="disk is full"):
        desk.service.run_due()
    assert desk.state(p) == "sending"
    monkeypatch.undo()
    (outcome,) = desk.service.run_due()
    assert outcome.ok
    assert delivered(desk.site) == [f"{p.post_id} 1"]


def test_a_target_that_cannot_be_asked_leaves_it_for_attention(desk: Desk) -> None:
    p = desk.schedule(desk.post())
    desk.become(p, "sending", DEAD)
    desk.now = p.due.at
    away = desk.site.with_name("away")
    desk.site.rename(away)
    for _ in range(3):
        (outcome,) = desk.service.run_due()
        assert outcome.publication.state == "unknown"
        assert "is away" in outcome.message
        desk.now += MINUTE
    assert [line.detail for line in desk.service.log(p.id)].count(
        "The counting folder is away.\nBring it back."
    ) == 1
    away.rename(desk.site)
    (outcome,) = desk.service.run_due()
    assert outcome.ok


def test_a_late_answer_cannot_move_a_later_attempt(desk: Desk) -> None:
    p = desk.schedule(desk.post())
    store = desk.journal.store
    desk.now = p.due.at
    with store.write() as w:
        first = publications.claim(w, p.id, desk.now, "a/1/1", desk.now)
        assert first is not None
        assert publications.claim(w, p.id, desk.now, "b/2/2", desk.now) is None
        assert publications.move(w, first, "scheduled", "taken over") is not None
        second = publications.claim(w, p.id, desk.now, "a/1/1", desk.now)
        assert second is not None
        assert publications.move(w, first, "sending", "late") is None
        assert publications.move(w, second, "sending", "now") is not None
        with pytest.raises(RuntimeError, match="from sending to missed"):
            publications.move(w, publications.get(w.db, p.id), "missed", "an illegal move is a bug")


def test_threads_share_the_work_and_send_each_once(desk: Desk) -> None:
    posts = [desk.post(f"post {n}") for n in range(24)]
    for post in posts:
        last = desk.schedule(post)
    desk.now = last.due.at
    found: list[str] = []

    def work() -> None:
        found.extend(o.publication.post_id for o in desk.service.run_due() if o.ok)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == sorted(posts)
    assert sorted(delivered(desk.site)) == sorted(f"{post} 1" for post in posts)
