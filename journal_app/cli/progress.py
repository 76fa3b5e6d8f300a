"""Progress of long commands, on standard error."""

from __future__ import annotations

import sys

import click


class Meter:
    """Progress on standard error: one line that moves on a terminal, quarters elsewhere."""

    def __init__(self, unit: str, scale: float, *, quiet: bool) -> None:
        self._unit, self._scale, self._quiet = unit, scale, quiet
        self._moving = sys.stderr.isatty()
        self._last = -1

    def __call__(self, done: int, total: int) -> None:
        step = int(done * (100 if self._moving else 4) / max(1, total))
        if self._quiet or step == self._last:
            return
        self._last = step
        line = f"{done / self._scale:.0f} of {total / self._scale:.0f} {self._unit}"
        click.echo(f"\r{line}" if self._moving else line, err=True, nl=not self._moving)

    def __enter__(self) -> Meter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._moving and self._last >= 0 and not self._quiet:
            click.echo("\r\x1b[K", err=True, nl=False)
