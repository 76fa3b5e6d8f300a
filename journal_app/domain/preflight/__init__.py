"""Checks of a post before it is approved and again before it is sent: what each of them found.

Every check is a pure function of its own module; what must be asked outside (the network, files,
the database) is handed in. A finding has an `id` that stays the same while the finding is about
the same thing, so that the user can take it upon themselves by name (`--allow ID`).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from journal_app.errors import JournalError

Level = Literal["error", "warning", "info", "ok"]
LEVELS: tuple[Level, ...] = ("error", "warning", "info", "ok")

# What no wish of the user makes right: the target would refuse it or show something broken.
FIRM = frozenset({"image-missing", "front-matter", "gate"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of a report.

    `code` is the kind of finding; `what` says what was found, `where` in which place of the post
    ("line 12"), `hint` the way out. `id` is short and stable; made of code and words if
    not given.
    """

    code: str
    level: Level
    what: str
    where: str = ""
    hint: str = ""
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", mark(self.code, self.what))


def mark(code: str, *about: str) -> str:
    """The id of a finding: eight hexadecimal digits of what it is about, whatever line that is."""
    return hashlib.sha256("\0".join((code, *about)).encode()).hexdigest()[:8]


@dataclass(frozen=True, slots=True)
class Report:
    """What all checks found, errors first."""

    findings: tuple[Finding, ...] = ()

    def errors(self, allowed: Collection[str] = ()) -> tuple[Finding, ...]:
        """The errors that still stand in the way. `allowed` are ids that the user takes upon
        themselves; a missing image, invalid front matter and gates cannot be allowed."""
        return tuple(
            one
            for one in self.findings
            if one.level == "error" and (one.code in FIRM or one.id not in allowed)
        )

    def ok(self, allowed: Collection[str] = ()) -> bool:
        """Whether nothing stands in the way."""
        return not self.errors(allowed)


def report(findings: Iterable[Finding]) -> Report:
    """A report of findings: errors first, each id once."""
    kept: dict[str, Finding] = {}
    for one in findings:
        kept.setdefault(one.id, one)
    return Report(tuple(sorted(kept.values(), key=lambda one: LEVELS.index(one.level))))


class PreflightFailed(JournalError):
    """A post may not go out as it is; `report` says all that was found."""

    def __init__(self, report: Report, allowed: Collection[str] = ()) -> None:
        errors = report.errors(allowed)
        first = errors[0]
        more = f" And {len(errors) - 1} more in its way." if len(errors) > 1 else ""
        where = f" ({first.where})" if first.where else ""
        ways = [first.hint] if first.hint else []
        if first.code not in FIRM:
            ways.append(f"If that is meant to be so: --allow {first.id}.")
        super().__init__(f"{first.what}{where}{more}", " ".join(ways))
        self.report = report
