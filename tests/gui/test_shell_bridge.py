"""The bridge carries closures from threads into the window, in order, whatever they do."""

from __future__ import annotations

import threading

from pytestqt.exceptions import capture_exceptions
from pytestqt.qtbot import QtBot

from journal_app.gui.bridge import UiBridge


def test_closures_of_a_thread_run_in_order_in_the_window_s_thread(qtbot: QtBot) -> None:
    bridge = UiBridge()
    seen: list[tuple[int, bool]] = []
    main = threading.get_ident()

    def work() -> None:
        for n in range(500):
            bridge.post(lambda n=n: seen.append((n, threading.get_ident() == main)))

    thread = threading.Thread(target=work)
    thread.start()
    qtbot.waitUntil(lambda: len(seen) == 500)
    thread.join()
    assert seen == [(n, True) for n in range(500)]


def test_one_that_raises_does_not_hold_up_the_next(qtbot: QtBot) -> None:
    bridge = UiBridge()
    seen: list[str] = []

    def bug() -> None:
        raise ValueError("a bug")

    with capture_exceptions() as caught:
        bridge.post(bug)
        bridge.post(lambda: seen.append("after"))
        qtbot.waitUntil(lambda: seen == ["after"])
    assert [kind for kind, _, _ in caught] == [ValueError]


def test_what_comes_after_the_end_is_dropped(qtbot: QtBot) -> None:
    bridge = UiBridge()
    seen: list[str] = []
    bridge.post(lambda: seen.append("waiting"))
    bridge.close()
    bridge.post(lambda: seen.append("late"))
    other = UiBridge()
    other.post(lambda: seen.append("other"))
    qtbot.waitUntil(lambda: seen == ["other"])
