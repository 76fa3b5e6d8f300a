"""Every action of the window, declared once; menus, palette, tooltips and tests use the id."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

MENUS = ("Journal", "Entry", "View", "Go", "Help")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the user can do. `menu` is one of MENUS; `shortcut` is in Qt's portable words."""

    id: str
    text: str
    menu: str
    shortcut: str = ""
    icon: str = ""
    checkable: bool = False


ACTIONS: tuple[Action, ...] = (
    Action("capture", "Capture a note", "Journal", "Ctrl+Shift+N", "plus"),
    Action("entry.new", "New entry", "Journal", "Ctrl+N", "file-pen-line"),
    Action("import", "Import a folder of records…", "Journal", "Ctrl+Shift+I", "import"),
    Action("import.file", "Import record files…", "Journal", "", "import"),
    Action("target.add", "Add a place to publish…", "Journal", "", "folder"),
    Action("model.install", "Install the summary model", "Journal", "", "download"),
    Action("backup", "Back up now", "Journal", "", "archive"),
    Action("quit", "Quit", "Journal", "Ctrl+Q", "x"),
    Action("entry.find", "Find in this entry", "Entry", "Ctrl+F", "search"),
    Action("entry.preview", "Preview", "Entry", "Ctrl+E", "eye"),
    Action("entry.title", "Give a title", "Entry", "F2", "pencil"),
    Action("entry.tag", "Add a tag", "Entry", "Ctrl+T", "tag"),
    Action("entry.link", "Link a run…", "Entry", "Ctrl+L", "link"),
    Action("entry.summarize", "Summarize", "Entry", "Ctrl+M", "sparkles"),
    Action("entry.insert", "Insert the summary", "Entry", "", "quote"),
    Action("entry.draft", "Make a draft for publishing", "Entry", "Ctrl+D", "newspaper"),
    Action("entry.schedule", "Schedule this post…", "Entry", "", "calendar-clock"),
    Action("entry.publish", "Publish this post now…", "Entry", "", "send"),
    Action("entry.unschedule", "Take this post off the schedule", "Entry", "", "undo-2"),
    Action("entry.copy-link", "Copy the entry's id", "Entry", "Ctrl+Shift+C", "copy"),
    Action("entry.trash", "Move to trash", "Entry", "Ctrl+Shift+Backspace", "trash-2"),
    Action("entry.restore", "Restore from the trash", "Entry", "", "rotate-ccw"),
    Action("palette", "Command palette", "View", "Ctrl+K", "command"),
    Action("inspector", "Inspector", "View", "Ctrl+.", "panel-right", checkable=True),
    Action("theme.system", "Theme: as the system", "View", "", "monitor-cog"),
    Action("theme.light", "Theme: light", "View", "", "sun-medium"),
    Action("theme.dark", "Theme: dark", "View", "", "moon"),
    Action("theme.contrast", "Theme: high contrast", "View", "", "eye"),
    Action("goto", "Go to entry", "Go", "Ctrl+P", "arrow-left"),
    Action("find", "Find in all entries", "Go", "Ctrl+Shift+F", "search"),
    Action("pane.next", "Next pane", "Go", "F6", "columns-2"),
    Action("pane.back", "Previous pane", "Go", "Shift+F6", "columns-2"),
    Action("shortcuts", "Keyboard shortcuts", "Help", "F1", "keyboard"),
)


def native(shortcut: str) -> str:
    """A shortcut as this system writes it."""
    return QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)


def build(owner: QWidget, handlers: Mapping[str, Callable[[], object]]) -> dict[str, QAction]:
    """The QActions of `owner`, by id; every declared action needs a handler."""
    made: dict[str, QAction] = {}
    for action in ACTIONS:
        handler = handlers[action.id]
        item = QAction(action.text, owner)
        item.setObjectName(action.id)
        item.setCheckable(action.checkable)
        if action.shortcut:
            item.setShortcut(QKeySequence(action.shortcut))
        item.triggered.connect(lambda _checked=False, call=handler: call())
        owner.addAction(item)
        made[action.id] = item
    return made


def fill_menus(add: Callable[[str], QMenu], actions: Mapping[str, QAction]) -> None:
    """Put the actions into menus; `add` makes a menu with a title."""
    for title in MENUS:
        menu = add(title)
        for action in ACTIONS:
            if action.menu == title:
                if action.id == "quit" and sys.platform != "darwin":
                    menu.addSeparator()
                menu.addAction(actions[action.id])
