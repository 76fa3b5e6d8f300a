"""Sites of plain pages: what the index and the feeds say, and that they say it truly."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from journal_app.domain.due import due_time
from journal_app.domain.targets import Config, Post
from journal_app.errors import JournalError
from journal_app.publish.sites import feeds as made
from journal_app.publish.sites.feeds import stable_id
from tests.helpers.sites import ID, post_of, renamed, send, target, unpublish

ATOM = "{http://www.w3.org/2005/Atom}"
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")
HOSTILE = '</title></script><script>alert(1)</script> & "q" ]]> \x0b漢字 🌡️'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("<title>My &amp; site</title>")
    return folder


@pytest.fixture
def config(site: Path) -> Config:
    return target.completed({"path": str(site), "url": "https://blog.example/~me/"})


def feeds(site: Path) -> tuple[ElementTree.Element, dict[str, Any]]:
    atom = ElementTree.fromstring((site / "posts/feed.xml").read_bytes())
    return atom, json.loads((site / "posts/feed.json").read_text(encoding="utf-8"))


def test_a_post_is_a_page_in_the_index_and_in_both_feeds(
    config: Config, site: Path, tmp_path: Path
) -> None:
    first = send(config, post_of(tmp_path, language="en", canonical_url="https://first.example/x"))
    assert first.url == "https://blog.example/~me/posts/learned/"
    page = Path(first.path).read_text(encoding="utf-8")
    assert '<html lang="en">' in page
    assert '<link rel="canonical" href="https://first.example/x">' in page
    assert '<time datetime="2026-11-02T09:00:00+01:00">2026-11-02</time>' in page
    (shown,) = re.findall(r'<img src="(loss-curve-\w+\.png)"', page)
    assert (Path(first.path).parent / shown).is_file()
    assert 'href="learned/">What I learned</a>' in (site / "posts/index.html").read_text()
    atom, feed = feeds(site)
    assert atom.findtext(f"{ATOM}title") == feed["title"] == "My & site"
    (entry,) = atom.iter(f"{ATOM}entry")
    (item,) = feed["items"]
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://blog.example/~me/posts/feed.json"
    assert entry.findtext(f"{ATOM}id") == item["id"] == stable_id(ID)
    assert item["id"].startswith("urn:uuid:")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == item["url"] == first.url
    assert entry.findtext(f"{ATOM}published") == item["date_published"]
    content = entry.findtext(f"{ATOM}content")
    assert content == item["content_html"]
    assert f'src="{first.url}{shown}"' in item["content_html"], "readers are elsewhere"
    for element in (*atom.iter(f"{ATOM}updated"), *atom.iter(f"{ATOM}published")):
        assert RFC3339.fullmatch(element.text or "")
    for element in (f"{ATOM}author/{ATOM}name", f"{ATOM}updated", f"{ATOM}id"):
        assert atom.findtext(element)


def test_an_id_outlives_every_change_and_a_removal_leaves_the_feed(
    config: Config, site: Path, tmp_path: Path
) -> None:
    post = post_of(tmp_path)
    later = replace(
        renamed(config, post, "better", send(config, post)),
        title="Better",
        updated=due_time("2026-11-09 10:00", "Europe/Berlin"),
    )
    receipt = send(config, later)
    atom, feed = feeds(site)
    (item,) = feed["items"]
    assert (item["id"], item["title"]) == (stable_id(ID), "Better")
    assert item["date_published"] == "2026-11-02T09:00:00+01:00"
    assert item["date_modified"] == "2026-11-09T10:00:00+01:00" == atom.findtext(f"{ATOM}updated")
    unpublish(config, later, receipt)
    atom, feed = feeds(site)
    assert (feed["items"], list(atom.iter(f"{ATOM}entry"))) == ([], [])
    assert not (site / "posts/learned").exists()


def test_hostile_words_are_words_everywhere(config: Config, site: Path, tmp_path: Path) -> None:
    post = post_of(
        tmp_path,
        title=HOSTILE,
        description=HOSTILE,
        tags=(HOSTILE,),
        body=f"{HOSTILE}\n\n{HOSTILE}",
    )
    receipt = send(config, post)
    page = Path(receipt.path).read_text(encoding="utf-8")
    index = (site / "posts/index.html").read_text(encoding="utf-8")
    atom, feed = feeds(site)
    (item,) = feed["items"]
    for html in (page, index, item["content_html"]):
        assert "<script>alert" not in html
    assert item["title"] == HOSTILE
    entry = next(atom.iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}title") == HOSTILE.replace("\x0b", "")


def test_the_newest_come_first_by_their_instant(
    config: Config, site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made, "NEWEST", 8)
    for n in range(12):
        zone = "Asia/Tokyo" if n % 2 else "America/New_York"
        due = due_time(f"2026-10-{n % 28 + 1:02d} 0{n % 9}:00", zone)
        key = f"01M82BW127N890WD9AP24WY{n:03d}"
        send(config, post_of(tmp_path, id=key, slug=f"p{n}", dated=due, body="x"))
    _, feed = feeds(site)
    times = [datetime.fromisoformat(item["date_published"]) for item in feed["items"]]
    assert len(times) == 8
    assert times == sorted(times, reverse=True)
    index = (site / "posts/index.html").read_text()
    assert index.count("<li>") == 12


@pytest.mark.parametrize("name", ["index.html", "feed.xml", "feed.json"])
def test_an_index_or_feed_of_the_owner_is_left_alone(
    config: Config, site: Path, tmp_path: Path, name: str
) -> None:
    (site / "posts").mkdir()
    (site / "posts" / name).write_text("mine")
    with pytest.raises(JournalError, match="not from this journal") as error:
        send(config, post_of(tmp_path))
    assert "--content" in error.value.hint
    assert [p.name for p in (site / "posts").iterdir()] == [name]
    assert (site / "posts" / name).read_text() == "mine"


def test_the_looks_are_the_owners_and_odd_folders_are_skipped(
    config: Config, site: Path, tmp_path: Path
) -> None:
    post = post_of(tmp_path)
    send(config, post)
    style = site / "posts/style.css"
    style.write_text("body { color: red }")
    for name, text in (("a", "<h1>mine</h1>"), ("b", broken(post, site)), ("c", "")):
        (site / "posts" / name).mkdir()
        (site / "posts" / name / "index.html").write_text(text)
    send(config, post_of(tmp_path, id="01M82BW127N890WD9AP24WYMB5", slug="two"))
    assert style.read_text() == "body { color: red }"
    _, feed = feeds(site)
    assert len(feed["items"]) == 2


def broken(post: Post, site: Path) -> str:
    """A page of ours whose facts somebody spoiled."""
    page = (site / "posts/learned/index.html").read_text()
    return page.replace(post.id, "01M82BW127N890WD9AP24WYMB9").replace("2026-11-02T09", "soon")


def test_a_feed_that_was_lost_is_made_again_by_the_next_look(
    config: Config, site: Path, tmp_path: Path
) -> None:
    post = post_of(tmp_path)
    send(config, post)
    (site / "posts/feed.xml").unlink()
    assert target.find(config, post, target.natural_key(config, post)) is not None
    assert len(list(feeds(site)[0].iter(f"{ATOM}entry"))) == 1
