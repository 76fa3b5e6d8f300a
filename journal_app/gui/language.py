"""Words of the window in the user's language.

Every text that a user reads goes through `tr` (or `trn`, where a number decides), as a literal:
`scripts/translations.py` collects these literals for the translators. English is the source. A text
that stands in a table, where no language is chosen yet, is marked with `later` and goes through
`tr` when it is shown.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Literal, cast

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QGuiApplication

from journal_app import paths

CONTEXT = "journal"
# Families with Simplified Chinese; a fallback of the system's choosing may be Japanese, or bold.
HAN = ("Microsoft YaHei UI", "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC")
Language = Literal["en", "de", "zh_CN"]
LANGUAGES: tuple[Language, ...] = ("en", "de", "zh_CN")


def tr(text: str, /, **values: object) -> str:
    """`text` in the chosen language, with `{name}` filled in after it was translated."""
    words = QCoreApplication.translate(CONTEXT, text) if text else ""
    return words.format(**values) if values else words


def trn(text: str, n: int, /, **values: object) -> str:
    """Like `tr` for a text whose form depends on `n`: write `{n}` where the number stands.

    The English source is `one|many`, such as `{n} entry|{n} entries`.
    """
    words = QCoreApplication.translate(CONTEXT, text, None, n)
    if words == text:  # not translated: English has two forms
        one, _, many = text.partition("|")
        words = one if n == 1 else many or one
    return words.format(n=number(n), **values)


def later(text: str) -> str:
    """Marks a text of a table for the translators; `tr` translates it when it is shown."""
    return text


def locale() -> QLocale:
    """The habits of the chosen language; English where the computer names no language."""
    default = QLocale()
    return default if default.language() != QLocale.Language.C else QLocale("en_US")


def number(value: int) -> str:
    """A whole number with the separators of the chosen language."""
    return locale().toString(value)


def chosen(choice: str) -> Language:
    """The language of a choice of the settings; `system` follows the computer's own."""
    wanted = [choice] if choice != "system" else QLocale.system().uiLanguages()
    for name in wanted:
        language = QLocale(name)
        if language.language() == QLocale.Language.Chinese:
            simplified = language.script() == QLocale.Script.SimplifiedHanScript
            if simplified:
                return "zh_CN"
        elif language.language() == QLocale.Language.German:
            return "de"
        elif language.language() == QLocale.Language.English:
            return "en"
    return "en"


def use(choice: str) -> Language:
    """Speak a language from now on: our words, Qt's own words, dates and numbers.

    Called before the first widget is made; what is on the screen keeps its words.
    """
    language = chosen(choice)
    app = QCoreApplication.instance()
    if app is None:
        return language
    for name in LANGUAGES:
        for translator in _translators(name):
            app.removeTranslator(translator)
    for translator in _translators(language):
        app.installTranslator(translator)
    system = QLocale.system()
    # A language of the system's own keeps the system's habits, such as a 24-hour clock.
    same = choice == "system" and system.language() == QLocale(language).language()
    QLocale.setDefault(system if same else QLocale(language))
    if language == "zh_CN":
        font = QGuiApplication.font()
        font.setFamilies([*font.families(), *HAN])
        QGuiApplication.setFont(font)
    return language


def file_of(language: Language) -> Path:
    """The compiled translation of a language."""
    return paths.resources() / "translations" / f"journal_{language}.qm"


@lru_cache(maxsize=len(LANGUAGES))
def _translators(language: Language) -> tuple[QTranslator, ...]:
    """Ours and Qt's own, as far as they are there; English needs none but its plural forms."""
    if language == "en":
        return ()
    shipped = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    made = []
    for file in (shipped / f"qtbase_{language}.qm", file_of(language)):
        translator = QTranslator(QCoreApplication.instance())
        if translator.load(str(file)):
            made.append(translator)
    return cast("tuple[QTranslator, ...]", tuple(made))
