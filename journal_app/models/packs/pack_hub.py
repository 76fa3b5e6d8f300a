"""Install a pack from a Hugging Face repository: choose its few files, fetch them, check them.

The repository is spoken to by `huggingface_hub` in a process of its own (`pack_hub_child`), with
the user's endpoint and token and without telemetry, cache or anything else outside `.partial/`.
What has come lies in `.partial/<repository>.hub/` and survives a kill; the next call goes on.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import json
import os
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from journal_app import paths
from journal_app.errors import JournalError
from journal_app.models import packs
from journal_app.models.packs import Installed, pack_import, pack_layout
from journal_app.models.packs.pack_build import Check, Progress
from journal_app.models.packs.pack_names import Unsafe, checked, distinct, pickled, slug
from journal_app.models.packs.pack_place import discard, need_room

PREFIX = "hf:"
_REPOSITORY = re.compile(r"([\w.-]{1,96}/[\w.-]{1,96}|[\w.-]{1,96})(?:@([\w./-]{1,120}))?")
_NAMES = re.compile(  # what is ever asked for
    r"(?i)(.*/)?([\w.-]+\.onnx([._]data[\w]*)?|[\w.-]+\.data|tokenizer[\w.-]*\.json|"
    r"[\w-]+\.jinja|chat_template\.json|(genai_)?config\.json|generation_config\.json|"
    r"special_tokens_map\.json|added_tokens\.json|vocab\.txt|readme\.md|"
    r"(licen[cs]e|copying|notice|use_policy)([._-][\w.-]*)?)"
)
_LOOK = 0.05  # seconds between two looks at whether the user cancelled


def install(
    root: Path,
    name: str,
    *,
    variant: str = "",
    id: str = "",
    licence: str = "",
    progress: Progress | None = None,
    check: Check | None = None,
) -> Installed:
    """Install `hf:owner/name[@revision]`; raises JournalError that says what is missing.

    `progress(done, total)` in bytes of the files that are being fetched; `check` cancels by
    raising, and what has come stays for the next call.
    """
    repository, revision = _parsed(name)
    if importlib.util.find_spec("huggingface_hub") is None:
        raise JournalError(
            f"{name} needs the package huggingface_hub, and it is not installed.",
            "`pip install journal-app[hub]` adds it. Without it: fetch the files with a browser "
            "and `journal model import FOLDER`.",
        )
    with packs.locked(root) as partial:
        place = partial / f"{_key(repository, revision)}.hub"
        place.mkdir(exist_ok=True)
        with Hub(place, progress, check) as hub:
            tree = Repository(hub, repository, revision)
            if found := _same(root, id, tree, variant):
                discard(place)
                return found
            plan = pack_layout.plan(tree, variant)
            made = pack_import.build(
                root,
                partial,
                tree,
                plan,
                id or _named(repository, plan.variant),
                licence or tree.licence,
                check,
                origin=f"{PREFIX}{repository}@{tree.commit}",
                title=f"{repository} ({plan.variant})" if plan.variant else repository,
            )
        discard(place)
        return made


class Repository:
    """The files of one commit of a repository, as a tree; what is brought lies in the hub's
    place."""

    def __init__(self, hub: Hub, repository: str, revision: str) -> None:
        self._hub, self.name = hub, repository
        answer = hub.ask({"op": "list", "repository": repository, "revision": revision})
        self.commit, self.licence = str(answer["commit"]), str(answer["licence"])
        self._files: dict[str, dict[str, Any]] = {}
        for one in answer["files"]:
            with contextlib.suppress(Unsafe):  # a name that cannot be here is not asked for
                self._files[checked(one["name"])] = one
        try:
            distinct(self._files)
        except Unsafe as error:
            raise JournalError(f"{repository} is refused: {error}.", "Take another.") from error

    @property
    def sizes(self) -> Mapping[str, int]:
        """Bytes by name; files that are never asked for are left out, but for the pickles that
        a refusal may name."""
        return {
            name: int(one["size"])
            for name, one in self._files.items()
            if _NAMES.fullmatch(name) or pickled(name)
        }

    def bring(self, names: Sequence[str]) -> Path:
        """Fetch these files, if they are not here yet, and compare each with the repository's
        record of it."""
        wanted = [self._files[name] for name in dict.fromkeys(names)]
        refused = [one["name"] for one in wanted if not _NAMES.fullmatch(one["name"])]
        if refused:
            raise JournalError(
                f"{', '.join(refused)} in {self.name} is of a kind that is not fetched.",
                "Field Journal takes ONNX graphs, their data, tokenizers and configurations.",
            )
        missing = [one for one in wanted if not self._hub.has(one)]
        if missing:
            size = sum(int(one["size"]) for one in missing)
            need_room(self._hub.place, 2 * size, f"the files of {self.name}")
            self._hub.ask(
                {
                    "op": "get",
                    "repository": self.name,
                    "revision": self.commit,
                    "files": missing,
                }
            )
            for one in missing:
                if not self._hub.has(one):
                    raise JournalError(f"{one['name']} did not arrive.", "Try again.")
        return self._hub.place


class Hub:
    """The process that speaks to the hub; use as a context manager, from one thread."""

    def __init__(self, place: Path, progress: Progress | None, check: Check | None) -> None:
        self.place = place
        self._progress, self._check = progress, check
        self._good: set[str] = set()

    def __enter__(self) -> Hub:
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "journal_app.models.packs.pack_hub_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(self.place),
            cwd=self.place,
            text=True,
            encoding="utf-8",
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self._mail: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._receive, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._thread.join()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):
                    pipe.close()

    def has(self, file: Mapping[str, Any]) -> bool:
        """Whether a file is here, whole, and the one that the repository records."""
        name = str(file["name"])
        if name in self._good:
            return True
        path = self.place / name
        if not path.is_file() or path.stat().st_size != file["size"] or not matches(path, file):
            return False
        self._good.add(name)
        return True

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send a request and wait; raises JournalError as the other side puts it."""
        pipe = self._process.stdin
        assert pipe is not None
        try:
            pipe.write(json.dumps(request) + "\n")
            pipe.flush()
        except OSError as error:
            raise self._ended() from error
        for line in self._lines():
            answer: dict[str, Any] = json.loads(line)
            if "progress" in answer:
                if self._progress:
                    self._progress(*answer["progress"])
            elif "error" in answer:
                raise JournalError(answer["error"], answer["hint"])
            else:
                return answer
        raise self._ended()

    def _lines(self) -> Iterator[str]:
        while True:
            if self._check:
                self._check()
            with contextlib.suppress(queue.Empty):
                line = self._mail.get(timeout=_LOOK)
                if line is None:
                    return
                yield line

    def _receive(self) -> None:
        stream = self._process.stdout
        assert stream is not None
        for line in stream:
            self._mail.put(line)
        self._mail.put(None)

    def _ended(self) -> JournalError:
        return JournalError(
            f"The process that fetches from the hub ended (status {self._process.wait()}).",
            "Try again: what has come is kept. Is huggingface_hub whole? `pip check`",
        )


def matches(path: Path, file: Mapping[str, Any]) -> bool:
    """Whether a file's bytes are those that the repository records: SHA-256 for a large file,
    git's blob id for a small one."""
    if file.get("sha256"):
        return packs.digest(path) == str(file["sha256"])
    data = path.read_bytes()
    blob = hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
    return blob == str(file.get("blob"))


def _environment(place: Path) -> dict[str, str]:
    """The user's own, with everything that is written kept in `place` and telemetry off."""
    mine = dict(os.environ)
    home = Path(mine.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "huggingface"
    token = mine.get("HF_TOKEN_PATH") or str(Path(mine.get("HF_HOME") or home) / "token")
    for name in ("HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_ASSETS_CACHE", "HF_XET_CACHE"):
        mine.pop(name, None)
    known = mine.get("PYTHONPATH")
    package = str(paths.PACKAGE.parent)
    return {
        **mine,
        "HF_TOKEN_PATH": token,
        "HF_HOME": str(place / ".home"),
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_XET": "1",
        "HF_HUB_DISABLE_UPDATE_CHECK": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "PYTHONPATH": os.pathsep.join([package, known] if known else [package]),
    }


def _parsed(name: str) -> tuple[str, str]:
    match = _REPOSITORY.fullmatch(name.removeprefix(PREFIX))
    if match is None or ".." in name:
        raise JournalError(
            f"{name!r} does not name a repository.",
            "Write hf:owner/name or hf:owner/name@revision.",
        )
    return match[1], match[2] or ""


def _key(repository: str, revision: str) -> str:
    return slug(f"{repository}-{revision}" if revision else repository)


def _named(repository: str, variant: str) -> str:
    name = slug(repository.rpartition("/")[2])
    return name if not variant or name.endswith(slug(variant)) else slug(f"{name}-{variant}")


def _same(root: Path, id: str, tree: Repository, variant: str) -> Installed | None:
    """The pack that this commit gave already, if it is whole."""
    for found in packs.installed_packs(root):
        origin = f"{PREFIX}{tree.name}@{tree.commit}"
        if found.origin == origin and (not id or found.id == id):
            if variant and found.manifest.get("variant") != variant:
                continue
            if not packs.verify(found):
                return found
    return None
