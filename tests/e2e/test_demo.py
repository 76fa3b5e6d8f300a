"""`journal demo`: every step really happens, or it ends with a non-zero status."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from journal_app import paths
from journal_app.journal import Journal
from journal_app.tour import NOTES, make_sample

LOGS = paths.resources() / "samples/nanochat/salience"


def demo(folder: Path, packs: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "journal_app", "demo", str(folder)],
        env={**os.environ, "JOURNAL_MODELS": packs},
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


def test_the_whole_loop_on_real_records(tmp_path: Path) -> None:
    packs = os.environ["JOURNAL_TEST_PACKS"]
    if not Path(packs).is_dir():
        pytest.skip(f"the model pack is not installed in {packs} (`journal model install`)")
    done = demo(tmp_path / "demo", packs)
    assert done.returncode == 0, done.stdout + done.stderr
    published = list((tmp_path / "demo/site/content").glob("**/index.md"))
    assert len(published) == 1
    assert "The smallest salience head is enough" in published[0].read_text()
    assert str(published[0]) in done.stdout
    assert re.search(r"from \w{26}, characters \d+ to \d+", done.stdout)
    assert "CPU" in done.stdout or "NPU" in done.stdout or "GPU" in done.stdout


def test_without_the_pack_everything_else_works_and_it_says_how_to_get_it(tmp_path: Path) -> None:
    done = demo(tmp_path / "demo", str(tmp_path / "no packs"))
    assert done.returncode == 1
    assert "journal model install" in done.stderr
    assert len(list((tmp_path / "demo/site/content").glob("**/index.md"))) == 1


def test_a_folder_that_cannot_be_used_ends_it(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("a file")
    assert demo(tmp_path / "demo", str(tmp_path)).returncode != 0


def records(size: str) -> list[dict[str, float]]:
    lines = (LOGS / f"salience-{size}/base_train.log").read_text().splitlines()
    found = []
    for line in lines:
        tag, *pairs = shlex.split(line)
        if tag in ("eval", "summary"):
            found.append({k: float(v) for k, _, v in (p.partition("=") for p in pairs)})
    return found


def test_the_figures_of_the_notes_are_those_of_the_records() -> None:
    lesson, failure = NOTES[0].text, NOTES[1].text
    finals = {size: records(size)[-1] for size in "sml"}
    for size, final in finals.items():
        assert f"{final['params']:,.0f}" in lesson, size
        assert f"{final['val_rouge1']:.2f}" in lesson, size
    scores = [final["val_rouge1"] for final in finals.values()]
    assert f"spread of {max(scores) - min(scores):.1f}" in lesson
    large = records("l")[:-1]
    best = min(large, key=lambda r: r["val_loss"])
    peak = max(large, key=lambda r: r["val_rouge1"])
    for text in (
        f"{large[0]['train_loss']:.2f} to {large[-1]['train_loss']:.2f}",
        f"epoch {best['epoch']:.0f} with {best['val_loss']:.3f}",
        f"{large[-1]['val_loss']:.3f}",
        f"{peak['val_rouge1']:.2f} in epoch {peak['epoch']:.0f}",
    ):
        assert text in failure, text


def test_the_sample_is_made_once_and_never_over_anything(journal: Journal) -> None:
    assert make_sample(journal)
    assert not make_sample(journal)
    assert len(journal.entries.rows()) == 4
    linked = [row.n_runs for row in journal.entries.rows() if row.kind == "lesson"]
    assert linked == [3]


def test_a_journal_with_something_in_the_trash_gets_no_sample(journal: Journal) -> None:
    journal.entries.trash(journal.entries.add("gone").id)
    assert not make_sample(journal)
