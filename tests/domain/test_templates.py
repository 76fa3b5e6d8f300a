"""Templates: placeholders are filled once, and a line joins the note of the day."""

from __future__ import annotations

import pytest

from journal_app.domain import templates
from journal_app.errors import JournalError


def test_placeholders_are_filled_once_and_the_caret_is_found() -> None:
    filled = templates.fill(
        "{{title}} on {{ date }}: {{cursor}}!\n{{unknown}} {x}{{cursor}}",
        {"title": "{{date}}", "date": "2026-11-22"},
    )
    assert filled.text == "{{date}} on 2026-11-22: !\n{{unknown}} {x}"
    assert filled.text[: filled.caret] == "{{date}} on 2026-11-22: "


def test_without_a_mark_the_caret_is_at_the_end() -> None:
    assert templates.fill("abc", {}).caret == 3


def test_a_file_says_kind_and_tags() -> None:
    found = templates.read(
        "x", "---\ntitle: T: one\nkind: lesson\ntags: a b\n---\ntext\n---\nmore\n"
    )
    assert (found.title, found.kind, found.tags) == ("T: one", "lesson", ("a", "b"))
    assert found.text == "text\n---\nmore\n"


def test_an_entry_with_the_tag_is_a_template_without_its_name_and_tag() -> None:
    own = templates.own(
        "ID", "Ablation plan", "note", "Ablation plan #template\n\n## Why\n{{cursor}}", ("x",)
    )
    assert (own.name, own.text) == ("ablation-plan", "## Why\n{{cursor}}")
    assert templates.find([own], "Ablation Plan") is own
    with pytest.raises(JournalError, match="no template"):
        templates.find([own], "other")


def test_the_users_own_wins_over_a_built_in_of_the_same_name() -> None:
    built = templates.read("lesson", "a")
    own = templates.own("ID", "Lesson", "note", "b", ("template",))
    assert templates.find([built, own], "lesson") is own


@pytest.mark.parametrize(
    ("body", "after"),
    [
        ("", "- 14:08 x"),
        ("## Log\n", "## Log\n\n- 14:08 x"),
        ("## Log\n\n- 13:00 y\n\n", "## Log\n\n- 13:00 y\n- 14:08 x"),
    ],
)
def test_a_line_with_the_time(body: str, after: str) -> None:
    assert templates.stamped(body, " x ", "14:08") == after


def test_more_lines_stay_one_item() -> None:
    assert templates.stamped("", "a\n\nb", "09:00") == "- 09:00 a\n\n  b"
    with pytest.raises(JournalError):
        templates.stamped("x", "  ", "09:00")
