"""Reading foreign files: what stays private, what is no text, what a time is."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_app.imports.files import is_binary, naive, short_model, split_private, walk, whole


def test_paths_people_and_secrets_are_private_at_any_depth() -> None:
    public, private = split_private(
        {
            "lr": 0.1,
            "model": "EleutherAI/pythia-70m",
            "tokenizer": "gpt2",
            "out": "/data/x",
            "args": "--depth=12 --data=/home/someone/x",
            "nested": {"a": [{"b": "C:\\Users\\someone"}]},
            "hostname": "box",
            "hf_token": "hf_abc",
            "git_remote": "x",
        }
    )
    assert set(public) == {"lr", "model", "tokenizer", "hf_token"}
    assert public["hf_token"] == "(hidden)" and len(private) == 5


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("EleutherAI/pythia-70m", "EleutherAI/pythia-70m"),
        ("/home/someone/models/tiny/sft", "tiny/sft"),
        ("C:\\Users\\someone\\tiny\\sft", "tiny/sft"),
        ("./out", "out"),
        ("/", "model"),
    ],
)
def test_a_local_path_becomes_a_short_name(name: str, short: str) -> None:
    assert short_model(name) == short


def test_times_without_a_zone_keep_their_digits() -> None:
    assert naive("2026-02-01 20:37:26,202") == 1769978246202
    assert naive("2026-02-01T20-37-26.202") == 1769978246202
    assert naive("2026-13-01 00:00:00") is None and naive("soon") is None


def test_numbers_and_binaries() -> None:
    assert whole(3.0) == 3 and whole(3.5) is None and whole(True) is None
    assert whole(10**400) is None and whole(float("nan")) is None
    assert is_binary(b"\x00abc") and is_binary("text".encode("utf-16"))
    assert not is_binary("Grüße\x1b[32m\r\n".encode())


def test_walking_is_bounded_and_leaves_out_caches(tmp_path: Path) -> None:
    for name in ("a/1.txt", "b/2.txt", ".git/config", "a/base_data/shard.parquet"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("")
    assert [file.name for file in walk(tmp_path)] == ["1.txt", "2.txt"]
    assert len(list(walk(tmp_path, 1))) == 1
