"""Reading a site's own settings without running them.

Python settings are read as literals, JavaScript only by the shape of single lines. What cannot be
read is as if it were not there: the user's own --content and --url stand above it.
"""

from __future__ import annotations

import ast
import json
import re
import tomllib
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Any

import yaml

from journal_app.publish.sites.tree import Tree

LARGEST = 1_000_000  # characters: settings are short


class _Loader(yaml.SafeLoader):
    """Plain YAML in which unknown tags (MkDocs has `!!python/name:…`) are nothing."""


_Loader.add_multi_constructor("", lambda _loader, _tag, _node: None)


def parsed(tree: Tree, path: str) -> dict[str, Any]:
    """The settings in a TOML, YAML, JSON or Python file; empty where there are none."""
    text = source(tree, path)
    if not text:
        return {}
    try:
        if path.endswith(".toml"):
            found: Any = tomllib.loads(text)
        elif path.endswith(".json"):
            found = json.loads(text)
        elif path.endswith(".py"):
            found = _literals(text)
        else:
            found = yaml.load(text, _Loader)
    except (ValueError, SyntaxError, yaml.YAMLError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def first(tree: Tree, paths: Iterable[str]) -> dict[str, Any]:
    """The settings in the first of these files that has some."""
    return next((found for path in paths if (found := parsed(tree, path))), {})


def source(tree: Tree, path: str) -> str:
    """A file as text; empty where there is none or it is no settings file."""
    data = tree.read(PurePosixPath(path)) or b""
    return "" if len(data) > LARGEST else data.decode("utf-8-sig", "replace")


def present(tree: Tree, paths: Iterable[str]) -> bool:
    """Whether one of these files is there."""
    return any(tree.read(PurePosixPath(path)) is not None for path in paths)


def text(values: dict[str, Any], *names: str) -> str:
    """A string below `names`; empty where there is none."""
    found: Any = values
    for name in names:
        found = found.get(name) if isinstance(found, dict) else None
    return found.strip() if isinstance(found, str) else ""


def lowered(values: dict[str, Any]) -> dict[str, Any]:
    """The same with keys in lower case, for generators that do not care."""
    return {str(key).lower(): value for key, value in values.items()}


def _literals(code: str) -> dict[str, Any]:
    """The names that a Python file sets to literals at its outermost level."""
    found: dict[str, Any] = {}
    for node in ast.parse(code).body:
        if isinstance(node, ast.Assign):
            targets, value = node.targets, node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            targets, value = [node.target], node.value
        else:
            continue
        for target in targets:
            if not isinstance(target, ast.Name):
                continue
            try:
                found[target.id] = ast.literal_eval(value)
            except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
                found.pop(target.id, None)
    return found


def without_comments(code: str) -> str:
    """JavaScript without its comments (strings with // in them keep theirs)."""
    return re.sub(
        r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|//[^\n]*|/\*.*?\*/""",
        lambda m: m[1] or " ",
        code,
        flags=re.DOTALL,
    )


def quoted(code: str, name: str) -> str:
    """The string that a JavaScript object gives `name`: `site: "https://…"`."""
    found = re.search(rf"""(?<![\w.$]){re.escape(name)}\s*:\s*["'`]([^"'`\n$]*)["'`]""", code)
    return found[1].strip() if found else ""
