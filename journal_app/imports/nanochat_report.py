"""nanochat generation A: `report.md` or the folder `report/` with one file for each section.

Source of the rules: nanochat/report.py at f10bd75^ and real reports. Values are not escaped there,
so a sample text may spill over several lines. Import the folder where there is one: sft.md never
reached report.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from journal_app.domain.experiments import Json
from journal_app.errors import JournalError
from journal_app.imports.files import naive, read_text, sha256, split_private
from journal_app.imports.nanochat_names import summary_table
from journal_app.imports.nanochat_parts import CORE_TASKS, Draft, parse_number, parse_value

# The first colon that no space precedes and that a space or the end follows: keys may hold " : "
# ("Tokens : Params ratio: 20") and values ": ".
_ITEM = re.compile(r"- (.*?\S):(?: (.*)|)$")
_SECTION = re.compile(r"^## (.+?)\s*\ntimestamp: *(.*)$", re.MULTILINE)
_SETTING = re.compile(r"[a-z][a-z0-9_]*$")
SECTION_FILES = (
    "header.md", "base-model-training.md", "base-model-evaluation.md", "midtraining.md", "sft.md",
    "chat-sft.md", "chat-evaluation-sft.md", "tokenizer-training.md",
)  # fmt: skip
VALUE_LIMIT = 4000  # characters of one value: a sample text, not a book


@dataclass(slots=True)
class Section:
    """One section: its name, its time as written, its items in order (keys may repeat)."""

    name: str
    timestamp: str
    items: list[tuple[str, str]] = field(default_factory=list)
    file: tuple[str, str] = ("", "")

    def value(self, *keys: str) -> str | None:
        """The first item with one of these keys that is not blank."""
        return next((v for k, v in self.items if k in keys and v.strip()), None)

    def number(self, *keys: str) -> float | None:
        """The same as a number; None for a blank, `None` or text."""
        text = self.value(*keys)
        return None if text is None else parse_number(text)


def items_of(lines: Sequence[str]) -> list[tuple[str, str]]:
    """The "- key: value" lines; a line that is no item continues the value before it."""
    found: list[tuple[str, str]] = []
    open_value = False
    for line in lines:
        match = _ITEM.match(line)
        if match:
            found.append((match[1].strip(), (match[2] or "").strip()))
            open_value = True
        elif line.startswith(("|", "###")):
            open_value = False
        elif open_value and line.strip():
            key, value = found[-1]
            found[-1] = (key, f"{value}\n{line}"[:VALUE_LIMIT])
    return found


def looks(start: str) -> int:
    """How surely this is the beginning of a report, or of one section of it."""
    if start.lstrip().startswith("# nanochat training report"):
        return 95
    head = _SECTION.match(start.lstrip())
    return 75 if head and naive(head[2]) is not None and "\n- " in start else 0


def is_folder(folder: Path) -> bool:
    """Whether a folder holds the section files of a report."""
    return any((folder / name).is_file() for name in SECTION_FILES)


def is_part(file: Path) -> bool:
    """Whether a file is report.md or a section in a report's folder, so that the folder counts."""
    return is_folder(file.parent) and (file.name == "report.md" or file.name in SECTION_FILES)


def read_report(path: Path) -> Draft:
    """The run of a report folder, report.md or one section file. Raises JournalError."""
    draft = Draft(["report"], "nanochat", str(path))
    sections: list[Section] = []
    header = ""
    summary = ""
    files = sorted(f for f in path.glob("*.md") if f.is_file()) if path.is_dir() else [path]
    # the whole report last: what the single files say counts first
    for file in sorted(files, key=lambda f: f.name == "report.md"):
        text = read_text(file).replace("\r\n", "\n")
        found, head, end = _split(text, (file.name, sha256(file)))
        known = {section.name.lower() for section in sections}
        sections += [section for section in found if section.name.lower() not in known]
        if found or head:
            draft.files.append(file.name)
        header, summary = header or head, summary or end
    if not sections and not header:
        raise JournalError(
            f"{path} holds no section of a nanochat report.", "Give its report folder."
        )
    _header(draft, header)
    sections.sort(key=lambda section: naive(section.timestamp) or 0)
    for section in sections:
        _section(draft, section)
    _summary(draft, summary, (path.name, sections[0].file[1] if sections else ""))
    times = [moment for s in sections if (moment := naive(s.timestamp)) is not None]
    began = draft.started_at if draft.started_at is not None else min(times, default=None)
    draft.started_at, draft.ended_at = began, max(times, default=None)
    draft.identity += [began, draft.git.get("commit")]
    names = [str(v) for v in (draft.tag, draft.params.get("run")) if v not in (None, "dummy")]
    depth = draft.params.get("depth")
    draft.name = names[0] if names else f"d{depth}" if depth else "nanochat"
    if not draft.tag and depth:
        draft.tag = f"d{depth}"
    if path.is_dir() or summary:
        draft.status = "finished"
    elif header:
        draft.complete = False
        draft.warnings.append("the report has no summary: the training broke off or still runs")
    return draft


def _split(text: str, file: tuple[str, str]) -> tuple[list[Section], str, str]:
    """(sections, header, summary) of one file."""
    starts = list(_SECTION.finditer(text))
    cut = re.search(r"^## Summary\s*$", text, re.MULTILINE)
    end = cut.start() if cut else len(text)
    sections = []
    for i, match in enumerate(starts):
        stop = starts[i + 1].start() if i + 1 < len(starts) else end
        body = text[match.end() : max(stop, match.end())].splitlines()
        sections.append(Section(match[1].strip(), match[2].strip(), items_of(body), file))
    first = starts[0].start() if starts else end
    header = text[:first] if text.lstrip().startswith("# nanochat training report") else ""
    return sections, header, text[end:]


def _header(draft: Draft, header: str) -> None:
    for name in ("Generated", "Run started"):  # the later one is nearer to the truth
        match = re.search(rf"^{name}: (.+)$", header, re.MULTILINE)
        if match:
            draft.started_at = naive(match[1]) or draft.started_at
    items = dict(items_of(header.splitlines()))
    commit = items.get("Commit", "")
    if commit:
        draft.git["commit"] = commit.split()[0]
        draft.git["dirty"] = "(dirty)" in commit
    if items.get("Branch"):
        draft.git["branch"] = items["Branch"]
    if items.get("Message"):
        draft.private["git_message"] = items["Message"]
    machine = ("Platform", "CPUs", "Memory", "GPUs", "GPU Memory", "CUDA Version", "Hourly Rate",
               "Python", "PyTorch")  # fmt: skip
    hardware: dict[str, Json] = {key: items[key] for key in machine if items.get(key)}
    if hardware:
        draft.extra["hardware"] = hardware


def _section(draft: Draft, section: Section) -> None:
    name = section.name.lower()
    _keep(draft, section)
    if name == "base model training":
        _base_training(draft, section)
    elif name in ("base model loss", "base model evaluation"):
        for key, metric in (("train bpb", "train_bpb"), ("val bpb", "val_bpb")):
            draft.metric(f"base_eval/{metric}", section.number(key))
        if name == "base model evaluation":
            _base_evaluation(draft, section)
    elif name in ("midtraining", "chat sft", "sft", "chat rl"):
        stage = {"midtraining": "mid", "chat rl": "rl"}.get(name, "sft")
        for key, metric in (
            ("Minimum validation bpb", "val/bpb_min"),
            ("Final validation bpb", "val/bpb"),
            ("Training loss", "train/loss"),
            ("Validation loss", "val/loss"),
            ("Number of iterations", "iterations"),
            ("Training rows", "training_rows"),
        ):
            draft.metric(f"{stage}/{metric}", section.number(key))
    elif name.startswith("chat evaluation"):
        _chat(draft, section, name.removeprefix("chat evaluation").strip() or "sft")
    elif name == "tokenizer training":
        draft.metric("tokenizer/train_time", section.number("train_time"))
        size = section.number("vocab_size")
        if size is not None:
            draft.params.setdefault("vocab_size", int(size))


def _keep(draft: Draft, section: Section) -> None:
    """Everything as it was written; a key that repeats with another value keeps both."""
    values: dict[str, Json] = {}
    for key, text in section.items:
        value = parse_value(text)
        if key in values and values[key] != value:
            draft.warnings.append(f"{section.name}: {key} stands there twice with other values")
            held = values[key]
            values[key] = [*(held if isinstance(held, list) else [held]), value]
        else:
            values[key] = value
    public, private = split_private(values)
    for place, part in ((draft.extra, public), (draft.private, private)):
        if part or place is draft.extra:
            kept = place.setdefault("sections", {})
            if isinstance(kept, dict):
                kept[section.name] = part


def _base_training(draft: Draft, section: Section) -> None:
    for key, text in section.items:
        if _SETTING.match(key) and draft.params.get(key) is None:
            draft.params[key] = parse_value(text)
    for key, param in (
        ("Number of parameters", "num_params"),
        ("Number of FLOPs per token", "flops_per_token"),
        ("Calculated number of iterations", "calculated_iterations"),
        ("Number of training tokens", "training_tokens"),
        ("Tokens : Params ratio", "tokens_per_param"),
        ("Tokens : Scaling params ratio", "tokens_per_scaling_param"),
        ("DDP world size", "world_size"),
    ):
        value = section.value(key)
        if value is not None:
            draft.params[param] = parse_value(value)
    for key, metric in (
        ("Minimum validation bpb", "val/bpb_min"),
        ("Final validation bpb", "val/bpb"),
        ("CORE metric estimate", "core_metric_estimate"),
        ("MFU %", "mfu_percent"),
        ("Total training flops", "total_training_flops"),
        ("Peak memory usage", "peak_memory_mib"),
    ):
        draft.metric(metric, section.number(key))
    minutes = section.number("Total training time")
    draft.metric("total_training_time", None if minutes is None else minutes * 60)
    tag = parse_value(section.value("model_tag") or "")
    draft.tag = str(tag) if tag else None


def _base_evaluation(draft: Draft, section: Section) -> None:
    moment = naive(section.timestamp)
    core = section.number("CORE metric")
    draft.metric("core_metric", core)
    model = section.value("Model", "model") or ""
    step = re.search(r"step (\d+)", model)
    at = int(step[1]) if step else None
    tasks = [task for task in CORE_TASKS if section.number(task) is not None]
    for task in tasks:
        draft.eval(task, "centered", section.number(task) or 0.0, section.file, step=at, at=moment)
    if core is not None:
        draft.eval("CORE", "core_metric", core, section.file, step=at, at=moment, aggregate=True,
                   extra={"tasks": len(tasks)})  # fmt: skip


def _chat(draft: Draft, section: Section, stage: str) -> None:
    moment = naive(section.timestamp)
    scores = {
        key: score
        for key, text in section.items
        if key[:1].isupper() and (score := parse_number(text)) is not None
    }
    whole = scores.pop("ChatCORE metric", None)
    for task, score in scores.items():
        draft.eval(task, "accuracy", score, section.file, stage=stage, at=moment)
    if whole is not None:
        # ChatCORE over other tasks is another number: the tasks are kept beside it
        draft.eval("ChatCORE", "chatcore_metric", whole, section.file, stage=stage, at=moment,
                   aggregate=True, extra={"tasks": sorted(scores)})  # fmt: skip
        draft.metrics[f"{stage}/chatcore_metric"] = whole


def _summary(draft: Draft, summary: str, file: tuple[str, str]) -> None:
    """The closing table fills in what no section says; the wall time is kept as written."""
    wall = re.search(r"^Total wall clock time: (.+)$", summary, re.MULTILINE)
    if wall and wall[1].strip() != "unknown":
        draft.extra["total_wall_clock_time"] = wall[1].strip()
    held = {(e.task, e.model or "base") for e in draft.evals if e.metric != "centered"}
    for task, stage, score in summary_table(summary):
        if (task, stage) in held:
            continue
        core = task in ("CORE", "ChatCORE")
        metric = {"CORE": "core_metric", "ChatCORE": "chatcore_metric"}.get(task, "accuracy")
        draft.eval(task, metric, score, file, stage="" if stage == "base" else stage,
                   aggregate=core, extra={"from": "summary table"})  # fmt: skip
        if task == "CORE":
            draft.metrics.setdefault("core_metric", score)
        elif core:
            draft.metrics.setdefault(f"{stage}/chatcore_metric", score)
