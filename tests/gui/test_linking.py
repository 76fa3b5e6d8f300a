"""Links in the window: followed, kept when titles change, shown beside the entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from journal_app.domain.entry import Entry
from journal_app.domain.graph import Graph, Node, layout
from journal_app.gui.app import Session
from journal_app.gui.editor import linking
from journal_app.gui.editor.autosave import Autosave, Content, Draft
from journal_app.gui.editor.pane import EditorPane
from journal_app.gui.inspector.graph_dialog import GraphDialog
from journal_app.gui.inspector.graph_view import GraphView
from journal_app.gui.inspector.related import RelatedPanel
from journal_app.journal import Journal
from journal_app.services.entries import Saved
from tests.helpers.panes import Panes, panes

__all__ = ["panes"]


@pytest.fixture
def pane(panes: Panes, qtbot: QtBot) -> Iterator[EditorPane]:
    made = EditorPane(panes.journal, panes.jobs, panes.holder)
    qtbot.addWidget(made)
    panes.events.listen(made.stale)
    made.resize(800, 700)
    made.show()
    yield made
    made.close()


def test_a_link_is_followed_by_key_and_by_click(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    target = journal.entries.create("x", title="Warm up")
    source = journal.entries.create(f"see [[Warm up]] and [words](entry:{target.id}) end")
    pane.open_entry(source.id)
    pane.page.text.select_span(8, 8)
    with qtbot.waitSignal(pane.open_requested) as asked:
        pane.linking.follow()
    assert asked.args == [target.id]
    text = pane.page.text
    cursor = text.textCursor()
    cursor.setPosition(source.body.index("words") + 2)
    point = text.cursorRect(cursor).center()
    with qtbot.waitSignal(pane.open_requested) as asked:
        qtbot.mouseClick(
            text.viewport(),
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.ControlModifier,
            point,
        )
    assert asked.args == [target.id]
    text.select_span(len(source.body), len(source.body))
    with qtbot.waitSignal(pane.message) as told:
        pane.linking.follow()
    assert told.args[0] == "There is no link at the caret."


def test_a_link_to_nothing_makes_the_entry(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    source = journal.entries.create("see [[Not yet]] @no-run")
    pane.open_entry(source.id)
    pane.page.text.select_span(8, 8)
    with qtbot.waitSignal(pane.open_requested) as asked:
        pane.linking.follow()
    assert journal.entries.get("Not yet").id == asked.args[0]
    assert journal.links.targets(source.id) == {"not yet": asked.args[0]}
    pane.page.text.select_span(20, 20)
    with qtbot.waitSignal(pane.message) as told:
        pane.linking.follow()
    assert "no run" in told.args[0]


def test_a_title_goes_into_other_texts_once_its_entry_is_left(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    target = journal.entries.create("text", title="Old")
    source = journal.entries.create("see [[Old]]")
    pane.open_entry(target.id)
    pane.edit_title()
    pane.page.title.selectAll()
    qtbot.keyClicks(pane.page.title, "New name")
    qtbot.waitUntil(lambda: journal.entries.get(target.id).title == "New name", timeout=5000)
    assert journal.entries.get(source.id).body == "see [[Old]]"
    pane.open_entry(source.id)
    qtbot.waitUntil(lambda: pane.page.text.text() == "see [[New name]]", timeout=5000)
    assert journal.links.targets(source.id) == {"new name": target.id}


def test_a_title_that_stands_goes_into_other_texts(
    pane: EditorPane, journal: Journal, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(linking, "STANDS_MS", 50)
    target = journal.entries.create("Old")
    source = journal.entries.create("see [[Old]]")
    pane.open_entry(target.id)
    pane.page.text.setFocus()
    pane.page.text.append_paragraph("x")
    pane.page.text.select_span(0, 3)
    pane.page.text.insert("New first line")
    qtbot.waitUntil(
        lambda: journal.entries.get(source.id).body == "see [[New first line]]", timeout=5000
    )


def test_what_is_typed_while_a_rename_arrives_is_kept_with_the_new_name(
    pane: EditorPane, journal: Journal, qtbot: QtBot
) -> None:
    target = journal.entries.create("x", title="Old")
    source = journal.entries.create("see [[Old]]")
    pane.open_entry(source.id)
    pane.page.text.append_paragraph("typed [[Old|again]]")
    journal.links.rename(target.id, "New")
    qtbot.waitUntil(
        lambda: pane.page.text.text() == "see [[New]]\n\ntyped [[New|again]]", timeout=5000
    )
    qtbot.waitUntil(lambda: pane.autosave.idle, timeout=5000)
    assert pane.entry is not None and pane.entry.id == source.id  # no copy was made
    assert journal.entries.get(source.id).body == pane.page.text.text()
    assert set(journal.links.targets(source.id).values()) == {target.id}


# ---------------------------------------------------------------------- beside the entry


@pytest.fixture
def panel(panes: Panes, qtbot: QtBot) -> Iterator[RelatedPanel]:
    made = RelatedPanel(panes.journal, panes.jobs, panes.holder)
    qtbot.addWidget(made)
    made.resize(272, 600)
    made.show()
    yield made
    made.hide()
    qtbot.waitUntil(panes.idle, timeout=5000)


def words(panel: RelatedPanel) -> str:
    parts = [one.accessibleName() or one.text() for one in panel.findChildren(QLabel)]
    parts += [one.accessibleName() for one in panel.findChildren(QPushButton)]
    return "\n".join(parts)


def press(panel: RelatedPanel, name: str, qtbot: QtBot) -> None:
    found = [b for b in panel.findChildren(QPushButton) if b.accessibleName() == name]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)


def test_the_panel_shows_passages_and_links_what_only_says_the_title(
    panel: RelatedPanel, panes: Panes, journal: Journal, qtbot: QtBot
) -> None:
    here = journal.entries.create("here [[Nowhere]] [[There]]", title="Warm up")
    journal.entries.create("because [[Warm up]] <b>failed</b>", title="There")
    said = journal.entries.create("they warm up first", title="Plan")
    panel.show_entry(journal.entries.get(here.id))
    qtbot.waitUntil(lambda: "Plan" in words(panel), timeout=5000)
    shown = words(panel)
    assert "because Warm up <b>failed</b>" in shown and "they warm up first" in shown
    assert all(w in shown for w in ("Linked from", "Links", "Says this title without a link"))
    assert panel.graph.isVisible()
    press(panel, "Make it a link in “Plan”", qtbot)
    qtbot.waitUntil(
        lambda: journal.entries.get(said.id).body == "they [[Warm up|warm up]] first",
        timeout=5000,
    )
    panel.show_entry(journal.entries.get(here.id))
    qtbot.waitUntil(lambda: "Says this title" not in words(panel), timeout=5000)
    with qtbot.waitSignal(panel.open_requested, timeout=5000) as asked:
        press(panel, "Create “Nowhere”", qtbot)
    assert journal.entries.get("Nowhere").id == asked.args[0]


def test_a_lonely_entry_is_told_how_to_link(
    panel: RelatedPanel, journal: Journal, qtbot: QtBot
) -> None:
    panel.show_entry(journal.entries.create("xyz"))
    qtbot.waitUntil(lambda: "Type [[" in words(panel), timeout=5000)
    assert not panel.graph.isVisible()


def test_the_graph_opens_by_mouse_and_by_keys(panes: Panes, qtbot: QtBot) -> None:
    view = GraphView(panes.holder, large=True)
    qtbot.addWidget(view)
    view.resize(400, 300)
    view.show()
    nodes = (Node("A", "note", "a", 0), Node("B", "lesson", "b", 1), Node("R", "run", "r", 1))
    graph = Graph(nodes, ((0, 1), (0, 2)))
    view.set_graph(graph, layout(graph))
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.point(2).toPoint())
    assert opened.args == ["run", "R"]
    assert view.at(view.point(0) + (view.point(1) - view.point(0)) / 2) == -1
    way = view.point(1) - view.point(0)
    across = abs(way.x()) > abs(way.y())
    keys = (
        (Qt.Key.Key_Right if way.x() > 0 else Qt.Key.Key_Left)
        if across
        else (Qt.Key.Key_Down if way.y() > 0 else Qt.Key.Key_Up)
    )
    qtbot.keyClick(view, keys)
    with qtbot.waitSignal(view.opened) as opened:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == ["lesson", "B"] and "b" in view.accessibleDescription()
    qtbot.mouseMove(view, QPoint(1, 1))


def test_the_graph_has_a_list_beside_it(open_window: Callable[[], Session], qtbot: QtBot) -> None:
    session = open_window()
    window, journal = session.window, session.window.journal
    here = journal.entries.create("see [[There]]", title="Here")
    there = journal.entries.create("x", title="There")
    window.open_entry(here.id)
    window.actions_by_id["entry.graph"].trigger()
    dialog = window.findChild(GraphDialog)
    assert dialog is not None
    qtbot.waitUntil(lambda: dialog.list.count() == 2, timeout=5000)
    assert [dialog.list.item(n).text() for n in range(2)] == ["Here", "There"]
    dialog.list.setCurrentRow(1)
    qtbot.keyClick(dialog.list, Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: (
            window.editor is not None
            and window.editor.entry is not None
            and window.editor.entry.id == there.id
        ),
        timeout=5000,
    )


def test_a_text_that_was_left_gets_the_new_names_before_it_is_saved_again(qapp: object) -> None:
    sent: list[tuple[Draft, Callable[[Saved], None]]] = []
    shown = ["see [[Old]]"]
    parent = QObject()
    autosave = Autosave(
        lambda draft, ok, _bad: sent.append((draft, ok)),
        lambda: Content(shown[0], "t", "note"),
        parent,
    )
    autosave.begin(Entry("E", "note", "t", shown[0], 1, 0, 0))
    shown[0] = "see [[Old]] one"
    autosave.touched()
    autosave.retry()
    shown[0] = "see [[Old]] one two"
    autosave.touched()
    autosave.leave()
    stored = Entry("E", "note", "t", "see [[New]] one", 3, 0, 0)
    sent[0][1](Saved(stored))
    assert [(draft.base_rev, draft.content.body) for draft, _ in sent] == [
        (1, "see [[Old]] one"),
        (3, "see [[New]] one two"),
    ]
    autosave.stop()
