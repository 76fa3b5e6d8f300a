"""By hand: LinkedIn and every other network that lets no program of ours post.

Invariant: nothing is claimed that nobody can know. This kind never says that a post is out: it
asks for the person, who posts the text and then says so (`journal settle`, or the window).
"""

from __future__ import annotations

from dataclasses import replace
from typing import NoReturn

from journal_app.domain.digest import Thread
from journal_app.domain.publishing import Receipt
from journal_app.domain.social_text import NETWORKS, Network
from journal_app.domain.targets import Abilities, Config, Delivery, Field, Post
from journal_app.errors import JournalError
from journal_app.publish.social.threads import (
    FIELDS,
    fingerprint,
    language_of,
    number,
    switch,
    thread_of,
)
from journal_app.runtime.http import address


class ClipboardTarget:
    """Posts that a person takes from the clipboard to a page in the browser."""

    title = "By hand (LinkedIn and others)"
    abilities = Abilities(
        updates=False,
        unpublishes=False,
        repeats="never",
        reads=False,
        remote=False,
        page=False,
    )
    fields = (
        Field(
            "network",
            "Network",
            "How the text is counted.",
            required=True,
            type="choice",
            choices=("linkedin", "mastodon", "bluesky", "plain"),
            default="linkedin",
        ),
        Field("url", "Page to open", "Where you post; empty: the network's own.", type="url"),
        Field("limit", "Characters of a part", "Empty: as the network takes."),
        *FIELDS,
    )

    def check(self, config: Config) -> tuple[str, ...]:
        """Reads the settings; there is nothing to ask."""
        network = _network(config)
        return (
            f"{network.title}: a part has {network.limit:,} characters at most",
            "posted by hand: at its time the post waits for you in the window",
        )

    def natural_key(self, config: Config, post: Post) -> str:
        """The post's own id."""
        return f"post:{post.id}"

    def thread(self, config: Config, post: Post) -> Thread:
        """The parts to copy."""
        return thread_of(config, post, _network(config))

    def preflight(self, config: Config, post: Post, key: str) -> str:
        """The hash of the parts."""
        return fingerprint(self.thread(config, post), language=language_of(config, post))

    def publish(self, config: Config, post: Post, key: str, delivery: Delivery) -> Receipt:
        """Never by itself: says what the person does."""
        network = _network(config)
        raise JournalError(
            f"This one is posted by hand: {network.title} takes no post from a program.",
            "Open it in the window, or copy it with `journal digest POST --network "
            f"{network.name} --copy`, post it, then say so: `journal settle POST --out --url …`.",
        )

    def find(self, config: Config, post: Post, key: str) -> Receipt | None:
        """Cannot be known from here."""
        _unknown(config)

    def unpublish(self, config: Config, post: Post, key: str, delivery: Delivery) -> None:
        """Cannot be done from here."""
        _unknown(config)


def _unknown(config: Config) -> NoReturn:
    network = _network(config)
    raise JournalError(
        f"Whether it stands at {network.title} only you can see.",
        f"Look there ({network.address or config.get('url') or 'at the network'}), then say what "
        "you found: `journal settle POST --out` or `--not-out`.",
    )


def _network(config: Config) -> Network:
    """The network of the settings, with its own page and limit. Raises JournalError."""
    name = str(config.get("network") or "")
    if name not in NETWORKS:
        raise JournalError(
            f"network={name} is not known." if name else "The target lacks a network (network).",
            f"Use one of {', '.join(NETWORKS)}.",
        )
    network = NETWORKS[name]
    url = str(config.get("url") or "")
    network = replace(
        network,
        limit=number(config, "limit", network.limit, 20, 100_000),
        address=address(url) if url else network.address,
        short_links=False,  # what is pasted leads where its words say
    )
    switch(config, "pictures")
    return network
