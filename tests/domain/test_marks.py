"""Marked lines: the same whatever the chunks, numbered, bounded."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain.marks import LOOKED_AT, Mark, Marker, as_note


def marks_of(chunks: list[bytes], pattern: str) -> tuple[list[Mark], int]:
    marker = Marker(re.compile(pattern))
    found = [mark for chunk in chunks for mark in marker.feed(chunk)] + marker.end()
    return found, marker.lines


@given(st.lists(st.sampled_from([b"loss", b"\n", b" nan", b"\r", b"\xff\x00", b"x"]), max_size=40))
def test_chunks_make_no_difference(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    assert marks_of(pieces, "loss") == marks_of([whole], "loss")
    lines = whole.split(b"\n")
    assert marks_of([whole], "loss")[1] == len(lines) - (lines[-1] == b"")


def test_lines_are_numbered_and_the_state_of_a_progress_bar_is_found() -> None:
    text = b"start\n10%\r20% loss nan\r100%\n\x1b[31mERROR\x1b[0m bad\nloss nan at the end"
    found, lines = marks_of([text], "nan|ERROR")
    assert found == [Mark(2, "20% loss nan"), Mark(3, "ERROR bad"), Mark(4, "loss nan at the end")]
    assert lines == 4


def test_an_endless_line_takes_bounded_memory() -> None:
    marker = Marker(re.compile("begin"))
    marker.feed(b"begin")
    for _ in range(100):
        marker.feed(b"\x00" * 65536)
    assert len(marker._open) == LOOKED_AT
    (mark,) = marker.end()
    assert mark.text == "begin"


def test_a_note_holds_the_lines_as_code() -> None:
    title, body = as_note([Mark(7, "``` #tag ->run:x"), Mark(9, "b")], "d12", "d12-X.log")
    assert title == "d12: 2 marked lines, 7 to 9"
    assert body.endswith("````text\n7: ``` #tag ->run:x\n9: b\n````")
    assert as_note([Mark(7, "a")], "d12", "f")[0] == "d12, line 7: a"
