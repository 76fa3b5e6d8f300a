"""The window "Publishing" on a real journal with folders of sites as targets."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from journal_app.domain.publishing import Publication
from journal_app.gui.app import Session
from journal_app.gui.lists.places import ENTRIES
from journal_app.gui.publish.calendar_page import CalendarPage
from journal_app.gui.publish.grid import PUBLICATION, Grid
from journal_app.gui.publish.window import PublishingWindow
from journal_app.store import publications

BERLIN = "Europe/Berlin"
MARCH = date(2031, 3, 29)  # the day before the clocks go forward in Berlin
NONE, LEFT = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton


class Desk:
    """What the tests do at the window."""

    def __init__(self, session: Session, qtbot: QtBot, folder: Path) -> None:
        self.session, self.qtbot, self.folder = session, qtbot, folder
        self.journal = session.journal

    def target(self, name: str = "blog", url: str = "") -> str:
        """A folder of a site as a target."""
        site = self.folder / name
        (site / "content" / "posts").mkdir(parents=True)
        (site / "hugo.toml").write_text('title = "x"\n', encoding="utf-8")
        config = {"path": str(site), "flavor": "hugo"}
        self.journal.targets.add(name, "folder", {**config, "url": url} if url else config)
        return name

    def post(self, title: str) -> str:
        """A draft."""
        return self.journal.entries.create(f"# {title}\n\nTwo runs, one seed.", kind="post").id

    def plan(self, title: str, at: str, target: str = "blog", tz: str = BERLIN) -> Publication:
        """A scheduled post."""
        return self.journal.publishing.schedule(self.post(title), target, at, tz=tz)

    def put(self, p: Publication, *states: str, why: str = "") -> Publication:
        """Move a publication through states, as sending would."""
        for state in states:
            with self.journal.store.write() as w:
                fields = {"last_error": why} if why else None
                moved = publications.move(w, p, state, why or state, fields)
                assert moved is not None
                p = moved
        return p

    def now_is(self, p: Publication) -> Publication:
        """A publication as it is stored now."""
        return next(one for one in self.journal.publishing.for_post(p.post_id) if one.id == p.id)

    # ------------------------------------------------------------------ the window

    @property
    def window(self) -> PublishingWindow:
        """The window "Publishing"."""
        return self.session.window.acts.publishing.dialog

    def show(self, page: str = "calendar") -> QWidget:
        """Open the window at a page and wait until it is filled."""
        self.session.window.acts.publishing.show(page)
        self.settle()
        return self.window._made[page]

    def calendar(self, day: date, view: str = "month", tz: str = BERLIN) -> CalendarPage:
        """The calendar at a day."""
        page = self.show("calendar")
        assert isinstance(page, CalendarPage)
        page.use_zone(tz)
        page.do(view)
        page.go(day)
        self.settle()
        return page

    def settle(self) -> None:
        """Wait until every job has ended and told, and what changed was read."""
        gather = self.session.window.refresher._gather
        still = 0
        while still < 4:  # what ends posts what it tells, which may begin something
            busy = self.session.jobs.busy() > 0 or gather.isActive()
            still = 0 if busy else still + 1
            self.qtbot.wait(1)

    def drop(self, grid: Grid, at: QPointF, id: str, kind: str = PUBLICATION) -> None:
        """Drop a publication, or a draft, at a point of a grid."""
        data = QMimeData()
        data.setData(kind, id.encode())
        grid.dropEvent(QDropEvent(at, Qt.DropAction.MoveAction, data, LEFT, NONE))
        self.settle()

    def drop_draft(self, grid: Grid, at: QPointF, id: str) -> None:
        """Drop a draft at a point of a grid."""
        self.drop(grid, at, id, ENTRIES)

    def key(self, widget: QWidget, key: Qt.Key, keys: Qt.KeyboardModifier = NONE) -> None:
        """Press a key and wait for what comes of it."""
        self.qtbot.keyClick(widget, key, keys)
        self.settle()

    def asked(self) -> QDialog:
        """The question that is shown."""
        self.qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QDialog))
        found = QApplication.activeModalWidget()
        assert isinstance(found, QDialog)
        return found

    def press(self, place: QWidget, word: str) -> None:
        """Press a button by its word."""
        found = [
            one for one in place.findChildren(QPushButton) if one.text().replace("&", "") == word
        ]
        assert found, [one.text() for one in place.findChildren(QPushButton)]
        found[0].click()
        self.settle()

    def undo(self) -> None:
        """Take the last act back by the button of the line that told it."""
        self.press(self.window.toast, "Undo")

    @property
    def told(self) -> str:
        """What was told last: by the line at the bottom, or above the page."""
        if self.window.notice.isVisibleTo(self.window):
            return self.window.notice.text
        return self.window.toast.text


def texts(widget: QWidget) -> str:
    """Everything that a part says."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


@pytest.fixture
def desk(open_window: Callable[[], Session], qtbot: QtBot, tmp_path: Path) -> Desk:
    """A window whose journal counts in Berlin's time."""
    session = open_window()
    session.journal.settings.set("timezone", BERLIN)
    return Desk(session, qtbot, tmp_path)
