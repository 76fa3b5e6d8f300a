"""PDF: pages, text, pictures, and nothing read from outside the journal."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from journal_app.domain.markdown import attachment_path
from journal_app.gui import pdf
from journal_app.journal import Journal
from tests.hostile.corpus import ALL
from tests.services.test_documents import HOSTILE, rich

pypdf = pytest.importorskip("pypdf")


def words(path: Path) -> str:
    """The text of a PDF without its spaces, which extraction puts anywhere."""
    text = "".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
    return re.sub(r"\s+", "", text)


def test_text_pictures_formulas_and_page_numbers(
    qapp: QApplication, journal: Journal, tmp_path: Path
) -> None:
    entry = rich(journal)
    target = tmp_path / "a.pdf"
    seen: list[tuple[int, int]] = []
    missing = pdf.write(
        journal, [entry.id], target, progress=lambda done, total: seen.append((done, total))
    )
    reader = pypdf.PdfReader(target)
    assert len(reader.pages) == 1 and seen == [(1, 1)]
    assert missing == ["attachments/ab/gone.png"]
    assert len(reader.pages[0].images) >= 2  # the attachment and the formula
    text = words(target)
    for part in ("Sweep", "code", "学习率", "x=1", "Foot.", "#lr", "Page1of1"):
        assert part in text, part
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == (595, 842)


def test_every_entry_begins_a_page_and_letter_is_letter(
    qapp: QApplication, journal: Journal, tmp_path: Path
) -> None:
    long = "\n\n".join(f"Paragraph {n} of a long text about the loss." for n in range(120))
    ids = [journal.entries.create(f"# {name}\n\n{long}").id for name in ("First", "Second")]
    ids.append(journal.entries.create("Third, without a heading").id)
    target = tmp_path / "a.pdf"
    pdf.write(journal, ids, target, paper="letter")
    reader = pypdf.PdfReader(target)
    starts = [re.sub(r"\s+", "", page.extract_text())[:6] for page in reader.pages]
    assert "Third," in starts[-1] and any(start.startswith("Second") for start in starts[1:])
    assert len(reader.pages) >= 7
    assert "Paragraph119" in words(target)
    assert round(reader.pages[0].mediabox.width) == 612


def test_hostile_texts_read_nothing_but_attachments(
    qapp: QApplication, journal: Journal, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [HOSTILE, *(text for _, text in ALL if text.strip() and len(text) < 2000)]
    ids = [journal.entries.create(text).id for text in texts]
    read: list[str] = []
    monkeypatch.setattr(pdf.images, "read", lambda _folder, path, _wide: read.append(path) or "no")
    pdf.write(journal, ids, tmp_path / "a.pdf")
    assert all(attachment_path(path) == path for path in read)
    assert len(pypdf.PdfReader(tmp_path / "a.pdf").pages) >= len(ids)


def test_a_place_that_cannot_be_written_is_an_error(
    qapp: QApplication, journal: Journal, tmp_path: Path
) -> None:
    entry = journal.entries.create("One")
    with pytest.raises(OSError, match=r"written|No such file"):
        pdf.write(journal, [entry.id], tmp_path / "none" / "a.pdf")


@pytest.mark.skipif(os.name != "posix", reason="the limit on a file's size is of POSIX")
def test_a_pdf_that_does_not_fit_is_an_error_and_leaves_nothing(
    qapp: QApplication, journal: Journal, tmp_path: Path
) -> None:
    import resource

    entry = rich(journal)
    target = tmp_path / "a.pdf"
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2000, before[1]))  # as a full disk
    try:
        with pytest.raises(OSError, match="cut short"):
            pdf.write(journal, [entry.id], target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list(tmp_path.glob("*.pdf")) == [] == list(tmp_path.glob(".*partial"))
