"""Summaries by the model on this device.

Invariants: the model never writes into an entry; what it made is kept as a generation with model,
device, rules and sources; a summary of a text that was changed since is marked stale.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from journal_app.domain import summarize
from journal_app.domain.segment import sentences as segment
from journal_app.domain.summarize import Rater, Source, Summary, SummarySentence
from journal_app.errors import JournalError, NotFound
from journal_app.store import generations
from journal_app.store.generations import Generation

if TYPE_CHECKING:
    from journal_app.store.database import Store

TASK = "summary"
SHORTEST_PREFIX = 6

Progress = Callable[[int, int], None]
Check = Callable[[], None]
Emit = Callable[[SummarySentence], None]


class AssistService:
    """What the local model does for one journal. `rater` is the model, in its own process."""

    def __init__(
        self, store: Store, rater: Rater, *, timer: Callable[[], float] = time.perf_counter
    ) -> None:
        self._store = store
        self._rater = rater
        self._timer = timer

    def summarize_text(
        self,
        text: str,
        *,
        sentences: int = 3,
        progress: Progress | None = None,
        check: Check | None = None,
        emit: Emit | None = None,
    ) -> Summary:
        """The sentences that carry `text`, in its order; `emit` gets each as it is known.

        `progress(done, total)` counts the sentences that the model reads: all, or of a very long
        text those that `summarize.preselect` takes. `check` raises to cancel. Raises
        JournalError for an empty text, a silly count, a missing pack, a dead model process.
        """
        summarize.checked_count(sentences)
        started = self._timer()
        found = segment(text)
        if not found:
            raise JournalError(
                "There is nothing to summarize: the text holds no sentences.",
                "Code, links, comments and front matter are not summarized.",
            )
        identity = self._rater.identity()
        found = [found[index] for index in summarize.preselect(found)]
        rating = self._rater.rate(found, progress=progress, check=check)
        chosen = []
        for index in summarize.choose(found, rating, sentences):
            if check:
                check()
            cited = summarize.cite(text, found[index])
            chosen.append(cited)
            if emit:
                emit(cited)
        device = self._rater.device().label
        return Summary(tuple(chosen), identity.name, device, self._timer() - started)

    def summarize_entry(
        self,
        entry_id: str,
        *,
        sentences: int = 3,
        progress: Progress | None = None,
        check: Check | None = None,
        emit: Emit | None = None,
    ) -> Summary:
        """Summarize an entry's text and keep the result as a generation."""
        body = generations.body_of(self._store, entry_id)
        made = self.summarize_text(
            body, sentences=sentences, progress=progress, check=check, emit=emit
        )
        id = self._store.new_id()
        created_at = self._store.now()
        generations.add(
            self._store,
            Generation(
                id=id,
                entry_id=entry_id,
                task=TASK,
                output=_json([sentence.text for sentence in made.sentences]),
                model=made.model,
                model_digest=self._rater.identity().digest,
                prompt_version=summarize.SELECTOR,
                device=made.device,
                seconds=made.seconds,
                sources=_json(
                    [[[s.start, s.end, s.text] for s in one.sources] for one in made.sentences]
                ),
                input_sha256=summarize.text_digest(body),
                status="done",
                created_at=created_at,
            ),
        )
        return replace(made, id=id, entry_id=entry_id, created_at=created_at)

    def latest(self, entry_id: str) -> Summary | None:
        """The newest summary of an entry; `stale` when the text was changed after it."""
        row = generations.latest(self._store, entry_id, TASK)
        if row is None:
            return None
        body = generations.body_of(self._store, entry_id)
        texts: list[str] = json.loads(row.output)
        sources = json.loads(row.sources)
        return Summary(
            tuple(
                SummarySentence(text, tuple(Source(*one) for one in spans))
                for text, spans in zip(texts, sources, strict=True)
            ),
            row.model,
            row.device,
            row.seconds,
            row.id,
            row.entry_id,
            row.created_at,
            stale=row.input_sha256 != summarize.text_digest(body),
        )

    def find_entry(self, name: str) -> str | None:
        """The id of the entry that `name` is, or unambiguously begins; None when none does.

        Raises NotFound when several begin with it.
        """
        if len(name) < SHORTEST_PREFIX or not name.isalnum():
            return None
        found = generations.ids_like(self._store, name)
        if len(found) > 1:
            raise NotFound(
                f"Several entries begin with {name}: {', '.join(found)}…", "Give more of the id."
            )
        return found[0] if found else None


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
