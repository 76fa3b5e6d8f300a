"""Reading other people's files: bounded, read-only, with errors that name file, line and column."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

from journal_app.domain.experiments import Json
from journal_app.domain.secrets import hide_secrets
from journal_app.errors import JournalError

JSON_LIMIT = 256 << 20
HEAD = 64 << 10
WALK_DEPTH = 6
WALK_FILES = 50_000
SNIFF_FILES = 3000  # enough to see what a folder holds
SKIPPED = {".git", "node_modules", "__pycache__", ".venv", "base_data", "base_data_climbmix"}
_PATH = re.compile(r"^(?:/|~|\.{1,2}/|[A-Za-z]:[\\/]|\\\\|file://|s3://|gs://)")
_HOME = re.compile(r"(?:^|[\s='\":,])(?:/home/|/Users/|/root/|/mnt/|~[/\\]|[A-Za-z]:\\Users\\)")
_PERSONAL = re.compile(
    r"(?:^|[._-])(?:user(?:name|_id)?|host(?:name)?|e-?mail|remote)(?:$|[._-])", re.IGNORECASE
)


def head(path: Path, size: int = HEAD) -> bytes:
    """The first bytes of a file; b'' for what cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(size)
    except OSError:
        return b""


def tail(path: Path, size: int = HEAD) -> bytes:
    """The last bytes of a file; b'' for what cannot be read."""
    try:
        with path.open("rb") as file:
            file.seek(0, os.SEEK_END)
            file.seek(max(0, file.tell() - size))
            return file.read(size)
    except OSError:
        return b""


def unreadable(path: Path) -> str:
    """Why a file or folder cannot be read; "" for one that can."""
    try:
        if path.is_dir():
            next(path.iterdir(), None)
            return ""
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        return error.strerror or str(error)
    return ""


def is_binary(data: bytes) -> bool:
    """Whether the beginning of a file is no text: a zero byte, or many control characters."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data:
        return True
    odd = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in data)
    return odd * 20 > len(data)


def need_text(path: Path) -> None:
    """Raise JournalError where a text file was expected and the file is binary."""
    if is_binary(head(path, 8192)):
        raise JournalError(
            f"{path} is a binary file, not a text log.",
            "Import the log that the training printed, not a checkpoint or an archive.",
        )


def read_text(path: Path, limit: int = JSON_LIMIT) -> str:
    """A whole text file; bytes that are not UTF-8 are replaced. Raises JournalError."""
    need_text(path)
    if path.stat().st_size > limit:
        raise JournalError(
            f"{path} is larger than {limit >> 20} MB.", "That is no record of this format."
        )
    return path.read_bytes().decode("utf-8-sig", "replace")


def read_json(path: Path) -> dict[str, object]:
    """A file that holds one JSON object. Raises JournalError naming file, line and column."""
    text = read_text(path)
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        cut = error.pos >= len(text.rstrip()) - 1
        raise JournalError(
            f"{path}, line {error.lineno}, column {error.colno}: "
            + ("the JSON ends too early." if cut else f"this is not JSON ({error.msg})."),
            "The file was cut off or is still being written; import it again when it is whole."
            if cut
            else "Was it changed by hand?",
        ) from error
    except (RecursionError, ValueError) as error:
        raise JournalError(
            f"{path}: this JSON cannot be read ({error}).", "Nothing of it was imported."
        ) from error
    if not isinstance(value, dict):
        raise JournalError(f"{path} holds no JSON object.", "It is no record of this format.")
    return value


def sha256(path: Path) -> str:
    """The SHA-256 of a file in hexadecimal, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def mtime(path: Path) -> int:
    """When a file was last written, ms UTC."""
    return path.stat().st_mtime_ns // 1_000_000


def naive(text: str) -> int | None:
    """A time without a zone as if it were UTC, in ms (`clock` 'naive-local'); None if it is none.

    Takes "2026-01-07 10:00:42", with "T" or "-" inside, and ",123" for milliseconds.
    """
    match = re.match(
        r"\s*(\d{4})-(\d\d)-(\d\d)[T ](\d\d)[:-](\d\d)[:-](\d\d)(?:[.,](\d{1,6}))?", text
    )
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
    micros = int((match.group(7) or "0").ljust(6, "0"))
    try:
        moment = datetime(year, month, day, hour, minute, second, micros, tzinfo=UTC)
    except ValueError:
        return None
    return round(moment.timestamp() * 1000)


def walk(folder: Path, limit: int = WALK_FILES) -> Iterator[Path]:
    """The files below a folder by name, without following links, at most `limit` and 6 deep.

    Pipes, sockets and devices are left out: reading one could wait for ever. A folder that cannot
    be entered comes at the end, for the reader to say so.
    """
    seen = 0
    base = len(folder.parts)
    closed: list[OSError] = []
    for place, names, files in os.walk(folder, onerror=closed.append):
        here = Path(place)
        names[:] = sorted(
            name for name in names if name not in SKIPPED and len(here.parts) - base < WALK_DEPTH
        )
        for name in sorted(files):
            seen += 1
            if seen > limit:
                return
            if (here / name).is_file():
                yield here / name
    yield from (Path(error.filename) for error in closed)


def mapping(value: object) -> Mapping[str, object]:
    """The value if it is a mapping, else an empty one."""
    return value if isinstance(value, Mapping) else {}


def number_of(value: object) -> float | None:
    """The value as a number; None for everything else, True and False included."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    try:
        return float(value)
    except OverflowError:
        return None


def whole(value: object) -> int | None:
    """The value as a whole number that SQLite can hold, else None."""
    found = number_of(value)
    return int(found) if found is not None and abs(found) < 2**53 and found == int(found) else None


def split_private(values: Mapping[str, object]) -> tuple[dict[str, Json], dict[str, Json]]:
    """Values that may be shown, and those that hold a path, host or user, at any depth.

    Tokens and passwords are in neither: "(hidden)" stands in their place.
    """
    public: dict[str, Json] = {}
    private: dict[str, Json] = {}
    for key, value in hide_secrets(values).items():
        hidden = bool(_PERSONAL.search(key)) or _holds_path(value)
        (private if hidden else public)[key] = value
    return public, private


def _holds_path(value: object, depth: int = 0) -> bool:
    if isinstance(value, str):
        return bool(_PATH.match(value) or _HOME.search(value))
    if depth > 20:
        return True
    if isinstance(value, Mapping):
        return any(
            bool(_PERSONAL.search(str(key))) or _holds_path(item, depth + 1)
            for key, item in value.items()
        )
    return isinstance(value, list | tuple) and any(_holds_path(v, depth + 1) for v in value)


def short_model(name: str) -> str:
    """A model's name; of an absolute path only the last two parts, which tell nothing private."""
    if not _PATH.match(name):
        return name
    parts = [part for part in re.split(r"[\\/]+", name) if part not in ("", "~", ".", "..")]
    kept = parts[-2:] if len(parts) > 3 else parts[-1:]
    return "/".join(kept) or "model"
