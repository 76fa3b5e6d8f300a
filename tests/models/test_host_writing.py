"""The model process writes, counts, and answers searches meanwhile; with the real small model."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from journal_app.domain.generate import Completion, Message, Prompt
from journal_app.domain.similar import Vector
from journal_app.errors import Cancelled, JournalError
from journal_app.models import packs
from journal_app.models.catalog import DEFAULT, WRITER
from journal_app.models.client import Client
from journal_app.models.host import ModelHost
from tests.helpers.gates import put_pack
from tests.helpers.packs import real_packs, real_writer

STORY = Prompt((Message("user", "Tell a long story about a small model and its loss."),), limit=400)
SHORT = Prompt((Message("user", "Say hello."),), limit=8)


@pytest.fixture
def root() -> Path:
    """Where both real packs lie."""
    real_writer()
    return real_packs()


@pytest.fixture
def host(root: Path) -> Iterator[ModelHost]:
    made = ModelHost(root, device="cpu")
    yield made
    made.close()


class Story:
    """A text that is written in another thread; `begun` once its first words came."""

    def __init__(self, host: ModelHost, prompt: Prompt = STORY) -> None:
        self.begun, self.stop = threading.Event(), threading.Event()
        self.pieces: list[str] = []
        self.made: Completion | None = None
        self.error: BaseException | None = None

        def emit(piece: str) -> None:
            self.pieces.append(piece)
            self.begun.set()

        def check() -> None:
            if self.stop.is_set():
                raise Cancelled

        def work() -> None:
            try:
                self.made = host.generate(prompt, pack=WRITER, emit=emit, check=check)
            except (JournalError, Cancelled) as error:
                self.error = error
            finally:
                self.begun.set()

        self._thread = threading.Thread(target=work)
        self._thread.start()
        assert self.begun.wait(60)

    @property
    def writing(self) -> bool:
        return self._thread.is_alive()

    def end(self) -> None:
        self._thread.join(60)
        assert not self.writing


def test_what_is_written_comes_piece_by_piece_and_is_counted(host: ModelHost) -> None:
    pieces: list[str] = []
    read: list[tuple[int, int]] = []
    made = host.generate(
        SHORT, pack=WRITER, emit=pieces.append, progress=lambda *now: read.append(now)
    )
    assert "".join(pieces) == made.text and made.text.strip()
    assert 0 < made.tokens <= 8 and made.reason in ("stop", "length")
    assert read[-1] == (made.prompt_tokens, made.prompt_tokens)
    assert made.prefill_seconds > 0 and made.decode_seconds > 0
    assert host.generate(SHORT, pack=WRITER).text == made.text, "greedy: the same again"


def test_tokens_are_counted_and_the_context_is_known(host: ModelHost) -> None:
    empty, one, more = host.count(["", "warmup", "warmup of 4,200 steps 🎉 训练"], pack=WRITER)
    assert empty == 0 < one < more
    assert host.count([], pack=WRITER) == [] and host.context_of(WRITER) == 8192
    (spelled,) = host.count(["<|im_end|> is no end of a turn"], pack=WRITER)
    assert spelled > 3


def test_device_digest_and_what_is_loaded(host: ModelHost, root: Path) -> None:
    assert host.loaded() == [] and host.pid is None, "looking starts nothing"
    assert host.device_of(WRITER).kind == "cpu"
    host.embed(["one"])
    by_name = {one.model: one for one in host.loaded()}
    assert set(by_name) == {WRITER, DEFAULT}
    assert (by_name[WRITER].memory or 0) > 20e6 and by_name[WRITER].load_seconds > 0
    assert host.digest_of(WRITER) == packs.find(root, WRITER).digest


def test_a_search_answers_while_a_text_is_written(host: ModelHost) -> None:
    host.generate(SHORT, pack=WRITER)
    (query,) = host.embed(["the loss went down"])
    story = Story(host)
    try:
        vectors = host.embed([f"sentence {n}" for n in range(3)])
        found = host.nearest(None, query, query.record(7), 1)
        assert host.device().kind == "cpu" and len(host.loaded()) == 2
        assert story.writing, "all of it was answered before the text ended"
    finally:
        story.stop.set()
        story.end()
    assert len(vectors) == 3 and isinstance(vectors[0], Vector)
    assert found.found[0][0] == 7 and found.found[0][1] == pytest.approx(1, abs=0.01)


def test_given_up_in_the_middle_it_stops_and_the_next_one_works(host: ModelHost) -> None:
    host.generate(SHORT, pack=WRITER)
    pid = host.pid
    for _ in range(3):
        story = Story(host)
        story.stop.set()
        story.end()
        assert isinstance(story.error, Cancelled) and story.made is None
        made = host.generate(SHORT, pack=WRITER)  # never ended in place of the one before
        assert made.tokens > 0
    assert host.pid == pid


def test_one_that_waits_for_its_turn_can_be_given_up(host: ModelHost) -> None:
    story = Story(host)
    try:

        def check() -> None:
            raise Cancelled

        with pytest.raises(Cancelled):
            host.generate(SHORT, pack=WRITER, check=check)
        assert story.writing
    finally:
        story.stop.set()
        story.end()


def test_killed_while_it_writes_the_text_fails_plainly_and_the_next_works(
    host: ModelHost,
) -> None:
    story = Story(host)
    assert host.pid is not None
    psutil.Process(host.pid).kill()
    story.end()
    assert isinstance(story.error, JournalError)
    assert "ended in the middle of the work (status -9)" in story.error.message
    assert "try again" in story.error.hint
    assert host.generate(SHORT, pack=WRITER).tokens > 0
    assert len(host.embed(["still here"])) == 1


def test_killed_with_both_lanes_at_work_both_are_told(host: ModelHost) -> None:
    host.device()
    story = Story(host)

    def kill(_done: int, _total: int) -> None:
        if host.pid is not None:
            psutil.Process(host.pid).kill()

    with pytest.raises(JournalError, match="ended in the middle"):
        host.embed([f"sentence {n}" for n in range(400)], progress=kill)
    story.end()
    assert isinstance(story.error, JournalError)
    assert len(host.embed(["still here"])) == 1


def test_closing_ends_a_text_and_a_request_brings_it_back(host: ModelHost) -> None:
    story = Story(host)
    host.close()
    story.end()
    assert isinstance(story.error, Cancelled) and host.pid is None
    assert host.generate(SHORT, pack=WRITER).tokens > 0


def test_idle_it_ends_only_when_both_lanes_rest(root: Path) -> None:
    host = ModelHost(root, device="cpu", idle=0.2)
    try:
        host.device_of(WRITER)
        story = Story(host, replace(STORY, limit=100))
        pid = host.pid
        assert pid is not None
        story.end()
        assert story.made is not None and story.made.decode_seconds > 0.4, "longer than idle"
        assert "".join(story.pieces) == story.made.text, "it was not begun anew"
        with contextlib.suppress(psutil.NoSuchProcess):
            psutil.Process(pid).wait(timeout=20)
        assert len(host.embed(["again"])) == 1 and host.pid != pid
    finally:
        host.close()


def test_a_prompt_that_does_not_fit_is_refused_with_figures(host: ModelHost) -> None:
    long = Prompt((Message("user", "word " * 9000),), limit=8)
    with pytest.raises(JournalError, match=r"9,\d\d\d tokens.*8,192") as error:
        host.generate(long, pack=WRITER)
    assert "Shorten" in error.value.hint
    pid = host.pid
    assert host.generate(SHORT, pack=WRITER).tokens > 0 and host.pid == pid


def test_the_limit_of_memory_reaches_who_asked_and_the_rest_works(root: Path) -> None:
    host = ModelHost(root, device="cpu", memory=200_000_000)
    try:
        assert len(host.embed(["one"])) == 1
        with pytest.raises(JournalError, match=r"needs about .* MB beside the .* MB") as error:
            host.generate(SHORT, pack=WRITER)
        assert "it may hold 200 MB" in error.value.message
        assert "journal config model.memory" in error.value.hint
        assert len(host.embed(["two"])) == 1
    finally:
        host.close()


def test_within_the_limit_the_two_take_turns(root: Path) -> None:
    host = ModelHost(root, device="cpu", memory=310_000_000)
    try:
        for _ in range(2):
            assert host.generate(SHORT, pack=WRITER).tokens > 0
            assert len(host.embed(["one"])) == 1
        assert host.pid is not None
        assert psutil.Process(host.pid).memory_info().rss < 310_000_000
    finally:
        host.close()


# ---------------------------------------------------------------------- without a real writer


def test_a_pack_that_cannot_be_loaded_is_refused_with_a_way_to_look(tmp_path: Path) -> None:
    put_pack(tmp_path, "broken")
    host = ModelHost(tmp_path, device="cpu")
    try:
        for _ in range(2):
            with pytest.raises(JournalError) as error:
                host.generate(SHORT, pack="broken")
            assert error.value.hint
        assert host.pid is not None and host.loaded() == [], "the process lives on"
    finally:
        host.close()


def test_a_pack_that_is_not_there_starts_nothing(tmp_path: Path) -> None:
    host = ModelHost(tmp_path / "none")
    for ask in (
        lambda: host.generate(SHORT, pack="nope"),
        lambda: host.count(["x"], pack=WRITER),
        lambda: host.digest_of(WRITER),
        lambda: host.device_of("nope"),
    ):
        with pytest.raises(JournalError):
            ask()
    assert host.pid is None and not host.busy


def test_half_characters_cost_nobody_the_process() -> None:
    host = ModelHost(real_packs(), device="cpu")
    try:
        whole, half = host.embed(["caf\ufffd", "caf\udce9"])
        assert host.pid is not None and whole.cosine(half) == pytest.approx(1, abs=1e-3)
    finally:
        host.close()


def test_a_hook_that_fails_ends_the_request_alone() -> None:
    host = ModelHost(real_packs(), device="cpu")

    def broken(_done: int, _total: int) -> None:
        raise ZeroDivisionError

    try:
        with pytest.raises(ZeroDivisionError):
            host.embed([f"sentence {n}" for n in range(200)], progress=broken)
        pid = host.pid
        assert len(host.embed(["next"])) == 1 and host.pid == pid and not host.busy
    finally:
        host.close()


def test_closing_from_many_threads_ends_once(tmp_path: Path) -> None:
    client = Client({"head": "", "device": "cpu", "strict": False, "idle": 60.0, "memory": 0})
    client._options["background"] = False
    assert client.ask({"op": "loaded"})["loaded"] == []
    threads = [threading.Thread(target=client.close) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert client.pid is None
    assert client.ask({"op": "loaded"})["loaded"] == []
    client.close()
