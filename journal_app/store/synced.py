"""Whether a folder is carried around by a sync program, which may copy a database half-written."""

from __future__ import annotations

import re
from pathlib import Path

# Folder names that the programs themselves choose; Syncthing and Resilio mark theirs with a file.
_NAMES = (
    (re.compile(r"OneDrive(?: - .+|-.+)?", re.IGNORECASE), "OneDrive"),
    (re.compile(r"Dropbox(?: \(.+\))?", re.IGNORECASE), "Dropbox"),
    (re.compile(r"iCloud ?Drive|com~apple~CloudDocs|Mobile Documents", re.IGNORECASE), "iCloud"),
    (re.compile(r"Google ?Drive(?: .+)?|GoogleDrive-.+", re.IGNORECASE), "Google Drive"),
    (re.compile(r"Nextcloud|ownCloud", re.IGNORECASE), "Nextcloud"),
    (re.compile(r"Syncthing|Sync", re.IGNORECASE), "Syncthing"),
)
_MARKS = ((".stfolder", "Syncthing"), (".sync", "Resilio Sync"), (".dropbox", "Dropbox"))


def carrier(folder: Path) -> str | None:
    """The sync program that carries `folder`, judged by names and marks on the way up; or None."""
    for place in (folder.absolute(), *folder.absolute().parents):
        for mark, program in _MARKS:
            if (place / mark).exists():
                return program
        for name, program in _NAMES:
            if name.fullmatch(place.name):
                return program
    return None
