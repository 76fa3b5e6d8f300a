"""Templates and the note of the day on a real journal."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from journal_app.domain.entry import KINDS
from journal_app.journal import Journal

BUILT_IN = {
    "lesson", "failure", "decision", "hypothesis", "contract", "dataset", "weekly", "daily", "eval",
}  # fmt: skip


def test_every_built_in_template_says_what_it_is_for_and_leaves_no_placeholder(
    journal: Journal,
) -> None:
    known = journal.templates.all()
    assert {one.name for one in known} == BUILT_IN
    for one in known:
        assert one.about and one.kind in KINDS
        filled = journal.templates.text(one.name, title="T", commit="abc")
        assert "{{" not in filled.text
        assert 0 <= filled.caret <= len(filled.text)


def test_a_new_entry_from_a_template(journal: Journal) -> None:
    entry = journal.templates.new_entry("lesson", title="Warmup matters", commit="deadbeef")
    assert (entry.kind, entry.title) == ("lesson", "Warmup matters")
    assert "Commit: deadbeef" in entry.body
    named = journal.templates.new_entry("failure")
    assert named.title.startswith("Failure report 20")


def test_an_entry_tagged_template_can_be_used(journal: Journal) -> None:
    journal.entries.add("Ablation plan #template\n\n## {{title}}\n\n{{cursor}}")
    own = [one for one in journal.templates.all() if one.entry_id]
    assert [one.name for one in own] == ["ablation-plan"]
    filled = journal.templates.text("ablation-plan", title="No warmup")
    assert filled.text[: filled.caret] == "## No warmup\n\n"
    entry = journal.templates.new_entry("ablation-plan", title="No warmup")
    assert entry.title == "No warmup" and "template" not in entry.tags


def test_a_day_has_one_note_and_lines_join_it(journal: Journal) -> None:
    first, made = journal.templates.today()
    assert made and "daily" in first.tags
    second, again = journal.templates.today("loss is down #warmup")
    assert not again and second.id == first.id
    assert second.body.endswith("loss is down #warmup") and "warmup" in second.tags


def test_the_next_day_has_a_note_of_its_own(journal_folder: Path) -> None:
    now = [1_800_000_000_000]
    with Journal(journal_folder, now=lambda: now[0]) as journal:
        first, _ = journal.templates.today()
        now[0] += 24 * 3600 * 1000
        second, made = journal.templates.today()
        assert made and second.id != first.id


def test_a_note_in_the_trash_comes_back(journal: Journal) -> None:
    entry, _ = journal.templates.today()
    journal.entries.trash(entry.id)
    again, made = journal.templates.today()
    assert again.id == entry.id and not made and again.trashed_at is None


def test_the_template_of_the_day_can_be_ones_own(journal: Journal) -> None:
    journal.entries.create("## Plan\n{{cursor}}", title="My day", tags=["template"])
    journal.settings.set("daily.template", "my-day")
    assert journal.templates.today()[0].body.startswith("## Plan")


def test_a_template_that_went_away_does_not_stop_the_day(journal: Journal) -> None:
    journal.settings.set("daily.template", "gone")
    assert "## Log" in journal.templates.today()[0].body


@pytest.mark.timeout(90)
def test_two_processes_at_once_make_one_note(journal_folder: Path) -> None:
    code = (
        "import sys; from journal_app.journal import Journal\n"
        "with Journal(__import__('pathlib').Path(sys.argv[1])) as j:\n"
        "    for n in range(5): print(j.templates.today(f'line {sys.argv[2]} {n}')[0].id)"
    )
    started = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(journal_folder), str(n)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(2)
    ]
    ids = {line for one in started for line in one.communicate()[0].split()}
    assert [one.returncode for one in started] == [0, 0]
    assert len(ids) == 1
    with Journal(journal_folder) as journal:
        body = journal.templates.today()[0].body
    assert all(f"line {a} {b}" in body for a in (0, 1) for b in range(5))
