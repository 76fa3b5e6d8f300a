"""Every kind of site passes the checks that every kind of target passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_app.domain.targets import Post
from journal_app.extend.conformance import Fault, TargetConformance
from journal_app.publish import files
from journal_app.publish.folder import FolderTarget
from journal_app.publish.sites.flavors import FLAVORS
from tests.helpers.sites import pages


class SiteWorld:
    """A site folder. A reply is lost where the disk fails after the page stands."""

    def __init__(self, flavor: str, folder: Path, patch: pytest.MonkeyPatch) -> None:
        self.kind = FolderTarget()
        self.folder = folder / "journal"
        self.site = folder / "site"
        self.site.mkdir()
        self.folder.mkdir()
        self.config = {"path": str(self.site), "flavor": flavor, "url": "https://blog.example/"}
        self._patch = patch

    def live(self, post: Post) -> list[str]:
        return [data.decode() for data in pages(self.site, post.id).values()]

    def held(self, post: Post) -> int:
        return 0

    def fault(self, fault: Fault) -> bool:
        if fault != "lost-reply":
            return False
        sync, due = files.sync_folder, [True]

        def broken(folder: Path) -> None:
            if due and any(
                p.is_file() for p in self.site.rglob("*") if files.PARTIAL not in str(p)
            ):
                due.clear()
                raise OSError(5, "Input/output error", str(folder))
            sync(folder)

        self._patch.setattr(files, "sync_folder", broken)
        return True


class TestSites(TargetConformance):
    @pytest.fixture(params=list(FLAVORS))
    def world(
        self, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> SiteWorld:
        return SiteWorld(request.param, tmp_path, monkeypatch)
