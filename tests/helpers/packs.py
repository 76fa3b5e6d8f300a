"""A tiny package index on this machine, and where the real model packs lie if there are any."""

from __future__ import annotations

import hashlib
import json
import os
import threading
import zipfile
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from journal_app.models import packs
from journal_app.models.catalog import DEFAULT, WRITER, known

WHEEL = "tiny_pack-1.0-py3-none-any.whl"


def real_packs() -> Path:
    """The folder with the installed default pack, or a skip that says how to get it."""
    root = Path(os.environ["JOURNAL_TEST_PACKS"])
    if packs.installed(root, known(DEFAULT)) is None:
        pytest.skip("the default model pack is not installed: `journal model install`")
    return root


def real_writer() -> Path:
    """The folder of the installed writing pack, or a skip that says how to get it."""
    root = Path(os.environ["JOURNAL_TEST_PACKS"])
    if packs.installed(root, known(WRITER)) is None:
        pytest.skip(f"the writing pack is not installed: `journal model install {WRITER}`")
    return root / WRITER


def real_gguf() -> Path:
    """The GGUF file that the installed writing pack was made of, or a skip."""
    return real_writer() / "source.gguf"


@dataclass
class Index:
    """A simple index (PEP 503) over loopback that serves one wheel, badly when asked to."""

    body: bytes
    ranges: bool = True
    cut_after: list[int] = field(default_factory=list)  # bytes served before each break-off
    stall_after: int | None = None  # serve so much, then hold the line
    refuse: bool = False
    asked: list[str | None] = field(default_factory=list)  # the Range header of each wheel request
    stalled: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def __enter__(self) -> Index:
        index = self

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, format: str, *args: object) -> None:
                """Keep the test output clean."""

            def do_GET(self) -> None:
                if self.path.endswith(WHEEL):
                    self.wheel()
                elif self.path.rstrip("/").endswith("/tiny-pack"):
                    page = f'<a href="/files/{WHEEL}">{WHEEL}</a>'.encode()
                    self.send_response(200)
                    self.send_header("Content-Type", "text/html")
                    self.send_header("Content-Length", str(len(page)))
                    self.end_headers()
                    self.wfile.write(page)
                else:
                    self.send_error(404)

            def wheel(self) -> None:
                given = self.headers.get("Range")
                index.asked.append(given)
                if index.refuse:
                    self.send_error(403)
                    return
                start = int(given.split("=")[1].rstrip("-")) if given and index.ranges else 0
                self.send_response(206 if start else 200)
                rest = index.body[start:]
                if start:
                    size = len(index.body)
                    self.send_header("Content-Range", f"bytes {start}-{size - 1}/{size}")
                self.send_header("Content-Length", str(len(rest)))
                self.end_headers()
                if index.cut_after:
                    rest = rest[: index.cut_after.pop(0)]
                    self.close_connection = True
                if index.stall_after is not None:
                    self.wfile.write(rest[: index.stall_after])
                    self.wfile.flush()
                    index.stalled.set()
                    index.release.wait(30)
                    return
                self.wfile.write(rest)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}/simple"
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def tiny_wheel(folder: Path, model: bytes, *, extra: str | None = None) -> Path:
    """A valid small wheel that carries `model`; `extra` adds a member with that path."""
    path = folder / WHEEL
    info = "tiny_pack-1.0.dist-info"
    files = {
        "tiny_pack/model.onnx": model,
        f"{info}/METADATA": b"Metadata-Version: 2.1\nName: tiny-pack\nVersion: 1.0\n",
        f"{info}/WHEEL": b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": b"",
    }
    if extra:
        files[extra] = b"escaped"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def tiny_catalog(folder: Path, wheel: Path, model: bytes) -> Path:
    """A catalog that pins `wheel` and the model inside it."""
    data = wheel.read_bytes()
    text = f"""
[[pack]]
id = "tiny"
task = "test"
title = "Tiny"
licence = "MIT"
origin = "made by a test"
requirement = "tiny-pack==1.0"
wheel = "{WHEEL}"
wheel_sha256 = "{hashlib.sha256(data).hexdigest()}"
wheel_size = {len(data)}
[[pack.files]]
name = "model.onnx"
member = "tiny_pack/model.onnx"
sha256 = "{hashlib.sha256(model).hexdigest()}"
size = {len(model)}
"""
    path = folder / "catalog.toml"
    path.write_text(text, "utf-8")
    return path


def manifest(root: Path) -> dict[str, object]:
    """The manifest of the installed tiny pack."""
    found: dict[str, object] = json.loads((root / "tiny" / "manifest.json").read_text("utf-8"))
    return found
