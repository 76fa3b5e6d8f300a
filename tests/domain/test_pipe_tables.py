"""Pipe tables: found, brought into order, changed."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain import pipe_tables as tables
from journal_app.domain.pipe_tables import Table

TEXT = r"""before
| a | bb |
|---|--:|
| long cell | 1 |
x | `a\|b`
after""".split("\n")


def found(lines: list[str], line: int) -> Table:
    table = tables.table_at(lines, line)
    assert table is not None
    return table


def test_a_table_is_found_from_each_of_its_lines() -> None:
    for line in range(1, 5):
        assert found(TEXT, line) == found(TEXT, 1)
    assert tables.table_at(TEXT, 0) is None and tables.table_at(TEXT, 5) is None
    assert found(TEXT, 1).rows == (("a", "bb"), ("long cell", "1"), ("x", "`a\\|b`"))


def test_no_table_without_its_rule_or_in_code() -> None:
    assert tables.table_at(["a | b", "c | d"], 0) is None
    assert tables.table_at(["```", *TEXT], 3) is None
    assert tables.table_at(["```", "```", *TEXT], 4) is not None


def test_the_columns_stand_below_each_other() -> None:
    assert tables.lines_of(found(TEXT, 1)) == [
        "| a         |     bb |",
        "| --------- | -----: |",
        "| long cell |      1 |",
        "| x         | `a\\|b` |",
    ]


def test_wide_characters_take_two_columns() -> None:
    lines = ["| 学习率 | x |", "|:-:|---|", "| ab | e\u0301 |"]
    neat = tables.lines_of(found(lines, 0))
    assert neat[2] == "|   ab   | e\u0301   |"
    assert {tables.width(line) for line in neat} == {tables.width(neat[0])}


def test_rows_and_columns_come_go_and_move() -> None:
    table = found(TEXT, 1)
    assert tables.add_row(table, 0).rows[1] == ("", "")
    assert tables.remove_row(table, 0) is table
    assert tables.remove_row(table, 1).rows == (("a", "bb"), ("x", "`a\\|b`"))
    assert tables.move_row(table, 1, 1).rows[2] == ("long cell", "1")
    assert tables.move_row(table, 1, -1) is table
    assert tables.move_column(table, 0, 1).aligns == ("right", "")
    assert tables.remove_column(tables.remove_column(table, 0), 0).rows[0] == ("bb",)
    assert tables.add_column(table, 1).rows[0] == ("a", "", "bb")
    assert tables.lines_of(tables.set_align(table, 0, "center"))[1].startswith("| :")


CELL = st.text("ab 学`|\\-:e\u0301", max_size=6)


@given(st.lists(st.lists(CELL, min_size=1, max_size=4), min_size=1, max_size=5))
def test_order_brought_twice_changes_nothing(rows: list[list[str]]) -> None:
    lines = ["| " + " | ".join(row) + " |" for row in rows]
    lines.insert(1, "|" + "---|" * max(1, len(rows[0])))
    table = tables.table_at(lines, 0)
    if table is None:
        return
    neat = tables.lines_of(table)
    again = tables.table_at(neat, 0)
    assert again is not None and again.rows == table.rows
    assert tables.lines_of(again) == neat
    assert len({tables.width(line) for line in neat}) == 1


@given(CELL, st.integers(0, 12))
def test_a_caret_is_always_in_a_cell(line: str, at: int) -> None:
    line = f"|{line}|x|"
    column = tables.column_at(line, at)
    start, end = tables.cell_span(line, column)
    assert 0 <= column < len(tables.spans(line)) and 0 <= start <= end <= len(line)
