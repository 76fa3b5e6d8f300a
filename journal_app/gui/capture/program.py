"""The capture window alone: a light process for when no window of the journal runs."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QTimer

from journal_app.errors import JournalError
from journal_app.gui import language
from journal_app.gui.app import application, cannot_open
from journal_app.gui.bridge import UiBridge
from journal_app.gui.capture.instance import Ear
from journal_app.gui.capture.window import QuickCapture
from journal_app.gui.theme import Choice, ThemeHolder
from journal_app.journal import Journal
from journal_app.runtime import single_instance
from journal_app.runtime.jobs import Jobs


def run(folder: Path | None) -> int:
    """Show the capture window until the note is kept or put aside; 0 either way."""
    app = application()
    try:
        journal = Journal(folder)
    except JournalError as error:
        return cannot_open(error)
    language.use(journal.settings.get("language"))
    bridge = UiBridge()
    jobs = Jobs(bridge.post)
    choice: Choice = journal.settings.get("theme")  # type: ignore[assignment]
    holder = ThemeHolder(choice)
    holder.apply()
    quick = QuickCapture(journal, jobs, holder)
    quick.finished.connect(lambda _result: app.quit())
    claim = single_instance.claim(single_instance.name_of(journal.folder, "capture"))
    ear = Ear(claim, lambda _message: quick.ask()) if claim is not None else None
    quick.ask()
    if ear is not None:
        QTimer.singleShot(0, ear.start)  # a second key press brings this window forward
    app.exec()
    if ear is not None:
        ear.stop()
    quick.finish()
    jobs.shutdown()
    bridge.close()
    journal.close()
    return 0
