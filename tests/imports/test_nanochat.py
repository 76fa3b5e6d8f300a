"""nanochat's three generations: every trap of real files, on synthetic ones."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from journal_app.domain.experiments import PRIVATE, EvalRecord, Problem, RunBundle
from journal_app.errors import Cancelled, JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports.nanochat import NanochatImporter
from journal_app.imports.nanochat_logfmt import parse_line
from journal_app.imports.nanochat_report import items_of
from tests.helpers import records


def read(path: Path) -> list[RunBundle]:
    assert NanochatImporter().sniff(path) >= 40
    items = list(NanochatImporter().read(path, ImportContext()))
    assert not [item for item in items if isinstance(item, Problem)]
    return [item for item in items if isinstance(item, RunBundle)]


def one(path: Path) -> RunBundle:
    (bundle,) = read(path)
    return bundle


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="")
    return path


def evals(bundle: RunBundle, task: str) -> list[EvalRecord]:
    return [e for e in bundle.evals if e.task == task]


# ---------------------------------------------------------------- generation A


def test_the_colon_rule() -> None:
    assert items_of(
        [
            "- Tokens : Params ratio: 20.0000",
            "- sample 4: <|bos|>The planets are: Mercury, ...",
            "- model_tag: ",
            "- model_tag:",
            "- Time: 10:30:00",
            "not an item of its own",
        ]
    ) == [
        ("Tokens : Params ratio", "20.0000"),
        ("sample 4", "<|bos|>The planets are: Mercury, ..."),
        ("model_tag", ""),
        ("model_tag", ""),
        ("Time", "10:30:00\nnot an item of its own"),
    ]


def test_a_report_whole(tmp_path: Path) -> None:
    bundle = one(write(tmp_path / "report.md", records.REPORT))
    run = bundle.run
    assert (run.name, run.status, run.complete, run.clock) == (
        "d20",
        "finished",
        True,
        "naive-local",
    )
    assert run.started_at == 1767780048000  # 2026-01-07 10:00:48, its digits as UTC
    assert run.git == {"commit": "f2211ff", "dirty": True, "branch": "main"}
    assert run.params["num_params"] == 560_988_160
    assert run.params["max_chars"] == 2_000_000_000
    assert run.params["resume"] is None and run.params["compile"] is True
    assert run.params["tokens_per_param"] == 20.0
    # estimate and final are two numbers
    assert run.metrics["core_metric_estimate"] == 0.2478
    assert run.metrics["core_metric"] == 0.2389
    assert run.metrics["mfu_percent"] == 48.19
    assert run.metrics["total_training_time"] == pytest.approx(172.26 * 60)
    sections = run.extra["sections"]
    assert isinstance(sections, dict)
    assert sections["Base model training"]["warmup_ratio"] == [0.0, 0.1]
    assert sections["Base model training"]["vertex_experiment"] == "exp-7"
    sample = sections["Base model evaluation"]["sample 4"]
    assert sample.splitlines()[1:] == ["and a second line", "## not a section"]
    assert any("warmup_ratio" in warning for warning in run.warnings)


def test_scores_of_a_report_keep_sign_stage_and_aggregate(tmp_path: Path) -> None:
    bundle = one(write(tmp_path / "report.md", records.REPORT))
    (boolq,) = evals(bundle, "boolq")
    assert (boolq.score, boolq.metric, boolq.estimate) == (-0.0671, "centered", False)
    (spelling,) = evals(bundle, "SpellingBee")  # never in the summary table
    assert (spelling.score, spelling.model, spelling.unit) == (0.9766, "sft", "fraction")
    (whole,) = evals(bundle, "ChatCORE")
    assert whole.aggregate and whole.extra["tasks"] == ["ARC-Easy", "SpellingBee"]
    (gsm,) = evals(bundle, "GSM8K")  # only in the summary table: "-" stays missing
    assert (gsm.score, gsm.extra["from"]) == (0.0485, "summary table")
    assert len(evals(bundle, "ARC-Easy")) == 1
    assert len({e.native_id for e in bundle.evals}) == len(bundle.evals)


def test_private_lines_of_a_report_stay_private(tmp_path: Path) -> None:
    run = one(write(tmp_path / "report.md", records.REPORT)).run
    assert run.extra[PRIVATE] == {"git_message": "a private remark"}
    hidden = {**run.extra, PRIVATE: None}
    assert "remark" not in json.dumps(hidden)


def test_the_folder_brings_the_sft_section(tmp_path: Path) -> None:
    folder = tmp_path / "report"
    header, _, rest = records.REPORT.partition("## Base model training")
    write(folder / "header.md", header)
    write(folder / "base-model-training.md", "## Base model training" + rest.split("\n\n\n")[0])
    write(
        folder / "sft.md",
        "## SFT\ntimestamp: 2026-01-07 12:50:00\n\n- dry_run: False\n"
        "- Minimum validation bpb: 0.3478\n",
    )
    write(folder / "report.md", records.REPORT)
    whole = one(folder)
    assert whole.run.metrics["sft/val/bpb_min"] == 0.3478
    assert whole.run.metrics["core_metric"] == 0.2389
    alone = one(write(tmp_path / "elsewhere" / "report.md", records.REPORT))
    assert alone.run.native_id == whole.run.native_id
    assert one(folder / "report.md").run.metrics["sft/val/bpb_min"] == 0.3478


def test_a_report_without_summary_is_not_complete(tmp_path: Path) -> None:
    cut = records.REPORT.split("## Chat evaluation")[0]
    run = one(write(tmp_path / "report.md", cut)).run
    assert (run.status, run.complete) == ("unknown", False)
    assert "no summary" in run.warnings[-1]


# ---------------------------------------------------------------- generation B


def test_a_log_whole(tmp_path: Path) -> None:
    bundle = one(write(tmp_path / "train.log", records.training_log()))
    run = bundle.run
    assert (run.name, run.status, run.complete, run.tags) == ("d4", "finished", True, ("base",))
    assert run.params["params_transformer_matrices"] == 3_145_728
    assert run.params["num_iterations"] == 400
    assert run.params["tokens_trained"] == 400 * 65536
    assert run.metrics["val/bpb"] == 0.753336 and run.metrics["val/bpb_min"] == 0.753336
    assert run.metrics["train/bf16_mfu"] == 50.04
    assert run.metrics["total_training_time"] == pytest.approx(179.44 * 60)
    assert bundle.series["train/loss"].seen == 400
    assert list(bundle.series["train/loss"].points())[7].value is None  # NaN is kept
    assert {"train/epoch", "train/pq", "train/rg"} <= set(bundle.series)
    assert bundle.series["val/bpb"].seen == 5  # the embedded source code is no point
    assert "core_metric" not in run.metrics
    (core,) = evals(bundle, "CORE")
    assert core.estimate and core.aggregate and core.extra["step"] == 400
    accuracy, centered = evals(bundle, "boolq")
    assert (accuracy.score, accuracy.n_shot, centered.score) == (0.5841, 10, -0.0945)
    assert "someone" not in json.dumps(dict(run.extra)) + json.dumps(dict(run.params))


def test_a_log_that_grows_stays_one_run(tmp_path: Path) -> None:
    text = records.training_log()
    whole = one(write(tmp_path / "a.log", text))
    cut = text[: text.index("step 00123/")] + "step 00123/00400 (30.75%) | loss: 4.5"
    part = one(write(tmp_path / "b.log", cut))
    assert part.run.native_id == whole.run.native_id
    assert (part.run.status, part.run.complete) == ("unknown", False)
    assert part.series["train/loss"].seen == 123  # the unfinished line would be a wrong number
    assert any("breaks off at step 122 of 400" in text for text in part.run.warnings)
    other = one(write(tmp_path / "c.log", text.replace("3.167584", "3.167585")))
    assert other.run.native_id != whole.run.native_id


def test_a_crash_and_a_second_stage(tmp_path: Path) -> None:
    crashed = records.training_log(finished=False) + "Traceback (most recent call last):\n"
    assert one(write(tmp_path / "a.log", crashed)).run.status == "crashed"
    sft = (
        "step 00000/00050 (0.00%) | loss: 2.0 | lrm: 1.00\n"
        "Step 00010 | Validation bpb: 0.4156\n"
        "step 00049/00050 (98.00%) | loss: 1.5 | lrm: 0.10\n"
        "x - INFO - Saved metadata to: /root/chatsft_checkpoints/d4/meta_000050.json\n"
        "Minimum validation bpb: 0.4156\n"
        "\rRank 0 | 3/24 (12.50%)\rRank 0 | 24/24 (50.00%)\rFinal: 12/24 (50.00%)\n"
        "ARC-Easy accuracy: 60.31%\n"
        "ChatCORE metric: 0.2197\n"
    )
    bundle = one(write(tmp_path / "b.log", records.training_log() + sft))
    assert bundle.run.status == "finished"
    assert bundle.run.metrics["val/bpb"] == 0.753336  # not mixed up with the second stage
    assert bundle.run.metrics["sft/val/bpb"] == 0.4156
    assert bundle.series["sft/train/loss"].seen == 2
    (arc,) = evals(bundle, "ARC-Easy")
    assert arc.score == pytest.approx(0.6031) and arc.unit == "fraction"


def test_a_log_is_read_in_pieces_and_can_be_cancelled(tmp_path: Path) -> None:
    path = write(tmp_path / "a.log", records.training_log(9000))
    seen: list[tuple[int, int]] = []

    def give_up() -> None:
        if len(seen) == 2:
            raise Cancelled

    context = ImportContext(give_up, lambda done, total: seen.append((done, total)))
    with pytest.raises(Cancelled):
        list(NanochatImporter().read(path, context))
    assert 0 < seen[-1][0] < seen[-1][1] == path.stat().st_size


def test_a_binary_file_is_no_log(tmp_path: Path) -> None:
    path = tmp_path / "model.log"
    path.write_bytes(b"PK\x03\x04" + bytes(range(256)) * 40)
    assert NanochatImporter().sniff(path) == 0
    with pytest.raises(JournalError, match="binary") as caught:
        list(NanochatImporter().read(path, ImportContext()))
    assert str(path) in caught.value.message


def test_base_eval(tmp_path: Path) -> None:
    bundle = one(write(tmp_path / "base_model_005568.csv", records.BASE_EVAL))
    assert bundle.run.metrics == {"core_metric": 0.259261}
    assert [(e.metric, e.score) for e in evals(bundle, "boolq")] == [
        ("accuracy", 0.544954),
        ("centered", -0.197489),
    ]
    (core,) = evals(bundle, "CORE")  # a blank accuracy is no zero
    assert (core.score, core.aggregate, core.extra["step"]) == (0.259261, True, 5568)
    assert bundle.run.clock == "mtime"
    cut = records.BASE_EVAL.split("CORE")[0]
    assert not one(write(tmp_path / "base_model_000001.csv", cut)).run.complete


def test_a_series_with_blanks_and_fake_zeros(tmp_path: Path) -> None:
    path = write(tmp_path / "jan7_miniseries_results" / "results.csv", records.SERIES)
    small, large = read(path)
    assert (small.run.name, large.run.name) == ("jan7_miniseries_d4", "jan7_miniseries_d6")
    assert "num_params" not in small.run.params and "param_data_ratio" not in small.run.params
    assert small.run.metrics["core_metric_estimate"] == 0.2633
    assert "core_metric_estimate" not in large.run.metrics
    assert any("0.0" in warning for warning in large.run.warnings)
    assert any("524,288" in warning for warning in small.run.warnings)


def test_a_series_joins_its_logs_and_counts_tokens_anew(tmp_path: Path) -> None:
    folder = tmp_path / "jan7_miniseries_results"
    write(folder / "results.csv", records.SERIES)
    log = records.training_log(tag="jan7_miniseries_d4")
    write(folder / "jan7_miniseries_d4_train.log", log)
    small, large = read(folder)
    assert small.run.params["tokens_trained"] == 400 * 65536
    assert small.run.extra["tokens_trained_as_written"] == 209_715_200
    ratio = 400 * 65536 / (3_145_728 + 1_048_576)
    assert small.run.params["param_data_ratio"] == pytest.approx(ratio)
    assert small.run.metrics["wall_time_sec"] == 123  # with evals, so not the training time
    assert small.series["train/loss"].seen == 400 and not large.series


def test_metas(tmp_path: Path) -> None:
    base = tmp_path / "base_checkpoints" / "d4"
    write(base / "meta_000200.json", json.dumps(records.meta(200, 1.1)))
    write(base / "meta_000400.json", json.dumps(records.meta(400, 0.9)))
    bundle = one(base / "meta_000400.json")  # one run, all its checkpoints
    assert [p.value for p in bundle.series["val/bpb"].points()] == [1.1, 0.9]
    assert (bundle.run.name, bundle.run.clock, bundle.run.started_at) == ("d4", "mtime", None)
    assert "no date and no commit" in bundle.run.warnings[0]
    sft = records.meta(50, 0.5, run="my-sft", model_tag="d4", model_step=400, mmlu_epochs=3)
    del sft["loop_state"], sft["dataloader_state_dict"]
    run = one(write(tmp_path / "meta_000050.json", json.dumps(sft))).run
    assert run.extra["parent"] == {"model_tag": "d4", "model_step": 400}
    assert (run.name, run.tags) == ("my-sft", ("sft",))
    rl = one(write(tmp_path / "rl" / "meta_000010.json", json.dumps(records.meta(None)))).run
    assert rl.tags == ("rl",) and rl.metrics == {}


def test_a_base_folder_is_one_run_for_each_tag(tmp_path: Path) -> None:
    checkpoints = tmp_path / "base_checkpoints"
    write(checkpoints / "d4" / "meta_000400.json", json.dumps(records.meta(400)))
    write(checkpoints / "d6" / "meta_000800.json", json.dumps(records.meta(800, 0.7, depth=6)))
    write(tmp_path / "train.log", records.training_log())
    write(tmp_path / "base_eval" / "base_model_000400.csv", records.BASE_EVAL)
    write(tmp_path / "base_eval" / "base_model_000999.csv", records.BASE_EVAL.replace("0.2", "0.3"))
    runs = {bundle.run.name: bundle for bundle in read(tmp_path)}
    assert set(runs) == {"d4", "d6", "base_model_000999"}
    joined = runs["d4"]
    assert joined.run.metrics["core_metric"] == 0.259261
    assert joined.run.metrics["core_metric_estimate"] == 0.2633
    assert joined.series["train/loss"].seen == 400
    assert joined.run.clock == "naive-local"  # the log knows the time better than the file
    assert "core_metric" not in runs["d6"].run.metrics


def test_a_bad_file_does_not_stop_the_others(tmp_path: Path) -> None:
    good = tmp_path / "base_checkpoints" / "d4"
    write(good / "meta_000400.json", json.dumps(records.meta(400)))
    text = json.dumps(records.meta(800))
    bad = write(tmp_path / "base_checkpoints" / "d6" / "meta_000800.json", text[: len(text) // 2])
    items = list(NanochatImporter().read(tmp_path, ImportContext()))
    (problem,) = [item for item in items if isinstance(item, Problem)]
    assert problem.path == str(bad) and "line 1, column" in problem.message
    assert len(items) == 2


# ---------------------------------------------------------------- generation C


def test_the_grammar() -> None:
    assert parse_line('summary a=1 b=2.5 c="x y" d=None e=1e-3') == (
        "summary",
        {"a": 1, "b": 2.5, "c": "x y", "d": "None", "e": 0.001},
    )
    for line in ("summary", "summary a=1 then prose", "other a=1", 'summary a="open', "eval = 3"):
        assert parse_line(line) is None, line


def test_an_experiment_is_a_run_for_each_depth(tmp_path: Path) -> None:
    folder = records.write_experiment(tmp_path / "jul3")
    small, large = read(folder)
    assert (small.run.name, small.run.status, small.run.complete) == ("jul3 d12", "finished", True)
    assert (large.run.name, large.run.complete) == ("jul3 d16", False)
    assert "no summary" in large.run.warnings[0]
    assert small.run.git == {"commit": "0123456789abcdef", "branch": "main", "dirty": True}
    assert small.run.extra["dataset"] == "climbmix"
    assert small.run.metrics["val/bpb"] == 0.8213
    assert small.run.metrics["core_metric_estimate"] == 0.2231  # 500 examples a task
    assert small.run.metrics["chat_eval/chatcore_metric"] == 0.21
    assert small.run.metrics["total_training_time"] == 3721
    assert [p.step for p in small.series["val/bpb"].points()] == [0.0, 250.0]
    assert evals(small, "ARC-Easy")[0].score == 0.31


def test_a_single_log_of_that_grammar(tmp_path: Path) -> None:
    bundle = one(write(tmp_path / "base_train.log", records.LOGFMT))
    assert bundle.run.params["depth"] == 12
    assert bundle.run.status == "finished"
    unfinished = one(write(tmp_path / "x.log", records.LOGFMT.split("summary")[0]))
    assert not unfinished.run.complete
    assert unfinished.run.native_id == bundle.run.native_id


# ---------------------------------------------------------------- stages and counts


def test_metrics_of_a_later_stage_bear_its_name_in_every_kind_of_file(tmp_path: Path) -> None:
    sft = records.meta(50, 0.5, run="my-sft", model_tag="d4", model_step=400)
    meta = one(write(tmp_path / "chatsft_checkpoints" / "d4" / "meta_000050.json", json.dumps(sft)))
    assert meta.run.metrics["sft/val/bpb"] == 0.5 and "val/bpb" not in meta.run.metrics
    assert set(meta.series) == {"sft/val/bpb"} and meta.run.main_metric == "sft/val/bpb"
    text = (
        "step 00000/00050 (0.00%) | loss: 2.0 | lrm: 1.00\n"
        "Step 00050 | Validation bpb: 0.4156\n"
        "step 00050/00050 (100.00%) | loss: 1.5 | lrm: 0.10\n"
        "Saved metadata to: /root/chatsft_checkpoints/d4/meta_000050.json\n"
        "Minimum validation bpb: 0.4156\n"
        "ARC-Easy accuracy: 60.31%\nChatCORE metric: 0.2197\n"
    )
    log = one(write(tmp_path / "sft.txt", text))
    assert log.run.metrics["sft/val/bpb"] == log.run.metrics["sft/val/bpb_min"] == 0.4156
    assert log.run.metrics["sft/chatcore_metric"] == 0.2197
    assert {key.split("/")[0] for key in log.series} == {"sft"}
    assert evals(log, "ARC-Easy")[0].extra["stage"] == "sft"


def test_chat_results_of_two_stages_in_one_log_stay_apart(tmp_path: Path) -> None:
    def stage(name: str, score: str) -> str:
        steps = "".join(f"step {n:05d}/00020 (0.00%) | loss: 2.0\n" for n in range(21))
        saved = f"Saved metadata to: /x/{name}_checkpoints/d4/meta_000020.json\n"
        return f"{steps}{saved}ARC-Easy accuracy: {score}%\n"

    text = records.training_log() + stage("mid", "40.0") + stage("chatsft", "60.0")
    bundle = one(write(tmp_path / "a.log", text))
    found = {e.model: e.score for e in evals(bundle, "ARC-Easy")}
    assert found == {"mid": 0.4, "sft": 0.6}


def test_no_count_of_tokens_from_minus_one_iterations(tmp_path: Path) -> None:
    for batch in (16384, None):
        meta = records.meta(400, num_iterations=-1, total_batch_size=batch)
        run = one(write(tmp_path / f"{batch}" / "meta_000400.json", json.dumps(meta))).run
        assert "tokens_trained" not in run.params and "param_data_ratio" not in run.params
