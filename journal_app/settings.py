"""Every setting, declared once; dialog, command line and help derive from this table."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from journal_app.errors import JournalError

SettingType = Literal[
    "choice", "switch", "number", "text", "zone", "folder", "shortcut", "device", "kept"
]
_DEVICE = re.compile(r"auto|npu|gpu|cpu|[a-z][a-z0-9]*(?:-[a-z0-9]+)+")
SECTIONS = ("Appearance", "Writing", "Capture", "Model and device", "Publishing", "Backups")


@dataclass(frozen=True, slots=True)
class Setting:
    """A named choice. `choices` are the allowed values; None means free text.

    `section` is one of SECTIONS and `label` what the dialog calls it. `names` says the choices in
    words. A `number` lies between `low` and `high` and counts in `unit`. A setting of type `kept`
    is the window's own memory: no row in the dialog.
    """

    name: str
    default: str
    help: str
    choices: tuple[str, ...] | None = None
    section: str = ""
    label: str = ""
    type: SettingType = "text"
    names: tuple[str, ...] = ()
    unit: str = ""
    low: int = 0
    high: int = 0
    step: int = 1
    restart: bool = False  # takes effect at the next start of the window


def _switch(name: str, default: str, help: str, section: str, label: str) -> Setting:
    return Setting(name, default, help, ("on", "off"), section, label, "switch")


def _kept(name: str, help: str) -> Setting:
    return Setting(name, "", help, type="kept")


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "theme",
        "system",
        "Colours of the window.",
        ("system", "light", "dark", "contrast"),
        "Appearance",
        "Theme",
        "choice",
        ("As the system", "Light", "Dark", "High contrast"),
    ),
    Setting(
        "language",
        "system",
        "Language of the window; dates and numbers follow it.",
        ("system", "en", "de", "zh_CN"),
        "Appearance",
        "Language",
        "choice",
        ("As the system", "English", "Deutsch", "简体中文"),
        restart=True,
    ),
    Setting(
        "window.text",
        "100",
        "Size of everything in the window.",
        None,
        "Appearance",
        "Text size",
        "number",
        unit="%",
        low=100,
        high=200,
        step=10,
        restart=True,
    ),
    _switch("window.inspector", "on", "Inspector at the right.", "Appearance", "Inspector"),
    Setting(
        "editor.spelling",
        "auto",
        "Language of the spell check: auto, off, or a dictionary such as de_DE (needs the extra "
        "spell: pip install journal-app[spell]).",
        None,
        "Writing",
        "Spelling",
    ),
    Setting(
        "editor.keys",
        "standard",
        "Keys of the editor.",
        ("standard", "vim"),
        "Writing",
        "Keys",
        "choice",
        ("Standard", "Vim"),
    ),
    _switch("editor.preview", "off", "Preview beside the editor.", "Writing", "Preview"),
    _switch(
        "capture.context",
        "on",
        "Keep with a note where it was made: git commit, host, folder, run; never published.",
        "Capture",
        "Context of a note",
    ),
    Setting(
        "capture.hotkey",
        "Ctrl+Alt+J",
        "Opens the capture window from any program while Field Journal runs; empty: none.",
        None,
        "Capture",
        "Capture from anywhere",
        "shortcut",
    ),
    _switch(
        "window.tray",
        "on",
        "An icon in the system's tray: capture, open, what goes out next.",
        "Capture",
        "Icon in the tray",
    ),
    Setting(
        "window.close",
        "quit",
        "What closing the window does: quit, or stay in the tray and keep publishing.",
        ("quit", "tray"),
        "Capture",
        "Closing the window",
        "choice",
        ("Quits", "Keeps running in the tray"),
    ),
    Setting(
        "daily.template",
        "daily",
        "Template of the note of the day: a name that `journal templates` lists.",
        None,
        "Writing",
        "Template of the daily note",
    ),
    Setting(
        "device",
        "auto",
        "Where models run: auto takes the NPU, then a GPU, then the CPU; or npu, gpu, cpu, or the "
        "id of a device that `journal model devices` lists.",
        None,
        "Model and device",
        "Device",
        "device",
    ),
    Setting(
        "device.strict",
        "off",
        "Use no other device than the one named, not even for a part of a model: what cannot run "
        "there fails and says why.",
        ("on", "off"),
        "Model and device",
        "No other device",
        "switch",
    ),
    Setting(
        "model.memory",
        "2000",
        "Memory that the model process may hold; 0 for no limit.",
        None,
        "Model and device",
        "Memory of models",
        "number",
        unit="MB",
        low=0,
        high=64000,
        step=100,
    ),
    Setting(
        "model.writer",
        "smollm2-135m-instruct-q4",
        "The pack that words answers and rewrites summaries; `journal model list` shows what is "
        "installed.",
        None,
        "Model and device",
        "Writing model",
    ),
    Setting(
        "summaries.rewrite",
        "auto",
        "Sentences of summaries in the words of the writing model: auto where it passed the gate "
        "on this device, or never.",
        ("auto", "off"),
        "Model and device",
        "Rewritten summaries",
        "choice",
        ("Where the gate is open", "Never"),
    ),
    Setting(
        "sentences",
        "3",
        "Sentences in a summary.",
        None,
        "Model and device",
        "Length of a summary",
        "number",
        low=1,
        high=10,
    ),
    Setting(
        "timezone",
        "",
        "Zone for schedules, such as Europe/Berlin; empty: this computer's.",
        None,
        "Publishing",
        "Time zone",
        "zone",
    ),
    Setting(
        "calendar.file",
        "",
        "An .ics file that follows the schedule, for calendar programs to read; empty: none.",
        None,
        "Publishing",
        "Calendar file",
    ),
    _switch(
        "publish.links",
        "on",
        "Ask the links of a post whether they answer, before it is approved.",
        "Publishing",
        "Look at links",
    ),
    Setting(
        "publish.mail",
        "",
        "Mail addresses that may stand in posts, with commas between them.",
        None,
        "Publishing",
        "Own mail addresses",
    ),
    Setting(
        "publish.late",
        "24",
        "How late a post may go out unasked, after this computer slept or was offline, in hours: "
        "what is later waits for you. A post can have a limit of its own.",
        ("0", "1", "6", "24", "72", "168", "always"),
        "Publishing",
        "Late posts",
        "choice",
        (
            "Always ask",
            "Up to an hour",
            "Up to 6 hours",
            "Up to a day",
            "Up to 3 days",
            "Up to a week",
            "However late",
        ),
    ),
    Setting(
        "backup.folder",
        "",
        "A second folder for every backup, such as one on another disk; empty: none.",
        None,
        "Backups",
        "Second folder",
        "folder",
    ),
    Setting(
        "mirror.folder",
        "",
        "A folder that follows the journal as Markdown files, for git or Syncthing; empty: none.",
        None,
        "Backups",
        "Markdown mirror",
        "folder",
    ),
    _switch(
        "similar.index",
        "on",
        "Read entries with the model while nobody writes, so that related ones are found.",
        "Model and device",
        "Index related entries",
    ),
    _kept("window.state", "Sizes of the window and its panes (kept by the window)."),
    _kept("window.sidebar", "Headings of the sidebar that are closed (kept by the window)."),
    _kept("list.order", "Order of the entries in the list (kept by the window)."),
    _kept("window.tour", "Whether the tour was shown (kept by the window)."),
    _kept("shortcuts", "Keys that differ from the built-in ones, as JSON (set in the dialog)."),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}

SettingName = Literal[
    "theme",
    "language",
    "window.text",
    "window.inspector",
    "editor.spelling",
    "editor.keys",
    "editor.preview",
    "capture.context",
    "capture.hotkey",
    "window.tray",
    "window.close",
    "device",
    "device.strict",
    "model.memory",
    "model.writer",
    "summaries.rewrite",
    "sentences",
    "timezone",
    "calendar.file",
    "publish.links",
    "publish.mail",
    "publish.late",
    "backup.folder",
    "mirror.folder",
    "similar.index",
    "daily.template",
    "window.state",
    "window.sidebar",
    "list.order",
    "window.tour",
    "shortcuts",
]


def declared(name: str) -> Setting:
    """The setting called `name`; raises JournalError with the list of names."""
    if name not in _BY_NAME:
        raise JournalError(
            f"There is no setting {name!r}.", "Settings: " + ", ".join(_BY_NAME) + "."
        )
    return _BY_NAME[name]


def checked(name: str, value: str) -> str:
    """`value` if the setting allows it; raises JournalError with what it allows."""
    setting = declared(name)
    if setting.choices is not None and value not in setting.choices:
        raise JournalError(
            f"{value!r} is not a value of {name}.", "Values: " + ", ".join(setting.choices) + "."
        )
    if setting.type == "number" and not (
        value.isascii() and value.isdigit() and setting.low <= int(value) <= setting.high
    ):
        raise JournalError(
            f"{value!r} is not a value of {name}.",
            f"Whole numbers from {setting.low} to {setting.high}.",
        )
    if setting.type == "device" and not _DEVICE.fullmatch(value):
        raise JournalError(
            f"{value!r} is not a value of {name}.",
            "Values: auto, npu, gpu, cpu, or an id from `journal model devices`.",
        )
    if name == "calendar.file" and value:
        place = Path(value)
        if not place.is_absolute() or place.suffix != ".ics":
            raise JournalError(
                f"{value!r} is not a value of {name}.", "A full path that ends in .ics."
            )
    if name == "shortcuts":
        _check_keys(value)
    return value


def _check_keys(value: str) -> None:
    try:
        keys = json.loads(value or "{}")
    except ValueError as error:
        raise JournalError(
            f"The shortcuts are not JSON: {error}.", 'Such as {"capture": "Ctrl+Alt+N"}.'
        ) from error
    if not isinstance(keys, dict) or not all(isinstance(v, str) for v in keys.values()):
        raise JournalError(
            "Shortcuts are a mapping from actions to keys.", 'Such as {"capture": "Ctrl+Alt+N"}.'
        )
