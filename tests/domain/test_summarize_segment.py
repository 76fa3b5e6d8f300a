"""Sentences of Markdown: exact slices, nothing mangled, nothing split that belongs together."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.domain.segment import Sentence, sentences
from journal_app.domain.sentences import plain, split


def texts(source: str) -> list[str]:
    return [sentence.text for sentence in sentences(source)]


def check_spans(source: str, found: list[Sentence]) -> None:
    before = 0
    for sentence in found:
        assert before <= sentence.start < sentence.end <= len(source)
        piece = source[sentence.start : sentence.end]
        assert piece == piece.strip()
        assert sentence.text and "\n" not in sentence.text and "\r" not in sentence.text
        before = sentence.end


@pytest.mark.parametrize(
    "sentence",
    [
        "We used e.g. AdamW and i.e. the default betas.",
        "See Fig. 3 and Eq. (4) of Smith et al. (2020) for the curve.",
        "The best lr was 3.5e-4, i.e. 3.5 times the old one, on v1.2.3 of train.py.",
        "Muon vs. AdamW at depth 12 took approx. 3 hours.",
        "Read https://example.org/a.b?c=1.2 before you change config.yaml again.",
        "Use `np.mean(x). Then` as it is.",
        "J. R. Smith wrote the loader.",
        "It is no. 5 of the sweep.",
        "Weight decay on embeddings, norms, etc. was off.",
        "We got to 2.9 in the U.S. data centre.",
    ],
)
def test_one_sentence_stays_one(sentence: str) -> None:
    assert texts(sentence + " The next one follows.") == [plain(sentence), "The next one follows."]


def test_lower_case_notes_are_split() -> None:
    assert texts("loss diverged. then i cut the rate. it worked!") == [
        "loss diverged.",
        "then i cut the rate.",
        "it worked!",
    ]


def test_cjk_sentences() -> None:
    source = "今天训练了模型。结果很好！下一步是什么？学习率\n太高了。"
    assert texts(source) == ["今天训练了模型。", "结果很好！", "下一步是什么？", "学习率太高了。"]


def test_hard_wrapped_lines_are_one_sentence_and_the_slice_is_exact() -> None:
    source = "The warmup of 200 steps\r\nwas *slightly* worse,\r\nnot worth it."
    (only,) = sentences(source)
    assert only.text == "The warmup of 200 steps was slightly worse, not worth it."
    assert source[only.start : only.end] == source


def test_bullets_lose_their_mark_and_keep_their_run_in_head() -> None:
    source = "- **Result:** worse. Not worth it.\n- [x] second\n  goes on\n1. third\n"
    found = sentences(source)
    assert [(one.text, one.kind) for one in found] == [
        ("Result: worse. Not worth it.", "bullet"),
        ("second goes on", "bullet"),
        ("third", "bullet"),
    ]
    assert source[found[0].start : found[0].end] == "**Result:** worse. Not worth it."


def test_long_bullet_is_split_like_a_paragraph() -> None:
    source = "- " + " ".join(f"Sentence number {n} of this long bullet is here." for n in range(12))
    assert len(sentences(source)) == 12


def test_headings_and_bold_lines_are_context() -> None:
    source = "# Warmup\n\nIt ran.\n\n**Results:**\n\n- better\n\nSetext\n------\n\nTail."
    found = sentences(source)
    assert [(one.text, one.section, one.lead) for one in found] == [
        ("It ran.", "Warmup", ""),
        ("better", "Warmup", "Results"),
        ("Tail.", "Setext", ""),
    ]


def test_only_headings_are_better_than_nothing() -> None:
    assert texts("# First\n\n## Second") == ["First", "Second"]


def test_table_row_is_one_slice_with_its_heads() -> None:
    source = "| model | bpb |\n|---|---:|\n| d12 | 0.82 |\n|  |  |\n| d20 | 0.79 |\n\nAfter."
    found = sentences(source)
    assert [one.text for one in found] == [
        "model: d12; bpb: 0.82",
        "model: d20; bpb: 0.79",
        "After.",
    ]
    assert source[found[0].start : found[0].end] == "d12 | 0.82"


def test_what_is_no_prose_is_passed_over() -> None:
    source = (
        "---\ntitle: Front. Matter\n---\n<!-- a comment. -->\n```py\nx = 1. Not text\n```\n"
        "~~~\nopen. fence\n~~~\n    indented. code\n\nhttps://only.a/link\n[text](https://x.y)\n"
        "![alt. text](a.png)\n\n[ref]: https://z.z\n\n<div>\n\n***\n\nThis stays."
    )
    assert texts(source) == ["This stays."]


def test_rule_at_the_top_is_not_front_matter() -> None:
    assert texts("---\n\nFirst. Second.\n\n---\n\nThird.") == ["First.", "Second.", "Third."]


def test_byte_order_mark_counts_and_is_not_shown() -> None:
    source = "\ufeff# Head\n\nWords here."
    (only,) = sentences(source)
    assert source[only.start : only.end] == only.text == "Words here."


def test_quotes_and_inline_marks() -> None:
    source = (
        "> It **works** [here](https://a.b) &amp; `a_b*c`\n> for snake_case_names. 2 * 3 * 4.\n"
    )
    assert texts(source) == ["It works here & a_b*c for snake_case_names.", "2 * 3 * 4."]


def test_empty_and_blank() -> None:
    assert sentences("") == []
    assert sentences(" \n\t\n") == []


def test_a_long_run_of_marks_is_read_quickly() -> None:
    source = "." * 20_000 + "\n\n" + "*" * 5_000 + " word. " + "`" * 5_000
    check_spans(source, sentences(source))


WORD = st.text("abcdefgXYZäß09", min_size=1, max_size=8)
PROSE = st.lists(
    st.tuples(WORD, st.sampled_from([" ", ". ", "! ", "? ", ", ", "… "])), min_size=1, max_size=40
).map(lambda pairs: "a" + "".join(word + mark for word, mark in pairs))


@given(PROSE)
def test_plain_prose_is_covered_whole(source: str) -> None:
    found = sentences(source)
    check_spans(source, found)
    covered = {index for one in found for index in range(one.start, one.end)}
    assert all(index in covered for index, letter in enumerate(source) if letter.isalnum())


@given(st.text())
def test_split_covers_every_letter_of_anything(source: str) -> None:
    spans = split(source)
    covered = {index for start, end in spans for index in range(start, end)}
    if spans:
        assert all(index in covered for index, letter in enumerate(source) if letter.isalnum())
    assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


MARKS = "# |- |* |1. |---|```|> |**|_|`|<!--|-->|[a](b)|word|Ünï |3.5 |. |。|e.g. ".split("|")
MARKDOWN = st.lists(
    st.sampled_from([*MARKS, "|", "    ", "\n", "\r\n", "\n\n", "\ufeff", "\x00"]), max_size=40
).map("".join)


@settings(max_examples=400)
@given(MARKDOWN)
def test_spans_hold_for_any_markdown(source: str) -> None:
    check_spans(source, sentences(source))


@given(st.text())
def test_spans_hold_for_any_text(source: str) -> None:
    check_spans(source, sentences(source))
