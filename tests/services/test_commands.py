"""Every built-in command on a real journal: what it gathers, what it cites, what it keeps."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_app.domain.commands import Answer, Request
from journal_app.domain.comparing import Measure, verdicts
from journal_app.errors import Cancelled, JournalError, NotFound
from journal_app.journal import Journal
from journal_app.services.commands import CommandService
from journal_app.services.tools_journal import COMPARED, LOOKED_AT, READ, SINCE
from journal_app.services.transcript import cited, messages_of, output_text
from tests.helpers.commanding import LongestFirst, ScriptedWriter, command_service
from tests.helpers.encoder import FakeEncoder
from tests.helpers.runs import add_run

NOTE = """# Warmup of nano-d12

Two runs, same data; the *learning rate* (LR) stayed at 3e-4.

With 100 warmup steps the loss diverged at step 4,200 because `grad_clip` was off.

- **Result:** 500 steps held to the end, val_loss 2.91 against 3.40.
- Next time keep 500 steps below 10M tokens.

We fixed it: grad_clip: cut at norm 1.0.
"""
FOREIGN = (
    "预热100步时损失在第4200步发散了。之后我们用了500步，训练很稳定🎉。\n\nKaffee war gut. 🎉🎉\n"
)
TEXTS = ("summary", "tldr", "title", "lesson", "failure", "outline", "draft", "shorten")


@pytest.fixture
def closed(journal: Journal) -> CommandService:
    """The gate is closed: rules answer."""
    return command_service(journal, ScriptedWriter("x"), allowed=False, why="It was never tried.")


def check_sources(journal: Journal, answer: Answer, text: str = "") -> None:
    """Every source is the very slice of its entry (or of the text that was given)."""
    for one in answer.sentences:
        assert one.sources
        for source in one.sources:
            body = text or journal.entries.get(one.entry_id).body
            assert body[source.start : source.end] == source.text


@pytest.mark.parametrize("name", TEXTS)
def test_commands_of_a_text_answer_by_rules_with_exact_sources(
    journal: Journal, closed: CommandService, name: str
) -> None:
    entry = journal.entries.create(NOTE)
    answer = closed.run(name, Request(entry.id))
    assert answer.known and answer.by == "rules" and answer.text
    assert answer.sentences and {one.entry_id for one in answer.sentences} == {entry.id}
    check_sources(journal, answer)
    words = closed.get(name).words
    assert ("It was never tried." in answer.why) == words
    chosen = name != "lesson"  # that one is found by its words
    assert answer.model == ("longest-first" if chosen else "rules")
    assert answer.device.startswith("NPU, Hexagon" if chosen else "CPU")
    assert output_text(closed.kept(answer.id)) == answer.text


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("text", [FOREIGN, "一句话", "word", "| a | b |\n|---|---|\n| 1 | 2 |\n"])
def test_foreign_and_tiny_texts_have_exact_sources_too(
    journal: Journal, closed: CommandService, name: str, text: str
) -> None:
    answer = closed.run(name, Request(text=text))
    check_sources(journal, answer, text)
    assert answer.text.strip()


@pytest.mark.parametrize("name", [*TEXTS, "tags", "glossary"])
def test_nothing_to_work_with_is_said(closed: CommandService, journal: Journal, name: str) -> None:
    empty = journal.entries.create("")
    for request in (Request(), Request(text=" \n"), Request(empty.id)):
        with pytest.raises(JournalError, match="no text"):
            closed.run(name, request)
    with pytest.raises(NotFound):
        closed.run(name, Request("01ARZ3NDEKTSV4RRFFQ69G5FAV"))
    assert closed.transcript() == []


def test_each_command_gives_its_own(journal: Journal, closed: CommandService) -> None:
    entry = journal.entries.create(NOTE)

    def text(name: str) -> str:
        return closed.run(name, Request(entry.id)).text

    assert text("tldr").count("- ") == 1
    assert len(text("title")) <= 80 and "\n" not in text("title")
    assert text("lesson").startswith("**Lesson:** ") and "Next time keep 500" in text("lesson")
    report = text("failure")
    assert "**What broke**\n\n- With 100 warmup steps the loss diverged" in report
    assert report.index("What broke") < report.index("How it showed") < report.index("Cause")
    assert text("outline").startswith("1. ")
    assert "## What happened" in text("draft") and "## Lesson" in text("draft")
    assert len(text("shorten")) < len(NOTE)


def test_an_outline_has_a_line_for_every_heading_also_for_one_of_digits(
    closed: CommandService,
) -> None:
    text = "First words here.\n\n# 2024\n\nIt ran well.\n\n# Later\n\nIt broke at once.\n"
    assert closed.run("outline", Request(text=text)).text.splitlines() == [
        "- **Beginning** — First words here.",
        "- **2024** — It ran well.",
        "- **Later** — It broke at once.",
    ]


def test_a_failure_report_leaves_open_what_the_text_does_not_say(closed: CommandService) -> None:
    answer = closed.run("failure", Request(text="The run crashed. Coffee was good."))
    assert "**Cause**\n\n- …" in answer.text and "cause" in answer.why
    nothing = closed.run("failure", Request(text="Coffee was good."))
    assert not nothing.known and not nothing.sentences


def test_a_glossary_looks_into_the_journal_but_not_into_the_trash(
    journal: Journal, closed: CommandService
) -> None:
    told = journal.entries.create("EMA: exponential moving average of the weights.", title="Terms")
    gone = journal.entries.create("MFU: model flops utilization.", title="Gone")
    journal.entries.trash(gone.id)
    entry = journal.entries.create("LR (learning rate) 3e-4, EMA on, MFU 41%.")
    answer = closed.run("glossary", Request(entry.id))
    assert answer.text.splitlines() == [
        "- **LR**: learning rate",
        "- **EMA**: exponential moving average of the weights.",
    ]
    assert [one.entry_id for one in answer.sentences] == [entry.id, told.id]
    check_sources(journal, answer)
    assert answer.why == "The journal does not say what these are: MFU."
    assert (answer.model, answer.device) == ("rules", "CPU"), "no model took part"
    assert not closed.run("glossary", Request(text="no terms here")).known


def test_tags_come_from_the_journal_and_never_twice(
    journal: Journal, closed: CommandService
) -> None:
    journal.entries.add("about #warmup and #data/quality")
    entry = journal.entries.add("Warmup again: warmup of the data, quality is data quality. #mine")
    answer = closed.run("tags", Request(entry.id))
    assert answer.text.split() == ["#data/quality", "#warmup"] and answer.by == "rules"
    assert not closed.run("tags", Request(text="ok")).known


# ---------------------------------------------------------------------- the whole journal


def test_runs_are_compared_in_a_table_and_nothing_better_is_invented(
    journal: Journal, closed: CommandService
) -> None:
    a = add_run(journal, "nano-d12", {"val/bpb": 0.871, "train/loss": 2.0, "odd": 3.0})
    b = add_run(journal, "nano | [d20](x)", {"val/bpb": 0.864, "train/loss": None})
    answer = closed.run("compare", Request(argument=f"nano-d12, @{b}"))
    head = answer.text.splitlines()[0]
    assert head == "| | nano-d12 | nano \\| \\[d20\\](x) |"
    assert "nano \\| \\[d20\\](x) has the lowest val bpb: 0.8640, against 0.8710 of nano-d12." in (
        answer.text
    )
    assert "train loss" not in answer.text and "odd" not in answer.text, "only one has it"
    assert (answer.model, answer.device, answer.by) == ("rules", "CPU", "rules")
    entry = journal.entries.add(f"Both of them ->run:{a} ->run:{b}")
    linked = closed.run("compare", Request(entry.id))
    assert linked.text.splitlines()[-1] == answer.text.splitlines()[-1]
    assert f"## Numbers\n\n{linked.text}" in closed.run("draft", Request(entry.id)).text
    for words in ("", "nano-d12", "nano-d12 nano-d12"):
        with pytest.raises(JournalError, match="two runs"):
            closed.run("compare", Request(argument=words))
    with pytest.raises(NotFound):
        closed.run("compare", Request(argument="nano-d12 nope"))


def test_what_is_no_number_is_never_best() -> None:
    nan, inf = float("nan"), float("inf")
    for bad in (nan, inf, -inf):
        for lower in (True, False):
            measure = Measure("loss", ("bad", "2", "3"), (bad, 2.0, 3.0), lower)
            (said,) = verdicts(("a", "b", "c"), [measure])
            best, other = ("b", "c") if lower else ("c", "b")
            assert said.startswith(f"{best} has the ") and said.endswith(f" of {other}.")
    assert verdicts(("a", "b"), [Measure("loss", ("", "2"), (nan, 2.0), True)]) == []


def test_runs_of_one_name_can_be_told_apart_and_shown_values_count(
    journal: Journal, closed: CommandService
) -> None:
    a = add_run(journal, "same", {"val/bpb": 0.870001})
    b = add_run(journal, "same", {"val/bpb": 0.870002})
    answer = closed.run("compare", Request(argument=f"{a} {b}"))
    assert f"| same ({a[-6:]}) | same ({b[-6:]}) |" in answer.text
    assert "have the same val bpb: 0.8700." in answer.text
    c = add_run(journal, "other", {"x": 1})
    nothing = closed.run("compare", Request(argument=f"{a} {c}"))
    assert not nothing.known and "share no metric" in nothing.text


def test_since_a_day_one_sentence_for_each_entry_by_kind(
    journal: Journal, closed: CommandService
) -> None:
    journal.entries.create("Old.", created_at=1_000)
    note = journal.entries.create(NOTE)
    lesson = journal.entries.create("Keep 500 steps. Yes.", kind="lesson", title="[x](y) `z`")
    gone = journal.entries.create("This is in the trash.")
    journal.entries.trash(gone.id)
    add_run(journal, "nano-d12", {"loss": 0.0}, main="loss")
    answer = closed.run("since", Request(argument="7d"))
    assert answer.text.index("**Lessons**") < answer.text.index("**Notes**")
    assert f"[\\[x\\](y) \\`z\\`](entry:{lesson.id}): Keep 500 steps." in answer.text
    assert "trash" not in answer.text and "Old" not in answer.text
    assert "**Runs**" in answer.text and "nano-d12" in answer.text
    assert [one.entry_id for one in answer.sentences] == [lesson.id, note.id]
    check_sources(journal, answer)
    with pytest.raises(JournalError, match="no day"):
        closed.run("since", Request(argument="someday"))
    assert not closed.run("since", Request(argument="2999-01-01")).known


@pytest.mark.parametrize("zone", ["UTC", "Pacific/Auckland", "America/Los_Angeles"])
def test_a_day_begins_at_midnight_on_this_computer_s_clock(
    journal: Journal, closed: CommandService, zone: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        midnight = int(datetime(2026, 11, 20).timestamp() * 1000)
        journal.entries.create("Before it.", created_at=midnight - 1, title="before")
        journal.entries.create("At it.", created_at=midnight, title="at")
        answer = closed.run("since", Request(argument="2026-11-20"))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert [one.title for one in answer.sentences] == ["at"]


def test_a_question_is_answered_with_its_entries_or_not_at_all(
    journal: Journal, closed: CommandService
) -> None:
    entry = journal.entries.create(NOTE, title="A [trap](https://x) `t`")
    gone = journal.entries.create("Warmup steps diverged the loss at step 77.", title="Gone")
    journal.entries.trash(gone.id)
    answer = closed.run("ask", Request(argument="why did 100 warmup steps diverge"))
    assert answer.known and answer.sentences[0].text.startswith("With 100 warmup steps")
    assert f"([A \\[trap\\](https://x) \\`t\\`](entry:{entry.id}))" in answer.text
    assert {one.entry_id for one in answer.sentences} == {entry.id}
    check_sources(journal, answer)
    for question in ("what is the capital of Mongolia", "step 77", "???", "为什么"):
        unknown = closed.run("ask", Request(argument=question))
        assert not unknown.known and unknown.by == "rules" and not unknown.sentences
        assert unknown.text.startswith("The journal does not say.") and "Gone" not in unknown.text
    with pytest.raises(JournalError, match="no question"):
        closed.run("ask", Request(argument=" \n"))


def test_an_empty_journal_knows_nothing(closed: CommandService) -> None:
    answer = closed.run("ask", Request(argument="why"))
    assert not answer.known and answer.text == "The journal does not say."
    assert (answer.model, answer.device) == ("rules", "CPU")
    assert not closed.run("since", Request()).known


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(question=st.text(min_size=1, max_size=60))
def test_no_question_breaks_it(journal: Journal, closed: CommandService, question: str) -> None:
    if not journal.entries.rows(limit=1):
        journal.entries.create(NOTE)
    if not question.split():
        return
    answer = closed.run("ask", Request(argument=question))
    kept = json.loads(closed.kept(answer.id).inputs)
    assert (
        kept["argument"] == question.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
        or "\ufffd" in kept["argument"]
    )


# ---------------------------------------------------------------------- bounds


def test_of_two_thousand_entries_a_bounded_part_is_read(journal: Journal) -> None:
    encoder, rater = FakeEncoder(), LongestFirst()
    service = command_service(
        journal, ScriptedWriter(), allowed=False, encoder=encoder, rater=rater
    )
    lines = "\n\n".join(f"Warmup step {n} of the sweep held the loss." for n in range(40))
    with journal.store.write():
        for n in range(2000):
            journal.entries.create(f"{lines}\n\nEntry {n} of the sweep.", title=f"Sweep {n}")
    answer = service.run("ask", Request(argument="which warmup step held the loss of the sweep"))
    assert answer.known
    assert len(encoder.asked) <= COMPARED + 1
    assert not rater.rated
    assert len({one.entry_id for one in answer.sentences}) <= 2 * LOOKED_AT
    since = service.run("since", Request(argument="today"))
    assert len(since.sentences) == SINCE and "Only the newest 60" in since.why
    assert len(rater.rated) <= READ


def test_a_question_of_a_thousand_numbers_looks_a_few_of_them_up(
    journal: Journal, closed: CommandService, monkeypatch: pytest.MonkeyPatch
) -> None:
    from journal_app.services import tools_journal

    journal.entries.create(NOTE)
    asked: list[str] = []
    real: Callable[..., object] = tools_journal.search.find

    def find(db: object, text: str, *more: object, **options: object) -> object:
        asked.append(text)
        return real(db, text, *more, **options)

    monkeypatch.setattr(tools_journal.search, "find", find)
    closed.run("ask", Request(argument=" ".join(str(n) for n in range(1000, 2000))))
    assert len(asked) <= 5 and max(map(len, asked)) < 400


def test_hostile_words_do_not_take_long(closed: CommandService) -> None:
    for text in ("A" * 50_000 + "_", "a" * 50_000, "a- " * 20_000, "[" * 20_000 + "x"):
        closed.run("glossary", Request(text=f"LR is here. {text}"))
        closed.run("tags", Request(text=f"LR is here. {text}"))


# ---------------------------------------------------------------------- what is kept


def test_again_reads_the_journal_as_it_is_now_and_names_its_parent(
    journal: Journal, closed: CommandService
) -> None:
    entry = journal.entries.create("The loss left at step 100.")
    first = closed.run("tldr", Request(entry.id))
    journal.entries.save(entry.id, "The loss held to the end.", base_rev=entry.rev, title="t")
    second = closed.again(first.id[:12].lower())
    assert second.text == "- The loss held to the end." and second.id != first.id
    row = closed.kept(second.id)
    assert row.parent == first.id and closed.kept(first.id).parent == ""
    assert output_text(closed.kept(first.id)) == "- The loss left at step 100."
    assert any(block.changed for block in closed.difference(first.id, second.id))
    third = closed.again(second.id)
    assert not any(block.changed for block in closed.difference(second.id, third.id))
    assert [one.id for one in closed.transcript()] == [third.id, second.id, first.id]
    assert [one.id for one in closed.transcript(1, task="tldr")] == [third.id]
    assert closed.transcript(entry_id="none") == []


def test_a_question_can_be_asked_again(journal: Journal, closed: CommandService) -> None:
    first = closed.run("ask", Request(argument="why did 100 warmup steps diverge"))
    assert not first.known
    journal.entries.create(NOTE)
    assert closed.again(first.id).known


def test_what_cannot_be_repeated_is_said(journal: Journal, closed: CommandService) -> None:
    for id in ("", "abc", "01ARZ3NDEKTSV4RRFFQ69G5FAV"):
        with pytest.raises(NotFound):
            closed.again(id)
    entry = journal.entries.create(NOTE)
    answer = closed.run("tldr", Request(entry.id))
    with journal.store.write() as w:
        w.db.execute("UPDATE generations SET task = 'gone' WHERE id = ?", (answer.id,))
    with pytest.raises(NotFound, match="no command that can be repeated"):
        closed.again(answer.id)


def test_what_was_kept_reads_back_as_it_was(journal: Journal, closed: CommandService) -> None:
    entry = journal.entries.create(NOTE)
    answer = closed.run("summary", Request(entry.id))
    row = closed.kept(answer.id)
    assert cited(row) == answer.sentences and messages_of(row) == ()
    assert row.pack == "" and row.prompt == "[]" and row.model_digest == "0" * 64
    checks = json.loads(row.checks)
    assert checks["by"] == "rules" and checks["known"] and not checks["trial"]


def test_given_up_nothing_is_kept(journal: Journal, closed: CommandService) -> None:
    entry = journal.entries.create(NOTE)

    def check() -> None:
        raise Cancelled

    for name, request in (
        ("summary", Request(entry.id)),
        ("ask", Request(argument="why 100 warmup steps")),
        ("since", Request(argument="today")),
        ("glossary", Request(entry.id)),
        ("compare", Request(argument="a b")),
    ):
        with pytest.raises((Cancelled, NotFound)):
            closed.run(name, request, check=check)
    assert closed.transcript() == []
