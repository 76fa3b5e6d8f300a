"""Files kept with entries: added, listed with their state, taken away again.

The text is not changed here, except where `remove` is told to: who adds a file decides where its
reference stands (`domain.entry.reference`).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from journal_app.errors import JournalError, NotFound
from journal_app.runtime import whole_files
from journal_app.store import attachments, entries

if TYPE_CHECKING:
    from journal_app.domain.entry import Attachment, Entry
    from journal_app.store.database import Store

State = Literal["ok", "missing", "damaged"]


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of an entry and whether it is still what was kept."""

    file: Attachment
    state: State


def without(body: str, path: str) -> str:
    """A text without the references to a file; a line that held nothing else goes with them."""
    mark = re.compile(r"!?\[(?:\\.|[^\]\\])*\]\(<?" + re.escape(path) + r">?(?:\s+\"[^\"]*\")?\)")
    before = body.split("\n")
    after = [mark.sub("", line).rstrip() if mark.search(line) else line for line in before]
    lines: list[str] = []
    for n, line in enumerate(after):
        gone = line != before[n] and not line
        blank_next = n + 1 == len(after) or not after[n + 1]
        if not gone:
            lines.append(line)
        elif blank_next and lines and not lines[-1]:
            lines.pop()  # one empty line is enough where the reference stood
    return "\n".join(lines)


class AttachmentService:
    """Attachments of one journal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def attach_file(self, ref: str, path: Path) -> Attachment:
        """Keep a copy of a file with an entry. Raises NotFound or JournalError."""
        entries.resolve(self._store.read(), ref)  # before a large file is copied for nothing
        file = attachments.put_file(self._store.folder, path)
        self.reattach(ref, file)
        return file

    def of(self, ref: str, *, verify: bool = False) -> list[Kept]:
        """The files of an entry by name. `verify` reads each whole; else its size must do."""
        db = self._store.read()
        files = entries.attachments_of(db, entries.resolve(db, ref))
        return [Kept(file, self._state(file, verify)) for file in files]

    def _state(self, file: Attachment, verify: bool) -> State:
        path = self._store.folder / file.path
        try:
            if path.stat().st_size != file.size:
                return "damaged"
            if verify and attachments.digest_of(path) != file.sha256:
                return "damaged"
        except OSError:
            return "missing"
        return "ok"

    def path(self, file: Attachment) -> Path:
        """Where a file lies. Raises NotFound when it is gone."""
        path = self._store.folder / file.path
        if not path.is_file():
            raise NotFound(
                f"{file.name} is missing from {path.parent}.",
                "`journal backup list` shows the copies; restoring one brings attachments back.",
            )
        return path

    def export(self, file: Attachment, target: Path, *, replace: bool = True) -> None:
        """Write a copy of a file under a name of the user's choice, whole or not at all.

        Raises JournalError, also for a name that is taken unless it may be replaced.
        """
        import shutil

        source = self.path(file)
        if target.exists() and not replace:
            raise JournalError(
                f"{target} is there already. Nothing was written.", "Choose another name."
            )
        partial = target.with_name(f".{file.sha256[:12]}{whole_files.PARTIAL}")
        try:
            shutil.copyfile(source, partial)
            partial.replace(target)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise JournalError(
                f"{target} could not be written: {error.strerror or error}.",
                "Choose another folder.",
            ) from error

    def named(self, ref: str, name: str) -> Attachment:
        """The file of an entry with this name, or with a digest that begins so."""
        found = [
            kept.file
            for kept in self.of(ref)
            if kept.file.name == name or (len(name) >= 6 and kept.file.sha256.startswith(name))
        ]
        if len(found) != 1:
            why = "has no file" if not found else "has several files called"
            raise NotFound(f"The entry {why} {name!r}.", "`journal attachments ENTRY` lists them.")
        return found[0]

    def detach(self, ref: str, file: Attachment) -> None:
        """Take a file off an entry; the text stays as it is, and so does the file itself."""
        with self._store.write() as w:
            entry_id = entries.resolve(w.db, ref)
            if attachments.detach(w, entry_id, file.sha256):
                w.changed("entry", entry_id)

    def reattach(self, ref: str, file: Attachment) -> None:
        """Note a file that lies in the journal as one of the entry's, as `detach` is undone."""
        with self._store.write() as w:
            entry_id = entries.resolve(w.db, ref)
            entries.attach(w, entry_id, file, Path(file.path).suffix)
            w.changed("entry", entry_id)

    def remove(self, entry: Entry, file: Attachment, save: Callable[[str], object]) -> None:
        """Take a file off an entry and its references out of the text, which `save` stores."""
        body = without(entry.body, file.path)
        if body != entry.body:
            save(body)
        self.detach(entry.id, file)
