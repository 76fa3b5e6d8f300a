"""What counts as a secret in foreign records, and what only looks like one."""

from __future__ import annotations

import pytest

from journal_app.domain.secrets import HIDDEN, hide, hide_secrets, hide_text, is_secret_key

SECRET = (
    "token", "hf_token", "hf_hub_token", "HF_TOKEN", "hfToken", "use_auth_token", "auth", "bearer",
    "api_key", "apiKey", "OPENAI_API_KEY", "password", "db_passwd", "credentials", "client_secret",
)  # fmt: skip
COUNTS = (
    "tokens_trained", "num_tokens", "total_batch_size_tokens", "tokenizer", "flops_per_token",
    "author", "max_new_tokens", "eos_token", "add_bos_token", "Tokens : Params ratio", "key",
)  # fmt: skip


@pytest.mark.parametrize("key", SECRET)
def test_secret_keys(key: str) -> None:
    assert is_secret_key(key)
    assert hide_secrets({key: "abcdef"}) == {key: HIDDEN}
    assert hide_secrets({"a": [{key: {"x": "abcdef"}}]}) == {"a": [{key: {"x": HIDDEN}}]}


@pytest.mark.parametrize("key", COUNTS)
def test_counts_of_tokens_are_no_secrets(key: str) -> None:
    assert not is_secret_key(key)
    assert hide_secrets({key: "gpt2", "b": {key: 5}}) == {key: "gpt2", "b": {key: 5}}


def test_numbers_and_switches_under_a_token_key_stay() -> None:
    values = {"token": 3, "token_bytes_mean": 6.9, "use_auth_token": True, "hf_token": "True"}
    assert hide_secrets(values) == values
    assert hide_secrets({"password": 12345, "auth": None}) == {"password": HIDDEN, "auth": None}


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("http://user:pw@host/v1", "http://host/v1"),
        ("postgres://me:a%40b@db:5432/x", "postgres://db:5432/x"),
        ("pretrained=x,token=hf_abcdef,dtype=auto", f"pretrained=x,token={HIDDEN},dtype=auto"),
        ("run --hf_token abc --depth 12", f"run --hf_token {HIDDEN} --depth 12"),
        ("https://h/x?api_key=abc&y=1", f"https://h/x?api_key={HIDDEN}&y=1"),
        ("with hf_abcDEF123456 and", f"with {HIDDEN} and"),
        ("ghp_abcdefghijklmnopqrst", HIDDEN),
        ("sk-proj-abc123def456ghi7", HIDDEN),
        ('{"api_key": "abc"}', f'{{"api_key": {HIDDEN}}}'),
    ],
)
def test_secrets_inside_text(text: str, clean: str) -> None:
    assert hide_text(text) == clean
    assert hide_text(clean) == clean


@pytest.mark.parametrize(
    "text",
    [
        "git@github.com:karpathy/nanochat.git", "https://example.org/@someone", "hf_transformers",
        "task-abcdefghijklmnopqrst", "The eos token: it ends a text.", "FLOPs per token: 3.49e+09",
        "EleutherAI/pythia-70m", "sk-learn",
    ],
)  # fmt: skip
def test_plain_text_stays(text: str) -> None:
    assert hide_text(text) == text


def test_what_is_nested_without_end_is_hidden() -> None:
    value: list[object] = ["x"]
    for _ in range(80):
        value = [value]
    assert "'x'" not in repr(hide(value))  # type: ignore[arg-type]
