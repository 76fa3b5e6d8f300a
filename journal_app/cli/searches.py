"""Commands that find: search with its operators, and searches kept under a name."""

from __future__ import annotations

import click

from journal_app.cli.common import Context, echo_table, json_option
from journal_app.cli.entries import as_json_row
from journal_app.domain.query import OPERATORS
from journal_app.domain.views import CLOSE, OPEN
from journal_app.errors import JournalError
from journal_app.store.search import Found

HELP = f"""Find entries by WORDS and operators; the best first.

\b
  warmup tokenizer   both words, anywhere; case and accents do not matter
  "noise floor"      exactly these words
  -diverged          without this word; any operator takes the - too
  loss OR accuracy   one or the other side
{chr(10).join(f"  {f'{name}:…':<18} {words}" for name, words in OPERATORS.items())}
  @NAME              a saved search; more words narrow it

Titles with a slip of the keyboard are found last, marked ≈. In a large journal a common word looks
at the 400 entries written last and at 150 titles.
"""


# -word is a word to leave out, whatever letters it holds: no short option may claim one of them.
@click.command(
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]}, help=HELP
)
@click.argument("words", nargs=-1, required=True, type=click.UNPROCESSED)
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@click.option("--save", metavar="NAME", help="Keep this search under a name.")
@json_option
@click.pass_obj
def search(
    ctx: Context, words: tuple[str, ...], limit: int, save: str | None, as_json: bool
) -> None:
    """Find entries (the help is HELP)."""
    query = asked(ctx, words)
    if save is not None:
        ctx.journal.searches.save(save, query)
    found = ctx.existing.entries.search(query, limit=limit)
    for hint in found.hints:
        click.echo(f"hint: {hint}", err=True)
    if as_json:
        _echo_json(ctx, found)
        return
    if not found.hits:
        click.echo("Nothing found.")
    for hit in found:
        near = "≈ " if hit.similar else ""
        click.echo(f"{hit.row.id}  {near}{click.style(hit.row.title, bold=True)}")
        marked = hit.snippet.split(OPEN)
        line = marked[0] + "".join(
            click.style(part.partition(CLOSE)[0], fg="yellow") + part.partition(CLOSE)[2]
            for part in marked[1:]
        )
        if line:
            click.echo(f"    {line}")


def asked(ctx: Context, words: tuple[str, ...]) -> str:
    """The search that words of the command line mean; @NAME stands for a saved one."""
    if words[0].startswith("@"):
        saved = ctx.existing.searches.get(words[0])
        words = (saved.query, *words[1:])
        return " ".join([words[0], *(_quoted(word) for word in words[1:])])
    # A lone argument is a whole query; among several, one with a space was quoted as a phrase.
    return words[0] if len(words) == 1 else " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    """The word as it was meant on the command line, where the shell took the quotes away."""
    if " " not in word or '"' in word:
        return word
    minus = "-" if word.startswith("-") else ""
    name, colon, value = word.removeprefix("-").partition(":")
    if colon and name.lower() in OPERATORS:
        return f'{minus}{name}:"{value}"'
    return f'{minus}"{word.removeprefix("-")}"'


def _echo_json(ctx: Context, found: Found) -> None:
    ctx.echo_json(
        [
            {
                **as_json_row(hit.row),
                "passage": hit.snippet.replace(OPEN, "").replace(CLOSE, ""),
                "similar": hit.similar,
            }
            for hit in found
        ]
    )


@click.group(invoke_without_command=True)
@json_option
@click.pass_context
def searches(context: click.Context, as_json: bool) -> None:
    """Searches kept under a name: list (without a command), rename, move, remove.

    `journal search WORDS --save NAME` keeps one, `journal search @NAME` asks it again.
    """
    if context.invoked_subcommand is not None:
        return
    ctx: Context = context.obj
    kept = ctx.existing.searches.all()
    if as_json:
        ctx.echo_json([{"id": s.id, "name": s.name, "query": s.query} for s in kept])
    elif kept:
        echo_table([(s.name, s.query) for s in kept], ("name", "search"))
    else:
        click.echo("No saved search. `journal search WORDS --save NAME` keeps one.")


@searches.command()
@click.argument("name")
@click.argument("new")
@click.pass_obj
def rename(ctx: Context, name: str, new: str) -> None:
    """Call the saved search NAME NEW."""
    click.echo(ctx.existing.searches.rename(name, new).name)


@searches.command()
@click.argument("name")
@click.argument("place", type=click.IntRange(1))
@click.pass_obj
def move(ctx: Context, name: str, place: int) -> None:
    """Move the saved search NAME to a PLACE in the list, counted from 1."""
    ctx.existing.searches.move(name, place - 1)
    for number, kept in enumerate(ctx.existing.searches.all(), start=1):
        click.echo(f"{number}  {kept.name}")


@searches.command()
@click.argument("names", nargs=-1, required=True)
@click.pass_obj
def remove(ctx: Context, names: tuple[str, ...]) -> None:
    """Forget the saved searches NAMES; no entry goes."""
    service = ctx.existing.searches
    known = [service.get(name) for name in names]  # all or none when one is not there
    if len({one.id for one in known}) < len(names):
        raise JournalError("A saved search is named twice.", "`journal searches` lists them.")
    for one in known:
        service.remove(one.id)
        click.echo(f"{one.name}: {one.query}")
