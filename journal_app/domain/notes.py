"""Notes as another program keeps them, on their way into the journal.

Inside `NoteRecord.body`, `\\0L3\\0` stands where link 3 stood and `\\0A3\\0` where file 3 stood:
the ids and the places of attachments are known only to the journal. No stored text can hold a NUL,
so nothing that somebody wrote can be taken for such a mark.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from journal_app.domain.experiments import Json, Problem
from journal_app.domain.ids import ulid

MARK = re.compile("\0([LA])(\\d+)\0")
IMPORTED = "imported"  # the key inside `front` that says where an adopted entry came from
PRIVATE_FRONT = (IMPORTED, "private", "context")  # keys of `front` that never leave the journal


@dataclass(frozen=True, slots=True)
class NoteLink:
    """A link to another note by the name that its source uses; `original` is how it stood there."""

    name: str
    text: str
    original: str


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A file of a note. `path` lies inside the collection; `load` reads one out of an archive."""

    name: str
    path: Path | None
    text: str = ""
    load: Callable[[], bytes] | None = None
    inline: bool = True
    """Whether a mark in the body shows it; else it is attached and the body stays as it is."""


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """One note of a collection. Times are ms UTC.

    `native_id` is the same at every reading of the same collection. `names` are what links call
    this note, the surest first. `losses` says in sentences what of it cannot be carried.
    `ties` are links of an exported entry: kind, target, relation. `exact` is set by the journal's
    own format: id, title and tags are then taken as they stand.
    """

    native_id: str
    title: str
    body: str
    kind: str = "note"
    tags: tuple[str, ...] = ()
    created_at: int | None = None
    updated_at: int | None = None
    stamp: str = ""
    names: tuple[str, ...] = ()
    links: tuple[NoteLink, ...] = ()
    files: tuple[NoteFile, ...] = ()
    ties: tuple[tuple[str, str, str], ...] = ()
    front: Mapping[str, Json] = field(default_factory=dict)
    losses: tuple[str, ...] = ()
    id: str | None = None
    exact: bool = False


@dataclass(slots=True)
class CollectionReport:
    """What came (`new`, `changed`), what was there (`same`), what was put beside an edited entry
    (`copies`) and what lies in the trash. `lost` says what could not be carried."""

    path: str
    format: str
    dry_run: bool
    new: int = 0
    changed: int = 0
    same: int = 0
    copies: int = 0
    trashed: int = 0
    files: int = 0
    links: int = 0
    ids: list[str] = field(default_factory=list)
    lost: list[Problem] = field(default_factory=list)


def digest(note: NoteRecord, files: Mapping[int, str], targets: Sequence[str]) -> str:
    """What tells two states of a note apart: `files` maps the number of a file to its SHA-256,
    `targets` are the ids that its links lead to, "" for none.

    Times count only as the source writes them (`stamp`): a copied folder has new file times.
    """
    parts = [
        note.title,
        note.body,
        note.kind,
        sorted(note.tags),
        note.stamp,
        [[link.name, link.text] for link in note.links],
        list(targets),
        [[file.name, files.get(i, "")] for i, file in enumerate(note.files)],
        [list(tie) for tie in note.ties],
        dict(note.front),
    ]
    text = json.dumps(parts, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def state(title: str, body: str, kind: str, tags: tuple[str, ...]) -> str:
    """What tells whether an entry was edited in the journal since it was taken in."""
    text = json.dumps([title, body, kind, sorted(tags)], ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fill(body: str, link: Callable[[int], str], file: Callable[[int], str]) -> str:
    """The body with every mark replaced by what `link` or `file` says for its number."""

    def one(match: re.Match[str]) -> str:
        number = int(match.group(2))
        return link(number) if match.group(1) == "L" else file(number)

    return MARK.sub(one, body)


def name_key(name: str) -> str:
    """A name as it is compared: case and the ending `.md` do not count."""
    return name.strip().lower().removesuffix(".md")


def names_of(notes: Iterable[NoteRecord], ids: Iterable[str]) -> dict[str, str]:
    """Every name that a link may use with the id it leads to; surer names, shorter paths win."""
    best: dict[str, tuple[int, int, str, str]] = {}
    for note, id in zip(notes, ids, strict=True):
        for rank, name in enumerate(note.names):
            claim = (min(rank, 3), len(note.native_id), note.native_id, id)
            key = name_key(name)
            if key not in best or claim < best[key]:
                best[key] = claim
    return {key: claim[3] for key, claim in best.items()}


def made_id(format: str, note: NoteRecord) -> str:
    """An id that is the same in every attempt, so that the links of an import that was cut off
    stay right."""
    seed = hashlib.sha256(f"{format}\n{note.native_id}".encode("utf-8", "surrogatepass")).digest()
    return ulid(max(0, note.created_at or 0), int.from_bytes(seed[:10], "big"))
