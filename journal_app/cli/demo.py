"""`journal demo`: the whole loop on the records of the project's own small experiment.

Every step is the command that a user would type, run as a process of its own, and every step is
looked up again afterwards: what did not really happen ends the demo with a non-zero status.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from journal_app.cli.window import shots
from journal_app.errors import JournalError
from journal_app.tour import NOTES, PAGES, RECORDS, SCRIPT, TITLE

AHEAD = 4  # seconds from scheduling to publishing
PATIENCE = 60  # seconds after which a due post counts as not published


class NotDone(JournalError):
    """A step of the demo did not happen."""


@dataclass
class Stage:
    """Runs commands on the demo's journal and shows them."""

    folder: Path
    missing: list[str] = field(default_factory=list)

    @property
    def journal(self) -> Path:
        """The folder of the demo's journal."""
        return self.folder / "journal"

    def heading(self, text: str) -> None:
        """Name the next step."""
        click.echo()
        click.secho(text, bold=True)

    def run(self, *words: str, stdin: str | None = None, shown: bool = True) -> str:
        """Run `journal …`; its output. Raises NotDone with what it said when it fails."""
        if shown:
            line = " ".join(_quoted(word) for word in words)
            click.echo(click.style(f"$ journal {line}", fg="cyan"))
        done = subprocess.run(
            [sys.executable, "-m", "journal_app", "--journal", str(self.journal), *words],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            env=self.environment(),
        )
        if done.returncode:
            raise NotDone(
                f"`journal {words[0]}` ended with {done.returncode}.", done.stderr.strip()
            )
        if shown:
            for text in done.stdout.rstrip().splitlines():
                click.echo(f"  {text}")
        return done.stdout

    def ask(self, *words: str) -> Any:
        """The JSON answer of a command, without showing it."""
        return json.loads(self.run(*words, "--json", shown=False))

    def environment(self) -> dict[str, str]:
        """The environment of the steps: this journal, this checkout, UTF-8."""
        root = str(Path(__file__).resolve().parents[2])
        path = os.pathsep.join(p for p in (root, os.environ.get("PYTHONPATH", "")) if p)
        return {
            **os.environ,
            "JOURNAL_DIR": str(self.journal),
            "PYTHONPATH": path,
            "PYTHONIOENCODING": "utf-8",
        }


def _quoted(word: str) -> str:
    if "\n" in word or len(word) > 72:
        word = word.replace("\n", " ")[:69] + "…"
    plain = all(c.isalnum() or c in "-_./:=" for c in word)
    return word if plain and word else f'"{word}"'


def require(happened: bool, what: str) -> None:
    """Raise NotDone unless `happened`."""
    if not happened:
        raise NotDone(f"This did not happen: {what}.")


def capture(stage: Stage) -> list[str]:
    """Two notes from the command line, one from a script; their ids."""
    stage.heading("1. Capture, while it is warm")
    first, second = NOTES
    ids = [
        stage.run("add", first.text, "--kind", first.kind).strip(),
        stage.run("add", "-", "--kind", second.kind, stdin=second.text).strip(),
    ]
    script = stage.folder / "train_step.py"
    script.write_text(SCRIPT, encoding="utf-8")
    click.echo(click.style(f"$ python {script}", fg="cyan"))
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        check=False,
        env=stage.environment(),
    )
    require(done.returncode == 0, f"{script} ran ({done.stderr.strip()})")
    ids.append(done.stdout.strip())
    click.echo(f"  {ids[-1]}")
    listed = [row["id"] for row in stage.ask("list")]
    require(set(ids) <= set(listed), "the three notes are in the journal")
    return ids


def import_records(stage: Stage) -> None:
    """The experiment's logs and evals; a second import changes nothing."""
    stage.heading("2. Import the records of the experiment")
    for record in RECORDS:
        stage.run("import", str(record()))
    runs = stage.ask("runs")
    require(len(runs) >= 3, "the runs are in the journal")
    require(sum(run["evals"] for run in runs) > 0, "the eval results are in the journal")
    for record in RECORDS:
        again = stage.ask("import", str(record()))
        for counts in (again["runs"], again["evals"]):
            require(counts["new"] == counts["changed"] == 0, "a second import changes nothing")
    click.echo("  Imported again: nothing changed.")
    stage.run("runs")


def link(stage: Stage, ids: list[str]) -> None:
    """Each note to the runs that it is about."""
    stage.heading("3. Link the notes to their runs")
    runs = {run["id"]: run for run in stage.ask("runs", "--source", "nanochat")}
    require(bool(runs), "there are training runs to link")
    for id in ids:
        for run in runs:
            stage.run("link", id, f"run:{run}", "--relation", "supports", shown=False)
    for id in ids:
        linked = {one["id"] for one in stage.ask("show", id)["links"]}
        require(set(runs) <= linked, f"note {id} links its runs")
    names = ", ".join(run["name"] for run in runs.values())
    click.echo(f"  {len(ids)} notes → {names}")


def summarize(stage: Stage, ids: list[str]) -> None:
    """One sentence of each note by the model on this device, with device, time and sources."""
    stage.heading("4. Summarize on this device")
    for id in ids:
        try:
            made = stage.ask("summarize", id, "--sentences", "1")
        except NotDone as error:
            stage.missing.append("the notes were not summarized")
            click.secho(f"  {error.hint}", fg="yellow")
            return
        body = stage.ask("show", id)["body"]
        require(bool(made["summary"]), f"note {id} has a summary")
        for sentence in made["summary"]:
            click.echo(f"  “{sentence['text']}”")
            for source in sentence["sources"]:
                start, end = source["start"], source["end"]
                require(body[start:end] == source["text"], "the source is a slice of the note")
                click.echo(f"    from {id}, characters {start} to {end}")
        click.echo(f"    {made['device']}, {made['seconds']:.2f} s, {made['model']}")


def publish(stage: Stage, ids: list[str]) -> Path:
    """Draft, target, schedule, wait, publish; the published file."""
    stage.heading("5. Draft, schedule, publish")
    post = stage.run("draft", *ids, "--title", TITLE).strip()
    site = stage.folder / "site"
    for name, text in PAGES.items():
        page = site / name
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(text, encoding="utf-8")
    if "site" not in [target["name"] for target in stage.ask("target", "list")]:
        stage.run(
            "target", "add", "site", "--kind", "folder", "--path", str(site), "--flavor", "hugo"
        )
    due = datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=AHEAD)
    slug = f"demo-{post[-6:].lower()}"
    stage.run(
        "schedule", post, "--target", "site", "--at", due.isoformat(), "--tz", "UTC", "--slug", slug
    )
    require(stage.ask("publish", "--due") == [], "nothing goes out before its time")
    stage.run("queue")
    click.echo(f"  waiting for {due:%H:%M:%S} UTC …")
    sent = _wait(lambda: stage.ask("publish", "--due"), PATIENCE)
    require(len(sent) == 1 and sent[0]["state"] == "published", "the post was published when due")
    require(stage.ask("publish", "--due") == [], "a second look sends nothing twice")
    found = list(site.glob(f"content/**/{slug}/index.md"))
    require(len(found) == 1, "the site folder holds the post once")
    digest = hashlib.sha256(found[0].read_bytes()).hexdigest()
    require(digest == sent[0]["receipt"]["sha256"], "the file is what the receipt says")
    click.echo(f"  published {found[0]}")
    for text in found[0].read_text(encoding="utf-8").splitlines()[:9]:
        click.echo(click.style(f"    {text}", dim=True))
    return found[0]


def _wait(look: Callable[[], list[Any]], patience: float) -> list[Any]:
    end = time.monotonic() + patience
    while not (found := look()) and time.monotonic() < end:
        time.sleep(0.5)
    return found


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--shots", "with_shots", is_flag=True, help="Also render the window to pictures.")
@click.pass_context
def demo(click_context: click.Context, folder: Path, with_shots: bool) -> None:
    """The whole loop in FOLDER: capture, import, link, summarize, draft, schedule, publish.

    Uses the records of Field Journal's own experiment: the training of the summarizer's salience
    head at three sizes. Ends non-zero if a step did not really happen.
    """
    stage = Stage(folder.absolute())
    try:
        stage.folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotDone(
            f"{stage.folder} cannot be used: {error.strerror or error}.", "Name another folder."
        ) from error
    ids = capture(stage)
    import_records(stage)
    link(stage, ids)
    summarize(stage, ids)
    page = publish(stage, ids)
    if with_shots:
        stage.heading("6. The window with this journal")
        click_context.obj.folder = stage.journal
        click_context.invoke(shots, folder=stage.folder / "screenshots")
    stage.heading("Done")
    click.echo(f"  journal      {stage.journal}")
    click.echo(f"  published    {page}")
    if with_shots:
        click.echo(f"  screenshots  {stage.folder / 'screenshots'}")
    if stage.missing:
        raise NotDone(
            f"Everything else works, but {'; '.join(stage.missing)}.",
            "`journal model install` fetches the model pack; then run the demo again.",
        )
