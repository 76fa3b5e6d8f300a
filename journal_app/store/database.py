"""The journal's database: connections, the one way to write, and what was changed.

Invariants:
* Every write runs in `Store.write()`: one lock in this process, `BEGIN IMMEDIATE` against others.
* Every write says what it changed; subscribers hear of it only after the commit.
* The change log is how other processes learn of it: `poll()` compares `PRAGMA data_version` on a
  connection of its own (it means something only there) and reads the rows after the last seen.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.domain.changes import Change, Noun, Op
from journal_app.domain.ids import ulid
from journal_app.errors import JournalError
from journal_app.store import backups, functions, migrate

if TYPE_CHECKING:
    import tempfile

FILE = "journal.db"
BUSY_MS = 5000


def system_now() -> int:
    """The wall clock in milliseconds since 1970 UTC."""
    return time.time_ns() // 1_000_000


def _mark(file: Path) -> tuple[int, int]:
    found = file.stat()
    return found.st_dev, found.st_ino


class Writer:
    """A running write transaction: `db` to write with, `changed` to say what was."""

    def __init__(self, db: sqlite3.Connection, now: int) -> None:
        self.db = db
        self.now = now
        self.changes: list[Change] = []

    def changed(self, noun: Noun, id: str, op: Op = "changed") -> None:
        """Record one change; it is written with the transaction and told after the commit."""
        cursor = self.db.execute(
            "INSERT INTO change_log (at, noun, id, op) VALUES (?, ?, ?, ?)",
            (self.now, noun, id, op),
        )
        self.changes.append(Change(int(cursor.lastrowid or 0), noun, id, op))


class Store:
    """One open journal folder. Use from any thread; close once."""

    def __init__(
        self, folder: Path, *, now: Callable[[], int] = system_now, create: bool = True
    ) -> None:
        self.folder = Path(folder)
        self.file = self.folder / FILE
        self.now = now
        self._lock = threading.RLock()
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._listeners: list[Callable[[list[Change]], None]] = []
        self._own: set[int] = set()
        self._closed = False
        self._wrote: set[str] = set()
        self._copy: tempfile.TemporaryDirectory[str] | None = None
        self.read_only = self.file.exists() and not (
            os.access(self.folder, os.W_OK) and os.access(self.file, os.W_OK)
        )
        if not create and not self.file.exists():
            raise JournalError(
                f"There is no journal in {self.folder}.", "`journal add …` makes one."
            )
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._writer = self._open_writer()
        except OSError as error:
            raise JournalError(
                f"The journal folder {self.folder} cannot be used: {error.strerror or error}.",
                "Choose another folder with --journal, or mend its permissions.",
            ) from error
        self._opened = _mark(self.file)
        self._watch: sqlite3.Connection | None = None
        self._version = -1
        self._seen = 0

    # ------------------------------------------------------------------ connections

    def _open_writer(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = None
        try:
            if not self.file.exists() or self.file.stat().st_size == 0:
                if backups.listing(self.folder):
                    raise JournalError(
                        f"{self.file} is {'empty' if self.file.exists() else 'missing'}, but "
                        "this journal has backups.",
                        self._way_back(),
                    )
                self._create()
            connection = self._connect()
            if self.read_only:
                if migrate.is_old(connection):
                    connection = self._upgraded_copy(connection)
                return connection
            connection.execute("PRAGMA synchronous = NORMAL")
            functions.register(connection)
            if migrate.is_old(connection):  # an index over a million entries is sorted on disk
                connection.execute("PRAGMA temp_store = FILE")
            migrate.upgrade(connection, self.file, self.backup_before_upgrade)
            connection.execute("PRAGMA temp_store = MEMORY")
            return connection
        except sqlite3.Error as error:
            if connection is not None:
                connection.close()
            raise (self.explain(error) or error) from error
        except BaseException:
            if connection is not None:
                connection.close()
            raise

    def _upgraded_copy(self, old: sqlite3.Connection) -> sqlite3.Connection:
        """A connection to a copy, for as long as the store is open, of a journal of an older
        schema that nobody can write: readers know one schema only."""
        import tempfile

        self._copy = tempfile.TemporaryDirectory(prefix="field-journal-")
        file = Path(self._copy.name) / FILE
        with contextlib.closing(old), contextlib.closing(sqlite3.connect(file)) as copy:
            old.backup(copy)
        with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as copy:
            migrate.upgrade(copy, file, lambda: None)
        return self._connect()

    def _create(self) -> None:
        """Make an empty journal beside its place and put it there whole.

        Of several processes that do so at once one wins, and nobody ever sees a half-made file.
        """
        fresh = self.folder / f".{FILE}.{os.urandom(6).hex()}.new"
        try:
            with contextlib.closing(self._connect(fresh)) as connection:
                migrate.upgrade(connection, fresh, lambda: None)
                connection.execute("PRAGMA journal_mode = WAL")
            try:
                os.link(fresh, self.file)
            except FileExistsError:
                pass  # another process was quicker
            except OSError:  # a file system without hard links
                if not self.file.exists():
                    fresh.replace(self.file)
        finally:
            fresh.unlink(missing_ok=True)

    def _connect(self, file: Path | None = None) -> sqlite3.Connection:
        place = str(file or self.file)
        if self.read_only:
            read = self.file if self._copy is None else Path(self._copy.name) / FILE
            # Without its -wal, a database that nobody can write can be read as it lies there.
            still = "" if read.with_name(FILE + "-wal").exists() else "&immutable=1"
            place = f"{read.absolute().as_uri()}?mode=ro{still}"
        connection = sqlite3.connect(
            place,
            uri=self.read_only,
            timeout=BUSY_MS / 1000,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        connection.row_factory = sqlite3.Row
        connection.create_function("journal_now", 0, self.now)  # what is late, by our own clock
        connection.execute("PRAGMA foreign_keys = ON")
        # Sorting would else write texts of the journal into the system's folder for passing files.
        connection.execute("PRAGMA temp_store = MEMORY")
        return connection

    def read(self) -> sqlite3.Connection:
        """This thread's read connection."""
        connection: sqlite3.Connection | None = getattr(self._local, "reader", None)
        if connection is None:
            if self._closed:
                raise RuntimeError("the store is closed")
            connection = self._connect()
            connection.execute("PRAGMA query_only = ON")
            self._local.reader = connection
            with self._lock:
                self._readers.append(connection)
        return connection

    def close_reader(self) -> None:
        """Close this thread's read connection: for a thread that is about to end."""
        connection: sqlite3.Connection | None = getattr(self._local, "reader", None)
        if connection is not None:
            self._local.reader = None
            with self._lock:
                if connection in self._readers:
                    self._readers.remove(connection)
            connection.close()

    def replaced(self) -> bool:
        """Whether another file lies in the place of the one that is open: a copy was restored."""
        try:
            return _mark(self.file) != self._opened
        except OSError:
            return False

    # ------------------------------------------------------------------ writing

    @contextlib.contextmanager
    def write(self) -> Iterator[Writer]:
        """One transaction: all of it is kept, or none. Nests: the outer one commits.

        Raises JournalError when the disk is full, the folder read-only or the file damaged.
        """
        with self._lock:
            outer: Writer | None = getattr(self._local, "writer", None)
            if outer is not None:
                yield outer
                return
            if self.read_only:
                raise self._cannot_write()
            writer = Writer(self._writer, self.now())
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                self._local.writer = writer
                try:
                    yield writer
                    self._writer.execute("COMMIT")
                except BaseException:
                    if self._writer.in_transaction:
                        self._writer.execute("ROLLBACK")
                    raise
                finally:
                    self._local.writer = None
            except sqlite3.DatabaseError as error:
                plain = self.explain(error)
                if plain is None:
                    raise
                raise plain from error
            self._own.update(change.seq for change in writer.changes)
            self._wrote.update(change.noun for change in writer.changes)
        if writer.changes:
            for listener in list(self._listeners):
                listener(writer.changes)

    @property
    def wrote(self) -> bool:
        """Whether this store committed a change since it was opened."""
        return bool(self._wrote)

    def wrote_about(self, noun: Noun) -> bool:
        """Whether this store committed a change of such a thing since it was opened."""
        return noun in self._wrote

    def new_id(self) -> str:
        """A fresh ULID."""
        return ulid(self.now(), int.from_bytes(os.urandom(10)))

    def explain(self, error: BaseException) -> JournalError | None:
        """The plain message and the way out for an error of SQLite; None for any other."""
        if not isinstance(error, sqlite3.Error) or isinstance(
            error, (sqlite3.ProgrammingError, sqlite3.IntegrityError)
        ):
            return None
        code = getattr(error, "sqlite_errorname", "") or ""
        text = str(error)
        if code.startswith("SQLITE_FULL") or "full" in text:
            return JournalError(
                f"The disk that holds {self.file} is full. Nothing was saved.",
                "Free some space and try again; what was saved before is intact.",
            )
        if code.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
            return self._cannot_write()
        if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            return JournalError(
                f"{self.file} is in use by another program that does not let go.",
                "Close the other program and try again. Nothing was lost.",
            )
        if code.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")) or "malformed" in text:
            return JournalError(f"{self.file} is damaged: {text}.", self._way_back())
        return JournalError(
            f"{self.file}: {text}. Nothing was saved by this step.",
            "See whether the disk is full or failing; what was saved before is intact.",
        )

    def _cannot_write(self) -> JournalError:
        return JournalError(
            f"{self.file} cannot be written: the file or its folder is read-only.",
            "Give yourself write permission there, or choose another folder with --journal.",
        )

    def _way_back(self) -> str:
        good = next((p for p in backups.listing(self.folder) if backups.verdict(p) == "ok"), None)
        if good is None:
            return "No good backup was found; keep the file: `sqlite3 FILE .recover` may help."
        return (
            f"Restore the newest good copy: `journal backup restore {good.name}`. What lies there "
            "now is set aside, not deleted."
        )

    # ------------------------------------------------------------------ changes

    def subscribe(self, listener: Callable[[list[Change]], None]) -> None:
        """Call `listener` after each commit of this process, in the writing thread."""
        self._listeners.append(listener)

    def poll(self) -> list[Change]:
        """What other processes committed since the last call (the first call starts the watch)."""
        first = self._watch is None
        if self._watch is None:
            self._watch = self._connect()
        version = int(self._watch.execute("PRAGMA data_version").fetchone()[0])
        if first:
            self._version = version
            row = self._watch.execute("SELECT coalesce(max(seq), 0) FROM change_log").fetchone()
            self._seen = int(row[0])
            return []
        if version == self._version:
            return []
        self._version = version
        rows = self._watch.execute(
            "SELECT seq, noun, id, op FROM change_log WHERE seq > ? ORDER BY seq", (self._seen,)
        ).fetchall()
        changes = [Change(row["seq"], row["noun"], row["id"], row["op"]) for row in rows]
        if changes:
            self._seen = changes[-1].seq
        with self._lock:
            foreign = [change for change in changes if change.seq not in self._own]
            self._own = {seq for seq in self._own if seq > self._seen}
        return foreign

    # ------------------------------------------------------------------ upkeep

    def backup(self, reason: str = "manual") -> Path:
        """A verified copy in `backups/`; the oldest beyond the limit are removed after it."""
        return backups.take(self.file, self.now(), reason)

    def backup_before_upgrade(self) -> Path:
        """The copy that precedes a migration."""
        return self.backup("before-upgrade")

    def close(self) -> None:
        """Close every connection; a second call does nothing."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            for connection in self._readers:
                connection.close()
            if self._watch is not None:
                self._watch.close()
            self._writer.close()
            if self._copy is not None:
                self._copy.cleanup()
