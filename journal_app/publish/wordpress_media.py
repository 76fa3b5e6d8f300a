"""Files of a post in the media library of WordPress.

Several are sent at a time, because WordPress makes pictures of all sizes before it answers. A file
is named after its content: what an earlier attempt sent is found by that name and used again.
"""

from __future__ import annotations

import contextlib
import hashlib
import queue
import re
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed

from journal_app.domain.targets import Delivery, Post, TryLater
from journal_app.errors import JournalError
from journal_app.publish import html
from journal_app.publish.body import Carried, carried
from journal_app.publish.posting import FILE
from journal_app.publish.wordpress_rest import Rest, fields_of

LANES = 3
_SAID = 500  # characters of the words for a picture: they travel in the address
_TYPES = {
    ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
    ".webp": "image/webp", ".avif": "image/avif", ".bmp": "image/bmp", ".pdf": "application/pdf",
    ".csv": "text/csv", ".tsv": "text/tab-separated-values", ".txt": "text/plain",
    ".mp4": "video/mp4", ".mp3": "audio/mpeg", ".zip": "application/zip",
}  # fmt: skip


def uploaded(
    rest: Rest, post: Post, id: str, delivery: Delivery, *, fresh: bool
) -> Mapping[str, str]:
    """Every file of the post at the site: what the text calls it → its address there.

    `id`: the post that they belong to. `fresh`: no earlier attempt can have sent any. What was
    sent is remembered, also where another one fails.
    """
    files = carried(post)
    found = {file.reference: post.remote.get(FILE + file.sha256[:16], "") for file in files}
    wanted = [file for file in files if not found[file.reference]]
    if not wanted:
        return found
    words = html.spoken(html.page(post, {}))
    with contextlib.ExitStack() as opened, ThreadPoolExecutor(LANES) as lanes:
        free: queue.SimpleQueue[Rest] = queue.SimpleQueue()
        for _ in range(min(LANES, len(wanted))):
            one = rest.another()
            opened.enter_context(one.web)
            free.put(one)

        def send(file: Carried) -> str:
            one = free.get()
            try:
                return _address(one, file, id, words.get(file.reference, ""), fresh=fresh)
            finally:
                free.put(one)

        delivery.progress(len(found) - len(wanted), len(found))
        try:
            # The first one alone: WordPress makes the folder of the month for it, and two that
            # make it at a time fail.
            for some in (wanted[:1], wanted[1:]):
                _collect({lanes.submit(send, file): file for file in some}, found, delivery)
        finally:
            lanes.shutdown(cancel_futures=True)
    return found


def _collect(
    tasks: Mapping[Future[str], Carried], found: dict[str, str], delivery: Delivery
) -> None:
    failed: JournalError | None = None
    for task in as_completed(tasks):
        file = tasks[task]
        try:
            if not task.cancelled():
                found[file.reference] = task.result()
        except JournalError as error:
            failed = failed or error
            for other in tasks:
                other.cancel()
            continue
        if found[file.reference]:
            delivery.remember({FILE + file.sha256[:16]: found[file.reference]})
        delivery.progress(sum(map(bool, found.values())), len(found))
        delivery.check()
    if failed is not None:
        raise failed


def _address(rest: Rest, file: Carried, id: str, words: str, *, fresh: bool) -> str:
    name = _plain_name(file)
    if not fresh:
        stem = name.rpartition(".")[0]
        known = rest.get("media", {"search": stem, "_fields": "source_url"})
        for one in known if isinstance(known, list) else ():
            url = str(one.get("source_url", "")) if isinstance(one, dict) else ""
            if url.rpartition("/")[2].startswith(stem):
                return url
    data = file.source.read_bytes()
    reply = rest.post(
        "media",
        content=data,
        params={"post": id, "alt_text": words[:_SAID], "_fields": "source_url"},
        headers={
            "Content-Type": _TYPES.get(file.source.suffix.lower(), "application/octet-stream"),
            "Content-Disposition": f'attachment; filename="{name}"',
            "Content-MD5": hashlib.md5(data, usedforsecurity=False).hexdigest(),
        },
        harmless=True,
        accept=(400, 403, 412, 413, 500),
    )
    site = rest.web.site
    said = fields_of(reply)
    if reply.status < 300:
        url = str(said.get("source_url") or "")
        if url.startswith(("https://", "http://")):
            return url
        raise TryLater(f"{site} did not say where {name} is.", "It is sent again.")
    refused = str(said.get("code")).startswith("rest_upload_")
    if reply.status == 412 or (reply.status == 500 and not refused):
        raise TryLater(
            f"{site} answered {reply.status}{rest.web.words(reply)}.", "It will be tried again."
        )
    raise JournalError(
        f"{site} did not take the file {file.name} ({reply.status}{rest.web.words(reply)}).",
        "Is it too large, or of a kind that WordPress refuses? May this account upload files?",
    )


def _plain_name(file: Carried) -> str:
    """A name of letters, digits and hyphens that ends with a part of the file's hash."""
    stem = re.sub(r"[^a-z0-9]+", "-", file.name.rpartition(".")[0].lower()).strip("-")
    return (stem or file.sha256[:12]) + file.source.suffix.lower()
