"""Upkeep: daily verified backups, restore, checks, and notes that waited in the spool."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.errors import JournalError
from journal_app.store import attachments, backups

if TYPE_CHECKING:
    from journal_app.store.database import Store

DAY = 24 * 60 * 60 * 1000
AGAIN = 60 * 60 * 1000  # ms from a backup that failed to the next one that a command starts
SMALL = 2_000_000  # bytes: copied and verified in less time than another process takes to start


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a check: how much was looked at, and what is wrong (nothing, when empty)."""

    entries: int
    attachments: int
    problems: tuple[str, ...]
    warnings: tuple[str, ...] = ()  # what may do harm later


class UpkeepService:
    """Care for one journal's files."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def backup(self, reason: str = "manual") -> Path:
        """Take a verified copy now, and put it into the folder `backup.folder` too, if one is set.

        Raises JournalError when either cannot be written; the other copies stay.
        """
        copy = self._store.backup(reason)
        other = self._second()
        if other:
            place = Path(other).expanduser()
            if not place.is_absolute():  # it would mean another folder for every program
                raise JournalError(
                    f"The second folder for backups, {other!r}, has no full path.",
                    "Name it whole: `journal config backup.folder /path/of/folder`.",
                )
            backups.copy_to(copy, place)
        backups.remember_failure(self._store.folder, "")
        return copy

    def _second(self) -> str:
        from journal_app.store.preferences import Preferences

        return Preferences(self._store).get("backup.folder").strip()

    def warnings(self) -> tuple[str, ...]:
        """What may do harm one day: a backup that failed, a sync program that carries the open
        database."""
        from journal_app.store import synced

        failed = self.failure()
        told = () if failed is None else (f"{failed.message} {failed.hint}",)
        program = synced.carrier(self._store.folder)
        if program is None:
            return told
        return (
            *told,
            f"The journal lies in a folder that {program} carries; it may copy the database while "
            "it is written, or bring an older one back. Move the journal out and carry the "
            "Markdown mirror or the backups instead: `journal mirror`, `journal config "
            "backup.folder FOLDER`.",
        )

    def backups(self) -> list[Path]:
        """The copies, newest first."""
        return backups.listing(self._store.folder)

    def failure(self) -> JournalError | None:
        """What the last automatic backup met, if it failed."""
        found = backups.failure(self._store.folder)
        if found is None:
            return None
        return JournalError(
            f"The last automatic backup failed: {found[1]}", "`journal backup` takes one now."
        )

    def start_backup(self) -> None:
        """See that the copy of the day is taken, without waiting for it: a small journal is copied
        here, a large one by a process of its own.

        Raises JournalError when the backup fails, or when an earlier one failed elsewhere.
        """
        folder, failed = self._store.folder, backups.failure(self._store.folder)
        if self._due() and (failed is None or self._store.now() - failed[0] > AGAIN):
            if self._is_small():
                self.backup_if_due()
                return
            from journal_app.runtime import detached, single_instance

            claim = single_instance.claim(single_instance.name_of(folder, "backup"))
            if claim is not None:  # else it is being taken
                claim.release()
                try:
                    detached.start(folder, "backup", "--daily")
                except OSError as error:
                    raise JournalError(
                        f"The backup of the day could not be started: {error}.",
                        "`journal backup` takes one now.",
                    ) from error
        if (told := self.failure()) is not None:
            raise told

    def _is_small(self) -> bool:
        if self._second():
            return False
        size = self._store.file.stat().st_size
        files = self._store.read().execute("SELECT total(size) FROM attachments").fetchone()[0]
        return bool(size + files <= SMALL)

    def backup_if_due(self) -> Path | None:
        """The automatic copy: one a day, only when something changed since the last; None also
        while another process takes it. Raises JournalError, and keeps it for the next to tell."""
        if not self._due():
            return None
        from journal_app.runtime import single_instance  # 3 ms that most commands need not pay

        claim = single_instance.claim(single_instance.name_of(self._store.folder, "backup"))
        if claim is None:
            return None
        try:
            if not self._due():  # it was taken until now
                return None
            backups.clear_partials(self._store.folder)
            copy = self.backup("daily")
            self.thin()  # after the copy, which still holds what goes
        except JournalError as error:
            backups.remember_failure(self._store.folder, error.message)
            raise
        finally:
            claim.release()
        return copy

    def _due(self) -> bool:
        row = (
            self._store.read()
            .execute("SELECT at FROM change_log ORDER BY seq DESC LIMIT 1")
            .fetchone()
        )
        if row is None:
            return False
        copies = self.backups()
        if not copies:
            return True
        last = int(copies[0].stat().st_mtime * 1000)
        return bool(row["at"] > last and not 0 <= self._store.now() - last < DAY)

    def thin(self) -> int:
        """Drop old autosaves of entries that have very many of them (see
        `domain.revisions.to_thin`); how many went."""
        from journal_app.domain import revisions
        from journal_app.store import revisions as kept

        gone = 0
        for id in kept.crowded(self._store.read(), revisions.MANY):
            if not revisions.to_thin(kept.heads(self._store.read(), id), self._store.now()):
                continue
            with self._store.write() as w:
                revs = revisions.to_thin(kept.heads(w.db, id), w.now)
                kept.drop(w, id, revs)
                gone += len(revs)
        return gone

    def unused_files(self) -> list[Path]:
        """Kept files that no entry, text or revision shows; not those of the last day."""
        return attachments.unused(self._store.read(), self._store.folder, self._yesterday())

    def remove_unused_files(self) -> list[tuple[Path, int]]:
        """Remove them for good: what went, with its bytes. Backups keep theirs."""
        with self._store.write() as w:
            return attachments.remove_unused(w, self._store.folder, self._yesterday())

    def _yesterday(self) -> float:
        return (self._store.now() - DAY) / 1000

    def check(self) -> Report:
        """SQLite's own check, foreign keys, the search index, and every attachment's digest."""
        db = self._store.read()
        problems = [str(row[0]) for row in db.execute("PRAGMA integrity_check") if row[0] != "ok"]
        problems += [
            f"table {row[0]}, row {row[1]}: refers to a missing row of {row[2]}"
            for row in db.execute("PRAGMA foreign_key_check")
        ]
        n = int(db.execute("SELECT count(*) FROM entries").fetchone()[0])
        texts = int(db.execute("SELECT count(*) FROM entry_text").fetchone()[0])
        if n != texts:
            problems.append(f"{n} entries but {texts} texts")
        counted = db.execute("SELECT coalesce(sum(live + trashed), 0) FROM entry_counts")
        if n != (said := int(counted.fetchone()[0])):
            problems.append(f"{n} entries but the sections count {said}")
        files = db.execute("SELECT sha256, suffix FROM attachments").fetchall()
        for row in files:
            name = f"attachments/{row['sha256'][:2]}/{row['sha256']}{row['suffix']}"
            path = self._store.folder / name
            try:
                if attachments.digest_of(path) != row["sha256"]:
                    problems.append(f"{name} was changed on disk")
            except FileNotFoundError:
                problems.append(f"{name} is missing")
            except OSError as error:
                problems.append(f"{name} cannot be read: {error.strerror or error}")
        return Report(n, len(files), tuple(problems), self.warnings())
