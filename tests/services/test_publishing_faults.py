"""Real processes that are killed, that race, that meet a full disk or a read-only folder."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

from journal_app.journal import Journal
from journal_app.publish import files, frontmatter
from journal_app.runtime.vault import Vault
from journal_app.services.publishing import PublishingService
from journal_app.services.targets import TargetService
from tests.helpers.publishing import CountingKinds, delivered

HOUR = 3_600_000
KILLS = 60
SCRIPT = """
import sys
from pathlib import Path
from journal_app.journal import Journal
import journal_app.publish.folder, journal_app.services.publishing
journal = Journal(Path(sys.argv[1]))
service = journal.publishing
print("ready", flush=True)
sys.stdin.readline()
service.run_due()
print("done", flush=True)
"""
COUNTING = """
import sys
from pathlib import Path
from journal_app.journal import Journal
from journal_app.runtime.vault import Vault
from journal_app.services.publishing import PublishingService
from tests.helpers.publishing import CountingKinds
journal = Journal(Path(sys.argv[1]))
PublishingService(journal.store, CountingKinds(), Vault(journal.folder)).run_due()
"""


def clock_an_hour_ago() -> int:
    return time.time_ns() // 1_000_000 - HOUR


def schedule_due(folder: Path, n: int, name: str, *, picture: Path | None = None) -> list[str]:
    """`n` posts that were scheduled an hour ago and are due since half an hour."""
    posts = []
    with Journal(folder, now=clock_an_hour_ago) as journal:
        at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() - 1800))
        for index in range(n):
            note = journal.entries.add(
                f"{name} {index}\n\n" + "words " * 400, attach=[picture] if picture else []
            )
            post = journal.writing.draft([note.id], f"{name} {index}")
            journal.publishing.schedule(post.id, "blog", at, tz="UTC")
            posts.append(post.id)
    return posts


def pages(site: Path) -> dict[str, list[Path]]:
    """The pages by post."""
    found: dict[str, list[Path]] = {}
    for path in (*site.rglob("index.md"), *site.rglob("_posts/*.md")):
        key = frontmatter.key_of(path.read_bytes())
        assert key is not None
        found.setdefault(key, []).append(path)
    return found


def add_site(folder: Path, site: Path, flavor: str = "hugo") -> None:
    site.mkdir(exist_ok=True)
    with Journal(folder) as journal:
        journal.targets.add("blog", "folder", {"path": str(site), "flavor": flavor})


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    file = tmp_path / "loss.png"
    file.write_bytes(b"\x89PNG" + os.urandom(300_000))
    return file


def start(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def let_go(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def close(process: subprocess.Popen[str]) -> None:
    process.wait(30)
    for pipe in (process.stdin, process.stdout):
        assert pipe is not None
        pipe.close()


def states(folder: Path) -> dict[str, int]:
    with Journal(folder) as journal:
        rows = journal.store.read().execute("SELECT state, count(*) FROM publications GROUP BY 1")
        assert journal.store.read().execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return {row[0]: row[1] for row in rows}


@pytest.mark.parametrize("flavor", ["hugo", "jekyll"])
@pytest.mark.timeout(300)
def test_killed_at_random_points_nothing_is_lost_and_nothing_doubled(
    journal_folder: Path, tmp_path: Path, picture: Path, flavor: str
) -> None:
    site = tmp_path / "site"
    add_site(journal_folder, site, flavor)
    randomness = random.Random(2)
    posts = schedule_due(journal_folder, 4, "first", picture=picture)
    process = start(journal_folder)
    started = time.monotonic()
    let_go(process)
    assert process.stdout is not None
    assert process.stdout.readline() == "done\n"
    whole = time.monotonic() - started
    close(process)
    interrupted = 0
    for n in range(KILLS // 2):
        posts += schedule_due(journal_folder, 4, f"round {n}", picture=picture)
        process = start(journal_folder)
        let_go(process)
        try:
            process.wait(randomness.uniform(0, whole))
        except subprocess.TimeoutExpired:
            process.kill()
        close(process)
        interrupted += process.returncode != 0
        with Journal(journal_folder) as journal:
            outcomes = journal.publishing.run_due()
            assert all(outcome.ok for outcome in outcomes), outcomes
            assert journal.publishing.queue() == []
        found = pages(site)
        assert sorted(found) == sorted(posts)
        assert all(len(paths) == 1 for paths in found.values())
        assert not [p for p in site.rglob("*") if files.PARTIAL in p.name]
        shown = list(site.rglob("*.png"))
        assert len(shown) == len(posts)
        assert {p.read_bytes() for p in shown} == {picture.read_bytes()}
    assert states(journal_folder) == {"published": len(posts)}
    assert interrupted >= KILLS // 4, "the kills came too late to test anything"


@pytest.mark.parametrize("mode", ["die-before", "die-during", "die-after"])
def test_a_process_that_dies_in_the_send_delivers_once(
    journal_folder: Path, tmp_path: Path, mode: str
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    with Journal(journal_folder) as journal:
        TargetService(journal.store, CountingKinds(), Vault(journal.folder)).add(
            "blog", "counting", {"path": str(place)}
        )
    posts = []
    with Journal(journal_folder, now=clock_an_hour_ago) as journal:
        service = PublishingService(journal.store, CountingKinds(), Vault(journal.folder))
        at = time.strftime("%Y-%m-%d %H:%M:%S", time.gmtime(time.time() - 1800))
        for n in range(3):
            post = journal.entries.create("body", kind="post", title=f"post {n}")
            service.schedule(post.id, "blog", at, tz="UTC")
            posts.append(post.id)
    for n in range(4):
        if n < 2:
            (place / "mode").write_text(mode)
        done = subprocess.run([sys.executable, "-c", COUNTING, str(journal_folder)], check=False)
        assert (done.returncode == 0) is (n >= 2)
    assert sorted(delivered(place)) == sorted(f"{post} 1" for post in posts)
    assert states(journal_folder) == {"published": 3}


def test_two_processes_publish_fifty_due_posts_each_once(
    journal_folder: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    add_site(journal_folder, site)
    posts = schedule_due(journal_folder, 50, "race")
    racing = [start(journal_folder) for _ in range(2)]
    for process in racing:
        let_go(process)
    for process in racing:
        close(process)
    assert [process.returncode for process in racing] == [0, 0]
    assert sorted(pages(site)) == sorted(posts)
    with Journal(journal_folder) as journal:
        sent = journal.store.read().execute(
            "SELECT publication_id, count(*) AS n FROM publication_log"
            " WHERE state = 'sending' GROUP BY 1"
        )
        assert [row["n"] for row in sent] == [1] * 50
        claimers = journal.store.read().execute(
            "SELECT count(DISTINCT detail) FROM publication_log WHERE state = 'claimed'"
        )
        assert claimers.fetchone()[0] == 2, "one process did it all: nothing raced"
    assert states(journal_folder) == {"published": 50}


LIMITED = """
import resource, signal, sys
from journal_app.cli.main import run
import journal_app.cli.posts
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
sys.exit(run(["--journal", sys.argv[1], "publish", "--due"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit on file sizes to set")
def test_a_full_disk_at_the_site_is_told_and_the_post_kept(
    journal_folder: Path, tmp_path: Path
) -> None:
    site = tmp_path / "site"
    add_site(journal_folder, site)
    big = tmp_path / "big.png"
    big.write_bytes(os.urandom(3_000_000))
    (post,) = schedule_due(journal_folder, 1, "big", picture=big)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(journal_folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "could not be written" in done.stderr
    assert "Free some space" in done.stderr
    assert f"journal publish {post} --target blog" in done.stderr
    assert "Traceback" not in done.stderr
    assert [p for p in site.rglob("*") if p.is_file()] == []
    assert states(journal_folder) == {"failed": 1}
    with Journal(journal_folder) as journal:
        assert journal.publishing.publish_now(post).ok
    assert list(pages(site)) == [post]


# Root may write anywhere, so the process gives root up once everything it needs is imported.
NOBODY = """
import os, sys
from journal_app.cli.main import run
journal = ["--journal", sys.argv[1]]
run([*journal, "queue"])
run([*journal, "target", "test", "blog"])
import journal_app.publish.folder
os.chmod(sys.argv[2], 0o555)
os.seteuid(65534) if os.geteuid() == 0 else None
sys.exit(run([*journal, "publish", "--due"]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="permission bits do not bind on Windows")
def test_a_read_only_site_is_told_and_the_post_kept(journal_folder: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    add_site(journal_folder, site)
    (post,) = schedule_due(journal_folder, 1, "kept")
    for path in (journal_folder, *journal_folder.rglob("*")):
        path.chmod(0o777 if path.is_dir() else 0o666)
    for path in (tmp_path, tmp_path.parent, tmp_path.parent.parent):
        path.chmod(0o755)
    try:
        done = subprocess.run(
            [sys.executable, "-c", NOBODY, str(journal_folder), str(site)],
            capture_output=True,
            text=True,
            check=False,
        )
    finally:
        site.chmod(0o755)
    assert done.returncode == 1, done.stdout
    assert "Posts can go to blog" in done.stdout
    assert f"The site folder {site} cannot be written: Permission denied" in done.stderr
    assert "write permission" in done.stderr
    assert "Traceback" not in done.stderr
    assert states(journal_folder) == {"failed": 1}
    with Journal(journal_folder) as journal:
        assert [item.title for item in journal.publishing.queue()] == ["kept 0"]
        assert journal.publishing.publish_now(post).ok
