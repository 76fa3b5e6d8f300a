"""What a model may word of what a command gathered, and what of it is kept.

Invariant: what a model writes is checked against the material that it was given, never against the
question; what fails a check is replaced by the material, and says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from journal_app.domain import commands
from journal_app.domain.commands import Command, Material
from journal_app.domain.generate import Message, Prompt, Sampling
from journal_app.domain.summarize import SummarySentence
from journal_app.domain.trust import checking
from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.domain.generate import Permission, Writer
    from journal_app.domain.rewriter import Rewriter
    from journal_app.domain.similar import Encoder
    from journal_app.domain.summarize import Rater

Progress = Callable[[int, int], None]
Check = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Models:
    """What commands need of the models: who chooses, encodes, writes, rewrites, and who may."""

    rater: Rater
    encoder: Encoder
    writer: Writer
    rewriter: Rewriter
    permission: Callable[[str], Permission]


@dataclass(frozen=True, slots=True)
class Asked:
    """How a command is to be worded: by which pack; as a trial though its gate is closed; with
    other messages than its own. The hooks are those of `CommandService.run`."""

    pack: str
    trial: bool = False
    messages: Sequence[Message] | None = None
    progress: Progress | None = None
    check: Check | None = None
    emit: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True)
class Worded:
    """What came of it. `conversations` were sent, one for each text that was asked for; `allowed`:
    whether the gate let the pack write (None: nobody asked); `encoder`: whether that took part."""

    text: str
    sentences: tuple[SummarySentence, ...]
    by_model: bool = False
    why: str = ""
    failed: tuple[str, ...] = ()
    conversations: tuple[tuple[Message, ...], ...] = ()
    tokens: int = 0
    raw: str = ""
    allowed: bool | None = None
    encoder: bool = False


class Wording:
    """Words material with the models of a journal."""

    def __init__(self, models: Models) -> None:
        self._models = models

    def word(
        self, command: Command, material: Material, values: Mapping[str, str], asked: Asked
    ) -> Worded:
        """The material in the words of the model where it may write and passes, else as it is.

        `values` fill the prompt besides the material. Raises JournalError, and what the hooks
        raise.
        """
        plain = Worded(
            material.text, material.sentences, why=material.note, encoder=material.encoder
        )
        if not material.known or not command.words or not material.lines:
            return plain
        each = command.output == "sentences"
        # Who switched rewritten summaries off gets none from a command either.
        switched = self._models.rewriter.permission if each and not asked.trial else None
        permission = switched() if switched else self._models.permission(asked.pack)
        plain = replace(plain, allowed=permission.allowed)
        if not permission.allowed and not asked.trial:
            return replace(plain, why=_joined(material.note, _named(permission)))
        if each:
            return self._each(plain, asked)
        return self._whole(command, plain, material.lines, values, asked)

    def _whole(
        self,
        command: Command,
        plain: Worded,
        lines: Sequence[str],
        values: Mapping[str, str],
        asked: Asked,
    ) -> Worded:
        """All of the material in one text."""
        own = command.messages if asked.messages is None else asked.messages
        frame = frame_of(command.messages) + commands.estimate(values.get("argument", ""))
        kept, cut = commands.fit(lines, command.budget - frame)
        listed = "\n".join(f"- {line}" for line in kept)
        messages = commands.filled(own, {**values, "material": listed})
        size = sum(commands.estimate(message.content) for message in messages)
        if asked.messages is None and size > command.budget:
            over = (
                f"No model worded this: it takes about {size:,} tokens, and the command has "
                f"{command.budget:,}."
            )
            return replace(plain, why=_joined(plain.why, over))
        prompt = Prompt(messages, command.limit, Sampling(), command.stop, tuple(kept))
        made = self._models.writer.generate(
            prompt,
            pack=asked.pack,
            emit=asked.emit,
            progress=asked.progress,
            check=asked.check,
        )
        text, failed = commands.shaped(command, made)
        if not failed:
            failed = self._failed(command, text, kept, asked.check)
        note = _joined(plain.why, "Only the first part fits the budget." if cut else "")
        worded = replace(
            plain,
            why=note,
            failed=failed,
            conversations=(messages,),
            tokens=made.tokens,
            raw=made.text,
            encoder=plain.encoder or "support" in command.checks,
        )
        if failed:
            why = "What the model wrote failed a check: " + "; ".join(failed) + "."
            return replace(worded, why=_joined(note, why))
        return replace(worded, text=text, by_model=True)

    def _each(self, plain: Worded, asked: Asked) -> Worded:
        """Every sentence worded by itself; those that fail stay as they are."""
        if asked.messages is not None and len(plain.sentences) != 1:
            raise JournalError(
                "This command words every sentence with a prompt of its own; there is no one "
                "prompt to change.",
                "Change that of /tldr, or write a command of your own: `journal do --list`.",
            )
        done = [
            self._models.rewriter.rewrite(
                one, asked.pack, check=asked.check, messages=asked.messages
            )
            for one in plain.sentences
        ]
        sentences = tuple(one.sentence for one in done)
        parts, rest = [], plain.text
        for old, new in zip(plain.sentences, sentences, strict=True):
            before, found, after = rest.partition(old.text)
            if found:
                parts.append(before + new.text)
                rest = after
        failed = tuple(dict.fromkeys(f for one in sentences for f in one.failed))
        fell = sum(one.origin == "fallback" for one in sentences)
        why = ""
        if fell:
            what = (
                "The sentence stays" if len(done) == 1 else f"{fell} of {len(done)} sentences stay"
            )
            why = f"{what} as written; the model's wording failed a check: {'; '.join(failed)}."
        return replace(
            plain,
            text="".join([*parts, rest]),
            sentences=sentences,
            by_model=any(one.origin == "rewritten" for one in sentences),
            why=_joined(plain.why, why),
            failed=failed,
            conversations=tuple(one.prompt.messages for one in done if one.prompt),
            tokens=sum(one.completion.tokens for one in done if one.completion),
            raw="\n".join(one.raw for one in done if one.raw),
        )

    def _failed(
        self, command: Command, text: str, lines: Sequence[str], check: Check | None
    ) -> tuple[str, ...]:
        support = None
        if "support" in command.checks:
            ours, *theirs = self._models.encoder.embed([text, *lines], check=check)
            support = max(ours.cosine(one) for one in theirs)
        return tuple(
            f"{one.kind}: {one.detail}"
            for one in checking.check(text, lines, support=support)
            if one.kind == "empty" or one.kind in command.checks
        )


def frame_of(messages: Sequence[Message]) -> int:
    """About how many tokens the messages have before anything is filled in."""
    return sum(commands.estimate(message.content) for message in messages)


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _named(permission: Permission) -> str:
    """Why not, and whose gate it is."""
    known = permission.pack and permission.pack not in permission.why
    return f"{permission.pack}: {permission.why}" if known else permission.why
