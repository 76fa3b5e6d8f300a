"""Commands about targets: kinds, add, change, secret, list, test, resume, remove."""

from __future__ import annotations

import getpass
import sys
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from journal_app.cli.common import Context, echo_table, iso, json_option
from journal_app.errors import JournalError

if TYPE_CHECKING:
    from journal_app.domain.publishing import Target
    from journal_app.domain.retry import Health
    from journal_app.domain.targets import Abilities
    from journal_app.services.targets import KindFacts


@click.group()
def target() -> None:
    """Where posts go."""


@target.command("kinds")
@click.argument("kind", required=False)
@json_option
@click.pass_obj
def target_kinds(ctx: Context, kind: str | None, as_json: bool) -> None:
    """List the kinds of target, or the settings of KIND."""
    service = ctx.journal.targets
    if kind is not None:
        _show_kind(ctx, service.kind(kind), as_json)
        return
    kinds = service.kinds()
    if as_json:
        ctx.echo_json([_as_json_kind(one) for one in kinds])
        return
    rows = [(one.name, one.title, ", ".join(_can(one.abilities))) for one in kinds]
    echo_table(rows, ("kind", "what it is", "what it can do"))


def _show_kind(ctx: Context, kind: KindFacts, as_json: bool) -> None:
    if as_json:
        ctx.echo_json(_as_json_kind(kind))
        return
    click.echo(f"{kind.name}: {kind.title} ({', '.join(_can(kind.abilities))})")
    rows = []
    for one in kind.fields:
        words = [one.label, *([one.help] if one.help else [])]
        if one.choices:
            words.append("One of: " + ", ".join(filter(None, one.choices)) + ".")
        need = "secret" if one.secret else "needed" if one.required else ""
        rows.append((one.name, need, " · ".join(words)))
    echo_table(rows, ("setting", "", "meaning"))


def _can(abilities: Abilities) -> list[str]:
    """What a kind can do, in words."""
    found = ["leaves this computer" if abilities.remote else "stays on this computer"]
    if abilities.schedules:
        found.append("schedules by itself")
    if abilities.updates:
        found.append("updates")
    if abilities.unpublishes:
        found.append("takes back")
    return found


def _as_json_kind(kind: KindFacts) -> dict[str, Any]:
    return {
        "kind": kind.name,
        "title": kind.title,
        "schedules": kind.abilities.schedules,
        "updates": kind.abilities.updates,
        "unpublishes": kind.abilities.unpublishes,
        "leaves_this_computer": kind.abilities.remote,
        "settings": [
            {
                "name": one.name,
                "label": one.label,
                "help": one.help,
                "needed": one.required,
                "secret": one.secret,
                "choices": list(one.choices),
                "default": one.default,
            }
            for one in kind.fields
        ],
    }


@target.command("add")
@click.argument("name")
@click.option("--kind", default="folder", show_default=True, help="`journal target kinds`.")
@click.option("--path", type=click.Path(path_type=Path), help="Of a site folder.")
@click.option("--flavor", help="Of a site: hugo, jekyll, …; default: what the folder looks like.")
@click.option("--content", help="Folder of posts inside the site.")
@click.option("--url", help="Where the site is, or is read.")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="Any other setting.")
@json_option
@click.pass_obj
def target_add(
    ctx: Context,
    name: str,
    kind: str,
    path: Path | None,
    flavor: str | None,
    content: str | None,
    url: str | None,
    settings: tuple[str, ...],
    as_json: bool,
) -> None:
    """Add the target NAME after a look whether posts can go there.

    Passwords and tokens are asked for and go into the keyring of this computer; or name an
    environment variable: --set token=env:NAME.
    """
    facts = ctx.journal.targets.kind(kind)
    config: dict[str, Any] = {"flavor": flavor, "content": content, "url": url}
    config["path"] = str(path.expanduser().absolute()) if path else None
    config |= _pairs(settings)
    secrets = {
        one.name: _asked(one.label)
        for one in facts.fields
        if one.secret and one.required and not config.get(one.name)
    }
    found = ctx.journal.targets.add(name, kind, config, secrets)
    if as_json:
        ctx.echo_json(_as_json_target(found, None))
    else:
        click.echo(f"Posts can go to {name}: {_where(found)}")


@target.command("change")
@click.argument("name")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", required=True)
@click.pass_obj
def target_change(ctx: Context, name: str, settings: tuple[str, ...]) -> None:
    """Change settings of NAME; an empty value takes one away. The target is asked first."""
    found = ctx.journal.targets.change(name, _pairs(settings))
    click.echo(f"Posts can go to {name}: {_where(found)}")


@target.command("secret")
@click.argument("name")
@click.argument("field", required=False)
@click.option("--stdin", is_flag=True, help="Read it from standard input instead of asking.")
@click.pass_obj
def target_secret(ctx: Context, name: str, field: str | None, stdin: bool) -> None:
    """Give NAME another password or token. It goes into the keyring of this computer."""
    facts = ctx.journal.targets.kind(ctx.journal.targets.get(name).kind)
    secrets = [one for one in facts.fields if one.secret and field in (None, one.name)]
    if len(secrets) != 1:
        raise JournalError(
            f"{name} has no secret {field!r}." if field else f"{name} has {len(secrets)} secrets.",
            "Secrets: " + (", ".join(f.name for f in facts.fields if f.secret) or "none") + ".",
        )
    value = sys.stdin.readline().rstrip("\r\n") if stdin else None
    ctx.journal.targets.set_secret(name, secrets[0].name, value or _asked(secrets[0].label))
    click.echo(f"{name} takes it: posts can go there.")


def _asked(words: str) -> str:
    with warnings.catch_warnings():  # a pipe cannot be told not to echo, and does not
        warnings.simplefilter("ignore", getpass.GetPassWarning)
        value: str = click.prompt(words, hide_input=True, err=True)
    return value.strip()


def _pairs(settings: tuple[str, ...]) -> dict[str, str]:
    config = {}
    for setting in settings:
        key, equals, value = setting.partition("=")
        if not equals:
            # Not repeated whole: what is wrongly written may be a password.
            raise JournalError("A --set has no value.", "Write --set NAME=VALUE.")
        config[key.strip()] = value
    return config


@target.command("list")
@json_option
@click.pass_obj
def target_list(ctx: Context, as_json: bool) -> None:
    """List the targets."""
    found = ctx.journal.targets.listing()
    health = ctx.journal.targets.health()
    if as_json:
        ctx.echo_json([_as_json_target(one, health[one.name]) for one in found])
    elif not found:
        click.echo("No target yet. `journal target add blog --path DIR --flavor hugo` adds one.")
    else:
        now = ctx.journal.store.now()
        rows = [
            (t.name, t.kind, _where(t), f"paused: {h.reason}" if h.paused(now) else "")
            for t in found
            for h in (health[t.name],)
        ]
        echo_table(rows, ("name", "kind", "where", "state"))


@target.command("test")
@click.argument("name")
@click.pass_obj
def target_test(ctx: Context, name: str) -> None:
    """Look whether posts can go to NAME now. Nothing is sent; a paused target goes on."""
    facts = ctx.journal.targets.test(name)
    click.echo(f"Posts can go to {name}.")
    for fact in facts:
        click.echo(f"  {fact}")


@target.command("resume")
@click.argument("name")
@click.pass_obj
def target_resume(ctx: Context, name: str) -> None:
    """Let the paused target NAME go on, without asking it."""
    ctx.journal.targets.resume(name)
    click.echo(f"{name} goes on.")


@target.command("remove")
@click.argument("name")
@click.pass_obj
def target_remove(ctx: Context, name: str) -> None:
    """Remove the target NAME and its secrets. What is published there stays."""
    ctx.journal.targets.remove(name)
    click.echo(f"Removed {name}.")


def _as_json_target(found: Target, health: Health | None) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": found.name,
        "kind": found.kind,
        "config": dict(found.config),
    }
    if health is not None:
        made["health"] = {
            "failures": health.failures,
            "paused_until": iso(health.until),
            "denied": health.denied,
            "reason": health.reason,
        }
    return made


def _where(found: Target) -> str:
    names = ("flavor", "path", "repository", "branch", "url", "identifier", "newsletter", "network")
    return " ".join(str(found.config[name]) for name in names if found.config.get(name))
