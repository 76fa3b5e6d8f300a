"""A thread out of a post: parts that fit a network, made of the post's own sentences.

Invariants: every part fits as its network counts; no sentence is changed, and one is cut only where
it alone is longer than a part; the same post gives the same thread at any time. No model is asked.

A post may say its thread itself (`digest_block`), with `{link}` for the address of the page. Else
the thread is derived: title, description, and the sentences whose wording tells a result or a
lesson (`summarize.cue`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from journal_app.domain.segment import Sentence, sentences
from journal_app.domain.social_text import (
    Network,
    Span,
    cut,
    displayed,
    fits,
    hashtag,
    length,
    shortened,
)
from journal_app.domain.summarize import cue
from journal_app.errors import JournalError

SENTENCES = 8  # of the text, at most, beside title and description
TAGS = 4
CLAIM = 4  # words of a heading that is a sentence and no mere name
NETWORK_KINDS = frozenset({"mastodon", "bluesky", "clipboard"})  # their posts lead to a page
PLACE = "{link}"

_FILE_NAME = re.compile(r"\s*[^\s]*\.(?:png|jpe?g|gif|webp|svg|avif|heic|bmp|tiff?)\s*", re.I)


@dataclass(frozen=True, slots=True)
class Options:
    """How the thread is made. `most`: parts at most (of a derived thread). `link`: the part that
    the address of the page stands in."""

    link: Literal["first", "last"] = "first"
    numbered: bool = True
    most: int = 4
    hashtags: bool = True
    pictures: bool = True


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a part: the words for those who do not see it, and its file. `file` is what the
    text of the post calls it."""

    alt: str
    file: str
    name: str
    sha256: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Part:
    """One part as it goes out. `count` is its length as the network counts; `spans` are offsets
    of characters in `text`."""

    text: str
    count: int
    spans: tuple[Span, ...] = ()
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Thread:
    """The parts in order. `by_hand`: as the post says it. `link`: the address in it, if any."""

    network: Network
    parts: tuple[Part, ...]
    by_hand: bool = False
    link: str = ""
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """For the command line and the hash of what is sent."""
        return {
            "network": self.network.name,
            "limit": self.network.limit,
            "by_hand": self.by_hand,
            "link": self.link,
            "parts": [
                {
                    "text": part.text,
                    "count": part.count,
                    "links": [one.value for one in part.spans if one.kind == "link"],
                    "pictures": [
                        {"name": p.name, "alt": p.alt, "sha256": p.sha256, "bytes": p.bytes}
                        for p in part.pictures
                    ],
                }
                for part in self.parts
            ],
            "notes": list(self.notes),
        }


@dataclass(frozen=True, slots=True)
class Words:
    """What a thread is made of: nothing private, `text` as Markdown."""

    title: str
    description: str
    text: str
    tags: tuple[str, ...] = ()
    link: str = ""


# ---------------------------------------------------------------------- making it


def derived(words: Words, network: Network, options: Options) -> tuple[Part, ...]:
    """Title, description and the sentences that carry the text, in at most `options.most` parts."""
    chosen = _candidates(words, network)
    description = _own_description(words, chosen)
    ranked = sorted(range(len(chosen)), key=lambda n: -_worth(n, chosen[n]))
    for count in range(min(SENTENCES, len(chosen)), -1, -1):
        picked = [chosen[n] for n in sorted(ranked[:count])]
        head = [("", words.title), ("\n\n", description)]
        units = [unit for unit in [*head, *_units(picked)] if unit[1]]
        parts = arranged(units, words, network, options)
        if len(parts) <= max(1, options.most):
            return parts
    for *kept, last in ([words.title, description], [words.title]):

        def made(shown: str, kept: list[str] = kept) -> tuple[Part, ...]:
            units = [("\n\n", text) for text in (*kept, shown) if text]
            return arranged(units, words, network, options)

        shown = shortened(last, lambda text: len(made(text)) <= max(1, options.most))
        if shown:
            return made(shown)
    raise JournalError(
        f"The title and the address are longer than a part at {network.title} may be.",
        "Allow more parts (parts=4), or write the thread yourself in a ```digest block.",
    )


def _candidates(words: Words, network: Network) -> list[Sentence]:
    found = [
        one
        for sentence in sentences(words.text)
        if sentence.kind in ("prose", "bullet")
        for one in _with_claim(sentence)
    ]
    found = [one for one in found if _same(one.text) != _same(words.title)]
    found = list({_same(one.text): one for one in reversed(found)}.values())[::-1]
    short = [one for one in found if length(one.text, network) <= network.limit - 20]
    return short or found


def _with_claim(sentence: Sentence) -> Iterator[Sentence]:
    """The first sentence of a section with its heading, where that claims something: a note in a
    draft has its own claim as the heading."""
    heading = sentence.section
    if sentence.place == 0 and (len(heading.split()) >= CLAIM or len(heading) >= 6 * CLAIM):
        yield replace(sentence, text=heading, kind="heading")
    yield sentence


def _worth(n: int, sentence: Sentence) -> float:
    """Cues of a result or a lesson, and the places that tell most: the first of all, of each
    section."""
    return cue(sentence) + (0.6 if sentence.place == 0 else 0.0) + (0.6 if n == 0 else 0.0)


def _own_description(words: Words, chosen: Sequence[Sentence]) -> str:
    """The description, unless it is only the beginning of the text, which is there anyway."""
    said = _same(words.description)
    text = _same(" ".join(one.text for one in chosen))
    return "" if not said or text.startswith(said) or said == _same(words.title) else (
        words.description
    )  # fmt: skip


def _same(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


def _units(picked: Sequence[Sentence]) -> Iterator[tuple[str, str]]:
    """Sentences with what stands before each: sections and items of lists begin a paragraph."""
    before: Sentence | None = None
    for one in picked:
        joined = (
            before is not None
            and before.kind == one.kind == "prose"
            and before.section == one.section
        )
        yield (" " if joined else "\n\n"), one.text
        before = one


def arranged(
    units: Sequence[tuple[str, str]], words: Words, network: Network, options: Options
) -> tuple[Part, ...]:
    """Units (what stands before, text) in as many parts as they need; link and hashtags in the
    first or the last one. Raises JournalError for a link that is longer than a part."""
    tail = _tail(words, network, options)
    digits = 1
    while True:
        texts = _packed(units, tail, network, options, digits)
        if len(str(len(texts))) <= digits:
            break
        digits += 1
    total = len(texts)
    made = []
    for n, text in enumerate(texts):
        number = f"{n + 1}/{total}" if options.numbered and total > 1 else ""
        has_tail = n == (0 if options.link == "first" else total - 1)
        whole = _whole(text, number, tail if has_tail else "")
        if not fits(whole, network):
            raise _no_room(network)
        made.append(part(whole, network))
    return tuple(made)


def _packed(
    units: Sequence[tuple[str, str]], tail: str, network: Network, options: Options, digits: int
) -> list[str]:
    number = "9" * digits + "/" + "9" * digits if options.numbered else ""
    texts: list[str] = []

    def room(text: str, last: bool = False) -> bool:
        here = (options.link == "first" and not texts) or (options.link == "last" and last)
        return fits(_whole(text, number, tail if here else ""), network)

    current = ""
    for before, unit in units:
        longer = current + before + unit if current else unit
        if room(longer):
            current = longer
            continue
        if current:
            texts.append(current)
        current = ""
        for piece in cut(unit, room):  # one piece where it fits alone
            if current:
                texts.append(current)
            current = piece
    if tail and options.link == "last" and not room(current, last=True):
        texts.append(current)
        current = ""
    return [*texts, current] if current or tail else texts


def _no_room(network: Network) -> JournalError:
    return JournalError(
        f"The address and the hashtags leave no room in a part at {network.title}.",
        "Use a shorter address, or fewer tags.",
    )


def _whole(text: str, number: str, tail: str) -> str:
    numbered = f"{text} {number}".strip() if number else text
    return "\n\n".join(piece for piece in (numbered, tail) if piece)


def _tail(words: Words, network: Network, options: Options) -> str:
    """The address, and as many hashtags as leave room for half a part of text."""
    tags = [hashtag(tag) for tag in words.tags] if options.hashtags else []
    tags = list(dict.fromkeys(filter(None, tags)))[:TAGS]
    while True:
        tail = "\n".join(filter(None, (words.link, " ".join(tags))))
        if not tags or length(tail, network) * 2 <= network.limit:
            return tail
        tags.pop()


def by_hand(
    texts: Sequence[str], words: Words, network: Network, options: Options
) -> tuple[Part, ...]:
    """The parts as the post says them; the address is added where they do not hold it.

    Raises JournalError for one that is too long: what somebody wrote is not cut.
    """
    made = [text.replace(PLACE, words.link).strip() for text in texts]
    if words.link and not any(words.link in text for text in made):
        n = 0 if options.link == "first" else len(made) - 1
        made[n] = f"{made[n]}\n\n{words.link}"
    found = []
    own = all(re.search(rf"\b{n}/{len(made)}\b", text) for n, text in enumerate(made, 1))
    numbered = options.numbered and len(made) > 1 and not own
    for n, text in enumerate(made, 1):
        number = f"{n}/{len(made)}" if numbered else ""
        done = part(_whole(text, number, ""), network)
        if not fits(_whole(text, number, ""), network):
            raise JournalError(
                f"Part {n} of the thread has {done.count:,} characters as {network.title} counts; "
                f"it takes {network.limit:,}.",
                f"Shorten it, or write a thread for this network alone: ```digest {network.name}",
            )
        found.append(done)
    return tuple(found)


def part(text: str, network: Network) -> Part:
    """A part with its length, and what in it leads somewhere."""
    shown, found = displayed(text, network)
    return Part(shown, length(text, network), found)


def with_pictures(parts: Sequence[Part], pictures: Sequence[Sequence[Picture]]) -> tuple[Part, ...]:
    """The parts with their pictures, one sequence a part."""
    return tuple(
        replace(one, pictures=tuple(mine)) for one, mine in zip(parts, pictures, strict=True)
    )


def described(picture: Picture, network: Network) -> None:
    """Raise JournalError for a picture without words for those who do not see it.

    A file's name is no description: it is what the editor writes by itself.
    """
    if not picture.alt.strip() or _FILE_NAME.fullmatch(picture.alt):
        raise JournalError(
            f"The picture {picture.name} has no text for people who do not see it.",
            f"Write it in the post, ![What the picture shows]({picture.file}), or send the thread "
            "without pictures (pictures=off).",
        )
    if len(picture.alt) > network.alt:
        raise JournalError(
            f"The text of the picture {picture.name} has {len(picture.alt):,} characters; "
            f"{network.title} takes {network.alt:,}.",
            "Say it shorter in the post.",
        )
