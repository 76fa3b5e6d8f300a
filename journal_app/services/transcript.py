"""What was kept of a model's work, read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from journal_app.domain.generate import Message
from journal_app.domain.summarize import Source, SummarySentence

if TYPE_CHECKING:
    from journal_app.store.generations import Generation


def output_text(row: Generation) -> str:
    """What a kept generation gave, as one text."""
    return "\n".join(str(one) for one in json.loads(row.output))


def messages_of(row: Generation) -> tuple[Message, ...]:
    """The messages of a kept command, as they were sent."""
    return tuple(
        Message(one["role"], one["content"]) for one in json.loads(row.prompt) if "role" in one
    )


def cited(row: Generation) -> tuple[SummarySentence, ...]:
    """What a kept command rested on."""
    checks = json.loads(row.checks)
    named = checks.get("entries", []) if isinstance(checks, dict) else []
    found = []
    for at, spans in enumerate(json.loads(row.sources)):
        id, title = named[at] if at < len(named) else ("", "")
        sources = tuple(Source(*one) for one in spans)
        text = sources[0].text if sources else ""
        found.append(SummarySentence(text, sources, entry_id=id, title=title))
    return tuple(found)
