"""Compile packs for a chip that is not here: `python -m journal_app.models.npu.compiled_ahead
TARGET FOLDER PACK…` (folders of packs).

A process of its own: a compiler that dies harms nobody. It prints a JSON object a line: `{"say":
text}` while it works, `{"made": [...]}` at the end, or `{"problem": text, "hint": text}`.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from journal_app.errors import JournalError
from journal_app.models import devices
from journal_app.models.npu import compiled

NOWHERE = (
    "Compile under Linux on x86-64 with onnxruntime-qnn installed (`pip install onnxruntime-qnn`, "
    "Python 3.11 or newer)."
)


def forms(folder: Path) -> list[compiled.Form]:
    """The static forms that an NPU needs of a pack; none where it has none."""
    from journal_app.models import embedder
    from journal_app.models.npu import static_decoder

    if (folder / static_decoder.SOURCE).is_file():
        source = folder / static_decoder.SOURCE
        return [static_decoder.form(source, tokens) for tokens in (1, static_decoder.CHUNK)]
    if (folder / "vocab.txt").is_file() and (folder / "model.onnx").is_file():
        return [embedder.form(folder / "model.onnx", size) for size in embedder.STATIC_LENGTHS]
    return []


def build(target: compiled.Target, to: Path, folders: list[Path], say: compiled.Say) -> list[Any]:
    """Compile every form of the packs into `to`; what was made, with sizes and seconds.

    Raises JournalError where `to` cannot be written: nothing is made elsewhere instead.
    """
    try:
        to.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=to):
            pass
    except OSError as error:
        raise _unwritable(to, error.strerror or str(error)) from error
    problems = devices.register_plugins()
    handle = _compiler(problems)
    found = compiled.for_target(target, devices.Found("npu", "", devices.QNN, handle))
    store, made = compiled.Store(to), []
    for form in [form for folder in folders for form in _forms(folder)]:
        began = time.perf_counter()
        folder = store.build(form, found, say)
        if to not in folder.parents:  # the store kept it aside: the folder is full
            raise _unwritable(to, "is there room?")
        size = sum(path.stat().st_size for path in folder.iterdir())
        seconds = round(time.perf_counter() - began, 1)
        made.append({"form": form.title, "folder": str(folder), "bytes": size, "seconds": seconds})
    return made


def _unwritable(to: Path, why: str) -> JournalError:
    return JournalError(f"{to} cannot be written: {why}.", "Name another folder with --to.")


def _forms(folder: Path) -> list[compiled.Form]:
    found = forms(folder)
    if not found:
        raise JournalError(
            f"{folder.name} has no form for an NPU.",
            "Sentence encoders like MiniLM have one, and packs made from a Llama GGUF file.",
        )
    return found


def _compiler(problems: dict[str, str]) -> Any:
    import onnxruntime as ort

    handle = next((one for one in ort.get_ep_devices() if one.ep_name == devices.QNN), None)
    if handle is None:
        why = problems.get(devices.QNN, "it offers no device")
        raise JournalError(f"Qualcomm's compiler is not here: onnxruntime-qnn {why}.", NOWHERE)
    return handle


def _lines(arguments: list[str]) -> Iterator[dict[str, Any]]:
    target, to, *folders = arguments

    def say(text: str) -> None:
        print(json.dumps({"say": text}), flush=True)

    try:
        made = build(compiled.TARGETS[target], Path(to), [Path(folder) for folder in folders], say)
    except JournalError as error:
        yield {"problem": error.message, "hint": error.hint}
    except OSError as error:
        yield {"problem": f"{to} cannot be written: {error}.", "hint": "Name another folder."}
    else:
        yield {"made": made}


if __name__ == "__main__":
    for line in _lines(sys.argv[1:]):
        print(json.dumps(line), flush=True)
