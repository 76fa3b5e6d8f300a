"""Mastodon: a post as a thread of statuses, or one that the server holds until its time.

Invariants: a part is sent only after the id of the one before it is remembered, with a key made of
publication and part; before a part is sent again, the account's own statuses are searched for it,
because the server forgets keys after an hour. One that the server held and that is neither held
nor out is on its way: it is waited for, not sent again.

The server holds single statuses only, and cannot hold a change: a thread of several parts and an
update are sent from this computer at their time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NoReturn

from journal_app.domain.digest import Thread
from journal_app.domain.publishing import Receipt
from journal_app.domain.social_text import NETWORKS, fits, length
from journal_app.domain.targets import (
    Abilities,
    Config,
    Delivery,
    Field,
    Post,
    Secret,
)
from journal_app.errors import JournalError
from journal_app.publish.social.mastodon_api import Account
from journal_app.publish.social.mastodon_sent import VISIBILITIES, Sent, visibility_of
from journal_app.publish.social.mastodon_thread import LEAD, Work
from journal_app.publish.social.threads import FIELDS, number, thread_of
from journal_app.runtime.http import TIMEOUT, address


class MastodonTarget:
    """Posts as statuses of an account on a Mastodon server."""

    title = "Mastodon"
    abilities = Abilities(
        schedules=True,
        lead_ms=LEAD,
        repeats="window",
        repeat_ms=3_600_000,
    )
    fields = (
        Field("url", "Server", "Where you sign in, as https://mastodon.social", True, type="url"),
        Field(
            "token",
            "Access token",
            "Preferences › Development › New application, with read and write.",
            required=True,
            secret=True,
        ),
        Field(
            "visibility",
            "Visible to",
            "unlisted: not in public timelines; private: followers only.",
            type="choice",
            choices=VISIBILITIES,
            default="public",
        ),
        Field("warning", "Content warning", "Shown first; the text is folded under it."),
        Field("limit", "Characters of a part", "What your server takes.", default="500"),
        *FIELDS,
    )

    def check(self, config: Config) -> tuple[str, ...]:
        """Sign in, read the limits, look whether the token may read what is scheduled."""
        visibility_of(config)
        with _account(config) as account:
            me = account.me()
            about = account.instance()
            account.all_held()
            server = _limit(about)
            mine = _taken(config)
            if server and mine > server:
                raise JournalError(
                    f"{account.site} takes {server:,} characters, not {mine:,}.",
                    f"Set limit={server} for this target.",
                )
            more = f" (it would take {server:,}: limit={server})" if server > mine else ""
            version = str(about.get("version") or "")[:40]
            return (
                f"Mastodon {version} at {account.base}".replace("  ", " "),
                f"signed in as @{me.get('acct') or me.get('username')}",
                f"a part has {mine:,} characters at most{more}; a link counts 23",
                "a single message is handed over ahead of its time; a thread of several parts "
                "is sent from this computer",
            )

    def natural_key(self, config: Config, post: Post) -> str:
        """The post's own id: a status has no name that we could choose."""
        return f"post:{post.id}"

    def thread(self, config: Config, post: Post) -> Thread:
        """Exactly the statuses that `publish` makes."""
        warning = str(config.get("warning") or "")
        limit = _taken(config)
        network = NETWORKS["mastodon"]  # a content warning counts with every part
        network = replace(network, limit=limit - length(warning, network))
        if network.limit < 40:
            raise JournalError("The content warning leaves no room for text.", "Shorten it.")
        return thread_of(config, post, network)

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """The hash of the thread with its visibility, warning and language."""
        address(str(config.get("url") or ""))
        return Sent.of(config, post, self.thread(config, post)).whole

    # ------------------------------------------------------------------ publish

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Send or change the thread part by part, each remembered before the next."""
        thread = self.thread(config, post)
        sent = Sent.of(config, post, thread)
        with _account(config) as account:
            _check_limit(account, config, thread)
            work = Work(account, config, post, thread, sent, delivery)
            if delivery.at is not None:
                return work.hand_over(delivery.at)
            work.take_back_held()
            return work.send()

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """By the ids that were remembered, and by looking through the account's statuses."""
        if post.since and not post.remote.get("begun"):  # it may be forgotten, as after a restore
            post = replace(post, remote={**post.remote, "begun": str(post.since)})
        memory = post.remote
        if not memory.get("begun") and not memory.get("part1"):
            return None  # that is remembered before anything is sent
        if memory.get("whole") and memory["whole"] == post.expected_sha256:
            # What was about to be sent counts, not what would be today.
            thread, sent = Thread(NETWORKS["mastodon"], ()), Sent.kept(memory)
        else:
            thread = self.thread(config, post)
            sent = Sent.of(config, post, thread)
        with _account(config) as account:
            return Work(account, config, post, thread, sent, Delivery()).found()

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """Delete what is held and every part, the last first."""
        with _account(config) as account:
            nothing = Thread(NETWORKS["mastodon"], ())
            work = Work(account, config, post, nothing, Sent.kept(post.remote), delivery)
            work.take_back_held()
            work.remove_all()


def _account(config: Config) -> Account:
    url, token = config.get("url"), config.get("token")
    if not url:
        _missing("url", "the server", "url=https://mastodon.social")
    if not isinstance(token, Secret) or not token.shown_to_target():
        _missing("token", "an access token", "`journal target secret NAME token`")
    return Account(str(url), token, float(config.get("timeout") or TIMEOUT))


def _missing(name: str, what: str, way: str) -> NoReturn:
    raise JournalError(f"The target lacks {what} ({name}).", f"Give it: {way}")


def _taken(config: Config) -> int:
    return number(config, "limit", 500, 50, 100_000)


def _limit(about: Mapping[str, Any]) -> int:
    try:
        return int(about["configuration"]["statuses"]["max_characters"])
    except (KeyError, TypeError, ValueError):
        return 0


def _check_limit(account: Account, config: Config, thread: Thread) -> None:
    """The server's own limit may be lower than the setting says."""
    limit = _limit(account.instance())
    lower = _taken(config) - limit
    if not limit or lower <= 0:
        return
    network = replace(thread.network, limit=thread.network.limit - lower)
    if not all(fits(part.text, network) for part in thread.parts):
        raise JournalError(
            f"{account.site} takes {limit:,} characters a part, and this thread has longer ones.",
            f"Set limit={limit} for this target, then publish again.",
        )
