"""The part of the composition root that has to do with publishing. `Journal` is built on it."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

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
        `journal publish --due` call it."""
        outcomes = self.publishing.run_due()
        self.preflight.look_ahead(self.store.now())
        self.receipts.look_due()
        return outcomes

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
