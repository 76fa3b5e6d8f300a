"""The preview: shows what is the journal's own, reads nothing else, opens nothing unasked."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QColor, QImage, QTextDocument
from pytestqt.qtbot import QtBot

from journal_app.gui import images
from journal_app.gui.links import ask_to_open, shown
from journal_app.gui.preview.view import Preview
from journal_app.gui.theme import Theme
from tests.helpers.panes import Panes, panes

__all__ = ["panes"]

IMAGE = QTextDocument.ResourceType.ImageResource.value
RED = QColor(255, 0, 0)


@pytest.fixture
def view(panes: Panes, qtbot: QtBot) -> Preview:
    made = Preview(panes.journal.folder, panes.jobs, panes.holder)
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show()
    return made


def red(path: Path, width: int = 40) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    picture = QImage(width, 20, QImage.Format.Format_RGB32)
    picture.fill(RED)
    assert picture.save(str(path))
    return path


def is_red(resource: object) -> bool:
    return isinstance(resource, QImage) and resource.pixelColor(5, 5) == RED


def show(view: Preview, qtbot: QtBot, text: str) -> None:
    with qtbot.waitSignal(view.rendered, timeout=5000):
        view.show_text(text)
    qtbot.waitUntil(lambda: not view.busy(), timeout=5000)


def test_an_attached_image_is_shown(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    red(panes.journal.folder / "attachments/ab/x.png")
    show(view, qtbot, "![x](attachments/ab/x.png)")
    assert is_red(view.loadResource(IMAGE, QUrl("attachments/ab/x.png")))


def test_a_wide_image_fits_the_column(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    red(panes.journal.folder / "attachments/ab/wide.png", 4000)
    show(view, qtbot, "![x](attachments/ab/wide.png)")
    image = view.loadResource(IMAGE, QUrl("attachments/ab/wide.png"))
    assert isinstance(image, QImage) and 200 <= image.width() <= view.viewport().width()


@pytest.mark.parametrize(
    "address",
    [
        "file://{outside}",
        "{outside}",
        "attachments/../outside.png",
        "attachments/ab/../../outside.png",
        "attachments/%2e%2e/outside.png",
        "attachments/..%2foutside.png",
        "attachments%2f..%2foutside.png",
        "attachments/%252e%252e/outside.png",
        "attachments\\..\\outside.png",
        "file:attachments/../outside.png",
        "file://localhost{outside}",
        "file://{folder}/attachments/ab/x.png",
        "./outside.png",
        "outside.png",
        "https://evil.example/x.png",
        "//evil.example/share/x.png",
        "qrc:/x.png",
        ":/x.png",
        "data:image/png;base64,iVBORw0KGgo=",
        "attachments/link.png",
        "attachments/linked/outside.png",
        "attachments/ab",
        "attachments/ab/picture.svg",
        "attachments/ab/text.png",
    ],
)
def test_nothing_else_is_read(view: Preview, panes: Panes, qtbot: QtBot, address: str) -> None:
    folder = panes.journal.folder
    outside = red(folder / "outside.png")
    red(folder / "attachments/ab/x.png")
    (folder / "attachments/ab/text.png").write_text("password", encoding="utf-8")
    (folder / "attachments/ab/picture.svg").write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
        f'<image href="file://{outside}" width="40" height="20"/></svg>',
        encoding="utf-8",
    )
    (folder / "attachments/link.png").symlink_to(outside)
    (folder / "attachments/linked").symlink_to(folder)
    url = QUrl(address.format(outside=outside, folder=folder))
    view.loadResource(IMAGE, url)
    qtbot.waitUntil(lambda: not view.busy(), timeout=5000)
    assert not is_red(view.loadResource(IMAGE, url))
    assert not any(isinstance(image, QImage) for _, image in view.pictures._kept.values())


@pytest.mark.parametrize("kind", list(QTextDocument.ResourceType))
def test_only_images_are_resources(
    view: Preview, panes: Panes, kind: QTextDocument.ResourceType
) -> None:
    if kind is QTextDocument.ResourceType.ImageResource:
        return
    secret = panes.journal.folder / "secret.html"
    secret.write_text("password", encoding="utf-8")
    assert view.loadResource(kind.value, QUrl.fromLocalFile(str(secret))) == ""


def test_a_huge_picture_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "attachments/ab/bomb.bmp"
    path.parent.mkdir(parents=True)
    head = bytearray(b"BM" + bytes(52))
    head[10], head[14], head[26], head[28] = 54, 40, 1, 24
    head[18:22] = (60_000).to_bytes(4, "little")
    head[22:26] = (60_000).to_bytes(4, "little")
    path.write_bytes(bytes(head))
    assert isinstance(images.read(tmp_path, "attachments/ab/bomb.bmp"), str)  # words, no picture


def test_html_in_the_text_stays_text(view: Preview, qtbot: QtBot) -> None:
    show(view, qtbot, "<img src=file:///etc/passwd> <b>x</b>\n\n<script>alert(1)</script>")
    assert "<script>alert(1)</script>" in view.toPlainText()
    assert "<b>x</b>" in view.toPlainText()


def test_headings_tables_tasks_and_code_are_shown(view: Preview, qtbot: QtBot) -> None:
    show(view, qtbot, "# H\n\n- [x] done\n\n| a |\n|---|\n| b |\n\n```py\nx = 1\n```")
    plain = view.toPlainText()
    for words in ("H", "☑ done", "a", "b", "x = 1"):
        assert words in plain


def test_only_the_last_of_several_texts_is_shown(view: Preview, qtbot: QtBot) -> None:
    for n in range(20):
        view.show_text(f"text {n}", at_once=n % 3 == 0)
    qtbot.waitUntil(lambda: view.toPlainText().strip() == "text 19", timeout=5000)


def test_following_the_caret_brings_its_block_into_view(view: Preview, qtbot: QtBot) -> None:
    show(view, qtbot, "\n\n".join(f"paragraph {n}" for n in range(200)))
    view.follow(300, 100)
    first = view.cursorForPosition(view.viewport().rect().topLeft()).block().text()
    assert first.startswith("paragraph 14")


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "javascript:alert(1)", "smb://x/y", "data:text/html,x", "x"]
)
def test_other_addresses_are_never_opened(view: Preview, qtbot: QtBot, address: str) -> None:
    opened: list[QUrl] = []
    assert ask_to_open(view, QUrl(address), lambda url: bool(opened.append(url))) is None
    assert opened == []
    with qtbot.waitSignal(view.message, timeout=1000):
        view.anchorClicked.emit(QUrl(address))


def test_a_link_is_shown_in_full_and_opened_only_when_asked(view: Preview, qtbot: QtBot) -> None:
    opened: list[QUrl] = []
    url = QUrl("https://xn--e1awd7f.example/path?q=1")

    def opener(asked: QUrl) -> bool:
        opened.append(asked)
        return True

    box = ask_to_open(view, url, opener)
    assert box is not None and box.informativeText() == "https://xn--e1awd7f.example/path?q=1"
    next(b for b in box.buttons() if b.text() == "Cancel").click()
    assert opened == []
    box = ask_to_open(view, url, opener)
    assert box is not None
    next(b for b in box.buttons() if b.text() == "Open").click()
    assert opened == [url]


def test_a_look_alike_host_is_shown_in_ascii() -> None:
    assert "xn--" in shown(QUrl("https://аррӏе.example/"))


def test_dark_and_light_give_other_colours(view: Preview, panes: Panes, qtbot: QtBot) -> None:
    show(view, qtbot, "[x](https://a.example)")
    before = view.toHtml()
    panes.holder.set_choice("dark")
    assert view.toHtml() != before
    assert Theme.load("dark").css("info").lower() in view.toHtml()
    panes.holder.set_choice("light")
