"""The body of a post as safe HTML for sites that take HTML.

Invariants: the sieve of the preview (`domain.markdown.clean`) runs over everything; no tag,
attribute or address comes through that it does not name; the only addresses put in after it are
those of uploaded files and of pictures at https addresses that the text itself shows.

Made for sites whose style nobody knows: no classes that need one, callouts as quotations with a
bold title, formulas as LaTeX in the delimiters that MathJax and KaTeX look for.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from markdown_it.token import Token

from journal_app.domain.markdown import clean
from journal_app.domain.markdown_links import link_target
from journal_app.domain.targets import Post
from journal_app.publish.body import public_text

if TYPE_CHECKING:
    from markdown_it.renderer import RendererHTML

    from journal_app.domain.markdown_parser import Parser

TAG = re.compile(r"<[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>")
_ATTRIBUTE = re.compile(r'(?<= )(src|href|id)="([^"]*)"')
_NOTE = re.compile(r"#?fn(?:ref)?\d{1,6}(?::\d{1,6})?")
_MARK = re.compile(r"<!-- field-journal ([0-9A-HJKMNP-TV-Z]{26}) ([0-9a-f]{64}) -->")


def page(post: Post, files: Mapping[str, str]) -> str:
    """The body of a post as HTML, without its title.

    `files` says where readers find what the text calls `attachments/…`; what is not in it keeps
    that name. Raises JournalError for text that must not go out (see `body`).
    """
    made = _parser()
    env: dict[str, Any] = {"names": None, "inside": False}
    tokens = made.parse(public_text(post), env)
    shown = {escape(reference): url for reference, url in files.items()}
    _adapt(tokens, shown)
    html = clean(str(made.renderer.render(tokens, made.options, env)))
    return outside_text(html, lambda tag: _placed(tag, shown, post)).strip() + "\n"


def marker(post: Post, sha256: str) -> str:
    """A comment that says whose text this is: it tells ours from everybody else's."""
    return f"<!-- field-journal {post.id} {sha256} -->"


def marked(html: str) -> tuple[str, str] | None:
    """(post id, SHA-256) of the marker in a text, or None where it is not ours."""
    found = _MARK.search(html or "")
    return (found[1], found[2]) if found else None


def spoken(html: str) -> dict[str, str]:
    """What a page says in place of each of its pictures: address → words."""
    found: dict[str, str] = {}
    for tag in TAG.findall(html):
        if tag.startswith("<img "):
            values = dict(re.findall(r' (src|alt)="([^"]*)"', tag))
            found[unescape(values.get("src", ""))] = unescape(values.get("alt", ""))
    return found


def outside_text(html: str, change: Callable[[str], str]) -> str:
    """Cleaned HTML with `change` made to every tag."""
    return TAG.sub(lambda match: change(match[0]), html)


def inside_text(html: str, change: Callable[[str], str]) -> str:
    """Cleaned HTML with `change` made to the text between the tags."""
    made: list[str] = []
    last = 0
    for match in TAG.finditer(html):
        made += [change(html[last : match.start()]), match[0]]
        last = match.end()
    return "".join([*made, change(html[last:])])


def _placed(tag: str, shown: Mapping[str, str], post: Post) -> str:
    """A tag with public addresses; notes get names that no other post on the same page has."""

    def replaced(match: re.Match[str]) -> str:
        name, value = match.groups()
        if name in ("src", "href") and value in shown:
            value = escape(shown[value])
        elif name in ("id", "href") and _NOTE.fullmatch(value):
            value = f"{value}-{post.id[-6:].lower()}"
        return f'{name}="{value}"'

    return _ATTRIBUTE.sub(replaced, tag)


def _adapt(tokens: Iterable[Token], shown: dict[str, str]) -> None:
    """Callouts become quotations; pictures of other sites get names that the sieve lets through."""
    for token in tokens:
        if token.tag == "section" and token.type.startswith("blockquote"):
            token.tag = "blockquote"
        if token.type == "image":
            address = str(token.attrs.get("src", ""))
            if address.startswith(("https://", "http://")) and link_target(address):
                name = hashlib.sha256(address.encode()).hexdigest()
                token.attrs["src"] = f"attachments/remote/{name}.png"
                shown[f"attachments/remote/{name}.png"] = address
        _adapt(token.children or [], shown)


@lru_cache(maxsize=1)
def _parser() -> Parser:
    """The parser of previews with an output that needs no style and no script."""
    from journal_app.domain.markdown_parser import build

    made = build()
    made.add_render_rule("fence", _fence)
    made.add_render_rule("math_inline", _math)
    made.add_render_rule("math_block", _math)
    made.add_render_rule("callout_title_open", lambda *_: "<p><strong>")
    made.add_render_rule("callout_title_close", lambda *_: "</strong></p>\n")
    return made


def _fence(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    language = token.info.split()[0].lower() if token.info.split() else ""
    kind = f' class="language-{escape(language)}"' if language else ""
    return f"<pre><code{kind}>{escape(token.content)}</code></pre>\n"


def _math(self: RendererHTML, tokens: Sequence[Token], index: int, options: Any, env: Any) -> str:
    token = tokens[index]
    latex = escape(token.content.replace("&lt;", "<"))  # `a<b` looked like a tag to `public_text`
    if token.tag == "div":
        return f'<div class="math">\\[{latex}\\]</div>\n'
    return f'<span class="math">\\({latex}\\)</span>'
