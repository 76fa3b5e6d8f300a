"""Marked lines of a stream: found while it flows, with their numbers, in bounded memory."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

LOOKED_AT = 4096  # bytes of a line that are matched; the rest of an endless line is only counted
SHOWN = 400  # letters of a line in a note
_ESCAPES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)?")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marked line: its number (the first is 1) and its text without control characters."""

    number: int
    text: str


class Marker:
    """Splits a stream of bytes at line feeds and finds the lines that fit a pattern.

    A progress bar draws over itself with carriage returns; each state counts as a text of the same
    line, and the first one that fits is the mark.
    """

    def __init__(self, pattern: re.Pattern[str] | None) -> None:
        self.pattern = pattern
        self.lines = 0  # begun so far
        self._open = bytearray()  # the beginning of a line that has not ended
        self._begun = False

    def feed(self, data: bytes) -> list[Mark]:
        """The marked ones among the lines that end in `data`."""
        marks: list[Mark] = []
        pieces = data.split(b"\n")
        for index, piece in enumerate(pieces):
            if (piece or index < len(pieces) - 1) and not self._begun:
                self._begun = True
                self.lines += 1
            self._open += piece[: LOOKED_AT - len(self._open)]
            if index < len(pieces) - 1:
                marks += self._ended()
        return marks

    def end(self) -> list[Mark]:
        """The mark of a last line without a line feed."""
        return self._ended() if self._begun else []

    def _ended(self) -> list[Mark]:
        line, self._open, self._begun = bytes(self._open), bytearray(), False
        if self.pattern is None:
            return []
        for state in line.decode("utf-8", "replace").split("\r"):
            text = _CONTROLS.sub("", _ESCAPES.sub("", state))
            if self.pattern.search(text):
                return [Mark(self.lines, text[:SHOWN])]
        return []


def as_note(marks: Sequence[Mark], run: str, stream: str) -> tuple[str, str]:
    """Title and Markdown body of a note about marked lines; the lines stand in a code block."""
    lines = [f"{mark.number}: {mark.text}" for mark in marks]
    longest = max((len(ticks) for line in lines for ticks in re.findall("`+", line)), default=0)
    fence = "`" * max(3, longest + 1)
    first = marks[0]
    title = (
        f"{run}, line {first.number}: {first.text.strip()}"
        if len(marks) == 1
        else f"{run}: {len(marks)} marked lines, {first.number} to {marks[-1].number}"
    )
    shown = "\n".join(lines)
    return title, f"Marked in the stream `{stream}`:\n\n{fence}text\n{shown}\n{fence}"
