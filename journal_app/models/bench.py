"""How fast the model is on this machine, measured from outside its process."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from pathlib import Path

from journal_app.domain.segment import sentences
from journal_app.domain.summarize import choose
from journal_app.models.host import ModelHost

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


def memory(pid: int) -> int | None:
    """Resident bytes of a process; None where the system does not say without more packages."""
    try:
        text = Path(f"/proc/{pid}/status").read_text("utf-8")
    except OSError:
        return None
    match = re.search(r"^VmRSS:\s+(\d+) kB", text, re.MULTILINE)
    return int(match.group(1)) * 1024 if match else None


@dataclass(frozen=True, slots=True)
class Speed:
    """What was measured. Times in seconds; `resident` in bytes, None where the system is silent."""

    device: str
    cold_start: float
    sentences_per_second: float
    summary_2000_words: float
    resident: int | None


def measure(host: ModelHost) -> Speed:
    """Cold start, sentences per second, memory, and a summary of a 2,000-word note.

    The host is closed first, so that the start is cold. Raises JournalError
    when the pack is not installed.
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
    text = note()
    started = time.perf_counter()
    found = sentences(text)
    choose(found, host.rate(found), 3)
    summary = time.perf_counter() - started
    resident = memory(host.pid) if host.pid is not None else None
    return Speed(device.label, cold, rate, summary, resident)
