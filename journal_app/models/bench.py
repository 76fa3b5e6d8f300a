"""How fast the model is on this machine, measured from outside its process."""

from __future__ import annotations

import time
from dataclasses import dataclass

from journal_app.domain import rewriting
from journal_app.domain.generate import Message, Prompt
from journal_app.domain.segment import sentences
from journal_app.domain.summarize import choose, preselect
from journal_app.models.host import ModelHost
from journal_app.models.memory import resident

_SENTENCES = (
    "The warmup of {n} steps was slightly worse than the baseline and cost {n} minutes more.",
    "Validation loss went from 3.{n} to 2.{n} with the learning rate cut in half.",
    "I looked at the samples and they repeat themselves after about {n} tokens.",
    "The data loader was the bottleneck, so the cards waited for half of the step.",
    "Next time, keep an eye on the gradient norm before anything else is changed.",
    "Not worth it: the gain is within the noise of {n} seeds.",
)


def note(words: int = 2000) -> str:
    """A note of about so many words, always the same."""
    parts: list[str] = []
    count = 0
    while count < words:
        number = len(parts)
        sentence = _SENTENCES[number % len(_SENTENCES)].format(n=number + 10)
        parts.append(sentence + ("\n\n" if number % 6 == 5 else " "))
        count += len(sentence.split())
    return "".join(parts).strip()


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured. Times in seconds; `resident` in bytes, None where the system is silent.
    `resident_both` is with the writing model after it worded a sentence, `resident_long` after it
    read a prompt of a thousand tokens more; None without that pack."""

    device: str
    cold_start: float
    sentences_per_second: float
    summary_2000_words: float
    summary_10000_words: float
    resident: int | None
    resident_both: int | None
    resident_long: int | None


def measure(host: ModelHost, writer: str = "") -> Speed:
    """Cold start, sentences per second, summaries of long notes, and memory, with the pack `writer`
    too where one is named.

    The host is closed first, so that the start is cold. Raises JournalError
    when a pack is not installed.
    """
    host.close()
    started = time.perf_counter()
    device = host.device()
    cold = time.perf_counter() - started
    texts = [part.text for part in sentences(note(4000))][:256]
    host.embed(texts[:16])
    started = time.perf_counter()
    host.embed(texts)
    rate = len(texts) / (time.perf_counter() - started)
    short, long = _summary(host, 2000), _summary(host, 10_000)
    held = resident(host.pid) if host.pid is not None else None
    after: list[int | None] = [None, None]
    if writer:
        long_prompt = Prompt((Message("user", " ".join(texts[:60])),), limit=32)
        for at, prompt in enumerate((rewriting.prompt(texts[-1]), long_prompt)):
            host.generate(prompt, pack=writer)
            after[at] = resident(host.pid) if host.pid is not None else None
    return Speed(device.label, cold, rate, short, long, held, *after)


def _summary(host: ModelHost, words: int) -> float:
    """Seconds until the sentences of a note are chosen: then the first one can be shown."""
    text = note(words)
    started = time.perf_counter()
    found = sentences(text)
    found = [found[index] for index in preselect(found)]
    choose(found, host.rate(found), 3)
    return time.perf_counter() - started
