"""`journal bench`: what the promises about speed come to on this machine."""

from __future__ import annotations

import json
import os
import platform
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from journal_app.cli import bench_models, bench_publish, bench_scale
from journal_app.cli.bench_figure import Figure
from journal_app.cli.bench_fill import WORDS, fill
from journal_app.cli.common import Context, echo_table, json_option
from journal_app.errors import JournalError


def median_seconds(command: list[str], runs: int, environment: dict[str, str]) -> float:
    """The median wall time of whole processes, one warm-up before."""
    times = []
    for _ in range(runs + 1):
        began = time.perf_counter()
        done = subprocess.run(command, env=environment, capture_output=True, check=False)
        times.append(time.perf_counter() - began)
        if done.returncode:
            raise JournalError(
                f"{' '.join(command)} failed: {done.stderr.decode(errors='replace').strip()}"
            )
    return statistics.median(times[1:])


def bench_add(folder: Path, count: int) -> Figure:
    """`journal add`, whole process."""
    program = shutil.which("journal", path=str(Path(sys.executable).parent))
    command = [program] if program else [sys.executable, "-m", "journal_app"]
    seconds = median_seconds(
        [*command, "--journal", str(folder), "add", "Loss left at step 4,200 #warmup"],
        9,
        dict(os.environ),
    )
    return Figure(
        f"`journal add`, {count:,} entries", seconds, "s", 0.15, "", "median of 9 processes"
    )


def bench_jrnl(folder: Path, count: int) -> Figure | None:
    """The same capture with jrnl, where it is installed."""
    program = shutil.which("jrnl")
    if program is None:
        return None
    text = folder / "jrnl.txt"
    config = folder / "jrnl.yaml"
    chance = random.Random(count)
    with text.open("w") as handle:
        for n in range(count):
            day = f"2024-{n % 12 + 1:02d}-{n % 28 + 1:02d} 10:00"
            handle.write(f"[{day}] {' '.join(chance.choices(WORDS, k=120))}.\n\n")
    config.write_text(
        "version: v4.2\ndefault_hour: 9\ndefault_minute: 0\nencrypt: false\neditor: ''\n"
        "colors: {body: none, date: none, tags: none, title: none}\nhighlight: true\n"
        "indent_character: '|'\nlinewrap: 79\ntagsymbols: '@'\ntemplate: false\n"
        f"timeformat: '%F %R'\njournals:\n  default:\n    journal: {text}\n"
    )
    seconds = median_seconds(
        [program, "--config-file", str(config), "Loss left at step 4,200 @warmup"],
        5,
        dict(os.environ),
    )
    return Figure(f"jrnl, {count:,} entries", seconds, "s", None, "the rival", "median of 5")


def bench_search(folder: Path, count: int) -> list[Figure]:
    """Search in process: a rare word, a common word while typed, a phrase."""
    from journal_app.journal import Journal

    queries = ("diverged tokenizer", "loss", "lo", '"noise floor"', "tag:npu spike", "9999")
    figures = []
    with Journal(folder) as journal:
        times = []
        for query in queries:
            journal.entries.search(query)
            for _ in range(5):
                began = time.perf_counter()
                journal.entries.search(query)
                times.append((time.perf_counter() - began) * 1000)
        worst = max(statistics.median(times[i : i + 5]) for i in range(0, len(times), 5))
        figures.append(
            Figure(
                f"search, {count:,} entries",
                worst,
                "ms",
                50,
                "",
                f"slowest of {len(queries)} queries, median of 5",
            )
        )
    return figures


def bench_note() -> Figure:
    """`note()` in the caller's thread, in a process of its own."""
    code = (
        "import time, json; from journal_app import note; from journal_app.training import flush\n"
        "note('warm'); flush(); times = []\n"
        "for n in range(1000):\n"
        "    began = time.perf_counter_ns(); note('Loss left', tags=['x'])\n"
        "    times.append(time.perf_counter_ns() - began)\n"
        "print(json.dumps(sorted(times)[500] / 1000))"
    )
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "JOURNAL_DIR": folder},
            capture_output=True,
            text=True,
            check=True,
        )
    return Figure("`note()` in a script", float(done.stdout), "µs", 50, "", "median of 1,000 calls")


def bench_window(folder: Path, count: int) -> Figure:
    """From process start to the first painted list, offscreen."""
    command = [sys.executable, "-m", "journal_app.gui.probes.startup", str(folder)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    values = []
    for _ in range(6):
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise JournalError(f"The window did not open: {done.stderr.strip()[-400:]}")
        values.append(float(done.stdout.strip().splitlines()[-1]) / 1000)
    return Figure(
        f"window visible, {count:,} entries",
        statistics.median(values[1:]),
        "s",
        0.6,
        "Zim 0.57, RedNotebook 0.74, ReText 0.75",
        "process start to first paint, median of 5",
    )


@click.command()
@click.option(
    "--entries", "count", type=click.IntRange(1, 10_000_000), default=10_000, show_default=True
)
@click.option("--only", type=click.Choice(["add", "search", "note", "window", "model", "publish"]))
@click.option("--scale", metavar="SIZES", help="Measure what grows: 10k,100k,1m.")
@click.option(
    "--keep",
    type=click.Path(path_type=Path, file_okay=False),
    help="With --scale: use the journals in this folder, and make them there.",
)
@json_option
@click.pass_obj
def bench(
    ctx: Context, count: int, only: str | None, scale: str | None, keep: Path | None, as_json: bool
) -> None:
    """Measure capture, search, window, model, publishing on this machine, in a journal of its own.

    jrnl is measured beside it when `jrnl` is installed. Exit status 1 when a limit is not kept.
    """
    machine = f"{platform.machine()}, {os.cpu_count()} cores, {platform.system()}, Python "
    machine += platform.python_version()
    if scale is not None:
        bench_scale.run(ctx, scale, keep, machine, as_json, only)
        return
    parts: dict[str, Callable[[Path, int], Any]] = {
        "add": bench_add,
        "search": bench_search,
        "note": lambda _folder, _count: bench_note(),
        "window": bench_window,
        "model": lambda _folder, _count: bench_models.figures(),
        "publish": lambda _folder, _count: bench_publish.figures(),
    }
    figures: list[Figure] = []
    problems: list[str] = []
    with tempfile.TemporaryDirectory(prefix="journal-bench-") as place:
        folder = Path(place) / "journal"
        click.echo(f"Making a journal of {count:,} entries …", err=True)
        fill(folder, count)
        for name, measure in parts.items():
            if only not in (None, name):
                continue
            click.echo(f"Measuring {name} …", err=True)
            try:
                found = measure(folder, count)
            except JournalError as error:
                problems.append(f"{name}: {error.message}")
                continue
            figures += found if isinstance(found, list) else [found]
            if name == "add" and (rival := bench_jrnl(Path(place), count)) is not None:
                figures.append(rival)
    if as_json:
        rows = [
            {"name": f.name, "value": f.value, "unit": f.unit, "limit": f.limit, "holds": f.holds}
            for f in figures
        ]
        click.echo(json.dumps({"machine": machine, "figures": rows, "problems": problems}))
    else:
        click.echo(machine)
        verdicts = {True: "kept", False: "NOT KEPT", None: ""}
        echo_table(
            [
                (
                    f.name,
                    "-" if f.value is None else f"{f.value:.3g} {f.unit}",
                    "" if f.limit is None else f"{f.limit:g} {f.unit}",
                    verdicts[f.holds],
                    f.rival,
                    f.how,
                )
                for f in figures
            ],
            ("what", "measured", "limit", "verdict", "others", "how"),
        )
    for problem in problems:
        click.echo(f"not measured: {problem}", err=True)
    if any(f.holds is False for f in figures):
        raise JournalError("A limit is not kept on this machine.")
