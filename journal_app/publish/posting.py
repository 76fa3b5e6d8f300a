"""What the kinds of target that speak HTTP share: settings, hashes, uploads, comparison."""

from __future__ import annotations

import email.utils
import hashlib
import html
import json
import re
import textwrap
import time
import unicodedata
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from journal_app.domain import links
from journal_app.domain.publishing import Receipt
from journal_app.domain.targets import Config, Delivery, Field, Post, Secret
from journal_app.errors import JournalError
from journal_app.publish.body import Carried, carried
from journal_app.runtime.http import TIMEOUT, Reply, address

FILE = "file:"  # begins the names under which addresses of uploaded files are remembered


def complete(config: Config, fields: tuple[Field, ...]) -> None:
    """Raises JournalError for the first required setting that is missing."""
    for one in fields:
        if one.required and not config.get(one.name):
            way = f"`journal target secret NAME {one.name}`" if one.secret else f"--set {one.name}="
            raise JournalError(f"The setting {one.name} ({one.label}) is missing.", f"Give {way}.")


def setting(config: Config, name: str, default: str = "") -> str:
    """A setting that is text, trimmed."""
    return str(config.get(name) or default).strip()


def secret(config: Config, name: str, form: str = "{}") -> Secret:
    """A secret setting, put into `form` ("Bearer {}"). Raises JournalError where it is missing."""
    value = config.get(name) or ""
    plain = value.shown_to_target() if isinstance(value, Secret) else str(value)
    plain = plain.strip()
    if not plain:
        raise JournalError(
            f"The {name} is missing.", f"Give it with `journal target secret NAME {name}`."
        )
    if not plain.isascii() or not plain.isprintable():
        raise JournalError(
            f"The {name} has characters that no key has.", "Copy it again, and whole."
        )
    return Secret(form.replace("{}", plain))


def patience(config: Config) -> float:
    """Seconds that a step of a request may take."""
    try:
        return float(config.get("timeout") or TIMEOUT)
    except (TypeError, ValueError):
        return TIMEOUT


def digest(value: Any) -> str:
    """The SHA-256 of plain values, the same whatever the order of their names."""
    whole = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(whole.encode()).hexdigest()


def same(one: object, other: object) -> bool:
    """Whether two texts read the same: servers trim and change the ends of lines."""
    return _plain(one) == _plain(other)


def _plain(text: object) -> str:
    lines = str(text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def receipt(
    path: str,
    url: str,
    sha256: str,
    size: int,
    *,
    live: bool = True,
    remote: Mapping[str, str] | None = None,
) -> Receipt:
    """A receipt of now. `remote` is to be remembered, also where only a look found it."""
    at = time.time_ns() // 1_000_000
    return Receipt(path, url, sha256, size, at, live=live, remote=remote or {})


def moment(at: int) -> str:
    """A time (ms UTC) as RFC 3339 in UTC."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")


def uploaded(post: Post, delivery: Delivery, put: Callable[[Carried], str]) -> Mapping[str, str]:
    """Every file of the post at the target: what the text calls it → its address there.

    What was uploaded before is not uploaded again; `put` takes one file and returns its address.
    """
    files = carried(post)
    found: dict[str, str] = {}
    for done, file in enumerate(files):
        delivery.check()
        delivery.progress(done, len(files))
        name = FILE + file.sha256[:16]
        url = post.remote.get(name) or put(file)
        if not post.remote.get(name):
            delivery.remember({name: url})
        found[file.reference] = url
    if files:
        delivery.progress(len(files), len(files))
    return found


def elsewhere(config: Config, post: Post, what: str) -> Mapping[str, str]:
    """Where readers find the files of a post at a site that takes none: at the address of the
    setting `images` ({slug} stands for the post's). Raises JournalError where that is missing."""
    files = carried(post)
    if not files:
        return {}
    place = setting(config, "images")
    if not place:
        raise JournalError(
            f"{what} takes no pictures, and the post {post.title!r} has {len(files)}.",
            "Publish it at your own site first and say where its files are: "
            "--set images=https://example.org/posts/{slug}/; or take them out.",
        )
    place = address(place.replace("{slug}", post.slug))
    return {file.reference: f"{place}/{file.name}" for file in files}


def placed(text: str, files: Mapping[str, str]) -> str:
    """The text with the addresses of its files."""
    for reference, url in files.items():
        text = text.replace(reference, url)
    return text


def plain_slug(post: Post) -> str:
    """The slug in plain letters, digits and hyphens, for servers that know no others."""
    plain = unicodedata.normalize("NFKD", post.slug)
    kept = "".join(c for c in plain if c.isascii() and (c.isalnum() or c in "-_"))
    return re.sub("-{2,}", "-", kept).strip("-") or f"post-{post.id[-8:].lower()}"


def no_template(text: str, begin: re.Pattern[str]) -> str:
    """What begins a template (`begin` matches its brace) as words for readers, in code too.

    In code a character of HTML would be shown as it is written, so such code becomes HTML.
    """
    made: list[str] = []
    last = 0
    for start, end in sorted(links.code_spans(text)):
        code = text[start:end]
        made.append(begin.sub("&#123;", text[last:start]))
        made.append(_code(code, begin) if begin.search(code) else code)
        last = end
    return "".join([*made, begin.sub("&#123;", text[last:])])


def _code(code: str, begin: re.Pattern[str]) -> str:
    span = re.fullmatch(r"(`+)(.*)\1", code, re.DOTALL)
    fence = re.fullmatch(
        r"[ \t>]*(`{3,}|~{3,})[^\n]*\n(.*?)(?:[ \t>]*\1[`~]*\s*)?", code, re.DOTALL
    )
    if fence:
        inner = textwrap.dedent(fence[2])
    elif span:
        inner = span[2].strip(" ")
    else:
        inner = textwrap.dedent(code)
    shown = begin.sub("&#123;", html.escape(inner, quote=False))
    return f"<code>{shown}</code>" if span and not fence else f"<pre><code>{shown}</code></pre>\n"


def no_front_matter(text: str) -> str:
    """A rule at the beginning that no server takes for front matter: `***` in place of `---`."""
    return re.sub(r"\A(\s*)(?:-{3,}|\+{3,})[ \t]*(?=\n|\Z)", r"\1***", text)


def ahead(reply: Reply) -> int:
    """Ms that a server's clock is ahead of ours, to the second; 0 where it does not say."""
    try:
        there = email.utils.parsedate_to_datetime(reply.headers.get("date", ""))
    except ValueError:
        return 0
    return int(there.timestamp() * 1000) - time.time_ns() // 1_000_000
