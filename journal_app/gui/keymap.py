"""Which keys call which action: the declared ones, and what the user put in their place.

The setting `shortcuts` holds only what differs, as JSON: `{"capture": "Ctrl+Alt+N"}`; "" takes the
key of an action away.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from PySide6.QtGui import QKeySequence

from journal_app.gui.actions import ACTIONS, Action

# Keys that mean something everywhere in the window and stay what they are.
FIXED = ("Esc", "Tab", "Shift+Tab", "Return", "/", "?", *(f"Ctrl+{n}" for n in range(1, 10)))
_DECLARED = {action.id: action for action in ACTIONS}


def portable(keys: str) -> str:
    """Keys in Qt's portable words; "" for what is no key."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def changed(kept: str) -> dict[str, str]:
    """What the setting says, for the actions that are there; anything unreadable is left out."""
    try:
        found = json.loads(kept or "{}")
    except ValueError:
        return {}
    if not isinstance(found, dict):
        return {}
    return {
        str(id): portable(keys)
        for id, keys in found.items()
        if id in _DECLARED and isinstance(keys, str)
    }


def effective(kept: str) -> dict[str, str]:
    """The keys of every action, by id."""
    own = changed(kept)
    return {a.id: own.get(a.id, a.shortcut) for a in ACTIONS}


def rebound(kept: str, id: str, keys: str | None) -> str:
    """The setting after action `id` got `keys`; None gives it back its declared ones."""
    own = changed(kept)
    wanted = _DECLARED[id].shortcut if keys is None else portable(keys)
    if wanted == portable(_DECLARED[id].shortcut):
        own.pop(id, None)
    else:
        own[id] = wanted
    return json.dumps(own, sort_keys=True) if own else ""


def holder(keys: Mapping[str, str], wanted: str, id: str) -> Action | None:
    """The other action that has the keys `wanted` already."""
    asked = portable(wanted)
    if not asked:
        return None
    return next((a for a in ACTIONS if a.id != id and portable(keys.get(a.id, "")) == asked), None)


def fixed(wanted: str) -> bool:
    """Whether `wanted` cannot be given away: the window needs it, or it would type a letter."""
    asked = QKeySequence(wanted)
    if portable(wanted) in FIXED:
        return True
    if asked.count() == 0:
        return False
    first = asked[0]  # type: ignore[index]  # the stubs lack it
    plain = not first.keyboardModifiers().value & ~_SHIFT
    return plain and 0x20 <= first.key().value < 0x0100_0000


_SHIFT = 0x0200_0000
