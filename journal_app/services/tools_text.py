"""Tools of commands that look at one text: no model words anything here.

Each takes a request and a command and gives `Material`; the encoder may help to choose sentences.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from journal_app.domain import glossary as terms
from journal_app.domain import proposals, quoting, summarize
from journal_app.domain.commands import Command, Material, Request
from journal_app.domain.segment import Sentence
from journal_app.domain.segment import sentences as segment
from journal_app.domain.summarize import Rating, SummarySentence
from journal_app.errors import JournalError
from journal_app.store import entries, generations, rows

if TYPE_CHECKING:
    from journal_app.domain.similar import Likeness
    from journal_app.domain.summarize import Rater
    from journal_app.store.database import Store

Check = Callable[[], None]
Like = Callable[[str, int], "Likeness"]
OPEN = 4  # points that a draft takes over
DEFINING = 200  # entries that are looked through for what a term means


class TextTools:
    """The tools that need one text, and the journal around it."""

    def __init__(self, store: Store, rater: Rater, like: Like) -> None:
        self._store, self._rater, self._like = store, rater, like

    def text_of(self, request: Request) -> str:
        """The text that a command is asked about. Raises JournalError where there is none."""
        if request.text.strip():
            return request.text
        body = generations.body_of(self._store, request.entry_id) if request.entry_id else ""
        if not body.strip():
            raise JournalError(
                "There is no text for this command.", "Open an entry, or give text: - reads it."
            )
        return body

    def sentences(self, request: Request, command: Command, check: Check | None) -> Material:
        """The sentences that carry the text, with what belongs to them."""
        text = self.text_of(request)
        found = self._segments(text)
        rating = self._rater.rate(found, check=check)
        whole = len(found) == len(segment(text))  # else neighbours may have been passed over
        if whole:
            chosen = quoting.quotes(text, found, rating, command.keep)
        else:
            chosen = [found[at] for at in summarize.choose(found, rating, command.keep)]
        cited = self._cited(text, chosen, request)
        lines = tuple(one.text for one in cited)
        return Material("\n".join(f"- {line}" for line in lines), cited, lines, encoder=True)

    def title(self, request: Request, command: Command, check: Check | None) -> Material:
        """A title made of the sentence that carries most."""
        text = self.text_of(request)
        _, chosen = self._chosen(text, command.keep, check, best_first=True)
        cited = self._cited(text, chosen, request)
        made = proposals.title(cited[0].text, command.most or proposals.TITLE)
        return Material(made, cited, tuple(one.text for one in cited), encoder=True)

    def tags(self, request: Request, command: Command, check: Check | None) -> Material:
        """Tags of the journal, of like entries, and words that the text repeats."""
        text = self.text_of(request)
        db = self._store.read()
        like = self._like(text, 8)
        near = [row.tags for row, _ in like.rows if row.id != request.entry_id]
        own = set(entries.tags_of(db, request.entry_id)) if request.entry_id else set()
        found = [
            tag
            for tag in proposals.tags(text, rows.tag_counts(db, 500), near, command.keep + len(own))
            if tag not in own
        ][: command.keep]
        if not found:
            return Material("", known=False, note="No tag fits better than those it has.")
        shown = " ".join(f"#{tag}" for tag in found)
        return Material(shown, lines=tuple(found), encoder=like.by == "meaning")

    def lesson(self, request: Request, command: Command, check: Check | None) -> Material:
        """The sentence that says what was learned."""
        text = self.text_of(request)
        found = self._segments(text)
        picked = proposals.lessons(found, command.keep)
        if not picked:
            _, best = self._chosen(text, 1, check, best_first=True)
            cited = self._cited(text, best, request)
            note = "The text names no lesson; this is the sentence that carries most."
            return Material(
                f"**Lesson:** {cited[0].text}", cited, (cited[0].text,), note=note, encoder=True
            )
        cited = self._cited(text, [found[index] for index in picked], request)
        lines = tuple(one.text for one in cited)
        more = "".join(f"\n- {line}" for line in lines[1:])
        first = proposals.without_lead_in(lines[0])
        return Material(f"**Lesson:** {first}{more}", cited, lines)

    def open_points(self, request: Request) -> str:
        """What the text itself calls open, as bullets; a bullet to fill where it names nothing."""
        found = self._segments(self.text_of(request))
        lines = [found[index].text for index in proposals.unsettled(found, OPEN)]
        return "\n".join(f"- {line}" for line in lines) or "- …"

    def failure(self, request: Request, command: Command, check: Check | None) -> Material:
        """A failure report whose slots hold sentences of the text, or stay open."""
        text = self.text_of(request)
        found = self._segments(text)
        rating = self._rater.rate(found, check=check)
        filled = proposals.slots(found, lambda index: rating.salience[index])
        parts, used = [], []
        for slot, places in filled.items():
            words = [found[index] for index in places]
            used += words
            lines = [f"- {one.text}" for one in words] or ["- …"]
            parts.append(f"**{slot}**\n\n" + "\n".join(lines))
        cited = self._cited(text, used, request)
        lines_ = tuple(one.text for one in cited)
        open_ = [slot for slot, places in filled.items() if not places]
        note = f"The text does not say: {', '.join(open_).lower()}." if open_ else ""
        return Material(
            "\n\n".join(parts), cited, lines_, known=bool(used), note=note, encoder=True
        )

    def outline(self, request: Request, command: Command, check: Check | None) -> Material:
        """The sections with the sentence that carries each; runs of sentences where none are."""
        text = self.text_of(request)
        found = self._segments(text)
        rating = self._rater.rate(found, check=check)
        groups: dict[str, list[int]] = {}
        for index, one in enumerate(found):
            groups.setdefault(one.section, []).append(index)
        numbered = len(groups) < 2
        if numbered:
            size = max(1, -(-len(found) // command.keep))
            groups = {
                f"{part + 1}": list(range(part * size, min(len(found), (part + 1) * size)))
                for part in range(-(-len(found) // size))
            }
        parts, used = [], []
        for section, members in groups.items():
            best = max(members, key=lambda index: rating.salience[index])
            used.append(found[best])
            head = f"{section}. " if numbered else f"- **{section or 'Beginning'}** — "
            parts.append(head + found[best].text)
        cited = self._cited(text, used, request)
        return Material("\n".join(parts), cited, tuple(one.text for one in cited), encoder=True)

    def shorten(self, request: Request, command: Command, check: Check | None) -> Material:
        """About half of the sentences, in their order, bullets kept as bullets."""
        text = self.text_of(request)
        found = self._segments(text)
        keep = max(1, min(summarize.MAX_SENTENCES, (len(found) + 1) // 2))
        _, chosen = self._chosen(text, keep, check)
        cited = self._cited(text, chosen, request)
        pieces: list[str] = []
        for one, source in zip(chosen, cited, strict=True):
            bullet = one.kind in ("bullet", "row")
            joined = pieces and not bullet and not pieces[-1].startswith("- ")
            if joined:
                pieces[-1] += " " + source.text
            else:
                pieces.append(f"- {source.text}" if bullet else source.text)
        return Material("\n".join(pieces), cited, tuple(one.text for one in cited), encoder=True)

    def glossary(self, request: Request, command: Command, check: Check | None) -> Material:
        """Terms of the text with what it, or another entry, says they are."""
        text = self.text_of(request)
        found = terms.terms(text)[: command.keep]
        if not found:
            return Material("", known=False, note="The text holds no acronyms or identifiers.")
        lines, cited, open_ = [], [], []
        for term in found:
            if check:
                check()
            passage = self._definition(term, text, request)
            if passage is None:
                open_.append(term)
                continue
            definition, sentence = passage
            lines.append(f"- **{term}**: {definition.words}")
            cited.append(sentence)
        note = f"The journal does not say what these are: {', '.join(open_)}." if open_ else ""
        return Material("\n".join(lines), tuple(cited), known=bool(lines), note=note)

    def _definition(
        self, term: str, text: str, request: Request
    ) -> tuple[terms.Definition, SummarySentence] | None:
        if (own := terms.define(term, text)) is not None:
            return own, _passage(own, text, request.entry_id, "")
        from datetime import date

        from journal_app.store import search

        db = self._store.read()
        for hit in search.find(db, f'"{term}"', date.min, DEFINING).hits:
            body = generations.body_of(self._store, hit.row.id)
            if (found := terms.define(term, body)) is not None:
                return found, _passage(found, body, hit.row.id, hit.row.title)
        return None

    # ------------------------------------------------------------------ shared

    def _segments(self, text: str) -> list[Sentence]:
        found = segment(text)
        if not found:
            raise JournalError(
                "There is nothing to work with: the text holds no sentences.",
                "Code, links, comments and front matter are passed over.",
            )
        return [found[index] for index in summarize.preselect(found)]

    def _chosen(
        self, text: str, count: int, check: Check | None, *, best_first: bool = False
    ) -> tuple[Rating, list[Sentence]]:
        found = self._segments(text)
        rating = self._rater.rate(found, check=check)
        picked = summarize.choose(found, rating, count)
        if best_first:
            best = summarize.choose(found, rating, 1)
            picked = [*best, *(index for index in picked if index not in best)][:count]
        return rating, [found[index] for index in picked]

    @staticmethod
    def _cited(
        text: str, chosen: Sequence[Sentence], request: Request
    ) -> tuple[SummarySentence, ...]:
        return tuple(
            replace(summarize.cite(text, one), entry_id=request.entry_id) for one in chosen
        )


def _passage(found: terms.Definition, text: str, entry_id: str, title: str) -> SummarySentence:
    source = summarize.Source(found.start, found.end, text[found.start : found.end])
    return SummarySentence(source.text, (source,), entry_id=entry_id, title=title)
