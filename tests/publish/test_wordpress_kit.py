"""A real WordPress passes the kit that every kind of target passes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from journal_app.extend.conformance import TargetConformance
from tests.helpers.wordpress import WordPress
from tests.helpers.wordpress_world import Proxy, WordPressWorld


@pytest.fixture
def world(wordpress: WordPress, tmp_path: Path) -> Iterator[WordPressWorld]:
    wordpress.empty()
    wordpress.cron(on=False)
    with Proxy(wordpress) as proxy:
        yield WordPressWorld(wordpress, proxy, tmp_path)


class TestWordPressConforms(TargetConformance):
    """The kit."""
