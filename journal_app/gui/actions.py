"""Every action of the window, declared once; menus, palette, tooltips and tests use the id."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from journal_app.gui.language import later, tr

MENUS = (
    later("Journal"),
    later("Entry"),
    later("Text"),
    later("View"),
    later("Go"),
    later("Help"),
)


@dataclass(frozen=True, slots=True)
class Action:
    """One thing the user can do. `menu` is one of MENUS; `shortcut` is in Qt's portable words."""

    id: str
    text: str
    menu: str
    shortcut: str = ""
    icon: str = ""
    checkable: bool = False
    also: str = ""  # a second key, while the first is the declared one and nobody else has it


ACTIONS: tuple[Action, ...] = (
    Action("capture", "Capture a note", "Journal", "Ctrl+Shift+N", "plus"),
    Action("entry.new", "New entry", "Journal", "Ctrl+N", "file-pen-line"),
    Action(
        "entry.template", "New entry from a template…", "Journal", "Ctrl+Alt+N", "layout-template"
    ),
    Action("import", "Import a folder of records…", "Journal", "Ctrl+Shift+I", "import"),
    Action("import.file", "Import record files…", "Journal", "", "import"),
    Action("target.add", "Add a place to publish…", "Journal", "", "folder"),
    Action("places", "Places to publish…", "Journal", "", "map-pin"),
    Action("publishing", "Publishing…", "Journal", "Ctrl+Alt+P", "calendar-clock"),
    Action("model.install", "Install the summary model", "Journal", "", "download"),
    Action("models", "Models…", "Journal", "Ctrl+Alt+M", "package"),
    Action("models.devices", "Devices of the models…", "Journal", "", "cpu"),
    Action("models.evals", "Evals of the models…", "Journal", "", "chart-line"),
    Action("commands.folder", "Your commands…", "Journal", "", "folder-cog"),
    Action("export", "Export…", "Journal", "", "external-link"),
    Action("index.build", "Index entries for “More like this”", "Journal", "", "sparkles"),
    Action("backup", "Back up now", "Journal", "", "archive"),
    Action("trash.empty", "Empty the trash…", "Journal", "", "trash-2"),
    Action("settings", "Settings…", "Journal", "Ctrl+,", "settings"),
    Action("quit", "Quit", "Journal", "Ctrl+Q", "x"),
    Action("entry.find", "Find in this entry", "Entry", "Ctrl+F", "search"),
    Action("entry.replace", "Find and replace in this entry", "Entry", "Ctrl+H", "replace"),
    Action("find.next", "Find the next place", "Entry", "F3", "chevron-down"),
    Action("find.previous", "Find the previous place", "Entry", "Shift+F3", "chevron-up"),
    Action("entry.outline", "Outline", "Entry", "Ctrl+Shift+O", "list-tree"),
    Action("entry.preview", "Preview", "Entry", "Ctrl+E", "eye"),
    Action("entry.title", "Give a title", "Entry", "F2", "pencil"),
    Action("entry.tag", "Add a tag", "Entry", "Ctrl+T", "tag"),
    Action("entry.link", "Link a run…", "Entry", "Ctrl+L", "link"),
    Action("entry.follow", "Follow the link at the caret", "Entry", "Ctrl+Return", "link"),
    Action("entry.graph", "Show what is linked around it", "Entry", "Ctrl+Shift+G", "waypoints"),
    Action("entry.attach", "Attach files…", "Entry", "", "paperclip"),
    Action("entry.screenshot", "Attach a screenshot…", "Entry", "", "camera"),
    Action("entry.paste-plain", "Paste as plain text", "Entry", "Ctrl+Shift+V", "clipboard-type"),
    Action("entry.summarize", "Summarize", "Entry", "Ctrl+M", "sparkles"),
    Action("entry.command", "Commands for this text…", "Entry", "Ctrl+Alt+K", "square-slash"),
    Action("entry.insert", "Insert the summary", "Entry", "", "quote"),
    Action("entry.draft", "Make a draft for publishing", "Entry", "Ctrl+D", "newspaper"),
    Action("entry.schedule", "Schedule this post…", "Entry", "", "calendar-clock"),
    Action("entry.publish", "Publish this post now…", "Entry", "", "send"),
    Action("entry.describe", "Describe this post…", "Entry", "", "file-text"),
    Action("entry.preflight", "Look through this post…", "Entry", "", "shield-check"),
    Action("entry.thread", "This post as a thread…", "Entry", "", "message-square-quote"),
    Action("entry.unschedule", "Take this post off the schedule", "Entry", "", "undo-2"),
    Action("entry.similar", "More like this", "Entry", "Ctrl+Shift+M", "layers"),
    Action("entry.export", "Export this entry…", "Entry", "", "external-link"),
    Action("entry.copy-link", "Copy the entry's id", "Entry", "Ctrl+Shift+C", "copy"),
    Action("entry.star", "Star", "Entry", "Ctrl+Alt+S", "star"),
    Action("entry.history", "Versions of this entry…", "Entry", "Ctrl+Shift+H", "history"),
    Action("entry.version", "Name this version…", "Entry", "Ctrl+Alt+V", "bookmark"),
    Action("entry.merge", "Merge with its other version…", "Entry", "", "git-merge"),
    Action("entry.trash", "Move to trash", "Entry", "Ctrl+Shift+Backspace", "trash-2"),
    Action("entry.restore", "Restore from the trash", "Entry", "", "rotate-ccw"),
    Action("text.bold", "Bold", "Text", "Ctrl+B", "bold"),
    Action("text.italic", "Italic", "Text", "Ctrl+I", "italic"),
    Action("text.code", "Code", "Text", "Ctrl+`", "code"),
    Action("text.strike", "Strike through", "Text", "", "strikethrough"),
    Action("text.link", "Make a link", "Text", "Ctrl+Shift+K", "link"),
    Action("text.task", "Tick or make a task", "Text", "Ctrl+Shift+Return", "list-todo"),
    Action("text.line-up", "Move the line up", "Text", "Alt+Up", "arrow-up"),
    Action("text.line-down", "Move the line down", "Text", "Alt+Down", "arrow-down"),
    Action("text.duplicate", "Duplicate the line or selection", "Text", "Ctrl+Shift+J", "copy"),
    Action("text.join", "Join lines", "Text", "Ctrl+J", "wrap-text"),
    Action("caret.next", "Select the next occurrence too", "Text", "Ctrl+Shift+D", "text-cursor"),
    Action("caret.all", "Select every occurrence", "Text", "Ctrl+Shift+L", "text-cursor"),
    Action(
        "caret.above",
        "Add a caret above",
        "Text",
        "Alt+Shift+Up",
        "text-cursor",
        False,
        "Ctrl+Alt+Up",
    ),
    Action(
        "caret.below",
        "Add a caret below",
        "Text",
        "Alt+Shift+Down",
        "text-cursor",
        False,
        "Ctrl+Alt+Down",
    ),
    Action("table.row-above", "Table: add a row above", "Text", "", "table"),
    Action("table.row-below", "Table: add a row below", "Text", "", "table"),
    Action("table.row-remove", "Table: remove the row", "Text", "", "table"),
    Action("table.row-up", "Table: move the row up", "Text", "", "table"),
    Action("table.row-down", "Table: move the row down", "Text", "", "table"),
    Action("table.column-left", "Table: add a column at the left", "Text", "", "table"),
    Action("table.column-right", "Table: add a column at the right", "Text", "", "table"),
    Action("table.column-remove", "Table: remove the column", "Text", "", "table"),
    Action("table.column-back", "Table: move the column left", "Text", "", "table"),
    Action("table.column-on", "Table: move the column right", "Text", "", "table"),
    Action("table.align-left", "Table: align the column left", "Text", "", "table"),
    Action("table.align-center", "Table: align the column to the middle", "Text", "", "table"),
    Action("table.align-right", "Table: align the column right", "Text", "", "table"),
    Action("table.align-none", "Table: no alignment for the column", "Text", "", "table"),
    Action("fold.toggle", "Fold or unfold", "Text", "F9", "fold-vertical"),
    Action("fold.all", "Fold everything", "Text", "Shift+F9", "fold-vertical"),
    Action("fold.none", "Unfold everything", "Text", "Ctrl+F9", "unfold-vertical"),
    Action("write.focus", "Focus on one paragraph", "Text", "F8", "scan-text"),
    Action("write.typewriter", "Typewriter: the line stays mid-page", "Text", "Shift+F8", "type"),
    Action("write.alone", "Nothing but the text", "Text", "F11", "maximize"),
    Action("write.spelling", "Check spelling", "Text", "F7", "spell-check"),
    Action("palette", "Command palette", "View", "Ctrl+K", "command"),
    Action("transcript", "Transcript of commands", "View", "Ctrl+Alt+H", "scroll-text"),
    Action("inspector", "Inspector", "View", "Ctrl+.", "panel-right", checkable=True),
    Action("theme.system", "Theme: as the system", "View", "", "monitor-cog"),
    Action("theme.light", "Theme: light", "View", "", "sun-medium"),
    Action("theme.dark", "Theme: dark", "View", "", "moon"),
    Action("theme.contrast", "Theme: high contrast", "View", "", "eye"),
    Action("ask", "Ask the journal…", "Go", "Ctrl+Shift+A", "message-circle-question-mark"),
    Action("week", "Summarize this week", "Go", "Ctrl+Alt+W", "calendar-range"),
    Action("entry.today", "Today's note", "Go", "Ctrl+Alt+D", "calendar-days"),
    Action("tags.all", "All tags…", "Go", "Ctrl+Alt+T", "tags"),
    Action("search.save", "Save this search…", "Go", "Ctrl+Alt+F", "list-filter"),
    Action("list.updated", "Sort the list: last change first", "View", "", "arrow-down-up"),
    Action("list.created", "Sort the list: newest first", "View", "", "arrow-down-up"),
    Action("list.title", "Sort the list: by title", "View", "", "arrow-down-up"),
    Action("goto", "Go to entry", "Go", "Ctrl+P", "arrow-left"),
    Action("find", "Find in all entries", "Go", "Ctrl+Shift+F", "search"),
    Action("pane.next", "Next pane", "Go", "F6", "columns-2"),
    Action("pane.back", "Previous pane", "Go", "Shift+F6", "columns-2"),
    Action("shortcuts", "Keyboard shortcuts", "Help", "F1", "keyboard"),
    Action("help", "Help pages", "Help", "Shift+F1", "book-open"),
    Action("help.offline", "What leaves this computer", "Help", "", "shield-check"),
    Action("tour", "Tour of the window", "Help", "", "circle-help"),
)


def native(shortcut: str | QKeySequence) -> str:
    """A shortcut as this system writes it; Return is the key that most keyboards call Enter."""
    words = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText)
    return words.replace("Return", "Enter")


def build(
    owner: QWidget, handlers: Mapping[str, Callable[[], object]], keys: Mapping[str, str]
) -> dict[str, QAction]:
    """The QActions of `owner`, by id; every declared action needs a handler. `keys` by id."""
    made: dict[str, QAction] = {}
    for action in ACTIONS:
        handler = handlers[action.id]
        item = QAction(tr(action.text), owner)
        item.setObjectName(action.id)
        item.setCheckable(action.checkable)
        item.triggered.connect(lambda _checked=False, call=handler: call())
        owner.addAction(item)
        made[action.id] = item
    bind(made, keys)
    return made


def bind(made: Mapping[str, QAction], keys: Mapping[str, str]) -> None:
    """Give the actions their keys, from now on."""
    for action in ACTIONS:
        own = [keys[action.id]]
        if action.also and own[0] == action.shortcut and action.also not in keys.values():
            own.append(action.also)
        made[action.id].setShortcuts([QKeySequence(one) for one in own])


def keys_of(window: QWidget, id: str) -> str:
    """The keys that call an action of `window` now, as this system writes them; "" for none."""
    action = window.findChild(QAction, id)
    if action is None:
        return ""
    return native(action.shortcut())


def fill_menus(add: Callable[[str], QMenu], actions: Mapping[str, QAction]) -> None:
    """Put the actions into menus; `add` makes a menu with a title."""
    for title in MENUS:
        menu = add(tr(title))
        for action in ACTIONS:
            if action.menu == title:
                if action.id == "quit" and sys.platform != "darwin":
                    menu.addSeparator()
                menu.addAction(actions[action.id])
