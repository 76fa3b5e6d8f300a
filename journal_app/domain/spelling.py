"""Which words of a Markdown line are for the spell check, and which dictionary fits a language."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SKIPPED = re.compile(
    r"(`+)(?!`).+?(?<!`)\1(?!`)"  # code
    r"|\$\$?[^$\n]+\$\$?"  # math
    r"|\[\[[^\]\n]*\]\]"  # links to entries
    r"|(?<=\])\([^)\n]*\)"  # addresses of links and images
    r"|<[^>\n]+>"
    r"|(?:https?://|www\.|mailto:)\S+"
    r"|\S+@\S+"
    r"|(?:^|(?<=[\s(\[]))[#@~][\w/:.-]+"  # tags, runs
    r"|[\w.~-]*[/\\][\w./\\~-]+"  # paths
    r"|&\w+;"
)
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_SCRIPTS = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]")


def words(line: str) -> list[tuple[int, int, str]]:
    """Start, end and spelling of the words of a line that stands outside fenced code.

    Left out: code, math, addresses, tags, names with digits, underscores or capitals inside
    (`AdamW`, `eval_loss`, `GPU`), and scripts that write no spaces.
    """
    plain = _SKIPPED.sub(lambda match: " " * len(match.group()), line)
    found: list[tuple[int, int, str]] = []
    for match in _WORD.finditer(plain):
        word, start, end = match.group(), match.start(), match.end()
        around = plain[max(0, start - 1) : start] + plain[end : end + 1]
        if len(word) < 2 or any(c.isdigit() or c == "_" for c in around):
            continue
        if word[1:] != word[1:].lower() or _SCRIPTS.search(word):
            continue
        found.append((start, end, word.replace("’", "'")))
    return found


def best_dictionary(names: Iterable[str], wanted: str, locale: str) -> str | None:
    """Of the dictionaries there are, the one for `wanted`; `auto` takes the locale's, then English.

    Names look like `de_DE`; a dictionary of the same language serves where the country differs.
    """
    have = sorted(names)
    known = {name.replace("-", "_").lower(): name for name in have}
    tries = [locale, "en_US"] if wanted == "auto" else [wanted]
    for name in tries:
        plain = name.split(".")[0].replace("-", "_").lower()
        if plain in known:
            return known[plain]
        language = plain.split("_")[0]
        near = [known[key] for key in sorted(known) if key.split("_")[0] == language]
        if near and language:
            return near[0]
    return None
