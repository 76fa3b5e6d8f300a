"""What a slash offers: things to insert, and things to do at the caret."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.gui.dialogs.palette import Choice, score
from journal_app.gui.language import tr

if TYPE_CHECKING:
    from journal_app.domain.templates import Template

CARET = "\0"  # in a text: the caret goes here
NEAR = 0.5  # of the best score
HEAD = "head:"  # the key of a line that names the lines below it
BLOCKS = 8  # commands that begin a block: they come first


@dataclass(frozen=True, slots=True)
class Command:
    """`text` is inserted; without one, the editor does what `id` says."""

    id: str
    name: str
    hint: str
    icon: str
    text: str = ""


def commands() -> tuple[Command, ...]:
    """Every command, in the order in which they are offered."""
    table = f"| {CARET} |  |  |\n|---|---|---|\n|  |  |  |"
    return (
        Command("heading", tr("Heading"), "##", "heading-2", f"## {CARET}"),
        Command("subheading", tr("Subheading"), "###", "heading-3", f"### {CARET}"),
        Command("list", tr("List"), "-", "list", f"- {CARET}"),
        Command("numbered", tr("Numbered list"), "1.", "list-ordered", f"1. {CARET}"),
        Command("task", tr("Task"), "- [ ]", "list-todo", f"- [ ] {CARET}"),
        Command("quote", tr("Quote"), ">", "quote", f"> {CARET}"),
        Command("code", tr("Code"), "```", "code", f"```{CARET}\n\n```"),
        Command("table", tr("Table"), "| |", "table", table),
        Command("link-entry", tr("Link to an entry"), "[[", "link"),
        Command("link-run", tr("Link to a run"), "@", "at-sign"),
        Command("run-table", tr("Table of runs"), "", "activity"),
        Command("run-card", tr("Run card"), "![[run:", "activity"),
        Command("date", tr("Date"), "", "calendar"),
        Command("time", tr("Time"), "", "clock"),
        Command("today", tr("Today with weekday"), "", "sun"),
        Command("attach", tr("Attach a file…"), "", "paperclip"),
        Command("note", tr("Callout: note"), "[!note]", "info", f"> [!note]\n> {CARET}"),
        Command("tip", tr("Callout: tip"), "[!tip]", "lightbulb", f"> [!tip]\n> {CARET}"),
        Command(
            "warning",
            tr("Callout: warning"),
            "[!warning]",
            "triangle-alert",
            f"> [!warning]\n> {CARET}",
        ),
        Command("math", tr("Math"), "$$", "sigma", f"$$\n{CARET}\n$$"),
        Command("rule", tr("Rule"), "---", "minus", f"---\n{CARET}"),
        Command("footnote", tr("Footnote"), "[^1]", "superscript"),
    )


def offered(
    typed: str,
    templates: Sequence[Template],
    hints: dict[str, str],
    limit: int,
    assist: Sequence[Choice] = (),
) -> list[Choice]:
    """The commands and templates whose words fit, best first; in groups while nothing is typed.

    `assist` are the lines of the journal's own commands; `hints` say what some would give."""
    own = [Choice(f"command:{c.id}", c.name, c.icon, hints.get(c.id, c.hint)) for c in commands()]
    made = [Choice(f"template:{t.name}", t.title, "file-text", tr("template")) for t in templates]
    if not typed:
        head = [Choice(HEAD, tr("On this device"), "")] if assist else []
        rest = [Choice(HEAD, tr("Links, dates, callouts"), "")] if assist else []
        last = [Choice(HEAD, tr("Templates"), "")] if assist and made else []
        return [*own[:BLOCKS], *head, *assist, *rest, *own[BLOCKS:], *last, *made]
    every = [*own, *assist, *made]
    scored = [
        (round(value + len(name) / 200, 3), -n, choice)  # among equals as they are listed
        for n, (name, choice) in enumerate((_name(choice), choice) for choice in every)
        if (value := score(typed, name)) is not None and _begins(typed, name)
    ]
    scored.sort(key=lambda one: one[:2], reverse=True)
    return [choice for value, _, choice in scored[:limit] if value >= NEAR * scored[0][0]]


def _name(choice: Choice) -> str:
    """What is typed for a choice: its words, or the one word of a command."""
    kind, _, name = choice.key.partition(":")
    return name if kind == "assist" else choice.text


def _begins(typed: str, name: str) -> bool:
    """Whether a word of the name begins as what was typed: else half a path would fit something."""
    return any(word.startswith(typed[0].lower()) for word in name.lower().split())
