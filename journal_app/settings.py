"""Every setting, declared once; command line, window and help derive from this table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from journal_app.errors import JournalError


@dataclass(frozen=True, slots=True)
class Setting:
    """A named choice. `choices` are the allowed values; None means free text."""

    name: str
    default: str
    help: str
    choices: tuple[str, ...] | None = None


SETTINGS: tuple[Setting, ...] = (
    Setting("theme", "system", "Colours of the window.", ("system", "light", "dark", "contrast")),
    Setting(
        "device",
        "auto",
        "Where the model runs: auto takes the NPU, then a GPU, then the CPU.",
        ("auto", "npu", "gpu", "cpu"),
    ),
    Setting("sentences", "3", "Sentences in a summary.", tuple(str(n) for n in range(1, 11))),
    Setting("editor.preview", "on", "Preview beside the editor.", ("on", "off")),
    Setting("window.inspector", "on", "Inspector at the right.", ("on", "off")),
    Setting("window.state", "", "Sizes of the window and its panes (kept by the window)."),
    Setting(
        "capture.context",
        "on",
        "Keep with a note where it was made: git commit, host, folder, run; never published.",
        ("on", "off"),
    ),
    Setting("timezone", "", "Zone for schedules, such as Europe/Berlin; empty: this computer's."),
)
_BY_NAME = {setting.name: setting for setting in SETTINGS}

SettingName = Literal[
    "theme",
    "device",
    "sentences",
    "editor.preview",
    "window.inspector",
    "window.state",
    "capture.context",
    "timezone",
]


def declared(name: str) -> Setting:
    """The setting called `name`; raises JournalError with the list of names."""
    if name not in _BY_NAME:
        raise JournalError(
            f"There is no setting {name!r}.", "Settings: " + ", ".join(_BY_NAME) + "."
        )
    return _BY_NAME[name]


def checked(name: str, value: str) -> str:
    """`value` if the setting allows it; raises JournalError with the choices."""
    setting = declared(name)
    if setting.choices is not None and value not in setting.choices:
        raise JournalError(
            f"{value!r} is not a value of {name}.", "Values: " + ", ".join(setting.choices) + "."
        )
    return value
