"""The window "Models": packs with their gate, and the work on them."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from journal_app import paths
from journal_app.gui.app import Session
from journal_app.gui.model import facts, words
from journal_app.models.catalog import DEFAULT
from journal_app.runtime.jobs import JobContext
from tests.helpers import gates
from tests.helpers.gates import WRITER, FakeEvaluator, FakeHost
from tests.helpers.model_window import answer, evaluator, session, settle, show, texts

__all__ = ["evaluator", "session"]


def test_packs_are_listed_with_task_state_and_gate(session: Session, qtbot: QtBot) -> None:
    gates.put_pack(paths.model_packs())
    gates.put_pack(paths.model_packs(), "my-own-model")
    dialog = show(session, qtbot)
    rows = {}
    for line in range(dialog.packs.model.rowCount()):
        index = dialog.packs.model.index(line)
        said = dialog.packs.model.data(index, Qt.ItemDataRole.AccessibleTextRole)
        pack = dialog.packs.model.pack(line)
        assert pack is not None
        rows[pack.id] = said
    assert "Not installed" in rows[DEFAULT]
    assert "Gate" not in rows[DEFAULT]  # what does not write has none
    assert "Never evaluated" in rows[WRITER] and "For writing" in rows[WRITER]
    assert "Never evaluated" in rows["my-own-model"] and "For writing" not in rows["my-own-model"]
    dialog.packs.choose(DEFAULT)
    info = dialog.packs.info
    assert info.buttons["install"].isVisibleTo(info)
    assert not info.buttons["evaluate"].isVisibleTo(info)
    assert "Apache-2.0" in texts(info) and "8199be6f699a395f" in texts(info)
    info.licence.click()
    assert "Apache License" in info.text.toPlainText() and info.text.isVisibleTo(info)


def test_an_eval_runs_with_progress_and_opens_the_gate(
    session: Session, evaluator: FakeEvaluator, qtbot: QtBot
) -> None:
    gates.put_pack(paths.model_packs())
    dialog = show(session, qtbot)
    dialog.packs.choose(WRITER)
    going, shown = threading.Event(), threading.Event()

    def pause(step: int) -> None:
        if step == 1:
            going.set()
            shown.wait(10)

    evaluator.before_step = pause
    dialog.packs.info.buttons["evaluate"].click()
    answer(qtbot, "Evaluate")
    qtbot.waitUntil(going.is_set)
    info = dialog.packs.info
    qtbot.waitUntil(lambda: info.work.far.text() == "1 of 3 texts")
    assert info.work.isVisibleTo(info) and not info.buttons["remove"].isEnabled()
    assert dialog.evals.work.far.text() == "1 of 3 texts" and not dialog.evals.again.isEnabled()
    shown.set()
    qtbot.waitUntil(lambda: "passed" in dialog.notice.text)
    settle(session, qtbot)
    pack = dialog.packs.current
    assert pack is not None and pack.id == WRITER and pack.gate == "open"
    assert "Gate open" in texts(info)
    assert [record.passed for record in session.journal.gate.history(WRITER)] == [True]


def test_a_failed_eval_says_why_and_the_gate_stays_closed(
    session: Session, evaluator: FakeEvaluator, qtbot: QtBot
) -> None:
    gates.put_pack(paths.model_packs())
    evaluator.recall = 0.61
    dialog = show(session, qtbot)
    dialog.packs.choose(WRITER)
    dialog.packs.info.buttons["evaluate"].click()
    answer(qtbot, "Evaluate")
    qtbot.waitUntil(lambda: "did not pass" in dialog.notice.text)
    settle(session, qtbot)
    assert "61.0 %" in dialog.notice.text and "80.0 %" in dialog.notice.text
    assert dialog.packs.current is not None and dialog.packs.current.gate == "closed"
    assert "80.0 %" in dialog.packs.info.why.text()


def test_a_cancelled_eval_keeps_nothing(
    session: Session, evaluator: FakeEvaluator, qtbot: QtBot
) -> None:
    gates.put_pack(paths.model_packs())
    dialog = show(session, qtbot)
    dialog.packs.choose(WRITER)
    going, on = threading.Event(), threading.Event()

    def pause(_step: int) -> None:
        going.set()
        on.wait(10)

    evaluator.before_step = pause
    dialog.packs.info.buttons["evaluate"].click()
    answer(qtbot, "Evaluate")
    qtbot.waitUntil(going.is_set)
    dialog.packs.info.work.cancel.click()
    on.set()
    qtbot.waitUntil(lambda: not session.window.acts.models.work.busy)
    assert session.journal.gate.history() == []
    assert not dialog.packs.info.work.isVisibleTo(dialog)


def test_a_pack_can_be_chosen_for_writing(session: Session, qtbot: QtBot) -> None:
    gates.put_pack(paths.model_packs())
    gates.put_pack(paths.model_packs(), "my-own-model")
    dialog = show(session, qtbot)
    dialog.packs.choose("my-own-model")
    dialog.packs.info.buttons["use"].click()
    qtbot.waitUntil(lambda: session.journal.settings.get("model.writer") == "my-own-model")
    qtbot.waitUntil(lambda: dialog.packs.current is not None and dialog.packs.current.chosen)
    assert dialog.packs.info.buttons["use"].text() == "Used for writing"


def test_verify_names_the_damaged_file(session: Session, qtbot: QtBot) -> None:
    gates.put_pack(paths.model_packs(), "my-own-model")
    dialog = show(session, qtbot)
    dialog.packs.choose("my-own-model")
    dialog.packs.info.buttons["verify"].click()
    qtbot.waitUntil(lambda: "damaged" in dialog.notice.text)
    assert "model.onnx" in dialog.notice.text


def test_remove_asks_first_and_unloads_the_pack(session: Session, qtbot: QtBot) -> None:
    folder = gates.put_pack(paths.model_packs(), "my-own-model")
    host = FakeHost(gates.on_cpu("my-own-model"))
    session.journal._host = host
    dialog = show(session, qtbot)
    dialog.packs.choose("my-own-model")
    dialog.packs.info.buttons["remove"].click()
    answer(qtbot, "Keep it")
    assert folder.exists()
    dialog.packs.info.buttons["remove"].click()
    answer(qtbot, "Remove")
    qtbot.waitUntil(lambda: "is gone" in dialog.notice.text)
    settle(session, qtbot)
    assert not folder.exists() and host.closed == 1
    assert dialog.packs.model.line_of("my-own-model") == -1


def test_a_file_that_is_no_model_is_refused_where_it_was_dropped(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = show(session, qtbot)
    wrong = tmp_path / "notes.txt"
    wrong.write_text("not a model", encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(wrong))])
    none, left = Qt.KeyboardModifier.NoModifier, Qt.MouseButton.LeftButton
    drop = QDropEvent(QPointF(20, 20), Qt.DropAction.CopyAction, data, left, none)
    dialog.packs.dropEvent(drop)
    qtbot.waitUntil(lambda: "notes.txt is not a model" in dialog.notice.text)
    dialog.notice.findChildren(QPushButton)[-1].click()
    assert not dialog.notice.isVisibleTo(dialog)


def test_a_cancelled_piece_of_work_is_told_in_place_of_the_last(
    session: Session, evaluator: FakeEvaluator, qtbot: QtBot
) -> None:
    gates.put_pack(paths.model_packs())
    dialog = show(session, qtbot)
    dialog.packs.choose(WRITER)
    dialog.tell("pass", "Everything was fine.")
    going, on = threading.Event(), threading.Event()

    def pause(_step: int) -> None:
        going.set()
        on.wait(10)

    evaluator.before_step = pause
    work = session.window.acts.models.work
    work.evaluate(WRITER, "SmolLM2")
    assert not dialog.notice.isVisibleTo(dialog)
    qtbot.waitUntil(going.is_set)
    dialog.packs.info.work.cancel.click()
    on.set()
    qtbot.waitUntil(lambda: dialog.notice.text == "Evaluate SmolLM2: cancelled.")
    settle(session, qtbot)


def test_an_import_shows_how_far_it_is_before_it_has_a_row(session: Session, qtbot: QtBot) -> None:
    def slow(context: JobContext) -> None:
        context.progress(30, 100)
        while True:
            context.check()
            time.sleep(0.002)

    dialog = show(session, qtbot)
    strip, work = dialog.packs.coming, session.window.acts.models.work
    assert not strip.isVisibleTo(dialog)
    work._start("/mine.gguf", "Import mine.gguf", "io", "bytes", slow, lambda _made: None)
    qtbot.waitUntil(lambda: strip.far.text() == "30 bytes of 100 bytes")
    assert strip.isVisibleTo(dialog) and strip.doing.full_text() == "Import mine.gguf"
    strip.cancel.click()
    qtbot.waitUntil(lambda: not work.busy)
    assert not strip.isVisibleTo(dialog) and "cancelled" in dialog.notice.text
    settle(session, qtbot)


def test_packs_of_one_title_are_told_apart(session: Session, qtbot: QtBot) -> None:
    for id in ("first", "second"):
        folder = gates.put_pack(paths.model_packs(), id)
        manifest = (folder / "manifest.json").read_text("utf-8")
        titled = manifest.replace(f'"title": "{id}"', '"title": "Mine"')
        (folder / "manifest.json").write_text(titled, "utf-8")
    titles = {one.id: one.title for one in facts.read_packs(session.journal)}
    assert (titles["first"], titles["second"]) == ("Mine (first)", "Mine (second)")
    settle(session, qtbot)


def test_the_gate_speaks_of_no_command_line(session: Session, qtbot: QtBot) -> None:
    gates.put_pack(paths.model_packs())
    dialog = show(session, qtbot)
    dialog.packs.choose(WRITER)
    assert dialog.packs.info.why.text().startswith("Not evaluated on this device yet.")
    assert words.gate_words("It changed: `journal model eval` runs again.") == "It changed."
    assert words.named("cpu: AMD EPYC") == "CPU, AMD EPYC" and words.named("old") == "old"
    assert words.about(185_000_000) == "about 185 MB" and words.about(0) == "not known"
