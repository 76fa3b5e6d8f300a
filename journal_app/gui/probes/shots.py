"""Pictures of the real window, rendered without a display."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

from journal_app.gui.app import Session, application

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from journal_app.gui.theme import Choice
    from journal_app.gui.window import MainWindow

SIZES = ((1280, 800), (1920, 1080))
THEMES: tuple[Choice, ...] = ("light", "dark")
LONGEST = 10_000  # ms to wait for the panels to fill


def take(
    folder: Path,
    out_dir: Path,
    sizes: Sequence[tuple[int, int]] = SIZES,
    themes: Sequence[Choice] = THEMES,
    before: Callable[[Session], None] | None = None,
    *,
    panels: bool = False,
) -> list[Path]:
    """Render the window on the journal in `folder` to PNGs in `out_dir`, and return their paths.

    `before` may put the window into another state (open a run, search) before each picture.
    With `panels` also the windows "Models" and "Publishing", page by page, and the help page
    about what leaves.
    """
    application()
    out_dir.mkdir(parents=True, exist_ok=True)
    made: list[Path] = []
    for theme in themes:
        session = Session(folder, theme=theme)
        session.show(background=False)
        window = session.window
        _wait(partial(_complete, window))
        for width, height in sizes:
            window.resize(width, height)
            if before is not None:
                before(session)
            _settle(session)
            made.append(_save(window, out_dir / f"window-{theme}-{width}x{height}.png"))
        if panels:
            made += _panels(session, out_dir, theme)
        session.close()
        window.deleteLater()
    return made


def _panels(session: Session, out_dir: Path, theme: str) -> list[Path]:
    """Pictures of the windows beside the main one."""
    from journal_app.gui.model.window import PAGES, SIZE

    acts = session.window.acts.models
    made = []
    for page in PAGES:
        acts.show(page)
        acts.dialog.resize(*SIZE)
        _settle(session)
        made.append(_save(acts.dialog, out_dir / f"models-{page}-{theme}.png"))
    acts.dialog.close()
    made += _publishing(session, out_dir, theme)
    acts.help("offline")
    _settle(session)
    made.append(_save(acts.help_dialog, out_dir / f"help-{theme}.png"))
    acts.help_dialog.close()
    return made


def _publishing(session: Session, out_dir: Path, theme: str) -> list[Path]:
    """Pictures of the window "Publishing", page by page."""
    from journal_app.gui.publish.window import PAGES, SIZE

    acts = session.window.acts.publishing
    made = []
    for page in PAGES:
        acts.show(page.key)
        acts.dialog.resize(*SIZE)
        _settle(session)
        made.append(_save(acts.dialog, out_dir / f"publishing-{page.key}-{theme}.png"))
    acts.dialog.close()
    return made


def _save(widget: QWidget, path: Path) -> Path:
    if not widget.grab().save(str(path)):
        raise OSError(f"{path} could not be written")
    return path


def _complete(window: MainWindow) -> bool:
    return window.editor is not None


def _settle(session: Session) -> None:
    """Wait until no job is left and the window was laid out and painted."""
    quiet = [0]

    def still() -> bool:
        quiet[0] = quiet[0] + 1 if session.jobs.busy() == 0 else 0
        return quiet[0] >= 12

    _wait(still)


def _wait(condition: Callable[[], bool]) -> None:
    """Run the event loop until `condition` holds, at most LONGEST ms."""
    loop, deadline = QEventLoop(), QDeadlineTimer(LONGEST)
    timer = QTimer()
    timer.setInterval(25)

    def look() -> None:
        if condition() or deadline.hasExpired():
            loop.quit()

    timer.timeout.connect(look)
    timer.start()
    loop.exec()
    timer.stop()
