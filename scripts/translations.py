"""Keep the translations of the window in step with its words, and compile them.

    python scripts/translations.py            update resources/translations/*.ts, compile to *.qm
    python scripts/translations.py --check    only say what is not translated; status 1 if anything

Collected are the literals of `tr`, `trn` and `later` in journal_app/gui, and the words of the
tables of actions and settings. Translations that are there stay; a word that is gone from
the code is kept as vanished until somebody removes it.
"""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # the program's own modules, run from a checkout

GUI = ROOT / "journal_app" / "gui"
FOLDER = ROOT / "resources" / "translations"
CONTEXT = "journal"
FORMS = {"de": 2, "zh_CN": 1}  # plural forms of a language
CALLS = ("tr", "trn", "later")


@dataclass(frozen=True, slots=True)
class Word:
    """A text of the window; `counted` has a form for each number (`one|many`)."""

    text: str
    counted: bool = False


@dataclass(slots=True)
class Told:
    """What a translation file says of a word: its forms, and `type` as Qt's tools write it."""

    forms: list[str]
    type: str = ""


def literals(source: str) -> Iterator[Word]:
    """The words that a module hands to tr, trn or later."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        first = node.args[0]
        if name in CALLS and isinstance(first, ast.Constant) and isinstance(first.value, str):
            yield Word(first.value, name == "trn")


def tables() -> Iterator[Word]:
    """The words of the tables that declare actions, settings and the kinds of targets."""
    from journal_app import settings
    from journal_app.domain.preflight import reading
    from journal_app.extend.registry import PUBLISH_TARGETS, publish_targets
    from journal_app.gui import actions
    from journal_app.services.targets import fields_of

    for action in actions.ACTIONS:
        yield Word(action.text)
    for section in settings.SECTIONS:
        yield Word(section)
    for setting in settings.SETTINGS:
        if setting.type != "kept":
            yield from (Word(setting.label), Word(setting.help))
            yield from (Word(name) for name in setting.names)
            if setting.unit:
                yield Word(setting.unit)
    kinds = publish_targets()
    for name in PUBLISH_TARGETS:
        kind = kinds.get(name)
        yield Word(kind.title)
        for field in fields_of(kind):
            yield from (Word(field.label), Word(field.help))
    yield from (Word(level[0].upper() + level[1:]) for _least, level in reading.LEVELS)


def collect() -> list[Word]:
    """Every word once, in the order of the alphabet."""
    found = set(tables())
    for path in sorted(GUI.rglob("*.py")):
        found |= set(literals(path.read_text(encoding="utf-8")))
    return sorted((word for word in found if word.text), key=lambda word: word.text)


def file_of(language: str) -> Path:
    """The source file of a language."""
    return FOLDER / f"journal_{language}.ts"


def read(language: str) -> dict[Word, Told]:
    """What the file of a language says; nothing where there is none yet."""
    path = file_of(language)
    if not path.exists():
        return {}
    told = {}
    for message in ET.parse(path).getroot().iter("message"):
        counted = message.get("numerus") == "yes"
        translation = message.find("translation")
        if translation is None:
            continue
        forms = [form.text or "" for form in translation.iter("numerusform")]
        word = Word(message.findtext("source") or "", counted)
        told[word] = Told(
            forms if counted else [translation.text or ""], translation.get("type", "")
        )
    return told


def merged(words: list[Word], told: dict[Word, Told], forms: int) -> dict[Word, Told]:
    """The words as they are now with what was translated before; what is gone is `vanished`."""
    result = {}
    for word in words:
        before = told.get(word)
        if before is not None and any(before.forms):
            kind = "" if before.type == "vanished" else before.type
            result[word] = Told(before.forms, kind)
        else:
            result[word] = Told([""] * (forms if word.counted else 1), "unfinished")
    for word, before in told.items():
        if word not in result and any(before.forms):
            result[word] = Told(before.forms, "vanished")
    return result


def write(language: str, words: dict[Word, Told]) -> None:
    """Write a file as Qt Linguist reads it."""
    root = ET.Element("TS", version="2.1", language=language, sourcelanguage="en")
    context = ET.SubElement(root, "context")
    ET.SubElement(context, "name").text = CONTEXT
    for word in sorted(words, key=lambda word: word.text):
        told = words[word]
        message = ET.SubElement(context, "message", {"numerus": "yes"} if word.counted else {})
        ET.SubElement(message, "source").text = word.text
        translation = ET.SubElement(
            message, "translation", {"type": told.type} if told.type else {}
        )
        if word.counted:
            for form in told.forms:
                ET.SubElement(translation, "numerusform").text = form
        else:
            translation.text = told.forms[0]
    ET.indent(root, " " * 4)
    text = ET.tostring(root, encoding="unicode")
    head = '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE TS>\n'
    file_of(language).write_text(f"{head}{text}\n", encoding="utf-8")


def missing(language: str) -> list[str]:
    """The words of the window that a language has no finished translation for."""
    told = read(language)
    bare = Told([], "unfinished")
    return [
        word.text
        for word in collect()
        if (told.get(word, bare)).type or not all(told.get(word, bare).forms)
    ]


def compile_all() -> None:
    """Make the files that the window loads."""
    tool = shutil.which("pyside6-lrelease", path=str(Path(sys.executable).parent))
    if tool is None:
        raise SystemExit("pyside6-lrelease is not installed: it comes with PySide6-Essentials.")
    for language in FORMS:
        source = file_of(language)
        target = source.with_suffix(".qm")
        subprocess.run([tool, "-silent", "-nounfinished", source, "-qm", target], check=True)


def main(arguments: list[str]) -> int:
    """Update and compile, or check."""
    if "--check" not in arguments:
        FOLDER.mkdir(exist_ok=True)
        words = collect()
        for language, forms in FORMS.items():
            write(language, merged(words, read(language), forms))
        compile_all()
    bare = {language: missing(language) for language in FORMS}
    for language, texts in bare.items():
        for text in texts:
            print(f"{language}: {text}")
    return 1 if any(bare.values()) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
