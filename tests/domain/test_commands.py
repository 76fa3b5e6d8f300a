"""Declared commands: read whole or refused with file and field; budgets; prompts filled once."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from journal_app import paths
from journal_app.domain import commands
from journal_app.domain.commands import parse
from journal_app.domain.generate import Message
from journal_app.errors import JournalError

TOOLS = ("sentences", "answer")
GOOD = """
title = "Shout"
help = "Loud."
tool = "sentences"
output = "line"
[[messages]]
role = "user"
content = "Say it loud: {{material}}"
"""


def test_a_command_is_read_with_its_defaults() -> None:
    made = parse(GOOD, "shout", tools=TOOLS)
    assert (made.name, made.title, made.prompt_version) == ("shout", "Shout", "shout/1")
    assert made.words and made.checks == commands.CHECKS
    assert made.messages == (Message("user", "Say it loud: {{material}}"),)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('title = "Shout"', "", "title must be a text"),
        ('tool = "sentences"', 'tool = "rm"', "tool must be one of sentences, answer"),
        ('output = "line"', 'output = "video"', "output must be one of"),
        ('output = "line"', 'budget = 99999\noutput = "line"', "budget must be a whole number"),
        ('output = "line"', 'lenght = 5\noutput = "line"', "there is no field lenght"),
        ('role = "user"', 'role = "root"', "messages must be role"),
        ("{{material}}", "{{secrets}}", "the placeholder 'secrets'; known are material, argument"),
        ('output = "line"', 'checks = ["vibes"]\noutput = "line"', "checks must be a list of"),
        ('title = "Shout"', "title = ", "is not TOML"),
        ('title = "Shout"', 'title = "Shout"\nname = "No Go"', "cannot be typed after a slash"),
    ],
)
def test_what_is_wrong_is_named_with_the_file(old: str, new: str, says: str) -> None:
    with pytest.raises(JournalError, match=says) as error:
        parse(GOOD.replace(old, new), "shout", origin="/j/commands/shout.toml", tools=TOOLS)
    assert "/j/commands/shout.toml" in error.value.message


def test_one_that_words_something_needs_a_prompt() -> None:
    text = GOOD[: GOOD.index("[[messages]]")]
    with pytest.raises(JournalError, match="needs \\[\\[messages\\]\\]"):
        parse(text, "shout", tools=TOOLS)
    assert not parse(text + "words = false", "shout", tools=TOOLS).words


def test_the_users_file_wins_and_a_broken_one_is_told_not_fatal(tmp_path: Path) -> None:
    built, own = tmp_path / "built", tmp_path / "own"
    for folder in (built, own):
        folder.mkdir()
    (built / "shout.toml").write_text(GOOD)
    (own / "shout.toml").write_text(GOOD.replace('"Shout"', '"Mine"'))
    (own / "broken.toml").write_text("title = 3")
    (own / "latin.toml").write_bytes(b'title = "\xe9"')
    found, problems = commands.load([(built, False), (own, True), (tmp_path / "no", True)], TOOLS)
    assert found["shout"].title == "Mine" and found["shout"].origin == str(own / "shout.toml")
    assert len(problems) == 2 and all(str(own) in problem for problem in problems)
    assert problems[1] == f"{own / 'latin.toml'} is not UTF-8 text (byte 9)."


def test_what_is_no_small_file_is_told_and_never_read(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()
    (tmp_path / "large.toml").write_text("#" * 200_000)
    (tmp_path / "ok.toml").write_text(GOOD)
    if sys.platform != "win32":  # links need a right there
        (tmp_path / "nowhere.toml").symlink_to(tmp_path / "gone")
        (tmp_path / "zero.toml").symlink_to("/dev/zero")
    found, problems = commands.load([(tmp_path, True)], TOOLS)
    assert set(found) == {"ok"}
    assert problems[:2] == [
        f"{tmp_path / 'folder.toml'} is no file.",
        f"{tmp_path / 'large.toml'} is too large for a command.",
    ]
    assert len(problems) == (2 if sys.platform == "win32" else 4)


def test_a_broken_built_in_is_a_bug(tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_text("title = 3")
    with pytest.raises(JournalError):
        commands.load([(tmp_path, False)], TOOLS)


def test_values_are_filled_once() -> None:
    filled = commands.filled(
        [Message("user", "{{ material }} / {{argument}}")],
        {"material": "{{argument}}", "argument": "secret"},
    )
    assert filled[0].content == "{{argument}} / secret"


@given(st.lists(st.text(min_size=1, max_size=200), min_size=1, max_size=12), st.integers(1, 80))
def test_what_fits_is_a_beginning_and_never_nothing(lines: list[str], budget: int) -> None:
    kept, cut = commands.fit(lines, budget)
    assert kept == lines[: len(kept)] and kept
    assert cut == (len(kept) < len(lines))
    if len(kept) > 1:
        assert sum(commands.estimate(line) + 1 for line in kept) <= budget


def test_every_built_in_command_of_the_issue_is_there() -> None:
    names = (
        "summary tldr title tags lesson failure outline draft shorten compare since ask glossary"
    )
    found = {file.stem for file in (paths.resources() / "commands").glob("*.toml")}
    assert found >= set(names.split())
