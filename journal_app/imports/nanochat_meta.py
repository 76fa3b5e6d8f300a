"""nanochat: `meta_<step>.json` beside a checkpoint. It holds neither a date nor a commit."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from journal_app.domain.experiments import tidy
from journal_app.errors import JournalError
from journal_app.imports.files import mapping, mtime, number_of, read_json, whole
from journal_app.imports.nanochat_parts import Draft, stage_prefix

NAME = re.compile(r"(?:.*[_-])?meta_(\d{6})\.json$")
_OWN = re.compile(r"meta_\d{6}\.json$")
_STAGES = {"base": "base", "mid": "mid", "chatsft": "sft", "sft": "sft", "chatrl": "rl", "rl": "rl"}
_KNOWN = {"step", "val_bpb", "model_config", "user_config", "loop_state", "dataloader_state_dict"}


def siblings(path: Path) -> list[Path]:
    """The meta files of the same checkpoints folder by step; a file with another name is alone."""
    if not _OWN.fullmatch(path.name):
        return [path]
    own = (file for file in path.parent.iterdir() if _OWN.fullmatch(file.name))
    return sorted(file for file in own if file.is_file())


def read_meta(paths: list[Path]) -> Draft:
    """The run that saved these checkpoints; the last one's settings count. Raises JournalError."""
    loaded = [(path, read_json(path)) for path in paths]
    for path, data in loaded:
        if not mapping(data.get("model_config")):
            raise JournalError(f'{path} has no "model_config".', "It is no meta file of nanochat.")
    path, data = loaded[-1]
    user, model = mapping(data.get("user_config")), mapping(data.get("model_config"))
    stage = _stage(data, path)
    tag = user.get("model_tag") or None
    depth = whole(model.get("n_layer"))
    draft = Draft([], path.stem, str(path), stage=stage, clock="mtime", status="finished")
    draft.files = [file.name for file, _ in loaded]
    draft.params = {str(key): tidy(value) for key, value in user.items()}
    for key, value in {**model, **_sizes(data)}.items():
        draft.params.setdefault(str(key), tidy(value))
    if depth is not None:
        draft.params.setdefault("depth", depth)
    prefix = stage_prefix(stage)
    for _file, one in loaded:
        step, bpb = whole(one.get("step")), number_of(one.get("val_bpb"))
        if step is not None and bpb is not None:
            draft.point(f"{prefix}val/bpb", step, bpb)
    draft.metric(f"{prefix}val/bpb", number_of(data.get("val_bpb")))
    draft.metric("step", number_of(data.get("step")))
    loop = mapping(data.get("loop_state"))
    for key, name in (("min_val_bpb", "val/bpb_min"), ("smooth_train_loss", "train/loss_smooth"),
                      ("total_training_time", "total_training_time")):  # fmt: skip
        draft.metric(prefix + name, number_of(loop.get(key)))
    if stage == "base":
        draft.tag = str(tag) if tag else _folder_tag(path) or (f"d{depth}" if depth else None)
    elif tag:
        parent = {"model_tag": str(tag), "model_step": tidy(user.get("model_step"))}
        draft.extra["parent"] = parent
        draft.tag = _folder_tag(path)
    run = user.get("run")
    named = str(run) if run not in (None, "", "dummy") else ""
    draft.name = named or draft.tag or (f"{tag} {stage}" if tag else path.stem)
    unknown = {key: tidy(value) for key, value in data.items() if key not in _KNOWN}
    if unknown:
        draft.extra["unknown"] = unknown
    state = mapping(data.get("dataloader_state_dict"))
    if state:
        draft.extra["dataloader"] = tidy(state)
    first = loaded[0][1]
    # The first checkpoint stays the first one while others are added, and its bpb tells repeats of
    # one setting apart.
    draft.identity = ["meta", stage, tidy(user), tidy(model)]
    draft.identity += [tidy(first.get("step")), tidy(first.get("val_bpb"))]
    draft.ended_at = max(mtime(file) for file, _ in loaded)
    draft.warnings.append("the checkpoint has no date and no commit; the time of its file is shown")
    return draft


def _sizes(data: Mapping[str, object]) -> dict[str, object]:
    names = ("device_batch_size", "max_seq_len", "total_batch_size")
    return {name: data[name] for name in names if data.get(name) is not None}


def _stage(data: Mapping[str, object], path: Path) -> str:
    for folder in (path.parent.name, path.parent.parent.name):
        match = re.fullmatch(r"([a-z]+)_checkpoints", folder)
        if match and match[1] in _STAGES:
            return _STAGES[match[1]]
    user = mapping(data.get("user_config"))
    if data.get("loop_state") is not None or data.get("dataloader_state_dict") is not None:
        return "base"
    if "step" not in data:
        return "rl"
    if user.get("model_step") is not None or "chatcore_every" in user or "mmlu_epochs" in user:
        return "sft"
    return "base" if "depth" in user else "sft" if user else ""


def _folder_tag(path: Path) -> str | None:
    """The tag that the checkpoints folder bears, where it is one of nanochat's own."""
    return path.parent.name if path.parent.parent.name.endswith("_checkpoints") else None
