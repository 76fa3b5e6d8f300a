"""Access tokens and passwords in foreign records: found by key and by look, never stored.

A value is replaced by HIDDEN before anything is written. Plain numbers under a `token` key are
counts ("FLOPs per token") and stay; so do the tokenizer's own special tokens.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from journal_app.domain.experiments import Json, RunBundle, tidy

HIDDEN = "(hidden)"
DEPTH = 50
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_STRONG = re.compile(
    r"(?:\w*(?:passw(?:or)?d|secret|apikey|credential)s?|passphrase|pwd|bearer|o?auth"
    r"|authori[sz]ation|authentication)$"
)
_TOKEN = re.compile(r"\w*token$")  # `tokens` counts them
_SPECIAL = {"pad", "eos", "bos", "unk", "mask", "sep", "cls", "special", "image", "per", "stop",
            "start", "end", "begin", "decoder"}  # fmt: skip
_PAIRS = {("api", "key"), ("access", "key"), ("private", "key"), ("pass", "word")}
_PLAIN = re.compile(r"\s*(?:[-+]?[\d.,]{1,14}(?:e[-+]?\d+)?%?|true|false|none|null|nan|)\s*$", re.I)
_LOOKS = re.compile(
    r"(?<![A-Za-z0-9])(?:hf_(?=[A-Za-z0-9]*[0-9A-Z])[A-Za-z0-9]{8,}|hf_[A-Za-z0-9]{20,}"
    r"|gh[pousr]_[A-Za-z0-9]{8,}|github_pat_\w{8,}|glpat-[\w-]{8,}|xox[abeprs]-[\w-]{8,}"
    r"|(?<![\w-])sk-(?:[A-Za-z0-9]{12,}|(?=[\w-]*\d)[\w-]{12,})"
    r"|A(?:KIA|SIA)[0-9A-Z]{16}|AIza[\w-]{30,}|eyJ[\w-]{10,}\.[\w-]{10,}(?:\.[\w-]+)?)"
)
_USERINFO = re.compile(r"\b([A-Za-z][A-Za-z0-9+.-]{0,20}://)[^\s/?#'\"]*@")
_BEARER = re.compile(r"\b(bearer|basic)\s+(?=[\w.+/=-]*\d)[\w.+/=-]{8,}", re.IGNORECASE)
_INLINE = re.compile(
    r"(?P<key>[\w.-]{0,40}(?:token|auth|bearer|credential|passw|pwd|passphrase|secret|key)\w{0,20})"
    r"(?P<mid>[\"']?\s{0,3}[=:]\s{0,3})"
    r"(?P<value>\"[^\"\n]{1,500}\"|'[^'\n]{1,500}'|[^\s,;&\"'(){}\[\]]+)",
    re.IGNORECASE,
)
_OPTION = re.compile(r"(?P<key>--[A-Za-z][\w-]{0,60})(?P<mid>\s+)(?P<value>[^\s-]\S*)")


def is_secret_key(key: str) -> bool:
    """Whether what stands under this key is a token, a password or the like."""
    return _strength(key) > 0


def _strength(key: str) -> int:
    """2: a password or key, whatever its value; 1: a token, unless it is a number; 0: neither."""
    words = [word.lower() for word in _WORDS.findall(key[-200:])]
    if any(_STRONG.match(word) for word in words):
        return 2
    if any(pair in _PAIRS for pair in pairwise(words)):
        return 2
    special = bool(_SPECIAL & set(words))
    return 1 if not special and any(_TOKEN.match(word) for word in words) else 0


def _covers(strength: int, value: str) -> bool:
    bare = value.strip("\"'")
    if strength < 2:
        return bool(strength) and not _PLAIN.match(bare)
    return bare.lower() not in ("", "true", "false", "none", "null")


def hide_text(text: str) -> str:
    """A text without tokens, passwords and the userinfo of its URLs."""
    if len(text) < 5:
        return text
    text = _USERINFO.sub(r"\1", text) if "://" in text else text
    text = _BEARER.sub(rf"\1 {HIDDEN}", _LOOKS.sub(HIDDEN, text))
    if "=" in text or ":" in text:
        text = _INLINE.sub(_inline, text)
    return _OPTION.sub(_inline, text) if "--" in text else text


def _inline(match: re.Match[str]) -> str:
    value = match["value"]
    prose = match["mid"].strip("\"' ") == ":" and not re.search(r"\d|^.{16}", value)
    strength = _strength(match["key"])
    if not strength or (prose and strength < 2) or not _covers(strength, value):
        return match[0]
    return match["key"] + match["mid"] + HIDDEN


def hide(value: Json, strength: int = 0, depth: int = 0) -> Json:
    """A value of any depth without secrets; `strength` says what its key promises."""
    if depth > DEPTH:
        return HIDDEN
    if isinstance(value, str):
        return HIDDEN if _covers(strength, value) else hide_text(value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, Mapping):
        return {
            hide_text(key): hide(item, max(strength, _strength(key)), depth + 1)
            for key, item in value.items()
        }
    if isinstance(value, int | float):
        return HIDDEN if strength == 2 else value
    return [hide(item, strength, depth + 1) for item in value]


def hide_secrets(values: Mapping[str, object]) -> dict[str, Json]:
    """A mapping without secrets: their keys stay, their values are HIDDEN."""
    return {hide_text(str(k)): hide(tidy(v), _strength(str(k))) for k, v in values.items()}


def _maybe(text: str | None) -> str | None:
    return None if text is None else hide_text(text)


def hide_in_bundle(bundle: RunBundle) -> RunBundle:
    """The record as it may be stored, whichever reader made it."""
    run = bundle.run
    clean = replace(
        run,
        name=hide_text(run.name),
        project=_maybe(run.project),
        host=_maybe(run.host),
        params=hide_secrets(run.params),
        git=hide_secrets(run.git),
        extra=hide_secrets(run.extra),
        tags=tuple(hide_text(tag) for tag in run.tags),
        native_notes=_maybe(run.native_notes),
        warnings=tuple(hide_text(text) for text in run.warnings),
    )
    evals = tuple(
        replace(
            record,
            model=_maybe(record.model),
            dataset=hide_secrets(record.dataset),
            library=hide_secrets(record.library),
            extra=hide_secrets(record.extra),
        )
        for record in bundle.evals
    )
    return RunBundle(clean, bundle.series, evals)
