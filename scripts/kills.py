"""Kill -9 the program at random moments of writing, and look for what was lost.

`python scripts/kills.py --rounds 500` starts the real window without a screen, lets it type, rename
and paste with key events, and kills it; or lets `journal adopt` take in a folder, and kills that.
After each kill the journal is opened and checked: it must be whole, hold every word that was typed
more than two seconds before the kill, every picture pasted before that, no note twice, and no link
that lost its target. Ends with 1 at the first loss and names the seed and the folder.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import selectors
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
SAFE_SECONDS = 2.0
KINDS = ("autosave", "paste", "rename", "import")
NOTES = 30  # in the folder that is taken in


class Lost(Exception):
    """Something that was typed, pasted or taken in is not there, or is there twice."""


# ---------------------------------------------------------------------- the victim


def write(kind: str, folder: Path, entry_id: str, word: str) -> None:
    """Open the window and write into an entry until killed; tell each step on standard output."""
    from PySide6.QtCore import QMimeData, Qt, QTimer
    from PySide6.QtGui import QColor, QImage, QTextCursor
    from PySide6.QtTest import QTest

    from journal_app.gui.app import Session, application

    app = application()
    session = Session(folder)
    session.show()
    steps = iter(range(1_000_000))

    def tell(**facts: object) -> None:
        line = json.dumps({"at": time.time(), **facts}) + "\n"
        os.write(sys.stdout.fileno(), line.encode())

    def step() -> None:
        editor = session.window.editor
        if editor is None:
            return
        if editor.entry is None or editor.entry.id != entry_id:
            editor.open_entry(entry_id)
            tell(ready=True)
            return
        number = next(steps)
        page = editor.page
        if kind == "rename":
            editor.edit_title()
            page.title.setPlainText(f"Renamed {word} {number}")
            tell(title=f"Renamed {word} {number}")
        elif kind == "paste" and number % 20 == 0:
            image = QImage(16, 16, QImage.Format.Format_RGB32)
            image.fill(QColor(hash((word, number)) & 0xFFFFFF))
            data = QMimeData()
            data.setImageData(image)
            page.text.moveCursor(QTextCursor.MoveOperation.End)
            page.text.insertFromMimeData(data)
            tell(pasted=number)
        else:
            page.text.moveCursor(QTextCursor.MoveOperation.End)
            typed = f" {word}-{number}."
            QTest.keyClicks(page.text, typed, Qt.KeyboardModifier.NoModifier)
            tell(typed=f"{word}-{number}.")

    timer = QTimer()
    timer.timeout.connect(step)
    timer.start(40 if kind == "rename" else 15)
    app.exec()


# ---------------------------------------------------------------------- the killer


def run_and_kill(command: list[str], seconds: float) -> tuple[list[dict[str, object]], float]:
    """Start, wait for the first line, kill after `seconds`: what it told, and when it died."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        bufsize=0,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
    )
    assert process.stdout is not None
    output, deadline = b"", None
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        while deadline is None or time.monotonic() < deadline:
            left = 60.0 if deadline is None else max(0.0, deadline - time.monotonic())
            if not selector.select(left):
                break
            piece = os.read(process.stdout.fileno(), 65536)
            if not piece:
                break
            output += piece
            if deadline is None:
                deadline = time.monotonic() + seconds
    if deadline is None and process.poll() is None:
        process.kill()
        process.wait()
        raise Lost(f"the program did not start: {command}")
    process.send_signal(signal.SIGKILL)
    died = time.time()
    output += process.stdout.read()
    process.stdout.close()
    process.wait()
    told = [json.loads(line) for line in output.splitlines() if line.startswith(b"{")]
    return told, died


def all_of(journal: object) -> list[str]:
    """The ids of every entry that is not in the trash."""
    from journal_app.domain.views import View

    found: list[str] = []
    while page := journal.entries.rows(View(), limit=500, offset=len(found)):  # type: ignore[attr-defined]
        found += [row.id for row in page]
    return found


def check_whole(journal: object) -> None:
    """The database is whole."""
    problems = journal.upkeep.check().problems  # type: ignore[attr-defined]
    if problems:
        raise Lost(f"the journal is damaged: {problems}")


def round_of_writing(kind: str, folder: Path, word: str, seconds: float) -> int:
    """Write into an entry, kill, look. Returns how many steps were found again."""
    from journal_app.journal import Journal

    with Journal(folder) as journal:
        entry = journal.entries.create(f"Start {word}\n\n", title=f"Start {word}")
        other = journal.entries.create(f"This names [[Start {word}]] here.", title=f"Other {word}")
    told, died = run_and_kill(
        [sys.executable, __file__, "--victim", kind, str(folder), entry.id, word], seconds
    )
    with Journal(folder) as journal:
        check_whole(journal)
        texts = [journal.entries.get(id) for id in all_of(journal)]
        bodies = "\n".join(e.body for e in texts)
        now = journal.entries.get(entry.id)
        settled = [t for t in told if float(str(t["at"])) <= died - SAFE_SECONDS]
        for fact in settled:
            if "typed" in fact and str(fact["typed"]) not in bodies:
                raise Lost(f"typed {died - float(str(fact['at'])):.2f} s before: {fact['typed']}")
        shown = re.findall(r"attachments/[^)\s]+", now.body)
        if len(shown) < sum("pasted" in fact for fact in settled):
            raise Lost("a pasted picture is not in the text")
        for path in shown:
            if not (folder / path).is_file():
                raise Lost(f"the file of a pasted picture is gone: {path}")
        titles = [str(fact["title"]) for fact in told if "title" in fact]
        last = next((str(f["title"]) for f in reversed(settled) if "title" in f), None)
        if last is not None and titles.index(now.title) < titles.index(last):
            raise Lost(f"the title went back to {now.title!r}; {last!r} was settled")
        # Between a rename and its settling a link leads by id; the next start writes the new name.
        if journal.links.outgoing(other.id)[0].row.id != entry.id:
            raise Lost("a link lost its target")
        journal.links.catch_up()
        named = re.search(r"\[\[(.+?)\]\]", journal.entries.get(other.id).body)
        if named is None or named.group(1) != now.title:
            raise Lost(f"a link reads {named and named.group(1)!r}, its target {now.title!r}")
    return len(settled)


def round_of_import(folder: Path, notes: Path, seconds: float) -> int:
    """Take in a folder, kill, take it in again: every note once."""
    from journal_app.journal import Journal

    command = [sys.executable, "-m", "journal_app", "--journal", str(folder), "adopt", str(notes)]
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT
    )
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    with Journal(folder) as journal:
        check_whole(journal)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=ROOT)
    with Journal(folder) as journal:
        titles = [journal.entries.get(id).title for id in all_of(journal)]
    wanted = {path.stem for path in notes.glob("*.md")}
    mine = [title for title in titles if title in wanted]
    if sorted(mine) != sorted(wanted):
        raise Lost(f"{len(mine)} notes of {len(wanted)}; twice: {len(mine) - len(set(mine))}")
    return len(mine)


def main() -> int:
    """Run the rounds; 0 when nothing was lost."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    asked.add_argument("--rounds", type=int, default=500)
    asked.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1 << 32))
    asked.add_argument("--kinds", default=",".join(KINDS))
    asked.add_argument("--victim", nargs=4, metavar=("KIND", "FOLDER", "ENTRY", "WORD"))
    given = asked.parse_args()
    if given.victim:
        kind, folder, entry_id, word = given.victim
        write(kind, Path(folder), entry_id, word)
        return 0
    chance = random.Random(given.seed)
    kinds = given.kinds.split(",")
    place = Path(tempfile.mkdtemp(prefix="kills-"))
    counts = dict.fromkeys(kinds, 0)
    found = 0
    began = time.monotonic()
    for number in range(given.rounds):
        kind = kinds[number % len(kinds)]
        folder = place / f"journal-{number // 20}"  # a few kills on one journal, then a new one
        word = f"k{number}"
        try:
            if kind == "import":
                notes = place / f"notes-{number}"
                notes.mkdir()
                for n in range(NOTES):
                    text = f"Text of {word} {n}, after [[{word} {n - 1}]].\n"
                    (notes / f"{word} {n}.md").write_text(text, encoding="utf-8")
                found += round_of_import(folder, notes, chance.uniform(0.05, 1.0))
            else:
                found += round_of_writing(kind, folder, word, chance.uniform(0.1, 4.5))
        except Lost as loss:
            print(f"round {number} ({kind}), seed {given.seed}, {folder}: {loss}")
            return 1
        counts[kind] += 1
    shutil.rmtree(place)
    parts = ", ".join(f"{count} {kind}" for kind, count in counts.items())
    print(
        f"{given.rounds} kills ({parts}), seed {given.seed}: nothing lost, nothing twice;"
        f" {found} steps checked in {time.monotonic() - began:.0f} s"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
