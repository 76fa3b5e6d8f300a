"""The promise, under a thousand random schedules: at most one live post, none lost, late told."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.campaign.campaign import Campaign

SCHEDULES = 1_000


@pytest.mark.skipif(sys.platform == "win32", reason="agents are forked")
@pytest.mark.timeout(900)
def test_a_thousand_schedules_in_a_storm_of_faults(tmp_path: Path) -> None:
    campaign = Campaign(tmp_path, seed=2026)
    try:
        campaign.run(SCHEDULES)
    finally:
        campaign.close()
    print(campaign.table())
    total = campaign.total()
    assert campaign.problems == []
    assert total.scheduled == SCHEDULES
    assert (total.doubled, total.lost) == (0, 0)
    # The storm was one: otherwise it would prove nothing.
    assert total.published > SCHEDULES / 2
    assert total.taken_back > 10
    for what, least in (
        ("kill -9", 200),
        ("clock set back", 40),
        ("sleep of hours", 20),
        ("times that clocks make twofold or skip", 50),
        ("replies lost", 100),
        ("tries put off", 100),
        ("posts taken off", 20),
        ("posts put off", 20),
        ("posts sent by hand", 20),
        ("texts changed and approved", 20),
        ("restored copies", 8),
    ):
        assert campaign.events[what] >= least, what
