"""One line in a training script: `note("…")` returns at once and never raises.

The caller's thread puts one line into the spool, which survives kill -9, and the note on a queue; a
daemon thread makes it an entry. Where the journal cannot be written, the line waits and is taken in
when the journal is next opened. At exit the queue is written out.
"""

from __future__ import annotations

import atexit
import logging
import os
import queue
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from journal_app import paths
from journal_app.domain.ids import ulid
from journal_app.runtime.surroundings import here, repository
from journal_app.services.context import add_context
from journal_app.services.spool import Spool, take_in

_log = logging.getLogger("journal_app")
EXIT_SECONDS = 5.0  # how long an ending script waits for its last notes

Waiting = tuple[Path, "Spool | None", dict[str, Any]]


class _Keeper:
    """The spools, the queue, and the thread that empties it."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[Waiting | threading.Event] = queue.SimpleQueue()
        self.spools: dict[str, tuple[Path, Spool | None]] = {}
        self.facts = here()
        self.thread = threading.Thread(target=self._run, name="journal-notes", daemon=True)
        self.thread.start()

    def place(self, run: str | None) -> dict[str, str]:
        """Where a note is made; all but the directory and the run is looked up once."""
        facts = self.facts.copy()
        try:
            facts["directory"] = os.getcwd()  # noqa: PTH109 - ten times cheaper than Path.cwd()
        except OSError:  # the directory is gone
            facts.pop("directory", None)
        if run:
            facts["run"] = run
        return facts

    def put(self, record: dict[str, Any]) -> None:
        """Spool and queue a note for the journal that the environment names now."""
        named = os.environ.get("JOURNAL_DIR", "")
        found = self.spools.get(named)
        if found is None:
            journal = Path(paths.default_journal()).absolute()
            try:
                found = (journal, Spool(journal))
            except OSError as error:
                _log.warning("journal: notes are not safe until they are written: %s", error)
                found = (journal, None)
            self.spools[named] = found
        journal, spool = found
        if spool is not None:
            try:
                spool.append(record)
            except OSError as error:
                _log.warning("journal: a note is not safe until it is written: %s", error)
                spool = None
        self.queue.put((journal, spool, record))

    def _run(self) -> None:
        while True:
            item = self.queue.get()
            if isinstance(item, threading.Event):
                item.set()
                continue
            waiting, marks = [item], []
            while not self.queue.empty():
                more = self.queue.get()
                if isinstance(more, threading.Event):
                    marks.append(more)
                else:
                    waiting.append(more)
            for journal in {journal for journal, _, _ in waiting}:
                _keep(journal, [one for one in waiting if one[0] == journal])
            for mark in marks:
                mark.set()

    def flush(self, timeout: float) -> bool:
        """Wait until everything put before this call is written; False after `timeout` seconds."""
        done = threading.Event()
        self.queue.put(done)
        return done.wait(timeout)


def _keep(journal: Path, waiting: list[Waiting]) -> None:
    """Make entries with one opening of the journal. Never raises."""
    try:
        from journal_app.journal import open_journal

        with open_journal(journal) as opened:
            known: dict[str, dict[str, str]] = {}
            for _, spool, record in waiting:
                facts = _repository(record, known)
                with opened.store.write():
                    take_in(opened.entries, record)
                    # Apart: opening the journal has already taken in what lay in the spool.
                    add_context(opened.store, record["id"], facts)
                if spool is not None:
                    spool.done(1)
    except Exception as error:  # noqa: BLE001 - a journal must never end a training run
        safe = all(spool is not None for _, spool, _ in waiting)
        if safe:
            _log.warning("journal: notes wait in the spool: %s", error)
        else:
            _log.error("journal: notes are lost: %s %s", error, [one[2] for one in waiting])


def _repository(record: dict[str, Any], known: dict[str, dict[str, str]]) -> dict[str, str]:
    """The git repository of the directory that a note was made in; each is read once."""
    directory = record["context"].get("directory")
    if directory is None:
        return {}
    if directory not in known:
        known[directory] = repository(Path(directory))
    return known[directory]


_keeper = _Keeper()


def _after_fork() -> None:
    global _keeper
    _keeper = _Keeper()  # threads do not survive a fork; data loaders fork


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


@atexit.register
def _at_exit() -> None:
    if not flush(EXIT_SECONDS):
        _log.warning("journal: some notes wait in the spool; they are not lost")
    for _, spool in _keeper.spools.values():
        if spool is not None:
            spool.close()


def note(
    text: str,
    *,
    tags: Iterable[str] | str | None = (),
    kind: str = "note",
    title: str | None = None,
    run: str | None = None,
) -> str:
    """Keep a note and return the id that it will have; errors are logged, never raised.

    `run` names a run to link; without it the active MLflow, W&B or Trackio run of this process is
    linked. Call it from any thread.
    """
    now = time.time_ns() // 1_000_000
    id = ulid(now, int.from_bytes(os.urandom(10)))
    try:
        named = str(getattr(run, "id", run)) if run else active_run()
        _keeper.put(
            {
                "id": id,
                "at": now,
                "text": str(text),
                "tags": _words(tags),
                "kind": str(kind),
                "title": None if title is None else str(title),
                "run": named,
                "context": _keeper.place(named),
            }
        )
    except Exception as error:  # noqa: BLE001 - whatever was given, the script goes on
        _log.warning("journal: this note could not be taken: %s", error)
    return id


def _words(tags: object) -> list[str]:
    if isinstance(tags, str):
        return [tags]
    return [str(tag) for tag in tags] if isinstance(tags, Iterable) else []


def flush(timeout: float = 30.0) -> bool:
    """Wait until every note of this process is kept; False after `timeout` seconds."""
    return _keeper.flush(timeout)


def active_run() -> str | None:
    """The run that a tracker has active here. Only looks at trackers the script imported itself."""
    modules = sys.modules
    try:
        fluent = modules.get("mlflow.tracking.fluent")
        if fluent is not None and (active := fluent.active_run()) is not None:
            return f"mlflow:{active.info.run_id}"
        wandb = modules.get("wandb")
        if wandb is not None and (current := getattr(wandb, "run", None)) is not None:
            return f"wandb:{current.id}"
        trackio = modules.get("trackio.context_vars")
        if trackio is not None and (current := trackio.current_run.get()) is not None:
            return f"trackio:{getattr(current, 'id', None) or current.name}"
    except Exception as error:  # noqa: BLE001 - a tracker's surprise must not cost the note
        _log.debug("journal: no active run found: %s", error)
    return None
