"""Markdown → HTML that is safe to show and to send out.

Invariants, whatever the text says:
* Raw HTML stays text. After rendering, an allow-list removes every tag, attribute and address that
  is not named here; nothing is let through because it looks harmless.
* Images come from `attachments/` of the journal only; links go to http, https, mailto, to an
  attachment, or to a place in the same text.
* `line-N` ids (asked for with `lines=True`) carry the number of the source line, counted from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, MutableMapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

FOLDER = "attachments"
LINKS = frozenset({"http", "https", "mailto"})
CODE = "hl-"  # prefix of the classes of highlighted code
HIGHLIGHT_LIMIT = 60_000  # characters of one code block; a longer one is shown plain
WORDS_PER_MINUTE = 220

TAGS = frozenset(
    "a abbr blockquote br code dd del div dl dt em h1 h2 h3 h4 h5 h6 hr img li ol p pre s "
    "section span strong sub sup table tbody td th thead tr ul".split()
)
_ATTRIBUTES = {
    "a": {"href", "title", "id", "class"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
    "td": {"align"},
    "th": {"align"},
    **{tag: {"class"} for tag in ("code", "pre", "div", "section", "span", "sup", "hr")},
}
_BLOCKS = ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "pre", "table", "ul", "ol")
_ID = re.compile(r"line-\d{1,7}|fn(?:ref)?\d{1,5}(?::\d{1,3})?")
_CLASS = re.compile(
    r"(?:hl-[a-z0-9]{1,4}|language-[\w+#.-]{1,30}|blocked|task|footnotes?(?:-\w+)?)"
)
_SEGMENT = re.compile(r"\w(?:[\w .+@()-]*[\w)])?")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_TASK = re.compile(r"\[([ xX])\](?=\s)")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{|}]+", re.IGNORECASE)
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W_]+(?:['’.,-]?[^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Safe HTML and the source lines (from 0, ascending) that have a `line-N` id in it."""

    html: str
    lines: tuple[int, ...]


def render(text: str, *, lines: bool = False) -> str:
    """The text as safe HTML: a fragment without head and body."""
    return render_mapped(text, lines=lines).html


def render_mapped(text: str, *, lines: bool = True) -> Rendered:
    """The text as safe HTML with the map of its lines."""
    parser = _parser()
    env: MutableMapping[str, Any] = {}
    tokens = parser.parse(text, env)
    marked = _mark_lines(tokens) if lines else ()
    return Rendered(clean(parser.renderer.render(tokens, parser.options, env)), marked)


def clean(html: str) -> str:
    """HTML from anywhere with only the allowed tags, attributes and addresses left."""
    import nh3

    return nh3.clean(
        html,
        tags=set(TAGS),
        attributes={
            tag: set(_ATTRIBUTES.get(tag, ())) | ({"id"} if tag in _BLOCKS else set())
            for tag in TAGS
        },
        attribute_filter=_attribute,
        clean_content_tags={"script", "style", "title", "iframe", "noscript", "template"},
        url_schemes=set(LINKS),
        link_rel="noopener noreferrer",
    )


def attachment_path(address: str) -> str | None:
    """`attachments/…` as a plain relative path, or None for anything that may lead elsewhere.

    Refused: other folders, `..`, hidden files, encoded or backward slashes, drives, streams,
    device names, queries, and whatever is still encoded after one decoding.
    """
    path = unquote(address)
    if "\ufffd" in path or _CONTROL.search(path.replace(" ", "_")):
        return None
    folder, *segments = path.split("/")
    if folder != FOLDER or not segments:
        return None
    for segment in segments:
        if not _SEGMENT.fullmatch(segment) or _DEVICE.fullmatch(segment):
            return None
    return path


def link_target(address: str) -> str | None:
    """The address if a link may carry it, else None."""
    if address.startswith("#"):
        return address if _ID.fullmatch(address[1:]) else None
    if attachment_path(address) is not None:
        return address
    if _CONTROL.search(address) or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme.lower() not in LINKS:
        return None
    if parts.scheme.lower() == "mailto":
        return address if "@" in parts.path and not parts.netloc else None
    return address if parts.hostname else None


def words(text: str) -> int:
    """How many words a text has; a Chinese or Japanese character counts as one."""
    return sum(1 for _ in _WORD.finditer(text))


def minutes(count: int) -> int:
    """How long `count` words take to read, at least one minute."""
    return max(1, round(count / WORDS_PER_MINUTE))


@lru_cache(maxsize=256)
def highlight(code: str, language: str) -> str:
    """Code as escaped HTML with `hl-…` spans; plain where the language is not known."""
    if language and len(code) <= HIGHLIGHT_LIMIT:
        from pygments import highlight as colour
        from pygments.formatters.html import HtmlFormatter
        from pygments.lexers import get_lexer_by_name
        from pygments.util import ClassNotFound

        try:
            lexer = get_lexer_by_name(language, stripnl=False)
        except ClassNotFound:
            return escape(code)
        return str(colour(code, lexer, HtmlFormatter(nowrap=True, classprefix=CODE)))
    return escape(code)


# ---------------------------------------------------------------------- the parser


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt
    from mdit_py_plugins.footnote import footnote_plugin

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 20})
    parser.enable(["table", "strikethrough"]).use(footnote_plugin)
    parser.core.ruler.push("journal", _adapt)
    # Addresses are judged in `_adapt` and again in `clean`; refusing them while parsing would turn
    # a link into its source text, a screenful for a data: address.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    parser.add_render_rule("image", _image)
    parser.add_render_rule("fence", _fence)
    return parser


def _adapt(state: StateCore) -> None:
    """Boxes for task lists, links for bare addresses, no refused address, no style in tables."""
    for index, token in enumerate(state.tokens):
        if token.type in ("th_open", "td_open"):
            side = str(token.attrs.pop("style", "")).removeprefix("text-align:")
            if side:
                token.attrSet("align", side)
        if token.type == "inline" and token.children:
            if index >= 2 and state.tokens[index - 2].type == "list_item_open":
                first = token.children[0]
                box = _TASK.match(first.content) if first.type == "text" else None
                if box:
                    mark = "☐" if box.group(1) == " " else "☑"
                    first.content = mark + first.content[box.end() :]
            token.children = list(_with_links(token.children))


def _with_links(children: Sequence[Token]) -> Iterable[Token]:
    from markdown_it.token import Token

    inside = 0
    for child in children:
        if child.type == "link_open" and link_target(str(child.attrs.get("href", ""))) is None:
            child.attrs.pop("href", None)
        inside += child.nesting if child.type in ("link_open", "link_close") else 0
        if child.type != "text" or inside or "://" not in child.content:
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


def _image(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    source = str(token.attrs.get("src", ""))
    alt = self.renderInlineAsText(token.children or [], options, env)
    if attachment_path(source) is not None:
        title = f' title="{escape(str(token.attrs["title"]))}"' if "title" in token.attrs else ""
        return f'<img src="{escape(source)}" alt="{escape(alt)}"{title}>'
    name = escape(alt or "image")
    target = link_target(source)
    if target is not None and not target.startswith("#"):
        host = escape(urlsplit(target).hostname or "")
        name = f'<a href="{escape(target)}">{name}</a> ({host})'
    return f'<span class="blocked">Image not loaded: {name}</span>'


def _fence(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    language = token.info.split()[0].lower() if token.info.split() else ""
    anchor = token.attrs.get("id")
    mark = f' id="{anchor}"' if anchor else ""
    kind = f' class="language-{escape(language)}"' if language else ""
    return f"<pre{mark}><code{kind}>{highlight(token.content, language).rstrip()}</code></pre>\n"


def _mark_lines(tokens: Sequence[Token]) -> tuple[int, ...]:
    """Give the first block of every source line an id; returns the lines."""
    lines: list[int] = []
    for token in tokens:
        if token.map is None or token.nesting < 0 or token.hidden:
            continue
        if token.tag not in _BLOCKS and token.type != "fence":
            continue
        line = token.map[0]
        if not lines or line > lines[-1]:
            token.attrSet("id", f"line-{line}")
            lines.append(line)
    return tuple(lines)


def _attribute(tag: str, name: str, value: str) -> str | None:
    """nh3's last word on one attribute: its value, or None to drop it."""
    if name == "href":
        return link_target(value)
    if name == "src":
        return value if attachment_path(value) is not None else None
    if name == "id":
        return value if _ID.fullmatch(value) else None
    if name == "class":
        kept = [word for word in value.split() if _CLASS.fullmatch(word)]
        return " ".join(kept) or None
    if name == "align":
        return value if value in ("left", "right", "center") else None
    if name == "start":
        return value if value.isdecimal() and len(value) < 10 else None
    return value
