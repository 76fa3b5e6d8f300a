"""Pictures: real files of each kind, with and without what they tell of their maker."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from journal_app.domain.entry import Attachment
from journal_app.domain.preflight import Finding
from journal_app.domain.preflight.images import check
from journal_app.domain.preflight.picture_files import look
from journal_app.domain.preflight.subject import Subject

CAMERA, GPS, LATITUDE, LONGITUDE = 0x0110, 0x8825, 2, 4
PLACE = {1: "N", LATITUDE: (52.0, 31.0, 0.0), 3: "E", LONGITUDE: (13.0, 24.0, 0.0)}


def picture(kind: str, size: tuple[int, int] = (40, 30), *, gps: bool = False) -> bytes:
    made = Image.new("RGB", size, (10, 200, 30))
    exif = Image.Exif()
    if gps:
        exif[CAMERA] = "Phone 9"
        exif.get_ifd(GPS).update(PLACE)
    out = io.BytesIO()
    made.save(out, kind, **({"exif": exif} if gps else {}))
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WebP"])
def test_sizes_are_read_from_the_header(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "p"
    file.write_bytes(picture(kind, (123, 45)))
    found = look(file)
    assert found is not None
    assert (found.format, found.width, found.height) == (kind, 123, 45)
    assert not found.position


def test_lossless_webp_and_svg(tmp_path: Path) -> None:
    out = io.BytesIO()
    Image.new("RGB", (321, 21)).save(out, "WebP", lossless=True)
    file = tmp_path / "p"
    file.write_bytes(out.getvalue())
    found = look(file)
    assert found is not None and (found.width, found.height) == (321, 21)
    file.write_text("<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>")
    found = look(file)
    assert found is not None and found.format == "SVG"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WebP"])
def test_a_position_in_exif_is_found(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "p"
    file.write_bytes(picture(kind, gps=True))
    found = look(file)
    assert found is not None
    assert found.position
    assert found.tells == ("camera",)
    assert (found.width, found.height) == (40, 30)


@given(st.binary(max_size=200), st.integers(0, 400))
def test_broken_files_are_no_pictures_and_no_crash(
    tmp_path_factory: pytest.TempPathFactory, noise: bytes, cut: int
) -> None:
    file = tmp_path_factory.getbasetemp() / "broken"
    for kind in ("PNG", "JPEG", "WebP"):
        data = picture(kind, gps=True)
        file.write_bytes(data[:cut] + noise + data[cut + len(noise) :])
        look(file)
    file.write_bytes(noise)
    look(file)


def _post(tmp_path: Path, data: bytes, words: str = "A curve", name: str = "p.jpg") -> Subject:
    sha = hashlib.sha256(data).hexdigest()
    path = f"attachments/{sha[:2]}/{sha}.jpg"
    (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / path).write_bytes(data)
    file = Attachment(sha, name, path, "image/jpeg", len(data))
    return Subject("x", "T", f"Text.\n\n![{words}]({path})", attachments=(file,), root=tmp_path)


def _found(subject: Subject) -> list[tuple[str, str]]:
    return [(one.code, one.level) for one in check(subject)]


def test_a_fine_picture_has_nothing_to_tell(tmp_path: Path) -> None:
    assert _found(_post(tmp_path, picture("JPEG"))) == []


def test_the_position_of_a_picture_is_an_error_that_names_it(tmp_path: Path) -> None:
    found = list(check(_post(tmp_path, picture("JPEG", gps=True))))
    assert [(one.code, one.level) for one in found] == [
        ("image-position", "error"),
        ("image-exif", "info"),
    ]
    assert "p.jpg" in found[0].what
    assert found[0].where == "line 3"


@pytest.mark.parametrize("words", ["", "p.jpg", "IMG_2041.jpeg"])
def test_alt_text_says_something(tmp_path: Path, words: str) -> None:
    assert ("alt-text", "warning") in _found(_post(tmp_path, picture("JPEG"), words))


def test_heavy_and_wide_pictures(tmp_path: Path) -> None:
    heavy = picture("JPEG") + b"\0" * 6_000_000
    assert _found(_post(tmp_path, heavy)) == [("image-size", "warning")]
    assert _found(_post(tmp_path, heavy + b"\0" * 15_000_000)) == [("image-size", "error")]
    assert _found(_post(tmp_path, picture("JPEG", (6100, 2)))) == [("image-wide", "warning")]


def test_pictures_that_readers_could_not_see(tmp_path: Path) -> None:
    subject = _post(tmp_path, picture("JPEG"))
    next((tmp_path / "attachments").rglob("*.jpg")).unlink()
    assert _found(subject) == [("image-missing", "error")]

    def of(text: str) -> list[Finding]:
        return list(check(Subject("x", "T", text, root=tmp_path)))

    assert [one.code for one in of("![a](plot.png)")] == ["image-missing"]
    assert [one.code for one in of("![a](/home/me/plot.png)")] == ["image-missing"]
    assert [one.code for one in of("![[plot.png]]")] == ["image-missing"]
    assert [one.code for one in of("![a](http://a.org/p.png)")] == ["image-http"]
    assert of("![a](https://a.org/p.png)") == []
