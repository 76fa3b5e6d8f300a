"""`journal import` and `journal runs` as a user meets them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from journal_app.cli.common import Context
from journal_app.cli.runs import import_records, runs, safe
from journal_app.errors import JournalError
from tests.helpers import records


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal"


def call(journal: Path, command: str, *args: str) -> Result:
    context = Context(journal)
    try:
        chosen = import_records if command == "import" else runs
        return CliRunner().invoke(chosen, list(args), obj=context, catch_exceptions=False)
    finally:
        context.close()


def test_import_then_list_then_show(journal: Path, tmp_path: Path) -> None:
    path = tmp_path / "train.log"
    path.write_text(records.training_log())
    first = call(journal, "import", str(path))
    assert first.exit_code == 0 and "1 new" in first.output and "d4" in first.output
    assert "1 same" in call(journal, "import", str(path)).output
    listed = call(journal, "runs")
    for word in ("d4", "finished", "nanochat", "val bpb 0.7533", "zone unknown"):
        assert word in listed.output
    shown = call(journal, "runs", "show", "d4")
    for word in ("▁", "3.1676 → 0.7533", "core_metric_estimate", "boolq", "params_wte"):
        assert word in shown.output, word
    assert "someone" not in shown.output


def test_json(journal: Path, tmp_path: Path) -> None:
    path = records.write_lm_eval(tmp_path)
    report = json.loads(call(journal, "import", str(path), "--json").output)
    assert report["runs"] == {"new": 1, "changed": 0, "same": 0, "removed": 0}
    assert report["format"] == "lm-eval" and report["problems"] == []
    (row,) = json.loads(call(journal, "runs", "--json").output)
    assert row["id"] == report["ids"][0] and row["evals"] == 5
    whole = json.loads(call(journal, "runs", "show", row["id"], "--json").output)
    code = next(e for e in whole["eval_results"] if e["task"] == "code")
    assert code["score"] is None and code["is_nan"]
    assert "someone" not in json.dumps(whole)


def test_filters_and_an_empty_journal(journal: Path, tmp_path: Path) -> None:
    assert "journal import" in call(journal, "runs").output
    call(journal, "import", str(records.write_lm_eval(tmp_path)))
    assert json.loads(call(journal, "runs", "--source", "nanochat", "--json").output) == []
    assert len(json.loads(call(journal, "runs", "-q", "tiny", "--json").output)) == 1
    with pytest.raises(JournalError, match="no curve"):
        call(journal, "runs", "show", "tiny/sft", "--metric", "loss")


def test_foreign_text_cannot_steer_the_terminal() -> None:
    assert safe("a\x1b[31mb\rc\nd") == "a [31mb c d"


def test_every_result_of_every_stage_is_shown(journal: Path, tmp_path: Path) -> None:
    text = records.REPORT.replace(
        "\n\n## Summary",
        "\n\n## Chat evaluation rl\ntimestamp: 2026-01-07 13:00:00\n\n- ARC-Easy: 0.4321\n"
        "- ChatCORE metric: 0.3456\n\n\n## Summary",
    )
    path = tmp_path / "report.md"
    path.write_text(text, encoding="utf-8")
    call(journal, "import", str(path))
    (row,) = json.loads(call(journal, "runs", "--json").output)
    shown = call(journal, "runs", "show", row["id"]).output
    table = shown.split("eval ")[-1].split("parameter")[0].strip().splitlines()[1:]
    assert len(table) == row["evals"]
    for words in ("ARC-Easy accuracy (sft)", "ARC-Easy accuracy (rl)", "rl/chatcore_metric"):
        assert words in shown, words


def test_one_point_is_no_points(journal: Path, tmp_path: Path) -> None:
    path = tmp_path / "train.log"
    path.write_text(records.training_log().replace("Step 00", "Skip 00"))
    call(journal, "import", str(path))
    path.write_text("Step 00005 | Validation bpb: 1.5\nTotal training time: 1.0m\n")
    call(journal, "import", str(path), "--as", "nanochat")
    shown = call(journal, "runs", "show", "train", "--metric", "val/bpb").output
    assert "1.5000, 1 point\n" in shown
