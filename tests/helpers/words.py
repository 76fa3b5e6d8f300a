"""Finds texts of the window that do not go through `tr`."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

# Which arguments of a call a user reads: positions and keywords.
SHOWN: dict[str, tuple[int | str, ...]] = {
    "label": (0,),
    "button": (0, "tip"),
    "Chip": (0,),
    "ElidedLabel": (0,),
    "PanelFrame": (0, 1),
    "set_meta": (0,),
    "EmptyState": (1, 2, 3),
    "IconButton": (1,),
    "QLabel": (0,),
    "QPushButton": (0,),
    "QCheckBox": (0,),
    "QRadioButton": (0,),
    "QAction": (0, 1),
    "QMenu": (0,),
    "addMenu": (0,),
    "addAction": (0, 1),
    "addItem": (0,),
    "addButton": (0,),
    "addRow": (0,),
    "addTab": (1,),
    "setText": (0,),
    "set_text": (0,),
    "setTitle": (0,),
    "setToolTip": (0,),
    "setStatusTip": (0,),
    "setAccessibleName": (0,),
    "setAccessibleDescription": (0,),
    "setPlaceholderText": (0,),
    "setInformativeText": (0,),
    "setWindowTitle": (0,),
    "setPrefix": (0,),
    "setSuffix": (0,),
    "announce": (1,),
    "tell": (0, 1, 2, 3),
    "start": (0,),
    "emit": (0,),
    "search_field": (0,),
    "row_list": (0,),
    "getExistingDirectory": (1,),
    "getOpenFileName": (1, 3),
    "getOpenFileNames": (1, 3),
    "getSaveFileName": (1, 3),
    "showMessage": (0, 1),
}
WRAPPED = ("tr", "trn", "later")
PROGRAM = "Field Journal"
# Names are the same in every language, and so are the portable words for keys.
NAMES = frozenset(
    "Field Journal|Markdown|Hugo|Jekyll|Python|Pygments|Lucide|Noto Sans|DejaVu Sans"
    "|Inter|Microsoft YaHei UI|PingFang SC|Noto Sans CJK SC|Noto Sans SC|Esc|Tab|Return".split("|")
)
_WORD = re.compile(r"[^\W\d_]{2}")
_SENTENCE = re.compile(
    r"[A-Z][a-z’']*(?: [\w“”’'.,:;-]+)+"  # words that begin like a sentence
    r"|[a-z]{2,} [a-z]{2,} [a-z]{2,}"  # a part of a sentence
    r"|… [a-z]{3,}|[a-z]{3,} …"  # words around something calculated
)
_ONE = re.compile(r"[A-Z][a-z]{2,}(?: ?…|[.:])?")  # such as a heading or a button
_MARKUP = re.compile(r"\s*<|[^{]*\{ ?[a-z-]+:|(?:Ctrl|Alt|Shift|Meta)\+\w+$")
_PROGRAM = re.compile(r"[a-z]+(?:[._:/-](?:[a-z]+|…))*|[A-Z]+(?:[+-][A-Z0-9]+)*")


def bare(source: str) -> Iterator[tuple[int, str]]:
    """(line, text) of every text in a module that a user reads and no translator sees."""
    tree = ast.parse(source)
    quiet = _quiet(tree)
    seen: set[int] = set()
    passed: set[int] = set()  # handed to a call that shows nothing: a name, not a word
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = _name(node)
            if name not in ("__init__", "enumerate", "zip"):
                passed |= {id(part) for part in node.args}
            for wanted in SHOWN.get(name, ()):
                for part in _argument(node, wanted):
                    for text in _texts(part):
                        if id(text) not in quiet and _shown(_plain(text), name):
                            seen.add(id(text))
                            yield text.lineno, _plain(text)
    for node in ast.walk(tree):
        text = isinstance(node, ast.Constant | ast.JoinedStr)
        if not text or id(node) in quiet | seen or _plain(node) in NAMES:
            continue
        words = _plain(node).replace(PROGRAM, "")
        whole = _SENTENCE.search(words) and not _MARKUP.match(words)
        if whole or (_ONE.fullmatch(words) and id(node) not in passed):
            yield node.lineno, words


def _quiet(tree: ast.AST) -> set[int]:
    """Nodes that are translated, or that nobody reads: docstrings, errors of the code, parts."""
    quiet: set[int] = set()

    def silence(node: ast.AST) -> None:
        quiet.update(id(inner) for inner in ast.walk(node))

    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node) in WRAPPED:
            for argument in node.args:
                silence(argument)
        elif isinstance(node, ast.Call) and _name(node) in (
            "Action",
            "compile",
            "setStyleSheet",
            "setObjectName",
        ):
            silence(node)
        elif isinstance(node, ast.Subscript):  # a type that is known later
            silence(node.slice)
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if key is not None:  # what is looked up by is not shown
                    silence(key)
                if key is not None and ast.unparse(key).startswith("Qt.Key"):
                    silence(value)
        elif isinstance(node, ast.JoinedStr):
            for part in node.values:
                if isinstance(part, ast.Constant):
                    quiet.add(id(part))
        elif isinstance(node, ast.Raise) or (
            isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        ):
            silence(node)
    return quiet


def _name(call: ast.Call) -> str:
    func = call.func
    return func.id if isinstance(func, ast.Name) else getattr(func, "attr", "")


def _argument(call: ast.Call, wanted: int | str) -> list[ast.expr]:
    if isinstance(wanted, int):
        return [call.args[wanted]] if wanted < len(call.args) else []
    return [keyword.value for keyword in call.keywords if keyword.arg == wanted]


def _texts(node: ast.expr) -> Iterator[ast.expr]:
    """The texts that an argument may be; what is calculated or looked up is none."""
    if isinstance(node, ast.Constant | ast.JoinedStr):
        yield node
    elif isinstance(node, ast.IfExp):
        yield from _texts(node.body)
        yield from _texts(node.orelse)
    elif isinstance(node, ast.BoolOp):
        for part in node.values:
            yield from _texts(part)
    elif isinstance(node, ast.BinOp):
        yield from _texts(node.left)
        yield from _texts(node.right)
    elif isinstance(node, ast.Tuple | ast.List):
        for part in node.elts:
            yield from _texts(part)
    elif isinstance(node, ast.Starred):
        yield from _texts(node.value)


def _plain(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(
            part.value if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    return ""


def _shown(text: str, call: str) -> bool:
    """Whether a text says something in words; keys of the program such as `fail` do not."""
    if not _WORD.search(text.replace(PROGRAM, "")):
        return False
    if text in NAMES or not _WORD.search(text) or _MARKUP.match(text):
        return False
    loose = call in ("tell", "emit", "start", "addAction", "QAction") or ":" in text
    return not (loose and _PROGRAM.fullmatch(text))
