"""More like this: the index goes on where it stopped, follows the texts, falls back to words."""

from __future__ import annotations

import pytest

from journal_app.errors import Cancelled, JournalError
from journal_app.journal import Journal
from journal_app.services.similar import SimilarService
from journal_app.store import embeddings
from tests.helpers.encoder import FakeEncoder

NOTES = (
    "The warmup of the learning rate was too short",
    "A longer warmup of the learning rate",
    "Bread and cheese near the river",
)


@pytest.fixture
def encoder() -> FakeEncoder:
    return FakeEncoder()


@pytest.fixture
def service(journal: Journal, encoder: FakeEncoder) -> SimilarService:
    return SimilarService(journal.store, encoder, encoder)


def fill(journal: Journal, count: int = 0) -> list[str]:
    texts = [*NOTES, *(f"Filler number{n} about thing{n}" for n in range(count))]
    return [journal.entries.create(text).id for text in texts]


def test_the_nearest_entry_is_the_one_that_says_the_like(
    journal: Journal, service: SimilarService
) -> None:
    first, second, _ = fill(journal)
    assert service.build() == 3
    (row, score), *_ = service.near(first)
    assert row.id == second and 0.5 < score <= 1
    assert first not in [row.id for row, _ in service.near(first)]
    assert service.search("cheese and bread").rows[0][0].title == NOTES[2]
    assert service.like(first).by == "meaning"


def test_building_again_reads_only_what_is_new_or_was_changed(
    journal: Journal, service: SimilarService, encoder: FakeEncoder
) -> None:
    ids = fill(journal)
    seen: list[tuple[int, int]] = []
    service.build(lambda done, total: seen.append((done, total)))
    assert seen[-1] == (3, 3) and service.status().complete
    assert encoder.closed == 1  # its memory went back
    encoder.asked.clear()
    assert service.build() == 0 and encoder.asked == []
    entry = journal.entries.get(ids[2])
    journal.entries.save(entry.id, "The optimizer diverged", base_rev=entry.rev)
    assert not service.status().complete
    assert service.build() == 1 and encoder.asked == ["The optimizer diverged"]
    assert service.search("optimizer").rows[0][0].id == entry.id


def test_cancelled_in_the_middle_it_goes_on_there(
    journal: Journal, service: SimilarService, encoder: FakeEncoder
) -> None:
    fill(journal, 20)

    def check() -> None:
        if len(encoder.asked) >= 8:
            raise Cancelled

    with pytest.raises(Cancelled):
        service.build(check=check, batch=4)
    assert service.status().done == 8
    assert service.build(batch=4) == 15
    assert sorted(set(encoder.asked)) == sorted(encoder.asked)  # none twice


def test_another_model_starts_afresh_and_old_vectors_are_not_mixed_in(
    journal: Journal, service: SimilarService
) -> None:
    ids = fill(journal)
    service.build()
    other = FakeEncoder("f" * 16)
    newer = SimilarService(journal.store, other, other)
    assert newer.status().done == 0
    assert newer.like(ids[0]).by == "words"
    newer.build(batch=2)
    assert newer.like(ids[0]).by == "meaning" and newer.status().complete


def test_while_people_wait_for_the_model_the_index_waits(
    journal: Journal, service: SimilarService, encoder: FakeEncoder
) -> None:
    fill(journal)
    encoder.busy = True
    looks: list[int] = []

    def check() -> None:
        looks.append(len(encoder.asked))
        if len(looks) == 3:
            encoder.busy = False

    assert service.build(check=check) == 3
    assert looks[:3] == [0, 0, 0]


def test_the_file_is_written_once_and_what_is_newer_comes_from_the_table(
    journal: Journal,
    service: SimilarService,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(embeddings, "TAIL", 4)
    first = fill(journal, 6)[0]
    service.build()
    service.near(first)
    file, tail = encoder.searched[-1]
    assert file is not None and tail == 0
    late = journal.entries.create("warmup of the learning rate once more")
    service.build()
    assert late.id in [row.id for row, _ in service.near(first)]
    assert encoder.searched[-1] == (file, 1)
    for n in range(5):
        journal.entries.create(f"again {n}")
    service.build()
    service.near(first)
    newer, tail = encoder.searched[-1]
    assert newer is not None and newer != file and tail == 0
    assert [path.name for path in newer.parent.iterdir()] == [newer.name]  # the old one went


@pytest.mark.parametrize("harm", ["cut", "empty", "noise"])
def test_a_damaged_file_is_written_anew(
    journal: Journal,
    service: SimilarService,
    encoder: FakeEncoder,
    monkeypatch: pytest.MonkeyPatch,
    harm: str,
) -> None:
    monkeypatch.setattr(embeddings, "TAIL", 1)
    first, second, _ = fill(journal)
    service.build()
    service.near(first)
    file = encoder.searched[-1][0]
    assert file is not None
    data = file.read_bytes()
    file.write_bytes({"cut": data[:-3], "empty": b"", "noise": b"x" * len(data)}[harm])
    assert service.near(first)[0][0].id == second
    assert encoder.searched[-1][0] != file


def test_a_file_that_the_search_refuses_is_written_anew(
    journal: Journal, service: SimilarService, encoder: FakeEncoder
) -> None:
    first, second, _ = fill(journal)
    service.build()
    encoder.stale = True
    assert service.near(first)[0][0].id == second
    assert encoder.searched[-1][0] is not None


def test_the_trash_is_not_found(journal: Journal, service: SimilarService) -> None:
    first, second, _ = fill(journal)
    service.build()
    journal.entries.trash(second)
    assert second not in [row.id for row, _ in service.near(first)]
    assert service.status().total == 2


def test_without_a_model_rare_shared_words_decide_and_it_says_so(journal: Journal) -> None:
    first, second, *_ = fill(journal, 5)
    service = SimilarService(journal.store, FakeEncoder(""), FakeEncoder(""))
    found = service.like(first)
    assert found.by == "words" and "journal model install" in found.note
    assert found.rows[0][0].id == second and found.rows[0][1] == pytest.approx(1)
    assert service.search("learning rate").rows
    with pytest.raises(JournalError, match="not installed"):
        service.build()


def test_chinese_goes_by_runs_of_three_letters(journal: Journal) -> None:
    one = journal.entries.create("学习率预热太短了所以损失发散")
    two = journal.entries.create("我们延长了学习率预热")
    journal.entries.create("今天天气很好")
    service = SimilarService(journal.store, FakeEncoder(""), FakeEncoder(""))
    assert [row.id for row, _ in service.like(one.id).rows] == [two.id]


def test_nothing_to_look_for_is_said(service: SimilarService) -> None:
    with pytest.raises(JournalError, match="no text"):
        service.search("  ")
