"""Looks at public pages of a real site on loopback, and the log of everything that happened."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_app.domain.due import Due
from journal_app.domain.preflight import Finding, Report
from journal_app.domain.publishing import Plan, Publication, Receipt
from journal_app.domain.seen import DAY, HOUR, MINUTE, PATIENCE, WEEK
from journal_app.errors import JournalError, NotFound
from journal_app.journal import Journal
from journal_app.services.receipts import ReceiptService
from journal_app.store import publications, targets
from tests.helpers.servers.base import FakeSite, Reply, Request, html_reply

TEXT = (
    "We trained a small model on one machine in a day.\n\n"
    "It is surprisingly good at arithmetic for its size.\n\n"
    "The learning rate was 3e-4 and the batch size 512."
)


class Blog(FakeSite):
    """One page, `self.page`; None: nothing there. `onward` sends readers away."""

    def __init__(self) -> None:
        super().__init__()
        self.page: str | None = None
        self.onward = ""
        self.visits = 0

    def changes(self, request: Request) -> bool:
        return False

    def handle(self, request: Request) -> Reply:
        self.visits += 1
        if self.onward and request.path == "/post":
            return 301, {"Location": self.onward}, b""
        if self.page is None or request.path not in ("/post", "/post/"):
            return html_reply(404, "<h1>Nothing here</h1>")
        words = "".join(f"<p>{line}</p>" for line in self.page.split("\n\n"))
        return html_reply(200, f"<html><body><i>Visit {self.visits}</i>{words}</body></html>")


class Desk:
    """A journal with a clock that the test sets, and a blog."""

    def __init__(self, folder: Path, blog: Blog) -> None:
        self.now = 1_900_000_000_000
        self.blog = blog
        self.journal = Journal(folder, now=lambda: self.now)
        self.service = ReceiptService(self.journal.store)
        with self.journal.store.write() as w:
            targets.put(w, "blog", "folder", {"path": "/nowhere"})

    def publish(self, body: str = TEXT, post: str = "", url: str = "") -> Publication:
        """A publication that just went out, as the sender leaves it."""
        if not post:
            post = self.journal.entries.create(body, kind="post", title="A post").id
        due = Due("2030-03-17T17:46", "UTC", self.now)
        rev = self.journal.entries.get(post).rev
        p = Publication(
            self.journal.store.new_id(), post, rev, "blog", "scheduled", due, "post",
            Plan("post", (), "d", due),
        )  # fmt: skip
        url = url or f"{self.blog.url}/post"
        kept = publications.kept_json(p.plan, Receipt("post.md", url, "s", 1, self.now))
        with self.journal.store.write() as w:
            publications.insert(w, p)
            for state in ("claimed", "sending", "published"):
                fields = {"receipt": kept, "remote_url": url, "next_check": w.now}
                p = publications.move(w, p, state, "", fields) or p
        return p

    def look(self, after: int = 0) -> list[str]:
        self.now += after
        return [one.verdict for one in self.service.look_due(self.now)]


@pytest.fixture
def desk(journal_folder: Path) -> Iterator[Desk]:
    with Blog() as blog:
        made = Desk(journal_folder, blog)
        yield made
        made.journal.close()


def test_a_page_is_seen_then_looked_at_every_week(desk: Desk) -> None:
    p = desk.publish()
    desk.blog.page = TEXT
    assert desk.look() == ["seen"]
    assert desk.look(DAY) == []
    assert desk.service.next_due() == desk.now - DAY + WEEK
    assert desk.look(WEEK) == ["seen"]  # the counter on the page is no change
    (last, first) = desk.service.history(p.id)
    assert (last.status, len(last.seen), last.total) == (200, 3, 3)
    assert last.sha256 != first.sha256


def test_a_page_that_lost_a_sentence_changed_and_one_that_left_is_gone(desk: Desk) -> None:
    desk.publish()
    desk.blog.page = TEXT
    assert desk.look() == ["seen"]
    desk.blog.page = TEXT.partition("The learning")[0]
    assert desk.look(WEEK) == ["changed"]
    desk.blog.page = None
    assert desk.look(WEEK) == ["gone"]
    desk.blog.page = TEXT
    assert desk.look(DAY) == ["seen"]


def test_a_site_at_work_is_waited_for_with_longer_pauses_then_gone(desk: Desk) -> None:
    p = desk.publish()
    assert desk.look() == ["waiting"]
    for pause in PATIENCE[:-1]:
        assert desk.look(pause - 1) == []
        assert desk.look(1) == ["waiting"]
    assert desk.look(PATIENCE[-1]) == ["gone"]
    assert "look at the site" in desk.service.history(p.id)[0].message
    desk.blog.page = TEXT
    assert desk.look(DAY) == ["seen"]


def test_no_network_never_counts_as_gone(desk: Desk) -> None:
    desk.publish()
    desk.blog.page = TEXT
    desk.look()
    desk.now += WEEK
    desk.blog.read_faults[:] = ["503", "drop"]
    assert desk.look() == ["unreachable"]
    assert desk.look(15 * MINUTE) == ["unreachable"]
    desk.blog.leave()
    for pause in (30 * MINUTE, HOUR, 2 * HOUR):
        assert desk.look(pause) == ["unreachable"]


def test_a_site_that_says_nothing_holds_up_nobody(desk: Desk) -> None:
    desk.publish()
    desk.service = ReceiptService(desk.journal.store, timeout=0.3)
    desk.blog.read_faults[:] = ["hang"]
    begun = time.monotonic()
    assert desk.look() == ["unreachable"]
    assert time.monotonic() - begun < 3


def test_only_the_address_of_the_receipt_is_asked(desk: Desk) -> None:
    desk.publish()
    desk.blog.page = TEXT
    with Blog() as other:
        desk.blog.onward = f"{other.url}/post"
        assert desk.look() == ["waiting"]
        assert other.requests == []
    desk.blog.onward = "/post/"  # the same page
    assert desk.look(MINUTE) == ["seen"]
    assert {request.path for request in desk.blog.requests} == {"/post", "/post/"}


def test_an_update_ends_the_looks_at_the_version_before(desk: Desk) -> None:
    old = desk.publish()
    desk.blog.page = TEXT
    assert desk.look() == ["seen"]
    desk.now += 1000
    desk.journal.entries.save(old.post_id, "Quite another text stands here by now.", base_rev=1)
    new = desk.publish(post=old.post_id)
    desk.blog.page = "Quite another text stands here by now."
    assert desk.look(WEEK) == ["seen"]
    assert len(desk.service.history(old.id)) == 1
    assert len(desk.service.history(new.id)) == 1
    assert desk.look(WEEK) == ["seen"]


def test_of_two_processes_one_looks(desk: Desk) -> None:
    desk.publish()
    desk.blog.page = TEXT
    with Journal(desk.journal.folder, now=lambda: desk.now) as other:
        first = desk.service.look_due(desk.now)
        assert (len(first), other.receipts.look_due(desk.now)) == (1, [])


def test_a_look_on_demand_and_what_has_no_page(desk: Desk) -> None:
    p = desk.publish()
    desk.blog.page = TEXT
    assert desk.service.look(p.id).verdict == "seen"
    (listed,) = desk.service.listing()
    assert listed[1] == "A post"
    assert listed[2] is not None and listed[2].verdict == "seen"
    nowhere = desk.publish(url="posts/a.md")
    with pytest.raises(JournalError, match="no public page"):
        desk.service.look(nowhere.id)
    assert desk.service.look_due(desk.now) == []
    with pytest.raises(NotFound):
        desk.service.named("01ZZZZZZZZ")


def test_nothing_due_costs_one_look_into_an_index(desk: Desk) -> None:
    db = desk.journal.store.read()
    plan = db.execute(
        "EXPLAIN QUERY PLAN SELECT id FROM publications WHERE next_check IS NOT NULL"
        " AND next_check <= 1 ORDER BY next_check LIMIT 5"
    ).fetchall()
    assert "publications_check" in plan[0][3]
    assert desk.service.look_due(desk.now) == []


# ---------------------------------------------------------------------- the log


def test_everything_that_happened_is_exported_without_texts_and_secrets(
    desk: Desk, tmp_path: Path
) -> None:
    token = "hf_AbCdEfGhIjKlMnOpQrStUvWxYz123456"
    p = desk.publish()
    with desk.journal.store.write() as w:
        w.db.execute(
            "UPDATE publication_log SET detail = CASE state WHEN 'claimed' THEN 'by trainbox/7'"
            " ELSE ? END WHERE state IN ('claimed', 'sending')",
            (f"{token} {Path.home()}/site",),
        )
    wrong = Report((Finding("path", "error", "/home/marta/x is a place on a computer"),))
    desk.journal.preflight.keep(p.id, "approval", wrong)
    desk.blog.page = TEXT
    desk.look()
    for name in ("log.json", "log.csv", "log.md"):
        assert desk.service.export(tmp_path / name, name[4:]) == 6
        text = (tmp_path / name).read_text()
        assert token not in text and "trainbox" not in text
        assert "~/site" in text and f"{Path.home()}/site" not in text
        assert "arithmetic" not in text
        assert "/home/marta" not in text
    lines = [json.loads(line) for line in (tmp_path / "log.json").read_text().splitlines()]
    assert [line["what"] for line in lines if line["kind"] == "move"] == [
        "scheduled", "claimed", "sending", "published",
    ]  # fmt: skip
    assert {line["kind"] for line in lines} == {"move", "preflight", "look"}
    rows = list(csv.DictReader(io.StringIO((tmp_path / "log.csv").read_text())))
    assert rows[-1]["what"] == "seen" and rows[-1]["status"] == "200"
    assert "1 error: path" in {row["detail"] for row in rows}
    with pytest.raises(JournalError, match="no format"):
        desk.service.export(io.StringIO(), "xml")
    with pytest.raises(JournalError, match="cannot be written"):
        desk.service.export(tmp_path / "no" / "log.json")
    assert desk.service.export(io.StringIO(), since=desk.now + 1) == 0


def test_no_table_program_runs_what_stands_in_the_log(desk: Desk) -> None:
    post = desk.journal.entries.create(TEXT, kind="post", title="=cmd()|x <b>").id
    desk.publish(post=post)
    made, page = io.StringIO(), io.StringIO()
    desk.service.export(made, "csv")
    assert "'=cmd()" in made.getvalue()
    desk.service.export(page, "md")
    assert "\\|x &lt;b>" in page.getvalue()
