"""Templates of entries, and the note of the day.

    journal.templates.all()                          built-in ones, then the user's own
    journal.templates.text("lesson", title="…")      Filled(text, caret): to insert into a text
    journal.templates.new_entry("lesson")            a new entry
    journal.templates.today()                        the note of this day, made when first asked for

Invariant: a day has one note, whoever asks first: looking and making are one transaction.
"""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from journal_app import paths
from journal_app.domain import templates
from journal_app.domain.entry import Entry, Link
from journal_app.errors import JournalError
from journal_app.store import daily, entries, links
from journal_app.store.preferences import Preferences

if TYPE_CHECKING:
    from journal_app.domain.templates import Filled, Template
    from journal_app.services.entries import EntryService
    from journal_app.store.database import Store

OWN_AT_MOST = 200


class TemplateService:
    """Templates of one journal; `writing` is what makes and saves entries."""

    def __init__(self, store: Store, writing: EntryService) -> None:
        self._store = store
        self._writing = writing

    def all(self) -> list[Template]:
        """The built-in templates by name, then the user's own: entries tagged `template`."""
        return [*self._built_in, *self._own()]

    def text(self, name: str, *, title: str = "", run: str = "", commit: str = "") -> Filled:
        """A template's text with its placeholders filled, and where the caret goes.

        `run` is a run's name, id or native id. Raises JournalError for an unknown template.
        """
        return self._fill(templates.find(self.all(), name), title, run, commit)

    def new_entry(
        self,
        name: str,
        *,
        title: str = "",
        run: str = "",
        commit: str = "",
        origin: str = "window",
    ) -> Entry:
        """A new entry out of a template, linked to `run` where one is named."""
        template = templates.find(self.all(), name)
        filled = self._fill(template, title, run, commit)
        return self._writing.create(
            filled.text.rstrip(),
            kind=template.kind,
            title=templates.titled(template, title, f"{self._clock():%Y-%m-%d}"),
            tags=template.tags,
            links=[Link("run", run)] if run else [],
            origin=origin,
        )

    def today(self, line: str = "", *, origin: str = "window") -> tuple[Entry, bool]:
        """The note of this day (by this computer's clock), and whether it was made just now.

        `line` is added at its end with the time. A note that lies in the trash is taken out.
        Setting `daily.template` names the template of a new one.
        """
        clock = self._clock()
        day = f"{clock:%Y-%m-%d}"
        with self._store.write() as w:
            known = daily.note_of(w.db, day)
            if known is None:
                entry = self._begin_day(day, origin)
                daily.keep(w, day, entry.id)
            else:
                entry = entries.get(w.db, known)
                if entry.trashed_at is not None:
                    entry = self._writing.restore(entry.id)
            if line:
                body = templates.stamped(entry.body, line, f"{clock:%H:%M}")
                entry = self._writing.save(entry.id, body, base_rev=entry.rev, origin=origin).entry
        return entry, known is None

    def _begin_day(self, day: str, origin: str) -> Entry:
        name = Preferences(self._store).get("daily.template")
        try:
            template = templates.find(self.all(), name)
        except JournalError:  # renamed or thrown away since it was chosen: the day goes on
            template = templates.find(self._built_in, "daily")
        return self._writing.create(
            self._fill(template, day, "", "").text.rstrip(),
            kind=template.kind,
            title=day,
            tags=template.tags,
            origin=origin,
        )

    def _fill(self, template: Template, title: str, run: str, commit: str) -> Filled:
        clock = self._clock()
        if "commit" in template.text and not commit:
            from journal_app.runtime.surroundings import surroundings

            commit = surroundings().get("commit", "")[:12]
        values = {
            "date": f"{clock:%Y-%m-%d}",
            "time": f"{clock:%H:%M}",
            "weekday": f"{clock:%A}",
            "title": title or template.title,
            "run": self._run_name(run),
            "commit": commit,
        }
        return templates.fill(template.text, values)

    def _run_name(self, ref: str) -> str:
        if not ref:
            return ""
        db = self._store.read()
        ids = links.runs_named(db, ref)
        if len(ids) != 1:
            return ref
        row = db.execute("SELECT name FROM runs WHERE id = ?", (ids[0],)).fetchone()
        return str(row["name"])

    @cached_property
    def _built_in(self) -> list[Template]:
        folder = paths.resources() / "templates" / "entries"
        return [
            templates.read(file.stem, file.read_text(encoding="utf-8"))
            for file in sorted(folder.glob("*.md"))
        ]

    def _own(self) -> list[Template]:
        db = self._store.read()
        found = (entries.get(db, id) for id in daily.tagged(db, templates.TAG, OWN_AT_MOST))
        return [templates.own(e.id, e.title, e.kind, e.body, e.tags) for e in found]

    def _clock(self) -> datetime:
        return datetime.fromtimestamp(self._store.now() / 1000).astimezone()
