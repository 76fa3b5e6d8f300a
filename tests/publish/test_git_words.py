"""What git and well-known servers say, and what the user is told instead."""

from __future__ import annotations

import pytest

from journal_app.domain.targets import AccessDenied, Secret, TryLater
from journal_app.errors import JournalError
from journal_app.publish.git import words
from journal_app.publish.git.address import Remote
from journal_app.publish.git.program import Done, signature

TOKEN = "ghp_0123456789abcdefABCDEF"
WEB = Remote("https://example.org/me/blog.git", "https", "", Secret(TOKEN))
SHELL = Remote("git@example.org:me/blog.git", "ssh")


@pytest.mark.parametrize(
    ("remote", "said", "kind", "told"),
    [
        (
            WEB,
            "remote: Permission to me/blog.git denied to me.\n"
            "fatal: unable to access 'https://example.org/me/blog.git/': "
            "The requested URL returned error: 403\n",
            AccessDenied,
            "does not let us write",
        ),
        (
            WEB,
            "remote: Invalid username or token.\n"
            "fatal: Authentication failed for 'https://example.org/me/blog.git/'\n",
            AccessDenied,
            "does not accept the token: Invalid username or token",
        ),
        (
            WEB,
            "remote: Repository not found.\n"
            "fatal: repository 'https://example.org/me/blog.git/' not found\n",
            JournalError,
            "no git repository",
        ),
        (
            WEB,
            "fatal: unable to access 'https://example.org/me/blog.git/': SSL certificate problem: "
            "unable to get local issuer certificate\n",
            JournalError,
            "certificate",
        ),
        (
            WEB,
            "fatal: unable to access 'https://example.org/me/blog.git/': Could not resolve host: "
            "example.org\n",
            TryLater,
            "cannot be found",
        ),
        (
            WEB,
            "error: RPC failed; curl 56 Recv failure: Connection reset by peer\n"
            "fetch-pack: unexpected disconnect while reading sideband packet\nfatal: early EOF\n"
            "fatal: fetch-pack: invalid index-pack output\n",
            TryLater,
            "connection",
        ),
        (
            SHELL,
            "git@example.org: Permission denied (publickey).\n"
            "fatal: Could not read from remote repository.\n",
            AccessDenied,
            "SSH key",
        ),
        (
            SHELL,
            "ERROR: The key you are authenticating with has been marked as read only.\n"
            "fatal: Could not read from remote repository.\n",
            AccessDenied,
            "read only",
        ),
        (
            SHELL,
            "ERROR: Repository not found.\nfatal: Could not read from remote repository.\n",
            JournalError,
            "no git repository",
        ),
        (
            SHELL,
            "Host key verification failed.\nfatal: Could not read from remote repository.\n",
            JournalError,
            "host key",
        ),
        (
            SHELL,
            "ssh: connect to host example.org port 22: Connection timed out\n"
            "fatal: Could not read from remote repository.\n",
            TryLater,
            "connection",
        ),
    ],
)
def test_trouble_in_plain_words(
    remote: Remote, said: str, kind: type[JournalError], told: str
) -> None:
    error = words.trouble(Done(128, b"", said), remote)
    assert type(error) is kind
    assert told in error.message
    assert error.hint


@pytest.mark.parametrize(
    ("reason", "said", "told"),
    [
        (
            "pre-receive hook declined",
            "remote: GitLab: You are not allowed to push code to protected branches on this "
            "project.\n",
            "is protected",
        ),
        (
            "push declined due to repository rule violations",
            "remote: error: GH013: Repository rule violations found for refs/heads/main.\n"
            "remote: - Changes must be made through a pull request.\n",
            "is protected",
        ),
        (
            "push declined due to repository rule violations",
            "remote: error: GH013: Repository rule violations found for refs/heads/main.\n"
            "remote: - Push cannot contain secrets\n",
            "cannot contain secrets",
        ),
        ("unpacker error", "remote: fatal: write error: No space left on device\n", "is full"),
        (
            "unpacker error",
            "error: remote unpack failed: unable to create temporary object directory\n",
            "cannot be written",
        ),
    ],
)
def test_a_refusal_in_plain_words(reason: str, said: str, told: str) -> None:
    error = words.refused(reason, said, WEB, "main")
    assert type(error) is JournalError
    assert told in error.message
    assert error.hint


def test_a_server_that_says_the_token_aloud_is_not_repeated() -> None:
    said = f"remote: no {TOKEN} and no {signature(WEB)} \x1b[31mhere\x07\n"
    error = words.refused("hook declined", said, WEB, "main")
    assert TOKEN not in str(error)
    assert signature(WEB) not in str(error)
    assert "here" in error.message
    assert error.message.isprintable()
