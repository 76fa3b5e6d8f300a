"""What the sidebar lists: sections, favourites, saved searches, tags; with their counts.

`read` touches no widget and may run in any thread; `shown` leaves out what closed headings hide.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import TYPE_CHECKING

from journal_app.domain.retag import Node, tree
from journal_app.domain.views import View
from journal_app.gui import icons
from journal_app.gui.language import tr
from journal_app.gui.lists.places import SECTIONS, TRASH, Place

if TYPE_CHECKING:
    from journal_app.journal import Journal

TAGS_SHOWN = 12
STARS_SHOWN = 7
ALL_TAGS = "tags"
ASIDE = (ALL_TAGS, "week", "calendar")  # lines that open something beside the list


def read(journal: Journal) -> list[Place]:
    """Every line, as if no heading were closed."""
    entries = journal.entries
    runs = journal.experiments.count()
    lines = [
        replace(p, text=tr(p.text), count=entries.count(p.view) if p.view else p.count)
        for p in SECTIONS
    ]
    lines = [replace(p, count=runs) if p.key == "runs" else p for p in lines]
    starred = _starred(journal)
    searches = [
        Place(f"search:{one.id}", one.name, "list-filter") for one in journal.searches.all()
    ]
    tags = [
        replace(p, count=entries.count(p.view)) if p.view and p.count is None else p
        for p in _tags(entries.tags(TAGS_SHOWN + 1))
    ]
    for key, title, found in (
        ("head:starred", tr("Favourites"), starred),
        ("head:searches", tr("Searches"), searches),
        ("head:tags", tr("Tags"), tags),
    ):
        if found:
            lines += [Place(key, title), *found]
    trash = replace(TRASH, text=tr(TRASH.text))
    return [*lines, Place("", ""), replace(trash, count=entries.count(View("trash")))]


def shown(lines: list[Place], closed: Collection[str]) -> list[Place]:
    """The lines under open headings, and every heading with whether it is closed."""
    kept: list[Place] = []
    hidden = False
    for line in lines:
        if line.heading:
            hidden = line.key in closed
            kept.append(replace(line, closed=hidden))
        elif not hidden:
            kept.append(line)
    return kept


def _starred(journal: Journal) -> list[Place]:
    ids = journal.favourites.ids()
    rows = journal.favourites.rows(STARS_SHOWN)
    found = [
        Place(f"entry:{row.id}", row.title or tr("Untitled"), icons.kind_icon(row.kind))
        for row in rows
    ]
    if len(ids) > STARS_SHOWN:
        found.append(Place("starred", tr("All favourites"), "star", View("starred"), len(ids)))
    return found


def _tags(counts: list[tuple[str, int]]) -> list[Place]:
    """The most used tags, those that lie in another one below it, and the way to all of them."""
    found = [
        Place(
            f"tag:{node.tag}",
            node.name if node.depth else node.tag,
            "hash",
            View("all", tag=node.tag + "/" if node.parent else node.tag),
            None if node.parent else node.n,
            min(node.depth, 2),
        )
        for node in _ordered(counts[:TAGS_SHOWN])
    ]
    if len(counts) > TAGS_SHOWN:
        found.append(Place(ALL_TAGS, tr("All tags…"), "tags"))
    return found


def _ordered(counts: list[tuple[str, int]]) -> list[Node]:
    """Trees by their most used tag; the tree of one tag alone is a line as it always was."""
    place: dict[str, int] = {}
    for number, (tag, _n) in enumerate(counts):
        place.setdefault(tag.split("/", 1)[0], number)
    return sorted(tree(counts), key=lambda node: place[node.tag.split("/", 1)[0]])
