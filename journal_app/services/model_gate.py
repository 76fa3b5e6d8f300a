"""Whether a pack may write on this device: the eval runs, its results are kept, the gate follows.

Invariant: without a passed eval of exactly what is installed (pack, prompt, device, versions), no
pack rewrites anything.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

from journal_app.domain import model_gate
from journal_app.domain.generate import Permission
from journal_app.domain.model_gate import EvalRecord, Figures, Identity
from journal_app.errors import JournalError
from journal_app.store import model_evals

if TYPE_CHECKING:
    from journal_app.store.database import Store

_MISSING = "No pack {} that writes is installed."

Progress = Callable[[int, int], None]
Check = Callable[[], None]


class Evaluator(Protocol):
    """Runs the built-in eval set on this device."""

    def writers(self) -> tuple[str, ...]:
        """The installed packs that write."""
        ...

    def identity(self, pack: str, device: str = "") -> Identity:
        """What an eval of `pack` would be run with now. Without `device` the pack is loaded to
        learn where it runs; with it nothing is loaded. Raises JournalError."""
        ...

    def thresholds(self, pack: str) -> Mapping[str, float]:
        """From the catalogue; for packs that it does not know, those of every writer."""
        ...

    def run(self, pack: str, *, progress: Progress | None, check: Check | None) -> Figures:
        """The whole eval set. Raises JournalError, and what `check` raises."""
        ...


class ModelGateService:
    """Evals of packs in one journal."""

    def __init__(
        self,
        store: Store,
        evaluator: Evaluator,
        *,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._store = store
        self._evaluator = evaluator
        self._timer = timer

    def writers(self) -> tuple[str, ...]:
        """The installed packs that write."""
        return self._evaluator.writers()

    def evaluate(
        self, pack: str, *, progress: Progress | None = None, check: Check | None = None
    ) -> EvalRecord:
        """Run the eval set, keep the result, and return it; a cancelled run keeps nothing."""
        started = self._timer()
        identity = self._evaluator.identity(pack)
        measured = self._evaluator.run(pack, progress=progress, check=check)
        thresholds = self._evaluator.thresholds(pack)
        if self._evaluator.identity(pack, identity.device) != identity:
            raise JournalError(
                f"{pack} was changed while its eval ran; the figures belong to neither.",
                "`journal model eval` runs it again.",
            )
        passed, reasons = model_gate.judge(measured.results, thresholds)
        record = EvalRecord(
            id=self._store.new_id(),
            at=self._store.now(),
            identity=identity,
            results=measured.results,
            notes=measured.notes,
            thresholds=thresholds,
            passed=passed,
            reasons=reasons,
            seconds=self._timer() - started,
        )
        model_evals.add(self._store, record)
        return record

    def history(self, pack: str = "") -> list[EvalRecord]:
        """Every run, the newest first."""
        return model_evals.recent(self._store, pack)

    def permission(self, pack: str) -> Permission:
        """Whether `pack` may put sentences into words of its own, and why (not).

        Loads the pack only where its last eval passed, to see that it still runs on that device.
        """
        if pack not in self._evaluator.writers():
            return Permission("", False, _MISSING.format(pack))
        records = self.history(pack)
        if not records or not records[0].passed:
            return Permission(pack, *self.standing(pack))
        try:
            now = self._evaluator.identity(pack)
        except JournalError as error:  # it passed and cannot be loaded now: nothing is lost
            return Permission(pack, False, error.message)
        return Permission(pack, *model_gate.verdict(records, now))

    def standing(self, pack: str) -> tuple[bool, str]:
        """The verdict as of the last run, without loading anything: for lists and badges."""
        if pack not in self._evaluator.writers():
            return False, _MISSING.format(pack)
        records = self.history(pack)
        if not records:
            return model_gate.verdict(records, Identity(pack, "", "", "", {}, ""))
        now = self._evaluator.identity(pack, records[0].identity.device)
        return model_gate.verdict(records, now)

    def due(self, pack: str) -> tuple[str, ...]:
        """Why the eval of an installed pack should run (again), without loading it.

        Empty for a pack that was never evaluated (nobody asked to use it yet) or is not there."""
        records = self.history(pack)
        if not records or pack not in self._evaluator.writers():
            return ()
        now = self._evaluator.identity(pack, records[0].identity.device)
        return model_gate.due(records[0], now, self._store.now())

    def notices(self) -> list[str]:
        """What the user should know: gates that closed, evals that are due."""
        found = []
        for pack in self._evaluator.writers():
            records = self.history(pack)
            if fallen := model_gate.fallen(records):
                found.append(f"{pack} drifted, its gate is closed: {'; '.join(fallen)}.")
                continue
            try:
                reasons = self.due(pack)
            except JournalError as error:
                found.append(error.message)
                continue
            if reasons:
                found.append(f"{pack} should be evaluated again: {'; '.join(reasons)}.")
        return found
