"""The site folder: what is written for Hugo and Jekyll, what is refused, what a repeat does."""

from __future__ import annotations

import hashlib
import stat
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from journal_app.domain.due import due_time
from journal_app.domain.entry import Attachment
from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Config, Delivery, Post, PublishTarget, Unsure
from journal_app.errors import JournalError
from journal_app.publish import files
from journal_app.publish.body import public_text
from journal_app.publish.folder import FolderTarget
from journal_app.publish.measured import LIMIT, PICTURES, to_hugo

PICTURE = b"\x89PNG\r\n\x1a\n" + b"loss" * 100
SHA = hashlib.sha256(PICTURE).hexdigest()
SHOWN = f"attachments/{SHA[:2]}/{SHA}.png"
KEY = "01M82BW127N890WD9AP24WYMB4"


@pytest.fixture
def post(tmp_path: Path) -> Post:
    root = tmp_path / "journal"
    (root / SHOWN).parent.mkdir(parents=True)
    (root / SHOWN).write_bytes(PICTURE)
    return Post(
        KEY,
        3,
        'Größe: "what" I learned',
        f"# Intro\n\n![loss curve]({SHOWN})\n",
        "grosse",
        ("lr", "warmup"),
        "First words: and more",
        due_time("2026-12-01 09:00", "Europe/Berlin"),
        root,
        (Attachment(SHA, "Loss Curve (d12).png", SHOWN, "image/png", len(PICTURE)),),
    )


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    folder.mkdir()
    return folder


@pytest.fixture(params=["hugo", "jekyll"])
def config(request: pytest.FixtureRequest, site: Path) -> Config:
    return {"path": str(site), "flavor": request.param, "url": "https://example.org/"}


target: PublishTarget = FolderTarget()


def put(config: Config, post: Post, key: str) -> Receipt:
    return target.publish(config, post, key, Delivery())


def send(config: Config, post: Post) -> Path:
    key = target.natural_key(config, post)
    expected = target.preflight(config, post, key)
    receipt = put(config, post, key)
    assert receipt.sha256 == expected
    assert receipt.bytes == Path(receipt.path).stat().st_size
    return Path(receipt.path)


def tree(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}


def test_hugo_gets_a_page_bundle(site: Path, post: Post) -> None:
    config = {"path": str(site), "flavor": "hugo", "url": "https://example.org/"}
    key = target.natural_key(config, post)
    assert key == "content/posts/grosse/index.md"
    receipt = put(config, post, key)
    picture = f"loss-curve-d12-{SHA[:12]}.png"
    written = tree(site)
    assert set(written) == {key, f"content/posts/grosse/{picture}"}
    assert written[f"content/posts/grosse/{picture}"] == PICTURE
    _, front, text = written[key].decode().split("---\n", 2)
    assert "date: 2026-12-01T09:00:00+01:00\n" in front
    values = yaml.safe_load(front)
    values.pop("date")
    assert values == {
        "title": 'Größe: "what" I learned',
        "draft": False,
        "slug": "grosse",
        "tags": ["lr", "warmup"],
        "description": "First words: and more",
        "field_journal_key": KEY,
    }
    assert text == f"\n# Intro\n\n![loss curve]({picture})\n"
    assert receipt.url == "https://example.org/posts/grosse/"


def test_jekyll_gets_a_dated_post_and_assets(site: Path, post: Post) -> None:
    config = {"path": str(site), "flavor": "jekyll", "url": "https://example.org"}
    path = send(config, post)
    picture = f"loss-curve-d12-{SHA[:12]}.png"
    assert path == site / "_posts" / "2026-12-01-grosse.md"
    assert set(tree(site)) == {"_posts/2026-12-01-grosse.md", f"assets/2026-12-01-grosse/{picture}"}
    text = path.read_text(encoding="utf-8")
    assert "layout: post\n" in text
    assert "date: 2026-12-01 09:00:00 +0100\n" in text
    assert f'![loss curve]({{{{ "/assets/2026-12-01-grosse/{picture}" | relative_url }}}})' in text
    assert put(config, post, "_posts/2026-12-01-grosse.md").url == (
        "https://example.org/2026/12/01/grosse.html"
    )


def test_a_repeat_changes_nothing_and_finds_itself(config: Config, site: Path, post: Post) -> None:
    key = target.natural_key(config, post)
    assert target.find(config, post, key) is None
    path = send(config, post)
    before = tree(site), path.stat().st_mtime_ns
    found = target.find(config, post, key)
    assert found is not None
    assert found.path == str(path)
    send(config, post)
    assert (tree(site), path.stat().st_mtime_ns) == before


def test_what_was_sent_is_found_even_where_it_could_not_be_made_again(
    config: Config, post: Post
) -> None:
    key = target.natural_key(config, post)
    sent = put(config, post, key)
    (post.root / SHOWN).unlink()
    found = target.find(config, replace(post, expected_sha256=sent.sha256), key)
    assert found is not None
    assert (found.path, found.sha256, found.bytes) == (sent.path, sent.sha256, sent.bytes)


def test_a_new_revision_replaces_ours_and_its_pictures(
    config: Config, site: Path, post: Post
) -> None:
    first = send(config, post)
    old = hashlib.sha256(first.read_bytes()).hexdigest()
    own = first.parent / "notes.txt"
    own.write_text("the owner's")
    later = replace(post, rev=4, body="Better.\n", previous_sha256=old)
    assert target.find(config, later, target.natural_key(config, later)) is None
    assert send(config, later) == first
    assert "Better." in first.read_text(encoding="utf-8")
    assert not [name for name in tree(site) if SHA[:12] in name]
    assert own.read_text() == "the owner's"


def test_what_is_not_ours_is_never_written_over(config: Config, site: Path, post: Post) -> None:
    key = target.natural_key(config, post)
    place = site / key
    place.parent.mkdir(parents=True)
    for foreign in (
        "---\ntitle: mine\n---\n",
        "no front matter",
        "---\n: [broken\n---\n",
        "---\nfield_journal_key: 01ANOTHERPOST\n---\n",
        "",
    ):
        place.write_text(foreign)
        for act in (target.preflight, put, target.find):
            with pytest.raises(JournalError, match="not from this post") as error:
                act(config, post, key)
        assert "--slug" in error.value.hint
        assert place.read_text() == foreign
        assert len(tree(site)) == 1


def test_a_folder_with_other_things_is_left_alone(site: Path, post: Post) -> None:
    config = {"path": str(site), "flavor": "hugo"}
    (site / "content/posts/grosse").mkdir(parents=True)
    (site / "content/posts/grosse/draft.txt").write_text("x")
    with pytest.raises(JournalError, match="left alone"):
        send(config, post)
    assert set(tree(site)) == {"content/posts/grosse/draft.txt"}


def test_a_page_changed_at_the_site_is_not_written_over(config: Config, post: Post) -> None:
    path = send(config, post)
    old = hashlib.sha256(path.read_bytes()).hexdigest()
    path.write_bytes(path.read_bytes() + b"by hand\n")
    with pytest.raises(JournalError, match="was changed at the site"):
        send(config, replace(post, body="new", previous_sha256=old))
    assert path.read_bytes().endswith(b"by hand\n")


@pytest.mark.parametrize(
    ("shown", "message"),
    [
        ("![x](/home/me/plot.png)", "/home/me/plot.png"),
        ("![x](../plots/plot.png)", "../plots/plot.png"),
        ("![x](plot.png)", "plot.png"),
        ("![x](file:///home/me/plot.png)", "file:///home/me/plot.png"),
        ("![x](C:\\plots\\plot.png)", "C:"),
        ("![x][p]\n\n[p]: /tmp/p.png", "/tmp/p.png"),
        ("[![x](/tmp/p.png)](https://a.example)", "/tmp/p.png"),
        ("[paper](file:///home/me/paper.pdf)", "paper.pdf"),
        (f"![x](attachments/ab/{'ab' * 32}.png)", "is missing"),
    ],
)
def test_what_only_this_computer_can_show_is_an_error(
    config: Config, site: Path, post: Post, shown: str, message: str
) -> None:
    bad = replace(post, body=f"text\n\n{shown}\n")
    with pytest.raises(JournalError) as error:
        target.preflight(config, bad, target.natural_key(config, bad))
    assert message in error.value.message
    assert error.value.hint
    assert tree(site) == {}


def test_remote_pictures_and_code_stay_as_they_are(config: Config, post: Post) -> None:
    body = (
        "![a](https://a.example/x.png) [l](other-post) `![x](/tmp/x.png)` ->run:d12\n\n"
        "```\n![y](/tmp/y.png) ->run:kept\n```\n"
    )
    text = send(config, replace(post, body=body)).read_text(encoding="utf-8")
    assert "![a](https://a.example/x.png) [l](other-post) `![x](/tmp/x.png)`\n" in text
    assert "```\n![y](/tmp/y.png) ->run:kept\n```\n" in text


def test_templates_in_the_text_are_shown_and_not_run(site: Path, post: Post) -> None:
    body = f"{{% for m in messages %}}{{{{ m }}}}\n{{% endraw %}} {{{{< x >}}}}\n\n![p]({SHOWN})"
    jekyll = send({"path": str(site), "flavor": "jekyll"}, replace(post, body=body))
    text = jekyll.read_text(encoding="utf-8").split("---\n", 2)[2]
    assert text.startswith("\n{% raw %}\n{% for m in messages %}{{ m }}\n")
    assert '{% endraw %}{{ "{" }}{% raw %}% endraw %}' in text
    assert '({% endraw %}{{ "/assets/2026-12-01-grosse/' in text
    assert text.endswith("{% endraw %}\n")
    hugo = send({"path": str(site), "flavor": "hugo"}, replace(post, body=body))
    assert "{{</* x */>}}" in hugo.read_text(encoding="utf-8")


def test_a_heading_that_repeats_the_title_goes(config: Config, post: Post) -> None:
    text = send(config, replace(post, title="T", body="# T\n\nbody")).read_text(encoding="utf-8")
    assert text.endswith("---\n\nbody\n")


def test_what_a_killed_process_left_is_cleared(config: Config, site: Path, post: Post) -> None:
    path = site / target.natural_key(config, post)
    whole = path.parent if config["flavor"] == "hugo" else path
    whole.parent.mkdir(parents=True, exist_ok=True)
    left = whole.with_name(files.partial_name(whole.name))
    left.mkdir() if config["flavor"] == "hugo" else left.write_text("half")
    assert target.find(config, post, target.natural_key(config, post)) is None
    send(config, post)
    assert not [p for p in site.rglob("*") if files.PARTIAL in p.name]
    path.with_name(files.partial_name(path.name)).write_text("killed before it was taken away")
    assert target.find(config, post, target.natural_key(config, post)) is not None
    assert not [p for p in site.rglob("*") if files.PARTIAL in p.name]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"path": ""}, "no folder"),
        ({"path": "{site}/none"}, "does not exist"),
        ({"path": "{site}/file"}, "is a file"),
        ({"flavor": "gatsby"}, "not a flavor"),
        ({"content": "../outside"}, "not a folder inside"),
        ({"content": "/abs"}, "not a folder inside"),
        ({"content": "C:\\x"}, "not a folder inside"),
        ({"url": "javascript:x"}, "not an address"),
    ],
)
def test_settings_are_checked(site: Path, change: dict[str, str], message: str) -> None:
    (site / "file").write_text("x")
    filled = {name: value.replace("{site}", str(site)) for name, value in change.items()}
    with pytest.raises(JournalError, match=message) as error:
        target.check({"path": str(site), "flavor": "hugo", **filled})
    assert error.value.hint
    assert list(site.iterdir()) == [site / "file"]


@pytest.mark.parametrize("key", ["../x/index.md", "/etc/x", "content/../../x.md"])
def test_a_key_never_leads_out_of_the_site(site: Path, post: Post, key: str) -> None:
    with pytest.raises(JournalError, match="not a place inside"):
        put({"path": str(site)}, post, key)


def test_a_failed_write_leaves_nothing_behind(
    config: Config, site: Path, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, data: bytes) -> None:
        path.write_bytes(data[: len(data) // 2])
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(files, "write_synced", full)
    with pytest.raises(JournalError, match="No space left") as error:
        put(config, post, target.natural_key(config, post))
    assert "Free some space" in error.value.hint
    assert tree(site) == {}


def test_an_error_after_the_page_is_out_is_told_as_unsure(
    config: Config, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = target.natural_key(config, post)
    path = Path(str(config["path"])) / key
    sync = files.sync_folder

    def broken(folder: Path) -> None:
        if path.exists():
            raise OSError(5, "Input/output error", str(folder))
        sync(folder)

    monkeypatch.setattr(files, "sync_folder", broken)
    with pytest.raises(Unsure, match="Input/output"):
        put(config, post, key)
    monkeypatch.undo()
    assert target.find(config, post, key) is not None


def test_pages_are_readable_by_a_web_server(config: Config, post: Post) -> None:
    assert send(config, post).stat().st_mode & stat.S_IRGRP


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a privilege on Windows")
@pytest.mark.parametrize("place", ["content", "content/posts", "content/posts/grosse"])
def test_a_link_that_leads_out_of_the_site_is_refused(
    tmp_path: Path, site: Path, post: Post, place: str
) -> None:
    config = {"path": str(site), "flavor": "hugo"}
    outside = tmp_path / "outside"
    outside.mkdir()
    link = site / place
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(outside, target_is_directory=True)
    key = target.natural_key(config, post)
    for act in (target.preflight, put, target.find):
        with pytest.raises(JournalError, match="leads out of the site folder") as error:
            act(config, post, key)
        assert error.value.hint
    if place != "content/posts/grosse":
        with pytest.raises(JournalError, match="leads out"):
            target.check(config)
    assert list(outside.iterdir()) == []
    outside.rmdir()
    with pytest.raises(JournalError, match="leads nowhere"):
        target.preflight(config, post, key)
    link.unlink()
    (site / "real").mkdir()
    link.symlink_to(site / "real", target_is_directory=True)
    if place != "content/posts/grosse":  # that one holds the page itself: somebody else's folder
        assert put(config, post, key).bytes


@pytest.mark.skipif(sys.platform == "win32", reason="making links needs a privilege on Windows")
def test_the_assets_of_jekyll_stay_inside_and_the_site_may_be_a_link(
    tmp_path: Path, site: Path, post: Post
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    named = tmp_path / "named"
    named.symlink_to(site, target_is_directory=True)
    config = {"path": str(named), "flavor": "jekyll"}
    key = target.natural_key(config, post)
    (site / "assets").symlink_to(outside, target_is_directory=True)
    with pytest.raises(JournalError, match="leads out"):
        put(config, post, key)
    assert list(outside.iterdir()) == []
    (site / "assets").unlink()
    assert Path(put(config, post, key).path).is_file()


def test_what_stands_in_the_way_is_not_called_a_full_disk(
    config: Config, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    def taken(path: Path, data: bytes) -> None:
        raise OSError(17, "File exists", str(path))

    monkeypatch.setattr(files, "write_synced", taken)
    with pytest.raises(JournalError) as error:
        put(config, post, target.natural_key(config, post))
    assert "space" not in error.value.hint


def test_a_link_to_an_entry_goes_out_as_its_words(post: Post) -> None:
    link = "(entry:01M82DTSTYG313CXY5650ZNJYH)"
    text = f"See [the lesson]{link}.\n\n```\n[x]{link}\n```\n"
    public = public_text(replace(post, body=text))
    assert "See the lesson." in public
    assert f"[x]{link}" in public, "code is shown as it is"


def test_twenty_pictures_go_to_hugo_within_a_second(tmp_path: Path) -> None:
    assert to_hugo(tmp_path) <= LIMIT
    assert len(list((tmp_path / "site/content/posts/pictures").glob("*.png"))) == PICTURES
