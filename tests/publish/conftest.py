"""Servers that several modules of these tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.wordpress import WordPress, missing
from tests.helpers.wordpress_world import Direct, Proxy, WordPressWorld


@pytest.fixture(scope="session")
def wordpress() -> Iterator[WordPress]:
    """A real WordPress; whoever uses it empties it first."""
    why = missing()
    if why:
        pytest.skip(why)
    with WordPress() as running:
        yield running


@pytest.fixture
def blog(wordpress: WordPress) -> WordPress:
    """The real WordPress with nothing in it. What is due waits for `cron(on=True)`."""
    wordpress.empty()
    wordpress.cron(on=False)
    return wordpress


@pytest.fixture
def direct(blog: WordPress, tmp_path: Path) -> Direct:
    """The real WordPress as a target."""
    return Direct(blog, tmp_path)


@pytest.fixture
def proxied(blog: WordPress, tmp_path: Path) -> Iterator[WordPressWorld]:
    """The real WordPress behind a proxy that loses answers."""
    with Proxy(blog) as proxy:
        yield WordPressWorld(blog, proxy, tmp_path)
