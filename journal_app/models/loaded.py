"""The models that are loaded in this process, within the memory that the user grants them.

Invariant: before a model is loaded there is room for what its pack says it needs: what was used
longest ago is unloaded first, and where that is not enough, loading is refused with the figures.
Runs in the model process only.
"""

from __future__ import annotations

import contextlib
import gc
import json
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal_app.domain.summarize import DeviceInfo
from journal_app.errors import JournalError
from journal_app.models.memory import give_back, resident

if TYPE_CHECKING:
    from journal_app.models.decoding.decoder import Decoder
    from journal_app.models.embedder import Embedder

SMALL_BATCH = 1  # texts at once in the background: as fast as 16, with a third of the memory
_MB = 1_000_000


@dataclass(slots=True)
class _Slot:
    model: Any
    info: DeviceInfo
    users: int = 0


class Models:
    """The loaded packs by folder, the most recently used last. Use from any thread.

    `policy` and `strict` choose the device (see `devices`); `limit` is the most bytes that this
    process may hold, 0 for no limit; `background` takes one thread and small batches.
    """

    def __init__(
        self, policy: str, *, strict: bool = False, limit: int = 0, background: bool = False
    ) -> None:
        self._policy, self._strict = policy, strict
        self._limit, self._background = limit, background
        self._slots: OrderedDict[Path, _Slot] = OrderedDict()
        self._lock = threading.RLock()  # of the slots; held for moments
        self._loading = threading.Lock()  # one load at a time: each must know what is held

    @contextlib.contextmanager
    def embedder(self, folder: Path) -> Iterator[Embedder]:
        """The sentence encoder of a pack, loaded if need be, kept while it is used."""
        with self._using(folder, self._open_embedder) as slot:
            yield slot.model

    @contextlib.contextmanager
    def decoder(self, folder: Path) -> Iterator[Decoder]:
        """The generator of a pack, loaded if need be, kept while it is used."""
        with self._using(folder, self._open_decoder) as slot:
            yield slot.model

    def info(self, folder: Path) -> DeviceInfo:
        """Where a loaded pack runs."""
        with self._lock:
            return self._slots[folder].info

    def loaded(self) -> list[DeviceInfo]:
        """Every loaded model with its device, memory and load time."""
        with self._lock:
            return [slot.info for slot in self._slots.values()]

    def tidy(self) -> None:
        """Unload what was used longest ago while the process holds more than it may."""
        with self._lock:
            while self._over(0) and self._unload_oldest():
                pass

    @contextlib.contextmanager
    def _using(self, folder: Path, start: Callable[[Path], Any]) -> Iterator[_Slot]:
        slot = self._taken(folder)
        if slot is None:
            with self._loading:  # who uses another model meanwhile is not kept waiting
                slot = self._taken(folder) or self._load(folder, start)
        try:
            yield slot
        finally:
            with self._lock:
                slot.users -= 1

    def _taken(self, folder: Path) -> _Slot | None:
        with self._lock:
            slot = self._slots.get(folder)
            if slot is not None:
                self._slots.move_to_end(folder)
                slot.users += 1
            return slot

    def _load(self, folder: Path, start: Callable[[Path], Any]) -> _Slot:
        need = _need(folder)
        while self._over(need) and self._unload_oldest():
            pass
        if self._over(need):
            held = resident() or 0
            raise JournalError(
                f"{folder.name} needs about {need / _MB:,.0f} MB beside the {held / _MB:,.0f} MB "
                f"that the model process holds; it may hold {self._limit / _MB:,.0f} MB.",
                f"`journal config model.memory {_enough(held + need)}` grants more, in MB; or take "
                "a smaller pack.",
            )
        before, began = resident(), time.perf_counter()
        model = start(folder)
        seconds, after = time.perf_counter() - began, resident()
        grown = max(0, after - before) if before is not None and after is not None else None
        info = replace(model.info, memory=grown, load_seconds=seconds, model=folder.name)
        with self._lock:
            slot = self._slots[folder] = _Slot(model, info, users=1)
        return slot

    def _open_embedder(self, folder: Path) -> Embedder:
        from journal_app.models import devices
        from journal_app.models.embedder import BATCH, Embedder

        low = self._background
        return Embedder(
            folder / "model.onnx",
            folder / "vocab.txt",
            self._policy,
            strict=self._strict,
            threads=1 if low else devices.MAX_THREADS,
            batch=SMALL_BATCH if low else BATCH,
        )

    def _open_decoder(self, folder: Path) -> Decoder:
        from journal_app.models.decoding.decoder import Decoder

        return Decoder(folder, self._policy, strict=self._strict)

    def _over(self, need: int) -> bool:
        held = resident()
        return bool(self._limit) and held is not None and held + need > self._limit

    def _unload_oldest(self) -> bool:
        """Whether something could be unloaded; what is in use stays."""
        with self._lock:
            for folder, slot in self._slots.items():
                if slot.users == 0:
                    del self._slots[folder], slot
                    gc.collect()
                    give_back()
                    return True
        return False


def _enough(held: int) -> int:
    """A limit in MB that holds so many bytes, with a tenth to spare, in hundreds."""
    return -(-int(held * 1.1) // (100 * _MB)) * 100


def _need(folder: Path) -> int:
    """Bytes that a pack says it needs in memory; else the size of its model files."""
    try:
        given = json.loads((folder / "manifest.json").read_text("utf-8")).get("memory")
        if isinstance(given, int) and given > 0:
            return given
        files = [*folder.glob("*.onnx"), *folder.glob("*.onnx*data")]
        return sum(file.stat().st_size for file in files)
    except (OSError, ValueError, AttributeError):
        return 0  # loading it will tell what is wrong
