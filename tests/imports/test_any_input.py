"""Whatever a file holds, a reader answers with records, a problem or a JournalError."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.domain.experiments import Problem, RunBundle, digest_eval, digest_run
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.extend.registry import run_importers
from tests.helpers import records

NAMES = ("report.md", "a.log", "b.csv", "meta_000001.json", "results_1.json", "samples_x.jsonl")
SEEDS = (
    records.REPORT,
    records.training_log(20),
    records.LOGFMT,
    records.BASE_EVAL,
    records.SERIES,
    json.dumps(records.lm_eval_results()),
    json.dumps(records.meta()),
)
IMPORTERS = run_importers().loaded()


def digests(path: Path) -> list[str]:
    found: list[str] = []
    for name, importer in IMPORTERS:
        score = importer.sniff(path)
        assert 0 <= score <= 100
        try:
            for item in importer.read(path, ImportContext()):
                assert isinstance(item, RunBundle | Problem)
                if isinstance(item, RunBundle):
                    found.append(digest_run(item, name))
                    found += [digest_eval(record) for record in item.evals]
                    for series in item.series.values():
                        list(series.points())
        except JournalError as error:
            assert error.message
    return found


def check(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        assert digests(path) == digests(path)
        digests(Path(folder))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(NAMES))
def test_bytes(data: bytes, name: str) -> None:
    check(data, name)


@settings(max_examples=120, deadline=None)
@given(st.data(), st.sampled_from(SEEDS), st.sampled_from(NAMES))
def test_damaged_records(data: st.DataObject, seed: str, name: str) -> None:
    raw = bytearray(seed.encode())
    start = data.draw(st.integers(0, len(raw)))
    stop = data.draw(st.integers(start, min(len(raw), start + 200)))
    raw[start:stop] = data.draw(st.binary(max_size=30))
    check(bytes(raw), name)


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def replaced(base: Callable[[], dict[str, object]]) -> st.SearchStrategy[str]:
    keys = sorted(base())
    return st.tuples(st.sampled_from(keys), json_values).map(
        lambda pair: json.dumps({**base(), pair[0]: pair[1]})
    )


@settings(max_examples=120, deadline=None)
@given(replaced(records.lm_eval_results))
def test_any_value_under_any_key_of_a_results_file(text: str) -> None:
    check(text.encode(), "results_1.json")


@settings(max_examples=80, deadline=None)
@given(replaced(records.meta))
def test_any_value_under_any_key_of_a_meta_file(text: str) -> None:
    check(text.encode(), "meta_000001.json")
