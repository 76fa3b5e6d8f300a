"""What readers see of a post beside its text can be changed, and is approved like the text."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_app.errors import JournalError
from journal_app.journal import Journal

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


def test_it_is_a_revision_and_goes_out(journal: Journal, tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    journal.targets.add("blog", "folder", {"path": str(site), "flavor": "hugo"})
    post = journal.entries.create("Loss fell.\n", kind="post", title="Warmup", tags=["lr"])
    described = journal.writing.describe(
        post.id,
        {
            "description": "  What 500 steps\n did ",
            "canonical_url": "https://example.org/warmup/",
            "language": "en",
            "slug": "warmup-notes",
        },
    )
    assert described.rev == post.rev + 1
    assert described.tags == ("lr",)
    assert journal.writing.describe(post.id, {"language": "en"}).rev == described.rev
    receipt = journal.publishing.publish_now(post.id).publication.receipt
    assert receipt is not None
    page = Path(receipt.path)
    text = page.read_text("utf-8")
    assert page.parent.name == "warmup-notes"
    assert "description: What 500 steps did\n" in text
    assert "https://example.org/warmup/" in text
    assert "description" not in journal.writing.describe(post.id, {"description": ""}).front


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("canonical_url", "http://example.org/x"),
        ("canonical_url", "example.org"),
        ("canonical_url", "https://[bad"),
        ("language", "english language"),
        ("slug", "Not A Slug"),
        ("description", "x" * 501),
        ("weather", "fine"),
    ],
)
def test_what_sites_do_not_take_is_told(journal: Journal, name: str, value: str) -> None:
    post = journal.entries.create("Loss fell.\n", kind="post", title="Warmup")
    with pytest.raises(JournalError) as told:
        journal.writing.describe(post.id, {name: value})
    assert told.value.hint
    assert journal.entries.get(post.id).rev == post.rev


def test_a_note_is_no_post(journal: Journal) -> None:
    note = journal.entries.add("only a note")
    with pytest.raises(JournalError, match="is a note, not a post"):
        journal.writing.describe(note.id, {})


def test_on_the_command_line(cli: Cli) -> None:
    note = cli("add", "Loss fell").stdout.strip()
    post = cli("draft", note, "--title", "Warmup").stdout.strip()
    done = cli("describe", post, "--canonical-url", "https://example.org/a/", "--json")
    assert json.loads(done.stdout)["canonical_url"] == "https://example.org/a/"
    shown = cli("describe", post).stdout
    assert "canonical_url  https://example.org/a/" in shown
    assert "slug           warmup" in shown
