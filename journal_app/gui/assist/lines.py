"""The lines that a slash offers for the commands of the journal."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.gui.assist.words import argued, budget_words, heading, help_of
from journal_app.gui.dialogs.palette import Choice
from journal_app.gui.language import later, tr
from journal_app.gui.vocabulary import said

if TYPE_CHECKING:
    from journal_app.domain.commands import Budget, Command

ICONS = {
    "ask": "message-circle-question-mark",
    "compare": "columns-2",
    "draft": "newspaper",
    "failure": "circle-x",
    "glossary": "book-open-text",
    "lesson": "lightbulb",
    "outline": "list-tree",
    "shorten": "fold-vertical",
    "since": "calendar-range",
    "summary": "sparkles",
    "tags": "tags",
    "title": "type",
    "tldr": "minus",
}
FIRST = ("summary", "tldr", "title", "tags", "lesson", "failure", "outline", "draft", "shorten")
ASKS = {
    "question": later("Type your question, then Enter"),
    "date": later("Type a day, or Enter for the last 7 days"),
    "runs": later("Type runs, or Enter for those that this entry links"),
}
DAYS = ("yesterday", "7d", "2w", "30d")
_NAME = re.compile(r"[^\s,]+")


@dataclass(frozen=True, slots=True)
class Line(Choice):
    """A line with the state that colours its note: "" or stale."""

    tone: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A command with what is typed after its name, in the line that is being written."""

    command: Command
    argument: str


def icon_of(command: Command) -> str:
    """The icon of a command; the user's own share one."""
    return ICONS.get(command.name, "square-slash")


def ordered(commands: Sequence[Command]) -> list[Command]:
    """Ours in the order in which they are most wanted, then those of the user."""
    place = {name: n for n, name in enumerate((*FIRST, "compare", "since", "ask", "glossary"))}
    return sorted(commands, key=lambda one: (place.get(one.name, 99), one.name))


def offered(commands: Sequence[Command]) -> list[Choice]:
    """One line for each command: its name with what is typed after it, and what it does."""
    return [
        Line(
            f"assist:{one.name}",
            f"/{one.name}" + (f" {one.argument}" if argued(one) and one.argument else ""),
            icon_of(one),
            help_of(one),
        )
        for one in ordered(commands)
    ]


def for_text(commands: Sequence[Command], budget: Callable[[str], Budget]) -> list[Choice]:
    """What can be done with a selected text, with how much of it fits."""
    found: list[Choice] = []
    for one in ordered(commands):
        if one.input == "text":
            note, tone = "", ""
            if one.words:
                used = budget(one.name)
                note, tone = budget_words(used), "stale" if used.cut else ""
            found.append(
                Line(
                    f"run-assist:{one.name}",
                    f"/{one.name}  {heading(one)}",
                    icon_of(one),
                    note,
                    tone,
                )
            )
    return found


def for_argument(
    typed: Typed, budget: Budget | None, runs: Sequence[tuple[str, str, str]] = ()
) -> list[Choice]:
    """The line that runs the command, and what may complete its argument."""
    command, argument = typed.command, typed.argument.strip()
    note, tone = "", ""
    if budget is not None:
        note, tone = budget_words(budget), "stale" if budget.cut else ""
    words = heading(command)
    if argument:
        words = f"{words}: {argument}"
    elif command.input in ASKS:
        words = tr(ASKS[command.input])
    go = Line(f"run-assist:{command.name}", words, icon_of(command), note, tone)
    more: list[Choice] = []
    if command.input == "date" and not argument:
        more = [Line(f"assist-add:{day}", day, "calendar-range") for day in DAYS]
    word = last_word(typed)
    if command.input == "runs":
        named = set(_NAME.findall(argument.replace("@", "")))
        more = [
            Line(f"assist-add:{name if _NAME.fullmatch(name) else id}", name, "activity", said(how))
            for id, name, how in runs
            if name not in named and id not in named
        ]
    known = any(word.lower() in (name.lower(), id.lower()) for id, name, _how in runs)
    return [*more, go] if more and word and not known else [go, *more]


def last_word(typed: Typed) -> str:
    """What of a run's name is being typed; "" behind a space."""
    found = re.search(r"[^\s,]+$", typed.argument)
    return found[0].removeprefix("@") if found else ""
