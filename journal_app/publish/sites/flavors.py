"""The kinds of site that we know, and which one a site is."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from journal_app.domain.targets import Config
from journal_app.errors import JournalError
from journal_app.publish.sites.astro import Astro
from journal_app.publish.sites.eleventy import Eleventy
from journal_app.publish.sites.flavor import Flavor, P, Site
from journal_app.publish.sites.hugo import Hugo
from journal_app.publish.sites.jekyll import Jekyll
from journal_app.publish.sites.mkdocs import MkDocs
from journal_app.publish.sites.nikola import Nikola
from journal_app.publish.sites.pelican import Pelican
from journal_app.publish.sites.plain import Plain
from journal_app.publish.sites.quarto import Quarto
from journal_app.publish.sites.tree import Tree

# In the order of asking: what can be mistaken for another one comes later.
_ALL = (
    Quarto(), Astro(), Eleventy(), Nikola(), Pelican(), MkDocs(), Hugo(), Jekyll(), Plain(),
)  # fmt: skip
FLAVORS: Mapping[str, Flavor] = {one.name: one for one in _ALL}


def detect(tree: Tree) -> str | None:
    """The flavor of a site by its files; None where it is none that we know."""
    return next((name for name, one in FLAVORS.items() if one.found(tree)), None)


def flavor_of(config: Config, tree: Tree | None = None) -> Flavor:
    """The flavor that was set, else the one that the files show. Raises JournalError."""
    name = config.get("flavor", "hugo")  # targets of earlier versions without it are Hugo's
    if not name:
        name = detect(tree) if tree is not None else None
    if not name:
        raise JournalError(
            "It does not show which generator makes this site.",
            f"Say it with --flavor: {_known()}.",
        )
    if name not in FLAVORS:
        raise JournalError(f"{name!r} is not a flavor of site.", f"Known: {_known()}.")
    return FLAVORS[str(name)]


def _known() -> str:
    return ", ".join(FLAVORS)


def content_of(config: Config, flavor: Flavor, tree: Tree | None = None) -> PurePosixPath:
    """The folder of posts, relative to the site; never outside it."""
    given = config.get("content")
    text = str(given or (flavor.home(tree) if tree is not None else flavor.content))
    content = P(text.replace("\\", "/"))
    if content.is_absolute() or ".." in content.parts or ":" in text or not content.parts:
        raise JournalError(
            f"--content {text} is not a folder inside the site.",
            f"Write it relative to the site's folder, for example {flavor.content}.",
        )
    return content


def completed(config: Config, tree: Tree) -> dict[str, Any]:
    """The settings with what the site itself tells in place of what was left out.

    To be kept when a target is added: where a post stands must not change with a look at the site.
    Raises JournalError.
    """
    given = {**config, "flavor": config.get("flavor") or ""}
    flavor = flavor_of(given, tree)
    return {
        **config,
        "flavor": flavor.name,
        "content": str(content_of(config, flavor, tree)),
        "url": str(config.get("url") or "") or own_url(flavor, tree),
    }


def own_url(flavor: Flavor, tree: Tree) -> str:
    """What the site's settings say of its address; empty for placeholders and this computer."""
    url = str(flavor.facts(tree).get("url") or "").rstrip("/")
    host = url.partition("://")[2].partition("/")[0].partition(":")[0].lower()
    if not url.startswith(("http://", "https://")) or " " in url:
        return ""
    placeholder = host in ("localhost", "127.0.0.1", "0.0.0.0", "example.com", "www.example.com")
    return "" if placeholder or not host else url


def site_of(config: Config, flavor: Flavor, tree: Tree) -> Site:
    """The site as it is now."""
    base = str(config.get("url") or "").rstrip("/") or own_url(flavor, tree)
    # The folder does not follow the site's settings: natural keys do not know them.
    return Site(content_of(config, flavor), base, flavor.facts(tree))
