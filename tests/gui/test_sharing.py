"""More like this, export and the mirror as a user of the window meets them."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from journal_app.gui.app import Session
from journal_app.gui.dialogs.export import ExportDialog
from journal_app.gui.dialogs.similar import SimilarSheet
from journal_app.journal import Journal
from journal_app.services.similar import SimilarService
from tests.helpers.encoder import FakeEncoder

Open = Callable[[], Session]
T = TypeVar("T", bound=QWidget)
WAIT = 20_000


def dialog_of(session: Session, kind: type[T]) -> T:
    """The open dialog of a kind."""
    return next(w for w in session.window.findChildren(kind) if w.isVisible())


@pytest.fixture
def ids(journal_folder: Path) -> list[str]:
    with Journal(journal_folder) as journal:
        return [
            journal.entries.create(text, created_at=1_767_225_600_000).id
            for text in (
                "# Short warmup\n\nThe learning rate warmup was short.",
                "# Long warmup\n\nThe learning rate warmup was long.",
                "# Bread\n\nCheese near the river.",
            )
        ]


def with_model(session: Session, key: str = "0123456789abcdef") -> FakeEncoder:
    """The session with a stand-in for the model."""
    encoder = FakeEncoder(key)
    service = SimilarService(session.journal.store, encoder, encoder)
    session.journal.__dict__["similar"] = service
    return encoder


def test_more_like_this_opens_what_it_finds(
    open_window: Open, ids: list[str], qtbot: QtBot
) -> None:
    session = open_window()
    with_model(session)
    session.journal.similar.build()
    window = session.window
    window.open_entry(ids[0])
    window.actions_by_id["entry.similar"].trigger()
    sheet = dialog_of(session, SimilarSheet)
    qtbot.waitUntil(lambda: sheet.list.count() > 0, timeout=WAIT)
    assert sheet.list.item(0).text().startswith("Long warmup")
    assert "%" in sheet.list.item(0).text() and "meaning" in sheet.note.text()
    sheet.take.click()
    qtbot.waitUntil(lambda: window.entries.current == ids[1])


def test_without_a_model_it_goes_by_words_and_says_so(
    open_window: Open, ids: list[str], qtbot: QtBot
) -> None:
    session = open_window()
    with_model(session, "")
    session.window.open_entry(ids[0])
    session.window.actions_by_id["entry.similar"].trigger()
    sheet = dialog_of(session, SimilarSheet)
    qtbot.waitUntil(lambda: "not installed" in sheet.note.text(), timeout=WAIT)
    sheet.reject()


def test_the_index_follows_the_entries_by_itself(
    open_window: Open, ids: list[str], qtbot: QtBot
) -> None:
    session = open_window()
    with_model(session)
    standing = session.window.acts.sharing.standing
    standing._index_soon.setInterval(0)
    standing.start()
    similar = session.journal.similar
    qtbot.waitUntil(lambda: similar.status().complete, timeout=WAIT)
    session.journal.entries.create("Another one")
    assert not similar.status().complete
    qtbot.waitUntil(lambda: similar.status().complete, timeout=WAIT)


def test_switched_off_nothing_is_read(open_window: Open, ids: list[str], qtbot: QtBot) -> None:
    session = open_window()
    encoder = with_model(session)
    session.journal.settings.set("similar.index", "off")
    standing = session.window.acts.sharing.standing
    standing.index()
    assert not standing._indexing
    standing.index(asked=True)  # the action does it all the same
    qtbot.waitUntil(lambda: session.journal.similar.status().complete, timeout=WAIT)
    assert len(encoder.asked) == 3


def test_cancelled_in_the_tray_it_pauses_until_asked(
    open_window: Open, journal_folder: Path, qtbot: QtBot
) -> None:
    with Journal(journal_folder) as journal:
        for n in range(120):
            journal.entries.create(f"Entry {n}")
    session = open_window()
    encoder = with_model(session)
    encoder.busy = True  # somebody waits for the model, so the index waits too
    window = session.window
    standing = window.acts.sharing.standing
    standing.index()
    qtbot.waitUntil(lambda: window.tray.isVisible(), timeout=WAIT)
    window.tray._lines[0].job.cancel()  # type: ignore[union-attr]
    qtbot.waitUntil(lambda: not standing._indexing, timeout=WAIT)
    encoder.busy = False
    standing.index()
    assert not standing._indexing and encoder.asked == []
    standing.index(asked=True)
    qtbot.waitUntil(lambda: session.journal.similar.status().complete, timeout=WAIT)
    qtbot.waitUntil(lambda: not window.tray.isVisible(), timeout=WAIT)


def test_the_mirror_follows_an_edit(
    open_window: Open, ids: list[str], qtbot: QtBot, tmp_path: Path
) -> None:
    folder = tmp_path / "mirror"
    session = open_window()
    with_model(session, "")
    standing = session.window.acts.sharing.standing
    standing._mirror_soon.setInterval(0)
    session.journal.settings.set("mirror.folder", str(folder))
    page = folder / "2026/01/Bread.md"
    qtbot.waitUntil(page.is_file, timeout=WAIT)
    entry = session.journal.entries.get(ids[2])
    session.journal.entries.save(entry.id, "# Bread\n\nAnd butter.", base_rev=entry.rev)
    qtbot.waitUntil(lambda: "And butter." in page.read_text("utf-8"), timeout=WAIT)
    page.write_text("edited elsewhere", "utf-8")
    entry = session.journal.entries.get(ids[2])
    session.journal.entries.save(entry.id, "# Bread\n\nAnd jam.", base_rev=entry.rev)
    qtbot.waitUntil(lambda: "left alone" in session.window.toast.text, timeout=WAIT)
    assert page.read_text("utf-8") == "edited elsewhere"
    qtbot.waitUntil(lambda: not standing._mirroring, timeout=WAIT)


@pytest.mark.parametrize("format", ["html", "json", "markdown", "pdf"])
def test_an_entry_is_exported_from_the_dialog(
    open_window: Open, ids: list[str], qtbot: QtBot, tmp_path: Path, format: str
) -> None:
    session = open_window()
    window = session.window
    window.open_entry(ids[0])
    window.actions_by_id["entry.export"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(ExportDialog)), timeout=WAIT)
    qtbot.waitUntil(lambda: dialog_of(session, ExportDialog).isVisible(), timeout=WAIT)
    dialog = dialog_of(session, ExportDialog)
    assert dialog.which.currentText() == "1 entry" and "Short warmup" in dialog.place.text()
    dialog.format.setCurrentIndex(dialog.format.findData(format))
    target = tmp_path / f"out{Path(dialog.place.text()).suffix}"
    dialog.place.setText(str(target))
    dialog.go.click()
    qtbot.waitUntil(lambda: "exported" in window.toast.text, timeout=WAIT)
    if format == "markdown":
        assert [path.name for path in target.glob("*.md")] == ["Short warmup.md"]
    elif format == "json":
        assert json.loads(target.read_text("utf-8"))["entries"][0]["id"] == ids[0]
    elif format == "pdf":
        assert target.read_bytes().startswith(b"%PDF")
    else:
        assert "Short warmup" in target.read_text("utf-8")
    assert threading.active_count() < 30


def test_the_dialog_offers_what_the_list_shows_and_keeps_files(
    open_window: Open, ids: list[str], qtbot: QtBot, tmp_path: Path
) -> None:
    session = open_window()
    window = session.window
    window.actions_by_id["export"].trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(ExportDialog)), timeout=WAIT)
    dialog = dialog_of(session, ExportDialog)
    dialog.format.setCurrentIndex(dialog.format.findData("html"))
    mine = tmp_path / "mine.html"
    mine.write_text("mine", "utf-8")
    dialog.place.setText(str(mine))
    dialog.go.click()
    assert dialog.isVisible() and "there already" in dialog.note.text()
    assert mine.read_text("utf-8") == "mine"
    dialog.reject()


def test_the_calendar_file_follows_the_schedule(
    open_window: Open, tmp_path: Path, qtbot: QtBot
) -> None:
    file, site = tmp_path / "posts.ics", tmp_path / "site"
    site.mkdir()
    session = open_window()
    journal = session.journal
    standing = session.window.acts.sharing.standing
    standing._calendar_soon.setInterval(0)
    journal.settings.set("calendar.file", str(file))
    qtbot.waitUntil(file.exists, timeout=WAIT)
    journal.targets.add("blog", "folder", {"path": str(site), "flavor": "hugo"})
    post = journal.entries.create("Words.", kind="post", title="A post").id
    journal.publishing.schedule(post, "blog", "2036-12-01 09:00", tz="UTC")
    qtbot.waitUntil(lambda: b"SUMMARY:A post" in file.read_bytes(), timeout=WAIT)
    qtbot.waitUntil(lambda: not standing._dating, timeout=WAIT)
