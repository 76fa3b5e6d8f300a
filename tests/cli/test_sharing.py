"""`journal export`, `journal similar` and `journal index` as a user calls them."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Cli = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def three(cli: Cli) -> list[str]:
    texts = ("The warmup was short #lr", "The warmup was long #lr", "Bread and cheese")
    return [cli("add", text).stdout.split()[0] for text in texts]


def test_export_by_the_ending(cli: Cli, three: list[str], tmp_path: Path) -> None:
    for name, begin in (("a.html", b"<!DOCTYPE"), ("a.json", b"{"), ("a.pdf", b"%PDF")):
        done = cli("export", str(tmp_path / name), "--tag", "lr")
        assert done.returncode == 0, done.stderr
        assert "2 entries" in done.stdout
        assert (tmp_path / name).read_bytes().startswith(begin)
    again = cli("export", str(tmp_path / "a.html"), three[2])
    assert again.returncode == 1 and "there already" in again.stderr
    assert cli("export", str(tmp_path / "a.html"), three[2], "--replace").returncode == 0
    assert "Bread" in (tmp_path / "a.html").read_text("utf-8")
    folder = cli("export", str(tmp_path / "folder"), "--search", "bread", "--json")
    assert json.loads(folder.stdout)["written"] == 1


def test_options_that_do_not_go_together_are_refused(
    cli: Cli, three: list[str], tmp_path: Path
) -> None:
    assert cli("export", str(tmp_path / "a.html"), "--revisions").returncode == 1
    assert cli("export", str(tmp_path / "a.html"), three[0], "--tag", "lr").returncode == 1
    assert cli("similar").returncode == 1
    assert cli("similar", three[0], "--text", "x").returncode == 1


def test_similar_without_a_model_goes_by_words(
    cli: Cli, three: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("JOURNAL_MODELS", str(tmp_path / "no-packs"))
    done = cli("similar", three[0], "--json")
    found = json.loads(done.stdout)
    assert found["by"] == "words" and [one["id"] for one in found["entries"]] == [three[1]]
    assert "not installed" in cli("index", "--status").stdout
    assert cli("index").returncode == 1


def test_similar_with_the_model_goes_by_meaning(
    cli: Cli, three: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.helpers.packs import real_packs

    monkeypatch.setenv("JOURNAL_MODELS", str(real_packs()))
    built = json.loads(cli("index", "--json").stdout)
    assert (built["made"], built["done"], built["total"]) == (3, 3, 3)
    found = json.loads(cli("similar", three[0], "--json").stdout)
    assert found["by"] == "meaning" and found["entries"][0]["id"] == three[1]
    food = json.loads(cli("similar", "--text", "food", "--limit", "1", "--json").stdout)
    assert food["entries"][0]["id"] == three[2]
