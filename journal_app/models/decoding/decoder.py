"""Text from a language model on this device: our own loop over plain ONNX Runtime.

`run` releases the interpreter's lock, so that the process stays alive while a model computes.
Reads the prompt in chunks, then takes one token after the other; what two prompts share at their
beginning is read once. Runs in the model host process only, one generation at a time.

Invariants: a shown text never shrinks and never holds a part of a stop string or of a character;
with `copy_from`, no token is written that the guard refuses.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from journal_app.domain.generate import Completion, Guard, Prompt, Reason
from journal_app.domain.summarize import DeviceInfo
from journal_app.errors import Cancelled, JournalError
from journal_app.models import devices
from journal_app.models.decoding import decoder_files
from journal_app.models.decoding.chat import Chat
from journal_app.models.decoding.decoder_run import CHUNK, Runner, open_runner
from journal_app.models.decoding.decoder_text import Stream, Vocabulary
from journal_app.models.decoding.sampling import Sampler

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_Emit = Callable[[str], None]


class Decoder:
    """One loaded pack. `policy` and `strict` choose the device (see `devices`); `threads` is the
    most it takes of the CPU; `chunk` is how many tokens of a prompt are read at once; `guard`
    makes the guard of a prompt with `copy_from`.

    Raises JournalError where the folder holds no decoder that can be used.
    """

    def __init__(
        self,
        folder: Path,
        policy: str = "auto",
        *,
        strict: bool = False,
        threads: int = devices.MAX_THREADS,
        chunk: int = CHUNK,
        guard: Callable[[Sequence[str]], Guard] | None = None,
    ) -> None:
        files = decoder_files.find(folder)
        self._tokenizer = _tokenizer(folder / "tokenizer.json")
        self._ends = _ends(self._tokenizer, files)
        self.chat = Chat(folder, self._tokenizer, files.tokenizer)
        self._vocabulary = Vocabulary(self._tokenizer)
        self._guard = guard or _copy_guard
        self.runner = open_runner(files, policy, strict=strict, threads=threads, chunk=chunk)
        self._options: Any = None
        self._steady = 0
        self._lock = threading.Lock()

    @property
    def info(self) -> DeviceInfo:
        """Where it runs."""
        return self.runner.info

    @property
    def context(self) -> int:
        """Tokens of prompt and answer together."""
        return self.runner.context

    def count(self, texts: Sequence[str]) -> list[int]:
        """How many tokens each text has, special ones not counted."""
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [len(one.ids) for one in encoded]

    def terminate(self) -> None:
        """End the running generation, from any thread: it raises Cancelled."""
        with self._lock:
            if self._options is not None:
                self._options.terminate = True

    def generate(
        self,
        prompt: Prompt,
        *,
        emit: _Emit | None = None,
        progress: Callable[[int, int], None] | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> Completion:
        """Write an answer. `emit` gets it piece by piece; `progress(done, total)` counts the
        tokens of the prompt. Raises Cancelled after `terminate` or where `stopped` says so,
        JournalError where prompt and answer do not fit."""
        import onnxruntime as ort

        ids = self.chat.encode(prompt.messages)
        self._fits(len(ids), prompt.limit)
        options = ort.RunOptions()
        with self._lock:
            self._options = options
        run = _Run(self.runner, options, stopped, self._steady)
        try:
            began = time.perf_counter()
            logits = run.prefill(ids, prompt.limit, progress)
            read = time.perf_counter()
            guard = self._guard(prompt.copy_from) if prompt.copy_from else None
            stream = Stream(self._vocabulary, (*prompt.stop, *self.chat.stop), guard)
            reason, tokens = self._write(prompt, logits, run, stream, emit or _nowhere)
            written = time.perf_counter()
        finally:
            self._steady = run.steady
            with self._lock:
                self._options = None
        return Completion(stream.text, reason, len(ids), tokens, read - began, written - read)

    def _fits(self, tokens: int, limit: int) -> None:
        over = tokens + limit - self.context
        if over > 0:
            raise JournalError(
                f"The prompt has {tokens:,} tokens and the answer may have {limit:,}: together "
                f"{over:,} more than the {self.context:,} that this model reads.",
                "Shorten the text or the answer, or take a model that reads more: "
                "`journal model list`.",
            )

    def _write(
        self,
        prompt: Prompt,
        logits: NDArray[np.float32],
        run: _Run,
        stream: Stream,
        emit: _Emit,
    ) -> tuple[Reason, int]:
        sampler = Sampler(prompt.sampling)
        made: list[int] = []
        reason: Reason = "length"
        while len(made) < prompt.limit:
            if made:
                logits = run.step(made[-1:])
            order = sampler.order(logits[: self._vocabulary.size], made)
            token = self._next(order, stream)
            if token is None or token in self._ends:
                # None: nothing may follow and the text may not end, so it is unfinished.
                reason = "length" if token is None else "stop"
                break
            made.append(token)
            _show(emit, stream.push(token))
            if stream.stopped:
                reason = "stop"
                break
        _show(emit, stream.finish())
        return reason, len(made)

    def _next(self, order: Iterator[int], stream: Stream) -> int | None:
        """The first token of `order` that may follow; None where there is none."""
        for token in order:
            if stream.may_end() if token in self._ends else stream.may_follow(token):
                return token
        return None


class _Run:
    """The steps of one generation; each may be ended from another thread.

    The first `steady` tokens that the runner holds were read in parts of a prompt. Only those are
    used again: single tokens go through other kernels with other rounding (logits differ by up to
    1 with 8-bit activations), and an equal request must give an equal text.
    """

    def __init__(
        self, runner: Runner, options: Any, stopped: Callable[[], bool], steady: int
    ) -> None:
        self._runner, self._options, self._stopped = runner, options, stopped
        self.steady = steady

    def prefill(
        self, ids: list[int], limit: int, progress: Callable[[int, int], None] | None
    ) -> NDArray[np.float32]:
        """Read the prompt; the logits after its last token."""
        runner = self._runner
        common = _common(runner.read[: self.steady], ids)
        at = self.steady = runner.keep(max(0, min(common, len(ids) - 2)), len(ids) + limit)
        while True:
            end = min(at + runner.chunk, len(ids))
            if end == len(ids) - 1 and end - at > 2:
                end -= 1  # no single token at the end: see above
            logits = self.step(ids[at:end])
            at = self.steady = end
            if progress is not None:
                progress(at, len(ids))
            if at == len(ids):
                return logits

    def step(self, tokens: list[int]) -> NDArray[np.float32]:
        """Read some tokens on."""
        if self._stopped() or self._options.terminate:
            raise Cancelled
        try:
            return self._runner.feed(tokens, self._options)
        except devices.errors():
            if self._options.terminate:
                raise Cancelled from None
            raise


def _tokenizer(path: Path) -> Any:
    from tokenizers import Tokenizer

    try:
        made = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing more special
        raise JournalError(f"{path} cannot be read: {error}.", "Install the pack again.") from error
    made.no_truncation()
    made.no_padding()
    return made


def _ends(tokenizer: Any, files: decoder_files.Files) -> frozenset[int]:
    """The tokens that end a turn. All are made special: then no text can spell them."""
    from tokenizers import AddedToken

    numbers = {tokenizer.token_to_id(text) for text in files.end_texts} - {None}
    ends = frozenset({*files.ends, *numbers})
    added = tokenizer.get_added_tokens_decoder()
    plain = [added[one].content for one in ends if one in added and not added[one].special]
    plain += [text for one in ends if one not in added and (text := tokenizer.id_to_token(one))]
    tokenizer.add_special_tokens([AddedToken(one, special=True) for one in plain])
    return ends


def _common(read: Sequence[int], ids: Sequence[int]) -> int:
    """How many tokens two sequences share at their beginning."""
    same = 0
    for before, now in zip(read, ids, strict=False):
        if before != now:
            break
        same += 1
    return same


def _copy_guard(sources: Sequence[str]) -> Guard:
    from journal_app.domain.trust.copying import CopyGuard

    return CopyGuard(sources)


def _show(emit: _Emit, text: str) -> None:
    if text:
        emit(text)


def _nowhere(text: str) -> None:
    """Nobody listens."""
