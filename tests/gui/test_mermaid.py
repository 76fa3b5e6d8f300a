"""Mermaid: drawn by a locked process where the extra `preview` is there, else shown as code."""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import socketserver
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from pytestqt.qtbot import QtBot

from journal_app.gui.preview import artist, drawings
from journal_app.gui.preview.drawing_style import LONGEST, config
from journal_app.gui.preview.drawings import Drawn
from journal_app.gui.preview.view import Preview
from journal_app.gui.theme import Theme
from tests.helpers.panes import Panes, panes

__all__ = ["panes"]

IMAGE = QTextDocument.ResourceType.ImageResource.value
HERE = importlib.util.find_spec(artist.ENGINE) is not None
needs_engine = pytest.mark.skipif(not HERE, reason="the extra preview is not installed")
FLOW = "graph TD\n  A[Load the data]-->B{good?}\n  B-->|yes|C[Train]\n  B-->|no|A"

GANTT = "gantt\n  dateFormat YYYY-MM-DD\n  section Base\n  d12 :a1, 2026-01-01, 5d"


def fence(*sources: str) -> str:
    return "\n\n".join(f"```mermaid\n{source}\n```" for source in sources)


@pytest.fixture
def view(panes: Panes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    if sys.platform == "linux" and os.geteuid() == 0:
        monkeypatch.setenv(artist.UNSANDBOXED, "1")  # for these tests: Chromium has none for root
    made = Preview(panes.journal.folder, panes.jobs, panes.holder)
    qtbot.addWidget(made)
    made.resize(760, 600)
    made.show()
    yield made
    old = artist.shared()
    old.stop()
    old.setParent(None)
    old.deleteLater()


def show(view: Preview, panes: Panes, qtbot: QtBot, text: str) -> str:
    with qtbot.waitSignal(view.rendered, timeout=10_000):
        view.show_text(text, at_once=True)
    qtbot.waitUntil(lambda: not view.busy() and panes.idle(), timeout=60_000)
    return view.toHtml()


def shown(view: Preview, number: int = 0) -> QImage:
    image = view.loadResource(IMAGE, QUrl(f"drawing:{number}"))
    assert isinstance(image, QImage)
    return image


def colours(image: QImage) -> set[str]:
    return {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


# ---------------------------------------------------------------------- without the extra


def test_without_the_extra_a_drawing_is_code_and_nothing_is_started(
    view: Preview, panes: Panes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(artist, "ENGINE", "PySide6.QtNothing")
    html = show(view, panes, qtbot, fence(FLOW))
    assert "drawing:" not in html and "mermaid drawing, shown as text" in html
    assert "Load the data" in view.toPlainText() and "Not drawn" not in view.toPlainText()
    assert not artist.shared().running


def test_what_lacks_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artist, "ENGINE", "PySide6.QtNothing")
    assert "journal-app[preview]" in artist.lacking()
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(artist.platform, "machine", lambda: "ARM64")
    assert "Windows on ARM" in artist.lacking()


@pytest.mark.skipif(sys.platform != "linux", reason="the rule is of Linux")
def test_the_sandbox_is_never_taken_off_unasked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(artist, "ENGINE", "json")
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.delenv(artist.UNSANDBOXED, raising=False)
    assert "sandbox" in artist.lacking()
    assert not artist._environment().contains(artist.UNSANDBOXED)


def test_doors_into_the_browser_are_shut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QTWEBENGINE_REMOTE_DEBUGGING", "9222")
    monkeypatch.setenv("QTWEBENGINE_CHROMIUM_FLAGS", "--remote-debugging-port=9222")
    made = artist._environment()
    assert not made.contains("QTWEBENGINE_REMOTE_DEBUGGING")
    assert not made.contains("QTWEBENGINE_CHROMIUM_FLAGS")


def test_a_text_without_drawings_starts_nothing(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    show(view, panes, qtbot, "```python\nmermaid = 1\n```\n\nmermaid")
    assert not artist.shared().running


# ---------------------------------------------------------------------- answers are not trusted


def png(width: int, height: int) -> str:
    image = QImage(width, height, QImage.Format.Format_ARGB32)
    image.fill(QColor("red"))
    held = QByteArray()
    buffer = QBuffer(held)
    image.save(buffer, "png")
    return base64.b64encode(held.data()).decode()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"no json",
        b"[]",
        b"null",
        b'{"png": 3, "width": 1, "height": 1}',
        b'{"png": "!!", "width": 1, "height": 1}',
        b'{"png": "AAAA", "width": 1, "height": 1}',
        b'{"png": "AAAA", "width": 1e999, "height": 1}',
        json.dumps({"png": png(4, 4), "width": 0, "height": 4}).encode(),
        json.dumps({"png": png(5000, 3000), "width": 10, "height": 10}).encode(),
        json.dumps(
            {"png": base64.b64encode(b"<svg xmlns='x'/>").decode(), "width": 9, "height": 9}
        ).encode(),
    ],
)
def test_a_strange_answer_is_words(qapp: object, line: bytes) -> None:
    assert drawings.read(line, ("", "light", 1.0)) == "The drawing cannot be read."


def test_a_good_answer_is_a_picture(qapp: object) -> None:
    line = json.dumps({"png": png(40, 20), "width": 20, "height": 10}).encode()
    made = drawings.read(line, ("s", "light", 2.0))
    assert isinstance(made, Drawn)
    assert (made.image.width(), made.size.width(), made.image.devicePixelRatio()) == (40, 20, 2)


def test_every_theme_has_its_settings() -> None:
    for name in ("light", "dark", "contrast"):
        made = config(Theme.load(name), "Inter")
        assert made["securityLevel"] == "strict" and made["htmlLabels"] is False
        assert made["themeVariables"]["darkMode"] == (name == "dark") or name == "contrast"
        assert {"securityLevel", "themeCSS", "htmlLabels", "secure"} <= set(made["secure"])


# ---------------------------------------------------------------------- with the extra


@needs_engine
def test_drawings_are_pictures_in_the_colours_of_the_theme(
    view: Preview, panes: Panes, qtbot: QtBot
) -> None:
    html = show(
        view,
        panes,
        qtbot,
        fence(FLOW, "sequenceDiagram\n  A->>B: 你好", 'pie\n  "math" : 40', GANTT),
    )
    assert html.count('src="drawing:') == 4 and "shown as text" not in html
    assert panes.holder.theme.css("info-soft").lower() in colours(shown(view))
    assert view.loadResource(IMAGE, QUrl("drawing:4")) is None
    panes.holder.set_choice("dark")
    qtbot.waitUntil(lambda: not view.busy() and panes.idle(), timeout=60_000)
    assert panes.holder.theme.css("info-soft").lower() in colours(shown(view))


@needs_engine
def test_a_drawing_is_made_once(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    show(view, panes, qtbot, fence(FLOW))
    artist.shared().stop()
    html = show(view, panes, qtbot, "more\n\n" + fence(FLOW))
    assert 'src="drawing:0"' in html and not artist.shared().running


@needs_engine
def test_a_broken_drawing_shows_its_code_and_the_reason(
    view: Preview, panes: Panes, qtbot: QtBot
) -> None:
    show(view, panes, qtbot, fence("graph TD; A--", FLOW, "x" * (LONGEST + 1)))
    text = view.toPlainText()
    assert "graph TD; A--" in text and "Not drawn: Parse error on line" in text
    assert "Not drawn: It is longer than" in text
    assert view.toHtml().count('src="drawing:') == 1


@needs_engine
def test_a_wide_drawing_keeps_to_the_column(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    chain = "-->".join(f"N{n}[a long name of a step {n}]" for n in range(12))
    show(view, panes, qtbot, fence(f"graph LR; {chain}"))
    assert shown(view).width() / shown(view).devicePixelRatio() <= view._column()
    assert view.document().idealWidth() <= view.viewport().width()


class Listener(socketserver.TCPServer):
    allow_reuse_address = True


@needs_engine
def test_hostile_drawings_ask_for_nothing_and_run_nothing(
    view: Preview, panes: Panes, qtbot: QtBot, tmp_path: object
) -> None:
    heard: list[object] = []

    class Hear(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            heard.append(self.client_address)

    with Listener(("127.0.0.1", 0), Hear) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        web = f"http://127.0.0.1:{server.server_address[1]}/x"
        init = "%%{init: {options}}%%\n"
        hostile = [
            f"graph TD; A[\"<img src={web} onerror=fetch('{web}')>\"]-->B",
            f"graph TD; A[\"<script>location='{web}'</script>\"]-->B",
            f'graph TD; A["<iframe src={web}></iframe>"]-->B["<style>@import url({web})</style>"]',
            f"graph TD; A-->B; click A \"javascript:fetch('{web}')\" _self",
            f'graph TD; A-->B; click A href "{web}" _self',
            "graph TD; A-->B; click A call alert(1)",
            f"graph TD; A-->B; style A fill:url({web}),background:url({web})",
            f"graph TD; A-->B; classDef x fill:red;}}@import url({web});a{{; class A x",
            f'graph TD; A@{{ img: "{web}", label: "l" }}',
            f'graph TD; A@{{ icon: "x:y" }}-->B["`**md** ![i]({web})`"]',
            init.replace("{options}", f'{{"themeCSS": "@import url({web})"}}') + "graph TD; A-->B",
            init.replace("{options}", f'{{"fontFamily": "x;}}@import url({web});a{{"}}')
            + "graph TD; A-->B",
            init.replace(
                "{options}",
                '{"securityLevel": "loose", "htmlLabels": true, "flowchart": {"htmlLabels": true},'
                ' "secure": []}',
            )
            + f'graph TD; A["<img src={web}>"]-->B; click A "javascript:fetch(\'{web}\')"',
            f"---\nconfig:\n  securityLevel: loose\n  themeCSS: '*{{background:url({web})}}'\n---\n"
            "graph TD; A-->B",
            init.replace("{options}", '{"__proto__": {"x": 1}, "theme": "dark"}')
            + "graph TD; A-->B",
            f"sequenceDiagram\n  participant A\n  link A: B @ {web}\n  A->>A: $$\\href{{{web}}}$$",
            f'classDiagram\n  class A\n  click A href "{web}"',
            f'C4Context\n  Person(a, "x", "y", $sprite="{web}")',
        ]
        html = show(view, panes, qtbot, fence(*hostile))
        shown_count = html.count('src="drawing:')
        server.shutdown()
        thread.join()
    assert not heard
    assert shown_count + view.toPlainText().count("Not drawn") == len(hostile)
    assert shown_count >= 10  # what can be drawn harmlessly is
    assert "longer than" not in view.toPlainText()  # and nobody hung


@needs_engine
def test_a_drawing_that_takes_too_long_is_given_up_and_the_next_is_drawn(
    view: Preview, panes: Panes, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    show(view, panes, qtbot, fence(FLOW))
    first = artist.shared()._process
    monkeypatch.setattr(artist, "DRAW_MS", 1)
    show(view, panes, qtbot, fence("graph TD; A-->B-->C"))
    assert "Not drawn: It took longer than" in view.toPlainText()
    assert artist.shared()._process is not first
    monkeypatch.setattr(artist, "DRAW_MS", 8_000)
    assert 'src="drawing:0"' in show(view, panes, qtbot, fence("graph TD; A-->C"))


@needs_engine
def test_a_huge_graph_is_refused_or_drawn_but_never_freezes(
    view: Preview, panes: Panes, qtbot: QtBot
) -> None:
    edges = "; ".join(f"N{n}-->N{n + 1}" for n in range(1200))
    wide = "; ".join(f"A{a}-->B{b}" for a in range(22) for b in range(22))
    show(view, panes, qtbot, fence(f"graph TD; {edges}", f"graph TD; {wide}", FLOW))
    assert "Not drawn" in view.toPlainText()
    assert 'src="drawing:' in view.toHtml()


@needs_engine
def test_a_process_that_dies_costs_one_drawing(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    show(view, panes, qtbot, fence(FLOW))
    process = artist.shared()._process
    assert process is not None
    process.kill()
    qtbot.waitUntil(lambda: not artist.shared().running, timeout=10_000)
    assert 'src="drawing:0"' in show(view, panes, qtbot, fence("graph TD; A-->D"))
