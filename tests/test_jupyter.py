"""The notebook extension: in a real IPython, and with a shell and a pyplot that have only what is
used of them (matplotlib is large)."""

from __future__ import annotations

import importlib
import subprocess
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journal_app import training
from journal_app.journal import Journal

PNG = b"\x89PNG\r\n\x1a\n rest"


class Shell:
    def __init__(self) -> None:
        self.magics: dict[tuple[str, str | None], Callable[..., None]] = {}

    def register_magic_function(
        self, func: Callable[..., None], magic_kind: str = "line", magic_name: str | None = None
    ) -> None:
        self.magics[magic_kind, magic_name] = func


class Pyplot(types.ModuleType):
    def get_fignums(self) -> list[int]:
        return [1]

    def gcf(self) -> Pyplot:
        return self

    def savefig(self, file: object, *, format: str, bbox_inches: str) -> None:
        assert (format, bbox_inches) == ("png", "tight")
        file.write(PNG)  # type: ignore[attr-defined]


@pytest.fixture
def shell(journal_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shell]:
    monkeypatch.setenv("JOURNAL_DIR", str(journal_folder))
    shell = Shell()
    importlib.import_module("journal_app").load_ipython_extension(shell)
    yield shell
    assert training.flush()


def test_a_cell_is_a_note(
    shell: Shell, journal_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.magics["cell", "note"](
        "--kind lesson --tag 'two words' --run d12", "Warm up #longer\n\nmore\n"
    )
    assert training.flush()
    with Journal(journal_folder) as journal:
        entry = journal.entries.get(capsys.readouterr().out.strip())
    assert (entry.kind, entry.body) == ("lesson", "Warm up #longer\n\nmore")
    assert entry.tags == ("longer", "two-words")
    assert entry.links[0].target_id == "d12"


@pytest.mark.parametrize(
    ("line", "cell", "told"),
    [
        ("--kind nonsense", "x", "nonsense"),
        ("--nosuch", "x", "--nosuch"),
        ("--tag 'open", "x", "quotation"),
        ("", " \n", "nothing to keep"),
    ],
)
def test_mistakes_are_told_in_a_line(
    shell: Shell,
    journal_folder: Path,
    capsys: pytest.CaptureFixture[str],
    line: str,
    cell: str,
    told: str,
) -> None:
    shell.magics["cell", "note"](line, cell)
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert training.flush()
    with Journal(journal_folder) as journal:
        assert journal.entries.rows() == []


def test_the_current_figure_is_attached(
    shell: Shell,
    journal_folder: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    magic = shell.magics["line", "note_figure"]
    monkeypatch.delitem(sys.modules, "matplotlib.pyplot", raising=False)
    magic("Loss")
    assert "no current figure" in capsys.readouterr().err
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", Pyplot("pyplot"))
    magic("Loss by depth #curve ->run:d12")
    id = capsys.readouterr().out.strip()
    with Journal(journal_folder) as journal:
        entry = journal.entries.get(id)
    (file,) = entry.attachments
    assert (file.name, file.media_type) == ("loss-by-depth-curve.png", "image/png")
    assert (journal_folder / file.path).read_bytes() == PNG
    assert f"![{file.name}]({file.path})" in entry.body
    assert entry.tags == ("curve",)
    assert entry.links[0].target_id == "d12"


def test_a_real_ipython_takes_the_magics(
    journal_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JOURNAL_DIR", str(journal_folder))
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    script = tmp_path / "cells.ipy"
    script.write_text(
        "%load_ext journal_app\n"
        "shell = get_ipython()\n"
        "shell.run_cell_magic('note', '--kind lesson --tag lr', 'Warm up\\n\\n损失 #train')\n"
        "shell.run_cell('%%note --bogus\\nnot kept')\n"
        "%reload_ext journal_app\n"
        "%note_figure\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "IPython", "--no-banner", "--colors=NoColor", script],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "unrecognized arguments: --bogus" in done.stderr
    assert "There is no current figure." in done.stderr and "Traceback" not in done.stderr
    with Journal(journal_folder) as journal:
        (row,) = journal.entries.rows()
        entry = journal.entries.get(row.id)
    assert entry.id in done.stdout
    assert (entry.kind, entry.title, entry.tags) == ("lesson", "Warm up", ("lr", "train"))
