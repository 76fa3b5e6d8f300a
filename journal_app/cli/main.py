"""The `journal` command: names of commands and where they live; nothing else is imported.

Invariant: starting a command loads no Qt, no onnxruntime, no numpy (held by a test).
"""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import click

from journal_app import __version__
from journal_app.cli.common import Context
from journal_app.errors import Cancelled, JournalError

# name → module:object and the line that `journal --help` shows (so that help imports no command).
COMMANDS: dict[str, tuple[str, str]] = {
    "add": ("entries:add", "Keep a note: text, #tags and ->run:ID links in one line."),
    "new": ("templates:new", "Begin an entry from a template."),
    "templates": ("templates:templates", "List the templates, or show one."),
    "today": ("templates:today", "Today's note: show it, or add a line to it."),
    "capture": ("capture:capture", "Keep a note from a key, a pipe, or the clipboard."),
    "list": ("entries:list_entries", "List entries, newest change first."),
    "show": ("entries:show", "Show one entry whole."),
    "edit": ("entries:edit", "Edit an entry in $EDITOR, or replace its text."),
    "search": ("searches:search", "Find entries by words, phrases, operators."),
    "searches": ("searches:searches", "Searches kept under a name."),
    "similar": ("similar:similar", "Entries like an entry, or like a text."),
    "index": ("similar:index", "Build the index behind `journal similar`."),
    "tag": ("organize:tag", "Add or remove tags, of one entry or of all that a search finds."),
    "tags": ("organize:tags", "List every tag, or give one another name everywhere."),
    "star": ("organize:star", "Give entries a star, or list the starred ones."),
    "link": ("entries:link", "Link an entry to a run, an eval result or an entry."),
    "links": ("links:links", "Show what an entry links and what links it."),
    "rename": ("links:rename", "Give an entry another title; links to it follow."),
    "attach": ("attachments:attach", "Keep files with an entry."),
    "attachments": ("attachments:attachments", "List, save or remove the files of an entry."),
    "context": ("entries:context", "Show or forget where an entry was captured."),
    "history": ("history:history", "List the versions of an entry, or name one."),
    "diff": ("history:diff", "Show what changed between two versions of an entry."),
    "merge": ("history:merge", "Make one text of the two versions that a clash kept."),
    "trash": ("organize:trash", "Put entries into the trash, list it, empty it."),
    "restore": ("entries:restore", "Take an entry out of the trash, or bring back a revision."),
    "tail": ("tail:tail", "Keep a run's output while it passes through a pipe."),
    "note": ("notes:note", "Keep a note in a file, on a machine without the journal."),
    "collect": ("notes:collect", "Take in the files of `journal note`, each note once."),
    "import": ("runs:import_records", "Read run and eval records of a tracker or harness."),
    "adopt": ("collections:adopt", "Take in a whole collection of notes: a vault, a log, jrnl."),
    "export": ("export:export", "Write entries as a Markdown folder, or as one file."),
    "mirror": ("mirror:mirror", "A folder of Markdown files that follows the journal."),
    "runs": ("runs:runs", "List and show runs."),
    "summarize": ("summaries:summarize", "Summarize an entry, a file, - or a week on this device."),
    "ask": ("ask:ask", "Answer a question out of the journal, with its entries."),
    "do": ("ask:do", "Titles, tags, lessons, drafts, comparisons and your own commands."),
    "transcript": ("ask:transcript", "What models and commands gave; run one again."),
    "model": ("models:model", "Models on this machine: packs, devices, doctor, evals."),
    "draft": ("posts:draft", "Make a post out of entries."),
    "describe": ("describe:describe", "Description, address and language of a post."),
    "target": ("targets:target", "Where posts go: kinds, add, list, test, secret, remove."),
    "schedule": ("posts:schedule", "Publish a post at a time to come."),
    "approve": ("posts:approve", "Let the text of now go out instead of the approved one."),
    "reschedule": ("posts:reschedule", "Move what waits to another time."),
    "unschedule": ("posts:unschedule", "Take a post off the schedule."),
    "enqueue": ("schedule:enqueue", "Publish a post at the next free slot of a target."),
    "cadence": ("schedule:cadence", "Weekly slots of a target, and what waits in them."),
    "blackout": ("schedule:blackout", "Days without slots: add, list, remove."),
    "calendar": ("calendar:calendar", "What goes out when; a file for other calendars."),
    "queue": ("posts:queue", "What goes out next, and what went wrong."),
    "preflight": ("preflight:preflight", "Check a post as before it is approved."),
    "gate": ("preflight:gate", "Thresholds on eval results that keep a post back."),
    "receipts": ("preflight:receipts", "What is out, whether it is still there, what happened."),
    "publish": ("publish:publish", "Publish one post now, or everything due."),
    "digest": ("digest:digest", "Show or copy a post as a thread for a social network."),
    "unpublish": ("publish:unpublish", "Take a post back from its readers."),
    "agent": ("agent:agent", "Publish in the background: install, status, uninstall."),
    "settle": ("publish:settle", "Say whether a post went out, where its target cannot tell."),
    "log": ("publish:log", "Everything that happened to a post's publications."),
    "backup": ("upkeep:backup", "Verified copies of the journal: take, list, restore."),
    "config": ("upkeep:config", "Show and change settings."),
    "check": ("upkeep:check", "Check the journal's database and attachments."),
    "demo": ("demo:demo", "The whole loop on real records, in a folder of its own."),
    "bench": ("bench:bench", "Measure this journal on this machine."),
    "window": ("window:window", "Open the window (also: `journal` alone)."),
    "shots": ("window:shots", "Render the window to pictures without a display."),
}


class LazyGroup(click.Group):
    """Commands are imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return None
        module, _, attribute = COMMANDS[name][0].partition(":")
        loaded = importlib.import_module(f"journal_app.cli.{module}")
        command: click.Command = getattr(loaded, attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.option(
    "--journal",
    "folder",
    type=click.Path(path_type=Path),
    envvar="JOURNAL_DIR",
    help="Folder of the journal (default: your own; also JOURNAL_DIR).",
)
@click.version_option(__version__, prog_name="Field Journal")
@click.pass_context
def cli(ctx: click.Context, folder: Path | None) -> None:
    """Field Journal: keep lessons while the experiment is warm.

    Called without a command, it opens the window.
    """
    ctx.obj.folder = folder
    if ctx.invoked_subcommand is None:
        ctx.invoke(cli.get_command(ctx, "window"))  # type: ignore[arg-type]


def run(arguments: list[str]) -> int:
    """Run one command; the exit status: 0 done, 1 a plain error, 2 wrong use, 130 cancelled."""
    context = Context()
    try:
        with cli.make_context("journal", arguments, obj=context) as ctx:
            cli.invoke(ctx)
        return 0
    except JournalError as error:
        return _tell(error)
    except click.exceptions.Exit as leaving:
        return leaving.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt, Cancelled):
        click.echo("Cancelled.", err=True)
        return 130
    except BrokenPipeError:  # `journal list | head`: the reader has had enough
        sys.stderr.close()
        return 0
    except Exception as error:
        plain = context.explain(error)
        if plain is None:
            raise
        return _tell(plain)
    finally:
        context.close()


def _tell(error: JournalError) -> int:
    click.secho(f"error: {error.message}", fg="red", err=True)
    if error.hint:
        click.echo(error.hint, err=True)
    return 1
