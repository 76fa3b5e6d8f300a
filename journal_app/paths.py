"""Where things lie: the journal, the model packs, the resources that travel with the package."""

from __future__ import annotations

import os
import sys
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
APP = "field-journal"


def _data(name: str) -> Path:
    """`name` beside the package in a checkout, inside it when installed from a wheel."""
    installed = PACKAGE / "_data" / name
    return installed if installed.is_dir() else PACKAGE.parent / name


def resources() -> Path:
    """The folder of icons, themes, help, models and samples."""
    return _data("resources")


def migrations() -> Path:
    """The folder of the numbered migrations."""
    return _data("migrations")


def host() -> str:
    """The name of this computer. (`socket` says the same and imports for 5 ms.)"""
    if hasattr(os, "uname"):
        return os.uname().nodename
    import socket

    return socket.gethostname()


def user_data() -> Path:
    """The user's data folder; `FIELD_JOURNAL_HOME` overrides it (tests, portable installs)."""
    override = os.environ.get("FIELD_JOURNAL_HOME")
    if override:
        return Path(override)
    if sys.platform == "linux":  # the XDG rule itself: platformdirs costs 20 ms at each start
        base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
        return Path(base) / APP
    import platformdirs

    return Path(platformdirs.user_data_dir(APP, appauthor=False))


def user_cache() -> Path:
    """The folder of what can be fetched again; below `FIELD_JOURNAL_HOME` where that is set."""
    override = os.environ.get("FIELD_JOURNAL_HOME")
    if override:
        return Path(override) / "cache"
    if sys.platform == "linux":
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
        return Path(base) / APP
    import platformdirs

    return Path(platformdirs.user_cache_dir(APP, appauthor=False))


def default_journal() -> Path:
    """The journal folder used when neither `--journal` nor `JOURNAL_DIR` names one."""
    override = os.environ.get("JOURNAL_DIR")
    return Path(override) if override else user_data() / "journal"


def model_packs() -> Path:
    """The folder of installed model packs; `JOURNAL_MODELS` overrides it."""
    override = os.environ.get("JOURNAL_MODELS")
    return Path(override) if override else user_data() / "models"
