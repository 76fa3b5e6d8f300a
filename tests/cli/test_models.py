"""`journal summarize` and `journal model …` as a user types them."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from journal_app import paths
from journal_app.cli.progress import Meter
from journal_app.domain.summarize import READ_AT_MOST
from journal_app.models.catalog import DEFAULT
from tests.helpers.packs import real_packs

NOTE = (
    "\ufeff# Größe\r\n\r\nWe tried three sizes of the head.\r\n"
    "The *small* one\r\nwas enough.\r\n\r\n"
    "- **Result:** 35.1 against 30.6 ü 🎉 required.\r\n- Tea was cold.\r\n- Lunch was late.\r\n"
)


def journal(
    folder: Path, *arguments: str, packs: Path | None = None, stdin: bytes = b""
) -> subprocess.CompletedProcess[bytes]:
    """Run the command line with a journal and packs of the test."""
    return subprocess.run(
        [sys.executable, "-m", "journal_app", *arguments],
        input=stdin,
        capture_output=True,
        check=False,
        env={
            **os.environ,
            "PYTHONPATH": str(paths.PACKAGE.parent),
            "PYTHONUTF8": "1",
            "JOURNAL_DIR": str(folder / "journal"),
            "JOURNAL_MODELS": str(packs if packs is not None else folder / "no-packs"),
        },
    )


def parsed(done: subprocess.CompletedProcess[bytes]) -> Any:
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout)


def test_file_offsets_fit_the_file_with_crlf_and_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "note.md"
    file.write_bytes(NOTE.encode())
    done = journal(
        tmp_path, "summarize", str(file), "--sentences", "2", "--json", packs=real_packs()
    )
    answer = parsed(done)
    assert list(answer) == ["summary", "model", "device", "seconds"]
    assert len(answer["summary"]) == 2
    text = file.read_bytes().decode("utf-8")
    for one in answer["summary"]:
        assert set(one) == {"text", "origin", "sources"}
        for source in one["sources"]:
            assert text[source["start"] : source["end"]] == source["text"]
    assert answer["summary"][-1]["text"] == "Result: 35.1 against 30.6 ü 🎉 required."
    assert answer["device"].startswith("CPU") or "%" in answer["device"]


def test_standard_input_and_entry(tmp_path: Path) -> None:
    packs = real_packs()
    text = NOTE.replace("\ufeff", "")
    from_pipe = parsed(
        journal(tmp_path, "summarize", "-", "--json", packs=packs, stdin=text.encode())
    )
    assert len(from_pipe["summary"]) == 3
    added = journal(tmp_path, "add", "First it diverged at step 400. Then it was fine.")
    id = added.stdout.decode().split()[0]
    shown = journal(tmp_path, "summarize", id, "--sentences", "1", packs=packs)
    assert shown.returncode == 0, shown.stderr.decode()
    assert "diverged at step 400" in shown.stdout.decode()
    assert "all-minilm" in shown.stdout.decode()


@pytest.mark.parametrize(
    ("arguments", "stdin", "says"),
    [
        (("summarize", "nowhere.md"), b"", "neither an entry nor a file"),
        (("summarize", "-"), b"", "nothing to summarize"),
        (("summarize", "-"), b"\x00\x01\x02", "binary"),
        (("summarize", "-"), b"caf\xe9", "not UTF-8"),
        (("summarize", "-", "--sentences", "0"), b"Text.", "cannot be made"),
        (("summarize", "."), b"", "cannot be read"),
        (("summarize", "-"), b"Some text. And more.", "journal model install"),
        (("model", "verify"), b"", "not installed"),
        (("model", "install", "nothing"), b"", "no model pack"),
        (("model", "install", "--from", "nowhere.whl"), b"", "no file"),
    ],
)
def test_errors_are_plain(
    tmp_path: Path, arguments: tuple[str, ...], stdin: bytes, says: str
) -> None:
    done = journal(tmp_path, *arguments, stdin=stdin)
    assert done.returncode == 1
    assert says in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()


def test_install_from_a_file_list_and_verify(tmp_path: Path) -> None:
    source = real_packs() / DEFAULT
    packs = tmp_path / "packs"
    before = parsed(journal(tmp_path, "model", "list", "--json", packs=packs))
    assert before[0]["installed"] is False
    done = journal(tmp_path, "model", "install", "--from", str(source), packs=packs)
    assert done.returncode == 0, done.stderr.decode()
    assert "Licence: Apache-2.0" in done.stdout.decode()
    after = parsed(journal(tmp_path, "model", "list", "--json", packs=packs))
    assert after[0]["installed"] is True
    verified = journal(tmp_path, "model", "verify", packs=packs)
    assert "matches" in verified.stdout.decode()
    (packs / DEFAULT / "vocab.txt").write_bytes(b"x" * 231508)
    broken = journal(tmp_path, "model", "verify", packs=packs)
    assert broken.returncode == 1 and "damaged" in broken.stderr.decode()


def test_devices_name_the_one_in_use(tmp_path: Path) -> None:
    answer = parsed(journal(tmp_path, "model", "devices", "--json", packs=real_packs()))
    assert answer["devices"][-1]["kind"] == "cpu"
    assert 0 < answer["loaded"][0]["share"] <= 1


def test_verify_in_json_and_a_truncated_pack(tmp_path: Path) -> None:
    whole = parsed(journal(tmp_path, "model", "verify", "--json", packs=real_packs()))
    assert whole["whole"] is True and whole["problems"] == []
    packs = tmp_path / "packs"
    shutil.copytree(real_packs() / whole["id"], packs / whole["id"])
    (packs / whole["id"] / "model.onnx").write_bytes(b"cut")
    done = journal(tmp_path, "model", "verify", "--json", packs=packs)
    assert done.returncode == 1
    (problem,) = json.loads(done.stdout)["problems"]
    assert problem.startswith("model.onnx has 3 bytes")
    for words in (("model", "verify"), ("summarize", "-")):
        told = journal(tmp_path, *words, packs=packs, stdin=b"One. Two.").stderr.decode()
        assert "is damaged" in told and "journal model install" in told
    listed = parsed(journal(tmp_path, "model", "list", "--json", packs=packs))
    assert (listed[0]["installed"], listed[0]["state"]) == (False, "damaged")


def test_a_wanted_device_that_is_not_there_is_said(tmp_path: Path) -> None:
    packs = real_packs()
    found = parsed(journal(tmp_path, "model", "devices", "--json", packs=packs))["devices"]
    if any(one["kind"] == "npu" for one in found):
        pytest.skip("this machine has an NPU")
    assert journal(tmp_path, "config", "device", "npu").returncode == 0
    done = journal(tmp_path, "summarize", "-", "--json", packs=packs, stdin=b"One. Two.")
    assert parsed(done)["device"].startswith("CPU")
    assert "no NPU found" in done.stderr.decode()
    assert "the CPU is used instead" in done.stderr.decode()


MANY = "a great number of small and slowly growing runs that we made for " * 10  # takes a while


@pytest.mark.skipif(sys.platform == "win32", reason="sends SIGINT to a process group")
def test_ctrl_c_ends_a_long_summary_with_130(tmp_path: Path) -> None:
    text = tmp_path / "long.md"
    text.write_text(
        "".join(f"Step {n} of {MANY}the sweep gave {n / 7:.2f}. " for n in range(4_000))
    )
    # A background job of a shell starts with SIGINT ignored, and its children inherit that.
    start = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); "
        "from journal_app.__main__ import main; main()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", start, "summarize", str(text)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        env={
            **os.environ,
            "PYTHONPATH": str(paths.PACKAGE.parent),
            "JOURNAL_DIR": str(tmp_path / "journal"),
            "JOURNAL_MODELS": str(real_packs()),
        },
    ) as process:
        assert process.stderr is not None
        first = process.stderr.readline().decode()  # progress shows in a pipe too
        assert first.endswith(f"of {READ_AT_MOST} sentences\n")
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: the model process too
        rest = process.stderr.read().decode()
    assert process.returncode == 130, rest
    assert rest.splitlines()[-1] == "Cancelled."


def test_progress_in_a_pipe_is_a_line_each_five_seconds(capsys: pytest.CaptureFixture[str]) -> None:
    clock = iter([0.0, 1.0, 4.9, 5.0, 6.0, 9.9, 10.0])
    with Meter("sentences", 1, timer=lambda: next(clock)) as meter:
        for done in range(6):
            meter(done, 6)
    assert capsys.readouterr().err == "2 of 6 sentences\n5 of 6 sentences\n"


def test_the_history_of_no_pack_is_an_error(tmp_path: Path) -> None:
    done = journal(tmp_path, "model", "history", "nope")
    assert done.returncode == 1 and b"There is no model pack 'nope'." in done.stderr
    assert journal(tmp_path, "model", "history").returncode == 0


@pytest.mark.skipif(
    importlib.util.find_spec("onnxruntime_qnn") is None, reason="onnxruntime-qnn has no wheel here"
)
def test_a_folder_that_cannot_be_written_is_no_success(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    to = str(tmp_path / "file" / "compiled")
    words = ("model", "compile", DEFAULT, "--target", "snapdragon-x-elite")
    done = journal(tmp_path, *words, "--to", to, packs=real_packs())
    assert done.returncode == 1 and "Made in" not in done.stdout.decode()
    assert f"{to} cannot be written" in done.stderr.decode() and "--to" in done.stderr.decode()
