"""One ONNX decoder that reads tokens and answers the logits of the next one. It keeps what it read.

Invariant: `read` names the tokens whose keys and values are valid; a step that is ended from
another thread changes nothing of it.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from journal_app.domain.summarize import DeviceInfo
from journal_app.errors import JournalError
from journal_app.models import devices, onnx_file
from journal_app.models.decoding import decoder_cache, decoder_files

if TYPE_CHECKING:
    from numpy.typing import NDArray

CHUNK = 128  # tokens read at once: a step then ends soon enough to show progress and to be left
INTEGERS: dict[str, Any] = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
# A step has some 800 short operators: threads that sleep between them cost a third of the speed
# (79 against 121 tokens/s), threads that spin on take the processor from others (17 tokens/s beside
# two busy programs). So they spin for 50 µs (121, and 34 beside the busy programs) and stop with
# the step.
SPIN = {
    "session.intra_op.allow_spinning": "1",
    "session.intra_op.spin_duration_us": "50",
    "session.force_spinning_stop": "1",
}
LOGITS_KEPT = ("num_logits_to_keep", "logits_to_keep")


class Runner(Protocol):
    """What the decode loop asks of a graph, dynamic here or static on an NPU."""

    info: DeviceInfo
    context: int
    chunk: int
    read: list[int]

    def keep(self, tokens: int, total: int) -> int:
        """Go back to the first `tokens` that were read and make room for `total`; answers how many
        could be kept. Comes before every new text."""
        ...

    def feed(self, tokens: Sequence[int], options: Any) -> NDArray[np.float32]:
        """Read on, with ONNX Runtime's `options` of the run; the logits (vocabulary,) after the
        last token."""
        ...


class DynamicRunner:
    """A decoder with dynamic shapes; also in two graphs, the first one embedding the tokens."""

    def __init__(
        self,
        files: decoder_files.Files,
        graph: onnx_file.Graph,
        session: Any,
        found: devices.Found,
        info: DeviceInfo,
        *,
        threads: int,
        chunk: int,
    ) -> None:
        self._files = files
        self._session = session
        self.info = dataclasses.replace(info, precision=info.precision or graph.precision)
        self.context = files.context
        self._inputs = {one.name: one for one in session.get_inputs()}
        self._embed = self._embedding(threads)
        self._slots = decoder_cache.slots(session, files)
        self.shared = shares = (
            found.kind == "cpu"  # elsewhere the buffers would be copied at every step
            and files.share is not False
            and decoder_cache.can_share(graph, self._slots)
        )
        self._cache = (decoder_cache.Shared if shares else decoder_cache.Growing)(self._slots)
        # Old merged exports read a prompt in one branch, whole, and single tokens in the other.
        self._branch = "use_cache_branch" in self._inputs
        self.chunk = files.context if self._branch else chunk
        self.read: list[int] = []
        self._check_inputs()
        self._binding = session.io_binding()
        self._binding.bind_output(files.names.logits)  # the first of the outputs
        self._ones: NDArray[Any] = np.ones(0)
        self._row = self._single_row()

    def keep(self, tokens: int, total: int) -> int:
        """See `Runner`."""
        kept = 0 if self._branch else min(tokens, len(self.read))
        self._cache.cut(kept)
        self._cache.reserve(total, kept)
        del self.read[kept:]
        return kept

    def feed(self, tokens: Sequence[int], options: Any) -> NDArray[np.float32]:
        """See `Runner`."""
        names, binding = self._files.names, self._binding
        begin, end = len(self.read), len(self.read) + len(tokens)
        ids = np.array([tokens], np.int64)
        self._cache.before(binding)
        if self._embed is not None:
            self._bind_embedded(ids, options)
        else:
            self._bind(names.ids, ids)
        if names.mask in self._inputs:
            self._bind(names.mask, self._mask(end))
        if names.positions in self._inputs:
            self._bind(names.positions, np.arange(begin, end)[None])
        for name in LOGITS_KEPT:
            if name in self._inputs:
                shape = [1] * len(self._inputs[name].shape)
                self._bind(name, np.ones(shape, np.int64))
        if self._branch:
            binding.bind_cpu_input("use_cache_branch", np.array([begin > 0]))
        row = self._row if len(tokens) == 1 else None
        if row is None:
            binding.bind_output(names.logits)
        else:
            place = row.ctypes.data
            binding.bind_output(names.logits, "cpu", 0, row.dtype.type, [1, 1, len(row)], place)
        self._session.run_with_iobinding(binding, options)
        if row is None:
            outputs = binding.get_outputs()
            row = outputs[0].numpy().reshape(-1, outputs[0].shape()[-1])[-1]
            self._cache.after(outputs[1:])
        self.read += tokens
        logits: NDArray[np.float32] = row.astype(np.float32, copy=False)
        return logits

    def _single_row(self) -> NDArray[Any] | None:
        """Where the logits of a single token go: without it every step makes 60 objects to ask for
        the outputs, which only growing caches need."""
        given = next(
            one for one in self._session.get_outputs() if one.name == self._files.names.logits
        )
        size, kind = given.shape[-1], decoder_cache.TYPES.get(given.type)
        if not self.shared or not isinstance(size, int) or kind is None or len(given.shape) != 3:
            return None
        return np.zeros(size, kind)

    def _bind(self, name: str, array: NDArray[Any]) -> None:
        kind = INTEGERS.get(self._inputs[name].type)
        if kind is None:  # an attention mask of floats
            kind = decoder_cache.TYPES[self._inputs[name].type]
        self._binding.bind_cpu_input(name, np.ascontiguousarray(array, kind))

    def _mask(self, total: int) -> NDArray[Any]:
        if len(self._ones) < total:
            self._ones = np.ones(total + decoder_cache.BLOCK, np.int64)
        return self._ones[None, :total]

    def _embedding(self, threads: int) -> Any:
        files = self._files
        if files.names.ids in self._inputs:
            return None
        if files.names.embeds not in self._inputs or files.embed is None:
            raise JournalError(
                f"{files.decoder} takes neither token numbers nor embeddings that a file of the "
                "pack makes.",
                "A pack in two graphs has embed_tokens*.onnx beside decoder_model_merged*.onnx.",
            )
        _checked(files.embed, files.folder)
        cpu = devices.Found("cpu", "", "CPUExecutionProvider")  # a look-up: nothing to speed up
        return open_session(files.embed, cpu, threads)

    def _bind_embedded(self, ids: NDArray[np.int64], options: Any) -> None:
        embed = self._embed
        binding = embed.io_binding()
        for given in embed.get_inputs():
            if given.name == self._files.names.ids:
                binding.bind_cpu_input(given.name, ids.astype(INTEGERS[given.type], copy=False))
            else:  # features of images or sounds: none
                shape = [one if isinstance(one, int) else 0 for one in given.shape]
                kind = decoder_cache.TYPES.get(given.type, np.float32)
                binding.bind_cpu_input(given.name, np.zeros(shape, kind))
        made = [one.name for one in embed.get_outputs()]
        for name in made:
            binding.bind_output(name)
        embed.run_with_iobinding(binding, options)
        for name, value in zip(made, binding.get_outputs(), strict=True):
            if name in self._inputs:
                self._binding.bind_ortvalue_input(name, value)

    def _check_inputs(self) -> None:
        names = self._files.names
        known = {names.mask, names.positions, "use_cache_branch", *LOGITS_KEPT}
        known |= {slot.past for slot in self._slots}
        if self._embed is None:
            known.add(names.ids)
        else:
            known |= {one.name for one in self._embed.get_outputs()}
        unknown = sorted(self._inputs.keys() - known)
        outputs = {one.name for one in self._session.get_outputs()}
        shape = self._inputs[names.positions].shape if names.positions in self._inputs else [1, 1]
        if unknown or names.logits not in outputs or not self._slots or len(shape) != 2:
            problem = (
                f"the inputs {', '.join(unknown)} are not known"
                if unknown
                else f"there is no output {names.logits}"
                if names.logits not in outputs
                else "there is no cache of keys and values"
                if not self._slots
                else "positions have more than one number"
            )
            raise JournalError(
                f"{self._files.decoder} cannot be used: {problem}.",
                "Take an export for text generation with past_key_values.",
            )


def open_runner(
    files: decoder_files.Files, policy: str, *, strict: bool, threads: int, chunk: int
) -> Runner:
    """The pack's graph on the best device that runs it: in its static form on an NPU, which takes
    no other, in the usual one anywhere else."""
    from journal_app.models.npu import static_decoder

    graph = _checked(files.decoder, files.folder)
    on_npu, why = static_decoder.open_npu(files.folder, policy, strict=strict, threads=threads)
    if on_npu is not None:
        return on_npu
    found = devices.wanted(devices.detect(), policy, strict)
    session, one, info = devices.open_best(
        [one for one in found if one.kind != "npu"],
        policy,
        lambda one: open_session(files.decoder, one, threads, strict=strict),
        strict=strict,
        model=files.decoder,
    )
    info = dataclasses.replace(info, notes=(*why, *info.notes))
    return DynamicRunner(files, graph, session, one, info, threads=threads, chunk=chunk)


def open_session(path: Path, found: devices.Found, threads: int, *, strict: bool = False) -> Any:
    """A session of one graph on one device."""
    import onnxruntime as ort

    options = devices.options(found, threads, strict=strict)
    if found.kind == "cpu":
        ort.set_default_logger_severity(3)  # else it warns that the first of these is set anew
        # A prompt asks for large blocks again and again: without the arena a quarter slower.
        options.enable_cpu_mem_arena = True
        for name, value in SPIN.items():
            options.add_session_config_entry(name, value)
    return ort.InferenceSession(str(path), sess_options=options)


def _checked(path: Path, folder: Path) -> onnx_file.Graph:
    graph = onnx_file.read(path)
    decoder_files.confine(path, graph, folder)
    return graph
