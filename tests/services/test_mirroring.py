"""The Markdown mirror: follows every change, keeps what others wrote, survives a kill."""

from __future__ import annotations

import contextlib
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from journal_app.domain.exported import parse
from journal_app.errors import Cancelled, JournalError
from journal_app.journal import Journal
from journal_app.runtime import single_instance
from journal_app.services import mirroring
from journal_app.store import mirrored

DAY = 1_767_225_600_000  # 2026-01-01 UTC


@pytest.fixture
def folder(tmp_path: Path, journal: Journal) -> Path:
    place = tmp_path / "mirror"
    journal.settings.set("mirror.folder", str(place))
    return place


def pages(folder: Path) -> dict[str, str]:
    """Body by path of every Markdown file."""
    return {
        path.relative_to(folder).as_posix(): parse(path.read_text("utf-8"))[1]
        for path in sorted(folder.rglob("*.md"))
    }


def bodies(journal: Journal) -> set[str]:
    return {journal.entries.get(row.id).body for row in journal.entries.rows()}


def test_an_entry_is_a_file_and_an_edit_is_in_it(journal: Journal, folder: Path) -> None:
    entry = journal.entries.create("# Warmup\n\nToo short.", created_at=DAY)
    report = journal.mirror.catch_up()
    assert (report.written, report.left) == (1, [])
    assert pages(folder) == {"2026/01/Warmup.md": "# Warmup\n\nToo short."}
    journal.entries.save(entry.id, "# Warmup\n\nLonger.", base_rev=entry.rev)
    journal.mirror.catch_up()
    assert pages(folder) == {"2026/01/Warmup.md": "# Warmup\n\nLonger."}
    again = journal.mirror.catch_up()
    assert (again.written, again.same) == (0, 0)  # nothing was even looked at


def test_a_new_title_moves_the_file(journal: Journal, folder: Path) -> None:
    entry = journal.entries.create("Old name", created_at=DAY)
    journal.mirror.catch_up()
    journal.entries.save(entry.id, "New name", base_rev=entry.rev)
    assert journal.mirror.catch_up().moved == 1
    assert pages(folder) == {"2026/01/New name.md": "New name"}


def test_titles_that_are_alike_for_some_system_get_names_of_their_own(
    journal: Journal, folder: Path
) -> None:
    for text in ("Warmup", "WARMUP", "warmup", "CON", "a/b: c?"):
        journal.entries.create(text, created_at=DAY)
    journal.mirror.catch_up()
    names = [Path(name).name for name in pages(folder)]
    assert len({name.casefold() for name in names}) == 5
    assert "_CON.md" in names and "a-b- c-.md" in names


def test_the_trash_removes_only_our_own_file(journal: Journal, folder: Path) -> None:
    first = journal.entries.create("First", created_at=DAY)
    second = journal.entries.create("Second", created_at=DAY)
    journal.mirror.catch_up()
    (folder / "2026/01/Second.md").write_text("mine now", "utf-8")
    (folder / "2026/01/Foreign.md").write_text("not ours", "utf-8")
    journal.entries.trash(first.id)
    journal.entries.trash(second.id)
    report = journal.mirror.catch_up()
    assert report.removed == 1 and [one.path for one in report.left] == ["2026/01/Second.md"]
    assert set(pages(folder)) == {"2026/01/Foreign.md", "2026/01/Second.md"}
    journal.entries.restore(first.id)
    journal.mirror.catch_up()
    assert "2026/01/First.md" in pages(folder)


def test_a_file_that_somebody_changed_is_kept_and_told(journal: Journal, folder: Path) -> None:
    entry = journal.entries.create("Shared", created_at=DAY)
    journal.mirror.catch_up()
    file = folder / "2026/01/Shared.md"
    file.write_text("edited on the phone", "utf-8")
    journal.entries.save(entry.id, "Shared\n\nedited here", base_rev=entry.rev)
    report = journal.mirror.catch_up()
    assert file.read_text("utf-8") == "edited on the phone"
    assert [one.path for one in report.left] == ["2026/01/Shared.md"]
    assert [one.path for one in journal.mirror.status().left] == ["2026/01/Shared.md"]
    (kept,) = journal.mirror.settle()
    assert (folder / kept).read_text("utf-8") == "edited on the phone"
    assert pages(folder)["2026/01/Shared.md"] == "Shared\n\nedited here"
    assert journal.mirror.status().left == ()


def test_adopt_takes_an_outside_change_in(journal: Journal, folder: Path) -> None:
    journal.entries.create("Shared\n\nours", created_at=DAY)
    journal.mirror.catch_up()
    file = folder / "2026/01/Shared.md"
    text = file.read_bytes().decode()
    file.write_bytes(text.replace("ours", "theirs").encode())
    journal.collections.take_in(folder)
    bodies = {journal.entries.get(row.id).body for row in journal.entries.rows()}
    assert "Shared\n\ntheirs" in bodies


def test_adopt_brings_an_entry_up_to_date_that_was_changed_in_the_mirror_only(
    journal: Journal, folder: Path
) -> None:
    entry = journal.entries.create("Shared\n\nours", tags=["a"], created_at=DAY)
    journal.mirror.catch_up()
    file = folder / "2026/01/Shared.md"
    for before, after in (("ours", "theirs"), ("theirs", "theirs again")):
        file.write_bytes(file.read_bytes().replace(before.encode(), after.encode()))
        report = journal.collections.take_in(folder)
        assert (report.changed, report.copies) == (1, 0)
        now = journal.entries.get(entry.id)
        assert (now.body, now.tags) == (f"Shared\n\n{after}", ("a",))
        assert journal.mirror.catch_up().left == []
    assert journal.entries.revisions(entry.id)[-1].body == "Shared\n\nours"
    assert len(journal.entries.rows()) == 1


def test_adopt_keeps_both_when_the_journal_was_changed_too(journal: Journal, folder: Path) -> None:
    entry = journal.entries.create("Shared\n\nours", created_at=DAY)
    journal.mirror.catch_up()
    file = folder / "2026/01/Shared.md"
    file.write_bytes(file.read_bytes().replace(b"ours", b"theirs"))
    journal.entries.save(entry.id, "Shared\n\nedited here", base_rev=entry.rev)
    assert journal.collections.take_in(folder).copies == 1
    assert bodies(journal) == {"Shared\n\nedited here", "Shared\n\ntheirs"}


def test_a_sync_programs_copy_becomes_an_entry_beside_and_again_nothing(
    journal: Journal, folder: Path
) -> None:
    entry = journal.entries.create("Shared\n\nours", created_at=DAY)
    journal.mirror.catch_up()
    file = folder / "2026/01/Shared.md"
    for name in ("Shared (conflict).md", "Shared.sync-conflict-20260101.md"):
        text = file.read_bytes().replace(b"ours", name.encode())
        file.with_name(name).write_bytes(text)
    assert journal.collections.take_in(folder).new == 2
    assert journal.entries.get(entry.id).body == "Shared\n\nours"
    assert len(journal.links.backlinks(entry.id)) == 2 and len(bodies(journal)) == 3
    again = journal.collections.take_in(folder)
    assert (again.new, again.changed, again.copies, again.same) == (0, 0, 0, 3)


def test_files_travel_once(journal: Journal, folder: Path) -> None:
    entry = journal.entries.create("With a figure", created_at=DAY)
    file = journal.entries.attach(entry.id, b"png", "loss.png")
    assert journal.mirror.catch_up().files == 1
    assert (folder / file.path).read_bytes() == b"png"
    journal.entries.tag(entry.id, ["x"])
    assert journal.mirror.catch_up().files == 0


def test_a_git_repository_there_is_not_touched(journal: Journal, folder: Path) -> None:
    git = shutil.which("git")
    if git is None:
        pytest.skip("git is not installed")
    subprocess.run([git, "init", "-q", str(folder)], check=True)
    before = {p: p.read_bytes() for p in (folder / ".git").rglob("*") if p.is_file()}
    entry = journal.entries.create("One", created_at=DAY)
    journal.mirror.catch_up()
    journal.entries.trash(entry.id)
    journal.mirror.catch_up()
    assert {p: p.read_bytes() for p in (folder / ".git").rglob("*") if p.is_file()} == before


def test_cancelled_between_two_batches_it_goes_on(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirroring, "BATCH", 3)
    for n in range(10):
        journal.entries.create(f"Entry {n}", created_at=DAY)
    looks = []

    def check() -> None:
        looks.append(1)
        if len(looks) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        journal.mirror.catch_up(check=check)
    assert len(pages(folder)) == 6
    assert journal.mirror.status().pending == 4
    assert journal.mirror.catch_up().written == 4
    assert len(pages(folder)) == 10 and journal.mirror.status().pending == 0


def dying(real: Callable[..., None], left: Iterator[int]) -> Callable[..., None]:
    """`real`, until nothing is left; then the program ends."""

    def call(*given: object) -> None:
        if next(left, None) is None:
            raise KeyboardInterrupt
        real(*given)

    return call


def test_dying_at_any_write_costs_nothing(
    journal: Journal, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The program ends right after the k-th file or record was written, for every k."""
    real_place, real_put = mirroring.whole_files.place, mirrored.put
    entries = [journal.entries.create(f"Entry {n}", created_at=DAY) for n in range(3)]
    journal.mirror.catch_up()
    for k in range(1, 9):
        for n, entry in enumerate(entries):
            now = journal.entries.get(entry.id)
            journal.entries.save(entry.id, f"Round {k} of {n}", base_rev=now.rev)
        left = iter(range(k))
        monkeypatch.setattr(mirroring.whole_files, "place", dying(real_place, left))
        monkeypatch.setattr(mirrored, "put", dying(real_put, left))
        with contextlib.suppress(KeyboardInterrupt):
            journal.mirror.catch_up()
        monkeypatch.setattr(mirroring.whole_files, "place", real_place)
        monkeypatch.setattr(mirrored, "put", real_put)
        if k % 2:  # the text may be changed again before the mirror goes on
            now = journal.entries.get(entries[0].id)
            journal.entries.save(entries[0].id, f"Again {k}", base_rev=now.rev)
        journal.mirror.catch_up()
        wanted = sorted(journal.entries.get(entry.id).body for entry in entries)
        assert sorted(pages(folder).values()) == wanted
        assert journal.mirror.status().left == ()


def test_a_folder_that_went_away_is_told_and_nothing_is_written(
    journal: Journal, folder: Path
) -> None:
    journal.entries.create("One", created_at=DAY)
    journal.mirror.catch_up()
    shutil.rmtree(folder)
    journal.entries.create("Two", created_at=DAY)
    with pytest.raises(JournalError, match="not there"):
        journal.mirror.catch_up()
    assert not folder.exists()
    journal.mirror.begin(str(folder), anew=True)
    journal.mirror.catch_up()
    assert len(pages(folder)) == 2


@pytest.mark.parametrize("where", ["", "attachments", "sub/folder", ".."])
def test_the_journal_s_own_folder_is_refused(journal: Journal, where: str) -> None:
    with pytest.raises(JournalError, match="own"):
        journal.mirror.check_folder(journal.folder / where)


def test_a_link_that_leads_out_is_not_followed(
    journal: Journal, folder: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    folder.mkdir()
    try:
        (folder / "2026").symlink_to(elsewhere, target_is_directory=True)
    except OSError:
        pytest.skip("no symbolic links here")
    journal.entries.create("One", created_at=DAY)
    report = journal.mirror.catch_up()
    assert list(elsewhere.iterdir()) == [] and len(report.left) == 1


def test_two_services_at_once_leave_the_work_to_one(journal: Journal, folder: Path) -> None:
    journal.entries.create("One", created_at=DAY)
    claim = single_instance.claim(single_instance.name_of(journal.folder, role="mirror"))
    assert claim is not None
    assert journal.mirror.catch_up().busy and not folder.exists()
    claim.release()
    assert journal.mirror.catch_up().written == 1


def test_a_folder_of_the_home_and_a_new_folder(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    journal.entries.create("One", created_at=DAY)
    journal.settings.set("mirror.folder", "~/first")
    assert journal.mirror.catch_up().written == 1
    assert journal.mirror.catch_up().written == 0
    journal.settings.set("mirror.folder", "~/second")
    assert journal.mirror.catch_up().written == 1
    assert len(pages(tmp_path / "first")) == len(pages(tmp_path / "second")) == 1


def test_begun_anew_elsewhere_in_the_middle_the_old_pass_stops(
    journal: Journal, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mirroring, "BATCH", 2)
    for n in range(6):
        journal.entries.create(f"Entry {n}", created_at=DAY)
    real = mirroring.whole_files.place
    other = tmp_path / "other"

    def place(target: Path, data: bytes) -> None:
        real(target, data)
        if target.suffix == ".md" and not other.exists():
            journal.settings.set("mirror.folder", str(other))
            journal.mirror.begin(str(other))

    monkeypatch.setattr(mirroring.whole_files, "place", place)
    with contextlib.suppress(JournalError):
        journal.mirror.catch_up()
    journal.mirror.catch_up()
    assert len(pages(other)) == 6
    state = mirrored.state(journal.store.read())
    assert state is not None and state.folder == str(other)


def test_a_folder_without_its_full_path_is_refused(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    journal.settings.set("mirror.folder", "notes")
    with pytest.raises(JournalError, match="full path"):
        journal.mirror.catch_up()
    assert not (tmp_path / "notes").exists()
