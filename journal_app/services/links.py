"""What hangs together: what an entry links, what links it, what only says its title.

Invariants: a title that changes takes the links to it along (see `store.entries.follow_title`);
names in texts of before are found once, in steps that may stop anywhere.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from journal_app.domain import links
from journal_app.domain.entry import TITLE, Entry, Row, shorten, title_of
from journal_app.domain.graph import MOST, Graph, Node
from journal_app.domain.links import ENTRY, RUN, Goal, Passage
from journal_app.errors import JournalError
from journal_app.store import completions, entries, experiments, mentions, rows
from journal_app.store import links as ties

if TYPE_CHECKING:
    from journal_app.store.database import Store

SHORTEST = 4  # letters of a title that is looked for in other texts
BATCH = 200  # texts of before in one transaction


@dataclass(frozen=True, slots=True)
class Neighbour:
    """An entry beside another. `relation` is that of a link made by hand, "" for one in the text;
    `passage` is the place in the text that names it."""

    row: Row
    relation: str = ""
    passage: Passage | None = None


@dataclass(frozen=True, slots=True)
class RunLink:
    """A run that an entry links or names."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Unlinked:
    """A place that says a title without linking it: characters `start` to `end` of revision
    `rev` of the entry in `row`."""

    row: Row
    passage: Passage
    rev: int
    start: int
    end: int


class LinkService:
    """Links between the entries of one journal."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ------------------------------------------------------------------ names in a text

    def targets(self, entry_id: str) -> dict[str, str]:
        """Where the names in the text of an entry lead: key of the name → id of an entry."""
        named = mentions.of(self._store.read(), entry_id)
        return {name: to for (kind, name), to in named.items() if kind == ENTRY and to}

    def resolver(self, entry_id: str) -> Callable[[str], str | None]:
        """A function that says to which entry a name in the text of `entry_id` leads."""
        known = self.targets(entry_id)

        def resolve(name: str) -> str | None:
            return known.get(links.key(name)) or self.entry_named(name)

        return resolve

    def entry_named(self, name: str) -> str | None:
        """The entry with this title or id; None where there is none."""
        db = self._store.read()
        if links.is_id(name) and entries.exists(db, name):
            return name.upper()
        return mentions.titled(db, name)

    def run_named(self, name: str) -> str | None:
        """The run that a name or an id means; None where it means none, or several."""
        ids = ties.runs_named(self._store.read(), name)
        return ids[0] if len(ids) == 1 else None

    def reference(self, entry_id: str) -> str:
        """The Markdown that links an entry: `[[Title]]` where that leads to it alone."""
        db = self._store.read()
        found = rows.rows_of(db, [entry_id])
        title = found[0].title if found else ""
        clear = links.writable(title) and mentions.namesakes(db, title) == [entry_id]
        return links.written(Goal(title or "Untitled", None if clear else entry_id))

    # ------------------------------------------------------------------ what is near

    def backlinks(self, entry_id: str, limit: int = 20, room: int = 60) -> list[Neighbour]:
        """The entries that link this one, in their text or by hand; those in the text first. `room`
        is for `domain.links.passage`."""
        db = self._store.read()
        found: dict[str, Neighbour] = {}
        relations = {o: how for o, how, incoming in ties.between(db, entry_id, 400) if incoming}
        ids = mentions.linking(db, ENTRY, entry_id, limit + 1)
        for row in rows.rows_of(db, list(dict.fromkeys([*ids, *list(relations)[:limit]]))):
            if row.id == entry_id or row.trashed_at is not None:
                continue
            named = row.id in ids
            place = self._passage(row.id, entry_id, room) if named else None
            found[row.id] = Neighbour(row, relations.get(row.id, ""), place)
        return list(found.values())[:limit]

    def outgoing(self, entry_id: str, limit: int = 40) -> list[Neighbour]:
        """The entries that this one links: in the order of its text, then by hand."""
        db = self._store.read()
        named = mentions.of(db, entry_id)
        order = [
            to
            for m in links.mentions(mentions.body_of(db, entry_id))
            if (to := named.get((m.kind, m.key))) and m.kind == ENTRY
        ]
        relations = {o: how for o, how, incoming in ties.between(db, entry_id, 400) if not incoming}
        wanted = [id for id in dict.fromkeys([*order, *relations]) if id != entry_id][:limit]
        return [
            Neighbour(row, relations.get(row.id, ""))
            for row in rows.rows_of(db, wanted)
            if row.trashed_at is None
        ]

    def runs(self, entry_id: str) -> list[RunLink]:
        """The runs that an entry links or names."""
        db = self._store.read()
        named = [to for (kind, _), to in mentions.of(db, entry_id).items() if kind == RUN and to]
        linked = [link.target_id for link in ties.of(db, entry_id) if link.target_kind == RUN]
        return [RunLink(*one) for one in completions.runs_of(db, [*linked, *named])]

    def unresolved(self, entry_id: str) -> list[str]:
        """The names of entries in a text that lead nowhere yet, in its order; none of files."""
        db = self._store.read()
        files = mentions.attached_names(db, entry_id)
        open_ends = self._open_ends(entry_id, ENTRY)
        return list(dict.fromkeys(m.name for m in open_ends if not m.file and m.key not in files))

    def awaited_runs(self, entry_id: str) -> list[str]:
        """The ids of runs that a text names and that are not imported yet, in its order."""
        return list(dict.fromkeys(m.name for m in self._open_ends(entry_id, RUN) if m.by_id))

    def _open_ends(self, entry_id: str, kind: str) -> list[links.Mention]:
        db = self._store.read()
        named = mentions.of(db, entry_id)
        found = links.mentions(mentions.body_of(db, entry_id))
        return [m for m in found if m.kind == kind and named.get((kind, m.key)) is None]

    def unlinked(self, entry_id: str, limit: int = 8, room: int = 60) -> list[Unlinked]:
        """Places that say the title of an entry and do not link it, in the newest entries first."""
        db = self._store.read()
        own = rows.rows_of(db, [entry_id])
        title = own[0].title if own else ""
        if len(title) < SHORTEST:
            return []
        found: list[Unlinked] = []
        ids = completions.saying(db, title, entry_id, 4 * limit)
        for row in rows.rows_of(db, ids):
            body = mentions.body_of(db, row.id)
            for start, end in links.phrase_at(body, title, 1):
                place = links.passage(body, start, end, room)
                found.append(Unlinked(row, place, row.rev, start, end))
            if len(found) == limit:
                break
        return found

    def graph(self, entry_id: str, most: int = MOST) -> Graph:
        """What hangs together with an entry: two steps in every direction, at most `most` nodes."""
        db = self._store.read()
        far = {entry_id: 0}
        kinds = {entry_id: ENTRY}
        lines: dict[tuple[str, str], None] = {}
        rim = [entry_id]
        for step in (1, 2):
            seen: list[str] = []
            for a, kind, b in sorted(mentions.edges(db, rim, 6 * most)):
                for id, sort in ((a, ENTRY), (b, kind)):
                    if id not in far and len(far) < 2 * most:
                        far[id] = step
                        kinds[id] = sort
                        seen.append(id)
                if a != b:
                    lines[(a, b)] = None
            rim = seen
            if not rim:
                break
        some = [id for id, kind in kinds.items() if kind == ENTRY]
        known = {
            row.id: (row.kind, row.title) for row in rows.rows_of(db, some) if not row.trashed_at
        }
        runs = [id for id, kind in kinds.items() if kind == RUN]
        known |= {id: (RUN, name) for id, name in completions.runs_of(db, runs)}
        ids = sorted((id for id in far if id in known), key=lambda id: (far[id], id))[:most]
        number = {id: n for n, id in enumerate(ids)}
        pairs = {
            (min(number[a], number[b]), max(number[a], number[b]))
            for a, b in lines
            if a in number and b in number
        }
        nodes = tuple(Node(id, known[id][0], known[id][1], far[id]) for id in ids)
        return Graph(nodes, tuple(sorted(pairs)))

    def _passage(self, source: str, target: str, room: int) -> Passage | None:
        db = self._store.read()
        named = mentions.of(db, source)
        body = mentions.body_of(db, source)
        for m in links.mentions(body):
            if named.get((m.kind, m.key)) == target:
                return links.passage(body, m.start, m.end, room)
        return None

    # ------------------------------------------------------------------ writing

    def rename(self, ref: str, title: str) -> tuple[Entry, list[str]]:
        """Give an entry another title; texts that link it by its title follow. The entry, and the
        ids of those whose text was changed."""
        name = shorten(title, TITLE)
        if not name:
            raise JournalError("A title has at least one letter.", "Write a title.")
        with self._store.write() as w:
            entry = entries.get(w.db, entries.resolve(w.db, ref))
            sources = mentions.misnamed(w.db, entry.id, name)
            if name == entry.title:
                entries.follow_title(w, entry.id)
            else:
                entries.update(
                    w,
                    entry,
                    body=entry.body,
                    kind=entry.kind,
                    title=name,
                    tags=entry.tags,
                    front=entry.front,
                    origin="rename",
                )
            return entries.get(w.db, entry.id), sources

    def settle(self, entry_id: str) -> list[str]:
        """The title of an entry stands now: texts that link it get it. Their ids."""
        with self._store.write() as w:
            return entries.follow_title(w, entry_id)

    def catch_up(self, check: Callable[[], None] | None = None) -> int:
        """Look through texts of before, and settle titles that a program's end left open.

        Goes on from where the last call stopped; `check` is called between steps and may raise.
        How many texts were changed.
        """
        left = mentions.backlog(self._store.read())
        while left:
            if check is not None:
                check()
            with self._store.write() as w:
                left = mentions.work_off(w, BATCH)
        changed = 0
        for id in mentions.unsettled(self._store.read()):
            if check is not None:
                check()
            changed += len(self.settle(id))
        return changed

    def link_place(self, place: Unlinked, target: str) -> Entry:
        """Make a place that says the title of `target` a link to it.

        A text that was changed since is looked through again. Raises JournalError where it no
        longer says the title.
        """
        with self._store.write() as w:
            entry = entries.get(w.db, place.row.id)
            title = entries.get(w.db, target).title
            start, end = place.start, place.end
            if entry.rev != place.rev:
                again = links.phrase_at(entry.body, title, 1)
                if not again:
                    raise JournalError(
                        f"“{entry.title}” no longer says “{title}”.", "It was changed meanwhile."
                    )
                start, end = again[0]
            said = entry.body[start:end]
            words = " ".join(said.split())
            clear = links.writable(title) and mentions.namesakes(w.db, title) == [target]
            goal = Goal(title, None if clear else target)
            shown = words if words != title else ""
            body = entry.body[:start] + links.written(goal, shown=shown) + entry.body[end:]
            follows = entry.title == title_of(entry.body)
            entries.update(
                w,
                entry,
                body=body,
                kind=entry.kind,
                title=title_of(body) if follows else entry.title,
                tags=entry.tags,
                front=entry.front,
                origin="link",
                known={links.key(title): target},
            )
            return entries.get(w.db, entry.id)

    # ------------------------------------------------------------------ completion

    def complete_entries(self, typed: str, limit: int = 8) -> list[tuple[str, str, str]]:
        """Entries whose title fits what was typed, newest first: id, kind, title."""
        return completions.titles(self._store.read(), typed, limit)

    def complete_tags(self, typed: str, limit: int = 8) -> list[tuple[str, int]]:
        """Tags that fit what was typed, with how many entries have them."""
        return completions.tags(self._store.read(), typed, limit)

    def complete_runs(self, typed: str, limit: int = 8) -> list[tuple[str, str, str]]:
        """Runs whose name fits what was typed, the last changed first: id, name, status."""
        return completions.runs(self._store.read(), typed, limit)

    def run_reference(self, run_id: str) -> str:
        """The Markdown that names a run: `@name` where that leads to it alone, else a link with the
        name as its words; `@run:ID` for a run without a name."""
        found = completions.runs_of(self._store.read(), [run_id])
        name = found[0][1] if found else ""
        read = links.mentions(f"@{name}")
        plain = len(read) == 1 and read[0].name == name and read[0].end == len(name) + 1
        if plain and self.run_named(name) == run_id:
            return f"@{name}"
        return f"[{links.label(name)}](run:{run_id})" if name else f"@run:{run_id}"

    def run_table(self, entry_id: str, limit: int = 8) -> str:
        """A Markdown table of the runs that an entry names, else of the last ones: name, status
        and main metric. "" where there is no run."""
        db = self._store.read()
        wanted = [run.id for run in self.runs(entry_id)][:limit]
        ids = wanted or [run.id for run in experiments.rows(db, limit=limit)]
        held = {row.id: row for row in experiments.rows_of(db, ids)}
        shown = [held[id] for id in ids if id in held]
        if not shown:
            return ""
        lines = ["| Run | Status | Metric | Value |", "|---|---|---|---:|"]
        for row in shown:
            name = links.label(row.name)
            metric = (row.main_metric or "").replace("|", "\\|")
            lines.append(f"| [{name}](run:{row.id}) | {row.status} | {metric} | {row.main_value} |")
        return "\n".join(lines)
