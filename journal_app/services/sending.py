"""Sending: look at what is awake, claim, check, render, send, keep the receipt.

Invariants: no transaction is open and no lock held while a target works; every move names the
attempt that it belongs to, so that a late answer cannot move what a later attempt is about; the
posts of one target go one after the other, those of several targets side by side.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from journal_app.domain import retry
from journal_app.domain.due import span
from journal_app.domain.publishing import LEASE, Outcome, Publication, Receipt
from journal_app.domain.targets import (
    AccessDenied,
    Delivery,
    Post,
    PublishTarget,
    Superseded,
    TryLater,
    Unsure,
)
from journal_app.errors import Cancelled, JournalError
from journal_app.runtime import clock
from journal_app.services import planning
from journal_app.services.calling import ask, under_way
from journal_app.services.lanes import LOOK_AGAIN, Lanes
from journal_app.services.lateness import GRACE, Lateness
from journal_app.store import publications, queue, targets

if TYPE_CHECKING:
    from journal_app.runtime.vault import Vault
    from journal_app.store.database import Store, Writer

T = TypeVar("T")

VERIFY_AFTER = 20_000  # ms after its time that a post held by its target is looked for


class Kinds(Protocol):
    """The registry of kinds of target."""

    def get(self, name: str) -> PublishTarget:
        """The kind called `name`. Raises JournalError."""
        ...

    def names(self) -> list[str]:
        """The known kinds."""
        ...


@dataclass(frozen=True, slots=True)
class Opened:
    """A target with its secrets, for as long as something is sent."""

    name: str
    kind: PublishTarget
    config: Mapping[str, Any]


def _nothing(*_args: object) -> None:
    """For what nobody watches."""


@dataclass(frozen=True, slots=True)
class Watch:
    """Who watches one send: `progress` takes files (or steps) done and in all, `check` raises
    Cancelled when the user gave up."""

    progress: Callable[[int, int], None] = _nothing
    check: Callable[[], None] = _nothing


@dataclass(frozen=True, slots=True)
class Rules:
    """What the sender asks others: `refuse(p)` says in words why the preflight or a gate does not
    let `p` out (empty: it may go), `late_limit()` the limit of the settings in ms (-1: none)."""

    refuse: Callable[[Publication], str]
    late_limit: Callable[[], int]


class Sender:
    """Sends the publications of one journal. Safe in several threads and processes."""

    def __init__(self, store: Store, kinds: Kinds, vault: Vault, rules: Rules) -> None:
        self._store = store
        self._kinds = kinds
        self._vault = vault
        self._rules = rules
        self.late = Lateness(store, self, rules.late_limit)
        self._lanes = Lanes(store)

    def kind(self, name: str) -> PublishTarget:
        """The kind of target called `name`. Raises JournalError."""
        return self._kinds.get(name)

    def open(self, name: str, *, retired: bool = False) -> Opened:
        """A target as its kind wants it, secrets included. Raises JournalError."""
        found = targets.get(self._store.read(), name, retired=retired)
        kind = self.kind(found.kind)
        return Opened(name, kind, self._vault.open(name, found.config, kind.fields))

    def claim(self, w: Writer, now: int, id: str) -> Publication | None:
        """Take one publication for this process."""
        return publications.claim(w, id, now, clock.identity(), w.now + LEASE)

    # ------------------------------------------------------------------ what is awake

    def run(
        self, clock: Callable[[], int], settle: Callable[[Publication], Publication | None]
    ) -> list[Outcome]:
        """Look at everything that is awake by `clock`, also at what wakes up meanwhile; `settle`
        reads what is uncertain.

        Targets that another thread of this process sends to are left to it. What goes wrong with
        one row is raised when all others were looked at.
        """
        return self._lanes.run(clock, lambda id: self._tend(id, clock(), settle))

    def _tend(
        self, id: str, now: int, settle: Callable[[Publication], Publication | None]
    ) -> Outcome | None:
        p = publications.get(self._store.read(), id)
        if p.wake_at is None or p.wake_at > now:
            return None
        if p.state in ("unknown", "pushed"):
            after = settle(p)
            quiet = after is None or after.state in ("scheduled", "pushed")
            return None if quiet or after is None else self.outcome(after)
        if p.state != "scheduled":
            return None
        health = targets.health(self._store.read(), p.target)
        if health.paused(now):
            self._sleep(p, None if health.denied else health.until)
            return None
        if p.due.at > now:
            return self._hand_over(p, now)
        if self.late.too_late(p, now):
            return self.late.give_up(p, now)
        return self._claim_and_send(p, now, None)

    def _sleep(self, p: Publication, at: int | None) -> None:
        with self._store.write() as w:
            publications.wake(w, p, at)

    def _hand_over(self, p: Publication, now: int) -> Outcome | None:
        """Give it to its target ahead of time, where that can put it out by itself."""
        try:
            abilities = self.kind(targets.get(self._store.read(), p.target).kind).abilities
        except JournalError:
            self._sleep(p, p.due.at)
            return None
        if not self.early(p, abilities.schedules, abilities.lead_ms, now):
            self._sleep(p, p.due.at)
            return None
        return self._claim_and_send(p, now, p.due.at)

    def early(self, p: Publication, schedules: bool, lead_ms: int, now: int) -> bool:
        """Whether there is time to hand `p` to its target, and the target is to have it.

        What changes a live post is never handed over: a target would take it for another post, or
        hide the live one until then.
        """
        if not schedules or p.act != "publish" or p.due.at - now < max(lead_ms, GRACE):
            return False
        config = targets.get(self._store.read(), p.target, retired=True).config
        return str(config.get("push", "on")) != "off"

    def _claim_and_send(self, p: Publication, now: int, at: int | None) -> Outcome | None:
        with self._store.write() as w:
            claimed = self.claim(w, now, p.id)
        return None if claimed is None else self.send(claimed, now, at)

    # ------------------------------------------------------------------ one send

    def send(
        self, claimed: Publication, now: int, at: int | None = None, watch: Watch | None = None
    ) -> Outcome:
        """Send what this process has claimed: now, or to be held by its target until `at`."""
        with under_way(claimed.id):
            after = self._send(claimed, now, at, watch or Watch())
        # None: another process took it over meanwhile; what came of it stands in the table.
        return self.outcome(after or publications.get(self._store.read(), claimed.id))

    def _send(self, p: Publication, now: int, at: int | None, watch: Watch) -> Publication | None:
        try:
            opened = self.open(p.target)
            post = planning.as_post(self._store, p)
            sha = p.plan.sha256
            if p.act != "unpublish" and planning.in_trash(self._store, p.post_id):
                raise JournalError("The post lies in the trash.", "Restore it, or take it off.")
            if p.act != "unpublish":
                refused = self._rules.refuse(p)
                if refused:
                    error = JournalError(*refused.split("\n", 1))
                    return self._held(p, error) or self.moved(p, "blocked", error)
                sha = ask(lambda: opened.kind.preflight(opened.config, post, p.natural_key))
        except JournalError as error:
            return self.refused(p, error, at)
        fields: dict[str, object] = {
            "receipt": publications.kept_json(replace(p.plan, sha256=sha)),
            "lease_until": self._store.now() + LEASE,
            "first_sent": p.first_sent or self._store.now(),
        }
        with self._store.write() as w:
            sending = publications.move(w, p, "sending", p.natural_key, fields)
        if sending is None:
            return None
        post = replace(post, expected_sha256=sha or None)
        try:
            receipt = ask(lambda: self._deliver(opened, post, sending, at, watch))
        except Cancelled:  # targets ask only before the step that makes it public
            why = JournalError("Sending was cancelled.", "Publish it again, or take it off.")
            after = self._read_at_once(self.uncertain(sending, why), opened, post)
            return self.moved(after, "failed", why) if after and after.state == "unknown" else after
        except Superseded:
            return None
        except Unsure as error:
            return self._read_at_once(self.uncertain(sending, error), opened, post)
        except JournalError as error:
            return self.refused(sending, error, at)
        self._well(p.target)
        return self.arrived(sending, receipt, max(0, self._store.now() - p.due.at))

    def _deliver(
        self, opened: Opened, post: Post, p: Publication, at: int | None, watch: Watch
    ) -> Receipt | None:
        def remember(values: Mapping[str, str]) -> None:
            with self._store.write() as w:
                if not publications.remember(w, p, values, w.now + LEASE):
                    raise Superseded(
                        f"Publication {p.id} was taken over by another process.",
                        "It goes on there: `journal queue`.",
                    )

        delivery = Delivery(at=at, remember=remember, progress=watch.progress, check=watch.check)
        if p.act == "unpublish":
            opened.kind.unpublish(opened.config, post, p.natural_key, delivery)
            return None
        return opened.kind.publish(opened.config, post, p.natural_key, delivery)

    def uncertain(self, p: Publication, error: JournalError) -> Publication | None:
        """`p` may be out: it is read from its target soon."""
        return self.moved(p, "unknown", error, {"wake_at": self._store.now() + LOOK_AGAIN})

    def _read_at_once(
        self, p: Publication | None, opened: Opened, post: Post
    ) -> Publication | None:
        """Often it stands there already. That it does not proves nothing yet."""
        if p is None or p.act == "unpublish" or not opened.kind.abilities.reads:
            return p
        try:
            found = ask(lambda: opened.kind.find(opened.config, post, p.natural_key))
        except JournalError:
            return p
        return self.arrived(p, found, max(0, self._store.now() - p.due.at)) if found else p

    def arrived(self, p: Publication, receipt: Receipt | None, late_ms: int) -> Publication | None:
        """Keep the proof: out, held by the target, or (without a receipt) taken back."""
        if receipt is None:
            with self._store.write() as w:
                return publications.move(w, p, "removed", "taken back", {"last_error": None})
        kept = replace(receipt, late_ms=late_ms, remote={})
        fields: dict[str, object] = {
            "receipt": publications.kept_json(p.plan, kept),
            "remote_url": kept.url or None,
            "last_error": None,
        }
        with self._store.write() as w:
            publications.learn(w, p, receipt.remote)
            if not kept.live:
                fields["wake_at"] = p.due.at + VERIFY_AFTER
                detail = f"{p.target} holds it until {p.due.wall} {p.due.tz}"
                return publications.move(w, p, "pushed", detail, fields)
            if kept.url.startswith(("https://", "http://")) and self._has_page(p.target):
                fields["next_check"] = w.now
            late = f", {span(late_ms)} late" if late_ms >= GRACE else ""
            return publications.move(w, p, "published", (kept.url or kept.path) + late, fields)

    def _has_page(self, target: str) -> bool:
        """Whether what `target` publishes can be looked at by anybody."""
        try:
            found = targets.get(self._store.read(), target, retired=True)
            return self.kind(found.kind).abilities.page
        except JournalError:
            return False

    def refused(self, p: Publication, error: JournalError, at: int | None) -> Publication | None:
        """It is certainly not out: try it again by itself, wait for a key, or for the user."""
        now = self._store.now()
        if isinstance(error, TryLater | AccessDenied):
            denied = isinstance(error, AccessDenied)
            wake: int | None = None
            with self._store.write() as w:
                health = targets.health(w.db, p.target)
                chance = random.random()
                health = retry.after_failure(health, now, chance, error.message, denied=denied)
                targets.set_health(w, p.target, health)
            if not denied:
                asked = error.after_ms or 0 if isinstance(error, TryLater) else 0
                wake = now + max(asked, retry.delay(p.attempt, random.random()))
                wake = max(wake, health.until or 0)
                wake = min(wake, p.due.at) if p.due.at > now else wake
            return self.moved(p, "scheduled", error, {"wake_at": wake})
        held = self._held(p, error)
        if held is not None:
            return held
        if at is not None:  # the target does not want to hold it: it is sent from here in time
            return self.moved(p, "scheduled", error, {"wake_at": p.due.at})
        return self.moved(p, "failed", error)

    def _held(self, p: Publication, error: JournalError) -> Publication | None:
        """Take back what its target holds of `p` in an earlier form, now that this one is refused;
        None where it holds nothing."""
        if p.act != "publish" or not queue.ever_pushed(self._store.read(), p.id):
            return None
        try:
            opened, post = self.open(p.target), planning.as_post(self._store, p)
        except JournalError:
            return None
        return self.late.withdraw(p, opened, post, error)

    def _well(self, target: str) -> None:
        if targets.health(self._store.read(), target) != retry.Health():
            with self._store.write() as w:
                targets.set_health(w, target, retry.Health())
                publications.wake_target(w, target)

    def moved(
        self,
        p: Publication,
        to: str,
        error: JournalError,
        fields: Mapping[str, object] | None = None,
    ) -> Publication | None:
        """Move `p` and keep why."""
        with self._store.write() as w:
            kept = {"last_error": str(error), **(fields or {})}
            return publications.move(w, p, to, error.message, kept)

    def outcome(self, p: Publication) -> Outcome:
        """What became of `p`, for people."""
        title = publications.frozen(self._store.read(), p.post_id, p.rev).title
        message, _, hint = (p.last_error or "").partition("\n")
        return Outcome(p, title, message, hint)
