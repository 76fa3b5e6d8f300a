"""The process that speaks to a Hugging Face hub: lists a repository, fetches named files.

Requests and answers are JSON, one a line, over standard input and output. Each file goes to
`<name>.part` in the working folder, is gone on with where it stopped, and takes its name once its
bytes are those that the repository records. (`hf_hub_download` keeps no part of a file that broke
off, so the bytes are fetched here, through huggingface_hub's own connection.)
"""

from __future__ import annotations

import json
import os
import queue
import sys
import threading
from pathlib import Path
from typing import Any

from journal_app.errors import JournalError
from journal_app.models.packs.pack_hub import matches
from journal_app.models.packs.pack_place import waiting

TRIES = 5
TIMEOUT = 60.0  # seconds without a byte
EVERY = 1 << 18  # bytes between two reports


def listed(repository: str, revision: str) -> dict[str, Any]:
    """`{commit, licence, files: [{name, size, sha256, blob}]}` of a repository."""
    from huggingface_hub import HfApi

    info = HfApi().model_info(
        repository, revision=revision or None, files_metadata=True, timeout=TIMEOUT
    )
    licence = getattr(info.card_data, "license", None) or ""
    if licence in ("", "other"):
        licence = getattr(info.card_data, "license_name", None) or licence
    files = [
        {
            "name": one.rfilename,
            "size": one.size or 0,
            "sha256": one.lfs.sha256 if one.lfs else "",
            "blob": one.blob_id or "",
        }
        for one in info.siblings or ()
    ]
    return {"commit": info.sha or "", "licence": str(licence), "files": files}


def fetch(repository: str, revision: str, files: list[dict[str, Any]]) -> dict[str, Any]:
    """Bring every file; raises JournalError or what the connection raises."""
    total = sum(int(one["size"]) for one in files)
    done = 0
    for one in files:
        path = Path(str(one["name"]))
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_name(f"{path.name}.part")
        _fetch(repository, revision, one, part, done, total)
        if part.stat().st_size != one["size"] or not matches(part, one):
            part.unlink()
            raise JournalError(
                f"{path} of {repository} is not the file that the repository records: its digest "
                "differs.",
                "Nothing was installed. Try again; if it repeats, the mirror or proxy between "
                "changes files.",
            )
        part.replace(path)
        done += int(one["size"])
    return {"done": True}


def _fetch(
    repository: str, revision: str, file: dict[str, Any], part: Path, before: int, total: int
) -> None:
    size, tries = int(file["size"]), 0
    while True:
        had = part.stat().st_size if part.exists() else 0
        if had == size and part.exists():
            return
        if had > size:  # more than the repository says: of another commit, or wrong
            part.unlink()
            had = 0
        try:
            _stream(repository, revision, file, part, had, before, total)
        except _broken():
            if tries >= TRIES:
                raise
        now = part.stat().st_size if part.exists() else 0
        tries = 0 if had < now <= size else tries + 1
        if tries > TRIES:
            return  # its digest will tell


def _stream(
    repository: str,
    revision: str,
    file: dict[str, Any],
    part: Path,
    have: int,
    before: int,
    total: int,
) -> None:
    from huggingface_hub import get_hf_file_metadata, get_session, hf_hub_url, utils

    url = hf_hub_url(repository, str(file["name"]), revision=revision)
    found = get_hf_file_metadata(url, timeout=TIMEOUT)
    headers = dict(utils.build_hf_headers())  # type: ignore[attr-defined]  # not in its __all__
    headers["accept-encoding"] = "identity"
    if _host(found.location) != _host(url):  # the store behind the hub must not see the token
        headers.pop("authorization", None)
    if have:
        headers["range"] = f"bytes={have}-"
    with get_session().stream("GET", found.location, headers=headers, timeout=TIMEOUT) as answer:
        utils.hf_raise_for_status(answer)  # type: ignore[attr-defined]  # not in its __all__
        goes_on = answer.status_code == 206 and str(
            answer.headers.get("content-range", "")
        ).startswith(f"bytes {have}-")
        have = have if goes_on else 0
        with part.open("r+b" if have else "wb") as target:
            target.seek(have)
            told = have
            for chunk in answer.iter_raw():
                target.write(chunk)
                have += len(chunk)
                if have > file["size"]:
                    return  # more than the repository says
                if have == file["size"] or have - told >= EVERY:
                    told = have
                    _say({"progress": [before + have, total]})


def _host(url: str) -> str:
    from urllib.parse import urlsplit

    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _broken() -> tuple[type[Exception], ...]:
    """What a line that breaks off raises."""
    client = sys.modules.get("httpx2") or sys.modules.get("httpx")
    return (client.TransportError,) if client is not None else (OSError,)


def _explained(error: Exception, repository: str) -> JournalError:
    """The plain words for what huggingface_hub or the connection raised."""
    from huggingface_hub import errors

    if isinstance(error, JournalError):
        return error
    if isinstance(error, errors.OfflineModeIsEnabled):
        return JournalError(
            f"{repository} cannot be fetched: HF_HUB_OFFLINE is set.", "Unset it for this once."
        )
    if isinstance(error, errors.GatedRepoError):
        return JournalError(
            f"{repository} is given only to those who accepted its licence.",
            "Accept it on the model's page, then set HF_TOKEN to your token (or `hf auth login`).",
        )
    if isinstance(error, errors.RevisionNotFoundError):
        return JournalError(f"{repository} has no such revision.", "Name a branch, tag or commit.")
    if isinstance(error, errors.RepositoryNotFoundError):
        return JournalError(
            f"There is no repository {repository}, or it is private.",
            "Write hf:owner/name as on the model's page. For a private one set HF_TOKEN.",
        )
    if isinstance(error, errors.HFValidationError):
        return JournalError(f"{repository!r} is no repository's name.", "Write hf:owner/name.")
    why = " ".join(str(error).split())[:300] or type(error).__name__
    return JournalError(
        f"{repository} could not be fetched: {why}.",
        "It needs a network once (HF_ENDPOINT, HF_TOKEN and proxies: as set for Hugging Face). "
        "What has come is kept: the same command goes on there. Without a network: copy the files "
        "here and `journal model import FOLDER`.",
    )


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)


def main() -> None:
    """Answer requests until the input ends; the end of the input ends a download too."""
    requests: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()

    def receive() -> None:
        for line in sys.stdin:
            requests.put(json.loads(line))
        os._exit(0)  # whoever asked is gone: nobody may go on writing here

    with waiting(Path(".lock")):
        threading.Thread(target=receive, daemon=True).start()
        while True:
            _answer(requests.get())


def _answer(request: dict[str, Any]) -> None:
    repository, revision = str(request["repository"]), str(request["revision"])
    try:
        if request["op"] == "list":
            _say(listed(repository, revision))
        else:
            _say(fetch(repository, revision, request["files"]))
    except Exception as error:  # noqa: BLE001 - the other side shows it; this process is its own
        told = _explained(error, repository)
        _say({"error": told.message, "hint": told.hint})


if __name__ == "__main__":
    main()
