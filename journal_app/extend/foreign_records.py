"""Records of other tools that no reader here understands yet, known by a glance at them.

Facts: Inspect logs are called `.eval` or are JSON with "eval" and "task_id"; HELM writes
run_spec.json beside stats.json; TensorBoard names its files `…tfevents…`; promptfoo's export has
"evalId"; W&B's binary log begins with ":W&B".
"""

from __future__ import annotations

import os
import re
from pathlib import Path

HEAD = 16 << 10
FILES = 2000
_HELM = {"run_spec.json", "scenario.json", "scenario_state.json", "stats.json",
         "per_instance_stats.json"}  # fmt: skip
_INSPECT = re.compile(rb'"eval"\s*:\s*\{')
_WANDB = {"wandb-summary.json", "wandb-metadata.json"}


def foreign_record(path: Path) -> tuple[str, Path] | None:
    """The tool that wrote a file, or one of the files below a folder, and that file.

    Raises nothing: what cannot be read is not recognised.
    """
    if path.is_file():
        tool = _tool(path)
        return (tool, path) if tool else None
    seen = 0
    for place, folders, files in os.walk(path):
        folders.sort()
        for name in sorted(files):
            seen += 1
            if seen > FILES:
                return None
            file = Path(place, name)
            tool = _tool(file) if file.is_file() else ""
            if tool:
                return tool, file
    return None


def _tool(file: Path) -> str:
    name = file.name
    if "tfevents" in name:
        return "TensorBoard"
    if name in _WANDB:
        return "W&B"
    if name in _HELM:
        return "HELM" if b'"adapter_spec"' in _start(file.parent / "run_spec.json") else ""
    if file.suffix == ".eval":
        return "Inspect"
    if file.suffix == ".wandb":
        return "W&B" if _start(file).startswith(b":W&B") else ""
    if file.suffix in (".json", ".jsonl"):
        start = _start(file)
        if b'"evalId"' in start and b'"results"' in start:
            return "promptfoo"
        if _INSPECT.search(start) and b'"task_id"' in start and b'"run_id"' in start:
            return "Inspect"
    return ""


def _start(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(HEAD) if file.is_file() else b""
    except OSError:
        return b""
