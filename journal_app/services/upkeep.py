"""Upkeep: daily verified backups, restore, checks, and notes that waited in the spool."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from journal_app.domain import revisions
from journal_app.errors import JournalError
from journal_app.store import backups, preferences, synced
from journal_app.store import revisions as kept
from journal_app.store.database import Store

DAY = 24 * 60 * 60 * 1000


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
        other = preferences.Preferences(self._store).get("backup.folder").strip()
        if other:
            place = Path(other).expanduser()
            if not place.is_absolute():  # it would mean another folder for every program
                raise JournalError(
                    f"The second folder for backups, {other!r}, has no full path.",
                    "Name it whole: `journal config backup.folder /path/of/folder`.",
                )
            backups.copy_to(copy, place)
        return copy

    def warnings(self) -> tuple[str, ...]:
        """What may do harm one day: a sync program that carries the open database."""
        program = synced.carrier(self._store.folder)
        if program is None:
            return ()
        return (
            f"The journal lies in a folder that {program} carries; it may copy the database while "
            "it is written, or bring an older one back. Move the journal out and carry the "
            "Markdown mirror or the backups instead: `journal mirror`, `journal config "
            "backup.folder FOLDER`.",
        )

    def backups(self) -> list[Path]:
        """The copies, newest first."""
        return backups.listing(self._store.folder)

    def backup_if_due(self) -> Path | None:
        """The automatic copy: one a day, only when something changed since the last."""
        row = (
            self._store.read()
            .execute("SELECT at FROM change_log ORDER BY seq DESC LIMIT 1")
            .fetchone()
        )
        if row is None:
            return None
        changed = row["at"]
        copies = self.backups()
        if copies:
            last = int(copies[0].stat().st_mtime * 1000)
            if changed <= last or 0 <= self._store.now() - last < DAY:
                return None
        copy = self.backup("daily")
        self.thin()  # after the copy, which still holds what goes
        return copy

    def thin(self) -> int:
        """Drop old autosaves of entries that have very many of them (see
        `domain.revisions.to_thin`); how many went."""
        gone = 0
        for id in kept.crowded(self._store.read(), revisions.MANY):
            if not revisions.to_thin(kept.heads(self._store.read(), id), self._store.now()):
                continue
            with self._store.write() as w:
                revs = revisions.to_thin(kept.heads(w.db, id), w.now)
                kept.drop(w, id, revs)
                gone += len(revs)
        return gone

    def check(self) -> Report:
        """SQLite's own check, foreign keys, the search index, and every attachment's digest."""
        import hashlib  # 6 ms that only this check needs

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
            if not path.exists():
                problems.append(f"{name} is missing")
            elif hashlib.sha256(path.read_bytes()).hexdigest() != row["sha256"]:
                problems.append(f"{name} was changed on disk")
        return Report(n, len(files), tuple(problems), self.warnings())
