"""Whether web addresses answer: HEAD, then GET, several at a time, within one time for all.

Nothing is sent but the request: no cookies, no credentials. Addresses whose names lead into a
private network are not asked, nor is a redirect into one followed.
"""

from __future__ import annotations

import queue
import socket
import threading
import time
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

from journal_app.domain.preflight.links import Answer, private_host
from journal_app.domain.targets import TryLater
from journal_app.errors import JournalError
from journal_app.runtime.http import Reply, Web

WORKERS = 8
HOPS = 5
STEP = 5.0  # s for each step of one request
READ = 64_000  # bytes of a page: only its status counts
_ASK_AGAIN = frozenset({400, 403, 404, 405, 406, 410, 429, 500, 501, 503})  # HEAD is often refused
_ANY = tuple(range(300, 600))


def answers(addresses: Iterable[str], budget: float, *, private: bool = False) -> dict[str, Answer]:
    """What each address said within `budget` seconds. `private`: ask private networks too."""
    wanted = list(dict.fromkeys(addresses))
    found: dict[str, Answer] = {}
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for address in wanted:
        waiting.put(address)
    end = time.monotonic() + budget
    threads = [
        # Daemons: one that hangs in a name server does not keep the program from ending.
        threading.Thread(target=_work, args=(waiting, found, end, private), daemon=True)
        for _ in range(min(WORKERS, len(wanted)))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(max(0.0, end - time.monotonic()))
    done = dict(found)
    return {address: done.get(address, Answer(late=True)) for address in wanted}


def _work(
    waiting: queue.SimpleQueue[str], found: dict[str, Answer], end: float, private: bool
) -> None:
    while time.monotonic() < end:
        try:
            address = waiting.get_nowait()
        except queue.Empty:
            return
        found[address] = ask(address, end - time.monotonic(), private=private)


def ask(address: str, budget: float, *, private: bool = False) -> Answer:
    """What one address says."""
    end = time.monotonic() + budget
    try:
        for _ in range(HOPS):
            left = end - time.monotonic()
            if left <= 0:
                return Answer(late=True)
            host = urlsplit(address).hostname or ""
            if not private and _leads_inside(host):
                return Answer(local=True)
            reply = _look(address, min(STEP, left))
            onward = reply.headers.get("location", "")
            if not (300 <= reply.status < 400 and onward):
                return Answer(reply.status)
            address = urljoin(address, onward)
    except socket.gaierror as error:
        gone = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", -5))
        return Answer(why="its name is not known", offline=True) if gone else Answer(offline=True)
    except TryLater as error:
        return Answer(why=error.message.rstrip("."), offline=not _certificate(error.message))
    except (JournalError, ValueError, UnicodeError) as error:
        return Answer(why=str(error).partition("\n")[0].rstrip("."))
    return Answer(why="it sends its visitors in circles")


def _leads_inside(host: str) -> bool:
    if private_host(host):
        return True
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return any(private_host(str(one[4][0]).partition("%")[0]) for one in found)


def _certificate(message: str) -> bool:
    return "certificate" in message.lower() or "ssl" in message.lower()


def _look(address: str, timeout: float) -> Reply:
    with Web(_base(address), timeout=timeout, largest=READ) as web:
        try:
            reply: Reply | None = web.send("HEAD", address, harmless=True, accept=_ANY)
        except TryLater:
            reply = None
        if reply is None or reply.status in _ASK_AGAIN:
            reply = web.send("GET", address, harmless=True, accept=_ANY)
        return reply


def _base(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"
