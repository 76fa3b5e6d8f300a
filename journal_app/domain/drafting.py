"""Composing one text out of several: each source under its own title, nothing rewritten."""

from __future__ import annotations

import re
from collections.abc import Sequence

from journal_app.domain.capture import LINK
from journal_app.domain.entry import Entry, excerpt_of, plain_line

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^( {0,3})(#{1,6})(\s)")
_TAGS = re.compile(r"(?:^|\s+)#[^\W\d_][\w/-]*(?:\s+#[^\W\d_][\w/-]*)*\s*$")
_PICTURE = re.compile(r"!\[[^\]]*\]\([^)]*\)")
_LABEL = re.compile(r"^ {0,3}\[(\^?[^\]\n]+)\]:", re.MULTILINE)


def compose(sources: Sequence[Entry]) -> str:
    """The body of a draft. Headings of a source go two levels down, below its title."""
    parts = []
    taken: set[str] = set()
    for n, source in enumerate(sources, 1):
        text = _own_labels(_inner(source), n, taken)
        parts.append(f"## {source.title}\n\n{text}".rstrip() if source.title else text)
    return "\n\n".join(part for part in parts if part.strip()) + "\n"


def description_of(title: str, sources: Sequence[Entry]) -> str:
    """The first words of the first source that has any beside its title."""
    for source in sources:
        words = excerpt_of(source.title, _PICTURE.sub("", _inner(source)))
        if words:
            return words
    return next((source.title for source in sources if source.title != title), "")


def _inner(source: Entry) -> str:
    """A source's text without its title line, its tags at line ends and its link marks."""
    lines: list[str] = []
    fence = ""
    for line in source.body.replace("\r\n", "\n").split("\n"):
        mark = _FENCE.match(line)
        if fence:
            if mark and mark.group(1).startswith(fence) and not line.strip().strip(fence[0]):
                fence = ""
            lines.append(line)
            continue
        if mark:
            fence = mark.group(1)
            lines.append(line)
            continue
        bare = _without_marks(line)
        if not any(kept.strip() for kept in lines) and plain_line(bare) == source.title:
            continue
        if bare.strip() or not line.strip():
            lines.append(_HEADING.sub(_two_down, bare))
    if fence:  # an open fence would swallow what follows
        lines.append(fence)
    return "\n".join(lines).strip("\n")


def _without_marks(line: str) -> str:
    if "`" in line:
        return line
    return _TAGS.sub("", without_links(line)).rstrip() if "#" in line or "->" in line else line


def without_links(text: str) -> str:
    """`text` without `->run:…` marks and the space before each."""
    return re.sub(r"[ \t]*\0", "", LINK.sub("\0", text)) if "->" in text else text


def _two_down(match: re.Match[str]) -> str:
    return match.group(1) + "#" * min(6, len(match.group(2)) + 2) + match.group(3)


def _own_labels(text: str, n: int, taken: set[str]) -> str:
    """Labels of references and footnotes that another source has too get this one's number."""
    for label in dict.fromkeys(_LABEL.findall(text)):
        if label.lower() in taken:
            text = text.replace(f"[{label}]", f"[{label}-{n}]")
        taken.add(label.lower())
    return text
