"""Titles, tags, lessons and failure reports out of the sentences of a text, without a model.

Everything proposed is made of words that stand in the text; a slot that the text does not fill
stays empty instead of being guessed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence

from journal_app.domain.segment import Sentence

TITLE = 80  # characters
TAGS = 5
_CLAUSE = re.compile(r"\s*(?:[;:(]|,\s+(?:and|but|which|so|because|while|although)\b|\s[–—-]\s)")
_LEAD_IN = re.compile(
    r"^(?:result|verdict|conclusion|lesson|takeaway|summary|tl;?dr|outcome|decision|note|update)"
    r"s?\s*[:.–—-]\s*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_][\w-]{2,30}")
# What a title cannot end in: something would have to follow.
_HANGING = frozenset(
    """a an the this that these those of to from at in on for by with without than against and or
    but as is are was were be been went goes go fell falls rose rises gave gives had has have
    into over under below above between after before until while when if so because not no its
    their our only at""".split()
)
_UNSETTLED = re.compile(
    r"\b(?:open|next|to ?do|later|questions?|unknown|unclear|offen|待办|下一步)\b", re.IGNORECASE
)
_LESSON = re.compile(
    r"\b(?:lessons?|takeaway|learned|learnt|next time|from now on|never|always|should have|must|"
    r"rule|do not|don't|avoid|keep|remember|turns? out|turned out|root cause|because|"
    r"lehren?|gelernt|erkenntnis|fazit|nächstes mal|künftig|ab jetzt|nie|immer|vermeiden|weil)\b|"
    r"教训|經驗|经验|结论|下次|今后|以后|不要|避免|务必|因为",
    re.IGNORECASE,
)
_LEARNED = re.compile(
    r"lesson|takeaway|learn|verdict|conclusion|\blehren?\b|gelernt|fazit|erkenntnis|教训|结论|经验",
    re.IGNORECASE,
)
SLOTS: Mapping[str, re.Pattern[str]] = {
    "What broke": re.compile(
        r"\b(?:broke|broken|fail(?:s|ed|ure)?|crash(?:ed)?|diverg\w*|nan|oom|out of memory|wrong|"
        r"error|stuck|hang|hung|killed|lost|corrupt\w*|regress\w*|spik\w*|dropped|"
        r"brach|abgebrochen|abgestürzt|divergiert\w*|fehler\w*|kaputt|gescheitert|verloren)\b|"
        r"发散|崩溃|失败|错误|报错|中断|丢失|损坏|卡住",
        re.IGNORECASE,
    ),
    "How it showed": re.compile(
        r"\b(?:saw|seen|noticed|showed|log|curve|spike|at step|after \d|first sign|alert|"
        r"loss (?:went|rose|jumped)|metric|plot|symptom|"
        r"gesehen|bemerkt|zeigte|auffällig|kurve|bei schritt|nach \d)\b|"
        r"发现|看到|曲线|日志|症状",
        re.IGNORECASE,
    ),
    "Cause": re.compile(
        r"\b(?:because|cause[ds]?|culprit|reason|due to|turned out|turns out|root cause|was using|"
        r"bug|forgot|mismatch|instead of|weil|ursache|grund|wegen|vergessen|statt)\b|"
        r"因为|由于|原因|导致",
        re.IGNORECASE,
    ),
    "What changes": re.compile(
        r"\b(?:fix(?:ed)?|solved|added|now|from now on|next time|workaround|reverted|pinned|set to|"
        r"switched|replaced|lowered|raised|test|"
        r"behoben|gelöst|ab jetzt|künftig|nächstes mal|zurückgesetzt|gesenkt|erhöht|ersetzt)\b|"
        r"修复|解决|改为|改成|下次|今后|以后|换成|回滚|降低|提高",
        re.IGNORECASE,
    ),
}
# What a sentence says of itself as it begins, or the heading or lead above it: it fills that slot
# before any other, whatever words it holds besides.
_OPENS: Mapping[str, re.Pattern[str]] = {
    slot: re.compile(rf"(?:(?:the|its|our|die|der|das)\s+)?(?:{words})", re.IGNORECASE)
    for slot, words in {
        "What broke": r"what broke\b|(?:failure|problem|incident|fehler|störung)\s*[:–—]|"
        r"故障|问题[:：]",
        "How it showed": r"symptoms?\b|first sign\b|how it showed\b|symptome?\b|anzeichen\b|"
        r"症状|现象",
        "Cause": r"(?:(?:root|likely|real|true)\s+)?(?:causes?|reason|culprit)\b|ursache\b|grund\b|"
        r"原因|根因",
        "What changes": r"(?:fix|workaround|lessons?|lehren?|lösung|abhilfe)\b|next time\b|"
        r"from now on\b|what changes\b|ab jetzt\b|künftig\b|nächstes mal\b|"
        r"教训|修复|解决|下次|今后|以后",
    }.items()
}


def title(sentence: str, most: int = TITLE) -> str:
    """A sentence as a title: without its lead-in, cut at a clause or a word, no full stop."""
    text = _LEAD_IN.sub("", sentence.strip()).strip()
    if len(text) > most:
        ends = [found.start() for found in _CLAUSE.finditer(text) if 20 <= found.start() <= most]
        text = text[: ends[-1]] if ends else _cut(text, most)
    text = text.rstrip(" .,;:–—-")
    first = text.partition(" ")[0]
    named = any(letter == "_" or letter.isdigit() or letter.isupper() for letter in first)
    return text if named else text[:1].upper() + text[1:]  # val_loss and d12 are names


def _cut(text: str, most: int) -> str:
    """The beginning of a text that ends in a whole thought as far as words tell: not within `from A
    to B`, and not in a word that something must follow."""
    kept = text[: most + 1].rsplit(" ", 1)[0][:most]
    begins = kept.rfind(" from ")
    if begins > 0 and " to " not in kept[begins:] and " to " in text[begins:]:
        kept = kept[:begins]
    words = kept.split(" ")
    while len(words) > 3 and words[-1].casefold().strip(",;:") in _HANGING:
        words.pop()
    return " ".join(words)


def without_lead_in(sentence: str) -> str:
    """`Lesson: warm up longer` without what says that it is one."""
    return _LEAD_IN.sub("", sentence, count=1).strip() or sentence


def unsettled(sentences: Sequence[Sentence], count: int) -> list[int]:
    """Indices of the first sentences that a text itself calls open: under a heading or lead that
    says so, or questions."""
    found = [
        index
        for index, one in enumerate(sentences)
        if one.text.endswith(("?", "？"))
        or _UNSETTLED.search(one.lead)
        or _UNSETTLED.search(one.section)
        or _UNSETTLED.match(one.text)
    ]
    return found[:count]


def tags(
    text: str, known: Sequence[tuple[str, int]], near: Sequence[Sequence[str]], limit: int = TAGS
) -> list[str]:
    """Tags for a text, best first: tags of the journal whose words it holds, tags of the entries
    nearest to it (`near`, nearest first), then words that it repeats. Never one it has already."""
    words = Counter(word.casefold() for word in _WORD.findall(text))
    have = {match.casefold() for match in re.findall(r"(?:^|\s)#([^\W\d_][\w/-]*)", text)}
    scores: Counter[str] = Counter()
    for tag, _ in known:
        parts = re.split(r"[/_-]", tag.casefold())
        if all(words[part] for part in parts if part):
            scores[tag] += 4 + min(3, min(words[part] for part in parts if part))
    for place, given in enumerate(near):
        for tag in given:
            scores[tag] += 3 if place < 3 else 1
    common = {word for word, _ in words.most_common(40)}
    for word in common:
        if words[word] >= 3 and len(word) >= 5 and word not in _DULL:
            scores[word] += 1
    ordered = sorted(scores, key=lambda tag: (-scores[tag], tag))
    return [tag for tag in ordered if tag.casefold() not in have and scores[tag] >= 1][:limit]


_DULL = frozenset(
    """about after again against because before between could during first their there these thing
    things think those through under until where which while without would should still other every
    model models training trained steps value values result results using didn doesn note notes
    number numbers better worse maybe really""".split()
)


def lessons(sentences: Sequence[Sentence], count: int) -> list[int]:
    """Indices of sentences that say what was learned, in order: those that say so themselves or
    stand under a heading or lead that does; where there is none, those that sound like it."""
    scored = []
    for index, one in enumerate(sentences):
        value = 2 * bool(_LEARNED.search(one.section + one.lead))
        value += 2 * bool(_LEARNED.search(one.text[:20])) + len(_LESSON.findall(one.text))
        if value and not one.text.endswith("?"):
            scored.append((-value, index))
    best = -min(scored)[0] if scored else 0
    sure = [one for one in scored if best < 3 or -one[0] > 1]
    return sorted(index for _, index in sorted(sure)[:count])


def slots(sentences: Sequence[Sentence], weight: Callable[[int], float]) -> dict[str, list[int]]:
    """For each slot of a failure report the sentences that fill it, at most two, each used once.
    `weight(index)` says how much a sentence carries. One that says itself what it is (`Cause: …`)
    fills that slot and no other."""
    taken: set[int] = set()
    filled: dict[str, list[int]] = {}
    own = [_own_slot(one) for one in sentences]
    for slot, pattern in SLOTS.items():
        found = [
            (
                -len(pattern.findall(one.text)) - 10 * (own[index] == slot) - 0.1 * weight(index),
                index,
            )
            for index, one in enumerate(sentences)
            if index not in taken
            and (own[index] == slot or (not own[index] and pattern.search(one.text)))
        ]
        best = sorted(index for _, index in sorted(found)[: 1 if slot == "What broke" else 2])
        filled[slot] = best
        taken.update(best)
    return filled


def _own_slot(sentence: Sentence) -> str:
    """The slot that a sentence, its lead or its heading names; "" where none does."""
    for words in (sentence.text, sentence.lead, sentence.section):
        for slot, pattern in _OPENS.items():
            if pattern.match(words):
                return slot
    return ""
