"""`journal digest`: what it shows is what goes out."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from journal_app.cli.main import run
from tests.helpers.pictures import png
from tests.helpers.servers.mastodon import FakeMastodon

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
TOKEN = "t0ken-that-must-not-be-seen-anywhere"
BODY = """Loss fell after step 500, from 3.2 to 2.1.

It stayed there for 2,000 steps ->run:d12.
"""


def ok(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def cli(
    journal_folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Cli:
    """The command line in this process: twenty commands in the time of one that starts anew."""

    def call(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            code = run(["--journal", str(journal_folder), *words])
        said = capsys.readouterr()
        return subprocess.CompletedProcess(words, code, said.out, said.err)

    return call


@pytest.fixture
def post(cli: Cli) -> str:
    note = ok(cli("add", "-", stdin=BODY))
    return ok(cli("draft", note, "--title", "Warmup ended the divergence"))


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeMastodon]:
    monkeypatch.setenv("TOOT_TOKEN", TOKEN)
    with FakeMastodon(TOKEN) as made:
        yield made


def digest(cli: Cli, *words: str) -> Any:
    return json.loads(ok(cli("digest", *words, "--json")))


def test_parts_with_their_lengths(cli: Cli, post: str) -> None:
    shown = ok(cli("digest", post))
    assert "Mastodon: 1 part, out of the post" in shown
    assert "from 3.2 to 2.1" in shown
    assert "d12" not in shown
    assert "No address of the post is known" in cli("digest", post).stderr
    found = digest(cli, post, "--network", "bluesky", "--parts", "2")
    assert (found["network"], found["limit"]) == ("bluesky", 300)
    assert all(part["count"] <= 300 for part in found["parts"])


def test_a_copy_is_the_text_alone(cli: Cli, post: str, tmp_path: Path) -> None:
    plot = tmp_path / "plot.png"
    plot.write_bytes(png())
    ok(cli("attach", post, str(plot)))
    body = json.loads(ok(cli("show", post, "--json")))["body"]
    refused = cli("digest", post, "--network", "linkedin", "--copy")
    assert refused.returncode == 1
    assert "has no text for people who do not see it" in refused.stderr
    ok(cli("edit", post, "--text", "-", stdin=body.replace("![plot.png]", "![The loss falls]")))
    done = cli("digest", post, "--network", "linkedin", "--copy")
    assert ok(done).startswith("Warmup ended the divergence\n\n")
    assert "linkedin.com" in done.stderr
    assert "The loss falls" in done.stderr
    assert "The loss falls" not in done.stdout
    (path,) = [line.split(" ", 1)[1] for line in done.stderr.splitlines() if "Attach" in line]
    assert Path(path).read_bytes() == png()


def test_wrong_words_get_a_way_out(cli: Cli, post: str) -> None:
    assert (
        "Known: mastodon, bluesky, linkedin, plain"
        in cli("digest", post, "--network", "myspace").stderr
    )
    note = ok(cli("add", "Only a note"))
    assert "journal draft" in cli("digest", note).stderr
    assert "has no part 9" in cli("digest", post, "--copy", "--part", "9").stderr
    assert cli("digest", post, "--part", "1").returncode == 2


def test_what_is_shown_is_what_goes_out(
    cli: Cli, post: str, server: FakeMastodon, tmp_path: Path
) -> None:
    """With the address of the page at the site that the post went to first."""
    site = tmp_path / "site"
    site.mkdir()
    address = "https://blog.example.org"
    ok(cli("target", "add", "blog", "--path", str(site), "--flavor", "hugo", "--url", address))
    ok(cli("publish", post, "--target", "blog"))
    added = cli(
        "target",
        "add",
        "toots",
        "--kind",
        "mastodon",
        "--set",
        f"url={server.url}",
        "--set",
        "token=env:TOOT_TOKEN",
        "--set",
        "visibility=unlisted",
    )
    ok(added)
    found = digest(cli, post)
    assert found["link"] == f"{address}/posts/warmup-ended-the-divergence/"
    done = cli("publish", post, "--target", "toots", "--json")
    ok(done)
    texts = [server.state["texts"][one["id"]] for one in server.statuses()]
    assert texts == [part["text"] for part in found["parts"]]
    assert server.statuses()[0]["visibility"] == "unlisted"
    again = cli("publish", post, "--target", "toots")
    assert again.returncode == 1
    assert len(server.statuses()) == 1
    for said in (added, done, again):
        assert TOKEN not in said.stdout + said.stderr
    ok(cli("unpublish", post, "--target", "toots"))
    assert server.statuses() == []


def test_a_network_by_hand_waits_for_the_person(cli: Cli, post: str) -> None:
    ok(cli("target", "add", "work", "--kind", "clipboard", "--set", "network=linkedin"))
    assert digest(cli, post)["network"] == "linkedin"
    done = cli("publish", post, "--target", "work")
    assert done.returncode == 1
    assert "posted by hand" in done.stdout + done.stderr
    (waiting,) = json.loads(ok(cli("queue", "--json")))
    seen = "https://www.linkedin.com/posts/me_1"
    ok(cli("settle", waiting["id"], "--out", "--url", seen))
    assert json.loads(ok(cli("queue", "--json"))) == []
    *_, last = json.loads(ok(cli("log", post, "--json")))
    assert last["state"] == "published"
