"""YAML front matter: written for Hugo and Jekyll, read back to know our own files."""

from __future__ import annotations

from typing import Any

import yaml

from journal_app.domain.due import jekyll_date, rfc3339
from journal_app.domain.targets import Post

KEY = "field_journal_key"


def hugo(post: Post) -> str:
    """Title, dates with their offset, slug, tags, description, our key."""
    dates = [f"date: {rfc3339(post.dated.at, post.dated.tz)}"]
    if post.updated is not None:
        dates.append(f"lastmod: {rfc3339(post.updated.at, post.updated.tz)}")
    return _block({"title": post.title}, dates, {"draft": False, "slug": post.slug}, post)


def jekyll(post: Post) -> str:
    """Layout, title, date with its offset, slug, tags, description, our key."""
    dates = [f"date: {jekyll_date(post.dated.at, post.dated.tz)}"]
    if post.updated is not None:
        dates.append(f"last_modified_at: {jekyll_date(post.updated.at, post.updated.tz)}")
    return _block({"layout": "post", "title": post.title}, dates, {"slug": post.slug}, post)


def _block(head: dict[str, Any], dates: list[str], middle: dict[str, Any], post: Post) -> str:
    tail = dict(middle)
    if post.tags:
        tail["tags"] = list(post.tags)
    if post.description:
        tail["description"] = post.description
    tail[KEY] = post.id
    # Dates are written by hand: quoted, some themes take them for plain text.
    return "---\n" + _yaml(head) + "\n".join(dates) + "\n" + _yaml(tail) + "---\n\n"


def _yaml(values: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=10_000)
    return text


def key_of(data: bytes) -> str | None:
    """The key in a page's front matter; None where the page is not ours."""
    head, mark, rest = data.decode("utf-8", "replace").partition("---\n")
    if head or not mark:
        return None
    block, mark, _ = rest.partition("\n---\n")
    if not mark:
        return None
    try:
        values = yaml.safe_load(block)
    except yaml.YAMLError:
        return None
    key = values.get(KEY) if isinstance(values, dict) else None
    return key if isinstance(key, str) else None
