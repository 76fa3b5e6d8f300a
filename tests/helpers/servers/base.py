"""A site on loopback that keeps state, counts what readers get to see, and fails on demand.

A subclass gives `handle(request)`; it keeps what it knows in `self.state` (plain values that can be
copied) and adds to `self.deliveries` whenever something becomes public. Faults are words in a list:

    accept-then-drop   do it, then break the connection
    accept-then-hang   do it, then say nothing until the site closes
    accept-then-500    do it, then answer 500
    drop               break the connection, do nothing
    hang               say nothing, do nothing
    refuse-429         answer 429 with `Retry-After: 7` (refuse-429:30 for another number)
    500, 503           answer that, do nothing
    revoked            answer 401 to this request and to every one after it
    stale              reads only: answer as if the last change had not been made

`faults` meets the next requests that change something, in order; "stale" in it meets the next
read. `read_faults` meets the next reads. A fault that begins with "public:" waits for the request
that makes something public.
"""

from __future__ import annotations

import contextlib
import copy
import email
import email.policy
import json
import socket
import socketserver
import sys
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, unquote, urlsplit

Reply = tuple[int, Mapping[str, str], bytes]


@dataclass(frozen=True)
class Part:
    """A part of a multipart body."""

    name: str
    filename: str
    type: str
    data: bytes


@dataclass(frozen=True)
class Request:
    """A request as it came. Header names are lower case; `target` is the path with its query."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def path(self) -> str:
        return unquote(urlsplit(self.target).path)

    @cached_property
    def query(self) -> dict[str, list[str]]:
        return parse_qs(urlsplit(self.target).query, keep_blank_values=True)

    def asked(self, name: str, default: str = "") -> str:
        """The first value of a parameter of the query."""
        return self.query.get(name, [default])[0]

    @property
    def type(self) -> str:
        """The content type without its parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()

    def json(self) -> Any:
        """The body as JSON. Raises ValueError."""
        return json.loads(self.body)

    def form(self) -> dict[str, list[str]]:
        """The body as application/x-www-form-urlencoded."""
        return parse_qs(self.body.decode(), keep_blank_values=True)

    def parts(self) -> list[Part]:
        """The parts of multipart/form-data."""
        head = f"Content-Type: {self.headers.get('content-type', '')}\r\n\r\n".encode()
        whole = email.message_from_bytes(head + self.body, policy=email.policy.HTTP)
        found = []
        for part in whole.iter_parts():
            data: Any = part.get_payload(decode=True)
            name = part.get_param("name", header="content-disposition")
            found.append(
                Part(str(name or ""), part.get_filename() or "", part.get_content_type(), data)
            )
        return found


def json_reply(status: int, value: Any, headers: Mapping[str, str] | None = None) -> Reply:
    """An answer of JSON."""
    return (
        status,
        {"Content-Type": "application/json; charset=utf-8", **(headers or {})},
        json.dumps(value).encode(),
    )


def html_reply(status: int, text: str, headers: Mapping[str, str] | None = None) -> Reply:
    """An answer of HTML."""
    return status, {"Content-Type": "text/html; charset=utf-8", **(headers or {})}, text.encode()


class FakeSite(ThreadingHTTPServer):
    """Use as a context manager: `with MySite() as site: … site.url …`."""

    daemon_threads = False
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_address[1]}"
        self.faults: list[str] = []
        self.read_faults: list[str] = []
        self.requests: list[Request] = []
        self.deliveries = 0
        self.revoked = False
        self.clock = 0.0  # s that the site's clock is ahead
        self.problems: list[str] = []
        self.state: dict[str, Any] = {}
        self.lock = threading.RLock()
        self.closing = threading.Event()
        self._before: tuple[dict[str, Any], int] | None = None
        self._open: set[socket.socket] = set()
        self._thread = threading.Thread(
            target=self.serve_forever, kwargs={"poll_interval": 0.01}, name="fake site"
        )

    # ------------------------------------------------------------------ for subclasses

    def handle(self, request: Request) -> Reply:
        """Status, headers, body. Runs under the lock, one request at a time."""
        raise NotImplementedError

    def changes(self, request: Request) -> bool:
        """Whether a request is one that may change something."""
        return request.method not in ("GET", "HEAD", "OPTIONS")

    def denied(self, request: Request) -> Reply:
        """The answer to a key that is not (or no longer) good."""
        return json_reply(401, {"error": "unauthorized"})

    # ------------------------------------------------------------------ life

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: object, *_error: object) -> None:
        self.leave()
        if kind is None and self.problems:
            raise AssertionError("; ".join(self.problems))

    def leave(self) -> None:
        """Stop listening; hanging answers end. Nobody is there any more."""
        if self.closing.is_set():
            return
        self.closing.set()
        self.shutdown()
        with self.lock:
            for connection in self._open:
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
        self.server_close()
        self._thread.join()

    def server_bind(self) -> None:
        """Without looking up the name of this computer, which may take seconds."""
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = "127.0.0.1", self.server_address[1]

    def process_request(self, request: Any, client_address: Any) -> None:
        with self.lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        with self.lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exc_info()[1], OSError):  # a client that gave up is no problem
            self.problems.append(repr(sys.exc_info()[1]))

    # ------------------------------------------------------------------ answering

    def answer(self, request: Request) -> tuple[str, Reply]:
        """("", reply), ("drop", _) or ("hang", _)."""
        with self.lock:
            self.requests.append(request)
            changing = self.changes(request)
            fault, waits = self._fault(request, changing)
            if fault == "revoked":
                self.revoked = True
            if self.revoked:
                return "", self.denied(request)
            if fault == "stale":
                return "", self._stale(request)
            if fault and not fault.startswith("accept-") and not waits:
                return self._refusal(fault)
            before = (copy.deepcopy(self.state), self.deliveries) if changing else None
            reply = self._handled(request)
            if before is not None:
                self._before = before
            if waits and before is not None:
                if self.deliveries == before[1]:
                    self.faults.insert(0, f"public:{fault}")  # it waits on
                    return "", reply
                if not fault.startswith("accept-"):
                    self.state, self.deliveries = before
                    if fault == "revoked":
                        self.revoked = True
                        return "", self.denied(request)
                    return self._refusal(fault)
            if fault == "accept-then-500":
                return self._refusal("500")
            return fault.removeprefix("accept-then-"), reply

    def _fault(self, request: Request, changing: bool) -> tuple[str, bool]:
        """The fault that meets this request, and whether it waits for a public effect."""
        if not changing:
            if self.read_faults:
                return self.read_faults.pop(0), False
            if "stale" in self.faults:
                self.faults.remove("stale")
                return "stale", False
            return "", False
        for at, fault in enumerate(self.faults):
            if fault != "stale":
                del self.faults[at]
                return fault.removeprefix("public:"), fault.startswith("public:")
        return "", False

    def _handled(self, request: Request) -> Reply:
        try:
            return self.handle(request)
        except Exception as error:  # noqa: BLE001 (a bug of the fake must not look like the site's)
            self.problems.append(f"{request.method} {request.target}: {error!r}")
            return json_reply(500, {"error": "the fake broke"})

    def _stale(self, request: Request) -> Reply:
        if self._before is None:
            return self._handled(request)
        now = self.state, self.deliveries
        self.state, self.deliveries = copy.deepcopy(self._before[0]), self._before[1]
        try:
            return self._handled(request)
        finally:
            self.state, self.deliveries = now

    @staticmethod
    def _refusal(fault: str) -> tuple[str, Reply]:
        if fault.startswith("refuse-429"):
            wait = fault.partition(":")[2] or "7"
            return "", json_reply(429, {"error": "too many requests"}, {"Retry-After": wait})
        if fault in ("500", "503"):
            return "", html_reply(int(fault), "<h1>Something went wrong</h1>")
        if fault not in ("drop", "hang"):
            raise ValueError(f"no such fault: {fault}")
        return fault, html_reply(500, "")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # header and body go apart: 40 ms otherwise
    server: FakeSite

    def _do(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, body)
        fate, (status, more, data) = self.server.answer(request)
        if fate:
            if fate == "hang":
                self.server.closing.wait(60)
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    do_GET = do_HEAD = do_POST = do_PUT = do_PATCH = do_DELETE = _do

    def date_time_string(self, timestamp: float | None = None) -> str:
        return super().date_time_string((timestamp or time.time()) + self.server.clock)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: tests look at `requests`."""
