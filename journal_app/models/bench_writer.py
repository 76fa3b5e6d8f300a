"""The writing model beside llama.cpp: the same file, the same threads, turn by turn in one run.

Each side is a process of its own (`python -m journal_app.models.bench_writer SIDE PACK THREADS`)
that waits for a line on standard input, does one round, and answers with a line of JSON. While one
works the other sleeps, so both see the same machine.
"""

from __future__ import annotations

import os

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before anything can import onnxruntime

import contextlib
import importlib.metadata
import importlib.util
import json
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal_app.errors import JournalError
from journal_app.models.process import environment

READ, WRITE, ROUNDS = 512, 96, 7  # tokens of a prompt and of an answer; rounds after one warm-up
RIVAL = "xllamacpp"


@dataclass(frozen=True, slots=True)
class Speed:
    """Tokens per second, medians over the rounds."""

    prefill: float
    decode: float


@dataclass(frozen=True, slots=True)
class Race:
    """Both sides; `prefill_ratio` and `decode_ratio` are medians of the ratios round by round.
    Without the rival's package only `ours` is measured."""

    ours: Speed
    rival: Speed | None = None
    prefill_ratio: float | None = None
    decode_ratio: float | None = None
    rival_name: str = ""


def race(pack: Path, threads: int, check: Callable[[], None] | None = None) -> Race:
    """Measure the pack in `pack` beside llama.cpp on its source.gguf.

    Raises JournalError when a side fails.
    """
    both = importlib.util.find_spec(RIVAL) is not None and (pack / "source.gguf").exists()
    sides = ["ours", *(["rival"] if both else [])]
    found: dict[str, list[Speed]] = {side: [] for side in sides}
    with contextlib.ExitStack() as stack:
        running = {side: stack.enter_context(_side(side, pack, threads)) for side in sides}
        for number in range(ROUNDS + 1):
            for side in sides:
                if check:
                    check()
                made = running[side](number)
                if number:  # the first round warms up
                    found[side].append(made)
    ours = _median(found["ours"])
    if not both:
        return Race(ours)
    pairs = list(zip(found["ours"], found["rival"], strict=True))
    return Race(
        ours,
        _median(found["rival"]),
        statistics.median(a.prefill / b.prefill for a, b in pairs),
        statistics.median(a.decode / b.decode for a, b in pairs),
        f"llama.cpp (xllamacpp {importlib.metadata.version(RIVAL)})",
    )


def _median(rounds: list[Speed]) -> Speed:
    return Speed(
        statistics.median(one.prefill for one in rounds),
        statistics.median(one.decode for one in rounds),
    )


@contextlib.contextmanager
def _side(side: str, pack: Path, threads: int) -> Iterator[Callable[[int], Speed]]:
    command = [sys.executable, "-m", "journal_app.models.bench_writer", side, str(pack)]
    process = subprocess.Popen(
        [*command, str(threads)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment(),
        text=True,
    )

    def turn(number: int) -> Speed:
        assert process.stdin is not None and process.stdout is not None
        with contextlib.suppress(OSError):
            process.stdin.write(f"{number}\n")
            process.stdin.flush()
        for line in process.stdout:
            if line.startswith("{"):
                return Speed(**json.loads(line))
        raise JournalError(
            f"The {side} side of the race ended (status {process.wait()}).",
            "`journal model verify` looks at the pack.",
        )

    try:
        yield turn
    finally:
        process.kill()
        process.communicate()


def _ids(number: int) -> list[int]:
    """A prompt of READ tokens that shares no beginning with that of another round."""
    return [1000 + (number * 7919 + place * 104729) % 40_000 for place in range(READ)]


def _ours(pack: Path, threads: int) -> Callable[[int], Speed]:
    from time import perf_counter

    import onnxruntime as ort

    from journal_app.models.decoding.decoder import Decoder

    runner: Any = Decoder(pack, "cpu", threads=threads).runner
    options = ort.RunOptions()

    def turn(number: int) -> Speed:
        ids = _ids(number)
        runner.keep(0, READ + WRITE)
        began = perf_counter()
        for at in range(0, READ, 128):
            logits = runner.feed(ids[at : at + 128], options)
        middle = perf_counter()
        for _ in range(WRITE):
            logits = runner.feed([int(logits.argmax())], options)
        return Speed(READ / (middle - began), WRITE / (perf_counter() - middle))

    return turn


def _rival(pack: Path, threads: int) -> Callable[[int], Speed]:
    import xllamacpp

    wanted = xllamacpp.CommonParams()
    wanted.model.path = str(pack / "source.gguf")
    wanted.n_ctx = 2048
    wanted.n_parallel = 1
    wanted.verbosity = 0
    wanted.cpuparams.n_threads = wanted.cpuparams_batch.n_threads = threads
    server = xllamacpp.Server(wanted)

    def turn(number: int) -> Speed:
        asked = {
            "prompt": _ids(number),
            "n_predict": WRITE,
            "temperature": 0,
            "ignore_eos": True,
            "cache_prompt": False,
        }
        timings = server.handle_completions(asked)["timings"]
        return Speed(timings["prompt_per_second"], timings["predicted_per_second"])

    return turn


def main(arguments: list[str]) -> None:
    """One side of the race."""
    side, pack, threads = arguments
    turn = (_ours if side == "ours" else _rival)(Path(pack), int(threads))
    for line in sys.stdin:
        made = turn(int(line))
        print(json.dumps({"prefill": made.prefill, "decode": made.decode}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
