"""One ONNX decoder that reads tokens and answers the logits of the next one. It keeps what it read.

Invariant: `read` names the tokens whose keys and values are valid; a step that is ended from
another thread changes nothing of it.
"""

from __future__ import annotations

import dataclasses
import importlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

from journal_app.domain.summarize import DeviceInfo
from journal_app.errors import JournalError
from journal_app.models import decoder_cache, decoder_files, decoder_graph, devices

if TYPE_CHECKING:
    from numpy.typing import NDArray

NPU_FOLDER = "npu"
CHUNK = 128  # tokens read at once: a step then ends soon enough to show progress and to be left
INTEGERS: dict[str, Any] = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}
LOGITS_KEPT = ("num_logits_to_keep", "logits_to_keep")


class Runner(Protocol):
    """What the decode loop asks of a graph, dynamic here or static on an NPU."""

    info: DeviceInfo
    context: int
    chunk: int
    read: list[int]
    steady: int

    def keep(self, tokens: int, total: int) -> int:
        """Go back to the first `tokens` that were read and make room for `total`; answers how many
        could be kept, at most `steady`."""
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
        graph: decoder_graph.Graph,
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
        shares = found.kind == "cpu" and decoder_cache.can_share(graph, self._slots)
        self.shared = shares
        self._cache = (decoder_cache.Shared if shares else decoder_cache.Growing)(self._slots)
        # Old merged exports read a prompt in one branch, whole, and single tokens in the other.
        self._branch = "use_cache_branch" in self._inputs
        self.chunk = files.context if self._branch else chunk
        self.read: list[int] = []
        self.steady = 0
        self._check_inputs()
        self._binding = session.io_binding()
        self._binding.bind_output(files.names.logits)  # the first of the outputs
        self._ones: NDArray[Any] = np.ones(0)
        self._row = self._single_row()

    def keep(self, tokens: int, total: int) -> int:
        """See `Runner`."""
        kept = 0 if self._branch else min(tokens, self.steady)
        self._cache.cut(kept)
        self._cache.reserve(total, kept)
        del self.read[kept:]
        self.steady = kept
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
    """The pack's graph on the best device that runs it: on an NPU its static form, which is in the
    folder `npu`, anywhere else the usual one."""
    graph = _checked(files.decoder, files.folder)

    def begin(found: devices.Found) -> Any:
        if found.kind == "npu":
            return _static().open_session(_static_folder(files), found, threads, strict=strict)
        return open_session(files.decoder, found, threads, strict=strict)

    candidates = devices.wanted(devices.detect(), policy, strict)
    session, found, info = devices.open_best(
        candidates, policy, begin, strict=strict, model=files.decoder
    )
    if found.kind == "npu":
        made: Runner = _static().StaticRunner(_static_folder(files), session, info)
        return made
    return DynamicRunner(files, graph, session, found, info, threads=threads, chunk=chunk)


def _static_folder(files: decoder_files.Files) -> Path:
    folder = files.folder / NPU_FOLDER
    if not folder.is_dir():
        raise JournalError(
            "this pack has no static form, and an NPU takes no other",
            "`journal model install` makes one of a GGUF file.",
        )
    return folder


def _static() -> Any:
    return importlib.import_module("journal_app.models.static_decoder")


def open_session(path: Path, found: devices.Found, threads: int, *, strict: bool = False) -> Any:
    """A session of one graph on one device."""
    import onnxruntime as ort

    options = devices.options(found, threads, strict=strict)
    return ort.InferenceSession(str(path), sess_options=options)


def _checked(path: Path, folder: Path) -> decoder_graph.Graph:
    graph = decoder_graph.read(path)
    decoder_graph.confine(path, graph, folder)
    return graph
