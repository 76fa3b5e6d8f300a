"""The capture line: what is a tag, what is a link, what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain.capture import clean_tag, parse
from journal_app.domain.entry import Link, excerpt_of, title_of
from journal_app.errors import JournalError


def test_tags_stay_in_the_text_and_links_leave_it() -> None:
    found = parse("Loss left at 4,200 #warmup #d12 ->run:abc ->supports:eval:7")
    assert found.text == "Loss left at 4,200 #warmup #d12"
    assert found.tags == ("warmup", "d12")
    assert found.links == (Link("run", "abc"), Link("eval", "7", "supports"))


@pytest.mark.parametrize(
    "text",
    [
        "# A heading is no tag",
        "colour #12 and issue #404",
        "`code #nope ->run:x` stays",
        "```\n#nope ->run:x\n```\nafter",
        "mail@x.org/#anchor",
        "C#sharp",
    ],
)
def test_what_is_no_tag_and_no_link(text: str) -> None:
    found = parse(text)
    assert found.tags == ()
    assert found.links == ()
    assert found.text == text


def test_tags_of_other_languages() -> None:
    assert parse("Aufwärmen #überanpassung 学习率 #学习率").tags == ("überanpassung", "学习率")


@pytest.mark.parametrize("text", ["", "   \n ", "->run:abc", "\n\n->entry:x  \n"])
def test_nothing_to_keep_is_an_error_that_says_so(text: str) -> None:
    with pytest.raises(JournalError, match="nothing to keep"):
        parse(text)


@given(st.text(min_size=1).filter(lambda t: bool(t.strip()) and "->" not in t))
def test_no_text_is_ever_lost(text: str) -> None:
    assert parse(text).text == text.replace("\x00", "\ufffd").strip("\n").rstrip()


def test_a_tag_by_hand_is_cleaned_and_an_empty_one_refused() -> None:
    assert clean_tag(" #Token Drift! ") == "token-drift"
    with pytest.raises(JournalError):
        clean_tag("##")


@pytest.mark.parametrize(
    ("body", "title"),
    [
        ("# Warmup matters\n\ntext", "Warmup matters"),
        ("- **Result**: worse\n", "Result: worse"),
        ("[the *run*](http://x) diverged #a #b", "the run diverged"),
        ("#only-tags", "#only-tags"),
        ("```py\nx\n```\nAfter code", "After code"),
        ("snake_case_name is kept", "snake_case_name is kept"),
        ("", ""),
        (
            "Weight decay does not matter for the smallest head. Predict 3.5 points before more.",
            "Weight decay does not matter for the smallest head",
        ),
    ],
)
def test_the_title_is_the_first_line_in_plain_words(body: str, title: str) -> None:
    assert title_of(body) == title


def test_a_title_shows_a_link_as_its_words() -> None:
    body = r"After [a \| b\] c](entry:01M82R883S3HC2SMEC98VW96VM) it held"
    assert title_of(body) == "After a | b] c it held"


def test_an_excerpt_shows_the_cells_of_a_table_and_not_its_bars() -> None:
    body = "Runs\n\n| step | loss |\n| ---: | :--- |\n| 100 | 1.81 |\n"
    assert excerpt_of("Runs", body) == "step loss 100 1.81"


def test_a_text_that_begins_with_a_table_is_titled_by_its_first_cells() -> None:
    body = "| step | loss \\| bpb |\n| ---: | :--- |\n| 100 | 1.81 |\n\nIt fell."
    assert title_of(body) == "step loss | bpb"
    assert excerpt_of(title_of(body), body) == "100 1.81 It fell."
    assert title_of("|  |  |\n|---|---|\n\nAfter the table") == "After the table"


def test_the_excerpt_does_not_repeat_the_title() -> None:
    body = "Warmup matters #lr\n\nWith 100 steps the loss left."
    assert excerpt_of(title_of(body), body) == "With 100 steps the loss left."
    body = "Weight decay does not matter for the smallest head. Predict 3.5 points before the next."
    assert excerpt_of(title_of(body), body) == "Predict 3.5 points before the next."


@given(st.text(max_size=400))
def test_titles_and_excerpts_are_short_single_lines(body: str) -> None:
    for text in (title_of(body), excerpt_of(title_of(body), body)):
        assert len(text) <= 180
        assert "\n" not in text
