"""The HTML of a post: what the preview shows, readable without a style, and nothing that runs."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.domain.due import due_at
from journal_app.domain.targets import Post
from journal_app.errors import JournalError
from journal_app.publish import html

SHA = "ab" * 32


def post(body: str, **changes: Any) -> Post:
    given = {
        "id": "01JE0000000000000000ABCDEF", "rev": 1, "title": "T", "body": body, "slug": "t",
        "tags": (), "description": "", "dated": due_at(1_796_115_600_000, "UTC"),
        "root": Path("/nowhere"),
    }  # fmt: skip
    return Post(**{**given, **changes})


def page(body: str, files: dict[str, str] | None = None) -> str:
    return html.page(post(body), files or {})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("# T\n\nText.\n", "<p>Text.</p>"),
        ("## Part\n", '<h2><span id="h-part">Part</span></h2>'),
        ("- [x] done\n- [ ] open\n", "<li>☑ done</li>\n<li>☐ open</li>"),
        ("| a |\n|--:|\n| 1 |\n", '<td align="right">1</td>'),
        ("```python\nif a < b: x = \"y\"\n```\n",
         '<pre><code class="language-python">if a &lt; b: x = "y"\n</code></pre>'),
        ("Let $a<b$ be.\n", '<span class="math">\\(a&lt;b\\)</span>'),
        ("$$\nx\\\\y\n$$\n", '<div class="math">\\[x\\\\y\\]</div>'),
        ("> [!tip] Do *this*\n> It helps.\n",
         "<blockquote>\n<p><strong>Do <em>this</em></strong></p>\n<p>It helps.</p>\n</blockquote>"),
        ("H~2~O, m^2^, ==new==, ~~old~~\n",
         "<p>H<sub>2</sub>O, m<sup>2</sup>, <mark>new</mark>, <s>old</s></p>"),
        ("See [[My other note|that]] ->run:nano-1\n", "<p>See that</p>"),
        ("Loss\n: what falls\n", "<dt>Loss</dt>\n<dd>what falls</dd>"),
        ("漢字 🌡️ \"x\" \\* C:\\temp\n", '<p>漢字 🌡️ "x" * C:\\temp</p>'),
    ],
)  # fmt: skip
def test_what_readers_see(text: str, shown: str) -> None:
    assert shown in page(text)


def test_notes_of_two_posts_on_one_page_do_not_meet() -> None:
    one = page("Text[^1].\n\n[^1]: Note.\n")
    assert 'href="#fn1-abcdef"' in one
    assert 'id="fn1-abcdef"' in one
    assert 'href="#fnref1-abcdef"' in one


def test_pictures_keep_their_words_and_get_their_addresses(tmp_path: Path) -> None:
    path = f"attachments/ab/{SHA}.png"
    (tmp_path / path).parent.mkdir(parents=True)
    (tmp_path / path).write_bytes(b"x")
    data = path.replace(".png", ".pdf")
    (tmp_path / data).write_bytes(b"x")
    remote = "https://pics.example/a.png?x=1&y=2"
    body = f'![Loss "fell" [a]|300]({path} "Run 3")\n\n[data]({data}) ![far]({remote})\n'
    made = html.page(
        post(body, root=tmp_path),
        {path: "https://blog.example/a.png?b=1&c=2", data: "https://blog.example/d.pdf"},
    )
    assert (
        '<img src="https://blog.example/a.png?b=1&amp;c=2" alt="Loss &quot;fell&quot; [a]"'
        ' title="Run 3" width="300">'
    ) in made
    assert 'href="https://blog.example/d.pdf"' in made
    assert '<img src="https://pics.example/a.png?x=1&amp;y=2" alt="far">' in made
    assert "attachments/" not in made


class Seen(HTMLParser):
    """Collects what a browser would act on."""

    def __init__(self) -> None:
        super().__init__()
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"script", "style", "iframe", "object", "embed", "form", "svg", "math", "link"}:
            self.bad.append(tag)
        for name, value in attrs:
            text = re.sub(r"[\x00-\x20]", "", value or "").lower()
            if name.startswith("on") or name == "style":
                self.bad.append(name)
            if name in ("href", "src") and not text.startswith(
                ("https:", "http:", "mailto:", "#", "attachments/")
            ):
                self.bad.append(text)


HOSTILE = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "![x](https://a.b/\"onload=1)",
    '[a](https://x.y "t\\" onclick=1")', "<!-- -->", "<b", "```js\"><script>\n</script>\n```",
    "$<img src=x onerror=1>$", "> [!tip] <script>x</script>", "`<x>`", "[^1]", "[^1]: <i onx=1>",
    "![a](data:image/png;base64,AAAA)", "]]>", "<svg/onload=1>", "| <a href=javascript:1> |",
    "&lt;script&gt;", "\\<script>", "![\"><script>](https://a.b/c)",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(HOSTILE) | st.text(max_size=20), max_size=6))
def test_nothing_runs(parts: list[str]) -> None:
    try:
        made = page("\n\n".join(parts))
    except JournalError:
        return  # refused in words
    seen = Seen()
    seen.feed(made)
    assert seen.bad == []


def test_a_link_that_runs_something_is_refused(tmp_path: Path) -> None:
    from journal_app.publish.body import carried

    with pytest.raises(JournalError, match="javascript"):
        carried(post("[x](javascript:alert(1))\n"))
    assert "javascript" not in page("[x](javascript:alert(1))\n")


def test_text_and_tags_are_told_apart() -> None:
    text = '<p title="a > [b]">[x] &lt;c&gt;</p>'
    assert html.inside_text(text, str.upper) == '<p title="a > [b]">[X] &LT;C&GT;</p>'


def test_the_marker_says_whose_it_is() -> None:
    one = post("Text\n")
    assert html.marked("<p>x</p>" + html.marker(one, SHA)) == (one.id, SHA)
    assert html.marked("<p>x</p>") is None
