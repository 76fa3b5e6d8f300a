"""The window's outside: menus, keys, its size between starts, the way through its panes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QMenu, QWidget

from journal_app.gui import actions

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow

SIZE = (1440, 900)


def restore(window: MainWindow, kept: str) -> None:
    """Give the window the size and the panes that `state_of` kept; anything else is ignored."""
    window.resize(*SIZE)
    try:
        state = json.loads(kept or "{}")
        window.resize(*state["size"])
        window.panes.set_widths(state["panes"])
        if state["full"]:
            window.setWindowState(Qt.WindowState.WindowMaximized)
    except (ValueError, KeyError, TypeError):
        return  # first start, or a state of another version: the defaults are as good


def state_of(window: MainWindow) -> str:
    """Size and panes as text for the settings."""
    size = window.normalGeometry().size() if window.isMaximized() else window.size()
    return json.dumps(
        {
            "size": [size.width(), size.height()],
            "panes": window.panes.widths(),
            "full": window.isMaximized(),
        }
    )


def next_pane(window: MainWindow, step: int) -> None:
    """Move the keyboard to the next pane that is seen; -1 goes back."""
    runs = window.runs_view if window.sidebar.key == "runs" else None
    places: list[QWidget] = [
        window.sidebar.list,
        runs.list.list if runs is not None else window.entries.list,
    ]
    main = window.panes.mains.currentWidget()
    if window.editor is not None and main is window.editor:
        places.append(window.editor.page.text)
        card = window.editor.linking.completion.slash.shown
        if card is not None:
            places.append(card)
    elif main is not None:
        places.append(main)
    if window.inspector is not None and window.panes.inspector_shown:
        places.append(window.inspector)
    seen = [place for place in places if place.isVisible()]
    focus = window.focusWidget()
    held = [n for n, p in enumerate(seen) if focus is p or (focus and p.isAncestorOf(focus))]
    if focus is not None and not held and window.editor is not None:
        held = [seen.index(window.editor.page.text)] if window.editor.isAncestorOf(focus) else []
    at = held[0] if held else -1
    seen[(at + step) % len(seen)].setFocus(Qt.FocusReason.TabFocusReason)


def add_menus(window: MainWindow) -> None:
    """Menus: in the system's bar on macOS, behind the button in the status bar elsewhere."""
    bar = window.menuBar()
    if bar.isNativeMenuBar():
        window.status.menu_button.hide()
        actions.fill_menus(bar.addMenu, window.actions_by_id)
        return
    bar.hide()
    menu = QMenu(window)
    actions.fill_menus(menu.addMenu, window.actions_by_id)
    window.status.set_menu(menu)


def show_keys(window: MainWindow) -> None:
    """Show the keys that hold now where the window names them."""
    window.sidebar.capture.show_keys(actions.keys_of(window, "capture"))
    window.entries.show_keys(actions.keys_of(window, "find"))


def add_keys(window: MainWindow) -> None:
    """Keys that are no actions: Ctrl+1 to 9 for the sections, / to find, ? for the sheet."""
    for number in range(1, 10):
        key = QShortcut(QKeySequence(f"Ctrl+{number}"), window)
        key.activated.connect(lambda n=number: window.sidebar.choose_number(n))
    QShortcut(QKeySequence("/"), window).activated.connect(window.acts.find)
    QShortcut(QKeySequence("?"), window).activated.connect(window.acts.shortcuts)
