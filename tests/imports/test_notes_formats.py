"""The readers of notes: what of a vault, a log, a jrnl journal arrives, and what is listed."""

from __future__ import annotations

import json
import os
import sys
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.domain.experiments import Problem
from journal_app.domain.notes import NoteRecord
from journal_app.errors import Cancelled, JournalError
from journal_app.extend.note_importer import NoteImporter
from journal_app.extend.protocols import ImportContext
from journal_app.extend.registry import note_importers
from journal_app.imports import notes_common as common
from journal_app.imports.notes_jrnl import JrnlImporter
from journal_app.imports.notes_log import DatedLogImporter
from journal_app.imports.notes_markdown import MarkdownImporter
from tests.helpers.samples import shared_samples


def read(importer: NoteImporter, path: Path) -> tuple[dict[str, NoteRecord], list[Problem]]:
    items = list(importer.read(path, ImportContext()))
    notes = [item for item in items if isinstance(item, NoteRecord)]
    assert len({note.native_id for note in notes}) == len(notes)
    return {note.native_id: note for note in notes}, [i for i in items if isinstance(i, Problem)]


def local(text: str) -> int:
    return round(datetime.fromisoformat(text).astimezone().timestamp() * 1000)


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault"
    for name in (".obsidian", ".trash", "runs", "img"):
        (folder / name).mkdir(parents=True)
    (folder / ".obsidian/app.json").write_text("{}")
    (folder / ".trash/Old.md").write_text("gone")
    (folder / "Warmup.md").write_text(
        "---\ntags: [optim, Learning Rate]\naliases: LR warmup\ncreated: 2024-05-01T10:00:00Z\n"
        "modified: 2024-06-01\nauthor: me\nrating: 3\n---\n"
        "See [[runs/d12|the run]], [[D12#Loss]], [[nowhere]].\n\n![[plot.png]] ![[plot.png|300]]\n"
        "`[[code]]` stays\n\n```\n[[code]] #nottag\n```\n\n[file](img/data%20x.csv) #inline\n"
    )
    (folder / "runs/d12.md").write_text("Uses [warmup](../Warmup.md) and [[LR warmup]].\n")
    (folder / "img/plot.png").write_bytes(b"png")
    (folder / "img/data x.csv").write_text("a,b")
    (folder / "img/unused.pdf").write_bytes(b"pdf")
    return folder


def test_every_reader_keeps_the_contract() -> None:
    importers = note_importers()
    assert set(importers.names()) >= {
        "markdown", "dated-log", "jrnl", "field-journal", "joplin-jex", "rednotebook",
        "trackio-logbook", "zim", "org",
    }  # fmt: skip
    for name, importer in importers.loaded():
        assert isinstance(importer, NoteImporter), name
        assert importer.sniff(Path("/no/such/thing")) == 0


def test_a_vault(vault: Path) -> None:
    assert MarkdownImporter().sniff(vault) == 90
    notes, problems = read(MarkdownImporter(), vault)
    assert set(notes) == {"Warmup.md", "runs/d12.md"}
    note = notes["Warmup.md"]
    assert note.title == "Warmup" and set(note.tags) == {"optim", "learning-rate", "inline"}
    assert note.created_at == local("2024-05-01T10:00:00+00:00")
    assert note.updated_at == local("2024-06-01T12:00:00")
    assert note.front["author"] == "me" and note.front["rating"] == 3
    assert [link.name for link in note.links] == ["runs/d12", "D12", "nowhere"]
    assert note.links[0].text == "the run"
    assert [file.name for file in note.files] == ["plot.png", "plot.png", "data x.csv"]
    assert "`[[code]]` stays" in note.body and "[[code]] #nottag" in note.body
    assert "LR warmup" in note.names
    assert [link.name for link in notes["runs/d12.md"].links] == ["Warmup.md", "LR warmup"]
    assert notes["runs/d12.md"].front["folder"] == "runs"
    assert [(p.path, "left out" in p.message) for p in problems] == [("img/unused.pdf", True)]


@pytest.mark.skipif(sys.platform == "win32", reason="links need a right of their own on Windows")
def test_nothing_outside_the_folder_is_read(vault: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    (tmp_path / "secret.png").write_bytes(b"secret")
    (vault / "link.md").symlink_to(tmp_path / "secret.md")
    (vault / "all").symlink_to(tmp_path, target_is_directory=True)
    (vault / "Out.md").write_text("![x](../secret.png) ![[../secret.png]] [a](/etc/passwd)")
    notes, problems = read(MarkdownImporter(), vault)
    assert notes["Out.md"].files == () and "link.md" not in notes
    assert {p.path for p in problems} >= {"link.md", "all"}
    assert len(notes["Out.md"].losses) == 3
    single, _ = read(MarkdownImporter(), vault / "Out.md")
    assert single["Out.md"].files == ()


def test_a_single_file_brings_what_lies_beside_it(vault: Path) -> None:
    (vault / "One.md").write_text("![p](img/plot.png)")
    notes, problems = read(MarkdownImporter(), vault / "One.md")
    assert [file.name for file in notes["One.md"].files] == ["plot.png"] and not problems


@pytest.mark.parametrize(
    ("front", "word"),
    [
        ("a: [1, 2", "not YAML"),
        ("a: &x [1]\nb: *x", "aliases"),
        ("a: !!python/object/apply:os.system [echo]", "not YAML"),
        ("a: " + "[" * 3000, "not YAML"),
        ("a: " + "x" * 70_000, "too long"),
    ],
)
def test_bad_front_matter_stays_in_the_text(tmp_path: Path, front: str, word: str) -> None:
    (tmp_path / "a.md").write_text(f"---\n{front}\n---\nText\n")
    notes, _ = read(MarkdownImporter(), tmp_path)
    assert front[:20] in notes["a.md"].body and word in " ".join(notes["a.md"].losses)


def test_odd_bytes_and_huge_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "latin.md").write_bytes("Müller".encode("cp1252"))
    (tmp_path / "wide.md").write_bytes("weit".encode("utf-16"))
    (tmp_path / "binary.md").write_bytes(b"\x00\xff\x00\x01")
    notes, problems = read(MarkdownImporter(), tmp_path)
    assert notes["latin.md"].body == "Müller" and "1252" in notes["latin.md"].losses[0]
    assert notes["wide.md"].body == "weit"
    assert [p.path for p in problems] == ["binary.md"]
    with pytest.raises(JournalError, match="larger"):
        common.read_note(tmp_path / "latin.md", limit=3)


def test_a_dated_log(tmp_path: Path) -> None:
    path = tmp_path / "LOG.md"
    path.write_text(
        "# Log\n\nIntro.\n\n---\n\n## 2026-03-24: Sweep (Mostly Negative)\n\nBody\n\n### Part\n\n"
        "```\n## 2020-01-01: code\n```\n\n---\n\n## 2026-03-20 to 2026-03-22: Tuning\n\nMore\n\n"
        "## 2026-03-20 to 2026-03-22: Tuning\n\nTwin\n"
    )
    assert DatedLogImporter().sniff(path) == 80
    notes, problems = read(DatedLogImporter(), path)
    first, second, twin = notes.values()
    assert first.title == "Sweep (Mostly Negative)" and first.tags == ("negative",)
    assert first.body.startswith("Body") and first.body.endswith("```")
    assert first.created_at == local("2026-03-24T12:00:00")
    assert second.updated_at == local("2026-03-22T12:00:00") and second.tags == ()
    assert twin.body == "Twin" and twin.native_id.endswith("#2")
    assert "Intro." in problems[0].message


def test_the_real_log() -> None:
    path = shared_samples() / "nanochat" / "dev_LOG.md"
    assert DatedLogImporter().sniff(path) > MarkdownImporter().sniff(path)
    notes, problems = read(DatedLogImporter(), path)
    assert len(notes) == 34 and len(problems) == 1
    assert all(note.body and note.created_at and not note.losses for note in notes.values())
    assert sum("negative" in note.tags for note in notes.values()) == 10
    source = path.read_text()
    for note in notes.values():
        assert note.body in source and note.title in source


def test_jrnl_json_and_text(tmp_path: Path) -> None:
    rows = [
        {"title": "Called in.", "body": "Long @work day", "date": "2026-01-02", "time": "09:05",
         "tags": ["@work"], "starred": True, "mood": "x"},
        {"title": "Same minute", "body": "", "date": "2026-01-02", "time": "09:05", "tags": []},
        {"title": "No date"},
    ]  # fmt: skip
    path = tmp_path / "j.json"
    path.write_text(json.dumps({"tags": {"@work": 1}, "entries": rows}))
    assert JrnlImporter().sniff(path) == 90
    notes, problems = read(JrnlImporter(), path)
    first = notes["2026-01-02 09:05"]
    assert first.tags == ("work", "starred") and first.created_at == local("2026-01-02T09:05")
    assert "mood" in first.losses[0] and "2026-01-02 09:05 #2" in notes
    assert len(problems) == 1 and "3" in problems[0].message
    text = tmp_path / "journal.txt"
    text.write_text("[2026-01-02 09:05] Called in. @work\nLong day\n\n2026-01-03 09:15 PM Late *\n")
    assert JrnlImporter().sniff(text) == 70
    notes, problems = read(JrnlImporter(), text)
    first, late = notes.values()
    assert first.title == "Called in. @work" and first.tags == ("work",)
    assert first.body == "Long day" and problems == []
    assert late.created_at == local("2026-01-03T21:15") and late.tags == ("starred",)


def test_a_reader_stops_when_it_is_asked(vault: Path) -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        list(MarkdownImporter().read(vault, ImportContext(stop)))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400) | st.text(alphabet="-[]!|#():`~ \na1*&@:.", max_size=200))
def test_no_text_makes_a_reader_fail(
    tmp_path_factory: pytest.TempPathFactory, data: object
) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    raw = data if isinstance(data, bytes) else str(data).encode()
    for name in ("a.md", "b.md"):
        (folder / name).write_bytes(raw)
    for item in MarkdownImporter().read(folder, ImportContext()):
        assert isinstance(item, NoteRecord | Problem)
    for importer in (DatedLogImporter(), JrnlImporter()):
        importer.sniff(folder / "a.md")
        try:
            list(importer.read(folder / "a.md", ImportContext()))
        except JournalError:
            assert raw  # said plainly
    assert sorted(p.name for p in folder.iterdir()) == ["a.md", "b.md"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2024-05-01T10:00:00Z", 1714557600000),
        ("2024-05-01 10:00:00 Z", 1714557600000),
        ("2024-05-01T12:00:00+02:00", 1714557600000),
        (1714557600, 1714557600000),
        (1714557600000, 1714557600000),
        (20240501, local("2024-05-01T12:00")),
        ("2024-05-01", local("2024-05-01T12:00")),
        (2024, None),
        (True, None),
        ("soon", None),
        ("9" * 400, None),
        (float("1e300"), None),
        ("0001-01-01", None),
    ],
)
def test_times(value: object, expected: int | None) -> None:
    assert common.moment(value) == expected


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no named pipes")
def test_what_is_no_file_is_listed_and_not_read(vault: Path) -> None:
    os.mkfifo(vault / "pipe.md")
    _, problems = read(MarkdownImporter(), vault)
    assert ("pipe.md", "It is a pipe, a socket or a device: not read.") in [
        (one.path, one.message) for one in problems
    ]


def test_the_width_of_a_picture_comes_along(vault: Path) -> None:
    (vault / "Wide.md").write_text("![[plot.png|300]]\n\n| a |\n|---|\n| ![[plot.png\\|300]] |\n")
    notes, _ = read(MarkdownImporter(), vault)
    assert [file.text for file in notes["Wide.md"].files] == ["plot.png|300", ""]
