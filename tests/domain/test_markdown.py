"""Markdown: what people write comes out right, and nothing hostile comes out at all."""

from __future__ import annotations

import re
import time
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journal_app.domain.counting import minutes, words
from journal_app.domain.markdown import (
    TAGS,
    attachment_path,
    clean,
    link_target,
    render,
    render_mapped,
)

ALLOWED = {"href", "src", "alt", "title", "class", "id", "align", "start", "rel"}
SHA = "ab" * 32
IMAGE = f"attachments/ab/{SHA}.png"


class Inspector(HTMLParser):
    """Fails on anything in the HTML that could load, run or lead somewhere it must not."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.images: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ALLOWED, (tag, name)
            text = value or ""
            if name == "src":
                assert re.fullmatch(r"attachments/[^\\:%?#]+", unquote(text)), text
                assert ".." not in unquote(text)
                self.images.append(text)
            if name == "href":
                plain = unquote(text)
                assert re.match(r"(?:https?://[^/]|mailto:[^/]|#(?:fn|line-)|attachments/)", text)
                assert not plain.startswith("attachments/") or ".." not in plain
                self.links.append(text)

    def handle_comment(self, data: str) -> None:
        raise AssertionError("a comment came through")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError("a declaration came through")

    def handle_pi(self, data: str) -> None:
        raise AssertionError("a processing instruction came through")


def inspect(html: str) -> Inspector:
    """The links and images of safe HTML; an AssertionError for anything else."""
    found = Inspector()
    found.feed(html)
    found.close()
    return found


HOSTILE = [
    # scripts, events, frames as raw HTML
    "<script>alert(1)</script>",
    "<ScRiPt src=//evil.example/x.js></sCrIpT>",
    "<scr<script>ipt>alert(1)</scr</script>ipt>",
    "<img src=x onerror=alert(1)>",
    "<img src='file:///etc/passwd'>",
    '<img src="data:image/svg+xml;base64,PHN2Zz4=">',
    "<img srcset='https://evil.example/a 2x'>",
    "<svg onload=alert(1)>",
    "<svg><image href='file:///etc/passwd'/></svg>",
    "<svg><use href='data:image/svg+xml,<svg id=x/>#x'/></svg>",
    "<svg><script>alert(1)</script></svg>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "<style>@import url(https://evil.example/x.css);</style>",
    "<style>body{background:url(file:///etc/passwd)}</style>",
    "<p style=\"background:url('https://evil.example/t.png')\">x</p>",
    "<div style='position:fixed;inset:0'>x</div>",
    "<link rel=stylesheet href=file:///etc/passwd>",
    "<iframe src='file:///etc/passwd'></iframe>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<object data='file:///etc/passwd'></object>",
    "<embed src='file:///etc/passwd'>",
    "<base href='https://evil.example/'>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<form action='https://evil.example'><input name=x><button>go</button></form>",
    "<video src='https://evil.example/v.mp4' poster='file:///etc/passwd'></video>",
    "<audio src='file:///etc/passwd'></audio>",
    "<body background='https://evil.example/b.png'>",
    "<table background='file:///etc/passwd'><tr><td>x</table>",
    "<a href='javascript:alert(1)'>x</a>",
    "<a href='https://ok.example' onclick='alert(1)'>x</a>",
    "<a href='https://ok.example' style='color:red' target='_top'>x</a>",
    "<!--[if IE]><script>alert(1)</script><![endif]-->",
    "<!-- --><img src=x onerror=alert(1)> -->",
    "<?php system('id') ?>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<!DOCTYPE html [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>&x;",
    "<details open ontoggle=alert(1)>x</details>",
    '<xmp><p title="</xmp><img src=x onerror=alert(1)>">',
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
    "<template><img src=x onerror=alert(1)></template>",
    "<p id='line-1' name='x'>y</p>",
    # addresses of links
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#115;cript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](&#x6A;&#x61;&#x76;&#x61;&#x73;&#x63;&#x72;&#x69;&#x70;&#x74;:alert(1))",
    "[x](%6a%61vascript:alert(1))",
    "[x](<java\tscript:alert(1)>)",
    "[x](\x01javascript:alert(1))",
    "[x](\u200bjavascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
    "[x](file:///etc/passwd)",
    "[x](FILE:/C:/Windows/win.ini)",
    "[x](file://host/share/x)",
    "[x](//evil.example/x)",
    "[x](\\\\\\\\evil.example\\\\share\\\\x)",
    "[x](smb://evil.example/share)",
    "[x](ms-msdt:/id PCWDiagnostic)",
    "[x](search-ms:query=x)",
    "[x](vscode://file/etc/passwd)",
    "[x](blob:https://evil.example/1)",
    "[x](view-source:https://evil.example)",
    "[x](/etc/passwd)",
    "[x](C:\\\\Windows\\\\win.ini)",
    "[x](http:evil)",
    "[x](https://)",
    "[x](mailto://evil.example/x@y)",
    "<javascript:alert(1)>",
    "<file:///etc/passwd>",
    "[x][r]\n\n[r]: javascript:alert(1)",
    "[x][r]\n\n[r]: <file:///etc/passwd> 'title'",
    '[x](https://ok.example "onmouseover=alert(1)")',
    "[x](https://ok.example '\"><script>alert(1)</script>')",
    "[x](attachments/../journal.db)",
    # addresses of images
    "![x](file:///etc/passwd)",
    "![x](/etc/passwd)",
    "![x](../../../etc/passwd)",
    "![x](attachments/../../etc/passwd)",
    "![x](attachments/ab/../../journal.db)",
    "![x](attachments/%2e%2e/journal.db)",
    "![x](attachments/%2E%2E%2Fjournal.db)",
    "![x](attachments/%252e%252e/journal.db)",
    "![x](attachments%2f..%2fjournal.db)",
    "![x](attachments/..\\\\..\\\\journal.db)",
    "![x](attachments\\\\x.png)",
    "![x](./attachments/../x.png)",
    "![x](attachments//etc/passwd)",
    "![x](attachments/.hidden/x.png)",
    "![x](attachments/x.png:stream)",
    "![x](attachments/CON)",
    "![x](attachments/ab/nul.png)",
    "![x](attachments/C:/Windows/x.png)",
    "![x](attachments/x.png%00.txt)",
    "![x](attachments/x.png?https://evil.example)",
    "![x](attachments/%c0%ae%c0%ae/x.png)",
    "![x](https://evil.example/pixel.gif)",
    "![x](http://127.0.0.1:8080/admin)",
    "![x](//evil.example/pixel.gif)",
    "![x](\\\\\\\\evil.example\\\\share\\\\x.png)",
    "![x](data:image/svg+xml,<svg onload=alert(1)>)",
    "![x](data:image/png;base64,iVBORw0KGgo=)",
    "![x](qrc:/qt-project.org/logo.png)",
    "![x](:/resource.png)",
    "![x](ftp://evil.example/x.png)",
    "![x](javascript:alert(1))",
    '!["onerror=alert(1)](https://evil.example/x)',
    "![<img src=x onerror=alert(1)>](https://evil.example/x)",
    "![![x](javascript:alert(1))](file:///etc/passwd)",
    "[![x](file:///etc/passwd)](javascript:alert(1))",
    # other places
    '```"><script>alert(1)</script>\ncode\n```',
    "```python onload=alert(1)\n</code></pre><script>alert(1)</script>\n```",
    "```../../etc/passwd\nx\n```",
    "`<img src=x onerror=alert(1)>`",
    "    <script>alert(1)</script>",
    '| <script>alert(1)</script> | x |\n|:--"onclick=alert(1)|--|\n| y | <img src=x> |',
    '[^<script>]: x\n\n[^"onclick=alert(1)]',
    "x[^a]\n\n[^a]: <img src=x onerror=alert(1)> [y](javascript:alert(1))",
    "- [ ] <script>alert(1)</script>",
    "> > > <iframe src=file:///etc/passwd>",
    'https://ok.example/"onmouseover="alert(1)',
    "https://ok.example/'><script>alert(1)</script>",
    "https://user:pass@evil.example/ javascript://evil.example/%0aalert(1)",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;img src=x onerror=alert(1)&#62;",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_becomes_harmless(text: str) -> None:
    for nested in (text, "> - " + text, "| a |\n|---|\n| " + text.replace("\n", " ") + " |"):
        html = render_mapped(nested).html
        found = inspect(html)
        assert found.images == []
        assert all(not link.startswith(("javascript", "file")) for link in found.links)
        assert "<script" not in html.lower()


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_html_from_elsewhere_becomes_harmless(text: str) -> None:
    inspect(clean(text))


def test_there_are_enough_hostile_cases() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 60


@given(
    st.text(
        alphabet=st.sampled_from(list("<>\"'()[]!&;:/\\.%#=*_`~|-+ \n\t\x00\u200bab01")),
        max_size=80,
    )
)
@example('<a href="https://a.b"onclick=x>')
@settings(max_examples=300, deadline=None)
def test_no_text_at_all_gets_through_the_sieve(text: str) -> None:
    inspect(render_mapped(text).html)


@given(st.text(max_size=60))
def test_an_attachment_path_stays_in_its_folder(text: str) -> None:
    path = attachment_path("attachments/" + text)
    if path is not None:
        parts = path.split("/")
        assert parts[0] == "attachments" and not {"", ".", ".."} & set(parts)
        assert "\\" not in path and ":" not in path


# ---------------------------------------------------------------------- what must come out


def test_an_attached_image_is_shown() -> None:
    html = render(f"![Loss of both runs]({IMAGE})")
    assert inspect(html).images == [IMAGE]
    assert 'alt="Loss of both runs"' in html


@pytest.mark.parametrize("name", ["my plot.png", "Größe.png", "曲线.png", "a.b-c_d.webp"])
def test_attachment_names_of_people_work(name: str) -> None:
    assert attachment_path(f"attachments/ab/{name}") == f"attachments/ab/{name}"
    assert len(inspect(render(f"![x](<attachments/ab/{name}>)")).images) == 1


def test_a_remote_image_is_named_not_loaded() -> None:
    html = render("![loss](https://plots.example/loss.png)")
    assert inspect(html).images == []
    assert "Image not loaded" in html and "plots.example" in html
    assert inspect(html).links == ["https://plots.example/loss.png"]


def test_a_refused_link_keeps_its_words() -> None:
    assert re.sub(r"<[^>]+>", "", render("see [the file](file:///x) now")).strip() == (
        "see the file now"
    )


@pytest.mark.parametrize(
    "address",
    ["https://a.example/x?q=1#y", "http://localhost:8080/", "mailto:a@b.example", IMAGE, "#fn1"],
)
def test_good_links_stay(address: str) -> None:
    assert link_target(address) == address


def test_bare_addresses_become_links_but_not_in_code_or_links() -> None:
    found = inspect(render("see https://a.example/x_(y), (https://b.example). `https://c.example`"))
    assert found.links == ["https://a.example/x_(y)", "https://b.example"]
    assert inspect(render("[https://a.example](https://b.example)")).links == ["https://b.example"]


def test_tables_tasks_strikes_and_footnotes() -> None:
    html = render("| a | b |\n|---|--:|\n| 1 | 2 |\n\n- [ ] x\n- [x] y\n\n~~z~~ n[^1]\n\n[^1]: f")
    assert '<td align="right">2</td>' in html
    assert "☐ x" in html and "☑ y" in html
    assert "<s>z</s>" in html
    assert "#fn1" in inspect(html).links


def test_a_box_needs_a_list() -> None:
    assert "[ ] x" in render("[ ] x")
    assert "[x](" not in render("- [x](https://a.example)")


def test_code_is_coloured_by_class_and_escaped() -> None:
    html = render("```python\nif a < b: print('<b>')\n```")
    assert '<span class="hl-k">if</span>' in html
    assert "&lt;" in html and "<b>" not in html
    assert "a &lt; b" in render("```nosuchlanguage\na < b\n```")
    assert inspect(render("```html\n<script src=x>\n```")).images == []


def test_lines_are_mapped_to_blocks() -> None:
    text = "# a\n\npara\nmore\n\n- x\n- y\n\n```py\n1\n```\n\n> q"
    done = render_mapped(text)
    assert done.lines == (0, 2, 5, 6, 8, 12)
    for line in done.lines:
        assert done.html.count(f'id="line-{line}"') == 1
    assert "line-" not in render(text)


@pytest.mark.parametrize(
    "text",
    ["![" * 8000, ">" * 20000, "[" * 20000, "*a_" * 6000, "`" * 20000, "<a " * 9000,
     "|a" * 5000 + "\n" + "|-" * 5000, "- " * 9000, "[^1]" * 3000 + "\n[^1]: x", "\n" * 50000,
     "http://" * 9000, "x" * 300_000],
)  # fmt: skip
def test_a_text_made_to_be_slow_is_not(text: str) -> None:
    start = time.perf_counter()
    inspect(render(text))
    assert time.perf_counter() - start < 5


def test_words_are_counted_in_several_scripts() -> None:
    assert words("With 100 steps val_bpb rose, didn't it?") == 7 + 1
    assert words("学习率 warmup") == 4
    assert words("") == 0
    assert minutes(0) == 1 and minutes(2200) == 10
