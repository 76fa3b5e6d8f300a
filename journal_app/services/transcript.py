"""What is kept of a model's work: written as a generation, and read back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from journal_app.domain.generate import Message
from journal_app.domain.summarize import Source, SummarySentence, text_digest
from journal_app.store.generations import Generation

if TYPE_CHECKING:
    from journal_app.domain.commands import Answer, Request
    from journal_app.services.wording import Worded


def output_text(row: Generation) -> str:
    """What a kept generation gave, as one text."""
    return "\n".join(str(one) for one in json.loads(row.output))


def messages_of(row: Generation) -> tuple[Message, ...]:
    """The messages as they were sent, one conversation after the other."""
    found = json.loads(row.prompt)
    groups = [found] if found and isinstance(found[0], dict) else found
    return tuple(Message(one["role"], one["content"]) for group in groups for one in group)


def kept(
    answer: Answer, request: Request, worded: Worded, *, digest: str, version: str, **more: Any
) -> Generation:
    """The row that keeps an answer. `more` fills what neither of them knows: `pack`, `created_at`,
    `parent`."""
    conversations = [
        [{"role": one.role, "content": one.content} for one in messages]
        for messages in worded.conversations
    ]
    sentences = answer.sentences
    return Generation(
        id=answer.id,
        entry_id=request.entry_id,
        task=answer.command,
        output=to_json([answer.text]),
        model=answer.model,
        model_digest=digest,
        prompt_version=version,
        device=answer.device,
        seconds=answer.seconds,
        sources=to_json([[[s.start, s.end, s.text] for s in one.sources] for one in sentences]),
        input_sha256=text_digest("\x1e".join((request.text, *(one.text for one in sentences)))),
        status="done",
        checks=to_json(
            {
                "by": answer.by,
                "why": answer.why,
                "known": answer.known,
                "trial": answer.trial,
                "failed": answer.checks,
                "entries": [[one.entry_id, one.title] for one in sentences],
                "worded": [[one.text, one.origin, one.failed] for one in sentences],
            }
        ),
        # One conversation stands as it is; of several each is a list.
        prompt=to_json(conversations[0] if len(conversations) == 1 else conversations),
        inputs=to_json({"text": request.text, "argument": request.argument, "raw": worded.raw}),
        tokens=answer.tokens,
        **more,
    )


def to_json(value: object) -> str:
    """As everything of a generation is kept."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def cited(row: Generation) -> tuple[SummarySentence, ...]:
    """What a kept command rested on."""
    checks = json.loads(row.checks)
    given = checks if isinstance(checks, dict) else {}
    named, worded = given.get("entries", []), given.get("worded", [])
    found = []
    for at, spans in enumerate(json.loads(row.sources)):
        id, title = named[at] if at < len(named) else ("", "")
        sources = tuple(Source(*one) for one in spans)
        plain: Any = (sources[0].text if sources else "", "extracted", ())
        text, origin, failed = worded[at] if at < len(worded) else plain
        found.append(SummarySentence(text, sources, origin, tuple(failed), id, title))
    return tuple(found)
