"""The corpus against everything that makes HTML, Markdown or a published body out of a text."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from journal_app.domain import csv_tables, formulas
from journal_app.domain.due import due_time
from journal_app.domain.entry import Attachment
from journal_app.domain.html_paste import convert
from journal_app.domain.markdown import Names, clean, render, render_mapped
from journal_app.domain.markdown_links import refused_scheme
from journal_app.domain.targets import Post
from journal_app.errors import JournalError
from journal_app.publish.body import carried, public_text
from journal_app.publish.sites.literal import for_hugo, for_jekyll
from tests.hostile.corpus import ALL, CASES
from tests.hostile.sieve import sieve

LONGEST = 20  # seconds: a safety net against texts that never end, no measure of speed
ID = "01M82BW127N890WD9AP24WYMB4"
CREDULOUS = Names(lambda name: ID, lambda name: ID, lambda name: "attachments/ab/" + name)
TEXTS = [pytest.param(text, id=f"{kind}-{n}") for n, (kind, text) in enumerate(ALL)]


def test_the_corpus_is_large_and_has_no_repeats() -> None:
    texts = [text for _, text in ALL]
    assert len(set(texts)) == len(texts) >= 300
    assert len(CASES) >= 15


@pytest.mark.parametrize("text", TEXTS)
def test_rendered(text: str) -> None:
    start = time.monotonic()
    plain = render(text)
    sieve(plain)
    assert clean(plain) == plain
    made = render_mapped(text, names=CREDULOUS, inside=True)
    sieve(made.html, inside=True)
    assert made.html == "".join(made.parts)
    assert clean(made.html, inside=True) == made.html
    assert list(made.lines) == sorted(set(made.lines))
    assert time.monotonic() - start < LONGEST


@pytest.mark.parametrize("text", TEXTS)
def test_rendered_inside_other_blocks(text: str) -> None:
    flat = text[:3000].replace("\n", " ")
    for nested in (f"> - {flat}", f"> [!tip] {flat}\n> {flat}", f"| a |\n|---|\n| {flat} |"):
        sieve(render_mapped(nested, names=CREDULOUS, inside=True).html, inside=True)


@pytest.mark.parametrize("text", TEXTS)
def test_html_from_elsewhere_is_cleaned(text: str) -> None:
    once = clean(text)
    sieve(once)
    assert clean(once) == once


@pytest.mark.parametrize("text", TEXTS)
def test_pasted_html_becomes_harmless_markdown(text: str) -> None:
    start = time.monotonic()
    made = convert(f"<html><body>{text[:20_000]}</body></html>")
    if made is not None:  # nested beyond sense: the window pastes plain text then
        sieve(render(made.text))
    assert time.monotonic() - start < LONGEST


def post(text: str, root: Path) -> Post:
    return Post(
        ID, 3, "Title", text, "title", ("lr",), "", due_time("2026-12-01 09:00", "Europe/Berlin"),
        root, (Attachment("ab" * 32, "x.png", f"attachments/ab/{'ab' * 32}.png", "image/png", 1),),
    )  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_published(text: str, tmp_path: Path) -> None:
    """Either the post is refused in words, or no site gets HTML or a link that runs."""
    text = text[:8_000]
    try:
        files = carried(post(text, tmp_path))
        body = public_text(post(text, tmp_path))
    except JournalError as error:
        assert error.message and error.hint
        return
    assert files == []
    for made in (body, for_hugo(body, files)):
        check_body(made)
    made = for_jekyll(body, files, "assets/x")
    check_body(re.sub(r"\{% (?:end)?raw %\}\n?", "", made))


def check_body(body: str) -> None:
    class Credulous(MarkdownIt):
        def validateLink(self, url: str) -> bool:
            return True

    for token in Credulous("commonmark").parse(body):
        assert token.type != "html_block", token.content
        for child in token.children or []:
            assert child.type != "html_inline", child.content
            if child.type == "link_open":
                assert refused_scheme(str(child.attrs["href"])) is None, child.attrs


@pytest.mark.parametrize("source", [t.strip("$\n") for t in CASES["formulas"]])
def test_a_formula_is_drawn_or_refused_in_words(source: str) -> None:
    start = time.monotonic()
    made = formulas.draw(source, size=16, colour="#112233", display=False)
    assert time.monotonic() - start < LONGEST
    if isinstance(made, formulas.Unread):
        assert made.reason.endswith(".")
    else:
        assert not re.search(r"<(?!/?(?:svg|path|rect|g|line|polygon|polyline)\b)", made.svg)
        assert "href" not in made.svg and "url(" not in made.svg and "javascript" not in made.svg


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text(text: str) -> None:
    made = render_mapped(text, names=CREDULOUS, inside=True)
    sieve(made.html, inside=True)
    assert clean(made.html, inside=True) == made.html
    assert list(made.lines) == sorted(set(made.lines))


MARKS = [
    *"[]()!<>$`*_~=^#>|-+:@&;\\\"'{}\n \tax1/%.",
    *("[[", "]]", "![", "$$", "==", "```", "> [!note] ", "- [ ] ", "[^1]", "[^1]: ", "\n\n"),
    *("javascript:", "\\frac{", "\x00", "\u202e", "<script>", "attachments/../", "    "),
    *("https://a.b/", "entry:", "run:"),
]


@given(st.lists(st.sampled_from(MARKS), max_size=60).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_marks(text: str) -> None:
    made = render_mapped(text, names=CREDULOUS, inside=True)
    sieve(made.html, inside=True)
    assert clean(made.html, inside=True) == made.html
    sieve(render(text))
    pasted = convert(f"<p>{text}</p>")
    assert pasted is not None
    sieve(render(pasted.text))


TEX = [
    *"{}[]^_&\\ $%#~xa12+=<>'\n",
    *(r"\frac", r"\sqrt", r"\left(", r"\right)", r"\sum", r"\begin{matrix}", r"\end{matrix}"),
    *(r"\text{", r"\hat", r"\alpha", r"\\", r"\mathbf", r"\color{red}", r"\hspace{9cm}"),
    *(r"\xrightarrow", r"\limits", r"\over", r"\underbrace"),
]


@given(st.lists(st.sampled_from(TEX), max_size=25).map("".join))
@settings(max_examples=250, deadline=10_000)
def test_any_formula(source: str) -> None:
    made = formulas.draw(source, size=16, colour="#112233", display=True)
    if isinstance(made, formulas.Formula):
        assert made.width > 0 and made.height > 0


@given(st.binary(max_size=300), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_table(data: bytes, cut: bool) -> None:
    made = csv_tables.read(data, cut=cut)
    if isinstance(made, str):
        assert made.endswith(".")
    else:
        sieve(clean(csv_tables.html(made)))
        assert len({len(row) for row in (made.head, *made.rows)}) == 1
