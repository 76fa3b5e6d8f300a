"""What the journal's Markdown has beyond CommonMark, and what stays text."""

from __future__ import annotations

import pytest

from journal_app.domain import csv_tables, formulas
from journal_app.domain.markdown import Names, document, fill_math, render, render_mapped

ID = "01M82BW127N890WD9AP24WYMB4"
NAMES = Names(
    lambda name: ID if name in ("Warmup is too short", "C [x]") else None,
    lambda name: ID if name in ("d12", "d12-warmup.v2") else None,
    {"plot.png": "attachments/ab/p.png", "t.csv": "attachments/ab/t.csv"}.get,
)


def inside(text: str) -> str:
    return render_mapped(text, lines=False, names=NAMES, inside=True).html


def formulas_of(text: str) -> list[str]:
    found: list[str] = []
    fill_math(render(text), lambda source, display: found.append(source) or "")  # type: ignore[func-returns-value]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $10", "from $5 to $10, or $20", "$ x $", "US$5 and US$6", "$5-$10", "a$b$", "$$",
        "\\$x$", "`$x$`", "    $x$", "$a\nb$", "$x $y", "price: $5.", "$5/$6 each",
    ],
)  # fmt: skip
def test_money_and_code_are_no_formulas(text: str) -> None:
    assert formulas_of(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("$x^2$ is 5", ["x^2"]),
        ("($x$), **$y$**", ["x", "y"]),
        ("$a\\$b$", ["a\\$b"]),
        ("$a*b*c$", ["a*b*c"]),
        ("$a < b$ & $c$", ["a < b", "c"]),
        ("$$\na\n= b\n$$", ["a\n= b"]),
        ("$$a$$", ["a"]),
        ("words $$a$$ words", ["a"]),
        ("words\n$$\na\n$$\nwords", ["a"]),
        ("> $$\n> a\n> $$", ["a"]),
        ("- x\n  $$\n  a\n  $$", ["a"]),
    ],
)
def test_formulas(text: str, found: list[str]) -> None:
    assert formulas_of(text) == found


def test_a_formula_has_a_size_and_a_base_line() -> None:
    high = formulas.draw(r"\frac{a}{b}", size=16, colour="#112233", display=True)
    flat = formulas.draw("x", size=16, colour="#112233", display=False)
    assert isinstance(high, formulas.Formula) and isinstance(flat, formulas.Formula)
    assert high.height > flat.height > flat.depth and high.depth > flat.depth + 3
    assert 'fill="#112233"' in high.svg


@pytest.mark.parametrize(
    "source",
    [r"\frac{a", r"\begin{matrix}", "{" * 30, r"\def\a{x}\a", r"\input{x}", "x" * 2000, "^", "\x00",
     r"\color{url(x)}x", r"\hspace{1000000cm}x"],
)  # fmt: skip
def test_what_is_not_drawn_says_why(source: str) -> None:
    made = formulas.draw(source, size=16, colour="#112233", display=False)
    assert isinstance(made, formulas.Unread) and made.reason.endswith(".")


def test_links_to_entries() -> None:
    html = inside(
        "[[Warmup is too short]] [[warmup|W]] [[Warmup is too short#Why|why]] [x](entry:" + ID + ")"
    )
    assert html.count(f'class="entry" href="entry:{ID}"') == 2
    assert f'href="entry:{ID}" class="entry"' in html
    assert 'class="unresolved" href="new:warmup"' in html and ">why</a>" in html


def test_outside_the_window_names_are_words() -> None:
    html = render(f"[[Warmup is too short|W]] @d12 [x](entry:{ID}) [y](run:{ID}) - [ ] z")
    assert "href" not in html and "W @d12" in html
    assert ID not in html


def test_runs() -> None:
    html = inside("@d12, (@d12-warmup.v2). @nobody me@d12 `@d12` @run:d12 ![[run:d12]]")
    assert html.count('class="mention"') == 3
    assert f'class="embed embed-run" href="run:{ID}"' in html
    assert "@nobody me@d12" in html


def test_attachments_by_name() -> None:
    html = inside(
        "![[plot.png|300]] ![[t.csv]] ![x|200](attachments/ab/p.png) ![p](attachments/ab/a.pdf)"
    )
    assert '<img src="attachments/ab/p.png" alt="plot.png" width="300">' in html
    assert 'class="embed embed-csv" href="attachments/ab/t.csv"' in html
    assert 'alt="x" width="200"' in html
    assert 'class="embed embed-file" href="attachments/ab/a.pdf"' in html


@pytest.mark.parametrize(
    ("first", "kind", "title"),
    [
        ("[!note]", "note", "Note"),
        ("[!WARNING] Hot", "warning", "Hot"),
        ("[!caution]- Folded", "warning", "Folded"),
        ("[!faq]+ Q", "question", "Q"),
        ("[!whatever]", "note", "Whatever"),
        ("[!tip|right] T", "tip", "T"),
    ],
)
def test_callouts(first: str, kind: str, title: str) -> None:
    html = render(f"> {first}\n> body *x*\n>\n> - a")
    assert f'class="callout callout-{kind}"' in html
    assert f'<p class="callout-title">{title}</p>' in html
    assert "<p>body <em>x</em></p>" in html and "<li>a</li>" in html
    assert "[!" not in html and "blockquote" not in html


def test_a_callout_in_a_quotation_in_a_callout() -> None:
    html = render("> [!tip] a\n> > q\n> > > [!bug] b\n> > > c\n\n> plain [!note]")
    assert html.count("<section") == html.count("</section>") == 2
    assert html.count("<blockquote") == html.count("</blockquote>") == 2


def test_marks_scripts_and_definitions() -> None:
    html = render("==a *b*== H~2~O x^2^ ~~no~~ a^2+b^2=c 5~7 if a == b and c == d\n\nT\n: d")
    assert "<mark>a <em>b</em></mark>" in html
    assert "H<sub>2</sub>O x<sup>2</sup> <s>no</s> a^2+b^2=c 5~7 if a == b and c == d" in html
    assert "<dt>T</dt>" in html and "<dd>d</dd>" in html


def test_headings_have_anchors_that_links_find() -> None:
    html = render(
        "# What I *learned*\n\n## 学习率\n\n# What I learned\n\n[a](#what-i-learned) [[#学习率]]"
    )
    assert html.count('id="h-what-i-learned"') == 1
    assert 'href="#h-what-i-learned"' in html and 'href="#h-学习率"' in html


def test_boxes_can_be_clicked_in_the_window_only() -> None:
    text = "text\n\n- [ ] a\n- [x] b\n  1. [ ] c"
    assert 'href="task:' not in render(text)
    html = inside(text)
    assert [f'href="task:{n}"' in html for n in range(6)] == [False, False, True, True, True, False]


def test_parts_are_the_whole() -> None:
    text = "\n\n".join(f"## H{n}\n\n" + "word " * 300 for n in range(200))
    made = render_mapped(text)
    assert len(made.parts) > 3 and "".join(made.parts) == made.html
    assert all(part.startswith("<") for part in made.parts)


def test_tables_from_csv() -> None:
    made = csv_tables.read("\ufeffStep;Loss;Note\r\n1;0,5;a\r\n2;1.5e-3;<b>\r\n3;;c\r\n".encode())
    assert isinstance(made, csv_tables.Table)
    assert made.numeric == (True, True, False) and made.more == 0
    html = csv_tables.html(made)
    assert '<td align="right">1.5e-3</td>' in html and "&lt;b&gt;" in html


def test_a_long_table_is_cut() -> None:
    data = b"a,b\n" + b"".join(b"%d,x\n" % n for n in range(1000))
    made = csv_tables.read(data)
    assert isinstance(made, csv_tables.Table) and len(made.rows) == 200 and made.more == 800
    assert "800 more" in csv_tables.html(made, "800 more")


@pytest.mark.parametrize("data", [b"", b"\n\n", b"a\x00b", b'"' + b"x" * 200_000])
def test_a_bad_table_says_why(data: bytes) -> None:
    assert isinstance(csv_tables.read(data), str)


def test_a_page_of_its_own_runs_nothing() -> None:
    page = document("<script>", render("<script>alert(1)</script>"), "p { color: red }")
    assert "<script>" not in page and "default-src 'none'" in page
