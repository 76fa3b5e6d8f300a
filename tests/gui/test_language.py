"""The window speaks English, German and Simplified Chinese, and nothing it says is forgotten."""

from __future__ import annotations

import importlib.util
import re
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import QLocale, QTranslator
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QPushButton
from pytestqt.qtbot import QtBot

from journal_app import tour
from journal_app.domain.entry import KINDS, RELATIONS
from journal_app.gui import dates, language, vocabulary
from journal_app.gui.app import Session
from journal_app.gui.language import tr, trn
from journal_app.journal import Journal
from tests.helpers.words import bare

ROOT = Path(__file__).resolve().parents[2]
GUI = ROOT / "journal_app" / "gui"
LANGUAGES = ("de", "zh_CN")
FILES = sorted(str(p.relative_to(GUI)) for p in GUI.rglob("*.py") if p.parent.name != "probes")


@pytest.fixture(scope="module")
def script() -> ModuleType:
    """scripts/translations.py."""
    spec = importlib.util.spec_from_file_location(
        "translations", ROOT / "scripts" / "translations.py"
    )
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def speak(qapp: QApplication) -> Iterator[Callable[[str], None]]:
    """Change the language for one test."""
    before = QLocale()
    yield language.use
    language.use("en")
    QLocale.setDefault(before)


@pytest.mark.parametrize("name", FILES)
def test_every_text_of_a_file_goes_through_tr(name: str) -> None:
    assert list(bare((GUI / name).read_text(encoding="utf-8"))) == []


def test_the_check_finds_what_was_forgotten() -> None:
    found = [text for _, text in bare('label("Hello there"); b.setToolTip(f"{n} runs left")')]
    assert found == ["Hello there", "… runs left"]
    assert list(bare('label(tr("Hello there")); set_role(w, "muted")')) == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_word_is_translated(name: str, script: ModuleType) -> None:
    assert script.missing(name) == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_translations_keep_placeholders_and_dots(name: str, script: ModuleType) -> None:
    for word, told in script.read(name).items():
        for form in told.forms if told.type != "unfinished" else ():
            wanted, given = (set(re.findall(r"\{\w*\}", text)) for text in (word.text, form))
            free = {"{n}"} if word.counted else set()  # "one entry" names no number
            assert wanted - free == given - free, (word.text, form)
            assert word.text.endswith("…") == form.endswith("…"), (word.text, form)
            assert word.text.count("`") == form.count("`"), (word.text, form)
            assert ("&" in word.text) == ("&" in form), (word.text, form)


@pytest.mark.parametrize("name", LANGUAGES)
def test_the_compiled_file_is_that_of_the_source(name: str, script: ModuleType) -> None:
    """Whoever edits a .ts has to run scripts/translations.py."""
    compiled = QTranslator()
    assert compiled.load(str(language.file_of(name)))  # type: ignore[arg-type]
    for word, told in script.read(name).items():
        if told.type:
            continue
        if word.counted:
            for n, form in ((1, told.forms[0]), (5, told.forms[-1])):
                assert compiled.translate("journal", word.text, None, n) == form, word.text
        else:
            assert compiled.translate("journal", word.text) == told.forms[0], word.text


def test_a_word_that_is_gone_stays_as_vanished_and_comes_back(script: ModuleType) -> None:
    word, told = script.Word("Run"), script.Told(["Lauf"])
    gone = script.merged([], {word: told}, 2)
    assert gone[word].type == "vanished"
    assert script.merged([word], gone, 2)[word] == told
    assert script.merged([script.Word("New")], {}, 2)[script.Word("New")].type == "unfinished"


def test_numbers_decide_the_form(speak: Callable[[str], None]) -> None:
    speak("en")
    assert trn("{n} run|{n} runs", 1) == "1 run"
    assert trn("{n} run|{n} runs", 1234) == "1,234 runs"
    speak("de")
    assert trn("{n} entry|{n} entries", 1) == "1 Eintrag"
    assert trn("{n} entry|{n} entries", 1234) == "1.234 Einträge"
    speak("zh_CN")
    assert trn("{n} entry|{n} entries", 2) == "2 个条目"


def test_dates_are_said_as_the_language_says_them(speak: Callable[[str], None]) -> None:
    now = int(datetime(2026, 11, 20, 15, 0).timestamp() * 1000)
    day = int(datetime(2026, 11, 2, 9, 5).timestamp() * 1000)
    last_year = int(datetime(2025, 1, 31, 9, 5).timestamp() * 1000)
    week = int(datetime(2026, 11, 17, 9, 5).timestamp() * 1000)
    said = {}
    for name in ("en", *LANGUAGES):
        speak(name)
        said[name] = [dates.short_when(ms, now) for ms in (now, week, day, last_year)]
    assert said["en"] == ["15:00", "Tue", "2 Nov", "31 Jan 2025"]
    assert said["de"] == ["15:00", "Di.", "2. Nov.", "31. Jan. 2025"]
    assert said["zh_CN"] == ["15:00", "周二", "11月2日", "2025年1月31日"]


@pytest.mark.parametrize(
    ("wanted", "spoken"),
    [("de", "de"), ("de_AT", "de"), ("zh_CN", "zh_CN"), ("zh_TW", "en"), ("fr", "en")],
)
def test_the_nearest_language_is_taken(wanted: str, spoken: str) -> None:
    assert language.chosen(wanted) == spoken


def test_kinds_and_relations_have_words(speak: Callable[[str], None]) -> None:
    speak("de")
    for value in (*KINDS, *RELATIONS):
        assert value in vocabulary.WORDS, value
    assert vocabulary.said("failure") == "Fehlschlag"
    assert vocabulary.said("of a tracker's own") == "of a tracker's own"


def test_the_window_and_the_standard_buttons_speak_german(
    journal: Journal, open_window: Callable[[], Session], speak: Callable[[str], None]
) -> None:
    journal.settings.set("language", "de")
    window = open_window().window
    assert window.actions_by_id["entry.new"].text() == "Neuer Eintrag"
    assert window.status.upcoming.text() == tr("Nothing scheduled") == "Nichts eingeplant"
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    assert box.button(QDialogButtonBox.StandardButton.Cancel).text() == "Abbrechen"
    box.deleteLater()


LONG = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunternehmen"  # one word
HAN = "关于小型语言模型在领域数据上的持续预训练与评测的若干观察以及后续计划"


@pytest.mark.parametrize("title", [LONG, HAN])
@pytest.mark.parametrize("width", [1280, 700])
def test_a_long_word_keeps_every_pane_in_its_place(
    title: str,
    width: int,
    journal: Journal,
    open_window: Callable[[], Session],
    qtbot: QtBot,
    speak: Callable[[str], None],
) -> None:
    journal.settings.set("language", "de")
    entry = journal.entries.create(f"{title} #{title[:40]}", title=title, kind="lesson")
    session = open_window()
    window = session.window
    window.resize(width, 800)
    window.open_entry(entry.id)
    qtbot.waitUntil(lambda: session.jobs.busy() == 0)
    assert window.width() == width  # nothing pushed it wider
    inside = window.root.rect()
    for part in (window.sidebar, window.panes, window.status):
        assert inside.contains(part.geometry().intersected(inside))
        assert part.mapTo(window.root, part.rect().topRight()).x() <= inside.right()
    assert window.editor is not None
    bar = window.editor.bar
    if bar.isVisibleTo(window):
        assert bar.next.mapTo(bar, bar.next.rect().topRight()).x() <= bar.width()
        assert bar.next.width() >= bar.next.sizeHint().width()


@pytest.mark.parametrize("name", ["en", *LANGUAGES])
def test_no_button_of_the_window_is_cut(
    name: str,
    journal: Journal,
    open_window: Callable[[], Session],
    qtbot: QtBot,
    speak: Callable[[str], None],
) -> None:
    journal.settings.set("language", name)
    tour.make_sample(journal)
    session = open_window()
    window = session.window
    for width in (1680, 1280, 900):
        window.resize(width, 800)
        qtbot.waitUntil(lambda: session.jobs.busy() == 0)
        cut = [
            f"{b.text()!r} {b.width()} < {b.minimumSizeHint().width()}"
            for b in window.findChildren(QPushButton)
            if b.isVisibleTo(window) and b.text() and b.width() < b.minimumSizeHint().width()
        ]
        assert cut == [], (name, width)
