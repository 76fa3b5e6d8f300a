"""What the log lists: one line for each thing that happened, with what is searched in it.

`read` touches no widget and runs in a lane.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.gui.language import later, tr
from journal_app.gui.publish.words import Face, state_face

if TYPE_CHECKING:
    from journal_app.journal import Journal

BAD = ("failed", "blocked", "unknown", "missed", "changed", "gone", "unreachable")

# What the log can be narrowed to: a word, and the whats that belong to it (empty: all of a kind).
KINDS: dict[str, str] = {
    "": later("Everything"),
    "out": later("What went out"),
    "trouble": later("What went wrong"),
    "move": later("Moves"),
    "preflight": later("Checks before sending"),
    "look": later("Looks at pages"),
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the log. `page` is what the last look at the page of the publication found."""

    at: int
    publication: str
    post: str
    title: str
    target: str
    kind: str
    what: str
    detail: str
    status: int | None
    page: str
    words: str  # in small letters, what a search looks through

    @property
    def face(self) -> Face:
        """How it is shown."""
        if self.kind == "preflight":
            before = tr("checked before approval")
            word = before if self.what == "approval" else tr("checked before sending")
            wrong = "error" in self.detail
            return Face("stale" if wrong else "", "shield-check", word)
        return page_face(self.what) if self.kind == "look" else state_face(self.what)

    def fits(self, text: str, target: str, kind: str) -> bool:
        """Whether it is among what is asked for."""
        if target and target != self.target:
            return False
        if kind == "out":
            fits = self.kind == "move" and self.what in ("published", "removed", "pushed")
        elif kind == "trouble":
            fits = self.what in BAD or (self.kind == "preflight" and "error" in self.detail)
        else:
            fits = kind in ("", self.kind)
        return fits and all(word in self.words for word in text.split())


def page_face(verdict: str) -> Face:
    """How a look at a page is shown."""
    faces = {
        "seen": ("pass", "eye", tr("page seen")),
        "changed": ("stale", "triangle-alert", tr("page changed")),
        "gone": ("fail", "circle-x", tr("page gone")),
        "waiting": ("info", "clock", tr("page not there yet")),
        "unreachable": ("stale", "circle-help", tr("page did not answer")),
    }
    return Face(*faces.get(verdict, ("", "eye", verdict)))


def badge(page: str) -> tuple[str, str] | None:
    """Word and tone of a page that is not as it was left."""
    found = {"changed": (tr("changed"), "stale"), "gone": (tr("gone"), "fail")}
    return found.get(page)


def read(journal: Journal, since: int) -> list[Happening]:
    """Everything that happened since (ms UTC), the newest first."""
    events = journal.receipts.events(None, since)
    pages = {one.publication_id: one.what for one in events if one.kind == "look"}
    made = []
    for one in reversed(events):
        line = Happening(
            one.at,
            one.publication_id,
            one.post_id,
            one.title,
            one.target,
            one.kind,
            one.what,
            one.detail,
            one.status,
            pages.get(one.publication_id, ""),
            f"{one.title} {one.target} {one.what} {one.detail} {one.publication_id}".lower(),
        )
        made.append(line)
    return made


def targets_of(lines: Sequence[Happening]) -> list[str]:
    """The names of the targets that occur."""
    return sorted({one.target for one in lines})
