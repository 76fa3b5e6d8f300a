"""The project's own small experiment as a first journal: for `journal demo` and the first start.

The figures in these texts are those of the records in `resources/samples` (a test compares them).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from journal_app import paths
from journal_app.domain import capture
from journal_app.domain.entry import Entry, title_of
from journal_app.domain.views import View
from journal_app.journal import Journal


@dataclass(frozen=True, slots=True)
class Note:
    """A capture of the tour."""

    text: str
    kind: str


def _sample(name: str) -> Callable[[], Path]:
    return lambda: paths.resources() / "samples" / name


RECORDS = (_sample("nanochat/salience"), _sample("lm_eval"), _sample("mlruns"))
TITLE = "What size does a salience head need?"
PAGES = {
    "hugo.toml": 'title = "Field notes"\nbaseURL = "https://example.org/"\n',
    "content/_index.md": "---\ntitle: Field notes\n---\n",
}

NOTES = (
    Note(
        "The smallest salience head is enough #salience #size\n\n"
        "We trained the head at three sizes on the same 99 papers: 1,545, 9,849 and 34,761 "
        "parameters. Validation ROUGE-1 ends at 35.91, 36.01 and 35.64. The spread of 0.4 is "
        "smaller than the standard error of one evaluation on 49 papers, so size did not help. "
        "Smallest sufficient intervention: keep the smallest head until more data says otherwise.",
        "lesson",
    ),
    Note(
        "More epochs only memorized the papers #salience #overfitting\n\n"
        "The training loss of the largest head fell from 0.41 to -1.02 in thirty epochs. Its "
        "validation loss was best in epoch 10 with -0.740 and crept back to -0.723. Validation "
        "ROUGE-1 peaked at 36.22 in epoch 13 and ended at 35.64. Stopping at the best validation "
        "loss would have saved two thirds of the run.",
        "failure",
    ),
)

SCRIPT = '''"""The last lines of a training script: one call keeps the lesson."""

from journal_app import note

print(
    note(
        "Weight decay does not matter for the smallest head, early stopping does. "
        "Predict before the next run: with twice the papers the middle head wins by one point "
        "of ROUGE-1. If it does not, the embedding is the limit and not the head.",
        tags=["salience", "prediction"],
        kind="hypothesis",
    )
)
'''

WELCOME = Note(
    "Welcome to your field journal\n\n"
    "What carries #sample is Field Journal's own experiment, the training of its summarizer's "
    "salience head at three sizes. Change anything, and put it into the trash when you are "
    "done with it.\n\n"
    '- **Capture** with Ctrl+Shift+N, or `journal add "what happened #tag"` in a terminal.\n'
    "- **Summarize** an entry in the inspector at the right; click a sentence to see where "
    "it comes from.\n"
    "- **Link** runs: `journal import PATH` reads nanochat, lm-evaluation-harness and MLflow "
    "records.\n"
    "- **Publish**: open the draft, press Schedule, choose a target and a time.\n"
    "- Everything else is in the palette: Ctrl+K.",
    "note",
)


def make_sample(journal: Journal) -> bool:
    """Fill a journal with the experiment's notes, records, links and a draft.

    A journal that holds anything, be it in the trash, is left as it is: False.
    """
    held = [journal.entries.count(View(section)) for section in ("all", "trash")]
    if any(held) or journal.experiments.count():
        return False
    notes = [_keep(journal, note) for note in NOTES]
    for record in RECORDS[:2]:  # the MLflow store holds the same three runs once more
        journal.experiments.import_path(record())
    for run in journal.experiments.runs(source="nanochat"):
        for note in notes:
            journal.entries.link(note.id, f"run:{run.id}", "supports")
    journal.writing.draft([note.id for note in notes], TITLE)
    _keep(journal, WELCOME)
    return True


def _keep(journal: Journal, note: Note) -> Entry:
    """A note as one writes it in the window: with a title of its own above the text."""
    line, _, body = note.text.partition("\n\n")
    tags = ["sample", *capture.parse(line).tags]
    return journal.entries.create(
        body, title=title_of(line), kind=note.kind, tags=tags, origin="tour"
    )
