"""The words of the data as a reader of the window sees them: kinds, states, relations."""

from __future__ import annotations

from journal_app.gui.language import later, tr, trn

WORDS = {
    # kinds of entries
    "note": later("note"),
    "lesson": later("lesson"),
    "failure": later("failure"),
    "decision": later("decision"),
    "hypothesis": later("hypothesis"),
    "contract": later("contract"),
    "dataset": later("dataset"),
    "review": later("review"),
    "post": later("post"),
    # relations of links
    "about": later("about"),
    "supports": later("supports"),
    "contradicts": later("contradicts"),
    "derived-from": later("derived from"),
    # states of publications
    "draft": later("draft"),
    "scheduled": later("scheduled"),
    "claimed": later("being sent"),
    "sending": later("sending"),
    "published": later("published"),
    "unknown": later("unclear"),
    "pushed": later("held by the place"),
    "removed": later("taken back"),
    "blocked": later("blocked"),
    "missed": later("missed"),
    "late": later("late"),
    "failed": later("failed"),
    "cancelled": later("cancelled"),
    # states of runs
    "finished": later("finished"),
    "running": later("running"),
    "crashed": later("crashed"),
    "killed": later("killed"),
    "queued": later("queued"),
}


def said(value: str) -> str:
    """A kind, state or relation in the chosen language; anything else as it is."""
    return tr(WORDS[value]) if value in WORDS else value


def runs(n: int) -> str:
    """`3 runs`."""
    return trn("{n} run|{n} runs", n)


def evals(n: int) -> str:
    """`3 evals`."""
    return trn("{n} eval|{n} evals", n)


def entries(n: int) -> str:
    """`3 entries`."""
    return trn("{n} entry|{n} entries", n)
