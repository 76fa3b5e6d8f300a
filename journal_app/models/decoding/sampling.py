"""Which token comes next: all tokens in the order in which they would be taken.

An order instead of a single token lets a guard refuse tokens one by one. Sampling without
replacement by the Gumbel-max trick (Kool et al., 2019, "Stochastic beams and where to find them"):
the largest of log p + Gumbel noise is a sample of p, and among any allowed part of the vocabulary
the first in this order is a sample of p over that part alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from journal_app.domain.generate import Sampling
from journal_app.errors import JournalError

if TYPE_CHECKING:
    from numpy.typing import NDArray

FIRST = 64  # tokens put in order at once: enough where no guard refuses many


class Sampler:
    """Draws for one generation; equal seeds and logits give equal tokens."""

    def __init__(self, sampling: Sampling) -> None:
        self._sampling = sampling
        self._noise = np.random.default_rng(sampling.seed)

    def order(self, logits: NDArray[np.float32], generated: Iterable[int]) -> Iterator[int]:
        """Yield all tokens, the one to take first. `logits` (vocabulary,) stays as it is;
        `generated` are the tokens that the repetition penalty counts.

        Raises JournalError where the model computed no numbers, as an overflow in float16 does.
        """
        scores = self._scores(penalized(logits, generated, self._sampling.repetition))
        best = int(np.argmax(scores))
        if not np.isfinite(scores[best]):
            raise JournalError(
                "The model computed no numbers (NaN): its arithmetic overflows on this device.",
                "Take the CPU (`journal config device cpu`) or a pack with float32 arithmetic.",
            )
        yield best
        first = min(FIRST, len(scores))
        top = np.argpartition(scores, len(scores) - first)[-first:]
        yield from (one for one in _sorted(scores, top) if one != best)
        rest = np.ones(len(scores), bool)
        rest[top] = False
        yield from _sorted(scores, np.flatnonzero(rest))

    def _scores(self, logits: NDArray[np.float32]) -> NDArray[np.float32]:
        sampling = self._sampling
        if sampling.temperature <= 0:
            return logits
        log_p = logits / np.float32(sampling.temperature)
        log_p = log_p - log_p.max()
        log_p -= np.log(np.exp(log_p).sum())
        kept = within(np.exp(log_p), sampling.top_p, sampling.min_p)
        noise = self._noise.gumbel(size=len(log_p)).astype(np.float32)
        # What the cut took away comes after all that it kept: only a guard ever gets there.
        scores: NDArray[np.float32] = np.where(kept, log_p + noise, log_p - np.float32(1e4))
        return scores


def penalized(
    logits: NDArray[np.float32], generated: Iterable[int], by: float
) -> NDArray[np.float32]:
    """Logits with those of `generated` moved towards unlikely (Keskar et al., 2019, CTRL)."""
    seen = np.unique(np.fromiter(generated, np.int64))
    if by == 1.0 or not len(seen):
        return logits
    changed = logits.copy()
    values = changed[seen]
    changed[seen] = np.where(values > 0, values / by, values * by)
    return changed


def within(p: NDArray[np.float32], top_p: float, min_p: float) -> NDArray[np.bool_]:
    """The tokens that stay: the likeliest that together reach `top_p`, each at least `min_p` times
    as likely as the best. The best always stays."""
    kept: NDArray[np.bool_] = np.asarray(p >= min_p * p.max())
    if top_p < 1:
        order = np.argsort(-p, kind="stable")
        reached = int(np.searchsorted(np.cumsum(p[order]), top_p)) + 1
        kept[order[reached:]] = False
    return kept


def _sorted(scores: NDArray[np.float32], among: NDArray[np.intp]) -> Iterator[int]:
    """Tokens of `among`, the best first; equal ones in the order of the vocabulary."""
    among = np.sort(among)
    yield from among[np.argsort(-scores[among], kind="stable")].tolist()
