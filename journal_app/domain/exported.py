"""An entry as a Markdown file with front matter, and file names that every system takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from journal_app.domain.entry import Entry
from journal_app.domain.notes import PRIVATE_FRONT

MANIFEST = ".field-journal/export.json"
FORMAT_KEY = "field_journal"
NAME_BYTES = 120
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]+')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[\d¹²³]|lpt[\d¹²³]|conin\$|conout\$)(?:\..*)?", re.I)
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def front_of(entry: Entry) -> dict[str, Any]:
    """The front matter of an entry: everything but its body and what is private."""
    front: dict[str, Any] = {
        FORMAT_KEY: 1,
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "tags": list(entry.tags),
        "created": _utc(entry.created_at),
        "updated": _utc(entry.updated_at),
    }
    if entry.links:
        front["links"] = [
            {"kind": link.target_kind, "id": link.target_id, "relation": link.relation}
            for link in entry.links
        ]
    if entry.attachments:
        front["attachments"] = [
            {"name": file.name, "file": file.path} for file in entry.attachments
        ]
    more = {key: value for key, value in entry.front.items() if key not in PRIVATE_FRONT}
    if more:
        front["front"] = more
    return front


def page(entry: Entry) -> str:
    """The file of an entry. The body stands in it letter for letter, with a line end after it."""
    return f"---\n{_yaml(front_of(entry))}---\n{entry.body}\n"


def parse(text: str) -> tuple[str, str]:
    """The front matter of an exported file (as YAML) and its body; "" for a file without."""
    start, mark, rest = text.partition("---\n")
    head, end, body = rest.partition("\n---\n")
    if start or not mark or not end:
        return "", text
    return head, body.removesuffix("\n")


def file_stem(title: str) -> str:
    """A file name without its ending for a title: readable, and safe on Windows, macOS, Linux."""
    text = unicodedata.normalize("NFC", title)
    text = _FORBIDDEN.sub(
        "-", "".join(c for c in text if unicodedata.category(c) not in _INVISIBLE)
    )
    text = " ".join(text.split())
    while len(text.encode()) > NAME_BYTES:
        text = text[:-1]
    text = text.strip(". ")
    if _DEVICE.fullmatch(text):
        text = f"_{text}"
    return text or "untitled"


def mirror_names(entry: Entry) -> tuple[str, str, str]:
    """Places for the file of an entry in a mirror, the wanted one first; by year and month, so
    that no folder grows without end."""
    made = datetime.fromtimestamp(entry.created_at / 1000, UTC)
    base = f"{made:%Y}/{made:%m}/{file_stem(entry.title)}"
    return f"{base}.md", f"{base} {entry.id[-6:].lower()}.md", f"{base} {entry.id}.md"


def clash_key(name: str) -> str:
    """What two names share that some file system takes for the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFC", name).casefold())


def _utc(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="milliseconds")


def _yaml(values: Mapping[str, Any]) -> str:
    import yaml

    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(
        dict(values), Dumper=dumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    return text
