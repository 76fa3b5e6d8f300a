"""The rules over runs, points and evals."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain.charts import line_chart, sparkline
from journal_app.domain.experiments import (
    EvalRecord,
    RunBundle,
    RunRecord,
    digest_eval,
    digest_run,
    dump,
    lower_is_better,
    main_curve,
    main_metric,
)
from journal_app.domain.naming import counted
from journal_app.domain.runcards import label, number, when_text
from journal_app.domain.series import MetricPoint, Series, thin

floats = st.floats(allow_nan=True, allow_infinity=True)


def filled(values: list[float], limit: int = 20_000) -> Series:
    series = Series(limit)
    for step, value in enumerate(values):
        series.add(float(step), value)
    return series


@given(st.lists(floats, max_size=400), st.integers(8, 40))
def test_a_series_stays_within_bounds_and_keeps_its_ends(values: list[float], limit: int) -> None:
    series = filled(values, limit)
    kept = list(series.points())
    assert len(kept) == len(series) <= limit + limit // 4 + 2
    assert series.seen == len(values)
    steps = [point.step for point in kept]
    assert steps == sorted(set(steps))
    if values:
        assert (steps[0], steps[-1]) == (0.0, float(len(values) - 1))
    for point in kept:
        value = values[int(point.step)]
        assert point.value == (value if math.isfinite(value) else None)


def test_every_point_is_kept_below_the_limit_and_a_lone_nan_above_it() -> None:
    assert [p.value for p in filled([1.0, 2.0, 3.0]).points()] == [1.0, 2.0, 3.0]
    values = [1.0] * 101
    values[37] = math.nan
    kept = list(filled(values, 20).points())
    assert MetricPoint(37.0, None) in kept and len(kept) < 30


@given(st.lists(floats, max_size=600), st.integers(4, 200))
def test_thinning_keeps_ends_and_extremes(values: list[float], limit: int) -> None:
    points = list(filled(values).points())
    good = [p for p in points if p.value is not None]
    thinned = thin(points, limit)
    assert len(thinned) <= limit
    assert [p.step for p in thinned] == sorted({p.step for p in thinned})
    if good:
        assert thinned[0] == good[0] and thinned[-1] == good[-1]
        assert max(p.value or 0 for p in thinned) == max(p.value or 0 for p in good)
        assert min(p.value or 0 for p in thinned) == min(p.value or 0 for p in good)


@given(st.lists(floats, max_size=300), st.text(max_size=20))
def test_charts_are_well_formed_for_any_numbers(values: list[float], title: str) -> None:
    points = list(filled(values).points())
    title = "".join(c for c in title if c.isprintable())
    drawn = line_chart(points, title=title, fill="#eee")
    finite = [v for v in values if math.isfinite(v)]
    assert bool(drawn) == (len(finite) >= 2)
    if drawn:
        ET.fromstring(drawn)
        assert "nan" not in drawn.split("<path", 1)[1].split("text", 1)[0]
        assert "inf" not in drawn.split("<path", 1)[1].split("text", 1)[0]
    assert len(sparkline(points, 20)) == min(20, len(finite))


def test_a_chart_says_range_and_steps_and_takes_its_colours() -> None:
    drawn = line_chart(
        [MetricPoint(0, 3.1676), MetricPoint(16704, 0.7533)], line="#123456", title="val <bpb>"
    )
    assert "#123456" in drawn and "val &lt;bpb&gt;" in drawn
    for text in ("3.1676", "0.7533", "16,704"):
        assert f">{text}<" in drawn
    assert sparkline([MetricPoint(0, 1.0), MetricPoint(1, 2.0)]) == "▁█"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.81187, "0.8119"),
        (16704, "16,704"),
        (4.945112e9, "4.95e+09"),
        (0.0, "0"),
        (0.00001, "1e-05"),
        (-0.0671, "-0.0671"),
        (62389.67, "62,389.7"),
        (None, "not a number"),
        (math.nan, "not a number"),
        (math.inf, "∞"),
    ],
)
def test_numbers_read_well(value: float | None, text: str) -> None:
    assert number(value) == text


def test_the_main_metric_is_what_a_run_is_judged_by() -> None:
    assert main_metric(["train/loss", "train/lrm", "val/bpb"]) == "val/bpb"
    assert main_metric(["train/lrm", "zeta"]) == "zeta"
    assert main_metric([]) is None
    assert main_curve({"train/loss": 900, "val/bpb": 1}) == "train/loss"
    assert main_curve({"train/dt_ms": 900}) is None
    assert lower_is_better("val/bpb") is True
    assert lower_is_better("acc,none") is False
    assert lower_is_better("something_new") is None


def test_the_digest_knows_content_not_place() -> None:
    run = RunRecord("nanochat", "n1", "/a/b", "d4", metrics={"loss": None})
    digest = digest_run(RunBundle(run), "r 1")
    assert digest == digest_run(RunBundle(replace(run, source_uri="/c", files=("x",))), "r 1")
    assert digest != digest_run(RunBundle(replace(run, status="failed")), "r 1")
    assert digest != digest_run(RunBundle(run, {"loss": filled([1.0])}), "r 1")
    assert digest != digest_run(RunBundle(run), "r 2")
    stamped = replace(run, clock="mtime", ended_at=5)
    assert digest_run(RunBundle(stamped), "r") == digest_run(
        RunBundle(replace(stamped, ended_at=6)), "r"
    )
    record = EvalRecord("s", "n", "t", "m", 0.1, "f", "h")
    assert digest_eval(record) != digest_eval(replace(record, score=None, is_nan=True))


def test_json_never_holds_nan() -> None:
    assert dump({"a": math.nan, "b": -math.inf, "c": "\ud800"}) == (
        '{"a": "NaN", "b": "-Infinity", "c": "?"}'
    )


def test_a_time_without_a_zone_is_shown_as_written() -> None:
    ms = 1769978246202
    assert when_text(ms, "naive-local", UTC) == "2026-02-01 20:37 (zone unknown)"
    assert when_text(ms, "utc", UTC) == "2026-02-01 20:37"
    assert when_text(ms, "mtime", UTC) == "2026-02-01 20:37 (file time)"
    assert when_text(None, "utc", UTC) == "-"


def test_names_of_a_later_stage() -> None:
    assert main_metric(["sft/val/bpb", "step"]) == "sft/val/bpb"
    assert main_metric(["sft/val/bpb", "train/loss"]) == "train/loss"  # the base run's own first
    assert main_metric(["mid/chatcore_metric", "rl/chatcore_metric"]) == "rl/chatcore_metric"
    assert main_curve({"sft/val/bpb": 9, "sft/train/loss": 9}) == "sft/val/bpb"
    assert label("sft/val/bpb") == "val bpb (sft)" and label("base_eval/x") == "base_eval/x"


def test_numbers_and_their_nouns() -> None:
    assert (counted(1, "line"), counted(0, "line"), counted(2000, "line")) == (
        "1 line", "0 lines", "2,000 lines",
    )  # fmt: skip


def test_a_point_without_a_step_is_none() -> None:
    series = Series()
    for step in (math.nan, math.inf, 3.0):
        series.add(step, 1.0)
    assert [p.step for p in series.points()] == [3.0] and series.end == 3.0
    assert Series().end is None
