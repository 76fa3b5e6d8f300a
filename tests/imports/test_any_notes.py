"""Whatever a collection holds, a reader answers with notes, a problem or a JournalError, and reads
nothing outside it."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from journal_app.domain.experiments import Problem
from journal_app.domain.notes import NoteRecord
from journal_app.errors import JournalError
from journal_app.extend.protocols import ImportContext
from journal_app.extend.registry import note_importers

READERS = note_importers().loaded()
NAMES = (
    "note.md", "a.txt", "b.org", "journal.json", "c.jex", "2026-03.txt", "log.md", "notebook.zim",
    "logbook.jsonl", "index.md", "d", "..md", "e.JEX", "\u202egnp.md",
)  # fmt: skip
ITEM = (
    "Title\n\nbody ![x](:/{0})\n\nid: {0}\nparent_id: \n"
    "created_time: 2026-01-02T03:04:05.000Z\ntype_: 1"
)
SEEDS = (
    "---\ntitle: x\ntags: [a, b]\ndate: 2026-01-02\n---\n# x\n\n[[y]] ![[z.png|300]] #t",
    json.dumps({"journals": {}, "entries": [{"date": "2026-01-02", "time": "03:04", "title": "t",
                                             "body": "b", "tags": ["x"], "starred": True}]}),
    "[2026-01-02 03:04] A title. And text @tag\n\n[2026-01-03 03:04] b",
    "## 2026-03-24: Title\n\ntext\n\n## 2026-03-25\n\n- x",
    "Content-Type: text/x-zim-wiki\nWiki-Format: zim 0.6\nCreation-Date: 2026-01-02T03:04:05+01:00"
    "\n\n====== Title ======\n[[Other]] {{./x.png}} '''code'''",
    "#+TITLE: x\n* TODO Head :tag:\n<2026-01-02 Fri>\n#+BEGIN_SRC python\n1\n#+END_SRC\n[[id:x]]",
    "1:\n  text: |\n    **bold** [\"\"x.png\"\"] #tag\n  tags: {a: {}}\n2: {text: b}\n",
    "--- !!python/object/apply:os.system ['touch pwned']\n---\ntext",
    "&a [*a, *a, *a]\n",
)  # fmt: skip


def everything(path: Path) -> list[NoteRecord]:
    """What all readers make of a path; each answer must be one that they may give."""
    found: list[NoteRecord] = []
    for _, reader in READERS:
        score = reader.sniff(path)
        assert 0 <= score <= 100
        if not score and path.is_dir():
            continue  # a reader of single files
        try:
            for item in reader.read(path, ImportContext()):
                assert isinstance(item, NoteRecord | Problem)
                if isinstance(item, NoteRecord):
                    item.body.encode(), item.title.encode(), json.dumps(dict(item.front))
                    found.append(item)
        except JournalError as error:
            assert error.message
    return found


def check(data: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        everything(path)
        everything(Path(folder))


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(NAMES))
def test_bytes(data: bytes, name: str) -> None:
    check(data, name)


@settings(max_examples=120, deadline=None)
@given(st.data(), st.sampled_from(SEEDS), st.sampled_from(NAMES))
def test_damaged_notes(data: st.DataObject, seed: str, name: str) -> None:
    raw = bytearray(seed.encode())
    start = data.draw(st.integers(0, len(raw)))
    stop = data.draw(st.integers(start, min(len(raw), start + 100)))
    raw[start:stop] = data.draw(st.binary(max_size=30))
    check(bytes(raw), name)


def archive(path: Path, *members: tuple[str, bytes, bytes, str]) -> Path:
    """A tar of members: name, content, type, what a link leads to."""
    with tarfile.open(path, "w") as tar:
        for name, content, kind, target in members:
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, target
            info.size = len(content) if kind == tarfile.REGTYPE else 0
            tar.addfile(info, io.BytesIO(content))
    return path


HEX = "a" * 32


@pytest.mark.parametrize(
    ("name", "kind", "target"),
    [
        ("../../{0}.md", tarfile.REGTYPE, ""),
        ("/tmp/{0}.md", tarfile.REGTYPE, ""),
        ("resources/../../{0}.png", tarfile.REGTYPE, ""),
        ("..\\{0}.md", tarfile.REGTYPE, ""),
        ("C:\\{0}.md", tarfile.REGTYPE, ""),
        ("{0}.md", tarfile.SYMTYPE, "{secret}"),
        ("{0}.md", tarfile.LNKTYPE, "{secret}"),
        ("resources/{0}.txt", tarfile.SYMTYPE, "{secret}"),
        ("{0}.md", tarfile.CHRTYPE, ""),
        ("{0}.md", tarfile.FIFOTYPE, ""),
        ("{0}.md\x00.txt", tarfile.REGTYPE, ""),
        ("resources", tarfile.SYMTYPE, "/"),
    ],
)
def test_names_in_an_archive_lead_nowhere(
    tmp_path: Path, name: str, kind: bytes, target: str
) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("password", encoding="utf-8")
    before = sorted(tmp_path.rglob("*"))
    place = tmp_path / "in"
    place.mkdir()
    made = archive(
        place / "x.jex",
        (name.format(HEX), b"evil", kind, target.format(secret=secret)),
        (f"{'b' * 32}.md", ITEM.format("b" * 32).replace("b" * 32 + ")", HEX + ")").encode(),
         tarfile.REGTYPE, ""),
    )  # fmt: skip
    notes = everything(made)
    assert not any("password" in note.body for note in notes)
    for note in notes:
        for file in note.files:
            data = file.load() if file.load else file.path.read_bytes() if file.path else b""
            assert b"password" not in data
    after = sorted(p for p in tmp_path.rglob("*") if place not in p.parents and p != place)
    assert after == before


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    bomb = tmp_path / "bomb.jex"
    with gzip.open(bomb, "wb") as file:
        for _ in range(64):
            file.write(bytes(1 << 20))
    assert everything(bomb) == []
    zipped = tmp_path / "x.jex"
    zipped.write_bytes(b"PK\x03\x04" + bytes(2000))
    assert everything(zipped) == []


def test_a_size_that_lies_is_said(tmp_path: Path) -> None:
    info = tarfile.TarInfo(f"{HEX}.md")
    info.size = 1 << 40
    path = tmp_path / "x.jex"
    path.write_bytes(info.tobuf() + b"short" + bytes(507) + bytes(1024))
    everything(path)
