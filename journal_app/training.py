"""One line in a training script: `note("…")` returns at once and never raises.

The caller's thread only puts the note on a queue; a daemon thread writes it. When the journal
cannot be written, the note waits in the spool (see `services/spool.py`) and is taken in when the
journal is next opened. At exit the queue is written out.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import logging
import os
import queue
import secrets
import sys
import threading
import time
from collections.abc import Iterable
from typing import Any

from journal_app.domain.ids import ulid

_log = logging.getLogger("journal_app")
EXIT_SECONDS = 5.0  # how long an ending script waits for its last notes


class _Keeper:
    """The queue and the thread that empties it."""

    def __init__(self) -> None:
        self.queue: queue.SimpleQueue[dict[str, Any] | threading.Event] = queue.SimpleQueue()
        self.thread = threading.Thread(target=self._run, name="journal-notes", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        while True:
            item = self.queue.get()
            if isinstance(item, threading.Event):
                item.set()
            else:
                self._keep_all(item)

    def _keep_all(self, first: dict[str, Any]) -> None:
        """Write `first` and everything that already waits behind it with one opening."""
        waiting = [first]
        marks: list[threading.Event] = []
        with contextlib.suppress(queue.Empty):
            while True:
                item = self.queue.get_nowait()
                marks.append(item) if isinstance(item, threading.Event) else waiting.append(item)
        try:
            _keep(waiting)
        except Exception as error:  # noqa: BLE001 - a journal must never end a training run
            _log.warning("journal: notes wait in the spool: %s", error)
            for record in waiting:  # those already kept are recognized by their id
                _spool(record)
        for mark in marks:
            mark.set()

    def flush(self, timeout: float) -> bool:
        """Wait until everything put before this call is written; False after `timeout` seconds."""
        done = threading.Event()
        self.queue.put(done)
        return done.wait(timeout)


def _keep(records: list[dict[str, Any]]) -> None:
    from journal_app.journal import open_journal
    from journal_app.services.spool import take_in

    with open_journal() as journal:
        for record in records:
            take_in(journal.entries, record)


def _spool(record: dict[str, Any]) -> None:
    from journal_app.services.spool import put

    try:
        put(record)
    except OSError as error:
        _log.error("journal: a note could not be kept (%s): %s", error, json.dumps(record))


_keeper = _Keeper()


def _after_fork() -> None:
    global _keeper
    _keeper = _Keeper()  # threads do not survive a fork; data loaders fork


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


@atexit.register
def _at_exit() -> None:
    if not flush(EXIT_SECONDS):
        _log.warning("journal: some notes were still being written when the script ended")


def note(
    text: str,
    *,
    tags: Iterable[str] = (),
    kind: str = "note",
    title: str | None = None,
    run: str | None = None,
) -> str:
    """Keep a note and return the id that it will have; errors are logged, never raised.

    `run` names a run to link; without it the active MLflow, W&B or Trackio run of this process is
    linked. Call it from any thread.
    """
    now = time.time_ns() // 1_000_000
    id = ulid(now, secrets.randbits(80))
    with contextlib.suppress(Exception):  # a tracker's surprise must not reach the script
        run = run or _active_run()
    _keeper.queue.put(
        {
            "id": id,
            "at": now,
            "text": str(text),
            "tags": [tags] if isinstance(tags, str) else [str(tag) for tag in tags],
            "kind": kind,
            "title": title,
            "run": run,
        }
    )
    return id


def flush(timeout: float = 30.0) -> bool:
    """Wait until every note of this process is kept; False after `timeout` seconds."""
    return _keeper.flush(timeout)


def _active_run() -> str | None:
    """The run that a tracker has active here. Only looks at trackers the script imported itself."""
    modules = sys.modules
    fluent = modules.get("mlflow.tracking.fluent")
    if fluent is not None and (active := fluent.active_run()) is not None:
        return f"mlflow:{active.info.run_id}"
    wandb = modules.get("wandb")
    if wandb is not None and (current := getattr(wandb, "run", None)) is not None:
        return f"wandb:{current.id}"
    trackio = modules.get("trackio.context_vars")
    if trackio is not None and (current := trackio.current_run.get()) is not None:
        return f"trackio:{getattr(current, 'id', None) or current.name}"
    return None
