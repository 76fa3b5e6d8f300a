"""What the generator is asked and what it answers; the generator itself lives in another process.

A `Guard` limits what may be written while it is written: see `journal_app.domain.trust.copying`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from journal_app.domain.summarize import DeviceInfo

Role = Literal["system", "user", "assistant"]
Reason = Literal["stop", "length"]


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """How the next token is chosen. `temperature` 0 is greedy; `top_p` and `min_p` cut the tail of
    the distribution (1 and 0: whole); `repetition` divides the logits of tokens that were already
    generated (1: not at all; tokens of the prompt are never punished, so that a small model may
    copy the note's own words)."""

    temperature: float = 0.0
    top_p: float = 1.0
    min_p: float = 0.0
    repetition: float = 1.0
    seed: int = 0


@dataclass(frozen=True, slots=True)
class Prompt:
    """A request. `limit` is the most tokens to generate. Where `copy_from` holds texts, numbers,
    units, identifiers and quoted names can only be copied from them."""

    messages: tuple[Message, ...]
    limit: int = 256
    sampling: Sampling = field(default_factory=Sampling)
    stop: tuple[str, ...] = ()
    copy_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Completion:
    """What was generated. `reason`: the model ended (`stop`) or `limit` was reached (`length`).
    Times in seconds of the wall clock; counts in tokens of the pack's tokenizer."""

    text: str
    reason: Reason
    prompt_tokens: int
    tokens: int
    prefill_seconds: float
    decode_seconds: float


@dataclass(frozen=True, slots=True)
class Permission:
    """Whether a pack may put sentences of a text into words of its own on this device. `pack` is
    its id ("" where none is installed); `why` says in words what the gate found or what lacks."""

    pack: str
    allowed: bool
    why: str


class Guard(Protocol):
    """What may be written next. `text` is all that was generated so far."""

    def allows(self, text: str, piece: str) -> bool:
        """Whether `piece` may follow `text`."""
        ...

    def ends(self, text: str) -> bool:
        """Whether the text may end here."""
        ...


class Writer(Protocol):
    """The generator on this device, whatever process it lives in. `pack` is the id of a pack."""

    def generate(
        self,
        prompt: Prompt,
        *,
        pack: str,
        emit: Callable[[str], None] | None = None,
        progress: Callable[[int, int], None] | None = None,
        check: Callable[[], None] | None = None,
    ) -> Completion:
        """Generate. `emit` gets the text piece by piece; `progress(done, total)` counts the tokens
        of the prompt as they are read; `check` raises to cancel (within 200 ms). Raises
        JournalError when the pack is missing or cannot be loaded, when the prompt does not fit, or
        when the process dies."""
        ...

    def count(self, texts: Sequence[str], *, pack: str) -> list[int]:
        """How many tokens each text has."""
        ...

    def device_of(self, pack: str) -> DeviceInfo:
        """Where the pack runs; loads it when it is not loaded."""
        ...

    def digest_of(self, pack: str) -> str:
        """SHA-256 over the pack's files, from its manifest."""
        ...
