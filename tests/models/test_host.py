"""The model process: starts, answers, dies, comes back, ends; telemetry off and no sockets."""

from __future__ import annotations

import json
import math
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from journal_app import paths
from journal_app.domain.segment import sentences
from journal_app.errors import Cancelled, JournalError
from journal_app.models.catalog import DEFAULT
from journal_app.models.host import ModelHost
from journal_app.models.process import list_devices
from tests.helpers.packs import real_packs

TEXT = (
    "We trained the head at three sizes. The small one was enough. The weather was fine. "
    "Result: 35.1 ROUGE-1 against 30.6 required."
)


@pytest.fixture
def host() -> Iterator[ModelHost]:
    made = ModelHost(real_packs(), device="cpu")
    yield made
    made.close()


def test_like_sentences_have_like_vectors(host: ModelHost) -> None:
    near, same, far = host.embed(
        ["The loss went down.", "The loss decreased.", "Paris is a city in France."]
    )
    assert len(near.data) == 384
    assert math.fsum(x * x for x in near.values()) == pytest.approx(1, abs=0.01)
    assert near.cosine(same) > 0.7 > 0.3 > near.cosine(far)


def test_batches_do_not_change_a_sentence_s_vector(host: ModelHost) -> None:
    texts = [f"Sentence {n} of the sweep" + " with more words" * (n % 7) for n in range(40)]
    together = host.embed(texts)
    for index in (0, 13, 39):
        (alone,) = host.embed([texts[index]])
        # Activations are quantized per batch, so a little moves with the neighbours.
        assert alone.cosine(together[index]) > 0.97


def test_rating_has_a_value_for_every_sentence_and_progress_reaches_the_end(
    host: ModelHost,
) -> None:
    found = sentences(TEXT)
    seen: list[tuple[int, int]] = []
    rating = host.rate(found, progress=lambda done, total: seen.append((done, total)))
    assert len(rating.salience) == len(rating.aspects) == len(rating.vectors) == len(found) == 4
    for aspect in range(3):
        shares = [math.exp(row[aspect]) for row in rating.aspects]
        assert math.fsum(shares) == pytest.approx(1, abs=1e-6)
    assert seen[-1] == (4, 4)
    assert host.rate([]).salience == ()


def test_device_and_identity(host: ModelHost) -> None:
    device = host.device()
    assert device.kind == "cpu" and device.provider == "CPUExecutionProvider"
    assert device.share == 1.0 and "100%" in device.label
    assert len(host.identity().digest) == 64


def test_an_npu_that_is_not_there_is_said_and_the_cpu_taken() -> None:
    found = list_devices()
    if any(one["kind"] == "npu" for one in found["devices"]):
        assert found["devices"][0]["kind"] == "npu"
        return
    host = ModelHost(real_packs(), device="npu")
    try:
        device = host.device()
    finally:
        host.close()
    assert device.kind == "cpu" and "no NPU found" in device.notes[0]
    assert device.notes[-1] == "the setting asks for the NPU: the CPU is used instead"


def test_killed_while_idle_the_next_request_starts_it_again(host: ModelHost) -> None:
    host.device()
    first = host.pid
    assert first is not None
    process = psutil.Process(first)
    process.kill()
    psutil.wait_procs([process], timeout=5)
    assert len(host.embed(["still here"])) == 1
    assert host.pid not in (None, first)


def test_killed_in_the_middle_the_request_fails_plainly_and_the_next_works(
    host: ModelHost,
) -> None:
    def kill(done: int, total: int) -> None:
        if host.pid is not None:
            psutil.Process(host.pid).kill()

    with pytest.raises(JournalError, match="ended in the middle"):
        host.embed([f"sentence {n}" for n in range(400)], progress=kill)
    assert len(host.embed(["still here"])) == 1


def test_cancel_leaves_the_process_ready(host: ModelHost) -> None:
    seen: list[int] = []

    def check() -> None:
        if seen:
            raise Cancelled

    with pytest.raises(Cancelled):
        host.embed(
            [f"sentence {n} of many" for n in range(400)],
            progress=lambda done, _: seen.append(done),
            check=check,
        )
    pid = host.pid
    assert seen[-1] < 400
    assert len(host.embed(["next", "one"])) == 2
    assert host.pid == pid


def test_closing_ends_a_request_that_runs_in_another_thread(host: ModelHost) -> None:
    begun, ended = threading.Event(), threading.Event()

    def ask() -> None:
        try:
            host.embed(["sentence"] * 3000, progress=lambda *_: begun.set())
        except Cancelled:
            ended.set()

    thread = threading.Thread(target=ask)
    thread.start()
    assert begun.wait(30)
    host.close()
    thread.join(30)
    assert ended.is_set() and host.pid is None


def test_many_threads_share_one_process(host: ModelHost) -> None:
    results: dict[int, int] = {}

    def ask(number: int) -> None:
        results[number] = len(host.embed([f"thread {number}"] * (number + 1)))

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == {n: n + 1 for n in range(6)}


def test_idle_it_ends_and_a_request_brings_it_back() -> None:
    host = ModelHost(real_packs(), device="cpu", idle=0.2)
    try:
        host.device()
        first = host.pid
        assert first is not None
        psutil.Process(first).wait(timeout=20)
        assert len(host.embed(["again"])) == 1
    finally:
        host.close()


def test_it_ends_when_its_parent_is_killed() -> None:
    code = (
        "import sys; from pathlib import Path; from journal_app.models.host import ModelHost; "
        "host = ModelHost(Path(sys.argv[1]), device='cpu'); host.device(); "
        "print(host.pid, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(real_packs())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(paths.PACKAGE.parent)},
    ) as parent:
        assert parent.stdout is not None
        worker = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        psutil.wait_procs([worker], timeout=20)
        assert not worker.is_running() or worker.status() == psutil.STATUS_ZOMBIE


# ONNX Runtime's uploader keeps quiet where it sees one of these.
WATCHED = (
    "CI GITHUB_ACTIONS TF_BUILD GITLAB_CI JENKINS_URL TRAVIS CIRCLECI APPVEYOR TEAMCITY_VERSION"
)
SUMMARY = """
import json, os, sys, time
from pathlib import Path
from journal_app.journal import Journal
from journal_app.models.host import ModelHost
from journal_app.services.assist import AssistService
host = ModelHost(Path(sys.argv[2]), device="cpu")
with Journal(Path(sys.argv[1])) as journal:
    made = AssistService(journal.store, host).summarize_text("The loss went down. We kept it.")
    time.sleep(1)  # the uploader works in a thread of its own
    place = f"/proc/{host.pid}/fd"
    links = [os.readlink(f"{place}/{name}") for name in os.listdir(place)]
    environment = Path(f"/proc/{host.pid}/environ").read_bytes().decode().split("\\0")
    print(json.dumps({"made": len(made.sentences), "links": links, "environment": environment}))
host.close()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="open files are read from /proc")
def test_a_summary_writes_nothing_at_home_and_opens_no_socket(tmp_path: Path) -> None:
    home = tmp_path / "bare"
    home.mkdir()
    gone = {*WATCHED.split(), "ORT_DISABLE_TELEMETRY"}
    kept = {name: value for name, value in os.environ.items() if name not in gone}
    kept = {name: value for name, value in kept.items() if not name.startswith("XDG_")}
    done = subprocess.run(
        [sys.executable, "-c", SUMMARY, str(tmp_path / "journal"), str(real_packs())],
        capture_output=True,
        text=True,
        env={**kept, "HOME": str(home), "PYTHONPATH": str(paths.PACKAGE.parent)},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    assert seen["made"] == 2
    assert any(link.startswith("pipe:") for link in seen["links"])
    assert not [link for link in seen["links"] if link.startswith("socket:") or "Microsoft" in link]
    assert "ORT_DISABLE_TELEMETRY=1" in seen["environment"]
    assert list(home.rglob("*")) == []


def test_a_model_that_cannot_be_loaded_is_told_with_the_way_to_look(tmp_path: Path) -> None:
    pack = real_packs() / DEFAULT
    broken = tmp_path / DEFAULT
    shutil.copytree(pack, broken)
    size = (broken / "model.onnx").stat().st_size
    (broken / "model.onnx").write_bytes(bytes(size))
    host = ModelHost(tmp_path, device="cpu")
    try:
        with pytest.raises(JournalError, match="cannot be loaded") as error:
            host.embed(["text"])
    finally:
        host.close()
    assert "journal model verify" in error.value.hint


def test_without_a_pack_nothing_is_started(tmp_path: Path) -> None:
    host = ModelHost(tmp_path / "none")
    with pytest.raises(JournalError, match="not installed"):
        host.embed(["text"])
    assert host.pid is None


def test_asking_loads_neither_numpy_nor_onnxruntime_here() -> None:
    code = (
        "import sys; from pathlib import Path; from journal_app.models.host import ModelHost; "
        "host = ModelHost(Path(sys.argv[1]), device='cpu'); host.embed(['one']); host.close(); "
        "print(sorted({'numpy', 'onnxruntime', 'tokenizers', 'PySide6'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(real_packs())],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(paths.PACKAGE.parent)},
        check=True,
    )
    assert done.stdout.strip() == "[]"


def test_another_device_is_taken_without_a_new_client(host: ModelHost) -> None:
    host.device()
    first = host.pid
    host.configure(device="gpu-of-nobody", strict=True, memory=0)
    with pytest.raises(JournalError, match="gpu-of-nobody"):
        host.embed(["text"])
    host.configure(device="cpu", strict=False, memory=0)
    assert host.device().kind == "cpu" and host.pid not in (None, first)
