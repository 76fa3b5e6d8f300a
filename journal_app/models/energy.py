"""Joules of a piece of work, where this machine can tell; nothing is guessed where it cannot.

Linux: the RAPL counters of the processor packages (`/sys/class/powercap/*/energy_uj`, microjoules,
readable by root on most systems), else what the battery gives (`/sys/class/power_supply`, taken at
both ends: rough). The whole machine is measured, so the work should be all that it does.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

POWERCAP = Path("/sys/class/powercap")
SUPPLY = Path("/sys/class/power_supply")


@dataclass(frozen=True, slots=True)
class Joules:
    """What was used. `value` None: not measurable here; `source` says by what, or why not."""

    value: float | None
    source: str


class EnergyMeter:
    """Starts when made; `stop` tells what was used since."""

    def __init__(
        self,
        powercap: Path = POWERCAP,
        supply: Path = SUPPLY,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._powercap, self._supply, self._timer = powercap, supply, timer
        self._counters = self._read()
        self._watts = self._battery()
        self._began = timer()

    def stop(self) -> Joules:
        """Joules since the start."""
        counters, watts = self._read(), self._battery()
        seconds = self._timer() - self._began
        if self._counters and counters.keys() == self._counters.keys():
            total = 0.0
            for name, (before, wrap) in self._counters.items():
                used = counters[name][0] - before
                total += used if used >= 0 else used + wrap
            return Joules(total / 1e6, "RAPL, all processor packages")
        if self._watts is not None and watts is not None and seconds > 0:
            return Joules((self._watts + watts) / 2 * seconds, "battery, the whole machine")
        return Joules(None, "no readable RAPL counter and no discharging battery")

    def _read(self) -> dict[str, tuple[int, int]]:
        """(microjoules, where the counter wraps) of each processor package."""
        found = {}
        for folder in sorted(self._powercap.glob("intel-rapl:*")):
            if folder.name.count(":") != 1:  # a part of a package, which counts it already
                continue
            try:
                value = int((folder / "energy_uj").read_text("ascii"))
                wrap = int((folder / "max_energy_range_uj").read_text("ascii"))
            except (OSError, ValueError):
                continue
            found[folder.name] = (value, wrap)
        return found

    def _battery(self) -> float | None:
        """Watts that the battery gives now; None when it gives none."""
        for folder in sorted(self._supply.glob("BAT*")):
            try:
                if (folder / "status").read_text("ascii").strip() != "Discharging":
                    continue
                return int((folder / "power_now").read_text("ascii")) / 1e6
            except (OSError, ValueError):
                continue
        return None
