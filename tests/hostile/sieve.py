"""Reads HTML as a browser would and fails on anything that may load, run or lead elsewhere."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import unquote

from journal_app.domain.markdown_clean import TAGS

ATTRIBUTES = {"href", "src", "alt", "title", "class", "id", "align", "start", "rel", "width"}
OUTSIDE = r"https?://[^/\s]|mailto:[^/\s]|#|attachments/"
INSIDE = OUTSIDE + r"|(?:entry|run):[0-9A-Za-z]{26}$|task:\d{1,7}$|new:[\w.%~-]+$"


class Sieve(HTMLParser):
    """Fails with an AssertionError on whatever must not stand in rendered HTML."""

    def __init__(self, *, inside: bool = False) -> None:
        super().__init__(convert_charrefs=True)
        self._links = INSIDE if inside else OUTSIDE
        self.images: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), names
        for name, value in attrs:
            assert name in ATTRIBUTES, (tag, name)
            text = value or ""
            if name == "src":
                assert re.fullmatch(r"attachments/[^\\:%?#]+", unquote(text)), text
                assert ".." not in unquote(text)
                self.images.append(text)
            elif name == "href":
                assert re.match(self._links, text), text
                assert not text.startswith("attachments/") or ".." not in unquote(text)
            elif name == "class":
                assert re.fullmatch(r"[\w+#. -]+", text, re.ASCII), text
            elif name in ("width", "start"):
                assert text.isdecimal()

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment came through")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError("a declaration came through")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError("a declaration came through")

    def handle_pi(self, data: str) -> None:
        raise AssertionError("a processing instruction came through")


def sieve(html: str, *, inside: bool = False) -> Sieve:
    """The HTML was read without finding anything that must not be there."""
    found = Sieve(inside=inside)
    found.feed(html)
    found.close()
    return found
