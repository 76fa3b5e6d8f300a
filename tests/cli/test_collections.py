"""`journal adopt` and `journal export` as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from journal_app.cli.collections import adopt
from journal_app.cli.common import Context
from journal_app.cli.export import export


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "A.md").write_text("to [[B]] #x")
    (folder / "B.md").write_text("to [[\x1bC]]")
    return folder


def call(journal: Path, command: click.Command, *args: str) -> Result:
    context = Context(journal)
    try:
        return CliRunner().invoke(command, list(args), obj=context, catch_exceptions=False)
    finally:
        context.close()


def test_a_dry_run_then_the_real_one_then_nothing_new(journal_folder: Path, vault: Path) -> None:
    dry = call(journal_folder, adopt, str(vault), "--dry-run")
    assert "would come" in dry.output and "new" in dry.output
    report = json.loads(call(journal_folder, adopt, str(vault), "--json").stdout)
    assert (report["new"], report["same"], report["format"]) == (2, 0, "markdown")
    assert len(report["ids"]) == 2 and len(report["lost"]) == 1
    again = call(journal_folder, adopt, str(vault))
    assert "same as before" in again.output


def test_what_a_source_says_cannot_paint_the_terminal(journal_folder: Path, vault: Path) -> None:
    (vault / "D.md").write_text("---\ntags: ['\\e[31m']\n---\nx ![[\x1b[2Ja.png]]")
    assert "\x1b" not in call(journal_folder, adopt, str(vault)).output


def test_many_losses_are_counted(journal_folder: Path, vault: Path) -> None:
    for number in range(30):
        (vault / f"f{number}.pdf").write_bytes(b"x")
    shown = call(journal_folder, adopt, str(vault)).output
    assert "more: --json lists all" in shown
    report = json.loads(call(journal_folder, adopt, str(vault), "--json").stdout)
    assert sum("f1" in row["path"] for row in report["lost"]) == 11


def test_export_and_back(journal_folder: Path, vault: Path, tmp_path: Path) -> None:
    call(journal_folder, adopt, str(vault))
    out = tmp_path / "out"
    shown = call(journal_folder, export, str(out))
    assert "2 written" in shown.output
    report = json.loads(call(journal_folder, export, str(out), "--json").stdout)
    assert (report["written"], report["same"], report["left"]) == (0, 2, [])
    part = json.loads(
        call(journal_folder, export, str(tmp_path / "p"), "--tag", "#X", "--json").stdout
    )
    assert part["written"] == 1
    back = json.loads(call(tmp_path / "new", adopt, str(out), "--json").stdout)
    assert (back["new"], back["format"], back["lost"]) == (2, "field-journal", [])
