"""nanochat: what the training and evaluation scripts print.

Read line by line from the bytes, so that a log of any length costs the same memory. A pattern must
find a number where one belongs: some logs begin with the source code of the script.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from journal_app.domain.experiments import Json
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.imports.files import mtime, naive, need_text
from journal_app.imports.nanochat_names import ENDS, FACTS, KEYS, STAGES
from journal_app.imports.nanochat_parts import (
    NUMBER,
    Draft,
    parse_number,
    parse_value,
    stage_prefix,
)

T = TypeVar("T")
LINE_LIMIT = 1 << 16
_ANSI = re.compile(r"\x1b\[[0-9;?]*[ -/]*[@-~]|\x1b[@-Z\\-_]")
_STEP = re.compile(r"[Ss]tep (\d{1,12})(?:/(\d{1,12}))?(?: \([\d.]+%\))? ?\| ?(.+)")
_FIELD = re.compile(
    rf"([A-Za-z][\w@/. -]*?):? *(?:: ?)({NUMBER})(?:ms|MiB|[smh%])?(?= *(?:,? +[A-Za-z]|,|$))",
    re.IGNORECASE,
)
_LOGGER = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3}) - ")
_SAVED = re.compile(r"(base|mid|chatsft|chatrl|sft|rl)_checkpoints[/\\]([^/\\\s]+)[/\\]")
_TASK = re.compile(
    r"Evaluating: (\S{1,80}) \((\d{1,4})-shot, type: (\w+)\)\.\.\. "
    rf"accuracy: ({NUMBER}) \| centered: ({NUMBER})",
    re.IGNORECASE,
)
_COUNT = re.compile(r"([a-z_]{2,40}) *: ([\d,]{1,30})$")
_CHAT = re.compile(rf"([A-Z][\w-]{{1,30}}) accuracy: ({NUMBER})(%?)$", re.IGNORECASE)
_OVERRIDE = re.compile(r"Overriding: (\w{1,60}) = (.*)$")
_WANDB = re.compile(rf"wandb:\s+([\w/@]{{1,60}}) ({NUMBER})$", re.IGNORECASE)
_PLAIN = re.compile(
    rf"([A-Za-z][\w :.%/-]{{2,80}}?):? ({NUMBER})(MiB|[mshx%])?(?: |$)", re.IGNORECASE
)


def _fields(text: str) -> list[tuple[str, float]]:
    """`loss: 4.58 | dt: 654.80ms | epoch: 1 pq: 12` as names and numbers."""
    found: list[tuple[str, float]] = []
    for part in text.split("|"):
        name, _, value = part.strip().partition(": ")
        try:  # nearly every field is one plain number: no pattern needed
            found.append((name, float(value)))
        except ValueError:
            for match in _FIELD.finditer(part):
                found.append((match[1].strip(), float(match[2].replace(",", ""))))
    return found


class _Reader:
    """The state of one log while its lines go by."""

    def __init__(self, draft: Draft, file: tuple[str, str]) -> None:
        self.draft = draft
        self.file = file
        self.stage = 1
        self.names: dict[int, str] = {}
        self.last_step = -1
        self.total: int | None = None
        self.first: list[Json] = []
        self.tasks: list[tuple[str, int, float, float]] = []
        self.counting = False
        self.ended = False
        self.broke = ""
        self.chat: dict[tuple[int, str], float] = {}
        self.useful = 0

    def line(self, text: str) -> None:
        """Take one line in."""
        if text.startswith(("step ", "Step ")):
            match = _STEP.match(text)
            if match:
                self._step(int(match[1]), int(match[2]) if match[2] else None, match[3])
                return
        if text.startswith("[GC"):
            return
        if self.counting:
            count = _COUNT.match(text)
            if count:
                self.draft.params[f"params_{count[1]}"] = parse_value(count[2])
                return
            self.counting = False
        self._other(text)

    def _step(self, step: int, total: int | None, rest: str) -> None:
        fields = _fields(rest)
        if not fields:
            return
        self.useful += 1
        restarted = step < self.last_step and step <= 1 and self.last_step > 10
        if restarted:
            self.stage += 1
        self.last_step = step
        if total is not None:
            self.total = total
            self.ended = self.ended and not restarted
        if len(self.first) < 6:
            self.first += [step, rest[:200]]
        for name, number in fields:
            key = KEYS.get(name, f"train/{name}" if name[0].islower() else name)
            if not key:
                continue
            if self.stage > 1:
                key = f"stage{self.stage}/{key}"
            self.draft.point(key, step, number)
            if name == "CORE metric":
                self._core(step, number, True)

    def _core(self, step: int | None, score: float, estimate: bool) -> None:
        for task, shots, accuracy, centered in self.tasks:
            self.draft.eval(task, "accuracy", accuracy, self.file, step=step, n_shot=shots,
                            estimate=estimate)  # fmt: skip
            self.draft.eval(task, "centered", centered, self.file, step=step, n_shot=shots,
                            estimate=estimate)  # fmt: skip
        self.draft.eval("CORE", "core_metric", score, self.file, step=step, estimate=estimate,
                        aggregate=True, extra={"tasks": len(self.tasks)})  # fmt: skip
        if not estimate:
            self.draft.metric("core_metric", score)
        self.tasks = []

    def _other(self, text: str) -> None:
        stamp = _LOGGER.match(text)
        if stamp:
            moment = naive(stamp[1])
            if self.draft.started_at is None:
                self.draft.started_at = moment
            self.draft.ended_at = moment
        saved = _SAVED.search(text)
        if saved:
            self.names[self.stage] = STAGES[saved[1]]
            if self.stage == 1:
                self.draft.tag = saved[2]
            return
        if text.startswith("Evaluating: "):
            task = _TASK.match(text)
            if task:
                self.useful += 1
                self.tasks.append((task[1], int(task[2]), float(task[4]), float(task[5])))
            return
        if text.startswith("Parameter counts:"):
            self.counting = True
        elif text.startswith("Traceback (most recent call last)"):
            self.broke = "crashed"
        elif text.startswith("KeyboardInterrupt"):
            self.broke = "killed"
        elif text.startswith("GPU: "):
            self.draft.extra["gpu"] = text[5:].split(" | ")[0].strip()[:100]
        else:
            self._facts(text)

    def _facts(self, text: str) -> None:
        draft = self.draft
        override = _OVERRIDE.match(text)
        if override:
            draft.params[override[1]] = parse_value(override[2].strip("'\""))
            return
        chat = _CHAT.match(text)
        if chat:
            score = float(chat[2].replace(",", ""))
            self.chat[self.stage, chat[1]] = score / 100 if chat[3] else score
            self.useful += 1
            return
        pasted = _WANDB.match(text)
        if pasted:
            name = {"core_metric": "core_metric_estimate"}.get(pasted[1], pasted[1])
            draft.metric(name, parse_number(pasted[2]))
            return
        plain = _PLAIN.match(text)
        if not plain:
            return
        name, value = plain[1].strip(), float(plain[2].replace(",", ""))
        if name in FACTS:
            if self.stage == 1:
                draft.params[FACTS[name]] = parse_value(plain[2])
        elif name in ENDS:
            key, factor = ENDS[name]
            draft.metric(key if self.stage == 1 else f"stage{self.stage}/{key}", value * factor)
            self.ended = self.ended or name != "Peak memory usage"
        elif name == "CORE metric":
            self._core(None, value, False)
        elif name in ("ChatCORE metric", "ChatCORE"):
            self.chat[self.stage, "ChatCORE"] = value
        elif name in ("train bpb", "val bpb"):
            draft.metric(f"base_eval/{name.replace(' ', '_')}", value)

    def finish(self) -> None:
        """Names of later stages, chat evals, status."""
        draft = self.draft
        for number, name in self.names.items():
            if number > 1:
                old = f"stage{number}/"
                _rename(draft.series, old, f"{name}/")
                _rename(draft.metrics, old, f"{name}/")
        own = stage_prefix(self.names.get(1, ""))
        if own:  # the log of a later stage alone
            later = tuple(f"{name}/" for name in self.names.values())
            kept = (*later, "stage", "core_metric", "base_eval/")
            _prefix(draft.series, own, kept)
            _prefix(draft.metrics, own, kept)
        for (number, task), score in self.chat.items():
            stage = self.names.get(number, "")
            whole = task == "ChatCORE"
            metric = "chatcore_metric" if whole else "accuracy"
            others = sum(n == number for n, _ in self.chat) - 1
            tasks: dict[str, Json] = {"tasks": others} if whole else {}
            draft.eval(task, metric, score, self.file, stage=stage_prefix(stage)[:-1],
                       aggregate=whole, extra=tasks)  # fmt: skip
            if whole:
                draft.metric(stage_prefix(stage) + metric, score)
        draft.stage = self.names.get(1, "")
        done = self.total is not None and self.last_step >= self.total
        if self.broke and not done:
            draft.status, draft.complete = self.broke, False
            draft.warnings.append(f"the log ends with an error after step {max(self.last_step, 0)}")
        elif self.ended or done or self.last_step < 0:
            draft.status = "finished"
        else:
            draft.complete = False
            of = f" of {self.total}" if self.total else ""
            draft.warnings.append(f"the log breaks off at step {self.last_step}{of}")


def _rename(held: dict[str, T], old: str, new: str) -> None:
    for key in [key for key in held if key.startswith(old)]:
        held[new + key.removeprefix(old)] = held.pop(key)


def _prefix(held: dict[str, T], prefix: str, kept: tuple[str, ...]) -> None:
    for key in [key for key in held if not key.startswith(kept)]:
        held[prefix + key] = held.pop(key)


def read_log(path: Path, context: ImportContext) -> Draft:
    """The run that a log tells of. Raises JournalError for a binary file or one without a step."""
    need_text(path)
    draft = Draft([], path.stem, str(path), files=[path.name])
    reader = _Reader(draft, (path.name, ""))
    hasher = hashlib.sha256()
    for raw in _lines(path, hasher, context):
        text = raw.decode("utf-8", "replace")
        if "\x1b" in text:
            text = _ANSI.sub("", text)
        for piece in text.split("\r"):
            piece = piece.rstrip()
            if not piece:
                continue
            if not raw.endswith(b"\n") and piece.lower().startswith("step "):
                draft.warnings.append("the last line is unfinished and was left out")
            else:
                reader.line(piece)
    if not reader.useful:
        raise JournalError(
            f"{path} has no line that a nanochat script prints.", "Is it another kind of log?"
        )
    reader.finish()
    digest = hasher.hexdigest()
    draft.evals = [replace(record, source_sha256=digest) for record in draft.evals]
    draft.identity = ["log", draft.started_at, draft.params.get("params_total"), *reader.first]
    if not reader.first:
        draft.identity.append(digest)
    if draft.started_at is None:
        draft.clock, draft.ended_at = "mtime", mtime(path)
        draft.warnings.append("the log has no date; the time of the file is shown")
    draft.name = draft.tag or path.stem
    return draft


def _lines(path: Path, hasher: hashlib._Hash, context: ImportContext) -> Iterator[bytes]:
    total, done = path.stat().st_size, 0
    with path.open("rb") as file:
        for count, raw in enumerate(iter(lambda: file.readline(LINE_LIMIT), b"")):
            hasher.update(raw)
            done += len(raw)
            if count % 2000 == 0:
                context.check()
                context.progress(done, total)
            yield raw
    context.progress(total, total)
