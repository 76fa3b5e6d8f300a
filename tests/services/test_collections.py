"""Taking in collections and writing them out: nothing twice, nothing over an edit, nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from journal_app.domain.entry import KINDS, Entry, Link
from journal_app.domain.exported import clash_key, file_stem
from journal_app.domain.views import View
from journal_app.errors import Cancelled, JournalError
from journal_app.extend.registry import note_importers
from journal_app.journal import Journal
from journal_app.services import collections as module
from journal_app.services.collections import CollectionReport, CollectionService
from journal_app.services.exporting import ExportService


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    folder.mkdir()
    (folder / "A.md").write_text("Links [[B|the other]] and ![[p.png]] and [[Gone]].\n")
    (folder / "B.md").write_text("---\ntags: x\n---\nBack to [[a]].\n")
    (folder / "p.png").write_bytes(b"picture")
    return folder


@pytest.fixture
def journal(journal_folder: Path) -> Iterator[Journal]:
    with Journal(journal_folder) as opened:
        yield opened


def take(journal: Journal, path: Path, **more: bool) -> CollectionReport:
    return CollectionService(journal.store, note_importers()).take_in(path, **more)


def everything(journal: Journal) -> list[Entry]:
    return [journal.entries.get(row.id) for row in journal.entries.rows(limit=10_000)]


def snapshot(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {
        str(p.relative_to(folder)): (p.read_bytes(), p.stat().st_mtime_ns)
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_a_vault_arrives_linked_and_a_second_time_changes_nothing(
    journal: Journal, vault: Path
) -> None:
    before = snapshot(vault)
    dry = take(journal, vault, dry_run=True)
    assert everything(journal) == [] and not (journal.folder / "attachments").exists()
    first = take(journal, vault)
    assert (first.new, first.files, first.links) == (dry.new, dry.files, dry.links) == (2, 1, 2)
    assert [p.message for p in first.lost] == [p.message for p in dry.lost]
    assert any("Gone" in p.message for p in first.lost)
    a, b = journal.entries.get("A"), journal.entries.get("B")
    assert "[[B|the other]]" in a.body and "[[Gone]]" in a.body
    assert "[[a]]" in b.body and b.tags == ("x",)
    assert journal.links.targets(a.id) == {"b": b.id}
    assert journal.links.targets(b.id) == {"a": a.id}
    (file,) = a.attachments
    assert file.path in a.body and (journal.folder / file.path).read_bytes() == b"picture"
    assert Link("entry", b.id, "about", "B") in a.links
    held = everything(journal)
    again = take(journal, vault)
    assert (again.new, again.changed, again.same) == (0, 0, 2)
    assert everything(journal) == held and snapshot(vault) == before


def test_a_source_that_changed_brings_its_entry_up_to_date(journal: Journal, vault: Path) -> None:
    take(journal, vault)
    journal.entries.link("A", "run:later")
    (vault / "A.md").write_text("New text.\n")
    report = take(journal, vault)
    assert (report.changed, report.same) == (1, 1)
    a = journal.entries.get("A")
    assert a.body == "New text." and a.rev == 2
    assert any(link.target_id == "later" for link in a.links)
    assert take(journal, vault).same == 2


def test_an_edited_entry_is_never_written_over(journal: Journal, vault: Path) -> None:
    take(journal, vault)
    a = journal.entries.get("A")
    journal.entries.save(a.id, "My own words.", base_rev=a.rev)
    assert take(journal, vault).same == 2
    (vault / "A.md").write_text("Their words.\n")
    assert take(journal, vault, dry_run=True).copies == 1
    report = take(journal, vault)
    assert (report.copies, report.changed) == (1, 0)
    assert journal.entries.get(a.id).body == "My own words."
    (copy,) = [e for e in everything(journal) if e.body == "Their words."]
    assert [(link.target_id, link.relation) for link in copy.links] == [(a.id, "derived-from")]
    assert take(journal, vault).same == 2 and len(everything(journal)) == 3
    (vault / "A.md").write_text("Their words, later.\n")
    assert take(journal, vault).changed == 1 and len(everything(journal)) == 3
    assert journal.entries.get(copy.id).body == "Their words, later."


def test_a_retagged_entry_counts_as_edited(journal: Journal, vault: Path) -> None:
    take(journal, vault)
    journal.entries.tag("A", add=["mine"])
    (vault / "A.md").write_text("Their words.\n")
    assert take(journal, vault).copies == 1
    assert "mine" in journal.entries.get("A").tags


def test_what_was_trashed_stays_in_the_trash(journal: Journal, vault: Path) -> None:
    take(journal, vault)
    journal.entries.trash("A")
    (vault / "A.md").write_text("Changed.\n")
    assert take(journal, vault).trashed == 1
    assert [entry.title for entry in everything(journal)] == ["B"]


def test_a_key_of_the_journals_own_is_kept_under_another_name(
    journal: Journal, tmp_path: Path
) -> None:
    note = tmp_path / "n.md"
    note.write_text("---\nprivate: true\nimported: {format: x}\nstatus: done\n---\nText\n")
    assert take(journal, note).new == 1
    front = journal.entries.get("n").front
    assert front["source_private"] is True and front["status"] == "done"
    assert front["source_imported"] == {"format": "x"} and "private" not in front
    assert take(journal, note).same == 1


def test_a_link_is_mended_when_its_note_arrives(journal: Journal, tmp_path: Path) -> None:
    folder = tmp_path / "grow"
    folder.mkdir()
    (folder / "First.md").write_text("see ![[Plan v1.2]]")
    assert len(take(journal, folder).lost) == 1
    (folder / "Plan v1.2.md").write_text("plan")
    report = take(journal, folder)
    assert (report.new, report.changed) == (1, 1)
    first, plan = journal.entries.get("First"), journal.entries.get("Plan v1.2")
    assert first.body == "see ![[Plan v1.2]]"
    assert journal.links.targets(first.id) == {"plan v1.2": plan.id}


def test_a_wikilink_that_a_title_cannot_stand_for_leads_there_by_id(
    journal: Journal, tmp_path: Path
) -> None:
    folder = tmp_path / "twins"
    (folder / "a").mkdir(parents=True)
    (folder / "b").mkdir()
    (folder / "a" / "Note.md").write_text("the first")
    (folder / "b" / "Note.md").write_text("the second")
    (folder / "Long name.md").write_text("---\ntitle: Short\n---\ntext")
    (folder / "See.md").write_text("[[a/Note]] [[b/Note|two]] [[Long name]] [[Long name#Part|x]]")
    take(journal, folder)
    see = journal.entries.get("See")
    one, two = (
        e.id for e in sorted(everything(journal), key=lambda e: e.body) if e.title == "Note"
    )
    assert see.body == (
        f"[a/Note](entry:{one}) [two](entry:{two}) [[Short|Long name]] [[Short#Part|x]]"
    )
    assert set(journal.links.targets(see.id).values()) == {
        one,
        two,
        journal.entries.get("Short").id,
    }
    journal.links.rename("Short", "Renamed here")
    (folder / "Later.md").write_text("[[Long name]]")
    take(journal, folder)
    assert journal.entries.get("Later").body == "[[Renamed here|Long name]]"


def test_a_cancelled_import_goes_on_where_it_stopped(
    journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BATCH", 3)
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(10):
        (folder / f"n{number}.md").write_text(f"text {number}, next [[n{(number + 1) % 10}]]")
    service = CollectionService(journal.store, note_importers())

    def stop_after(done: int, total: int) -> None:
        assert total == 10
        if done >= 6:
            raise Cancelled

    with pytest.raises(Cancelled):
        service.take_in(folder, progress=stop_after)
    assert len(everything(journal)) == 6
    report = service.take_in(folder)
    assert (report.new, report.same) == (4, 6)
    ids = {entry.id for entry in everything(journal)}
    assert len(ids) == 10
    for entry in everything(journal):
        (link,) = entry.links
        assert link.target_id in ids
        assert list(journal.links.targets(entry.id).values()) == [link.target_id]


def test_an_unknown_path_or_format_is_said_plainly(journal: Journal, tmp_path: Path) -> None:
    with pytest.raises(JournalError, match="no file or folder"):
        take(journal, tmp_path / "nothing")
    (tmp_path / "x.bin").write_bytes(b"\0\1")
    with pytest.raises(JournalError, match="not a collection"):
        take(journal, tmp_path / "x.bin")


# ---------------------------------------------------------------------- export and back


def core(entry: Entry) -> tuple[object, ...]:
    front = {k: v for k, v in entry.front.items() if k not in ("imported", "private", "context")}
    links = {(link.target_kind, link.target_id, link.relation) for link in entry.links}
    files = {(file.sha256, file.name, file.path) for file in entry.attachments}
    times = (entry.created_at, entry.updated_at)
    return (entry.id, entry.title, entry.body, entry.kind, entry.tags, links, files, times, front)


def round_trip(journal: Journal, folder: Path, other: Path) -> tuple[list[Entry], list[Entry]]:
    ExportService(journal.store).export(folder)
    with Journal(other) as second:
        report = take(second, folder)
        assert report.lost == [] and report.format == "field-journal"
        assert take(second, folder).new == 0
        return everything(journal), everything(second)


def test_export_then_adopt_gives_equal_entries(journal: Journal, tmp_path: Path) -> None:
    first = journal.entries.create(
        "# One\n\n[[not a link]] ![[x]] #tag\r\n---\nend\n\n", kind="lesson", title="CON",
        tags=["a/b", "tag"], front={"slug": "one", "private": {"host": "secret-host"}},
    )  # fmt: skip
    journal.entries.attach(first.id, b"one", "plot.png")
    second = journal.entries.create("", title="con", links=[Link("run", "r1", "supports")])
    journal.entries.link(second.id, f"entry:{first.id}", "contradicts")
    here, there = round_trip(journal, tmp_path / "out", tmp_path / "second")
    assert sorted(map(core, here), key=str) == sorted(map(core, there), key=str)
    texts = b"".join(data for data, _ in snapshot(tmp_path / "out").values())
    assert b"secret-host" not in texts
    names = [p.name for p in (tmp_path / "out").glob("*.md")]
    assert len({clash_key(name) for name in names}) == 2 and "CON.md" not in names
    back = take(journal, tmp_path / "out")
    assert (back.same, back.new, back.copies) == (2, 0, 0)


words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=60)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    notes=st.lists(
        st.tuples(words, words, st.sampled_from(KINDS), words.map(lambda w: w + ".bin")),
        min_size=1,
        max_size=4,
    )
)
def test_any_title_and_body_survives_the_round_trip(
    tmp_path_factory: pytest.TempPathFactory, notes: list[tuple[str, str, str, str]]
) -> None:
    base = tmp_path_factory.mktemp("trip")
    with Journal(base / "one") as journal:
        for title, body, kind, name in notes:
            entry = journal.entries.create(body, kind=kind, title=title)
            journal.entries.attach(entry.id, body.encode(), name.replace("/", "_"))
        here, there = round_trip(journal, base / "out", base / "two")
        assert sorted(map(core, here), key=str) == sorted(map(core, there), key=str)


@given(words)
def test_file_names_are_safe_everywhere(title: str) -> None:
    stem = file_stem(title)
    assert stem and stem == stem.strip(". ") and len(stem.encode()) <= 124
    assert not set(stem) & set('<>:"/\\|?*') and stem.isprintable()


@pytest.mark.parametrize("title", ["con", "NUL.txt", "aux", "COM1", "..", " . ", "a/b", "x" * 500])
def test_known_traps_of_file_names(title: str) -> None:
    stem = file_stem(title)
    assert stem.lower().partition(".")[0] not in ("con", "nul", "aux", "com1")
    assert "/" not in stem and 0 < len(stem) <= 120


def test_a_second_export_touches_only_what_changed(journal: Journal, tmp_path: Path) -> None:
    out = tmp_path / "out"
    entry = journal.entries.create("one", title="One")
    journal.entries.create("two", title="Two")
    service = ExportService(journal.store)
    assert service.export(out).written == 2
    before = snapshot(out)
    again = service.export(out)
    assert (again.written, again.same) == (0, 2) and snapshot(out) == before
    journal.entries.save(entry.id, "one more", base_rev=1, title="Renamed")
    assert service.export(out).written == 1
    after = snapshot(out)
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {"One.md", ".field-journal/export.json"}


def test_foreign_and_changed_files_are_left_alone(journal: Journal, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "one.MD").write_text("not ours")
    entry = journal.entries.create("one", title="One")
    service = ExportService(journal.store)
    assert service.export(out).written == 1
    assert (out / "one.MD").read_text() == "not ours" and len(list(out.glob("*.md"))) == 1
    (ours,) = out.glob("*.md")
    ours.write_text("edited by hand")
    journal.entries.save(entry.id, "newer", base_rev=1)
    report = service.export(out)
    assert ours.read_text() == "edited by hand" and [p.path for p in report.left] == [ours.name]


def test_a_killed_export_goes_on(journal: Journal, tmp_path: Path) -> None:
    out = tmp_path / "out"
    journal.entries.create("one", title="One")
    ExportService(journal.store).export(out)
    (out / ".field-journal/export.json").unlink()
    (out / ".abc.field-journal-partial").write_text("half")
    report = ExportService(journal.store).export(out)
    assert (report.written, report.same) == (0, 1)
    assert sorted(p.name for p in out.iterdir()) == [".field-journal", "One.md"]


def test_an_export_of_a_part(journal: Journal, tmp_path: Path) -> None:
    journal.entries.create("one", title="One", tags=["x"])
    journal.entries.create("two", title="Two", kind="lesson")
    service = ExportService(journal.store)
    assert service.export(tmp_path / "a", View(tag="x")).written == 1
    assert service.export(tmp_path / "b", View(kind="lesson")).written == 1
    with pytest.raises(JournalError, match="journal itself"):
        service.export(journal.folder)
