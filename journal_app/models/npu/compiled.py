"""Graphs compiled for an NPU, kept so that only the first start waits for the compiler.

`<packs>/.compiled/<key>/` holds the compiled graph (an EPContext file and its binary), or the plain
static graph for providers that compile on their own, and `compiled.json`. The key is made of all
that a compiled graph depends on: digest of the model, form and shape of the graph, provider with
its version, version of ONNX Runtime, and the chip. What is not there is made, what belongs to other
versions is removed, what is damaged is made anew; a folder may be copied from the machine that
compiled it ahead of time.

Invariants: a folder appears whole (made under a name of its own, then renamed); a file whose
SHA-256 differs is never given to a driver; a compiled graph runs wholly on its device.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.metadata
import json
import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from journal_app.errors import JournalError
from journal_app.models import devices
from journal_app.models.devices.devices_found import OPENVINO, PLUGINS, QNN, Found

FOLDER = ".compiled"
ABOUT = "compiled.json"
GRAPH = "model.onnx"
_COMPILES = {QNN}  # providers whose compiled form is kept as EPContext
_PACKAGES = {QNN: "onnxruntime-qnn", OPENVINO: "onnxruntime-ep-openvino"}
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Target:
    """A chip to compile for ahead of time. `soc` and `arch` are QNN's soc_model and htp_arch."""

    id: str
    title: str
    soc: str
    arch: str

    @property
    def chip(self) -> str:
        """The chip as a key names it."""
        return f"{self.soc}/{self.arch}"


# SC8380XP is soc_model 60 with a v73 NPU; SC8480XP (X2) is known by name and has a v81 NPU
# (onnxruntime-qnn 2.7.0; that wheel brings the v81 libraries).
TARGETS = {
    one.id: one
    for one in (
        Target("snapdragon-x-elite", "Snapdragon X Elite", "60", "73"),
        Target("snapdragon-x-plus", "Snapdragon X Plus", "60", "73"),
        Target("snapdragon-x2-elite", "Snapdragon X2 Elite", "SC8480XP", "81"),
    )
}


@dataclass(frozen=True, slots=True)
class Form:
    """A static graph of a model. `digest` is the model's SHA-256, `write` makes the graph as the
    path that it is given (with its weights beside it)."""

    title: str
    digest: str
    form: str
    shape: str
    write: Callable[[Path], None]


@dataclass(frozen=True, slots=True)
class Key:
    """All that a compiled graph depends on."""

    digest: str
    form: str
    shape: str
    provider: str
    provider_version: str
    runtime: str
    chip: str

    @property
    def folder(self) -> str:
        """The name of its folder."""
        text = json.dumps(asdict(self), sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:24]


def for_target(target: Target, found: Found) -> Found:
    """The emulated or real QNN device `found`, as the chip of `target`."""
    given = {"backend_type": "htp", "soc_model": target.soc, "htp_arch": target.arch}
    return Found("npu", target.title, QNN, found.handle, found.id, found.vendor, given, True)


def key_of(form: Form, found: Found) -> Key:
    """The key of a form on a device."""
    import onnxruntime as ort

    chip = found.options.get("soc_model", "")
    if chip:
        chip += "/" + found.options.get("htp_arch", "")
    elif found.handle is not None:
        device = found.handle.device
        chip = f"device {device.vendor_id:x}:{device.device_id:x}"
    return Key(
        form.digest, form.form, form.shape, found.provider, _version(found), ort.__version__, chip
    )


def _version(found: Found) -> str:
    package = _PACKAGES.get(found.provider)
    with contextlib.suppress(importlib.metadata.PackageNotFoundError):
        if package and PLUGINS.get(found.provider):
            return importlib.metadata.version(package)
    return str(dict(getattr(found.handle, "ep_metadata", None) or {}).get("version", ""))


class Store:
    """The cache beside the packs. `root` None, or not writable: nothing is kept."""

    def __init__(self, root: Path | None) -> None:
        self.root = root

    def open(
        self, form: Form, found: Found, threads: int = devices.MAX_THREADS, say: Say | None = None
    ) -> Any:
        """A session of the form, wholly on the device; compiled first where need be.

        Raises what ONNX Runtime raises, or JournalError, where the device does not take it.
        """
        key = key_of(form, found)
        for folder in self._usable(key):
            try:
                return _session(folder / GRAPH, found, threads)
            except devices.errors():
                # Made for another chip, or refused by a newer driver: compiled anew below.
                if folder.name == key.folder:
                    shutil.rmtree(folder, ignore_errors=True)
        return _session(self.build(form, found, say) / GRAPH, found, threads)

    def build(self, form: Form, found: Found, say: Say | None = None) -> Path:
        """Compile a form, put it in place, remove what other versions left; gives its folder."""
        key = key_of(form, found)
        root = self._writable()
        say = say or _nobody
        target = root / key.folder
        work = Path(tempfile.mkdtemp(prefix=".making-", dir=root))
        try:
            say(f"{form.title}: making the graph")
            plain = work / "plain"
            plain.mkdir()
            form.write(plain / GRAPH)
            made = work / "made"
            if found.provider in _COMPILES:
                made.mkdir()
                say(f"{form.title}: compiling for {found.name}")
                _compile(plain / GRAPH, made / GRAPH, found)
            else:
                plain.rename(made)
            _describe(made, key, found)
            if target.exists():
                shutil.rmtree(target)
            made.replace(target)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        self.sweep(key)
        return target

    def sweep(self, key: Key) -> None:
        """Remove what was made of the same graph by other versions, and what was left half made
        by a process that ended more than a day ago."""
        if self.root is None or not self.root.is_dir():
            return
        for folder, other in self.entries():
            same = (other.digest, other.shape, other.provider, other.chip) == (
                key.digest,
                key.shape,
                key.provider,
                key.chip,
            )
            if same and _form_name(other) == _form_name(key) and other != key:
                shutil.rmtree(folder, ignore_errors=True)
        newest = max((one.stat().st_mtime for one in self.root.iterdir()), default=0.0)
        for folder in self.root.glob(".making-*"):
            with contextlib.suppress(OSError):
                if newest - folder.stat().st_mtime > 86_400:
                    shutil.rmtree(folder, ignore_errors=True)

    def entries(self) -> Iterator[tuple[Path, Key]]:
        """Every compiled graph with its key; unreadable ones are left out."""
        if self.root is None or not self.root.is_dir():
            return
        for folder in sorted(self.root.iterdir()):
            about = _about(folder)
            if about is not None:
                yield folder, about

    def _usable(self, key: Key) -> list[Path]:
        """Whole folders that fit: the device's own, then those made for a chip by name."""
        fits = []
        for folder, other in self.entries():
            by_name = not other.chip.startswith("device ") and key.chip.startswith("device ")
            same = asdict(other) | {"chip": ""} == asdict(key) | {"chip": ""}
            if not same or (other.chip != key.chip and not by_name):
                continue
            if _whole(folder):
                fits.append(folder)
            elif other == key:
                shutil.rmtree(folder, ignore_errors=True)
        return sorted(fits, key=lambda folder: folder.name != key.folder)

    def _writable(self) -> Path:
        if self.root is not None:
            try:
                self.root.mkdir(parents=True, exist_ok=True)
                with tempfile.TemporaryDirectory(prefix=".making-", dir=self.root):
                    return self.root
            except OSError:
                pass
        loose = tempfile.mkdtemp(prefix="journal-npu-")
        weakref.finalize(self, shutil.rmtree, loose, True)
        return Path(loose)


def file_digest(path: Path) -> str:
    """The SHA-256 of a file of a pack, from the manifest beside it or else from the file."""
    with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
        manifest = json.loads((path.parent / "manifest.json").read_text("utf-8"))
        record = manifest["files"][path.name]
        if record["size"] == path.stat().st_size:
            return str(record["sha256"])
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _compile(source: Path, target: Path, found: Found) -> None:
    import onnxruntime as ort

    flags = ort.OrtCompileApiFlags.ERROR_IF_NO_NODES_COMPILED
    options = devices.options(found, strict=True)
    try:
        compiler = ort.ModelCompiler(
            options, str(source), embed_compiled_data_into_model=False, flags=flags
        )
        compiler.compile_to_file(str(target))
    except devices.errors() as error:
        text = " ".join(str(error).split())[:300]
        raise JournalError(
            f"The graph cannot be compiled for {found.name}: {text}.",
            "`journal model doctor` says what is wrong; the CPU runs the model as it is.",
        ) from error


def _session(graph: Path, found: Found, threads: int) -> Any:
    import onnxruntime as ort

    return ort.InferenceSession(
        str(graph), sess_options=devices.options(found, threads, strict=True)
    )


def _describe(folder: Path, key: Key, found: Found) -> None:
    files = {}
    for path in sorted(folder.iterdir()):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        files[path.name] = {"sha256": digest, "size": path.stat().st_size}
    text = json.dumps({"key": asdict(key), "device": found.name, "files": files}, indent=2)
    with (folder / ABOUT).open("w", encoding="utf-8") as out:
        out.write(text + "\n")
        out.flush()
        os.fsync(out.fileno())


def _about(folder: Path) -> Key | None:
    try:
        return Key(**json.loads((folder / ABOUT).read_text("utf-8"))["key"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _whole(folder: Path) -> bool:
    try:
        files = json.loads((folder / ABOUT).read_text("utf-8"))["files"]
        if GRAPH not in files or any(Path(name).name != name for name in files):
            return False
        for name, record in files.items():
            path = folder / name
            if path.stat().st_size != record["size"]:
                return False
            with path.open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != record["sha256"]:
                    return False
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False
    return True


def _form_name(key: Key) -> str:
    return key.form.partition("/")[0]


def _nobody(text: str) -> None:
    """Nobody listens."""
