"""Rows of runs, points and evals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from journal_app.domain.experiments import PRIVATE, EvalRecord, RunBundle, RunRecord
from journal_app.domain.series import MetricPoint
from journal_app.errors import JournalError, NotFound
from journal_app.store import experiments as rows
from journal_app.store import imports
from journal_app.store.database import Store

RUN = RunRecord("mlflow", "abc123", "/x", "tiny", metrics={"loss": 0.5}, main_metric="loss")
EVAL = EvalRecord("mlflow", "abc123:t", "task", "acc", 0.1, "f.json", "00")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "journal")
    yield opened
    opened.close()


def put(store: Store, run: RunRecord = RUN, *, finish: bool = True) -> str:
    id = store.new_id()
    with store.write() as w:
        imports.begin_run(w, id, RunBundle(run), "test 1")
        imports.add_points(
            w, id, [("loss", 0, MetricPoint(0, 1.0)), ("loss", 1, MetricPoint(1, None))]
        )
        if finish:
            imports.finish_run(w, id, "digest", run.complete)
    return id


def test_a_run_is_found_by_id_prefix_native_id_and_name(store: Store) -> None:
    id = put(store)
    db = store.read()
    for ref in (id, id.lower(), id[:12], "abc123", "mlflow:abc123", "tiny"):
        assert rows.find(db, ref) == id, ref
    for ref in ("wandb:abc123", "nothing", "", "0"):
        with pytest.raises(NotFound):
            rows.find(db, ref)
    put(store, replace(RUN, native_id="def456"))
    with pytest.raises(JournalError, match="more than one"):
        rows.find(db, "tiny")


def test_until_the_last_batch_a_run_is_not_whole(store: Store) -> None:
    id = put(store, finish=False)
    assert imports.stored(store.read(), "mlflow", "abc123") == (id, "")
    assert not rows.get(store.read(), id).row.complete
    with store.write() as w:
        imports.finish_run(w, id, "digest", True)
    assert rows.get(store.read(), id).row.complete


def test_nan_and_blank_are_told_apart(store: Store) -> None:
    id = put(store, replace(RUN, metrics={"loss": None}, main_metric="loss"))
    assert [p.value for p in rows.points(store.read(), id, "loss")] == [1.0, None]
    assert rows.get(store.read(), id).row.main_value == "not a number"
    with store.write() as w:
        w.db.execute("UPDATE runs SET metrics = '{}'")
    assert rows.get(store.read(), id).row.main_value == ""


def test_the_private_part_comes_only_when_asked_for(store: Store) -> None:
    id = put(store, replace(RUN, extra={"a": 1, PRIVATE: {"out": "/home/x"}}))
    assert rows.get(store.read(), id).extra == {"a": 1}
    assert PRIVATE in rows.get(store.read(), id, private=True).extra


def test_the_list_filters_without_wildcards(store: Store) -> None:
    put(store)
    put(store, replace(RUN, native_id="n2", name="50%_done", source_kind="nanochat"))
    names = [row.name for row in rows.rows(store.read(), "50%")]
    assert names == ["50%_done"] and not rows.rows(store.read(), "5_%")
    assert [r.name for r in rows.rows(store.read(), source="mlflow")] == ["tiny"]
    assert rows.rows(store.read(), status="failed") == []
    assert len(rows.rows(store.read(), limit=1)) == 1
    assert rows.rows(store.read(), limit=1, offset=2) == []


def test_evals_are_upserted_and_dropped_unless_linked(store: Store) -> None:
    id = put(store)

    def write(*records: EvalRecord) -> dict[str, int]:
        differs = imports.evals_differ(store.read(), id, records, "r")
        with store.write() as w:
            outcome = imports.put_evals(w, id, records, store.new_id, "r")
        assert differs == any(outcome[key] for key in ("new", "changed", "removed"))
        return {key: len(ids) for key, ids in outcome.items() if ids}

    other = replace(EVAL, native_id="abc123:u", task="other")
    assert write(EVAL, other) == {"new": 2}
    assert write(EVAL, other) == {"same": 2}
    assert write(replace(EVAL, score=None, is_nan=True), other) == {"changed": 1, "same": 1}
    assert write(other) == {"removed": 1, "same": 1}
    (kept,) = rows.evals(store.read(), id)
    with store.write() as w:
        w.db.execute(
            "INSERT INTO entries (id, kind, title, excerpt, rev, created_at, updated_at)"
            " VALUES ('E', 'note', 't', '', 1, 0, 0)"
        )
        w.db.execute("INSERT INTO links VALUES ('L', 'E', 'eval', ?, 'about', 0)", (kept.id,))
    assert write() == {}
    assert write(other) == {"same": 1}
    assert rows.linked_runs(store.read(), "E") == [id]
    found = rows.eval_by_ref(store.read(), kept.id)
    assert found is not None and found.task == "other"


def test_text_that_utf8_cannot_hold(store: Store) -> None:
    id = put(store, replace(RUN, name="a\ud800b", params={"k\udfff": "v\ud800"}))
    run = rows.get(store.read(), id)
    assert run.row.name == "a?b" and run.params == {"k?": "v?"}


def test_a_main_metric_with_odd_letters(store: Store) -> None:
    odd = replace(RUN, metrics={'a"b.c[0]': 1.5, "x.y": 2.5}, main_metric="x.y")
    assert rows.get(store.read(), put(store, odd)).row.main_value == "2.5000"
    quoted = replace(odd, native_id="q", main_metric='a"b.c[0]')
    assert rows.get(store.read(), put(store, quoted)).row.main_metric == 'a"b.c[0]'
