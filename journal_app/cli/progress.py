"""Progress of long commands, on standard error."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

import click

EVERY = 5.0  # seconds between two lines where standard error is no terminal


class Meter:
    """Progress on standard error: one line that moves on a terminal, a line each 5 s elsewhere."""

    def __init__(
        self,
        unit: str,
        scale: float,
        *,
        quiet: bool = False,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        self._unit, self._scale, self._quiet, self._timer = unit, scale, quiet, timer
        self._moving = sys.stderr.isatty()
        self._told = timer()
        self._percent = -1

    def __call__(self, done: int, total: int) -> None:
        percent = int(done * 100 / max(1, total))
        if self._quiet or not (percent != self._percent if self._moving else self._is_time()):
            return
        self._percent = percent
        line = f"{done / self._scale:.0f} of {total / self._scale:.0f} {self._unit}"
        click.echo(f"\r{line}" if self._moving else line, err=True, nl=not self._moving)

    def _is_time(self) -> bool:
        now = self._timer()
        if now - self._told < EVERY:
            return False
        self._told = now
        return True

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._moving and self._percent >= 0:
            click.echo("\r\x1b[K", err=True, nl=False)
