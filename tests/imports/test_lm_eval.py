"""lm-evaluation-harness: every trap of its results files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from journal_app.domain.experiments import PRIVATE, EvalRecord, Problem, RunBundle
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports.lm_eval import LmEvalImporter
from tests.helpers import records


def read(path: Path) -> list[RunBundle | Problem]:
    return list(LmEvalImporter().read(path, ImportContext()))


def one(path: Path) -> RunBundle:
    assert LmEvalImporter().sniff(path) > 50
    (item,) = read(path)
    assert isinstance(item, RunBundle)
    return item


def by_key(bundle: RunBundle) -> dict[tuple[str, str, str | None], EvalRecord]:
    return {(e.task, e.metric, e.filter): e for e in bundle.evals}


def test_two_filters_are_two_numbers(tmp_path: Path) -> None:
    found = by_key(one(records.write_lm_eval(tmp_path)))
    strict = found["gsm8k", "exact_match", "strict-match"]
    loose = found["gsm8k", "exact_match", "flexible-extract"]
    assert (strict.score, strict.stderr) == (0.04, 0.006)
    assert (loose.score, loose.stderr) == (0.05, 0.007)
    assert strict.native_id != loose.native_id


def test_what_is_known_of_a_result_is_kept(tmp_path: Path) -> None:
    record = by_key(one(records.write_lm_eval(tmp_path)))["gsm8k", "exact_match", "strict-match"]
    assert (record.n_effective, record.n_original, record.n_shot) == (100, 1319, 5)
    assert record.estimate and record.lower_is_better is False and record.unit == "fraction"
    assert record.dataset == {
        "path": "gsm8k",
        "name": "main",
        "split": "test",
        "version": 3.0,
        "task_hash": "abc123",
    }
    assert record.library["version"] == "0.4.9" and record.library["git_hash"] == "c026e6f"
    assert record.library["task_version"] == 3.0
    assert record.evaluated_at == 1766504410150


def test_na_nan_groups_and_unknown_directions(tmp_path: Path) -> None:
    found = by_key(one(records.write_lm_eval(tmp_path)))
    group = found["mmlu", "acc", "none"]
    assert group.aggregate and group.stderr is None and group.score == 0.31
    assert group.lower_is_better is None  # nobody said
    assert not found["mmlu_law", "acc", "none"].aggregate
    nan = found["code", "pass@1", "create_test"]
    assert nan.is_nan and nan.score is None
    assert nan.lower_is_better is None  # its direction stands under another name
    assert not [key for key in found if key[1] in ("sample_len", "alias") or "stderr" in key[1]]


def test_the_run(tmp_path: Path) -> None:
    run = one(records.write_lm_eval(tmp_path)).run
    assert run.name == "tiny/sft"  # of a local path only the end
    assert run.started_at == 1766504410150 and run.clock == "utc"  # never start_time
    assert run.ended_at == run.started_at + 100_000
    assert any("100 of 1,319 samples" in warning for warning in run.warnings)
    assert any("limit" in warning for warning in run.warnings)
    private = run.extra[PRIVATE]
    assert isinstance(private, dict) and private["pretrained"].startswith("/home/someone")
    shown = json.dumps({**run.extra, PRIVATE: None}) + json.dumps(dict(run.params))
    assert "someone" not in shown
    assert "secret-machine" not in shown + json.dumps(private)
    assert run.extra["some_new_key"] == {"kept": True}
    assert run.main_metric == "mmlu/acc"


def test_arguments_as_an_object_and_no_date(tmp_path: Path) -> None:
    path = records.write_lm_eval(
        tmp_path,
        config={"model": "hf", "model_args": {"pretrained": "EleutherAI/pythia-70m"}},
        date=None,
    )
    run = one(path).run
    assert run.name == "EleutherAI/pythia-70m"
    assert run.clock == "naive-local" and run.started_at == 1766506675835


def test_the_identity_is_the_content_not_the_place(tmp_path: Path) -> None:
    first = one(records.write_lm_eval(tmp_path / "a")).run.native_id
    assert one(records.write_lm_eval(tmp_path / "b", name="x_2026.json")).run.native_id == first
    later = one(records.write_lm_eval(tmp_path / "c", date=1766504499.0)).run.native_id
    assert later != first


def test_a_folder_of_models_with_a_broken_file(tmp_path: Path) -> None:
    records.write_lm_eval(tmp_path / "model__a")
    records.write_lm_eval(tmp_path / "model__b", date=1766504499.0)
    (tmp_path / "model__b" / "samples_gsm8k_2025.jsonl").write_text("{}\n")
    bad = tmp_path / "model__b" / "results_2026-01-01T00-00-00.json"
    bad.write_text(json.dumps(records.lm_eval_results())[:700])
    assert LmEvalImporter().sniff(tmp_path) > 50
    items = read(tmp_path)
    assert sum(isinstance(item, RunBundle) for item in items) == 2
    (problem,) = [item for item in items if isinstance(item, Problem)]
    assert problem.path == str(bad) and "line 1, column" in problem.message


def test_samples_instead_of_results(tmp_path: Path) -> None:
    results = records.write_lm_eval(tmp_path)
    samples = tmp_path / "samples_gsm8k_2025.jsonl"
    samples.write_text("{}\n")
    with pytest.raises(JournalError) as caught:
        read(samples)
    assert "single samples" in caught.value.message and results.name in caught.value.hint


def test_a_cut_off_file_names_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "results_x.json"
    path.write_text(json.dumps(records.lm_eval_results(), indent=1)[:400])
    with pytest.raises(JournalError) as caught:
        read(path)
    assert f"{path}, line " in caught.value.message and "ends too early" in caught.value.message


def test_other_tools_are_not_taken_for_it(tmp_path: Path) -> None:
    path = tmp_path / "results_2025.json"
    path.write_text('{"config_general": {}, "results": {"all": {"acc": 1}}, "versions": {}}')
    assert LmEvalImporter().sniff(path) == 0
    assert LmEvalImporter().sniff(tmp_path / "absent.json") == 0
