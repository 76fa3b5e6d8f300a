"""Archives cannot escape, cannot burst, and are refused whole when one member is bad."""

from __future__ import annotations

import contextlib
import gzip
import io
import stat
import tarfile
import zipfile
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from journal_app.errors import JournalError
from journal_app.models.packs import pack_archive, pack_place
from journal_app.models.packs.pack_names import Unsafe, checked, checked_id, distinct, folded, slug

HOSTILE = [
    "../out",
    "a/../../out",
    "/etc/passwd",
    "//server/share",
    "C:/Windows/x",
    "C:x",
    "\\\\server\\share",
    "..\\out",
    "a\\..\\..\\out",
    "model.onnx:stream",
    "con",
    "NUL.txt",
    "a/COM1.onnx",
    "lpt¹",
    "aux .json",
    "a/ .json",
    "name.",
    "name ",
    "a//b",
    "./a/./b",
    "a/",
    "",
    ".",
    "..",
    "a\x00b",
    "a\nb",
    "\u2028",
    "a\ud800",
    "x" * 300,
    "/".join("abcdefghijklmnopqrstu"),
    "what?.onnx",
    "<m>.onnx",
]
names = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(max_size=40),
    st.lists(
        st.sampled_from(["..", ".", "", "a", "B", "con", "nul.x", "c:", "é", "e\u0301", " ", "x."]),
        min_size=1,
        max_size=6,
    ).map("/".join),
)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_are_refused(name: str) -> None:
    with pytest.raises(Unsafe):
        checked(name)


@pytest.mark.parametrize(
    "name", ["model.onnx", "onnx/model_q4.onnx_data", "1_Pooling/config.json", "Größe-模型.json"]
)
def test_ordinary_names_pass(name: str) -> None:
    assert checked(name) == name


@settings(max_examples=1000, deadline=None)
@given(names)
def test_a_name_that_passes_stays_inside_everywhere(name: str) -> None:
    try:
        checked(name)
    except Unsafe:
        return
    posix, windows = PurePosixPath(name), PureWindowsPath(name)
    assert not posix.is_absolute() and not windows.is_absolute() and not windows.drive
    assert not windows.is_reserved() and ".." not in windows.parts and ".." not in posix.parts
    assert posix.parts == windows.parts and str(posix) == name


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(["a", "A", "a/b", "A/c", "é", "E\u0301", "ß", "SS", "b"]), max_size=5)
)
def test_names_that_pass_together_are_files_of_their_own(given_names: list[str]) -> None:
    try:
        distinct(given_names)
    except Unsafe:
        return
    seen = {folded(name) for name in given_names}
    assert len(seen) == len(set(given_names)) == len(given_names)
    assert not any(one != other and other.startswith(f"{one}/") for one in seen for other in seen)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_makes_an_id(text: str) -> None:
    assert checked_id(slug(text)) == slug(text)


def zipped(path: Path, members: list[tuple[str, bytes]]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo("placeholder")
            info.filename = name
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return path


def tarred(path: Path, members: list[tuple[str, bytes]], mode: str = "w:gz") -> Path:
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(names, st.binary(max_size=50)), min_size=1, max_size=4), st.booleans())
@example([("../out", b"x")], True)
@example([("model.onnx", b"x"), ("../out", b"x")], False)
def test_nothing_leaves_the_folder_whatever_the_names(
    tmp_path_factory: pytest.TempPathFactory, members: list[tuple[str, bytes]], as_zip: bool
) -> None:
    top = tmp_path_factory.mktemp("archive")
    folder = top / "deep" / "er" / "in"
    folder.mkdir(parents=True)
    try:
        path = (zipped if as_zip else tarred)(top / "a.bin", members)
    except (ValueError, OverflowError, UserWarning):
        return  # such an archive cannot even be written
    try:
        pack_archive.unpack(path, folder)
    except JournalError:
        assert not any(one.is_file() for one in folder.rglob("*"))  # refused before the first byte
    outside = [one for one in top.rglob("*") if one.is_file() and folder not in one.parents]
    assert outside == [path]


@pytest.mark.parametrize(
    "kind",
    [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE],
)
def test_links_and_devices_of_a_tar_are_refused(tmp_path: Path, kind: bytes) -> None:
    path = tmp_path / "a.tar"
    with tarfile.open(path, "w") as archive:
        info = tarfile.TarInfo("model.onnx")
        info.type, info.linkname = kind, "/etc/passwd"
        archive.addfile(info)
    refused(path, tmp_path, "a link, a device or a sparse file")


@pytest.mark.parametrize("mode", [stat.S_IFLNK, stat.S_IFCHR, stat.S_IFIFO])
def test_links_and_devices_of_a_zip_are_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        info = zipfile.ZipInfo("model.onnx")
        info.external_attr = (mode | 0o644) << 16
        archive.writestr(info, "/etc/passwd")
    refused(path, tmp_path, "a link or a device")


def refused(path: Path, top: Path, says: str) -> None:
    folder = top / "into"
    folder.mkdir()
    with pytest.raises(JournalError, match=says):
        pack_archive.unpack(path, folder)
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize(
    "members", [("a.json", "A.JSON"), ("é.json", "e\u0301.json"), ("a", "a/b")]
)
def test_members_that_would_be_one_file_are_refused(
    tmp_path: Path, members: tuple[str, str]
) -> None:
    both = [(name, b"{}") for name in members]
    refused(zipped(tmp_path / "a.zip", both), tmp_path, "some systems|a file and a folder")


def test_a_zip_bomb_is_refused_by_what_it_claims(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("model.onnx", bytes(100_000_000))])
    assert path.stat().st_size < 200_000
    refused(path, tmp_path, "claim to hold 100 MB")


def test_a_zip_that_lies_about_its_sizes_is_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("model.onnx", bytes(1_000_000))])
    data = bytearray(path.read_bytes())
    size = (1_000_000).to_bytes(4, "little")
    assert data.count(size) == 2
    path.write_bytes(bytes(data).replace(size, (1000).to_bytes(4, "little")))
    folder = tmp_path / "into"
    folder.mkdir()
    with pytest.raises(JournalError):
        pack_archive.unpack(path, folder)
    assert sum(one.stat().st_size for one in folder.iterdir()) <= 1_000_000


def test_members_of_a_zip_that_share_their_bytes_are_refused(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [(f"{n}.json", bytes(range(256)) * 40) for n in range(3)])
    with zipfile.ZipFile(path) as archive:
        first = archive.infolist()[0]
    data = path.read_bytes()
    start = data.index(b"PK\x01\x02")
    path.write_bytes(
        data[: data.index(b"PK\x03\x04", 4)] + _all_at_first(data[start:], first, start)
    )
    folder = tmp_path / "into"
    folder.mkdir()
    with pytest.raises(JournalError):
        pack_archive.unpack(path, folder)


def _all_at_first(directory: bytes, first: zipfile.ZipInfo, start: int) -> bytes:
    """The central directory with every member at the first one's place, and where it now begins."""
    made, at = bytearray(directory), 0
    while made[at : at + 4] == b"PK\x01\x02":
        made[at + 42 : at + 46] = first.header_offset.to_bytes(4, "little")
        lengths = [int.from_bytes(made[at + k : at + k + 2], "little") for k in (28, 30, 32)]
        at += 46 + sum(lengths)
    return bytes(made)


def test_a_tar_bomb_is_refused_before_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "a.tar.gz"
    with gzip.open(path, "wb", 9) as packed, tarfile.open(fileobj=packed, mode="w") as archive:
        info = tarfile.TarInfo("model.onnx")
        info.size = 400_000_000
        archive.addfile(info, _Zeros(info.size))
    refused(path, tmp_path, "more than its size allows|claim to hold")


class _Zeros(io.RawIOBase):
    def __init__(self, size: int) -> None:
        self._left = size

    def read(self, size: int = -1) -> bytes:
        size = min(self._left, size)
        self._left -= size
        return bytes(size)


def test_a_tar_whose_header_wants_much_memory_is_refused(tmp_path: Path) -> None:
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 60_000_000
    path = tmp_path / "a.tar.gz"
    with gzip.open(path, "wb", 1) as packed:
        packed.write(info.tobuf(tarfile.USTAR_FORMAT))
        packed.write(bytes(info.size))
    refused(path, tmp_path, "header in it is too large|cut off|cannot be unpacked")


def test_an_encrypted_zip_is_told(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("model.onnx", b"abc")])
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))
    refused(path, tmp_path, "encrypted")


@pytest.mark.parametrize("kind", ["zip", "tar.gz", "tar.xz"])
def test_a_cut_off_archive_is_told(tmp_path: Path, kind: str) -> None:
    members = [("model.onnx", bytes(range(256)) * 4000)]
    path = tmp_path / f"a.{kind}"
    if kind == "zip":
        zipped(path, members)
    else:
        tarred(path, members, f"w:{kind[4:]}")
    path.write_bytes(path.read_bytes()[:-400])
    folder = tmp_path / "into"
    folder.mkdir()
    with pytest.raises(JournalError, match="unpacked"):
        pack_archive.unpack(path, folder)


def test_a_name_that_comes_twice_is_refused(tmp_path: Path) -> None:
    path = tarred(tmp_path / "a.tar", [("a.json", b"1"), ("a.json", b"2")], "w")
    refused(path, tmp_path, "one file")


@example("zip", [(486, 2)])
@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["zip", "tar", "tar.gz"]),
    st.lists(st.tuples(st.integers(0, 2000), st.integers(0, 255)), min_size=1, max_size=6),
)
def test_a_damaged_archive_is_told_and_never_crashes(
    tmp_path_factory: pytest.TempPathFactory, kind: str, changes: list[tuple[int, int]]
) -> None:
    top = tmp_path_factory.mktemp("damaged")
    members = [("model.onnx", bytes(range(256))), ("deep/config.json", b"{}")]
    path = top / f"a.{kind}"
    if kind == "zip":
        zipped(path, members)
    else:
        tarred(path, members, f"w:{kind[4:]}")
    data = bytearray(path.read_bytes())
    for place, value in changes:
        data[place % len(data)] = value
    path.write_bytes(bytes(data))
    (top / "into").mkdir()
    pack_archive.is_archive(path)
    with contextlib.suppress(JournalError):
        pack_archive.unpack(path, top / "into")
    assert {one.name for one in top.iterdir()} == {path.name, "into"}


def test_pickles_stay_in_the_archive(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", [("model.onnx", b"x"), ("pytorch_model.bin", b"y")])
    folder = tmp_path / "into"
    folder.mkdir()
    pack_archive.unpack(path, folder)
    assert [one.name for one in folder.iterdir()] == ["model.onnx"]


def test_without_room_nothing_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = zipped(tmp_path / "a.zip", [("model.onnx", bytes(range(256)) * 8000)])
    usage = pack_place.shutil.disk_usage(tmp_path)
    monkeypatch.setattr(pack_place.shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    refused(path, tmp_path, "no room")
