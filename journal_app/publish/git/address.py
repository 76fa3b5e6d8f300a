"""What `repository` means: a remote's address, or a clone that says where its remote is.

Invariants: no address can be read as an option or start a program (`-…`, `ext::…`); a password
never stays in an address; a clone is only read.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from journal_app.domain.secrets import hide_text
from journal_app.domain.targets import Config, Secret
from journal_app.errors import JournalError
from journal_app.publish.git.program import Done, Pairs
from journal_app.runtime.http import loopback

_SCP = re.compile(r"(?:[^@/:\s\\]+@)?(?:[^@/:\s\\]{2,}|\[[0-9A-Fa-f:.]+\]):(?!//)\S.*")
_FORMS = "Write https://HOST/NAME.git, git@HOST:NAME.git, or the folder of a clone."
# What a clone may say about the way to its remote; lists are taken from the clone's own file only.
_SINGLE = ("core.sshcommand", "ssh.variant", "user.name", "user.email")
_LISTS = re.compile(r"(?:http|credential|url)\.")

Ask = Callable[..., Done]


@dataclass(frozen=True, slots=True)
class Remote:
    """Where commits go. `url` has no user and no password where a token is sent with it.

    `kind` is https, http, ssh or file; `pairs` what the user's clone says about the way there.
    """

    url: str
    kind: str
    user: str = ""
    token: Secret | None = None
    pairs: Pairs = ()

    @property
    def shown(self) -> str:
        """The address in messages."""
        return hide_text(self.url)

    @property
    def path(self) -> Path:
        """The folder that holds the objects of a repository on this computer."""
        place = Path(unquote(urlsplit(self.url).path) if "://" in self.url else self.url)
        return place / ".git" if (place / ".git").is_dir() else place

    @property
    def host(self) -> str:
        """The name of the other computer; empty for a folder of this one."""
        if self.kind == "file":
            return ""
        if "://" in self.url:
            return urlsplit(self.url).hostname or ""
        return self.url.partition(":")[0].rpartition("@")[2]


def remote_of(config: Config, git: Ask) -> Remote:
    """The remote that a config names; `git` runs a command in a folder. Raises JournalError."""
    text = _text(config, "repository")
    if not text:
        raise JournalError("The target has no repository.", f"Set repository: {_FORMS}")
    token = config.get("token") or None
    if token is not None and not isinstance(token, Secret):
        raise JournalError(
            "The token is not kept as a secret.", "Give it with `journal target secret NAME token`."
        )
    name = _text(config, "remote") or "origin"
    if not re.fullmatch(r"[A-Za-z0-9_][\w./-]*", name):
        raise JournalError(f"{name!r} is not the name of a remote.", "Usual: origin.")
    _refuse_tricks(text)
    folder = _folder(text)
    if folder is None:
        return _parsed(text, token, secret_allowed=False)
    return _of_folder(folder, name, token, git)


def _text(config: Config, name: str) -> str:
    value = config.get(name) or ""
    return value.strip() if isinstance(value, str) else ""


def _refuse_tricks(text: str) -> None:
    if text.startswith("-") or not text.isprintable():
        raise JournalError(f"{text!r} is not the address of a repository.", _FORMS)
    if re.match(r"[A-Za-z0-9+.-]*::", text):
        raise JournalError(
            f"{text.partition('::')[0]}:: would start a program, so it is not used.", _FORMS
        )


def _folder(text: str) -> Path | None:
    """The folder that `text` names; None for an address."""
    if "://" in text:
        return None
    path = Path(text).expanduser()
    if path.is_absolute() or path.exists():
        return path.absolute()
    if _SCP.fullmatch(text):
        return None
    raise JournalError(f"There is no folder {text}, and it is no address either.", _FORMS)


def _of_folder(folder: Path, name: str, token: Secret | None, git: Ask) -> Remote:
    if not folder.is_dir():
        raise JournalError(f"The repository {folder} does not exist.", _FORMS)
    asked = git(folder, "rev-parse", "--is-bare-repository", "--show-prefix")
    if asked.code:
        if "dubious ownership" in asked.err:
            raise JournalError(
                f"{folder} belongs to another user of this computer, so git does not read it.",
                f"If you trust it: git config --global --add safe.directory {folder}",
            )
        raise JournalError(f"{folder} is not a git repository.", f"Name a clone. {_FORMS}")
    if asked.text.startswith("true"):
        return Remote(str(folder), "file", token=None)
    scoped = git(folder, "config", "--list", "-z", "--show-scope").out.split(b"\0")
    urls: dict[str, str] = {}
    single: dict[str, str] = {}
    lists: list[tuple[str, str]] = []
    for scope, entry in zip(scoped[::2], scoped[1::2], strict=False):
        key, _, value = entry.decode("utf-8", "replace").partition("\n")
        if key in (f"remote.{name}.url", f"remote.{name}.pushurl"):
            urls.setdefault(key.rpartition(".")[2], value)
        elif key in _SINGLE:
            single[key] = value
        elif scope in (b"local", b"worktree") and _LISTS.match(key):
            lists.append((key, value))
    url = urls.get("pushurl") or urls.get("url")
    if not url:
        raise JournalError(
            f"The clone {folder} has no remote {name!r}.",
            "Look with `git remote -v`, and set remote to the name of the one to push to.",
        )
    _refuse_tricks(url)
    pairs = (*single.items(), *lists)
    top = Path(git(folder, "rev-parse", "--show-toplevel").text or folder)
    if "://" not in url and not _SCP.fullmatch(url):
        return Remote(str((top / Path(url).expanduser()).resolve()), "file", pairs=pairs)
    return _parsed(url, token, secret_allowed=True, pairs=pairs)


def _parsed(url: str, token: Secret | None, *, secret_allowed: bool, pairs: Pairs = ()) -> Remote:
    if "://" not in url:
        host = url.partition(":")[0]
        if host.startswith("-") or host.rpartition("@")[2].startswith("-"):
            raise JournalError(f"{url!r} is not the address of a repository.", _FORMS)
        return Remote(url, "ssh", pairs=pairs)
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname or "", parts.port
    except ValueError as error:
        raise JournalError(f"{hide_text(url)!r} is not an address.", _FORMS) from error
    scheme = parts.scheme.lower()
    if scheme == "file" and not host:
        return Remote(url, "file", pairs=pairs)
    fine = scheme in ("https", "http", "ssh") and host and not host.startswith("-")
    if not fine or (parts.username or "").startswith("-") or parts.query or parts.fragment:
        raise JournalError(
            f"{hide_text(url)} is not an address that posts are pushed to.",
            f"{_FORMS} Known are https, ssh and file.",
        )
    if scheme == "ssh":
        return Remote(url, "ssh", pairs=pairs)
    if parts.password and not secret_allowed:
        raise JournalError(
            "The address of the repository has a password in it.",
            "Take it out, and give it as the target's token: that is kept in the keyring.",
        )
    if parts.password and token is None:
        token = Secret(unquote(parts.password))
    user = unquote(parts.username or "")
    bare = parts.netloc.rpartition("@")[2]
    if token is not None:
        url = urlunsplit((scheme, bare, parts.path, "", ""))
        if scheme == "http" and not loopback(host):
            raise JournalError(
                f"{hide_text(url)} is http: the token could be read on the way.",
                "Write the address with https://.",
            )
    return Remote(url, scheme, user, token, pairs)
