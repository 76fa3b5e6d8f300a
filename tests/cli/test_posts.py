"""The command line from notes to a published page, as real processes."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from journal_app.cli import main
from journal_app.domain.publishing import Receipt
from journal_app.journal import Journal
from journal_app.publish.folder import FolderTarget
from journal_app.services.receipts import ReceiptService

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


def ok(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_from_two_notes_to_a_page(cli: Cli, site: Path, tmp_path: Path) -> None:
    plot = tmp_path / "plot.png"
    plot.write_bytes(b"\x89PNG")
    one = ok(cli("add", "Warmup matters #lr ->run:d12", "--attach", str(plot)))
    two = ok(cli("add", "Evals agree #evals"))
    post = ok(cli("draft", one, two, "--title", "What the warmup did"))
    ok(
        cli(
            "target",
            "add",
            "blog",
            "--path",
            str(site),
            "--flavor",
            "hugo",
            "--url",
            "https://example.org",
        )
    )
    assert "hugo" in ok(cli("target", "list"))
    assert "Posts can go to blog" in ok(cli("target", "test", "blog"))
    # A time so near that waiting for it is part of the test.
    at = time.strftime("%Y-%m-%dT%H:%M:%S+00:00", time.gmtime(time.time() + 3))
    planned = json.loads(
        ok(cli("schedule", post, "--target", "blog", "--at", at, "--tz", "Asia/Tokyo", "--json"))
    )
    assert planned["state"] == "scheduled"
    assert planned["due"].endswith("+09:00")
    (waiting,) = json.loads(ok(cli("queue", "--json")))
    assert (waiting["id"], waiting["title"]) == (planned["id"], "What the warmup did")
    deadline = time.monotonic() + 30
    while "Nothing is due" in (said := ok(cli("publish", "--due"))):
        assert time.monotonic() < deadline
    page = site / "content/posts/what-the-warmup-did/index.md"
    assert f"published  What the warmup did  {page}" in said
    assert "https://example.org/posts/what-the-warmup-did/" in said
    text = page.read_text(encoding="utf-8")
    assert f"date: {planned['due']}\n" in text
    assert "->run:" not in text
    assert len(list(page.parent.glob("plot-*.png"))) == 1
    assert ok(cli("queue")) == (
        "Nothing waits. `journal schedule POST --target NAME --at …` plans a post."
    )
    again = cli("publish", post)
    assert again.returncode == 1
    assert "already out" in again.stderr


@pytest.fixture
def post(cli: Cli, site: Path) -> str:
    ok(cli("target", "add", "blog", "--path", str(site), "--flavor", "hugo"))
    return ok(cli("draft", ok(cli("add", "a note with words")), "--title", "T"))


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--at", "2020-01-01 09:00", "--tz", "UTC"), ("is past", "journal publish")),
        (("--at", "2036-12-01 09:00", "--tz", "Europe/Brlin"), ("no time zone", "Europe/Berlin")),
        (("--at", "soon", "--tz", "UTC"), ("is not a time", "2026-12-01 09:00")),
        (
            ("--at", "2036-10-26 02:30", "--tz", "Europe/Berlin"),
            ("happens twice", "--fold first", "CEST +02:00", "--fold second", "CET +01:00"),
        ),
        (
            ("--at", "2036-03-30 02:30", "--tz", "Europe/Berlin"),
            ("does not exist", "--gap before", "01:30 CET", "--gap after", "03:30 CEST"),
        ),
    ],
)
def test_a_time_that_cannot_be_taken_says_the_way_out(
    cli: Cli, post: str, words: tuple[str, ...], message: tuple[str, ...]
) -> None:
    done = cli("schedule", post, "--target", "blog", *words)
    assert done.returncode == 1
    assert all(part in done.stderr for part in message), done.stderr
    assert "Traceback" not in done.stderr
    assert json.loads(ok(cli("queue", "--json"))) == []


def test_the_choice_is_taken_and_the_post_can_be_taken_off(cli: Cli, post: str) -> None:
    at = ("--at", "2036-10-26 02:30", "--tz", "Europe/Berlin", "--target", "blog")
    planned = json.loads(ok(cli("schedule", post, *at, "--fold", "second", "--json")))
    assert planned["due"] == "2036-10-26T02:30:00+01:00"
    twice = cli("schedule", post, *at, "--fold", "first")
    assert twice.returncode == 1
    assert planned["id"] in twice.stderr
    ok(cli("edit", post, "--text", "changed"))
    assert "edited since approved" in ok(cli("queue"))
    assert "Taken off" in ok(cli("unschedule", post))
    assert cli("unschedule", post).returncode == 1
    assert json.loads(ok(cli("queue", "--json"))) == []


def test_wrong_use_is_told(cli: Cli, post: str, site: Path) -> None:
    assert cli("publish").returncode == 2
    assert cli("publish", post, "--due").returncode == 2
    missing = cli("target", "add", "other", "--path", str(site / "none"))
    assert missing.returncode == 1
    assert "mkdir" in missing.stderr
    unknown = cli("target", "add", "other", "--kind", "gopher")
    assert unknown.returncode == 1
    assert "folder" in unknown.stderr
    ok(cli("target", "remove", "blog"))
    assert json.loads(ok(cli("target", "list", "--json"))) == []


def test_schedule_takes_the_zone_of_the_settings_and_replaces(cli: Cli, post: str) -> None:
    ok(cli("config", "timezone", "Asia/Tokyo"))
    at = ("schedule", post, "--target", "blog", "--json", "--at")
    first = json.loads(ok(cli(*at, "2036-01-01 09:00")))
    assert (first["tz"], first["due_utc"]) == ("Asia/Tokyo", "2036-01-01T00:00:00.000+00:00")
    assert "--replace" in cli(*at, "2036-01-02 09:00").stderr
    second = json.loads(ok(cli(*at, "2036-01-02 09:00", "--tz", "UTC", "--replace")))
    assert (second["tz"], second["wall"]) == ("UTC", "2036-01-02 09:00:00")
    assert [one["id"] for one in json.loads(ok(cli("queue", "--json")))] == [second["id"]]
    wrong = cli(*at, "2036-01-02 09:00", "--tz", "localtime", "--replace")
    assert wrong.returncode == 1 and "no time zone" in wrong.stderr


def test_what_an_approval_had_to_say_is_said(cli: Cli, site: Path) -> None:
    ok(cli("target", "add", "page", "--path", str(site), "--flavor", "hugo"))
    post = ok(cli("add", "TODO say what the warmup did", "--kind", "post", "--title", "Warmup"))
    planned = cli("schedule", post, "--target", "page", "--at", "2036-01-01 09:00")
    assert "warning: “TODO” marks something that is not done. (line 1)" in planned.stderr
    ok(cli("unschedule", post))
    assert "TODO" in cli("publish", post, "--target", "page").stderr


def test_what_could_not_be_taken_back_is_not_sent_again_by_its_hint(
    cli: Cli, post: str, site: Path
) -> None:
    ok(cli("publish", post, "--target", "blog"))
    site.rename(site.parent / "away")
    failed = cli("unpublish", post)
    assert failed.returncode == 1
    assert f"`journal unpublish {post} --target blog`" in failed.stderr
    assert "journal publish" not in failed.stderr


def test_a_place_that_is_away_is_not_said_to_be_asked_again(
    cli: Cli, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BLOG_KEY", "a-key")
    words = ("--kind", "mataroa", "--url", "http://127.0.0.1:9", "--set", "key=env:BLOG_KEY")
    added = cli("target", "add", "away", *words)
    assert added.returncode == 1
    assert "could not be reached" in added.stderr and "Errno" not in added.stderr
    assert "Try again later." in added.stderr and "by itself" not in added.stderr


def test_what_comes_up_while_a_slow_page_is_looked_at_leaves_in_time(
    journal_folder: Path,
    site: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shown = threading.Event()
    monkeypatch.setattr(Journal, "_look", lambda _journal: shown.wait(20))
    monkeypatch.setattr(ReceiptService, "is_due", lambda _receipts: not shown.is_set())
    sent = FolderTarget.publish

    def send(*given: Any) -> Receipt:
        receipt = sent(*given)
        shown.set()
        return receipt

    monkeypatch.setattr(FolderTarget, "publish", send)
    with Journal(journal_folder) as journal:
        journal.targets.add("blog", "folder", {"path": str(site), "flavor": "hugo"})
        post = journal.entries.create("# A\n\nThe loss fell.", kind="post")
        at = datetime.fromtimestamp(journal.store.now() // 1000 + 2, UTC)
        journal.publishing.schedule(post.id, "blog", at.isoformat())
    assert main.run(["--journal", str(journal_folder), "publish", "--due"]) == 0
    assert capsys.readouterr().out.startswith("published")
