"""A fake site as the conformance kit wants it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from journal_app.domain.targets import Post, PublishTarget
from journal_app.extend.conformance import Fault
from tests.helpers.servers.base import FakeSite

QUEUED = {
    "lost-reply": "public:accept-then-drop",
    "drop": "public:drop",
    "busy": "refuse-429:7",
}


class SiteWorld:
    """`shown` and `waiting` say what readers see, and how much the site holds back."""

    def __init__(
        self,
        kind: PublishTarget,
        site: FakeSite,
        folder: Path,
        config: Mapping[str, Any],
        shown: Callable[[], list[str]],
        waiting: Callable[[], int] = lambda: 0,
    ) -> None:
        self.kind = kind
        self.site = site
        self.folder = folder
        self.config = config
        self._shown = shown
        self._waiting = waiting

    def live(self, post: Post) -> list[str]:
        return self._shown()

    def held(self, post: Post) -> int:
        return self._waiting()

    def fault(self, fault: Fault) -> bool:
        if fault == "away":
            self.site.leave()
        elif fault == "denied":
            self.site.revoked = True
        else:
            self.site.faults.append(QUEUED[fault])
        return True
