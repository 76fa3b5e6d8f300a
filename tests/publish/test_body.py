"""The Markdown that leaves the journal: words for names, no HTML that runs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from journal_app.domain.due import due_time
from journal_app.domain.entry import Attachment
from journal_app.domain.targets import Post
from journal_app.errors import JournalError
from journal_app.publish.body import carried, public_text
from journal_app.publish.sites.literal import for_jekyll

ID = "01M82BW127N890WD9AP24WYMB4"
SHA = "ab" * 32


@pytest.fixture
def post(tmp_path: Path) -> Post:
    path = tmp_path / f"attachments/ab/{SHA}.png"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"x")
    file = Attachment(SHA, "plot.png", f"attachments/ab/{SHA}.png", "image/png", 1)
    due = due_time("2026-12-01 09:00", "Europe/Berlin")
    return Post(ID, 1, "T", "", "t", (), "", due, tmp_path, (file,))


@pytest.mark.parametrize(
    ("body", "public"),
    [
        ("see [[Warmup is too short]].", "see Warmup is too short."),
        ("see [[Warmup#Why|the *why*]]", "see the *why*"),
        (f"[words](entry:{ID}) and [d12](run:{ID})", "words and d12"),
        (f"![[run:{ID}]] [[run:d12]]", f"{ID} d12"),
        ("@d12 and a@b.example", "@d12 and a@b.example"),
        ("`[[code]]` stays", "`[[code]]` stays"),
        ("a < b, <b>c</b>, <https://a.example>", "a < b, &lt;b>c&lt;/b>, <https://a.example>"),
        ("```html\n<script>x</script>\n```", "```html\n<script>x</script>\n```"),
        ("    <b>code</b>", "    <b>code</b>"),
        ("<script>alert(1)</script>", "&lt;script>alert(1)&lt;/script>"),
        ("x `<i>` <i>", "x `<i>` &lt;i>"),
        ("<a@b.example> <!-- x -->", "<a@b.example> &lt;!-- x -->"),
    ],
)
def test_public_words(post: Post, body: str, public: str) -> None:
    assert public_text(replace(post, body=body)).strip("\n") == public


def test_a_picture_by_its_name_goes_with_the_post(post: Post) -> None:
    shown = replace(post, body="![[plot.png]]")
    assert [file.sha256 for file in carried(shown)] == [SHA]
    assert f"(attachments/ab/{SHA}.png)" in public_text(shown)


@pytest.mark.parametrize(
    "address",
    ["javascript:alert(1)", "JaVaScript:x", "java&Tab;script:x", "%6aavascript:x", "vbscript:x",
     "data:text/html,x", "\x01javascript:x", "blob:x"],
)  # fmt: skip
def test_a_link_that_runs_is_an_error(post: Post, address: str) -> None:
    with pytest.raises(JournalError, match="link that begins with"):
        carried(replace(post, body=f"[x]({address})"))


@pytest.mark.parametrize(
    "address",
    ["https://a.b", "mailto:a@b.c", "/about", "other-post", "#x", "../x.html#y:z", "?a:b"],
)
def test_links_of_a_site_stay(post: Post, address: str) -> None:
    body = f"[x]({address})"
    assert carried(replace(post, body=body)) == []
    assert public_text(replace(post, body=body)).strip() == body


def test_attributes_of_kramdown_are_words(post: Post) -> None:
    body = public_text(replace(post, body='x\n{: onclick="alert(1)"}\n\n`{: code}`'))
    made = for_jekyll(body, [], "assets/t")
    assert '\\{: onclick="alert(1)"}' in made and "`{: code}`" in made
