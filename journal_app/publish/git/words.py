"""What git and the server say when something fails, as the error that it is, in plain words.

Git's own lines are matched as they are in English (LC_ALL=C); lines that begin with `remote:` are
the server's and are shown, cleaned, but decide only what git's own lines leave open.
"""

from __future__ import annotations

import re

from journal_app.domain.secrets import hide_text
from journal_app.domain.targets import AccessDenied, TryLater
from journal_app.errors import JournalError
from journal_app.publish.git.address import Remote
from journal_app.publish.git.program import Done, signature

SAID = 200  # characters of the server's words that are shown
_AGAIN = "then publish again: the post is kept."
_PASSWORD = re.compile(
    r"could not read (?:username|password)|authentication failed|error: 401|http 401"
    r"|terminal prompts disabled"
)
_FORBIDDEN = re.compile(r"error: 403|http 403")
_DENIED = re.compile(
    r"denied to |marked as read.only|not allowed to push code to this project|access denied"
    r"|write access to (?:the )?repository"
)
_KEY = re.compile(r"permission denied \(|permission denied, please try again|no mutual signature")
_HOST_KEY = re.compile(r"host key verification failed|remote host identification has changed")
_NAME = re.compile(r"could not resolve|name or service not known|name resolution|no such host")
_LINE = re.compile(
    r"connection (?:refused|timed out|reset|closed)|network is unreachable|no route to host"
    r"|failed to connect|couldn't connect|could not connect|timed out|timeout|too slow|early eof"
    r"|unexpected disconnect|hung up unexpectedly|empty reply|transfer closed|broken pipe"
    r"|unexpected eof|gnutls_handshake|ssl_error_syscall|curl (?:18|28|52|56)"
)
_BUSY = re.compile(r"(?:error: |http )(?:429|5\d\d)")
_MOVED = re.compile(r"(?:error: |http )30\d|unable to update url base from redirection")
_MISSING = re.compile(
    r"not found|does not appear to be a git repository|error: 404|is this a git repository"
    r"|not a git repository|does not exist|could not be found"
)
_CERTIFICATE = re.compile(r"ssl certificate|certificate verif|self[- ]signed|unable to get local")
_FULL = re.compile(r"no space left on device|disk quota exceeded|file too large")
_UNWRITABLE = re.compile(
    r"permission denied|read-only file system|insufficient permission"
    r"|unable to create temporary object directory"
)
_FORMAT = re.compile(
    r"mismatched algorithms|hash algorithm|object format|unknown repository extension"
)
_TRANSPORT = re.compile(r"transport '.*' not allowed|unable to find remote helper|protocol '.*' is")
_TOO_LARGE = re.compile(r"(?:error: |http )413")
_BEFORE = re.compile(  # said while the server is asked what it has, before anything is sent
    r"unable to access|ssh: connect to host|could not resolve|kex_exchange|http 429"
)
_CACHE = re.compile(
    r"\.lock': file exists|bad object|bad tree object|loose object|object file|invalid sha1"
    r"|unable to read (?:tree|sha1)|missing (?:blob|tree|commit)|shallow file has changed"
    r"|did not send all necessary|bad config|is corrupt|could not parse|unresolved deltas"
    r"|shallow update not allowed|packfile \S+ (?:cannot|does not|index)"
)


class Broken(Exception):
    """Our own cache is no good any more: it is made anew, nobody needs to know."""


def clean(text: str, remote: Remote) -> str:
    """Words of a stranger: one line, printable, short, without the token."""
    found = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", text)
    found = " ".join("".join(c if c.isprintable() else " " for c in found).split())
    if remote.token is not None:
        for form in (remote.token.shown_to_target(), signature(remote)):
            found = found.replace(form, "(hidden)")
    found = hide_text(found)
    return found[:SAID].rstrip(". ") + ("…" if len(found) > SAID else "")


def sorted_lines(err: str) -> tuple[str, str]:
    """(git's own lines in lower case, what the server said)."""
    own: list[str] = []
    theirs: list[str] = []
    for line in err.splitlines():
        if line.startswith("remote:"):
            words = line.removeprefix("remote:").strip()
            if words.strip("=* -"):
                theirs.append(words)
        else:
            own.append(line)
            if line.startswith("ERROR:"):  # a server's words over SSH
                theirs.append(line.removeprefix("ERROR:").strip())
    return "\n".join(own).lower(), " ".join(theirs)


def trouble(done: Done, remote: Remote) -> JournalError | None:
    """The error that a failed command to the remote certainly means; None where it is not clear.

    Raises Broken where only our cache is at fault.
    """
    own, theirs = sorted_lines(done.err)
    said = clean(theirs, remote)
    site = remote.host or remote.shown
    words = f": {said}" if said else ""
    if not done.ended:
        return TryLater(f"{site} did not answer in time.", "It will be tried again by itself.")
    if _KEY.search(own):
        return AccessDenied(
            f"{site} does not accept this computer's SSH key{words}.",
            f"Add the public key there with the right to write, and try `ssh -T {_login(remote)}`. "
            "A key with a passphrase must be in the SSH agent.",
        )
    if _PASSWORD.search(own):
        return _sign_in(remote, site, words)
    if _FORBIDDEN.search(own) or _DENIED.search(f"{own} {theirs}".lower()):
        status = "403" if _FORBIDDEN.search(own) else "refused"
        return AccessDenied(
            f"{site} does not let us write to {remote.shown} ({status}{words}).",
            "Give the token or key the right to write there, or make a new one and give it with "
            "`journal target secret NAME token`; then `journal target test NAME`.",
        )
    if _HOST_KEY.search(own):
        return JournalError(
            f"The host key of {site} is not known to this computer, or it changed.",
            f"Connect once by hand and compare the fingerprint: ssh -T {_login(remote)}",
        )
    if _CERTIFICATE.search(own):
        return JournalError(
            f"The certificate of {site} is not trusted by this computer.",
            "Check the address and the date of this computer; for an authority of your own set "
            "http.sslCAInfo in git's settings.",
        )
    if _MOVED.search(own):
        return JournalError(
            f"{site} sends us on to another address, and a token goes nowhere else.",
            "Open the repository in the browser and give the address that it has now; often only "
            ".git is missing at the end.",
        )
    if _NAME.search(own):
        return TryLater(
            f"{site} cannot be found{words}.",
            "Is this computer online, and is the address right? It will be tried again by itself.",
        )
    if _FULL.search(own):
        return full(remote, theirs)
    if _TOO_LARGE.search(own):
        return JournalError(
            f"{site} does not take that much at once (413).", "Make the pictures smaller."
        )
    if _CACHE.search(own) and "remote unpack failed" not in own:
        raise Broken(own)
    return _rest(remote, own, theirs, site, words)


def _rest(remote: Remote, own: str, theirs: str, site: str, words: str) -> JournalError | None:
    if _BUSY.search(own):
        return TryLater(
            f"{site} is out of order or busy{words}.", "It will be tried again by itself."
        )
    if _TRANSPORT.search(own):
        return JournalError(
            f"git does not go to {remote.shown} in this way.", "Use a https or SSH address."
        )
    if _FORMAT.search(own):
        return JournalError(
            f"{remote.shown} keeps its objects in a form that this git does not write.",
            "Update git.",
        )
    if "dubious ownership" in own:
        return JournalError(
            f"{remote.shown} belongs to another user of this computer, so git does not use it.",
            f"If you trust it: git config --global --add safe.directory {remote.shown}",
        )
    if _UNWRITABLE.search(own):
        return unwritable(remote)
    if _MISSING.search(own) or _MISSING.search(theirs.lower()):
        hint = "Check the address."
        if remote.kind != "file":
            hint = "Check the address. A private one is hidden from a token or key without access."
        return JournalError(f"There is no git repository at {remote.shown}{words}.", hint)
    if _LINE.search(own):
        return TryLater(
            f"The connection to {site} could not be made or broke.",
            "Is this computer online? It will be tried again by itself.",
        )
    return None


def midway(done: Done, why: JournalError) -> bool:
    """Whether a push that failed so may have been taken: it broke after it had begun."""
    own = sorted_lines(done.err)[0]
    return isinstance(why, TryLater) and not _BEFORE.search(own)


def blocked(err: str) -> bool:
    """Whether a ref could not be moved because nothing can be written there."""
    return bool(_UNWRITABLE.search(err.lower()) or _FULL.search(err.lower()))


def _sign_in(remote: Remote, site: str, words: str) -> AccessDenied:
    if remote.token is not None:
        return AccessDenied(
            f"{site} does not accept the token{words}.",
            "It is wrong, revoked or run out. Make a new one there and give it with `journal "
            "target secret NAME token`; then `journal target test NAME`.",
        )
    return AccessDenied(
        f"{site} asks who we are, and no token is set{words}.",
        "Make a token there that may write contents, and give it with `journal target secret NAME "
        "token`; or use the SSH address.",
    )


def _login(remote: Remote) -> str:
    if "://" not in remote.url:
        return remote.url.partition(":")[0]
    from urllib.parse import urlsplit

    parts = urlsplit(remote.url)
    port = f" -p {parts.port}" if parts.port else ""
    return parts.netloc.partition(":")[0] + port


def full(remote: Remote, theirs: str) -> JournalError:
    """The disk is full: theirs, or ours."""
    where = remote.host or remote.shown
    if _FULL.search(theirs.lower()) or remote.kind == "file":
        return JournalError(f"The disk of {where} is full.", f"Make room there, {_AGAIN}")
    return JournalError("The disk of this computer is full.", f"Free some space, {_AGAIN}")


def unwritable(remote: Remote) -> JournalError:
    """It can be read, not written."""
    return JournalError(
        f"{remote.shown} cannot be written: it is read-only for this user.",
        f"Mend its permissions, or name another repository, {_AGAIN}",
    )


def refused(reason: str, err: str, remote: Remote, branch: str) -> JournalError:
    """A push that the server turned down, with its reason."""
    own, theirs = sorted_lines(err)
    said = clean(theirs, remote)
    words = f": {said}" if said else ""
    low = f"{reason} {theirs}".lower()
    if _FULL.search(own) or _FULL.search(low):
        return full(remote, f"{theirs} {own}")
    if _UNWRITABLE.search(own) or _UNWRITABLE.search(low):
        return unwritable(remote)
    rules = "rule violations" in low and "secret" not in low
    if "protected branch" in low or "gh006" in low or rules:
        return JournalError(
            f"The branch {branch} of {remote.shown} is protected{words}.",
            "Set branch to one of its own, for example field-journal, and merge it there; or allow "
            f"this account to push, {_AGAIN}",
        )
    if "checked out" in low or "checked out" in own:
        return JournalError(
            f"{remote.shown} has {branch} checked out, so nothing can be pushed to it.",
            "Name a bare repository, or set branch to another one.",
        )
    if "hook declined" in low:
        return JournalError(
            f"A rule of {remote.shown} refused the commit{words}.",
            f"Change what it names, {_AGAIN}",
        )
    why = clean(reason, remote)
    return JournalError(
        f"{remote.shown} refused the commit ({why}{words}).", f"Change what it names, {_AGAIN}"
    )
