"""A small Hugging Face hub on this machine, with the answers that `huggingface_hub` asks for.

Model info with blobs, HEAD and GET of `resolve` (large files: a redirect to a store on another
port; small ones: a redirect within the hub), ETag, X-Repo-Commit, X-Linked-*, ranges. It can break
off, hold the line, and serve a wrong file.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

COMMIT = "0123456789abcdef0123456789abcdef01234567"
LARGE = 400  # bytes from which a file is kept as LFS here


def blob_id(data: bytes) -> str:
    """Git's name for a file's content."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data).hexdigest()


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away is no news: the tests kill some."""


@dataclass
class Hub:
    """Serves one repository; use as a context manager."""

    files: Mapping[str, bytes]
    repository: str = "tiny/model-ONNX"
    licence: str = "apache-2.0"
    token: str = ""  # needed where it is not empty
    gated: bool = False
    cut_after: list[int] = field(default_factory=list)  # bytes before each break-off of the store
    wrong: str = ""  # the file that is served with other bytes of the same length
    stall_after: int | None = None
    asked: list[tuple[str, str]] = field(default_factory=list)  # (method, path)
    ranges: list[str | None] = field(default_factory=list)
    tokens: dict[str, set[str | None]] = field(default_factory=dict)  # server → what it was shown
    agents: set[str] = field(default_factory=set)
    stalled: threading.Event = field(default_factory=threading.Event)
    release: threading.Event = field(default_factory=threading.Event)
    url: str = ""

    def __enter__(self) -> Hub:
        self._servers = [_Quiet(("127.0.0.1", 0), self._handler(name)) for name in ("hub", "store")]
        self.url, self.store = (
            f"http://127.0.0.1:{server.server_address[1]}" for server in self._servers
        )
        self._threads = [threading.Thread(target=one.serve_forever) for one in self._servers]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        for server in self._servers:
            server.shutdown()
        for thread in self._threads:
            thread.join()
        for server in self._servers:
            server.server_close()

    def got(self) -> set[str]:
        """The files whose bytes were asked for."""
        found = set()
        for method, path in self.asked:
            if method == "GET" and not path.startswith("/api/models/"):
                found |= {name for name in self.files if path.endswith(f"/{name}")}
        return found

    def info(self) -> dict[str, object]:
        """What `/api/models/…?blobs=true` answers."""
        siblings = []
        for name, data in self.files.items():
            one: dict[str, object] = {
                "rfilename": name,
                "size": len(data),
                "blobId": blob_id(data),
            }
            if len(data) >= LARGE:
                digest = hashlib.sha256(data).hexdigest()
                one["lfs"] = {"sha256": digest, "size": len(data), "pointerSize": 134}
            siblings.append(one)
        return {
            "_id": "1",
            "id": self.repository,
            "modelId": self.repository,
            "sha": COMMIT,
            "private": False,
            "gated": "manual" if self.gated else False,
            "disabled": False,
            "downloads": 1,
            "likes": 0,
            "tags": ["onnx"],
            "cardData": {"license": self.licence},
            "siblings": siblings,
        }

    def _handler(self, kind: str) -> type[BaseHTTPRequestHandler]:
        hub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, format: str, *args: object) -> None:
                """Keep the test output clean."""

            def do_HEAD(self) -> None:
                self.answer(body=False)

            def do_GET(self) -> None:
                self.answer(body=True)

            def answer(self, *, body: bool) -> None:
                path = unquote(urlsplit(self.path).path)
                hub.asked.append((self.command, path))
                hub.tokens.setdefault(kind, set()).add(self.headers.get("authorization"))
                hub.agents.add(str(self.headers.get("user-agent")))
                if kind == "store":
                    self.file(path.removeprefix("/store/"), body, large=True)
                elif hub.token and self.headers.get("authorization") != f"Bearer {hub.token}":
                    self.refuse(401, "RepoNotFound" if not hub.gated else "GatedRepo")
                elif path.startswith("/api/models/"):
                    self.about(path.removeprefix("/api/models/"))
                elif path.startswith("/api/resolve-cache/"):
                    self.file(path.partition(f"/{COMMIT}/")[2], body, large=False)
                else:
                    self.resolve(path)

            def about(self, path: str) -> None:
                repository, _, revision = path.partition("/revision/")
                if repository != hub.repository:
                    self.refuse(404, "RepoNotFound")
                elif revision not in ("", "main", COMMIT):
                    self.refuse(404, "RevisionNotFound")
                else:
                    self.send(200, json.dumps(hub.info()).encode(), "application/json")

            def resolve(self, path: str) -> None:
                repository, _, rest = path.removeprefix("/").partition("/resolve/")
                name = rest.partition("/")[2]
                if repository != hub.repository or name not in hub.files:
                    self.refuse(404, "EntryNotFound")
                    return
                if hub.gated:
                    self.refuse(403, "GatedRepo")
                    return
                data = hub.files[name]
                large = len(data) >= LARGE
                etag = hashlib.sha256(data).hexdigest() if large else blob_id(data)
                here = f"/api/resolve-cache/models/{repository}/{COMMIT}/{name}"
                self.send_response(302 if large else 307)
                self.send_header("X-Repo-Commit", COMMIT)
                self.send_header("ETag" if not large else "X-Linked-Etag", f'"{etag}"')
                self.send_header("X-Linked-Size", str(len(data)))
                self.send_header("Location", f"{hub.store}/store/{name}" if large else here)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def file(self, name: str, body: bool, *, large: bool) -> None:
                data = hub.files[name]
                if name == hub.wrong:
                    data = bytes(byte ^ 1 for byte in data)
                given = self.headers.get("Range")
                if body and large:
                    hub.ranges.append(given)
                start = int(given.split("=")[1].rstrip("-")) if given else 0
                self.send_response(206 if given else 200)
                self.send_header("ETag", f'"{blob_id(hub.files[name])}"')
                self.send_header("X-Repo-Commit", COMMIT)
                self.send_header("Accept-Ranges", "bytes")
                if given:
                    where = f"bytes {start}-{len(data) - 1}/{len(data)}"
                    self.send_header("Content-Range", where)
                rest = data[start:]
                self.send_header("Content-Length", str(len(rest)))
                self.end_headers()
                if not body:
                    return
                if large and hub.cut_after:
                    rest = rest[: hub.cut_after.pop(0)]
                    self.close_connection = True
                if large and hub.stall_after is not None and len(rest) > hub.stall_after:
                    self.wfile.write(rest[: hub.stall_after])
                    self.wfile.flush()
                    hub.stalled.set()
                    hub.release.wait(30)
                    self.close_connection = True
                    return
                self.wfile.write(rest)

            def refuse(self, status: int, code: str) -> None:
                self.send_response(status)
                self.send_header("X-Error-Code", code)
                self.send_header("X-Error-Message", code)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def send(self, status: int, data: bytes, kind: str) -> None:
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        return Handler


def files_of(folder: Path) -> dict[str, bytes]:
    """A folder as the files of a repository."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }
