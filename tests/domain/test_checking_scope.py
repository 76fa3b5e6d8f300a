"""What limits a claim, names a number or orders who does what may not get lost; the rest may."""

from __future__ import annotations

import pytest

from journal_app.domain.trust.checking import check
from tests.domain.rewrites_scope import SCOPE_BAD, SCOPE_GOOD


@pytest.mark.parametrize(("source", "wrong", "kind"), SCOPE_BAD)
def test_a_lost_limit_or_owner_is_found(source: str, wrong: str, kind: str) -> None:
    found = check(wrong, [source], support=None)
    assert kind in {one.kind for one in found}, found
    assert all(one.detail for one in found)


@pytest.mark.parametrize(("source", "good"), SCOPE_GOOD)
def test_what_limits_nothing_may_go(source: str, good: str) -> None:
    assert not check(good, [source], support=None)
