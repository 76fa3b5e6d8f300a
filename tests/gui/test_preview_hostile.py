"""The hostile corpus in the real preview: nothing is called, run, or read outside attachments."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from pytestqt.qtbot import QtBot

import journal_app
from journal_app import paths
from journal_app.domain.markdown import Names, attachment_path, link_target
from journal_app.gui.preview.view import Preview
from tests.helpers.panes import Panes, panes
from tests.hostile.corpus import CASES
from tests.hostile.watch import Canary, OpenedFiles, opened_by_python

__all__ = ["panes"]

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs inotify")

PACKAGE = Path(journal_app.__file__).parent
ID = "01M82BW127N890WD9AP24WYMB4"
PATIENCE = 30_000  # ms for one text: a safety net
OWN = re.compile(r"(?:copy|rest|math):\d{1,6}|card:[0-9A-Z]{26}|")
CREDULOUS = Names(lambda name: ID, lambda name: ID, lambda name: "attachments/ab/" + name)


def furnish(folder: Path) -> list[Path]:
    """Attachments good and bad; the files outside that nobody may open."""
    inside = folder / "attachments/ab"
    inside.mkdir(parents=True)
    picture = QImage(40, 20, QImage.Format.Format_RGB32)
    picture.fill(QColor(255, 0, 0))
    secret, table = folder / "secret.png", folder / "secret.csv"
    assert picture.save(str(inside / "x.png")) and picture.save(str(secret))
    table.write_text("password\n1\n", encoding="utf-8")
    (folder / "attachments/link.png").symlink_to(secret)
    (folder / "attachments/linked").symlink_to(folder)
    (inside / "text.png").write_text("password", encoding="utf-8")
    (inside / "picture.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg"><image href="file://{secret}"/></svg>',
        encoding="utf-8",
    )
    head = bytearray(b"BM" + bytes(52))
    head[10], head[14], head[26], head[28] = 54, 40, 1, 24
    head[18:22] = head[22:26] = (60_000).to_bytes(4, "little")
    (inside / "bomb.bmp").write_bytes(bytes(head))
    (inside / "evil.csv").write_text(
        "a,<script>alert(1)</script>\n"
        f'"<img src=""file://{secret}"">","=cmd|\' /C calc\'!A0"\n'
        "[x](javascript:alert(1)),\x1b[2J\n",
        encoding="utf-8",
    )
    (inside / "quote.csv").write_text('a,b\n"' + "x" * 300_000, encoding="utf-8")
    (inside / "binary.csv").write_bytes(bytes(range(256)) * 20)
    (inside / "wide.csv").write_text("," * 50_000 + "\n" + "a," * 50_000, encoding="utf-8")
    return [secret, table]


@pytest.fixture
def canary() -> Iterator[Canary]:
    made = Canary()
    yield made
    made.close()


@pytest.mark.timeout(300)
@pytest.mark.parametrize("kind", list(CASES))
def test_nothing_happens(kind: str, panes: Panes, canary: Canary, qtbot: QtBot) -> None:
    folder = panes.journal.folder
    secrets = furnish(folder)
    view = Preview(folder, panes.jobs, panes.holder)
    view.set_sources(lambda: CREDULOUS, panes.journal.experiments.card)
    qtbot.addWidget(view)
    view.resize(600, 400)
    view.show()
    watch = OpenedFiles(secrets)
    with opened_by_python() as opened:
        for text in CASES[kind]:
            text = text.replace("@CANARY@", canary.address).replace("@SECRET@", str(secrets[0]))
            start = time.monotonic()
            with qtbot.waitSignal(view.rendered, timeout=PATIENCE):
                view.show_text(text, at_once=True)
            qtbot.waitUntil(lambda: not view.busy() and panes.idle(), timeout=PATIENCE)
            assert time.monotonic() - start < PATIENCE / 1000, text[:80]
            assert not watch.any(), text[:200]
            assert not canary.called(), text[:200]
            check(view.document(), text[:200])
    watch.close()
    allowed = [sys.prefix, sys.base_prefix, "/usr", str(paths.resources()), str(PACKAGE),
               str(folder / "attachments"), str(folder / "journal.db")]  # fmt: skip
    strange = [p for p in opened if p.startswith("/") and not p.startswith(tuple(allowed))]
    assert not strange
    # Modules of the program may have any name.
    packages = str(Path(sys.prefix))
    assert not [p for p in opened if "secret" in p and not p.startswith((packages, str(PACKAGE)))]


def check(document: QTextDocument, text: str) -> None:
    """Every address that the laid out page has is one of the journal or of the policy."""
    block = document.begin()
    while block.isValid():
        parts = block.begin()
        while not parts.atEnd():
            format = parts.fragment().charFormat()
            address = format.anchorHref()
            assert OWN.fullmatch(address) or link_target(address, inside=True), (address, text)
            if format.isImageFormat():
                name = format.toImageFormat().name()
                assert OWN.fullmatch(name) or attachment_path(name), (name, text)
            parts += 1
        block = block.next()


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x", "x:y",
        "copy:99", "copy:-1", "copy:x", "rest:x", "rest:99999999999", "math:0", "card:0",
        "task:x", "entry:x", "run:x", "new:", "entry:../x", "attachments/../x", "//host/x", "",
    ],
)  # fmt: skip
def test_a_click_on_anything_else_does_nothing(panes: Panes, qtbot: QtBot, address: str) -> None:
    view = Preview(panes.journal.folder, panes.jobs, panes.holder)
    qtbot.addWidget(view)
    done: list[object] = []
    for signal in (view.entry_requested, view.run_requested, view.page_requested):
        signal.connect(done.append)
    view.task_toggled.connect(done.append)
    view.anchorClicked.emit(QUrl(address))
    assert done == []
