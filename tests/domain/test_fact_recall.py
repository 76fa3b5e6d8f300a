"""Notes with labelled facts, and what a summary carries of them; the set itself is sound."""

from __future__ import annotations

import pytest

from journal_app.domain import fact_recall
from journal_app.errors import JournalError
from journal_app.models import evaluate_notes

NOTE = """---
style: lab log
facts:
  - say: "500 holds"
    need: ["500", "hold | held"]
  - say: "loss 3.05"
    need: [3.05]
---
Warmup 500 held.
Loss 3.05.
"""


def test_a_fact_is_carried_when_all_it_needs_is_there() -> None:
    note = fact_recall.parse(NOTE, "a")
    assert (note.style, note.text) == ("lab log", "Warmup 500 held.\nLoss 3.05.\n")
    assert fact_recall.recall(note, "warmup\n500   HELD") == 0.5
    assert fact_recall.recall(note, "Warmup 100 held, loss 3.05, 500") == 1.0
    assert fact_recall.recall(note, "") == 0.0
    assert fact_recall.best(note, ["Warmup 500 held.", "Loss 3.05.", "x"], 1) == 0.5


@pytest.mark.parametrize(
    "text", ["no front", "---\nstyle: x\n---\n", "---\nfacts: [3]\n---\nx", "---\n{\n---\nx"]
)
def test_a_broken_note_is_named(text: str) -> None:
    with pytest.raises(JournalError, match="note-7"):
        fact_recall.parse(text, "note-7")


@pytest.mark.parametrize("split", evaluate_notes.SPLITS)
def test_every_fact_of_the_set_stands_in_its_note(split: str) -> None:
    notes = evaluate_notes.load(split)
    assert len(notes) >= 60 and len({note.style for note in notes}) >= 20
    for note in notes:
        assert 2 <= len(note.facts) <= 4, note.id
        assert fact_recall.recall(note, note.text) == 1.0, note.id
    assert evaluate_notes.version(split).startswith(split)
