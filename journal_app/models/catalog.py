"""The packs that Field Journal knows: `resources/models/catalog.toml`, with pinned digests."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from journal_app import paths
from journal_app.errors import NotFound
from journal_app.settings import declared

DEFAULT = "all-minilm-l6-v2-int8"  # the pack that reads
WRITER = declared("model.writer").default  # the pack that writes, unless the user names another
EMBEDDINGS = "sentence embeddings"
GENERATION = "text generation"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a pack. `member` is its path inside the wheel; `shipped` its path in resources."""

    name: str
    sha256: str
    size: int
    member: str = ""
    shipped: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold of the gate: at least, at most, and how far below the extractive core's figure
    on the same notes (0: not below it). None: not asked."""

    least: float | None = None
    most: float | None = None
    below_core: float | None = None


@dataclass(frozen=True, slots=True)
class Eval:
    """Results of our gate as `journal model eval --record` measured them on one device."""

    device: str
    date: str
    results: Mapping[str, float]
    digest: str = ""
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """A known model pack. Sizes and memory in bytes; digests are SHA-256 in hex.

    `make` names how the pinned source becomes the model when it is installed ("gguf": converted to
    ONNX, about `made_size` bytes more); "" means that the pinned files are the pack. `devices` are
    the devices on which it was tried.
    """

    id: str
    task: str
    title: str
    licence: str
    origin: str
    requirement: str
    wheel: str
    wheel_sha256: str
    wheel_size: int
    files: tuple[Member, ...]
    make: str = ""
    made_size: int = 0
    memory: int = 0
    licence_file: str = "LICENSE"
    devices: tuple[str, ...] = ()
    gate: Mapping[str, Limit] = field(default_factory=dict)
    evals: tuple[Eval, ...] = ()

    @property
    def project(self) -> str:
        """The name of the package that carries it."""
        return self.requirement.partition("==")[0]

    @property
    def size(self) -> int:
        """Bytes on disk once installed (about, where files are made)."""
        return sum(file.size for file in self.files) + self.made_size

    @property
    def model(self) -> Member:
        """The pinned file with the weights: ONNX, or the source that is converted."""
        return next(file for file in self.files if file.name.endswith((".onnx", ".gguf")))

    @property
    def thresholds(self) -> Mapping[str, float]:
        """The gate's bounds by metric, whichever way each is meant."""
        bounds = {
            name: limit.most if limit.least is None else limit.least
            for name, limit in self.gate.items()
        }
        return {name: bound for name, bound in bounds.items() if bound is not None}

    @property
    def licence_text(self) -> str:
        """The licence in full, as it travels with Field Journal; "" where none does."""
        for file in self.files:
            if file.name == self.licence_file and file.shipped:
                return (paths.resources() / "models" / file.shipped).read_text("utf-8")
        return ""


def catalog(file: Path | None = None) -> Mapping[str, Pack]:
    """Every known pack by its id."""
    source = file or paths.resources() / "models" / "catalog.toml"
    entries = tomllib.loads(source.read_text("utf-8"))["pack"]
    return {entry["id"]: _pack(entry) for entry in entries}


def _pack(entry: dict[str, Any]) -> Pack:
    given = dict(entry)
    given["files"] = tuple(Member(**one) for one in entry["files"])
    given["gate"] = {name: Limit(**one) for name, one in entry.get("gate", {}).items()}
    given["evals"] = tuple(Eval(**one) for one in entry.get("evals", ()))
    given["devices"] = tuple(entry.get("devices", ()))
    return Pack(**given)


def known(id: str, file: Path | None = None) -> Pack:
    """The pack called `id`; raises NotFound with the list."""
    packs = catalog(file)
    if id not in packs:
        raise NotFound(
            f"There is no model pack {id!r}.",
            "Known packs: " + ", ".join(packs) + ". `journal model import PATH` takes in others.",
        )
    return packs[id]
