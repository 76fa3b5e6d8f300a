"""HTML from other programs as Markdown: sanitized first, then freed of what word processors add.

Scripts, styles and everything that loads something go. Images that travel inside the HTML (`data:`)
are handed back to become attachments; those elsewhere become links, for nothing is fetched.
"""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag

LONGEST = 2 * 1024 * 1024  # characters; more is pasted as plain text
MOST_TAGS = 12_000  # the same: so much takes seconds in which other work waits
DEEPEST = 100  # tags inside each other; no page that a person wrote has more
IMAGES = 50
IMAGE_BYTES = 32 * 1024 * 1024
PLACE = "paste-image-"  # the address of the n-th image until it is an attachment

_TAGS = frozenset(
    "a abbr address article aside b blockquote br caption center cite code dd del details dfn div "
    "dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark "
    "nav ol p pre q s samp section small span strike strong sub summary sup table tbody td tfoot "
    "th thead tr tt u ul var".split()
)
_STRUCTURE = re.compile(
    r"<(?:a\s[^>]*href|table|ul|ol|h[1-6]|pre|blockquote|img|strong|em|b|i|code|dl|hr|kbd|del)\b",
    re.IGNORECASE,
)
_STYLED = re.compile(r"font-weight:\s*(?:bold|[6-9]00)|font-style:\s*italic", re.IGNORECASE)
_DATA_IMAGE = re.compile(r"data:image/(png|jpeg|jpg|gif|webp|bmp)((?:;[^,;]*)*),(.*)", re.DOTALL)
_LEVEL = re.compile(r"level(\d)")
_BULLET = re.compile(r"^\s*(?:[·•o§▪◦‣–-]|(\d+|[a-z])[.)])\s+")
_MARK = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:]*)")
_LONE = frozenset(
    "area base br col embed hr img input link meta p li td th tr dt dd option source track wbr "
    "thead tbody tfoot colgroup".split()
)
_BLANKS = re.compile(r"\n{3,}")


@dataclass(frozen=True, slots=True)
class Picture:
    """An image that came inside the HTML."""

    data: bytes
    name: str


@dataclass(frozen=True, slots=True)
class Converted:
    """Markdown, with `paste-image-N` where picture N belongs."""

    text: str
    pictures: tuple[Picture, ...] = ()


def says_more(html: str) -> bool:
    """Whether HTML has structure that its plain text lacks: links, lists, emphasis, a table."""
    return len(html) <= LONGEST and bool(_STRUCTURE.search(html) or _STYLED.search(html))


def convert(html: str) -> Converted | None:
    """The Markdown of a piece of HTML, None for one that is too large or too deep to be a text.

    Takes a while for a long one: call it in a worker.
    """
    if len(html) > LONGEST or html.count("<") > 2 * MOST_TAGS or _depth(html) > DEEPEST:
        return None
    soup = _soup(_sanitized(html))
    pictures: list[Picture] = []
    _unwrap_junk(soup)
    _style_to_tags(soup)
    _word_lists(soup)
    for image in soup.find_all("img"):
        _image(soup, image, pictures)
    _code_language(soup)
    return Converted(_markdown(soup), tuple(pictures))


def _depth(html: str) -> int:
    """How many tags are open at once, at most; those that need no end are not counted."""
    depth = deepest = 0
    for mark in _MARK.finditer(html):
        if mark.group(2).lower() in _LONE:
            continue
        depth = max(0, depth - 1) if mark.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _sanitized(html: str) -> str:
    import nh3

    # The fragment marks of the Windows clipboard: what lies outside is not what was copied.
    inside = re.search(r"<!--StartFragment-->(.*)<!--EndFragment-->", html, re.DOTALL)
    return nh3.clean(
        inside.group(1) if inside else html,
        tags=set(_TAGS),
        clean_content_tags={
            "script", "style", "title", "head", "iframe", "noscript", "template", "object", "svg",
            "math", "select", "button", "textarea", "xml",
        } - _TAGS,
        attributes={
            "*": {"class", "style"},
            "a": {"href"},
            "img": {"src", "alt"},
            "ol": {"start"},
            "td": {"colspan"},
            "th": {"colspan"},
        },
        filter_style_properties={"font-weight", "font-style", "text-decoration", "mso-list"},
        url_schemes={"http", "https", "mailto", "data"},
        url_relative="deny",
        link_rel=None,
    )  # fmt: skip


def _soup(html: str) -> BeautifulSoup:
    from bs4 import BeautifulSoup

    # Without a tag it warns that an address or the name of a file is no HTML: here it is a text.
    return BeautifulSoup(html if "<" in html else f"{html}<!-- -->", "html.parser")


def _classes(tag: Tag) -> str:
    found = tag.get("class")
    return " ".join(found) if isinstance(found, list) else str(found or "")


def _unwrap_junk(soup: BeautifulSoup) -> None:
    """Anchors of headings, prompts of notebooks, the `<b>` that Google Docs wraps everything in."""
    for link in soup.find_all("a"):
        href = str(link.get("href") or "")
        if link.get_text().strip() in ("¶", "#", "§") or "anchor-link" in _classes(link):
            link.decompose()
        elif not href.startswith(("http:", "https:", "mailto:")):
            link.unwrap()
    for part in soup.select(".jp-InputPrompt, .jp-OutputPrompt, .prompt"):
        part.decompose()
    for bold in soup.find_all(["b", "strong"]):
        if "font-weight:normal" in str(bold.get("style") or "").replace(" ", ""):
            bold.unwrap()


def _style_to_tags(soup: BeautifulSoup) -> None:
    """Word processors write bold and italic as styles."""
    for tag in soup.find_all(["span", "font"]):
        style = str(tag.get("style") or "").replace(" ", "").lower()
        wanted = [
            name
            for name, found in (
                ("strong", re.search(r"font-weight:(?:bold|[6-9]00)", style)),
                ("em", "font-style:italic" in style),
                ("del", "line-through" in style),
            )
            if found and tag.get_text().strip() and not tag.find_parent([name, "pre", "code"])
        ]
        if wanted:  # a rename costs nothing; taking a tag out looks through all its neighbours
            tag.name, tag.attrs = wanted[0], {}
        for name in wanted[1:]:
            tag.wrap(soup.new_tag(name))


def _word_lists(soup: BeautifulSoup) -> None:
    """Word's lists are paragraphs with a bullet typed in front."""
    for paragraph in soup.find_all("p"):
        style = str(paragraph.get("style") or "")
        if "MsoListParagraph" not in _classes(paragraph) and "mso-list" not in style:
            continue
        level = _LEVEL.search(style)
        text = paragraph.get_text()
        mark = _BULLET.match(text.replace("\xa0", " "))
        if mark is None:
            continue
        _cut_front(paragraph, mark.end())
        item, kind = soup.new_tag("li"), "ol" if mark.group(1) else "ul"
        outer = inner = soup.new_tag(kind)
        for _ in range(int(level.group(1)) - 1 if level else 0):
            nested = soup.new_tag(kind)
            inner.append(nested)
            inner = nested
        inner.append(item)
        paragraph.insert_before(outer)
        for child in list(paragraph.children):
            item.append(child)
        paragraph.decompose()
        before = outer.find_previous_sibling()
        if before is not None and before.name == kind and level and level.group(1) == "1":
            before.append(item)
            outer.decompose()


def _cut_front(tag: Tag, count: int) -> None:
    """Take the first `count` characters of the text away."""
    for piece in list(tag.find_all(string=True)):
        if count <= 0:
            return
        kept = str(piece)[count:]
        count -= len(str(piece))
        piece.replace_with(kept)


def _image(soup: BeautifulSoup, image: Tag, pictures: list[Picture]) -> None:
    source, words = str(image.get("src") or ""), str(image.get("alt") or "").strip()
    found = _DATA_IMAGE.fullmatch(source)
    if found is not None and len(pictures) < IMAGES and len(source) < 2 * IMAGE_BYTES:
        try:
            packed = ";base64" in found.group(2)
            data = base64.b64decode(found.group(3)) if packed else unquote_to_bytes(found.group(3))
        except (binascii.Error, ValueError):
            data = b""
        if data and len(data) <= IMAGE_BYTES:
            image.attrs = {"src": f"{PLACE}{len(pictures)}", "alt": words}
            kind = found.group(1).replace("jpeg", "jpg")
            pictures.append(Picture(data, f"pasted-{len(pictures) + 1}.{kind}"))
            return
    if source.startswith(("http:", "https:")) and not image.find_parent("a"):
        link = soup.new_tag("a", href=source)
        link.string = words or source.rsplit("/", 1)[-1] or "image"
        image.replace_with(link)
    elif words:
        image.replace_with(words)
    else:
        image.decompose()


def _code_language(soup: BeautifulSoup) -> None:
    """Where a page says the language of its code, the fence says it too."""
    for block in soup.find_all("pre"):
        near = [block, block.find("code"), block.parent]
        words = " ".join(_classes(tag) for tag in near if tag is not None)
        named = re.search(
            r"(?:language|lang|highlight-source|brush:)[-:]?\s?([\w+#-]{1,20})", words
        )
        block.attrs = {"data-language": named.group(1).lower()} if named else {}


def _markdown(soup: BeautifulSoup) -> str:
    from markdownify import ATX, MarkdownConverter

    for cell in soup.find_all(["td", "th"]):
        for piece in list(cell.find_all(string=True)):
            if "|" in piece:
                piece.replace_with(str(piece).replace("|", "\\|"))

    def language(tag: Tag) -> str:
        return str(tag.get("data-language") or "")

    text = MarkdownConverter(
        heading_style=ATX,
        bullets="-",
        escape_underscores=False,  # within a word they mean nothing in Markdown
        newline_style="BACKSLASH",
        code_language_callback=language,
        table_infer_header=True,
        keep_inline_images_in=["td", "th", "a", "li", "h1", "h2", "h3", "h4", "p"],
    ).convert_soup(soup)
    lines = [line.rstrip() for line in text.replace("\xa0", " ").splitlines()]
    return _BLANKS.sub("\n\n", "\n".join(lines)).strip("\n")
