"""Summaries of entries: stored with their origin, stale after an edit, told to those who watch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_app.domain.changes import Change
from journal_app.domain.summarize import (
    READ_AT_MOST,
    SELECTOR,
    SummarySentence,
)
from journal_app.errors import Cancelled, JournalError, NotFound
from journal_app.journal import Journal
from journal_app.models.host import ModelHost
from journal_app.services.assist import AssistService
from tests.helpers.commanding import LongestFirst
from tests.helpers.packs import real_packs

BODY = "# Warmup\n\nWe tried 200 steps. Coffee was good.\n\n- **Result:** 2.91, worse.\n"


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with Journal(tmp_path / "journal") as made:
        yield made


@pytest.fixture
def assist(journal: Journal) -> AssistService:
    ticks = iter(range(1000))
    return AssistService(journal.store, LongestFirst(), timer=lambda: float(next(ticks)))


def test_sources_are_exact_slices_in_order(assist: AssistService) -> None:
    emitted: list[SummarySentence] = []
    seen: list[tuple[int, int]] = []
    made = assist.summarize_text(
        BODY, sentences=2, emit=emitted.append, progress=lambda a, b: seen.append((a, b))
    )
    assert [one.text for one in made.sentences] == ["We tried 200 steps.", "Result: 2.91, worse."]
    for one in made.sentences:
        for source in one.sources:
            assert BODY[source.start : source.end] == source.text
    assert emitted == list(made.sentences)
    assert seen[-1] == (3, 3)
    assert made.as_json().keys() == {"summary", "model", "device", "seconds"}
    assert made.device == "NPU, Hexagon (100% of the model)" and made.seconds > 0


def test_an_entry_s_summary_is_kept_told_and_goes_stale(
    journal: Journal, assist: AssistService
) -> None:
    entry = journal.entries.add(BODY)
    assert assist.latest(entry.id) is None
    heard: list[Change] = []
    journal.subscribe(heard.extend)
    made = assist.summarize_entry(entry.id, sentences=2)
    assert [(change.noun, change.id, change.op) for change in heard] == [
        ("generation", made.id, "created")
    ]
    kept = assist.latest(entry.id)
    assert kept is not None
    assert kept.sentences == made.sentences and not kept.stale and kept.model == "longest-first"
    row = journal.store.read().execute("SELECT * FROM generations").fetchone()
    assert row["status"] == "done" and row["model_digest"] == "0" * 64
    assert row["prompt_version"] == SELECTOR and row["device"] == made.device
    with journal.store.write() as w:
        w.db.execute("UPDATE entry_text SET body = body || ' More.'")
    again = assist.latest(entry.id)
    assert again is not None and again.stale


def test_the_entry_s_text_is_never_changed(journal: Journal, assist: AssistService) -> None:
    entry = journal.entries.add(BODY)
    before = journal.store.read().execute("SELECT body FROM entry_text").fetchone()[0]
    assist.summarize_entry(entry.id)
    assert journal.store.read().execute("SELECT body FROM entry_text").fetchone()[0] == before
    assert journal.store.read().execute("SELECT rev FROM entries").fetchone()[0] == entry.rev


def test_cancel_stores_nothing(journal: Journal, assist: AssistService) -> None:
    entry = journal.entries.add(BODY)

    def check() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        assist.summarize_entry(entry.id, check=check)
    assert assist.latest(entry.id) is None


@pytest.mark.parametrize("text", ["", " \n", "```\ncode\n```", "https://only.a/link"])
def test_nothing_to_summarize_is_said(assist: AssistService, text: str) -> None:
    with pytest.raises(JournalError, match="nothing to summarize"):
        assist.summarize_text(text)


def test_unknown_entry_and_prefixes(journal: Journal, assist: AssistService) -> None:
    with pytest.raises(NotFound):
        assist.summarize_entry("01ARZ3NDEKTSV4RRFFQ69G5FAV")
    first, second = journal.entries.add("One."), journal.entries.add("Two.")
    assert assist.find_entry(first.id.lower()) == first.id
    assert assist.find_entry(first.id[:5]) is None
    assert assist.find_entry("notes.md") is None
    common = first.id[:6]
    if second.id.startswith(common):
        with pytest.raises(NotFound, match="Several"):
            assist.find_entry(common)


def test_with_the_real_model_the_verdict_is_found(journal: Journal) -> None:
    host = ModelHost(real_packs(), device="cpu")
    try:
        made = AssistService(journal.store, host).summarize_text(
            "# Muon kernels\n\nI read two papers on the train. Then I made coffee.\n"
            "We wrote custom kernels for the largest matrices and ran them for one day.\n\n"
            "- **Result:** 20% faster in isolation, no gain in the real run. Not worth it.\n"
            "- The cat walked over the keyboard.\n",
            sentences=1,
        )
    finally:
        host.close()
    assert made.sentences[0].text.startswith("Result: 20% faster")


@pytest.mark.parametrize("text", ["Nur ein Satz.", "今天训练了模型。结果很好！", "word"])
def test_tiny_and_foreign_notes_give_what_there_is(journal: Journal, text: str) -> None:
    host = ModelHost(real_packs(), device="cpu")
    try:
        made = AssistService(journal.store, host).summarize_text(text, sentences=5)
    finally:
        host.close()
    assert "".join(one.text for one in made.sentences) == text


def test_of_a_very_long_text_the_model_reads_a_part(assist: AssistService) -> None:
    text = " ".join(f"Sentence {n} says nothing new." for n in range(READ_AT_MOST + 500))
    totals: set[int] = set()
    made = assist.summarize_text(text, progress=lambda _, total: totals.add(total))
    assert totals == {READ_AT_MOST}
    (source,) = made.sentences[-1].sources
    assert text[source.start : source.end] == source.text
