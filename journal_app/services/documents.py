"""Entries as one file: a web page, JSON, a Word document (through pandoc), and parts of a PDF.

Invariants: a file appears whole or not at all and never takes the place of another unless asked;
a page loads nothing from anywhere; what is private (where a note was captured) leaves only when it
was asked for.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app import paths
from journal_app.domain import exported_json, exported_page
from journal_app.domain.markdown import document
from journal_app.domain.secrets import hide_text
from journal_app.domain.views import View
from journal_app.errors import JournalError
from journal_app.runtime import whole_files
from journal_app.store import collections, entries, experiments, search

if TYPE_CHECKING:
    from journal_app.domain.entry import Attachment, Entry
    from journal_app.store.database import Store

FORMATS = {".html": "html", ".htm": "html", ".json": "json", ".docx": "docx", ".pdf": "pdf"}
PANDOC_SECONDS = 600

Progress = Callable[[int, int], None]
Check = Callable[[], None]
Image = Callable[[str], str | None]


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What was written. `missing` are attachments that were not there; `secrets` the titles of
    entries whose text looks as if it held a key or a password."""

    path: str
    format: str
    entries: int
    missing: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()


class DocumentService:
    """Writing chosen entries as one file."""

    def __init__(self, store: Store, *, pandoc: Callable[[str], str | None] = shutil.which) -> None:
        self._store, self._which = store, pandoc

    def choose(
        self, refs: Sequence[str] = (), *, query: str = "", view: View | None = None
    ) -> list[str]:
        """The ids that `refs` name, or that a search finds, or of a view; oldest entry first.

        Raises JournalError when nothing is chosen, or for a search that is not understood.
        """
        db = self._store.read()
        if refs:
            ids = list(dict.fromkeys(entries.resolve(db, ref) for ref in refs))
        elif query:
            today = datetime.fromtimestamp(self._store.now() / 1000).date()
            ids = search.every(db, query, today)
        else:
            ids = list(collections.ids_of(db, view or View()))
        if not ids:
            raise JournalError("No entry is chosen, so nothing was written.", "`journal list`.")
        order = collections.created(db, ids)
        return sorted(ids, key=lambda id: (order[id], id))

    def read(self, ids: Sequence[str]) -> Iterator[Entry]:
        """The chosen entries, one after the other."""
        db = self._store.read()
        for id in ids:
            yield entries.get(db, id)

    def secrets(self, ids: Sequence[str]) -> tuple[str, ...]:
        """Titles of entries whose text looks as if it held a key or a password."""
        return tuple(entry.title for entry in self.read(ids) if hide_text(entry.body) != entry.body)

    def write(
        self,
        target: Path,
        format: str,
        ids: Sequence[str],
        *,
        replace: bool = False,
        revisions: bool = False,
        context: bool = False,
        progress: Progress | None = None,
        check: Check | None = None,
    ) -> DocumentReport:
        """Write the entries as `html`, `json` or `docx`. Raises JournalError."""
        target = self.free(target, replace=replace)
        missing: list[str] = []
        walk = _walk(self.read(ids), len(ids), progress, check)
        try:
            if format == "html":
                whole_files.place(target, self.page(walk, missing).encode())
            elif format == "json":
                self._json(target, walk, missing, revisions=revisions, context=context)
            else:
                self._docx(target, walk, missing, check)
        except OSError as error:
            raise unwritable(target, error) from error
        return DocumentReport(str(target), format, len(ids), tuple(missing), self.secrets(ids))

    @staticmethod
    def free(target: Path, *, replace: bool) -> Path:
        """The path to write to. Raises JournalError when something is there already."""
        target = Path(target).expanduser()
        if target.is_dir() or (target.exists() and not replace):
            raise JournalError(
                f"{target} is there already. Nothing was written.",
                "Choose another name, or --replace.",
            )
        return target

    # ------------------------------------------------------------------ HTML

    def page(self, chosen: Iterator[Entry], missing: list[str], *, tex: bool = False) -> str:
        """A page that holds everything: images as data, our style, no script. With `tex`,
        formulas stay TeX between \\( and \\)."""
        math = _tex if tex else exported_page.drawn_math
        shown: list[Entry] = []
        articles = []
        for entry in chosen:
            shown.append(entry)
            html = exported_page.body_html(entry, self.images(entry, missing), math)
            articles.append(exported_page.article(entry, html))
        title = shown[0].title or "Untitled" if len(shown) == 1 else f"{len(shown)} entries"
        style = (paths.resources() / "themes" / "export.css").read_text("utf-8")
        return document(title, exported_page.contents(shown) + "".join(articles), style)

    def images(self, entry: Entry, missing: list[str]) -> Image:
        """What stands in `src` for the images of an entry: their bytes."""
        known = {file.path: file for file in entry.attachments}

        def image(path: str) -> str | None:
            file = known.get(path)
            if file is None or file.media_type not in exported_page.IMAGES:
                return None
            try:
                data = (self._store.folder / file.path).read_bytes()
            except OSError:
                missing.append(file.name)
                return None
            return exported_page.data_uri(file.media_type, data)

        return image

    # ------------------------------------------------------------------ JSON

    def _json(
        self,
        target: Path,
        chosen: Iterator[Entry],
        missing: list[str],
        *,
        revisions: bool,
        context: bool,
    ) -> None:
        db = self._store.read()
        runs: dict[str, None] = {}
        partial = target.with_name(f".{target.name}{whole_files.PARTIAL}")
        try:
            with partial.open("w", encoding="utf-8", newline="\n") as handle:
                head = f'"format": "{exported_json.FORMAT}", "version": {exported_json.VERSION}'
                handle.write(f'{{{head}, "exported_at": {self._store.now()},\n"entries": [')
                for number, entry in enumerate(chosen):
                    kept = entries.revisions(db, entry.id) if revisions else None
                    record = exported_json.entry_record(entry, kept, context=context)
                    handle.write((",\n" if number else "\n") + _dumps(record))
                    runs.update(dict.fromkeys(experiments.linked_runs(db, entry.id)))
                    for file in entry.attachments:
                        self._copy(file, target.parent, missing)
                handle.write('\n],\n"runs": [')
                for number, id in enumerate(runs):
                    run = experiments.get(db, id)
                    record = exported_json.run_record(run, experiments.evals(db, id))
                    handle.write((",\n" if number else "\n") + _dumps(record))
                handle.write("\n]}\n")
            partial.replace(target)
        finally:
            partial.unlink(missing_ok=True)

    def _copy(self, file: Attachment, folder: Path, missing: list[str]) -> None:
        place = folder / file.path
        if place.exists():
            return
        try:
            data = (self._store.folder / file.path).read_bytes()
        except OSError:
            missing.append(file.name)
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        whole_files.place(place, data)

    # ------------------------------------------------------------------ DOCX

    def _docx(
        self, target: Path, chosen: Iterator[Entry], missing: list[str], check: Check | None
    ) -> None:
        pandoc = self._which("pandoc")
        if pandoc is None:
            raise JournalError(
                "A Word document is made by pandoc, and it is not installed.",
                "Get it from pandoc.org or your system's packages; or export as .html, which "
                "word processors open.",
            )
        page = self.page(chosen, missing, tex=True)
        if check:
            check()
        with tempfile.TemporaryDirectory(prefix="field-journal-") as folder:
            made = Path(folder) / "made.docx"
            # --sandbox: pandoc reads no file and no address that the page might name.
            command = [pandoc, "--sandbox", "-f", "html+tex_math_single_backslash", "-t", "docx"]
            try:
                done = subprocess.run(
                    [*command, "-o", str(made), "-"],
                    input=page.encode(),
                    capture_output=True,
                    timeout=PANDOC_SECONDS,
                    check=False,
                )
            except subprocess.TimeoutExpired as error:
                raise JournalError(
                    f"pandoc took more than {PANDOC_SECONDS} s.", "Export fewer entries."
                ) from error
            if done.returncode or not made.is_file():
                why = done.stderr.decode("utf-8", "replace").strip()[-300:]
                if "data file" in why:  # Debian's reads its own files from outside the sandbox
                    raise JournalError(
                        "This pandoc cannot write a Word document while it is locked in.",
                        "The one of pandoc.org can; or export as .html, which word processors "
                        "open.",
                    )
                raise JournalError(
                    f"pandoc failed (status {done.returncode}): {why or 'it said nothing'}.",
                    "Version 2.15 or newer is needed; .html works without it.",
                )
            whole_files.place(target, made.read_bytes())


def unwritable(target: Path, error: OSError) -> JournalError:
    """The plain error for a file that cannot be written."""
    return JournalError(
        f"{target} cannot be written: {error.strerror or error}.",
        "Choose another place, or free some space.",
    )


def _walk(
    chosen: Iterator[Entry], total: int, progress: Progress | None, check: Check | None
) -> Iterator[Entry]:
    for number, entry in enumerate(chosen):
        if check:
            check()
        yield entry
        if progress:
            progress(number + 1, total)


def _tex(source: str, display: bool) -> str:
    left, right = (r"\[", r"\]") if display else (r"\(", r"\)")
    return f"{left}{escape(source)}{right}"


def _dumps(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
