"""Joplin archives, RedNotebook months and Trackio logbooks, good ones and hostile ones."""

from __future__ import annotations

import io
import json
import sys
import tarfile
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.domain.experiments import Problem
from journal_app.domain.notes import NoteRecord
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.extend.registry import note_importers
from journal_app.imports.notes_joplin import JoplinImporter
from journal_app.imports.notes_org import OrgImporter
from journal_app.imports.notes_rednotebook import RedNotebookImporter
from journal_app.imports.notes_trackio import TrackioLogbookImporter
from journal_app.imports.notes_zim import ZimImporter
from journal_app.journal import Journal
from journal_app.services.collections import CollectionService

ONE, TWO, TAG, BOOK, PICTURE, UNUSED = (digit * 32 for digit in "123456")


def split(items: list[NoteRecord | Problem]) -> tuple[dict[str, NoteRecord], list[Problem]]:
    notes = {item.native_id: item for item in items if isinstance(item, NoteRecord)}
    return notes, [item for item in items if isinstance(item, Problem)]


def item(text: str, **fields: object) -> bytes:
    block = "\n".join(f"{key}: {value}" for key, value in fields.items())
    return f"{text}\n\n{block}".encode() if text else block.encode()


def jex(path: Path, members: dict[str, bytes], links: dict[str, str] | None = None) -> Path:
    with tarfile.open(path, "w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type, info.linkname = tarfile.SYMTYPE, target
            tar.addfile(info)
    return path


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    return jex(
        tmp_path / "all.jex",
        {
            f"{ONE}.md": item(
                f"Warmup\n\nSee [two](:/{TWO}) ![](:/{PICTURE}) `[x](:/{TWO})`\n\nkey: value",
                id=ONE, parent_id=BOOK, created_time="2024-05-01T10:00:00.000Z",
                updated_time="2024-05-02T10:00:00.000Z", source_url="https://example.org",
                latitude="0.00000000", is_todo=1, todo_completed=0, type_=1,
            ),
            f"{TWO}.md": item("Two", id=TWO, parent_id="", type_=1),
            f"{TAG}.md": item("Learning Rate", id=TAG, type_=5),
            f"{BOOK}.md": item("Lab", id=BOOK, parent_id="", type_=2),
            f"{PICTURE}.md": item("plot.png", id=PICTURE, mime="image/png", type_=4),
            f"{'a' * 32}.md": item("", id="a" * 32, note_id=ONE, tag_id=TAG, type_=6),
            f"resources/{PICTURE}.png": b"picture",
            f"resources/{UNUSED}.pdf": b"unused",
            "../../escape.md": b"evil",
            f"{'b' * 32}.md": item("", id="b" * 32, encryption_applied=1, type_=1),
        },
        {f"{'c' * 32}.md": "/etc/passwd"},
    )  # fmt: skip


def test_a_joplin_archive(archive: Path, tmp_path: Path, journal_folder: Path) -> None:
    assert JoplinImporter().sniff(archive) == 90
    notes, problems = split(list(JoplinImporter().read(archive, ImportContext())))
    assert set(notes) == {ONE, TWO}
    one = notes[ONE]
    assert one.title == "Warmup" and one.tags == ("learning-rate",) and "key: value" in one.body
    assert one.front == {"source_url": "https://example.org", "folder": "Lab", "todo": "open"}
    assert one.created_at == 1714557600000 and f"`[x](:/{TWO})`" in one.body
    told = {problem.path for problem in problems}
    assert told == {
        "../../escape.md", f"resources/{UNUSED}.pdf", f"{'b' * 32}.md", f"{'c' * 32}.md"
    }  # fmt: skip
    with Journal(journal_folder) as journal:
        service = CollectionService(journal.store, note_importers())
        assert service.take_in(archive).new == 2 and service.take_in(archive).same == 2
        entry, other = journal.entries.get("Warmup"), journal.entries.get("Two")
        assert f"[two](entry:{other.id})" in entry.body
        (file,) = entry.attachments
        assert file.name == "plot.png" and (journal.folder / file.path).read_bytes() == b"picture"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["all.jex", "home", "journal"]


def test_a_broken_archive_is_said_plainly(tmp_path: Path, archive: Path) -> None:
    cut = tmp_path / "cut.jex"
    cut.write_bytes(b"no tar at all" * 100)
    assert JoplinImporter().sniff(cut) == 0
    with pytest.raises(JournalError, match="no archive"):
        list(JoplinImporter().read(cut, ImportContext()))


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 10_000))
def test_no_bytes_make_the_archive_reader_fail(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, place: int
) -> None:
    folder = tmp_path_factory.mktemp("jex")
    path = jex(folder / "x.jex", {f"{ONE}.md": noise, f"resources/{TWO}.bin": noise})
    data = bytearray(path.read_bytes())
    place %= len(data)
    data[place : place + len(noise)] = noise
    path.write_bytes(data)
    try:
        for found in JoplinImporter().read(path, ImportContext()):
            assert isinstance(found, NoteRecord | Problem)
    except JournalError as error:
        assert error.message


def test_rednotebook(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "plot.png").write_bytes(b"x")
    (folder / "2026-03.txt").write_text(
        "1:\n  text: |\n    = Day =\n    //slow// --old-- https://a.b/c #loss\n"
        f'    [""file://{folder.as_posix()}/plot"".png] [""/etc/pic"".png]\n'
        '    [docs ""https://example.org""]\n  Ideas: {try warmup: null}\n'
        "40: {text: no such day}\n2: {text: 'next'}\n"
    )
    (folder / "2026-04.txt").write_text("1: [broken")
    assert RedNotebookImporter().sniff(folder) == 80
    notes, problems = split(list(RedNotebookImporter().read(folder, ImportContext())))
    assert set(notes) == {"2026-03-01", "2026-03-02"}
    day = notes["2026-03-01"]
    assert "# Day\n*slow* ~~old~~ https://a.b/c #loss" in day.body and day.tags == ("loss",)
    assert "[docs](https://example.org)" in day.body and "**Ideas**\n\n- try warmup" in day.body
    assert [file.name for file in day.files] == ["plot.png"] and "/etc/pic" in day.losses[0]
    noon = datetime(2026, 3, 1, 12).astimezone().timestamp() * 1000
    assert day.created_at == noon
    told = [problem.path for problem in problems]
    assert told.count("2026-03.txt") == 1 and "2026-04.txt" in told


def cell(kind: str, body: str, **more: str) -> str:
    head = json.dumps({"type": kind, "id": "cell_1", **more})
    return f"---\n<!-- trackio-cell\n{head}\n-->\n{body}\n\n"


def test_a_trackio_logbook(tmp_path: Path) -> None:
    home = tmp_path / "repo" / ".trackio" / "logbook"
    (home / "pages" / "lr-sweep").mkdir(parents=True)
    (home / "logbook.json").write_text("{}")
    (home.parent / "metadata.json").write_text('{"path": "/home/somebody"}')
    (home / "pages" / "index.md").write_text("| Page |\n")
    (home / "pages" / "lr-sweep" / "page.md").write_text(
        "# LR sweep\n\n"
        + cell("markdown", "Evidence.", title="Decisive", created_at="2026-07-16T15:22:50+00:00")
        + cell("figure", "<div>raw</div>", created_at="2026-07-17T15:22:50+00:00")
        + "---\n<!-- trackio-cell\n{bad\n-->\nkept all the same\n"
    )
    assert TrackioLogbookImporter().sniff(tmp_path / "repo") == 95
    notes, problems = split(list(TrackioLogbookImporter().read(tmp_path / "repo", ImportContext())))
    note = notes["lr-sweep"]
    assert note.title == "LR sweep" and note.body.startswith("## Decisive\n\nEvidence.")
    assert "kept all the same" in note.body and "<div>raw</div>" in note.body
    assert note.created_at == 1784215370000 and note.updated_at == 1784301770000
    assert len(note.losses) == 2 and problems == [] and "somebody" not in note.body


def test_a_zim_notebook(tmp_path: Path) -> None:
    book = tmp_path / "book"
    (book / "Lab" / "Day_one").mkdir(parents=True)
    (book / "notebook.zim").write_text("[Notebook]\nname=x\n")
    head = "Content-Type: text/x-zim-wiki\nWiki-Format: zim 0.4\n"
    (book / "Lab.txt").write_text(f"{head}\nno title, //slow// and https://a.b//c\n")
    (book / "Lab" / "Day_one.txt").write_text(
        f"{head}Creation-Date: 2024-05-01T12:00:00+02:00\n\n====== Day one ======\n"
        "See [[Next day|next]] [[:Lab]] [[https://example.org|docs]] @loss\n===== Part =====\n"
        "[*] done\n[ ] open\n{{./plot.png?width=300}} {{../../secret.png}}\n"
        "'''\n//code// [[x]]\n'''\n"
    )
    (book / "Lab" / "Next_day.txt").write_text(f"{head}\n====== Next day ======\n")
    (book / "Lab" / "Day_one" / "plot.png").write_bytes(b"x")
    (book / "raw.txt").write_text("no page")
    (tmp_path / "secret.png").write_bytes(b"secret")
    assert ZimImporter().sniff(book) == 95
    notes, problems = split(list(ZimImporter().read(book, ImportContext())))
    assert set(notes) == {"Lab", "Lab:Day_one", "Lab:Next_day"}
    day = notes["Lab:Day_one"]
    assert day.title == "Day one" and day.tags == ("loss",) and day.created_at == 1714557600000
    assert [link.name for link in day.links] == ["Lab/Next_day", "Lab"]
    assert (
        "[docs](https://example.org)" in day.body and "## Part\n- [x] done\n- [ ] open" in day.body
    )
    assert "```\n//code// [[x]]\n```" in day.body
    assert [file.name for file in day.files] == ["plot.png"] and "secret" in day.losses[0]
    assert "*slow* and https://a.b//c" in notes["Lab"].body and notes["Lab"].title == "Lab"
    assert [problem.path for problem in problems] == ["raw.txt"]


def test_org_files(tmp_path: Path, journal_folder: Path) -> None:
    folder = tmp_path / "org"
    folder.mkdir()
    (folder / "plot.png").write_bytes(b"x")
    (folder / "a.org").write_text(
        ":PROPERTIES:\n:ID: 12-ab\n:END:\n#+title: Sweep\n#+filetags: :optim:Lab:\n"
        "#+date: [2024-05-01 Wed 10:30]\n#+author: me\n\n* TODO Plan\n"
        "A *bold* /slow/ =code= [[https://example.org][docs]] [[file:plot.png]] [[file:b.org][b]]\n"
        "| x | y |\n|---+---|\n#+begin_src python\nx = *y* /z/ [[q]]\n#+end_src\n"
        "#+begin_quote\nsaid\n#+end_quote\n[[file:/etc/passwd]] 1/2/3\n"
    )
    (folder / "b.org").write_text("[[id:12-ab][back]]\n")
    assert OrgImporter().sniff(folder) == 60 and OrgImporter().sniff(folder / "a.org") == 85
    notes, problems = split(list(OrgImporter().read(folder, ImportContext())))
    a = notes["a.org"]
    assert a.title == "Sweep" and set(a.tags) == {"optim", "lab"} and problems == []
    assert a.created_at == datetime(2024, 5, 1, 10, 30).astimezone().timestamp() * 1000
    assert a.front == {"org_id": "12-ab", "org_author": "me"}
    assert "# TODO Plan\nA **bold** *slow* `code` [docs](https://example.org)" in a.body
    assert "|---|---|\n```python\nx = *y* /z/ [[q]]\n```" in a.body and "> said" in a.body
    assert "1/2/3" in a.body and [file.name for file in a.files] == ["plot.png"]
    assert "/etc/passwd" in a.losses[0]
    with Journal(journal_folder) as journal:
        CollectionService(journal.store, note_importers()).take_in(folder)
        ids = {entry.title: entry.id for entry in map(journal.entries.get, ("Sweep", "b"))}
        assert f"[b](entry:{ids['b']})" in journal.entries.get("Sweep").body
        assert journal.entries.get("b").body == f"[back](entry:{ids['Sweep']})"


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="[]{}:/'=*~+|#@_-. \nab\"", max_size=200))
def test_no_markup_makes_a_reader_fail(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("markup")
    (folder / "notebook.zim").write_text("")
    (folder / "a.txt").write_text(f"Content-Type: text/x-zim-wiki\n\n{text}")
    (folder / "b.org").write_text(text)
    (folder / "2026-01.txt").write_text(f"1: {{text: {json.dumps(text)}}}")
    for importer in (ZimImporter(), OrgImporter(), RedNotebookImporter()):
        items = list(importer.read(folder, ImportContext()))
        assert any(isinstance(found, NoteRecord) for found in items)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_links_out_of_these_folders_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("1: {text: secret}")
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "2026-01.txt").symlink_to(tmp_path / "secret.txt")
    notes, problems = split(list(RedNotebookImporter().read(folder, ImportContext())))
    assert notes == {} and [problem.path for problem in problems] == ["2026-01.txt"]
