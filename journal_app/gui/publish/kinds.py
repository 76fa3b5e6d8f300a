"""Kinds of places in words: icon, group, what a kind can do, how a place does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from journal_app.gui import dates
from journal_app.gui.language import later, tr
from journal_app.gui.publish.words import Face

if TYPE_CHECKING:
    from journal_app.domain.publishing import Target
    from journal_app.domain.retry import Health
    from journal_app.domain.targets import Abilities, Field
    from journal_app.services.targets import KindFacts

ICONS = {
    "folder": "folder",
    "git": "git-merge",
    "ghost": "newspaper",
    "wordpress": "globe",
    "micropub": "send",
    "devto": "code",
    "buttondown": "inbox",
    "mataroa": "notebook-pen",
    "webhook": "waypoints",
    "mastodon": "message-square-quote",
    "bluesky": "at-sign",
    "clipboard": "clipboard-type",
}
SITES = ("folder", "git")  # they write redirects where a post was renamed
SOCIAL = ("mastodon", "bluesky", "clipboard")
GROUPS: tuple[tuple[str, str], ...] = (
    ("site", later("Your own site")),
    ("service", later("Services and newsletters")),
    ("social", later("Social networks")),
)
FLAVORS = {
    "hugo": later("Hugo"),
    "jekyll": later("Jekyll"),
    "quarto": later("Quarto"),
    "astro": later("Astro"),
    "eleventy": later("Eleventy"),
    "pelican": later("Pelican"),
    "nikola": later("Nikola"),
    "mkdocs": later("MkDocs Material"),
    "html": later("plain HTML with a feed"),
}
VALUES = {
    "linkedin": later("LinkedIn"),
    "mastodon": later("Mastodon"),
    "bluesky": later("Bluesky"),
    "plain": later("another one"),
    "first": later("the first part"),
    "last": later("the last part"),
    "public": later("everybody"),
    "unlisted": later("everybody, not in timelines"),
    "private": later("followers only"),
    "inline": later("in the message"),
    "none": later("left out"),
}


def icon(kind: str) -> str:
    """The icon of a kind."""
    return ICONS.get(kind, "globe")


def group(kind: str) -> str:
    """The group that a kind is listed in."""
    return "site" if kind in SITES else "social" if kind in SOCIAL else "service"


def rank(kind: KindFacts) -> tuple[bool, str]:
    """Where a kind stands in its group: a folder first, it needs nothing."""
    return kind.name != "folder", kind.title.lower()


def title(kind: KindFacts) -> str:
    """What a kind is called at the beginning of a line."""
    name = tr(kind.title)
    first = name.split(" ", 1)[0]
    return name if "." in first else name[:1].upper() + name[1:]


def value(field: Field, chosen: str) -> str:
    """A value of a choice in words."""
    if field.name == "flavor":
        return tr(FLAVORS.get(chosen, chosen))
    return tr(VALUES.get(chosen, chosen))


def abilities(one: Abilities, kind: str) -> list[tuple[str, str]]:
    """What a kind can do: icons and words; the first says whether anything is sent."""
    if kind == "clipboard":
        found = [("copy", tr("you paste it yourself"))]
    elif one.remote:
        found = [("send", tr("leaves this computer"))]
    else:
        found = [("laptop", tr("stays on this computer"))]
    if one.schedules:
        found.append(("cloud-check", tr("schedules by itself")))
    if one.updates:
        found.append(("pencil", tr("updates posts")))
    if one.unpublishes:
        found.append(("undo-2", tr("takes posts back")))
    return found


def said(one: Abilities, kind: str) -> str:
    """The same in a line."""
    return " · ".join(word for _, word in abilities(one, kind))


def where(target: Target, kind: KindFacts | None) -> str:
    """Where a target is: its address or folder."""
    config = target.config
    for name in ("path", "repository", "identifier", "newsletter", "url", "network"):
        found = str(config.get(name) or "")
        if found:
            return tr(VALUES.get(found, found)) if name == "network" else found
    return "" if kind is None else title(kind)


def health(one: Health, now: int) -> Face:
    """How a target does."""
    if one.denied:
        return Face("fail", "circle-x", tr("key refused"))
    if one.paused(now) and one.until is not None:
        when = dates.due_when(one.until, now)
        return Face("stale", "power", tr("paused until {when}", when=when), tr("paused"))
    if one.failures:
        return Face("stale", "triangle-alert", tr("had trouble"))
    return Face("pass", "circle-check", tr("ready"))
