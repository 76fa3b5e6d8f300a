"""Threads: every part fits as its network counts, nothing is lost, no link or character is cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.domain.digest import (
    Options,
    Part,
    Words,
    arranged,
    by_hand,
    derived,
)
from journal_app.domain.digest_block import without_digest, written
from journal_app.domain.social_text import (
    NETWORKS,
    Network,
    displayed,
    hashtag,
    length,
    short_link,
    spans,
)
from journal_app.errors import JournalError
from tests.helpers.servers.mastodon import counted

MASTODON, BLUESKY, LINKEDIN = (NETWORKS[name] for name in ("mastodon", "bluesky", "linkedin"))
FAMILY = "👩‍👩‍👧‍👦"
PAGE = "https://blog.example.org/posts/2026/warmup-ended-the-divergence"

words = st.one_of(
    st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=14),
    st.text("ابتثجحخ", min_size=1, max_size=9),
    st.text("学習率を下げると損失がの", min_size=1, max_size=40).map(lambda text: text + "。"),
    st.lists(st.sampled_from([FAMILY, "🌡️", "🇩🇪", "é", "ö̂"]), min_size=1, max_size=5).map("".join),
    st.sampled_from(["#warmup", "@friend@example.social", "3.14", "(see", "that)."]),
    st.text("abc/-_?=&%~", min_size=1, max_size=60).map(lambda t: f"https://example.org/{t}x"),
    st.text("z", min_size=200, max_size=600),
)
sentences = st.lists(words, min_size=1, max_size=40).map(" ".join)
brief = st.lists(words, min_size=1, max_size=9).map(" ".join)
units = st.lists(st.tuples(st.sampled_from([" ", "\n\n"]), sentences), min_size=1, max_size=6)
options = st.builds(
    Options, link=st.sampled_from(["first", "last"]), numbered=st.booleans(), most=st.just(99)
)
networks = st.sampled_from([MASTODON, BLUESKY, LINKEDIN, replace(MASTODON, limit=120)])
tails = st.sampled_from([Words("", "", ""), Words("", "", "", ("warmup", "learning-rate"), PAGE)])


def graphemes(text: str) -> list[str]:
    """Characters as people see them, without spaces."""
    return [one for one in regex.findall(r"\X", text) if not one.isspace()]


def takes(part: Part, network: Network) -> bool:
    """Whether the network takes it, counted apart from the code that is tested."""
    if network.name == "bluesky":
        seen = len(regex.findall(r"\X", part.text))
        return seen <= network.limit and len(part.text.encode()) <= 3000
    if network.name == "linkedin":
        return len(part.text.encode("utf-16-le")) // 2 <= network.limit
    return counted(part.text) <= network.limit


def contents(parts: tuple[Part, ...], made: Options, tail: str) -> list[str]:
    """What the parts hold without numbers, address and hashtags."""
    texts = [part.text for part in parts]
    if tail:
        n = 0 if made.link == "first" else -1
        assert texts[n].endswith(tail)
        texts[n] = texts[n].removesuffix(tail).rstrip()
    if made.numbered and len(texts) > 1:
        for n, text in enumerate(texts, 1):
            number = f"{n}/{len(texts)}"
            assert text.endswith(number)
            texts[n - 1] = text.removesuffix(number).rstrip()
    return texts


@settings(max_examples=100, deadline=None)
@given(units, options, networks, tails)
def test_every_part_fits_and_nothing_is_lost(
    given_units: list[tuple[str, str]], made: Options, network: Network, tail: Words
) -> None:
    network = replace(network, short_links=False)  # with short ones: the next test
    parts = arranged(given_units, tail, network, made)
    assert all(takes(part, network) for part in parts)
    shown = f"{PAGE}\n#warmup #learningRate".replace("learningRate", "LearningRate")
    texts = contents(parts, made, shown if tail.link else "")
    whole = [one for _, unit in given_units for one in graphemes(unit)]
    assert [one for text in texts for one in graphemes(text)] == whole


@settings(max_examples=80, deadline=None)
@given(units, options, networks)
def test_links_tags_and_people_stay_whole(
    given_units: list[tuple[str, str]], made: Options, network: Network
) -> None:
    parts = arranged(given_units, Words("", "", ""), network, made)
    wanted = [(one.kind, one.value) for _, unit in given_units for one in spans(unit)]
    got = [(one.kind, one.value) for part in parts for one in part.spans]
    assert got == wanted
    for part in parts:
        for one in part.spans:
            shown = part.text[one.start : one.end]
            assert shown == (one.value if one.kind == "link" else shown[0] + one.value) or (
                one.kind == "link" and shown == short_link(one.value)
            )


@settings(max_examples=25, deadline=None)
@given(brief, brief, st.lists(brief, max_size=6), networks, st.integers(1, 4))
def test_a_derived_thread_has_no_more_parts_than_asked(
    title: str, description: str, text: list[str], network: Network, most: int
) -> None:
    given_words = Words(title, description, "\n\n".join(text), ("a", "b"), PAGE)
    try:
        parts = derived(given_words, network, Options(most=most))
    except JournalError as error:
        assert error.hint
        return
    assert 1 <= len(parts) <= most
    assert all(takes(part, network) for part in parts)
    assert parts == derived(given_words, network, Options(most=most))
    assert sum(one.value == PAGE for part in parts for one in part.spans) >= 1


# ---------------------------------------------------------------------- counting


@pytest.mark.parametrize(
    ("text", "network", "count"),
    [
        ("https://example.org/" + "a" * 200, MASTODON, 23),
        ("see https://example.org/a, and", MASTODON, 4 + 23 + 5),
        ("@friend@a.very.long.example.social hi", MASTODON, len("@friend hi")),
        (FAMILY, MASTODON, 1),
        (FAMILY, BLUESKY, 1),
        (FAMILY, LINKEDIN, 11),
        ("https://example.org/größe", MASTODON, 23 + 3),  # it may end the link at ö
        ("https://example.org/short", BLUESKY, 25),
        ("https://example.org/" + "a" * 200, BLUESKY, 40),
        ("漢字", BLUESKY, 2),
    ],
)
def test_how_networks_count(text: str, network: Network, count: int) -> None:
    assert length(text, network) == count


def test_bluesky_has_a_limit_of_bytes_too() -> None:
    """A family counts 1 and has 25 bytes: 300 of them are too much."""
    parts = arranged([("", " ".join([FAMILY] * 149))], Words("", "", ""), BLUESKY, Options())
    assert len(parts) == 2
    assert all(len(part.text.encode()) <= 3000 for part in parts)


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("(https://example.org/a_(b)).", ["https://example.org/a_(b)"]),
        ("https://example.org/a、つぎ", ["https://example.org/a"]),
        ("https://example.org/x?a=1&b=2!", ["https://example.org/x?a=1&b=2"]),
        ("<https://example.org/>", ["https://example.org/"]),
        ("http:// nothing", []),
    ],
)
def test_where_a_link_ends(text: str, links: list[str]) -> None:
    assert [one.value for one in spans(text) if one.kind == "link"] == links


def test_a_link_that_is_longer_than_a_part_is_told() -> None:
    link = "https://example.org/" + "a" * 400
    with pytest.raises(JournalError, match="longer than a part") as error:
        arranged([("", link)], Words("", "", ""), replace(BLUESKY, short_links=False), Options())
    assert error.value.hint


@pytest.mark.parametrize(
    ("tag", "shown"),
    [
        ("learning-rate", "#LearningRate"),
        ("größe", "#größe"),
        ("a/b c", "#ABC"),
        ("漢字", "#漢字"),
        ("2026", ""),
        ("!", ""),
    ],
)
def test_hashtags_out_of_tags(tag: str, shown: str) -> None:
    assert hashtag(tag) == shown


def test_a_long_link_is_shown_short_and_leads_there() -> None:
    shown, (one,) = displayed(f"See {PAGE}.", BLUESKY)
    assert shown == "See blog.example.org/posts/2026/warmup-ende…."
    assert shown[one.start : one.end].endswith("…")
    assert one.value == PAGE


# ---------------------------------------------------------------------- what is chosen


def test_results_are_chosen_before_the_rest() -> None:
    filler = "\n\n".join(f"We looked at many things on day {n} of it all." for n in range(30))
    text = f"{filler}\n\n## Results\n\nWarmup of 500 steps fixed it: loss fell from 3.2 to 2.1.\n"
    made = Words("Warmup", "How a divergence was ended.", text)
    (part,) = derived(made, MASTODON, Options(most=1))
    assert "from 3.2 to 2.1" in part.text


def test_a_description_that_only_begins_the_text_is_not_said_twice() -> None:
    made = Words(
        "Title",
        "Loss fell after step 500. It stayed…",
        "Loss fell after step 500. It stayed there.",
    )
    (part,) = derived(made, MASTODON, Options())
    assert part.text.count("Loss fell") == 1


def test_code_tables_and_pictures_are_no_sentences() -> None:
    text = (
        "Words.\n\n```\ncode = 1\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n![Alt](attachments/x)\n"
    )
    (part,) = derived(Words("Title", "", text), MASTODON, Options())
    assert part.text == "Title\n\nWords."


# ---------------------------------------------------------------------- by hand

OWN = (
    "Before.\n\n```digest\nOne {link}\n---\nTwo.\n```\n\n"
    "~~~~ digest bluesky\nShort.\n~~~~\n\nAfter.\n"
)


def test_the_post_says_its_thread_itself() -> None:
    assert written(OWN, "mastodon") == ("One {link}", "Two.")
    assert written(OWN, "bluesky") == ("Short.",)
    assert without_digest(OWN) == "Before.\n\n\n\nAfter.\n"
    assert written("```python\ndigest\n```", "mastodon") is None
    assert without_digest("````\n```digest\nx\n```\n````\n") == "````\n```digest\nx\n```\n````\n"
    assert written("```digest\n\n```\n", "mastodon") is None


def test_the_address_comes_where_it_is_wanted() -> None:
    made = Words("", "", "", link=PAGE)
    first = by_hand(("One {link}!", "Two."), made, MASTODON, Options())
    assert [part.text for part in first] == [f"One {PAGE}! 1/2", "Two. 2/2"]
    added = by_hand(("One.", "Two."), made, MASTODON, Options(link="last", numbered=False))
    assert [part.text for part in added] == ["One.", f"Two.\n\n{PAGE}"]
    own = by_hand(("1/2 One.", "2/2 Two."), Words("", "", ""), MASTODON, Options())
    assert [part.text for part in own] == ["1/2 One.", "2/2 Two."]


def test_a_part_by_hand_that_is_too_long_is_told_and_not_cut() -> None:
    with pytest.raises(JournalError, match=r"Part 2 .* 301 .* takes 300") as error:
        by_hand(("One.", "x" * 301), Words("", "", ""), BLUESKY, Options(numbered=False))
    assert "digest bluesky" in error.value.hint
