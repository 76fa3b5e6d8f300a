"""When clocks change: the campaign begins some hours before each of these moments."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


def _sunday(year: int, month: int, nth: int) -> datetime:
    """The nth Sunday of a month; -1: the last one."""
    days = [day for day in range(1, 32) if _is_sunday(year, month, day)]
    return datetime(year, month, days[nth], tzinfo=UTC)


def _is_sunday(year: int, month: int, day: int) -> bool:
    try:
        return datetime(year, month, day, tzinfo=UTC).weekday() == 6
    except ValueError:
        return False


# Each era begins some hours before clocks change in a zone: gaps and folds come up by themselves.
ERAS = sorted(
    (int((change - timedelta(hours=ahead)).timestamp() * 1000), zone, change)
    for year in range(2027, 2041)
    for change, zone, ahead in (
        (_sunday(year, 3, 1), "America/New_York", -2),
        (_sunday(year, 3, -1), "Europe/Berlin", 4),
        (_sunday(year, 10, -1), "Europe/Berlin", 4),
        (_sunday(year, 11, 0), "America/New_York", -1),
    )
)
