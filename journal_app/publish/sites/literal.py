"""Text that a generator would execute, made literal: what readers see is what the journal shows.

HTML is no concern here: `body.public_text` made it words before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from journal_app.domain import links
from journal_app.publish.body import Carried

Spans = Sequence[tuple[int, int]]

_KRAMDOWN = re.compile(r"(?<!\\)\{(?=:)")  # `{: onclick=…}` gives attributes to what is before it
# Attribute lists of Pandoc, Python-Markdown and markdown-it follow one of these, or a blank.
_ATTRIBUTES = re.compile(r"(?:(?<=[)\]`*_~^=+\s])|^)\{(?![{%])", re.MULTILINE)
_MATH = re.compile(r"\$\$.+?\$\$|(?<![\\$\w])\$(?=\S)[^$\n]*?(?<=\S)\$(?![\w$])", re.DOTALL)
_RUNS = re.compile(
    r"\{[^}\n]*\b(?:on\w+|href|src|srcdoc|style|action|formaction|data)\s*=", re.IGNORECASE
)


def outside_code(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` made to what is not code."""
    made: list[str] = []
    last = 0
    for start, end in sorted(links.code_spans(text)):
        made += [change(text[last:start]), text[start:end]]
        last = max(last, end)
    return "".join([*made, change(text[last:])])


def fences(text: str, change: Callable[[str], str]) -> str:
    """The text with `change` made to the info string of every fence that opens a code block."""
    made: list[str] = []
    last = 0
    for start, end in sorted(links.code_spans(text)):
        line_end = text.find("\n", start, end)
        stop = end if line_end < 0 else line_end
        found = re.match(r"([ \t>]*(?:[-*+][ \t]+|\d+[.)][ \t]+)*(?:`{3,}|~{3,}))(.*)",
                         text[start:stop])  # fmt: skip
        if found is None or start < last:
            continue
        made += [text[last:start], found[1], change(found[2])]
        last = stop
    return "".join([*made, text[last:]])


def no_attributes(text: str) -> str:
    """Lists of attributes (`{#id onclick=…}`) as words; formulas keep their braces."""

    def change(part: str) -> str:
        made: list[str] = []
        last = 0
        for math in _MATH.finditer(part):
            made += [_ATTRIBUTES.sub(r"\\{", part[last : math.start()])]
            made += [_RUNS.sub(lambda m: "\\" + m[0], math[0])]
            last = math.end()
        return "".join([*made, _ATTRIBUTES.sub(r"\\{", part[last:])])

    return outside_code(text, change)


def shown(text: str, files: Sequence[Carried], place: str) -> str:
    """The text with the public addresses of its files: `place` is put before their names."""
    for file in files:
        text = text.replace(file.reference, f"{place}{file.name}")
    return text


def for_hugo(text: str, files: Sequence[Carried]) -> str:
    """Pictures stand in the bundle; shortcodes in the text are shown, not run."""
    text = re.sub(r"\{\{([<%])(?!/\*)(.*?)([>%])\}\}", r"{{\1/*\2*/\3}}", text, flags=re.DOTALL)
    text = re.sub(r"\{\{([<%])(?!/\*)", r"{&#123;\1", text)  # an opening without its end
    return shown(no_attributes(text), files, "")


def for_jekyll(text: str, files: Sequence[Carried], folder: str) -> str:
    """Pictures stand in `folder`; Liquid in the text is shown, not run."""
    text = outside_code(text, lambda part: _KRAMDOWN.sub(r"\\{", part))
    raw = "{{" in text or "{%" in text
    if raw:
        text = re.sub(r"\{(%-?\s*endraw)", r'{% endraw %}{{ "{" }}{% raw %}\1', text)
    for file in files:
        # The base address of a project site is known to Jekyll alone.
        link = f'{{{{ "/{folder}/{file.name}" | relative_url }}}}'
        text = text.replace(file.reference, "{% endraw %}" + link + "{% raw %}" if raw else link)
    return "{% raw %}\n" + text + "{% endraw %}\n" if raw else text
