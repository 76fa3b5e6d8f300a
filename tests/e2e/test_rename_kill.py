"""A program that renames is killed at any moment: every link still leads where it led."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from journal_app.domain import links
from journal_app.journal import Journal
from journal_app.store import mentions

RENAMER = """
import sys
from pathlib import Path
from journal_app.journal import Journal

with Journal(Path(sys.argv[1])) as journal:
    id = sys.argv[2]
    for number in range(100_000):
        now = journal.entries.get(id)
        for step in ("a", "ab [c]", f"title {number}"):
            now = journal.entries.save(
                id, now.body, base_rev=now.rev, title=step, kind=now.kind, origin="autosave"
            ).entry
        journal.links.settle(id)
        print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="kill -9 is a signal of POSIX")
def test_no_link_breaks_when_a_rename_is_killed(journal_folder: Path) -> None:
    chance = random.Random(3)
    with Journal(journal_folder) as journal:
        target = journal.entries.create("x", title="Old").id
        sources = [
            journal.entries.create(f"text {n} [[Old]] and [[Old#part|words]] `[[Old]]`").id
            for n in range(12)
        ]
    for _ in range(6):
        program = subprocess.Popen(
            [sys.executable, "-c", RENAMER, str(journal_folder), target],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert program.stdout is not None
        for _ in range(chance.randint(1, 6)):
            assert program.stdout.readline()
        os.kill(program.pid, signal.SIGKILL)
        program.wait()
        program.stdout.close()
        with Journal(journal_folder) as journal:
            journal.links.catch_up()
            title = journal.entries.get(target).title
            for source in sources:
                body = journal.entries.get(source).body
                known = mentions.of(journal.store.read(), source)
                found = links.mentions(body)
                assert [known[(m.kind, m.key)] for m in found] == [target] * 2
                assert all(m.by_id or m.name == title for m in found)
                assert body.endswith("`[[Old]]`")
