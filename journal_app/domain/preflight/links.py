"""Links: where they lead, whether that is there, and whether a site answers.

What needs the network is handed in as `Answer`s (see `runtime.answering`).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal
from urllib.parse import unquote, urldefrag, urlsplit

from journal_app.domain import links
from journal_app.domain.markdown_links import (
    attachment_path,
    link_target,
    on_this_computer,
    refused_scheme,
)
from journal_app.domain.preflight import Finding, Level, mark
from journal_app.domain.preflight.subject import Place, Subject

Stage = Literal["approval", "sending"]
_LABEL = r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?"
_NAME = re.compile(rf"{_LABEL}(?:\.{_LABEL})*\.?", re.IGNORECASE)
_FOOTNOTE = re.compile(r"fn(?:ref)?:?[\w-]+|")  # `#` alone is the top of the page
_INSIDE = (".local", ".lan", ".internal", ".intranet", ".corp", ".home", ".home.arpa", ".localhost")


@dataclass(frozen=True, slots=True)
class Answer:
    """What a site said to one address. `status` is that of the last page, 0 where there was none;
    `why` says in words what was in the way; `offline`: nothing could be reached at all; `local`:
    its name leads to a private network, so it was not asked; `late`: the time was over."""

    status: int = 0
    why: str = ""
    offline: bool = False
    local: bool = False
    late: bool = False


def private_host(host: str) -> bool:
    """Whether only this computer or its own network knows a host."""
    host = host.rstrip(".").lower()
    if host == "localhost" or host.endswith(_INSIDE) or ("." not in host and ":" not in host):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False


def web_addresses(subject: Subject, *, private: bool = False) -> list[str]:
    """The http(s) addresses that a site can be asked for, each once, without what is behind #;
    with `private`, also those of this computer and its network."""
    found: dict[str, None] = {}
    for place in subject.places:
        if place.address.lower().startswith(("http://", "https://")):
            address = urldefrag(place.address)[0]
            host = _host(address)
            if host and (private or not private_host(host)):
                found[address] = None
    return list(found)


def _host(address: str) -> str:
    try:
        parts = urlsplit(address)
        return (parts.hostname or "") if parts.port != 0 else ""
    except ValueError:
        return ""


def check(
    subject: Subject,
    entry_there: Callable[[links.Mention], bool],
    files: Callable[[str], bool],
) -> Iterator[Finding]:
    """What can be told without the network. `entry_there` knows entries and runs by name or id,
    `files` whether an attachment's file is there."""
    anchors = _anchors(subject)
    for place in subject.places:
        if not place.picture:
            yield from _link(place, anchors, files)
    for mention in links.mentions(subject.body):
        if mention.bare or mention.file or entry_there(mention):
            continue
        yield Finding(
            "link-entry",
            "warning",
            f"The journal has no {mention.kind} “{mention.name}”: readers see the bare words.",
            subject.where(mention.start),
            "Fine if these words make sense alone.",
        )


def _link(
    place: Place, anchors: Collection[str], files: Callable[[str], bool]
) -> Iterator[Finding]:
    address, where = place.address, f"line {place.line}"
    if address.startswith("#"):
        name = unquote(address[1:]).lower()
        if name not in anchors and not _FOOTNOTE.fullmatch(name):
            yield Finding(
                "link-anchor",
                "warning",
                f"There is no place {address} in the post.",
                where,
                "Use the words of a heading: #what-i-learned.",
            )
    elif not address:
        yield Finding(
            "link-empty",
            "warning",
            f"The link “{place.words}” leads nowhere.",
            where,
            "Fill it in.",
        )
    elif (path := attachment_path(address)) is not None:
        if not files(path):
            yield Finding(
                "link-file",
                "error",
                f"The file {place.words or path} that is linked is not there.",
                where,
                "Attach it again or take the link out.",
                mark("link-file", path),
            )
    elif address.lower().startswith(("http://", "https://")):
        host = _host(address)
        if not host or not (_NAME.fullmatch(host) or ":" in host or not host.isascii()):
            yield Finding(
                "link-broken", "error", f"{address} is not an address.", where, "Check it."
            )
        elif private_host(host):
            yield _own(address, where)
    elif re.match(r"(?:entry|run|new|task):", address, re.IGNORECASE):
        return  # a mention: words in the post
    elif link_target(address) is None:
        scheme = refused_scheme(address)
        yield Finding(
            "link-broken",
            "error" if scheme or on_this_computer(address) else "warning",
            f"A link begins with {scheme}:, which a site must not carry."
            if scheme
            else f"{address} leads to no web page: readers could not follow it.",
            where,
            "Use a http, https or mailto address, or take the link out.",
        )


def _own(address: str, where: str) -> Finding:
    return Finding(
        "link-private",
        "warning",
        f"Only this computer or its network can open {address}.",
        where,
        "Link a public page, or write it as code if it is an example.",
    )


def _anchors(subject: Subject) -> set[str]:
    """What a link inside the page may name: headings, with and without our `h-`."""
    found: set[str] = set()
    for index, token in enumerate(subject.tokens):
        if token.type == "heading_open":
            words = subject.tokens[index + 1].content
            plain = re.sub(r"[^\w\s-]", "", words.lower()).strip()
            joined = "-".join(re.findall(r"\w+", words.lower()))
            hyphened = re.sub(r"\s", "-", plain)
            found |= {hyphened, f"h-{hyphened}", joined, f"h-{joined}"}
    return found


def answers(
    subject: Subject, said: Mapping[str, Answer], stage: Stage = "approval"
) -> Iterator[Finding]:
    """What the sites said. Without a network there is one line of information and no more."""
    if said and all(one.offline for one in said.values()):
        yield Finding(
            "offline",
            "info",
            f"No network: {len(said)} link{'s' if len(said) > 1 else ''} could not be looked at.",
            "",
            "",
            mark("offline"),
        )
        return
    late = sum(one.late for one in said.values())
    seen: set[str] = set()
    for place in subject.places:
        address = urldefrag(place.address)[0]
        one = said.get(address)
        if one is None or address in seen or one.late:
            continue
        seen.add(address)
        yield from _answer(address, one, f"line {place.line}", stage)
    if late:
        yield Finding(
            "links-late",
            "info",
            f"{late} link{'s' if late > 1 else ''} did not answer in time.",
            "",
            "",
            mark("links-late"),
        )


def _answer(address: str, one: Answer, where: str, stage: Stage) -> Iterator[Finding]:
    level: Level = "warning"
    if one.local:
        yield _own(address, where)
        return
    if one.status in (404, 410):
        level = "error" if stage == "approval" else "warning"
        what = f"{address} is not there ({one.status})."
        hint = "Find its new place, link the web archive's copy, or take the link out."
    elif one.status in (401, 403, 405, 406, 429, 451, 999):
        level = "info"
        what = f"{address} does not let programs look ({one.status})."
        hint = "Open it yourself."
    elif one.status >= 400:
        what, hint = f"{address} answers with an error ({one.status}).", "Look again later."
    elif one.why or one.offline:
        what = f"{address}: {one.why or 'could not be reached'}."
        hint = "Check the address."
    else:
        return
    yield Finding("link-dead", level, what, where, hint, mark("link-dead", address))
