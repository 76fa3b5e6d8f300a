"""A journal with a counting target and a clock that the test sets."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from journal_app.domain.publishing import Publication
from journal_app.journal import Journal
from journal_app.runtime.vault import Vault
from journal_app.services.publishing import PublishingService
from journal_app.services.targets import TargetService
from journal_app.store import publications
from tests.helpers.publishing import CountingKinds

MINUTE = 60_000
START = int(datetime(2026, 11, 30, 12, 0, tzinfo=UTC).timestamp() * 1000)

ELSEWHERE = "another-computer/12/34"  # a process of another computer


class Desk:
    """A journal with a counting target, a folder target and a clock that the test sets."""

    def __init__(self, folder: Path, site: Path) -> None:
        self.now = START
        self.site = site
        self.journal = Journal(folder, now=lambda: self.now)
        vault = Vault(folder)
        self.service = PublishingService(self.journal.store, CountingKinds(), vault)
        self.targets = TargetService(self.journal.store, CountingKinds(), vault)
        self.targets.add("count", "counting", {"path": str(site)})

    def post(self, title: str = "A post", body: str = "body") -> str:
        return self.journal.entries.create(body, kind="post", title=title).id

    def schedule(self, post: str, at: str = "2026-12-01 09:00") -> Publication:
        return self.service.schedule(post, "count", at, tz="Europe/Berlin")

    def state(self, p: Publication) -> str:
        return publications.get(self.journal.store.read(), p.id).state

    def mode(self, mode: str) -> None:
        (self.site / "mode").write_text(mode)

    def become(self, p: Publication, state: str, by: str) -> None:
        """What a process that died left behind."""
        with self.journal.store.write() as w:
            w.db.execute(
                "UPDATE publications SET state = ?, claimed_by = ?, attempt = 1,"
                " lease_until = ? WHERE id = ?",
                (state, by, self.now + 10 * MINUTE, p.id),
            )
