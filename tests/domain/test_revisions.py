"""Thinning: what people did by hand stays for good; old autosaves get rarer."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain import revisions
from journal_app.domain.revisions import DAY, HOUR, Head

NOW = 2_000_000_000_000


def heads(ages: list[int], origin: str = "autosave") -> list[Head]:
    times = sorted(NOW - age for age in ages)
    return [Head(n, at, origin, "t", "note") for n, at in enumerate(times, 1)]


@given(st.lists(st.integers(0, 800 * DAY), min_size=101, max_size=300))
def test_what_goes_leaves_a_neighbour_and_the_last_week_stays(ages: list[int]) -> None:
    known = heads(ages)
    gone = set(revisions.to_thin(known, NOW))
    kept = [head for head in known if head.rev not in gone]
    assert {1, len(known)} <= {head.rev for head in kept}
    assert all(head.rev not in gone for head in known if NOW - head.created_at <= 7 * DAY)
    for head in known:  # whatever went, something kept lies at most a week from it
        assert min(abs(head.created_at - one.created_at) for one in kept) <= 7 * DAY


def test_few_revisions_are_never_thinned() -> None:
    assert revisions.to_thin(heads([500 * DAY + n for n in range(100)]), NOW) == []


def test_old_autosaves_of_an_hour_become_one_and_the_last_is_kept() -> None:
    hour = NOW - NOW % HOUR - 10 * DAY
    known = [Head(n, hour + n * 1000, "autosave", "t", "note") for n in range(1, 200)]
    known.append(Head(200, NOW, "autosave", "t", "note"))
    gone = revisions.to_thin(known, NOW)
    assert gone == list(range(2, 199))


def test_named_published_and_made_by_hand_stay() -> None:
    old = NOW - 400 * DAY
    known = [Head(n, old + n, "autosave", "t", "note") for n in range(1, 200)]
    known[50] = Head(51, old + 51, "autosave", "t", "note", named="before the rewrite")
    known[60] = Head(61, old + 61, "autosave", "t", "note", published=True)
    known[70] = Head(71, old + 71, "cli", "t", "note")
    known[80] = Head(81, old + 81, "conflict-3", "t", "note")
    gone = revisions.to_thin(known, NOW)
    assert not {1, 51, 61, 71, 81, 199} & set(gone)
    assert len(gone) > 150


def test_an_origin_is_taken_apart() -> None:
    assert revisions.origin_of("restore-7") == revisions.Origin("restore", 7)
    assert revisions.origin_of("import:joplin").word == "import"
    assert revisions.origin_of("autosave").word == "autosave"
