"""Kinds of callouts (`> [!tip] Title`) and the tone in which each is shown."""

from __future__ import annotations

import re

# kind → tone: what the box says about the state of things, in the words of the theme
KINDS = {
    "note": "info",
    "info": "info",
    "abstract": "info",
    "todo": "info",
    "tip": "pass",
    "success": "pass",
    "question": "stale",
    "warning": "stale",
    "failure": "fail",
    "danger": "fail",
    "bug": "fail",
    "example": "accent",
    "quote": "muted",
}
_SAME = {
    "summary": "abstract",
    "tldr": "abstract",
    "hint": "tip",
    "important": "tip",
    "check": "success",
    "done": "success",
    "help": "question",
    "faq": "question",
    "caution": "warning",
    "attention": "warning",
    "fail": "failure",
    "missing": "failure",
    "error": "danger",
    "cite": "quote",
}
_FIRST = re.compile(r"\[!([\w-]{1,40})(?:\|[^\]\n]{0,80})?\]([+-]?)[ \t]*([^\n]*)")


def read(line: str) -> tuple[str, str] | None:
    """(kind, title) of a callout's first line; None where it is none. Unknown kinds are notes."""
    match = _FIRST.match(line)
    if match is None:
        return None
    word = match.group(1).lower()
    kind = word if word in KINDS else _SAME.get(word, "note")
    return kind, match.group(3).strip() or word.replace("-", " ").capitalize()
