"""What an attempt sends to Mastodon, told by prints; compared with what stands there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from journal_app.domain.digest import Thread
from journal_app.domain.targets import Config, Post
from journal_app.errors import JournalError
from journal_app.publish.social.mastodon_api import text_print
from journal_app.publish.social.threads import fingerprint, language_of, part_print

VISIBILITIES = ("public", "unlisted", "private")


@dataclass(frozen=True, slots=True)
class Sent:
    """What an attempt sends, told by prints: the whole; of each part everything, and its text."""

    whole: str = ""
    parts: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

    @classmethod
    def of(cls, config: Config, post: Post, thread: Thread) -> Sent:
        """What the thread is today."""
        more = {
            "visibility": visibility_of(config),
            "warning": str(config.get("warning") or ""),
            "language": language_of(config, post),
        }
        return cls(
            fingerprint(thread, **more),
            tuple(part_print(part, **more) for part in thread.parts),
            tuple(text_print(part.text) for part in thread.parts),
        )

    @classmethod
    def kept(cls, memory: Mapping[str, str]) -> Sent:
        """What the last attempt was about to send."""
        return cls(
            memory.get("whole", ""),
            tuple(memory.get("prints", "").split()),
            tuple(memory.get("texts", "").split()),
        )

    def as_memory(self) -> dict[str, str]:
        """For `Delivery.remember`."""
        return {
            "whole": self.whole,
            "prints": " ".join(self.parts),
            "texts": " ".join(self.texts),
        }


def visibility_of(config: Config) -> str:
    """Who sees the statuses. Raises JournalError."""
    found = str(config.get("visibility") or "public")
    if found not in VISIBILITIES:
        raise JournalError(
            f"visibility={found} is not known.", f"Use one of {', '.join(VISIBILITIES)}."
        )
    return found
