"""`journal bench --scale`: what grows with a journal is measured on journals made for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from journal_app.cli import bench_fill, bench_scale, bench_window
from journal_app.cli.bench import bench
from journal_app.domain.views import View
from journal_app.errors import JournalError
from journal_app.journal import Journal
from tests.conftest import Cli


def test_sizes_are_read() -> None:
    assert bench_scale.counts("100k, 10k,1M,250") == [250, 10_000, 100_000, 1_000_000]
    for wrong in ("", "k", "10x", "0", "-5"):
        with pytest.raises(JournalError):
            bench_scale.counts(wrong)


def test_the_made_journal_is_a_true_one(tmp_path: Path) -> None:
    folder = tmp_path / "made"
    bench_fill.fill(folder, 120)
    with Journal(folder) as journal:
        assert journal.upkeep.check().problems == ()
        assert journal.entries.count(View()) == 120
        assert journal.entries.count(View("inbox")) > 0
        row = journal.entries.rows()[0]
        assert row.id in [hit.row.id for hit in journal.entries.search(f'"{row.title}"')]
        assert journal.entries.search("has:attachment").hits
        assert journal.entries.search("run:bench-7").hints == ()
        assert journal.entries.search("学").hits or journal.entries.search("模").hits


def test_figures_of_every_size_in_one_document(cli: Cli, tmp_path: Path) -> None:
    kept = str(tmp_path / "kept")
    done = cli("bench", "--scale", "60,120", "--only", "search", "--keep", kept, "--json")
    told = json.loads(done.stdout)
    names = {(f["entries"], f["name"]) for f in told["figures"]}
    for size in (60, 120):
        assert {
            (size, "open an entry"),
            (size, "search typed: CJK"),
            (size, "verified backup"),
        } <= (names)
    assert all(f["p50"] <= f["p95"] for f in told["figures"])
    assert (tmp_path / "kept" / "120" / "journal.db").exists()


def test_the_window_is_measured_from_outside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bench_window, "STARTS", 1)
    monkeypatch.setattr(bench_window, "NOTES", 1)
    monkeypatch.setattr(bench_window, "typing", lambda folder, spread: [])
    folder = tmp_path / "made"
    bench_fill.fill(folder, 120)
    found = {one.name: one for one in bench_window.measure(folder, 120, bench_scale.spreader(120))}
    assert found["window usable, from process start"].limit == 500
    assert found["`journal add`, whole process"].limit == 100
    assert all(one.p50 > 0 for one in found.values())
    with Journal(folder) as journal:  # the two notes of `journal add`
        assert journal.entries.count(View()) == 122


def test_a_journal_that_would_fill_the_disk_is_not_begun() -> None:
    done = CliRunner().invoke(bench, ["--entries", "999999999999"])
    assert done.exit_code == 2 and "10000000" in done.output
