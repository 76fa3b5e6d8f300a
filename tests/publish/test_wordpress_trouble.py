"""A real WordPress and what goes wrong: lost answers, kills, keys, roles, other people's posts."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from journal_app.domain.targets import AccessDenied, Delivery, Secret, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.extend.conformance import SECRET, Memory, TargetConformance, post_of
from journal_app.publish.wordpress_rest import Rest
from tests.helpers.pictures import attached, png
from tests.helpers.servers.base import FakeSite, Reply, Request, html_reply, json_reply
from tests.helpers.wordpress import WordPress
from tests.helpers.wordpress_world import Direct, WordPressWorld

kit = TargetConformance()
ALL = ("publish", "future", "draft", "private", "pending")


def everything(blog: WordPress) -> int:
    return sum(len(blog.posts(status)) for status in ALL)


# ---------------------------------------------------------------------- lost answers and kills


@pytest.mark.parametrize("fault", ["accept-then-drop", "accept-then-500"])
@pytest.mark.parametrize("step", [0, 1, 2, 3])  # draft, picture, tag, public
@pytest.mark.parametrize("stale", [False, True])
def test_a_lost_answer_at_any_step_ends_with_one(
    proxied: WordPressWorld, blog: WordPress, fault: str, step: int, stale: bool
) -> None:
    file = attached(proxied.folder, "loss.png", png())
    post = post_of(proxied, body=f"![loss]({file.path})\n", attachments=(file,))
    memory = Memory()
    proxy = proxied.proxy
    proxy.lose(step, fault)
    with pytest.raises(Unsure if step == 3 else TryLater):
        kit.send(proxied, post, memory)
    if stale:
        proxy.hidden = 2
    assert kit.settle(proxied, post, memory).live
    assert len(blog.posts()) == 1
    assert everything(blog) == 1  # no draft is left over
    assert blog.sql("SELECT COUNT(*) FROM wp_posts WHERE post_type='attachment'") == [["1"]]
    assert proxy.deliveries == 1


SENDER = """
import json, sys
from pathlib import Path
from dataclasses import replace
from journal_app.domain.targets import Delivery, Secret
from journal_app.extend.conformance import SECRET, post_of
from journal_app.publish.wordpress import WordPressTarget

class World:
    folder = Path(sys.argv[2])

def remember(values):
    kept = Path(sys.argv[3])
    kept.write_text(json.dumps({**json.loads(kept.read_text()), **values}))

post = post_of(World())
config = {"url": sys.argv[1], "user": "admin", "password": Secret(SECRET)}
WordPressTarget().publish(config, post, post.slug, Delivery(remember=remember))
"""


@pytest.mark.parametrize("fault", ["hang", "accept-then-hang"])
@pytest.mark.parametrize("step", [0, 2])  # the draft, the step that makes it public
def test_killed_in_the_middle(
    proxied: WordPressWorld, blog: WordPress, tmp_path: Path, fault: str, step: int
) -> None:
    proxy = proxied.proxy
    proxy.lose(step, fault)
    kept = tmp_path / "kept.json"
    kept.write_text("{}")
    command = [sys.executable, "-c", SENDER, proxy.url, str(tmp_path), str(kept)]
    sender = subprocess.Popen(command, cwd=Path(__file__).parents[2])
    try:
        assert proxy.lost.wait(60)  # it waits for an answer that never comes
        sender.send_signal(signal.SIGKILL if os.name == "posix" else signal.SIGTERM)
    finally:
        sender.kill()
        sender.wait(30)
    post, memory = post_of(proxied), Memory(json.loads(kept.read_text()))
    assert kit.settle(proxied, post, memory).live
    assert len(blog.posts()) == everything(blog) == 1
    assert proxy.deliveries == 1


# ---------------------------------------------------------------------- keys and roles


def test_a_revoked_password(direct: Direct, blog: WordPress) -> None:
    post, memory = post_of(direct), Memory()
    blog.php("key", "leaver", "author")
    direct.config = {
        **direct.config,
        "user": "leaver",
        "password": Secret(blog.php("key", "leaver")),
    }
    kit.send(direct, post, memory)
    blog.php("revoke", "leaver")
    with pytest.raises(AccessDenied) as told:
        kit.send(direct, post, memory)
    assert "application password" in told.value.hint
    assert "journal target secret" in told.value.hint
    assert len(blog.posts()) == 1


@pytest.mark.parametrize("user", ["subscriber", "contributor"])
def test_an_account_that_may_not_publish(blog: WordPress, tmp_path: Path, user: str) -> None:
    world = Direct(blog, tmp_path, user)
    for call in (lambda: world.kind.check(world.config), lambda: kit.send(world, post_of(world))):
        with pytest.raises(AccessDenied, match=f"{user} may not publish") as told:
            call()
        assert "Author" in told.value.hint
    assert everything(blog) == 0


def test_a_password_goes_over_https_only(direct: Direct) -> None:
    with pytest.raises(JournalError, match="is http"):
        direct.kind.check({**direct.config, "url": "http://blog.example"})


# ---------------------------------------------------------------------- other sites


class Other(FakeSite):
    """A web server that is no WordPress, or one with something in the way."""

    def __init__(self, page: str = "<h1>Hello</h1>", link: str = "") -> None:
        super().__init__()
        self.page = page
        self.link = link

    def handle(self, request: Request) -> Reply:
        if request.path == "/":
            return html_reply(200, self.page, {"Link": self.link} if self.link else {})
        if request.path.startswith("/closed/"):
            said = {"code": "rest_not_logged_in", "message": "You are not currently logged in."}
            return json_reply(401, said)
        if request.path == "/wp-json/wp/v2/users/me" and self.page == "odd":
            return json_reply(200, ["not", "a", "user"])
        return html_reply(404, "<h1>404</h1>")


@pytest.fixture
def other() -> Iterator[Other]:
    with Other() as running:
        yield running


def config_of(site: FakeSite) -> dict[str, object]:
    return {"url": site.url, "user": "ada", "password": Secret(SECRET), "timeout": 5}


def test_a_site_that_is_no_wordpress(other: Other, direct: Direct) -> None:
    for page in ("<h1>Hello</h1>", "odd", "<link rel='https://api.w.org/' href=''>"):
        other.page = page
        with pytest.raises(JournalError, match="does not look like a WordPress") as told:
            direct.kind.check(config_of(other))
        assert told.value.hint
        assert SECRET not in str(told.value)


def test_the_password_goes_to_no_other_site(other: Other, direct: Direct) -> None:
    other.link = '<https://elsewhere.example/wp-json/>; rel="https://api.w.org/"'
    with pytest.raises(JournalError, match="another site"):
        direct.kind.check(config_of(other))


def test_a_server_that_drops_the_password(other: Other, direct: Direct) -> None:
    other.page = f"<head><link rel='https://api.w.org/' href='{other.url}/closed/' /></head>"
    with pytest.raises(AccessDenied, match="does not know the user name") as told:
        direct.kind.check(config_of(other))
    assert "Authorization header" in told.value.hint


# ---------------------------------------------------------------------- other people's posts


@pytest.mark.parametrize("status", ["publish", "draft", "private", "future"])
@pytest.mark.parametrize("user", ["admin", "author"])  # an author does not see others' drafts
def test_a_slug_that_somebody_has(blog: WordPress, tmp_path: Path, status: str, user: str) -> None:
    world = Direct(blog, tmp_path, user)
    post = post_of(world)
    blog.php("theirs", post.slug, status)
    before = everything(blog)
    with pytest.raises(JournalError, match="another post at") as told:
        kit.send(world, post)
    assert "--slug" in told.value.hint
    assert everything(blog) == before
    assert "Theirs." in [text for status in ALL for text in blog.posts(status)]


def test_renamed_onto_somebody_elses(direct: Direct, blog: WordPress) -> None:
    post, memory = post_of(direct), Memory()
    kit.send(direct, post, memory)
    blog.php("theirs", "warmup", "publish")
    with pytest.raises(JournalError, match="another post at 'warmup'"):
        kit.send(direct, replace(post, slug="warmup", former=(post.slug,)), memory)
    names = blog.sql("SELECT post_name FROM wp_posts WHERE post_type='post' ORDER BY ID")
    assert names == [[post.slug], ["warmup"]]


def test_an_id_that_is_somebody_elses_now(direct: Direct, blog: WordPress) -> None:
    id = blog.php("theirs", "hello", "publish")
    with pytest.raises(JournalError, match="another post"):
        kit.send(direct, post_of(direct), Memory({"id": str(id)}))
    assert blog.posts() == ["Theirs."]


@pytest.mark.parametrize("force", ["true", "false"])  # deleted for good, or into the trash
def test_deleted_there_it_is_not_quietly_made_again(
    direct: Direct, blog: WordPress, force: str
) -> None:
    post, memory = post_of(direct), Memory()
    memory.values.update(kit.send(direct, post, memory).remote)
    with Rest(direct.config) as rest:
        rest.post(f"posts/{memory.values['id']}", method="DELETE", params={"force": force})
    assert kit.look(direct, post, memory) is None
    with pytest.raises(JournalError, match="was deleted there") as told:
        kit.send(direct, post, memory)
    assert "unpublish" in told.value.hint
    gone = kit.known(post, memory)
    direct.kind.unpublish(direct.config, gone, post.slug, Delivery(remember=memory.remember))
    assert kit.send(direct, post, memory).live
    assert len(blog.posts()) == 1


def test_our_text_edited_there_is_still_ours(direct: Direct, blog: WordPress) -> None:
    post, memory = post_of(direct), Memory()
    kit.send(direct, post, memory)
    with Rest(direct.config) as rest:
        rest.post(f"posts/{memory.values['id']}", {"content": "Rewritten in the editor."})
    assert kit.look(direct, post, memory) is None  # another text than ours stands there
    kit.send(direct, post, memory)
    assert len(blog.posts()) == 1
    assert "Rewritten" not in blog.posts()[0]


def test_a_draft_deleted_before_it_was_out_is_made_again(direct: Direct, blog: WordPress) -> None:
    post, memory = post_of(direct), Memory(die_at=2)
    with pytest.raises(JournalError, match="took over"):
        kit.send(direct, post, memory)
    blog.empty()
    memory.die_at = 0
    assert kit.send(direct, post, memory).live
    assert len(blog.posts()) == everything(blog) == 1
