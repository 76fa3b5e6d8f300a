"""`journal model list|install|import|info|verify|remove` as a user types them."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from journal_app.cli import packs as commands
from journal_app.cli.common import Context
from journal_app.errors import JournalError
from journal_app.models.catalog import DEFAULT, WRITER
from tests.helpers import onnx_folders as made
from tests.helpers.hub import Hub, files_of
from tests.helpers.packs import real_packs


@pytest.fixture(autouse=True)
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of packs that the commands use."""
    monkeypatch.setenv("JOURNAL_MODELS", str(tmp_path / "packs"))
    return tmp_path / "packs"


def model(*words: str, stdin: str = "") -> Result:
    """Run one command of the group; JournalErrors come back as `result.exception`."""
    group = click.Group("model")
    for command in (
        commands.list_packs,
        commands.install,
        commands.import_pack,
        commands.info,
        commands.verify,
        commands.remove,
    ):
        group.add_command(command)
    return CliRunner().invoke(group, list(words), obj=Context(), input=stdin)


def parsed(result: Result) -> Any:
    assert result.exit_code == 0, (result.output, result.exception)
    return json.loads(result.stdout)


def told(result: Result) -> str:
    assert isinstance(result.exception, JournalError), (result.output, result.exception)
    assert result.exception.hint
    return str(result.exception)


def test_list_shows_the_catalog_the_imported_and_the_damaged(root: Path, tmp_path: Path) -> None:
    before = parsed(model("list", "--json"))
    assert [(one["id"], one["state"], one["imported"]) for one in before] == [
        (DEFAULT, "not installed", False),
        (WRITER, "not installed", False),
    ]
    made_one = parsed(model("import", str(made.community(tmp_path / "Tiny")), "--json"))
    assert made_one["id"] == "tiny-q4" and made_one["files"]["model.onnx"]["size"] > 0
    (row,) = [one for one in parsed(model("list", "--json")) if one["id"] == "tiny-q4"]
    assert row["installed"] and row["imported"] and row["task"] == "text generation"
    (root / "tiny-q4" / "config.json").unlink()
    shown = model("list").stdout
    assert "damaged" in shown and "not installed" in shown and "tiny-q4" in shown


def test_install_from_a_file_and_verify(root: Path) -> None:
    source = real_packs() / DEFAULT
    done = model("install", "--from", str(source))
    assert done.exit_code == 0 and "Licence: Apache-2.0" in done.stdout
    assert "Installed and verified" in done.stdout
    assert "every file matches" in model("verify").stdout
    (root / DEFAULT / "extra.json").write_text("{}")
    problems = json.loads(model("verify", "--json").stdout)["problems"]
    assert problems == ["extra.json: is not a file of this pack; take it away"]
    assert model("verify", "--json").exit_code == 1
    assert "is damaged" in told(model("verify"))


def test_info_tells_all_with_the_licence_in_full(root: Path) -> None:
    about = parsed(model("info", WRITER, "--json"))
    assert about["state"] == "not installed" and about["gate"]["fact_recall"]["least"] == 0.8
    assert about["memory"] > 0 and about["files"]["source.gguf"]["sha256"]
    assert "Apache License" in about["licence_text"]
    shown = model("info", WRITER).stdout
    for words in (
        "fact_recall at least 0.8, not below the extractive core",
        "number_errors at most 0",
        "2026-11-28",
        "Apache License",
        "about 200.0 MB",
    ):
        assert words in shown
    shutil.copytree(real_packs() / DEFAULT, root / DEFAULT)
    installed = parsed(model("info", "--json"))
    assert installed["state"] == "installed" and len(installed["digest"]) == 64
    (root / DEFAULT / "vocab.txt").unlink()
    assert "state:     damaged; vocab.txt" in model("info").stdout
    assert "no model pack" in told(model("info", "nothing"))
    assert "no model pack" in told(model("info", "../.."))


def test_remove_asks(root: Path, tmp_path: Path) -> None:
    folder = str(made.community(tmp_path / "Tiny"))
    assert model("import", folder, "--id", "mine", "--licence", "Gemma").exit_code == 0
    assert model("remove", "mine", stdin="n\n").exit_code == 1
    assert (root / "mine").is_dir()
    done = model("remove", "mine", stdin="y\n")
    assert done.exit_code == 0 and "Removed mine" in done.stdout
    assert not (root / "mine").exists()
    model("import", folder, "--id", "mine")
    assert parsed(model("remove", "mine", "--yes", "--json"))["removed"] is True
    assert "not installed" in told(model("remove", "mine", "--yes"))
    assert "cannot name" in told(model("remove", "../mine", "--yes"))


def test_import_says_what_it_is_and_what_it_left(tmp_path: Path) -> None:
    folder = made.community(tmp_path / "Tiny")
    (folder / "pytorch_model.bin").write_bytes(b"pickled")
    shown = model("import", str(folder), "--variant", "fp16").stdout
    assert "tiny-fp16: text generation. Licence: MIT." in shown
    assert "Left out, never opened: pytorch_model.bin." in shown


def test_install_from_a_hub(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("huggingface_hub")
    for name in [name for name in os.environ if name.startswith("HF_")]:
        monkeypatch.delenv(name)
    with Hub(files_of(made.two_graphs(tmp_path / "source"))) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        made_one = parsed(model("install", "hf:tiny/model-ONNX", "--variant", "q4", "--json"))
    assert made_one["layout"] == "decoder-two-graphs" and made_one["licence"] == "apache-2.0"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("verify",), "not installed"),
        (("verify", "nothing"), "no model pack"),
        (("install", "nothing"), "no model pack"),
        (("install", "--from", "nowhere.whl"), "no file"),
        (("install", "--variant", "q4"), "has no variants"),
        (("install", "hf:a/b", "--from", "x"), "--from is for packs of the catalog"),
        (("install", "hf:a/b/c"), "does not name a repository"),
        (("import", "nowhere.gguf"), "no file or folder"),
    ],
)
def test_errors_are_plain(words: tuple[str, ...], says: str) -> None:
    assert says in told(model(*words))
