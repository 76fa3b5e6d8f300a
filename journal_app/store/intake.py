"""Taking one record into the journal: what is new is written, what is stored is never made poorer.

A record that breaks off, ends earlier or covers fewer files than the stored run of the same
identity changes nothing. What is reported is what this call wrote, also when two imports run at
once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING

from journal_app.domain.experiments import PARTS, RunBundle, digest_run
from journal_app.domain.naming import counted
from journal_app.domain.secrets import hide_in_bundle
from journal_app.store import held, imports

if TYPE_CHECKING:
    from journal_app.domain.series import MetricPoint
    from journal_app.store.database import Store

BATCH = 5000  # points a transaction: about 10 ms with the write lock held


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a record. `outcome`: 'new', 'changed' or 'same'; `evals` counts by outcome."""

    id: str
    outcome: str
    evals: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()


def take(store: Store, bundle: RunBundle, reader: str, check: Callable[[], None]) -> Taken:
    """Write a run with its points and evals unless it is stored already, or better than this.

    `check` is called between transactions and may raise.
    """
    bundle = hide_in_bundle(bundle)
    run = bundle.run
    db = store.read()
    digest = digest_run(bundle, reader)
    evals = list({record.native_id: record for record in bundle.evals}.values())
    known = imports.stored(db, run.source_kind, run.native_id)
    notes = list(run.warnings)
    parts = _parts(bundle)
    if known is None:
        whole = held.whole_of(db, run.source_kind, run.native_id)
        if whole is not None:
            note = f"this is a part of the run {whole[1]}; import the folder of that run again"
            return Taken(whole[0], "same", {}, (note,))
        adopted = next((p for p in parts if imports.stored(db, run.source_kind, p)), None)
        if adopted is not None:  # a part was imported before the whole: it grows into the whole
            with store.write() as w:
                known = held.rename(w, run.source_kind, adopted, run.native_id)
    elif known[1]:
        reason = _why_kept(held.held(db, known[0]), bundle, known[1] == digest)
        if reason:
            return Taken(known[0], "same", {}, (reason,))
    for part in parts:
        other = imports.stored(db, run.source_kind, part)
        if other is not None and (known is None or other[0] != known[0]):
            notes.append(f"one of its files was imported before, by itself, as run {other[0]}")
    id, wrote = known[0] if known else store.new_id(), False
    if known is None or known[1] != digest:
        id, wrote = _write_points(store, id, bundle, digest, reader, check)
    if not wrote and not imports.evals_differ(store.read(), id, evals, reader):
        return Taken(id, "same", {"same": len(evals)}, tuple(notes))
    fresh = not (known and known[1])
    with store.write() as w:
        counts = {k: len(v) for k, v in
                  imports.put_evals(w, id, evals, store.new_id, reader).items()}  # fmt: skip
        wrote = wrote and held.is_whole(w.db, id, digest, _expected(bundle))
        if wrote:
            imports.finish_run(w, id, digest, run.complete)
            # A row without a digest was never told of: to everyone else it is new.
            w.changed("run", id, "created" if fresh else "changed")
        imports.settle_links(w, {id}, by_name=False)
    outcome = "same" if not wrote else "new" if fresh else "changed"
    return Taken(id, outcome, counts, tuple(notes))


def _write_points(
    store: Store,
    id: str,
    bundle: RunBundle,
    digest: str,
    reader: str,
    check: Callable[[], None],
) -> tuple[str, bool]:
    """The run's id, and whether its row and points were written; not if someone just did so."""
    run = bundle.run
    with store.write() as w:
        now = imports.stored(w.db, run.source_kind, run.native_id)
        if now is not None and now[1] == digest:
            return now[0], False
        id = imports.begin_run(w, id, bundle, reader)
    for batch in _batches(_numbered(bundle)):
        check()
        with store.write() as w:
            imports.add_points(w, id, batch)
    return id, True


def _why_kept(there: held.Held, bundle: RunBundle, same: bool) -> str:
    """Why the stored run stays as it is; "" where this record is as good or better."""
    run = bundle.run
    files = set(run.files)
    nothing_more = (
        set(bundle.series) <= set(there.ends)
        and set(run.metrics) <= there.metrics
        and {record.native_id for record in bundle.evals} <= there.evals
    )
    if files < there.files or (not same and len(files) < len(there.files) and nothing_more):
        return "was imported from more files than this; import its folder again"
    if same or (run.complete and not there.complete):
        return ""
    last = max(there.ends.values(), default=None)
    end = max(
        (p for series in bundle.series.values() if (p := series.end) is not None), default=None
    )
    longer = end is not None and (last is None or end > last)
    if there.complete and not run.complete and not longer:
        here = f"step {end:,.0f}" if end is not None else counted(len(bundle.evals), "result")
        other = f"step {last:,.0f}" if last is not None else counted(len(there.evals), "result")
        return f"this record is cut off ({here}); the whole run in the journal was kept ({other})"
    if last is not None and (end is None or end < last):
        here = "no step" if end is None else f"step {end:,.0f}"
        return f"this record ends earlier ({here}); the run in the journal was kept ({last:,.0f})"
    stamped = run.clock == there.clock != "mtime" and not longer
    if stamped and run.ended_at is not None and run.ended_at < (there.ended_at or 0):
        return "this record ends at an earlier time; the run in the journal was kept"
    return ""


def _parts(bundle: RunBundle) -> list[str]:
    value = bundle.run.extra.get(PARTS)
    return [str(part) for part in value] if isinstance(value, list | tuple) else []


def _expected(bundle: RunBundle) -> int:
    # keyed as they are stored, where two broken names may become one
    return sum({imports.clean(key): len(s) for key, s in bundle.series.items()}.values())


def _numbered(bundle: RunBundle) -> Iterator[tuple[str, int, MetricPoint]]:
    for key in sorted(bundle.series):
        for seq, point in enumerate(bundle.series[key].points()):
            yield key, seq, point


def _batches(
    items: Iterator[tuple[str, int, MetricPoint]],
) -> Iterator[Sequence[tuple[str, int, MetricPoint]]]:
    while batch := list(islice(items, BATCH)):
        yield batch
