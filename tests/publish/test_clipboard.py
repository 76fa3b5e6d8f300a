"""By hand: the text is made and counted as everywhere, and nothing is claimed."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_app.domain.targets import Config, Delivery, Post, PublishTarget
from journal_app.errors import JournalError
from journal_app.extend.conformance import Fault, TargetConformance, post_of
from journal_app.extend.registry import publish_targets
from journal_app.publish.social.clipboard import ClipboardTarget


class ClipboardWorld:
    """Nobody's server: what a person does cannot be seen from here."""

    kind: PublishTarget
    config: Config

    def __init__(self, folder: Path) -> None:
        self.kind = ClipboardTarget()
        self.folder = folder
        self.config = {"network": "linkedin"}

    def live(self, post: Post) -> list[str]:
        return []

    def held(self, post: Post) -> int:
        return 0

    def fault(self, fault: Fault) -> bool:
        return False


@pytest.fixture
def world(tmp_path: Path) -> ClipboardWorld:
    return ClipboardWorld(tmp_path)


def test_it_is_known() -> None:
    assert isinstance(publish_targets().get("clipboard"), ClipboardTarget)


def test_it_keeps_what_the_kit_asks_of_a_kind_that_sends_nothing(world: ClipboardWorld) -> None:
    kit = TargetConformance()
    kit.test_it_describes_itself(world)
    kit.test_a_missing_setting_is_named(world)
    kit.test_the_key_and_the_preflight_are_pure(world)


def test_it_never_says_that_it_is_out(world: ClipboardWorld) -> None:
    post = post_of(world)
    with pytest.raises(JournalError, match="posted by hand") as error:
        world.kind.publish(world.config, post, "key", Delivery())
    assert "journal digest POST --network linkedin --copy" in error.value.hint
    with pytest.raises(JournalError, match="only you"):
        world.kind.find(world.config, post, "key")
    with pytest.raises(JournalError, match="only you"):
        world.kind.unpublish(world.config, post, "key", Delivery())


def test_what_cannot_go_out_is_told_when_it_is_approved(world: ClipboardWorld) -> None:
    post = post_of(world, body=f"```digest\n{'x' * 3001}\n```\n")
    with pytest.raises(JournalError, match=r"3,001 characters as LinkedIn counts; it takes 3,000"):
        world.kind.preflight(world.config, post, "key")


@pytest.mark.parametrize(
    ("config", "word"),
    [
        ({"network": "myspace"}, "myspace"),
        ({"network": "linkedin", "url": "here"}, "here"),
        ({"network": "linkedin", "limit": "many"}, "many"),
        ({"network": "linkedin", "pictures": "perhaps"}, "perhaps"),
    ],
)
def test_a_wrong_setting_is_named(world: ClipboardWorld, config: Config, word: str) -> None:
    with pytest.raises(JournalError, match=word) as error:
        world.kind.check(config)
    assert error.value.hint


def test_any_network_has_its_own_page_and_limit(world: ClipboardWorld) -> None:
    config = {"network": "plain", "url": "https://forum.example.org/new", "limit": "100"}
    thread = ClipboardTarget().thread(config, post_of(world))
    assert thread.network.address == "https://forum.example.org/new"
    assert all(part.count <= 100 for part in thread.parts)
    assert len(thread.parts) > 1
