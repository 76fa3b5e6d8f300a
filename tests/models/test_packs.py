"""Packs on disk: manifests old and new, what verify sees, removing, kills and full disks."""

from __future__ import annotations

import hashlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from journal_app import paths
from journal_app.errors import JournalError, NotFound
from journal_app.models import packs
from journal_app.models.catalog import DEFAULT, EMBEDDINGS, GENERATION, WRITER, catalog, known
from journal_app.models.packs import fetch, pack_build, pack_place
from journal_app.models.packs.pack_import import import_pack
from tests.helpers import onnx_folders as made
from tests.helpers.packs import real_gguf, real_packs, tiny_catalog, tiny_wheel


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "packs"


def test_the_catalog_states_what_a_user_must_know() -> None:
    for pack in catalog().values():
        assert pack.task in (EMBEDDINGS, GENERATION) and pack.licence and pack.origin
        assert pack.memory > 0 and pack.devices
        assert "Apache License" in pack.licence_text
        for file in pack.files:
            assert bool(file.member) != bool(file.shipped)
        if pack.task == GENERATION:
            assert pack.gate["fact_recall"].least == 0.80
            assert pack.gate["fact_recall"].below_core == 0
            assert pack.gate["number_errors"].most == pack.gate["unsupported"].most == 0
            assert pack.thresholds == {"fact_recall": 0.80, "number_errors": 0, "unsupported": 0}
    small = known(WRITER)
    assert small.make == "gguf" and small.model.name == "source.gguf"


def test_a_pack_of_an_older_field_journal_keeps_working(root: Path, tmp_path: Path) -> None:
    source = real_packs() / DEFAULT
    shutil.copytree(source, root / DEFAULT)
    manifest = json.loads((root / DEFAULT / "manifest.json").read_text("utf-8"))
    keys = "id task title licence origin requirement files installed".split()
    old = {key: manifest[key] for key in keys}  # as schema 1 was
    (root / DEFAULT / "manifest.json").write_text(json.dumps(old), "utf-8")
    found = packs.find(root, DEFAULT)
    assert (found.task, found.layout, found.graphs) == (
        EMBEDDINGS,
        "encoder",
        {"encoder": "model.onnx"},
    )
    assert found.memory == known(DEFAULT).memory and found.pack == known(DEFAULT)
    assert "Apache License" in found.licence_text
    assert packs.verify(found) == [] and packs.installed(root, known(DEFAULT)) == found
    assert [one.id for one in packs.installed_packs(root)] == [DEFAULT]
    assert fetch.install(root, DEFAULT) == found  # nothing is fetched again
    new = pack_build.install_from(tmp_path / "new", found.pack, root, partial(tmp_path / "new"))
    assert new.manifest["schema"] == 2 and new.digest == found.digest


def partial(root: Path) -> Path:
    folder = root / ".partial"
    folder.mkdir(parents=True)
    return folder


def test_the_digest_names_every_file_and_its_bytes(root: Path, tmp_path: Path) -> None:
    folder = made.community(tmp_path / "tiny", [""])
    first = import_pack(root, folder, id="first")
    second = import_pack(root, folder, id="second")
    assert first.digest == second.digest
    (folder / "tokenizer_config.json").write_text("{}")
    assert import_pack(root, folder, id="third").digest != first.digest


def test_verify_names_what_differs_what_is_gone_and_what_is_foreign(
    root: Path, tmp_path: Path
) -> None:
    found = import_pack(root, made.community(tmp_path / "tiny"), id="tiny")
    text = found.file("config.json").read_text()
    found.file("config.json").write_text(text.replace("1", "2"))
    found.file("tokenizer.json").unlink()
    found.file("chat_template.jinja").write_text("{{ evil }}")
    (found.folder / "onnx").mkdir()
    (found.folder / "onnx" / "model.onnx").write_bytes(b"other")
    found.file(".DS_Store").write_bytes(b"litter")
    problems = packs.verify(found)
    assert [one.partition(":")[0] for one in problems] == [
        "config.json",
        "tokenizer.json",
        "chat_template.jinja",
        "onnx/model.onnx",
    ]
    assert "SHA-256 is" in problems[0] and "not a file of this pack" in problems[2]
    with pytest.raises(JournalError, match=r"tiny is damaged: tokenizer\.json") as caught:
        packs.find(root, "tiny")
    assert "journal model remove tiny" in caught.value.hint
    assert packs.installed_packs(root) == [] and packs.ids(root)[-1] == "tiny"


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right on Windows")
def test_a_link_in_place_of_a_file_is_a_problem(root: Path, tmp_path: Path) -> None:
    found = import_pack(root, made.community(tmp_path / "tiny"), id="tiny")
    same = shutil.copy(found.file("config.json"), tmp_path / "config.json")
    found.file("config.json").unlink()
    found.file("config.json").symlink_to(same)
    assert packs.verify(found) == ["config.json: is a link, not a file"]


@pytest.mark.parametrize(
    "manifest",
    [
        "",
        "[]",
        "{}",
        '{"id": "other", "files": {}}',
        '{"id": "tiny", "files": {"../../out": {"sha256": "", "size": 1}}}',
        '{"id": "tiny", "files": {"/etc/passwd": {"sha256": "", "size": 1}}}',
        '{"id": "tiny", "files": {"model.onnx": {}}}',
        '{"id": "tiny", "schema": 9, "files": {}}',
        "[" * 100_000,
    ],
)
def test_a_manifest_that_is_none_makes_a_damaged_pack(
    root: Path, tmp_path: Path, manifest: str
) -> None:
    found = import_pack(root, made.community(tmp_path / "tiny"), id="tiny")
    found.file("manifest.json").write_text(manifest)
    with pytest.raises(JournalError, match=r"is damaged: manifest\.json"):
        packs.find(root, "tiny")
    assert packs.installed_packs(root) == []
    assert packs.remove(root, "tiny") > 0  # the way out works


def test_pins_of_the_catalog_count_even_against_the_manifest(root: Path, tmp_path: Path) -> None:
    wheel = tiny_wheel(tmp_path, b"model" * 100)
    file = tiny_catalog(tmp_path, wheel, b"model" * 100)
    found = fetch.install(root, "tiny", source=wheel, catalog=file)
    changed = b"modal" * 100
    found.file("model.onnx").write_bytes(changed)
    manifest = json.loads(found.file("manifest.json").read_text())
    manifest["files"]["model.onnx"]["sha256"] = hashlib.sha256(changed).hexdigest()
    found.file("manifest.json").write_text(json.dumps(manifest))
    assert "SHA-256" in packs.verify(packs.find(root, "tiny", file))[0]


def test_what_is_not_there_is_told_with_the_way_to_it(root: Path) -> None:
    with pytest.raises(NotFound, match="no model pack 'nothing'") as caught:
        packs.find(root, "nothing")
    assert WRITER in caught.value.hint and "journal model import" in caught.value.hint
    with pytest.raises(JournalError, match=f"not installed .{WRITER}") as found:
        packs.find(root, WRITER)
    assert f"journal model install {WRITER}" in found.value.hint
    for id in ("../..", "/etc", "a/b", "", ".partial", "."):
        with pytest.raises(JournalError):
            packs.find(root, id)
        with pytest.raises(JournalError):
            packs.remove(root, id)


def test_removing_is_whole_and_waits_for_no_one(root: Path, tmp_path: Path) -> None:
    found = import_pack(root, made.community(tmp_path / "tiny"), id="tiny")
    with packs.locked(root), pytest.raises(JournalError, match="Another process is installing"):
        packs.remove(root, "tiny")
    assert packs.verify(packs.find(root, "tiny")) == []
    assert packs.remove(root, "tiny") >= found.size
    assert not found.folder.exists() and list((root / ".partial").iterdir()) == [
        root / ".partial" / "lock"
    ]
    with pytest.raises(NotFound, match="not installed"):
        packs.remove(root, "tiny")


def test_a_replacement_killed_between_its_renames_is_undone(root: Path, tmp_path: Path) -> None:
    found = import_pack(root, made.community(tmp_path / "tiny"), id="tiny")
    half = root / ".partial" / "tiny.new"
    half.mkdir()
    (half / "model.onnx").write_bytes(b"half")
    found.folder.replace(root / ".partial" / "tiny.old")
    assert packs.installed(root, known(DEFAULT)) is None
    assert packs.verify(packs.require(root, "tiny")) == []
    assert not half.exists()


def test_a_download_given_up_long_ago_is_tidied_away(root: Path) -> None:
    folder = partial(root)
    old, young = folder / "old.part", folder / "young.hub"
    old.write_bytes(b"x")
    young.mkdir()
    ago = time.time() - 40 * 86_400
    os.utime(old, (ago, ago))
    with packs.locked(root):
        assert not old.exists() and young.exists()


def test_without_room_nothing_begins(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = made.community(tmp_path / "tiny")
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(pack_place.shutil, "disk_usage", lambda _path: usage._replace(free=10**6))
    with pytest.raises(JournalError, match="no room for the pack tiny") as caught:
        import_pack(root, folder, id="tiny")
    assert "journal model remove" in caught.value.hint
    with pytest.raises(JournalError, match="no room"):
        fetch.install(root, DEFAULT)
    assert packs.installed_packs(root) == []


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are of POSIX")
def test_a_disk_that_fills_up_on_the_way_leaves_nothing(root: Path, tmp_path: Path) -> None:
    folder = made.community(tmp_path / "tiny", [""])
    (folder / "tokenizer.json").write_text(json.dumps({"model": {}, "pad": "x" * 500_000}))
    code = (
        "import resource, sys; from pathlib import Path\n"
        "from journal_app.errors import JournalError\n"
        "from journal_app.models.packs.pack_import import import_pack\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
        "try: import_pack(Path(sys.argv[1]), Path(sys.argv[2]), id='tiny')\n"
        "except JournalError as error: print(error.message)\n"
    )
    done = run(code, root, folder)
    assert "could not be written" in done.stdout, done.stderr
    assert packs.installed_packs(root) == []
    assert [path.name for path in root.rglob("*") if path.is_file()] == ["lock"]


def run(code: str, *arguments: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(paths.PACKAGE.parent)},
    )


def test_killed_at_any_moment_a_pack_is_whole_or_not_there(root: Path, tmp_path: Path) -> None:
    """Imports, replaces and removes in a loop, killed with no chance to tidy, 12 times."""
    wheel = tiny_wheel(tmp_path, random.Random(1).randbytes(3_000_000))
    file = tiny_catalog(tmp_path, wheel, random.Random(1).randbytes(3_000_000))
    folder = made.community(tmp_path / "mine", ["_q4"])
    code = (
        "import sys; from pathlib import Path\n"
        "from journal_app.models import packs\n"
        "from journal_app.models.packs import fetch\n"
        "from journal_app.models.packs.pack_import import import_pack\n"
        "root, wheel, file, folder = map(Path, sys.argv[1:])\n"
        "while True:\n"
        "    fetch.install(root, 'tiny', source=wheel, catalog=file); print('a', flush=True)\n"
        "    import_pack(root, folder, id='mine', file=file); print('b', flush=True)\n"
        "    packs.remove(root, 'mine'); print('c', flush=True)\n"
    )
    chance = random.Random(7)
    seen = 0
    for _ in range(12):
        with subprocess.Popen(
            [sys.executable, "-c", code, *map(str, (root, wheel, file, folder))],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(paths.PACKAGE.parent)},
        ) as process:
            assert process.stdout is not None
            for _ in range(chance.randrange(1, 6)):
                assert process.stdout.readline()
            until = time.perf_counter() + chance.random() * 0.03
            while time.perf_counter() < until:
                pass
            process.kill()
        for found in packs.installed_packs(root, file):
            assert packs.verify(found) == []
            seen += 1
        assert {path.name for path in root.iterdir()} <= {".partial", "tiny", "mine"}
        for name in ("tiny", "mine"):
            if (root / name).exists():
                assert packs.damage(root, name) == []
        if (root / "mine").exists():
            packs.remove(root, "mine")
        assert packs.verify(packs.find(root, "tiny", file)) == []  # never lost by a replacement
    assert seen >= 12


def test_smollm2_is_converted_when_it_is_installed(root: Path) -> None:
    source = real_gguf()
    began = time.perf_counter()
    found = fetch.install(root, WRITER, source=source)
    assert time.perf_counter() - began < 20
    assert (found.task, found.layout, found.graphs) == (
        GENERATION,
        "decoder",
        {"decoder": "model.onnx"},
    )
    assert packs.verify(found) == [] and packs.find(root, WRITER).digest == found.digest
    assert abs(found.size - known(WRITER).size) < 2_000_000
    source = shutil.copy(source, root / "Mine.gguf")
    assert import_pack(root, source).id == WRITER  # known by its digest, whatever it is called
    with source.open("ab") as handle:
        handle.write(b"\0")
    mine = import_pack(root, source)
    assert (mine.id, mine.task, mine.licence, mine.layout) == (
        "mine",
        GENERATION,
        "apache-2.0",
        "decoder",
    )
    assert mine.files["model.onnx.data"] == found.files["model.onnx.data"]
    found.file("model.onnx.data").unlink()
    assert "model.onnx.data" in packs.damage(root, WRITER)[0]
