"""What is checked: one frozen revision of a post with all that goes out beside its text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from markdown_it.token import Token

from journal_app.domain import links
from journal_app.domain.entry import Attachment
from journal_app.domain.markdown_parser import Parser

_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
_ADDRESS = re.compile(r"https?://[^\s<>\"'`\\^{|}]+", re.IGNORECASE)
_TICKS = re.compile(r"`{4,}")  # no code: a long run costs readers of sentences its square
_LATIN = re.compile(r"[^\W\d_]+")
_GERMAN = frozenset(
    "der die das und ist nicht mit ein eine auf für von den im zu dass wir ich sich auch".split()
)
_ENGLISH = frozenset(
    "the and is not with a on for of to in that we i it this was are as be at by".split()
)


@dataclass(frozen=True, slots=True)
class Place:
    """A link or picture of the text. `words` are its label or alt text; `line` counts from 1."""

    address: str
    words: str
    line: int
    picture: bool = False


@dataclass(frozen=True)
class Subject:
    """A post as it stands in one revision; `root` is the journal's folder, where its files lie.

    `front` is the front matter as it was written, `language` what it names ("en", "de-CH") or "".
    """

    id: str
    title: str
    body: str
    slug: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    canonical_url: str = ""
    language: str = ""
    front: Mapping[str, Any] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    root: Path = Path()

    @cached_property
    def tokens(self) -> list[Token]:
        """The body, parsed as the preview parses it, with every address as it is written."""
        return _parser().parse(self.body)

    @cached_property
    def code(self) -> list[tuple[int, int]]:
        """Where code stands in the body, in order."""
        return sorted(links.code_spans(self.body))

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.body))]

    def where(self, offset: int) -> str:
        """ "line 12" of a place in the body."""
        return f"line {bisect_right(self._lines, offset)}"

    def in_code(self, offset: int) -> bool:
        """Whether a place of the body stands in code."""
        at = bisect_right(self.code, (offset, len(self.body) + 1)) - 1
        return at >= 0 and self.code[at][1] > offset

    @cached_property
    def places(self) -> list[Place]:
        """The links and pictures of the body, in order."""
        return list(_places(self.tokens, 1))

    @cached_property
    def prose(self) -> list[str]:
        """The paragraphs, headings, cells and list items as plain words, without code."""
        found = []
        for token in self.tokens:
            if token.type == "inline":
                words = plain_words(token.children or [])
                if words.strip():
                    found.append(words)
        return found

    @cached_property
    def speaks(self) -> str:
        """The language of the text: "en", "de", "cjk", or the one that is named; "" if unknown."""
        named = self.language.lower().replace("_", "-").partition("-")[0]
        if named in ("zh", "ja", "ko"):
            return "cjk"
        if named:
            return named
        words = " ".join(self.prose)[:20_000]
        if len(_CJK.findall(words)) * 4 > len(words.replace(" ", "")):
            return "cjk"
        low = [word.lower() for word in _LATIN.findall(words)]
        german = sum(word in _GERMAN for word in low)
        english = sum(word in _ENGLISH for word in low)
        if max(german, english) * 20 < len(low) or german == english:
            return ""
        return "de" if german > english else "en"


class _Addresses(Parser):
    """CommonMark with tables and footnotes that keeps every address as it is written."""

    def normalizeLink(self, url: str) -> str:
        return url


@cache
def _parser() -> Parser:
    from mdit_py_plugins.footnote import footnote_plugin

    made = _Addresses("commonmark", {"html": False, "maxNesting": 20})
    made.enable("table")
    made.use(footnote_plugin)
    return made


def _bare(text: str, line: int) -> Iterator[Place]:
    """Addresses that stand in the text without being a link: sites make links of them."""
    for match in _ADDRESS.finditer(text):
        address = match.group().rstrip(".,:;!?*_~")
        while address.endswith(")") and address.count(")") > address.count("("):
            address = address[:-1].rstrip(".,:;!?*_~")
        yield Place(address, address, line)


def _places(tokens: list[Token], line: int) -> Iterator[Place]:
    for token in tokens:
        at = token.map[0] + 1 if token.map else line
        children = token.children or []
        if token.type == "image":
            yield Place(str(token.attrs.get("src", "")), token.content, at, picture=True)
            continue
        depth = 0
        for index, child in enumerate(children):
            depth += child.nesting if child.type.startswith("link_") else 0
            if child.type == "text" and not depth:
                yield from _bare(child.content, at)
            if child.type in ("softbreak", "hardbreak"):
                at += 1
            elif child.type == "link_open":
                inner = []
                for other in children[index + 1 :]:
                    if other.type == "link_close":
                        break
                    inner.append(other)
                yield Place(str(child.attrs.get("href", "")), plain_words(inner), at)
            elif child.type == "image":
                yield Place(str(child.attrs.get("src", "")), child.content, at, picture=True)


def plain_words(tokens: Sequence[Token]) -> str:
    """The words of a paragraph without marks, pictures and addresses."""
    parts = []
    for token in tokens:
        if token.type == "text":
            parts.append(_TICKS.sub("`", token.content))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append(" ")
        elif token.type == "code_inline":
            parts.append(token.content)
        elif token.children and token.type != "image":
            parts.append(plain_words(token.children))
    return "".join(parts)
