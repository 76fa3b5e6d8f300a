"""The process that draws Mermaid, apart from the window: one locked page of Qt WebEngine.

It reads jobs as lines of JSON and answers each with one line: first `{"ready": true}`, then
`{"png": base64, "width": w, "height": h}` (pixels of the page), `{"refused": "empty" | "large"}` or
`{"error": words of Mermaid}`. It ends when its input does.
The text of a drawing is untrusted. What it meets here:

* The page has no scripts: JavaScript is off in its own world, and its policy allows none. Mermaid
  runs in a world apart, which the page cannot reach, at security level strict.
* Nothing is loaded: policy, interceptor and resolver each refuse every address but `data:`.
  No navigation, window, download, permission, cookie, cache, plugin or file.
* What Mermaid made is painted as an image, where scripts and addresses are dead, and only the
  points of that image leave the process.
"""

from __future__ import annotations

import json
import sys
import threading
from collections import deque
from typing import Any

from PySide6.QtCore import QObject, QTimer, QUrl, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWebEngineCore import (
    QWebEngineDownloadRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineScript,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from journal_app import paths

WORLD = QWebEngineScript.ScriptWorldId.ApplicationWorld
LOOK_MS = 15  # between looks whether the drawing is there
FLAGS = (
    "--disable-gpu",
    "--disable-3d-apis",
    "--disable-background-networking",
    "--disable-remote-fonts",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--js-flags=--max-old-space-size=512",
    "--renderer-process-limit=1",
)
PAGE = (
    '<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy"'
    " content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none';"
    " base-uri 'none'\"></head>"
    '<body style="width: 680px"><div id="box"></div></body></html>'
)


class Refuser(QWebEngineUrlRequestInterceptor):
    """Refuses every request but the page's own `data:`."""

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        """Called by Qt for each request."""
        info.block(info.requestUrl().scheme() != "data")


class LockedPage(QWebEnginePage):
    """A page that shows what it is given once and goes nowhere."""

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        self._loaded = False
        settings = self.settings()
        for attribute in QWebEngineSettings.WebAttribute:
            settings.setAttribute(attribute, False)
        for needed in ("AutoLoadImages", "ReadingFromCanvasEnabled"):
            settings.setAttribute(QWebEngineSettings.WebAttribute[needed], True)
        self.permissionRequested.connect(lambda asked: asked.deny())

    def load_once(self) -> None:
        """Show the empty page; from then on nothing may be navigated to."""
        self.setHtml(PAGE)

    def acceptNavigationRequest(
        self, url: QUrl | str, kind: QWebEnginePage.NavigationType, main: bool
    ) -> bool:
        """Only the first, our own."""
        first, self._loaded = not self._loaded, True
        return first and main and QUrl(url).scheme() == "data"

    def createWindow(self, kind: QWebEnginePage.WebWindowType) -> QWebEnginePage:
        """No window is opened."""
        return None  # type: ignore[return-value]


class Drawer(QObject):
    """Takes jobs from the standard input, one after another."""

    came = Signal(str)
    ended = Signal()

    def __init__(self, app: QGuiApplication) -> None:
        super().__init__(app)
        self._waiting: deque[str] = deque()
        self._idle = False
        self._number = 0
        self._profile = QWebEngineProfile(self)  # without a name: nothing is kept
        self._profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
        self._profile.cookieStore().setCookieFilter(lambda _request: False)
        self._refuser = Refuser(self)
        self._profile.setUrlRequestInterceptor(self._refuser)
        self._profile.downloadRequested.connect(self._no_download)
        self._page = LockedPage(self._profile, self)
        self._page.loadFinished.connect(self._loaded)
        self._page.renderProcessTerminated.connect(app.quit)
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self._ask)
        self.came.connect(self._take)
        self.ended.connect(app.quit)
        self._page.load_once()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in sys.stdin:
            self.came.emit(line)
        self.ended.emit()

    @Slot(QWebEngineDownloadRequest)
    def _no_download(self, asked: QWebEngineDownloadRequest) -> None:
        asked.cancel()

    @Slot(bool)
    def _loaded(self, _well: bool) -> None:
        files = [paths.resources() / "mermaid" / name for name in ("mermaid.min.js", "draw.js")]
        script = "\n;".join(file.read_text(encoding="utf-8") for file in files)
        # The file ends by naming itself on globalThis, in the world it runs in.
        self._page.runJavaScript(script + "\n;typeof mermaid", WORLD.value, self._ready)

    def _ready(self, found: object) -> None:
        if found != "object":
            raise SystemExit("mermaid did not load")
        say({"ready": True})
        self._idle = True
        self._begin()

    @Slot(str)
    def _take(self, line: str) -> None:
        self._waiting.append(line)
        self._begin()

    def _begin(self) -> None:
        if self._idle and self._waiting:
            self._idle = False
            self._number += 1
            job = {**json.loads(self._waiting.popleft()), "n": self._number}
            self._page.runJavaScript(f"draw({json.dumps(job)})", WORLD.value)
            self._look.start()

    @Slot()
    def _ask(self) -> None:
        self._page.runJavaScript("globalThis.answer", WORLD.value, self._answered)

    def _answered(self, answer: object) -> None:
        found = json.loads(answer) if isinstance(answer, str) and answer else {}
        if found.get("n") == self._number and not self._idle:  # looks overlap
            self._look.stop()
            say(found)
            self._idle = True
            self._begin()


def say(answer: dict[str, Any]) -> None:
    """One line to the window."""
    print(json.dumps(answer), flush=True)


def main() -> int:
    """Draw until the input ends."""
    app = QGuiApplication([sys.argv[0], "--webEngineArgs", *FLAGS])
    drawer = Drawer(app)
    code = app.exec()
    del drawer
    return code


if __name__ == "__main__":
    sys.exit(main())
