"""What the readers of nanochat's records share: the draft of a run, values, names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from journal_app.domain.experiments import (
    EVALUATION,
    PARTS,
    PRIVATE,
    EvalRecord,
    Json,
    RunBundle,
    RunRecord,
    main_metric,
    series_limit,
    short_hash,
)
from journal_app.domain.series import Series
from journal_app.imports.files import short_model, split_private

SOURCE = "nanochat"
LIBRARY: Mapping[str, Json] = {"name": "nanochat"}
CORE_TASKS = (
    "hellaswag_zeroshot", "jeopardy", "bigbench_qa_wikidata", "arc_easy", "arc_challenge", "copa",
    "commonsense_qa", "piqa", "openbook_qa", "lambada_openai", "hellaswag", "winograd",
    "winogrande", "bigbench_dyck_languages", "agi_eval_lsat_ar", "bigbench_cs_algorithms",
    "bigbench_operators", "bigbench_repeat_copy_logic", "squad", "coqa", "boolq",
    "bigbench_language_identification",
)  # fmt: skip
NUMBER = r"[-+]?(?:\d[\d,]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?|[-+]?(?:nan|inf)"
_WHOLE = re.compile(r"[-+]?\d{1,3}(?:,\d{3})+$|[-+]?\d{1,18}$")
_FLOAT = re.compile(rf"(?:{NUMBER})$", re.IGNORECASE)


def parse_value(text: str) -> Json:
    """A printed value: thousands commas, None, True, False; blank is None, the rest its text."""
    text = text.strip()
    if text in ("", "None"):
        return None
    if text in ("True", "False"):
        return text == "True"
    if _WHOLE.match(text):
        return int(text.replace(",", ""))
    if _FLOAT.match(text):
        return float(text.replace(",", ""))
    return text


def parse_number(text: str) -> float | None:
    """A printed number without its unit (`193.58m`, `48.19%`); None for what is no number."""
    match = re.match(rf"\s*({NUMBER})\s*(?:ms|MiB|GiB|GB|[smh%])?\s*$", text, re.IGNORECASE)
    return float(match.group(1).replace(",", "")) if match else None


def stage_prefix(stage: str) -> str:
    """What stands before a metric of a later stage, `sft/`; those of the base run stand alone."""
    return f"{stage}/" if stage not in ("", "base") else ""


@dataclass(slots=True)
class Draft:
    """A run while its files are read. `identity` is what makes it this run and no other; the
    `native_id` of an eval is only its part after the run's."""

    identity: list[Json]
    name: str
    uri: str
    stage: str = ""
    tag: str | None = None
    project: str | None = None
    status: str = "unknown"
    started_at: int | None = None
    ended_at: int | None = None
    clock: str = "naive-local"
    params: dict[str, Json] = field(default_factory=dict)
    metrics: dict[str, float | None] = field(default_factory=dict)
    series: dict[str, Series] = field(default_factory=dict)
    evals: list[EvalRecord] = field(default_factory=list)
    git: dict[str, Json] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    extra: dict[str, Json] = field(default_factory=dict)
    private: dict[str, Json] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    complete: bool = True
    parts: list[str] = field(default_factory=list)

    def metric(self, name: str, value: float | None) -> None:
        """Keep a last value; None (blank) keeps nothing, NaN is kept."""
        if value is not None:
            self.metrics[name] = value

    def point(self, key: str, step: float, value: float) -> None:
        """Append a point to a curve."""
        series = self.series.get(key)
        if series is None:
            series = self.series[key] = Series(series_limit(key))
        series.add(step, value)

    def eval(
        self,
        task: str,
        metric: str,
        score: float,
        file: tuple[str, str],
        *,
        step: int | None = None,
        stage: str = "",
        n_shot: int | None = None,
        estimate: bool = False,
        aggregate: bool = False,
        extra: Mapping[str, Json] | None = None,
        at: int | None = None,
    ) -> None:
        """Keep one result; `file` is (name, sha256). Scores of nanochat are fractions."""
        nan = score != score or abs(score) == float("inf")
        part = ":".join(
            str(item)
            for item in ("est" if estimate else "fin", stage, step, task, metric)
            if item not in (None, "")
        )
        more: dict[str, Json] = dict(extra or {})
        if step is not None:
            more["step"] = step
        if stage:
            more["stage"] = stage
        self.evals.append(
            EvalRecord(
                SOURCE,
                part,
                task,
                metric,
                None if nan else score,
                file[0],
                file[1],
                is_nan=nan,
                lower_is_better=False,
                unit="fraction",
                n_shot=n_shot,
                estimate=estimate,
                aggregate=aggregate,
                library=LIBRARY,
                model=stage or None,
                evaluated_at=at,
                extra=more,
            )
        )

    def absorb(self, other: Draft) -> None:
        """Take in what another file of the same run says; what is there already stays."""
        self.parts += [short_hash(*other.identity), *other.parts]
        for key, value in other.params.items():
            if self.params.get(key) is None:
                self.params[key] = value
        for name, score in other.metrics.items():
            if name not in self.series:  # a report rounds what the log says in full
                self.metrics.setdefault(name, score)
        for key, series in other.series.items():
            self.series.setdefault(key, series)
        held = {record.native_id for record in self.evals}
        self.evals += [record for record in other.evals if record.native_id not in held]
        self.git = {**other.git, **self.git}
        self.extra = {**other.extra, **self.extra}
        self.private = {**other.private, **self.private}
        self.files += [file for file in other.files if file not in self.files]
        self.warnings += [text for text in other.warnings if text not in self.warnings]
        if self.clock == "mtime" or (self.started_at is None and other.clock != "mtime"):
            self.started_at, self.ended_at = other.started_at, other.ended_at
            self.clock = other.clock
        if self.status == "unknown":
            self.status, self.complete = other.status, other.complete

    def bundle(self) -> RunBundle:
        """The draft as a finished record."""
        public, private = split_private(self.params)
        extra, more = split_private(self.extra)
        private.update({**more, **self.private})
        native = short_hash(*self.identity)
        metrics: dict[str, float | None] = {
            key: series.last for key, series in self.series.items() if series.last is not None
        }
        metrics.update(self.metrics)
        clean = {
            key: None if value is None or value != value or abs(value) == float("inf") else value
            for key, value in metrics.items()
        }
        if self.stage:
            extra["stage"] = self.stage
        if self.tag:
            extra["model_tag"] = self.tag
        if private:
            extra[PRIVATE] = private
        if self.parts:
            extra[PARTS] = self.parts
        thinned = {key: s.stride for key, s in sorted(self.series.items()) if s.stride > 1}
        if thinned:
            extra["points_kept_one_in"] = thinned
        if self.evals and not clean:
            extra["record"] = EVALUATION
        run = RunRecord(
            SOURCE,
            native,
            self.uri,
            short_model(self.name),
            project=self.project,
            status=self.status,
            started_at=self.started_at,
            ended_at=self.ended_at,
            clock=self.clock,
            params=public,
            metrics=clean,
            main_metric=main_metric(clean),
            git=self.git,
            tags=tuple([self.stage] if self.stage else []),
            files=tuple(self.files),
            extra=extra,
            warnings=tuple(self.warnings),
            complete=self.complete,
        )
        evals = tuple(replace(e, native_id=f"{native}:{e.native_id}") for e in self.evals)
        return RunBundle(run, self.series, evals)
