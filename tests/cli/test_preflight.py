"""The commands preflight, gate and receipts."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from journal_app.cli.main import run
from journal_app.journal import Journal
from tests.helpers.results import add_eval

WORDS = "We trained a small model on one machine and wrote down what we saw there.\n\n" * 8


Cli = Callable[..., CompletedProcess[str]]


@pytest.fixture
def cli(journal_folder: Path, capsys: pytest.CaptureFixture[str]) -> Cli:
    """Run a command in this process: a start of Python for each of these many is not needed."""

    def call(*words: str) -> CompletedProcess[str]:
        try:
            status = run(["--journal", str(journal_folder), *words])
        except SystemExit as leaving:
            status = int(leaving.code or 0)
        return CompletedProcess(words, status, *capsys.readouterr())

    return call


def post(folder: Path, body: str) -> str:
    with Journal(folder) as journal:
        return journal.entries.create(body, kind="post", title="A post").id


def test_what_stands_in_the_way_is_told_with_its_id(cli: Cli, journal_folder: Path) -> None:
    id = post(journal_folder, WORDS + "Saved in /home/marta/runs.")
    done = cli("preflight", id, "--offline")
    assert done.returncode == 1
    assert "/home/marta/runs is a place on a computer" in done.stdout
    assert "1 error, no warnings." in done.stdout
    found = json.loads(cli("preflight", id, "--offline", "--json").stdout)
    (error,) = [one for one in found if one["level"] == "error"]
    assert f"[{error['id']}]" in done.stdout
    assert cli("preflight", post(journal_folder, WORDS), "--offline").returncode == 0
    assert "no entry" in cli("preflight", "nothing").stderr.lower()


def test_gates_are_added_judged_and_removed(cli: Cli, journal_folder: Path) -> None:
    id = post(journal_folder, WORDS)
    rule = ("--name", "quality", "--eval", "gsm8k", "--metric", "exact_match", ">=0.45")
    assert cli("gate", "add", id, *rule).stdout == "quality: gsm8k exact_match >= 0.45\n"
    assert cli("gate", "add", id, *rule).returncode == 1
    assert "quality" in cli("gate", "list", id).stdout
    shut = cli("gate", "check", id)
    assert (shut.returncode, "shut" in shut.stdout) == (1, True)
    assert cli("preflight", id, "--offline").returncode == 1
    with Journal(journal_folder) as journal:
        journal.entries.link(id, f"eval:{add_eval(journal, 'gsm8k', 'exact_match', 0.5)}")
    assert json.loads(cli("gate", "check", id, "--json").stdout)[0]["passed"] is True
    assert cli("preflight", id, "--offline").returncode == 0
    assert cli("gate", "remove", id, "quality").returncode == 0
    assert "no gate" in cli("gate", "list", id).stdout


def test_receipts_and_their_log(cli: Cli, journal_folder: Path, tmp_path: Path) -> None:
    assert "Nothing is out yet" in cli("receipts", "list").stdout
    assert "Nothing happened" in cli("receipts", "log").stdout
    site = tmp_path / "site"
    (site / "content" / "posts").mkdir(parents=True)
    (site / "hugo.toml").write_text("title = 'x'\n")
    cli("target", "add", "blog", "--path", str(site))
    id = post(journal_folder, WORDS)
    sent = cli("publish", id, "--target", "blog")
    assert sent.returncode == 0, sent.stderr
    (out,) = json.loads(cli("receipts", "list", "--json").stdout)
    assert (out["title"], out["check"]) == ("A post", None)
    assert "no public page" in cli("receipts", "check", out["publication"]).stderr
    assert "published" in cli("receipts", "log", out["publication"]).stdout
    file = tmp_path / "log.csv"
    assert cli("receipts", "export", str(file)).returncode == 0
    assert file.read_text().startswith("at,kind,what,")
    assert cli("receipts", "export", "-", "--format", "md").stdout.startswith("| at |")
    assert cli("receipts", "check").returncode == 1
    assert "No page is due" in cli("receipts", "check", "--due").stdout
