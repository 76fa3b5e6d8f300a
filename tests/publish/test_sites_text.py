"""The words of a post at every kind of site: nothing in them is run, nothing is lost."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from journal_app.errors import JournalError
from journal_app.publish import frontmatter
from journal_app.publish.sites import literal, render
from journal_app.publish.sites.flavors import FLAVORS
from tests.helpers.sites import ID, Held, post_of
from tests.hostile.corpus import ALL
from tests.hostile.sieve import sieve
from tests.hostile.test_texts import check_body

SITE = Held({"mkdocs.yml": "plugins: [blog, macros]\nmarkdown_extensions: [pymdownx.snippets]"})


def page(flavor: str, root: Path, **changes: Any) -> str:
    """The page as that generator gets it."""
    config = {"path": "/s", "flavor": flavor, "url": "https://blog.example"}
    post = post_of(root, **{"body": "x", "attachments": (), **changes})
    return render.rendered(config, post, render.natural_key(config, post), SITE).data.decode()


def body_of(flavor: str, text: str) -> str:
    if flavor == "html":
        return text.partition("<!-- text -->\n")[2].rpartition("\n<!-- /text -->")[0]
    mark = {"pelican": "\n\n", "nikola": "\n-->\n"}.get(flavor, "\n---\n")
    return text.partition(mark)[2]


@pytest.mark.parametrize("flavor", FLAVORS)
def test_no_text_becomes_html_or_a_link_that_runs(flavor: str, tmp_path: Path) -> None:
    for _, text in ALL[list(FLAVORS).index(flavor) % 4 :: 4]:
        try:
            made = page(flavor, tmp_path, body=text[:4000])
        except JournalError as error:
            assert error.hint
            continue
        assert frontmatter.key_of(made.encode()) == ID
        body = body_of(flavor, made)
        if flavor == "html":
            sieve(re.sub(r'\bsrc="https?://[^"]*"', 'src="attachments/x"', body))
        else:
            check_body(body.replace("{% raw %}", "").replace("{% endraw %}", ""))


@pytest.mark.parametrize("flavor", [name for name in FLAVORS if name not in ("html", "pelican")])
@pytest.mark.parametrize(
    "words", ['a: "b"', "---", "x\n---\nfield_journal_key: other", "-->\n.. status: draft", "1e3",
              "yes", ":sym", "# no", "{{ x }}", "\u2028", "\x85", "漢字 🌡️", "a" * 3000],
)  # fmt: skip
def test_front_matter_holds_any_words(flavor: str, words: str, tmp_path: Path) -> None:
    made = page(flavor, tmp_path, title=words, description=words, tags=(words, "t"))
    assert frontmatter.key_of(made.encode()) == ID
    assert "other" not in (frontmatter.key_of(made.encode()) or "")
    if flavor == "nikola":
        head = made.partition("\n-->\n")[0]
        assert head.count("\n.. ") == head.count("\n")
        assert "\n.. status: published" in head
        return
    values = yaml.safe_load(made.removeprefix("---\n").partition("\n---\n")[0])
    if flavor not in ("quarto", "mkdocs"):
        assert values["title"] == words
    assert values.get("tags", values.get("categories")) == [words, "t"]
    assert all(isinstance(tag, str) for tag in values.get("tags", []))
    assert values.get("draft", False) is False
    if flavor != "quarto":
        assert values["description"] == words


@pytest.mark.parametrize("words", ["a\nStatus: draft", "<b>x</b>", "a: b", "\n\nx", "a; b"])
def test_lines_of_pelican_hold_any_words(words: str, tmp_path: Path) -> None:
    made = page("pelican", tmp_path, title=words, description=words, tags=(words, "t"))
    head, _, _ = made.partition("\n\n")
    names = [line.partition(": ")[0] for line in head.splitlines()]
    assert names == ["Title", "Date", "Tags", "Slug", "Summary", "Status", "field_journal_key"]
    assert "<b>" not in head
    assert frontmatter.key_of(made.encode()) == ID


@pytest.mark.parametrize(
    "text",
    [
        r"$\frac{a}{b}$ and $$\sum_{i=1}^{n} x_{i}$$ stay",
        "price $5 {x} and $6",
        "`code {a}` and {% x %} and {{ y }}",
        "a set {1, 2}",
    ],
)
def test_braces_that_are_no_attributes_are_read_the_same(text: str) -> None:
    made = literal.no_attributes(text)
    assert made.replace("\\{", "{") == text
    if "frac" in text or "code" in text:
        assert made == text


@pytest.mark.parametrize(
    "text",
    ["[x](y){onclick=a}", "*x*{: onclick=a}", "# H {onclick=a}", "x\n{onclick=a}", "`c`{onclick=a}",
     "$ _x_{onclick=a} $", "| a |{onclick=a}"],
)  # fmt: skip
def test_attributes_are_words(text: str) -> None:
    assert "\\{" in literal.no_attributes(text) or text.startswith("|")


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_pandoc_finds_nothing_to_run_in_a_page_for_quarto(tmp_path: Path) -> None:
    """Quarto reads with Pandoc: no raw HTML, no attributes that run, no settings in the text."""
    text = """{=html}

```{=html}
<script>alert(1)</script>
```

```{python}
print(1)
```

``` {.python onclick="alert(2)"}
x
```

`<b>x</b>`{=html} and [x](https://a.example){onclick="alert(3)"} and `r 1+1`

# Heading {#a onclick="alert(4)"}

---
filters: [evil.lua]
header-includes: <script>alert(5)</script>
---

::: {onclick="alert(6)"}
x
:::

[x]{onclick="alert(7)"} ![p](https://a.example/p.png){onclick="alert(8)"}

[r]: https://a.example {onclick="alert(9)"}

| a {onclick="alert(10)"} |
|---|
| b |

: Caption {onclick="alert(11)"}
"""
    made = page("quarto", tmp_path, title="T *x* <b>b</b> {{< x >}} $y$", body=text)
    done = subprocess.run(
        ["pandoc", "-f", "markdown", "-t", "json"],
        input=made, capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    assert set(found["meta"]) <= {
        "title", "date", "draft", "categories", "description", "engine", frontmatter.KEY,
    }  # fmt: skip
    whole = json.dumps(found)
    for kind in ("RawBlock", "RawInline", "Math"):
        assert f'"t": "{kind}"' not in whole
    assert not _attributes(found), _attributes(found)
    assert "{python}" not in made


def _attributes(node: Any) -> list[Any]:
    """The key-value attributes anywhere in Pandoc's tree."""
    if isinstance(node, dict):
        return [one for value in node.values() for one in _attributes(value)]
    if not isinstance(node, list):
        return []
    is_attr = (
        len(node) == 3 and isinstance(node[0], str) and isinstance(node[1], list)
        and isinstance(node[2], list) and all(isinstance(pair, list) and len(pair) == 2
                                              and isinstance(pair[0], str) for pair in node[2])
    )  # fmt: skip
    return [*(node[2] if is_attr else ()), *(one for value in node for one in _attributes(value))]
