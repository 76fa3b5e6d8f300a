"""Targets: what they are made of, where their secrets are, and where those never are."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from journal_app.domain.targets import Secret
from journal_app.errors import JournalError
from journal_app.runtime.vault import Vault, variable
from tests.helpers.keyrings import MemoryKeyring, memory_keyring
from tests.helpers.shelf import ShelfDesk, opened

START = int(datetime(2026, 11, 30, 12, 0, tzinfo=UTC).timestamp() * 1000)
TOKEN = "t0p-s3cr3t-t0k3n-7f3a9c1e5b"


@pytest.fixture
def keys() -> Iterator[MemoryKeyring]:
    with memory_keyring() as made:
        yield made


@pytest.fixture
def desk(journal_folder: Path) -> Iterator[ShelfDesk]:
    yield from opened(journal_folder, START)


def test_a_secret_goes_to_the_keyring_and_a_reference_to_the_database(
    desk: ShelfDesk, keys: MemoryKeyring
) -> None:
    target = desk.targets.add("mine", "shelf", {"room": "attic"}, {"token": TOKEN})
    assert list(keys.kept.values()) == [TOKEN]
    assert target.config["token"].startswith("keyring:")
    desk.targets.test("mine")
    assert desk.shelf.secrets == [TOKEN, TOKEN]


def test_two_journals_keep_their_secrets_apart(
    desk: ShelfDesk, keys: MemoryKeyring, tmp_path: Path
) -> None:
    desk.targets.add("mine", "shelf", {"room": "attic"}, {"token": TOKEN})
    for other in opened(tmp_path / "other", START):
        other.targets.add("mine", "shelf", {"room": "attic"}, {"token": "another-one"})
        assert sorted(keys.kept.values()) == sorted([TOKEN, "another-one"])


def test_removing_a_target_forgets_its_secret(desk: ShelfDesk, keys: MemoryKeyring) -> None:
    desk.targets.add("mine", "shelf", {"room": "attic"}, {"token": TOKEN})
    desk.targets.remove("mine")
    assert keys.kept == {}


def test_a_target_that_does_not_answer_is_not_added_and_keeps_no_secret(
    desk: ShelfDesk, keys: MemoryKeyring
) -> None:
    desk.shelf.read_faults = ["denied"]
    with pytest.raises(JournalError, match="does not know you"):
        desk.targets.add("mine", "shelf", {"room": "attic"}, {"token": TOKEN})
    assert keys.kept == {}
    assert [t.name for t in desk.targets.listing()] == ["shelf"]


def test_without_a_keyring_the_environment_is_the_way(
    desk: ShelfDesk, keys: MemoryKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys.locked = True
    with pytest.raises(JournalError, match="did not take the token") as locked:
        desk.targets.add("mine", "shelf", {"room": "attic"}, {"token": TOKEN})
    assert "env:" in locked.value.hint and variable("mine", "token") in locked.value.hint
    monkeypatch.setenv("MY_TOKEN", TOKEN)
    desk.targets.add("mine", "shelf", {"room": "attic", "token": "env:MY_TOKEN"})
    assert desk.shelf.secrets[-1] == TOKEN
    monkeypatch.delenv("MY_TOKEN")
    with pytest.raises(JournalError, match="MY_TOKEN, which is not set"):
        desk.targets.test("mine")
    assert not desk.targets.health()["mine"].denied  # another process may well have it
    monkeypatch.setenv(variable("shelf", "token"), "found-by-name")
    desk.targets.test("shelf")
    assert desk.shelf.secrets[-1] == "found-by-name"


def test_a_locked_keyring_keeps_the_post_waiting(desk: ShelfDesk, keys: MemoryKeyring) -> None:
    desk.targets.add("mine", "shelf", {"room": "attic"}, {"token": TOKEN})
    p = desk.service.schedule(desk.post(), "mine", "2026-12-01 09:00", tz="UTC")
    keys.locked = True
    desk.now = p.due.at
    assert desk.beat() == ["scheduled"]
    assert "is it locked?" in (desk.get(p).last_error or "")
    keys.locked = False
    desk.now = desk.get(p).wake_at or 0
    assert desk.beat() == ["published"]


def test_a_variable_that_the_sender_lacks_pauses_the_target(
    desk: ShelfDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MY_TOKEN", TOKEN)
    desk.targets.add("mine", "shelf", {"room": "attic", "token": "env:MY_TOKEN"})
    p = desk.service.schedule(desk.post(), "mine", "2026-12-01 09:00", tz="UTC")
    monkeypatch.delenv("MY_TOKEN")
    desk.now = p.due.at
    assert desk.beat() == ["scheduled"]
    assert desk.targets.health()["mine"].denied
    assert "MY_TOKEN, which is not set" in (desk.get(p).last_error or "")
    monkeypatch.setenv("MY_TOKEN", TOKEN)
    desk.targets.test("mine")
    assert desk.beat() == ["published"]


def test_a_secret_in_the_clear_is_not_taken(desk: ShelfDesk) -> None:
    with pytest.raises(JournalError, match="must not stand in the settings") as told:
        desk.targets.add("mine", "shelf", {"room": "attic", "token": TOKEN})
    assert TOKEN not in str(told.value)


def test_what_is_missing_or_wrong_is_named(desk: ShelfDesk) -> None:
    with pytest.raises(JournalError, match=r"needs room \(room\)"):
        desk.targets.add("mine", "shelf", {})
    with pytest.raises(JournalError, match="'maybe' is not a value of push") as choice:
        desk.targets.add("mine", "shelf", {"room": "attic", "push": "maybe"})
    assert "on, off" in choice.value.hint
    with pytest.raises(JournalError, match="'room' is not a secret"):
        desk.targets.add("mine", "shelf", {"room": "attic"}, {"room": "x"})


def test_changing_a_target_asks_it_first_and_keeps_the_rest(
    desk: ShelfDesk, keys: MemoryKeyring
) -> None:
    desk.targets.add("mine", "shelf", {"room": "attic"}, {"token": TOKEN})
    changed = desk.targets.change("mine", {"room": "cellar"})
    assert changed.config["room"] == "cellar"
    assert changed.config["token"].startswith("keyring:")
    desk.shelf.read_faults = ["denied"]
    with pytest.raises(JournalError):
        desk.targets.set_secret("mine", "token", "a-bad-one")
    assert list(keys.kept.values()) == [TOKEN]
    desk.targets.set_secret("mine", "token", "a-new-one")
    assert list(keys.kept.values()) == ["a-new-one"]


def test_a_secret_shows_itself_to_nobody_by_accident() -> None:
    secret = Secret(TOKEN)
    assert TOKEN not in repr(secret) and TOKEN not in str(secret) and TOKEN not in f"{[secret]}"
    with pytest.raises(TypeError):
        f"{secret}"
    assert secret.shown_to_target() == TOKEN


def test_no_file_log_or_export_holds_a_secret(
    desk: ShelfDesk, keys: MemoryKeyring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Everything that this journal ever wrote is searched, after good and bad days."""
    desk.targets.add("mine", "shelf", {"room": "attic"}, {"token": TOKEN})
    post = desk.post()
    desk.shelf.faults = ["denied", "later", "lost"]
    said = [str(desk.service.publish_now(post, "mine"))]
    for _ in range(4):
        desk.targets.resume("mine")
        said += [str(one) for one in desk.service.run_due()]
        desk.now += 600_000
    desk.shelf.read_faults = ["denied"]
    with pytest.raises(JournalError) as denied:
        desk.targets.test("mine")
    said += [repr(denied.value), str(denied.value), json.dumps(desk.targets.get("mine").config)]
    desk.journal.upkeep.backup()
    desk.journal.exporting.export(tmp_path / "exported")
    desk.journal.receipts.export(tmp_path / "log.json")
    assert not any(TOKEN in one for one in said)
    desk.journal.close()
    files = [path for path in (*tmp_path.rglob("*"), *desk.journal.folder.rglob("*"))
             if path.is_file()]  # fmt: skip
    assert len(files) > 4
    assert not [path for path in files if TOKEN.encode() in path.read_bytes()]


def test_a_traceback_of_the_program_does_not_show_it() -> None:
    """What a crash report would hold: the secret is a local variable of the frame that fails."""
    script = (
        "import os, sys, traceback\n"
        "from journal_app.domain.targets import Secret\n"
        "def send(config):\n"
        "    token = config['token']\n"
        "    raise RuntimeError(f'the config was {config}')\n"
        "try:\n"
        "    send({'token': Secret(os.environ['TOKEN_OF_TEST'])})\n"
        "except RuntimeError as error:\n"
        "    told = traceback.TracebackException.from_exception(error, capture_locals=True)\n"
        "    sys.stderr.writelines(told.format())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "TOKEN_OF_TEST": TOKEN},
    )
    assert "RuntimeError: the config was {'token': Secret(…)}" in done.stderr
    assert "token = Secret(…)" in done.stderr
    assert TOKEN not in done.stderr


def test_the_keyring_is_asked_for_what_was_kept(keys: MemoryKeyring, tmp_path: Path) -> None:
    vault = Vault(tmp_path)
    reference = vault.put("mine", "token", TOKEN)
    assert TOKEN not in reference
    vault.forget(reference)
    vault.forget(reference)
    vault.forget("env:HOME")
    assert keys.kept == {}


def test_the_name_of_a_removed_place_is_not_taken_by_another(desk: ShelfDesk) -> None:
    desk.targets.add("mine", "shelf", {"room": "attic", "url": "https://one.example"})
    post = desk.post()
    assert desk.service.publish_now(post, "mine").ok
    desk.targets.remove("mine")
    with pytest.raises(JournalError, match="was the name of another place"):
        desk.targets.add("mine", "shelf", {"room": "attic", "url": "https://two.example"})
    desk.targets.add("mine", "shelf", {"room": "cellar", "url": "https://one.example/"})


def test_a_place_that_holds_posts_does_not_become_another(desk: ShelfDesk) -> None:
    desk.targets.add("mine", "shelf", {"room": "attic", "url": "https://one.example"})
    desk.service.schedule(desk.post(), "mine", "2026-12-01 09:00", tz="UTC")
    assert desk.beat() == ["pushed"]
    with pytest.raises(JournalError, match="holds posts"):
        desk.targets.change("mine", {"url": "https://two.example"})
    assert desk.targets.change("mine", {"room": "cellar"}).config["room"] == "cellar"
