"""Scripts that write no spaces between words, and words as a search compares them."""

from __future__ import annotations

import functools
import re
import unicodedata

_CJK = (
    "[\u1100-\u11ff\u2e80-\u2fdf\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f"
    "\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"
    "\U00020000-\U0003ffff]"
)
BREAK = "\ue000"  # stands for a mark between two sentences, so that no phrase reaches across it
_STOP = re.compile("[、。，．；：！？…!?;,\n「」『』（）【】《》]+")
WORD = re.compile(r"[^\W\d_]{3,40}")


@functools.cache
def _cjk() -> re.Pattern[str]:
    return re.compile(_CJK)  # 8 ms: at the first search, not at every start


def has_cjk(text: str) -> bool:
    """Whether `text` holds letters of a script that writes no spaces between words."""
    return not text.isascii() and _cjk().search(text) is not None


def spaced(text: str) -> str:
    """`text` with every letter of such a script standing alone, as the index keeps it: a run of
    any length, one letter too, is then a phrase. Width and composition of letters are evened out.
    """
    even = unicodedata.normalize("NFKC", text)
    return " ".join(_cjk().sub(r" \g<0> ", _STOP.sub(f" {BREAK} ", even)).split())


def folded(text: str) -> str:
    """`text` without accents and case: Café → cafe."""
    if text.isascii():
        return text.lower()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def title_words(title: str) -> list[str]:
    """The words of a title that a misspelt word may have meant: three letters or more, folded."""
    found = dict.fromkeys(WORD.findall(folded(title)))
    return [word for word in found if not has_cjk(word)]
