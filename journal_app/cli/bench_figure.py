"""One measured figure, and whether it keeps its limit."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure beside what it must hold and a named rival."""

    name: str
    value: float | None
    unit: str
    limit: float | None = None
    rival: str = ""
    how: str = ""
    lower_is_better: bool = True

    @property
    def holds(self) -> bool | None:
        """Whether the limit is kept; None where there is none or nothing was measured."""
        if self.value is None or self.limit is None:
            return None
        return self.value <= self.limit if self.lower_is_better else self.value >= self.limit
