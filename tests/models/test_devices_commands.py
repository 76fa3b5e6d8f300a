"""`journal model devices`, `doctor` and `compile`, in real processes of the model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from journal_app.cli import devices as commands
from journal_app.cli.common import Context
from journal_app.errors import JournalError
from journal_app.models import process
from journal_app.models.catalog import DEFAULT
from tests.helpers.npu import emulated
from tests.helpers.packs import real_packs


@pytest.fixture
def context(journal_folder: Path) -> Iterator[Context]:
    made = Context(journal_folder)
    yield made
    made.close()


def told(context: Context, command: click.Command, *arguments: str) -> Any:
    """What a command prints as JSON."""
    done = CliRunner().invoke(command, [*arguments, "--json"], obj=context)
    if done.exception is not None:
        raise done.exception
    return json.loads(done.stdout)


def test_every_device_has_an_id_and_loaded_models_their_figures(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_MODELS", str(real_packs()))
    found = told(context, commands.devices)
    assert found["devices"][-1]["id"] == "cpu"
    encoder = next(one for one in found["loaded"] if one["model"] == DEFAULT)
    assert encoder["share"] == encoder["work"] == 1.0
    assert encoder["precision"] == "int8"
    assert encoder["memory"] > 10_000_000
    assert 0 < encoder["load_seconds"] < 60


def test_without_a_pack_both_commands_still_answer(context: Context) -> None:
    assert told(context, commands.devices)["loaded"] == []
    found = told(context, commands.doctor)
    assert any("No model is installed" in one["text"] for one in found)
    assert any("telemetry is off" in one["text"] for one in found)


def test_the_doctor_answers_when_nothing_can_be_listed(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> dict[str, Any]:
        raise JournalError("The devices could not be listed (status -11).", "Use the CPU.")

    monkeypatch.setattr(process, "list_devices", broken)
    found = told(context, commands.doctor)
    assert found[0] == {
        "level": "fail",
        "text": "The devices could not be listed (status -11).",
        "way": "Use the CPU.",
    }


def test_a_strict_wish_that_nothing_fulfils_is_told_by_both(
    context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_MODELS", str(real_packs()))
    context.journal.settings.set("device", "openvino-npu-7")
    context.journal.settings.set("device.strict", "on")
    found = told(context, commands.doctor)
    assert any("openvino-npu-7" in one["text"] and one["level"] == "fail" for one in found)
    assert any("must run on openvino-npu-7 alone" in one["text"] for one in found)


def test_a_pack_is_compiled_ahead_of_time_into_a_folder(
    context: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    emulated(monkeypatch)
    monkeypatch.setenv("JOURNAL_MODELS", str(real_packs()))
    to = tmp_path / "compiled"
    arguments = (DEFAULT, "--target", "snapdragon-x2-elite", "--to", str(to))
    made = told(context, commands.compile_pack, *arguments)["made"]
    assert len(made) == 2
    for one in made:
        about = json.loads((Path(one["folder"]) / "compiled.json").read_text("utf-8"))
        assert about["key"]["chip"] == "SC8480XP/81"
        assert one["bytes"] > 1_000_000
    assert sorted(path.name for path in to.iterdir()) == sorted(
        Path(one["folder"]).name for one in made
    )
