"""The words of a sentence encoder: `vocab.txt` as the embedder reads it, and whether it can."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from journal_app.errors import JournalError


def word_pieces(folder: Path) -> None:
    """Make sure that the encoder in `folder` has a `vocab.txt` of lower-case word pieces, and that
    its sentences are averages of its tokens; raises JournalError where the embedder cannot use it.
    """
    given = _object(folder / "tokenizer.json")
    model = given.get("model") or {}
    if given and model.get("type", "WordPiece") != "WordPiece":
        raise _unfit(f"its tokenizer is {model['type']}, and only WordPiece is read")
    normalizer = given.get("normalizer") or {}
    if normalizer.get("lowercase") is False or not _lowers(folder):
        raise _unfit("it tells capital letters from small ones")
    pooling = _object(folder / "1_Pooling" / "config.json")
    if pooling and not pooling.get("pooling_mode_mean_tokens", True):
        raise _unfit("it does not average its tokens into a sentence")
    if (folder / "vocab.txt").is_file():
        return
    words = model.get("vocab")
    if not isinstance(words, dict) or sorted(words.values()) != list(range(len(words))):
        raise _unfit("tokenizer.json holds no vocabulary")
    listed = sorted(words, key=lambda word: int(words[word]))
    if any("\n" in word or "\r" in word for word in listed):
        raise _unfit("a word of its vocabulary has a line end in it")
    (folder / "vocab.txt").write_text("\n".join(listed) + "\n", "utf-8", newline="\n")


def _lowers(folder: Path) -> bool:
    return _object(folder / "tokenizer_config.json").get("do_lower_case", True) is not False


def _object(path: Path) -> dict[str, Any]:
    if not path.is_file():
        return {}
    found = json.loads(path.read_text("utf-8"))
    return found if isinstance(found, dict) else {}


def _unfit(why: str) -> JournalError:
    return JournalError(
        f"This sentence encoder cannot be used: {why}.",
        "Take one like all-MiniLM-L6-v2: BERT word pieces in lower case, mean pooling.",
    )
