"""What every kind of target must do: a set of checks for its authors, built-in kinds included.

Use with pytest (nothing of it is needed here): subclass `TargetConformance` and give a fixture
`world` that makes a `World` around a test server of yours:

    class TestMyTarget(TargetConformance):
        @pytest.fixture
        def world(self, tmp_path): ...
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Protocol

from journal_app.domain.due import due_at
from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import (
    AccessDenied,
    Config,
    Delivery,
    Post,
    PublishTarget,
    Superseded,
    TryLater,
    Unsure,
)
from journal_app.errors import JournalError

AT = 1_796_115_600_000  # 2026-12-01 09:00 UTC
SECRET = "s3cr3t-of-the-conformance-kit-0123456789abcdef"
Fault = Literal[
    "lost-reply",  # the next step that makes something public is done, its answer is lost
    "drop",  # the connection breaks before anything is done
    "busy",  # 429 with Retry-After: 7
    "denied",  # the key is revoked
    "away",  # nobody listens
]


class World(Protocol):
    """A test server and how to reach it."""

    kind: PublishTarget
    config: Config
    folder: Path

    def live(self, post: Post) -> list[str]:
        """What readers see of this post, one item a copy, as the server itself tells it: its text
        or something that changes with the text."""
        ...

    def held(self, post: Post) -> int:
        """How many copies the server will put out by itself later."""
        ...

    def fault(self, fault: Fault) -> bool:
        """Arrange for it; False where this kind cannot meet it (a folder has no 429)."""
        ...


@dataclass
class Memory:
    """What a target asked to remember, as the journal keeps it between attempts."""

    values: dict[str, str] = field(default_factory=dict)
    calls: int = 0
    die_at: int = 0  # the call (1, 2, …) at which another attempt has taken over

    def remember(self, values: Mapping[str, str]) -> None:
        """Keep them, or stop an attempt that is no longer the one."""
        self.calls += 1
        if self.die_at and self.calls >= self.die_at:
            raise Superseded("Another attempt took over.")
        assert all(isinstance(v, str) and type(v) is str for v in values.values()), (
            "only plain strings are remembered"
        )
        self.values.update(values)


def post_of(world: World, **changes: Any) -> Post:
    """A post for checks; `changes` are fields of Post."""
    given = Post(
        "01JE0000000000000000000001",
        1,
        "Warmup ended the divergence",
        "Loss fell after step 500.\n\nIt stayed there for 2,000 steps.\n",
        "warmup-ended-the-divergence",
        ("warmup",),
        "What 500 steps of warmup did.",
        due_at(AT, "Europe/Berlin"),
        world.folder,
        publication="01JE0000000000000000000P01",
    )
    return replace(given, **changes)


def _words(error: BaseException) -> str:
    found = f"{error} {getattr(error, 'message', '')} {getattr(error, 'hint', '')} {error!r}"
    if error.__cause__ is not None:
        found += f" {error.__cause__}"
    return found


class TargetConformance:
    """The checks. Each one gets a fresh world."""

    # ------------------------------------------------------------------ tools

    def send(
        self, world: World, post: Post, memory: Memory | None = None, at: int | None = None
    ) -> Receipt:
        """Preflight and publish, as the journal does."""
        memory = memory or Memory()
        key = world.kind.natural_key(world.config, post)
        post = self.known(post, memory)
        post = replace(post, expected_sha256=world.kind.preflight(world.config, post, key))
        return world.kind.publish(
            world.config, post, key, Delivery(at=at, remember=memory.remember)
        )

    def look(self, world: World, post: Post, memory: Memory | None = None) -> Receipt | None:
        """`find`, as the journal calls it after an attempt."""
        post = self.known(post, memory or Memory())
        key = world.kind.natural_key(world.config, post)
        sha = world.kind.preflight(world.config, post, key)
        return world.kind.find(world.config, replace(post, expected_sha256=sha), key)

    @staticmethod
    def known(post: Post, memory: Memory) -> Post:
        """The post with what was remembered."""
        return replace(post, remote={**post.remote, **memory.values})

    def settle(self, world: World, post: Post, memory: Memory) -> Receipt:
        """What the journal does after `Unsure`: read, and send again only where it is not out."""
        found = self.look(world, post, memory) if world.kind.abilities.reads else None
        return found or self.send(world, post, memory)

    # ------------------------------------------------------------------ what it says of itself

    def test_it_describes_itself(self, world: World) -> None:
        """Title, abilities and fields make sense together."""
        kind = world.kind
        assert isinstance(kind, PublishTarget)
        assert kind.title
        names = [one.name for one in kind.fields]
        assert len(names) == len(set(names))
        assert all(one.label for one in kind.fields)
        if kind.abilities.repeats == "window":
            assert kind.abilities.repeat_ms > 0
        facts = kind.check(world.config)
        assert facts
        assert all(isinstance(fact, str) and SECRET not in fact for fact in facts)

    def test_a_missing_setting_is_named(self, world: World) -> None:
        """Without a required field `check` says which one."""
        for one in world.kind.fields:
            if not one.required:
                continue
            config = {k: v for k, v in world.config.items() if k != one.name}
            try:
                world.kind.check(config)
            except JournalError as error:
                assert error.hint or one.name in error.message.lower()
            else:
                raise AssertionError(f"{one.name} is required, and check() is content without it")

    def test_the_key_and_the_preflight_are_pure(self, world: World) -> None:
        """The same post has the same key and hash every time; another text another hash."""
        kind, post = world.kind, post_of(world)
        key = kind.natural_key(world.config, post)
        assert key == kind.natural_key(world.config, replace(post, rev=2, body="Other.\n"))
        sha = kind.preflight(world.config, post, key)
        assert sha == kind.preflight(world.config, post, key)
        assert sha != kind.preflight(world.config, replace(post, body="Other.\n"), key)
        assert world.live(post) == []

    # ------------------------------------------------------------------ the good way

    def test_it_goes_out_once_and_is_found(self, world: World) -> None:
        """Nothing before, one copy and a receipt after, the same receipt by reading."""
        post, memory = post_of(world), Memory()
        if world.kind.abilities.reads:
            assert self.look(world, post) is None
        receipt = self.send(world, post, memory)
        assert receipt.live
        assert receipt.path
        assert len(receipt.sha256) == 64
        assert SECRET not in repr(receipt)
        assert SECRET not in repr(memory.values)
        assert len(world.live(post)) == 1
        if world.kind.abilities.reads:
            found = self.look(world, post, memory)
            assert found is not None
            assert (found.live, found.url, found.sha256) == (True, receipt.url, receipt.sha256)

    def test_a_repeat_makes_no_second_one(self, world: World) -> None:
        """With and without what was remembered."""
        post, memory = post_of(world), Memory()
        self.send(world, post, memory)
        self.send(world, post, memory)
        assert len(world.live(post)) == 1
        with contextlib.suppress(JournalError):  # it may refuse; it may not double
            self.send(world, post, Memory())
        assert len(world.live(post)) == 1

    def test_an_update_changes_the_same_one(self, world: World) -> None:
        """Where the kind can: one copy with the new text."""
        post, memory = post_of(world), Memory()
        first = self.send(world, post, memory)
        before = world.live(post)
        changed = replace(
            post,
            rev=2,
            body="Loss fell after step 800.\n",
            publication="01JE0000000000000000000P02",
            previous_sha256=first.sha256,
            updated=due_at(AT + 3_600_000, "Europe/Berlin"),
        )
        if not world.kind.abilities.updates:
            try:
                self.send(world, changed, memory)
            except JournalError as error:
                assert error.hint
            assert world.live(post) == before
            return
        self.send(world, changed, memory)
        after = world.live(changed)
        assert len(after) == 1
        assert after != before

    def test_it_can_be_taken_back(self, world: World) -> None:
        """Where the kind can; taking back what is not there is success."""
        if not world.kind.abilities.unpublishes:
            return
        post, memory = post_of(world), Memory()
        receipt = self.send(world, post, memory)
        gone = replace(self.known(post, memory), previous_sha256=receipt.sha256)
        key = world.kind.natural_key(world.config, post)
        for _again in range(2):
            world.kind.unpublish(world.config, gone, key, Delivery(remember=memory.remember))
            assert world.live(post) == []
        if world.kind.abilities.reads:
            found = self.look(world, post, memory)
            assert found is None or not found.live

    def test_what_the_target_holds_is_not_out_yet(self, world: World) -> None:
        """Where the kind schedules: held, then out once; held, then taken back."""
        abilities = world.kind.abilities
        if not abilities.schedules:
            return
        import time

        at = time.time_ns() // 1_000_000 + max(abilities.lead_ms, 60_000) + 3_600_000
        post, memory = post_of(world, dated=due_at(at, "Europe/Berlin")), Memory()
        receipt = self.send(world, post, memory, at)
        assert not receipt.live
        assert (world.live(post), world.held(post)) == ([], 1)
        found = self.look(world, post, memory)
        assert found is not None
        assert not found.live
        self.send(world, post, memory, at + 600_000)
        assert (world.live(post), world.held(post)) == ([], 1)
        receipt = self.send(world, post, memory)
        assert receipt.live
        assert (len(world.live(post)), world.held(post)) == (1, 0)
        other = replace(
            post,
            id="01JE0000000000000000000002",
            slug="held",
            publication="01JE0HELD0000000000000000X",
        )
        memory = Memory()
        self.send(world, other, memory, at)
        key = world.kind.natural_key(world.config, other)
        gone = self.known(other, memory)
        world.kind.unpublish(world.config, gone, key, Delivery(remember=memory.remember))
        assert (world.live(other), world.held(other)) == ([], 0)

    # ------------------------------------------------------------------ trouble

    def test_a_lost_reply_is_told_and_never_doubles(self, world: World) -> None:
        """The journal reads, then sends again at most what is not out: one copy."""
        post, memory = post_of(world), Memory()
        if not world.fault("lost-reply"):
            return
        try:
            receipt = self.send(world, post, memory)
        except (Unsure, TryLater) as error:
            assert SECRET not in _words(error)
            if world.kind.abilities.repeats != "never":
                receipt = self.settle(world, post, memory)
                assert receipt.live
        assert len(world.live(post)) == 1

    def test_a_broken_connection_is_told_as_it_was(self, world: World) -> None:
        """Nothing went out; after it, the post can go out, once."""
        post, memory = post_of(world), Memory()
        if not world.fault("drop"):
            return
        try:
            self.send(world, post, memory)
        except (Unsure, TryLater) as error:
            assert SECRET not in _words(error)
            if world.kind.abilities.repeats != "never":
                assert self.settle(world, post, memory).live
        else:
            raise AssertionError("a broken connection went unnoticed")
        assert len(world.live(post)) <= 1

    def test_a_busy_target_is_left_alone_for_as_long_as_it_says(self, world: World) -> None:
        """429 with Retry-After: 7."""
        post, memory = post_of(world), Memory()
        if not world.fault("busy"):
            return
        try:
            self.send(world, post, memory)
        except TryLater as error:
            assert error.after_ms == 7000
        else:
            raise AssertionError("429 is no reason to go on")
        assert world.live(post) == []
        assert self.send(world, post, memory).live

    def test_a_revoked_key_is_told(self, world: World) -> None:
        """AccessDenied with the next step, and the key is not in it."""
        post = post_of(world)
        if not world.fault("denied"):
            return
        for call in (lambda: self.send(world, post), lambda: world.kind.check(world.config)):
            try:
                call()
            except AccessDenied as error:
                assert error.hint
                assert SECRET not in _words(error)
            else:
                raise AssertionError("a revoked key went unnoticed")
        assert world.live(post) == []

    def test_a_target_that_is_away_may_be_tried_later(self, world: World) -> None:
        """Nobody listens: certainly not out."""
        post = post_of(world)
        if not world.fault("away"):
            return
        try:
            self.send(world, post)
        except TryLater as error:
            assert error.hint
            assert SECRET not in _words(error)
        else:
            raise AssertionError("nobody listens, and it was not told")

    def test_killed_at_any_step_it_goes_on_without_doubling(self, world: World) -> None:
        """Another attempt takes over at each `remember`; the last one ends with one copy."""
        post, memory = post_of(world), Memory()
        for step in range(1, 12):
            memory.calls, memory.die_at = 0, step
            try:
                self.send(world, post, memory)
            except Superseded:
                assert len(world.live(post)) <= 1
                continue
            break
        memory.die_at = 0
        assert self.settle(world, post, memory).live
        assert len(world.live(post)) == 1

    def test_hostile_words_are_only_words(self, world: World) -> None:
        """Titles and tags of any kind go out or are refused in words."""
        post = post_of(
            world,
            title='A "quoted" <b>title</b>: {{ 1+1 }} 漢字 🌡️ \\ ---',
            tags=("a b", "größe", 'x"y'),
            description="---\nnot: front matter\n",
            body="Text with `{{ code }}` and a line\n\n---\n\ntitle: no\n\n---\n\n漢字 and 🌡️.\n",
        )
        try:
            self.send(world, post)
        except (Unsure, TryLater) as error:
            raise AssertionError(f"hostile words broke something: {error}") from error
        except JournalError as error:
            assert error.hint
            assert world.live(post) == []
        else:
            assert len(world.live(post)) == 1
