"""The packs that Field Journal knows: `resources/models/catalog.toml`, with pinned digests."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from journal_app import paths
from journal_app.errors import NotFound

DEFAULT = "all-minilm-l6-v2-int8"


@dataclass(frozen=True, slots=True)
class Member:
    """A file of a pack. `member` is its path inside the wheel; `shipped` its path in resources."""

    name: str
    sha256: str
    size: int
    member: str = ""
    shipped: str = ""


@dataclass(frozen=True, slots=True)
class Pack:
    """A known model pack. Sizes in bytes; digests are SHA-256 in hex."""

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

    @property
    def project(self) -> str:
        """The name of the package that carries it."""
        return self.requirement.partition("==")[0]

    @property
    def size(self) -> int:
        """Bytes on disk once installed."""
        return sum(file.size for file in self.files)

    @property
    def model(self) -> Member:
        """The ONNX file."""
        return next(file for file in self.files if file.name.endswith(".onnx"))


def catalog(file: Path | None = None) -> Mapping[str, Pack]:
    """Every known pack by its id."""
    source = file or paths.resources() / "models" / "catalog.toml"
    packs = {}
    for entry in tomllib.loads(source.read_text("utf-8"))["pack"]:
        files = tuple(Member(**one) for one in entry.pop("files"))
        packs[entry["id"]] = Pack(files=files, **entry)
    return packs


def known(id: str, file: Path | None = None) -> Pack:
    """The pack called `id`; raises NotFound with the list."""
    packs = catalog(file)
    if id not in packs:
        raise NotFound(f"There is no model pack {id!r}.", "Known packs: " + ", ".join(packs) + ".")
    return packs[id]
