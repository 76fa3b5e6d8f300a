"""What goes wrong on the way to a git server is told as it was, and leaves nothing twice."""

from __future__ import annotations

import hashlib
import os
import random
import resource
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_app.domain.entry import Attachment
from journal_app.domain.targets import AccessDenied, Secret, TryLater, Unsure
from journal_app.errors import JournalError
from journal_app.extend.conformance import SECRET, Memory
from journal_app.publish.git import program
from tests.helpers.servers.git import commit, git, hook, log
from tests.helpers.servers.git_worlds import FolderWorld, HttpWorld, look, send

DONE = ["Publish: Warmup ended the divergence", "The site"]


@pytest.fixture
def world(tmp_path: Path) -> FolderWorld:
    return FolderWorld(tmp_path)


@pytest.fixture
def web(tmp_path: Path) -> Iterator[HttpWorld]:
    world = HttpWorld(tmp_path)
    yield world
    world.server.stop()


def told(error: JournalError) -> str:
    """What the user reads; every error has a way out, and no secret."""
    assert error.hint
    assert SECRET not in f"{error}{error!r}{error.__cause__}"
    return f"{error.message} {error.hint}"


# ---------------------------------------------------------------- who we are


def test_a_token_is_taken_and_never_shown(web: HttpWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    trace = Path(web.folder) / "trace"
    for name in ("GIT_TRACE", "GIT_TRACE_CURL", "GIT_TRACE2", "GIT_CURL_VERBOSE"):
        monkeypatch.setenv(name, str(trace))
    monkeypatch.setenv("GIT_TRACE_REDACT", "0")
    send(web)
    assert not trace.exists()
    assert web.server.user == "x-access-token"


def test_a_wrong_token_is_told(web: HttpWorld) -> None:
    web.config["token"] = Secret("wrong-0123456789")
    with pytest.raises(AccessDenied) as error:
        web.kind.check(web.config)
    assert "does not accept the token" in told(error.value)
    web.config["token"] = None
    with pytest.raises(AccessDenied, match="no token is set"):
        send(web)


def test_a_token_revoked_between_look_and_push(web: HttpWorld) -> None:
    web.server.faults.append("revoked")
    with pytest.raises(AccessDenied) as error:
        send(web)
    assert "target secret" in told(error.value)
    assert log(web.bare) == ["The site"]


def test_a_token_that_may_only_read(web: HttpWorld) -> None:
    git("config", "http.receivepack", "false", at=web.bare)
    with pytest.raises(AccessDenied, match="403"):
        web.kind.check(web.config)
    with pytest.raises(AccessDenied) as error:
        send(web)
    assert "right to write" in told(error.value)


def test_a_token_goes_nowhere_else_and_not_in_the_clear(web: HttpWorld) -> None:
    web.server.answer = 301
    with pytest.raises(JournalError) as error:
        send(web)
    assert "another address" in told(error.value)
    assert not any("elsewhere" in line for line in web.server.seen)
    with pytest.raises(JournalError, match="read on the way"):
        web.kind.check({**web.config, "repository": "http://example.org/site.git"})


def test_a_password_in_the_address_of_a_clone_is_used_and_not_kept(
    web: HttpWorld, tmp_path: Path
) -> None:
    clone = tmp_path / "clone"
    git("clone", "--quiet", str(web.bare), str(clone))
    address = f"http://me:{SECRET}@127.0.0.1:{web.server.server_port}/site.git"
    git("remote", "set-url", "origin", address, at=clone)
    web.config |= {"repository": str(clone), "token": None}
    send(web)
    assert web.server.user == "me"
    kept = subprocess.run(["grep", "-r", SECRET, str(tmp_path / "home")], check=False)
    assert kept.returncode == 1


# ---------------------------------------------------------------- where it goes


def test_a_repository_that_is_not_there(web: HttpWorld, tmp_path: Path) -> None:
    for wrong in (f"{web.server.url}/other.git", str(tmp_path / "nothing"), f"file://{tmp_path}/x"):
        with pytest.raises(JournalError) as error:
            web.kind.check({**web.config, "repository": wrong})
        assert not isinstance(error.value, TryLater | Unsure)
        assert "other.git" in told(error.value) or str(tmp_path) in error.value.message
    (tmp_path / "plain").mkdir()
    with pytest.raises(JournalError, match="not a git repository"):
        web.kind.check({**web.config, "repository": str(tmp_path / "plain")})


def test_a_host_that_nobody_knows_may_be_there_later(world: FolderWorld) -> None:
    for address in ("https://no-such-host.invalid/site.git", "git@no-such-host.invalid:site.git"):
        world.config["repository"] = address
        with pytest.raises(TryLater) as error:
            send(world)
        assert "no-such-host.invalid" in told(error.value)


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_out_of_order_is_tried_later(web: HttpWorld, status: int) -> None:
    web.server.answer = status
    with pytest.raises(TryLater):
        send(web)


def test_a_line_that_breaks_while_reading(web: HttpWorld) -> None:
    commit(web.bare, {"noise": random.Random(1).randbytes(50_000)}, "Something to fetch")
    web.server.half = True
    with pytest.raises(TryLater) as error:
        send(web)
    assert not web.server.half
    assert "connection" in told(error.value)
    send(web)
    assert log(web.bare)[0] == DONE[0]


def test_an_error_after_the_commit_was_sent_is_not_a_no(web: HttpWorld) -> None:
    memory = Memory()
    web.server.faults.append("500")
    with pytest.raises(Unsure):
        send(web, memory)
    assert look(web, memory) is None
    web.server.faults += ["accept-then-drop", "drop"]
    with pytest.raises(Unsure):
        send(web, memory)
    found = look(web, memory)
    assert found is not None
    assert send(web, memory).sha256 == found.sha256
    assert log(web.bare) == DONE


# ---------------------------------------------------------------- what the server refuses


def test_a_hook_says_no_in_bytes_of_its_own(world: FolderWorld) -> None:
    hostile = (
        r"printf '\033[2J\033]0;pwned\007\377\376No \342\200\256drafts\000 here\n%09999d' 7 >&2"
    )
    hook(world.bare, "pre-receive", f"{hostile}\nexit 1")
    with pytest.raises(JournalError) as error:
        send(world)
    words = told(error.value)
    assert "A rule of" in words
    assert "drafts" in words
    assert words.isprintable()
    assert len(words) < 600
    assert not isinstance(error.value, Unsure | TryLater)
    assert log(world.bare) == ["The site"]


def test_a_protected_branch_names_the_way_out(world: FolderWorld) -> None:
    hook(
        world.bare,
        "update",
        "[ $1 = refs/heads/main ] || exit 0\n"
        'echo "error: GH006: Protected branch update failed for refs/heads/main." >&2; exit 1',
    )
    with pytest.raises(JournalError) as error:
        send(world)
    assert "protected" in told(error.value)
    assert "field-journal" in error.value.hint
    world.config["branch"] = "field-journal"
    send(world)
    assert log(world.bare, "field-journal") == DONE


def test_a_branch_that_is_checked_out_over_there(world: FolderWorld, tmp_path: Path) -> None:
    place = tmp_path / "place"
    git("clone", "--quiet", str(world.bare), str(place))
    world.config["repository"] = f"file://{place}"
    with pytest.raises(JournalError, match="checked out"):
        send(world)


def test_a_repository_that_cannot_be_written(world: FolderWorld) -> None:
    if os.getuid() == 0:
        done = _as_nobody(world)
        if done is None:
            pytest.skip("root may write everywhere, and nobody may not run here")
        assert "is read-only for this user" in done
        return
    for place in [world.bare, *world.bare.rglob("*")]:
        place.chmod(0o500 if place.is_dir() else 0o400)
    with pytest.raises(JournalError, match="read-only for this user"):
        world.kind.check(world.config)
    with pytest.raises(JournalError, match="read-only for this user"):
        send(world)
    for place in [world.bare, *world.bare.rglob("*")]:
        place.chmod(0o700)


def _as_nobody(world: FolderWorld) -> str | None:
    """What a user without the right to write is told; root has it always."""
    place = Path("/tmp") / f"fj-git-nobody-{os.getpid()}"
    try:
        shutil.copytree(world.bare, place / "site.git")
        (place / "home").mkdir()
        (place / "gitconfig").write_text("[safe]\n\tdirectory = *\n")
        place.chmod(0o755)
        shutil.chown(place / "home", 65534, 65534)
        code = (
            "import sys; from journal_app.publish.git.target import GitTarget\n"
            "from tests.helpers.servers.git_worlds import FolderWorld, send\n"
            "from journal_app.errors import JournalError\n"
            "from pathlib import Path\n"
            "w = FolderWorld.__new__(FolderWorld)\n"
            "w.kind, w.folder = GitTarget(), Path(sys.argv[1])\n"
            "w.config = {'repository': sys.argv[1] + '/site.git', 'author': 'A <a@b>'}\n"
            "for act in (lambda: w.kind.check(w.config), lambda: send(w)):\n"
            "    try: act()\n"
            "    except JournalError as e: print(type(e).__name__, e)\n"
        )
        environment = {
            **os.environ,
            "FIELD_JOURNAL_HOME": str(place / "home"),
            "XDG_RUNTIME_DIR": "",
            "HOME": str(place / "home"),
            "GIT_CONFIG_GLOBAL": str(place / "gitconfig"),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TMPDIR": str(place / "home"),
        }
        done = subprocess.run(
            [sys.executable, "-c", code, str(place)],
            user=65534,
            group=65534,
            extra_groups=[],
            env=environment,
            capture_output=True,
            check=False,
            cwd="/",
        )
    except OSError:
        return None
    finally:
        shutil.rmtree(place, ignore_errors=True)
    if done.returncode:
        return None
    words = done.stdout.decode()
    assert words.count("read-only for this user") == 2, words + done.stderr.decode()
    return words


def test_a_disk_that_is_full_over_there(web: HttpWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    attached, body = _picture(web, 300_000)
    git("config", "receive.unpackLimit", "1", at=web.bare)
    monkeypatch.setattr(web.server, "largest", 100_000)
    with pytest.raises(JournalError) as error:
        send(web, body=body, attachments=attached)
    assert "is full" in told(error.value)
    assert not isinstance(error.value, Unsure)
    assert log(web.bare) == ["The site"]


def test_a_disk_that_is_full_here(world: FolderWorld) -> None:
    attached, body = _picture(world, 300_000)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, hard))
    try:
        with pytest.raises(JournalError) as error:
            send(world, body=body, attachments=attached)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert "disk of this computer is full" in told(error.value)
    assert log(world.bare) == ["The site"]
    send(world, body=body, attachments=attached)


def _picture(world: FolderWorld, size: int) -> tuple[tuple[Attachment, ...], str]:
    data = random.Random(7).randbytes(size)
    sha = hashlib.sha256(data).hexdigest()
    shown = f"attachments/{sha[:2]}/{sha}.png"
    (world.folder / shown).parent.mkdir(parents=True)
    (world.folder / shown).write_bytes(data)
    return (Attachment(sha, "noise.png", shown, "image/png", size),), f"![noise]({shown})\n"


# ---------------------------------------------------------------- this computer


def test_git_is_missing_or_too_old(
    world: FolderWorld, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program.found.cache_clear()
    monkeypatch.setenv("PATH", str(tmp_path))
    try:
        with pytest.raises(JournalError, match="git is not installed"):
            world.kind.check(world.config)
        (tmp_path / "git").write_text("#!/bin/sh\necho git version 2.20.1\n")
        (tmp_path / "git").chmod(0o755)
        with pytest.raises(JournalError, match=r"2\.20\.1 is too old"):
            world.kind.check(world.config)
    finally:
        program.found.cache_clear()


def test_nobody_to_sign_the_commit(world: FolderWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", os.devnull)
    world.config["author"] = ""
    for act in (lambda: world.kind.check(world.config), lambda: send(world)):
        with pytest.raises(JournalError) as error:
            act()
        assert "author" in told(error.value)
    with pytest.raises(JournalError, match="is not an author"):
        world.kind.check({**world.config, "author": "just a name"})


def test_hooks_and_habits_of_the_user_do_not_meddle(
    world: FolderWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hook(tmp_path, "pre-push", f"touch {tmp_path}/ran; exit 1")
    settings = tmp_path / "gitconfig"
    settings.write_text(
        f"[core]\n\thooksPath = {tmp_path}/hooks\n[push]\n\tfollowTags = true\n\tgpgSign = true\n"
        "[commit]\n\tgpgSign = true\n[fetch]\n\tprune = true\n[i18n]\n\tcommitEncoding = latin1\n"
    )
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "wrong"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "wrong-index"))
    send(world)
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert log(world.bare) == DONE
    assert not (tmp_path / "ran").exists()


def test_a_broken_copy_is_made_anew(world: FolderWorld, tmp_path: Path) -> None:
    memory = Memory()
    send(world, memory)
    (copy,) = (tmp_path / "home/data/cache/git").glob("*.git")
    for file in (copy / "objects").rglob("*"):
        if file.is_file():
            file.chmod(0o600)
            file.write_bytes(b"")
    commit(world.bare, {"x.txt": b"x"}, "More")
    (copy / "packed-refs.lock").write_bytes(b"")
    assert look(world, memory)
    (copy / "HEAD").write_bytes(b"")
    assert look(world, memory)
    shutil.rmtree(copy / "refs")
    assert look(world, memory)
    assert len(log(world.bare)) == 3
