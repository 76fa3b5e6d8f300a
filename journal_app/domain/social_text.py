"""Text of social networks: how long it is there, what is a link in it, where it may be cut.

Invariants: a link, a hashtag and a mention are never cut, nor a character that people see as one
(a grapheme cluster, Unicode UAX #29); a word is cut only where it alone is longer than a part.

How networks count. Mastodon: graphemes, a link of ASCII characters as 23 whatever its length, of a
mention `@user@host` only the user (`status_length_validator.rb`; the limit is the server's own).
Bluesky: 300 graphemes and 3,000 bytes of UTF-8 (lexicon app.bsky.feed.post), a long link shown
short; a picture of at most 2,000,000 bytes. LinkedIn: 3,000 UTF-16 units.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

import regex

from journal_app.errors import JournalError

_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
LINK = re.compile(rf"https?://[^\s<>\"“”„«»`{_CJK}]+", re.IGNORECASE)
_TAG = regex.compile(r"(?<![\w/&#])[#＃](?=[\w]*[^\W\d_])[\w\p{M}]+")
_MENTION = regex.compile(
    r"(?<![\w/@.])@[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_])?(?:@[\w.-]+[A-Za-z0-9])?"
)
_GRAPHEME = regex.compile(r"\X")
_TRAILING = ".,;:!?…'*_~"
_CLOSING = "。．、，！？；：」』）】》〉”’…ー"
SHORT_LINK = 40  # characters: a longer link is shown short where the network lets us

Unit = Literal["graphemes", "utf16"]
Kind = Literal["link", "tag", "mention"]
_MARKS: tuple[tuple[Kind, regex.Pattern[str]], ...] = (("tag", _TAG), ("mention", _MENTION))


@dataclass(frozen=True, slots=True)
class Network:
    """What a network takes. `link`: what a link counts, 0 for its own length. `short_links`: the
    text may show a link short and lead to it all the same. `bytes`: 0 for no limit."""

    name: str
    title: str
    limit: int
    bytes: int = 0
    link: int = 0
    short_links: bool = False
    pictures: int = 4
    picture_bytes: int = 0
    alt: int = 1500
    unit: Unit = "graphemes"
    address: str = ""  # where one posts by hand


NETWORKS = {
    one.name: one
    for one in (
        Network("mastodon", "Mastodon", 500, link=23, picture_bytes=16_777_216),
        Network(
            "bluesky",
            "Bluesky",
            300,
            bytes=3000,
            short_links=True,
            picture_bytes=2_000_000,
            alt=2000,
            address="https://bsky.app/",
        ),
        Network(
            "linkedin",
            "LinkedIn",
            3000,
            unit="utf16",
            address="https://www.linkedin.com/feed/?shareActive=true",
        ),
        Network("plain", "plain text", 5000),
    )
}


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` is a link to `value`, the hashtag `value` or the mention `value`."""

    start: int
    end: int
    kind: Kind
    value: str


def graphemes(text: str) -> int:
    """How many characters people see."""
    if text.isascii():
        return len(text) - text.count("\r\n")
    return len(_GRAPHEME.findall(text))


def spans(text: str) -> list[Span]:
    """Links, hashtags and mentions in order, none inside another."""
    found: list[Span] = []
    for match in LINK.finditer(text):
        end = match.start() + len(_without_trailing(match.group()))
        found.append(Span(match.start(), end, "link", text[match.start() : end]))
    for kind, pattern in _MARKS:
        for mark in pattern.finditer(text):
            start, end = mark.span()
            if not any(one.start < end and start < one.end for one in found):
                found.append(Span(start, end, kind, text[start + 1 : end]))
    return sorted(found, key=lambda one: one.start)


def _without_trailing(link: str) -> str:
    """Stops and brackets after an address belong to the sentence around it."""
    while link:
        last = link[-1]
        if last in _TRAILING or (last in ")]}" and link.count(last) > link.count(_OPENING[last])):
            link = link[:-1]
        else:
            break
    return link


_OPENING = {")": "(", "]": "[", "}": "{"}


def displayed(text: str, network: Network) -> tuple[str, tuple[Span, ...]]:
    """The text as it is sent, and what in it leads somewhere; long links are shown short where the
    network lets us. Offsets are of the text returned."""
    found = spans(text)
    made: list[str] = []
    kept: list[Span] = []
    last = at = 0
    for one in found:
        made.append(text[last : one.start])
        at += one.start - last
        words = text[one.start : one.end]
        if one.kind == "link" and network.short_links:
            words = short_link(words)
        kept.append(Span(at, at + len(words), one.kind, one.value))
        made.append(words)
        at += len(words)
        last = one.end
    return "".join([*made, text[last:]]), tuple(kept)


def short_link(link: str) -> str:
    """A long link as people need it: `example.org/2026/warmup…`; a short one whole."""
    if len(link) <= SHORT_LINK:
        return link
    bare = re.sub(r"^https?://(?:www\.)?", "", link, flags=re.IGNORECASE).rstrip("/")
    return bare if len(bare) <= SHORT_LINK else bare[: SHORT_LINK - 1].rstrip("/.-_?&=%") + "…"


def length(text: str, network: Network) -> int:
    """How long the network says that the text is."""
    shown, found = displayed(text, network)
    total = last = 0
    for one in found:
        total += _plain(shown[last : one.start], network)
        words = shown[one.start : one.end]
        if one.kind == "link" and network.link:
            ascii_end = next((n for n, c in enumerate(words) if not c.isascii()), len(words))
            # It may end the link at the first letter that is not ASCII: count the rest as text.
            total += network.link + _plain(words[ascii_end:], network)
        elif one.kind == "mention" and network.link:
            total += _plain("@" + one.value.partition("@")[0], network)
        else:
            total += _plain(words, network)
        last = one.end
    return total + _plain(shown[last:], network)


def _plain(text: str, network: Network) -> int:
    if network.unit == "utf16":
        return len(text.encode("utf-16-le")) // 2
    return graphemes(text)


def fits(text: str, network: Network) -> bool:
    """Whether the network takes it as one part."""
    if network.bytes and len(displayed(text, network)[0].encode()) > network.bytes:
        return False
    return length(text, network) <= network.limit


def hashtag(tag: str) -> str:
    """`#LearningRate` out of `learning-rate`; empty where nothing of it can be a hashtag."""
    words = regex.findall(r"[\p{L}\p{N}\p{M}]+", tag)
    joined = words[0] if len(words) == 1 else "".join(w[:1].upper() + w[1:] for w in words)
    return f"#{joined}" if _TAG.fullmatch(f"#{joined}") and graphemes(joined) <= 60 else ""


# ---------------------------------------------------------------------- cutting


def cut(text: str, room: Callable[[str], bool]) -> Iterator[str]:
    """A text that is too long for one part, in pieces that have `room`: cut at spaces, between CJK
    characters, and in a word only where it alone is too long. Raises JournalError for a link that
    is longer than a part."""
    piece = ""
    for atom in _atoms(text, room):
        longer = piece + atom
        if room(longer.strip()):
            piece = longer
            continue
        if piece.strip():
            yield piece.strip()
        piece = atom
    if piece.strip():
        yield piece.strip()


def _atoms(text: str, room: Callable[[str], bool]) -> Iterator[str]:
    """What stays together: words with the space before them; their parts where they are long."""
    for match in re.finditer(r"\s*\S+", text):
        word = match.group()
        if room(word.strip()):
            yield word
            continue
        space = word[: len(word) - len(word.lstrip())]
        for atom in _inside(word.strip(), room):
            yield space + atom
            space = ""


def _inside(word: str, room: Callable[[str], bool]) -> Iterator[str]:
    last = 0
    for one in [*spans(word), None]:
        before = word[last : one.start if one else len(word)]
        yield from _runs(before, room)
        if one is None:
            return
        whole = word[one.start : one.end]
        if not room(whole):
            raise JournalError(
                f"The {one.kind} {whole[:60]}… alone is longer than a part may be.",
                "Use a shorter one, or take it out.",
            )
        yield whole
        last = one.end


def _runs(text: str, room: Callable[[str], bool]) -> Iterator[str]:
    """CJK characters one by one, each with the stop after it; other words as long as they fit."""
    atom = ""
    cjk = False
    for grapheme in _GRAPHEME.findall(text):
        wide = re.match(f"[{_CJK}]", grapheme) is not None
        stays = not atom or (not wide and not cjk) or grapheme[0] in _CLOSING
        if not stays or (atom and not room(atom + grapheme)):
            yield atom
            atom = ""
        atom += grapheme
        cjk = wide
    if atom:
        yield atom


def shortened(text: str, room: Callable[[str], bool]) -> str:
    """The text, or its longest beginning with an ellipsis that has `room`; empty for none."""
    if room(text):
        return text
    atoms = list(_atoms(text, lambda piece: not re.search(f"[{_CJK}]", piece)))
    fine, wrong = 0, len(atoms)
    while wrong - fine > 1:
        middle = (fine + wrong) // 2
        if room(_begun(atoms[:middle])):
            fine = middle
        else:
            wrong = middle
    return _begun(atoms[:fine]) if fine else ""


def _begun(atoms: list[str]) -> str:
    return "".join(atoms).rstrip(" \n,;:–-、，") + "…"
