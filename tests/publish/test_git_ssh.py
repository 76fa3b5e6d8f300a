"""Over SSH, to a real sshd on loopback with keys of its own; and addresses that are tricks."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_app.domain.targets import AccessDenied, TryLater
from journal_app.errors import JournalError
from journal_app.publish.git.address import remote_of
from journal_app.publish.git.program import Git
from tests.helpers.servers.git import SSHD, Ssh, git, log
from tests.helpers.servers.git_worlds import FolderWorld, look, send


@pytest.fixture(scope="module")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ssh]:
    if SSHD is None or shutil.which("ssh") is None or sys.platform == "win32":
        pytest.skip("openssh-server is not installed")
    if os.getuid() == 0 and not Path("/run/sshd").is_dir():
        try:
            Path("/run/sshd").mkdir(mode=0o755)  # what the service does when it starts
        except OSError:
            pytest.skip("sshd cannot start as root: /run/sshd cannot be made")
    server = Ssh(tmp_path_factory.mktemp("ssh") / "sshd")
    try:
        if not server.ready():
            pytest.skip(f"this system does not let its sshd be used: {server.log.read_text()}")
        yield server
    finally:
        server.stop()


@pytest.fixture
def world(tmp_path: Path, sshd: Ssh, monkeypatch: pytest.MonkeyPatch) -> FolderWorld:
    world = FolderWorld(tmp_path)
    world.config["repository"] = f"ssh://{sshd.user}@127.0.0.1:{sshd.port}{world.bare}"
    monkeypatch.setenv("GIT_SSH_COMMAND", sshd.command)
    return world


def test_a_post_goes_out_over_ssh(world: FolderWorld) -> None:
    assert any("allowed" in fact for fact in world.kind.check(world.config))
    receipt = send(world)
    assert log(world.bare) == ["Publish: Warmup ended the divergence", "The site"]
    found = look(world)
    assert found is not None
    assert found.sha256 == receipt.sha256


def test_the_way_of_a_clone_is_used(
    world: FolderWorld, sshd: Ssh, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clone = tmp_path / "clone"
    git("clone", "--quiet", str(world.bare), str(clone))
    git("remote", "set-url", "origin", str(world.config["repository"]), at=clone)
    git("config", "core.sshCommand", sshd.command, at=clone)
    monkeypatch.delenv("GIT_SSH_COMMAND")
    world.config["repository"] = str(clone)
    assert send(world).live


def test_a_key_that_is_not_known_there(world: FolderWorld, sshd: Ssh) -> None:
    kept = (sshd.folder / "authorized").read_bytes()
    (sshd.folder / "authorized").write_bytes(b"")
    try:
        with pytest.raises(AccessDenied) as error:
            send(world)
    finally:
        (sshd.folder / "authorized").write_bytes(kept)
    assert "SSH key" in error.value.message
    assert f"ssh -T {sshd.user}@127.0.0.1 -p {sshd.port}" in error.value.hint


def test_a_server_that_is_not_known_here(world: FolderWorld, sshd: Ssh) -> None:
    kept = (sshd.folder / "known").read_bytes()
    (sshd.folder / "known").write_bytes(b"")
    try:
        with pytest.raises(JournalError, match="host key") as error:
            send(world)
    finally:
        (sshd.folder / "known").write_bytes(kept)
    assert "fingerprint" in error.value.hint


def test_no_server_and_no_repository(world: FolderWorld) -> None:
    address = str(world.config["repository"])
    world.config["repository"] = address + "-not"
    with pytest.raises(JournalError, match="no git repository") as error:
        send(world)
    assert not isinstance(error.value, TryLater)
    world.config["repository"] = f"ssh://127.0.0.1:1{world.bare}"
    with pytest.raises(TryLater):
        send(world)


@pytest.mark.parametrize(
    "trick",
    [
        "-u./evil",
        "--upload-pack=touch pwned",
        "ext::sh -c 'touch pwned'",
        "fd::17",
        "ssh://-oProxyCommand=touch pwned/x",
        "ssh://-oProxyCommand=touch@host/x",
        "-oProxyCommand=touch:x",
        "git://example.org/x.git",
        "ftp://example.org/x.git",
        "https://example.org/x.git?private_token=abc",
        "https://user:password@example.org/x.git",
        "https:///x.git",
        "https://example.org:port/x",
        "file://host/x",
        "a\nb",
        "",
        "no/such/folder",
    ],
)
def test_an_address_that_is_a_trick_is_refused(
    trick: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = set(tmp_path.iterdir())
    with pytest.raises(JournalError) as error:
        remote_of({"repository": trick}, Git().run)
    assert error.value.hint
    assert "password@" not in str(error.value)
    assert set(tmp_path.iterdir()) == before


@pytest.mark.parametrize("branch", ["-f", "a..b", "x.lock", "a b", "HEAD", "a~1", "/a"])
def test_a_branch_that_is_a_trick_is_refused(branch: str, tmp_path: Path) -> None:
    world = FolderWorld(tmp_path)
    world.config["branch"] = branch
    with pytest.raises(JournalError, match="not the name of a branch"):
        world.kind.check(world.config)


@pytest.mark.parametrize(
    ("text", "kind", "host"),
    [
        ("https://example.org/x.git", "https", "example.org"),
        ("git@example.org:me/x.git", "ssh", "example.org"),
        ("example.org:x.git", "ssh", "example.org"),
        ("ssh://git@example.org:2222/x.git", "ssh", "example.org"),
        ("file:///srv/x.git", "file", ""),
    ],
)
def test_addresses_of_every_form(text: str, kind: str, host: str) -> None:
    remote = remote_of({"repository": text}, Git().run)
    assert (remote.kind, remote.host, remote.url) == (kind, host, text)
