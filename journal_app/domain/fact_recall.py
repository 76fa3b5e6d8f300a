"""Notes with labelled facts, and how many of the facts a summary carries.

A note file is YAML front matter (`style`, `facts` with `say` and `need`) and the note. A summary
carries a fact when everything that the fact needs occurs in it: case and white space do not count,
` | ` separates what may stand for the same.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import yaml

from journal_app.errors import JournalError

_FILE = re.compile(r"---\r?\n(.*?)\r?\n---\r?\n(.*)", re.DOTALL)
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Fact:
    """What a reader must learn: in words, and the strings that say it (any of each group)."""

    say: str
    need: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Note:
    """One note of an eval set."""

    id: str
    style: str
    text: str
    facts: tuple[Fact, ...]


def parse(text: str, id: str) -> Note:
    """Read a note file. Raises JournalError that names the note and the field."""
    match = _FILE.fullmatch(text)
    if match is None:
        raise JournalError(f"{id} has no front matter.", "It begins and ends with a line of ---.")
    try:
        head = yaml.safe_load(match.group(1))
    except yaml.YAMLError as error:
        raise JournalError(f"{id}: the front matter is not YAML: {error}.") from error
    facts = head.get("facts") if isinstance(head, dict) else None
    if not isinstance(facts, list) or not facts:
        raise JournalError(f"{id}: there are no facts.", "A list of say and need.")
    made = []
    for fact in facts:
        try:
            need = tuple(
                tuple(one.strip() for one in str(group).split(" | ")) for group in fact["need"]
            )
            made.append(Fact(str(fact["say"]), need))
        except (TypeError, KeyError) as error:
            raise JournalError(f"{id}: a fact lacks {error}.", "Give say and need.") from error
    return Note(id, str(head.get("style", "")), match.group(2).strip() + "\n", tuple(made))


def carried(fact: Fact, text: str) -> bool:
    """Whether a text says the fact."""
    folded = _folded(text)
    return all(any(_folded(one) in folded for one in group) for group in fact.need)


def recall(note: Note, text: str) -> float:
    """The share of a note's facts that a text carries, 0 to 1."""
    return sum(carried(fact, text) for fact in note.facts) / len(note.facts)


def best(note: Note, sentences: Sequence[str], count: int) -> float:
    """The share that the best `count` sentences of the note carry: no choice can go beyond."""
    needs = [(fact, group) for fact in note.facts for group in fact.need]
    held: dict[frozenset[int], str] = {}
    for sentence in sentences:
        folded = _folded(sentence)
        found = frozenset(
            place
            for place, (_, group) in enumerate(needs)
            if any(_folded(one) in folded for one in group)
        )
        if found:
            held.setdefault(found, sentence)
    useful = [one for one in held.items() if not any(one[0] < other for other in held)]
    choices = itertools.combinations(useful, min(count, len(useful)))

    def told(choice: Sequence[tuple[frozenset[int], str]]) -> int:
        places = frozenset[int]().union(*(found for found, _ in choice))
        missing = {id(fact) for place, (fact, _) in enumerate(needs) if place not in places}
        return -len(missing)

    return recall(note, "\n".join(sentence for _, sentence in max(choices, key=told, default=())))


def _folded(text: str) -> str:
    return _SPACE.sub(" ", text).strip().casefold()
