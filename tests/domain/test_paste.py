"""What a paste becomes, decided without a window."""

from __future__ import annotations

import base64
import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.domain import html_paste, markdown, paste


def converted(html: str) -> html_paste.Converted:
    made = html_paste.convert(html)
    assert made is not None
    return made


PIXEL = base64.b64encode(b"\x89PNG\r\n\x1a\n" + b"0" * 40).decode()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("text", ["https://example.org/runs/1", "losses.csv"])
def test_an_address_alone_is_a_text_and_warns_of_nothing(text: str) -> None:
    assert converted(text).text == text


def test_a_spreadsheet_becomes_a_table_with_its_numbers_to_the_right() -> None:
    found = paste.grid("step\tloss\n1\t2.5\n20\t1.25\n")
    assert found is not None
    assert paste.table(found).splitlines() == [
        "| step | loss |",
        "| ---: | ---: |",
        "|    1 |  2.5 |",
        "|   20 | 1.25 |",
    ]


def test_quoted_fields_bars_and_line_ends_stay_in_their_cells() -> None:
    found = paste.grid('name,val\r\n"a, b",1\r\n"c|d\ne",2.5\r\n')
    assert found is not None and found.rows[2] == ("c|d\ne", "2.5")
    table = paste.table(found)
    assert "| a, b" in table and "c\\|d e" in table
    assert "<table>" in markdown.render(table)


@pytest.mark.parametrize(
    "text",
    [
        "Hello, world\nSo it goes, again",
        "x = [1, 2,\n     3, 4]",
        "1, 2, 3\n4, 5, 6",  # no head: numbers in code as likely as a table
        "one line\tonly",
        "\tif x:\n\t\treturn",
        "a\tb\nc",
        "if (a, b):\n    return a, b",
        "",
        "\n\n",
        'broken "quote,1\nand, 2',
    ],
)
def test_prose_and_code_stay_what_they_are(text: str) -> None:
    assert paste.grid(text) is None


def test_a_decimal_comma_is_a_number_and_a_semicolon_parts_cells() -> None:
    found = paste.grid("Lauf;Verlust\nA;2,5\nB;1.024,5")
    assert found is not None and "| A    |     2,5 |" in paste.table(found)


def test_a_long_table_shows_its_beginning() -> None:
    found = paste.grid("n\tm\n" + "\n".join(f"{n}\t{n}" for n in range(500)))
    assert found is not None
    assert len(paste.table(found).splitlines()) == paste.ROWS + 2
    assert len(list(csv.reader(io.StringIO(paste.as_csv(found).decode())))) == 501


@given(st.lists(st.lists(st.text(max_size=12), min_size=3, max_size=3), min_size=2, max_size=8))
@settings(deadline=None, max_examples=150)
def test_any_table_renders_as_one(rows: list[list[str]]) -> None:
    table = paste.table(paste.Grid(tuple(tuple(row) for row in rows), True))
    assert len(table.split("\n")) == len(rows) + 1


@given(st.text(max_size=300))
@settings(deadline=None, max_examples=200)
def test_no_text_breaks_the_look_at_it(text: str) -> None:
    found = paste.grid(text)
    if found is not None:
        paste.table(found)
    paste.address(text)
    paste.in_code(text)


def test_addresses() -> None:
    assert paste.address(" https://example.org/a?b=c#d \n") == "https://example.org/a?b=c#d"
    assert paste.address("mailto:a@example.org") == "mailto:a@example.org"
    for text in ("javascript:alert(1)", "file:///etc/passwd", "https://", "two words", "a\nb"):
        assert paste.address(text) is None
    assert paste.link("a]b", "https://x.org/(a") == "[a\\]b](<https://x.org/(a>)"
    assert paste.link("see", "https://x.org/a_(b)") == "[see](https://x.org/a_(b))"


def test_inside_a_fence_nothing_is_converted() -> None:
    assert paste.in_code("text\n```python\nx = 1\n")
    assert not paste.in_code("```\ncode\n```\n")
    assert paste.in_code("~~~\n```\n")


# ---------------------------------------------------------------------- HTML


def test_a_web_page_becomes_markdown() -> None:
    made = converted(
        "<h2>Title<a class='anchor-link' href='#t'>¶</a></h2><p>See <a href='https://x.org/'>this"
        "</a> and <code>val_bpb</code>.</p><ul><li>a<ul><li>b</li></ul></li></ul>"
        "<pre class='language-python'>x = 1</pre>"
        "<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>x|y</td></tr></table>"
    ).text
    assert "## Title\n" in made and "¶" not in made
    assert "[this](https://x.org/)" in made and "`val_bpb`" in made
    assert "- a\n  - b" in made
    assert "```python\nx = 1\n```" in made
    assert "| 1 | x\\|y |" in made


def test_scripts_styles_and_foreign_addresses_go() -> None:
    made = converted(
        "<style>p{}</style><script>alert(1)</script><p onclick=x>a <a href='javascript:alert(1)'>b"
        "</a> <a href='file:///etc/passwd'>c</a><iframe src='https://x.org'></iframe>"
        "<svg><script>1</script></svg><img src='file:///etc/passwd'></p><!-- hidden -->"
    ).text
    assert made == "a b c"


def test_images_inside_come_back_and_images_elsewhere_become_links() -> None:
    made = converted(
        f"<p><img src='data:image/png;base64,{PIXEL}' alt='plot'></p>"
        "<p><img src='https://x.org/p.png' alt='far'></p>"
        "<img src='data:image/svg+xml;base64,AAAA' alt='vector'>"
    )
    assert [p.name for p in made.pictures] == ["pasted-1.png"]
    assert made.pictures[0].data.startswith(b"\x89PNG")
    assert "![plot](paste-image-0)" in made.text
    assert "[far](https://x.org/p.png)" in made.text and "![far]" not in made.text
    assert "vector" in made.text and "data:" not in made.text


def test_what_word_processors_add_is_cleaned_up() -> None:
    docs = converted(
        "<b style='font-weight:normal' id='docs-internal-guid-1'><p><span style='font-weight:400'>"
        "plain </span><span style='font-weight:700'>bold</span></p></b>"
    ).text
    assert docs == "plain **bold**"
    word = converted(
        "<p class=MsoListParagraphCxSpFirst style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
        "<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>One<o:p></o:p>"
        "</p><p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>"
        "<span>·&nbsp;&nbsp;</span>Two <b>x</b></p>"
    ).text
    assert word == "- One\n- Two **x**"


def test_colours_alone_are_no_reason_to_convert() -> None:
    code = "<div style='font-family: monospace'><span style='color:#00f'>def</span> f():</div>"
    assert not html_paste.says_more(code)
    assert html_paste.says_more("<p>see <a href='https://x.org'>x</a></p>")


@given(st.text(alphabet="<>/abipulodtr =\"'&;#!-x1\n", max_size=300))
@settings(deadline=None, max_examples=150)
def test_no_html_breaks_the_conversion(html: str) -> None:
    made = converted(html)
    assert "<script" not in markdown.render(made.text)


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 20_000 + "x",
        "<b>" * 3_000 + "x",
        "<ul><li>" * 2_000 + "x",
        "<p>x</p>" * 20_000,
        "<b>x" + "y" * html_paste.LONGEST,
    ],
)
def test_more_than_a_text_is_left_as_plain_text(html: str) -> None:
    assert html_paste.convert(html) is None


def test_thousands_of_styled_pieces_are_no_trouble() -> None:
    made = converted("<p>" + "<span style='font-weight:700'>a</span> " * 3_000)
    assert made.text.count("**a**") == 3_000
