"""Where sentences end, and text without Markdown's marks. Pure string work, no language model.

Rules rather than a trained splitter: notes are full of file names, versions, decimals and
abbreviations, and every span must be an exact slice (pysbd and Punkt return changed text).
"""

from __future__ import annotations

import html
import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Abbreviations that never end a sentence, and those that may (before a capital letter).
NEVER = _words(
    "e.g i.e cf vs approx fig figs eq eqs sec secs ch no nos vol pp ed eds al mr mrs ms dr prof st "
    "jr sr dept est ref refs tab app appx resp incl excl min max ca viz temp avg"
)
MAYBE = _words("etc inc ltd co corp a.m p.m u.s u.k ph.d v.s")
# These count something when a number follows, and are plain words otherwise ("I said no.").
_NUMBERED = _words("no nos vol pp p ch min max app tab ed est st co")

_END = re.compile(r"(?<![.!?…])([.!?…]++)([\"'”’»)\]*_~`]*)(?=\s)|([。！？｡]+)([」』”’）】》*_]*)")
_CODE = re.compile(
    r"(`+)(?!`).*?(?<!`)\1(?!`)|\]\([^)\n]*\)|</?[A-Za-z][^<>\n]*>|\[\^[^\]]+\]", re.DOTALL
)
_WORD = re.compile(r"[^\s(\[\"'“‘*_]*$")
_HARD_BREAK = re.compile(r"(?: {2,}|\\)(?:\r\n|\r|\n)(?=\s*\S)")
_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"


def split(text: str) -> list[tuple[int, int]]:
    """Spans of the sentences of one paragraph. Together they cover all but the space between."""
    masked = _CODE.sub(lambda match: "x" * len(match.group()), text)
    ends = [match.end() for match in _HARD_BREAK.finditer(masked)]
    ends += [match.end() for match in _END.finditer(masked) if _is_end(masked, match)]
    spans = []
    start = 0
    for end in [*sorted(ends), len(text)]:
        piece = text[start:end]
        if any(letter.isalnum() for letter in piece):
            lead = len(piece) - len(piece.lstrip())
            spans.append((start + lead, start + lead + len(piece.strip())))
            start = end
        elif spans and not piece[:1].isspace():
            spans[-1] = (spans[-1][0], start + len(piece.rstrip()))
            start = end
    return spans


def _is_end(text: str, match: re.Match[str]) -> bool:
    if match.group(3):
        return True
    following = text[match.end() : match.end() + 80].lstrip()
    if not following:
        return True
    first = following.lstrip("\"'“‘(*_[`")[:1]
    if match.group(1) != ".":
        return match.group(1) != "…" or not first.islower()
    before = _WORD.search(text, max(0, match.start() - 60), match.start())
    word = (before.group() if before else "").lower().rstrip(".")
    bare = word.rpartition(".")[2] if word not in NEVER | MAYBE else word
    if word.isdigit() and not text[: match.start() - len(word)].strip():
        return False  # "1. First": a number that counts
    if len(word) == 1 and word.isalpha() and word != "i":
        return False  # an initial
    if word in _NUMBERED:
        return not (first.isdigit() or following.startswith("("))
    if word in NEVER:
        return False
    if word in MAYBE:
        return first.isupper()
    if first.islower():  # notes often go on in lower case: a real word before the stop decides
        return len(bare) >= 4 or not word.isalpha()
    return True


_IMAGE_OR_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\((?:[^()\s]|\([^()]*\))*[^)]*\)")
_REFERENCE = re.compile(r"!?\[([^\[\]]+)\]\[[^\[\]]*\]")
_FOOTNOTE = re.compile(r"\[\^[^\]]+\]")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_AUTOLINK = re.compile(r"<([a-z][a-z0-9+.-]*:[^<>\s]+)>", re.IGNORECASE)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]*)?/?>")
_EMPHASIS = (
    re.compile(r"(\*{1,3})(?=[^\s*])(.+?)(?<=[^\s*])\1", re.DOTALL),
    re.compile(r"(?<![\w_])(_{1,3})(?=[^\s_])(.+?)(?<=[^\s_])\1(?![\w_])", re.DOTALL),
    re.compile(r"(~~)(?=\S)(.+?)(?<=\S)\1", re.DOTALL),
)
_STRAY = re.compile(r"(?<![\w*])\*\*(?=\w)|(?<=[\w.:!?)])\*\*(?!\w)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_QUOTE_MARK = re.compile(r"(\r\n|\r|\n)[ \t]{0,3}(?:>[ \t]?)+")
_CJK_BREAK = re.compile(rf"(?<=[{_CJK}])\s*[\r\n]+\s*(?=[{_CJK}])")
_SPAN = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)


def plain(text: str) -> str:
    """`text` without Markdown's marks, on one line; code keeps its characters."""
    text = _COMMENT.sub(" ", text)
    text = _QUOTE_MARK.sub(r"\1", text)
    text = re.sub(r"(?: {2,}|\\)(?=\r\n|\r|\n)", " ", text)
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(match.group(2).strip() if match.lastindex == 2 else match.group(1))
        return f"\x00{len(kept) - 1}\x00"

    text = _SPAN.sub(keep, text.replace("\x00", " "))
    text = _ESCAPE.sub(keep, text)
    text = _AUTOLINK.sub(keep, text)
    for _ in range(2):  # a badge is an image inside a link
        text = _IMAGE_OR_LINK.sub(lambda match: match.group(1), text)
    text = _REFERENCE.sub(r"\1", text)
    text = _FOOTNOTE.sub("", text)
    text = _TAG.sub("", text)
    for mark in _EMPHASIS:
        text = mark.sub(lambda match: match.group(2), text)
    text = html.unescape(_STRAY.sub("", text))
    text = re.sub("\x00(\\d+)\x00", lambda match: kept[int(match.group(1))], text)
    text = _CJK_BREAK.sub("", text)
    return " ".join(text.split())
