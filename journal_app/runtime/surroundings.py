"""Where this process works: directory, host, Python environment, active run, git repository.

Git's files are read by hand, because starting `git` costs more than a whole capture may. `dirty`
compares the index with the working files as git does (size and time, else content) and with the
last commit; it is left out when the answer would cost too long (`LIMIT`, a large or unusual index).
Files that git does not track do not count. Nothing here raises for what it finds on disk.
Source: gitformat-index, gitrepository-layout.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import struct
import sys
import time
import zlib
from pathlib import Path

from journal_app import paths

LIMIT = 0.02  # seconds for the look at working files
_INDEX_BYTES = 512 * 1024
_FILE_BYTES = 4 * 1024 * 1024
_REFS_BYTES = 16 * 1024 * 1024
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_HOST = paths.host()
_RUNS = (("MLFLOW_RUN_ID", "mlflow"), ("WANDB_RUN_ID", "wandb"))


def surroundings() -> dict[str, str]:
    """Every fact about this process, the git repository of its directory included."""
    found = here()
    return {**found, **repository(Path(found["directory"]))} if "directory" in found else found


def here() -> dict[str, str]:
    """What costs microseconds: `directory`, `host`, `environment`, `run` (as the trackers' own
    environment variables name it)."""
    facts = {"host": _HOST}
    with contextlib.suppress(OSError):  # the directory is gone
        facts["directory"] = os.getcwd()  # noqa: PTH109 - ten times cheaper than Path.cwd()
    if name := _environment():
        facts["environment"] = name
    for variable, source in _RUNS:
        if run := os.environ.get(variable):
            facts["run"] = f"{source}:{run}"
            break
    return facts


def _environment() -> str:
    """The Python environment's name: conda's, or the folder (a `.venv` with its parent's name)."""
    if name := os.environ.get("CONDA_DEFAULT_ENV"):
        return name
    place = os.environ.get("VIRTUAL_ENV") or (sys.prefix if sys.prefix != sys.base_prefix else "")
    parts = place.replace("\\", "/").rstrip("/").split("/")
    return "/".join(parts[-2:]) if parts[-1] in (".venv", "venv", "env") else parts[-1]


def repository(directory: Path) -> dict[str, str]:
    """`repository`, `branch`, `commit`, `dirty` ("yes" or "no"), as far as they are known."""
    try:
        top = next(p for p in (directory, *directory.parents) if (p / ".git").exists())
        git = top / ".git"
        if git.is_file():  # a worktree or a submodule
            named = git.read_text(errors="replace").partition("gitdir:")[2].strip()
            git = (top / named).resolve()
        common = git
        if (git / "commondir").is_file():
            common = (git / (git / "commondir").read_text(errors="replace").strip()).resolve()
        facts = {"repository": common.parent.name if common.name == ".git" else top.name}
        head = (git / "HEAD").read_text(errors="replace").strip()
        commit = head
        if head.startswith("ref:"):
            ref = head[4:].strip()
            if ref.startswith("refs/heads/") and ref != "refs/heads/.invalid":
                facts["branch"] = ref.removeprefix("refs/heads/")
            commit = _tip(git, common, ref)
        if _COMMIT.fullmatch(commit):
            facts["commit"] = commit
            dirty = _dirty(top, git, common, commit)
            if dirty is not None:
                facts["dirty"] = "yes" if dirty else "no"
        return facts
    except (StopIteration, OSError, ValueError):
        return {}


def _tip(git: Path, common: Path, ref: str) -> str:
    for folder in (git, common):
        loose = folder / ref
        if loose.is_file():
            return loose.read_text(errors="replace").strip()
    packed = common / "packed-refs"
    if packed.is_file() and packed.stat().st_size <= _REFS_BYTES:
        for line in packed.read_text(errors="replace").splitlines():
            if line.endswith(" " + ref):
                return line.partition(" ")[0]
    return ""


def _dirty(top: Path, git: Path, common: Path, commit: str) -> bool | None:
    """Whether tracked files differ from the last commit; None for not known at this price."""
    index = git / "index"
    if len(commit) != 40 or not index.is_file():
        return None
    written = index.stat()
    if written.st_size > _INDEX_BYTES:
        return None
    try:
        return _compared(index.read_bytes(), written.st_mtime_ns, top, common, commit)
    except (struct.error, IndexError, zlib.error):
        return None  # an index that is being written, or of a kind to come


def _compared(data: bytes, written: int, top: Path, common: Path, commit: str) -> bool | None:
    magic, version, count = struct.unpack_from(">4sII", data)
    if magic != b"DIRC" or version not in (2, 3):
        return None
    until = time.perf_counter() + LIMIT
    place, root = 12, os.fspath(top)
    for _ in range(count):
        (_, _, seconds, nanos, _, _, mode, _, _, size, sha, flags) = struct.unpack_from(
            ">10I20sH", data, place
        )
        start, skipped = place + 62, bool(flags & 0x8000)
        if flags & 0x4000:
            more = struct.unpack_from(">H", data, start)[0]
            start, skipped = start + 2, skipped or bool(more & 0x4000)
            if more & 0x2000:
                return True  # noted for adding
        end = data.index(b"\0", start)
        if flags & 0x3000:
            return True  # a merge that stopped
        if not skipped and stat.S_IFMT(mode) in (stat.S_IFREG, stat.S_IFLNK):
            path = os.path.join(root, os.fsdecode(data[start:end]))  # noqa: PTH118 - a hot loop
            if (same := _same(path, seconds * 10**9 + nanos, size, sha, written)) is not True:
                return None if same is None else True
        if time.perf_counter() > until:
            return None
        place += (end - place + 8) // 8 * 8
    return _staged(data[place:-20], common, commit)


def _same(path: str, mtime: int, size: int, sha: bytes, written: int) -> bool | None:
    """Whether a working file is what the index holds; None when it is too large to look."""
    try:
        now = os.lstat(path)
        if now.st_size & 0xFFFFFFFF != size:
            return False
        if now.st_mtime_ns == mtime and mtime < written:
            return True
        if size > _FILE_BYTES:
            return None
        link = stat.S_ISLNK(now.st_mode)
        text = os.fsencode(os.readlink(path)) if link else Path(path).read_bytes()  # noqa: PTH115
    except OSError:
        return False
    header = b"blob %d\0" % len(text)
    import hashlib  # 6 ms, and seldom needed: only where size and time do not settle it

    return hashlib.sha1(header + text, usedforsecurity=False).digest() == sha


def _staged(extensions: bytes, common: Path, commit: str) -> bool | None:
    """Whether the index holds another tree than the commit, by the index's cache of trees."""
    place = 0
    while place + 8 <= len(extensions):
        name, size = struct.unpack_from(">4sI", extensions, place)
        body = extensions[place + 8 : place + 8 + size]
        place += 8 + size
        if name == b"link":  # a split index: most entries lie in another file
            return None
        if name != b"TREE":
            continue
        line, _, rest = body.partition(b"\0")[2].partition(b"\n")
        if line.startswith(b"-"):
            return True  # something was added since the last commit
        loose = common / "objects" / commit[:2] / commit[2:]
        if not loose.is_file():
            return False  # packed long ago; a whole tree in the index is the commit's
        text = zlib.decompressobj().decompress(loose.read_bytes(), 200)
        return rest[:20].hex().encode() not in text
    return None
