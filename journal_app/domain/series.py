"""The points of one metric: kept within bounds while they are read, thinned for a small chart."""

from __future__ import annotations

import hashlib
import math
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SERIES_LIMIT = 20_000  # points kept of one metric; more are thinned while they are read
SIGNAL_LIMIT = 2_000  # the same for machine signals: step time, throughput, schedule
CHART_POINTS = 200


@dataclass(frozen=True, slots=True)
class MetricPoint:
    """One value of one metric. `value` is None where it is not a finite number; `at` is ms UTC."""

    step: float
    value: float | None
    at: int | None = None


class Series:
    """The points of one metric in the order they were read, bounded in memory.

    Beyond `limit` points only every 2nd, 4th, 8th, … is kept, and besides them the last point and
    the first NaN of a stretch (up to a quarter of `limit`). `seen` counts all points.
    """

    __slots__ = ("_at", "_index", "_last", "_limit", "_nans", "_steps", "_values", "seen", "stride")

    def __init__(self, limit: int = SERIES_LIMIT) -> None:
        self._limit = max(8, limit)
        self._nans = 0
        self._index = array("q")
        self._steps = array("d")
        self._values = array("d")
        self._at = array("q")
        self._last: tuple[float, float, int] | None = None
        self.seen = 0
        self.stride = 1
        """1 when every point was kept, else about one in so many was."""

    def add(self, step: float, value: float, at: int | None = None) -> None:
        """Append a point; NaN and infinities are points like any other, but not as a step."""
        if not math.isfinite(step):
            return
        keep = self.seen % self.stride == 0
        if not keep and not math.isfinite(value) and self._nans < self._limit // 4:
            keep = self._last is None or math.isfinite(self._last[1])
            self._nans += keep
        self._last = (step, value, -1 if at is None else at)
        if keep:
            self._index.append(self.seen)
            self._steps.append(step)
            self._values.append(value)
            self._at.append(self._last[2])
            if len(self._index) > self._limit:
                self._thin()
        self.seen += 1

    def _thin(self) -> None:
        self.stride *= 2
        self._nans = 0
        kept: list[int] = []
        finite = True
        for i, index in enumerate(self._index):
            broken = not math.isfinite(self._values[i])
            if index % self.stride == 0:
                kept.append(i)
            elif broken and finite and self._nans < self._limit // 4:
                kept.append(i)
                self._nans += 1
            finite = not broken
        self._index = array("q", (self._index[i] for i in kept))
        self._steps = array("d", (self._steps[i] for i in kept))
        self._values = array("d", (self._values[i] for i in kept))
        self._at = array("q", (self._at[i] for i in kept))

    @property
    def last(self) -> float | None:
        """The last value read, NaN included; None for an empty series."""
        return None if self._last is None else self._last[1]

    @property
    def end(self) -> float | None:
        """The highest step kept; None for an empty series."""
        steps = [*self._steps, *([self._last[0]] if self._last is not None else [])]
        return max(steps, default=None)

    def __len__(self) -> int:
        """How many points `points()` gives."""
        return len(self._index) + self._tail()

    def _tail(self) -> bool:
        return self.seen > 0 and self._index[-1] != self.seen - 1

    def points(self) -> Iterator[MetricPoint]:
        """The kept points; a value that is not a finite number is None."""
        for step, value, at in zip(self._steps, self._values, self._at, strict=True):
            yield MetricPoint(step, value if math.isfinite(value) else None, None if at < 0 else at)
        if self._last is not None and self._tail():
            step, value, at = self._last
            yield MetricPoint(step, value if math.isfinite(value) else None, None if at < 0 else at)

    def fingerprint(self) -> bytes:
        """The same for the same points."""
        hasher = hashlib.sha256(self._steps.tobytes() + self._values.tobytes())
        hasher.update(self._at.tobytes() + repr((self.seen, self._last)).encode())
        return hasher.digest()


def thin(points: Sequence[MetricPoint], limit: int = CHART_POINTS) -> list[MetricPoint]:
    """At most `limit` points for a small chart: of each stretch its lowest and highest.

    The first and the last stay; what is no number is left out.
    """
    good = [point for point in points if point.value is not None]
    if len(good) <= limit:
        return good
    limit = max(4, limit)
    inner = good[1:-1]
    buckets = (limit - 2) // 2
    kept = [good[0]]
    for b in range(buckets):
        part = inner[b * len(inner) // buckets : (b + 1) * len(inner) // buckets]
        ends = {
            min(range(len(part)), key=lambda i: (part[i].value or 0.0, i)),
            max(range(len(part)), key=lambda i: (part[i].value or 0.0, i)),
        }
        kept.extend(part[i] for i in sorted(ends))
    kept.append(good[-1])
    return kept
