"""Declared commands for a tiny model: what goes in, what the model may word, what comes out.

A command gathers its material without a model (dates, tables, chosen sentences, found passages);
the model, where one may write, words that material and nothing else. Commands are TOML files: those
of the program and those of the user, who may replace a built-in one by its name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from journal_app.domain import rewriting
from journal_app.domain.generate import Completion, Message, Role
from journal_app.domain.summarize import SummarySentence
from journal_app.errors import JournalError

Input = Literal["text", "runs", "date", "question", "none"]
Output = Literal["line", "lines", "tags", "sentences", "markdown"]
CHECKS = ("number", "name", "negation", "support")
MOST_BUDGET, MOST_LIMIT = 4096, 1024  # tokens; more than a small model makes good use of
_MOST_FILE = 100_000  # bytes
_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
_PLACE = re.compile(r"\{\{\s*(\w+)\s*\}\}")
PLACES = ("material", "argument", "title", "today")

_TOKEN = re.compile(r"[^\W\d_]+|\d|[^\w\s]|_")
_TAG = re.compile(r"[^\W_][\w/-]*")


@dataclass(frozen=True, slots=True)
class Command:
    """One command. `tool` gathers the material, `keep` says how much of it; `budget` is the most
    tokens of a prompt, `limit` of an answer. `words`: whether a model takes part at all.
    `origin` is the file of a user's own command, "" for a built-in one."""

    name: str
    title: str
    help: str
    version: int
    input: Input
    tool: str
    output: Output
    argument: str = ""
    keep: int = 3
    budget: int = 512
    limit: int = 96
    most: int = 0
    words: bool = True
    checks: tuple[str, ...] = CHECKS
    stop: tuple[str, ...] = ()
    messages: tuple[Message, ...] = ()
    origin: str = ""

    @property
    def prompt_version(self) -> str:
        """Stored with every answer: which prompt made it."""
        return f"{self.name}/{self.version}"


@dataclass(frozen=True, slots=True)
class Request:
    """What a command is asked about: an entry, or a text (of a selection) instead of the entry's.
    `argument` is the question, the date, the runs."""

    entry_id: str = ""
    text: str = ""
    argument: str = ""


@dataclass(frozen=True, slots=True)
class Material:
    """What was gathered without a model. `text` is the answer if no model words it (Markdown);
    `sentences` are what it rests on, with their sources; `lines` are what the model may see.
    `known` is False where the journal holds nothing to the point; `note` says so in words;
    `encoder`: whether the model of meanings took part."""

    text: str
    sentences: tuple[SummarySentence, ...] = ()
    lines: tuple[str, ...] = ()
    known: bool = True
    note: str = ""
    encoder: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What a command gave. `by`: who worded it; `why`: why that was not the model, or what of the
    model's was left out; `trial`: worded by a pack whose gate is closed, because the user asked."""

    id: str
    command: str
    text: str
    sentences: tuple[SummarySentence, ...]
    by: Literal["model", "rules"]
    why: str
    known: bool
    model: str
    device: str
    seconds: float
    tokens: int
    checks: tuple[str, ...] = ()
    trial: bool = False

    def as_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "id": self.id,
            "command": self.command,
            "text": self.text,
            "known": self.known,
            "by": self.by,
            "why": self.why,
            "trial": self.trial,
            "failed": list(self.checks),
            "model": self.model,
            "device": self.device,
            "seconds": self.seconds,
            "tokens": self.tokens,
            "sources": [
                {
                    "text": one.text,
                    "entry": one.entry_id,
                    "title": one.title,
                    "spans": [[s.start, s.end] for s in one.sources],
                }
                for one in self.sentences
            ],
        }


@dataclass(frozen=True, slots=True)
class Budget:
    """How much of a command's budget a text takes, in tokens. `exact`: counted by the pack, else
    estimated; `cut`: not all of it reaches the model."""

    tokens: int
    limit: int
    exact: bool = False

    @property
    def cut(self) -> bool:
        """Whether the text is longer than the budget."""
        return self.tokens > self.limit


def estimate(text: str) -> int:
    """About how many tokens a byte-level BPE makes of a text, without one: a token for every word
    of up to eight letters, one for every five letters beyond, every digit and mark."""
    total = 0
    for piece in _TOKEN.findall(text):
        total += 1 + max(0, len(piece) - 8) // 5 if piece.isascii() else max(1, len(piece))
    return total


def filled(messages: Sequence[Message], values: Mapping[str, str]) -> tuple[Message, ...]:
    """The messages with `{{material}}`, `{{argument}}`, `{{title}}` and `{{today}}` filled once:
    what a value holds is not looked at again."""

    def put(text: str) -> str:
        return _PLACE.sub(lambda found: values.get(found[1], found[0]), text)

    return tuple(Message(one.role, put(one.content)) for one in messages)


def fit(lines: Sequence[str], budget: int) -> tuple[list[str], bool]:
    """As many of the first lines as the budget holds, at least one, and whether some were left."""
    kept: list[str] = []
    used = 0
    for line in lines:
        used += estimate(line) + 1
        if kept and used > budget:
            return kept, True
        kept.append(line)
    return kept, False


def shaped(command: Command, made: Completion) -> tuple[str, tuple[str, ...]]:
    """What a model wrote in the shape that the command asks for, and what is wrong with that."""
    text = made.text.strip()
    unended = made.reason == "length"
    if command.output == "line":
        text = rewriting.cleaned(made.text)
        text = text.splitlines()[0].strip() if text else ""
        # A line that something follows was written to its end.
        unended = unended and made.text.rstrip().endswith(text)
        text = text.rstrip(".")
    elif command.output == "lines":
        lines = [line.lstrip("-*• ").strip() for line in text.splitlines()]
        text = "\n".join(f"- {line}" for line in lines if line)
    elif command.output == "tags":
        text = " ".join(dict.fromkeys(f"#{tag}" for tag in _TAG.findall(text)))
    if not text:
        return "", ("empty: nothing was written",)
    if unended:
        return text, ("length: it did not end",)
    if command.most and len(text) > command.most:
        return text, (f"length: {len(text)} characters, at most {command.most} are allowed",)
    return text, ()


def parse(text: str, name: str, *, origin: str = "", tools: Sequence[str] = ()) -> Command:
    """A command from TOML. Raises JournalError that names the file and the field."""
    place = origin or f"{name}.toml"
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise JournalError(f"{place} is not TOML: {error}.", _HINT) from error
    reader = _Reader(given, place)
    made = Command(
        name=reader.text("name", name),
        title=reader.text("title"),
        help=reader.text("help", ""),
        version=reader.number("version", 1, 1, 1_000_000),
        input=reader.one_of("input", get_args(Input), "text"),
        tool=reader.one_of("tool", tools, "sentences"),
        output=reader.one_of("output", get_args(Output), "markdown"),
        argument=reader.text("argument", ""),
        keep=reader.number("keep", 3, 1, 50),
        budget=reader.number("budget", 512, 32, MOST_BUDGET),
        limit=reader.number("limit", 96, 1, MOST_LIMIT),
        most=reader.number("most", 0, 0, 10_000),
        words=reader.switch("words", True),
        checks=tuple(reader.texts("checks", CHECKS, CHECKS)),
        stop=tuple(reader.texts("stop", ())),
        messages=reader.messages(),
        origin=origin,
    )
    reader.end()
    if not _NAME.fullmatch(made.name):
        raise JournalError(
            f"{place}: the name {made.name!r} cannot be typed after a slash.",
            "Small letters, digits and -, a letter first.",
        )
    if made.words and not made.messages:
        raise JournalError(
            f"{place}: a command that words something needs [[messages]].",
            "Give role and content, or set words = false.",
        )
    return made


_HINT = "The built-in ones in resources/commands show how; `journal do --list` names what works."


class _Reader:
    """The fields of a TOML table, each checked, the rest refused."""

    def __init__(self, given: dict[str, Any], place: str) -> None:
        self._given, self._place = dict(given), place

    def text(self, field: str, default: str | None = None) -> str:
        value = self._given.pop(field, default)
        if not isinstance(value, str):
            raise self._wrong(field, "a text")
        return value

    def number(self, field: str, default: int, low: int, high: int) -> int:
        value = self._given.pop(field, default)
        if not isinstance(value, int) or isinstance(value, bool) or not low <= value <= high:
            raise self._wrong(field, f"a whole number from {low} to {high}")
        return value

    def switch(self, field: str, default: bool) -> bool:
        value = self._given.pop(field, default)
        if not isinstance(value, bool):
            raise self._wrong(field, "true or false")
        return value

    def one_of(self, field: str, known: Sequence[str], default: str) -> Any:
        value = self._given.pop(field, default)
        if known and value not in known:
            raise self._wrong(field, "one of " + ", ".join(known))
        return value

    def texts(self, field: str, default: Sequence[str], known: Sequence[str] = ()) -> Sequence[str]:
        value = self._given.pop(field, list(default))
        good = isinstance(value, list) and all(isinstance(one, str) for one in value)
        if not good or (known and not set(value) <= set(known)):
            raise self._wrong(field, "a list of " + (", ".join(known) if known else "texts"))
        found: list[str] = value
        return found

    def messages(self) -> tuple[Message, ...]:
        value = self._given.pop("messages", [])
        if not isinstance(value, list):
            raise self._wrong("messages", "[[messages]] with role and content")
        made = []
        for one in value:
            if (
                not isinstance(one, dict)
                or set(one) != {"role", "content"}
                or one["role"] not in get_args(Role)
                or not isinstance(one["content"], str)
            ):
                raise self._wrong(
                    "messages", "role (system, user or assistant) and content, nothing else"
                )
            for place in _PLACE.findall(one["content"]):
                if place not in PLACES:
                    raise JournalError(
                        f"{self._place}: messages hold the placeholder {place!r}; known are "
                        f"{', '.join(PLACES)}.",
                        _HINT,
                    )
            made.append(Message(one["role"], one["content"]))
        return tuple(made)

    def end(self) -> None:
        """Refuse what is left: a misspelt field must not pass unseen."""
        if self._given:
            raise JournalError(
                f"{self._place}: there is no field {', '.join(sorted(self._given))}.", _HINT
            )

    def _wrong(self, field: str, wanted: str) -> JournalError:
        return JournalError(f"{self._place}: {field} must be {wanted}.", _HINT)


def load(
    folders: Sequence[tuple[Path, bool]], tools: Sequence[str]
) -> tuple[dict[str, Command], list[str]]:
    """Commands by name out of folders (path, whether it is the user's), later ones winning, and
    one sentence for each file of the user that is broken."""
    found: dict[str, Command] = {}
    problems = []
    for folder, own in folders:
        if not folder.is_dir():
            continue
        for file in sorted(folder.glob("*.toml")):
            try:
                made = parse(
                    _content(file),
                    file.stem,
                    origin=str(file) if own else "",
                    tools=tools,
                )
            except JournalError as error:
                if not own:
                    raise
                problems.append(error.message)
                continue
            found[made.name] = made
    return found, problems


def _content(file: Path) -> str:
    """The text of a file of commands. Raises JournalError that names it."""
    try:
        if not file.is_file():  # a folder, a link to nothing, a device without an end
            raise JournalError(f"{file} is no file.", _HINT)
        if file.stat().st_size > _MOST_FILE:
            raise JournalError(f"{file} is too large for a command.", _HINT)
        return file.read_text("utf-8-sig")
    except OSError as error:
        raise JournalError(f"{file} cannot be read: {error.strerror or error}.", _HINT) from error
    except UnicodeDecodeError as error:
        raise JournalError(f"{file} is not UTF-8 text (byte {error.start}).", _HINT) from error
