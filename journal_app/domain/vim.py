"""A sound part of Vim: keys in, text and caret out. No widget, no clipboard, no clock.

Keys are characters, or names such as `<Esc>` and `<C-r>`. In insert mode only `<Esc>` is taken: the
editor types as it always does.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

from journal_app.domain.editing import applied, join_lines
from journal_app.domain.vim_motions import (
    MOTIONS,
    Move,
    first_word,
    last_in_line,
    line_end,
    line_start,
    text_object,
    to_char,
)

Mode = Literal["normal", "insert", "visual", "visual-line"]

_COMMAND = re.compile(
    r"(?P<count>[1-9]\d*)?"
    r"(?:(?P<op>[dcy])(?P<more>[1-9]\d*)?)?"
    r"(?P<rest>.*)",
    re.DOTALL,
)
_LEADS = frozenset({"g", "f", "F", "t", "T", "r"})  # these wait for one key more
_SIMPLE = frozenset("xXDCYpPJuoOaAiIsS.nN;,vV~")
_NAMES = ("<Esc>", "<C-r>")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a key did. `command`: find, next, previous, undo, redo, write or quit."""

    text: str
    caret: int
    anchor: int | None = None  # of a selection
    taken: bool = True
    command: str = ""


class Vim:
    """One editor's state: mode, keys under way, register, last change."""

    def __init__(self) -> None:
        self.mode: Mode = "normal"
        self.pending = ""
        self._keys: list[str] = []
        self._register = ("", False)  # text, whole lines
        self._found: tuple[str, str] | None = None  # of f, t, F, T
        self._anchor = 0
        self._began = 0  # where insert mode was entered
        self._change: tuple[tuple[str, ...], str] | None = None  # keys and what was typed after
        self._entering: tuple[str, ...] | None = None
        self._replaying = False

    # ------------------------------------------------------------------ keys

    def press(self, key: str, text: str, caret: int) -> Outcome:
        """Take a key at a caret (in visual mode: the moving end of the selection)."""
        if self.mode == "insert":
            if key != "<Esc>":
                return Outcome(text, caret, taken=False)
            return self._leave_insert(text, caret)
        if key == "<Esc>":
            self._reset()
            self.mode = "normal"
            return Outcome(text, self._settled(text, caret))
        self._keys.append(key)
        self.pending = "".join(self._keys)
        if self.pending.startswith(":"):
            return self._line_command(text, caret)
        if self.pending == "/":
            return self._done(Outcome(text, caret, command="find"))
        match = _COMMAND.fullmatch(self.pending)
        rest = match["rest"] if match else ""
        if match is None or not rest or rest in _LEADS:
            return Outcome(text, caret, self._selected())
        count = None
        if match["count"] or match["more"]:
            count = min(int(match["count"] or 1) * int(match["more"] or 1), 10_000)
        if self.mode in ("visual", "visual-line"):
            return self._visual(match["op"], rest, count, text, caret)
        if match["op"]:
            return self._operate(match["op"], rest, count, text, caret)
        return self._normal(rest, count, text, caret)

    def selection(self, text: str, caret: int) -> tuple[int, int]:
        """The span that visual mode has chosen, its last character included."""
        start, end = sorted((self._anchor, caret))
        if self.mode == "visual-line":
            return line_start(text, start), min(len(text), line_end(text, end) + 1)
        return start, min(len(text), end + 1)

    def _selected(self) -> int | None:
        return self._anchor if self.mode.startswith("visual") else None

    def _reset(self) -> None:
        self._keys.clear()
        self.pending = ""

    def _done(self, outcome: Outcome) -> Outcome:
        self._reset()
        if self.mode == "normal":
            return replace(outcome, caret=self._settled(outcome.text, outcome.caret))
        return outcome

    @staticmethod
    def _settled(text: str, caret: int) -> int:
        """In normal mode the caret stands on a character, not behind the line."""
        return min(caret, last_in_line(text, min(caret, len(text))))

    def _line_command(self, text: str, caret: int) -> Outcome:
        if self._keys[-1] == "<BS>":
            del self._keys[-2:]
            self.pending = "".join(self._keys)
        elif self._keys[-1] == "<CR>":
            words = "".join(self._keys[1:-1])
            known = {"w": "write", "q": "quit", "wq": "quit", "x": "quit"}
            if words.isdecimal():
                to = MOTIONS["G"](text, caret, int(words)).to
                return self._done(Outcome(text, to))
            return self._done(Outcome(text, caret, command=known.get(words, "")))
        return Outcome(text, caret)

    # ------------------------------------------------------------------ moving

    def _motion(self, rest: str, count: int | None, text: str, caret: int) -> Move | None:
        if rest in MOTIONS:
            return MOTIONS[rest](text, caret, count)
        if rest in (";", ",") and self._found is not None:
            key, char = self._found
            key = key if rest == ";" else key.swapcase()
            skip = {"t": 1, "T": -1}.get(key, 0)
            return to_char(text, caret + skip, count or 1, key, char)
        if len(rest) == 2 and rest[0] in "fFtT":
            self._found = (rest[0], rest[1])
            return to_char(text, caret, count or 1, rest[0], rest[1])
        return None

    # ------------------------------------------------------------------ operators

    def _operate(self, op: str, rest: str, count: int | None, text: str, caret: int) -> Outcome:
        if rest == op:  # dd, cc, yy
            end = caret
            for _ in range((count or 1) - 1):
                end = min(len(text), line_end(text, end) + 1)
            return self._apply(op, line_start(text, caret), line_end(text, end), True, text, caret)
        if rest in ("i", "a"):
            return Outcome(text, caret)
        if len(rest) == 2 and rest[0] in "ia":
            found = text_object(text, caret, rest[0] == "a", rest[1])
            if found is None:
                return self._done(Outcome(text, caret))
            (start, end), lines = found
            return self._apply(op, start, end, lines, text, caret)
        if op == "c" and rest in ("w", "W") and caret < len(text) and not text[caret].isspace():
            rest = {"w": "e", "W": "E"}[rest]
            if text[caret + 1 : caret + 2].isspace() and (count or 1) == 1:
                rest = "l"
        move = self._motion(rest, count, text, caret)
        if move is None:
            return self._done(Outcome(text, caret))
        start, end = sorted((caret, move.to))
        if move.kind == "lines":
            return self._apply(op, line_start(text, start), line_end(text, end), True, text, caret)
        if move.kind == "inclusive":
            end = min(len(text), end + 1)
        if rest in ("w", "W"):  # the last word of a line does not take the next line along
            end = min(end, max(line_end(text, start), start)) if count in (None, 1) else end
        return self._apply(op, start, end, False, text, caret)

    def _apply(self, op: str, start: int, end: int, lines: bool, text: str, caret: int) -> Outcome:
        """Delete, change or yank a span; `lines`: whole lines, without the last line's end."""
        self._register = (text[start:end], lines)
        if op == "y":
            self.mode = "normal"
            return self._done(Outcome(text, caret if lines and caret < start else start))
        if op == "c":
            text = text[:start] + text[end:]
            return self._insert(text, start)
        self.mode = "normal"
        if lines:
            if end < len(text):
                end += 1
            elif start > 0:
                start -= 1
        new = text[:start] + text[end:]
        self._remember()
        at = first_word(new, min(start, len(new))) if lines else start
        if lines and start == len(new) and new:
            at = first_word(new, line_start(new, len(new)))
        return self._done(Outcome(new, at))

    # ------------------------------------------------------------------ normal mode

    def _normal(self, rest: str, count: int | None, text: str, caret: int) -> Outcome:
        many = count or 1
        if rest not in _SIMPLE and rest not in _NAMES:
            if len(rest) == 2 and rest[0] == "r":
                return self._put_char(rest[1], many, text, caret)
            move = self._motion(rest, count, text, caret)
            return self._done(Outcome(text, caret if move is None else move.to))
        end = line_end(text, caret)
        if rest in ";,":
            move = self._motion(rest, count, text, caret)
            return self._done(Outcome(text, caret if move is None else move.to))
        if rest in "xsDCX":
            return self._short(rest, many, text, caret)
        if rest == "S":
            return self._apply("c", line_start(text, caret), end, True, text, caret)
        if rest == "Y":
            return self._apply("y", line_start(text, caret), end, True, text, caret)
        if rest in "pP":
            return self._paste(rest, many, text, caret)
        if rest in "iIaA":
            places = {"i": caret, "I": first_word(text, caret), "A": end}
            return self._insert(text, places.get(rest, min(caret + 1, end)))
        if rest == "o":
            return self._insert(text[:end] + "\n" + text[end:], end + 1)
        if rest == "O":
            start = line_start(text, caret)
            return self._insert(text[:start] + "\n" + text[start:], start)
        if rest == "J":
            edit = join_lines(text, caret, caret)
            self._remember()
            if edit is None:
                return self._done(Outcome(text, caret))
            return self._done(Outcome(applied(text, edit), edit.caret))
        if rest == "~":
            stop = min(caret + many, end)
            self._remember()
            new = text[:caret] + text[caret:stop].swapcase() + text[stop:]
            return self._done(Outcome(new, min(stop, len(new))))
        if rest == ".":
            return self._again(text, caret)
        if rest in "vV":
            self.mode = "visual" if rest == "v" else "visual-line"
            self._anchor = caret
            return self._done(Outcome(text, caret, caret))
        commands = {"u": "undo", "<C-r>": "redo", "n": "next", "N": "previous"}
        return self._done(Outcome(text, caret, command=commands.get(rest, "")))

    def _short(self, key: str, many: int, text: str, caret: int) -> Outcome:
        end = line_end(text, caret)
        spans = {
            "x": ("d", caret, min(end, caret + many)),
            "X": ("d", max(line_start(text, caret), caret - many), caret),
            "s": ("c", caret, min(end, caret + many)),
            "D": ("d", caret, end),
            "C": ("c", caret, end),
        }
        op, start, stop = spans[key]
        if start == stop and op == "d":
            return self._done(Outcome(text, caret))
        return self._apply(op, start, stop, False, text, caret)

    def _put_char(self, char: str, many: int, text: str, caret: int) -> Outcome:
        if caret + many > line_end(text, caret) or len(char) != 1:
            return self._done(Outcome(text, caret))
        self._remember()
        new = text[:caret] + char * many + text[caret + many :]
        return self._done(Outcome(new, caret + many - 1))

    def _paste(self, key: str, many: int, text: str, caret: int) -> Outcome:
        words, lines = self._register
        if not words and not lines:
            return self._done(Outcome(text, caret))
        self._remember()
        if lines:
            block = "\n".join([words] * many)
            if key == "p":
                at = line_end(text, caret)
                return self._done(Outcome(text[:at] + "\n" + block + text[at:], at + 1))
            at = line_start(text, caret)
            return self._done(Outcome(text[:at] + block + "\n" + text[at:], at))
        at = min(caret + 1, line_end(text, caret)) if key == "p" else caret
        new = text[:at] + words * many + text[at:]
        return self._done(Outcome(new, at + len(words) * many - 1))

    # ------------------------------------------------------------------ visual modes

    def _visual(
        self, op: str | None, rest: str, count: int | None, text: str, caret: int
    ) -> Outcome:
        key = op or rest
        if rest in ("i", "a"):
            return Outcome(text, caret, self._anchor)
        if len(rest) == 2 and rest[0] in "ia":
            found = text_object(text, caret, rest[0] == "a", rest[1])
            if found is not None and found[0][1] > found[0][0]:
                self._anchor, caret = found[0][0], found[0][1] - 1
            return self._done(Outcome(text, caret, self._anchor))
        if key in ("v", "V"):
            wanted: Mode = "visual" if key == "v" else "visual-line"
            self.mode = "normal" if self.mode == wanted else wanted
            return self._done(Outcome(text, caret, self._selected()))
        if key == "o":
            self._anchor, caret = caret, self._anchor
            return self._done(Outcome(text, caret, self._anchor))
        start, end = self.selection(text, caret)
        if key == "J":
            self.mode = "normal"
            edit = join_lines(text, start, end)
            if edit is None:
                return self._done(Outcome(text, start))
            return self._done(Outcome(applied(text, edit), edit.caret))
        if key == "~":
            self.mode = "normal"
            new = text[:start] + text[start:end].swapcase() + text[end:]
            return self._done(Outcome(new, start))
        if key in "pP" and len(key) == 1:
            words, _ = self._register
            self.mode = "normal"
            self._register = (text[start:end], False)
            return self._done(Outcome(text[:start] + words + text[end:], start))
        move = self._motion(rest, count, text, caret)
        if move is not None:
            caret = min(move.to, max(0, len(text) - 1)) if text else 0
        return self._done(Outcome(text, caret, self._anchor))

    def operate_on_selection(self, op: str, text: str, caret: int) -> Outcome:
        """`d`, `x`, `c`, `s`, `y` in visual mode."""
        start, end = self.selection(text, caret)
        lines = self.mode == "visual-line"
        if lines and end > start and text[end - 1] == "\n":
            end -= 1
        op = {"x": "d", "s": "c"}.get(op, op)
        return self._apply(op, start, end, lines, text, start)

    # ------------------------------------------------------------------ insert mode and repeating

    def _remember(self) -> None:
        if not self._replaying and self.mode == "normal":
            self._change = (tuple(self._keys), "")

    def _insert(self, text: str, at: int) -> Outcome:
        self._entering = tuple(self._keys)
        self.mode = "insert"
        self._began = at
        return self._done(Outcome(text, at))

    def _leave_insert(self, text: str, caret: int) -> Outcome:
        self.mode = "normal"
        if self._entering is not None and not self._replaying:
            typed = text[self._began : caret] if caret >= self._began else ""
            self._change = (self._entering, typed)
        at = caret if caret == line_start(text, caret) else caret - 1
        return self._done(Outcome(text, at))

    def _again(self, text: str, caret: int) -> Outcome:
        """Repeat the last change here."""
        self._reset()
        if self._change is None:
            return Outcome(text, caret)
        keys, typed = self._change
        self._replaying = True
        outcome = Outcome(text, caret)
        for key in keys:
            outcome = self.press(key, outcome.text, outcome.caret)
        if self.mode == "insert":
            at = outcome.caret
            new = outcome.text[:at] + typed + outcome.text[at:]
            outcome = self.press("<Esc>", new, at + len(typed))
        self._replaying = False
        return outcome
