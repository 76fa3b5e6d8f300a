"""Entries that mean like things: the index of vectors and what is asked of it.

Invariants: a batch of vectors is one commit, so a kill costs at most one batch; the search runs in
the model process over a memory-mapped file, and neither numpy nor the vectors come into this one
(the window must stay small; measured by `journal index --measure N`). Without a model or an index,
"more like this" goes by shared rare words and says so.
"""

from __future__ import annotations

import threading
from itertools import islice
from typing import TYPE_CHECKING

from journal_app.domain.similar import (
    ENOUGH,
    Check,
    Encoder,
    IndexStatus,
    Likeness,
    Progress,
    Vector,
)
from journal_app.errors import JournalError
from journal_app.store import embeddings, entries, likeness, rows

if TYPE_CHECKING:
    from journal_app.domain.entry import Entry, Row
    from journal_app.store.database import Store

BATCH = 32  # entries of one commit: about a second of one thread
WITHOUT_MODEL = (
    "By shared words: the embedding model is not installed. `journal model install` fetches it."
)
NOT_YET = "By shared words: this entry is not in the index yet. `journal index` builds it."


def _nothing() -> None:
    """Nobody cancels."""


def _silent(_done: int, _total: int) -> None:
    """Nobody watches."""


class SimilarService:
    """ "More like this" of one journal. `searcher` answers people; `builder` works behind them."""

    def __init__(self, store: Store, searcher: Encoder, builder: Encoder) -> None:
        self._store, self._searcher, self._builder = store, searcher, builder
        self._pause = threading.Event()

    # ------------------------------------------------------------------ asking

    def near(self, entry_id: str, limit: int = 12) -> list[tuple[Row, float]]:
        """Entries like an entry with their likeness (0 to 1), best first."""
        return list(self.like(entry_id, limit).rows)

    def like(self, ref: str, limit: int = 12, *, check: Check = _nothing) -> Likeness:
        """Entries like the entry that `ref` names. Raises NotFound."""
        db = self._store.read()
        id = entries.resolve(db, ref)
        model = self._searcher.key()
        if not model:
            return self._by_words(entries.get(db, id), limit, WITHOUT_MODEL)
        known = embeddings.vector_of(db, id, model)
        if known is None:
            return self._by_words(entries.get(db, id), limit, NOT_YET)
        return Likeness(self._nearest(known[1], limit, model, id, check), "meaning")

    def search(self, text: str, limit: int = 12, *, check: Check = _nothing) -> Likeness:
        """Entries that mean what `text` says."""
        if not text.strip():
            raise JournalError("There is no text to look for.", 'Give some: --text "…".')
        model = self._searcher.key()
        if not model or self.status().done == 0:
            note = NOT_YET.replace("this entry is not in the index", "there is no index")
            found = likeness.like_words(self._store.read(), text, limit)
            return self._rows(found, WITHOUT_MODEL if not model else note)
        (vector,) = self._searcher.embed([text], check=check)
        return Likeness(self._nearest(vector, limit, model, "", check), "meaning")

    def _nearest(
        self, query: Vector, limit: int, model: str, without: str, check: Check
    ) -> tuple[tuple[Row, float], ...]:
        db = self._store.read()
        wanted = 2 * limit + 8  # what lies in the trash falls out
        place = self._store.folder
        try:
            matrix = embeddings.matrix(db, place, model)
            found = self._searcher.nearest(matrix.file, query, matrix.tail, wanted, check)
            if found.stale:
                matrix = embeddings.matrix(db, place, model, fresh=True)
                found = self._searcher.nearest(matrix.file, query, matrix.tail, wanted, check)
        except OSError as error:
            raise JournalError(
                f"{place / embeddings.CACHE} cannot be written: {error.strerror or error}.",
                "Free some space, or mend the permissions of the folder.",
            ) from error
        near = [(n, score) for n, score in found.found if score >= ENOUGH]
        ids = embeddings.ids_of(db, [n for n, _ in near], model)
        scores = {
            id: score for (_, score), id in zip(near, ids, strict=True) if id and id != without
        }
        return tuple((row, scores[row.id]) for row in rows.rows_of(db, list(scores)[:limit]))

    def _by_words(self, entry: Entry, limit: int, note: str) -> Likeness:
        text = f"{entry.title}\n{entry.body}"
        found = likeness.like_words(self._store.read(), text, limit + 1)
        return self._rows([one for one in found if one[0] != entry.id][:limit], note)

    def _rows(self, found: list[tuple[str, float]], note: str) -> Likeness:
        scores = dict(found)
        known = rows.rows_of(self._store.read(), list(scores))
        return Likeness(tuple((row, scores[row.id]) for row in known), "words", note)

    # ------------------------------------------------------------------ building

    def status(self) -> IndexStatus:
        """How far the index is."""
        model = self._builder.key()
        return IndexStatus(*embeddings.counts(self._store.read(), model), model)

    def build(
        self,
        progress: Progress = _silent,
        check: Check = _nothing,
        *,
        batch: int = BATCH,
        hurry: bool = False,
    ) -> int:
        """Embed what has no vector of its present text, newest first; how many were made.

        Between two batches it waits while the other model process has a request: people come
        first. In a `hurry` (somebody waits for the index) that process does the work itself, with
        all its threads. Raises JournalError without a pack.
        """
        db = self._store.read()
        status = self.status()
        if not status.model:
            raise JournalError(
                "The index needs the embedding model, and it is not installed.",
                "`journal model install` fetches it.",
            )
        encoder = self._searcher if hurry else self._builder
        made = 0
        progress(status.done, status.total)
        left = embeddings.pending(db, status.model)
        while numbers := list(islice(left, batch)):
            check()
            while not hurry and self._searcher.busy:
                check()
                self._pause.wait(0.1)
            found = embeddings.texts(db, numbers)
            vectors = encoder.embed([one.text for one in found], check=check)
            with self._store.write() as w:
                embeddings.put(w, status.model, list(zip(found, vectors, strict=True)))
            made += len(found)
            progress(min(status.done + made, status.total), status.total)
        if made:
            self._builder.close()  # its memory goes back now, not when it has been idle
        return made
