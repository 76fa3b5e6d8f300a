"""Taking in whole collections of notes.

Invariants: the same collection taken in again changes nothing; an entry that was edited here since
is never written over (a newer source becomes a copy linked to it); an entry in the trash stays
there; what cannot be carried is in the report. A dry run makes the same report and writes nothing.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal_app.domain.capture import clean_kind, clean_text
from journal_app.domain.entry import TITLE, Attachment, Entry, Link, reference, shorten, title_of
from journal_app.domain.experiments import Problem
from journal_app.domain.exported import page
from journal_app.domain.ids import is_ulid
from journal_app.domain.links import Goal, key, writable, written
from journal_app.domain.links import mentions as mentioned
from journal_app.domain.notes import (
    PRIVATE_FRONT,
    CollectionReport,
    NoteRecord,
    digest,
    fill,
    made_id,
    name_key,
    names_of,
    state,
)
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.store import collections, entries, mentions, mirrored
from journal_app.store import links as ties
from journal_app.store.collections import Adopted

if TYPE_CHECKING:
    from journal_app.extend.note_importer import NoteImporter
    from journal_app.extend.registry import Registry
    from journal_app.store.database import Store, Writer

BATCH = 200  # notes in one transaction
ORIGIN = "adopt"


@dataclass(slots=True)
class _Job:
    """One import under way."""

    report: CollectionReport
    names: dict[str, str]
    known: set[str]
    titles: dict[str, str] = field(default_factory=dict)  # id → title, of the notes
    shared: set[str] = field(default_factory=set)  # keys of titles that several notes have
    held: dict[Path, str] = field(default_factory=dict)


class CollectionService:
    """Collections of notes: which formats there are, and taking one in."""

    def __init__(self, store: Store, importers: Registry[NoteImporter]) -> None:
        self._store = store
        self._importers = importers

    def formats(self) -> list[tuple[str, str]]:
        """The formats that can be read: name and title."""
        return [(name, importer.title) for name, importer in self._importers.loaded()]

    def detect(self, path: Path) -> str:
        """The format that fits `path` best. Raises JournalError where none does."""
        scores = [(importer.sniff(path), name) for name, importer in self._importers.loaded()]
        best, name = max(scores, default=(0, ""))
        if best <= 0:
            known = ", ".join(name for name, _ in self.formats())
            raise JournalError(
                f"{path} is not a collection of notes that this journal knows.",
                f"Formats: {known}. If it is one of them, name it: --as FORMAT.",
            )
        return name

    def take_in(
        self,
        path: Path,
        *,
        format: str | None = None,
        dry_run: bool = False,
        progress: Callable[[int, int], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> CollectionReport:
        """Take in every note of `path`. `progress` gets notes done and in all.

        Raises JournalError when the path or its format is unknown; what `check` raises passes
        through, and the batches committed before stay (a second call goes on from there).
        """
        path = Path(path).expanduser()
        if not path.exists():
            raise JournalError(f"There is no file or folder {path}.", "Check the path.")
        path = path.resolve()
        name = format or self.detect(path)
        importer = self._importers.get(name)
        base = ImportContext()
        context = ImportContext(check or base.check)
        tell = progress or base.progress
        report = CollectionReport(str(path), name, dry_run)
        notes: list[NoteRecord] = []
        try:
            for item in importer.read(path, context):
                context.check()
                if isinstance(item, Problem):
                    report.lost.append(item)
                else:
                    notes.append(item)
        except OSError as error:
            raise JournalError(
                f"{path} cannot be read: {error.strerror or error}.", "Nothing was taken in."
            ) from error
        db = self._store.read()
        before = collections.adopted(db, name)
        job = _Job(report, {}, collections.known(db))
        ids = [_id(note, name, before.get(note.native_id, [])) for note in notes]
        job.names = names_of(notes, ids)
        job.titles = {
            id: shorten(clean_text(note.title), TITLE) for note, id in zip(notes, ids, strict=True)
        }
        times = Counter(map(key, job.titles.values()))
        job.shared = {title for title, count in times.items() if count > 1}
        for start in range(0, len(notes), BATCH):
            work = []
            for note, id in zip(
                notes[start : start + BATCH], ids[start : start + BATCH], strict=True
            ):
                context.check()
                work.append(self._prepared(job, note, id, before.get(note.native_id, [])))
            pending = [one for one in work if one is not None]
            if pending and not dry_run:
                with self._store.write() as w:
                    for one in pending:
                        context.check()
                        self._write(w, name, one)
            tell(min(start + BATCH, len(notes)), len(notes))
        if not dry_run:
            self._settle(context)
        return report

    def _settle(self, context: ImportContext) -> None:
        """Links by title to notes that have another title here are brought up to date."""
        for id in mentions.unsettled(self._store.read()):
            context.check()
            with self._store.write() as w:
                entries.follow_title(w, id)

    # ------------------------------------------------------------------ one note

    def _prepared(
        self, job: _Job, note: NoteRecord, id: str, before: list[Adopted]
    ) -> _Ready | None:
        """What is to be written of a note, counted in the report; None where nothing is."""
        report = job.report
        hashes: dict[int, str] = {}
        lost = list(note.losses)
        for number, file in enumerate(note.files):
            try:
                hashes[number] = collections.sha_of(file, job.held)
            except OSError as error:
                lost.append(f"the file {file.name!r} cannot be read: {error.strerror or error}")
            except JournalError as error:
                lost.append(error.message)
        mark = digest(note, hashes, [job.names.get(name_key(link.name), "") for link in note.links])
        report.lost += [Problem(note.native_id, loss) for loss in lost]
        known = next((one for one in before if one.digest == mark), None)
        if known is None and note.exact and not before and id in job.known:
            known = self._twin(note, id, mark)
        if known is not None:
            report.same += 1
            report.ids.append(known.id)
            return None
        if before and before[0].trashed:
            report.trashed += 1
            return None
        self._tell_links(job, note)
        files = {
            number: collections.kept(self._store.folder, note.files[number], sha, report.dry_run)
            for number, sha in hashes.items()
        }
        ready = self._filled(job, note, id, mark, files)
        report.files += len(files)
        report.links += len(ready.links)
        latest = before[-1] if before else None
        if latest is None and id not in job.known:
            report.new += 1
        else:
            held = entries.get(self._store.read(), latest.id if latest else id)
            if (latest is not None and _state(held) == latest.state) or (
                latest is None and self._mirrored(job, note, held)
            ):
                report.changed += 1
                ready.base = held
                beside = latest is not None and latest is not before[0]
            else:
                report.copies += 1
                ready.edited = held
                ready.id = self._store.new_id()
                beside = True
            if beside:
                ready.title = shorten(f"{ready.title} (newer source)", TITLE + 20)
        report.ids.append(ready.base.id if ready.base else ready.id)
        return ready

    def _twin(self, note: NoteRecord, id: str, mark: str) -> Adopted | None:
        """The entry itself, where an export comes back to the journal it was made from."""
        held = entries.get(self._store.read(), id)
        same = _state(held) == state(note.title, note.body, note.kind, note.tags)
        return Adopted(id, note.native_id, mark, "", False) if same else None

    def _mirrored(self, job: _Job, note: NoteRecord, held: Entry) -> bool:
        """Whether a note is the file of our own mirror, and the entry is still as it was written
        there: what is different in it was changed outside."""
        db = self._store.read()
        now, row = mirrored.state(db), mirrored.get(db, held.id)
        if now is None or row is None or now.folder != job.report.path or row.coming:
            return False
        written = hashlib.sha256(page(held).encode()).hexdigest()
        return row.file in note.names and row.sha256 == written

    @staticmethod
    def _tell_links(job: _Job, note: NoteRecord) -> None:
        for link in note.links:
            if name_key(link.name) not in job.names:
                problem = Problem(note.native_id, f"it links {link.name!r}, which is not there")
                job.report.lost.append(problem)

    def _clear(self, job: _Job, id: str) -> str | None:
        """The title of a note if `[[title]]` leads to it and to nothing else."""
        title = job.titles.get(id, "")
        if not writable(title) or key(title) in job.shared:
            return None
        return title if set(mentions.namesakes(self._store.read(), title)) <= {id} else None

    def _filled(
        self, job: _Job, note: NoteRecord, id: str, mark: str, files: Mapping[int, Attachment]
    ) -> _Ready:
        goals: dict[str, str] = {}
        found = {n: job.names.get(name_key(link.name)) for n, link in enumerate(note.links)}

        def link(number: int) -> str:
            target = found.get(number)
            one = note.links[number]
            if target is None:
                return one.original
            wiki = mentioned(one.original) if "[[" in one.original else []
            title = self._clear(job, target) if len(wiki) == 1 and not wiki[0].by_id else None
            if title is None:
                return f"[{one.text}](entry:{target})"
            goals[key(title)] = target
            here = wiki[0]
            if here.key == key(title):
                return one.original
            shown = here.shown or (one.text if not here.heading else "")
            shown = "" if key(shown) == key(title) else shown
            return written(Goal(title), shown=shown, heading=here.heading, embed=here.embed)

        def file(number: int) -> str:
            one = note.files[number]
            kept = files.get(number)
            if kept is None:
                return f"[{one.text or one.name}]"
            text = one.text or one.name
            shown = Attachment(kept.sha256, text, kept.path, kept.media_type, kept.size)
            return reference(shown)

        body = clean_text(fill(note.body, link, file))
        title = clean_text(note.title)
        front: dict[str, Any] = {
            f"source_{key}" if key in PRIVATE_FRONT else key: value
            for key, value in note.front.items()
        }
        if not note.exact:
            if len(title) > TITLE:
                front.setdefault("full_title", title)
            title = shorten(title, TITLE) or title_of(body)
        links = [Link(*tie) for tie in note.ties]
        links += [Link("entry", target) for target in found.values() if target and target != id]
        return _Ready(
            note,
            id,
            mark,
            title,
            body,
            front,
            list(dict.fromkeys(links)),
            list(files.values()),
            goals,
        )

    def _write(self, w: Writer, format: str, ready: _Ready) -> None:
        note = ready.note
        clean_kind(note.kind)
        links = list(ready.links)
        tags = list(note.tags)
        id, front = ready.id, ready.front
        current = None if ready.base is None else entries.get(w.db, ready.base.id)
        if current is not None and ready.base is not None and current.rev != ready.base.rev:
            ready.edited, current = current, None  # edited elsewhere a moment ago
            id = self._store.new_id()
        if current is not None:
            id = current.id
            front = {**current.front, **ready.front}
            entries.update(
                w,
                current,
                body=ready.body,
                kind=note.kind,
                title=ready.title,
                tags=tags,
                front=front,
                origin=ORIGIN,
                known=ready.named,
            )
            for link in links:
                ties.add(w, self._store.new_id(), id, link)
        else:
            if ready.edited is not None:
                links.append(Link("entry", ready.edited.id, "derived-from"))
            entries.insert(
                w,
                id,
                ready.body,
                kind=note.kind,
                title=ready.title,
                tags=tags,
                ties=[(self._store.new_id(), link) for link in links],
                front=ready.front,
                origin=ORIGIN,
                known=ready.named,
            )
        for file in ready.files:
            entries.attach(w, id, file, Path(file.path).suffix)
        created = note.created_at or note.updated_at or w.now
        collections.set_times(w, id, created, note.updated_at or created)
        origin = {
            "format": format,
            "native_id": note.native_id,
            "digest": ready.mark,
            "state": state(ready.title, ready.body, note.kind, note.tags),
        }
        collections.mark(w, id, front, origin)


@dataclass(slots=True)
class _Ready:
    """A note as it will stand in the journal. `base` is the entry to bring up to date; `edited` the
    one that was changed here, beside which a copy is put."""

    note: NoteRecord
    id: str
    mark: str
    title: str
    body: str
    front: dict[str, Any]
    links: list[Link]
    files: list[Attachment]
    named: dict[str, str]  # titles (by key) that the text links, with their entries
    base: Entry | None = None
    edited: Entry | None = None


def _state(entry: Entry) -> str:
    return state(entry.title, entry.body, entry.kind, entry.tags)


def _id(note: NoteRecord, format: str, before: list[Adopted]) -> str:
    """The entry's id: the one it has, the one its export names, else one made of its native id."""
    if before:
        return before[0].id
    if note.id is not None and is_ulid(note.id):
        return note.id.upper()
    return made_id(format, note)
