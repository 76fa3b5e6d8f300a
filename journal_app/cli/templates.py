"""Commands about templates and the note of the day: new, templates, today."""

from __future__ import annotations

import click

from journal_app.cli.common import Context, echo_table, in_editor, json_option, read_stdin
from journal_app.cli.entries import as_json_entry
from journal_app.domain.entry import Entry


@click.command()
@click.argument("title", nargs=-1)
@click.option("--template", "name", required=True, help="A name that `journal templates` lists.")
@click.option("--run", default="", help="Id or name of a run: named in the text and linked.")
@click.option("--edit", is_flag=True, help="Open it in $EDITOR.")
@json_option
@click.pass_obj
def new(
    ctx: Context, title: tuple[str, ...], name: str, run: str, edit: bool, as_json: bool
) -> None:
    """Begin an entry called TITLE from a template and print its id."""
    entry = ctx.journal.templates.new_entry(name, title=" ".join(title), run=run, origin="cli")
    if edit:
        entry = _edited(ctx, entry)
    ctx.echo_json(as_json_entry(entry)) if as_json else click.echo(entry.id)


@click.command()
@click.argument("name", required=False)
@json_option
@click.pass_obj
def templates(ctx: Context, name: str | None, as_json: bool) -> None:
    """List the templates, or show the text of NAME.

    An entry of your own with the tag #template is a template too.
    """
    from journal_app.domain.templates import find

    known = ctx.journal.templates.all()
    if name is not None:
        known = [find(known, name)]
    if as_json:
        ctx.echo_json(
            [
                {
                    "name": one.name,
                    "title": one.title,
                    "kind": one.kind,
                    "tags": list(one.tags),
                    "about": one.about,
                    "entry": one.entry_id or None,
                    "text": one.text,
                }
                for one in known
            ]
        )
    elif name is not None:
        click.echo(known[0].text.rstrip())
    else:
        rows = [(t.name, t.kind, t.about or ("your own" if t.entry_id else "")) for t in known]
        echo_table(rows, ("name", "kind", "for"))


@click.command()
@click.argument("text", nargs=-1)
@click.option("--edit", is_flag=True, help="Open it in $EDITOR.")
@json_option
@click.pass_obj
def today(ctx: Context, text: tuple[str, ...], edit: bool, as_json: bool) -> None:
    """Show the note of this day, made when it is first asked for.

    TEXT is added to it as a line with the time; - reads standard input.
    """
    line = read_stdin() if text == ("-",) else " ".join(text)
    entry, _made = ctx.journal.templates.today(line, origin="cli")
    if edit:
        entry = _edited(ctx, entry)
    if as_json:
        ctx.echo_json(as_json_entry(entry))
    elif text:
        click.echo(entry.id)
    else:
        click.secho(f"{entry.title}  {entry.id}", bold=True)
        click.echo(entry.body)


def _edited(ctx: Context, entry: Entry) -> Entry:
    text = in_editor(entry.body)
    if text is None:
        return entry
    saved = ctx.journal.entries.save(entry.id, text.rstrip("\n"), base_rev=entry.rev, origin="cli")
    return saved.copy or saved.entry
