"""The preview draws formulas, tables and runs, follows links, ticks boxes, and pages long texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication, QImage, QTextDocument
from pytestqt.qtbot import QtBot

from journal_app.domain.markdown import Names
from journal_app.domain.runcards import Headline, RunCard
from journal_app.gui.editor.pane import EditorPane
from journal_app.gui.preview.view import Preview
from tests.helpers.panes import Panes, panes

__all__ = ["panes"]

IMAGE = QTextDocument.ResourceType.ImageResource.value
ID = "01M82BW127N890WD9AP24WYMB4"
CARD = RunCard(
    ID, "d12", "nanochat", "finished", 0, "utc", (Headline("CORE", "0.2"),), None, (), 1, True
)


def no_names() -> Names:
    return Names(lambda name: ID if name == "Known" else None, lambda name: ID)


@pytest.fixture
def view(panes: Panes, qtbot: QtBot) -> Preview:
    made = Preview(panes.journal.folder, panes.jobs, panes.holder)
    made.set_sources(no_names, lambda id: CARD)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def show(view: Preview, panes: Panes, qtbot: QtBot, text: str) -> None:
    with qtbot.waitSignal(view.rendered, timeout=10_000):
        view.show_text(text, at_once=True)
    qtbot.waitUntil(lambda: not view.busy() and panes.idle(), timeout=10_000)


def test_formulas_are_drawn(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    show(view, panes, qtbot, "$x^2$ and\n\n$$\\frac{a}{b}$$")
    html = view.toHtml()
    assert html.count('src="math:') == 2 and "vertical-align: middle" in html
    image = view.loadResource(IMAGE, QUrl("math:0"))
    assert isinstance(image, QImage)
    ink = {
        image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height())
    }
    assert 255 in ink and 0 in ink


def test_a_formula_takes_the_colour_of_the_theme(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    def darkest() -> int:
        image = view.loadResource(IMAGE, QUrl("math:0"))
        assert isinstance(image, QImage)
        return min(
            image.pixelColor(x, y).lightness()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        )

    show(view, panes, qtbot, "$\\sum x$")
    assert darkest() < 80
    panes.holder.set_choice("dark")
    qtbot.waitUntil(lambda: not view.busy() and panes.idle(), timeout=10_000)
    assert darkest() > 150
    panes.holder.set_choice("light")


def test_a_broken_formula_shows_its_source_and_why(
    view: Preview, panes: Panes, qtbot: QtBot
) -> None:
    show(view, panes, qtbot, "$\\frac{a$")
    assert "\\frac{a" in view.toPlainText() and "Not drawn" in view.toPlainText()


def test_a_table_of_a_file(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    file = panes.journal.folder / "attachments/ab/t.csv"
    file.parent.mkdir(parents=True)
    file.write_text("step,loss\n" + "1,2\n" * 300, encoding="utf-8")
    show(view, panes, qtbot, "![losses](attachments/ab/t.csv)\n\n![gone](attachments/ab/no.csv)")
    plain = view.toPlainText()
    assert "step" in plain and "… and 100 more rows" in plain and "missing" in plain


def test_a_run_stands_in_the_text_once(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    view.show_cards([CARD])
    show(view, panes, qtbot, "![[run:d12]]")
    assert view.toHtml().count(f'src="card:{ID}"') == 1
    with qtbot.waitSignal(view.run_requested) as asked:
        view.anchorClicked.emit(QUrl(f"run:{ID}"))
    assert asked.args == [ID]


def test_clicks_lead_to_entries_and_pages(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    show(view, panes, qtbot, "[[Known]] [[Größe & <b>]]")
    links = view.toHtml().split('href="')[1:]
    with qtbot.waitSignal(view.entry_requested) as asked:
        view.anchorClicked.emit(QUrl(links[0].split('"')[0]))
    assert asked.args == [ID]
    with qtbot.waitSignal(view.page_requested) as new:
        view.anchorClicked.emit(QUrl(links[1].split('"')[0]))
    assert new.args == ["Größe & <b>"]


def test_code_is_copied(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    show(view, panes, qtbot, "```py\nx = '<1>'\n\ny\n```\n\n```\nb\n```")
    view.anchorClicked.emit(QUrl("copy:0"))
    assert QGuiApplication.clipboard().text() == "x = '<1>'\n\ny"


def test_callouts_show_title_sign_and_text(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    show(view, panes, qtbot, "> [!warning] Hot\n> body\n\n> [!quote]\n> q")
    plain = view.toPlainText()
    assert "⚠" in plain and "Hot" in plain and "body" in plain
    assert panes.holder.theme.css("stale-soft").lower() in view.toHtml()


def test_a_long_text_has_pages(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    text = "\n\n".join(f"paragraph {n} " + "word " * 40 + "[^1]" * (n == 0) for n in range(2000))
    show(view, panes, qtbot, text + "\n\n[^1]: the note")
    assert "paragraph 0 " in view.toPlainText() and "paragraph 1999" not in view.toPlainText()
    assert len(view.toPlainText()) < 100_000 and "Show the rest" in view.toPlainText()
    view.anchorClicked.emit(QUrl("rest:1"))
    assert "paragraph 0 " not in view.toPlainText()
    assert "Show what comes before" in view.toPlainText()
    view.anchorClicked.emit(QUrl("#fn1"))
    assert "the note" in view.toPlainText()
    view.anchorClicked.emit(QUrl("#fnref1"))
    assert "paragraph 0 " in view.toPlainText()
    view.follow(2 * 1500, 100)
    assert "paragraph 1500 " in view.toPlainText()
    lines = [line for line, _ in view.tops()]
    assert lines == sorted(lines) and 3000 in lines


def test_one_endless_block_is_cut_with_a_word(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    show(view, panes, qtbot, "x" * 1_000_000)
    assert "too long for the preview" in view.toPlainText()
    assert len(view.toPlainText()) < 30_000


def test_a_tick_in_the_preview_is_a_tick_in_the_text(panes: Panes, qtbot: QtBot) -> None:
    entry = panes.journal.entries.add("# Plan\n\n- [ ] write the eval\n- [x] rerun")
    pane = EditorPane(panes.journal, panes.jobs, panes.holder)
    qtbot.addWidget(pane)
    pane.resize(1200, 700)
    pane.show()
    pane.open_entry(entry.id)
    pane.set_preview(True)
    view = pane.preview
    assert view is not None
    qtbot.waitUntil(lambda: "☐" in view.toPlainText(), timeout=10_000)
    line = next(p.split('"')[0] for p in view.toHtml().split('href="')[1:] if p.startswith("task:"))
    view.anchorClicked.emit(QUrl(line))
    assert "- [x] write the eval" in pane.page.text.text()
    qtbot.waitUntil(lambda: "☐" not in view.toPlainText(), timeout=10_000)
    pane.page.text.undo()
    assert "- [ ] write the eval" in pane.page.text.text()
    done: list[bool] = []
    pane.flush(done.append)
    qtbot.waitUntil(lambda: done == [True], timeout=10_000)
    pane.close()


def test_a_box_that_moved_is_not_ticked(panes: Panes, qtbot: QtBot, tmp_path: Path) -> None:
    entry = panes.journal.entries.add("a\n\nb [ ] c")
    pane = EditorPane(panes.journal, panes.jobs, panes.holder)
    qtbot.addWidget(pane)
    pane.open_entry(entry.id)
    pane.set_preview(True)
    for line in (0, 2, 99):
        with qtbot.waitSignal(pane.side.message):
            pane.side.toggle_task(line)
    assert pane.page.text.text() == "a\n\nb [ ] c"
    qtbot.waitUntil(panes.idle, timeout=10_000)
    pane.close()
