"""What a stored generation holds, read back for people. Two kinds of rows are known: commands, and
summaries, whose prompts are one conversation for each sentence."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from journal_app.domain.commands import Answer, Request
from journal_app.domain.generate import Message
from journal_app.domain.summarize import SummarySentence
from journal_app.services.transcript import cited, output_text

if TYPE_CHECKING:
    from journal_app.store.generations import Generation

__all__ = ["output_text"]


def inputs_of(row: Generation) -> dict[str, Any]:
    """What was asked."""
    found = json.loads(row.inputs or "{}")
    return found if isinstance(found, dict) else {}


def request_of(row: Generation) -> Request:
    """What a command was asked about."""
    inputs = inputs_of(row)
    return Request(row.entry_id, str(inputs.get("text", "")), str(inputs.get("argument", "")))


def conversations(row: Generation) -> list[list[Message]]:
    """The messages as they were sent: one conversation, or one for each sentence."""
    found = json.loads(row.prompt or "[]")
    groups = [found] if found and isinstance(found[0], dict) else found
    return [[Message(one["role"], one["content"]) for one in group] for group in groups]


def raw_of(row: Generation) -> str:
    """What the model wrote, before it was shaped and checked."""
    raw = inputs_of(row).get("raw", "")
    return "\n".join(str(one) for one in raw) if isinstance(raw, list) else str(raw)


def checks_of(row: Generation) -> dict[str, Any]:
    """Who worded it and why, for a command; empty for a summary."""
    found = json.loads(row.checks or "{}")
    return found if isinstance(found, dict) else {}


def failed_of(row: Generation) -> tuple[str, ...]:
    """The checks that failed, each once."""
    found = json.loads(row.checks or "{}")
    marks = found if isinstance(found, list) else [found]
    every = [str(one) for mark in marks for one in mark.get("failed", ())]
    return tuple(dict.fromkeys(every))


def sentences_of(row: Generation) -> tuple[SummarySentence, ...]:
    """What it rests on, sentence by sentence, with the places."""
    checks = json.loads(row.checks or "{}")
    if isinstance(checks, dict):
        return cited(row)
    from journal_app.services.assist import read

    return read(row).sentences


def several(row: Generation) -> list[str]:
    """The ids of the entries, for a summary of more than one."""
    found = inputs_of(row).get("entries", [])
    return [str(one) for one in found] if isinstance(found, list) else []


def subject(row: Generation, title: Callable[[str], str]) -> str:
    """What it was about, in a few words: the question, the title of the entry, or the text."""
    inputs = inputs_of(row)
    if argument := str(inputs.get("argument", "")).strip():
        return argument
    if row.entry_id:
        return title(row.entry_id)
    return " ".join(str(inputs.get("text", "")).split())[:120]


def answer_of(row: Generation) -> Answer:
    """A kept row as the answer that it was."""
    checks = checks_of(row)
    return Answer(
        id=row.id,
        command=row.task,
        text=output_text(row),
        sentences=sentences_of(row),
        by="model" if checks.get("by") == "model" else "rules",
        why=str(checks.get("why", "")),
        known=bool(checks.get("known", True)),
        model=row.model,
        device=row.device,
        seconds=row.seconds,
        tokens=row.tokens,
        checks=failed_of(row),
        trial=bool(checks.get("trial")),
    )
