"""When something that did not work is tried again, and when a target is left alone.

Method: exponential back-off with equal jitter (half fixed, half random), so that many clients do
not come back at once: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015.
"""

from __future__ import annotations

from dataclasses import dataclass

FIRST = 15_000  # ms: one heartbeat
LONGEST = 15 * 60_000  # ms between two tries of one publication
OPENS_AT = 3  # failures in a row after which a target is left alone
LONGEST_PAUSE = 60 * 60_000  # ms that a target is left alone before one try


@dataclass(frozen=True, slots=True)
class Health:
    """How a target does. `until` (ms UTC): left alone until then; `denied`: left alone until
    somebody has given it a key that works."""

    failures: int = 0
    until: int | None = None
    denied: bool = False
    reason: str = ""

    def paused(self, now: int) -> bool:
        """Whether nothing is sent there now. A time that lies too far ahead was written before the
        clock was set back, and does not count."""
        if self.denied:
            return True
        return self.until is not None and now < self.until <= now + 2 * LONGEST_PAUSE


def delay(failures: int, chance: float, *, longest: int = LONGEST) -> int:
    """Milliseconds until the next try after `failures` (1, 2, …) in a row; `chance` in [0, 1)."""
    whole = min(FIRST * 2 ** min(max(failures, 1) - 1, 20), longest)
    return int(whole / 2 + chance * whole / 2)


def after_failure(health: Health, now: int, chance: float, reason: str, *, denied: bool) -> Health:
    """The health after one more failure."""
    failures = health.failures + 1
    until = None
    if failures >= OPENS_AT:
        until = now + delay(failures, chance, longest=LONGEST_PAUSE)
    return Health(failures, until, denied or health.denied, reason)
