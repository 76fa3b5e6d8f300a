"""What tells of a person or a computer: paths, mail addresses, phone numbers, names of machines."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Collection, Iterator
from dataclasses import replace

from journal_app.domain.preflight import Finding, Level, mark
from journal_app.domain.preflight.subject import Subject

# Names that stand for anybody in examples and on rented machines.
ANYBODY = frozenset(
    "user username you me name yourname your-name youruser someone somebody anyone alice bob carol "
    "foo bar x xxx jovyan runner ubuntu ec2-user vscode node app public shared default root admin "
    "user1 jdoe johndoe".split()
)
_START = r"(?<![\w.~:/\\$}\])-])"
_HOME = re.compile(
    _START + r"(?P<path>/(?:home|Users)/(?P<user>[\w.-]+)(?:/[\w.@+-]+)*)"
    r"|(?<![\w])(?P<win>[A-Za-z]:(?:\\{1,2}|/)Users(?:\\{1,2}|/)(?P<winuser>[\w.-]+)[^\s\"'`)<>]*)"
    r"|(?<![\w\\])(?P<file>file:///?[^\s\"'`)<>]+)"
)
_SHARE = re.compile(r"(?<![\w\\])\\\\[A-Za-z][\w.-]*\\[\w$.-]+(?:\\[\w$. -]*\w)*")
_OTHER = re.compile(
    _START + r"(?P<path>/(?:mnt|media|Volumes|scratch|nfs|gpfs|lustre|data\d*|workspace|private"
    r"|export|root)/[\w.@+-]+(?:/[\w.@+-]+)*)"
    r"|(?<![\w])(?P<win>[A-Za-z]:\\{1,2}(?!Users)[\w.-]+(?:\\{1,2}[\w.-]+)+)"
)
_MAIL = re.compile(
    r"(?<![\w.+/:@-])[A-Za-z0-9][\w.+-]*@(?P<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,})"
    r"(?![\w-])(?!:[\w/~])"
)
_NOBODY = re.compile(
    r"(?:.*\.)?example\.(?:com|org|net|edu)|.*\.(?:example|test|invalid|local)|users\.noreply\..*"
)
_PHONE = re.compile(
    r"(?<![\w.+/-])(?:\+\d{1,3}[ .\u00a0-]?(?:\(0?\d{1,4}\)[ .-]?)?\d{2,8}(?:[ .-]\d{2,8}){1,4}"
    r"|\+\d{10,14}|\(\d{3}\) ?\d{3}[-.]\d{4}|\d{3}-\d{3}-\d{4})(?![\w-]|\.\d)"
)
_IP = re.compile(r"(?<![\w.:-])(?:\d{1,3}\.){3}\d{1,3}(?![\w-]|\.\d)")
# Hosts and users with such names tell nothing.
_COMMON = ANYBODY | frozenset(
    "localhost local host computer laptop desktop server debian linux fedora arch windows macbook "
    "pc machine box workstation test build ci docker container main base model data train".split()
)


def check(
    subject: Subject, *, mails: Collection[str] = (), host: str = "", user: str = ""
) -> Iterator[Finding]:
    """`mails` may stand in posts; `host` and `user` are the names of this computer and its user."""
    allowed = {mail.strip().casefold() for mail in mails if mail.strip()}
    for finding, at in _found(subject.body, allowed, host, user):
        yield replace(finding, where=subject.where(at))
    for name, text in (("title", subject.title), ("description", subject.description)):
        for finding, _ in _found(text, allowed, host, user):
            yield replace(finding, where=name)


def _found(
    text: str, mails: Collection[str], host: str, user: str
) -> Iterator[tuple[Finding, int]]:
    taken: list[tuple[int, int]] = []
    for match in _HOME.finditer(text):
        name = match["user"] or match["winuser"] or ""
        taken.append(match.span())
        if name.casefold() in ANYBODY and name.casefold() != user.casefold():
            continue
        yield _path(match.group(), "error"), match.start()
    for match in _SHARE.finditer(text):
        if not _escapes(text, match):
            taken.append(match.span())
            yield _path(match.group(), "error"), match.start()
    for match in _OTHER.finditer(text):
        taken.append(match.span())
        yield _path(match.group(), "warning"), match.start()
    for match in _MAIL.finditer(text):
        taken.append(match.span())
        mail = match.group().casefold()
        if mail not in mails and not _NOBODY.fullmatch(match["host"].casefold()):
            yield (
                Finding(
                    "mail",
                    "warning",
                    f"The mail address {match.group()} stands in the post.",
                    hint="Take it out, or name it in the setting publish.mail if it may.",
                ),
                match.start(),
            )
    for match in _PHONE.finditer(text):
        yield (
            Finding(
                "phone",
                "warning",
                f"“{match.group()}” looks like a phone number.",
                hint="Take it out if it is somebody's.",
            ),
            match.start(),
        )
    yield from _addresses(text)
    yield from _names(text, host, user, taken)


def _path(path: str, level: Level) -> Finding:
    path = path.rstrip(".,;:")
    return Finding(
        "path",
        level,
        f"{path} is a place on a computer"
        + (" and names its user." if level == "error" and "home" in path.lower() else "."),
        hint="Write ~/…, a relative path, or only the file's name.",
    )


def _escapes(text: str, match: re.Match[str]) -> bool:
    """Whether the backslashes are TeX or a regular expression: `\\\\frac\\alpha`."""
    line = text[text.rfind("\n", 0, match.start()) + 1 : match.end()]
    return "$" in line or "\\begin" in text[max(0, match.start() - 500) : match.start()]


def _addresses(text: str) -> Iterator[tuple[Finding, int]]:
    for match in _IP.finditer(text):
        try:
            address = ipaddress.ip_address(match.group())
        except ValueError:
            continue
        # 127.0.0.1 and 0.0.0.0 stand in every manual; documentation has ranges of its own.
        inside = any(
            address in ipaddress.ip_network(net)
            for net in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10")
        )
        if inside:
            yield (
                Finding(
                    "private-address",
                    "warning",
                    f"{match.group()} is an address inside a private network.",
                    hint="Readers cannot reach it; write a name in its place.",
                ),
                match.start(),
            )


def _names(
    text: str, host: str, user: str, taken: list[tuple[int, int]]
) -> Iterator[tuple[Finding, int]]:
    for name, what in ((host.partition(".")[0], "this computer"), (user, "your account here")):
        if len(name) < 4 or name.casefold() in _COMMON:
            continue
        for match in re.finditer(rf"(?<![\w@/.-]){re.escape(name)}(?![\w/-])", text, re.IGNORECASE):
            if any(a <= match.start() < b for a, b in taken):
                continue
            yield (
                Finding(
                    "name",
                    "warning",
                    f"“{match.group()}” is the name of {what}.",
                    hint="Fine if it is meant; else take it out.",
                    id=mark("name", name.casefold()),
                ),
                match.start(),
            )
            break
