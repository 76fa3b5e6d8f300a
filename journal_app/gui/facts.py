"""What the status bar knows, read off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from journal_app import paths
from journal_app.domain.counting import minutes
from journal_app.errors import JournalError
from journal_app.gui.dates import due_when, short_when
from journal_app.gui.language import tr, trn

if TYPE_CHECKING:
    from journal_app.gui.window import MainWindow
    from journal_app.journal import Journal


LEFT = 125_000  # ms, a little longer than the model process stays idle


@dataclass(frozen=True, slots=True)
class Facts:
    """Three truths and the last backup, in words. `tone` colours the dot before `model`."""

    model: str
    model_tone: str
    model_tip: str
    outside: str
    outside_tip: str
    upcoming: str
    backup: str
    loaded: bool = False  # whether the model process runs
    asks: int = 0  # publications that need somebody


class FactsReader:
    """Reads one at a time: the model process answers late while it works, and who asks meanwhile
    gets the answer after."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._reading = self._again = False
        # An idle model leaves without a word; asking sooner would keep it.
        self._left = QTimer(window, singleShot=True, interval=LEFT)
        self._left.timeout.connect(self.ask)

    def ask(self) -> None:
        """Read soon and show it."""
        window = self._window
        if self._reading:
            self._again = True
            return
        self._reading, self._again = True, False
        now = window.now()

        def done(found: Facts) -> None:
            self._reading = False
            window.status.show_facts(found)
            if found.loaded:
                self._left.start()
            if self._again:
                self.ask()

        def failed(error: Exception) -> None:
            self._reading = False
            window.failed(error)

        window.jobs.submit(
            "io",
            lambda _context: read(window.journal, now),
            on_done=done,
            on_error=failed,
            on_cancelled=self._ended,
        )

    def _ended(self) -> None:
        self._reading = False


def read(journal: Journal, now: int) -> Facts:
    """Look at packs, targets, queue and backups (a few small files and indexed queries)."""
    return Facts(
        *_model(journal),
        *_outside(journal),
        _upcoming(journal, now),
        _backup(journal, now),
        journal.model_host.pid is not None,
        _asks(journal),
    )


def _model(journal: Journal) -> tuple[str, str, str]:
    from journal_app.models import catalog, packs

    pack = catalog.known(catalog.DEFAULT)
    if packs.installed(paths.model_packs(), pack) is None:
        if packs.damage(paths.model_packs(), pack):
            return tr("Model damaged"), "fail", tr("Install it again in the window about models.")
        return (
            tr("Model not installed"),
            "stale",
            tr("Summaries need a small model on this computer. Click to install it."),
        )
    loaded = journal.model_host.loaded()
    if not loaded:
        return (
            tr("Model ready"),
            "pass",
            tr("{id} starts with the first summary, on this computer.", id=pack.id),
        )
    from journal_app.gui.model import words

    return words.chip(loaded), "pass", words.loaded_tip(loaded)


def _outside(journal: Journal) -> tuple[str, str]:
    """Whether anything can leave this computer: only a target whose kind sends does that."""
    sending = [one.name for one in journal.targets.listing() if _sends(journal, one.kind)]
    if not sending:
        return tr("Offline"), tr(
            "Nothing leaves this computer: no target sends anywhere. Click for what is behind it."
        )
    waiting = journal.publishing.waiting_by_target()
    n = sum(waiting.get(name, 0) for name in sending)
    tip = tr("Only what you schedule or publish leaves this computer. Click for what is behind it.")
    names = ", ".join(sending)
    if n:
        told = trn("{n} post will leave this computer|{n} posts will leave this computer", n)
        return told, tr("To {names}. {tip}", names=names, tip=tip)
    return tr("Can publish to {names}", names=names), tip


def _sends(journal: Journal, kind: str) -> bool:
    """Whether a kind of target sends; one that is not installed may have."""
    if kind == "folder":
        return False
    try:
        return journal.targets.kind(kind).abilities.remote
    except JournalError:
        return True


def _asks(journal: Journal) -> int:
    return sum(i.publication.needs_somebody for i in journal.publishing.queue())


def _upcoming(journal: Journal, now: int) -> str:
    found, asks = _next(journal, now), _asks(journal)
    if not asks:
        return found
    told = trn("{n} post needs you|{n} posts need you", asks)
    return told if journal.publishing.next_due() is None else f"{told} · {found}"


def _next(journal: Journal, now: int) -> str:
    at = journal.publishing.next_due()
    if at is None:
        return tr("Nothing scheduled")
    waiting = [i.publication for i in journal.publishing.queue() if i.publication.due.at == at]
    target = f" → {waiting[0].target}" if waiting else ""
    tz = waiting[0].due.tz if waiting else ""
    late = tr("Due since") if at <= now else tr("Next:")
    return f"{late} {due_when(at, now, tz)}{target}"


def next_publication(journal: Journal, now: int) -> str:
    """`Warm up longer, Thu 09:00`: what goes out next; "" for nothing."""
    at = journal.publishing.next_due()
    waiting = [i for i in journal.publishing.queue() if i.publication.due.at == at]
    if at is None or not waiting:
        return ""
    return f"{waiting[0].title}, {due_when(at, now, waiting[0].publication.due.tz)}"


def _backup(journal: Journal, now: int) -> str:
    copies = journal.upkeep.backups()
    if not copies:
        return tr("Not backed up yet")
    at = int(copies[0].stat().st_mtime * 1000)
    day = datetime.fromtimestamp(at / 1000)
    when = short_when(at, now)
    return tr("Backed up {when}", when=when if ":" in when else f"{when} {day:%H:%M}")


def words_text(words: int) -> str:
    """`168 words · 1 min` of reading."""
    if not words:
        return ""
    return f"{trn('{n} word|{n} words', words)} · {tr('{n} min', n=minutes(words))}"
