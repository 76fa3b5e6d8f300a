"""Rules of the editing commands: each is one edit, and says where the selection goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain import editing
from journal_app.domain.editing import applied


def run(text: str, command: object, *rest: object, **named: object) -> str:
    """The text with « at the anchor and » at the caret, before and after."""
    anchor, caret = text.find("«"), text.replace("«", "").find("»")
    plain = text.replace("«", "").replace("»", "")
    caret = caret if caret >= 0 else anchor
    anchor = anchor if anchor >= 0 else caret
    edit = command(plain, anchor, caret, *rest, **named)  # type: ignore[operator]
    after = applied(plain, edit)
    low, high = sorted((edit.anchor, edit.caret))
    return after[:low] + "«" + after[low:high] + "»" + after[high:]


@pytest.mark.parametrize(
    ("before", "mark", "after"),
    [
        ("a «word» b", "**", "a **«word»** b"),
        ("a **«word»** b", "**", "a «word» b"),
        ("a «**word**» b", "**", "a «word» b"),
        ("a **«word»** b", "*", "a ***«word»*** b"),
        ("a ***«word»*** b", "*", "a **«word»** b"),
        ("a « word » b", "`", "a  `«word»`  b"),
        ("a wo»«rd b", "*", "a *«word»* b"),
        ("a »«", "**", "a **«»**"),
    ],
)
def test_marks_go_on_and_off(before: str, mark: str, after: str) -> None:
    before = before.replace("»«", "«»") if "»«" in before else before
    assert run(before, editing.toggle_mark, mark) == after


def test_a_link_leaves_the_caret_where_something_is_missing() -> None:
    assert run("see «the log»", editing.make_link) == "see [the log](«»)"
    assert run("see «https://a.example/x»", editing.make_link) == "see [«»](https://a.example/x)"
    assert run("see «»", editing.make_link) == "see [«»]()"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [ ] a«»", "- [x] a«»"),
        ("- [x] a«»", "- [ ] a«»"),
        ("- a«»", "- [ ] a«»"),
        ("a«»", "- [ ] a«»"),
        ("«»", "- [ ] «»"),
        ("«- [x] a\n- [ ] b»", "«- [x] a\n- [x] b»"),
        ("«- [x] a\ntext\n- [x] b»", "«- [ ] a\ntext\n- [ ] b»"),
        ("> 1. [ ] a«»", "> 1. [x] a«»"),
    ],
)
def test_tasks_are_made_ticked_and_cleared(before: str, after: str) -> None:
    assert run(before, editing.toggle_task) == after


def test_lines_move_and_keep_the_selection() -> None:
    assert run("a\n«b»\nc", editing.move_lines, down=True) == "a\nc\n«b»"
    assert run("a\n«b»\nc", editing.move_lines, down=False) == "«b»\na\nc"
    assert run("a\n«b\nc»\nd", editing.move_lines, down=False) == "«b\nc»\na\nd"
    assert editing.move_lines("a\nb", 0, 0, down=False) is None
    assert editing.move_lines("a\nb", 2, 2, down=True) is None


def test_duplicates() -> None:
    assert run("a «b» c", editing.duplicate) == "a b«b» c"
    assert run("a«»\nb", editing.duplicate) == "a\na«»\nb"


def test_joined_lines_lose_their_marks() -> None:
    assert run("«»one\n- two", editing.join_lines) == "one«» two"
    assert run("«one\n  > two\n\n1. three»", editing.join_lines) == "one two«» three"
    assert editing.join_lines("one", 0, 0) is None


def test_a_typed_mark_surrounds_the_selection() -> None:
    assert run("a «b» c", editing.surround, "(") == "a («b») c"
    assert editing.surround("a b", 1, 1, "(") is None
    assert editing.surround("a\nb", 0, 3, "*") is None
    assert editing.surround("a b", 0, 1, "x") is None


@pytest.mark.parametrize(
    ("before", "after", "made"),
    [
        ("- a", "", "\n- "),
        ("9. a", "", "\n10. "),
        ("  * [x] a", "", "\n  * [ ] "),
        ("> a", "", "\n> "),
        ("> - a", "", "\n> - "),
        ("a", "", "\n"),
    ],
)
def test_enter_goes_on(before: str, after: str, made: str) -> None:
    assert editing.new_line(before, after) == editing.NewLine(made)


@pytest.mark.parametrize("before", ["- ", "1. ", "> ", "- [ ] "])
def test_enter_on_an_empty_item_ends_the_list(before: str) -> None:
    assert editing.new_line(before, "").clear


def test_numbers_go_on_below_a_new_item() -> None:
    assert editing.renumbered(["2. new", "2. b", "   - under", "3. c", "", "text", "9. other"]) == [
        "2. new", "3. b", "   - under", "4. c", "", "text", "9. other",
    ]  # fmt: skip
    assert editing.renumbered(["2. a", "3. b", "7. c"]) == ["2. a", "3. b", "7. c"]
    assert editing.renumbered(["1. a", "", "text", "1. b"])[3] == "1. b"


COMMANDS = [
    editing.toggle_task,
    editing.duplicate,
    editing.make_link,
    editing.join_lines,
    lambda t, a, c: editing.toggle_mark(t, a, c, "**"),
    lambda t, a, c: editing.move_lines(t, a, c, down=True),
    lambda t, a, c: editing.move_lines(t, a, c, down=False),
]


@given(st.text("ab1.-*[]x> \n#|`", max_size=40), st.data())
def test_no_command_leaves_the_text(text: str, data: st.DataObject) -> None:
    place = st.integers(0, len(text))
    anchor, caret = data.draw(place), data.draw(place)
    for command in COMMANDS:
        edit = command(text, anchor, caret)
        if edit is None:
            continue
        assert 0 <= edit.start <= edit.end <= len(text)
        assert min(edit.anchor, edit.caret) >= 0
        assert max(edit.anchor, edit.caret) <= len(applied(text, edit))


@given(st.text("ab \n", min_size=1, max_size=30), st.data())
def test_bold_twice_is_nothing(text: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    once = editing.toggle_mark(text, at, at, "**")
    made = applied(text, once)
    again = editing.toggle_mark(made, once.anchor, once.caret, "**")
    assert applied(made, again) == text
