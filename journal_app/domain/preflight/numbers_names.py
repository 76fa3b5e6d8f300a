"""The names of tasks, metrics, parameters and runs as people write them in a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Kind = Literal["task", "metric", "param", "run"]

_TOKEN = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_WRITTEN = {
    "acc": r"(?:acc|accuracy|Genauigkeit)",
    "accuracy": r"(?:acc|accuracy|Genauigkeit)",
    "norm": r"(?:norm(?:ali[sz]ed)?)",
    "bpb": r"(?:bpb|bits[ -]per[ -]byte)",
    "em": r"(?:em|exact[ -]match)",
    "ppl": r"(?:ppl|perplexity|Perplexität)",
    "perplexity": r"(?:ppl|perplexity|Perplexität)",
    "val": r"(?:val(?:idation)?|Validierungs-?)",
    "validation": r"(?:val(?:idation)?|Validierungs-?)",
    "train": r"(?:train(?:ing)?|Trainings-?)",
    "training": r"(?:train(?:ing)?|Trainings-?)",
    "eval": r"(?:eval(?:uation)?)",
    "lr": r"(?:lr|LR|learning[ -]rate|Lernrate)",
    "wd": r"(?:wd|weight[ -]decay)",
    "bs": r"(?:bs|batch[ -]size|Batchgröße)",
    "seq": r"(?:seq(?:uence)?)",
    "len": r"(?:len|length)",
    "max": r"(?:max(?:imum|imal)?)",
    "min": r"(?:min(?:imum|imal)?|lowest|best)",
    "epochs": r"(?:epochs|Epochen)",
    "loss": r"(?:loss|Verlust)",
}
_WHOLE = {  # names whose words are others
    "core_metric": r"CORE(?:[ -](?:metric|score))?",
    "core_metric_estimate": r"CORE(?:[ -](?:metric|score))?(?: \(estimate\)| estimate)?",
    "chatcore_metric": r"ChatCORE(?:[ -](?:metric|score))?",
    "CORE": r"CORE(?:[ -](?:metric|score))?",
    "ChatCORE": r"ChatCORE(?:[ -](?:metric|score))?",
    "acc_norm": r"(?:acc[_ -]norm|(?:length-)?normali[sz]ed acc(?:uracy)?)",
    "learning_rate": _WRITTEN["lr"],
    "weight_decay": _WRITTEN["wd"],
    "batch_size": _WRITTEN["bs"],
}
_SAME = {
    "accuracy": "acc",
    "validation": "val",
    "training": "train",
    "evaluation": "eval",
    "perplexity": "ppl",
    "em": "exact match",
    "lr": "learning rate",
    "wd": "weight decay",
    "bs": "batch size",
}
_DROPPED = frozenset({"n", "num", "metric", "score", "value"})  # nobody says these
_GENERIC = frozenset(
    "acc accuracy loss f1 score reward error em exact match ppl perplexity".split()
)
# A name after one of these is another one than the name alone.
_QUALIFIED = re.compile(
    r"(?:val|validation|train|training|test|dev|eval|evaluation|held-out|mean|average|avg|median|"
    r"normali[sz]ed|relative|balanced|top-\d|auxiliary|weighted|per-token|peak|initial|starting|"
    r"base|effective|micro|global|total|minimum|maximum|min|max|final|random|expected|target)"
    r"[\s_/-]+$",
    re.IGNORECASE,
)
_FINE = re.compile(r"(?:final|peak|base|total|global|test|eval|evaluation)[\s_/-]+$", re.IGNORECASE)
_VARIANT = r"(?![ -](?:Pro|Redux|Hard|Lite|Plus|Challenge|Easy|XL|\+)\b|\+)"
_PLAIN = frozenset(
    "math code reading train test sum copy world general task tasks all average total core".split()
)
# Words that look like the name of a model and are none: chips, number formats.
_DEVICE = re.compile(
    r"(?:[AHVBLT]\d{1,3}|RTX|GTX|[bft]f?p?\d{1,2}|int\d|q\d|u?int\d+|MI\d+|M\d)$", re.I
)
_MODEL = re.compile(
    r"(?<![\w.])(?:[A-Za-z]+(?:-[A-Za-z]+)*[-.]?\d+(?:\.\d+)?(?:[-.]?[A-Za-z0-9]+)*"
    r"|[Bb]aselines?|[Ll]lama|Mistral|Qwen|Gemma|Phi|GPT|Claude|BERT|Pythia)(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence. `key` is the canonical name that facts bear; `generic`: it may mean
    many things; `specific`: several words, or one that is no plain word."""

    kind: Kind
    key: str
    start: int
    end: int
    generic: bool = False


@lru_cache(maxsize=2000)
def canonical(name: str) -> str:
    """A name as it is compared: `ARC-Easy` and `arc_easy` are one; `acc,none` is `acc`."""
    tokens = [token.lower() for token in _TOKEN.findall(name.split(",")[0].split("|")[0])]
    return " ".join(_SAME.get(token, token) for token in tokens)


def param_key(name: str) -> str:
    """The same of a parameter: `optimizer.lr` is `learning rate`."""
    return canonical(re.split(r"[./]", name)[-1])


@lru_cache(maxsize=2000)
def _pattern(kind: Kind, name: str) -> re.Pattern[str] | None:
    bare = name.split(",")[0].split("|")[0]
    if kind == "param":
        bare = re.split(r"[./]", bare)[-1]
    whole = _WHOLE.get(bare)
    if whole is not None:
        cased = "CORE" in whole
        return re.compile(rf"(?<![\w-]){whole}(?![\w-])", 0 if cased else re.IGNORECASE)
    if kind == "run":
        return (
            re.compile(rf"(?<![\w-]){re.escape(bare)}(?![\w-])", re.IGNORECASE)
            if len(bare) > 1
            else None
        )
    tokens = _TOKEN.findall(bare)
    kept = [token for token in tokens if token.lower() not in _DROPPED] or tokens
    if not kept or (kind != "task" and len("".join(kept)) < 2):
        return None
    parts = [
        re.escape(token) if kind == "task" else _WRITTEN.get(token.lower(), re.escape(token))
        for token in kept
    ]
    plain = kind == "task" and len(kept) == 1 and kept[0].lower() in _PLAIN
    return re.compile(
        r"(?<![\w-])" + r"[\s_/.@-]{0,2}".join(parts) + r"(?!\w|-[a-z])" + _VARIANT,
        0 if plain else re.IGNORECASE,
    )


@lru_cache(maxsize=2000)
def _needed(kind: Kind, name: str) -> str:
    """Letters that a text must hold where it says a name; "" where that cannot be told."""
    if kind == "run" or name.split(",")[0] in _WHOLE:
        return ""
    tokens = [token.lower() for token in _TOKEN.findall(name.split(",")[0].split("|")[0])]
    kept = [t for t in tokens[-1:] if t not in _DROPPED and (kind == "task" or t not in _WRITTEN)]
    return kept[0] if kept else ""


def mentioned(text: str, low: str, kind: Kind, name: str) -> bool:
    """Whether a text has a name at all; `low` is the text in lower case."""
    if _needed(kind, name) not in low:
        return False
    pattern = _pattern(kind, name)
    return pattern is not None and pattern.search(text) is not None


def find(text: str, wanted: Iterable[tuple[Kind, str]]) -> list[Name]:
    """The names in a sentence, in order; of overlapping ones the longest, of equal ones each."""
    found: list[Name] = []
    for kind, name in wanted:
        pattern = _pattern(kind, name)
        if pattern is None:
            continue
        key = param_key(name) if kind == "param" else name if kind == "run" else canonical(name)
        generic = kind != "task" and (
            set(key.split()) <= _GENERIC or (kind == "param" and len(key.split()) == 1)
        )
        for match in pattern.finditer(text):
            before = text[max(0, match.start() - 40) : match.start()]
            other = _QUALIFIED.search(before) and not _FINE.search(before)
            if other and kind in ("metric", "param"):
                continue
            found.append(Name(kind, key, match.start(), match.end(), generic))
    found.sort(key=lambda one: (one.start - one.end, one.start))
    kept: list[Name] = []
    for one in found:
        if (
            not any(
                one.start < other.end
                and other.start < one.end
                and (one.start, one.end) != (other.start, other.end)
                for other in kept
            )
            and one not in kept
        ):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def strangers(text: str, names: Iterable[Name], own: Iterable[str]) -> Iterator[str]:
    """Names of models that are none of ours: what is said beside them is said of them."""
    taken = [(one.start, one.end) for one in names]
    mine = " ".join(own).casefold()
    for match in _MODEL.finditer(text):
        if any(a < match.end() and match.start() < b for a, b in taken):
            continue
        word = match.group()
        if _DEVICE.match(word) or word.casefold() in mine or re.match(r"(?:v|x|k|n)\d", word, re.I):
            continue
        yield word
