"""What the list says where a section holds nothing: what belongs there, and the one action."""

from __future__ import annotations

from journal_app.gui.language import later

CAPTURE, CLEAR = later("Capture a note"), later("Clear search")
DRAFTS, TODAY = later("Show drafts"), later("Today's note")
ACTIONS = {
    "scheduled": DRAFTS,
    "published": DRAFTS,
    "draft": "",
    "trash": "",
    "starred": "",
    "today": TODAY,
}
EMPTY = {
    "inbox": (
        "inbox",
        later("The inbox is empty"),
        later("Notes without a tag or a link wait here."),
    ),
    "today": ("sun", later("Nothing written today"), later("What you write today shows here.")),
    "lesson": (
        "lightbulb",
        later("No lessons yet"),
        later("A lesson is what a run taught you, with its runs."),
    ),
    "failure": (
        "circle-x",
        later("No failures yet"),
        later("What broke, why, and how you saw it."),
    ),
    "decision": (
        "diamond",
        later("No decisions yet"),
        later("What you chose, against what, on which evidence."),
    ),
    "draft": (
        "file-pen-line",
        later("No drafts"),
        later("Open an entry and press Draft: it becomes a post."),
    ),
    "scheduled": (
        "calendar-clock",
        later("Nothing is scheduled"),
        later("Posts with a date wait here."),
    ),
    "starred": (
        "star",
        later("No favourites yet"),
        later("Ctrl+Alt+S gives the open entry a star."),
    ),
    "published": (
        "circle-check",
        later("Nothing published yet"),
        later("Posts that went out stay here."),
    ),
    "trash": (
        "trash-2",
        later("The trash is empty"),
        later("What you throw away can be taken back from here."),
    ),
    "all": (
        "sticky-note",
        later("An empty journal"),
        later("Write the first note: what did you just try?"),
    ),
}
