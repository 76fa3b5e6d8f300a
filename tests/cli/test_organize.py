"""Versions, merges, templates, tags, stars and the trash on the command line."""

from __future__ import annotations

import json

from journal_app.journal import Journal
from tests.conftest import Cli


def data(cli: Cli, *words: str) -> object:
    done = cli(*words, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_versions_are_listed_compared_named_and_restored(cli: Cli) -> None:
    id = cli("add", "the loss is 0.912").stdout.strip()
    cli("edit", id, "--text", "the loss is 0.874")
    shown = cli("history", id).stdout
    assert "+1 −1" in shown and "+5" in shown
    assert "[-912-]{+874+}" in cli("diff", id).stdout
    assert cli("history", id, "--name", "as sent", "--rev", "1").stdout.strip() == "1  as sent"
    blocks = data(cli, "diff", id, "as sent", "now")
    assert isinstance(blocks, dict) and (blocks["old"], blocks["new"]) == (1, 2)
    assert cli("restore", id, "--rev", "1").returncode == 0
    listed = data(cli, "history", id)
    assert isinstance(listed, list)
    assert [one["origin"] for one in listed] == ["restore-1", "cli", "cli"]
    assert "restored from 1" in cli("history", id).stdout
    assert cli("diff", id, "nothing such").returncode == 1
    assert cli("diff", id, "3", "3").stdout.strip() == "Nothing changed."


def test_a_merge_is_printed_and_written(cli: Cli, journal: Journal) -> None:
    entry = journal.entries.create("one\n\ntwo\n")
    journal.entries.save(entry.id, "one\n\ntwo more\n", base_rev=1, origin="cli")
    copy = journal.entries.save(entry.id, "one!\n\ntwo\n", base_rev=1).copy
    clashing = journal.entries.save(entry.id, "one\n\nTWO\n", base_rev=1).copy
    assert copy is not None and clashing is not None
    assert cli("merge", copy.id).stdout == "one!\n\ntwo more\n"
    marked = cli("merge", entry.id, clashing.id)
    assert "<<<<<<< copy" in marked.stdout and "1 to decide" in marked.stderr
    refused = cli("merge", clashing.id, "--write")
    assert refused.returncode == 1 and "nothing was written" in refused.stderr
    assert cli("merge", copy.id, "--write").returncode == 0
    assert journal.entries.get(entry.id).body == "one!\n\ntwo more\n"
    assert journal.entries.get(copy.id).trashed_at is not None


def test_templates_and_the_day(cli: Cli) -> None:
    names = [one["name"] for one in data(cli, "templates")]  # type: ignore[attr-defined]
    assert "contract" in names and "## Stop rule" in cli("templates", "contract").stdout
    id = cli("new", "--template", "lesson", "Warmup", "matters").stdout.strip()
    shown = data(cli, "show", id)
    assert isinstance(shown, dict) and (shown["kind"], shown["title"]) == (
        "lesson",
        "Warmup matters",
    )
    first = cli("today", "loss", "is", "down").stdout.strip()
    second = cli("today", "and", "stays").stdout.strip()
    assert first == second
    text = cli("today").stdout
    assert text.index("loss is down") < text.index("and stays")
    assert cli("new", "--template", "poem").returncode == 1


def test_many_entries_are_tagged_by_a_search_after_a_dry_run(cli: Cli) -> None:
    for n in range(3):
        cli("add", f"warmup {n}")
    dry = cli("tag", "--search", "warmup", "add", "lr")
    assert dry.returncode == 0 and "3 found" in dry.stderr
    assert cli("tags").stdout.startswith("No tags yet")
    done = cli("tag", "--search", "warmup", "add", "lr", "--yes")
    assert done.stdout.count("#lr") == 3
    assert [(one["tag"], one["entries"]) for one in data(cli, "tags")] == [("lr", 3)]  # type: ignore[attr-defined]
    cli("tags", "--rename", "lr", "rate/warmup")
    assert "#rate/warmup" in cli("tags").stdout
    cli("tag", "--search", "warmup", "remove", "rate/warmup", "--yes")
    assert cli("tags").stdout.startswith("No tags yet")


def test_one_entry_is_tagged_as_before(cli: Cli) -> None:
    id = cli("add", "x").stdout.strip()
    assert cli("tag", id, "a", "b").stdout.strip() == "#a #b"
    assert cli("tag", id, "^a").stdout.strip() == "#b"
    assert cli("tag", id).returncode == 1


def test_stars(cli: Cli) -> None:
    id = cli("add", "a thing").stdout.strip()
    assert "No entry has a star" in cli("star").stdout
    assert cli("star", id).returncode == 0
    assert "a thing" in cli("star").stdout
    assert [one["id"] for one in data(cli, "list", "--section", "starred")] == [id]  # type: ignore[attr-defined]
    cli("star", id, "--remove")
    assert "No entry has a star" in cli("star").stdout


def test_the_trash_is_filled_by_a_search_listed_and_emptied(cli: Cli) -> None:
    for n in range(2):
        cli("add", f"scratch {n}")
    kept = cli("add", "kept").stdout.strip()
    assert "2 found" in cli("trash", "--search", "scratch").stderr
    assert cli("trash").stdout.strip() == "The trash is empty."
    cli("trash", "--search", "scratch", "--yes")
    assert "scratch 1" in cli("trash", "--list").stdout
    asked = cli("trash", "--empty", stdin="n\n")
    assert asked.returncode == 130
    assert len(data(cli, "trash")) == 2  # type: ignore[arg-type]
    assert cli("trash", "--empty", "--older", "1", "--yes").stdout.startswith("0 removed")
    assert cli("trash", "--empty", "--yes").stdout.startswith("2 removed")
    assert [one["id"] for one in data(cli, "list")] == [kept]  # type: ignore[attr-defined]


def test_an_empty_search_and_a_mistaken_one_throw_nothing_away(cli: Cli, journal: Journal) -> None:
    journal.entries.create("one")
    assert cli("trash", "--search", "", "--yes").stdout == ""
    refused = cli("trash", "--search", "like:nope", "--yes")
    assert refused.returncode == 1 and "There is no entry 'nope'" in refused.stderr
    assert len(journal.entries.rows()) == 1


def test_a_saved_search_chooses_what_is_changed(cli: Cli, journal: Journal) -> None:
    entry = journal.entries.create("scratch paper")
    journal.entries.create("an entry about searches: Old paper")
    cli("search", "scratch", "--save", "Old paper")
    assert entry.title in cli("tag", "--search", "@Old paper", "add", "x", "--yes").stdout
    assert [row.title for row in journal.entries.rows() if row.tags] == [entry.title]


def test_a_template_that_is_not_there_is_refused_as_the_daily_one(cli: Cli) -> None:
    refused = cli("config", "daily.template", "nope")
    assert refused.returncode == 1 and "Templates:" in refused.stderr
    assert cli("config", "daily.template", "weekly").stdout.strip() == "weekly"
