"""The memory that models may hold: room is made, what is used stays, refusals name figures."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_app.domain.summarize import DeviceInfo
from journal_app.errors import JournalError
from journal_app.models import loaded, memory
from journal_app.models.loaded import Models

MB = 1_000_000


class FakeModel:
    """Holds what its pack says."""

    info = DeviceInfo("cpu", "Test", "CPUExecutionProvider", 1.0, precision="int8")

    def __init__(self, size: int, held: list[int]) -> None:
        self._size, self._held = size, held
        held.append(size)

    def __del__(self) -> None:
        self._held.remove(self._size)


class Memory:
    """Models without files of their own and a process whose memory the test knows."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.held = root, [10 * MB]
        self.opened: list[str] = []
        self.before: Callable[[str], None] = lambda _name: None
        monkeypatch.setattr(loaded, "resident", lambda: sum(self.held))
        monkeypatch.setattr(Models, "_open_embedder", self._open)
        monkeypatch.setattr(Models, "_open_decoder", self._open)

    def _open(self, folder: Path) -> FakeModel:
        self.opened.append(folder.name)
        self.before(folder.name)
        return FakeModel(json.loads((folder / "manifest.json").read_text())["memory"], self.held)

    def pack(self, name: str, size: int) -> Path:
        folder = self.root / name
        folder.mkdir()
        (folder / "manifest.json").write_text(json.dumps({"memory": size * MB}))
        return folder


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Memory:
    return Memory(tmp_path, monkeypatch)


def names(models: Models) -> list[str]:
    return [one.model for one in models.loaded()]


def test_a_model_is_loaded_once_and_told_with_its_memory(machine: Memory) -> None:
    models = Models("cpu")
    pack = machine.pack("a", 100)
    for _ in range(3):
        with models.embedder(pack) as model:
            assert isinstance(model, FakeModel)
    assert machine.opened == ["a"]
    (info,) = models.loaded()
    assert (info.model, info.memory, info.kind) == ("a", 100 * MB, "cpu")
    assert info.load_seconds >= 0 and models.info(pack) == info


def test_what_was_used_longest_ago_makes_room(machine: Memory) -> None:
    models = Models("cpu", limit=320 * MB)
    a, b, c = (machine.pack(name, 100) for name in "abc")
    for pack in (a, b, c, a):
        with models.embedder(pack):
            pass
    assert names(models) == ["b", "c", "a"]
    with models.decoder(machine.pack("d", 150)):
        assert names(models) == ["a", "d"], "two had to go, the oldest first"
    with models.embedder(b):
        assert names(models) == ["a", "d", "b"] or names(models) == ["d", "b"]
    assert sum(machine.held) <= 320 * MB


def test_what_is_in_use_is_never_unloaded(machine: Memory) -> None:
    models = Models("cpu", limit=250 * MB)
    a, b = machine.pack("a", 100), machine.pack("b", 200)
    with models.embedder(a):
        with pytest.raises(JournalError), models.decoder(b):
            pass
        models.tidy()
        assert names(models) == ["a"]
        with models.embedder(a):
            pass
        models.tidy()
        assert names(models) == ["a"], "the first user still holds it"
    with models.decoder(b):
        assert names(models) == ["b"]


def test_a_refusal_names_figures_and_a_way_out_that_works(machine: Memory) -> None:
    pack = machine.pack("big", 700)
    with pytest.raises(JournalError) as error, Models("cpu", limit=400 * MB).decoder(pack):
        pass
    assert error.value.message == (
        "big needs about 700 MB beside the 10 MB that the model process holds; it may hold 400 MB."
    )
    assert "`journal config model.memory 800`" in error.value.hint
    with Models("cpu", limit=800 * MB).decoder(pack):
        pass
    with Models("cpu").decoder(machine.pack("any", 9000)):
        pass


def test_where_memory_is_unknown_nothing_is_refused(
    machine: Memory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loaded, "resident", lambda: None)
    models = Models("cpu", limit=MB)
    with models.embedder(machine.pack("a", 100)):
        assert models.loaded()[0].memory is None
    models.tidy()
    assert names(models) == ["a"]


def test_tidy_unloads_what_grew_beyond_the_limit(machine: Memory) -> None:
    models = Models("cpu", limit=300 * MB)
    a, b = machine.pack("a", 100), machine.pack("b", 100)
    for pack in (a, b):
        with models.embedder(pack):
            pass
    machine.held[0] += 150 * MB
    models.tidy()
    assert names(models) == ["b"]


def test_a_pack_that_fails_to_load_is_tried_again(machine: Memory) -> None:
    models = Models("cpu")
    pack = machine.pack("a", 100)

    def fail(_name: str) -> None:
        raise RuntimeError("bad file")

    machine.before = fail
    with pytest.raises(RuntimeError), models.embedder(pack):
        pass
    assert models.loaded() == []
    machine.before = lambda _name: None
    with models.embedder(pack):
        assert names(models) == ["a"]


def test_while_one_is_loaded_another_can_be_used(machine: Memory) -> None:
    models = Models("cpu")
    small, big = machine.pack("small", 10), machine.pack("big", 100)
    with models.embedder(small):
        pass
    loading, go = threading.Event(), threading.Event()

    def wait(_name: str) -> None:
        loading.set()
        assert go.wait(30)

    machine.before = wait

    def load() -> None:
        with models.decoder(big):
            pass

    threads = [threading.Thread(target=load) for _ in range(2)]
    for thread in threads:
        thread.start()
    try:
        assert loading.wait(30)
        with models.embedder(small):  # would hang if a load kept the others out
            models.tidy()
            assert names(models) == ["small"]
    finally:
        go.set()
        for thread in threads:
            thread.join(30)
    assert machine.opened == ["small", "big"], "both asked for it, it was loaded once"


def test_what_a_pack_needs_is_read_from_its_manifest_or_its_files(tmp_path: Path) -> None:
    assert loaded._need(tmp_path) == 0
    (tmp_path / "model.onnx").write_bytes(b"x" * 100)
    (tmp_path / "model.onnx.data").write_bytes(b"x" * 1000)
    for manifest in ("{}", '{"memory": -1}', '{"memory": "much"}', '{"memory": null}'):
        (tmp_path / "manifest.json").write_text(manifest)
        assert loaded._need(tmp_path) == 1100
    for broken in ("[]", "{", "\x00"):
        (tmp_path / "manifest.json").write_text(broken)
        assert loaded._need(tmp_path) == 0
    (tmp_path / "manifest.json").write_text('{"memory": 5}')
    assert loaded._need(tmp_path) == 5


def test_this_process_knows_its_memory_and_gives_some_back() -> None:
    before = memory.resident()
    assert before is not None and before > 5 * MB
    held = bytearray(64 * MB)
    held[::4096] = b"x" * len(held[::4096])
    grown = memory.resident()
    assert grown is not None and grown > before + 50 * MB
    del held
    memory.give_back()
    after = memory.resident()
    assert after is not None and after < grown - 50 * MB
    assert memory.resident(2**22 + 5) is None
