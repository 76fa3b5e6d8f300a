"""A real WordPress: what readers see, pictures, posts that it holds until their time."""

from __future__ import annotations

import html as markup
import os
import re
import struct
import time
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from journal_app.domain.due import due_at
from journal_app.domain.targets import Delivery, Post, Secret
from journal_app.errors import JournalError
from journal_app.extend.conformance import Memory, TargetConformance, World, post_of
from tests.helpers.pictures import attached, png
from tests.helpers.wordpress import WordPress
from tests.helpers.wordpress_world import Direct, WordPressWorld, read

HOUR = 3_600_000
kit = TargetConformance()


def now() -> int:
    return time.time_ns() // 1_000_000


def with_pictures(world: World, pictures: list[bytes], **changes: Any) -> Post:
    files = tuple(attached(world.folder, f"Größe {n}.png", data) for n, data in enumerate(pictures))
    shown = "\n\n".join(f'![Loss "{n}" [run]]({file.path})' for n, file in enumerate(files))
    return post_of(world, body=f"Text.\n\n{shown}\n", attachments=files, **changes)


def photo(width: int, height: int) -> bytes:
    """A picture that does not get smaller."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    rows = b"".join(b"\0" + os.urandom(width) for _ in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows, 1)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


# ---------------------------------------------------------------------- what readers see


def test_a_post_with_pictures(direct: Direct, blog: WordPress) -> None:
    post = with_pictures(direct, [png(shade=n) for n in range(3)], tags=("größe", "a b", "größe"))
    receipt = kit.send(direct, post)
    status, url, page = read(receipt.url)
    assert (status, url) == (200, receipt.url)
    assert receipt.url == f"{blog.url}/{post.slug}/"
    pictures = re.findall(r'<img [^>]*src="([^"]+)" alt="([^"]*)"', page)
    assert [markup.unescape(alt) for _, alt in pictures] == [f'Loss "{n}" [run]' for n in range(3)]
    for address, _alt in pictures:
        assert address.startswith(f"{blog.url}/wp-content/uploads/")
        assert read(address)[0] == 200
    alts = blog.sql("SELECT meta_value FROM wp_postmeta WHERE meta_key='_wp_attachment_image_alt'")
    assert sorted(alt[0] for alt in alts) == [f'Loss "{n}" [run]' for n in range(3)]
    names = blog.sql("SELECT name FROM wp_terms WHERE term_id > 1 ORDER BY term_id")
    assert names == [["größe"], ["a b"]]
    excerpt = blog.sql("SELECT post_excerpt, post_title FROM wp_posts WHERE post_type='post'")
    assert excerpt == [[post.description, post.title]]


BODY = r"""Quotes "a" 'b', back\\slash C:\\temp, 漢字, 🌡️, -- and $a<b$.

[gallery] and [[Another note|words]] and [caption]x[/caption] and {{ x }}.

https://youtu.be/dQw4w9WgXcQ

```text
https://youtu.be/dQw4w9WgXcQ
[gallery ids="1"] C:\new "quoted" <b>
```

> [!warning] Careful
> - [x] done

| a | b |
|--:|---|
| 1 | `[embed]` |

A ==mark==, ~~gone~~, H~2~O and a note[^1].

Loss
: what falls

[^1]: With words.
"""


@pytest.mark.parametrize("user", ["admin", "author"])  # only an admin may write any HTML
def test_every_sign_is_kept_and_nothing_runs(blog: WordPress, tmp_path: Path, user: str) -> None:
    world = Direct(blog, tmp_path, user)
    post = post_of(world, body=BODY, title='<b>Q</b> "x" & C:\\n 漢 🌡️', description="<i>1 < 2</i>")
    memory = Memory()
    receipt = kit.send(world, post, memory)
    _status, _url, page = read(receipt.url)
    text = markup.unescape(page)
    for part in (
        'C:\\new "quoted" <b>\n', '[gallery ids="1"]', "[gallery] and words and [caption]x",
        "back\\slash C:\\temp", "漢字, 🌡️", "\\(a<b\\)", "☑ done", "<code>[embed]</code>",
    ):  # fmt: skip
        assert part in text
    assert "<h1>&lt;b&gt;Q&lt;/b&gt;" in page
    assert "<iframe" not in page
    assert page.count('href="https://youtu.be/dQw4w9WgXcQ"') == 1
    for part in (
        '<td align="right">1</td>',
        "<mark>mark</mark>",
        "<s>gone</s>",
        "<dd>what falls</dd>",
    ):
        assert part in page
    assert page.count("fn1-") == page.count("fnref1-") == 2
    found = kit.look(world, post, memory)
    assert found is not None
    assert found.sha256 == receipt.sha256
    assert found.bytes == receipt.bytes  # WordPress changed nothing in it


def test_an_update_keeps_the_date_and_a_new_slug_leads_on(direct: Direct, blog: WordPress) -> None:
    memory = Memory()
    post = post_of(direct, dated=due_at(now() - 48 * HOUR, "UTC"))
    first = kit.send(direct, post, memory)
    before = blog.sql("SELECT ID, post_date_gmt FROM wp_posts WHERE post_type='post'")
    changed = replace(
        post, slug="warmup", body="New.\n", former=(post.slug,), former_slugs=(post.slug,)
    )
    second = kit.send(direct, changed, memory)
    assert blog.sql("SELECT ID, post_date_gmt FROM wp_posts WHERE post_type='post'") == before
    assert before[0][1][:10] == time.strftime("%Y-%m-%d", time.gmtime(post.dated.at / 1000))
    assert "New." in read(second.url)[2]
    assert read(first.url)[:2] == (200, second.url)  # WordPress leads on from the old address


def test_taken_back_it_is_a_draft_that_can_go_out_again(direct: Direct, blog: WordPress) -> None:
    post, memory = post_of(direct), Memory()
    first = kit.send(direct, post, memory)
    gone = kit.known(post, memory)
    direct.kind.unpublish(direct.config, gone, post.slug, Delivery(remember=memory.remember))
    assert read(first.url)[0] == 404
    assert len(blog.posts("draft")) == 1
    again = kit.send(direct, post, memory)
    assert (again.path, again.url) == (first.path, first.url)
    assert read(first.url)[0] == 200


# ---------------------------------------------------------------------- pictures


def test_twenty_pictures_in_ten_seconds_with_progress(direct: Direct, blog: WordPress) -> None:
    post = with_pictures(direct, [photo(800, 600) for _ in range(20)])
    seen: list[tuple[int, int]] = []
    start = time.perf_counter()
    direct.kind.publish(
        direct.config, post, post.slug, Delivery(progress=lambda *at: seen.append(at))
    )
    took = time.perf_counter() - start
    print(f"20 pictures of {len(photo(800, 600)) // 1000} kB to WordPress: {took:.1f} s")
    assert seen == [(n, 20) for n in range(21)]
    busy = os.getloadavg()[0] / (os.cpu_count() or 1)  # others keep PHP from its work
    assert took < 10 * max(1.0, busy)


def test_a_second_attempt_sends_no_picture_twice(proxied: WordPressWorld, blog: WordPress) -> None:
    post, memory = with_pictures(proxied, [png(shade=n) for n in range(5)]), Memory()
    for step in range(2, 9):
        memory.calls, memory.die_at = 0, step
        with pytest.raises(JournalError, match="took over"):
            kit.send(proxied, post, memory)
        if len(memory.values) > 3:
            break
    memory.die_at = 0
    proxied.site.faults = ["accept-then-drop"]  # the first of the rest arrives, its answer does not
    with pytest.raises(JournalError):
        kit.send(proxied, post, memory)
    kit.send(proxied, post, memory)
    files = blog.sql("SELECT post_name FROM wp_posts WHERE post_type='attachment'")
    assert len(files) == 5


def test_a_file_that_wordpress_refuses_is_named(direct: Direct, blog: WordPress) -> None:
    file = attached(direct.folder, "run.exe", b"MZ")
    post = post_of(direct, body=f"[the program]({file.path})\n", attachments=(file,))
    with pytest.raises(JournalError, match=r"did not take the file run-\w+\.exe") as told:
        kit.send(direct, post)
    assert told.value.hint
    assert blog.posts() == []


# ---------------------------------------------------------------------- held until its time


def test_it_is_held_until_its_time_in_any_zone(direct: Direct, blog: WordPress) -> None:
    at = now() // 1000 * 1000 + 5 * HOUR
    post, memory = post_of(direct, dated=due_at(at, "Asia/Tokyo")), Memory()
    receipt = kit.send(direct, post, memory, at)
    assert not receipt.live
    rows = blog.sql("SELECT post_status, UNIX_TIMESTAMP(post_date_gmt) - UNIX_TIMESTAMP("
                    "UTC_TIMESTAMP()) FROM wp_posts WHERE post_type='post'")  # fmt: skip
    assert rows[0][0] == "future"
    assert abs(int(rows[0][1]) - 5 * 3600) < 60
    assert read(f"{blog.url}/{post.slug}/")[0] == 404
    blog.php("due", receipt.path.removeprefix("posts/"))
    held = kit.look(direct, post, memory)
    assert held is not None
    assert not held.live  # "missed schedule": nothing runs wp-cron here
    late = kit.send(direct, post, memory)
    assert late.live
    assert read(late.url)[0] == 200
    assert len(blog.posts()) == 1


def test_wordpress_puts_it_out_when_somebody_looks(direct: Direct, blog: WordPress) -> None:
    at = now() + 5 * HOUR
    post, memory = post_of(direct, dated=due_at(at, "UTC")), Memory()
    receipt = kit.send(direct, post, memory, at)
    blog.php("due", receipt.path.removeprefix("posts/"))
    blog.cron(on=True)
    end = time.monotonic() + 20
    while True:  # looking is what makes wp-cron run
        found = kit.look(direct, post, memory)
        if (found is not None and found.live) or time.monotonic() > end:
            break
    assert found is not None
    assert found.live
    assert read(found.url)[0] == 200
    assert kit.send(direct, post, memory).live
    assert len(blog.posts()) == 1


def test_what_cannot_be_held_is_left_to_us(direct: Direct, blog: WordPress) -> None:
    post, memory = post_of(direct), Memory()
    with pytest.raises(JournalError, match="too near"):
        kit.send(direct, post, memory, now() + 50_000)  # WordPress would put it out at once
    assert blog.posts() == []
    kit.send(direct, post, memory)
    with pytest.raises(JournalError, match="cannot hold a change"):
        kit.send(direct, replace(post, body="Later.\n"), memory, now() + HOUR)
    assert "Later." not in blog.posts()[0]


@pytest.mark.parametrize(
    "zone", [("date_gmt", "2031-05-06T07:08:09"), ("date", "2031-05-06T03:08:09")]
)
def test_a_date_on_a_draft_is_kept(direct: Direct, blog: WordPress, zone: tuple[str, str]) -> None:
    """WordPress 6.1 keeps both, in the right zone; older ones were said to drop `date`."""
    from journal_app.publish.wordpress_rest import Rest

    with Rest(direct.config) as rest:
        made = rest.post("posts", {"title": "x", "status": "draft", zone[0]: zone[1]}).json()
        rest.post(f"posts/{made['id']}", {"title": "y"})
        kept = rest.get(f"posts/{made['id']}", {"context": "edit"})
    assert (kept["status"], kept["date_gmt"]) == ("draft", "2031-05-06T07:08:09")


# ---------------------------------------------------------------------- where it is


@pytest.mark.parametrize(
    ("how", "tail"),
    [({"plain": True}, ""), ({"subfolder": "blog"}, ""), ({"subfolder": "blog"}, "/wp-admin/"),
     ({"plain": True, "subfolder": "blog"}, "/")],
)  # fmt: skip
def test_a_site_is_found_where_it_is(
    direct: Direct, blog: WordPress, how: dict[str, Any], tail: str
) -> None:
    url = blog.served(**how)
    direct.config = {**direct.config, "url": url + tail}
    assert direct.kind.check(direct.config)[:2] == (f"WordPress at {url}", "signed in as admin")
    post, memory = with_pictures(direct, [png()]), Memory()
    receipt = kit.send(direct, post, memory)
    assert receipt.url.startswith(url)
    assert read(receipt.url)[0] == 200
    found = kit.look(direct, post, memory)
    assert found is not None
    assert found.live


def test_a_password_with_or_without_spaces(direct: Direct, blog: WordPress) -> None:
    plain = blog.passwords["admin"]
    spaced = " ".join(plain[at : at + 4] for at in range(0, len(plain), 4))
    direct.config = {**direct.config, "password": Secret(spaced)}
    assert "signed in as admin" in direct.kind.check(direct.config)
