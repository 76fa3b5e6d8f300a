"""The part of the composition root that has to do with publishing. `Journal` is built on it."""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.domain.publishing import Outcome
    from journal_app.domain.targets import PublishTarget
    from journal_app.extend.registry import Registry
    from journal_app.runtime.vault import Vault
    from journal_app.services.cadence import CadenceService
    from journal_app.services.calendar_file import CalendarFileService
    from journal_app.services.digest import DigestService
    from journal_app.services.preflight import PreflightService
    from journal_app.services.publisher import PublisherService
    from journal_app.services.publishing import PublishingService
    from journal_app.services.receipts import ReceiptService
    from journal_app.services.targets import TargetService
    from journal_app.store.database import Store
    from journal_app.store.preferences import Preferences


class PublishingParts:
    """Targets, approval, schedule, sending, receipts; each built on first use."""

    folder: Path
    store: Store
    _looker: threading.Thread | None = None

    @cached_property
    def settings(self) -> Preferences:
        """The settings of this journal."""
        from journal_app.store.preferences import Preferences

        return Preferences(self.store)

    @cached_property
    def publishing(self) -> PublishingService:
        """Schedule, queue, publish."""
        from journal_app.services.publishing import PublishingService

        return PublishingService(self.store, self._kinds, self._vault, checks=self.preflight)

    @cached_property
    def targets(self) -> TargetService:
        """Where posts go."""
        from journal_app.services.targets import TargetService

        return TargetService(self.store, self._kinds, self._vault)

    @cached_property
    def digest(self) -> DigestService:
        """Posts as threads of social networks."""
        from journal_app.services.digest import DigestService

        return DigestService(self.store, self._kinds)

    @cached_property
    def preflight(self) -> PreflightService:
        """Checks of posts before they go out, and their gates."""
        from journal_app.services.preflight import PreflightService

        return PreflightService(self.store)

    @cached_property
    def receipts(self) -> ReceiptService:
        """Looks at public pages, and the log of everything that happened."""
        from journal_app.services.receipts import ReceiptService

        return ReceiptService(self.store)

    @cached_property
    def cadence(self) -> CadenceService:
        """Slots of targets, blackout days, and the queue that is dealt into them."""
        from journal_app.services.cadence import CadenceService

        return CadenceService(self.store, self.publishing.schedule)

    @cached_property
    def calendar_file(self) -> CalendarFileService:
        """The schedule as an iCalendar file."""
        from journal_app.services.calendar_file import CalendarFileService

        return CalendarFileService(self.store, lambda: self.settings.get("calendar.file"))

    def tend(self) -> list[Outcome]:
        """Everything that publishing wants done by now; the heartbeat, the agent and
        `journal publish --due` call it. Looks at links and pages go on beside it, in a thread of
        their own: a slow page holds up no post."""
        if not self._looks() and (
            self.receipts.is_due() or self.preflight.is_ahead(self.store.now())
        ):
            self._looker = threading.Thread(target=self._look, name="looks", daemon=True)
            self._looker.start()
        return self.publishing.run_due()

    def looked(self, seconds: float | None = None) -> bool:
        """Wait for the looks that are under way, at most so long; whether they are over."""
        if self._looker is not None:
            self._looker.join(seconds)
        return not self._looks()

    def _looks(self) -> bool:
        return self._looker is not None and self._looker.is_alive()

    def _look(self) -> None:
        try:
            # What cannot be kept now is due again.
            with contextlib.suppress(JournalError, sqlite3.Error):
                self.preflight.look_ahead(self.store.now())
                self.receipts.look_due()
        finally:
            self.store.close_reader()

    @cached_property
    def publisher(self) -> PublisherService:
        """Which process publishes: the agent, or a window."""
        from journal_app.services.publisher import PublisherService

        return PublisherService(self.store)

    @cached_property
    def _kinds(self) -> Registry[PublishTarget]:
        from journal_app.extend.registry import publish_targets

        return publish_targets()

    @cached_property
    def _vault(self) -> Vault:
        from journal_app.runtime.vault import Vault

        return Vault(self.folder)
