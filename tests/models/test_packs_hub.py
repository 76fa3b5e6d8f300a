"""Installing from a Hugging Face hub: the needed files only, gone on with, checked, in place."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_app import paths
from journal_app.errors import Cancelled, JournalError
from journal_app.models import packs
from journal_app.models.catalog import GENERATION
from journal_app.models.packs import fetch, pack_hub
from tests.helpers import onnx_folders as made
from tests.helpers.hub import COMMIT, Hub, files_of

pytest.importorskip("huggingface_hub")
NAME = "hf:tiny/model-ONNX"


@pytest.fixture(autouse=True)
def no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """No token and no cache of the user; a home that must stay empty."""
    for name in list(os.environ):
        if name.startswith(("HF_", "HUGGING")) or name.lower().endswith("_proxy"):
            monkeypatch.delenv(name)
    home = tmp_path / "cache-home"
    home.mkdir()
    monkeypatch.setenv("XDG_CACHE_HOME", str(home))
    yield home


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "packs"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, bytes]:
    folder = made.community(tmp_path / "source", ["", "_q4", "_fp16"])
    made.decoder(folder / "onnx/model_q4.onnx", data="model_q4.onnx_data")
    found = files_of(folder)
    found["pytorch_model.bin"] = b"\x80\x04" + bytes(1000)
    found["modeling_tiny.py"] = b"print('never')"
    found["model.safetensors"] = bytes(5000)
    return found


def test_only_the_needed_files_come_and_nothing_is_kept_elsewhere(
    root: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, no_settings: Path
) -> None:
    seen: list[tuple[int, int]] = []
    with Hub(files) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        found = fetch.install(root, NAME, progress=lambda done, total: seen.append((done, total)))
        asked = len(hub.asked)
        assert fetch.install(root, NAME).id == found.id  # whole already: only looked at
        assert [path for _, path in hub.asked[asked:]] == ["/api/models/tiny/model-ONNX"]
    assert hub.got() == {
        "LICENSE",
        "config.json",
        "generation_config.json",
        "onnx/model_q4.onnx",
        "onnx/model_q4.onnx_data",
        "tokenizer.json",
        "tokenizer_config.json",
    }
    assert (found.id, found.task, found.licence) == ("model-onnx-q4", GENERATION, "apache-2.0")
    assert found.origin == f"hf:tiny/model-ONNX@{COMMIT}"
    assert found.file("model.onnx").read_bytes() == files["onnx/model_q4.onnx"]
    assert packs.verify(found) == [] and packs.find(root, found.id).digest == found.digest
    assert seen and all(done <= total for done, total in seen)
    assert {path.name for path in (root / ".partial").iterdir()} == {"lock"}
    assert list(no_settings.rglob("*")) == []
    paths_asked = {path for _, path in hub.asked}
    assert not any("telemetry" in path or "agent" in path for path in paths_asked)
    assert not any("agent/" in agent or "torch/" in agent for agent in hub.agents)


def test_a_variant_and_a_revision(
    root: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Hub(files) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        found = fetch.install(root, f"{NAME}@main", variant="fp16")
        assert found.file("model.onnx").read_bytes() == files["onnx/model_fp16.onnx"]
        with pytest.raises(JournalError, match="no such revision"):
            fetch.install(root, f"{NAME}@nowhere")
        with pytest.raises(JournalError, match="no variant 'q8'"):
            fetch.install(root, NAME, variant="q8")


def test_a_broken_line_goes_on_where_it_broke(
    root: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    files["onnx/model_q4.onnx"], files["onnx/model_q4.onnx_data"] = big(files)
    with Hub(files, cut_after=[100, 250]) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        found = fetch.install(root, NAME)
    assert packs.verify(found) == []
    assert "bytes=100-" in hub.ranges and "bytes=350-" in hub.ranges


def big(files: dict[str, bytes], size: int = 3_000_000) -> tuple[bytes, bytes]:
    """The q4 graph as it is, with more data behind it than it needs."""
    return files["onnx/model_q4.onnx"], files["onnx/model_q4.onnx_data"] + bytes(size)


def test_a_killed_install_is_gone_on_with(
    root: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, files["onnx/model_q4.onnx_data"] = big(files)
    with Hub(files) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        code = (
            "import sys; from pathlib import Path; from journal_app.models.packs import fetch; "
            f"fetch.install(Path(sys.argv[1]), {NAME!r}, "
            "progress=lambda done, total: print(done, total, flush=True))"
        )
        hub.stall_after = 1_500_000
        environment = {**os.environ, "PYTHONPATH": str(paths.PACKAGE.parent)}
        with subprocess.Popen(
            [sys.executable, "-c", code, str(root)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                done, total = map(int, line.split())
                if total > 3_000_000 and done > 1_000_000:
                    break
            process.kill()
        assert packs.installed_packs(root) == []
        hub.stall_after = None
        hub.release.set()
        before = len(hub.ranges)
        found = fetch.install(root, NAME)
        assert packs.verify(found) == []
        starts = [int(one[6:-1]) for one in hub.ranges[before:] if one]
        assert len(starts) == 1 and 500_000 < starts[0] <= 1_500_000


@pytest.mark.parametrize("wrong", ["onnx/model_q4.onnx", "config.json"])
def test_a_wrong_file_is_thrown_away(
    root: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, wrong: str
) -> None:
    with Hub(files, wrong=wrong) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(JournalError, match="is not the file that the repository records"):
            fetch.install(root, NAME)
        assert packs.installed_packs(root) == []
        assert not list(root.rglob("*.part"))
        hub.wrong = ""
        assert packs.verify(fetch.install(root, NAME)) == []


def test_cancelling_is_quick_and_keeps_what_came(
    root: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    _, files["onnx/model_q4.onnx_data"] = big(files)
    with Hub(files, stall_after=700_000) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        cancelled = threading.Event()

        def progress(done: int, total: int) -> None:
            if total > 3_000_000 and done > 500_000:
                cancelled.set()

        def check() -> None:
            if cancelled.is_set():
                raise Cancelled

        with pytest.raises(Cancelled):
            fetch.install(root, NAME, progress=progress, check=check)
    assert sum(path.stat().st_size for path in root.rglob("*.part")) > 400_000
    assert packs.installed_packs(root) == []


def test_the_token_goes_to_the_hub_and_not_to_its_store(
    root: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "hf").mkdir()
    (tmp_path / "hf" / "token").write_text("hf_secret")
    with Hub(files, token="hf_secret") as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(JournalError, match="no repository tiny/model-ONNX, or it is private"):
            fetch.install(root, NAME)
        monkeypatch.setenv("HF_HOME", str(tmp_path / "hf"))  # where `hf auth login` keeps it
        hub.tokens.clear()
        fetch.install(root, NAME)
    assert hub.tokens == {"hub": {"Bearer hf_secret"}, "store": {None}}
    assert [path.name for path in (tmp_path / "hf").iterdir()] == ["token"]


def test_a_gated_repository_says_what_to_do(
    root: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Hub(files, gated=True) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(JournalError, match="accepted its licence") as caught:
            fetch.install(root, NAME)
    assert "HF_TOKEN" in caught.value.hint


def test_hostile_repositories_are_refused(
    root: Path, files: dict[str, bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for bad in ("../../escaped.json", "/tmp/escaped.json", "nul.json", "a\\b.json"):
        files[bad] = b"{}"
    tensor = made.weights("stolen")
    made.external(tensor, "../../../secret")
    model = made.model(["input_ids", "past_key_values.0.key"], ["logits"], [tensor])
    with Hub(files) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        found = fetch.install(root, NAME)
        assert not [path for _, path in hub.asked if "escaped" in path]
        packs.remove(root, found.id)
        hub.files["onnx/model_q4.onnx"] = model.SerializeToString()  # type: ignore[index]
        with pytest.raises(JournalError, match="stolen"):
            fetch.install(root, NAME)
        hub.files["ONNX/model_q4.onnx"] = b"x"  # type: ignore[index]
        with pytest.raises(JournalError, match="one file on some systems"):
            fetch.install(root, NAME)
    assert not list(tmp_path.rglob("escaped*")) and packs.installed_packs(root) == []


def test_a_repository_of_pickles_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Hub({"pytorch_model.bin": bytes(1000), "config.json": b"{}"}) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        with pytest.raises(JournalError, match="can run code"):
            fetch.install(root, NAME)
    assert hub.got() == set()


def test_without_a_network_or_the_package_the_error_says_how(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")  # nobody listens there
    with pytest.raises(JournalError, match="could not be fetched") as caught:
        fetch.install(root, NAME)
    assert "journal model import" in caught.value.hint
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(JournalError, match="HF_HUB_OFFLINE is set"):
        fetch.install(root, NAME)
    for name in ("hf:", "hf:a/b/c", "hf:../x", "hf:a/b@../c"):
        with pytest.raises(JournalError, match="does not name a repository"):
            fetch.install(root, name)
    monkeypatch.setattr(pack_hub.importlib.util, "find_spec", lambda _name: None)
    with pytest.raises(JournalError, match="needs the package huggingface_hub") as caught:
        fetch.install(root, NAME)
    assert "journal-app[hub]" in caught.value.hint
