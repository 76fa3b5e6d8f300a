"""Renames, updates and removals of posts, at every kind of site, with a death at every step."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from journal_app.domain.targets import Config, Delivery, Post
from journal_app.errors import JournalError
from journal_app.publish import files
from journal_app.publish.sites.flavors import FLAVORS
from tests.helpers.sites import pages, picture, post_of, renamed, send, target, tree, unpublish


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture(params=list(FLAVORS))
def config(request: pytest.FixtureRequest, site: Path) -> Config:
    if request.param == "eleventy":
        (site / "eleventy.config.js").write_text('c.addPassthroughCopy("img")')
    return {"path": str(site), "flavor": request.param, "url": "https://blog.example"}


OF_THE_SITE = ("eleventy.config.js", *(f"posts/{name}" for name in
               ("feed.xml", "feed.json", "index.html", "style.css")))  # fmt: skip


def left(site: Path) -> set[str]:
    """What is left without what belongs to no post."""
    return set(tree(site)) - set(OF_THE_SITE)


def whole(site: Path) -> dict[str, bytes]:
    """The site; what a kill left of an index or feed is cleared an hour later."""
    shared = tuple(f"posts/.{Path(name).name}." for name in OF_THE_SITE)
    return {path: data for path, data in tree(site).items() if not path.startswith(shared)}


def test_a_rename_leaves_one_page_and_a_way_to_it(
    config: Config, site: Path, tmp_path: Path
) -> None:
    post = post_of(tmp_path)
    first = send(config, post)
    two = renamed(config, post, "better", first)
    second = send(config, two)
    three = renamed(config, two, "best", second)
    third = send(config, three)
    assert [site / path for path in pages(site, post.id)] == [Path(third.path)]
    assert not Path(first.path).exists() or b"refresh" in Path(first.path).read_bytes()
    everything = b"".join(path.encode() + data for path, data in tree(site).items())
    for old in ("learned", "better"):
        assert old.encode() in everything
    assert sum(name.endswith(".png") for name in tree(site)) == 1
    back = replace(
        three, slug="learned", previous_sha256=third.sha256,
        former=(*three.former, target.natural_key(config, three)),
        former_slugs=(*three.former_slugs, "best"),
    )  # fmt: skip
    fourth = send(config, back)
    assert fourth.path == first.path
    assert list(pages(site, post.id)) == [str(Path(first.path).relative_to(site))]
    unpublish(config, back, fourth)
    assert left(site) == set()


def test_a_repeat_of_a_rename_changes_nothing(config: Config, site: Path, tmp_path: Path) -> None:
    post = post_of(tmp_path)
    later = renamed(config, post, "better", send(config, post))
    send(config, later)
    before = tree(site)
    send(config, later)
    assert tree(site) == before
    assert target.find(config, later, target.natural_key(config, later))
    assert tree(site) == before


def test_an_old_page_that_was_changed_stops_the_rename(
    config: Config, site: Path, tmp_path: Path
) -> None:
    post = post_of(tmp_path)
    first = send(config, post)
    Path(first.path).write_bytes(Path(first.path).read_bytes() + b"by hand\n")
    before = tree(site)
    with pytest.raises(JournalError, match="was changed at the site") as error:
        send(config, renamed(config, post, "better", first))
    assert error.value.hint
    with pytest.raises(JournalError, match="was changed at the site"):
        unpublish(config, post, first)
    assert tree(site) == before


def test_what_others_put_in_the_old_place_stays(config: Config, site: Path, tmp_path: Path) -> None:
    post = post_of(tmp_path)
    first = send(config, post)
    Path(first.path).write_text("somebody else's\n")
    later = renamed(config, post, "better", first)
    second = send(config, later)
    unpublish(config, later, second)
    assert Path(first.path).read_text() == "somebody else's\n"
    unpublish(config, post, first)
    assert Path(first.path).read_text() == "somebody else's\n"


def test_taking_back_leaves_what_the_owner_put_there(
    config: Config, site: Path, tmp_path: Path
) -> None:
    post = post_of(tmp_path)
    other = post_of(tmp_path, id="01M82BW127N890WD9AP24WYMB5", slug="other")
    first, second = send(config, post), send(config, other)
    own = Path(first.path).with_name("notes.txt")
    own.write_text("the owner's")
    unpublish(config, post, first)
    unpublish(config, post, first)
    assert own.read_text() == "the owner's"
    assert pages(site, post.id) == {}
    assert list(pages(site, other.id)) == [str(Path(second.path).relative_to(site))]
    own.unlink()
    unpublish(config, other, second)
    assert left(site) == set()


Act = Callable[[Config, Post], Any]


def dies(act: Callable[[], object], at: int) -> bool:
    """Whether a process that does `act` is killed at its step `at`; False: it came to its end."""
    child = os.fork()
    if child == 0:
        steps = [0]

        def deadly(real: Callable[..., Any]) -> Callable[..., Any]:
            def step(*args: Any, **named: Any) -> Any:
                steps[0] += 1
                if steps[0] == at:
                    os.kill(os.getpid(), signal.SIGKILL)
                return real(*args, **named)

            return step

        os.link, os.fsync = deadly(os.link), deadly(os.fsync)
        for name in ("rename", "replace", "unlink", "rmdir", "mkdir"):
            setattr(Path, name, deadly(getattr(Path, name)))
        try:
            act()
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1] != 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("flavor", ["hugo", "jekyll", "eleventy", "html"])
@pytest.mark.parametrize("act", ["publish", "update", "rename", "unpublish"])
def test_killed_at_any_step_it_ends_as_if_it_had_not_been(
    flavor: str, act: str, tmp_path: Path
) -> None:
    post = post_of(tmp_path)
    shown = picture(tmp_path, b"another picture")
    changed = replace(post, rev=4, body=f"New.\n\n![x]({shown.path})\n", attachments=(shown,))

    def prepare(folder: Path) -> tuple[Config, Post]:
        folder.mkdir()
        (folder / "eleventy.config.js").write_text('c.addPassthroughCopy("img")')
        config = {"path": str(folder), "flavor": flavor, "url": "https://blog.example"}
        if act == "publish":
            return config, post
        first = send(config, post)
        told = replace(changed, previous_sha256=first.sha256)
        return config, renamed(config, told, "better", first) if act == "rename" else told

    def run(config: Config, post: Post) -> None:
        if act == "unpublish":
            target.unpublish(config, post, target.natural_key(config, post), Delivery())
        else:
            send(config, post)

    def settle(config: Config, given: Post) -> None:
        """What the journal does after a crash."""
        key = target.natural_key(config, given)
        sent = replace(given, expected_sha256=target.preflight(config, given, key))
        if target.find(config, sent, key) is None or act == "unpublish":
            run(config, given)

    quiet, quiet_post = prepare(tmp_path / "quiet")
    run(quiet, quiet_post)
    expected = tree(tmp_path / "quiet")
    for step in range(1, 200):
        folder = tmp_path / f"site{step}"
        config, given = prepare(folder)
        before = pages(folder, post.id)
        killed = dies(lambda config=config, given=given: run(config, given), step)
        known = {*before.values(), *pages(tmp_path / "quiet", post.id).values()}
        assert set(pages(folder, post.id).values()) <= known, "half a page"
        settle(config, given)
        assert whole(folder) == expected, step
        if not killed:
            break
    assert step >= 3


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_two_processes_leave_feeds_with_every_page(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    config = {"path": str(site), "flavor": "html", "url": "https://blog.example"}
    children = []
    for process in range(2):
        child = os.fork()
        if child == 0:
            code = 1
            try:
                for n in range(20):
                    key = f"01M82BW127N890WD9AP24WYM{process}{n:02d}"[:26]
                    send(config, post_of(tmp_path, id=key, slug=f"p{process}-{n}", body="x"))
                code = 0
            finally:
                os._exit(code)
        children.append(child)
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    index = (site / "posts/index.html").read_text(encoding="utf-8")
    feed = (site / "posts/feed.json").read_text(encoding="utf-8")
    for slug in (f"p{process}-{n}" for process in range(2) for n in range(20)):
        assert f'href="{slug}/"' in index
        assert f"/posts/{slug}/" in feed
    assert not [path for path in tree(site) if files.PARTIAL in path]
