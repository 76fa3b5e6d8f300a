"""The thread of a post as a target's settings want it, and the settings that all networks share."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Protocol, runtime_checkable

from markdown_it.token import Token

from journal_app.domain import digest, digest_block
from journal_app.domain.digest import Options, Part, Picture, Thread, Words
from journal_app.domain.markdown_parser import Parser
from journal_app.domain.sentences import plain
from journal_app.domain.social_text import LINK, Network
from journal_app.domain.targets import Config, Field, Post
from journal_app.errors import JournalError
from journal_app.publish import body

ON = ("on", "yes", "true", "1")
OFF = ("off", "no", "false", "0")
TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}
NO_LINK = (
    "No address of the post is known, so the thread has no link: publish it to a site first, or "
    "give the post a canonical_url."
)
_NAMED_LINK = re.compile(r"(?<!!)\[([^\]\n]*)\]\((https?://[^)\s]+)\)")
_PICTURE = re.compile(r"!\[(?:\\.|[^\]\\])*\]\([^)]*\)")
_HIDDEN = 0xF0000  # private characters stand for addresses while marks are taken off

FIELDS = (
    Field(
        "link",
        "Address of the page in",
        "The part that the address of the post's page stands in.",
        type="choice",
        choices=("first", "last"),
        default="first",
    ),
    Field(
        "parts",
        "Parts at most",
        "Of a thread that is made out of the post; 1 for a single message.",
        default="4",
    ),
    Field("numbers", "Number the parts", "1/4 at the end of each.", type="switch", default="on"),
    Field("hashtags", "Hashtags", "Out of the post's tags.", type="switch", default="on"),
    Field(
        "pictures",
        "Pictures",
        "The first four pictures of the post, with their text for people who do not see them.",
        type="switch",
        default="on",
    ),
    Field("language", "Language", "Of the posts, as en or de; empty: as the post says."),
)


@runtime_checkable
class Threading(Protocol):
    """A kind of target whose posts are threads."""

    def thread(self, config: Config, post: Post) -> Thread:
        """Exactly what `publish` sends. Raises JournalError for what cannot go out."""
        ...


def switch(config: Config, name: str, default: bool = True) -> bool:
    """A setting that is on or off. Raises JournalError for another word."""
    value = str(config.get(name) if config.get(name) is not None else "").strip().lower()
    if not value:
        return default
    if value in ON or value in OFF:
        return value in ON
    raise JournalError(f"{name}={value} is neither on nor off.", f"Write {name}=on or {name}=off.")


def options_of(config: Config) -> Options:
    """How the thread is made. Raises JournalError."""
    link = str(config.get("link") or "first")
    if link not in ("first", "last"):
        raise JournalError(f"link={link} is no place in a thread.", "Write link=first or link=last")
    return Options(
        link="first" if link == "first" else "last",
        numbered=switch(config, "numbers"),
        most=number(config, "parts", 4, 1, 25),
        hashtags=switch(config, "hashtags"),
        pictures=switch(config, "pictures"),
    )


def number(config: Config, name: str, default: int, least: int, most: int) -> int:
    """A setting that is a whole number. Raises JournalError."""
    value = str(config.get(name) or default).strip()
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise JournalError(
            f"{name}={value} is not a number from {least} to {most:,}.",
            f"For example {name}={default}.",
        )
    return int(value)


def language_of(config: Config, post: Post) -> str:
    """The language to declare, `en` of `en-GB`; empty where nobody said."""
    return str(config.get("language") or post.language or "").partition("-")[0].lower()


def thread_of(config: Config, post: Post, network: Network) -> Thread:
    """The thread: as the post says it, else derived. Raises JournalError."""
    options = options_of(config)
    files = {file.reference: file for file in body.carried(post)}
    link = post.canonical_url or post.page
    words = Words(post.title, post.description, body.public_text(post), post.tags, link)
    notes: tuple[str, ...] = ()
    if not words.link:
        notes = (NO_LINK,)
    own = digest_block.written(post.body, network.name)
    if own is not None:
        bodies = [replace(post, body=text) for text in own]
        texts = [_plain(body.public_text(one)) for one in bodies]
        pictures = [_pictures(one, network, options) for one in bodies]
        if any(len(found) > network.pictures for found in pictures):
            raise JournalError(
                f"A part of the thread has more than {network.pictures} pictures.",
                "Spread them over more parts.",
            )
        parts = digest.by_hand(texts, words, network, options)
    else:
        parts = digest.derived(words, network, options)
        found = _pictures(post, network, options) if files else []
        if len(found) > network.pictures:
            rest = len(found) - network.pictures
            notes += (f"{rest} more pictures stand on the page alone.",)
        pictures = [found[: network.pictures], *([] for _ in parts[1:])]
    for part_pictures in pictures:
        for one in part_pictures:
            _judged(one, network)
    made = digest.with_pictures(parts, pictures)
    _refuse_empty(made)
    return Thread(network, made, own is not None, words.link, notes)


def _refuse_empty(parts: Sequence[Part]) -> None:
    if not parts or not all(part.text or part.pictures for part in parts):
        raise JournalError("The post has no words for a thread.", "Write a title or some text.")


def _judged(picture: Picture, network: Network) -> None:
    digest.described(picture, network)
    if network.picture_bytes and picture.bytes > network.picture_bytes:
        raise JournalError(
            f"The picture {picture.name} has {picture.bytes:,} bytes; {network.title} takes "
            f"{network.picture_bytes:,}.",
            "Save it smaller and put it into the post again, or send the thread without pictures "
            "(pictures=off).",
        )


def _pictures(post: Post, network: Network, options: Options) -> list[Picture]:
    """The pictures of the text that the network takes as files, in order, each once."""
    if not options.pictures:
        return []
    files = {file.reference: file for file in body.carried(post)}
    found: dict[str, Picture] = {}
    for address, alt in _shown(body.public_text(post)):
        file = files.get(address)
        if file is not None and address not in found and file.source.suffix.lower() in TYPES:
            found[address] = Picture(alt, address, file.name, file.sha256, file.size)
    return list(found.values())


def _shown(text: str) -> Iterator[tuple[str, str]]:
    def walk(tokens: list[Token]) -> Iterator[tuple[str, str]]:
        for token in tokens:
            if token.type == "image":
                yield str(token.attrs.get("src", "")), token.content.strip()
            yield from walk(token.children or [])

    yield from walk(Parser("commonmark", {"html": False}).parse(text))


def _plain(text: str) -> str:
    """Markdown as words, line by line; of a link its words and its address."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group())
        return chr(_HIDDEN + len(kept) - 1)

    text = _NAMED_LINK.sub(lambda m: m[2] if m[1] in ("", m[2]) else f"{m[1]} ({m[2]})", text)
    lines = [plain(LINK.sub(keep, _PICTURE.sub("", line))) for line in text.split("\n")]
    for n, address in enumerate(kept):
        lines = [line.replace(chr(_HIDDEN + n), address) for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def fingerprint(thread: Thread, **more: Any) -> str:
    """The SHA-256 of what is sent: text, links, pictures with their words, and `more`."""
    facts = {**thread.as_json(), **more}
    for name in ("notes", "limit", "by_hand", "link"):
        facts.pop(name)
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def part_print(part: Part, **more: Any) -> str:
    """The same of one part, shorter: to know whether it was sent like this before."""
    facts = {
        "text": part.text,
        "links": [[one.start, one.end, one.value] for one in part.spans],
        "pictures": [[one.sha256, one.alt] for one in part.pictures],
        **more,
    }
    text = json.dumps(facts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:20]
