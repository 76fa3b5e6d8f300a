"""What is read of a git repository by hand is what git itself says."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from journal_app.runtime import surroundings


@pytest.fixture(autouse=True)
def own_git(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "T")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "t@example.org")


def git(where: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", *words], cwd=where, check=True, capture_output=True, text=True, timeout=30
    )
    return done.stdout.strip()


@pytest.fixture
def work(tmp_path: Path) -> Path:
    top = tmp_path / "probe"
    (top / "deep" / "er").mkdir(parents=True)
    git(top, "init", "-q", "-b", "trunk")
    (top / "a.txt").write_text("one\n")
    (top / "deep" / "b.txt").write_text("two\n")
    git(top, "add", ".")
    git(top, "commit", "-qm", "first")
    return top


def dirty(top: Path) -> str | None:
    return surroundings.repository(top).get("dirty")


def test_commit_branch_and_name_from_any_folder_of_it(work: Path) -> None:
    expected = {
        "repository": "probe",
        "branch": "trunk",
        "commit": git(work, "rev-parse", "HEAD"),
        "dirty": "no",
    }
    assert surroundings.repository(work / "deep" / "er") == expected
    git(work, "pack-refs", "--all")
    git(work, "gc", "-q")
    assert surroundings.repository(work) == expected


def test_a_worktree_and_a_detached_head(work: Path, tmp_path: Path) -> None:
    git(work, "worktree", "add", "-q", "-b", "side/line", str(tmp_path / "elsewhere"))
    found = surroundings.repository(tmp_path / "elsewhere")
    assert (found["repository"], found["branch"]) == ("probe", "side/line")
    git(work, "checkout", "-q", "--detach")
    found = surroundings.repository(work)
    assert "branch" not in found
    assert found["commit"] == git(work, "rev-parse", "HEAD")


def test_dirty_is_what_git_says(work: Path) -> None:
    assert dirty(work) == "no"
    (work / "untracked").write_text("x")
    assert dirty(work) == "no"
    os.utime(work / "a.txt", ns=(1, 1))
    assert dirty(work) == "no", "touched, but the same"
    (work / "a.txt").write_text("ONE\n")
    assert dirty(work) == "yes", "changed, of the same size"
    git(work, "add", "a.txt")
    assert dirty(work) == "yes", "added, not committed"
    git(work, "commit", "-qm", "second")
    assert dirty(work) == "no"
    git(work, "reset", "-q", "--soft", "HEAD~1")
    assert dirty(work) == "yes", "the index holds a later tree than the commit"
    git(work, "reset", "-q", "--hard")
    assert dirty(work) == "no"
    (work / "deep" / "b.txt").unlink()
    assert dirty(work) == "yes"


def test_what_is_broken_or_costly_is_left_out(
    work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert surroundings.repository(tmp_path) == {}
    with monkeypatch.context() as patched:
        patched.setattr(surroundings, "LIMIT", -1.0)
        assert dirty(work) is None
    whole = (work / ".git" / "index").read_bytes()
    for length in (0, 11, 40, 90, len(whole) - 30):
        (work / ".git" / "index").write_bytes(whole[:length])
        assert surroundings.repository(work)["branch"] == "trunk"
    (work / ".git" / "HEAD").write_bytes(b"\xff\xfe")
    assert surroundings.repository(work) == {"repository": "probe"}


def test_environment_and_run_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CONDA_DEFAULT_ENV", raising=False)
    monkeypatch.setenv("VIRTUAL_ENV", "/home/u/probe/.venv")
    monkeypatch.setenv("WANDB_RUN_ID", "r7")
    found = surroundings.here()
    assert (found["environment"], found["run"]) == ("probe/.venv", "wandb:r7")
    monkeypatch.setenv("CONDA_DEFAULT_ENV", "torch")
    assert surroundings.here()["environment"] == "torch"
