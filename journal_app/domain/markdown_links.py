"""Where a text may lead: the one policy for addresses in previews, exports and published posts.

Invariants: images and files come from `attachments/` of the journal; links go to http, https,
mailto, an attachment, or a place in the same text. Only in the window (`inside`) a link may also
name an entry, a run, a page that is not written yet, or the box of a task.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote, urlsplit

FOLDER = "attachments"
LINKS = frozenset({"http", "https", "mailto"})
INSIDE = frozenset({"entry", "run", "new", "task"})
MOST_NAME = 300  # characters of the title in `new:`

ANCHOR = re.compile(r"line-\d{1,7}|fn(?:ref)?\d{1,6}(?::\d{1,6})?|h-[\w-]{1,80}")
_ULID = r"[0-7][0-9A-HJKMNP-TV-Z]{25}"
_INSIDE = re.compile(rf"(?:entry|run):{_ULID}|task:\d{{1,7}}|new:[\w.%~-]{{1,3000}}", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_SEGMENT = re.compile(r"\w(?:[\w .+@()-]*[\w)])?")
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
_ON_THIS_COMPUTER = re.compile(
    r"file:|[a-z]:[\\/]|\\\\|/(?:home|Users|root|mnt|tmp)/", re.IGNORECASE
)
_CONTROL = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")


def attachment_path(address: str) -> str | None:
    """`attachments/…` as a plain relative path, or None for anything that may lead elsewhere.

    Refused: other folders, `..`, hidden files, encoded or backward slashes, drives, streams,
    device names, queries, and whatever is still encoded after one decoding.
    """
    path = unquote(address)
    if "\ufffd" in path or _CONTROL.search(path.replace(" ", "_")):
        return None
    folder, *segments = path.split("/")
    if folder != FOLDER or not segments:
        return None
    for segment in segments:
        if not _SEGMENT.fullmatch(segment) or _DEVICE.fullmatch(segment):
            return None
    return path


def link_target(address: str, *, inside: bool = False) -> str | None:
    """The address if a link may carry it, else None."""
    if address.startswith("#"):
        return address if ANCHOR.fullmatch(unquote(address[1:])) else None
    if attachment_path(address) is not None:
        return address
    if inside and _INSIDE.fullmatch(address):
        return address
    if _CONTROL.search(address) or "\\" in address:
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    if parts.scheme.lower() not in LINKS:
        return None
    if parts.scheme.lower() == "mailto":
        return address if "@" in parts.path and not parts.netloc else None
    return address if parts.hostname else None


def new_page(name: str) -> str:
    """The address by which the window is asked for a page that is not written yet."""
    return "new:" + quote(name[:MOST_NAME], safe="", errors="replace")


def slug(heading: str) -> str:
    """The anchor of a heading: `h-what-i-learned`; "" for one without a letter or digit."""
    words = re.findall(r"\w+", heading.lower())
    return ("h-" + "-".join(words))[:82].rstrip("-") if words else ""


def on_this_computer(address: str) -> bool:
    """Whether an address is a file's place on a computer, which no post may link."""
    return _ON_THIS_COMPUTER.match(address) is not None


def refused_scheme(address: str) -> str | None:
    """The scheme of an address that nothing may carry (`javascript`), however it is written.

    None for addresses without a scheme and for those of LINKS. Browsers skip white space and
    control characters in a scheme, and so does this.
    """
    plain = _CONTROL.sub("", unquote(unquote(address)))
    match = _SCHEME.match(plain)
    if match is None or match.group(1).lower() in LINKS:
        return None
    return match.group(1).lower()
