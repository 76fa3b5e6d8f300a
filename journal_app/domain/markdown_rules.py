"""What this journal reads beyond CommonMark: $math$, [[pages]], @runs, ==marks==, H~2~O, m^2^.

Every rule looks at a bounded stretch of text from where it stands, so that no text makes it slow.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

MATH_LINES = 60  # lines of one formula at most

# No space inside the dollars, no letter before and no digit after them: "$5 and $10" is money.
_MATH = re.compile(r"\$(?!\s)((?:[^$\\\n]|\\[^\n]){1,1000}?)(?<!\s)\$(?!\d)")
_DOUBLE = re.compile(r"\$\$((?:[^$\\]|\\[^\n]){1,1000}?)\$\$")
_PAGE = re.compile(r"(!?)\[\[([^\[\]|\n]{1,300})(?:\|([^\[\]\n]{0,300}))?\]\]")
_RUN = re.compile(r"@(?:run:)?([A-Za-z0-9](?:[A-Za-z0-9._-]{0,120}[A-Za-z0-9])?)(?![A-Za-z0-9@])")
_BEFORE = re.compile(r"[\w@/.+-]")
_MARK = re.compile(r"==(?=[^\s=])((?:[^=\n]|=(?!=)){1,500}?)(?<=\S)==(?!=)")
_SUB = re.compile(r"~([\w+]{1,12})~(?!~)")
_SUP = re.compile(r"\^([\w+−-]{1,12})\^(?!\w)")


@dataclass(frozen=True, slots=True)
class Names:
    """What names in a text mean: each function gives an id or address, or None.

    `entry` gets a title, `run` a name or id, `file` the name of an attachment of this entry.
    """

    entry: Callable[[str], str | None]
    run: Callable[[str], str | None]
    file: Callable[[str], str | None] = lambda name: None


def add_rules(parser: MarkdownIt) -> None:
    """Teach a parser the journal's marks."""
    inline = parser.inline.ruler
    inline.after("escape", "journal_math", _math)
    inline.before("link", "journal_page", _page)
    inline.before("link", "journal_run", _run)
    inline.before("strikethrough", "journal_mark", _mark)
    inline.before("strikethrough", "journal_script", _script)
    parser.block.ruler.before(
        "fence", "journal_math_block", _math_block, {"alt": ["paragraph", "blockquote", "list"]}
    )


def _math(state: StateInline, silent: bool) -> bool:
    source, at = state.src, state.pos
    if source[at] != "$" or (at and (source[at - 1].isalnum() or source[at - 1] in "$\\")):
        return False
    match = _DOUBLE.match(source, at, state.posMax) or _MATH.match(source, at, state.posMax)
    if match is None or not match.group(1).strip():
        return False
    if not silent:
        state.push("math_inline", "span", 0).content = match.group(1).strip()
    state.pos = match.end()
    return True


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.is_code_block(start):
        return False

    def line(number: int) -> str:
        return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]

    first = line(start).rstrip()
    if not first.startswith("$$") or "$$" in first[2:-2]:
        return False
    body = [first[2:]]
    last = start
    if not (len(first) > 4 and first.endswith("$$")):
        while True:
            last += 1
            if last >= end or last - start > MATH_LINES or state.sCount[last] < state.blkIndent:
                return False
            body.append(line(last).rstrip())
            if body[-1].endswith("$$"):
                break
            if "$$" in body[-1]:
                return False
    text = "\n".join(body)[:-2].strip()
    if not text:
        return False
    if not silent:
        token = state.push("math_block", "div", 0)
        token.block = True
        token.content = text
        token.map = [start, last + 1]
        state.line = last + 1
    return True


def _page(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith(("[[", "![["), state.pos):
        return False
    match = _PAGE.match(state.src, state.pos, state.posMax)
    if match is None or not match.group(2).strip():
        return False
    if not silent:
        token = state.push("page", "a", 0)
        token.content = match.group(2).strip()
        token.meta = {"embed": bool(match.group(1)), "label": (match.group(3) or "").strip()}
    state.pos = match.end()
    return True


def _run(state: StateInline, silent: bool) -> bool:
    names = _names(state.env)
    at = state.pos
    if names is None or state.src[at] != "@" or (at and _BEFORE.match(state.src[at - 1])):
        return False  # a sign before it makes it part of an address
    match = _RUN.match(state.src, at, state.posMax)
    if match is None:
        return False
    name = match.group(1)
    id = names.run(name)
    if id is None:
        return False
    if not silent:
        token = state.push("run", "a", 0)
        token.content = f"@{name}"
        token.meta = {"id": id}
    state.pos = match.end()
    return True


def _mark(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("==", state.pos):
        return False
    match = _MARK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if not silent:
        most, state.posMax = state.posMax, match.end(1)
        state.pos = match.start(1)
        state.push("mark_open", "mark", 1)
        state.md.inline.tokenize(state)
        state.push("mark_close", "mark", -1)
        state.posMax = most
    state.pos = match.end()
    return True


def _script(state: StateInline, silent: bool) -> bool:
    """`H~2~O` and `10^-3^`: short, without spaces, right behind a word."""
    source, at = state.src, state.pos
    if source[at] not in "~^" or not at or not (source[at - 1].isalnum() or source[at - 1] in ")]"):
        return False
    match = (_SUB if source[at] == "~" else _SUP).match(source, at, state.posMax)
    if match is None:
        return False
    if not silent:
        tag = "sub" if source[at] == "~" else "sup"
        state.push(f"{tag}_open", tag, 1)
        state.push("text", "", 0).content = match.group(1)
        state.push(f"{tag}_close", tag, -1)
    state.pos = match.end()
    return True


def _names(env: Any) -> Names | None:
    names = env.get("names")
    return names if isinstance(names, Names) else None
