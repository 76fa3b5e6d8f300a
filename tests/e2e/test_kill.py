"""kill -9 at random points of capture and of the Python call: nothing lost, nothing doubled.

(The same for import and publish: `tests/imports`, `tests/publish`.) A capture is acknowledged when
its id is printed; from then on it must be there, once.
"""

from __future__ import annotations

import os
import random
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from journal_app.domain.views import View
from journal_app.journal import Journal

CAPTURE = """
import itertools, sys
from pathlib import Path
from journal_app.journal import open_journal
journal = open_journal(sys.argv[1])
print("ready", flush=True)
for n in itertools.count():
    Path(sys.argv[2]).write_bytes(b"picture %d" % n)
    entry = journal.entries.add(
        f"capture {sys.argv[3]}-{n} #t{n % 7} ->run:r{n}", attach=[Path(sys.argv[2])]
    )
    entry = journal.entries.save(entry.id, entry.body + " edited", base_rev=entry.rev).entry
    print(entry.id, flush=True)
"""


def kill_while_running(arguments: list[str], seconds: float) -> list[str]:
    """Start a script, wait for "ready", kill it `seconds` later; the whole lines it printed."""
    process = subprocess.Popen(
        [sys.executable, "-c", CAPTURE, *arguments], stdout=subprocess.PIPE, bufsize=0
    )
    assert process.stdout is not None
    output = b""
    deadline: float | None = None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while deadline is None or time.monotonic() < deadline:
            left = 30.0 if deadline is None else max(0.0, deadline - time.monotonic())
            if not selector.select(left):
                break
            output += os.read(process.stdout.fileno(), 65536)
            if deadline is None and b"ready\n" in output:
                deadline = time.monotonic() + seconds
    process.send_signal(signal.SIGKILL)
    output += process.stdout.read()
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    whole = output.rpartition(b"\n")[0].decode().split("\n")
    return [line for line in whole if line and line != "ready"]


@pytest.mark.timeout(300)
def test_fifty_kills_during_capture(tmp_path: Path, journal_folder: Path) -> None:
    seed = random.SystemRandom().randrange(1 << 32)
    chance = random.Random(seed)
    acknowledged: list[str] = []
    for round in range(50):
        seconds = chance.uniform(0.0, 0.06)
        acknowledged += kill_while_running(
            [str(journal_folder), str(tmp_path / "file.png"), str(round)], seconds
        )
    with Journal(journal_folder) as journal:
        report = journal.upkeep.check()
        assert report.problems == (), f"seed {seed}"
        rows = journal.entries.rows(View(), limit=1_000_000)
        by_id = {row.id: row for row in rows}
        assert len(acknowledged) > 20, "the scripts were killed before they did anything"
        assert set(acknowledged) <= set(by_id), f"seed {seed}: an acknowledged entry is gone"
        titles = [row.title for row in rows]
        assert len(titles) == len(set(titles)), f"seed {seed}: an entry is there twice"
        for id in acknowledged:
            entry = journal.entries.get(id)
            assert entry.body.endswith("edited")
            assert len(entry.tags) == 1
            assert len(entry.links) == 1
            assert (journal.folder / entry.attachments[0].path).exists()
            assert [hit.row.id for hit in journal.entries.search(f'"{entry.title}"')][:1]
