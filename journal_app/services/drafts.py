"""What is being typed into the capture window, kept on disk until it is a note.

Invariants: a draft belongs to one process at a time (a lock that ends with it), so two capture
windows never share one; a draft whose note was kept is never offered again, because it bears the
id that the note gets.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.domain.entry import KINDS
from journal_app.errors import JournalError
from journal_app.runtime import single_instance
from journal_app.store import entries

if TYPE_CHECKING:
    from journal_app.runtime.single_instance import Claim
    from journal_app.store.database import Store

FOLDER = "drafts"
MOST = 16  # drafts that may lie about at once
LARGEST = 8 * 1024 * 1024  # bytes read back


@dataclass(frozen=True, slots=True)
class Draft:
    """A note before it is one. `id` is the id that it will have."""

    id: str
    text: str = ""
    kind: str = "note"


class DraftService:
    """The one draft that this process holds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._claim: Claim | None = None
        self._path: Path | None = None

    def take(self) -> Draft:
        """Hold a draft: one that another process left behind, else a new, empty one."""
        empty: tuple[Claim, Path] | None = None
        for n in range(1, MOST + 1):
            path = self._store.folder / FOLDER / f"capture-{n}.json"
            if empty is not None and not path.exists():
                continue
            claim = single_instance.claim(single_instance.name_of(self._store.folder, f"draft{n}"))
            if claim is None:
                continue
            left = self._read(path)
            if left is not None:
                if empty is not None:
                    empty[0].release()
                self._claim, self._path = claim, path
                return left
            if empty is None:
                empty = claim, path
            else:
                claim.release()
        if empty is not None:
            self._claim, self._path = empty
        return self.fresh()

    def fresh(self) -> Draft:
        """An empty draft."""
        return Draft(self._store.new_id())

    def keep(self, draft: Draft) -> None:
        """Write what was typed so far. Raises JournalError when the disk does not take it."""
        if self._path is None:
            return
        if not draft.text.strip():
            self.drop()
            return
        data = {"id": draft.id, "kind": draft.kind, "text": draft.text}
        partial = self._path.with_suffix(".partial")
        try:
            self._path.parent.mkdir(mode=0o700, exist_ok=True)
            with partial.open("w", encoding="utf-8", errors="replace") as handle:
                json.dump(data, handle, ensure_ascii=False)
                handle.flush()
                os.fsync(handle.fileno())
            partial.replace(self._path)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise JournalError(
                f"What you type cannot be kept in {self._path.parent}: {error.strerror}.",
                "Keep the note before you close this window.",
            ) from error

    def drop(self) -> None:
        """The draft became a note, or was thrown away."""
        if self._path is not None:
            self._path.unlink(missing_ok=True)

    def release(self) -> None:
        """Let the next process have what is left."""
        if self._claim is not None:
            self._claim.release()
        self._claim = self._path = None

    def _read(self, path: Path) -> Draft | None:
        """What a process left behind; None for nothing, or a note that was kept after all."""
        try:
            if path.stat().st_size > LARGEST:
                return None
            found = json.loads(path.read_text(encoding="utf-8"))
            draft = Draft(str(found["id"]), str(found["text"]), str(found["kind"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        if not draft.text.strip() or entries.exists(self._store.read(), draft.id):
            return None
        return draft if draft.kind in KINDS else Draft(draft.id, draft.text)
