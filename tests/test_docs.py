"""The README and the help pages are true: every command, link, picture, setting and snippet."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import click
import pytest

from journal_app import settings
from journal_app.cli.main import COMMANDS, cli

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = {p.name: p.read_text(encoding="utf-8") for p in (ROOT / "resources/help").glob("*.md")}
WORDS = re.compile(r"(?:^\$ |`)journal(?: --journal \S+)? ([a-z]+)(?: ([a-z]+))?", re.MULTILINE)


def test_every_command_is_there_and_says_what_it_does() -> None:
    context = click.Context(cli)
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        assert command.help, f"`journal {name}` has no help"
        for parameter in command.params:
            assert parameter.name


@pytest.mark.parametrize("page", ["README.md", *sorted(PAGES)])
def test_every_command_that_a_page_names_exists(page: str) -> None:
    text = README if page == "README.md" else PAGES[page]
    context = click.Context(cli)
    for name, sub in WORDS.findall(text):
        assert name in COMMANDS, f"{page} names `journal {name}`"
        command = cli.get_command(context, name)
        if isinstance(command, click.Group) and sub:
            assert sub in command.commands, f"{page} names `journal {name} {sub}`"


def test_the_first_screen_of_the_readme_is_in_its_order() -> None:
    marks = ["# Field Journal", "![", "make run", "$ journal add", "from journal_app import", "Map"]
    places = [README.index(mark) for mark in marks]
    assert places == sorted(places)


def test_every_relative_link_of_the_pages_leads_somewhere() -> None:
    for name, text in {"README.md": README, **PAGES}.items():
        base = ROOT if name == "README.md" else ROOT / "resources/help"
        prose = re.sub(r"`[^`\n]*`", "", text)  # what stands in code shows how to write a link
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", prose):
            assert (base / target).exists(), f"{name} links {target}"


def test_the_lines_of_the_readme_print_what_it_says(
    journal_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    packs = os.environ["JOURNAL_TEST_PACKS"]
    if not Path(packs).is_dir():
        pytest.skip(f"the model pack is not installed in {packs} (`journal model install`)")
    match = re.search(r"```console\n(\$ journal add.*?)```", README, re.DOTALL)
    assert match is not None
    blocks = [block.partition("\n") for block in match.group(1)[2:].split("\n$ ")]
    assert len(blocks) == 5
    home = tmp_path / "you"
    (home / "site").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("JOURNAL_DIR", str(journal_folder))
    monkeypatch.setenv("JOURNAL_MODELS", packs)
    for line, _, expected in blocks:
        printed = ""
        for command in line.split(" && "):
            words = [word.replace("~", str(home)) for word in shlex.split(command)]
            done = subprocess.run(
                [sys.executable, "-m", "journal_app", *words[1:]],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            printed += done.stdout
        assert _lasting(printed.replace(str(home), "/home/you")) == _lasting(expected), line


def _lasting(output: str) -> str:
    """Output without what differs from run to run and machine to machine: ids, device, time."""
    output = re.sub(r"[0-7][0-9A-HJKMNP-TV-Z]{25}", "ID", output.strip())
    return re.sub(r"· .*? · [\d.]+ s", "· DEVICE · TIME", output)


def test_the_python_lines_of_the_readme_run(journal_folder: Path) -> None:
    match = re.search(r"```python\n(.*?)```", README, re.DOTALL)
    assert match is not None
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", match.group(1)],
        env={**os.environ, "JOURNAL_DIR": str(journal_folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


def test_every_folder_of_the_code_stands_in_the_map() -> None:
    part = README[README.index("Map of the code") :]
    for folder in (ROOT / "journal_app").iterdir():
        if folder.is_dir() and (folder / "__init__.py").exists():
            assert f"{folder.name}/" in part, f"{folder.name}/ is not in the map of the code"


def test_every_setting_is_explained_once() -> None:
    names = [setting.name for setting in settings.SETTINGS]
    assert len(names) == len(set(names))
    assert all(setting.help.endswith((".", ").")) for setting in settings.SETTINGS)
    for setting in settings.SETTINGS:
        assert settings.checked(setting.name, setting.default) == setting.default


def test_no_page_speaks_of_another_machine() -> None:
    hosts = re.compile(r"(pypi|pythonhosted|npmjs|debian)\.(org|com)")
    for path in [ROOT / "README.md", ROOT / "CHANGELOG.md", *ROOT.glob("resources/help/*.md")]:
        assert not hosts.search(path.read_text(encoding="utf-8")), path
