"""The Markdown mirror: every entry as a file in a folder that git or Syncthing may carry.

Invariants:
* What is to do follows from the change log, so a change of any process is carried, and a kill
  costs nothing: the batch is done again. A digest is recorded before its file is written; so a
  file that was written but not recorded as such is known as ours.
* A file that is not as we wrote it is never written over and never removed: it is told.
* Nothing is touched but files that we wrote: no foreign file, no `.git`.
* One process at a time mirrors; whoever ends looks again for what others committed meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.domain.experiments import Problem
from journal_app.domain.exported import MANIFEST, clash_key, mirror_names, page
from journal_app.errors import JournalError, NotFound
from journal_app.runtime import single_instance, whole_files
from journal_app.store import entries, mirrored
from journal_app.store.mirrored import Batch, Mirrored, State

if TYPE_CHECKING:
    from journal_app.domain.entry import Attachment, Entry
    from journal_app.store.database import Store, Writer

BATCH = 100  # entries of one commit
TOKEN = ".field-journal/mirror"
CHANGED = "It was changed outside the journal: it was left alone."

Progress = Callable[[int, int], None]
Check = Callable[[], None]


@dataclass(slots=True)
class MirrorReport:
    """What one pass did. `busy`: another process mirrors and will carry the rest."""

    folder: str
    written: int = 0
    same: int = 0
    moved: int = 0
    removed: int = 0
    files: int = 0
    busy: bool = False
    left: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class MirrorStatus:
    """`folder` is "" when the mirror is off; `pending` entries are still to be looked at."""

    folder: str
    entries: int
    pending: int
    left: tuple[Problem, ...]


class MirrorService:
    """The mirror of one journal. `wanted` gives the folder of the setting, "" for none."""

    def __init__(self, store: Store, wanted: Callable[[], str]) -> None:
        self._store, self._wanted = store, wanted

    # ------------------------------------------------------------------ on and off

    def check_folder(self, folder: Path) -> str:
        """The folder as the setting keeps it. Raises JournalError for one that cannot be it."""
        place = Path(folder).expanduser()
        if not place.is_absolute():  # it would be another one for each process
            raise JournalError(
                f"The mirror's folder {place} has no full path.", f"Such as {place.resolve()}."
            )
        place = place.resolve()
        own = self._store.folder.resolve()
        if place == own or own in place.parents:
            raise JournalError(
                f"{place} lies in the journal's own folder.", "Choose a folder beside it."
            )
        if place in own.parents:
            raise JournalError(
                f"{place} holds the journal itself.", "Choose a folder of its own for the mirror."
            )
        if place.exists() and not place.is_dir():
            raise JournalError(f"{place} is a file.", "Choose a folder.")
        return str(place)

    def begin(self, folder: str, *, anew: bool = False) -> None:
        """Start a mirror in `folder`, or go on with ours unless `anew`. Raises JournalError."""
        place = Path(self.check_folder(Path(folder)))
        now = mirrored.state(self._store.read())
        if now is not None and not anew and (now.folder, now.token) == (str(place), _token(place)):
            return
        token = secrets.token_hex(8)
        try:
            (place / TOKEN).parent.mkdir(parents=True, exist_ok=True)
            whole_files.place(place / TOKEN, token.encode())
            if not (place / MANIFEST).exists():  # lets `journal adopt` know the folder
                empty = json.dumps({"format": 1, "entries": {}})
                whole_files.place(place / MANIFEST, empty.encode())
        except OSError as error:
            raise _unwritable(place, error) from error
        with self._store.write() as w:
            mirrored.forget(w)
            mirrored.keep_state(w, State(str(place), token, mirrored.newest(w.db), 0))

    def status(self) -> MirrorStatus:
        """How far the mirror is, and which files it left alone."""
        db = self._store.read()
        now = mirrored.state(db)
        folder = self._wanted()
        if not folder or now is None:
            return MirrorStatus(folder, 0, 0, ())
        left = tuple(Problem(row.file, row.told) for row in mirrored.left(db))
        return MirrorStatus(folder, mirrored.counts(db), mirrored.pending(db, now), left)

    # ------------------------------------------------------------------ following

    def catch_up(
        self,
        progress: Progress | None = None,
        check: Check | None = None,
        *,
        most: int | None = None,
    ) -> MirrorReport:
        """Write what was changed since the last call; at most about `most` entries.

        Raises JournalError when the folder is gone or cannot be written; what `check` raises
        passes through. Either way a later call goes on from there.
        """
        report = MirrorReport("")
        while wanted := self._wanted():  # it may be changed or switched off meanwhile
            report.folder = self.check_folder(Path(wanted))
            claim = single_instance.claim(
                single_instance.name_of(self._store.folder, role="mirror")
            )
            if claim is None:
                report.busy = True
                return report
            try:
                done = self._run(report, progress, check, most)
            finally:
                claim.release()
            # Somebody who found the claim taken went away relying on this look.
            if not done or not self._more():
                break
        return report

    def _more(self) -> bool:
        db = self._store.read()
        now = mirrored.state(db)
        return now is not None and mirrored.next_batch(db, now, 1) is not None

    def _run(
        self,
        report: MirrorReport,
        progress: Progress | None,
        check: Check | None,
        most: int | None,
    ) -> bool:
        """Batch by batch; False when it stopped at `most`."""
        db = self._store.read()
        now = mirrored.state(db)
        place = Path(report.folder)
        if now is None or Path(now.folder) != place:
            self.begin(report.folder)
            now = mirrored.state(db)
        assert now is not None
        if _token(place) != now.token:
            raise JournalError(
                f"The mirror's folder {place} is not there, or was emptied. Nothing was written.",
                f"Connect its disk; or begin anew with `journal mirror {place} --anew`.",
            )
        total, done = mirrored.pending(db, now), 0
        try:
            while batch := mirrored.next_batch(db, now, BATCH):
                if check:
                    check()
                if not self._batch(place, batch, report):
                    return True  # another folder was chosen meanwhile
                now = batch.after
                done += len(batch.ids)
                if progress:
                    progress(min(done, total), total)
                if most is not None and done >= most:
                    return False
        except OSError as error:
            raise _unwritable(place, error) from error
        return True

    def _batch(self, place: Path, batch: Batch, report: MirrorReport) -> bool:
        """Carry one batch; False when the mirror was begun anew by another process."""
        plans = []
        names: set[str] = set()
        for id in batch.ids:
            self._finish_old(place, id, report)
            plan = self._plan(place, id, names)
            if plan is not None:
                names.add(plan[0].key)
                plans.append(plan)
        intents = [row for row, data in plans if data is not None]
        if intents:
            with self._store.write() as w:
                if not _ours(w, batch):
                    return False
                mirrored.put(w, intents)
        kept, gone = [], []
        for row, data in plans:
            if data is None:
                if self._gone(place, row, report):
                    gone.append(row.id)
                else:
                    kept.append(replace(row, told=CHANGED))
                continue
            kept.append(self._written(place, row, data, report))
        with self._store.write() as w:
            if not _ours(w, batch):
                return False
            mirrored.put(w, kept)
            mirrored.remove(w, gone)
            mirrored.keep_state(w, batch.after)
        return True

    def _finish_old(self, place: Path, id: str, report: MirrorReport) -> None:
        """Remove the old name of a rename that a kill cut short."""
        row = mirrored.get(self._store.read(), id)
        if row is not None and row.old_file:
            self._drop(place, row.old_file, {row.old_sha256}, report)
            with self._store.write() as w:
                mirrored.put(w, [replace(row, old_file="", old_sha256="")])

    def _plan(self, place: Path, id: str, names: set[str]) -> tuple[Mirrored, bytes | None] | None:
        """The row with what is to be written; no data for an entry that is to go."""
        db = self._store.read()
        before = mirrored.get(db, id)
        try:
            entry = entries.get(db, id)
        except NotFound:
            entry = None
        if entry is None or entry.trashed_at is not None:
            return None if before is None else (before, None)
        data = page(entry).encode("utf-8")
        sha = _sha(data)
        file = self._name(place, entry, before, sha, names)
        if before is not None and before.coming and _digest(place / before.file) == before.coming:
            before = replace(before, sha256=before.coming)  # written, then killed
        if before is not None and before.file == file:
            return replace(before, coming=sha), data
        row = Mirrored(id, file, clash_key(file), coming=sha)
        if before is not None:
            row = replace(row, old_file=before.file, old_sha256=before.sha256 or before.coming)
        return row, data

    def _name(
        self, place: Path, entry: Entry, before: Mirrored | None, sha: str, names: set[str]
    ) -> str:
        """A name of its own for the file; the one it has where that still fits its title."""
        candidates = mirror_names(entry)
        if before is not None and before.file in candidates:
            return before.file
        db = self._store.read()
        for file in candidates:
            key = clash_key(file)
            if key in names or mirrored.taken(db, key, entry.id):
                continue
            found = _digest(place / file)
            if found is None or found == sha:
                return file
        return candidates[-1]

    def _written(self, place: Path, row: Mirrored, data: bytes, report: MirrorReport) -> Mirrored:
        """Write one file and its attachments; the row as it is then."""
        target = place / row.file
        if not _inside(place, target):
            told = "Its folder is a symbolic link: nothing was written through it."
            return self._leave(row, told, report)
        found = _digest(target)
        if found == row.coming:
            report.same += 1
        elif found is not None and found != row.sha256:
            return self._leave(row, CHANGED, report)
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
            whole_files.place(target, data)
            report.written += 1
        for file in entries.attachments_of(self._store.read(), row.id):
            self._attachment(place, file, report)
        if row.old_file:
            self._drop(place, row.old_file, {row.old_sha256}, report)
            report.moved += 1
        return Mirrored(row.id, row.file, row.key, sha256=row.coming)

    @staticmethod
    def _leave(row: Mirrored, told: str, report: MirrorReport) -> Mirrored:
        report.left.append(Problem(row.file, told))
        return replace(row, coming="", told=told)

    def _gone(self, place: Path, row: Mirrored, report: MirrorReport) -> bool:
        return self._drop(place, row.file, {row.sha256, row.coming}, report)

    def _drop(self, place: Path, file: str, ours: set[str], report: MirrorReport) -> bool:
        """Remove a file that is as we wrote it; False for one that is not."""
        target = place / file
        found = _digest(target)
        if found is None:
            return True
        if found not in ours or not _inside(place, target):
            report.left.append(Problem(file, CHANGED))
            return False
        target.unlink()
        report.removed += 1
        return True

    def _attachment(self, place: Path, file: Attachment, report: MirrorReport) -> None:
        source, target = self._store.folder / file.path, place / file.path
        if target.is_file() and target.stat().st_size == file.size:
            return
        if target.exists() or not _inside(place, target):
            report.left.append(Problem(file.path, "Another file has this name."))
            return
        try:
            data = source.read_bytes()
        except OSError as error:
            why = error.strerror or str(error)
            report.left.append(Problem(file.name, f"The attachment cannot be read: {why}."))
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        whole_files.place(target, data)
        report.files += 1

    # ------------------------------------------------------------------ what others changed

    def settle(self) -> list[str]:
        """Keep each file that was changed outside under another name and write ours again; the
        names of the kept files, relative to the folder. `journal adopt` can take them in first."""
        if not self._wanted():
            return []
        place = Path(self.check_folder(Path(self._wanted())))
        kept = []
        for row in mirrored.left(self._store.read()):
            target = place / row.file
            found = _digest(target)
            if found is not None:
                aside = target.with_name(f"{target.stem} (changed outside {found[:6]}).md")
                if aside.exists():
                    continue
                target.rename(aside)
                kept.append(str(aside.relative_to(place)))
            with self._store.write() as w:
                mirrored.put(w, [replace(row, told="", coming="", sha256="")])
                w.changed("entry", row.id)
        self.catch_up()
        return kept


def _ours(w: Writer, batch: Batch) -> bool:
    now = mirrored.state(w.db)
    return now is not None and now.token == batch.after.token


def _token(place: Path) -> str:
    try:
        return (place / TOKEN).read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _sha(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _digest(path: Path) -> str | None:
    """The digest of a file; None where none is. Anything that is no plain file is foreign."""
    if path.is_symlink() or path.is_dir():
        return "foreign"
    try:
        return _sha(path.read_bytes())
    except FileNotFoundError:
        return None


def _inside(place: Path, target: Path) -> bool:
    """Whether no symbolic link leads out of the mirror on the way to `target`."""
    return place.resolve() in target.parent.resolve().parents or target.parent == place


def _unwritable(place: Path, error: OSError) -> JournalError:
    return JournalError(
        f"The mirror cannot write {error.filename or place}: {error.strerror or error}.",
        "Free some space or mend the folder's permissions; what is missing is written later.",
    )
