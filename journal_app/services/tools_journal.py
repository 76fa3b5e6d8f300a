"""Tools of commands that look through the journal: comparisons, what happened since, answers.

Every sentence keeps the entry that it came from; no sentence speaks for two.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from journal_app.domain import asking, comparing, proposals, query, summarize
from journal_app.domain.commands import Command, Material, Request
from journal_app.domain.links import Goal, label, written
from journal_app.domain.segment import sentences as segment
from journal_app.domain.summarize import SummarySentence
from journal_app.domain.views import View
from journal_app.errors import JournalError
from journal_app.store import experiments, generations, rows, search

if TYPE_CHECKING:
    from journal_app.domain.entry import Row
    from journal_app.domain.experiments import RunRow
    from journal_app.domain.similar import Encoder
    from journal_app.domain.summarize import Rater
    from journal_app.services.tools_text import Like, TextTools
    from journal_app.store.database import Store

Check = Callable[[], None]
LOOKED_AT = 12  # entries that may answer a question
SENTENCES = 400  # of one entry that are looked through for the words of a question
COMPARED = 120  # sentences whose meaning is compared with the question: half a second of two cores
SINCE = 60  # entries of a period that are read
READ = 1200  # sentences of a period that are rated: 5 to 8 s of two CPU cores
ASKED = 12  # words of a question that are looked for
NEEDED = 4  # of them those that a question turns on, each by itself
STEM = 4  # letters of a word's beginning that is worth a look-up of its own
PATIENCE = 1.0  # seconds of one look-up
_HEADS = {
    "lesson": "Lessons",
    "failure": "Failures",
    "decision": "Decisions",
    "hypothesis": "Hypotheses",
    "note": "Notes",
    "post": "Posts",
}


class JournalTools:
    """The tools that need more than one entry."""

    def __init__(
        self, store: Store, rater: Rater, encoder: Encoder, like: Like, text: TextTools
    ) -> None:
        self._store, self._rater, self._encoder = store, rater, encoder
        self._like, self._text = like, text

    def compare(self, request: Request, command: Command, check: Check | None) -> Material:
        """Runs side by side: those that are named, else those that the entry links."""
        db = self._store.read()
        names = request.argument.replace(",", " ").split()
        ids = [experiments.find(db, name.removeprefix("@")) for name in names]
        if not ids and request.entry_id:
            ids = experiments.linked_runs(db, request.entry_id)
        ids = list(dict.fromkeys(ids))
        if len(ids) < 2:
            raise JournalError(
                "A comparison needs two runs or more.",
                "Name them: /compare run-a run-b; or open an entry that links them.",
            )
        runs = [experiments.get(db, id) for id in ids]
        found = comparing.measures(runs, [experiments.evals(db, run.id) for run in runs])
        titles = comparing.titles([(run.row.name, run.id) for run in runs])
        if not found:
            note = "The runs share no metric and no eval."
            return Material("", known=False, note=note)
        said = comparing.verdicts(titles, found)
        text = comparing.table(titles, found)
        if said:
            shown = comparing.verdicts([label(title) for title in titles], found)
            text += "\n\n" + "\n".join(f"- {line}" for line in shown)
        return Material(text, lines=tuple(said))

    def since(self, request: Request, command: Command, check: Check | None) -> Material:
        """What was written and what ran since a day, by kind, one sentence for each entry."""
        day = self._day(request.argument or "7d")
        db = self._store.read()
        listed = rows.rows(db, View(since=day, order="created"), SINCE + 1)
        more = len(listed) > SINCE
        parts: list[str] = []
        cited: list[SummarySentence] = []
        each = max(1, READ // max(1, min(len(listed), SINCE)))
        kinds = sorted(
            {row.kind for row in listed},
            key=lambda kind: list(_HEADS).index(kind) if kind in _HEADS else 99,
        )
        for kind in kinds:
            lines = []
            for row in [row for row in listed[:SINCE] if row.kind == kind]:
                if check:
                    check()
                one = self._carrier(row, each, check)
                link = written(Goal(row.title, row.id))
                if one is not None:
                    cited.append(one)
                says = one.text if one is not None and one.text.rstrip(".") != row.title else ""
                lines.append(f"- {link}" + (f": {says}" if says else ""))
            if lines:
                parts.append(f"**{_HEADS.get(kind, kind.capitalize())}**\n\n" + "\n".join(lines))
        ran = [run for run in experiments.rows(db, limit=200) if (run.when or 0) >= day]
        if ran:
            parts.append("**Runs**\n\n" + "\n".join(_run_line(run) for run in ran[:20]))
        when = datetime.fromtimestamp(day / 1000).date().isoformat()
        if not parts:
            return Material(
                "", known=False, note=f"Nothing was written and nothing ran since {when}."
            )
        note = f"Only the newest {SINCE} entries since {when}." if more else ""
        return Material(
            "\n\n".join(parts),
            tuple(cited),
            tuple(one.text for one in cited),
            note=note,
            encoder=bool(cited),
        )

    def answer(self, request: Request, command: Command, check: Check | None) -> Material:
        """Sentences of the journal that answer the question, each with its entry."""
        question = " ".join(request.argument.split())
        if not question:
            raise JournalError("There is no question.", "/ask QUESTION, or `journal ask QUESTION`.")
        asked = asking.terms(question)
        found = self._candidates(question, asked, check)
        sentences: list[tuple[Row, SummarySentence, str, float]] = []
        for row in found:
            if check:
                check()
            body = generations.body_of(self._store, row.id)
            for one in segment(body)[:SENTENCES]:
                cited = summarize.cite(body, one)
                named = replace(cited, entry_id=row.id, title=row.title)
                around = f"{row.title} {one.section} {one.lead}"
                sentences.append((row, named, around, asking.weight(one)))
        dunno = "The journal does not say."
        if not sentences:
            return Material("", known=False, note=dunno)
        pairs = [(one.text, around) for _, one, around, _ in sentences]
        sentences = [sentences[index] for index in asking.promising(pairs, asked, COMPARED)]
        texts = [question, *(one.text for _, one, _, _ in sentences)]
        vectors = self._encoder.embed(texts, check=check)
        candidates = [
            asking.Candidate(
                index,
                vectors[0].cosine(vectors[index + 1]),
                asking.held_by(one.text),
                asking.held_by(around),
                row.updated_at,
                cue,
            )
            for index, (row, one, around, cue) in enumerate(sentences)
        ]
        best = asking.answers(candidates, asked)
        if not best:
            near = ", ".join(written(Goal(row.title, row.id)) for row in found[:3])
            note = dunno + (f" Nearest: {near}." if near else "")
            return Material("", known=False, note=note, encoder=True)
        chosen = tuple(sentences[index][1] for index in best)
        lines = [f"- {one.text} ({written(Goal(one.title, one.entry_id))})" for one in chosen]
        return Material("\n".join(lines), chosen, tuple(one.text for one in chosen), encoder=True)

    def draft(self, request: Request, command: Command, check: Check | None) -> Material:
        """A draft of a post: what it says, its parts, the numbers behind it, what is open."""
        summary = self._text.sentences(request, replace(command, keep=3), check)
        outline = self._text.outline(request, command, check)
        parts = [" ".join(summary.lines), "## What happened\n\n" + outline.text]
        if request.entry_id:
            ids = experiments.linked_runs(self._store.read(), request.entry_id)
            if len(ids) >= 2:
                asked = Request(request.entry_id)
                parts.append("## Numbers\n\n" + self.compare(asked, command, check).text)
        lesson = self._text.lesson(request, replace(command, keep=1), check)
        if not lesson.note:
            parts.append("## Lesson\n\n" + proposals.without_lead_in(lesson.lines[0]))
        parts.append(f"## Open\n\n{self._text.open_points(request)}")
        cited = tuple(dict.fromkeys([*summary.sentences, *outline.sentences, *lesson.sentences]))
        return Material(
            "\n\n".join(part for part in parts if part), cited, summary.lines, encoder=True
        )

    # ------------------------------------------------------------------ shared

    def _candidates(self, question: str, asked: dict[str, str], check: Check | None) -> list[Row]:
        """Entries that may answer: by meaning where there is an index, and by words."""
        db = self._store.read()
        ids: dict[str, None] = {}
        for row, _ in self._like(question, LOOKED_AT).rows:
            ids[row.id] = None
        today = datetime.fromtimestamp(self._store.now() / 1000).date()
        needed = asking.sharp(asked)
        words = [f'"{word.replace(chr(34), "")}"' for word in asked.values()]
        sharp = [f'"{word.replace(chr(34), "")}"' for key, word in asked.items() if key in needed]
        # The last word of a search matches as a beginning: `diverg` finds `diverged` too.
        stems = [key for key in asked if key not in needed and key.isalpha() and len(key) >= STEM]
        for text in [*sharp[:NEEDED], *stems[:NEEDED], " OR ".join(words[:ASKED])]:
            if check:
                check()
            if text:
                for hit in search.find(db, text, today, LOOKED_AT, patience=PATIENCE).hits:
                    ids.setdefault(hit.row.id)
        found = rows.rows_of(db, list(ids))
        return [row for row in found if row.trashed_at is None][: 2 * LOOKED_AT]

    def _carrier(self, row: Row, most: int, check: Check | None) -> SummarySentence | None:
        body = generations.body_of(self._store, row.id)
        found = segment(body)
        if not found:
            return None
        found = [found[index] for index in summarize.preselect(found, most)]
        rating = self._rater.rate(found, check=check)
        (best,) = summarize.choose(found, rating, 1)
        return replace(summarize.cite(body, found[best]), entry_id=row.id, title=row.title)

    def _day(self, text: str) -> int:
        """Milliseconds of a day, given as searches take it: 2026-11-20, yesterday, 7d."""
        today = datetime.fromtimestamp(self._store.now() / 1000).date()
        if (found := query.since(text, today)) is not None:
            return found
        raise JournalError(f"{text!r} is no day.", "Such as 2026-11-20, yesterday, monday, 7d, 2w.")


def _run_line(run: RunRow) -> str:
    main = f": {run.main_metric} {run.main_value}" if run.main_metric and run.main_value else ""
    return f"- [{label(run.name)}](run:{run.id}), {run.status}{main}"
