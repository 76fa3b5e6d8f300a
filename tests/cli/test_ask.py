"""`journal ask`, `do`, `transcript` and `summarize` of a week, as a user types them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from journal_app import paths
from journal_app.journal import Journal
from journal_app.models.catalog import DEFAULT
from tests.helpers.packs import real_packs, real_writer
from tests.helpers.runs import add_run

WARMUP = (
    "With 100 warmup steps the loss diverged at step 4,200 because the clip was off. "
    "With 500 warmup steps the loss held to the end."
)
COFFEE = "The coffee machine was broken, so we went out for lunch and talked about football."
Call = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def call(journal_folder: Path, tmp_path: Path) -> Call:
    """Run the command line; `packs` is the folder of packs, by default one without any."""

    def run(
        *words: str, stdin: bytes = b"", packs: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "journal_app", *words],
            input=stdin,
            capture_output=True,
            check=False,
            timeout=90,
            env={
                **os.environ,
                "PYTHONPATH": str(paths.PACKAGE.parent),
                "PYTHONUTF8": "1",
                "JOURNAL_DIR": str(journal_folder),
                "JOURNAL_MODELS": str(packs or tmp_path / "no-packs"),
            },
        )
        assert b"Traceback" not in done.stderr, done.stderr.decode()
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    return run


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    """A folder with the real encoder alone: nothing writes."""
    name = DEFAULT
    folder = tmp_path / "packs"
    folder.mkdir()
    (folder / name).symlink_to(real_packs() / name)
    return folder


@pytest.fixture
def filled(journal_folder: Path) -> dict[str, str]:
    """Ids of what is in the journal."""
    with Journal(journal_folder) as journal:
        return {
            "warmup": journal.entries.create(WARMUP, title="Warmup of [nano]").id,
            "coffee": journal.entries.create(COFFEE, title="Lunch").id,
            "a": add_run(journal, "run-a", {"val/bpb": 0.871}),
            "b": add_run(journal, "run-b", {"val/bpb": 0.864}),
        }


def parsed(done: subprocess.CompletedProcess[str], status: int = 0) -> Any:
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout)


def test_a_question_is_answered_with_where_it_stands(
    call: Call, encoder: Path, filled: dict[str, str]
) -> None:
    question = ("ask", "why", "did", "100", "warmup", "steps", "diverge?")
    made = parsed(call(*question, "--json", packs=encoder))
    assert set(made) == {
        "id", "command", "text", "known", "by", "why", "trial", "failed", "model", "device",
        "seconds", "tokens", "sources",
    }  # fmt: skip
    assert made["known"] and made["by"] == "rules" and "that writes is installed" in made["why"]
    (source,) = made["sources"]
    assert source["entry"] == filled["warmup"] and source["title"] == "Warmup of [nano]"
    ((start, end),) = source["spans"]
    assert WARMUP[start:end] == source["text"] and "4,200" in source["text"]
    shown = call(*question, packs=encoder)
    assert shown.returncode == 0 and "no model worded this" in shown.stdout
    assert f"[Warmup of \\[nano\\]](entry:{filled['warmup']})" in shown.stdout
    assert f"from Warmup of [nano] [{start}–{end}]" in shown.stdout


def test_what_the_journal_does_not_say_is_status_1_and_no_error(
    call: Call, encoder: Path, filled: dict[str, str]
) -> None:
    for question in ("what is the capital of Mongolia", "did 900 warmup steps diverge"):
        done = call("ask", question, packs=encoder)
        assert done.returncode == 1 and done.stdout.startswith("The journal does not say.")
        assert "error" not in done.stderr
    made = parsed(call("ask", "caf\udce9 of Mongolia", "--json", packs=encoder), status=1)
    assert not made["known"] and made["sources"] == []


def test_do_words_a_text_of_an_entry_or_of_standard_input(
    call: Call, encoder: Path, filled: dict[str, str]
) -> None:
    for name in (filled["warmup"], filled["warmup"].lower(), "Warmup of [nano]"):
        made = parsed(call("do", "tldr", name, "--json", packs=encoder))
        assert made["sources"][0]["entry"] == filled["warmup"]
    title = call("do", "title", "-", stdin=("\ufeff" + WARMUP).encode(), packs=encoder)
    assert title.returncode == 0 and title.stdout.splitlines()[0].startswith("With ")
    foreign = call(
        "do", "summary", "-", stdin="今天训练了模型🎉。结果很好！".encode(), packs=encoder
    )
    assert "- 今天训练了模型🎉。" in foreign.stdout


def test_a_chinese_question_finds_its_sentence(
    call: Call, encoder: Path, filled: dict[str, str]
) -> None:
    said = "预热100步时损失在第4200步发散了。"
    id = call("add", f"{said}之后训练很稳定🎉。").stdout.split()[0]
    made = parsed(call("ask", "损失为什么发散了？", "--json", packs=encoder))
    assert [(one["entry"], one["text"]) for one in made["sources"]] == [(id, said)]
    assert call("ask", "梯度裁剪有什么用？", packs=encoder).returncode == 1


def test_what_needs_no_model_needs_no_pack(call: Call, filled: dict[str, str]) -> None:
    made = parsed(call("do", "compare", "run-a", "run-b", "--json"))
    assert (made["model"], made["device"], made["by"]) == ("rules", "CPU", "rules")
    assert "run-b has the lowest val bpb: 0.8640, against 0.8710 of run-a." in made["text"]
    glossary = call("do", "glossary", "-", stdin=b"LR (learning rate) of 3e-4.")
    assert glossary.returncode == 0 and "- **LR**: learning rate" in glossary.stdout
    empty = call("do", "since", "2999-01-01")
    assert empty.returncode == 1 and "nothing ran since 2999-01-01" in empty.stdout
    unknown = call("ask", "zzzzz")
    assert unknown.returncode == 1 and "does not say" in unknown.stdout


@pytest.mark.parametrize(
    ("words", "stdin", "says"),
    [
        (("ask", "why did 100 warmup steps diverge"), b"", "journal model install"),
        (("do", "tldr", "Lunch"), b"", "journal model install"),
        (("do", "nope", "Lunch"), b"", "no command 'nope'"),
        (("do", "title"), b"", "needs a text"),
        (("do", "title", "no such entry"), b"", "no such entry"),
        (("do", "title", "-"), b"", "no text for this command"),
        (("do", "title", "-"), b"caf\xe9", "not UTF-8"),
        (("do", "glossary", "-"), b" \n", "no text for this command"),
        (("do", "ask"), b"", "no question"),
        (("do", "ask", " "), b"", "no question"),
        (("do", "since", "someday"), b"", "'someday' is no day"),
        (("do", "compare", "run-a"), b"", "two runs or more"),
        (("do", "compare", "run-a", "run-z"), b"", "no run 'run-z'"),
        (("do", "title", "Lunch", "--pack", "nope"), b"", "journal model"),
        (("summarize", "--since", "someday"), b"", "'someday' is no day"),
        (("summarize", "--since", ""), b"", "is no day"),
        (("summarize", "--since", "2999-01-01"), b"", "Nothing was written since 2999-01-01"),
        (("summarize", "--week", "--sentences", "0"), b"", "cannot be made"),
        (("summarize", "--week"), b"", "journal model install"),
        (("transcript", "01ARZ3"), b"", "no generation"),
        (("transcript", "x", "--again"), b"", "no generation"),
    ],
)
def test_errors_are_plain(
    call: Call, filled: dict[str, str], words: tuple[str, ...], stdin: bytes, says: str
) -> None:
    done = call(*words, stdin=stdin)
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("error: ") and says in done.stderr


@pytest.mark.parametrize(
    "words",
    [
        ("ask",),
        ("summarize",),
        ("summarize", "-", "--week"),
        ("summarize", "--week", "--since", "7d"),
        ("transcript", "--limit", "0"),
    ],
)
def test_wrong_use_is_status_2(call: Call, words: tuple[str, ...]) -> None:
    done = call(*words)
    assert done.returncode == 2 and "Usage" in done.stderr


def test_commands_are_listed_also_those_of_the_user(call: Call, journal_folder: Path) -> None:
    own = journal_folder / "commands"
    own.mkdir()
    (own / "standup.toml").write_text('title = "Standup"\nwords = false\nhelp = "Done."\n')
    (own / "broken.toml").write_text("title = 3\n")
    listed = {one["name"]: one for one in parsed(call("do", "--list", "--json"))}
    names = "summary tldr title tags lesson failure outline draft shorten compare since ask"
    assert {*names.split(), "glossary", "standup"} == set(listed)
    assert listed["standup"]["file"] == str(own / "standup.toml")
    assert listed["ask"]["model"] and not listed["compare"]["model"]
    shown = call("do")
    assert shown.returncode == 0 and "/ask QUESTION" in shown.stdout and "yours" in shown.stdout
    assert "broken.toml: title must be a text" in shown.stderr


def test_the_budget_is_counted_without_a_model(call: Call, filled: dict[str, str]) -> None:
    assert "of 256 tokens" in call("do", "title", "Lunch", "--budget").stdout
    long = call("do", "title", "-", "--budget", stdin=b"word " * 4000)
    assert long.returncode == 0 and "the rest is cut" in long.stdout
    asked = parsed(call("do", "ask", "why", "so", "--budget", "--json"))
    more = parsed(call("do", "ask", "why", "so", "--budget", "--json"))
    assert asked == more and set(asked) == {"tokens", "limit", "exact", "cut"}
    assert asked["limit"] == 512 and not asked["exact"] and not asked["cut"]
    assert call("do", "compare", "run-a", "run-b", "--budget").returncode == 0


def test_the_transcript_lists_shows_and_repeats(
    call: Call, encoder: Path, filled: dict[str, str], journal_folder: Path
) -> None:
    assert call("transcript").returncode == 0
    first = parsed(call("do", "tldr", "Lunch", "--json", packs=encoder))
    parsed(call("do", "compare", "run-a", "run-b", "--json"))
    (newest, oldest) = parsed(call("transcript", "--json"))
    assert (newest["task"], oldest["task"]) == ("compare", "tldr") and oldest["id"] == first["id"]
    assert oldest["output"] == [first["text"]] and oldest["checks"]["by"] == "rules"
    (only,) = parsed(call("transcript", "--command", "tldr", "--json"))
    assert only == oldest
    shown = call("transcript", first["id"][:14].lower())
    assert f"id: {first['id']}" in shown.stdout and "prompt_version: tldr/1" in shown.stdout
    table = call("transcript", "--limit", "1").stdout.splitlines()
    assert len(table) == 2 and "compare" in table[1] and "rules" in table[1]
    same = call("transcript", first["id"], "--again", packs=encoder)
    assert same.returncode == 0 and "It says the same as before." in same.stdout
    with Journal(journal_folder) as journal:
        entry = journal.entries.get("Lunch")
        journal.entries.save(entry.id, "The tea was good.", base_rev=entry.rev, title="Lunch")
    other = parsed(call("transcript", first["id"], "--again", "--json", packs=encoder))
    assert other["text"] == "- The tea was good."
    assert parsed(call("transcript", other["id"], "--json"))["parent"] == first["id"]


def test_a_week_is_summarized_with_the_entry_of_every_sentence(
    call: Call, encoder: Path, filled: dict[str, str]
) -> None:
    made = parsed(call("summarize", "--week", "--json", packs=encoder))
    assert [one["entry"] for one in made["summary"]] == [filled["warmup"]] * 2 + [filled["coffee"]]
    for one in made["summary"]:
        body = WARMUP if one["entry"] == filled["warmup"] else COFFEE
        for span in one["sources"]:
            assert body[span["start"] : span["end"]] == span["text"]
        assert one["origin"] == "extracted"
    shown = call("summarize", "--since", "7d", "--sentences", "2", "--verbatim", packs=encoder)
    lines = shown.stdout.splitlines()
    assert len(lines) == 3 and "[Warmup of [nano], 0–" in lines[0] and "[Lunch, 0–" in lines[1]


def test_the_real_writer_words_as_a_trial_and_every_number_is_the_note_s(
    call: Call, filled: dict[str, str]
) -> None:
    packs = real_packs()
    pack = ("--pack", real_writer().name)
    made = parsed(call("do", "lesson", "Warmup of [nano]", "--json", *pack, packs=packs))
    assert made["known"] and made["tokens"] > 0 and made["device"].count("CPU") >= 1
    assert (made["by"] == "model") == made["trial"] and (made["by"] == "rules") == bool(
        made["failed"]
    )
    for digits in ("100", "500", "4,200"):
        made["text"] = made["text"].replace(digits, "")
    assert not any(letter.isdigit() for letter in made["text"])
    closed = parsed(call("do", "lesson", "Warmup of [nano]", "--json", packs=packs))
    assert closed["by"] == "rules" and "journal model eval" in closed["why"]
