"""The commands of the journal: gather without a model, word with one where it may, keep all of it.

Invariants: what a model words is checked against what was gathered, and what fails is replaced by
it; an answer without material is "the journal does not say", never a guess; every answer is kept
with its prompt, pack, device, seed, sources and checks, and can be made again.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from journal_app.domain import commands
from journal_app.domain.capture import clean_text
from journal_app.domain.commands import Answer, Budget, Command, Material, Request
from journal_app.domain.diff import Block, compare
from journal_app.domain.generate import Message
from journal_app.errors import NotFound
from journal_app.services import transcript
from journal_app.services.wording import Asked, Models, Wording, frame_of
from journal_app.store import entries, generations
from journal_app.store.generations import Generation

if TYPE_CHECKING:
    from journal_app.store.database import Store

__all__ = ["OWN", "CommandService", "Models"]

Progress = Callable[[int, int], None]
Check = Callable[[], None]
Tool = Callable[[Request, Command, "Check | None"], Material]
DUNNO = "The journal does not say."
RULES = "rules"  # stands for the model where none took part
OWN = "commands"  # the folder of the user's commands, inside the journal


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
        self._wording = Wording(models)
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
        known, plain = self._all(), name.removeprefix("/")
        if plain not in known:
            broken = [one for one in self._problems if f"{plain}.toml" in one]
            raise NotFound(
                f"There is no command {name!r}." + "".join(f" {one}" for one in broken),
                "Commands: " + ", ".join(sorted(known)) + ".",
            )
        return known[plain]

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
        return Budget(commands.estimate(text) + frame_of(command.messages), command.budget)

    def count(self, name: str, text: str, pack: str = "") -> Budget:
        """The same, counted by the pack; loads it. Raises JournalError."""
        command = self.get(name)
        frame = [message.content for message in command.messages]
        counts = self._models.writer.count([text, *frame], pack=pack or self._pack())
        return Budget(sum(counts), command.budget, exact=True)

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
        request = replace(
            request, text=clean_text(request.text), argument=clean_text(request.argument)
        )
        started = self._timer()
        material = self._tools[command.tool](request, command, check)
        messages = messages or None
        asked = Asked(pack or self._pack(), bool(pack or messages), messages, progress, check, emit)
        worded = self._wording.word(command, material, self._values(request), asked)
        if check:
            check()  # given up meanwhile: nothing is kept
        used = asked.pack if worded.conversations else ""
        if not material.known:
            worded = replace(worded, text=worded.text or worded.why or DUNNO, why="")
        answer = Answer(
            id=self._store.new_id(),
            command=command.name,
            text=worded.text,
            sentences=worded.sentences,
            by="model" if worded.by_model else "rules",
            why=worded.why,
            known=material.known,
            model=used or (self._models.rater.identity().name if worded.encoder else RULES),
            device=self._device(used, worded.encoder),
            seconds=self._timer() - started,
            tokens=worded.tokens,
            checks=worded.failed,
            trial=asked.trial and worded.by_model and not worded.allowed,
        )
        digests = [self._models.rater.identity().digest] if worded.encoder else []
        digests += [self._models.writer.digest_of(used)] if used else []
        edited = " edited" if used and messages else ""
        row = transcript.kept(
            answer,
            request,
            worded,
            digest="+".join(digests),
            version=command.prompt_version + edited,
            created_at=self._store.now(),
            pack=used,
            parent=parent,
        )
        generations.add(self._store, row)
        return answer

    def _device(self, pack: str, encoder: bool) -> str:
        """Where it was made; rules run on the processor."""
        labels = [self._models.rater.device().label] if encoder else []
        labels += [self._models.writer.device_of(pack).label] if pack else []
        return "; ".join(dict.fromkeys(labels)) or "CPU"

    def _values(self, request: Request) -> dict[str, str]:
        title = ""
        if request.entry_id:
            title = entries.get(self._store.read(), request.entry_id).title
        today = datetime.fromtimestamp(self._store.now() / 1000).date().isoformat()
        return {"argument": request.argument, "title": title, "today": today}

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
        inputs = json.loads(row.inputs)
        if inputs.get("entries"):
            raise NotFound(
                f"{row.id} is a summary of several entries, which no command repeats.",
                "`journal summarize --since DAY` makes one.",
            )
        if row.task not in self._all():
            raise NotFound(
                f"{row.id} was made by {row.task!r}, which is no command that can be repeated.",
                "Summaries are made again with `journal summarize`.",
            )
        request = Request(row.entry_id, inputs.get("text", ""), inputs.get("argument", ""))
        checks = json.loads(row.checks)
        trial = isinstance(checks, dict) and checks.get("trial")
        return self.run(
            row.task,
            request,
            pack=pack or (row.pack if trial else ""),
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
        return compare(transcript.output_text(a), transcript.output_text(b))
