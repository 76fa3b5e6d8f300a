"""How single tokens become HTML: images and embeds, code, formulas, pages and runs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from journal_app.domain.markdown_clean import CODE
from journal_app.domain.markdown_links import attachment_path, link_target, new_page, slug
from journal_app.domain.markdown_rules import Names

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token

HIGHLIGHT_LIMIT = 60_000  # characters of one code block; a longer one is shown plain
PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp"})
TABLES = frozenset({".csv", ".tsv"})

_WIDTH = re.compile(r"(.*?)\|(\d{2,4})(?:x\d{1,4})?", re.DOTALL)


def add_output(parser: MarkdownIt) -> None:
    """Teach a parser's renderer what the journal's tokens look like."""
    for name, rule in (
        ("image", _image),
        ("fence", _fence),
        ("math_inline", _math),
        ("math_block", _math),
        ("page", _page),
        ("run", _run),
    ):
        parser.add_render_rule(name, rule)


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


def file_html(path: str, words: str, title: str = "", width: str = "") -> str:
    """An attachment where the text wants to show it: a picture, or a link that says what it is."""
    kind = PurePosixPath(path).suffix.lower()
    if kind in PICTURES or not kind:
        more = f' title="{escape(title)}"' if title else ""
        more += f' width="{width}"' if width else ""
        return f'<img src="{escape(path)}" alt="{escape(words)}"{more}>'
    name = escape(words or PurePosixPath(path).name)
    shown = "csv" if kind in TABLES else "file"
    return f'<a class="embed embed-{shown}" href="{escape(path)}">{name}</a>'


def _image(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    source = str(token.attrs.get("src", ""))
    alt = self.renderInlineAsText(token.children or [], options, env)
    sized = _WIDTH.fullmatch(alt)
    if attachment_path(source) is not None:
        title = str(token.attrs.get("title", ""))
        words, width = (sized.group(1), sized.group(2)) if sized else (alt, "")
        return file_html(source, words, title, width)
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


def _math(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    anchor = token.attrs.get("id")
    mark = f' id="{anchor}"' if anchor else ""
    end = "\n" if token.block else ""
    return f'<{token.tag}{mark} class="math">{escape(token.content)}</{token.tag}>{end}'


def _page(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    names: Names | None = env.get("names")
    name, label = token.content, token.meta["label"]
    title, hash, heading = name.partition("#")
    if hash and not title:
        target = slug(heading)
        words = escape(label or heading)
        return f'<a href="#{escape(target)}">{words}</a>' if target else words
    if token.meta["embed"]:
        shown = _embedded(name, label, names)
        if shown is not None:
            return shown
    words = escape(label or name)
    if names is None or not env.get("inside"):
        return words
    title = " ".join(title.split())
    if title.startswith("run:"):
        id = names.run(title[4:].strip())
        return f'<a class="mention" href="run:{id}">{words}</a>' if id else words
    id = title[6:].strip() if title.startswith("entry:") else names.entry(title)
    target = f"entry:{id}"
    if id and link_target(target, inside=True):
        return f'<a class="entry" href="{target}">{words}</a>'
    return f'<a class="unresolved" href="{escape(new_page(title))}">{words}</a>'


def _embedded(name: str, label: str, names: Names | None) -> str | None:
    """`![[plot.png|300]]` and `![[run:ID]]`; None for an embed that is neither."""
    kind, _, ref = name.partition(":")
    if kind.lower() == "run" and ref.strip():
        id = names.run(ref.strip()) if names is not None else None
        words = escape(label or ref.strip())
        return f'<a class="embed embed-run" href="run:{id}">{words}</a>' if id else words
    address = name if attachment_path(name) is not None else None
    if address is None and names is not None:
        address = names.file(name)
    if address is None or attachment_path(address) is None:
        return None
    width = label if label.isdecimal() and len(label) < 5 else ""
    return file_html(address, PurePosixPath(name).name if width or not label else label, "", width)


def _run(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    return f'<a class="mention" href="run:{escape(token.meta["id"])}">{escape(token.content)}</a>'
