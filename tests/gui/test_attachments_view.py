"""The files of an entry in the inspector: pictures small, faults told, off with a way back."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from journal_app.domain.entry import Entry
from journal_app.gui import images
from journal_app.gui.editor.paste import png
from journal_app.gui.inspector import thumbnails
from journal_app.gui.inspector.attachments_view import AttachmentsPanel, FileLine
from journal_app.gui.inspector.context import ContextPanel
from journal_app.journal import Journal
from tests.helpers.panes import Panes, panes

__all__ = ["panes"]


def picture(width: int = 300, height: int = 200, color: str = "green") -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return png(image)


@pytest.fixture
def panel(panes: Panes, qtbot: QtBot) -> AttachmentsPanel:
    made = AttachmentsPanel(panes.journal, panes.jobs, panes.holder)
    qtbot.addWidget(made)
    made.resize(280, 300)
    return made


def lines(panel: AttachmentsPanel) -> list[FileLine]:
    return [line for line in panel.findChildren(FileLine) if line.isVisible()]


def keep(journal: Journal, **files: bytes) -> Entry:
    entry = journal.entries.add("evidence")
    for name, data in files.items():
        journal.entries.attach(entry.id, data, name.replace("_", "."))
    return journal.entries.get(entry.id)


def test_pictures_show_small_and_come_from_the_cache_next_time(
    panel: AttachmentsPanel, panes: Panes, qtbot: QtBot
) -> None:
    journal = panes.journal
    entry = keep(journal, a_png=picture(), b_csv=b"a,b\n")
    panel.show_entry(entry)
    qtbot.waitUntil(lambda: len(lines(panel)) == 2 and panes.idle())
    assert [line.accessibleName().partition(",")[0] for line in lines(panel)] == ["a.png", "b.csv"]
    (cached,) = (journal.folder / thumbnails.FOLDER).iterdir()
    assert QImage(str(cached)).size() == QSize(thumbnails.EDGE, thumbnails.EDGE)
    (file, _) = entry.attachments
    (journal.folder / file.path).write_bytes(picture(color="red"))  # the cache answers, not this
    again = thumbnails.make(journal.folder, file)
    assert isinstance(again, QImage) and again.pixelColor(9, 9) == QColor("green")


def test_missing_and_damaged_files_say_so(
    panel: AttachmentsPanel, panes: Panes, qtbot: QtBot
) -> None:
    entry = keep(panes.journal, gone_png=picture(), short_bin=b"123", torn_png=b"\x89PNG\r\n\x1a\n")
    at = {file.name: panes.journal.folder / file.path for file in entry.attachments}
    at["gone.png"].unlink()
    at["short.bin"].write_bytes(b"1")
    panel.show_entry(entry)

    def says() -> dict[str, str]:
        return {line.accessibleName().split(",")[0]: line.meta.text() for line in lines(panel)}

    qtbot.waitUntil(lambda: says().get("torn.png") == "The image is damaged")
    assert says()["gone.png"] == "The file is missing"
    assert says()["short.bin"] == "The file was damaged"


def test_a_picture_that_would_fill_the_memory_is_refused_in_words(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(images, "MOST_PIXELS", 300 * 200 - 1)
    (file,) = keep(journal, a_png=picture()).attachments
    said = images.read(journal.folder, file.path)
    assert said == "Too large to show: 300 × 200 pixels"
    assert thumbnails.make(journal.folder, file) == said


def bomb(width: int, height: int) -> bytes:
    """A PNG whose head claims more pixels than any memory holds."""
    import struct
    import zlib

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    packed = zlib.compress(b"\0" * 4_000_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed)


def test_a_bomb_is_never_unpacked(journal: Journal) -> None:
    (file,) = keep(journal, a_png=bomb(60_000, 60_000)).attachments
    said = images.read(journal.folder, file.path)
    assert said == "Too large to show: 60,000 × 60,000 pixels"


def test_the_cache_stays_small(journal: Journal) -> None:
    folder = journal.folder / thumbnails.FOLDER
    folder.mkdir(parents=True)
    for n in range(10):
        path = folder / f"{n}.png"
        path.write_bytes(b"x" * 100)
        os.utime(path, (n, n))
    assert thumbnails.prune(journal.folder, most=450) == 6
    assert sorted(p.name for p in folder.iterdir()) == ["6.png", "7.png", "8.png", "9.png"]


def test_a_program_is_not_opened_and_a_picture_only_as_a_copy(
    panel: AttachmentsPanel, panes: Panes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(
        "journal_app.gui.inspector.attachments_view.QDesktopServices.openUrl",
        lambda url: opened.append(url.toLocalFile()) or True,
    )
    entry = keep(panes.journal, run_exe=b"MZ", page_html=b"<script>", a_png=picture())
    files = {file.name: file for file in entry.attachments}
    for name in ("run.exe", "page.html"):
        with qtbot.waitSignal(panel.message) as told:
            panel.open(files[name])
        assert told.args is not None and "Save it first" in told.args[0]
    panel.open(files["a.png"])
    qtbot.waitUntil(lambda: len(opened) == 1)
    copy = Path(opened[0])
    assert copy.name == "a.png" and copy.read_bytes() == picture()
    assert copy != panes.journal.folder / files["a.png"].path
    assert not copy.stat().st_mode & 0o222


def test_leafing_through_entries_while_pictures_are_made(
    panel: AttachmentsPanel, panes: Panes, qtbot: QtBot
) -> None:
    colors = ("red", "green", "blue", "black")
    entries = [keep(panes.journal, a_png=picture(color=color)) for color in colors]
    for entry in (*entries, *reversed(entries), None, *entries):
        panel.show_entry(entry)
        qtbot.waitUntil(lambda: panes.jobs.busy() <= 2)
    qtbot.waitUntil(lambda: panes.idle() and len(lines(panel)) == 1)
    shown = lines(panel)[0].thumb._image
    assert shown is not None and shown.pixelColor(5, 5) == QColor("black")


def test_an_entry_without_files_shows_no_panel(panel: AttachmentsPanel, panes: Panes) -> None:
    panel.show_entry(panes.journal.entries.add("words only"))
    assert not panel.isVisible()


def test_what_is_asked_for_comes_out_as_an_attachment(
    panel: AttachmentsPanel, panes: Panes, qtbot: QtBot
) -> None:
    entry = keep(panes.journal, a_csv=b"a,b\n")
    (file,) = entry.attachments
    with qtbot.waitSignal(panel.message):
        panel.copy(file)
    from PySide6.QtGui import QGuiApplication

    assert QGuiApplication.clipboard().text() == f"![a.csv]({file.path})"


# ---------------------------------------------------------------------- context


def test_facts_go_one_by_one_and_come_back(panes: Panes, qtbot: QtBot) -> None:
    journal = panes.journal
    entry = journal.entries.add("x", context={"host": "lab", "branch": "main", "commit": "a" * 40})
    panel = ContextPanel(journal, panes.jobs)
    qtbot.addWidget(panel)

    def stale(_changes: object) -> None:
        panel.show_entry(journal.entries.get(entry.id))

    panes.events.listen(stale)
    panel.show_entry(entry)
    assert set(panel.chips.facts) == {"host", "branch", "commit"}
    panel.chips.removed.emit(["host"])
    qtbot.waitUntil(lambda: set(panel.chips.facts) == {"branch", "commit"})
    assert "host" not in journal.entries.get(entry.id).context
    panel.chips.removed.emit(["branch", "commit"])
    qtbot.waitUntil(lambda: panel.chips.facts == {})
    assert panel.isVisible() and panel.undo.isVisible()
    panel.undo.click()
    qtbot.waitUntil(lambda: set(panel.chips.facts) == {"host", "branch", "commit"})
    assert journal.entries.get(entry.id).context["host"] == "lab"


def test_images_are_read_no_larger_than_asked(journal: Journal) -> None:
    (file,) = keep(journal, a_png=picture(2000, 1000)).attachments
    image = images.read(journal.folder, file.path, 400)
    assert isinstance(image, QImage) and image.size() == QSize(400, 200)
