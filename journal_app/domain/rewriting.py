"""What a small model is asked when it words one selected sentence, and what is kept of its answer.

It sees that sentence, never the text around it and never two entries. The examples are
short and of the same kind; simple prompts serve small models best (arXiv 2502.00641).
"""

from __future__ import annotations

import re

from journal_app.domain.generate import Message, Prompt
from journal_app.domain.sentences import split

PROMPT_VERSION = "rewrite/1"
SHORT = 9  # words: such a sentence is as short as it gets
LONGER = 1.15  # an answer may be so many times as long as its sentence
TOKENS_A_WORD = 2.2  # of notes full of numbers and identifiers, rather too many than too few

_SYSTEM = "You shorten one sentence of a lab note. Keep every number, name and not. Add nothing."
_EXAMPLES = (
    (
        "So after two more tries with seed 3 it turned out that, as we had feared, the warmup of "
        "100 steps was the reason why `val_loss` diverged at step 4,200.",
        "The warmup of 100 steps was the reason why `val_loss` diverged at step 4,200.",
    ),
    (
        "I also had a look at dropout 0.1 while I was at it, and it did not help at all: 41.2 "
        "against 41.9 without.",
        "Dropout 0.1 did not help: 41.2 against 41.9 without.",
    ),
)
_LEAD_IN = re.compile(
    r"^(?:here(?: is|'s)|sure|certainly|the (?:shortened|short|rewritten) (?:sentence|version)|"
    r"shortened(?: sentence| version)?|rewritten|answer|summary|note|sentence)\b[^:\n]{0,40}:\s*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+")
_UNENDED = re.compile(r"\s*[:,;]+$|\s+[–—-]+$")  # it went on to another line, or gave up
_QUOTES = (('"', '"'), ("“", "”"), ("'", "'"), ("«", "»"))


def prompt(sentence: str) -> Prompt:
    """The request for one sentence; numbers and names can only be copied from it."""
    messages = [Message("system", _SYSTEM)]
    for given, made in _EXAMPLES:
        messages += [Message("user", given), Message("assistant", made)]
    messages.append(Message("user", sentence))
    limit = 8 + int(len(sentence.split()) * TOKENS_A_WORD * LONGER)
    return Prompt(tuple(messages), limit=limit, stop=("\n",), copy_from=(sentence,))


def worth(sentence: str) -> bool:
    """Whether wording a sentence anew could gain anything: not for short ones, table rows, what is
    mostly numbers and marks, or several sentences that are quoted together."""
    words = sentence.split()
    if len(split(sentence)) > 1:
        return False
    if len(words) < SHORT or ("; " in sentence and sentence.count(": ") >= 2):
        return False
    plain = sum(word.strip(".,;:()").isalpha() for word in words)
    return plain / len(words) >= 0.5


def cleaned(text: str) -> str:
    """The answer as one sentence: without lead-in, bullet and quotes; what repeats is cut."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    if not lines:
        return ""
    line = _BULLET.sub("", lines[0])
    rest = _LEAD_IN.sub("", line)
    line = rest or (_BULLET.sub("", lines[1]) if len(lines) > 1 else "")
    for first, last in _QUOTES:
        if len(line) > 1 and line.startswith(first) and line.endswith(last):
            inner = line[1:-1]
            if first not in inner and last not in inner:
                line = inner.strip()
    return _UNENDED.sub(".", _first(line))


def unchanged(text: str, sentence: str) -> bool:
    """Whether `text` is `sentence` but for its first letter's case and the stop at its end."""
    ours, theirs = (" ".join(one.split()).rstrip(".") for one in (text, sentence))
    return ours[1:] == theirs[1:] and ours[:1].lower() == theirs[:1].lower()


def _first(line: str) -> str:
    """The first sentence; a full stop within a number, a name or an abbreviation ends none."""
    spans = split(line)
    return line[spans[0][0] : spans[0][1]].strip() if spans else line.strip()
