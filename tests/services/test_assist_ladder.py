"""The ladder of summaries: chosen, worded where the gate is open, of one entry or of several."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_app.domain.commands import Request
from journal_app.domain.generate import Permission
from journal_app.domain.rewriter import Rewriter
from journal_app.domain.rewriting import PROMPT_VERSION
from journal_app.domain.summarize import SELECTOR, SummarySentence
from journal_app.errors import Cancelled, JournalError, NotFound
from journal_app.journal import Journal
from journal_app.services.assist import PERIOD_SENTENCES, AssistService
from tests.helpers.commanding import LongestFirst, ScriptedWriter, command_service
from tests.helpers.encoder import FakeEncoder

LONG = "With 100 warmup steps the loss of nano-d12 left the curve at step 4,200 of the run."
SAID = "With 100 warmup steps the loss of nano-d12 left the curve at step 4,200."
PLAIN = "Some other words of this note stand here and are long enough to be worded anew by it."
SHORT = "Coffee was good."
NOW = int(datetime(2026, 11, 26, 12).timestamp() * 1000)  # a Thursday
DAY = 24 * 3600 * 1000


@pytest.fixture
def journal(journal_folder: Path) -> Iterator[Journal]:
    with Journal(journal_folder, now=lambda: NOW) as opened:
        yield opened


class Ladder:
    """The service with its scripted models, and what was asked of them."""

    def __init__(self, journal: Journal, *, allowed: bool = True) -> None:
        self.writer, self.encoder, self.rater = ScriptedWriter(SAID), FakeEncoder(), LongestFirst()
        self.asked = 0
        self.allowed = allowed
        rewriter = Rewriter(self.writer, self.encoder, self.permission)
        self.assist = AssistService(journal.store, self.rater, rewriter=rewriter)

    def permission(self) -> Permission:
        self.asked += 1
        return Permission("scripted", self.allowed, "" if self.allowed else "It was never tried.")


@pytest.fixture
def ladder(journal: Journal) -> Ladder:
    return Ladder(journal)


def origins(sentences: Sequence[SummarySentence]) -> list[str]:
    return [one.origin for one in sentences]


def test_what_passes_is_reworded_what_fails_falls_back_what_is_short_stays(
    journal: Journal, ladder: Ladder
) -> None:
    body = f"{LONG}\n\n{SHORT}\n\n{PLAIN}\n"
    entry = journal.entries.create(body)
    chosen: list[SummarySentence] = []
    made = ladder.assist.summarize_entry(entry.id, emit=chosen.append)
    assert [one.text for one in made.sentences] == [SAID, SHORT, PLAIN]
    assert origins(made.sentences) == ["rewritten", "extracted", "fallback"]
    assert made.sentences[2].failed and made.sentences[2].failed[0].startswith(("number", "name"))
    assert [one.text for one in chosen] == [LONG, SHORT, PLAIN], "first in the words of the text"
    for one, source in zip(made.sentences, (LONG, SHORT, PLAIN), strict=True):
        assert [body[span.start : span.end] for span in one.sources] == [source]
    assert ladder.asked == 1 and len(ladder.writer.prompts) == 2
    assert made.model == "longest-first + scripted" and made.device.count("NPU") == 1
    assert made.as_json()["summary"][2]["failed"] == list(made.sentences[2].failed)


def test_what_made_a_summary_is_kept(journal: Journal, ladder: Ladder) -> None:
    entry = journal.entries.create(f"{LONG}\n\n{SHORT}\n")
    made = ladder.assist.summarize_entry(entry.id, sentences=2)
    row = journal.store.read().execute("SELECT * FROM generations").fetchone()
    assert row["id"] == made.id and row["pack"] == "scripted" and row["parent"] is None
    assert row["model_digest"] == "0" * 64 + "+" + "ab" * 32
    assert row["prompt_version"] == f"{SELECTOR}+{PROMPT_VERSION}"
    assert row["tokens"] == len(SAID.split()) and row["seed"] == 0
    (conversation,) = json.loads(row["prompt"])
    assert conversation[-1] == {"role": "user", "content": LONG}
    assert json.loads(row["inputs"]) == {"raw": [SAID, ""], "sentences": 2}
    kept = ladder.assist.latest(entry.id)
    assert kept is not None and kept.sentences == made.sentences and not kept.stale


@pytest.mark.parametrize("way", ["closed", "verbatim", "nobody"])
def test_without_leave_the_sentences_are_those_of_the_text(
    journal: Journal, ladder: Ladder, way: str
) -> None:
    ladder.allowed = way != "closed"
    assist = ladder.assist if way != "nobody" else AssistService(journal.store, ladder.rater)
    made = assist.summarize_text(f"{LONG}\n\n{PLAIN}\n", rewrite=way != "verbatim")
    assert origins(made.sentences) == ["extracted"] * 2
    assert made.model == "longest-first" and not ladder.writer.prompts
    assert ladder.asked == (way == "closed")


def test_an_answer_of_the_command_summary_is_no_summary_of_the_inspector(
    journal: Journal, ladder: Ladder
) -> None:
    entry = journal.entries.create(f"{LONG}\n\n{PLAIN}\n")
    service = command_service(journal, ScriptedWriter(SAID))
    service.run("summary", Request(entry.id))
    assert ladder.assist.latest(entry.id) is None
    made = ladder.assist.summarize_entry(entry.id)
    service.run("summary", Request(entry.id))
    kept = ladder.assist.latest(entry.id)
    assert kept is not None and kept.id == made.id
    again = service.again(made.id)
    assert service.kept(again.id).parent == made.id, "a command can repeat it"


def test_summaries_of_an_older_version_are_read(journal: Journal, ladder: Ladder) -> None:
    entry = journal.entries.create(f"{LONG}\n\n{SHORT}\n")
    made = ladder.assist.summarize_entry(entry.id, rewrite=False)
    with journal.store.write() as w:
        w.db.execute("""UPDATE generations SET checks = '{"verbatim": true}', prompt = '[]'""")
    kept = ladder.assist.latest(entry.id)
    assert kept is not None and kept.sentences == made.sentences
    journal.entries.save(entry.id, LONG, base_rev=entry.rev, title="t")
    stale = ladder.assist.latest(entry.id)
    assert stale is not None and stale.stale


def test_given_up_while_it_is_worded_nothing_is_kept(journal: Journal, ladder: Ladder) -> None:
    entry = journal.entries.create(f"{LONG}\n\n{PLAIN}\n")
    ladder.writer.wait = True

    def check() -> None:
        if ladder.writer.prompts:
            raise Cancelled

    with pytest.raises(Cancelled):
        ladder.assist.summarize_entry(entry.id, check=check)
    assert ladder.writer.prompts and ladder.assist.latest(entry.id) is None


# ---------------------------------------------------------------------- several entries


def test_every_sentence_of_several_entries_has_its_entry_and_no_two_are_joined(
    journal: Journal, ladder: Ladder
) -> None:
    bodies = [f"{LONG}\n", f"{PLAIN}\n\n{SHORT}\n\n- One more of them.\n", "```\ncode\n```\n"]
    entries = [journal.entries.create(body, title=f"T{n}") for n, body in enumerate(bodies)]
    seen: list[tuple[int, int]] = []
    made = ladder.assist.summarize_entries(
        [(one.id, one.title) for one in entries],
        sentences=3,
        progress=lambda done, total: seen.append((done, total)),
    )
    assert [(one.entry_id, one.title) for one in made.sentences] == [
        (entries[0].id, "T0"),
        (entries[1].id, "T1"),
        (entries[1].id, "T1"),
    ]
    for one in made.sentences:
        body = journal.entries.get(one.entry_id).body
        assert [body[span.start : span.end] for span in one.sources] == [
            span.text for span in one.sources
        ]
    assert seen == [(1, 2), (2, 2)] and ladder.asked == 1
    for _, prompt in ladder.writer.prompts:
        asked = prompt.messages[-1].content
        assert sum(asked in body for body in bodies) == 1
    row = journal.store.read().execute("SELECT * FROM generations").fetchone()
    assert row["entry_id"] is None and json.loads(row["inputs"])["entries"] == [
        one.id for one in entries[:2]
    ]
    with pytest.raises(NotFound, match="several entries"):
        command_service(journal, ScriptedWriter()).again(made.id)


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    lengths=st.lists(st.integers(0, 9), min_size=1, max_size=8),
    count=st.integers(1, 12),
)
def test_as_many_as_were_asked_for_or_as_there_are(
    journal: Journal, ladder: Ladder, lengths: list[int], count: int
) -> None:
    bodies: dict[str, str] = {}
    with journal.store.write():
        for n, length in enumerate(lengths):
            body = "\n\n".join(f"Number {n} says line {at}." for at in range(length))
            bodies[journal.entries.create(body).id] = body
    given_ = [(id, "t") for id in bodies]
    if not any(lengths):
        with pytest.raises(JournalError, match="nothing to summarize"):
            ladder.assist.summarize_entries(given_, sentences=count)
        return
    made = ladder.assist.summarize_entries(given_, sentences=count, rewrite=False)
    assert len(made.sentences) == min(count, sum(lengths))
    places = [list(bodies).index(one.entry_id) for one in made.sentences]
    assert places == sorted(places)
    for one in made.sentences:
        assert one.text in bodies[one.entry_id]


def test_a_silly_count_and_an_unknown_entry_are_said(journal: Journal, ladder: Ladder) -> None:
    entry = journal.entries.create(LONG)
    for count in (0, -1, 51):
        with pytest.raises(JournalError, match="cannot be made"):
            ladder.assist.summarize_entries([(entry.id, "t")], sentences=count)
    with pytest.raises(NotFound):
        ladder.assist.summarize_entries([("01ARZ3NDEKTSV4RRFFQ69G5FAV", "t")])
    with pytest.raises(JournalError, match="nothing to summarize"):
        ladder.assist.summarize_entries([])
    with pytest.raises(JournalError, match="nothing to summarize"):
        ladder.assist.summarize_entries([(journal.entries.create("").id, "t")])


def test_since_a_day_the_oldest_first_without_trash(journal: Journal, ladder: Ladder) -> None:
    days = {"before": NOW - 4 * DAY, "monday": NOW - 3 * DAY, "today": NOW - 3600_000}
    made = {
        title: journal.entries.create(f"{title} was a day.", title=title, created_at=at)
        for title, at in days.items()
    }
    gone = journal.entries.create("Gone was a day.", title="gone", created_at=NOW)
    journal.entries.trash(gone.id)

    def titles(day: str) -> list[str]:
        summary = ladder.assist.summarize_since(day, rewrite=False)
        return [one.title for one in summary.sentences]

    assert titles("monday") == ["monday", "today"]
    assert titles("Thursday") == ["today"] and titles("today") == ["today"]
    assert titles("friday") == ["before", "monday", "today"], "the last Friday"
    assert titles("7d") == ["before", "monday", "today"]
    assert titles("2026-11-23") == ["monday", "today"] and titles("2026-11") == list(made)
    for day, says in (("someday", "is no day"), ("", "is no day"), ("2026-11-31", "is no day")):
        with pytest.raises(JournalError, match=says):
            ladder.assist.summarize_since(day)
    journal.entries.trash(made["today"].id)
    with pytest.raises(JournalError, match="Nothing was written since today"):
        ladder.assist.summarize_since("today")


def test_of_a_full_week_only_so_many_entries_are_rated(journal: Journal, ladder: Ladder) -> None:
    with journal.store.write():
        for n in range(300):
            journal.entries.create(f"Entry {n} says this. And that.", title=f"E{n}")
    made = ladder.assist.summarize_since("today", rewrite=False)
    assert len(made.sentences) == PERIOD_SENTENCES
    assert len(ladder.rater.rated) <= 2 * PERIOD_SENTENCES
