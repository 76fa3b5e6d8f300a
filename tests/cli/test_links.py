"""`journal links` and `journal rename`, as processes."""

from __future__ import annotations

import json

from tests.conftest import Cli


def test_links_and_a_rename_that_they_follow(cli: Cli) -> None:
    target = cli("add", "it diverged", "--title", "Warm up").stdout.strip()
    source = cli(
        "add", "because of [[warm up]], see [[Later]] #x", "--title", "Plan"
    ).stdout.strip()
    cli("add", "we warm up slowly", "--title", "Third")
    shown = cli("links", "Warm up").stdout
    assert (
        f"← {source}  Plan" in shown
        and "because of warm up, see Later" in shown
        and "Third" in shown
    )
    done = cli("rename", "Warm up", "Longer warm-up")
    assert done.stdout.split()[0] == target and "1 of your entries" in done.stderr
    assert "because of [[Longer warm-up]], see [[Later]]" in cli("show", source).stdout
    told = json.loads(cli("links", source, "--json").stdout)
    assert [one["title"] for one in told["outgoing"]] == ["Longer warm-up"]
    assert told["unresolved"] == ["Later"]
    assert cli("rename", "Warm up", "x").returncode == 1


def test_a_linked_run_that_is_not_imported_is_shown(cli: Cli) -> None:
    id = cli("add", "it left ->run:d12").stdout.strip()
    assert "→ run 'd12' is not imported yet" in cli("links", id).stdout
    assert json.loads(cli("links", id, "--json").stdout)["waiting"] == ["d12"]
