"""States, slugs, due times, drafting: the rules of publishing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain import due, publishing
from journal_app.domain.drafting import compose, public_excerpt
from journal_app.domain.due import AmbiguousTime, due_at, due_time
from journal_app.domain.entry import EXCERPT, Entry, title_of
from journal_app.errors import JournalError

LEGAL = {
    ("scheduled", "claimed"),
    ("scheduled", "missed"),
    ("scheduled", "cancelled"),
    ("claimed", "sending"),
    ("claimed", "failed"),
    ("claimed", "scheduled"),
    ("sending", "published"),
    ("sending", "failed"),
    ("sending", "unknown"),
    ("unknown", "published"),
    ("unknown", "scheduled"),
    ("unknown", "failed"),
    ("unknown", "cancelled"),
    ("failed", "scheduled"),
    ("failed", "cancelled"),
    ("missed", "scheduled"),
    ("missed", "cancelled"),
    # the preflight or a gate refuses; the user approves again or gives it up
    ("scheduled", "blocked"),
    ("claimed", "blocked"),
    ("blocked", "scheduled"),
    ("blocked", "cancelled"),
    # handed over to its target, verified at its time, changed before it
    ("claimed", "pushed"),
    ("sending", "pushed"),
    ("unknown", "pushed"),
    ("pushed", "claimed"),
    ("pushed", "published"),
    ("pushed", "scheduled"),
    ("pushed", "unknown"),
    # taken back: from readers, or from the target that held it
    ("sending", "removed"),
    ("unknown", "removed"),
    ("sending", "cancelled"),
    # certainly not out, to be tried again by itself
    ("sending", "scheduled"),
}


@pytest.mark.parametrize("state", publishing.STATES)
@pytest.mark.parametrize("to", publishing.STATES)
def test_every_move_is_legal_or_not_as_listed(state: str, to: str) -> None:
    assert publishing.may(state, to) is ((state, to) in LEGAL)


def test_what_is_done_stays_done() -> None:
    assert all(publishing.MOVES[state] == frozenset() for state in publishing.DONE)
    assert set(publishing.IN_FLIGHT) | set(publishing.STALLED) | set(publishing.DONE) == set(
        publishing.STATES
    )


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Größe: what I learned!", "grosse-what-i-learned"),
        ("  Crème brûlée & naïve façade ", "creme-brulee-naive-facade"),
        ("../../etc/passwd", "etc-passwd"),
        ("C:\\temp\\x", "c-temp-x"),
        ("学習率の話", "学習率の話"),
        ("हिन्दी में", "हिन्दी-में"),
        ("CON", "con-post"),
        ("lpt1", "lpt1-post"),
        ("…!?", "post"),
        ("it's 3×10⁻⁴", "its-3-10-4"),
    ],
)
def test_slugs(title: str, name: str) -> None:
    assert publishing.slug(title) == name


@given(st.text(max_size=300))
def test_a_slug_is_one_safe_name_and_stays_itself(title: str) -> None:
    name = publishing.slug(title)
    assert name
    assert len(name.encode()) <= 160
    assert not set(name) & set('/\\:*?"<>|. \0')
    assert name == name.strip("-")
    assert publishing.slug(name) == name


def at(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1000)


def test_a_plain_time_and_a_time_with_offset() -> None:
    plain = due_time("2026-12-01 09:00", "Europe/Berlin")
    assert plain == due.Due("2026-12-01 09:00:00", "Europe/Berlin", at("2026-12-01T08:00"))
    assert due_time("2026-12-01T09:00+01:00", "America/New_York") == due.Due(
        "2026-12-01 03:00:00", "America/New_York", plain.at
    )
    assert due_time("2026-12-01T08:00Z", "Europe/Berlin") == plain
    assert due.rfc3339(plain.at, plain.tz) == "2026-12-01T09:00:00+01:00"
    assert due.jekyll_date(plain.at, plain.tz) == "2026-12-01 09:00:00 +0100"
    assert due.rfc3339(plain.at, "America/St_Johns") == "2026-12-01T04:30:00-03:30"


def test_a_time_that_happens_twice_is_asked_about() -> None:
    with pytest.raises(AmbiguousTime, match="happens twice in America/New_York") as asked:
        due_time("2027-11-07 01:30", "America/New_York")
    first, second = asked.value.choices
    assert first.due.at == at("2027-11-07T05:30")
    assert second.due.at == at("2027-11-07T06:30")
    assert "--fold first " in asked.value.hint
    assert "EDT -04:00" in asked.value.hint
    assert "--fold second" in asked.value.hint
    assert "EST -05:00" in asked.value.hint
    assert due_time("2027-11-07 01:30", "America/New_York", fold="first") == first.due
    assert due_time("2027-11-07 01:30", "America/New_York", fold="second") == second.due


def test_a_time_that_never_is_is_asked_about() -> None:
    with pytest.raises(AmbiguousTime, match="does not exist in Europe/Berlin") as asked:
        due_time("2027-03-28 02:30", "Europe/Berlin")
    before, after = asked.value.choices
    assert (before.flag, before.due.wall) == ("--gap before", "2027-03-28 01:30:00")
    assert (after.flag, after.due.wall) == ("--gap after", "2027-03-28 03:30:00")
    assert due_time("2027-03-28 02:30", "Europe/Berlin", gap="after") == after.due
    assert due_time("2027-03-28 02:30", "Europe/Berlin", gap="before") == before.due
    # Half an hour on Lord Howe Island, and a whole day that Samoa left out.
    with pytest.raises(AmbiguousTime):
        due_time("2027-10-03 02:15", "Australia/Lord_Howe")
    with pytest.raises(AmbiguousTime):
        due_time("2011-12-30 12:00", "Pacific/Apia")


@pytest.mark.parametrize(
    ("name", "near"),
    [
        ("Europe/Brlin", "Europe/Berlin"),
        ("berlin", "Europe/Berlin"),
        ("new york", "America/New_York"),
        ("../../etc/passwd", "Write it as"),
        ("Europe", ""),
        ("", "Write it as"),
    ],
)
def test_an_unknown_zone_names_near_ones(name: str, near: str) -> None:
    with pytest.raises(JournalError, match="no time zone") as error:
        due_time("2026-12-01 09:00", name)
    assert near in error.value.hint


@pytest.mark.parametrize("text", ["tomorrow", "2026-12-01", "2026-13-01 09:00", "9:00", ""])
def test_what_is_no_time_says_how_to_write_one(text: str) -> None:
    with pytest.raises(JournalError) as error:
        due_time(text, "Europe/Berlin")
    assert "Write it as" in error.value.hint


@given(
    st.integers(at("1980-01-01"), at("2080-01-01")),
    st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu", "Pacific/Apia"]),
)
def test_an_instant_survives_wall_time_and_back(moment: int, tz: str) -> None:
    written = due_at(moment, tz)
    try:
        assert due_time(written.wall, tz) == written
    except AmbiguousTime as asked:
        assert written in [choice.due for choice in asked.choices]
    parsed = datetime.fromisoformat(due.rfc3339(moment, tz))
    assert int(parsed.timestamp()) == moment // 1000


def entry(body: str, title: str) -> Entry:
    return Entry("01M82BW127N890WD9AP24WYMB4", "note", title, body, 1, 0, 0)


def test_a_draft_keeps_texts_apart() -> None:
    one = "Warmup #lr\n\n# Setup\nd12 ->run:d12 here #warmup\n```\n# not a heading\n->run:x"
    two = "# Evals\nsee [1] and note[^n]\n\n[1]: https://a.example\n[^n]: first"
    three = "Third\n[1] differs\n\n[1]: https://b.example"
    text = compose([entry(one, "Warmup"), entry(two, "Evals"), entry(three, "Third")])
    assert text == (
        "## Warmup\n\n### Setup\nd12 here\n```\n# not a heading\n->run:x\n```\n\n"
        "## Evals\n\nsee [1] and note[^n]\n\n[1]: https://a.example\n[^n]: first\n\n"
        "## Third\n\n[1-3] differs\n\n[1-3]: https://b.example\n"
    )


LONG = (
    "The run diverged at step 4,200 after the rate was raised without a longer warmup. So it goes."
)


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("Loss left at 4,200 #warmup", "Loss left at 4,200\n"),
        ("# Loss left `4,200` #warmup ->run:d12", "Loss left `4,200`\n"),
        (f"{LONG}\n\nMore.", f"{LONG}\n\nMore.\n"),
        ("We tried three heads, and the\nsmall one was enough.", None),
        ("We tried three heads.\nThe small one was enough.", None),
        ("- first\n- second", None),
        ("> said once\n\nMore.", None),
        ("Heads\n- first\n- second", "## Heads\n\n- first\n- second\n"),
        ("Heads\n=====\nThe small one.", "## Heads\n\nThe small one.\n"),
        ("We tried three heads.\n\nMore.", "## We tried three heads.\n\nMore.\n"),
    ],
)
def test_a_title_is_a_heading_only_where_it_is_a_line_of_its_own(
    body: str, text: str | None
) -> None:
    wrapped = body.replace("heads, and the", "heads of very different sizes in this sweep, and the")
    expected = f"{wrapped}\n" if text is None else text
    assert compose([entry(wrapped, title_of(wrapped))]) == expected


def test_a_title_that_was_given_is_the_heading_unless_the_text_begins_with_it() -> None:
    assert compose([entry("It left.", "Loss")]) == "## Loss\n\nIt left.\n"
    assert compose([entry("Loss. It left.", "Loss")]) == "Loss. It left.\n"
    assert compose([entry("Losses vary.", "Loss")]) == "## Loss\n\nLosses vary.\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Lost ->run:secretrun at 4k #lr\n#evals #d12", "Lost at 4k"),
        ("Why #lr matters ->supports:entry:01M82BW127N890WD9AP24WYMB4 here", "Why lr matters here"),
        ("In `code` ->run:x too #lr", "In code too"),
        ('See {{< fig src="a_b.png" >}} and {{</* x_y */>}}.', None),
        ("![plot](attachments/x.png)\n\nWords.", "Words."),
    ],
)
def test_a_public_excerpt_holds_nothing_of_the_journal(text: str, words: str | None) -> None:
    shown = 'See {{< fig src="a_b.png" >}} and {{< x_y >}}.'
    assert public_excerpt("Title", text) == (shown if words is None else words)


def test_a_public_excerpt_is_short_with_long_templates_too() -> None:
    assert len(public_excerpt("T", "word {{" + "x" * 500 + "}} end")) <= EXCERPT


@pytest.mark.parametrize("name", ["localtime", "posixrules", "Factory", "posix/UTC", "Mars/X", ""])
def test_only_names_of_the_zone_database_are_zones(name: str) -> None:
    with pytest.raises(JournalError, match="no time zone") as error:
        due.zone(name)
    assert error.value.hint
    assert due.zone("Asia/Tokyo").key == "Asia/Tokyo"
