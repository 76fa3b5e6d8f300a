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
