"""The index for "more like this" across kill -9, with the real model and real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from journal_app.journal import Journal
from journal_app.models.host import ModelHost
from journal_app.services.similar import SimilarService
from tests.helpers.packs import real_packs

# Each pair tells of one thing in other words, as two notes of a week do.
PAIRS = (
    (
        "Training exploded at step 900. The loss went to NaN and never came back.",
        "The model diverged in the night: from step 900 on every loss value was not a number.",
    ),
    (
        "The GPU waits for input half of the time. Reading images from disk is too slow.",
        "Our data loading is the bottleneck, so the graphics card is idle between batches.",
    ),
    (
        "Quantizing the weights to four bits costs two points of accuracy.",
        "The int4 quantized model answers a little worse than the full precision one.",
    ),
    (
        "Parts of the test set were in the training data, so the scores are too good.",
        "Leakage: the benchmark questions can be found in the pretraining corpus.",
    ),
    (
        "The meeting with Anna about the grant proposal moves to Friday.",
        "Appointment with Anna for the grant application was postponed to the end of the week.",
    ),
    (
        "The job died because no space was left on the device.",
        "The disk was full and the checkpoint could not be written, so the run crashed.",
    ),
    (
        "Bought bread, cheese and tomatoes on the way home. Cooked soup.",
        "Dinner was a vegetable soup with toast. I should buy more groceries.",
    ),
    (
        "Rotating the pictures at random made the classifier more robust.",
        "Image augmentation with rotations improves the accuracy of the classifier.",
    ),
)
INDEX = """
import sys
from pathlib import Path
from journal_app.journal import Journal
def tell(done, total):
    print(done, flush=True)
with Journal(Path(sys.argv[1])) as journal:
    journal.similar.build(tell, batch=4)
"""


def test_killed_while_building_it_loses_one_batch_at_most(
    journal_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs = real_packs()
    with Journal(journal_folder) as journal:
        for n in range(60):
            journal.entries.create(f"Note {n}: the loss of run {n} went down a little.")
    environment = {**os.environ, "JOURNAL_MODELS": str(packs)}
    last = 0
    for stop_at in (8, 24):
        with subprocess.Popen(
            [sys.executable, "-c", INDEX, str(journal_folder)],
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        ) as builder:
            assert builder.stdout is not None
            for line in builder.stdout:
                last = int(line)
                if last >= stop_at:
                    break
            helpers = psutil.Process(builder.pid).children()
            builder.kill()
            psutil.wait_procs(helpers, timeout=20)
        with Journal(journal_folder) as journal:
            model = ModelHost(packs).key()
            done = SimilarService(journal.store, ModelHost(packs), ModelHost(packs)).status().done
            assert model and last <= done <= last + 4
    monkeypatch.setenv("JOURNAL_MODELS", str(packs))
    with Journal(journal_folder) as journal:
        assert journal.similar.build() == 60 - done
        assert journal.similar.status().complete
        assert journal.store.read().execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_notes_that_mean_the_same_find_each_other(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_MODELS", str(real_packs()))
    pairs = [[journal.entries.create(text).id for text in pair] for pair in PAIRS]
    journal.similar.build(hurry=True)
    right = 0
    for one, other in pairs:
        for ref, wanted in ((one, other), (other, one)):
            found = journal.similar.near(ref, 1)
            right += bool(found) and found[0][0].id == wanted
    assert right >= 11, f"{right} of 16"
    answer = journal.similar.search("hard disk full", 1)
    assert answer.by == "meaning" and answer.rows[0][0].id in pairs[5]
