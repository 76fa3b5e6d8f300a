"""Tags as a tree (`eval/core` lies in `eval`), and giving a tag another name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from journal_app.domain.capture import CODE, TAG


@dataclass(frozen=True, slots=True)
class Node:
    """A tag in the tree. `n` counts its own entries; one that only holds others has 0."""

    tag: str
    name: str
    depth: int
    n: int
    parent: bool


def tree(counts: Iterable[tuple[str, int]]) -> list[Node]:
    """Every tag by name, each below the one it lies in; tags that are only a part of others'
    names are there too."""
    known = dict(counts)
    every = set(known)
    for tag in known:
        parts = tag.split("/")
        every |= {"/".join(parts[:n]) for n in range(1, len(parts))}
    ordered = sorted(every, key=lambda tag: tag.split("/"))
    holders = {tag.rsplit("/", 1)[0] for tag in every if "/" in tag}
    return [
        Node(tag, tag.rsplit("/", 1)[-1], tag.count("/"), known.get(tag, 0), tag in holders)
        for tag in ordered
    ]


def renamed(tag: str, old: str, new: str) -> str:
    """A tag after `old` was called `new`; tags below it move along."""
    if tag == old:
        return new
    return new + tag[len(old) :] if tag.startswith(old + "/") else tag


def in_text(text: str, old: str, new: str) -> str:
    """A text with `#old` and `#old/…` written as `#new`; what stands in code is left alone."""
    code = [match.span() for match in CODE.finditer(text)]

    def change(match: re.Match[str]) -> str:
        at = match.start()
        written = match.group(1)
        tag = written.rstrip("/-").lower()
        after = renamed(tag, old, new)
        if after == tag or any(start <= at < end for start, end in code):
            return match.group(0)
        return "#" + after + written[len(written.rstrip("/-")) :]

    return TAG.sub(change, text)
