"""Jinja for templates of strangers: nothing outside is reached, and every rendering ends.

On top of Jinja's immutable sandbox: only listed filters and methods, loops and calls counted,
texts and numbers bounded, a limit in time. Measured need: Gemma 4's template, the longest looked
at, has 17 kB and takes some hundred steps a message.
"""

from __future__ import annotations

import json
import operator
import re
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from journal_app.errors import JournalError

if TYPE_CHECKING:
    from jinja2 import nodes

SOURCE_LIMIT = 200_000  # characters
TEXT_LIMIT = 2_000_000  # characters of one text, items of one list
MADE_LIMIT = 50_000_000  # characters and items of all texts and lists made on the way
STEPS = 200_000
SECONDS = 2.0
FILTERS = frozenset(
    """abs capitalize count d default dictsort e escape first float int items last length list
    lower map max min reject rejectattr reverse round safe select selectattr sort string sum title
    trim unique upper""".split()
)
METHODS = {
    str: frozenset(
        """startswith endswith strip lstrip rstrip split rsplit splitlines partition rpartition
        removeprefix removesuffix lower upper title capitalize replace find rfind index count
        isdigit isalpha isalnum isupper islower isspace""".split()
    ),
    dict: frozenset("get items keys values".split()),
    list: frozenset("index count".split()),
    tuple: frozenset("index count".split()),
}
_DATE = re.compile(r"(?:[^%]|%-?[A-Za-z%]){0,100}")


class Refused(Exception):
    """The template itself says that it cannot take these messages."""


class _Endless(Exception):
    """A limit was reached."""


class Template:
    """A compiled template. Raises JournalError where it is no template, or reaches outside."""

    def __init__(self, source: str, name: str) -> None:
        from jinja2 import TemplateError

        self._name = name
        if len(source) > SOURCE_LIMIT:
            raise self._bad(f"it has {len(source):,} characters")
        self._environment = _environment()
        try:
            tree = self._environment.parse(source)
            self._template = self._environment.from_string(_bounded(tree))
        except (TemplateError, RecursionError) as error:
            raise self._bad(str(error)) from error

    def _bad(self, why: str) -> JournalError:
        return JournalError(
            f"The chat template of {self._name} cannot be used: {why}.",
            "Get the pack from another source; a template only formats messages.",
        )

    def render(self, messages: Sequence[dict[str, str]], known: dict[str, str]) -> str:
        """Raises Refused where the template raises, JournalError where it does what it must not."""
        budget = self._environment.budget
        budget.start()
        try:
            parts = []
            for part in self._template.generate(
                messages=[dict(one) for one in messages],
                add_generation_prompt=True,
                enable_thinking=False,  # Qwen 3 and Gemma 4: answer at once
                tools=None,
                documents=None,
                **known,
            ):
                budget.room(len(part))
                parts.append(part)
        except (Refused, JournalError):
            raise
        except _Endless as error:
            raise self._bad(str(error)) from error
        # Whatever the stranger's program does wrong, as a division by zero, is its own fault.
        except Exception as error:
            raise self._bad(f"{type(error).__name__}: {str(error)[:200]}") from error
        return "".join(parts)


class Budget:
    """What a rendering may still use."""

    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """For a new rendering."""
        self._steps, self._made = STEPS, MADE_LIMIT
        self._end = time.monotonic() + SECONDS

    def step(self) -> None:
        """One turn of a loop or one call."""
        self._steps -= 1
        if self._steps < 0 or time.monotonic() > self._end:
            raise _Endless("it does not end")

    def room(self, length: int) -> None:
        """A text or list of this length is about to be made."""
        self._made -= length
        if length > TEXT_LIMIT or self._made < 0:
            raise _Endless("it makes too much text")

    def loop(self, values: Iterable[Any]) -> Iterator[Any]:
        """Go through `values`, counted."""
        for value in values:
            self.step()
            yield value

    def sized(self, value: Any) -> Any:
        """`value`, if there is room for it."""
        self.step()
        if isinstance(value, str | list | tuple | dict):
            self.room(len(value))
        elif isinstance(value, int) and value.bit_length() > 64:
            raise _Endless("its numbers have no end")
        return value

    def join(self, values: Iterable[Any], d: str = "", attribute: str | None = None) -> str:
        """The filter `join`."""
        pick = operator.itemgetter(attribute) if attribute else (lambda one: one)
        texts = []
        for value in self.loop(values):
            texts.append(str(pick(value)))
            self.room(len(texts[-1]) + len(d))
        return str(d).join(texts)

    def replace(self, value: Any, old: str, new: str, count: int = -1) -> str:
        """The filter and the method `replace`."""
        text, old, new = str(value), str(old), str(new)
        most = len(text) + 1 if not old else text.count(old)
        self.room(len(text) + most * len(new))
        return text.replace(old, new, count)

    def binop(self, kind: str, left: Any, right: Any) -> None:
        """Look at an operation before it is done."""
        self.step()
        numbers = (int, float)
        if kind == "*":
            for many, times in ((left, right), (right, left)):
                if isinstance(many, str | list | tuple) and isinstance(times, int):
                    self.room(len(many) * max(0, times))
        elif kind == "**":
            if isinstance(left, int) and isinstance(right, int) and right > 64:
                raise _Endless("its numbers have no end")
        elif kind == "%" and not isinstance(left, numbers):
            raise _Endless("it formats text by %")


def _bounded(tree: nodes.Template) -> nodes.Template:
    """Count every loop; look at the size of every text that is put together or filtered."""
    from jinja2 import nodes
    from jinja2.visitor import NodeTransformer

    def through(name: str, node: Any, lineno: int) -> nodes.Filter:
        return nodes.Filter(node, name, [], [], None, None, lineno=lineno)

    class Bounding(NodeTransformer):
        def visit_For(self, node: Any) -> Any:
            self.generic_visit(node)
            node.iter = through("counted", node.iter, node.lineno)
            return node

        def visit_Concat(self, node: Any) -> Any:
            self.generic_visit(node)
            return through("sized", node, node.lineno)

        def visit_AssignBlock(self, node: Any) -> Any:
            self.generic_visit(node)
            node.filter = through("sized", node.filter, node.lineno)
            return node

        def visit_Filter(self, node: Any) -> Any:
            inside = node.node is None  # of a block: the place of its text
            self.generic_visit(node)
            return node if inside else through("sized", node, node.lineno)

    bounded: nodes.Template = Bounding().visit(tree)
    return bounded


def _date(form: str) -> str:
    if not _DATE.fullmatch(form):
        raise _Endless("it asks for a date in an unknown form")
    return datetime.now().astimezone().strftime(form)


def _raise(message: str) -> None:
    raise Refused(message)


def _tojson(
    value: Any,
    ensure_ascii: bool = False,
    indent: int | None = None,
    separators: tuple[str, str] | None = None,
    sort_keys: bool = False,
) -> str:
    """As transformers': no HTML escapes."""
    indent = None if indent is None else min(int(indent), 8)
    return json.dumps(
        value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys
    )


def _environment() -> Any:
    from jinja2.ext import Extension, loopcontrols
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    class Generation(Extension):
        """`{% generation %}` marks the assistant's words for training: here a plain block."""

        tags = {"generation"}  # noqa: RUF012

        def parse(self, parser: Any) -> Any:
            parser.stream.expect("name:generation")
            return parser.parse_statements(["name:endgeneration"], drop_needle=True)

    class Environment(ImmutableSandboxedEnvironment):
        intercepted_binops = frozenset("+ - * / // % **".split())

        def __init__(self) -> None:
            super().__init__(
                trim_blocks=True, lstrip_blocks=True, extensions=[loopcontrols, Generation]
            )
            self.budget = Budget()

        def wrap_str_format(self, value: Any) -> None:
            """`str.format` is not offered: a width in its form makes any length of text."""

        def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
            for kind, methods in METHODS.items():
                if isinstance(obj, kind):
                    return attr in methods
            return super().is_safe_attribute(obj, attr, value)

        def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:
            __self.budget.step()
            owner = getattr(__obj, "__self__", None)
            if isinstance(owner, str) and getattr(__obj, "__name__", "") == "replace":
                return __self.budget.replace(owner, *args, **kwargs)
            return __self.budget.sized(super().call(__context, __obj, *args, **kwargs))

        def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
            self.budget.binop(operator, left, right)
            return self.budget.sized(super().call_binop(context, operator, left, right))

        def call_filter(self, name: str, value: Any, *args: Any, **kwargs: Any) -> Any:
            return self.budget.sized(super().call_filter(name, value, *args, **kwargs))

    made = Environment()
    budget = made.budget
    made.filters = {name: made.filters[name] for name in FILTERS}
    made.filters.update(tojson=_tojson, counted=budget.loop, sized=budget.sized, join=budget.join)
    made.filters["replace"] = budget.replace
    made.globals = {
        "range": made.globals["range"],
        "namespace": made.globals["namespace"],
        "dict": made.globals["dict"],
        "raise_exception": _raise,
        "strftime_now": _date,
    }
    return made
