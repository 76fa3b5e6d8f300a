"""The parser: CommonMark, tables, footnotes, definition lists, and what the journal adds.

Callouts, boxes of tasks, bare addresses and anchors of headings are made from the tokens.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from journal_app.domain import callouts
from journal_app.domain.markdown_links import link_target, slug
from journal_app.domain.markdown_output import add_output
from journal_app.domain.markdown_rules import add_rules

_TASK = re.compile(r"\[([ xX])\](?=\s)")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{|}]+", re.IGNORECASE)


class Parser(MarkdownIt):
    """Keeps every address as it is written: the policy judges it later (`markdown_links`).

    Refusing while parsing would turn a link into its source, a screenful for a data: address.
    """

    def validateLink(self, url: str) -> bool:
        """Every address is a link so far."""
        return True


@lru_cache(maxsize=1)
def parser() -> Parser:
    """The parser of previews. Threads may share it: it keeps no state of a text."""
    return build()


def build() -> Parser:
    """A parser of its own, for whoever gives it other rules of output."""
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    made = Parser("commonmark", {"html": False, "maxNesting": 20})
    made.enable(["table", "strikethrough"]).use(footnote_plugin).use(deflist_plugin)
    add_rules(made)
    add_output(made)
    made.core.ruler.before("inline", "journal_callouts", _callouts)
    made.core.ruler.push("journal", _adapt)
    return made


def _callouts(state: StateCore) -> None:
    """Quotations that begin with `[!kind]` become boxes with a title."""
    if "[!" not in state.src:
        return
    made: list[Token] = []
    boxes: list[bool] = []
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type == "blockquote_close" and boxes.pop():
            token.tag = "section"
        made.append(token)
        if token.type != "blockquote_open":
            continue
        inline = tokens[index + 2] if index + 2 < len(tokens) else None
        found = callouts.read(inline.content) if inline and inline.type == "inline" else None
        boxes.append(found is not None)
        if found is None or inline is None:
            continue
        kind, title = found
        token.tag = "section"
        token.attrSet("class", f"callout callout-{kind}")
        words = Token("inline", "", 0, content=title, children=[], level=token.level + 2)
        made += [
            Token("callout_title_open", "p", 1, attrs={"class": "callout-title"}, block=True),
            words,
            Token("callout_title_close", "p", -1, block=True),
        ]
        inline.content = inline.content.partition("\n")[2]
        if not inline.content:  # nothing is left of the paragraph that held the title
            tokens[index + 1].hidden = tokens[index + 3].hidden = True
    state.tokens = made


def _adapt(state: StateCore) -> None:
    """Boxes for task lists, links for bare addresses, anchors, no style in tables."""
    inside = bool(state.env.get("inside"))
    taken: set[str] = set()
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type in ("th_open", "td_open"):
            side = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            if side:
                token.attrSet("align", side)
        if token.type != "inline" or not token.children:
            continue
        before = tokens[index - 1]
        if index >= 2 and tokens[index - 2].type == "list_item_open":
            line = before.map[0] if before.map else None
            _box(token.children, line if inside else None)
        token.children = list(_with_links(token.children, inside=inside))
        anchor = slug(token.content) if before.type == "heading_open" else ""
        if anchor and anchor not in taken:
            taken.add(anchor)
            token.meta["anchor"] = anchor
    for token in tokens:
        if token.type == "inline" and "anchor" in token.meta and token.children is not None:
            open = Token("span_open", "span", 1, attrs={"id": token.meta["anchor"]})
            token.children = [open, *token.children, Token("span_close", "span", -1)]


def _box(children: list[Token], line: int | None) -> None:
    """A box in place of `[ ]`; with a line, one that can be clicked."""
    first = children[0]
    box = _TASK.match(first.content) if first.type == "text" else None
    if box is None:
        return
    done = box.group(1) != " "
    rest = first.content[box.end() :]
    if line is None:
        first.content = ("☑" if done else "☐") + rest
        return
    first.content = rest
    kind = "task done" if done else "task"
    children[:0] = [
        Token("link_open", "a", 1, attrs={"href": f"task:{line}", "class": kind}),
        Token("text", "", 0, content="☑" if done else "☐"),
        Token("link_close", "a", -1),
    ]


def _with_links(children: Sequence[Token], *, inside: bool) -> Iterable[Token]:
    depth = 0
    for child in children:
        if child.type == "link_open":
            _judge(child, inside=inside)
        depth += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type != "text" or depth or "://" not in child.content:
            yield child
            continue
        last = 0
        for match in _ADDRESS.finditer(child.content):
            address = match.group().rstrip(".,;:!?*_~'\"")
            if address.endswith(")") and "(" not in address:
                address = address.rstrip(")")
            if link_target(address) is None:
                continue
            yield Token("text", "", 0, content=child.content[last : match.start()])
            yield Token("link_open", "a", 1, attrs={"href": address})
            yield Token("text", "", 0, content=address)
            yield Token("link_close", "a", -1)
            last = match.start() + len(address)
        yield Token("text", "", 0, content=child.content[last:])


def _judge(link: Token, *, inside: bool) -> None:
    """Take a refused address out; `#A heading` leads to the heading."""
    address = str(link.attrs.get("href", ""))
    if address.startswith("#") and link_target(address) is None:
        anchor = slug(unquote(address[1:]))
        address = f"#{anchor}" if anchor else ""
        link.attrs["href"] = address
    if link_target(address, inside=inside) is None:
        link.attrs.pop("href", None)
    elif address.lower().startswith(("entry:", "run:")):
        link.attrs["class"] = "entry" if address.lower().startswith("entry:") else "mention"


def mark_lines(tokens: Sequence[Token], tags: Iterable[str]) -> tuple[int, ...]:
    """Give the first block of every source line an id; returns the lines."""
    known = frozenset(tags)
    lines: list[int] = []
    for token in tokens:
        if token.map is None or token.nesting < 0 or token.hidden:
            continue
        if token.tag not in known and token.type != "fence":
            continue
        line = token.map[0]
        if not lines or line > lines[-1]:
            token.attrSet("id", f"line-{line}")
            lines.append(line)
    return tuple(lines)


def top_level(tokens: Sequence[Token]) -> Iterable[list[Token]]:
    """The tokens in groups, one for each block of the outermost level."""
    group: list[Token] = []
    depth = 0
    for token in tokens:
        group.append(token)
        depth += token.nesting
        if depth == 0:
            yield group
            group = []
    if group:
        yield group
