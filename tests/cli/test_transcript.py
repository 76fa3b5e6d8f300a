"""`journal transcript` and what `journal summarize` says of the gate, without running a model."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from journal_app.cli import ask, summaries
from journal_app.cli.common import Context
from journal_app.domain.summarize import Summary, SummarySentence
from journal_app.journal import Journal
from journal_app.services.assist import AssistService
from journal_app.services.model_gate import ModelGateService
from journal_app.store import generations
from journal_app.store.generations import Generation


def kept(folder: Path, id: str, checks: object, pack: str = "tiny") -> None:
    """A generation in which `pack` took part."""
    with Journal(folder) as journal:
        row = Generation(
            id.ljust(26, "0"), "", "title", '["A title"]', pack, "d", "title/1", "CPU", 1.0, "[]",
            "0" * 64, "done", 1_795_861_953_392, checks=json.dumps(checks), pack=pack,
        )  # fmt: skip
        generations.add(journal.store, row)


def transcript(folder: Path, *words: str) -> Result:
    """Run the command on a journal."""
    with Journal(folder) as journal:
        context = Context(folder, journal)
        return CliRunner().invoke(ask.transcript, list(words), obj=context, catch_exceptions=False)


def test_a_pack_that_failed_its_checks_did_not_word_the_answer(journal_folder: Path) -> None:
    kept(journal_folder, "01A", {"by": "rules", "failed": ["length"]})
    kept(journal_folder, "01B", {"by": "model", "failed": []})
    kept(journal_folder, "01C", [{"origin": "rewritten"}])
    shown = transcript(journal_folder).output
    by = {line.split()[0][:3]: line.split()[4] for line in shown.splitlines()[1:]}
    assert by == {"01A": "rules", "01B": "tiny", "01C": "tiny"}


@pytest.mark.parametrize("words", [["--again"], ["--pack", "tiny"], ["01A", "--pack", "tiny"]])
def test_nothing_that_was_asked_for_is_passed_over(journal_folder: Path, words: list[str]) -> None:
    done = transcript(journal_folder, *words)
    assert done.exit_code == 2 and "again" in done.output


def test_a_summary_tells_why_nothing_was_worded(
    journal_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = Summary((SummarySentence("It held.", ()),), "encoder", "CPU", 0.1)
    monkeypatch.setattr(AssistService, "summarize_text", lambda *_, **__: made)
    monkeypatch.setattr(ModelGateService, "standing", lambda _, pack: (False, "It did not pass."))
    with Journal(journal_folder) as journal:
        monkeypatch.setattr(
            ModelGateService, "writers", lambda _: (journal.settings.get("model.writer"),)
        )

        def told(*words: str) -> str:
            context = Context(journal_folder, journal)
            return CliRunner().invoke(summaries.summarize, ["-", *words], "x", obj=context).output

        assert "its gate is closed. It did not pass." in told()
        assert "gate" not in told("--verbatim")
        journal.settings.set("summaries.rewrite", "off")
        assert "gate" not in told()
