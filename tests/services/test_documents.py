"""Export as one file: complete, self-contained, never over another file; JSON reads back equal."""

from __future__ import annotations

import html.parser
import json
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from journal_app.domain.entry import Entry
from journal_app.domain.exported_json import VERSION
from journal_app.domain.markdown import TAGS
from journal_app.domain.views import View
from journal_app.errors import Cancelled, JournalError
from journal_app.journal import Journal
from journal_app.services.documents import DocumentService
from tests.hostile.corpus import ALL

PNG = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\nIDAT"
    b"x\x9cc\0\1\0\0\5\0\1\r\n-\xb4\0\0\0\0IEND\xaeB`\x82"
)
HOSTILE = """# Hostile
<script>alert(1)</script> <img src=x onerror=alert(1)> ![a](https://evil.example/a.png)
![b](file:///etc/passwd) ![c](attachments/../../secret.png) [d](javascript:alert(1))
[e](data:text/html,x) ![f](data:image/png;base64,AAAA) <style>@import url(//evil.example)</style>
"""


class Page(html.parser.HTMLParser):
    """What a page would load or run."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str] = []
        self.ids: list[str] = []
        self.targets: list[str] = []
        self.handlers: list[str] = []
        self.policy = ""
        self.feed(text)

    def handle_starttag(self, tag: str, given: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in given}
        self.tags.append(tag)
        self.loads += [values[name] for name in ("src", "srcset", "data") if name in values]
        self.handlers += [name for name in values if name.startswith("on")]
        if "id" in values:
            self.ids.append(values["id"])
        if tag == "a" and "href" in values:
            self.targets.append(values["href"])
        if values.get("http-equiv") == "Content-Security-Policy":
            self.policy = values["content"]


def rich(journal: Journal) -> Entry:
    """An entry with a picture, a formula, a footnote, code, and a link."""
    entry = journal.entries.create(
        "# Sweep\n\nSee[^1] $x^2$ and `code`. 学习率\n\n```python\nx = 1\n```\n\n[^1]: Foot.\n",
        tags=["lr"],
        created_at=1_767_225_600_000,
    )
    file = journal.entries.attach(entry.id, PNG, "loss.png")
    body = f"{entry.body}\n![Loss]({file.path})\n![Gone](attachments/ab/gone.png)\n"
    journal.entries.save(entry.id, body, base_rev=journal.entries.get(entry.id).rev)
    return journal.entries.get(entry.id)


def test_an_attachment_embedded_by_name_is_shown(journal: Journal, tmp_path: Path) -> None:
    entry = journal.entries.create("Sweep\n\n![[loss.png|300]] ![[gone.png]] [[Other]] @d12")
    journal.entries.attach(entry.id, PNG, "loss.png")
    journal.documents.write(tmp_path / "a.html", "html", [entry.id])
    text = (tmp_path / "a.html").read_text(encoding="utf-8")
    page = Page(text)
    assert page.loads and all(load.startswith("data:image/png;base64,") for load in page.loads)
    assert 'width="300"' in text and "gone.png Other @d12" in text
    assert not [target for target in page.targets if not target.startswith("#")]


def test_a_page_holds_everything_and_loads_nothing(journal: Journal, tmp_path: Path) -> None:
    rich(journal)
    journal.entries.create("# Second\n\nAlso a note[^1].\n\n[^1]: Its own foot.")
    journal.entries.create(HOSTILE)
    target = tmp_path / "all.html"
    report = journal.documents.write(target, "html", journal.documents.choose())
    text = target.read_text("utf-8")
    page = Page(text)
    assert report.entries == 3 and page.tags.count("article") == 3
    assert page.loads and all(one.startswith("data:image/") for one in page.loads)
    assert not page.handlers
    assert not {"script", "iframe", "object", "link", "form", "base"} & set(page.tags)
    assert "default-src 'none'" in page.policy
    assert len(page.ids) == len(set(page.ids))
    for target_id in page.targets:
        assert not target_id.startswith("#") or target_id[1:] in page.ids
    assert not [one for one in page.targets if one.startswith(("javascript:", "data:", "file:"))]
    assert "学习率" in text and "@import" not in text.split("</style>", 1)[0]
    assert text.index("Sweep") < text.index("Second")  # the oldest first


def test_the_hostile_corpus_on_one_page(journal: Journal, tmp_path: Path) -> None:
    for number, (kind, text) in enumerate(ALL):
        if text.strip() and len(text) < 2000:  # the long ones try patience, not safety
            journal.entries.create(text, title=f"{kind} {number} {text[:80]}")
    target = tmp_path / "all.html"
    report = journal.documents.write(target, "html", journal.documents.choose())
    page = Page(target.read_text("utf-8"))
    allowed = {"html", "head", "meta", "title", "style", "body", "nav", "article", "time", *TAGS}
    assert set(page.tags) <= allowed and page.tags.count("article") == report.entries
    assert page.tags.count("style") == page.tags.count("title") == 1
    assert all(one.startswith("data:image/") for one in page.loads) and not page.handlers
    schemes = ("http://", "https://", "mailto:", "#")
    assert all(one.startswith(schemes) for one in page.targets)


def test_the_title_stands_once(journal: Journal, tmp_path: Path) -> None:
    entry = journal.entries.create("# Only once\n\nBody.")
    target = tmp_path / "one.html"
    journal.documents.write(target, "html", [entry.id])
    page = Page(target.read_text("utf-8"))
    assert page.tags.count("h1") == 1 and "nav" not in page.tags


def test_a_file_that_is_there_is_not_written_over(journal: Journal, tmp_path: Path) -> None:
    entry = journal.entries.create("One")
    target = tmp_path / "mine.html"
    target.write_text("mine", "utf-8")
    with pytest.raises(JournalError, match="there already"):
        journal.documents.write(target, "html", [entry.id])
    assert target.read_text("utf-8") == "mine"
    journal.documents.write(target, "html", [entry.id], replace=True)
    assert "One" in target.read_text("utf-8")


def test_what_is_chosen(journal: Journal) -> None:
    first = journal.entries.create("First about warmup", tags=["a"], created_at=1)
    second = journal.entries.create("Second about decay", kind="lesson", created_at=2)
    choose = journal.documents.choose
    assert choose([second.id, first.id, second.id]) == [
        first.id,
        second.id,
    ]
    assert choose(query="warmup") == [first.id]
    assert choose(view=View(tag="a")) == [first.id]
    assert choose(view=View(kind="lesson")) == [second.id]
    with pytest.raises(JournalError, match="No entry"):
        choose(query="nothing-like-it")


def test_keys_in_a_text_are_told(journal: Journal, tmp_path: Path) -> None:
    journal.entries.create("Clean")
    journal.entries.create("Leaky\n\napi_key = sk-abcdefghijklmnopqrstuvwxyz0123456789ABCD")
    ids = journal.documents.choose()
    assert journal.documents.write(tmp_path / "a.html", "html", ids).secrets == ("Leaky",)


def equal(one: Entry, other: Entry) -> bool:
    return (
        (one.id, one.kind, one.title, one.body, set(one.tags), one.created_at, one.updated_at)
        == (
            other.id,
            other.kind,
            other.title,
            other.body,
            set(other.tags),
            other.created_at,
            other.updated_at,
        )
        and [(a.sha256, a.name) for a in one.attachments]
        == [(a.sha256, a.name) for a in other.attachments]
        and {(x.target_kind, x.target_id, x.relation) for x in one.links}
        == {(x.target_kind, x.target_id, x.relation) for x in other.links}
    )


def test_json_reads_back_equal(journal: Journal, tmp_path: Path) -> None:
    first = rich(journal)
    second = journal.entries.create("Line one\r\n\u2028 odd \x0b spaces  \n\n", kind="lesson")
    journal.entries.link(second.id, f"entry:{first.id}", "supports")
    target = tmp_path / "out" / "all.json"
    target.parent.mkdir()
    journal.documents.write(target, "json", journal.documents.choose(), revisions=True)
    whole = json.loads(target.read_text("utf-8"))
    assert whole["format"] == "field-journal" and whole["version"] == VERSION
    assert len(whole["entries"][0]["revisions"]) >= 2
    with Journal(tmp_path / "other") as other:
        report = other.collections.take_in(target)
        assert report.new == 2
        for entry in (first, second):
            assert equal(other.entries.get(entry.id), journal.entries.get(entry.id))
        again = other.collections.take_in(target)
        assert (again.new, again.changed, again.same) == (0, 0, 2)


def test_where_a_note_was_captured_leaves_only_when_asked(journal: Journal, tmp_path: Path) -> None:
    entry = journal.entries.add("Private", context={"host": "secret-host"})
    assert journal.entries.get(entry.id).context
    for format in ("json", "html"):
        target = tmp_path / f"a.{format}"
        journal.documents.write(target, format, [entry.id])
        assert "secret-host" not in target.read_text("utf-8")
    journal.documents.write(tmp_path / "b.json", "json", [entry.id], context=True)
    assert "secret-host" in (tmp_path / "b.json").read_text("utf-8")


def test_a_newer_or_broken_json_is_refused(journal: Journal, tmp_path: Path) -> None:
    target = tmp_path / "a.json"
    target.write_text('{"format": "field-journal", "version": 99, "entries": []}', "utf-8")
    with pytest.raises(JournalError, match="version 99"):
        journal.collections.take_in(target)
    target.write_text('{"format": "field-journal", "version": 1, "entries": [', "utf-8")
    with pytest.raises(JournalError, match="no JSON"):
        journal.collections.take_in(target)


def test_json_of_others_cannot_name_files_outside(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    folder = tmp_path / "in"
    folder.mkdir()
    files = [{"name": "x", "file": "../secret.txt"}, {"name": "y", "file": "/etc/hostname"}]
    one = {"body": "Text", "title": "Text", "attachments": files, "links": "no", "tags": 3}
    text = json.dumps({"format": "field-journal", "version": 1, "entries": [one, 7, {"a": 1}]})
    (folder / "a.json").write_text(text, "utf-8")
    report = journal.collections.take_in(folder / "a.json")
    assert report.new == 1 and report.files == 0 and len(report.lost) >= 3


def test_cancelled_nothing_is_left(journal: Journal, tmp_path: Path) -> None:
    journal.entries.create("One")

    def check() -> None:
        raise Cancelled

    for format in ("html", "json"):
        with pytest.raises(Cancelled):
            journal.documents.write(
                tmp_path / f"a.{format}", format, journal.documents.choose(), check=check
            )
    assert [path for path in tmp_path.iterdir() if path.name.startswith(("a.", ".a"))] == []


PANDOC = """#!{python}
import sys
page = sys.stdin.buffer.read().decode()
assert "--sandbox" in sys.argv and "https://" not in page.split("</head>")[0]
if "FAIL" in page:
    sys.exit("it broke")
place = sys.argv[sys.argv.index("-o") + 1]
open(place, "wb").write(b"PK" + page.encode())
"""


@pytest.fixture
def pandoc(tmp_path: Path) -> Callable[[str], str | None]:
    """A stand-in for pandoc that checks how it is called."""
    if sys.platform == "win32":
        pytest.skip("a script cannot be called as a program here")
    file = tmp_path / "pandoc"
    file.write_text(PANDOC.format(python=sys.executable), "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return lambda _name: str(file)


def test_word_goes_through_pandoc_in_its_sandbox(
    journal: Journal, tmp_path: Path, pandoc: Callable[[str], str | None]
) -> None:
    entry = rich(journal)
    service = DocumentService(journal.store, pandoc=pandoc)
    target = tmp_path / "a.docx"
    service.write(target, "docx", [entry.id])
    text = target.read_bytes().decode()
    assert text.startswith("PK") and r"\(x^2\)" in text and "data:image/png" in text
    bad = journal.entries.create("FAIL")
    with pytest.raises(JournalError, match="it broke"):
        service.write(tmp_path / "b.docx", "docx", [bad.id])
    assert not (tmp_path / "b.docx").exists()


def test_without_pandoc_the_way_out_is_said(journal: Journal, tmp_path: Path) -> None:
    entry = journal.entries.create("One")
    service = DocumentService(journal.store, pandoc=lambda _name: None)
    with pytest.raises(JournalError, match="not installed") as error:
        service.write(tmp_path / "a.docx", "docx", [entry.id])
    assert "pandoc.org" in error.value.hint


def _locked_in() -> str:
    """What pandoc says to a document of one word in its sandbox; empty where it makes one."""
    words = ["pandoc", "--sandbox", "-f", "html", "-t", "docx", "-o", os.devnull]
    done = subprocess.run(words, input=b"<p>x</p>", capture_output=True, check=False)
    return done.stderr.decode() if done.returncode else ""


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_the_real_pandoc_makes_a_document(journal: Journal, tmp_path: Path) -> None:
    entry = rich(journal)
    target = tmp_path / "a.docx"
    if "data file" in _locked_in():  # as Debian builds it
        with pytest.raises(JournalError, match="while it is locked in") as told:
            journal.documents.write(target, "docx", [entry.id])
        assert "pandoc.org" in told.value.hint
        return
    journal.documents.write(target, "docx", [entry.id])
    assert target.read_bytes()[:2] == b"PK"


def test_a_place_that_cannot_be_written_is_told(journal: Journal, tmp_path: Path) -> None:
    entry = journal.entries.create("One")
    (tmp_path / "file").write_text("no folder", "utf-8")
    for format in ("html", "json"):
        with pytest.raises(JournalError, match="cannot be written"):
            journal.documents.write(tmp_path / "file" / f"a.{format}", format, [entry.id])
