"""What publishing costs on this machine: the heartbeat, punctuality, the agent, twenty pictures."""

from __future__ import annotations

import os
import statistics
import struct
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.cli.bench_figure import Figure
from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.journal import Journal

SCHEDULED = 10_000
BEATS = 200
POSTS, APART = 6, 3  # posts that come due, seconds between them
WATCHED = 32.0  # s that the idle agent is watched: two pauses and a bit
PICTURES, PICTURE = 20, 300_000  # bytes


def figures() -> list[Figure]:
    """Every figure of publishing. Raises JournalError."""
    with tempfile.TemporaryDirectory(prefix="journal-bench-") as place:
        folder = Path(place) / "journal"
        site = Path(place) / "site"
        site.mkdir()
        _fill(folder, site)
        return [
            _heartbeat(folder),
            _punctual(folder, site),
            *_agent(folder),
            _pictures(Path(place), site),
        ]


def _fill(folder: Path, site: Path) -> None:
    """Ten thousand publications of one post each for a target each, all far ahead."""
    from journal_app.domain.due import due_at
    from journal_app.domain.publishing import Plan, Publication
    from journal_app.journal import Journal
    from journal_app.store import publications, targets

    with Journal(folder) as journal:
        journal.targets.add("blog", "folder", {"path": str(site), "flavor": "hugo"})
        post = journal.entries.create("Loss fell.", kind="post", title="One of many")
        with journal.store.write() as w:
            for n in range(SCHEDULED):
                name = f"t{n}"
                targets.put(w, name, "folder", {"path": str(site), "flavor": "hugo"})
                due = due_at(w.now + (n + 1440) * 60_000, "Europe/Berlin")
                id = journal.store.new_id()
                plan = Plan("one-of-many", (), "", due)
                publications.insert(
                    w, Publication(id, post.id, post.rev, name, "scheduled", due, "k", plan)
                )


def _heartbeat(folder: Path) -> Figure:
    from journal_app.journal import Journal

    with Journal(folder) as journal:
        times = []
        for _ in range(BEATS):
            began = time.perf_counter()
            journal.publisher.take("window")
            journal.tend()
            journal.publishing.next_wake()
            times.append((time.perf_counter() - began) * 1000)
        journal.publisher.release()
    worst = sorted(times)[int(BEATS * 0.99)]
    how = f"99th of {BEATS} beats, median {statistics.median(times):.2g} ms"
    return Figure(f"heartbeat, {SCHEDULED:,} scheduled", worst, "ms", 20, "", how)


def _punctual(folder: Path, site: Path) -> Figure:
    """How late the latest of some posts leaves, sent by a heartbeat among the ten thousand."""
    from journal_app.journal import Journal
    from journal_app.runtime.scheduler import Heartbeat

    with Journal(folder) as journal:
        ids = []
        first = time.time() + 4
        for n in range(POSTS):
            post = journal.entries.create("Loss fell.", kind="post", title=f"Due {n}").id
            at = datetime.fromtimestamp(int(first) + n * APART, UTC).isoformat()
            ids.append(journal.publishing.schedule(post, "blog", at, tz="UTC").id)
        heart = Heartbeat(journal.tend, next_at=journal.publishing.next_wake)
        heart.start()
        try:
            time.sleep(max(0.0, first - time.time()) + POSTS * APART)
        finally:
            heart.stop()
        late = []
        for id in ids:
            (p,) = journal.publishing.history(id)
            if p.state != "published":
                raise JournalError(f"A post that was due is {p.state}.")
            moved = journal.publishing.log(id)[-1].at
            late.append((moved - p.due.at) / 1000)
    how = f"latest of {POSTS}, first {late[0]:.2f} s, last {late[-1]:.2f} s: no drift"
    return Figure("a due post leaves after", max(late), "s", 2, "", how)


def _agent(folder: Path) -> list[Figure]:
    """Memory and wake-ups of the idle agent, where the system shows them."""
    with _running(folder) as pid:
        if not Path(f"/proc/{pid}/status").exists():
            return []
        time.sleep(2)
        before = _switches(pid)
        time.sleep(WATCHED)
        woken = _switches(pid) - before
        memory = _status(pid, "VmRSS") * 1024 / 1e6
    return [
        Figure("agent, idle", memory, "MB", 40, "", f"{SCHEDULED:,} scheduled, resident"),
        Figure(
            "agent, wake-ups a minute",
            woken / WATCHED * 60,
            "",
            60 / 15 + 1,
            "",
            f"voluntary switches of its threads in {WATCHED:g} s; every 15 s is 4",
        ),
    ]


@contextmanager
def _running(folder: Path) -> Iterator[int]:
    process = subprocess.Popen(
        [sys.executable, "-m", "journal_app", "--journal", str(folder), "agent", "run"],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
    )
    try:
        assert process.stderr is not None
        process.stderr.readline()
        yield process.pid
    finally:
        process.terminate()
        process.communicate(timeout=20)


def _status(pid: int, name: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1])
    return 0


def _switches(pid: int) -> int:
    total = 0
    for task in Path(f"/proc/{pid}/task").iterdir():
        for line in (task / "status").read_text().splitlines():
            if line.startswith("voluntary_ctxt_switches"):
                total += int(line.split()[1])
    return total


def _pictures(place: Path, site: Path) -> Figure:
    """A post with twenty pictures into a Hugo folder, from `publish` to the receipt."""
    from journal_app.journal import Journal

    with Journal(place / "pictures") as journal:
        journal.targets.add("blog", "folder", {"path": str(site), "flavor": "hugo"})
        times = []
        for n in range(3):
            post = _illustrated(journal, place, n)
            began = time.perf_counter()
            outcome = journal.publishing.publish_now(post, "blog")
            times.append(time.perf_counter() - began)
            if not outcome.ok:
                raise JournalError(f"The post with pictures is {outcome.publication.state}.")
    how = f"{PICTURE // 1000} kB each, median of 3, checks and reading back included"
    return Figure(f"{PICTURES} pictures to Hugo", statistics.median(times), "s", 1, "", how)


def _illustrated(journal: Journal, place: Path, n: int) -> str:
    files = []
    for k in range(PICTURES):
        file = place / f"plot-{n}-{k}.png"
        file.write_bytes(_png(os.urandom(PICTURE)))
        files.append(file)
    note = journal.entries.add(f"Twenty plots, {n}\n", attach=files)
    return journal.writing.draft([note.id], f"Twenty plots, {n}").id


def _png(noise: bytes) -> bytes:
    """A grey picture of about this many bytes."""
    width = 500
    rows = b"".join(b"\0" + noise[i : i + width] for i in range(0, len(noise) - width, width))
    head = struct.pack(">IIBBBBB", width, len(rows) // (width + 1), 8, 0, 0, 0, 0)

    def chunk(name: bytes, data: bytes) -> bytes:
        whole = name + data
        return struct.pack(">I", len(data)) + whole + struct.pack(">I", zlib.crc32(whole))

    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body
