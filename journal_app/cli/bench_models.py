"""What the models cost on this machine, the writing one beside llama.cpp."""

from __future__ import annotations

from journal_app import paths
from journal_app.cli.bench_figure import Figure
from journal_app.models.catalog import WRITER

DECODE, PREFILL = 1.3, 2.0  # times as fast as llama.cpp on the same file and threads


def figures() -> list[Figure]:
    """Start, speed, memory and summaries; then the race where the writing pack is installed.

    Raises JournalError without the encoder's pack.
    """
    from journal_app.models import bench, packs
    from journal_app.models.host import ModelHost

    root = paths.model_packs()
    writer = next((one for one in packs.installed_packs(root) if one.id == WRITER), None)
    host = ModelHost(root, device="cpu")
    try:
        measured = bench.measure(host, WRITER if writer else "")
    finally:
        host.close()
    found = [
        Figure("model host, cold start", measured.cold_start, "s", 1.5),
        Figure(
            "sentences embedded",
            measured.sentences_per_second,
            "per s",
            200,
            how=measured.device,
            lower_is_better=False,
        ),
        Figure("first sentence of 2,000 words", measured.summary_2000_words, "s", 1.0),
        Figure(
            "first sentence of 10,000 words", measured.summary_10000_words, "s", 6.0, how="warm"
        ),
        Figure("model host, encoder only", _mb(measured.resident), "MB"),
        Figure("model host, both models", _mb(measured.resident_both), "MB", 350),
        Figure("the same after a prompt of 1,000 tokens", _mb(measured.resident_long), "MB"),
    ]
    return found + (_race(writer) if writer else [])


def _race(writer: object) -> list[Figure]:
    from journal_app.models import bench_writer, devices
    from journal_app.models.packs import Installed

    assert isinstance(writer, Installed)
    made = bench_writer.race(writer.folder, devices.threads())
    rival = made.rival
    how = f"{devices.threads()} threads, medians of {bench_writer.ROUNDS} rounds in turn"
    found = [
        Figure(
            "tokens written",
            made.ours.decode,
            "per s",
            rival=f"{made.rival_name} {rival.decode:.0f}" if rival else "",
            how=how,
        ),
        Figure(
            "tokens read",
            made.ours.prefill,
            "per s",
            rival=f"{made.rival_name} {rival.prefill:.0f}" if rival else "",
            how=how,
        ),
    ]
    if made.decode_ratio is not None:
        found += [
            Figure("written, against llama.cpp", made.decode_ratio, "×", DECODE, how="ratio by "
                   "round", lower_is_better=False),
            Figure("read, against llama.cpp", made.prefill_ratio, "×", PREFILL, how="ratio by "
                   "round", lower_is_better=False),
        ]  # fmt: skip
    return found


def _mb(size: int | None) -> float | None:
    return None if size is None else size / 1e6
