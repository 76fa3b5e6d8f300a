"""What the readers of notes share: safe YAML, times, tags, bounded text, a walk that stays inside.

Times without a zone are this computer's wall clock: people write them down that way.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from journal_app.domain import capture
from journal_app.domain.experiments import Json
from journal_app.errors import JournalError

TEXT_LIMIT = 16 << 20  # bytes of one note
FRONT_LIMIT = 64 << 10  # characters of front matter
FILES_LIMIT = 200_000
DEPTH_LIMIT = 40
CODE = r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)|`[^`\n]*`"
_SKIPPED = {
    ".obsidian",
    ".field-journal",
    ".trash",
    ".git",
    ".stfolder",
    ".stversions",
    "__pycache__",
    ".DS_Store",
}
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)(?:^)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)


@dataclass(slots=True)
class Tree:
    """The files of a folder by their path inside it, with `/`; `outside` were not followed, `odd`
    are pipes, sockets and devices."""

    files: dict[str, Path] = field(default_factory=dict)
    outside: list[Path] = field(default_factory=list)
    closed: list[tuple[str, str]] = field(default_factory=list)
    full: bool = False
    odd: list[Path] = field(default_factory=list)


def tree(folder: Path) -> Tree:
    """Every plain file below `folder`, by name. Symbolic links are noted, never followed."""
    found = Tree()
    waiting = [(folder, "", 0)]
    while waiting:
        place, prefix, depth = waiting.pop()
        try:
            with os.scandir(place) as listing:
                items = sorted(listing, key=lambda item: item.name)
        except OSError as error:
            found.closed.append((str(place), error.strerror or str(error)))
            continue
        for item in items:
            if item.name in _SKIPPED:
                continue
            if item.is_symlink():
                found.outside.append(Path(item.path))
            elif item.is_dir(follow_symlinks=False):
                if depth >= DEPTH_LIMIT:
                    found.closed.append((item.path, "it lies too deep"))
                else:
                    waiting.append((Path(item.path), f"{prefix}{item.name}/", depth + 1))
            elif item.is_file(follow_symlinks=False):
                if len(found.files) >= FILES_LIMIT:
                    found.full = True
                    return found
                found.files[prefix + item.name] = Path(item.path)
            else:
                found.odd.append(Path(item.path))
    found.files = dict(sorted(found.files.items()))
    return found


def read_note(path: Path, limit: int = TEXT_LIMIT) -> tuple[str, tuple[str, ...]]:
    """The text of a note and what was lost in reading it. Raises JournalError, OSError."""
    with path.open("rb") as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise JournalError(f"{path} is larger than {limit >> 20} MB.", "That is no note.")
    return decode(data, str(path))


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Text out of bytes: UTF-8, UTF-16 with its mark, else Windows-1252, which is said."""
    losses: tuple[str, ...] = ()
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16")
        else:
            text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        if b"\0" in data:
            raise JournalError(f"{name} is a binary file, not a text.") from None
        text = data.decode("cp1252", "replace")
        losses = ("it is not UTF-8; it was read as Windows-1252",)
    clean = capture.clean_text(text)
    if clean != text:
        losses += ("characters that no text can hold were replaced",)
    return clean, losses


def split_front(text: str) -> tuple[dict[str, Json], str, tuple[str, ...]]:
    """Front matter, the text after it, and what was lost. Bad front matter stays in the text."""
    match = _FRONT.match(text)
    if match is None:
        return {}, text, ()
    try:
        values = load_yaml(match.group(1))
    except JournalError as error:
        return {}, text, (f"its front matter is kept as text: {error.message}",)
    if values is None:
        return {}, text[match.end() :], ()
    if not isinstance(values, dict):
        return {}, text, ()  # a rule, then text
    return values, text[match.end() :], ()


def load_yaml(block: str, limit: int = FRONT_LIMIT) -> Json:
    """YAML as plain JSON values; no tags that make objects, no aliases. Raises JournalError."""
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    if len(block) > limit:
        raise JournalError("it is too long.")
    try:
        if "*" in block and any(isinstance(e, yaml.AliasEvent) for e in yaml.parse(block, loader)):
            raise JournalError("it uses aliases.")  # a few lines could grow to gigabytes
        return _plain(yaml.load(block, loader))  # a safe loader
    except (yaml.YAMLError, ValueError, OverflowError, RecursionError, TypeError) as error:
        raise JournalError(" ".join(f"it is not YAML ({error}).".split())[:200]) from error


def _plain(value: Any) -> Json:
    if isinstance(value, Mapping):
        return {capture.clean_text(str(k)): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    if isinstance(value, str):
        return capture.clean_text(value)
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return str(value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def tags_of(value: object) -> tuple[list[str], list[str]]:
    """Tags out of front matter (a list, or words with commas), and the words that are none."""
    if isinstance(value, str):
        words: Iterable[object] = (
            re.split(r"[,\s]+", value) if "," not in value else value.split(",")
        )
    else:
        words = value if isinstance(value, list | tuple) else () if value is None else (value,)
    good: list[str] = []
    bad: list[str] = []
    for word in words:
        text = str(word).strip()
        try:
            if text:
                good.append(capture.clean_tag(text))
        except JournalError:
            bad.append(text)
    return good, bad


def inline_tags(body: str) -> list[str]:
    """The tags that stand in a text."""
    try:
        return list(capture.parse(body).tags)
    except JournalError:  # nothing but white space
        return []


def moment(value: object) -> int | None:
    """A time of front matter in ms UTC; None for what is none or lies outside 1970 to 9999."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float) and 10**8 <= value < 10**14:  # seconds or ms since 1970
        return int(value if value > 10**11 else value * 1000)
    text = str(value).strip()
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        text += " 12:00"  # a day without a time: noon keeps the day in every near zone
    if re.fullmatch(r"(?:19|20)\d{6}", text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]} 12:00"
    text = re.sub(r"(?<=\d)\s*Z$", "+00:00", text)
    try:
        found = datetime.fromisoformat(text)
        ms = round((found if found.tzinfo else found.astimezone()).timestamp() * 1000)
    except (ValueError, OverflowError, OSError):
        return None
    return ms if ms > 0 else None


def file_times(path: Path) -> tuple[int, int]:
    """When a file was made (as far as the system says) and last written, ms UTC."""
    status = path.stat()
    born = getattr(status, "st_birthtime", None)
    written = status.st_mtime_ns // 1_000_000
    return (min(round(born * 1000), written) if born else written), written


def numbered(names: Iterator[str] | Iterable[str]) -> Iterator[str]:
    """The names, with `#2`, `#3` after those that came before."""
    seen: dict[str, int] = {}
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        yield name if seen[name] == 1 else f"{name} #{seen[name]}"


def objects(value: object) -> list[dict[str, Any]]:
    """The objects of a JSON list; whatever else stands there is left out."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []
