"""Entries as a Markdown folder that `journal adopt` reads back.

Invariants: a file appears whole or not at all; a file that the export did not write, or that was
changed since, is never written over; a second export touches only what changed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.domain.experiments import Problem
from journal_app.domain.exported import MANIFEST, clash_key, file_stem, page
from journal_app.domain.views import View
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.runtime import whole_files
from journal_app.store import collections, entries

if TYPE_CHECKING:
    from journal_app.domain.entry import Attachment, Entry
    from journal_app.store.database import Store

KEEP_EVERY = 500  # files between two writes of the manifest


@dataclass(slots=True)
class ExportReport:
    """How many entries were written, stood already, or could not be written (`left`)."""

    folder: str
    written: int = 0
    same: int = 0
    files: int = 0
    left: list[Problem] = field(default_factory=list)


@dataclass(slots=True)
class _Folder:
    """The folder that is written: what an export wrote there, and which names are taken."""

    path: Path
    entries: dict[str, dict[str, str]]
    taken: set[str]
    report: ExportReport


class ExportService:
    """Writing entries out."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def export(
        self,
        folder: Path,
        view: View | None = None,
        *,
        ids: Sequence[str] | None = None,
        progress: Callable[[int, int], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> ExportReport:
        """Write `ids`, or the entries of `view` (all that are not in the trash), into `folder`.

        Raises JournalError when the folder cannot be used; what `check` raises passes through, and
        a second call goes on from there.
        """
        base = ImportContext()
        tell, check = progress or base.progress, check or base.check
        folder = Path(folder).expanduser()
        if self._store.folder.resolve() == folder.resolve():
            raise JournalError(
                f"{folder} is the journal itself.", "Export into a folder of its own."
            )
        try:
            folder.mkdir(parents=True, exist_ok=True)
            place = _opened(folder)
            db = self._store.read()
            ids = list(collections.ids_of(db, view or View()) if ids is None else ids)
            try:
                for number, id in enumerate(ids):
                    check()
                    self._entry(place, entries.get(db, id))
                    tell(number + 1, len(ids))
                    if number % KEEP_EVERY == KEEP_EVERY - 1:
                        _keep(place)
            finally:
                _keep(place)
        except OSError as error:
            raise JournalError(
                f"{error.filename or folder} cannot be written: {error.strerror or error}.",
                "Free some space or choose another folder; what was written before stays.",
            ) from error
        return place.report

    def _entry(self, place: _Folder, entry: Entry) -> None:
        for file in entry.attachments:
            self._file(place, entry, file)
        data = page(entry).encode("utf-8")
        sha = hashlib.sha256(data).hexdigest()
        before = place.entries.get(entry.id)
        name = before["file"] if before else _name(place, entry, data)
        target = place.path / name
        if target.is_file():
            if before and before["sha256"] == sha:
                place.report.same += 1
                return
            now = hashlib.sha256(target.read_bytes()).hexdigest()
            if now == sha:
                place.entries[entry.id] = {"file": name, "sha256": sha}
                place.report.same += 1
                return
            if not before or now != before["sha256"]:
                place.report.left.append(
                    Problem(name, "This file was changed since it was exported: it was left alone.")
                )
                return
        whole_files.place(target, data)
        place.entries[entry.id] = {"file": name, "sha256": sha}
        place.report.written += 1

    def _file(self, place: _Folder, entry: Entry, file: Attachment) -> None:
        source, target = self._store.folder / file.path, place.path / file.path
        if target.is_file() and target.stat().st_size == file.size:
            return
        if target.exists():
            place.report.left.append(
                Problem(file.path, "Another file has this name: it was left alone.")
            )
            return
        try:
            data = source.read_bytes()
        except OSError as error:
            why = error.strerror or str(error)
            place.report.left.append(
                Problem(file.name, f"The file of {entry.title!r} cannot be read: {why}.")
            )
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        whole_files.place(target, data)
        place.report.files += 1


def _opened(folder: Path) -> _Folder:
    known: dict[str, dict[str, str]] = {}
    manifest = folder / MANIFEST
    if manifest.is_file():
        try:
            value = json.loads(manifest.read_text(encoding="utf-8"))
            for id, row in value["entries"].items():
                if Path(row["file"]).name == row["file"]:
                    known[str(id)] = {"file": row["file"], "sha256": str(row["sha256"])}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise JournalError(
                f"{manifest} is damaged ({error}).", "Export into a new folder."
            ) from error
    for left in folder.glob(f".*{whole_files.PARTIAL}"):  # of an export that was killed
        left.unlink(missing_ok=True)
    taken = {clash_key(path.name) for path in folder.iterdir()}
    taken |= {clash_key(row["file"]) for row in known.values()}
    return _Folder(folder, known, taken, ExportReport(str(folder)))


def _name(place: _Folder, entry: Entry, data: bytes) -> str:
    """A name for the file of an entry that no other file has, whatever the case of its letters."""
    stem = file_stem(entry.title)
    names = [f"{stem}.md", f"{stem} {entry.id[-6:].lower()}.md", f"{stem} {entry.id}.md"]
    for name in names:
        mine = (place.path / name).is_file() and (place.path / name).read_bytes() == data
        if clash_key(name) not in place.taken or mine:
            break
    place.taken.add(clash_key(name))
    return name


def _keep(place: _Folder) -> None:
    manifest = place.path / MANIFEST
    value = {"format": 1, "entries": place.entries}
    data = json.dumps(value, ensure_ascii=False, sort_keys=True, indent=1).encode()
    if manifest.is_file() and manifest.read_bytes() == data:
        return
    manifest.parent.mkdir(exist_ok=True)
    whole_files.place(manifest, data)
