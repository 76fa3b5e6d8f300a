"""Servers that several modules of these tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.helpers.wordpress import WordPress, missing


@pytest.fixture(scope="session")
def wordpress() -> Iterator[WordPress]:
    """A real WordPress; whoever uses it empties it first."""
    why = missing()
    if why:
        pytest.skip(why)
    with WordPress() as running:
        yield running
