"""What the status bar knows, read off the window's thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from journal_app import paths
from journal_app.gui.dates import due_when, short_when
from journal_app.journal import Journal


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


def read(journal: Journal, now: int) -> Facts:
    """Look at packs, targets, queue and backups (a few small files and indexed queries)."""
    return Facts(
        *_model(journal), *_outside(journal), _upcoming(journal, now), _backup(journal, now)
    )


def _model(journal: Journal) -> tuple[str, str, str]:
    from journal_app.models import catalog, packs

    pack = catalog.known(catalog.DEFAULT)
    if packs.installed(paths.model_packs(), pack) is None:
        if packs.damage(paths.model_packs(), pack):
            return "Model damaged", "fail", "`journal model install` mends it."
        return (
            "Model not installed",
            "stale",
            "Summaries need a small model on this computer: `journal model install`.",
        )
    host = journal.model_host
    if host.pid is None:
        return "Model ready", "pass", f"{pack.id} starts with the first summary, on this computer."
    device = host.device()
    share = f"{device.share:.0%}".replace("%", " %")
    return f"{device.kind.upper()} · {share} of the model", "pass", device.label


def _outside(journal: Journal) -> tuple[str, str]:
    sending = [t for t in journal.publishing.targets() if t.kind != "folder"]
    if not sending:
        return "Offline", "Nothing leaves this computer: no target sends anywhere."
    names = ", ".join(t.name for t in sending)
    return f"Can publish to {names}", "Only what you schedule or publish leaves this computer."


def _upcoming(journal: Journal, now: int) -> str:
    at = journal.publishing.next_due()
    if at is None:
        return "Nothing scheduled"
    waiting = [i.publication for i in journal.publishing.queue() if i.publication.due.at == at]
    target = f" → {waiting[0].target}" if waiting else ""
    late = "Due since" if at <= now else "Next:"
    return f"{late} {due_when(at, now)}{target}"


def _backup(journal: Journal, now: int) -> str:
    copies = journal.upkeep.backups()
    if not copies:
        return "Not backed up yet"
    at = int(copies[0].stat().st_mtime * 1000)
    day = datetime.fromtimestamp(at / 1000)
    when = short_when(at, now)
    return f"Backed up {when}" if ":" in when else f"Backed up {when} {day:%H:%M}"


def words_text(words: int) -> str:
    """`168 words · 1 min` of reading."""
    if not words:
        return ""
    minutes = max(1, round(words / 220))
    return f"{words:,} word{'s' if words != 1 else ''} · {minutes} min"
