"""What the window says of an answer: who worded it, what was checked, how much fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from journal_app.gui.language import number, tr, trn
from journal_app.gui.model.words import gate_words
from journal_app.gui.plain import spoken

if TYPE_CHECKING:
    from journal_app.domain.commands import Answer, Budget, Command
    from journal_app.domain.summarize import Origin

_INSTALL = "model install"  # stands in every message about a model that is missing
ARGUED = ("question", "date", "runs")  # inputs that are typed after the name


def heading(command: Command) -> str:
    """What a command is called: ours in the chosen language, the user's as they wrote it."""
    return command.title if command.origin else tr(command.title)


def help_of(command: Command) -> str:
    """What a command does, in one line."""
    return command.help if command.origin else tr(command.help)


def argued(command: Command) -> bool:
    """Whether something is typed after the name of the command."""
    return command.input in ARGUED


def budget_words(budget: Budget) -> str:
    """`≈ 212 of 512 tokens`; an estimate says so."""
    about = "" if budget.exact else "≈ "
    words = tr("{n} of {limit} tokens", n=number(budget.tokens), limit=number(budget.limit))
    return f"{about}{words}"


def by_words(answer: Answer) -> tuple[str, str]:
    """Who worded an answer: the words of the badge and its tone."""
    if answer.by == "model":
        return tr("in the model's words"), "info"
    return tr("from your notes"), "pass"


def origin_words(origin: Origin, failed: tuple[str, ...] = ()) -> tuple[str, str]:
    """How a sentence came to be: the words of the badge and its tone."""
    if origin == "rewritten":
        return tr("reworded · checked"), "info"
    if origin == "fallback":
        return tr("kept as written: {why}", why=short_failure(failed)), "stale"
    return tr("extracted"), ""


def short_failure(failed: tuple[str, ...]) -> str:
    """What kept a sentence as it was, in two or three words."""
    kinds = {
        "number": tr("a number was wrong"),
        "name": tr("a name was not there"),
        "negation": tr("a “not” was lost or added"),
        "support": tr("it said something else"),
        "empty": tr("nothing was written"),
        "length": tr("it did not end"),
    }
    kind = failed[0].partition(":")[0] if failed else ""
    return kinds.get(kind, kind or tr("a check failed"))


def failures(failed: tuple[str, ...]) -> str:
    """Every failed check with its detail, one a line."""
    return "\n".join(map(_failure, failed))


def _failure(one: str) -> str:
    short, detail = short_failure((one,)), one.partition(":")[2].strip()
    whole = one.startswith(("length", "empty"))  # the short words say it all
    return f"{short} ({detail})" if detail and not whole else short


def told(message: str, hint: str) -> tuple[str, bool]:
    """An error in words, and whether a model is missing: for that the window has a button."""
    missing = _INSTALL in hint
    return spoken(message if missing else f"{message} {hint}".strip()), missing


def trial_words() -> str:
    """What the badge "trial" means."""
    return tr("Written because you asked for it; this pack has not passed the gate here.")


def left_out(failed: Sequence[str]) -> str:
    """Which checks kept the model's words out."""
    kinds = dict.fromkeys(short_failure((one,)) for one in failed)
    return tr("The model's wording was left out: {why}.", why=", ".join(kinds))


def why_words(answer: Answer) -> str:
    """Why an answer is what it is: in a line, without what the text says itself."""
    if answer.why in answer.text:
        return ""
    if answer.checks and answer.by == "rules":
        return left_out(answer.checks)
    return gate_words(answer.why)


def made_words(seconds: float, tokens: int) -> str:
    """`1.2 s · 34 tokens`."""
    parts = [f"{seconds:.1f} s"]
    if tokens:
        parts.append(trn("{n} token|{n} tokens", tokens))
    return " · ".join(parts)


def device_words(device: str) -> str:
    """`NPU, Hexagon`: of a label without the shares; the writer's where two took part."""
    return device.split("; ")[-1].split(" (")[0]
