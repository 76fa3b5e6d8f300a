"""Micropub: with drafts exactly one; without them the list is looked at before and after."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from journal_app.domain.due import due_at
from journal_app.domain.entry import Attachment
from journal_app.domain.targets import AccessDenied, Delivery, Secret, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.extend.conformance import SECRET, Memory, TargetConformance, post_of
from journal_app.publish.micropub import MicropubTarget
from tests.helpers.servers.micropub import MicropubSite
from tests.helpers.servers.worlds import SiteWorld


def around(site: MicropubSite, folder: Path, **more: str) -> SiteWorld:
    config = {"url": site.url, "token": Secret(SECRET), "timeout": 0.3, **more}
    return SiteWorld(MicropubTarget(), site, folder, config, site.public)


@pytest.fixture
def site() -> Iterator[MicropubSite]:
    with MicropubSite(SECRET) as running:
        yield running


@pytest.fixture
def bare() -> Iterator[MicropubSite]:
    with MicropubSite(SECRET, drafts=False) as running:
        yield running


@pytest.fixture
def world(site: MicropubSite, tmp_path: Path) -> SiteWorld:
    return around(site, tmp_path)


class TestMicropubConforms(TargetConformance):
    """The kit, where the server keeps drafts."""


class TestMicropubWithoutDraftsConforms(TargetConformance):
    """The kit, where it keeps none."""

    @pytest.fixture
    def world(self, bare: MicropubSite, tmp_path: Path) -> SiteWorld:
        return around(bare, tmp_path)


class TestMicropubOfHtmlConforms(TargetConformance):
    """The kit, where the text goes as HTML."""

    @pytest.fixture
    def world(self, site: MicropubSite, tmp_path: Path) -> SiteWorld:
        return around(site, tmp_path, format="html", destination="https://lab.example/")


kit = TargetConformance()


@pytest.mark.parametrize("fault", ["accept-then-drop", "accept-then-hang", "accept-then-500"])
@pytest.mark.parametrize("step", ["draft", "public"])
@pytest.mark.parametrize("stale", [False, True])
def test_a_lost_answer_at_any_step_ends_with_one(
    world: SiteWorld, site: MicropubSite, fault: str, step: str, stale: bool
) -> None:
    post, memory = post_of(world), Memory()
    site.faults = [fault if step == "draft" else f"public:{fault}"]
    with pytest.raises(TryLater if step == "draft" else Unsure):
        kit.send(world, post, memory)
    site.read_faults = ["", "", "stale"] if stale else []
    assert kit.settle(world, post, memory).live
    assert len(site.public()) == 1
    assert site.deliveries == 1


@pytest.mark.parametrize("fault", ["accept-then-drop", "accept-then-hang", "accept-then-500"])
def test_without_drafts_the_list_tells(bare: MicropubSite, tmp_path: Path, fault: str) -> None:
    world = around(bare, tmp_path)
    post, memory = post_of(world), Memory()
    bare.faults = [fault]
    with pytest.raises(Unsure):
        kit.send(world, post, memory)
    assert kit.settle(world, post, memory).url.endswith(f"/2026/{post.slug}.html")
    assert bare.deliveries == 1
    assert world.kind.abilities.repeats == "never"


def test_without_drafts_and_lists_nothing_is_guessed(tmp_path: Path) -> None:
    with MicropubSite(SECRET, drafts=False, lists=False) as blind:
        world = around(blind, tmp_path)
        post, memory = post_of(world), Memory()
        blind.faults = ["accept-then-drop"]
        with pytest.raises(Unsure):
            kit.send(world, post, memory)
        with pytest.raises(JournalError, match="cannot be known") as told:
            kit.look(world, post, memory)
        assert told.value.hint
        assert blind.deliveries == 1


def test_a_post_that_the_server_wrote_otherwise_is_not_taken_for_absent(
    bare: MicropubSite, tmp_path: Path
) -> None:
    world = around(bare, tmp_path)
    post = post_of(world)
    bare.faults = ["accept-then-drop"]
    with pytest.raises(Unsure):
        kit.send(world, post)
    (there,) = bare.state["posts"].values()
    there["content"] = ["<p>As the server wrote it.</p>"]
    with pytest.raises(JournalError, match="other words"):
        kit.look(world, post)
    with pytest.raises(JournalError, match="another post"):
        kit.send(world, post)
    assert bare.deliveries == 1


@pytest.mark.parametrize("drafts", [True, False])
def test_a_post_of_somebody_else_with_this_name_is_left_alone(drafts: bool, tmp_path: Path) -> None:
    with MicropubSite(SECRET, drafts=drafts) as site:
        world = around(site, tmp_path)
        post = post_of(world)
        theirs = {"name": ["Theirs"], "content": ["Old."], "post-status": ["published"]}
        site.state["posts"][f"{site.url}/2026/{post.slug}.html"] = dict(theirs)
        with pytest.raises(JournalError, match="another post") as told:
            kit.send(world, post)
        assert "--slug" in told.value.hint
        assert list(site.state["posts"].values()) == [theirs]


def test_what_is_sent(world: SiteWorld, site: MicropubSite) -> None:
    ahead = due_at(4_000_000_000_000, "Europe/Berlin")
    post = post_of(world, title="漢字 🌡️", dated=ahead, tags=("a b", "größe"))
    kit.send(world, post)
    (there,) = site.state["posts"].values()
    assert there["category"] == ["a b", "größe"]
    assert there["name"] == ["漢字 🌡️"]
    assert site.deliveries == 1  # a date ahead would have hidden it
    made, changed = (r for r in site.requests if r.method == "POST")
    assert made.form()["post-status"] == ["draft"]
    assert changed.json()["replace"]["post-status"] == ["published"]


@pytest.mark.parametrize(
    "body", ["---\ntitle: x\n---\nText.\n", "See `{{< x >}}` and {{< y >}}.\n"]
)
def test_text_that_a_site_would_run_is_only_text(
    world: SiteWorld, site: MicropubSite, body: str
) -> None:
    kit.send(world, post_of(world, body=body))
    (text,) = site.public()
    assert "{{<" not in text
    assert not text.startswith("---")


def test_html_runs_nothing(site: MicropubSite, tmp_path: Path) -> None:
    world = around(site, tmp_path, format="html")
    kit.send(world, post_of(world, body="**Bold** `{{% x %}}` {{< y >}}\n"))
    (text,) = site.public()
    assert text.startswith("<p><strong>Bold</strong> <code>")
    assert "{{%" not in text
    assert "{{<" not in text


def test_pictures_go_to_the_media_endpoint_once(world: SiteWorld, site: MicropubSite) -> None:
    sha = "ef" * 32
    path = f"attachments/ef/{sha}.png"
    (world.folder / path).parent.mkdir(parents=True)
    (world.folder / path).write_bytes(b"\x89PNG\r\n")
    file = Attachment(sha, "loss.png", path, "image/png", 6)
    post, memory = post_of(world, body=f"![loss]({path})\n", attachments=(file,)), Memory()
    site.faults = ["public:accept-then-drop"]
    with pytest.raises(Unsure):
        kit.send(world, post, memory)
    assert kit.settle(world, post, memory).live
    place = f"{site.url}/uploads/loss-{sha[:12]}.png"
    assert site.state["files"] == {place: b"\x89PNG\r\n"}
    assert site.public() == [f"![loss]({place})\n"]
    assert sum(r.path == "/micropub/media" for r in site.requests) == 1


def test_what_was_deleted_there_is_not_quietly_made_again(
    world: SiteWorld, site: MicropubSite
) -> None:
    post, memory = post_of(world), Memory()
    kit.send(world, post, memory)
    site.state["posts"].clear()
    with pytest.raises(JournalError, match="any more"):
        kit.send(world, replace(post, body="New.\n"), memory)
    key = world.kind.natural_key(world.config, post)
    gone = kit.known(post, memory)
    world.kind.unpublish(world.config, gone, key, Delivery(remember=memory.remember))
    assert kit.send(world, post, memory).live


@pytest.mark.parametrize("link", ["html", "header"])
def test_the_site_says_where_its_server_is(tmp_path: Path, link: str) -> None:
    with MicropubSite(SECRET, link=link) as site:
        facts = MicropubTarget().check(around(site, tmp_path).config)
        assert facts[0] == f"Micropub at {site.url}/micropub"
        assert "ada.example" in facts[1]


def test_wrong_places_are_told(world: SiteWorld, site: MicropubSite, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="has no blog") as told:
        world.kind.check({**world.config, "destination": "https://other.example/"})
    assert "https://lab.example/" in told.value.hint
    facts = world.kind.check({**world.config, "destination": "https://lab.example/"})
    assert "posts go to lab.example" in facts
    site.link = ""
    with pytest.raises(JournalError, match="names no Micropub server"):
        world.kind.check(world.config)
    direct = {**world.config, "endpoint": f"{site.url}/micropub"}
    with pytest.raises(AccessDenied):
        world.kind.check({**direct, "token": Secret("wrong-token")})
    assert world.kind.check(direct)


@pytest.mark.parametrize("fault", ["drop", "500", "503", "refuse-429:30"])
def test_what_was_not_done_is_done_later(world: SiteWorld, site: MicropubSite, fault: str) -> None:
    post, memory = post_of(world), Memory()
    site.faults = [fault]
    with pytest.raises(TryLater) as told:
        kit.send(world, post, memory)
    assert told.value.after_ms == (30_000 if "429" in fault else None)
    kit.send(world, post, memory)
    assert site.deliveries == 1
