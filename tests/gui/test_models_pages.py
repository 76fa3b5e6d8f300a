"""The window "Models": devices as they run, evals over time, and the status bar's words."""

from __future__ import annotations

import os
import re
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from journal_app import paths
from journal_app.errors import JournalError
from journal_app.gui import facts as status_facts
from journal_app.gui.app import Session
from journal_app.gui.model import facts, words
from journal_app.gui.model.share_bar import ShareBar
from journal_app.journal import Journal
from journal_app.models.catalog import DEFAULT, EMBEDDINGS
from tests.gui.test_access import nameless
from tests.helpers import gates
from tests.helpers.gates import WRITER, FakeEvaluator, FakeHost
from tests.helpers.model_window import Open, column, evaluator, session, settle, show, texts
from tests.helpers.packs import real_packs

__all__ = ["evaluator", "session"]

NOW = 1_780_000_000_000


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
    if not (paths.model_packs() / DEFAULT).exists():
        gates.put_pack(paths.model_packs(), DEFAULT, task=EMBEDDINGS)
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
    dialog.packs.choose(DEFAULT)
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
    assert DEFAULT in chip.toolTip()
