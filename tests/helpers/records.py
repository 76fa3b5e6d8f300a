"""Small synthetic records in the formats that the importers read, with every known trap."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

REPORT = """\
# nanochat training report

Generated: 2026-01-07 10:00:42

## Environment

### Git Information
- Branch: main
- Commit: f2211ff (dirty)
- Message: a private remark

### Hardware
- Platform: Linux
- GPUs: 8x NVIDIA H100 80GB HBM3
- Hourly Rate: $24.00/hour

Run started: 2026-01-07 10:00:48

---

## Base model training
timestamp: 2026-01-07 12:14:23

- run: dummy
- depth: 20
- model_tag:
- resume: None
- compile: True
- max_chars: 2,000,000,000
- Number of parameters: 560,988,160
- Tokens : Params ratio: 20.0000
- warmup_ratio: 0.0000
- warmup_ratio: 0.1000
- Minimum validation bpb: 0.8118
- Final validation bpb: 0.8119
- CORE metric estimate: 0.2478
- MFU %: 48.19%
- Total training time: 172.26m
- vertex_experiment: exp-7


## Base model evaluation
timestamp: 2026-01-07 12:21:53

- model: base_model (step 21400)
- CORE metric: 0.2389
- boolq: -0.0671
- hellaswag: 0.2707
- sample 4: <|bos|>The planets of the solar system are: Mercury, Venus
and a second line
## not a section
- sample 5: <|bos|>My favourite: red


## Chat evaluation sft
timestamp: 2026-01-07 12:56:46

- source: sft
- temperature: 0.0000
- ARC-Easy: 0.3173
- SpellingBee: 0.9766
- ChatCORE metric: 0.2197


## Summary

| Metric          | BASE     | SFT      | RL       |
|-----------------|----------|----------|----------|
| CORE            | 0.2389   | -        | -        |
| ARC-Easy        | -        | 0.3173   | -        |
| GSM8K           | -        | 0.0485   | -        |

Total wall clock time: 3h32m
"""


def training_log(steps: int = 400, *, finished: bool = True, tag: str = "d4") -> str:
    """A training log of `steps` steps with colours, embedded source and evaluations."""
    lines = [
        'print0(f"Step {step:05d} | Validation bpb: {val_bpb:.4f}")',
        '        "Minimum validation bpb": min_val_bpb,',
        "===== TRAINING OUTPUT =====",
        "2026-02-01 20:37:26,202 - nanochat.common - \x1b[32m\x1b[1mINFO\x1b[0m - world size: 8",
        "GPU: NVIDIA H100 80GB HBM3 | Peak FLOPS (BF16): 9.89e+14",
        "Vocab size: 32,768",
        "num_layers: 4",
        "Total batch size 65,536 => gradient accumulation steps: 2",
        "Parameter counts:",
        "wte                     : 1,048,576",
        "lm_head                 : 1,048,576",
        "transformer_matrices    : 3,145,728",
        "total                   : 5,242,880",
        "Estimated FLOPs per token: 4.945112e+09",
        f"Calculated number of iterations from target data:param ratio: {steps:,}",
        "Step 00000 | Validation bpb: 3.167584",
    ]
    for step in range(steps):
        loss = "nan" if step == 7 else f"{10 - step * 7 / steps:.6f}"
        lines.append(
            f"step {step:05d}/{steps:05d} ({100 * step / steps:.2f}%) | loss: {loss} | lrm: 1.00 |"
            f" dt: 654.80ms | tok/sec: 800,682 | bf16_mfu: 50.04 | epoch: 1 pq: 12 rg: 3 |"
            " total time: 0.98m | eta: 181.5m"
        )
        if step and step % 100 == 0:
            lines.append(f"Step {step:05d} | Validation bpb: {2 - step / steps:.6f}")
    if finished:
        lines += [
            f"Step {steps:05d} | Validation bpb: 0.753336",
            "Evaluating: boolq (10-shot, type: multiple_choice)... "
            "accuracy: 0.5841 | centered: -0.0945 | time: 10.66s",
            "Evaluating: copa (0-shot, type: multiple_choice)... "
            "accuracy: 0.6700 | centered: 0.3400 | time: 0.23s",
            f"Step {steps:05d} | CORE metric: 0.2633",
            "2026-02-02 00:09:59,067 - nanochat.checkpoint_manager - \x1b[1mINFO\x1b[0m - Saved"
            f" metadata to: /home/someone/.cache/nanochat/base_checkpoints/{tag}/meta_000400.json",
            "Peak memory usage: 62389.67MiB",
            "Total training time: 179.44m",
            "Minimum validation bpb: 0.753336",
        ]
    return "\n".join(lines) + "\n"


def lm_eval_results(**changes: Any) -> dict[str, Any]:
    """A results file of lm-evaluation-harness with its traps."""
    data: dict[str, Any] = {
        "results": {
            "mmlu": {"alias": "mmlu", "acc,none": 0.31, "acc_stderr,none": "N/A"},
            "mmlu_law": {"alias": " - law", "acc,none": 0.3, "acc_stderr,none": 0.02},
            "gsm8k": {
                "alias": "gsm8k",
                "exact_match,strict-match": 0.04,
                "exact_match_stderr,strict-match": 0.006,
                "exact_match,flexible-extract": 0.05,
                "exact_match_stderr,flexible-extract": 0.007,
            },
            "code": {"alias": "code", "pass@1,create_test": float("nan"), "sample_len": 3},
        },
        "groups": {"mmlu": {"alias": "mmlu", "acc,none": 0.31, "acc_stderr,none": "N/A"}},
        "group_subtasks": {"mmlu": ["mmlu_law"], "gsm8k": []},
        "configs": {
            "gsm8k": {
                "dataset_path": "gsm8k",
                "dataset_name": "main",
                "test_split": "test",
                "metadata": {"version": 3.0},
            }
        },
        "versions": {"gsm8k": 3.0, "mmlu": 2},
        "n-shot": {"gsm8k": 5, "mmlu_law": 0},
        "higher_is_better": {
            "gsm8k": {"exact_match": True},
            "code": {"pass_at_k": True},
            "mmlu_law": {"acc": True},
        },
        "n-samples": {
            "gsm8k": {"original": 1319, "effective": 100},
            "mmlu_law": {"original": 50, "effective": 50},
        },
        "config": {
            "model": "hf",
            "model_args": "pretrained=/home/someone/models/tiny/sft,dtype=float32",
            "limit": 100.0,
            "batch_size": "1",
        },
        "git_hash": "c026e6f",
        "date": 1766504410.15,
        "pretty_env_info": "HOSTNAME=secret-machine",
        "start_time": 3391296.96,
        "end_time": 3391396.96,
        "task_hashes": {"gsm8k": "abc123"},
        "lm_eval_version": "0.4.9",
        "total_evaluation_time_seconds": "100.0",
        "some_new_key": {"kept": True},
    }
    data.update(changes)
    return data


def write_lm_eval(folder: Path, name: str = "results_2025-12-23T16-17-55.835102.json", **changes: Any) -> Path:  # fmt: skip  # noqa: E501
    """The same as a file."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(json.dumps(lm_eval_results(**changes)), encoding="utf-8")
    return path


def meta(step: int | None = 400, bpb: float = 0.9, **user: Any) -> dict[str, Any]:
    """A checkpoint's meta file."""
    data: dict[str, Any] = {
        "step": step,
        "val_bpb": bpb,
        "model_config": {"sequence_len": 2048, "vocab_size": 32768, "n_layer": 4},
        "user_config": {"run": "dummy", "depth": 4, **user},
        "loop_state": {"min_val_bpb": bpb, "total_training_time": 60.5},
        "dataloader_state_dict": {"pq_idx": 1, "rg_idx": 2, "epoch": 1},
    }
    if step is None:
        return {"model_config": data["model_config"]}
    return data


BASE_EVAL = (
    "Task                               , Accuracy  , Centered  \n"
    "hellaswag_zeroshot                 , 0.551285  , 0.401713  \n"
    "boolq                              , 0.544954  , -0.197489 \n"
    "CORE                               ,           , 0.259261  \n"
)

SERIES = (
    "depth,model_dim,num_params,num_scaling_params,num_iterations,tokens_trained,"
    "param_data_ratio,val_bpb,core_score,train_time_sec\n"
    "4,1536,,,400,209715200,,0.753336,0.2633,123\n"
    "6,1536,,,800,419430400,,0.713336,0.0,456\n"
)

LOGFMT = """\
some prose that is no record, with key=value in it
argv script=scripts.base_train args='--depth=12 --fp8'
config depth=12 core_metric_max_per_task=500 compile=True tag=None
params total=286261730
eval step=0 eflops=0.0 val_bpb=3.2
step step=10 loss=4.311 lrm=0.45 dt_ms=124.3
eval step=250 eflops=0.0648 val_bpb=1.086329
core step=250 core=0.17
summary params=286261730 val_bpb=0.8213 core=0.2231 train_time_sec=3721 gpu="NVIDIA H100 80GB HBM3"
"""


def write_experiment(folder: Path) -> Path:
    """`experiments/<name>/` with two depths, the second one unfinished."""
    for depth, whole in (("d12", True), ("d16", False)):
        place = folder / depth
        place.mkdir(parents=True)
        text = LOGFMT if whole else LOGFMT.split("summary")[0]
        (place / "base_train.log").write_text(text)
        if whole:
            (place / "chat_eval.log").write_text(
                "chatcore task=ARC-Easy acc=0.31\nsummary chatcore=0.21\n"
            )
    (folder / "meta.json").write_text(
        json.dumps(
            {
                "name": folder.name,
                "created": "2026-07-03T10:00:00",
                "git_commit": "0123456789abcdef",
                "git_branch": "main",
                "git_dirty": True,
                "dataset": "climbmix",
            }
        )
    )
    (folder / "curve.log").write_text("model model_tag=d12 chat.chatcore=0.21\n")
    return folder


def write_mlruns(folder: Path) -> Path:
    """An MLflow file store: one active run with a NaN and a nested key, one deleted run."""
    experiment = folder / "mlruns" / "1"
    for name, stage in (("aaaa1111", "active"), ("bbbb2222", "deleted")):
        run = experiment / name
        for part in ("metrics/val", "params", "tags"):
            (run / part).mkdir(parents=True)
        (run / "meta.yaml").write_text(
            f"artifact_uri: file:///home/someone/mlruns/1/{name}/artifacts\n"
            f"end_time: 1795355999000\nentry_point_name: ''\nexperiment_id: '1'\n"
            f"lifecycle_stage: {stage}\nrun_id: {name}\nrun_name: gentle-owl\nrun_uuid: {name}\n"
            "source_name: ''\nstart_time: 1795355922000\nstatus: 3\nuser_id: someone\n"
        )
        (run / "metrics" / "train_loss").write_text(
            "1795355922949 1.0 0\n1795355923949 nan 1\n1795355924949 0.5 2\n"
        )
        (run / "metrics" / "val" / "loss").write_text("1795355922949 2.0 0\n1795355924949 1.5 2\n")
        (run / "params" / "lr").write_text("0.001")
        (run / "params" / "out_dir").write_text("/home/someone/out")
        (run / "tags" / "mlflow.note.content").write_text("# A note\n\nin *Markdown*")
        (run / "tags" / "mlflow.source.git.commit").write_text("deadbeef")
        (run / "tags" / "mlflow.source.name").write_text("/home/someone/train.py")
        (run / "tags" / "phase").write_text("two")
    (experiment / "meta.yaml").write_text(
        "artifact_location: file:///x\nexperiment_id: '1'\nlifecycle_stage: active\n"
        "name: salience\n"
    )
    return folder / "mlruns"
