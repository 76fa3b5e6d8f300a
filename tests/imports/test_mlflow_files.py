"""MLflow's file store, read without MLflow."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from journal_app.domain.experiments import PRIVATE, Problem, RunBundle
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports.mlflow_files import MlflowFilesImporter
from tests.helpers import records


def read(path: Path) -> list[RunBundle | Problem]:
    return list(MlflowFilesImporter().read(path, ImportContext()))


def state(folder: Path) -> dict[str, str]:
    return {
        str(f): hashlib.sha256(f.read_bytes()).hexdigest() for f in folder.rglob("*") if f.is_file()
    }


@pytest.mark.parametrize("inner", ["", "1", "1/aaaa1111", "1/aaaa1111/meta.yaml"])
def test_the_store_an_experiment_or_a_run(tmp_path: Path, inner: str) -> None:
    store = records.write_mlruns(tmp_path)
    before = state(store)
    assert MlflowFilesImporter().sniff(store / inner) > 50
    (bundle,) = read(store / inner)  # the deleted run is left out
    assert isinstance(bundle, RunBundle)
    assert state(store) == before
    run = bundle.run
    assert (run.native_id, run.name, run.project) == ("aaaa1111", "gentle-owl", "salience")
    assert (run.status, run.started_at, run.ended_at) == ("finished", 1795355922000, 1795355999000)
    assert run.params == {"lr": 0.001}
    assert run.git == {"commit": "deadbeef"}
    assert run.native_notes == "# A note\n\nin *Markdown*"
    assert run.metrics == {"train_loss": 0.5, "val/loss": 1.5}
    assert run.main_metric == "val/loss"
    points = list(bundle.series["train_loss"].points())
    assert [p.value for p in points] == [1.0, None, 0.5]
    assert points[0].at == 1795355922949


def test_paths_and_people_stay_private(tmp_path: Path) -> None:
    (bundle,) = read(records.write_mlruns(tmp_path))
    assert isinstance(bundle, RunBundle)
    run = bundle.run
    shown = json.dumps([run.params, {**run.extra, PRIVATE: None}, run.git, run.tags], default=str)
    assert "someone" not in shown and "train.py" not in shown
    assert run.tags == ("phase=two",) and run.host == "someone"


def test_a_broken_run_is_a_problem_among_others(tmp_path: Path) -> None:
    store = records.write_mlruns(tmp_path)
    (store / "1" / "bbbb2222" / "meta.yaml").write_text("run_id: 'open\n  x: [")
    with (store / "1" / "aaaa1111" / "metrics" / "train_loss").open("a") as file:
        file.write("garbage\n1795355924949 0.4")
    bundle, problem = read(store)
    assert isinstance(bundle, RunBundle) and isinstance(problem, Problem)
    assert "line" in problem.message
    assert "2 lines" in bundle.run.warnings[0]


def test_a_folder_without_runs(tmp_path: Path) -> None:
    assert MlflowFilesImporter().sniff(tmp_path) == 0
    with pytest.raises(JournalError, match="no run"):
        read(tmp_path)
