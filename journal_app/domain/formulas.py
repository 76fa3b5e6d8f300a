r"""LaTeX formulas as SVG, without a network and without a browser.

Drawn by ziamath (STIX Two Math, glyphs as paths). A formula is untrusted text: definitions of
macros are refused because they can grow without end, and no command reads a file or makes a link.
Each nesting doubles the time of what is inside it (measured: 0.3 s at eight), so depth has a price.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from xml.etree import ElementTree

LONGEST = 1_000  # characters
DEAREST = 2_000  # signs, each counted twice for every nesting around it: about two seconds at most
WIDEST = 6_000  # pixels of a drawn formula

_REFUSED = re.compile(
    r"\\(?:def|gdef|edef|xdef|let|newcommand|renewcommand|providecommand|DeclareMathOperator"
    r"|newenvironment|input|include|includegraphics|href|url|html\w*|style|class|cssId|require"
    r"|catcode|write|read|openin|openout|csname|immediate|special)(?![A-Za-z])"
)
_SIGN = re.compile(r"\\[A-Za-z]+|\\.|\S", re.DOTALL)
_OPENS = frozenset(("{", r"\left", r"\begin"))
_CLOSES = frozenset(("}", r"\right", r"\end"))
_PAINT = re.compile(r'\b(?:fill|stroke)="(?!(?:#[0-9a-fA-F]{3,8}|[A-Za-z]{1,30})")')
_STRANGE = re.compile(
    r"<(?!/?(?:svg|path|rect|line|g|polygon|polyline|circle|ellipse)\b)|href|url\("
)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Formula:
    """A drawn formula. Sizes in pixels; `depth` is how far it reaches below the base line."""

    svg: str
    width: float
    height: float
    depth: float


@dataclass(frozen=True, slots=True)
class Unread:
    """A formula that cannot be drawn, and why in plain words."""

    reason: str


@lru_cache(maxsize=1024)
def draw(source: str, *, size: float, colour: str, display: bool) -> Formula | Unread:
    """A formula in a type size (pixels) and a colour (`#rrggbb`). Takes 5 to 50 ms for most."""
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"{colour!r} is not a colour like #23201b")
    refused = _refused(source)
    if refused:
        return Unread(refused)
    from latex2mathml import exceptions
    from ziamath.config import config
    from ziamath.zmath import Latex

    config.svg2 = False  # paths in place: Qt and word processors draw no <symbol>
    strange: tuple[type[Exception], ...] = tuple(
        kind
        for kind in vars(exceptions).values()
        if isinstance(kind, type) and issubclass(kind, Exception)
    )
    strange += (AssertionError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
    try:
        made = Latex(source, size=size, color=colour, inline=not display)
        svg = made.svg()
        width, height = made.getsize()
        depth = -made.getyofst()
    except ElementTree.ParseError:
        return Unread("It has a sign such as & or < in a place where none may stand.")
    except RecursionError:
        return Unread("It is nested too deeply.")
    except strange as error:
        return Unread(_words(error))
    if _PAINT.search(svg) or _STRANGE.search(svg):
        return Unread("It has a colour or a part that is not drawn.")
    if not (0 < width <= WIDEST and 0 < height <= WIDEST):
        return Unread("It is empty or too large.")
    return Formula(svg, width + 2, height + 2, max(0.0, depth + 1))


def _refused(source: str) -> str:
    if len(source) > LONGEST:
        return f"It is longer than {LONGEST:,} characters."
    if any(ord(sign) < 32 and sign not in "\n\t" for sign in source):
        return "It has control characters."
    if _price(source) > DEAREST:
        return "It is nested too deeply."
    match = _REFUSED.search(source)
    return f"{match.group()} is not drawn." if match else ""


def _price(source: str) -> int:
    price = depth = 0
    for sign in _SIGN.findall(source):
        if sign in _CLOSES:
            depth = max(0, depth - 1)
        price += 2 ** min(depth, 20)
        if sign in _OPENS or sign.startswith(r"\x"):  # \xrightarrow and its like take what follows
            depth += 1
    return price


def _words(error: BaseException) -> str:
    """What is wrong, from the name of the error: MissingEndError → "Missing end."."""
    name = type(error).__name__
    if name in ("AssertionError", "ValueError", "TypeError", "KeyError", "IndexError"):
        return "It is not complete, or has a command that is not known."
    parts = re.findall(r"[A-Z][a-z]+", name.removesuffix("Error"))
    return f"{' '.join(parts).capitalize()}."
