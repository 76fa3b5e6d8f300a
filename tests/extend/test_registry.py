"""Extensions are found late, and a broken one harms nothing."""

from __future__ import annotations

from importlib.metadata import EntryPoint
from typing import Any

import pytest

from journal_app.errors import JournalError
from journal_app.extend import registry
from journal_app.extend.protocols import RunImporter


class Good:
    title = "good"
    version = "1"
    sniff = read = None


class Raises:
    def __init__(self) -> None:
        raise KeyError("boom")


class Partial:
    title = "half"


@pytest.fixture
def points(monkeypatch: pytest.MonkeyPatch) -> list[EntryPoint]:
    found: list[EntryPoint] = []

    def listed(*, group: str) -> list[EntryPoint]:
        return [point for point in found if point.group == group]

    monkeypatch.setattr("importlib.metadata.entry_points", listed)
    return found


def point(name: str, value: str) -> EntryPoint:
    return EntryPoint(name, value, "journal_app.run_importers")


def test_built_ins_load_and_keep_the_contract() -> None:
    importers = registry.run_importers()
    assert {"lm-eval", "mlflow-files", "nanochat"} <= set(importers.names())
    assert importers.problems() == []
    for name, importer in importers.loaded():
        assert isinstance(importer, RunImporter), name
        assert importers.get(name) is importer


def test_a_broken_extension_is_a_sentence_and_the_others_work(points: list[EntryPoint]) -> None:
    here = __name__
    import sys

    sys.modules.setdefault("registry_test_module", sys.modules[here])
    points += [
        point("good", "registry_test_module:Good"),
        point("gone", "no_such_package_at_all:Thing"),
        point("raises", "registry_test_module:Raises"),
        point("partial", "registry_test_module:Partial"),
        point("nanochat", "no_such_package_at_all:Impostor"),
    ]
    importers = registry.run_importers()
    assert "gone" in importers.names()  # nothing was loaded yet
    problems = importers.problems()
    assert len(problems) == 3
    assert any("'gone'" in p and "no_such_package_at_all" in p for p in problems)
    assert any("'partial'" in p and "sniff" in p for p in problems)
    assert importers.names() == ["good", "lm-eval", "mlflow-files", "nanochat"]
    assert importers.get("nanochat").title.startswith("nanochat")
    with pytest.raises(JournalError, match="does not load"):
        importers.get("raises")


def test_an_unknown_name_lists_the_known_ones() -> None:
    empty: registry.Registry[Any] = registry.Registry("thing", {}, "journal_app.none")
    with pytest.raises(JournalError) as caught:
        empty.get("x")
    assert "thing" in caught.value.message and "none" in caught.value.hint
    with pytest.raises(JournalError) as named:
        registry.run_importers().get("wandb")
    assert "nanochat" in named.value.hint
