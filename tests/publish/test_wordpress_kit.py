"""A real WordPress passes the kit that every kind of target passes."""

from __future__ import annotations

import pytest

from journal_app.extend.conformance import TargetConformance
from tests.helpers.wordpress_world import WordPressWorld


class TestWordPressConforms(TargetConformance):
    """The kit."""

    @pytest.fixture
    def world(self, proxied: WordPressWorld) -> WordPressWorld:
        return proxied
