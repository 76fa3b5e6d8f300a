"""The rule on names: identifiers, quoted words, proper names, days and months are the source's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from journal_app.domain.trust.atoms import core_of, parts_of
from journal_app.domain.trust.polarity import is_negation, stem, words_of
from journal_app.domain.trust.units import DAYS, FUNCTION, MONTHS, SOFT, is_number_word

_CHUNK = re.compile(r"\S+")
_QUOTE = re.compile(
    r"“([^”]+)”|\"([^\"]+)\"|`([^`]+)`|«([^»]+)»|‘([^’]+)’(?!\w)|(?<!\w)'([^']+)'(?!\w)|「([^」]+)」"
)
_CODE = re.compile(r"[_/\\@#$=<>{}|~^*&]|\d|[a-z][A-Z]|\w\.\w|^--?\w")
_ENDS = re.compile(r"[.!?…:]$")
# Words that begin sentences about work and name nothing. Any other first word must be a source's.
STARTERS = frozenset(
    "the this that these those there here it its he she they we our you your i my a an in on at "
    "by for from with without to of as after before during when while if since because so but and "
    "or also still yet then thus hence therefore however instead overall finally first second "
    "third next last later now today yesterday both all each every some most many few several "
    "none no not only even just using use used adding removing setting making running training "
    "testing trying changing keeping turning based given according despite due thanks compared "
    "although though whereas unless until once one two three more less better worse result "
    "results experiment experiments test tests run runs model models method methods approach loss "
    "accuracy score performance quality speed memory time data dataset evaluation baseline change "
    "changes effect conclusion outcome note summary problem issue bug fix cause reason lesson "
    "decision keep avoid do don't never always another other such what which where why how "
    "nothing everything neither either under over between within about around through per again "
    "increasing decreasing reducing raising lowering".split()
)


def findings(sentence: str, sources: Sequence[str]) -> Iterator[str]:
    """Names that no source has, a line each."""
    whole = "\n".join(_flat(source) for source in sources)
    lower = whole.lower()
    words = {word for source in sources for word in words_of(source)}
    words |= {part for word in words for part in word.split("-")}
    words |= {word.removesuffix("'s") for word in words}
    stems = {stem(word) for word in words}
    for match in _QUOTE.finditer(sentence):
        inner = next(group for group in match.groups() if group)
        if not _stands(_flat(inner), whole):
            yield f"“{inner}” is not quoted from the source."
    begins = True
    for match in _CHUNK.finditer(sentence):
        start, end = core_of(sentence, *match.span())
        if start == end:
            continue
        for first, last in parts_of(sentence, start, end)[1:] or [(start, end)]:
            core = sentence[first:last].replace("’", "'").removesuffix("'s")
            if not core or _stands(core, whole):
                continue
            low = core.lower()
            if low in DAYS or (low in MONTHS and (low not in SOFT or core[0].isupper())):
                yield f"{core} is not in the source."
            elif _CODE.search(core):
                if not _is_quantity(core) and not (begins and _stands(low, lower)):
                    yield f"“{core}” is not in the source."
            elif begins and first == start:
                if core[0].isupper() and not _may_begin(core, words, stems):
                    yield f"“{core}” is not in the source."
            elif core[0].isupper() and low not in words and not _stands(low, lower):
                yield f"{core} is not in the source."
        begins = _ENDS.search(match.group()) is not None


def _may_begin(core: str, words: set[str], stems: set[str]) -> bool:
    low = core.lower()
    if (
        low in words
        or low in STARTERS
        or low in FUNCTION
        or is_number_word(low)
        or is_negation(low)
    ):
        return True
    return core[1:].islower() and (
        stem(low) in stems or low.endswith("ly") or all(part in words for part in low.split("-"))
    )


def _is_quantity(core: str) -> bool:
    """A number: the rule on numbers reads it."""
    return core.lstrip("+-−±~≈<>≤≥$€£")[:1].isnumeric() and "_" not in core


def _stands(text: str, whole: str) -> bool:
    """Whether `text` stands in a source with no letter or digit at its sides."""
    if not text:
        return True
    at = whole.find(text)
    while at >= 0:
        before = whole[at - 1 : at] if at else ""
        after = whole[at + len(text) : at + len(text) + 1]
        if not ((before.isalnum() or before == "_") and text[0].isalnum()) and not (
            (after.isalnum() or after == "_") and text[-1].isalnum()
        ):
            return True
        at = whole.find(text, at + 1)
    return False


def _flat(text: str) -> str:
    return " ".join(text.replace("’", "'").split())
