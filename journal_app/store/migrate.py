"""Bring a database up to this program's schema, or refuse it.

Invariants: a backup is taken before any step on a database that holds something; a step and its
record commit together (sqlite-utils `Migrations`); `PRAGMA user_version` is the number of the last
step, so that an up-to-date database is recognized without importing sqlite-utils.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal_app import paths
from journal_app.errors import JournalError
from journal_app.store import functions

if TYPE_CHECKING:
    from sqlite_utils.migrations import Migrations

_STEP = re.compile(r"(\d{4})_[a-z0-9_]+\.py")


def steps(folder: Path | None = None) -> list[tuple[int, Path]]:
    """The numbered migration files, in order."""
    found = []
    for path in (folder or paths.migrations()).iterdir():
        match = _STEP.fullmatch(path.name)
        if match:
            found.append((int(match.group(1)), path))
    found.sort()
    if [number for number, _ in found] != list(range(1, len(found) + 1)):
        raise RuntimeError(f"migrations are not numbered 1 to n: {[p.name for _, p in found]}")
    return found


def upgrade(
    connection: sqlite3.Connection,
    file: Path,
    backup: Callable[[], object],
    folder: Path | None = None,
) -> None:
    """Apply the steps that `connection`'s database lacks.

    Raises JournalError for a database written by a newer program.
    """
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    # The count alone decides in the common case; listing a folder is cheap, importing is not.
    found = steps(folder)
    if version == len(found):
        return
    if version > len(found):
        raise JournalError(
            f"{file} was written by a newer Field Journal (schema {version}; this one knows "
            f"{len(found)}).",
            "Update Field Journal. Nothing was changed.",
        )
    if version == 0 and connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
        if not connection.execute(
            "SELECT 1 FROM sqlite_master WHERE name = '_sqlite_migrations'"
        ).fetchone():
            raise JournalError(
                f"{file} is a database of another program.",
                "Choose another folder for the journal. Nothing was changed.",
            )
    elif version > 0:
        backup()
    _apply(connection, found)


def is_old(connection: sqlite3.Connection) -> bool:
    """Whether the database of `connection` lacks steps."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0]) < len(steps())


def _apply(connection: sqlite3.Connection, found: list[tuple[int, Path]]) -> None:
    from sqlite_utils import Database
    from sqlite_utils.migrations import Migrations

    functions.register(connection)
    db = Database(connection, execute_plugins=False)
    migrations: Migrations = Migrations("journal")
    for number, path in found:
        migrations(name=path.stem)(_numbered(number, _load(path)))
    # One process migrates, the others wait for its lock and then find nothing left to do.
    migrations.ensure_migrations_table(db)
    connection.execute("BEGIN IMMEDIATE")
    try:
        migrations.apply(db)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _load(path: Path) -> Callable[[Any], None]:
    import importlib.util

    spec = importlib.util.spec_from_file_location(f"journal_migration_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    upgrade_step: Callable[[Any], None] = module.upgrade
    return upgrade_step


def _numbered(number: int, step: Callable[[Any], None]) -> Callable[[Any], None]:
    def run(db: Any, /) -> None:
        step(db)
        db.execute(f"PRAGMA user_version = {number}")

    run.__name__ = step.__name__
    return run
