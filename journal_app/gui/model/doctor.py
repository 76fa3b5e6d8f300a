"""The doctor's sentences out of what the process that knows the devices told."""

from __future__ import annotations

from typing import Any

from journal_app.gui.language import tr
from journal_app.gui.model.doctor_view import Finding


def findings(told: dict[str, Any]) -> list[Finding]:
    """What is good, what could be better, what does not work; run it in a lane."""
    found = []
    for provider, problem in told.get("plugins", {}).items():
        name = provider.removesuffix("ExecutionProvider")
        level = "info" if problem == "not installed" else "fail"
        found.append(Finding(level, f"{name}: {problem}"))  # type: ignore[arg-type]
    return found or [Finding("pass", tr("Every device is ready."))]
