"""The calendar as text: a month, a week, and the file for other programs."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from journal_app.cli.common import Context, json_option
from journal_app.cli.publication import as_json_publication
from journal_app.domain.cadence import Blackout, Slot, days_of
from journal_app.domain.due import due_time, local, rfc3339
from journal_app.domain.publishing import QueueItem
from journal_app.errors import JournalError

_ONE = timedelta(days=1)
_COLUMN = 9  # characters of a day in the month


@dataclass(frozen=True, slots=True)
class Days:
    """Some whole days in a zone, and what happens on them."""

    zone: str
    days: tuple[date, ...]
    items: Sequence[QueueItem] = ()
    free: Sequence[Slot] = ()
    blackouts: Sequence[Blackout] = ()

    @property
    def first_ms(self) -> int:
        """Their first moment, ms UTC."""
        return _midnight(self.days[0], self.zone)

    @property
    def last_ms(self) -> int:
        """The first moment after them, ms UTC."""
        return _midnight(self.days[-1] + _ONE, self.zone)

    def of(self, day: date) -> tuple[list[QueueItem], list[Slot], str | None]:
        """What is due on a day, its free slots, and the name of its blackout; None without."""
        span = range(_midnight(day, self.zone), _midnight(day + _ONE, self.zone))
        items = [one for one in self.items if one.publication.due.at in span]
        free = [one for one in self.free if one.due.at in span]
        shut = [one for one in self.blackouts if one.first <= day.isoformat() <= one.last]
        return items, free, ", ".join(one.name or "blackout" for one in shut) if shut else None


def _midnight(day: date, zone: str) -> int:
    return due_time(f"{day} 00:00", zone, "first", "after").at


def month(text: str | None, today: date) -> tuple[date, ...]:
    """The days of the month `2026-12`; of that of `today` without. Raises JournalError."""
    try:
        first = date.fromisoformat(f"{text}-01") if text else today.replace(day=1)
        after = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    except (ValueError, OverflowError) as error:
        raise JournalError(f"{text!r} is not a month.", "Write it as 2026-12.") from error
    return tuple(first + n * _ONE for n in range((after - first).days))


def week(text: str, today: date) -> tuple[date, ...]:
    """Monday to Sunday around the day `2026-12-24`, or around `today` for `now`."""
    try:
        day = today if text == "now" else date.fromisoformat(text)
        monday = day - day.weekday() * _ONE
        return tuple(monday + n * _ONE for n in range(7))
    except (ValueError, OverflowError) as error:
        raise JournalError(f"{text!r} is not a day.", "Write it as 2026-12-24.") from error


@click.group(invoke_without_command=True)
@click.option("--month", "of_month", metavar="2026-12", help="A month; default: this one.")
@click.option(
    "--week",
    "of_week",
    is_flag=False,
    flag_value="now",
    metavar="[DAY]",
    help="The week of a day (2026-12-24); without a day, this week.",
)
@click.option("--target", help="Only what goes there.")
@json_option
@click.pass_context
def calendar(
    context: click.Context,
    of_month: str | None,
    of_week: str | None,
    target: str | None,
    as_json: bool,
) -> None:
    """What goes out when, with free slots and blackout days; `export` for other programs."""
    if context.invoked_subcommand is not None:
        return
    if of_month and of_week:
        raise click.UsageError("Say --month or --week.")
    ctx: Context = context.obj
    journal = ctx.existing
    zone = journal.cadence.zone()
    today = local(journal.store.now(), zone).date()
    days = Days(zone, week(of_week, today) if of_week else month(of_month, today))
    items = journal.publishing.between(days.first_ms, days.last_ms - 1)
    if target is not None and all(one.publication.target != target for one in items):
        journal.targets.get(target)  # a name that no target has or had is told
    shown = Days(
        zone,
        days.days,
        [one for one in items if target in (None, one.publication.target)],
        journal.cadence.free_slots(days.first_ms, days.last_ms, target),
        journal.cadence.blackouts(),
    )
    if as_json:
        ctx.echo_json(_as_json(shown))
    elif of_week:
        _echo_week(shown)
    else:
        _echo_month(shown, today)


@calendar.command("export")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True))
@click.option("--alarms/--no-alarms", default=True, help="Before what needs this computer on.")
@click.pass_obj
def export(ctx: Context, file: Path, alarms: bool) -> None:
    """Write the schedule as an iCalendar FILE (.ics); - for standard output.

    A file that follows the schedule: `journal config calendar.file /home/you/posts.ics`.
    """
    service = ctx.existing.calendar_file
    if str(file) == "-":
        sys.stdout.buffer.write(service.export(alarms=alarms))
        return
    written = service.save(file, alarms=alarms)
    click.echo(f"{file} {'was written' if written else 'says that already'}.")


# ---------------------------------------------------------------------- text


def _echo_month(shown: Days, today: date) -> None:
    click.secho(f"{shown.days[0]:%B %Y} · times of {shown.zone}", bold=True)
    click.echo("".join(days_of(n)[:3].ljust(_COLUMN) for n in range(7)).rstrip())
    cells = [" " * _COLUMN] * shown.days[0].weekday()
    for day in shown.days:
        items, free, shut = shown.of(day)
        marks = "×" if shut is not None else ""
        marks += f"●{len(items)}" if items else ""
        marks += "○" if free else ""
        number = f"{day.day}{'*' if day == today else ''}"
        cells.append(f"{number} {marks}".ljust(_COLUMN))
    for start in range(0, len(cells), 7):
        click.echo("".join(cells[start : start + 7]).rstrip())
    click.echo("● goes out   ○ free slot   × blackout   * today")
    for day in shown.days:
        items, _, shut = shown.of(day)
        if items or shut is not None:
            _echo_day(day, items, (), shut, shown.zone)


def _echo_week(shown: Days) -> None:
    first, last = shown.days[0], shown.days[-1]
    click.secho(f"{first} to {last} · times of {shown.zone}", bold=True)
    for day in shown.days:
        _echo_day(day, *shown.of(day), shown.zone)


def _echo_day(
    day: date, items: Sequence[QueueItem], free: Sequence[Slot], shut: str | None, zone: str
) -> None:
    lines = [
        (
            one.publication.due.at,
            f"{one.publication.target}  {one.publication.state}  {one.title}{_remark(one)}",
        )
        for one in items
    ]
    lines += [
        (one.due.at, " · ".join(filter(None, (f"{one.target}  free ({one.cadence})", one.note))))
        for one in free
    ]
    head = f"{day:%a} {day}"
    click.echo(f"{head}  {'× ' + shut if shut is not None else ''}".rstrip())
    for at, text in sorted(lines):
        click.echo(f"  {_clock(local(at, zone))}  {text}")


def _clock(moment: datetime) -> str:
    return f"{moment:%H:%M}"


def _remark(item: QueueItem) -> str:
    if item.held_by_target:
        return "  (safe to close the laptop)"
    return "  (this computer must be on)" if item.publication.state == "scheduled" else ""


def _as_json(shown: Days) -> dict[str, Any]:
    days = []
    for day in shown.days:
        items, free, shut = shown.of(day)
        days.append(
            {
                "date": day.isoformat(),
                "blackout": shut,
                "publications": [
                    {
                        **as_json_publication(one.publication),
                        "title": one.title,
                        "held_by_target": one.held_by_target,
                    }
                    for one in items
                ],
                "free": [
                    {
                        "due": rfc3339(one.due.at, one.due.tz),
                        "target": one.target,
                        "cadence": one.cadence,
                        "note": one.note,
                    }
                    for one in free
                ],
            }
        )
    return {"zone": shown.zone, "days": days, "blackouts": [asdict(b) for b in shown.blackouts]}
