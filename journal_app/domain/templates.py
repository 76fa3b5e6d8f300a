"""Templates of entries: text with placeholders that are filled when it is used.

`{{date}} {{time}} {{weekday}} {{title}} {{run}} {{commit}}` become what they name;
`{{cursor}}` says where the caret goes. Any other pair of braces stays as it stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from journal_app.domain import capture
from journal_app.domain.entry import KINDS, title_of
from journal_app.errors import JournalError

TAG = "template"  # an entry with this tag is a template of the user's own
PLACEHOLDERS = ("date", "time", "weekday", "title", "run", "commit", "cursor")
_PLACE = re.compile(r"\{\{\s*(" + "|".join(PLACEHOLDERS) + r")\s*\}\}")
_OWN_TAG = re.compile(r"[ \t]*(?<!\S)#template(?![\w/-])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Template:
    """`name` is what one types, `title` what is shown. `entry_id` is set for the user's own."""

    name: str
    title: str
    kind: str
    text: str
    tags: tuple[str, ...] = ()
    about: str = ""
    entry_id: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A text ready to use; `caret` is where writing begins."""

    text: str
    caret: int


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """Fill the placeholders once: what a value itself holds is not looked at again."""
    parts: list[str] = []
    length, caret, last = 0, -1, 0
    for match in _PLACE.finditer(text):
        before = text[last : match.start()]
        name = match.group(1)
        if name == "cursor" and caret < 0:
            caret = length + len(before)
        value = "" if name == "cursor" else values.get(name, "")
        parts += [before, value]
        length += len(before) + len(value)
        last = match.end()
    parts.append(text[last:])
    whole = "".join(parts)
    return Filled(whole, len(whole) if caret < 0 else caret)


def read(name: str, source: str) -> Template:
    """A template file: `key: value` lines between two lines of ---, then the text."""
    head, body = {}, source
    lines = source.split("\n")
    if lines[0] == "---" and "---" in lines[1:]:
        end = lines.index("---", 1)
        head = {k.strip(): v.strip() for k, _, v in (line.partition(":") for line in lines[1:end])}
        body = "\n".join(lines[end + 1 :])
    kind = head.get("kind", "note")
    return Template(
        name,
        head.get("title", name),
        kind if kind in KINDS else "note",
        body.rstrip("\n") + "\n",
        tuple(head.get("tags", "").split()),
        head.get("about", ""),
    )


def own(entry_id: str, title: str, kind: str, body: str, tags: tuple[str, ...]) -> Template:
    """A template out of an entry of the user's: without the tag that makes it one, and without
    the first line where that is only its name."""
    text = _OWN_TAG.sub("", body)
    first, _, rest = text.lstrip("\n").partition("\n")
    if title_of(first) == title and "{{" not in first:
        text = rest.lstrip("\n")
    kept = tuple(tag for tag in tags if tag != TAG)
    return Template(name_of(title), title, kind, text, kept, "", entry_id)


def name_of(title: str) -> str:
    """The name under which a template is asked for: lower case, words joined by hyphens."""
    return "-".join(re.findall(r"\w+", title.lower())) or "template"


def find(templates: list[Template], name: str) -> Template:
    """The template called `name` (its name or its title; the user's own come first).

    Raises JournalError with the names there are.
    """
    wanted = name_of(name)
    for template in sorted(templates, key=lambda one: not one.entry_id):
        if wanted in (template.name, name_of(template.title)):
            return template
    raise JournalError(
        f"There is no template {name!r}.",
        "Templates: " + ", ".join(dict.fromkeys(one.name for one in templates)) + ".",
    )


def titled(template: Template, title: str, date: str) -> str:
    """The title of a new entry: what was asked for, else the template's name and the day."""
    return title.strip() or f"{template.title} {date}"


def stamped(body: str, line: str, time: str) -> str:
    """`body` with one more line that begins with the time: `- 14:08 text`."""
    text = capture.clean_text(line).strip()
    if not text:
        raise JournalError("There is nothing to keep: the text is empty.", "Write at least a word.")
    first, *more = text.splitlines()
    item = "\n".join([f"- {time} {first}", *(f"  {one}" if one.strip() else "" for one in more)])
    kept = body.rstrip("\n")
    last = kept.rsplit("\n", 1)[-1]
    if not kept:
        return item
    return f"{kept}\n{item}" if last.startswith(("- ", "  ")) else f"{kept}\n\n{item}"
