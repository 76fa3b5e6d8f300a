"""Commands of the devices: what there is, what runs where, why not on the NPU, compiling ahead."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal_app.cli.common import Context, echo_table, json_option
from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.domain.summarize import DeviceInfo

TARGETS = ("snapdragon-x-elite", "snapdragon-x-plus", "snapdragon-x2-elite")
_MB = 1_000_000
_SIGNS = {"pass": "✓", "info": "·", "stale": "!", "fail": "✗"}


@click.command()
@json_option
@click.pass_obj
def devices(ctx: Context, as_json: bool) -> None:
    """The devices of this machine, and where the installed models really run, measured.

    The id in the first column is what `journal config device` takes.
    """
    from journal_app.models.process import list_devices

    found = list_devices()
    loaded, problems = _loaded(ctx)
    if as_json:
        ctx.echo_json(
            {
                "devices": found["devices"],
                "plugins": found["plugins"],
                "loaded": [asdict(one) for one in loaded],
                "problems": problems,
            }
        )
        return
    echo_table(
        [
            (one["id"], one["kind"].upper(), one["name"], one["provider"])
            for one in found["devices"]
        ],
        ("id", "kind", "device", "through"),
    )
    if loaded:
        click.echo()
        echo_table(
            [
                (
                    one.model,
                    f"{one.kind.upper()} {one.name}".strip(),
                    f"{one.share:.0%}",
                    f"{one.work:.0%}",
                    one.precision,
                    f"{one.memory / _MB:,.0f} MB" if one.memory is not None else "not measured",
                    f"{one.load_seconds:.1f} s",
                )
                for one in loaded
            ],
            ("model", "device", "nodes", "work", "precision", "memory", "loaded in"),
        )
        for one in loaded:
            for note in one.notes:
                click.echo(f"{one.model}: {note}")
    for problem in problems:
        click.echo(problem, err=True)
    click.echo("`journal model doctor` says what could be better.", err=True)


@click.command()
@json_option
@click.pass_obj
def doctor(ctx: Context, as_json: bool) -> None:
    """Why a model does not run on the NPU, and what to install or to change.

    Loads the installed models to see where they run. Never fails itself: what it cannot find out,
    it says.
    """
    from journal_app.models.devices import doctor as doctors
    from journal_app.models.process import list_devices

    policy = ctx.journal.settings.get("device")
    strict = ctx.journal.settings.get("device.strict") == "on"
    loaded, problems = _loaded(ctx)
    try:
        found = doctors.of_told(list_devices(), policy=policy, strict=strict, loaded=loaded)
    except JournalError as error:
        found = [doctors.Finding("fail", error.message, error.hint)]
    found += [doctors.Finding("fail", problem) for problem in problems]
    if as_json:
        ctx.echo_json([asdict(one) for one in found])
        return
    for one in found:
        click.echo(f"{_SIGNS[one.level]} {one.text}")
        if one.way:
            click.echo(f"    {one.way}")


def _loaded(ctx: Context) -> tuple[list[DeviceInfo], list[str]]:
    """Load the installed packs that the settings use: where they run, and what failed."""
    from journal_app import paths
    from journal_app.models import packs

    host = ctx.journal.model_host
    problems: list[str] = []
    writer = ctx.journal.settings.get("model.writer")
    try:
        have = {one.id for one in packs.installed_packs(paths.model_packs())}
    except (JournalError, OSError) as error:
        return [], [f"The packs cannot be read: {error}"]
    if not have:
        return [], ["No model is installed: `journal model install`."]
    asks = [host.device] if have - {writer} else []
    if writer in have:
        asks.append(lambda: host.device_of(writer))
    for ask in asks:
        try:
            ask()
        except JournalError as error:
            problems.append(f"{error.message} {error.hint}".strip())
    try:
        return host.loaded(), problems
    except JournalError as error:
        return [], [*problems, error.message]


@click.command("compile")
@click.argument("pack", required=False)
@click.option(
    "--target", type=click.Choice(TARGETS), required=True, help="The chip to make it for."
)
@click.option(
    "--to",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder to put it in (default: the cache beside the packs of this machine).",
)
@json_option
def compile_pack(pack: str | None, target: str, to: Path | None, as_json: bool) -> None:
    """Compile PACK (all that have a form for an NPU, where none is named) ahead of time.

    Works under Linux on x86-64, without the chip. Copy what it makes into the folder `.compiled`
    beside the packs of the other machine: its first start then waits for no compiler.
    """
    from journal_app import paths
    from journal_app.models import packs
    from journal_app.models.npu import compiled

    root = paths.model_packs()
    to = to or root / compiled.FOLDER
    if pack is not None:
        folders = [packs.find(root, pack).folder]
    else:
        folders = [one.folder for one in packs.installed_packs(root) if _has_form(one.folder)]
    if not folders:
        raise JournalError(
            "No installed pack has a form for an NPU.", "`journal model install` fetches one."
        )
    made: list[dict[str, Any]] = []
    for line in _compiling(target, to, folders):
        if "say" in line and not as_json:
            click.echo(line["say"], err=True)
        if "problem" in line:
            raise JournalError(line["problem"], line["hint"])
        made = line.get("made", made)
    if as_json:
        Context.echo_json({"target": target, "folder": str(to), "made": made})
        return
    echo_table(
        [(one["form"], f"{one['bytes'] / _MB:,.0f} MB", f"{one['seconds']:.1f} s") for one in made],
        ("graph", "size", "compiled in"),
    )
    click.echo(f"Made in {to}. Copy its folders into `.compiled` beside the packs there.")


def _has_form(folder: Path) -> bool:
    """Whether an NPU could take the pack: by its files, for the compiler is in another process."""
    return any((folder / name).is_file() for name in ("source.gguf", "vocab.txt"))


def _compiling(target: str, to: Path, folders: list[Path]) -> Iterator[dict[str, Any]]:
    from journal_app.models import process

    command = [sys.executable, "-X", "utf8", "-m", "journal_app.models.npu.compiled_ahead"]
    rest: deque[str] = deque(maxlen=5)  # what the vendor's library prints beside our lines
    with subprocess.Popen(
        [*command, target, str(to), *map(str, folders)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=process.environment(),
    ) as child:
        assert child.stdout is not None
        ended = False
        for line in child.stdout:
            try:
                told = json.loads(line)
            except ValueError:
                rest.append(line.strip())
                continue
            if isinstance(told, dict):
                ended = ended or "made" in told or "problem" in told
                yield told
    if not ended:
        raise JournalError(
            f"The compiler ended with status {child.returncode}: {' '.join(rest)[-300:]}",
            "`journal model doctor` says whether onnxruntime-qnn can be loaded here.",
        )
