"""Pasting and dropping into the text: the right thing, in the right place, undone in one step."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray, QMimeData, QUrl
from PySide6.QtGui import QColor, QGuiApplication, QImage
from pytestqt.qtbot import QtBot

from journal_app.domain import html_paste, paste
from journal_app.gui.editor.pane import EditorPane
from journal_app.journal import Journal
from tests.helpers.panes import Panes, panes

__all__ = ["panes"]


@pytest.fixture
def pane(panes: Panes, qtbot: QtBot) -> EditorPane:
    made = EditorPane(panes.journal, panes.jobs, panes.holder)
    qtbot.addWidget(made)
    panes.events.listen(made.stale)
    made.resize(800, 700)
    made.show()
    return made


@pytest.fixture
def write(pane: EditorPane, journal: Journal) -> Callable[[str, int], str]:
    """Open an entry with a text and put the caret somewhere; the entry's id."""

    def start(body: str, at: int) -> str:
        entry = journal.entries.create(body)
        pane.open_entry(entry.id)
        pane.page.text.select(at, at)
        return entry.id

    return start


Write = Callable[[str, int], str]


def mime(text: str = "", html: str = "") -> QMimeData:
    data = QMimeData()
    if text:
        data.setText(text)
    if html:
        data.setHtml(html)
    return data


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(os.fspath(path)) for path in paths])
    return data


def png(color: str = "red") -> bytes:
    from journal_app.gui.editor.paste import png as packed

    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    return packed(image)


def test_a_spreadsheet_becomes_a_table_and_undo_takes_it_back(
    pane: EditorPane, write: Write
) -> None:
    write("above\nbelow", 5)
    text = pane.page.text
    text.insertFromMimeData(mime("step\tloss\n1\t2.5\n"))
    assert text.text() == ("above\n\n| step | loss |\n| ---: | ---: |\n|    1 |  2.5 |\n\nbelow")
    text.undo()
    assert text.text() == "above\nbelow"


def test_in_code_and_from_our_own_text_everything_stays_plain(
    pane: EditorPane, write: Write
) -> None:
    write("```\n\n```", 4)
    pane.page.text.insertFromMimeData(mime("a\tb\n1\t2"))
    assert pane.page.text.text() == "```\na\tb\n1\t2\n```"
    write("", 0)
    pane.page.text.insertPlainText("a,n\nb,1")
    pane.page.text.selectAll()
    own = pane.page.text.createMimeDataFromSelection()
    pane.page.text.insertFromMimeData(own)
    assert pane.page.text.text() == "a,n\nb,1"


def test_a_long_table_keeps_its_whole_as_a_file(
    pane: EditorPane, write: Write, journal: Journal, qtbot: QtBot
) -> None:
    id = write("", 0)
    rows = "n\tm\n" + "\n".join(f"{n}\t{n}" for n in range(paste.ROWS + 50))
    pane.page.text.insertFromMimeData(mime(rows))
    qtbot.waitUntil(lambda: "50 more rows in [table-" in pane.page.text.text())
    (kept,) = journal.entries.get(id).attachments
    assert kept.path in pane.page.text.text() and kept.path.endswith(".csv")
    lines = (journal.folder / kept.path).read_text().splitlines()
    assert len(lines) == paste.ROWS + 51 and lines[-1] == "249,249"


def test_an_address_over_a_selection_becomes_a_link(pane: EditorPane, write: Write) -> None:
    write("see the paper", 0)
    text = pane.page.text
    text.select(8, 13)
    text.insertFromMimeData(mime(" https://example.org/p "))
    assert text.text() == "see the [paper](https://example.org/p)"
    text.select(0, 3)
    text.insertFromMimeData(mime("javascript:alert(1)"))
    assert text.text().startswith("javascript:alert(1) the")


def test_html_arrives_where_it_was_pasted_however_much_is_typed_meanwhile(
    pane: EditorPane, write: Write, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("start  end", 6)
    go = threading.Event()
    convert = html_paste.convert

    def slowly(html: str) -> html_paste.Converted | None:
        go.wait(10)
        return convert(html)

    monkeypatch.setattr(html_paste, "convert", slowly)
    text = pane.page.text
    text.insertFromMimeData(mime("bold", "<p><b>bold</b></p>"))
    qtbot.keyClicks(text, "typed")
    text.select(0, 0)
    qtbot.keyClicks(text, "before ")
    go.set()
    qtbot.waitUntil(lambda: "**bold**" in text.text())
    assert text.text() == "before start **bold**typed end"
    assert text.offset() == len("before ")
    text.undo()
    assert text.text() == "before start typed end"


def test_html_for_an_entry_that_was_left_goes_to_its_end(
    pane: EditorPane, write: Write, journal: Journal, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = write("first", 5)
    go = threading.Event()
    convert = html_paste.convert

    def slowly(html: str) -> html_paste.Converted | None:
        go.wait(10)
        return convert(html)

    monkeypatch.setattr(html_paste, "convert", slowly)
    pane.page.text.insertFromMimeData(mime("bold", "<p><b>bold</b></p>"))
    write("second", 0)
    with qtbot.waitSignal(pane.message, timeout=5000) as told:
        go.set()
    assert told.args is not None and "first" in told.args[0]
    assert journal.entries.get(first).body == "first\n\n**bold**"
    assert pane.page.text.text() == "second"


def test_pictures_inside_html_become_attachments(
    pane: EditorPane, write: Write, journal: Journal, qtbot: QtBot
) -> None:
    import base64

    id = write("", 0)
    picture = base64.b64encode(png()).decode()
    html = f"<p>see <img alt='plot' src='data:image/png;base64,{picture}'></p>"
    pane.page.text.insertFromMimeData(mime("see", html))
    qtbot.waitUntil(lambda: "![plot](attachments/" in pane.page.text.text())
    (kept,) = journal.entries.get(id).attachments
    assert (journal.folder / kept.path).read_bytes() == png()


def test_the_same_picture_twice_is_one_file(
    pane: EditorPane, write: Write, journal: Journal, qtbot: QtBot
) -> None:
    id = write("", 0)
    for _ in range(2):
        data = QMimeData()
        data.setData("image/png", QByteArray(png("blue")))
        count = pane.page.text.text().count("![pasted-")
        pane.page.text.insertFromMimeData(data)
        qtbot.waitUntil(lambda n=count: pane.page.text.text().count("![pasted-") == n + 1)
    (kept,) = journal.entries.get(id).attachments
    assert (journal.folder / kept.path).read_bytes() == png("blue")  # as it came, not packed anew


def test_several_files_come_in_one_step_and_a_csv_is_shown(
    pane: EditorPane, write: Write, journal: Journal, tmp_path: Path, qtbot: QtBot
) -> None:
    id = write("text", 4)
    for name in ("a.csv", "b.pdf", "c.png"):
        (tmp_path / name).write_bytes(name.encode())
    text = pane.page.text
    text.insertFromMimeData(files(*(tmp_path / n for n in ("a.csv", "b.pdf", "c.png"))))
    qtbot.waitUntil(lambda: "c.png" in text.text())
    assert [line.partition("(")[0] for line in text.lines()] == [
        "text", "", "![a.csv]", "[b.pdf]", "![c.png]",
    ]  # fmt: skip
    assert len(journal.entries.get(id).attachments) == 3
    text.undo()
    assert text.text() == "text"


def test_one_bad_file_leaves_the_text_alone_and_is_named(
    pane: EditorPane, write: Write, tmp_path: Path, qtbot: QtBot
) -> None:
    write("text", 4)
    (tmp_path / "a.txt").write_text("a")
    pane.page.text.insertFromMimeData(files(tmp_path / "a.txt", tmp_path / "gone.txt"))
    qtbot.waitUntil(lambda: "gone.txt" in pane.notice.text)
    assert pane.page.text.text() == "text"


def test_what_colours_code_is_pasted_as_text(pane: EditorPane, write: Write) -> None:
    write("", 0)
    html = "<div><span style='color:#00f'>def</span> f(): pass</div>"
    pane.page.text.insertFromMimeData(mime("def f(): pass", html))
    assert pane.page.text.text() == "def f(): pass"


def test_paste_as_plain_text(pane: EditorPane, write: Write) -> None:
    write("", 0)
    QGuiApplication.clipboard().setMimeData(mime("a\tb\n1\t2", "<table><tr><td>a</table>"))
    pane.paste.plain()
    assert pane.page.text.text() == "a\tb\n1\t2"
