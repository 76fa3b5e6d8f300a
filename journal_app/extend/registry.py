"""Finding extensions by name: built-ins by dotted name, others by entry point, all loaded late.

Invariant: nothing here can fail a start. A broken extension is recorded as a problem and left out;
a broken built-in is a bug and raises.
"""

from __future__ import annotations

import importlib
import threading
from collections.abc import Mapping
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from journal_app.errors import JournalError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from journal_app.extend.note_importer import NoteImporter
    from journal_app.extend.protocols import PublishTarget, RunImporter

T = TypeVar("T")

RUN_IMPORTERS: Mapping[str, str] = {
    "lm-eval": "journal_app.imports.lm_eval:LmEvalImporter",
    "mlflow-files": "journal_app.imports.mlflow_files:MlflowFilesImporter",
    "nanochat": "journal_app.imports.nanochat:NanochatImporter",
}
NOTE_IMPORTERS: Mapping[str, str] = {
    "dated-log": "journal_app.imports.notes_log:DatedLogImporter",
    "field-journal": "journal_app.imports.notes_own:OwnImporter",
    "field-journal-json": "journal_app.imports.notes_json:JsonImporter",
    "joplin-jex": "journal_app.imports.notes_joplin:JoplinImporter",
    "jrnl": "journal_app.imports.notes_jrnl:JrnlImporter",
    "markdown": "journal_app.imports.notes_markdown:MarkdownImporter",
    "org": "journal_app.imports.notes_org:OrgImporter",
    "rednotebook": "journal_app.imports.notes_rednotebook:RedNotebookImporter",
    "trackio-logbook": "journal_app.imports.notes_trackio:TrackioLogbookImporter",
    "zim": "journal_app.imports.notes_zim:ZimImporter",
}
PUBLISH_TARGETS: Mapping[str, str] = {
    "bluesky": "journal_app.publish.social.bluesky:BlueskyTarget",
    "buttondown": "journal_app.publish.buttondown:ButtondownTarget",
    "clipboard": "journal_app.publish.social.clipboard:ClipboardTarget",
    "devto": "journal_app.publish.devto:DevtoTarget",
    "folder": "journal_app.publish.folder:FolderTarget",
    "ghost": "journal_app.publish.ghost:GhostTarget",
    "git": "journal_app.publish.git.target:GitTarget",
    "mastodon": "journal_app.publish.social.mastodon:MastodonTarget",
    "mataroa": "journal_app.publish.mataroa:MataroaTarget",
    "micropub": "journal_app.publish.micropub:MicropubTarget",
    "webhook": "journal_app.publish.webhook:WebhookTarget",
    "wordpress": "journal_app.publish.wordpress:WordPressTarget",
}


class Registry(Generic[T]):
    """The extensions of one kind. Instances are made once, on first use, and kept."""

    def __init__(
        self, kind: str, builtins: Mapping[str, str], group: str, needs: tuple[str, ...] = ()
    ) -> None:
        """`builtins` maps a name to "module:Class"; `needs` names what an object must have."""
        self.kind = kind
        self._builtins = dict(builtins)
        self._group = group
        self._needs = needs
        self._found: dict[str, EntryPoint] | None = None
        self._made: dict[str, T] = {}
        self._problems: dict[str, str] = {}
        self._lock = threading.RLock()

    def names(self) -> list[str]:
        """Every known name, in order; what turned out broken is left out."""
        return sorted(name for name in self._all() if name not in self._problems)

    def get(self, name: str) -> T:
        """The extension called `name`. Raises JournalError for an unknown or broken one."""
        with self._lock:
            if name in self._made:
                return self._made[name]
            if name not in self._all():
                known = ", ".join(self.names()) or "none"
                raise JournalError(f"There is no {self.kind} called {name!r}.", f"Known: {known}.")
            made = self._load(name)
            if made is None:
                raise JournalError(self._problems[name], "Update or uninstall that package.")
            return made

    def loaded(self) -> list[tuple[str, T]]:
        """Every extension that works, by name; the others are in `problems()` afterwards."""
        with self._lock:
            pairs = [(name, self._made.get(name) or self._load(name)) for name in self.names()]
        return [(name, made) for name, made in pairs if made is not None]

    def problems(self) -> list[str]:
        """One sentence for each broken extension; loads what was not loaded yet."""
        self.loaded()
        return [self._problems[name] for name in sorted(self._problems)]

    def _all(self) -> dict[str, EntryPoint | None]:
        with self._lock:
            if self._found is None:
                from importlib.metadata import entry_points  # 30 ms: when asked, not at a start

                self._found = {
                    point.name: point
                    for point in entry_points(group=self._group)
                    if point.name not in self._builtins
                }
            return {**dict.fromkeys(self._builtins), **self._found}

    def _load(self, name: str) -> T | None:
        point = self._all()[name]
        if point is None:
            module, _, attribute = self._builtins[name].partition(":")
            self._made[name] = cast(T, getattr(importlib.import_module(module), attribute)())
            return self._made[name]
        try:
            made = point.load()()
        except Exception as error:  # noqa: BLE001 (foreign code may raise anything at all)
            self._problems[name] = (
                f"The {self.kind} {name!r} ({point.value}) does not load: "
                f"{type(error).__name__}: {error}"
            )
            return None
        missing = [need for need in self._needs if not hasattr(made, need)]
        if missing:
            self._problems[name] = (
                f"The {self.kind} {name!r} ({point.value}) lacks {', '.join(missing)}."
            )
            return None
        self._made[name] = cast(T, made)
        return self._made[name]


def run_importers() -> Registry[RunImporter]:
    """The readers of run and eval records; others register under `journal_app.run_importers`."""
    return Registry(
        "record format", RUN_IMPORTERS, "journal_app.run_importers", ("title", "sniff", "read")
    )


def note_importers() -> Registry[NoteImporter]:
    """The readers of collections of notes; others register under `journal_app.note_importers`."""
    return Registry(
        "format of notes", NOTE_IMPORTERS, "journal_app.note_importers", ("title", "sniff", "read")
    )


def publish_targets() -> Registry[PublishTarget]:
    """The kinds of publish target; others register under `journal_app.publish_targets`."""
    return Registry(
        "kind of target",
        PUBLISH_TARGETS,
        "journal_app.publish_targets",
        ("check", "publish", "find"),
    )
