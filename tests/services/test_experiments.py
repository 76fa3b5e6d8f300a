"""Importing: once, twice, cut off, and what an entry then shows."""

from __future__ import annotations

import json
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from journal_app.errors import Cancelled, JournalError, NotFound
from journal_app.extend.registry import run_importers
from journal_app.services.entries import EntryService
from journal_app.services.experiments import ExperimentService
from journal_app.store.database import Store
from tests.helpers import records
from tests.helpers.samples import shared_samples


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "journal")
    yield opened
    opened.close()


@pytest.fixture
def service(store: Store) -> ExperimentService:
    return ExperimentService(store, run_importers())


def contents(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that an import writes but ids and the times of import."""
    db = store.read()
    runs = [
        tuple(row)
        for row in db.execute(
            "SELECT source_kind, native_id, source_uri, name, project, status, started_at,"
            " ended_at, clock, params, metrics, main_metric, n_points, git, host, tags,"
            " native_notes, files, extra, warnings, complete, digest, reader FROM runs"
            " ORDER BY source_kind, native_id"
        )
    ]
    points = [
        tuple(row)
        for row in db.execute(
            "SELECT r.native_id, key, step, seq, value, is_nan, at FROM metric_points p"
            " JOIN runs r ON r.id = p.run_id ORDER BY 1, 2, 3, 4"
        )
    ]
    evals = [
        tuple(row)
        for row in db.execute(
            "SELECT v.native_id, r.native_id, task, metric, filter, score, is_nan, stderr,"
            " n_effective, estimate, aggregate, v.digest FROM eval_results v"
            " LEFT JOIN runs r ON r.id = v.run_id ORDER BY 1"
        )
    ]
    return {"runs": runs, "points": points, "evals": evals}


def changes(store: Store) -> int:
    return int(store.read().execute("SELECT count(*) FROM change_log").fetchone()[0])


def log(folder: Path, steps: int = 400, **how: Any) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "train.log"
    path.write_text(records.training_log(steps, **how), encoding="utf-8")
    return path


def test_a_second_import_changes_nothing(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    source = tmp_path / "in"
    log(source)
    records.write_lm_eval(source / "evals")
    records.write_mlruns(source)
    for path, format in ((source / "train.log", None), (source / "evals", None), (source, "mlflow-files")):  # fmt: skip  # noqa: E501
        first = service.import_path(path, format=format)
        assert first.runs.new == 1 and first.runs.same == 0
        before, logged = contents(store), changes(store)
        version = store.read().execute("PRAGMA data_version").fetchone()[0]
        again = service.import_path(path, format=format)
        assert (again.runs.new, again.runs.changed, again.runs.same) == (0, 0, 1)
        assert again.evals.same == first.evals.new and again.evals.new == 0
        assert again.run_ids == first.run_ids
        assert contents(store) == before and changes(store) == logged
        assert store.read().execute("PRAGMA data_version").fetchone()[0] == version


def test_a_grown_run_is_brought_up_to_date(service: ExperimentService, tmp_path: Path) -> None:
    text = records.training_log()
    path = tmp_path / "train.log"
    path.write_text(text[: text.index("step 00200/")])
    (id,) = service.import_path(path).run_ids
    assert not service.run(id).row.complete
    path.write_text(text)
    report = service.import_path(path)
    assert report.run_ids == [id] and report.runs.changed == 1
    run = service.run(id)
    assert run.row.complete and run.series["train/loss"] == 400
    moved = tmp_path / "elsewhere" / "copy.log"
    moved.parent.mkdir()
    moved.write_text(text)
    assert service.import_path(moved).runs.same == 1


def test_the_format_is_found_or_asked_for(service: ExperimentService, tmp_path: Path) -> None:
    plain = tmp_path / "prose.md"
    plain.write_text("# Just a text\n")
    with pytest.raises(JournalError) as caught:
        service.import_path(plain)
    assert "nanochat" in caught.value.hint and "--as" in caught.value.hint
    binary = tmp_path / "model.bin"
    binary.write_bytes(bytes(4000))
    with pytest.raises(JournalError, match="binary"):
        service.import_path(binary)
    with pytest.raises(NotFound, match="does not exist"):
        service.import_path(tmp_path / "absent")
    with pytest.raises(JournalError, match="format called 'x'"):
        service.import_path(plain, format="x")
    with pytest.raises(JournalError, match="no line that a nanochat script prints"):
        service.import_path(plain.rename(tmp_path / "prose.txt"), format="nanochat")


def test_a_tie_is_asked_about(service: ExperimentService, tmp_path: Path) -> None:
    records.write_mlruns(tmp_path)
    records.write_lm_eval(tmp_path)
    report = tmp_path / "base-model-training.md"
    report.write_text("## Base model training\ntimestamp: 2026-01-07 12:14:23\n\n- depth: 4\n")
    with pytest.raises(JournalError, match=r"could be mlflow-files or nanochat") as caught:
        service.import_path(tmp_path)
    assert "--as" in caught.value.hint
    assert service.import_path(tmp_path, format="lm-eval").runs.new == 1
    report.unlink()
    (warning,) = service.import_path(tmp_path).warnings
    assert warning.endswith("--as lm-eval")


def test_a_bad_file_is_listed_and_the_rest_goes_on(
    service: ExperimentService, tmp_path: Path
) -> None:
    records.write_lm_eval(tmp_path / "a")
    bad = tmp_path / "b" / "results_1.json"
    bad.parent.mkdir()
    bad.write_text('{"results": {"x": ')
    report = service.import_path(tmp_path)
    assert report.runs.new == 1
    assert [problem.path for problem in report.problems] == [str(bad)]
    with pytest.raises(JournalError, match="line 1, column"):
        service.import_path(bad)


def test_links_that_wait_find_their_run(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    entries = EntryService(store)
    by_prefix = entries.add("one ->run:mlflow:aaaa1111").id
    by_name = entries.add("two ->run:gentle-owl").id
    other = entries.add("three ->run:someone-else").id
    (id,) = service.import_path(records.write_mlruns(tmp_path)).run_ids
    links = {
        row["entry_id"]: row["target_id"]
        for row in store.read().execute("SELECT entry_id, target_id FROM links")
    }
    assert links == {by_prefix: id, by_name: id, other: "someone-else"}
    assert [card.id for card in service.cards_for_entry(by_prefix)] == [id]
    assert service.cards_for_entry(other) == []


def test_the_entry_option_links_once(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    entry = EntryService(store).add("a note").id
    path = records.write_lm_eval(tmp_path)
    assert service.import_path(path, entry=entry).linked == [entry]
    logged = changes(store)
    assert service.import_path(path, entry=entry[:12]).linked == []
    assert changes(store) == logged
    with pytest.raises(NotFound):
        service.import_path(path, entry="no such entry")


def test_the_card_of_a_training(service: ExperimentService, tmp_path: Path) -> None:
    (id,) = service.import_path(log(tmp_path, 3000)).run_ids
    card = service.card(id)
    assert (card.name, card.source, card.status) == ("d4", "nanochat", "finished")
    assert card.curve_key == "val/bpb" and card.curve_label == "val bpb"
    assert 2 <= len(card.curve) <= 200
    labels = {head.label: head.value for head in card.headlines}
    assert labels["val bpb"] == "0.7533" and labels["CORE (estimate)"] == "0.2633"
    assert 3 <= len(card.headlines) <= 4
    assert "someone" not in repr(card)


def test_the_card_of_an_evaluation_says_how_sure_it_is(
    service: ExperimentService, tmp_path: Path
) -> None:
    (id,) = service.import_path(records.write_lm_eval(tmp_path)).run_ids
    heads = {head.label: head for head in service.card(id).headlines}
    strict = heads["gsm8k exact_match (strict-match)"]
    assert (strict.value, strict.note) == ("0.0400", "± 0.0060, n = 100 of 1,319, estimate")
    assert service.card(id).n_evals == 5


def test_resolve_for_links(service: ExperimentService, tmp_path: Path) -> None:
    (id,) = service.import_path(records.write_lm_eval(tmp_path)).run_ids
    record = next(e for e in service.evals(id) if e.task == "mmlu_law")
    assert service.resolve("tiny/sft") == ("run", id, "tiny/sft")
    assert service.resolve(f"run:{id}")[:2] == ("run", id)
    assert service.resolve(record.id) == ("eval", record.id, "mmlu_law acc")
    with pytest.raises(NotFound):
        service.resolve("eval:nothing")


def test_cancelling_keeps_what_was_committed(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    store_ = records.write_mlruns(tmp_path)
    path = log(tmp_path / "x", 9000)
    calls = 0

    def give_up() -> None:
        nonlocal calls
        calls += 1
        if calls > 9:
            raise Cancelled

    with pytest.raises(Cancelled):
        service.import_path(path, check=give_up)
    (half,) = service.runs()  # some batches are in, and the run says that it is not whole
    assert not half.complete and sum(service.run(half.id).series.values()) >= 5000
    seen: list[tuple[int, int]] = []
    service.import_path(path, progress=lambda done, total: seen.append((done, total)))
    assert seen[-1][0] == seen[-1][1] == path.stat().st_size
    service.import_path(store_)
    assert all(row.complete for row in service.runs())


def test_one_file_does_not_wipe_out_a_joined_run(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    path = log(tmp_path / "base")
    csv = tmp_path / "base" / "report" / "base-model-training.md"
    csv.parent.mkdir()
    csv.write_text(
        "## Base model training\ntimestamp: 2026-02-02 00:10:00\n\n- depth: 4\n- MFU %: 48.19%\n"
    )
    (id,) = service.import_path(path).run_ids
    assert service.import_path(path.parent).runs.changed == 1
    whole = contents(store)
    assert service.run(id).metrics["mfu_percent"] == 48.19
    report = service.import_path(path)
    assert report.runs.same == 1 and "folder" in report.warnings[-1]
    assert contents(store) == whole


def test_two_imports_of_one_record_at_once(
    service: ExperimentService, store: Store, tmp_path: Path
) -> None:
    path = log(tmp_path / "in", 6000)
    second = Store(tmp_path / "journal")
    other = ExperimentService(second, run_importers())
    done: list[str] = []

    def meanwhile() -> None:
        # the other process imports the same file after this one has begun to write
        if not done and service.runs():
            done.extend(other.import_path(path).run_ids)

    (id,) = service.import_path(path, check=meanwhile).run_ids
    second.close()
    assert done == [id]
    assert service.run(id).row.complete and service.run(id).series["train/loss"] == 6000
    assert service.import_path(path).runs.same == 1


KILLED = """
import os, signal, sys
from pathlib import Path
from journal_app.extend.registry import run_importers
from journal_app.services import experiments
from journal_app.store import intake
from journal_app.store.database import Store

folder, source, point = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])
store = Store(folder)
connection, seen = store._writer, 0

def traced(statement):
    # a real kill -9 at the given statement of the import, inside a transaction or between two
    global seen
    seen += 1
    if seen == point:
        os.kill(os.getpid(), signal.SIGKILL)

connection.set_trace_callback(traced)
intake.BATCH = 200
experiments.ExperimentService(store, run_importers()).import_path(source)
print(seen)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system has no SIGKILL")
def test_killed_anywhere_and_done_again_is_as_if_done_once(tmp_path: Path) -> None:
    source = log(tmp_path / "in", 120)

    def run(folder: Path, point: int) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", KILLED, str(folder), str(source), str(point)],
            capture_output=True,
            text=True,
            timeout=60,
            cwd=Path(__file__).resolve().parents[2],
        )

    clean = run(tmp_path / "clean", -1)
    assert clean.returncode == 0, clean.stderr
    statements = int(clean.stdout)
    with_store = Store(tmp_path / "clean")
    expected = contents(with_store)
    with_store.close()
    assert statements > 500 and len(expected["points"]) > 800
    seed = random.SystemRandom().randrange(1 << 32)
    points = [1, 2, statements - 1, statements]
    points += random.Random(seed).sample(range(3, statements - 1), 50)
    whole_before = 0
    for point in points:
        folder = tmp_path / f"killed{point}"
        assert run(folder, point).returncode == -signal.SIGKILL
        store = Store(folder)
        service = ExperimentService(store, run_importers())
        left = service.runs()
        assert all(not row.complete for row in left)  # never taken for whole
        whole_before += len(left)
        service.import_path(source)
        assert contents(store) == expected, f"statement {point}, seed {seed}"
        assert service.import_path(source).runs.same == 1
        store.close()
    assert whole_before  # some of the points left a half-written run behind


# ---------------------------------------------------------------- real records


def test_the_real_log(service: ExperimentService, store: Store) -> None:
    path = shared_samples() / "nanochat" / "pr492_speedrun_d24_base_train.log"
    (id,) = service.import_path(path).run_ids
    run = service.run(id)
    assert (run.row.name, run.row.status, run.row.complete) == ("d24_feb01", "finished", True)
    assert run.row.started_at == 1769978246202
    assert run.series["train/loss"] == 16704 and run.series["val/bpb"] == 68
    assert run.metrics["val/bpb"] == 0.753336
    assert run.metrics["core_metric_estimate"] == 0.2633 and "core_metric" not in run.metrics
    assert run.params["params_total"] == 1_384_124_976
    assert len(service.evals(id)) == 6 * (2 * 22 + 1)
    logged = changes(store)
    assert service.import_path(path).runs.same == 1
    assert changes(store) == logged


def test_the_real_reports_metas_and_results(service: ExperimentService, store: Store) -> None:
    samples = shared_samples()
    for _ in range(2):
        report = service.import_path(samples / "nanochat")
        assert report.problems == []
    assert report.runs.same == 5 and report.runs.new == 0
    names = {row.name for row in service.runs()}
    assert {"d20", "d24_feb01", "sft-baseline", "sft-enhanced"} <= names
    joined = service.run("d24_feb01")  # its log and its report are one run
    assert joined.metrics["sft/chatcore_metric"] == 0.3021
    assert joined.metrics["val/bpb"] == 0.753336
    oct_run = service.run("d20")
    assert oct_run.metrics["core_metric"] == 0.2206
    assert oct_run.metrics["core_metric_estimate"] == 0.2275
    (id,) = service.import_path(samples / "lm_eval").run_ids
    found = {(e.task, e.metric, e.filter): e for e in service.evals(id)}
    humaneval = found["humaneval_nanochat", "pass@1", "create_test"]
    assert humaneval.lower_is_better is None and humaneval.n_original == 164
    text = json.dumps([[tuple(row) for row in store.read().execute("SELECT extra FROM runs")]])
    assert "A800" not in text  # pretty_env_info
