"""The commands of the journal: gather without a model, word with one where it may, keep all of it.

Invariants: what a model words is checked against what was gathered, and what fails is replaced by
it; an answer without material is "the journal does not say", never a guess; every answer is kept
with its prompt, pack, device, seed, sources and checks, and can be made again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal_app.domain import checking, commands, rewriting, summarize
from journal_app.domain.commands import Answer, Budget, Command, Material, Request
from journal_app.domain.diff import Block, compare
from journal_app.domain.generate import Message, Prompt, Sampling
from journal_app.domain.summarize import SummarySentence
from journal_app.errors import NotFound
from journal_app.services.transcript import output_text
from journal_app.store import entries, generations
from journal_app.store.generations import Generation

if TYPE_CHECKING:
    from journal_app.domain.generate import Completion, Permission, Writer
    from journal_app.domain.rewriter import Rewriter
    from journal_app.domain.similar import Encoder
    from journal_app.domain.summarize import Rater
    from journal_app.store.database import Store

Progress = Callable[[int, int], None]
Check = Callable[[], None]
Tool = Callable[[Request, Command, "Check | None"], Material]
DUNNO = "The journal does not say."
OWN = "commands"  # the folder of the user's commands, inside the journal


@dataclass(frozen=True, slots=True)
class Models:
    """What commands need of the models: who chooses, encodes, writes, rewrites, and who may."""

    rater: Rater
    encoder: Encoder
    writer: Writer
    rewriter: Rewriter
    permission: Callable[[str], Permission]


@dataclass(frozen=True, slots=True)
class _Hooks:
    progress: Progress | None
    check: Check | None
    emit: Callable[[str], None] | None


@dataclass(slots=True)
class _Worded:
    text: str
    sentences: tuple[SummarySentence, ...]
    by_model: bool
    why: str
    failed: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    tokens: int = 0
    raw: str = ""


class CommandService:
    """The registry of commands of one journal, and their runs."""

    def __init__(
        self,
        store: Store,
        models: Models,
        tools: Mapping[str, Tool],
        folders: Sequence[tuple[Path, bool]],
        *,
        writer: Callable[[], str],
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        """`tools` by name; `folders` of TOML files, and whether they are the user's; `writer`
        tells the pack that the settings name."""
        self._store, self._models, self._tools = store, models, tools
        self._folders, self._pack, self._timer = folders, writer, timer
        self._known: dict[str, Command] | None = None
        self._problems: list[str] = []

    # ------------------------------------------------------------------ the registry

    def commands(self) -> list[Command]:
        """Every command that works, by name."""
        return [self._all()[name] for name in sorted(self._all())]

    def problems(self) -> list[str]:
        """One sentence for each broken file of the user."""
        self._all()
        return list(self._problems)

    def get(self, name: str) -> Command:
        """The command called `name`, with or without a slash. Raises NotFound."""
        known = self._all()
        if name.removeprefix("/") not in known:
            raise NotFound(
                f"There is no command {name!r}.", "Commands: " + ", ".join(sorted(known)) + "."
            )
        return known[name.removeprefix("/")]

    def reload(self) -> None:
        """Read the files again: the user changed one."""
        self._known = None

    def _all(self) -> dict[str, Command]:
        if self._known is None:
            self._known, self._problems = commands.load(self._folders, tuple(self._tools))
        return self._known

    # ------------------------------------------------------------------ budgets

    def budget(self, name: str, text: str) -> Budget:
        """How much of the budget `text` takes, estimated: at once, while it is typed."""
        command = self.get(name)
        return Budget(commands.estimate(text) + self._frame(command), command.budget)

    def count(self, name: str, text: str, pack: str = "") -> Budget:
        """The same, counted by the pack; loads it. Raises JournalError."""
        command = self.get(name)
        frame = [message.content for message in command.messages]
        counts = self._models.writer.count([text, *frame], pack=pack or self._pack())
        return Budget(sum(counts), command.budget, exact=True)

    @staticmethod
    def _frame(command: Command) -> int:
        return sum(commands.estimate(message.content) for message in command.messages)

    # ------------------------------------------------------------------ runs

    def run(
        self,
        name: str,
        request: Request,
        *,
        pack: str = "",
        messages: Sequence[Message] | None = None,
        progress: Progress | None = None,
        check: Check | None = None,
        emit: Callable[[str], None] | None = None,
        parent: str = "",
    ) -> Answer:
        """Run a command and keep its answer.

        `pack` or `messages` ask for a trial: that pack words it (with that prompt) though its gate
        is closed, and the answer says so. `emit` gets the model's words piece by piece,
        `progress(done, total)` counts the tokens that it reads. Raises JournalError, NotFound, and
        what `check` raises.
        """
        command = self.get(name)
        started = self._timer()
        material = self._tools[command.tool](request, command, check)
        asked = pack or self._pack()
        trial = bool(pack or messages)
        hooks = _Hooks(progress, check, emit)
        worded = self._word(command, request, material, asked, trial, messages, hooks)
        device = self._models.rater.device().label
        if worded.messages:
            device = f"{device}; {self._models.writer.device_of(asked).label}"
        model = asked if worded.messages else self._models.rater.identity().name
        answer = Answer(
            id=self._store.new_id(),
            command=command.name,
            text=worded.text,
            sentences=worded.sentences,
            by="model" if worded.by_model else "rules",
            why=worded.why,
            known=material.known,
            model=model,
            device=device,
            seconds=self._timer() - started,
            tokens=worded.tokens,
            checks=worded.failed,
            trial=trial and worded.by_model and not self._models.permission(asked).allowed,
        )
        self._keep(answer, command, request, worded, asked if worded.messages else "", parent)
        return answer

    def again(
        self,
        generation_id: str,
        *,
        pack: str = "",
        messages: Sequence[Message] | None = None,
        progress: Progress | None = None,
        check: Check | None = None,
        emit: Callable[[str], None] | None = None,
    ) -> Answer:
        """Run a kept command again, on the journal as it is now; the answer names its parent."""
        row = generations.get(self._store, generation_id)
        if row.task not in self._all():
            raise NotFound(
                f"{row.id} was made by {row.task!r}, which is no command that can be repeated.",
                "Summaries are made again with `journal summarize`.",
            )
        inputs = json.loads(row.inputs)
        request = Request(row.entry_id, inputs.get("text", ""), inputs.get("argument", ""))
        return self.run(
            row.task,
            request,
            pack=pack,
            messages=messages,
            progress=progress,
            check=check,
            emit=emit,
            parent=row.id,
        )

    def transcript(
        self, limit: int = 50, *, entry_id: str = "", task: str = ""
    ) -> list[Generation]:
        """What models and commands gave, the newest first."""
        return generations.recent(self._store, limit, entry_id=entry_id, task=task)

    def kept(self, id: str) -> Generation:
        """One of them, by its id or the beginning of it. Raises NotFound."""
        return generations.get(self._store, id)

    def difference(self, a_id: str, b_id: str) -> list[Block]:
        """What differs between two kept answers, word by word."""
        a, b = generations.get(self._store, a_id), generations.get(self._store, b_id)
        return compare(output_text(a), output_text(b))

    # ------------------------------------------------------------------ wording

    def _word(
        self,
        command: Command,
        request: Request,
        material: Material,
        pack: str,
        trial: bool,
        messages: Sequence[Message] | None,
        hooks: _Hooks,
    ) -> _Worded:
        plain = _Worded(material.text, material.sentences, False, material.note)
        if not material.known:
            return replace(plain, text=material.text or material.note or DUNNO, why="")
        if not command.words or not material.lines:
            return plain
        permission = self._models.permission(pack)
        if not permission.allowed and not trial:
            plain.why = _joined(material.note, permission.why)
            return plain
        if command.output == "sentences":
            return self._each(command, material, pack, hooks.check)
        lines, cut = commands.fit(material.lines, command.budget - self._frame(command))
        asked = commands.filled(
            messages if messages is not None else command.messages, self._values(request, lines)
        )
        prompt = Prompt(asked, command.limit, Sampling(), command.stop, (*lines, request.argument))
        made = self._models.writer.generate(
            prompt, pack=pack, emit=hooks.emit, progress=hooks.progress, check=hooks.check
        )
        text = _shaped(command, made)
        failed = self._failed(command, text, made, lines, request)
        note = _joined(material.note, "Only the first part fits the budget." if cut else "")
        if failed:
            why = "What the model wrote failed a check: " + "; ".join(failed) + "."
            return _Worded(
                material.text, material.sentences, False, _joined(note, why), failed,
                asked, made.tokens, made.text,
            )  # fmt: skip
        return _Worded(text, material.sentences, True, note, (), asked, made.tokens, made.text)

    def _each(
        self, command: Command, material: Material, pack: str, check: Check | None
    ) -> _Worded:
        """Every sentence worded by itself; those that fail stay as they are."""
        done = [self._models.rewriter.rewrite(one, pack, check=check) for one in material.sentences]
        sentences = tuple(one.sentence for one in done)
        failed = tuple(dict.fromkeys(f for one in sentences for f in one.failed))
        text = material.text
        for old, new in zip(material.sentences, sentences, strict=True):
            text = text.replace(old.text, new.text, 1)
        asked = tuple(m for one in done if one.prompt for m in one.prompt.messages)
        return _Worded(
            text,
            sentences,
            any(one.origin == "rewritten" for one in sentences),
            material.note,
            failed,
            asked,
            sum(one.completion.tokens for one in done if one.completion),
            "\n".join(one.raw for one in done),
        )

    def _failed(
        self,
        command: Command,
        text: str,
        made: Completion,
        lines: Sequence[str],
        request: Request,
    ) -> tuple[str, ...]:
        if not text:
            return ("empty: nothing was written",)
        if made.reason == "length" and command.output != "line":
            return ("length: it did not end",)
        support = None
        if "support" in command.checks:
            ours, *theirs = self._models.encoder.embed([text, *lines])
            support = max(ours.cosine(one) for one in theirs)
        found = checking.check(text, [*lines, request.argument], support=support)
        return tuple(
            f"{one.kind}: {one.detail}"
            for one in found
            if one.kind == "empty" or one.kind in command.checks
        )

    def _values(self, request: Request, lines: Sequence[str]) -> dict[str, str]:
        title = ""
        if request.entry_id:
            title = entries.get(self._store.read(), request.entry_id).title
        today = datetime.fromtimestamp(self._store.now() / 1000).date().isoformat()
        material = "\n".join(f"- {line}" for line in lines)
        return {
            "material": material,
            "argument": request.argument,
            "title": title,
            "today": today,
        }

    def _keep(
        self,
        answer: Answer,
        command: Command,
        request: Request,
        worded: _Worded,
        pack: str,
        parent: str,
    ) -> None:
        digest = self._models.rater.identity().digest
        if pack:
            digest += "+" + self._models.writer.digest_of(pack)
        row = Generation(
            id=answer.id,
            entry_id=request.entry_id,
            task=command.name,
            output=_json([answer.text]),
            model=answer.model,
            model_digest=digest,
            prompt_version=command.prompt_version,
            device=answer.device,
            seconds=answer.seconds,
            sources=_json(
                [[[s.start, s.end, s.text] for s in one.sources] for one in answer.sentences]
            ),
            input_sha256=summarize.text_digest(
                "\x1e".join((request.text, *(one.text for one in answer.sentences)))
            ),
            status="done",
            created_at=self._store.now(),
            checks=_json(
                {
                    "by": answer.by,
                    "why": answer.why,
                    "known": answer.known,
                    "trial": answer.trial,
                    "failed": answer.checks,
                    "entries": [[one.entry_id, one.title] for one in answer.sentences],
                }
            ),
            pack=pack,
            prompt=_json([{"role": m.role, "content": m.content} for m in worded.messages]),
            inputs=_json({"text": request.text, "argument": request.argument, "raw": worded.raw}),
            tokens=answer.tokens,
            parent=parent,
        )
        generations.add(self._store, row)


def _shaped(command: Command, made: Completion) -> str:
    """What the model wrote in the shape that the command asks for."""
    text = rewriting.cleaned(made.text) if command.output == "line" else made.text.strip()
    if command.output == "line":
        text = text.splitlines()[0].strip().rstrip(".") if text else ""
        if command.most and len(text) > command.most:
            return ""
    elif command.output == "lines":
        lines = [line.lstrip("-*• ").strip() for line in text.splitlines()]
        text = "\n".join(f"- {line}" for line in lines if line)
    return text


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True)
