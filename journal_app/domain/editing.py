"""What editing commands do to Markdown: pure rules over a text and a selection.

Every offset counts characters of the text. A command gives one `Edit`, or None where it has
nothing to do; one edit is one step that can be undone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

ITEM = re.compile(r"(\s*(?:> ?)*\s*)([-*+]|(\d{1,9})([.)]))(\s+)(\[[ xX]\]\s+)?")
PAIRS = {"*": "*", "_": "_", "`": "`", "~": "~", "[": "]", "(": ")", "{": "}", '"': '"', "'": "'"}
_QUOTE = re.compile(r"\s*(?:> ?)+")
_ADDRESS = re.compile(r"https?://\S+\Z")


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in place of `start` to `end`; the selection is then `anchor` to `caret`."""

    start: int
    end: int
    text: str
    anchor: int
    caret: int


def applied(text: str, edit: Edit) -> str:
    """The text after an edit."""
    return text[: edit.start] + edit.text + text[edit.end :]


def toggle_mark(text: str, anchor: int, caret: int, mark: str) -> Edit:
    """Put `mark` (such as `**`) around the selection or the word at the caret, or take it away."""
    start, end = sorted((anchor, caret))
    if start == end:
        start, end = _word(text, start)
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    size = len(mark)
    inner = text[start:end]
    if _ends_in(text[:start], mark) and _begins_with(text[end:], mark):
        return Edit(start - size, end + size, inner, start - size, end - size)
    if len(inner) >= 2 * size and _begins_with(inner, mark) and _ends_in(inner, mark):
        bare = inner[size:-size]
        return Edit(start, end, bare, start, start + len(bare))
    return Edit(start, end, f"{mark}{inner}{mark}", start + size, end + size)


def _begins_with(text: str, mark: str) -> bool:
    """Whether `text` opens with exactly this mark: `**` is no `*`, but `***` holds both."""
    count = len(text) - len(text.lstrip(mark[0]))
    return count == len(mark) or (count >= 3 and mark[0] in "*_")


def _ends_in(text: str, mark: str) -> bool:
    return _begins_with(text[::-1], mark)


def _word(text: str, at: int) -> tuple[int, int]:
    start = end = at
    while start > 0 and (text[start - 1].isalnum() or text[start - 1] in "-'’"):
        start -= 1
    while end < len(text) and (text[end].isalnum() or text[end] in "-'’"):
        end += 1
    return (start, end) if any(c.isalnum() for c in text[start:end]) else (at, at)


def make_link(text: str, anchor: int, caret: int) -> Edit:
    """Make the selection a link; the caret goes to what is still missing."""
    start, end = sorted((anchor, caret))
    if start == end:
        start, end = _word(text, start)
    words = text[start:end]
    if _ADDRESS.match(words):
        return Edit(start, end, f"[]({words})", start + 1, start + 1)
    at = start + len(words) + 3
    return Edit(start, end, f"[{words}]()", at if words else start + 1, at if words else start + 1)


def surround(text: str, anchor: int, caret: int, typed: str) -> Edit | None:
    """Put a typed mark or bracket around the selection, which stays selected."""
    start, end = sorted((anchor, caret))
    if typed not in PAIRS or start == end:
        return None
    inner = text[start:end]
    if "\n" in inner and typed not in "\"'([{":
        return None
    return Edit(
        start, end, f"{typed}{inner}{PAIRS[typed]}", anchor + 1, caret + 1
    )  # the selection keeps its direction


def _lines(text: str, anchor: int, caret: int) -> tuple[int, int]:
    """From the start of the first to the end of the last line that the selection touches."""
    first, last = sorted((anchor, caret))
    if last > first and text[last - 1] == "\n":
        last -= 1  # the selection ends before this line
    start = text.rfind("\n", 0, first) + 1
    end = text.find("\n", last)
    return start, len(text) if end < 0 else end


def toggle_task(text: str, anchor: int, caret: int) -> Edit:
    """Tick or clear the tasks of the selected lines; an item or a line becomes a task."""
    start, end = _lines(text, anchor, caret)
    lines = text[start:end].split("\n")
    items = [ITEM.match(line) for line in lines]
    boxes = [item.group(6) for item in items if item is not None and item.group(6)]
    clear = bool(boxes) and all(box[1] in "xX" for box in boxes)
    made: list[str] = []
    for line, item in zip(lines, items, strict=True):
        if item is not None and item.group(6):
            at = item.start(6)
            made.append(f"{line[:at]}[{' ' if clear else 'x'}]{line[at + 3 :]}")
        elif boxes or (not line.strip() and len(lines) > 1):
            made.append(line)
        elif item is not None:
            made.append(f"{line[: item.end()]}[ ] {line[item.end() :]}")
        else:
            lead = len(line) - len(line.lstrip())
            made.append(f"{line[:lead]}- [ ] {line[lead:]}")
    new = "\n".join(made)
    return _kept(text, start, end, new, anchor, caret, made, lines)


def _kept(
    text: str,
    start: int,
    end: int,
    new: str,
    anchor: int,
    caret: int,
    made: Sequence[str],
    lines: Sequence[str],
) -> Edit:
    """An edit of lines that leaves caret and anchor beside the characters they stood at."""

    def moved(at: int) -> int:
        row = text.count("\n", start, min(at, end))
        grown = sum(len(made[n]) - len(lines[n]) for n in range(row))
        here = len(made[row]) - len(lines[row])
        begin = start + sum(len(line) + 1 for line in lines[:row])
        column = at - begin
        return begin + grown + (max(0, column + here) if column or here < 0 else here)

    return Edit(start, end, new, moved(anchor), moved(caret))


def move_lines(text: str, anchor: int, caret: int, *, down: bool) -> Edit | None:
    """Exchange the selected lines with the line below or above."""
    start, end = _lines(text, anchor, caret)
    block = text[start:end]
    if down:
        if end == len(text):
            return None
        stop = text.find("\n", end + 1)
        stop = len(text) if stop < 0 else stop
        other = text[end + 1 : stop]
        by = len(other) + 1
        last = len(text)  # the selection may have ended behind the line's end
        return Edit(start, stop, f"{other}\n{block}", min(last, anchor + by), min(last, caret + by))
    if start == 0:
        return None
    above = text.rfind("\n", 0, start - 1) + 1
    other = text[above : start - 1]
    by = len(other) + 1
    return Edit(above, end, f"{block}\n{other}", anchor - by, caret - by)


def duplicate(text: str, anchor: int, caret: int) -> Edit:
    """A second copy behind the selection, or of the line below it."""
    start, end = sorted((anchor, caret))
    if start != end and "\n" not in text[start:end]:
        return Edit(end, end, text[start:end], end, end + end - start)
    start, end = _lines(text, anchor, caret)
    by = end - start + 1
    return Edit(end, end, "\n" + text[start:end], anchor + by, caret + by)


def join_lines(text: str, anchor: int, caret: int) -> Edit | None:
    """Make one line of the selected ones, or of this and the next; marks of items go."""
    start, end = _lines(text, anchor, caret)
    if "\n" not in text[start:end]:
        if end == len(text):
            return None
        stop = text.find("\n", end + 1)
        end = len(text) if stop < 0 else stop
    first, *rest = text[start:end].split("\n")
    joined, at = first.rstrip(), len(first.rstrip())
    for line in rest:
        item = ITEM.match(line)
        quote = _QUOTE.match(line)
        words = line[item.end() if item else quote.end() if quote else 0 :].strip()
        at = len(joined)
        joined += (" " if joined and words else "") + words
    return Edit(start, end, joined, start + at, start + at)


@dataclass(frozen=True, slots=True)
class NewLine:
    """What Enter does: `clear` empties the line before the caret instead of going on."""

    text: str
    clear: bool = False


def new_line(before: str, after: str) -> NewLine:
    """Enter between `before` and `after` of one line: lists, tasks and quotes go on."""
    item = ITEM.match(before)
    if item is not None:
        if item.end() == len(before) and not after.strip():
            return NewLine("", clear=True)
        indent, mark, number, sign, space, box = item.groups()
        mark = f"{int(number) + 1}{sign}" if number else mark
        return NewLine("\n" + indent + mark + space + ("[ ] " if box else ""))
    quote = _QUOTE.match(before)
    if quote is not None and quote.group().strip():
        if quote.end() == len(before) and not after.strip():
            return NewLine("", clear=True)
        lead = quote.group()
        return NewLine("\n" + (lead if lead.endswith(" ") else lead + " "))
    return NewLine("\n")


def renumbered(lines: Sequence[str]) -> list[str]:
    """The lines below a numbered item, given with it, numbered on from it.

    The list ends at a line that is indented less, or that is text after an empty line. A list
    whose items all have the same number stays as it is.
    """
    out = list(lines)
    head = ITEM.match(lines[0]) if lines else None
    if head is None or head.group(3) is None:
        return out
    indent, number, sign = len(head.group(1)), int(head.group(3)), head.group(4)
    empty = False
    for at in range(1, len(lines)):
        line = lines[at]
        item = ITEM.match(line)
        lead = len(line) - len(line.lstrip())
        if not line.strip():
            empty = True
            continue
        if item is not None and len(item.group(1)) == indent and item.group(4) == sign:
            number += 1
            if int(item.group(3)) == number:
                break  # from here on it is in order
            out[at] = f"{item.group(1)}{number}{line[item.end(3) :]}"
        elif lead <= indent and (empty or item is not None):
            break
        empty = False
    return out
