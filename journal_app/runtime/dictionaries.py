"""Hunspell dictionaries on this computer, and the process that looks words up in one.

The check runs in a process of its own: a dictionary takes seconds and tens of megabytes to load,
and its look-ups would hold the interpreter that draws the letters.
`python -m journal_app.runtime.dictionaries BASE WORDS` reads one JSON object a line and answers
with one: `{"check": [words]}` → `{"checked": [words], "bad": [words]}`, `{"suggest": "x"}` →
`{"word": "x", "suggestions": [words]}`, `{"add": "x"}` → `{"added": "x"}`.
"""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

SUGGESTIONS = 6
WORDS = "words.txt"  # the user's own, in the folder `dictionaries` of the journal


def installed() -> bool:
    """Whether the library of the spell check is there (the extra `spell`)."""
    return importlib.util.find_spec("spylls") is not None


def folders(journal: Path) -> Iterator[Path]:
    """Where dictionaries may lie; what the journal brings along comes first."""
    yield journal / "dictionaries"
    home = Path.home()
    for part in os.environ.get("DICPATH", "").split(os.pathsep):
        if part:
            yield Path(part)
    yield home / ".local/share/hunspell"
    for place in ("hunspell", "myspell", "myspell/dicts"):
        yield Path("/usr/share") / place
    yield from (home / "Library/Spelling", Path("/Library/Spelling"))
    offices = [
        Path("/usr/lib/libreoffice/share/extensions"),
        Path("/opt/libreoffice/share/extensions"),
        Path("/Applications/LibreOffice.app/Contents/Resources/extensions"),
    ]
    for name in ("ProgramFiles", "ProgramW6432"):
        if os.environ.get(name):
            offices.append(Path(os.environ[name]) / "LibreOffice/share/extensions")
    for office in offices:
        if office.is_dir():
            yield from sorted(office.glob("dict-*"))


def find(journal: Path) -> dict[str, Path]:
    """Every dictionary by its name (`de_DE`), as a path without `.aff` and `.dic`."""
    found: dict[str, Path] = {}
    for folder in folders(journal):
        try:
            files = sorted(folder.glob("*.aff"))
        except OSError:
            continue
        for path in files:
            if path.with_suffix(".dic").is_file() and not path.stem.startswith("hyph"):
                found.setdefault(path.stem, path.with_suffix(""))
    return found


def serve(base: str, own: Path) -> None:
    """Answer questions until the input ends."""
    from spylls.hunspell import Dictionary

    dictionary = Dictionary.from_files(base)
    known = set(own.read_text(encoding="utf-8").split()) if own.is_file() else set()

    def right(word: str) -> bool:
        return word in known or word.lower() in known or bool(dictionary.lookup(word))

    for line in sys.stdin:
        asked = json.loads(line)
        answer: dict[str, object] = {}
        if "check" in asked:
            answer = {"checked": asked["check"], "bad": [w for w in asked["check"] if not right(w)]}
        elif "suggest" in asked:
            found: list[str] = []
            for word in dictionary.suggest(asked["suggest"]):
                found.append(word)
                if len(found) == SUGGESTIONS:
                    break
            answer = {"word": asked["suggest"], "suggestions": found}
        elif "add" in asked:
            known.add(asked["add"])
            own.parent.mkdir(parents=True, exist_ok=True)
            with own.open("a", encoding="utf-8") as file:
                file.write(asked["add"] + "\n")
            answer = {"added": asked["add"]}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    serve(sys.argv[1], Path(sys.argv[2]))
