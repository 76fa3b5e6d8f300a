"""The log: what happened, narrowed and exported, and how the pages of posts look now."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from journal_app.domain.publishing import Publication
from journal_app.gui.publish.log_page import LogPage
from tests.helpers.publish_window import Desk, desk, texts

__all__ = ["desk"]


class _Nothing(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_error(404)

    def log_message(self, *_words: object) -> None:
        """Quiet."""


@pytest.fixture
def empty_site() -> Iterator[str]:
    """A site that has no page at all."""
    server = HTTPServer(("127.0.0.1", 0), _Nothing)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def log(desk: Desk) -> LogPage:
    """The page, filled."""
    page = desk.show("log")
    assert isinstance(page, LogPage)
    return page


def said(page: LogPage) -> list[str]:
    """What a screen reader says of every line."""
    role = Qt.ItemDataRole.AccessibleTextRole
    return [page.model.data(page.model.index(n), role) for n in range(page.model.rowCount())]


def out(desk: Desk, title: str = "Out") -> Publication:
    """A post that went out."""
    id = desk.post(title)
    return desk.journal.publishing.publish_now(id, "blog").publication


def test_the_newest_stands_first_and_can_be_narrowed(desk: Desk) -> None:
    desk.target("blog")
    desk.target("notes")
    out(desk)
    failed = desk.plan("Seeds", "2031-03-12 09:00", "notes")
    desk.put(failed, "claimed", "failed", why="The folder is read-only.")
    page = log(desk)
    lines = said(page)
    assert "Seeds. notes · failed · The folder is read-only." in lines[0]
    assert any("Out. blog · published" in one for one in lines)
    page.kind.setCurrentIndex(page.kind.findData("trouble"))
    page.kind.activated.emit(page.kind.currentIndex())
    assert [one for one in said(page) if "read-only" not in one] == []
    page._read_all()
    desk.settle()
    page.target.setCurrentIndex(page.target.findData("blog"))
    page.target.activated.emit(page.target.currentIndex())
    assert all("blog" in one for one in said(page)) and said(page)
    page._read_all()
    page.search.setText("nothing of the kind")
    desk.qtbot.waitUntil(lambda: page.model.rowCount() == 0)
    assert page.empty.title.text() == "Nothing fits"
    assert page.empty.action is not None
    page.empty.action.click()
    desk.settle()
    assert len(said(page)) == len(lines)


def test_a_receipt_is_shown_whole(desk: Desk) -> None:
    desk.target(url="https://blog.example.org")
    p = out(desk)
    page = log(desk)
    assert p.receipt is not None
    fields = [one.text() for one in page.detail.findChildren(QLineEdit)]
    assert p.receipt.sha256 in fields
    assert "published" in texts(page.detail) and "What happened" in texts(page.detail)


def test_a_page_that_is_gone_is_told(desk: Desk, empty_site: str) -> None:
    desk.target(url=empty_site)
    p = out(desk)
    page = log(desk)
    for n in range(20):  # the first looks have patience: sites are built after a while
        if page.model.line(0) is not None and page.model.line(0).page == "gone":  # type: ignore[union-attr]
            break
        assert n < 19
        page.detail.buttons["look"].click()
        desk.settle()
    assert "page gone" in said(page)[0] and "404" in said(page)[0]
    assert "gone" in texts(page.detail)
    assert desk.journal.receipts.history(p.id)[0].status == 404


def test_the_log_is_exported_in_three_forms(desk: Desk) -> None:
    desk.target()
    out(desk)
    page = log(desk)
    for format in ("json", "csv", "md"):
        path = desk.folder / f"log.{format}"
        page.export_to(path, format)  # type: ignore[arg-type]
        desk.settle()
        assert "published" in path.read_text("utf-8") and str(path) in desk.told
    lines = (desk.folder / "log.json").read_text("utf-8").splitlines()
    assert {json.loads(one)["title"] for one in lines} == {"Out"}
    page.export_to(desk.folder / "no" / "such" / "log.csv", "csv")
    desk.settle()
    assert "cannot be written" in desk.told


def test_a_post_that_is_out_is_updated_and_taken_back(desk: Desk) -> None:
    desk.target()
    p = out(desk)
    page = log(desk)
    assert "update" not in page.detail.buttons
    entry = desk.journal.entries.get(p.post_id)
    desk.journal.entries.save(entry.id, entry.body + "\n\nOne more seed.", base_rev=entry.rev)
    page.refresh()
    desk.settle()
    page.detail.buttons["update"].click()
    desk.press(desk.asked(), "Publish")
    assert desk.told == "Published “Out” to blog."
    assert desk.journal.publishing.for_post(p.post_id)[0].rev == 2
    page.list.setCurrentIndex(page.model.index(0))
    desk.settle()
    page.detail.buttons["back"].click()
    desk.press(desk.asked(), "Take back")
    assert desk.told == "“Out” is taken back from blog."
    assert desk.journal.publishing.online(p.post_id) == []
