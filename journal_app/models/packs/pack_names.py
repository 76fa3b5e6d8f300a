"""Names of packs and of the files inside them: what may become a path on this disk.

Invariant: a name that passes is relative, stays inside its folder, and means the same file on
Linux, macOS and Windows.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from journal_app.errors import JournalError

_ID = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")
_RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$"} | {
    f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"
}
_DEEPEST, _LONGEST = 16, 512
# Formats that are, or may hold, pickled objects: loading one runs whatever code it names.
PICKLED = frozenset(
    ".bin .ckpt .dill .h5 .hdf5 .joblib .keras .mar .msgpack .npy .npz .pickle .pkl .pt .pth .ptl "
    ".t7 .tflite".split()
)


class Unsafe(ValueError):
    """A name that must not become a path; the text says why."""


def checked_id(id: str) -> str:
    """`id` if it can name a pack's folder; raises JournalError."""
    plain = _ID.fullmatch(id) and not id.endswith(".") and not _reserved(id)
    if not plain:
        raise JournalError(
            f"{id!r} cannot name a model pack.",
            "Use small letters, digits, dots and dashes, at most 80: `my-model-q4`.",
        )
    return id


def slug(text: str) -> str:
    """An id made out of any name; "pack" where nothing is left."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    made = re.sub(r"[^a-z0-9.]+", "-", plain).strip("-.")[:80].strip("-.")
    return f"{made}-pack" if made and _reserved(made) else made or "pack"


def checked(name: str) -> str:
    """`name`, a relative path with "/", if it is safe; raises Unsafe with the reason."""
    if not name:
        raise Unsafe("it is empty")
    if any(unicodedata.category(letter) in ("Cc", "Cs", "Zl", "Zp") for letter in name):
        raise Unsafe("it holds a control character")
    if set(name) & set('\\:*?"<>|'):
        raise Unsafe('it holds one of \\ : * ? " < > |, which not every system takes')
    if name.startswith("/"):
        raise Unsafe("it is absolute")
    parts = name.split("/")
    if ".." in parts:
        raise Unsafe("it leads out of its folder (..)")
    if len(parts) > _DEEPEST or len(name.encode()) > _LONGEST:
        raise Unsafe("it is too long or too deep")
    for part in parts:
        if not part or part == ".":
            raise Unsafe("it has an empty part")
        if part != part.strip(" ") or part.endswith("."):
            raise Unsafe("a part of it begins or ends with a space, or ends with a dot")
        if len(part.encode()) > 200:
            raise Unsafe("a part of it is too long")
        if _reserved(part):
            raise Unsafe(f"{part} is a device on Windows")
    return name


def distinct(names: Iterable[str]) -> None:
    """Raise Unsafe where a name comes twice, where two would be one file on a system that ignores
    case, or where a file is also a folder."""
    seen: dict[str, str] = {}
    for name in names:
        if (key := folded(name)) in seen:
            raise Unsafe(f"{seen[key]} and {name} are one file on some systems")
        seen[key] = name
    for key, name in seen.items():
        for at, letter in enumerate(key):
            if letter == "/" and key[:at] in seen:
                raise Unsafe(f"{seen[key[:at]]} is a file and a folder of {name}")


def folded(name: str) -> str:
    """What a system that ignores case and composition compares."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def pickled(name: str) -> bool:
    """Whether the name is of a format that can run code when it is loaded."""
    return Path(name).suffix.lower() in PICKLED


def never_unpickled(name: str) -> JournalError:
    """The refusal of such a file."""
    return JournalError(
        f"{name} is refused: files of this kind ({Path(name).suffix}) can run code when they are "
        "loaded, and Field Journal never opens one.",
        "Take the model as ONNX or GGUF.",
    )


def _reserved(part: str) -> bool:
    return part.partition(".")[0].rstrip(" ").lower() in _RESERVED
