"""Front matter: written for each generator, read back to know our own files."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import Any

import yaml

KEY = "field_journal_key"
_HEAD = 65_536  # bytes in which our key must stand

_LINE = re.compile(rf"^(?:\.\. )?{KEY}: (\S+)$", re.MULTILINE | re.IGNORECASE)
_META = re.compile(rf'<meta name="{KEY}" content="([^"]*)">')


class Plain(str):
    """A value that is written as it is, without quotes: a date."""

    __slots__ = ()


class _Dumper(yaml.SafeDumper):
    pass


def _string(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    # Readers differ in what they take for numbers, symbols and dates: 1e3, :x, 1,000.
    safe = value[:1].isalpha() and value.isprintable()
    style = None if safe else '"' if not value.isprintable() else "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style)


_Dumper.add_representer(str, _string)


def block(fields: Iterable[tuple[str, Any]]) -> str:
    """YAML between two lines of hyphens. Fields that are None or empty lists are left out."""
    lines = []
    for name, value in fields:
        if value is None or value == [] or value == ():
            continue
        if isinstance(value, Plain):
            # Dates are written by hand: quoted, some themes take them for plain text.
            lines.append(f"{name}: {value}\n")
            continue
        kept = list(value) if isinstance(value, tuple) else value
        lines.append(
            yaml.dump(
                {name: kept}, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000
            )
        )
    return "---\n" + "".join(lines) + "---\n\n"


def key_of(data: bytes) -> str | None:
    """The key in a page's head, in any of the forms that we write; None where it is not ours."""
    text = data[:_HEAD].decode("utf-8", "replace").replace("\r\n", "\n")
    if text.startswith("---\n"):
        return _of_yaml(text)
    if text.startswith("<!--\n.. "):  # Nikola
        found = _LINE.search(text.partition("\n-->\n")[0])
        return found[1] if found else None
    if text.lower().startswith("<!doctype html>"):
        meta = _META.search(text.partition("</head>")[0])
        return html.unescape(meta[1]) if meta else None
    head, _, _ = text.partition("\n\n")  # Pelican
    found = _LINE.search(head) if re.match(r"[A-Za-z_]+: ", head) else None
    return found[1] if found else None


def _of_yaml(text: str) -> str | None:
    head, mark, _ = text.removeprefix("---\n").partition("\n---\n")
    if not mark:
        return None
    try:
        values = yaml.safe_load(head)
    except (yaml.YAMLError, ValueError):  # ValueError: a date that is none
        return None
    key = values.get(KEY) if isinstance(values, dict) else None
    return key if isinstance(key, str) else None
