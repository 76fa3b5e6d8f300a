"""Pictures: there, described, of a sane size, and telling nothing of where they were taken."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from journal_app.domain import links
from journal_app.domain.markdown_links import attachment_path
from journal_app.domain.preflight import Finding, mark
from journal_app.domain.preflight.picture_files import Picture, look
from journal_app.domain.preflight.subject import Place, Subject

HEAVY, TOO_HEAVY = 5_000_000, 20_000_000  # bytes
WIDE = 6000  # pixels
_ENDINGS = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".bmp", ".tif", ".tiff", ".avif")


def check(subject: Subject) -> Iterator[Finding]:
    """What is wrong with the pictures of a post, each file judged once."""
    names = {file.path: file.name for file in subject.attachments}
    files = {file.name: file.path for file in subject.attachments}
    seen: set[str] = set()
    shown = [place for place in subject.places if place.picture]
    for mention in links.mentions(subject.body):
        if mention.file and mention.name not in files:
            yield Finding(
                "image-missing",
                "error",
                f"The file {mention.name} is shown, and the post has no file of that name.",
                subject.where(mention.start),
                "Attach it, or take it out of the text.",
            )
    for place in shown:
        path = attachment_path(place.address)
        name = names.get(path or "", place.address)
        if path is not None and path.endswith((".csv", ".tsv")):
            continue  # shown as a table
        if not _said(place.words, name):
            yield Finding(
                "alt-text",
                "warning",
                f"The picture {name} has no description for those who cannot see it.",
                f"line {place.line}",
                "Write what it shows between the brackets: ![words](…).",
                mark("alt-text", place.address),
            )
        if path is None:
            yield from _elsewhere(place)
        elif path not in seen:
            seen.add(path)
            yield from file_findings(subject.root / path, name, f"line {place.line}")


def _elsewhere(place: Place) -> Iterator[Finding]:
    if place.address.lower().startswith(("https://", "data:image/")):
        return
    if place.address.lower().startswith("http://"):
        yield Finding(
            "image-http",
            "warning",
            f"The picture {place.address} comes over http: browsers leave it out of https pages.",
            f"line {place.line}",
            "Use its https address, or attach the file.",
        )
        return
    yield Finding(
        "image-missing",
        "error",
        f"The picture {place.address} is not an attachment: readers could not see it.",
        f"line {place.line}",
        "Drop the file into the post's editor, or use a https address.",
    )


def file_findings(path: Path, name: str, where: str) -> Iterator[Finding]:
    """What is wrong with the file of one picture."""
    try:
        size = path.stat().st_size
        picture = look(path)
    except OSError:
        yield Finding(
            "image-missing",
            "error",
            f"The file of the picture {name} is not there.",
            where,
            "Attach it again, or take it out of the text. `journal check` lists lost files.",
        )
        return
    if size > HEAVY:
        far = size > TOO_HEAVY
        yield Finding(
            "image-size",
            "error" if far else "warning",
            f"The picture {name} has {size / 1e6:.1f} MB: "
            + ("too much for a page." if far else "readers on a phone wait for it."),
            where,
            "Save it smaller: 1,600 pixels wide is enough for most pages.",
            mark("image-size", path.name),
        )
    if picture is None:
        yield Finding(
            "image-broken",
            "warning",
            f"{name} does not look like a picture: it may be broken, or of a rare format.",
            where,
            "Open it to see; PNG, JPEG, GIF, WebP and SVG are shown everywhere.",
        )
    else:
        yield from _content(picture, path, name, where)


def _content(picture: Picture, path: Path, name: str, where: str) -> Iterator[Finding]:
    if picture.width > WIDE:
        yield Finding(
            "image-wide",
            "warning",
            f"The picture {name} is {picture.width:,} pixels wide.",
            where,
            "Make it narrower: no screen shows that many.",
        )
    if picture.position:
        yield Finding(
            "image-position",
            "error",
            f"The picture {name} tells where it was taken (GPS position in its EXIF).",
            where,
            "Save a copy without it: export it anew, or `exiftool -gps:all= FILE`.",
            mark("image-position", path.name),
        )
    if picture.tells:
        yield Finding(
            "image-exif",
            "info",
            f"The picture {name} tells its readers: {', '.join(picture.tells)}.",
            where,
            "Export it without EXIF if they should not know.",
        )


def _said(words: str, name: str) -> bool:
    """Whether an alt text says something: not empty, and not the name of the file."""
    bare = words.strip()
    return bool(bare) and bare.lower() != name.lower() and not bare.lower().endswith(_ENDINGS)
