"""The command line from a cadence to a calendar that other programs read.

Most commands run in this process, for speed; those about files in processes of their own.
"""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest

from journal_app.cli.main import run
from journal_app.journal import Journal

Cli = Callable[..., "subprocess.CompletedProcess[str]"]
Posts = Callable[[str], str]


def ok(done: subprocess.CompletedProcess[str]) -> str:
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def here(journal_folder: Path, capfd: pytest.CaptureFixture[str]) -> Cli:
    """Run the command line in this process."""

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        capfd.readouterr()
        code = run(["--journal", str(journal_folder), *words])
        return subprocess.CompletedProcess(words, code, *capfd.readouterr())

    return call


@pytest.fixture
def post(journal_folder: Path, tmp_path: Path) -> Posts:
    """Makes posts of a journal that has a site and the zone of Berlin."""
    site = tmp_path / "site"
    site.mkdir()
    with Journal(journal_folder) as journal:
        journal.settings.set("timezone", "Europe/Berlin")
        journal.targets.add("blog", "folder", {"path": str(site), "flavor": "hugo"})

    def make(title: str) -> str:
        with Journal(journal_folder) as journal:
            return journal.entries.create("Words enough.", kind="post", title=title).id

    return make


def parsed(done: subprocess.CompletedProcess[str]) -> Any:
    return json.loads(ok(done))


def test_posts_fill_the_slots_and_give_way_to_a_holiday(here: Cli, post: Posts) -> None:
    assert "No cadence yet" in ok(here("cadence", "list"))
    said = ok(here("cadence", "add", "weekly", "Tuesdays", "and Fridays 09:00", "--target", "blog"))
    assert said == "weekly: Tuesdays and Fridays 09:00 Europe/Berlin, for blog."
    one = ok(here("enqueue", post("One"), "--target", "blog"))
    two = parsed(here("enqueue", post("Two"), "--target", "blog", "--json"))
    assert " 09:00 Europe/Berlin (+0" in one
    assert (two["state"], two["wall"][11:]) == ("scheduled", "09:00:00")
    plan = parsed(here("cadence", "slots", "--json"))
    assert [item["title"] for item in plan["queue"]] == ["One", "Two"]
    assert len(plan["free"]) == 10
    days = [item["wall"][:10] for item in plan["queue"]]

    added = here("blackout", "add", days[0], "--name", "Holiday")
    assert "would move from" in ok(added)
    assert "`journal cadence refill --yes` moves them" in added.stderr
    assert parsed(here("cadence", "slots", "--json"))["queue"] == plan["queue"]
    assert "would move from" in ok(here("cadence", "refill"))
    moved = parsed(here("cadence", "refill", "blog", "--yes", "--json"))
    assert moved["moved"]
    assert [one["title"] for one in moved["moves"]] == ["One", "Two"]
    assert ok(here("cadence", "refill")) == "Everything stands in its slot."
    assert f"{days[0]}  Holiday" in ok(here("blackout", "list"))

    assert "One" in ok(here("cadence", "move", two["id"], "1"))
    assert [q["title"] for q in parsed(here("cadence", "slots", "--json"))["queue"]] == [
        "Two",
        "One",
    ]
    assert ok(here("cadence", "move", two["id"], "1")) == "Nothing had to move."
    assert "Forgotten" in ok(here("blackout", "remove", "Holiday", "--yes"))
    assert parsed(here("cadence", "slots", "--json"))["queue"][0]["wall"][:10] == days[0]
    assert ok(here("cadence", "remove", "weekly")).startswith("Forgotten: weekly")
    refused = here("enqueue", post("Three"), "--target", "blog")
    assert refused.returncode == 1
    assert "has no cadence" in refused.stderr


def test_a_cadence_by_options_and_its_change(here: Cli, post: Posts) -> None:
    add = ("cadence", "add", "weekly", "--target", "blog")
    options = ("--days", "tue,fri", "--at", "09:00", "--at", "17:30", "--tz", "Asia/Tokyo")
    made = parsed(here(*add, *options, "--json"))
    assert made["cadence"]["words"] == "Tuesdays and Fridays 09:00 and 17:30 Asia/Tokyo"
    assert (made["moves"], made["moved"]) == ([], False)
    again = here(*add, "daily 08:00")
    assert again.returncode == 1
    assert "--replace" in again.stderr
    ok(here("enqueue", post("One"), "--target", "blog"))
    changed = parsed(here(*add, "daily 08:00 UTC", "--replace", "--yes", "--json"))
    assert changed["moved"]
    assert changed["moves"][0]["to"].endswith("08:00:00+00:00")
    assert "Every day 08:00 UTC" in ok(here("cadence", "list"))
    assert here(*add, "daily 08:00", "--days", "mon").returncode == 2
    assert here(*add).returncode == 1


def test_the_calendar_shows_what_goes_out_and_what_is_free(here: Cli, post: Posts) -> None:
    ok(here("cadence", "add", "daily", "daily 09:00", "--target", "blog"))
    p = parsed(here("enqueue", post("A post, with commas"), "--target", "blog", "--json"))
    day = datetime.fromisoformat(p["wall"]).date()
    free = day + timedelta(days=1)
    shut = day + timedelta(days=2)
    ok(here("blackout", "add", shut.isoformat(), "--name", "Holiday"))

    text = ok(here("calendar", "--month", f"{day:%Y-%m}"))
    assert text.startswith(f"{day:%B %Y} · times of Europe/Berlin")
    assert re.search(rf"\b{day.day}\*? ●1", text)  # * marks today
    assert "09:00  blog  scheduled  A post, with commas  (this computer must be on)" in text
    text = ok(here("calendar", "--week", free.isoformat()))
    assert f"{free:%a} {free}\n  09:00  blog  free (daily)" in text
    assert f"{shut}  × Holiday" in ok(here("calendar", "--week", shut.isoformat()))
    found = parsed(here("calendar", "--week", day.isoformat(), "--json"))
    (shown,) = [one for one in found["days"] if one["date"] == day.isoformat()]
    assert (found["zone"], shown["publications"][0]["id"]) == ("Europe/Berlin", p["id"])
    assert shown["free"] == []
    assert "times of Europe/Berlin" in ok(here("calendar", "--week"))
    assert here("calendar", "--month", "2026-13").returncode == 1
    assert here("calendar", "--week", "soon").returncode == 1
    assert "no target 'blgo'" in here("calendar", "--target", "blgo").stderr


def test_the_calendar_goes_out_as_a_file_and_through_a_pipe(
    cli: Cli, post: Posts, tmp_path: Path
) -> None:
    ok(cli("cadence", "add", "daily", "daily 09:00", "--target", "blog"))
    p = parsed(cli("enqueue", post("A post"), "--target", "blog", "--json"))
    file = tmp_path / "posts.ics"
    assert ok(cli("calendar", "export", str(file))) == f"{file} was written."
    assert ok(cli("calendar", "export", str(file))) == f"{file} says that already."
    piped = ok(cli("calendar", "export", "-", "--no-alarms"))
    assert "VALARM" not in piped
    (event,) = icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")
    assert event.decoded("DTSTART") == datetime.fromisoformat(p["due"]).astimezone(UTC)
    missing = cli("calendar", "export", str(tmp_path / "no" / "posts.ics"))
    assert missing.returncode == 1
    assert "cannot be written" in missing.stderr


def test_the_calendar_file_follows_every_command(cli: Cli, post: Posts, tmp_path: Path) -> None:
    ok(cli("cadence", "add", "daily", "daily 09:00", "--target", "blog"))
    file = tmp_path / "posts.ics"
    ok(cli("config", "calendar.file", str(file)))
    assert b"VEVENT" not in file.read_bytes()
    ok(cli("enqueue", post("A post"), "--target", "blog"))
    assert b"SUMMARY:A post" in file.read_bytes()
    file.write_text("my notes")
    warned = cli("enqueue", post("Another"), "--target", "blog")
    assert warned.returncode == 0
    assert "not written by Field Journal" in warned.stderr
    assert file.read_text() == "my notes"
