"""Terms and what a text says they are."""

from __future__ import annotations

import pytest

from journal_app.domain import glossary


def test_terms_are_acronyms_and_identifiers_the_most_used_first() -> None:
    text = "GQA helps. GQA and `val_bpb` with muon_lr; TODO ask. OK."
    assert glossary.terms(text) == ["GQA", "val_bpb", "muon_lr"]


@pytest.mark.parametrize(
    ("term", "text", "words"),
    [
        ("GQA", "We use grouped query attention (GQA) here.", "grouped query attention"),
        ("MFU", "MFU (model FLOPs utilization) was 38 %.", "model FLOPs utilization"),
        (
            "val_bpb",
            "- `val_bpb`: bits per byte on the validation set",
            "bits per byte on the validation set",
        ),
        ("CORE", "CORE is the mean over 22 tasks. More.", "the mean over 22 tasks"),
    ],
)
def test_a_definition_is_found_with_its_place(term: str, text: str, words: str) -> None:
    found = glossary.define(term, text)
    assert found is not None and found.words == words
    assert term in text[found.start : found.end]


@pytest.mark.parametrize(
    "text", ["GQA again.", "We tried things (GQA) too.", "GQA (38 %) was fine."]
)
def test_what_nobody_explains_stays_unexplained(text: str) -> None:
    assert glossary.define("GQA", text) is None
