"""What a text itself names: `[[Title]]`, `[words](entry:ID)`, `@run-name`, `![[run:ID]]`.

Invariants: what stands in code is never a link, and is never rewritten; a name that is rewritten
leads to the same target as before. Every pass over a text takes time linear in its length.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from journal_app.domain.ids import is_ulid

ENTRY, RUN = "entry", "run"
_HINTS = ("[[", "@", "(entry:", "(<entry:", "(run:", "(<run:")
_FILE = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")
_UNWRITABLE = frozenset("[]|#`\\\n\r\t\x00")
_LOWER = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place of a text that names an entry or a run; `start` and `end` enclose all of it.

    `name` is a title, a run's name, or an id (`by_id`). `shown` are the words that stand for it.
    """

    kind: str
    name: str
    start: int
    end: int
    shown: str = ""
    heading: str = ""
    embed: bool = False
    by_id: bool = False
    bare: bool = False  # @name: may be no run at all, but somebody's name

    @property
    def file(self) -> bool:
        """Whether it asks for a file: `![[plot.png]]`."""
        return self.kind == ENTRY and self.embed and bool(_FILE.search(self.name))

    @property
    def key(self) -> str:
        """What tells names apart."""
        return key(self.name)


@dataclass(frozen=True, slots=True)
class Goal:
    """What a name shall become: a title, or with an `id` a link by it with the title as words."""

    title: str
    id: str | None = None


def key(name: str) -> str:
    """A name as it is compared: white space and the case of ASCII letters do not count (as SQLite's
    NOCASE has it)."""
    return " ".join(name.split()).translate(_LOWER)


@functools.cache
def _pattern() -> re.Pattern[str]:
    label = r"(?:\\.|[^\[\]\\\n])*"
    return re.compile(
        r"(?P<escaped>\\[\\\[@!])"
        r"|(?P<embed>!?)\[\[(?P<wiki>[^\[\]\n]+)\]\]"
        rf"|!?\[(?P<label>{label})\]\([ \t]*<?(?P<scheme>entry|run):(?P<id>[^\s()<>]+)>?"
        r"(?:[ \t]+\"[^\"\n]*\")?[ \t]*\)"
        r"|(?<![\w@/.+\-])@(?P<run>run:)?(?P<at>[A-Za-z0-9][A-Za-z0-9._-]*)(?!@)"
    )


@functools.cache
def _fence_line() -> re.Pattern[str]:
    return re.compile(r"[ \t]*(?:(?:>|[-*+]|\d{1,9}[.)])[ \t]+|>)*(`{3,}|~{3,})([^\n]*)")


@functools.cache
def _list_line() -> re.Pattern[str]:
    return re.compile(r"[ \t]*(?:>[ \t]?)*(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)")


def code_spans(text: str) -> list[tuple[int, int]]:
    """Where code stands: fences, indented blocks, and spans between equal runs of backticks."""
    spans: list[tuple[int, int]] = []
    prose_from = 0  # the paragraph under way begins here
    at = 0
    fence = ""  # the mark that the open fence began with
    fence_from = 0
    blank, in_list, indented = True, False, False
    for line in text.splitlines(keepends=True):
        end = at + len(line)
        mark = _fence_line().match(line)
        if fence:
            if mark and mark[1].startswith(fence) and not mark[2].strip():
                spans.append((fence_from, end))
                fence, prose_from, blank = "", end, True
            at = end
            continue
        if mark and not (mark[1][0] == "`" and "`" in mark[2]):
            spans += _inline(text, prose_from, at)
            fence, fence_from = mark[1], at
            blank, indented = False, False
        elif not line.strip():
            spans += _inline(text, prose_from, at)
            prose_from, blank = end, True
        else:
            deep = line.startswith(("    ", "\t"))
            if deep and not in_list and (blank or indented):
                spans += _inline(text, prose_from, at)
                spans.append((at, end))
                prose_from, indented = end, True
            else:
                indented = False
                if _list_line().match(line):
                    in_list = True
                elif not line.startswith((" ", "\t")) and blank:
                    in_list = False
            blank = line.lstrip(" ").startswith("#")  # code may follow a heading at once
        at = end
    if fence:
        spans.append((fence_from, len(text)))
    else:
        spans += _inline(text, prose_from, len(text))
    return spans


def _inline(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Code spans of one paragraph: a run of backticks closes at the next run of its length."""
    if "`" not in text[start:end]:
        return []
    runs = [(m.start(), m.end()) for m in re.finditer(r"(?<!\\)`+", text[start:end])]
    later: dict[int, list[int]] = {}  # length → numbers of the runs, the last first
    for number in range(len(runs) - 1, -1, -1):
        later.setdefault(runs[number][1] - runs[number][0], []).append(number)
    spans: list[tuple[int, int]] = []
    number = 0
    while number < len(runs):
        a, b = runs[number]
        same = later[b - a]
        while same and same[-1] <= number:
            same.pop()
        if same:
            number = same.pop()
            spans.append((start + a, start + runs[number][1]))
        number += 1
    return spans


def in_code(text: str, offset: int) -> bool:
    """Whether the character at `offset` (or the caret there) stands in code."""
    return any(start < offset < end for start, end in code_spans(text))


def mentions(text: str) -> list[Mention]:
    """Everything that a text names, in its order."""
    if not any(hint in text for hint in _HINTS):
        return []
    return list(_mentions(text))


def _mentions(text: str) -> Iterator[Mention]:
    code = sorted(code_spans(text))
    starts = [span[0] for span in code]
    for match in _pattern().finditer(text):
        start, end = match.span()
        before = bisect_right(starts, end - 1) - 1
        if match["escaped"] is not None or (before >= 0 and code[before][1] > start):
            continue
        if match["wiki"] is not None:
            made = _wiki(match["wiki"], start, end, bool(match["embed"]))
            if made is not None:
                yield made
        elif match["scheme"] is not None:
            shown = re.sub(r"\\(.)", r"\1", match["label"])
            yield Mention(match["scheme"], match["id"], start, end, shown, by_id=True)
        else:
            name = match["at"].rstrip("._-")
            if match["run"] is None and name == "run" and text[end : end + 1] == ":":
                continue
            end -= len(match["at"]) - len(name)
            by_id = match["run"] is not None
            yield Mention(RUN, name, start, end, by_id=by_id, bare=not by_id)


def _wiki(inner: str, start: int, end: int, embed: bool) -> Mention | None:
    target, _, shown = inner.partition("|")
    target = target.removesuffix("\\")  # `[[a\|b]]` in a table
    for scheme in (ENTRY, RUN):
        if target.strip().startswith(f"{scheme}:"):
            name = target.strip()[len(scheme) + 1 :].strip()
            if not name:
                return None
            return Mention(scheme, name, start, end, shown.strip(), "", embed, True)
    name, _, heading = target.partition("#")
    name = " ".join(name.split())
    if not name:
        return None  # a place in the same text
    return Mention(ENTRY, name, start, end, shown.strip(), heading.strip(), embed)


# ---------------------------------------------------------------------- writing


def writable(title: str) -> bool:
    """Whether `[[title]]` can be read back as this title."""
    plain = " ".join(title.split())
    return (
        bool(plain)
        and plain == title
        and not _UNWRITABLE & set(title)
        and not title.startswith((f"{ENTRY}:", f"{RUN}:"))
    )


def written(goal: Goal, *, shown: str = "", heading: str = "", embed: bool = False) -> str:
    """A link to an entry as Markdown: `[[Title#heading|shown]]`, or by id where that must be."""
    if goal.id is None:
        place = f"#{heading}" if heading else ""
        words = f"|{shown}" if shown else ""
        return f"{'!' if embed else ''}[[{goal.title}{place}{words}]]"
    words = shown or (f"{goal.title} › {heading}" if heading else goal.title) or goal.id
    return f"[{label(words)}](entry:{goal.id})"


def label(words: str) -> str:
    """Words as they may stand between the brackets of a Markdown link, in a table too."""
    return re.sub(r"([\[\]\\`|])", r"\\\1", " ".join(words.split()))


def edits(text: str, goals: Mapping[str, Goal]) -> list[tuple[int, int, str]]:
    """What to replace so that every `[[name]]` with a goal (by key) leads to it; in order."""
    return [
        (m.start, m.end, written(goal, shown=m.shown, heading=m.heading, embed=m.embed))
        for m in mentions(text)
        if m.kind == ENTRY and not m.by_id and (goal := goals.get(m.key)) is not None
    ]


def rewritten(text: str, goals: Mapping[str, Goal]) -> str:
    """The text with every `[[name]]` that has a goal (by key) leading to it."""
    parts: list[str] = []
    last = 0
    for start, end, words in edits(text, goals):
        parts += (text[last:start], words)
        last = end
    return "".join([*parts, text[last:]])


def renames(before: str, after: str) -> dict[str, Goal] | None:
    """What names became, where `after` is `before` with only its links rewritten; else None."""
    old, new = mentions(before), mentions(after)
    if len(old) != len(new) or _without(before, old) != _without(after, new):
        return None
    goals: dict[str, Goal] = {}
    for one, two in zip(old, new, strict=True):
        if one.by_id or before[one.start : one.end] == after[two.start : two.end]:
            continue
        if not two.by_id:
            goals[one.key] = Goal(two.name)
        elif one.shown:  # the title itself stands nowhere here
            goals.setdefault(one.key, Goal(one.name, two.name))
        else:
            title = two.shown.removesuffix(f" › {one.heading}") if one.heading else two.shown
            goals[one.key] = Goal(title, two.name)
    return goals


def _without(text: str, places: list[Mention]) -> list[str]:
    ends = [0, *(m.end for m in places)]
    starts = [*(m.start for m in places), len(text)]
    return [text[a:b] for a, b in zip(ends, starts, strict=True)]


# ---------------------------------------------------------------------- reading


@dataclass(frozen=True, slots=True)
class Passage:
    """The words around a place of a text; `start` and `end` enclose the place in `text`."""

    text: str
    start: int
    end: int


def passage(text: str, start: int, end: int, room: int = 60) -> Passage:
    """The place with up to `room` characters of its own line on each side, cut at words; links
    stand there as the words that they show."""
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    right = len(text) if right < 0 else right
    head, place, tail = (plain(text[a:b]) for a, b in ((left, start), (start, end), (end, right)))
    head = re.sub(r"^\s*(?:[-*+>#]+\s+)+", "", head).lstrip()
    if len(head) > room:
        head = "…" + (head[-room:].partition(" ")[2] or head[-room:])
    if len(tail) > room:
        tail = (tail[:room].rpartition(" ")[0] or tail[:room]) + "…"
    return Passage(head + place + tail, len(head), len(head) + len(place))


def plain(text: str) -> str:
    """A piece of a line with its links as the words that they show."""
    parts: list[str] = []
    last = 0
    for m in mentions(text):
        words = m.shown or (f"{m.name} › {m.heading}" if m.heading else m.name)
        parts += (text[last : m.start], words if not m.bare else text[m.start : m.end])
        last = m.end
    return "".join([*parts, text[last:]])


def phrase_at(text: str, phrase: str, limit: int = 3) -> list[tuple[int, int]]:
    """Where a text says a phrase as words of its own, outside code and links; at most `limit`."""
    words = [re.escape(word) for word in phrase.split()]
    if not words:
        return []
    free = re.compile(
        (r"(?<!\w)" if phrase[0].isascii() else "")
        + r"\s+".join(words)
        + (r"(?!\w)" if phrase[-1].isascii() else ""),
        re.IGNORECASE,
    )
    taken: list[tuple[int, int]] | None = None
    found: list[tuple[int, int]] = []
    for match in free.finditer(text):
        if taken is None:
            links = re.finditer(r"!?\[[^\[\]\n]*\]\([^()\n]*\)|https?://\S+", text)
            taken = code_spans(text) + [(m.start, m.end) for m in mentions(text)]
            taken += [m.span() for m in links]
        if not any(a < match.end() and match.start() < b for a, b in taken):
            found.append(match.span())
            if len(found) == limit:
                break
    return found


def is_id(name: str) -> bool:
    """Whether a name has the form of an entry's id."""
    return is_ulid(name)
