"""What a text names: found outside code only, and rewritten without a change of anything else."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app.domain import links
from journal_app.domain.graph import Graph, Node, layout
from journal_app.domain.links import Goal


def named(text: str) -> list[tuple[str, str]]:
    return [(m.kind, m.name) for m in links.mentions(text)]


def test_every_way_to_name_something() -> None:
    text = (
        "See [[Warm up]], [[Warm up|that]], [[Warm up#Why?]] and ![[Warm up]].\n"
        "Also [words](entry:01HX), @run-a.1, @run:Q7, ![[run:Z9]] and [[entry:01HY|x]]."
    )
    found = links.mentions(text)
    assert [text[m.start : m.end] for m in found] == [
        "[[Warm up]]", "[[Warm up|that]]", "[[Warm up#Why?]]", "![[Warm up]]",
        "[words](entry:01HX)", "@run-a.1", "@run:Q7", "![[run:Z9]]", "[[entry:01HY|x]]",
    ]  # fmt: skip
    assert [m.name for m in found] == [
        *["Warm up"] * 4, "01HX", "run-a.1", "Q7", "Z9", "01HY",
    ]  # fmt: skip
    assert (found[1].shown, found[2].heading, found[3].embed) == ("that", "Why?", True)
    assert [m.by_id for m in found] == [False] * 4 + [True, False, True, True, True]


@pytest.mark.parametrize(
    "text",
    [
        "`[[no]]`",
        "``[[no` @no``",
        "```\n[[no]]\n```",
        "~~~~ md\n[[no]]\n~~~\n@no",
        "> ```\n> [[no]]\n> ```",
        "- ```\n  [[no]]\n  ```",
        "words\n\n    [[no]]\n",
        "# Heading\n    @no",
        "\\[[no]]",
        "me@example.org",
        "https://example.org/@no",
        "[[ ]] [[]] [[#here]] [[a\nb]]",
        "[x](https://example.org)",
    ],
)
def test_code_addresses_and_escapes_name_nothing(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    ["- item\n    [[yes]]", "a `b\n\n[[yes]] `c", "``` not `closed` [[yes]]", "`a` [[yes]] `b`"],
)
def test_what_only_looks_like_code_is_read(text: str) -> None:
    assert named(text) == [("entry", "yes")]


def test_titles_that_brackets_cannot_hold_are_linked_by_id() -> None:
    text = "[[Old]] [[Old|x]] [[Old#Part]] ![[Old]] `[[Old]]` [[Other]]"
    assert links.rewritten(text, {"old": Goal("New")}) == (
        "[[New]] [[New|x]] [[New#Part]] ![[New]] `[[Old]]` [[Other]]"
    )
    new = links.rewritten(text, {"old": Goal("a [b] | c", "01ID")})
    assert new.startswith(r"[a \[b\] \| c](entry:01ID) [x](entry:01ID)")
    assert [m.name for m in links.mentions(new)] == [*["01ID"] * 4, "Other"]
    assert links.mentions(new)[0].shown == "a [b] | c"


titles = st.text(st.sampled_from("ab C[]|#`\\é\n(){}!@:*_"), max_size=8)


@given(titles)
def test_a_title_is_writable_exactly_when_it_is_read_back(title: str) -> None:
    if links.writable(title):
        (found,) = links.mentions(f"x {links.written(Goal(title))} y")
        assert found.name == title and not found.by_id
    (found,) = links.mentions(f"x {links.written(Goal(title, '01HXAB'))} y")
    assert found.by_id and found.name == "01HXAB"


@given(st.lists(st.sampled_from(["[[a]]", "[[a|x]]", "`", "```", "\n", "    ", "b ", "[[c#d]]"])))
def test_rewriting_touches_links_only_and_can_be_told_apart(parts: list[str]) -> None:
    text = "".join(parts)
    new = links.rewritten(text, {"a": Goal("longer name"), "c": Goal("e [f]", "01HX")})
    goals = links.renames(text, new)
    assert goals is not None
    again = [(m.name, m.by_id) for m in links.mentions(links.rewritten(text, goals))]
    assert again == [(m.name, m.by_id) for m in links.mentions(new)]
    assert links.renames(text, new + " more") is None
    assert len(links.mentions(text)) == len(links.mentions(new))


@given(st.text(st.sampled_from("[]!@`~#|(\\ \n\tabe:-0>"), max_size=300))
def test_any_text_is_read(text: str) -> None:
    for m in links.mentions(text):
        assert 0 <= m.start < m.end <= len(text) and m.name
    links.phrase_at(text, "ab")


@pytest.mark.parametrize("piece", ["[", "`", "[[a", "``` ", "@a", "[x](entry:", "\\", "> ", "!["])
def test_reading_takes_time_in_step_with_the_length(piece: str) -> None:
    def cost(count: int) -> float:
        text = "[[x]] " + "".join(f"{piece}{n % 7}" for n in range(count))
        best = 1e9
        for _ in range(3):
            start = time.perf_counter()
            links.mentions(text)
            best = min(best, time.perf_counter() - start)
        return best

    assert cost(40_000) < 60 * max(cost(4_000), 1e-4)  # 10 × where linear, 100 × where quadratic


def test_a_passage_is_its_own_line_cut_at_words() -> None:
    text = "before\n- " + "word " * 40 + "[[here]]" + " tail" * 40 + "\nafter"
    start = text.index("[[")
    found = links.passage(text, start, start + 8)
    assert found.text[found.start : found.end] == "here"
    assert found.text.startswith("…word") and found.text.endswith("tail…")


def test_a_phrase_is_found_as_words_outside_links_and_code() -> None:
    text = "[[Warm up]] `warm up` warm-ups, a warm\nup; [warm up](https://e.org) lukewarm up"
    assert [text[a:b] for a, b in links.phrase_at(text, "Warm up")] == ["warm\nup"]
    assert links.phrase_at("学习率预热很重要", "预热") == [(3, 5)]


def test_the_same_graph_gives_the_same_picture() -> None:
    nodes = tuple(Node(str(n), "note", str(n), min(n, 1)) for n in range(12))
    graph = Graph(nodes, tuple((0, n) for n in range(1, 12)))
    places = layout(graph)
    assert places == layout(graph) and len(set(places)) == 12
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in places)
    assert layout(Graph((), ())) == ()
