"""The command `digest`: a post as a thread, shown or copied."""

from __future__ import annotations

import click

from journal_app.cli.common import Context, json_option
from journal_app.domain.digest import Thread


@click.command()
@click.argument("post")
@click.option("--network", help="mastodon, bluesky, linkedin or plain; default: of the target.")
@click.option("--target", help="As this target sends it; default: the network's only one.")
@click.option("--link", type=click.Choice(["first", "last"]), help="The part with the address.")
@click.option("--parts", type=click.IntRange(1, 25), help="Parts at most; 1 for one message.")
@click.option("--numbers/--no-numbers", default=None, help="1/4 at the end of each part.")
@click.option("--hashtags/--no-hashtags", default=None, help="Out of the post's tags.")
@click.option("--pictures/--no-pictures", default=None, help="The first four of the post.")
@click.option("--copy", is_flag=True, help="Print nothing but the text, for a pipe.")
@click.option("--part", type=click.IntRange(1), help="With --copy: this part alone.")
@json_option
@click.pass_obj
def digest(
    ctx: Context,
    post: str,
    network: str | None,
    target: str | None,
    link: str | None,
    parts: int | None,
    numbers: bool | None,
    hashtags: bool | None,
    pictures: bool | None,
    copy: bool,
    part: int | None,
    as_json: bool,
) -> None:
    """Show POST as the thread that a social network gets, with the length of each part.

    It is made of the post's title, description and main sentences, or written by you in the post:
    a block ```digest with --- between the parts, and {link} for the address.
    """
    if part is not None and not copy:
        raise click.UsageError("--part belongs to --copy.")
    switches = {"numbers": numbers, "hashtags": hashtags, "pictures": pictures}
    settings = {name: "on" if on else "off" for name, on in switches.items() if on is not None}
    settings |= {"link": link} if link else {}
    settings |= {"parts": str(parts)} if parts else {}
    service = ctx.existing.digest
    where = {"network": network or "", "target": target or ""}
    if copy:
        copied = service.copy(post, part=part or 0, settings=settings, **where)
        if as_json:
            found = [{"file": file, "alt": alt} for file, alt in copied.pictures]
            ctx.echo_json({"text": copied.text, "pictures": found, "open": copied.address})
            return
        click.echo(copied.text)
        for file, alt in copied.pictures:
            click.echo(f"Attach {file}\n  with the text: {alt}", err=True)
        if copied.address:
            click.echo(f"Post it at {copied.address}", err=True)
        return
    thread = service.thread(post, settings=settings, **where)
    if as_json:
        ctx.echo_json(thread.as_json())
    else:
        _show(thread)


def _show(thread: Thread) -> None:
    total = len(thread.parts)
    how = "as the post says it" if thread.by_hand else "out of the post"
    many = "1 part" if total == 1 else f"{total} parts"
    click.secho(f"{thread.network.title}: {many}, {how}", bold=True)
    for n, part in enumerate(thread.parts, 1):
        click.secho(f"\n{n}/{total}  {part.count:,} of {thread.network.limit:,}", bold=True)
        click.echo(part.text)
        for picture in part.pictures:
            click.echo(f"[picture {picture.name}: {picture.alt}]")
    for note in thread.notes:
        click.echo(f"\nnote: {note}", err=True)
