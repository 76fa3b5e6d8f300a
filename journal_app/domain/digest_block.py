"""The thread that a post says itself: a code block named `digest`, or `digest bluesky` for one
network alone, its parts divided by lines of `---`.

Invariant: such a block never goes to the site. It stands in the text, so that it is frozen and
approved with it.
"""

from __future__ import annotations

import re

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[ \t]*digest(?:[ \t]+([\w-]+))?[ \t]*$", re.IGNORECASE)
_ANY_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_RULE = re.compile(r"[ \t]*-{3,}[ \t]*$")


def without_digest(body: str) -> str:
    """The text without the blocks that say its thread."""
    return _divided(body)[0]


def written(body: str, network: str) -> tuple[str, ...] | None:
    """The parts that the post says itself for `network`; None where it says none."""
    blocks = _divided(body)[1]
    found = blocks.get(network) or blocks.get("")
    if not found:
        return None
    parts: list[list[str]] = [[]]
    for line in found:
        if _RULE.match(line):
            parts.append([])
        else:
            parts[-1].append(line)
    texts = tuple("\n".join(part).strip() for part in parts)
    return tuple(text for text in texts if text) or None


def _divided(body: str) -> tuple[str, dict[str, list[str]]]:
    if "digest" not in body.lower():
        return body, {}
    kept: list[str] = []
    blocks: dict[str, list[str]] = {}
    inside: list[str] | None = None
    fence = ""
    for line in body.split("\n"):
        bare = line.rstrip("\r")
        if fence:
            ends = bare.strip()
            if len(ends) >= len(fence) and not ends.strip(fence[0]):
                fence = ""
                if inside is not None:
                    inside = None
                    continue
            (kept if inside is None else inside).append(line if inside is None else bare)
            continue
        if match := _FENCE.match(bare):
            fence = match.group(1)
            inside = blocks.setdefault((match.group(2) or "").lower(), [])
            continue
        if match := _ANY_FENCE.match(bare):
            fence = match.group(1)
        kept.append(line)
    return "\n".join(kept), blocks
