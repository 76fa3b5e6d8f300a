"""Imports that must not spoil what is stored: parts, cut copies, two at once, bad paths."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from journal_app.domain.experiments import Problem
from journal_app.errors import JournalError
from journal_app.extend.registry import run_importers
from journal_app.services.experiments import ExperimentService, ImportReport
from journal_app.store.database import Store
from tests.helpers import records


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "journal")
    yield opened
    opened.close()


@pytest.fixture
def service(store: Store) -> ExperimentService:
    return ExperimentService(store, run_importers())


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def everything(store: Store) -> list[list[tuple[Any, ...]]]:
    tables = ("runs", "metric_points", "eval_results")
    return [[tuple(r) for r in store.read().execute(f"SELECT * FROM {t}")] for t in tables]


# ---------------------------------------------------------------- secrets


def test_no_secret_reaches_the_database(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    arguments = (
        "pretrained=a/b,token=KEEPOUT1,hf_hub_token=KEEPOUT2,auth=KEEPOUT3,bearer=KEEPOUT4,"
        "base_url=http://user:KEEPOUT5@host/v1,use_auth_token=True,max_tokens=12"
    )
    config = {"model": "local", "model_args": arguments, "gen_kwargs": "api_key=KEEPOUT6"}
    path = records.write_lm_eval(tmp_path / "e", config=config, note="see hf_KEEPOUT789abcdef")
    (id,) = service.import_path(path).run_ids
    runs = records.write_mlruns(tmp_path)
    (params,) = (runs / "1").glob("aaaa1111/params")
    write(params / "token", "KEEPOUT10")
    write(params.parent / "tags" / "client_secret", "KEEPOUT11")
    write(params.parent / "tags" / "mlflow.source.git.repoURL", "https://me:KEEPOUT12@host/x.git")
    write(params.parent / "tags" / "mlflow.note.content", "export HF_TOKEN=KEEPOUT13\n")
    service.import_path(runs)
    meta = records.meta(400, wandb_api_key="KEEPOUT14")
    service.import_path(write(tmp_path / "meta_000400.json", json.dumps(meta)))
    assert "KEEPOUT" not in repr(everything(store))
    for file in (tmp_path / "journal").rglob("*"):
        assert not file.is_file() or b"KEEPOUT" not in file.read_bytes(), file
    shown = service.run(id).params
    assert shown["token"] == shown["bearer"] == "(hidden)"
    assert shown["base_url"] == "http://host/v1"
    assert (shown["use_auth_token"], shown["max_tokens"]) == ("True", "12")


# ---------------------------------------------------------------- cut copies and parts


def test_a_cut_copy_does_not_replace_a_whole_log(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    text = records.training_log()
    (id,) = service.import_path(write(tmp_path / "train.log", text)).run_ids
    before = everything(store)
    for at in ("step 00123/", "Step 00400"):
        report = service.import_path(write(tmp_path / "t.log", text[: text.index(at)]))
        assert (report.runs.same, report.run_ids, report.evals.removed) == (1, [id], 0)
        assert "the whole run in the journal was kept (step 400)" in report.warnings[-1]
        assert everything(store) == before


def test_of_two_cut_copies_the_longer_stays(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    text = records.training_log()
    long, short = (text[: text.index(f"step 00{n}/")] for n in (300, 100))
    service.import_path(write(tmp_path / "a.log", long))
    before = everything(store)
    report = service.import_path(write(tmp_path / "b.log", short))
    assert "ends earlier (step 99)" in report.warnings[-1] and everything(store) == before
    assert service.import_path(write(tmp_path / "c.log", text)).runs.changed == 1
    assert service.runs()[0].complete


def test_a_cut_report_does_not_replace_the_whole(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    service.import_path(write(tmp_path / "report.md", records.REPORT))
    before = everything(store)
    cut = records.REPORT.split("## Base model evaluation")[0]
    report = service.import_path(write(tmp_path / "x" / "report.md", cut))
    assert report.runs.same == 1 and "cut off" in report.warnings[-1]
    assert everything(store) == before


def test_a_run_that_goes_on_is_brought_up_to_date(
    service: ExperimentService, tmp_path: Path
) -> None:
    runs = records.write_mlruns(tmp_path)
    (id,) = service.import_path(runs).run_ids
    meta = runs / "1" / "aaaa1111" / "meta.yaml"
    meta.write_text(meta.read_text().replace("status: 3", "status: 1"))
    with (meta.parent / "metrics" / "train_loss").open("a") as file:
        file.write("1795355925949 0.4 3\n")
    assert service.import_path(runs).runs.changed == 1  # resumed: longer, though not complete
    assert service.run(id).row.status == "running"


def test_a_renamed_file_of_a_joined_run_wipes_nothing(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    log = write(tmp_path / "base" / "train.log", records.training_log())
    section = "## Base model training\ntimestamp: 2026-02-02 00:10:00\n\n- depth: 4\n- MFU %: 48%\n"
    write(tmp_path / "base" / "report" / "base-model-training.md", section)
    service.import_path(tmp_path / "base")
    before = everything(store)
    report = service.import_path(write(tmp_path / "copy.log", log.read_text()))
    assert "folder" in report.warnings[-1] and everything(store) == before


def test_a_part_of_an_imported_folder_is_no_second_run(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    base = tmp_path / "base"
    write(base / "train.log", records.training_log())
    section = "## Base model training\ntimestamp: 2026-02-02 00:10:00\n\n- depth: 4\n- MFU %: 48%\n"
    part = write(base / "report" / "base-model-training.md", section)
    (first,) = service.import_path(base / "report").run_ids  # the part first: it grows
    assert service.import_path(base).run_ids == [first]
    assert service.count() == 1 and service.run(first).metrics["mfu_percent"] == 48.0
    before = everything(store)
    for path in (base / "report", part, base / "train.log", base):
        assert service.import_path(path).run_ids == [first]
        assert everything(store) == before


def test_a_part_of_an_experiment_is_the_same_run(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    folder = records.write_experiment(tmp_path / "jul3")
    small, large = service.import_path(folder).run_ids
    before = everything(store)
    for name, ids in (
        ("d12", [small]),
        ("d16", [large]),
        ("d12/chat_eval.log", [small]),
        ("d16/base_train.log", [large]),
        ("meta.json", [small, large]),
    ):
        report = service.import_path(folder / name)
        assert (report.run_ids, report.runs.same) == (ids, len(ids)), name
        assert everything(store) == before


def test_a_section_of_a_report_is_the_report(service: ExperimentService, tmp_path: Path) -> None:
    folder = tmp_path / "report"
    for name, hour in (("base-model-training", 10), ("sft", 12)):
        title = {"sft": "SFT"}.get(name, "Base model training")
        text = f"## {title}\ntimestamp: 2026-01-07 {hour}:14:23\n\n- Final validation bpb: 0.5\n"
        write(folder / f"{name}.md", text)
    (id,) = service.import_path(folder / "sft.md").run_ids
    assert service.import_path(folder).run_ids == [id]
    assert {"val/bpb", "sft/val/bpb"} <= set(service.run(id).metrics)


# ---------------------------------------------------------------- two at once


def test_two_imports_at_once_report_one_new_run(tmp_path: Path) -> None:
    path = write(tmp_path / "train.log", records.training_log(6000))
    stores = [Store(tmp_path / "journal") for _ in range(2)]
    meet = threading.Barrier(2)
    reports: list[ImportReport] = []

    def work(store: Store) -> None:
        service, met = ExperimentService(store, run_importers()), False

        def check() -> None:
            nonlocal met
            if service.runs() and not met:  # both have begun before either has finished
                met = True
                meet.wait(30)

        reports.append(service.import_path(path, check=check))

    threads = [threading.Thread(target=work, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(r.runs.new for r in reports) == [0, 1]
    assert sorted(r.runs.same for r in reports) == [0, 1]
    assert sum(r.evals.new for r in reports) == 5
    service = ExperimentService(stores[0], run_importers())
    run = service.run(reports[0].run_ids[0])
    assert run.row.complete and run.series["train/loss"] == 6000
    for store in stores:
        store.close()


# ---------------------------------------------------------------- what cannot be read


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with a name")
def test_a_pipe_is_refused_and_skipped_in_a_folder(
    service: ExperimentService, tmp_path: Path
) -> None:
    folder = records.write_lm_eval(tmp_path / "in").parent
    write(folder / "report" / "sft.md", "## SFT\ntimestamp: 2026-01-07 12:00:00\n\n- x: 1\n")
    for name in ("pipe.log", "results_1.json", "report/base-model-training.md"):
        os.mkfifo(folder / name)
    with pytest.raises(JournalError, match=r"pipe\.log is neither a file nor a folder"):
        service.import_path(folder / "pipe.log")
    assert service.import_path(folder, format="lm-eval").runs.new == 1
    assert service.import_path(folder, format="nanochat").runs.new == 1


def test_a_file_that_cannot_be_read_is_named(
    service: ExperimentService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bad = write(tmp_path / "in" / "broken.log", records.training_log())
    opened = Path.open

    def broken(self: Path, *args: Any, **kwargs: Any) -> Any:
        if self.name == "broken.log":
            raise OSError(5, "Input/output error", str(self))
        return opened(self, *args, **kwargs)

    monkeypatch.setattr(Path, "open", broken)
    for format in (None, "nanochat"):
        with pytest.raises(JournalError, match=r"broken\.log cannot be read: Input/output"):
            service.import_path(bad, format=format)
    with pytest.raises(JournalError, match=r"broken\.log: Input/output error"):
        service.import_path(bad.parent, format="nanochat")
    write(bad.parent / "good.log", records.training_log())
    report = service.import_path(bad.parent)
    assert report.runs.new == 1
    assert report.problems == [Problem(str(bad), "Input/output error")]


def test_records_of_other_tools_are_named(service: ExperimentService, tmp_path: Path) -> None:
    helm = tmp_path / "helm" / "mmlu"
    write(helm / "run_spec.json", '{"name": "x", "adapter_spec": {}}')
    write(helm / "stats.json", "[]")
    inspect = {"version": 2, "eval": {"run_id": "a", "task_id": "b"}, "results": {"scores": []}}
    write(tmp_path / "inspect" / "log.json", json.dumps(inspect))
    write(tmp_path / "inspect" / "b.eval", "")
    (tmp_path / "tb").mkdir()
    (tmp_path / "tb" / "events.out.tfevents.1.host").write_bytes(bytes(40))
    foo = {"evalId": "eval-1", "results": {"version": 3}, "config": {}}
    write(tmp_path / "results_1.json", json.dumps(foo))
    wandb = tmp_path / "wandb" / "offline-run-1" / "run-1.wandb"
    wandb.parent.mkdir(parents=True)
    wandb.write_bytes(b":W&B\xe1\xbe\x00" + bytes(40))
    for path, tool in (
        (helm, "HELM"),
        (tmp_path / "helm", "HELM"),
        (helm / "stats.json", "HELM"),
        (tmp_path / "inspect" / "log.json", "Inspect"),
        (tmp_path / "inspect" / "b.eval", "Inspect"),
        (tmp_path / "tb", "TensorBoard"),
        (tmp_path / "results_1.json", "promptfoo"),
        (tmp_path / "wandb", "W&B"),
    ):
        with pytest.raises(JournalError, match="this version cannot read it yet") as caught:
            service.import_path(path)
        assert f"a record of {tool}" in caught.value.message
        assert "MLflow" in caught.value.hint and "--as" not in caught.value.hint
    with pytest.raises(JournalError, match="not a record that this journal knows"):
        service.import_path(write(tmp_path / "other.json", '{"results": 1}'))
