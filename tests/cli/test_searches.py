"""`journal search` and `journal searches`: operators, hints, saved searches."""

from __future__ import annotations

import json

import pytest

from journal_app.domain.query import OPERATORS
from tests.conftest import Cli


@pytest.fixture
def filled(cli: Cli) -> Cli:
    cli("add", "Tokenizer path was wrong #npu", "--kind", "lesson")
    cli("add", "Noise floor of the eval")
    return cli


def found(cli: Cli, *words: str) -> list[str]:
    done = cli("search", *words, "--json")
    assert done.returncode == 0, done.stderr
    return [hit["title"] for hit in json.loads(done.stdout)]


def test_operators_and_hints(filled: Cli) -> None:
    assert found(filled, "kind:lesson", "tag:npu") == ["Tokenizer path was wrong"]
    assert found(filled, "-tag:npu") == ["Noise floor of the eval"]
    assert found(filled, "-noise floor", "kind:note") == []
    assert found(filled, "title:noise floor") == ["Noise floor of the eval"]
    done = filled("search", "noise", "before:soon")
    assert "Noise floor of the eval" in done.stdout, "the rest is searched"
    assert "before:soon" in done.stderr


def test_a_slip_is_forgiven_and_marked(filled: Cli) -> None:
    done = filled("search", "tokenizre")
    assert "≈ " in done.stdout
    (hit,) = json.loads(filled("search", "tokenizre", "--json").stdout)
    assert hit["similar"] is True


def test_the_help_lists_every_operator(cli: Cli) -> None:
    said = cli("search", "--help").stdout
    assert all(f"{name}:" in said for name in OPERATORS)


def test_a_search_is_saved_asked_again_renamed_moved_and_removed(filled: Cli) -> None:
    assert "Tokenizer" in filled("search", "tag:npu", "--save", "On the NPU").stdout
    filled("search", "kind:note", "--save", "notes")
    assert [s["name"] for s in json.loads(filled("searches", "--json").stdout)] == [
        "On the NPU",
        "notes",
    ]
    assert found(filled, "@on the npu") == ["Tokenizer path was wrong"]
    assert found(filled, "@notes", "noise") == ["Noise floor of the eval"]
    filled("search", "tag:npu kind:lesson", "--save", "on the NPU")
    kept = json.loads(filled("searches", "--json").stdout)
    assert [s["query"] for s in kept] == ["tag:npu kind:lesson", "kind:note"], "the same name"
    assert filled("searches", "rename", "notes", "All notes").stdout.strip() == "All notes"
    assert filled("searches", "move", "All notes", "1").stdout.splitlines() == [
        "1  All notes",
        "2  On the NPU",
    ]
    clash = filled("searches", "rename", "All notes", "on the npu")
    assert (clash.returncode, "Another saved search" in clash.stderr) == (1, True)
    assert filled("searches", "remove", "All notes", "nope").returncode == 1
    assert "All notes" in filled("searches").stdout, "all or none"
    filled("searches", "remove", "All notes", "On the NPU")
    assert "No saved search" in filled("searches").stdout
    missing = filled("search", "@notes")
    assert missing.returncode == 1
    assert "journal searches" in missing.stderr
