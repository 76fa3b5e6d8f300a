"""`journal describe`: what readers see of a post beside its text."""

from __future__ import annotations

import click

from journal_app.cli.common import Context, json_option
from journal_app.domain.post_facts import DESCRIBED


@click.command()
@click.argument("post")
@click.option("--description", help="For lists, feeds and search engines.")
@click.option("--canonical-url", help="Where the text stands first, if not only there.")
@click.option("--language", help="Such as en, de, pt-BR.")
@click.option("--slug", help="Its name in addresses, before it is first scheduled.")
@json_option
@click.pass_obj
def describe(
    ctx: Context,
    post: str,
    description: str | None,
    canonical_url: str | None,
    language: str | None,
    slug: str | None,
    as_json: bool,
) -> None:
    """Show, or change, what readers see of POST beside its text. An empty value takes one away.

    What was approved before stays as it was: `journal approve POST` lets the change go out.
    """
    given = {
        "description": description,
        "canonical_url": canonical_url,
        "language": language,
        "slug": slug,
    }
    changes = {name: value for name, value in given.items() if value is not None}
    entry = ctx.journal.writing.describe(post, changes)
    found = {name: str(entry.front.get(name) or "") for name in DESCRIBED}
    if as_json:
        ctx.echo_json({"id": entry.id, "rev": entry.rev, **found})
        return
    for name, value in found.items():
        click.echo(f"{name:14} {value or '-'}")
