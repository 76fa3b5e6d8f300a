"""Tokens to text, piece by piece: whole characters only, never a part of a stop string.

The bytes of a token are read from the tokenizer's own decoder: byte-level (GPT-2, SmolLM2, Qwen,
Llama 3) or with byte fall-back (Llama 2, Gemma, Phi-3). Special tokens have no text.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Protocol, runtime_checkable

from journal_app.domain.generate import Guard

_BYTE = re.compile(r"<0x([0-9A-Fa-f]{2})>")


def _byte_level() -> dict[str, int]:
    """The printable stand-ins for the 256 bytes (Radford et al., 2019, GPT-2's encoder.py)."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    table = {chr(byte): byte for byte in plain}
    others = (byte for byte in range(256) if byte not in set(plain))
    return table | {chr(256 + n): byte for n, byte in enumerate(others)}


class Vocabulary:
    """The bytes of every token of a tokenizer (`tokenizers.Tokenizer`)."""

    def __init__(self, tokenizer: Any) -> None:
        self._tokenizer = tokenizer
        self._added = {
            number: (token.content, token.special)
            for number, token in tokenizer.get_added_tokens_decoder().items()
        }
        decoder = json.dumps(json.loads(tokenizer.to_str()).get("decoder"))
        self._table = _byte_level() if '"ByteLevel"' in decoder else None
        self._known: dict[int, bytes | None] = {}
        plain = tokenizer.get_vocab_size(with_added_tokens=False)
        self.size: int = max(plain, *(number + 1 for number in self._added), 1)

    def is_special(self, token: int) -> bool:
        """Whether it steers instead of being text."""
        return bool(self._added.get(token, ("", False))[1])

    def data(self, token: int) -> bytes | None:
        """The bytes that a token writes; None for a special one or a hole in the vocabulary."""
        if token not in self._known:
            self._known[token] = self._data(token)
        return self._known[token]

    def _data(self, token: int) -> bytes | None:
        if token in self._added:
            content, special = self._added[token]
            return None if special else content.encode()
        text = self._tokenizer.id_to_token(token)
        if text is None:
            return None
        if self._table is not None:
            table = self._table
            known = all(letter in table for letter in text)
            return bytes(table[letter] for letter in text) if known else text.encode()
        byte = _BYTE.fullmatch(text)
        return bytes([int(byte[1], 16)]) if byte else text.replace("▁", " ").encode()


@runtime_checkable
class ByteGuard(Protocol):
    """A guard that can tell which bytes may follow."""

    def allows_bytes(self, text: str, piece: bytes) -> bool:
        """`Guard.allows` for UTF-8 that may end inside of a character."""
        ...


class Stream:
    """The text of one generation as it grows; `text` is all of it, in whole characters.

    With a guard, only what may stand at the end is shown and stays at last: a limit that falls
    into the number 1.5 leaves neither "1." nor "1".
    """

    def __init__(
        self, vocabulary: Vocabulary, stop: Iterable[str] = (), guard: Guard | None = None
    ) -> None:
        self._vocabulary, self._guard = vocabulary, guard
        self._stop = tuple(one for one in stop if one)
        self._utf8 = codecs.getincrementaldecoder("utf-8")("replace")
        self.text = ""
        self._sent = self._safe = 0
        self.stopped = False

    @property
    def whole(self) -> bool:
        """Whether no character is half written."""
        return not self._half

    @property
    def _half(self) -> bytes:
        return bytes(self._utf8.getstate()[0])

    def may_end(self) -> bool:
        """Whether the text may end here."""
        return self._guard is None or (self.whole and self._guard.ends(self.text))

    def may_follow(self, token: int) -> bool:
        """Whether the guard allows what `token` would add to `text`; never a special token.

        A token may end inside of a character: a guard that reads bytes judges it exactly, any
        other sees the Unicode replacement character in its place."""
        guard, data = self._guard, self._vocabulary.data(token)
        if guard is None:
            return True
        if not data:
            return False
        half = self._half
        if not half and data.isascii():
            return guard.allows(self.text, data.decode())
        if isinstance(guard, ByteGuard):
            return guard.allows_bytes(self.text, half + data)
        reader = codecs.getincrementaldecoder("utf-8")()
        try:
            piece = reader.decode(half + data)
        except UnicodeDecodeError:
            return False
        return guard.allows(self.text, piece + ("\ufffd" if reader.getstate()[0] else ""))

    def push(self, token: int) -> str:
        """Add a token; answers what may be shown now. Sets `stopped` where a stop string is
        reached: `text` then ends before it."""
        before = len(self.text)
        self.text += self._utf8.decode(self._vocabulary.data(token) or b"")
        longest = max((len(one) for one in self._stop), default=0)
        found = [self.text.find(one, max(0, before - longest)) for one in self._stop]
        places = [place for place in found if place >= 0]
        if places:
            self.stopped = True
            self.text = self.text[: min(places)]
        if self._guard is None or self._guard.ends(self.text):
            self._safe = len(self.text)
        if self.stopped:
            return self.finish()
        return self._take(min(self._safe, len(self.text) - held(self.text, self._stop)))

    def finish(self) -> str:
        """What was held back; a character that never became whole is dropped."""
        self.text = self.text[: self._safe]
        return self._take(len(self.text))

    def _take(self, end: int) -> str:
        start, self._sent = self._sent, max(self._sent, end)
        return self.text[start : self._sent]


def held(text: str, stop: Sequence[str]) -> int:
    """How many characters at the end of `text` may be the beginning of a stop string."""
    most = 0
    for one in stop:
        for length in range(min(len(one) - 1, len(text)), most, -1):
            if text.endswith(one[:length]):
                most = length
                break
    return most
