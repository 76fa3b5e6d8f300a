"""A site in a git repository: what is committed, where, and what is left alone."""

from __future__ import annotations

import hashlib
import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from journal_app.domain.entry import Attachment
from journal_app.domain.targets import Config, Delivery
from journal_app.errors import JournalError
from journal_app.extend.conformance import Memory, post_of
from tests.helpers.servers.git import bare, commit, files, git, hook, log
from tests.helpers.servers.git_worlds import FolderWorld, everything, look, send, take_back

PAGE = "content/posts/warmup-ended-the-divergence/index.md"


@pytest.fixture
def world(tmp_path: Path) -> FolderWorld:
    return FolderWorld(tmp_path)


def test_one_commit_says_what_it_is(world: FolderWorld) -> None:
    receipt = send(world)
    assert re.fullmatch(rf"main:{PAGE}@[0-9a-f]{{10}}", receipt.path)
    assert receipt.url == "https://example.org/posts/warmup-ended-the-divergence/"
    assert receipt.sha256 == hashlib.sha256(files(world.bare)[PAGE]).hexdigest()
    assert git("log", "-1", "--format=%an <%ae>%n%cn <%ce>%n%B", "main", at=world.bare) == (
        "A. Writer <writer@example.org>\nA. Writer <writer@example.org>\n"
        "Publish: Warmup ended the divergence\n\n"
        "Field-Journal-Post: 01JE0000000000000000000001\n"
        "Field-Journal-Publication: 01JE0000000000000000000P01"
    )
    assert log(world.bare) == ["Publish: Warmup ended the divergence", "The site"]
    assert set(files(world.bare)) == {"hugo.toml", PAGE}


def test_pictures_go_along_and_leave_with_the_page(world: FolderWorld) -> None:
    picture = b"\x89PNG\r\n\x1a\n" + b"loss" * 100
    sha = hashlib.sha256(picture).hexdigest()
    shown = f"attachments/{sha[:2]}/{sha}.png"
    (world.folder / shown).parent.mkdir(parents=True)
    (world.folder / shown).write_bytes(picture)
    body = f"![loss]({shown})\n"
    attached = (Attachment(sha, "loss.png", shown, "image/png", len(picture)),)
    memory = Memory()
    send(world, memory, body=body, attachments=attached)
    name = f"content/posts/warmup-ended-the-divergence/loss-{sha[:12]}.png"
    assert files(world.bare)[name] == picture
    take_back(world, memory)
    assert set(files(world.bare)) == {"hugo.toml"}
    assert log(world.bare)[0] == "Unpublish: Warmup ended the divergence"


def test_the_same_again_makes_no_commit(world: FolderWorld) -> None:
    first = send(world)
    again = send(world)
    assert (again.path, again.sha256) == (first.path, first.sha256)
    assert len(log(world.bare)) == 2


def test_an_update_is_a_commit_of_its_own(world: FolderWorld) -> None:
    memory = Memory()
    first = send(world, memory)
    send(world, memory, body="Other.\n", previous_sha256=first.sha256, publication="P2")
    assert log(world.bare)[0] == "Update: Warmup ended the divergence"
    assert b"Other." in files(world.bare)[PAGE]


@pytest.mark.parametrize("state", ["busy", "rebase", "detached"])
def test_a_clone_of_the_user_stays_as_it_is(world: FolderWorld, tmp_path: Path, state: str) -> None:
    clone = tmp_path / "clone"
    git("clone", "--quiet", str(world.bare), str(clone))
    (clone / "a.txt").write_text("one\n")
    git("add", ".", at=clone)
    git("commit", "--quiet", "-m", "local, not pushed", at=clone)
    if state == "rebase":
        git("checkout", "--quiet", "-b", "topic", "origin/main", at=clone)
        (clone / "a.txt").write_text("two\n")
        git("add", ".", at=clone)
        git("commit", "--quiet", "-m", "clashes", at=clone)
        subprocess.run(
            ["git", "-c", "user.name=x", "-c", "user.email=x@y", "rebase", "main"],
            cwd=clone,
            capture_output=True,
            check=False,
        )
        assert (clone / ".git/rebase-merge").is_dir()
    elif state == "detached":
        git("checkout", "--quiet", "--detach", at=clone)
    else:
        (clone / "a.txt").write_text("stashed\n")
        git("stash", at=clone)
        (clone / "a.txt").write_text("staged\n")
        git("add", ".", at=clone)
    (clone / "a.txt").write_text("not staged\n")
    (clone / "new.txt").write_text("not tracked\n")
    hook(clone / ".git", "pre-push", "exit 1")
    before = everything(clone)
    world.config["repository"] = str(clone)
    world.kind.check(world.config)
    receipt = send(world)
    assert look(world)
    assert everything(clone) == before
    assert receipt.path.startswith("main:")
    assert log(world.bare) == ["Publish: Warmup ended the divergence", "The site"]


def test_the_clone_says_where_and_as_whom(world: FolderWorld, tmp_path: Path) -> None:
    other = bare(tmp_path / "fork.git", "trunk")
    clone = tmp_path / "clone"
    git("clone", "--quiet", str(world.bare), str(clone))
    git("remote", "add", "fork", "../fork.git", at=clone)
    git("config", "user.name", "In The Clone", at=clone)
    git("config", "user.email", "clone@example.org", at=clone)
    world.config |= {"repository": str(clone), "remote": "fork", "author": ""}
    send(world)
    assert git("log", "-1", "--format=%an|%s", "trunk", at=other) == (
        "In The Clone|Publish: Warmup ended the divergence"
    )
    assert log(world.bare) == ["The site"]


def test_the_remote_moved_between_the_look_and_the_push(world: FolderWorld, tmp_path: Path) -> None:
    def others_push(_values: object) -> None:
        if len(log(world.bare)) < 4:  # three times, once before each of our pushes
            commit(world.bare, {f"{len(log(world.bare))}.txt": b"x"}, "Somebody else's")

    post = post_of(world)
    key = world.kind.natural_key(world.config, post)
    world.kind.publish(world.config, post, key, Delivery(remember=others_push))
    assert log(world.bare) == [
        "Publish: Warmup ended the divergence",
        *["Somebody else's"] * 3,
        "The site",
    ]
    assert set(files(world.bare)) == {"1.txt", "2.txt", "3.txt", "hugo.toml", PAGE}


def test_what_others_changed_in_our_page_is_a_conflict(world: FolderWorld) -> None:
    memory = Memory()
    first = send(world, memory)
    theirs = files(world.bare)[PAGE] + b"A correction of a reader.\n"
    made = commit(world.bare, {PAGE: theirs}, "A correction")
    with pytest.raises(JournalError) as told:
        send(world, memory, body="Other.\n", previous_sha256=first.sha256, publication="P2")
    assert "conflict" in told.value.message
    assert PAGE in told.value.message
    assert made[:7] in told.value.message
    assert "Somebody" in told.value.message
    assert "remove the file" in told.value.hint
    with pytest.raises(JournalError, match=made[:7]):
        take_back(world, memory)
    assert files(world.bare)[PAGE] == theirs


def test_what_is_not_ours_is_left_alone(world: FolderWorld) -> None:
    commit(world.bare, {PAGE: b"---\ntitle: mine\n---\n"}, "A page of the user")
    with pytest.raises(JournalError, match="not from this post"):
        send(world)
    take_back(world, Memory())
    assert files(world.bare)[PAGE] == b"---\ntitle: mine\n---\n"


def test_a_link_or_a_submodule_is_not_written_through(world: FolderWorld, tmp_path: Path) -> None:
    place = tmp_path / "work"
    git("clone", "--quiet", str(world.bare), str(place))
    (place / "content").symlink_to("/etc")
    git("add", ".", at=place)
    git("commit", "--quiet", "-m", "a link", at=place)
    git("push", "--quiet", "origin", "main", at=place)
    with pytest.raises(JournalError, match="content is a link"):
        send(world)


def test_an_empty_repository_gets_its_first_commit(world: FolderWorld, tmp_path: Path) -> None:
    empty = bare(tmp_path / "empty.git", "trunk", empty=True)
    world.config["repository"] = str(empty)
    assert any("empty" in fact for fact in world.kind.check(world.config))
    assert look(world) is None
    send(world)
    assert log(empty, "trunk") == ["Publish: Warmup ended the divergence"]
    assert git("rev-list", "--parents", "trunk", at=empty).count(" ") == 0
    assert look(world)


def test_a_branch_of_its_own_is_made_from_the_default_one(world: FolderWorld) -> None:
    world.config["branch"] = "field-journal"
    assert any("will be made" in fact for fact in world.kind.check(world.config))
    assert look(world) is None
    receipt = send(world)
    assert receipt.path.startswith("field-journal:")
    assert log(world.bare, "field-journal") == ["Publish: Warmup ended the divergence", "The site"]
    assert log(world.bare) == ["The site"]
    git("update-ref", "refs/heads/main", "refs/heads/field-journal", at=world.bare)
    git("branch", "-D", "field-journal", at=world.bare)  # merged, then deleted
    assert look(world)
    send(world)
    assert git("branch", "--format=%(refname:short)", at=world.bare) == "main"


def test_a_repository_whose_head_leads_nowhere_is_not_taken_for_empty(world: FolderWorld) -> None:
    git("symbolic-ref", "HEAD", "refs/heads/gone", at=world.bare)
    with pytest.raises(JournalError, match="no default branch"):
        send(world)
    world.config["branch"] = "main"
    send(world)
    assert len(log(world.bare)) == 2


def test_a_site_in_a_folder_of_the_repository(world: FolderWorld) -> None:
    commit(world.bare, {"docs/_config.yml": b"title: x\n"}, "Jekyll in a folder")
    world.config |= {"folder": "docs", "flavor": "jekyll"}
    receipt = send(world)
    name = "docs/_posts/2026-12-01-warmup-ended-the-divergence.md"
    assert name in files(world.bare)
    assert f":{name}@" in receipt.path


def test_a_page_removed_after_a_lost_reply_does_not_come_back_unasked(world: FolderWorld) -> None:
    memory = Memory()
    send(world, memory)
    commit(world.bare, {PAGE: None}, "Not on my site")
    with pytest.raises(JournalError, match="removed there since"):
        look(world, memory)


def test_a_page_changed_after_a_lost_reply_counts_as_out(world: FolderWorld) -> None:
    memory = Memory()
    receipt = send(world, memory)
    commit(world.bare, {PAGE: files(world.bare)[PAGE] + b"!\n"}, "A robot formats it")
    found = look(world, memory)
    assert found is not None
    assert found.sha256 == receipt.sha256


def test_a_branch_that_was_rewritten_is_read_as_it_is_now(world: FolderWorld) -> None:
    memory = Memory()
    send(world, memory)
    git("update-ref", "refs/heads/main", "main~1", at=world.bare)
    assert look(world, memory) is None
    send(world, memory)
    assert len(log(world.bare)) == 2


def test_a_long_history_is_not_fetched(world: FolderWorld, tmp_path: Path) -> None:
    stream = b"".join(
        b"commit refs/heads/main\ncommitter a <a@b> %d +0000\ndata 1\nx\n"
        b"%sM 644 inline f\ndata 5\n%05d\n" % (i, b"from refs/heads/main^0\n" * (i == 0), i)
        for i in range(3000)
    )
    git("fast-import", "--quiet", at=world.bare, data=stream)
    world.config["repository"] = f"file://{world.bare}"
    memory = Memory()
    send(world, memory)
    commit(world.bare, {"y.txt": b"y"}, "On top")
    assert look(world, memory)
    (copy,) = (tmp_path / "home/data/cache/git").glob("*.git")
    assert int(git("rev-list", "--all", "--count", at=copy)) <= 4


@pytest.mark.parametrize("wrong", ["../up", "/abs", "docs/.git", "C:/x"])
def test_a_folder_outside_the_repository_is_refused(world: FolderWorld, wrong: str) -> None:
    with pytest.raises(JournalError, match="inside the repository"):
        world.kind.check({**world.config, "folder": wrong})


def test_a_sha256_repository_works_too(world: FolderWorld, tmp_path: Path) -> None:
    other = tmp_path / "wide.git"
    git("init", "--quiet", "--bare", "-b", "main", "--object-format=sha256", str(other))
    commit(other, {"hugo.toml": b""}, "Wide")
    config: Config = {**world.config, "repository": str(other)}
    post = post_of(world)
    key = world.kind.natural_key(config, post)
    world.kind.publish(config, post, key, Delivery())
    assert world.kind.find(config, replace(post), key)


def test_the_site_itself_tells_what_was_left_out(world: FolderWorld) -> None:
    site = {"docs/_config.yml": b"url: https://me.example.net\n", "docs/_posts/a.md": b"x"}
    commit(world.bare, site, "A Jekyll site")
    config = {**world.config, "folder": "docs", "url": "", "flavor": ""}
    completed = world.kind.completed(config)
    assert (completed["flavor"], completed["content"]) == ("jekyll", "_posts")
    assert completed["url"] == "https://me.example.net"
    assert any("Jekyll" in fact for fact in world.kind.check(config))
    world.config = completed
    assert send(world).url.startswith("https://me.example.net/2026/12/01/")


def test_plain_pages_keep_their_index_and_feeds_in_step(world: FolderWorld) -> None:
    world.config["flavor"] = "html"
    send(world)
    name = PAGE.replace("content/", "").replace(".md", ".html")
    page = files(world.bare)[name].decode()
    more = {
        name.replace("warmup-ended", f"p{n}"): page.replace("Warmup ended", f"T{n}")
        .replace("0000000001", f"00000001{n:02}")
        .encode()
        for n in range(10, 22)  # enough that the pages are read all at once
    }
    commit(world.bare, dict(more), "Twelve more")
    send(world, slug="last", id="01JE0000000000000000000099", title="Last")
    feed = files(world.bare)["posts/feed.xml"].decode()
    assert all(f"T{n} the divergence" in feed for n in range(10, 22))
    assert "Last" in feed
