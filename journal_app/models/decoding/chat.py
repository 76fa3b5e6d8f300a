"""A conversation to tokens by the pack's own chat template, which is a program of a stranger.

Invariants: a template reaches nothing but the messages (Jinja's immutable sandbox, no attribute of
an object but those listed), and ends: loops, calls and text are counted. What is in a message
stays text: a note that spells `<|im_end|>` cannot end its turn.

The environment is that of transformers' `chat_template_utils`: trim_blocks, lstrip_blocks, loop
controls, `raise_exception`, `strftime_now`, its `tojson`, and `{% generation %}` as a plain block.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from journal_app.domain.generate import Message
from journal_app.errors import JournalError
from journal_app.models.decoding import chat_sandbox, decoder_files
from journal_app.models.decoding.decoder_text import Vocabulary

NAMES = ("chat_template.jinja", "tokenizer_config.json", "chat_template.json")
# For a model without a template: the form that base models continue best.
PLAIN = (
    "{% for message in messages %}"
    "{% if message.role == 'system' %}{{ message.content }}\n\n"
    "{% elif message.role == 'user' %}Text: {{ message.content }}\n"
    "{% else %}Answer: {{ message.content }}\n\n{% endif %}"
    "{% endfor %}Answer:"
)
PLAIN_STOP = ("\nText:", "\n\n")
_MARK = re.compile("\ue000([0-9]+)\ue001")


class Chat:
    """The template of one pack with its tokenizer (`tokenizers.Tokenizer`)."""

    def __init__(self, folder: Path, tokenizer: Any, settings: dict[str, Any]) -> None:
        source = source_of(folder)
        self.plain = source is None
        self.source = PLAIN if source is None else source
        self._tokenizer = tokenizer
        self._vocabulary = Vocabulary(tokenizer)
        self._template = chat_sandbox.Template(self.source, str(folder))
        self._known = {
            name: decoder_files.special(settings, name)
            for name in ("bos_token", "eos_token", "pad_token", "unk_token")
        }
        self._system: bool | None = None  # not known yet
        self._opens: list[int] = tokenizer.encode("").ids if self.plain else []
        specials = [
            token.content
            for token in tokenizer.get_added_tokens_decoder().values()
            if token.special and token.content
        ]
        specials.sort(key=len, reverse=True)
        self._specials = re.compile("|".join(map(re.escape, specials)) or r"(?!)")

    @property
    def stop(self) -> tuple[str, ...]:
        """Stop strings that the plain form needs."""
        return PLAIN_STOP if self.plain else ()

    def render(self, messages: Sequence[Message]) -> str:
        """The text of the conversation with the opening of the answer.

        A system message goes into the first turn of the user where the template knows none."""
        if any(one.role == "system" for one in messages) and not self._knows_system():
            messages = without_system(messages)
        try:
            return self._filled(messages)
        except chat_sandbox.Refused as error:
            raise JournalError(
                f"The pack's chat template refuses this conversation: {error}.",
                "Begin with a message of the user, then let the roles alternate.",
            ) from error

    def _knows_system(self) -> bool:
        """Whether a system message gets into the text: some templates refuse it (Gemma), others
        drop it without a word."""
        if self._system is None:
            probe = [Message("system", "\ue0000\ue001"), Message("user", "text")]
            try:
                self._system = probe[0].content in self._filled(probe)
            except chat_sandbox.Refused:
                self._system = False
        return self._system

    def _filled(self, messages: Sequence[Message]) -> str:
        given = [{"role": one.role, "content": one.content.strip()} for one in messages]
        return self._template.render(given, self._known)

    def encode(self, messages: Sequence[Message]) -> list[int]:
        """The tokens of the conversation. Only the template makes special tokens."""
        quiet = [Message(one.role, f"text {n}") for n, one in enumerate(messages)]
        expected = self._special_ids(self._ids(self.render(quiet)))
        ids = self._ids(self.render(messages))
        if self._special_ids(ids) == expected:
            return self._opens + ids
        ids = self._encode_apart(messages)
        if self._special_ids(ids) != expected:
            raise JournalError(
                "The text holds a control token of the model that cannot be made harmless.",
                "Take out what looks like <|…|> or <…> from the text.",
            )
        return self._opens + ids

    def _special_ids(self, ids: Sequence[int]) -> list[int]:
        return [one for one in ids if self._vocabulary.is_special(one)]

    def _ids(self, text: str) -> list[int]:
        ids: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _encode_apart(self, messages: Sequence[Message]) -> list[int]:
        """As `encode`, with the text between two special tokens of the template read as text."""
        contents = [one.content.strip() for one in messages]
        marked = [Message(one.role, f"\ue000{n}\ue001") for n, one in enumerate(messages)]
        rendered = self.render(marked)
        ids: list[int] = []
        at = 0
        for match in self._specials.finditer(rendered):
            ids += self._as_text(rendered[at : match.start()], contents)
            ids.append(self._tokenizer.token_to_id(match[0]))
            at = match.end()
        return ids + self._as_text(rendered[at:], contents)

    def _as_text(self, text: str, contents: Sequence[str]) -> list[int]:
        filled = _MARK.sub(lambda match: contents[int(match[1])], text)
        self._tokenizer.encode_special_tokens = True
        try:
            return self._ids(filled)
        finally:
            self._tokenizer.encode_special_tokens = False


def source_of(folder: Path) -> str | None:
    """The template's text; None where the folder has none. Raises JournalError when unreadable."""
    for name in NAMES:
        path = folder / name
        if not path.is_file():
            continue
        if name.endswith(".jinja"):
            try:
                return path.read_text("utf-8")
            except (OSError, ValueError) as error:
                raise JournalError(f"{path} cannot be read: {error}.") from error
        found = decoder_files.settings(path).get("chat_template")
        if isinstance(found, list):  # several, by name
            named = {str(one.get("name")): one.get("template") for one in found}
            found = named.get("default") or next(iter(named.values()), None)
        if isinstance(found, str) and found:
            return found
    return None


def without_system(messages: Sequence[Message]) -> list[Message]:
    """The system's text at the head of the first turn of the user."""
    system = "\n\n".join(one.content.strip() for one in messages if one.role == "system")
    rest = [one for one in messages if one.role != "system"]
    if not rest or rest[0].role != "user":
        return [Message("user", system), *rest]
    first = "\n\n".join(part for part in (system, rest[0].content.strip()) if part)
    return [Message("user", first), *rest[1:]]
