"""Looking at the public pages of posts, and the log of everything that happened.

A look reads the page of one receipt and nothing else; what it finds is kept. The heartbeat asks
`is_due`, which is one look into an index, and lets a thread call `look_due`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import threading
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO
from urllib.parse import urljoin, urlsplit

from journal_app.domain.preflight.subject import Subject
from journal_app.domain.seen import Check, Page, judge, marks, next_look
from journal_app.errors import JournalError, NotFound
from journal_app.store import entries, publications, receipts

if TYPE_CHECKING:
    from journal_app.domain.publishing import Publication
    from journal_app.runtime.http import Web
    from journal_app.store.database import Store

FORMATS = ("json", "csv", "md")
TIMEOUT = 5.0  # s for a whole look
BUDGET = 3.0  # s after which no further look is begun; the rest is due at the next heartbeat
HELD = 10 * 60 * 1000  # ms for which a look belongs to the process that began it
HOPS = 4
_COLUMNS = ("at", "kind", "what", "target", "title", "post", "publication", "status", "detail")


class ReceiptService:
    """Checks of public pages, and the publication log."""

    def __init__(self, store: Store, *, timeout: float = TIMEOUT) -> None:
        self._store = store
        self._timeout = timeout

    # ------------------------------------------------------------------ looking

    def look(self, publication_id: str) -> Check:
        """Look at the page of a publication now. Raises NotFound, JournalError without a page."""
        p = publications.get(self._store.read(), publication_id)
        url = _url(p)
        if not url:
            raise JournalError(
                f"Publication {p.id} has no public page that could be looked at.",
                "Give the target the address of the site: `journal target change NAME --set url=…`."
                if p.state == "published"
                else f"It is {p.state}: `journal queue` shows what becomes of it.",
            )
        return self._look(p, url, self._store.now())

    def look_due(self, now: int | None = None, limit: int = 5) -> list[Check]:
        """Look at the pages whose time has come, at most `limit`; what no longer counts (an older
        version, a post taken back) is not looked at any more. Slow sites end it early."""
        now = self._store.now() if now is None else now
        found: list[Check] = []
        end = time.monotonic() + BUDGET
        for id in receipts.due(self._store.read(), now, limit):
            if time.monotonic() > end:
                break
            p = publications.get(self._store.read(), id)
            url = _url(p)
            old = receipts.superseded(self._store.read(), p.id, p.post_id, p.target)
            if p.state != "published" or not url or old:
                with self._store.write() as w:
                    receipts.forget(w, id)
                continue
            with self._store.write() as w:
                mine = receipts.take(w, id, now, now + HELD)
            if mine:
                found.append(self._look(p, url, now))
        return found

    def is_due(self) -> bool:
        """Whether there is a page to look at now."""
        return bool(receipts.due(self._store.read(), self._store.now(), 1))

    def next_due(self) -> int | None:
        """When the next look is due (ms UTC)."""
        return receipts.next_due(self._store.read())

    def _look(self, p: Publication, url: str, now: int) -> Check:
        text = publications.frozen(self._store.read(), p.post_id, p.rev)
        wanted = marks(Subject(p.post_id, text.title, text.body).prose)
        before = self.history(p.id)
        good = next((one for one in before if one.verdict == "seen"), None)
        waits = sum(one.verdict == "waiting" for one in before)
        page = fetch(url, self._timeout)
        known = good.seen if good and good.seen else (("page",) if good else ())
        verdict, seen, message = judge(page, wanted, known, waits)
        unreached = 0
        for one in before:
            if one.verdict != "unreachable":
                break
            unreached += 1
        check = Check(
            p.id,
            now,
            verdict,
            page.status,
            page.sha256,
            message,
            seen,
            len(wanted),
            next_look(verdict, now, waits, unreached),
        )
        with self._store.write() as w:
            receipts.add(w, check)
        return check

    # ------------------------------------------------------------------ reading

    def history(self, publication_id: str) -> list[Check]:
        """The looks at a publication's page, the latest first."""
        return receipts.of(self._store.read(), publication_id)

    def listing(
        self, post: str | None = None, limit: int = 200
    ) -> list[tuple[Publication, str, Check | None]]:
        """What is out: publication, title, the last look at its page; the latest first."""
        db = self._store.read()
        post_id = None if post is None else entries.resolve(db, post)
        found = []
        for id in receipts.published(db, post_id, limit):
            p = publications.get(db, id)
            title = publications.frozen(db, p.post_id, p.rev).title
            found.append((p, title, receipts.latest(db, id)))
        return found

    def events(self, ref: str | None = None, since: int = 0) -> list[receipts.Event]:
        """Everything that happened, in its order; of one publication where `ref` names one."""
        id = None if ref is None else self.named(ref)
        return list(receipts.events(self._store.read(), since, id))

    def named(self, ref: str) -> str:
        """The id of the publication that `ref` begins. Raises NotFound."""
        found = publications.named(self._store.read(), ref)
        if found is None:
            raise NotFound(f"There is no publication {ref!r}.", "`journal receipts list` has them.")
        return found.id

    def export(self, to: Path | TextIO, format: str = "json", since: int | None = None) -> int:
        """Write the log as JSON lines, CSV or Markdown; how many events. Raises JournalError."""
        write = _WRITERS.get(format)
        if write is None:
            raise JournalError(f"{format!r} is no format.", f"One of {', '.join(FORMATS)}.")
        rows = [_row(one) for one in receipts.events(self._store.read(), since or 0)]
        if isinstance(to, Path):
            made = io.StringIO()
            write(made, rows)
            try:
                to.expanduser().write_text(made.getvalue(), encoding="utf-8", newline="")
            except OSError as error:
                raise JournalError(
                    f"{to} cannot be written: {error.strerror or error}.", "Choose another place."
                ) from error
        else:
            write(to, rows)
        return len(rows)


def _url(p: Publication) -> str:
    url = p.receipt.url if p.receipt is not None and p.receipt.live else ""
    return url if url.startswith(("https://", "http://")) else ""


# ---------------------------------------------------------------------- the page


def fetch(url: str, timeout: float) -> Page:
    """What readers of an address see, or that it took longer than `timeout` seconds."""
    import bs4  # noqa: F401 - what is loaded at first use takes no time from the look

    from journal_app.runtime.http import Web

    found: list[Page] = []
    errors: list[Exception] = []

    def read() -> None:
        try:
            found.append(_read(Web, url, timeout))
        except Exception as error:  # noqa: BLE001 - raised again below, in the caller's thread
            errors.append(error)

    # A daemon: a site that sends a byte now and then holds up nobody.
    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(timeout)
    if errors:
        raise errors[0]
    return found[0] if found else Page(None, why="The site took too long to answer.")


def _read(opener: type[Web], url: str, timeout: float) -> Page:
    """Only this address is asked: of redirects those alone are followed that lead to the same page
    (https, a slash at the end)."""
    any_status = tuple(range(300, 600))
    try:
        for _ in range(HOPS):
            with opener(_site(url), timeout=timeout) as web:
                reply = web.send("GET", url, harmless=True, accept=any_status)
            onward = reply.headers.get("location", "")
            if not (300 <= reply.status < 400 and onward):
                break
            onward = urljoin(url, onward)
            if _same(url) != _same(onward):
                return Page(reply.status, onward=onward)
            url = onward
        else:
            return Page(None, why="The page sends its readers in circles.")
    except (JournalError, ValueError, UnicodeError) as error:
        why = error.message if isinstance(error, JournalError) else str(error)
        return Page(None, why=why)
    sha = hashlib.sha256(reply.body).hexdigest()
    return Page(reply.status, sha, visible(reply.body, reply.headers.get("content-type", "")))


def _site(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _same(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.")
    port = parts.port if parts.port not in (None, 80, 443) else ""
    path = parts.path.removesuffix("index.html").removesuffix(".html").rstrip("/")
    return f"{host}:{port}", path, parts.query


def visible(body: bytes, content_type: str = "") -> str:
    """The words of a page that readers see: no scripts, no styles, no comments, no head."""
    if "html" not in content_type and body.lstrip()[:1] != b"<":
        return body.decode("utf-8", "replace")
    from bs4 import BeautifulSoup

    charset = content_type.partition("charset=")[2].split(";")[0].strip("\"' ") or None
    page = BeautifulSoup(body, "html.parser", from_encoding=charset)
    for hidden in page(["script", "style", "noscript", "template", "head"]):
        hidden.decompose()
    for hidden in page.select("[hidden], [aria-hidden=true], [style*='display:none']"):
        hidden.decompose()
    return page.get_text(" ")


# ---------------------------------------------------------------------- the log


def _row(event: receipts.Event) -> dict[str, str | int | None]:
    """An event for others: without the names of this computer and its user."""
    at = datetime.fromtimestamp(event.at / 1000, UTC).isoformat(timespec="milliseconds")
    detail = "" if event.what == "claimed" else event.detail.replace(str(Path.home()), "~")
    values = (
        at,
        event.kind,
        event.what,
        event.target,
        event.title,
        event.post_id,
        event.publication_id,
        event.status,
        detail,
    )
    return dict(zip(_COLUMNS, values, strict=True))


Rows = Iterable[dict[str, str | int | None]]


def _json(to: TextIO, rows: Rows) -> None:
    for row in rows:
        to.write(json.dumps(row, ensure_ascii=False) + "\n")


def _csv(to: TextIO, rows: Rows) -> None:
    writer = csv.DictWriter(to, _COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: _cell(value) for name, value in row.items()})


def _cell(value: str | int | None) -> str | int | None:
    """A cell that no table program takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@\t\r" else value


def _markdown(to: TextIO, rows: Rows) -> None:
    shown = ("at", "kind", "what", "target", "title", "status", "detail")
    to.write("| " + " | ".join(shown) + " |\n|" + "---|" * len(shown) + "\n")
    for row in rows:
        cells = ("" if row[name] is None else str(row[name]) for name in shown)
        safe = (
            " ".join(cell.split()).replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")
            for cell in cells
        )
        to.write("| " + " | ".join(safe) + " |\n")


_WRITERS: dict[str, Callable[[TextIO, Rows], None]] = {"json": _json, "csv": _csv, "md": _markdown}
