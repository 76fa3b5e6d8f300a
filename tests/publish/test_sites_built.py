"""What is written for each generator, built by the generator itself and looked at as a reader."""

from __future__ import annotations

import hashlib
import re
import struct
import time
import zlib
from dataclasses import replace
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from journal_app.domain.due import due_at, local
from journal_app.domain.entry import Attachment
from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Config, Delivery, Post
from journal_app.publish.folder import FolderTarget
from tests.helpers.site_builds import BASE, URL, build, make, missing

DAY = 86_400_000
# How the site shows the day: Jekyll in the zone of the computer that builds it.
ZONE = {"eleventy": "UTC", "astro": "UTC", "jekyll": "America/New_York"}
TITLE = 'Größe & <b>漢字</b>: "{{ 1+1 }}"'
HOSTILE = """{{ 1+1 }} and {% raw %} and {% endraw %} and {1+1} and {{< figure >}} and {{% x %}}.

<script>alert(1)</script> and `{{ 2+2 }}` and [x](https://a.example){onclick="alert(1)"}

## Heading {onclick="alert(2)"}

{: onclick="alert(3)"}

```jinja
{{ 3+3 }} {% if x %} {{< y >}} {{% z %}} --8<-- "conf.py"
```

---

title: not mine

---

--8<-- "mkdocs.yml"
"""
SHOWN = ("{{ 1+1 }}", "{% raw %}", "{% endraw %}", "{1+1}", "{{< figure >}}", "{{% x %}}",
         "{{ 2+2 }}", "{{ 3+3 }} {% if x %} {{< y >}} {{% z %}}", "<script>alert(1)</script>",
         "title: not mine", 'Heading {onclick="alert(2)"}')  # fmt: skip


def png() -> bytes:
    """A small true picture: some generators look inside."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + data))
        return struct.pack(">I", len(data)) + kind + data + crc

    rows = b"".join(b"\x00" + bytes([n * 8, 90, 200] * 32) for n in range(32))
    head = struct.pack(">IIBBBBB", 32, 32, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


target = FolderTarget()


def a_post(root: Path, **changes: object) -> Post:
    data = png()
    sha = hashlib.sha256(data).hexdigest()
    path = f"attachments/{sha[:2]}/{sha}.png"
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_bytes(data)
    # Half an hour after midnight: elsewhere it is still the day before.
    midnight = local(time.time_ns() // 1_000_000 - DAY, "Europe/Berlin").replace(hour=0, minute=30)
    given = Post(
        "01M82BW127N890WD9AP24WYMB4",
        3,
        TITLE,
        f"First words.\n\n![loss curve]({path})\n\n{HOSTILE}",
        "grosse-漢字",
        ("lr", "größe"),
        'First <i>words</i>: "and" more',
        due_at(int(midnight.timestamp() * 1000), "Europe/Berlin"),
        root,
        (Attachment(sha, "Loss Curve.png", path, "image/png", len(data)),),
    )
    return replace(given, **changes)  # type: ignore[arg-type]


def send(config: Config, post: Post) -> Receipt:
    key = target.natural_key(config, post)
    target.preflight(config, post, key)
    return target.publish(config, post, key, Delivery())


def served(out: Path, url: str, flavor: str) -> Path:
    """The file that a web server would answer with."""
    path = unquote(urlsplit(url).path).removeprefix(BASE.get(flavor, "")).lstrip("/")
    file = out / path
    return file / "index.html" if url.endswith("/") else file


def words(page: str) -> str:
    """The page as its reader sees it."""
    return " ".join(unescape(re.sub(r"<[^>]*>", "", page)).split())


@pytest.mark.parametrize(
    "flavor", ["hugo", "jekyll", "pelican", "nikola", "mkdocs", "eleventy", "astro", "html"]
)
def test_built_by_the_generator_itself(flavor: str, tmp_path: Path) -> None:
    if reason := missing(flavor):
        pytest.skip(reason)
    root = tmp_path / "site"
    root.mkdir()
    make(flavor, root)
    given = {"path": str(root)} | ({"url": URL} if flavor in ("html", "eleventy") else {})
    config = target.completed(given)
    assert config["flavor"] == flavor
    assert config["url"] == URL + BASE.get(flavor, "")
    target.check(config)

    post = a_post(tmp_path)
    other = a_post(
        tmp_path, id="01M82BW127N890WD9AP24WYMB5", title="Second", slug="second", body="Two.\n"
    )
    first, second = send(config, post), send(config, other)
    out = build(flavor, root)
    page = served(out, first.url, flavor).read_text(encoding="utf-8")
    day = local(post.dated.at, ZONE.get(flavor, post.dated.tz))
    assert f"{day:%Y-%m-%d}" in page
    shown = words(page)
    assert words(TITLE.replace("<", "&lt;")) in shown
    for text in SHOWN:
        assert text in shown or text in shown.replace("“", '"').replace("”", '"'), (text, shown)
    assert "site_name" not in shown, "a file of the site was put into the page"
    body = page[page.index("First words") :]
    assert not re.search(r"<[^>]*\bonclick\s*=", page)
    assert "<script>alert" not in page
    assert "größe" in body or "größe" in page
    (source,) = re.findall(r'<img[^>]*\bsrc="([^"]*)"[^>]*', body)[:1]
    picture = served(out, urljoin(first.url, unescape(source)), flavor)
    assert picture.is_file(), source
    assert flavor == "astro" or picture.read_bytes() == png()
    assert "Two." in words(served(out, second.url, flavor).read_text(encoding="utf-8"))

    renamed = replace(
        other,
        slug="renamed",
        former=(target.natural_key(config, other),),
        former_slugs=("second",),
        previous_sha256=second.sha256,
    )
    later = replace(
        post, id="01M82BW127N890WD9AP24WYMB6", slug="later", title="Later", body="Ahead.\n",
        dated=due_at(post.dated.at + 400 * DAY, "Europe/Berlin"),
    )  # fmt: skip
    third, fourth = send(config, renamed), send(config, later)
    out = build(flavor, root)
    old = served(out, second.url, flavor).read_text(encoding="utf-8")
    leads = re.search(r'http-equiv="?refresh"? content="0; ?url=([^"]*)"', old, re.IGNORECASE)
    assert leads, old
    assert served(out, urljoin(second.url, unescape(leads[1])), flavor) == served(
        out, third.url, flavor
    )
    assert "Two." in words(served(out, third.url, flavor).read_text(encoding="utf-8"))
    assert "Two." not in words(old)
    # What is dated ahead waits at Hugo and Jekyll, and at nobody else.
    assert served(out, fourth.url, flavor).exists() is (flavor not in ("hugo", "jekyll"))
    if flavor in ("hugo", "jekyll"):
        out = build(flavor, root, future=True)
        assert "Ahead." in served(out, fourth.url, flavor).read_text(encoding="utf-8")

    for gone, receipt in ((renamed, third), (post, first), (later, fourth)):
        key = target.natural_key(config, gone)
        told = replace(gone, previous_sha256=receipt.sha256)
        target.unpublish(config, told, key, Delivery())
        assert target.find(config, gone, key) is None
    left = {
        p.relative_to(root).as_posix() for p in root.rglob("*") if b"field_journal_key" in read(p)
    }
    left = {one for one in left if not one.startswith(out.name)} if out != root else left
    assert left <= {"posts/index.html"}
    assert not list((root).rglob("loss-curve*")) or out != root


def read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else b""
