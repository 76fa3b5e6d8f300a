"""Headings and what can be folded."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain import outline
from journal_app.domain.outline import Fold, Heading

TEXT = """# Title
intro
## **First** [part](x) ##
- item
  - under
  more
- other

```py
# no heading
```
## Second

text

""".split("\n")


def test_headings_without_marks_and_not_from_code() -> None:
    assert outline.outline(TEXT) == [
        Heading(0, 1, "Title"), Heading(2, 2, "First part"), Heading(11, 2, "Second"),
    ]  # fmt: skip


def test_the_heading_of_a_line() -> None:
    headings = outline.outline(TEXT)
    assert [outline.current(headings, n) for n in (0, 1, 2, 10, 13)] == [0, 0, 1, 1, 2]
    assert outline.current(headings[1:], 0) == -1


def test_sections_code_and_items_fold() -> None:
    assert outline.folds(TEXT) == [
        Fold(0, 13), Fold(2, 10), Fold(3, 5), Fold(4, 5), Fold(8, 10), Fold(11, 13),
    ] or outline.folds(TEXT) == [
        Fold(0, 13), Fold(2, 10), Fold(3, 5), Fold(8, 10), Fold(11, 13),
    ]  # fmt: skip


def test_the_fold_of_a_line_is_the_innermost() -> None:
    found = outline.folds(TEXT)
    assert outline.fold_at(found, 9) == Fold(8, 10)
    assert outline.fold_at(found, 1) == Fold(0, 13)
    assert outline.fold_at(outline.folds(["text"]), 0) is None


@given(
    st.lists(
        st.sampled_from(["# a", "## b", "- x", "  - y", "```", "  ```", "", "t", "  t", "1. z"])
    )
)
def test_folds_lie_in_the_text_and_in_each_other(lines: list[str]) -> None:
    found = outline.folds(lines)
    for fold in found:
        assert 0 <= fold.head < fold.last < len(lines)
        for other in found:
            apart = other.head > fold.last or fold.head > other.last
            inside = fold.head <= other.head and other.last <= fold.last
            around = other.head <= fold.head and fold.last <= other.last
            assert apart or inside or around, (fold, other)
