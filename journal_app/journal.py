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
from journal_app.journal_publishing import PublishingParts
from journal_app.services.entries import EntryService
from journal_app.services.spool import collect
from journal_app.store.database import Store, system_now

if TYPE_CHECKING:
    from journal_app.domain.rewriter import Rewriter
    from journal_app.models.host import ModelHost
    from journal_app.services.assist import AssistService
    from journal_app.services.attachments import AttachmentService
    from journal_app.services.bulk import BulkService
    from journal_app.services.collections import CollectionService
    from journal_app.services.commands import CommandService
    from journal_app.services.documents import DocumentService
    from journal_app.services.drafts import DraftService
    from journal_app.services.experiments import ExperimentService
    from journal_app.services.exporting import ExportService
    from journal_app.services.favourites import FavouriteService
    from journal_app.services.history import HistoryService
    from journal_app.services.links import LinkService
    from journal_app.services.merging import MergeService
    from journal_app.services.mirroring import MirrorService
    from journal_app.services.model_gate import ModelGateService
    from journal_app.services.searches import SearchService
    from journal_app.services.similar import SimilarService
    from journal_app.services.templates import TemplateService
    from journal_app.services.trash import TrashService
    from journal_app.services.upkeep import UpkeepService
    from journal_app.services.writing import WritingService


class Journal(PublishingParts):
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
        self._builder: ModelHost | None = None

    @cached_property
    def experiments(self) -> ExperimentService:
        """Runs, evals and their import."""
        from journal_app.extend.registry import run_importers
        from journal_app.services.experiments import ExperimentService

        return ExperimentService(self.store, run_importers())

    @cached_property
    def links(self) -> LinkService:
        """What entries link, and what links them."""
        from journal_app.services.links import LinkService

        return LinkService(self.store)

    @cached_property
    def writing(self) -> WritingService:
        """Drafts out of entries."""
        from journal_app.services.writing import WritingService

        return WritingService(self.store)

    @cached_property
    def assist(self) -> AssistService:
        """Summaries by the model on this device."""
        from journal_app.services.assist import AssistService

        return AssistService(self.store, self.model_host, rewriter=self._rewriter)

    @cached_property
    def _rewriter(self) -> Rewriter:
        from journal_app.domain.generate import Permission
        from journal_app.domain.rewriter import Rewriter

        def permission() -> Permission:
            pack = self.settings.get("model.writer")
            if self.settings.get("summaries.rewrite") == "off":
                return Permission(pack, False, "Rewriting is switched off in the settings.")
            return self.gate.permission(pack)

        return Rewriter(self.model_host, self.model_host, permission)

    @cached_property
    def gate(self) -> ModelGateService:
        """Which packs may write on this device, and how well they did."""
        from journal_app.models.gate import Gate
        from journal_app.services.model_gate import ModelGateService

        return ModelGateService(self.store, Gate(self.model_host, paths.model_packs()))

    @cached_property
    def commands(self) -> CommandService:
        """The `/` commands, `journal ask` and `journal do`, and what they gave."""
        from journal_app.services.commands import OWN, CommandService, Models
        from journal_app.services.tools_journal import JournalTools
        from journal_app.services.tools_text import TextTools

        host = self.model_host
        text = TextTools(self.store, host, self.similar.search)
        whole = JournalTools(self.store, host, host, self.similar.search, text)
        tools = {
            "sentences": text.sentences,
            "title": text.title,
            "tags": text.tags,
            "lesson": text.lesson,
            "failure": text.failure,
            "outline": text.outline,
            "shorten": text.shorten,
            "glossary": text.glossary,
            "compare": whole.compare,
            "since": whole.since,
            "answer": whole.answer,
            "draft": whole.draft,
        }
        return CommandService(
            self.store,
            Models(host, host, host, self._rewriter, self.gate.permission),
            tools,
            [(paths.resources() / "commands", False), (self.folder / OWN, True)],
            writer=lambda: self.settings.get("model.writer"),
        )

    @cached_property
    def similar(self) -> SimilarService:
        """Entries that mean like things, and their index."""
        from journal_app.services.similar import SimilarService

        self._builder = self._model_client(idle=20, background=True)
        return SimilarService(self.store, self.model_host, self._builder)

    @property
    def model_host(self) -> ModelHost:
        """The client of the model process; the process starts with the first request."""
        if self._host is None:
            self._host = self._model_client()
        return self._host

    def _model_client(self, *, idle: float | None = None, background: bool = False) -> ModelHost:
        from journal_app.models.host import IDLE_SECONDS, ModelHost

        host = ModelHost(
            paths.model_packs(),
            idle=IDLE_SECONDS if idle is None else idle,
            background=background,
        )
        self._follow_settings(host)
        return host

    def renew_models(self) -> None:
        """Let the model processes follow the settings; what they are doing is cancelled."""
        for host in (self._host, self._builder):
            if host is not None:
                self._follow_settings(host)

    def _follow_settings(self, host: ModelHost) -> None:
        host.configure(
            device=self.settings.get("device"),
            strict=self.settings.get("device.strict") == "on",
            memory=int(self.settings.get("model.memory")) * 1_000_000,
        )

    @cached_property
    def collections(self) -> CollectionService:
        """Collections of notes of other programs, and our own exports."""
        from journal_app.extend.registry import note_importers
        from journal_app.services.collections import CollectionService

        return CollectionService(self.store, note_importers())

    @cached_property
    def searches(self) -> SearchService:
        """Saved searches."""
        from journal_app.services.searches import SearchService

        return SearchService(self.store)

    @cached_property
    def exporting(self) -> ExportService:
        """Entries as a folder of Markdown files."""
        from journal_app.services.exporting import ExportService

        return ExportService(self.store)

    @cached_property
    def templates(self) -> TemplateService:
        """Templates of entries, and the note of the day."""
        from journal_app.services.templates import TemplateService

        return TemplateService(self.store, self.entries)

    @cached_property
    def attachments(self) -> AttachmentService:
        """Files kept with entries."""
        from journal_app.services.attachments import AttachmentService

        return AttachmentService(self.store)

    @cached_property
    def drafts(self) -> DraftService:
        """What is typed into the capture window and is no note yet."""
        from journal_app.services.drafts import DraftService

        return DraftService(self.store)

    @cached_property
    def history(self) -> HistoryService:
        """Revisions of entries: compare, name, restore."""
        from journal_app.services.history import HistoryService

        return HistoryService(self.store, self.entries)

    @cached_property
    def merging(self) -> MergeService:
        """Two versions of an entry made one."""
        from journal_app.services.merging import MergeService

        return MergeService(self.store, self.entries)

    @cached_property
    def favourites(self) -> FavouriteService:
        """Entries with a star."""
        from journal_app.services.favourites import FavouriteService

        return FavouriteService(self.store)

    @cached_property
    def bulk(self) -> BulkService:
        """One change to many entries, with its way back."""
        from journal_app.services.bulk import BulkService

        return BulkService(self.store, self.entries)

    @cached_property
    def bin(self) -> TrashService:
        """What lies in the trash, and emptying it."""
        from journal_app.services.trash import TrashService

        return TrashService(self.store)

    @cached_property
    def documents(self) -> DocumentService:
        """Entries as one file: HTML, JSON, DOCX."""
        from journal_app.services.documents import DocumentService

        return DocumentService(self.store)

    @cached_property
    def mirror(self) -> MirrorService:
        """Entries as Markdown files in a folder that follows the journal."""
        from journal_app.services.mirroring import MirrorService

        return MirrorService(self.store, lambda: self.settings.get("mirror.folder"))

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
        """Stop the model processes and close the store."""
        if self._builder is not None:
            self._builder.close()
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
