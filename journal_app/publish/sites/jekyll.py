"""Jekyll: dated posts, pictures in `assets/`, Liquid switched off where the text has some."""

from __future__ import annotations

import re
from datetime import UTC
from pathlib import PurePosixPath
from typing import Any

from journal_app.domain.due import jekyll_date, local, zone
from journal_app.domain.targets import Post
from journal_app.errors import JournalError
from journal_app.publish.frontmatter import KEY, Plain, block
from journal_app.publish.sites import configs, literal
from journal_app.publish.sites.flavor import Draft, Flavor, P, Place, Site
from journal_app.publish.sites.tree import Tree

_CONFIG = ("_config.yml", "_config.yaml", "_config.toml")
_STYLES = {
    "date": "/:categories/:year/:month/:day/:title:output_ext",
    "pretty": "/:categories/:year/:month/:day/:title/",
    "ordinal": "/:categories/:year/:y_day/:title:output_ext",
    "weekdate": "/:categories/:year/W:week/:short_day/:title:output_ext",
    "none": "/:categories/:title:output_ext",
}


class Jekyll(Flavor):
    """`_posts/YYYY-MM-DD-SLUG.md` and `assets/YYYY-MM-DD-SLUG/`."""

    name, title, content = "jekyll", "Jekyll", "_posts"

    def found(self, tree: Tree) -> bool:
        """By its config, or its folder of posts."""
        if "_posts" in tree.names(P()):
            return True
        values = configs.first(tree, _CONFIG)
        return bool(values) or "jekyll" in configs.source(tree, "Gemfile")

    def home(self, tree: Tree) -> str:
        """Below `collections_dir`, where one is set."""
        return str(P(configs.text(configs.first(tree, _CONFIG), "collections_dir")) / "_posts")

    def facts(self, tree: Tree) -> dict[str, Any]:
        """Address, form of addresses, zone, whether old addresses can be named."""
        values = configs.first(tree, _CONFIG)
        url = configs.text(values, "url").rstrip("/")
        base = configs.text(values, "baseurl").strip("/")
        plugins = [*_list(values.get("plugins")), *_list(values.get("gems"))]
        link = configs.text(values, "permalink")
        for one in _list(values.get("defaults")):
            scope = one.get("scope") if isinstance(one, dict) else None
            set_to = one.get("values") if isinstance(one, dict) else None
            if (
                isinstance(scope, dict)
                and scope.get("type") == "posts"
                and isinstance(set_to, dict)
            ):
                link = configs.text(set_to, "permalink") or link
        return {
            "url": f"{url}/{base}" if url and base else url,
            "permalink": link or "date",
            "timezone": configs.text(values, "timezone"),
            "redirects": "jekyll-redirect-from" in plugins,
        }

    def key(self, content: PurePosixPath, post: Post) -> PurePosixPath:
        """Jekyll wants the day in the name."""
        day = local(post.dated.at, post.dated.tz).strftime("%Y-%m-%d")
        return content / f"{day}-{post.slug}.md"

    def pictures(self, site: Site, place: Place) -> PurePosixPath:
        """`assets/YYYY-MM-DD-SLUG`: two posts of different days may share a slug."""
        return P("assets") / place.key.stem

    def page(self, site: Site, draft: Draft) -> str:
        """Layout, title, date with its offset, slug, tags, description, our key."""
        post = draft.post
        written = _written_out(site, draft.place)
        return block(
            [
                ("layout", "post"),
                ("title", post.title),
                ("date", Plain(jekyll_date(post.dated.at, post.dated.tz))),
                (
                    "last_modified_at",
                    Plain(jekyll_date(post.updated.at, post.updated.tz)) if post.updated else None,
                ),
                ("published", True),
                ("slug", post.slug),
                ("permalink", "/" + self.address(site, draft.place) if written else None),
                ("tags", post.tags),
                ("description", post.description or None),
                ("canonical_url", post.canonical_url or None),
                ("redirect_from", ["/" + old for old in draft.old]),
                (KEY, post.id),
            ]
        ) + literal.for_jekyll(draft.text, draft.files, str(self.pictures(site, draft.place)))

    def names_old(self, site: Site) -> bool:
        """Where the plugin for it is switched on."""
        return bool(site.facts.get("redirects"))

    def address(self, site: Site, place: Place) -> str:
        """By the site's `permalink`."""
        day = local(place.dated.at, _zone(site) or place.dated.tz)
        style = str(site.facts.get("permalink") or "date")
        words = {
            "categories": "",
            "year": f"{day:%Y}",
            "short_year": f"{day:%y}",
            "month": f"{day:%m}",
            "i_month": str(day.month),
            "short_month": f"{day:%b}",
            "long_month": f"{day:%B}",
            "day": f"{day:%d}",
            "i_day": str(day.day),
            "y_day": f"{day:%j}",
            "week": f"{day:%V}",
            "w_year": f"{day:%G}",
            "w_day": str(day.isoweekday()),
            "short_day": f"{day:%a}",
            "long_day": f"{day:%A}",
            "hour": f"{day:%H}",
            "minute": f"{day:%M}",
            "second": f"{day:%S}",
            "title": place.slug,
            "slug": place.slug,
            "output_ext": ".html",
        }
        path = re.sub(r":([a-z_]+)", lambda m: words.get(m[1], m[0]), _STYLES.get(style, style))
        slash = "/" if path.endswith("/") else ""
        return "/".join(part for part in path.split("/") if part) + slash


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _zone(site: Site) -> str:
    name = str(site.facts.get("timezone") or "")
    try:
        return name if name and zone(name) else ""
    except JournalError:
        return ""


def _written_out(site: Site, place: Place) -> bool:
    """Whether the day in the address would depend on the computer that builds the site."""
    if _zone(site):
        return False
    day = local(place.dated.at, place.dated.tz)
    return day.date() != day.astimezone(UTC).date()
