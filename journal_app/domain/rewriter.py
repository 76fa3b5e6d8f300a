"""The second rung of the ladder: the generator words one selected sentence, or the sentence stays.

Invariants: the generator sees one selected sentence, never the text it came from and never two
entries at once; what it writes can copy numbers and names only from there, and it takes the place
of the sentence only when every check passes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from journal_app.domain import rewriting
from journal_app.domain.generate import Completion, Message, Prompt
from journal_app.domain.trust import checking

if TYPE_CHECKING:
    from journal_app.domain.generate import Permission, Writer
    from journal_app.domain.similar import Encoder
    from journal_app.domain.summarize import SummarySentence

Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Rewriting:
    """What came of one sentence: the sentence to show, and what was asked and answered.

    `prompt` and `completion` are None where rewriting was not worth trying."""

    sentence: SummarySentence
    raw: str = ""
    prompt: Prompt | None = None
    completion: Completion | None = None


class Rewriter:
    """Puts selected sentences into the words of the pack that the gate lets write."""

    def __init__(
        self, writer: Writer, encoder: Encoder, permission: Callable[[], Permission]
    ) -> None:
        self._writer = writer
        self._encoder = encoder
        self._permission = permission

    def permission(self) -> Permission:
        """Whether rewriting is allowed now, with which pack, and why not."""
        return self._permission()

    def device(self, pack: str) -> str:
        """Where the pack runs, in words."""
        return self._writer.device_of(pack).label

    def digest(self, pack: str) -> str:
        """SHA-256 over the pack's files."""
        return self._writer.digest_of(pack)

    def rewrite(
        self,
        given: SummarySentence,
        pack: str,
        *,
        context: str = "",
        check: Check | None = None,
        messages: Sequence[Message] | None = None,
    ) -> Rewriting:
        """Word one sentence; what fails a check falls back to it, and says what failed.

        `messages` are asked instead of the usual ones. Raises JournalError when the pack or the
        model process fails.
        """
        if messages is None and not rewriting.worth(given.text):
            return Rewriting(given)
        prompt = rewriting.prompt(given.text)
        if messages is not None:
            prompt = replace(prompt, messages=tuple(messages))
        made = self._writer.generate(prompt, pack=pack, check=check)
        text = rewriting.cleaned(made.text)
        failed: tuple[str, ...] = ()
        if made.reason == "length":
            failed = ("length: it did not end",)
        elif rewriting.unchanged(text, given.text):
            return Rewriting(given, made.text, prompt, made)
        else:
            sources = [source.text for source in given.sources]
            found = checking.check(
                text,
                [given.text, *sources],
                support=self._support(text, given.text, check),
            )
            failed = tuple(f"{one.kind}: {one.detail}" for one in found)
        if failed:
            return Rewriting(
                replace(given, origin="fallback", failed=failed), made.text, prompt, made
            )
        return Rewriting(replace(given, text=text, origin="rewritten"), made.text, prompt, made)

    def _support(self, text: str, source: str, check: Check | None) -> float:
        """Cosine of what was written to what it was written from."""
        ours, theirs = self._encoder.embed([text, source], check=check)
        return ours.cosine(theirs)
