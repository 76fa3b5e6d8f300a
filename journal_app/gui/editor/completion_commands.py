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
        Command("summary", tr("Summary of this entry"), "", "sparkles"),
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
    typed: str, templates: Sequence[Template], hints: dict[str, str], limit: int
) -> list[Choice]:
    """The commands and templates whose words fit, best first. `hints` say what some would give."""
    every = [Choice(f"command:{c.id}", c.name, c.icon, hints.get(c.id, c.hint)) for c in commands()]
    every += [Choice(f"template:{t.name}", t.title, "file-text", tr("template")) for t in templates]
    if not typed:
        return every
    scored = [
        (round(value + len(choice.text) / 200, 3), -n, choice)  # among equals as they are listed
        for n, choice in enumerate(every)
        if (value := score(typed, choice.text)) is not None and _begins(typed, choice.text)
    ]
    scored.sort(key=lambda one: one[:2], reverse=True)
    return [choice for value, _, choice in scored[:limit] if value >= NEAR * scored[0][0]]


def _begins(typed: str, name: str) -> bool:
    """Whether a word of the name begins as what was typed: else half a path would fit something."""
    return any(word.startswith(typed[0].lower()) for word in name.lower().split())
