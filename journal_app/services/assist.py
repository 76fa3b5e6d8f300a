"""Summaries by the models on this device, up a ladder: choose, word, join.

First the sentences that carry a text are chosen; then, where a pack passed the gate, each is worded
by itself; long texts and several entries are read part by part. Invariants: a model never writes
into an entry; what was made is kept as a generation with model, device, rules, sources and checks;
a summary of a text that was changed since is marked stale; no sentence speaks for two entries.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from journal_app.domain import mapreduce, query, quoting, rewriting, summarize
from journal_app.domain.segment import Sentence
from journal_app.domain.segment import sentences as segment
from journal_app.domain.summarize import Rater, Source, Summary, SummarySentence
from journal_app.domain.views import View
from journal_app.errors import JournalError, NotFound
from journal_app.store import generations, rows
from journal_app.store.generations import Generation

if TYPE_CHECKING:
    from journal_app.domain.rewriter import Rewriter, Rewriting
    from journal_app.store.database import Store

TASK = "summary"
SHORTEST_PREFIX = 6
PICKS = 8  # sentences of a long text that reach the last choice, for each that is asked for
PERIOD_SENTENCES = 7  # of a week
PERIOD_ENTRIES = 200  # the newest of a period

Progress = Callable[[int, int], None]
Check = Callable[[], None]
Emit = Callable[[SummarySentence], None]


@dataclass(frozen=True, slots=True)
class _Made:
    """A summary and what is kept beside it."""

    summary: Summary
    rewritings: tuple[Rewriting, ...] = ()
    pack: str = ""


class AssistService:
    """What the local models do for one journal. `rater` chooses, `rewriter` words; both live in
    the model process."""

    def __init__(
        self,
        store: Store,
        rater: Rater,
        *,
        rewriter: Rewriter | None = None,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._store = store
        self._rater = rater
        self._rewriter = rewriter
        self._timer = timer

    def summarize_text(
        self,
        text: str,
        *,
        sentences: int = 3,
        rewrite: bool = True,
        progress: Progress | None = None,
        check: Check | None = None,
        emit: Emit | None = None,
    ) -> Summary:
        """The sentences that carry `text`, in its order; `emit` gets each as it is chosen.

        With `rewrite`, and where a pack passed the gate on this device, the result holds them in
        its words. `progress(done, total)` counts the sentences that the encoder reads: all, or of
        a very long text those that `summarize.preselect` takes. `check` raises to cancel. Raises
        JournalError for an empty text, a silly count, a missing pack, a dead model process.
        """
        return self._make(text, sentences, rewrite, progress, check, emit).summary

    def summarize_entry(
        self,
        entry_id: str,
        *,
        sentences: int = 3,
        rewrite: bool = True,
        progress: Progress | None = None,
        check: Check | None = None,
        emit: Emit | None = None,
    ) -> Summary:
        """Summarize an entry's text and keep the result as a generation."""
        body = generations.body_of(self._store, entry_id)
        made = self._make(body, sentences, rewrite, progress, check, emit)
        return self._keep(made, entry_id, body, {"sentences": sentences})

    def summarize_entries(
        self,
        entries: Sequence[tuple[str, str]],
        *,
        sentences: int = PERIOD_SENTENCES,
        rewrite: bool = True,
        progress: Progress | None = None,
        check: Check | None = None,
        emit: Emit | None = None,
    ) -> Summary:
        """One summary of several entries, given as (id, title): each is read by itself, gives its
        best sentences in proportion to its length, and is named beside each of them.

        `progress(done, total)` counts entries. Raises as `summarize_text` does; entries without
        sentences are left out.
        """
        summarize.checked_count(sentences)
        started = self._timer()
        bodies = {id: generations.body_of(self._store, id) for id, _ in entries}
        pieces = [
            mapreduce.Piece(id, title, bodies[id], tuple(segment(bodies[id])))
            for id, title in entries
        ]
        pieces = [piece for piece in pieces if piece.sentences]
        if not pieces:
            raise JournalError(
                "There is nothing to summarize: the entries hold no sentences.",
                "Code, links, comments and front matter are not summarized.",
            )
        shares = mapreduce.plan([len(piece.sentences) for piece in pieces], sentences)
        chosen: list[SummarySentence] = []
        for done, (piece, count) in enumerate(zip(pieces, shares, strict=True)):
            if count:
                picked = self._choose(piece.text, count, None, check)
                for one in picked:
                    if any(one.text == other.text for other in chosen):
                        continue  # two entries may say the same; once is enough
                    named = replace(one, entry_id=piece.entry_id, title=piece.title)
                    chosen.append(named)
                    if emit:
                        emit(named)
            if progress:
                progress(done + 1, len(pieces))
        made = self._word(chosen, rewrite, started, check)
        whole = "\x1e".join(bodies[piece.entry_id] for piece in pieces)
        asked = {"entries": [piece.entry_id for piece in pieces], "sentences": sentences}
        return self._keep(made, "", whole, asked)

    def summarize_since(
        self,
        day: str,
        *,
        sentences: int = PERIOD_SENTENCES,
        rewrite: bool = True,
        progress: Progress | None = None,
        check: Check | None = None,
        emit: Emit | None = None,
    ) -> Summary:
        """One summary of the entries made since a day, as searches take it: `monday`, `7d`,
        `2026-11-20`. Raises JournalError for no day, and where nothing was written since."""
        today = datetime.fromtimestamp(self._store.now() / 1000).date()
        since = query.since(day, today)
        if since is None:
            raise JournalError(
                f"{day!r} is no day.", "Such as 2026-11-20, monday, yesterday, 7d, 2w."
            )
        listed = rows.rows(self._store.read(), View(since=since, order="created"), PERIOD_ENTRIES)
        if not listed:
            named = day.capitalize() if day.lower() in query.WEEKDAYS else day
            raise JournalError(
                f"Nothing was written since {named}.",
                "Name an earlier day with --since.",
            )
        return self.summarize_entries(
            [(row.id, row.title) for row in reversed(listed)],
            sentences=sentences,
            rewrite=rewrite,
            progress=progress,
            check=check,
            emit=emit,
        )

    def latest(self, entry_id: str) -> Summary | None:
        """The newest summary of an entry; `stale` when the text was changed after it."""
        row = generations.latest(self._store, entry_id, TASK)
        if row is None:
            return None
        body = generations.body_of(self._store, entry_id)
        return replace(read(row), stale=row.input_sha256 != summarize.text_digest(body))

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

    # ------------------------------------------------------------------ the ladder

    def _make(
        self,
        text: str,
        count: int,
        rewrite: bool,
        progress: Progress | None,
        check: Check | None,
        emit: Emit | None,
    ) -> _Made:
        summarize.checked_count(count)
        started = self._timer()
        chosen = []
        for one in self._choose(text, count, progress, check):
            if check:
                check()
            chosen.append(one)
            if emit:
                emit(one)
        return self._word(chosen, rewrite, started, check)

    def _choose(
        self, text: str, count: int, progress: Progress | None, check: Check | None
    ) -> list[SummarySentence]:
        found = segment(text)
        if not found:
            raise JournalError(
                "There is nothing to summarize: the text holds no sentences.",
                "Code, links, comments and front matter are not summarized.",
            )
        self._rater.identity()  # tells of a missing pack before anything is read
        read = [found[index] for index in summarize.preselect(found)]
        if len(parts := mapreduce.parts(read)) > 1:
            found = self._map(read, parts, count, progress, check)
            rating = self._rater.rate(found, check=check)
            chosen = [found[index] for index in summarize.choose(found, rating, count)]
        else:
            rating = self._rater.rate(found, progress=progress, check=check)
            chosen = quoting.quotes(text, found, rating, count)
        return [summarize.cite(text, one) for one in chosen]

    def _map(
        self,
        found: Sequence[Sentence],
        parts: Sequence[Sequence[int]],
        count: int,
        progress: Progress | None,
        check: Check | None,
    ) -> list[Sentence]:
        """The best sentences of each part of a long text, read by itself, in order: what the last
        choice is made from. Each part gives in proportion to its length, at least one."""
        shares = mapreduce.plan([len(part) for part in parts], PICKS * count + len(parts))
        picked: list[Sentence] = []
        before = 0
        for part, share in zip(parts, shares, strict=True):
            ours = [found[index] for index in part]

            def told(done: int, _total: int, before: int = before) -> None:
                if progress:
                    progress(before + done, len(found))

            rating = self._rater.rate(ours, progress=told, check=check)
            picked += [ours[index] for index in summarize.choose(ours, rating, share)]
            before += len(part)
        return picked

    def _word(
        self, chosen: Sequence[SummarySentence], rewrite: bool, started: float, check: Check | None
    ) -> _Made:
        permission = self._rewriter.permission() if self._rewriter and rewrite else None
        identity = self._rater.identity()
        name, device = identity.name, self._rater.device().label
        done: list[Rewriting] = []
        if self._rewriter is not None and permission is not None and permission.allowed:
            for one in chosen:
                done.append(self._rewriter.rewrite(one, permission.pack, check=check))
            name = f"{name} + {permission.pack}"
            ours = self._rewriter.device(permission.pack)
            device = device if ours == device else f"{device}; {ours}"
            chosen = [one.sentence for one in done]
        summary = Summary(tuple(chosen), name, device, self._timer() - started)
        pack = permission.pack if done and permission is not None else ""
        return _Made(summary, tuple(done), pack)

    def _keep(self, made: _Made, entry_id: str, text: str, asked: dict[str, Any]) -> Summary:
        summary = made.summary
        digest = self._rater.identity().digest
        version = summarize.SELECTOR
        if made.pack and self._rewriter is not None:
            digest += "+" + self._rewriter.digest(made.pack)
            version += "+" + rewriting.PROMPT_VERSION
        row = Generation(
            id=self._store.new_id(),
            entry_id=entry_id,
            task=TASK,
            output=_json([one.text for one in summary.sentences]),
            model=summary.model,
            model_digest=digest,
            prompt_version=version,
            device=summary.device,
            seconds=summary.seconds,
            sources=_json(
                [[[s.start, s.end, s.text] for s in one.sources] for one in summary.sentences]
            ),
            input_sha256=summarize.text_digest(text),
            status="done",
            created_at=self._store.now(),
            checks=_json(
                [
                    {
                        "origin": one.origin,
                        "failed": one.failed,
                        "entry": one.entry_id,
                        "title": one.title,
                    }
                    for one in summary.sentences
                ]
            ),
            pack=made.pack,
            prompt=_json(
                [
                    [{"role": m.role, "content": m.content} for m in one.prompt.messages]
                    for one in made.rewritings
                    if one.prompt is not None
                ]
            ),
            inputs=_json({**asked, "raw": [one.raw for one in made.rewritings]}),
            tokens=sum(one.completion.tokens for one in made.rewritings if one.completion),
        )
        generations.add(self._store, row)
        return replace(summary, id=row.id, entry_id=entry_id, created_at=row.created_at)


def read(row: Generation) -> Summary:
    """A stored summary. Raises ValueError for a row of another shape."""
    texts: list[str] = json.loads(row.output)
    checks = json.loads(row.checks)
    marks = checks if isinstance(checks, list) else [{}] * len(texts)
    return Summary(
        tuple(
            SummarySentence(
                text,
                tuple(Source(*one) for one in spans),
                mark.get("origin", "extracted"),
                tuple(mark.get("failed", ())),
                mark.get("entry", ""),
                mark.get("title", ""),
            )
            for text, spans, mark in zip(texts, json.loads(row.sources), marks, strict=True)
        ),
        row.model,
        row.device,
        row.seconds,
        row.id,
        row.entry_id,
        row.created_at,
    )


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
