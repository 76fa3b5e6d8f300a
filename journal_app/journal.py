"""Journal: opens the store and builds the services. Everything above reaches data through it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from journal_app import paths
from journal_app.domain.changes import Change
from journal_app.errors import JournalError
from journal_app.services.entries import EntryService
from journal_app.services.spool import collect
from journal_app.store.database import Store, system_now

if TYPE_CHECKING:
    from journal_app.models.host import ModelHost
    from journal_app.services.assist import AssistService
    from journal_app.services.collections import CollectionService
    from journal_app.services.experiments import ExperimentService
    from journal_app.services.exporting import ExportService
    from journal_app.services.publishing import PublishingService
    from journal_app.services.upkeep import UpkeepService
    from journal_app.services.writing import WritingService
    from journal_app.store.preferences import Preferences


class Journal:
    """One open journal: a folder with `journal.db`, `attachments/` and `backups/`.

    Services are built on first use, so that a command pays only for what it needs.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        now: Callable[[], int] = system_now,
        create: bool = True,
    ) -> None:
        self.folder = Path(folder) if folder is not None else paths.default_journal()
        self.store = Store(self.folder, now=now, create=create)
        self.entries = EntryService(self.store)
        if not self.store.read_only:
            collect(self.entries, self.folder)  # notes of scripts that are not entries yet
        self._host: ModelHost | None = None

    @cached_property
    def settings(self) -> Preferences:
        """The settings of this journal."""
        from journal_app.store.preferences import Preferences

        return Preferences(self.store)

    @cached_property
    def experiments(self) -> ExperimentService:
        """Runs, evals and their import."""
        from journal_app.extend.registry import run_importers
        from journal_app.services.experiments import ExperimentService

        return ExperimentService(self.store, run_importers())

    @cached_property
    def writing(self) -> WritingService:
        """Drafts out of entries."""
        from journal_app.services.writing import WritingService

        return WritingService(self.store)

    @cached_property
    def publishing(self) -> PublishingService:
        """Targets, schedule, queue, publish."""
        from journal_app.extend.registry import publish_targets
        from journal_app.services.publishing import PublishingService

        return PublishingService(self.store, publish_targets())

    @cached_property
    def assist(self) -> AssistService:
        """Summaries by the model on this device."""
        from journal_app.services.assist import AssistService

        return AssistService(self.store, self.model_host)

    @property
    def model_host(self) -> ModelHost:
        """The client of the model process; the process starts with the first request."""
        if self._host is None:
            from journal_app.models.host import ModelHost

            self._host = ModelHost(paths.model_packs(), device=self.settings.get("device"))
        return self._host

    @cached_property
    def collections(self) -> CollectionService:
        """Collections of notes of other programs, and our own exports."""
        from journal_app.extend.registry import note_importers
        from journal_app.services.collections import CollectionService

        return CollectionService(self.store, note_importers())

    @cached_property
    def exporting(self) -> ExportService:
        """Entries as a folder of Markdown files."""
        from journal_app.services.exporting import ExportService

        return ExportService(self.store)

    @cached_property
    def upkeep(self) -> UpkeepService:
        """Backups, restore, checks."""
        from journal_app.services.upkeep import UpkeepService

        return UpkeepService(self.store)

    def subscribe(self, listener: Callable[[list[Change]], None]) -> None:
        """Call `listener` after each commit of this process, in the thread that wrote."""
        self.store.subscribe(listener)

    def poll(self) -> list[Change]:
        """What other processes changed since the last call."""
        return self.store.poll()

    def explain(self, error: BaseException) -> JournalError | None:
        """The plain message for an error of the storage; None for an error that is a bug."""
        return self.store.explain(error)

    def close(self) -> None:
        """Stop the model process and close the store."""
        if self._host is not None:
            self._host.close()
            self._host = None
        self.store.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def open_journal(folder: Path | str | None = None) -> Journal:
    """Open the journal in `folder` (made if it is not there); default: the user's own.

    Raises JournalError when the folder cannot be used or the database is damaged or newer.
    """
    return Journal(Path(folder) if folder is not None else None)
