"""Runs side by side: a table, and what it says in plain sentences; no model takes part.

A metric is only called better where its direction is known; a blank is no zero; an estimate is
compared with estimates only (it is another metric); values that read the same are called equal; a
loss that is not a number is no loss.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from journal_app.domain.experiments import EvalRow, Run, lower_is_better
from journal_app.domain.links import label as in_brackets
from journal_app.domain.runcards import eval_label, final_evals, label, number, score_text

MOST_ROWS = 12


@dataclass(frozen=True, slots=True)
class Measure:
    """One metric over the runs: the values as text and as numbers (None where one is missing)."""

    label: str
    texts: tuple[str, ...]
    values: tuple[float | None, ...]
    lower_is_better: bool | None


def measures(runs: Sequence[Run], evals: Sequence[Sequence[EvalRow]]) -> list[Measure]:
    """What at least two of the runs have: what has a direction first."""
    table: dict[str, tuple[list[str], list[float | None], bool | None]] = {}
    for at, rows in enumerate(evals):
        for row in final_evals(rows):
            name = eval_label(row) + (" (estimate)" if row.estimate else "")
            texts, values, _ = table.setdefault(
                name, (["–"] * len(runs), [None] * len(runs), row.lower_is_better)
            )
            texts[at], values[at] = score_text(row), row.score
    for at, run in enumerate(runs):
        for key, value in run.metrics.items():
            texts, values, _ = table.setdefault(
                label(key), (["–"] * len(runs), [None] * len(runs), lower_is_better(key))
            )
            texts[at], values[at] = number(value), value
    found = [
        Measure(name, tuple(texts), tuple(values), direction)
        for name, (texts, values, direction) in table.items()
        if sum(value is not None for value in values) >= 2
    ]
    found.sort(
        key=lambda one: (one.lower_is_better is None, -sum(v is not None for v in one.values))
    )
    return found[:MOST_ROWS]


def titles(runs: Sequence[tuple[str, str]]) -> list[str]:
    """How runs, given as (name, id), are called side by side: one line each, no two alike."""
    names = [" ".join(name.split()) or id for name, id in runs]
    return [
        f"{name} ({id[-6:]})" if names.count(name) > 1 else name
        for name, (_, id) in zip(names, runs, strict=True)
    ]


def table(names: Sequence[str], found: Sequence[Measure]) -> str:
    """A Markdown table, one column for each run."""
    cells = [in_brackets(name) for name in names]
    lines = ["| | " + " | ".join(cells) + " |", "|---" * (len(names) + 1) + "|"]
    lines += [f"| {in_brackets(one.label)} | " + " | ".join(one.texts) + " |" for one in found]
    return "\n".join(lines)


def verdicts(names: Sequence[str], found: Sequence[Measure]) -> list[str]:
    """A sentence for each metric whose direction is known: which run is best, and by how much."""
    said = []
    for one in found:
        known = [
            (value, at)
            for at, value in enumerate(one.values)
            if value is not None and math.isfinite(value)
        ]
        if one.lower_is_better is None or len(known) < 2:
            continue
        known.sort(key=lambda pair: pair[0] if one.lower_is_better else -pair[0])
        (best, first), (next_, second) = known[0], known[1]
        if best == next_ or one.texts[first] == one.texts[second]:
            said.append(
                f"{names[first]} and {names[second]} have the same {one.label}: {one.texts[first]}."
            )
            continue
        way = "lowest" if one.lower_is_better else "highest"
        said.append(
            f"{names[first]} has the {way} {one.label}: {one.texts[first]}, against "
            f"{one.texts[second]} of {names[second]}."
        )
    return said
