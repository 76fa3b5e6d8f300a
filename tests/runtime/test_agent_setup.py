"""How the three systems are asked to start the agent: real files, recorded commands."""

from __future__ import annotations

import os
import plistlib
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from journal_app.errors import JournalError
from journal_app.runtime.agent import service
from journal_app.runtime.agent.launchd import LaunchAgent
from journal_app.runtime.agent.systemd import UserUnit, quoted
from journal_app.runtime.agent.task_scheduler import ScheduledTask
from tests.helpers.servers.mataroa import MataroaSite

COMMAND = ["/opt/py 3/bin/python", "-m", "journal_app", "--journal", '/home/a b/100% "mine"$x\\y']


class System:
    """A system that takes every command and remembers it; `no` are beginnings that it refuses."""

    def __init__(self, *no: str, says: str = "active") -> None:
        self.commands: list[str] = []
        self.no = no
        self.says = says

    def __call__(self, command: object) -> tuple[int, str]:
        words = " ".join(command)  # type: ignore[call-overload]
        self.commands.append(words)
        if any(words.startswith(one) for one in self.no):
            return 1, "Failed to connect to bus: No medium found"
        return 0, self.says


@pytest.fixture(autouse=True)
def config_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "config"


def test_systemd_gets_a_unit_and_a_timer_and_both_go_again(config_home: Path) -> None:
    system = System()
    unit = UserUnit(COMMAND, "-1a2b", system)
    assert not unit.status().installed
    found = unit.install()
    assert (found.installed, found.running) == (True, True)
    names = sorted(path.name for path in (config_home / "systemd/user").iterdir())
    assert names == ["field-journal-agent-1a2b.service", "field-journal-agent-1a2b.timer"]
    assert "systemctl --user enable field-journal-agent-1a2b.service" in " ; ".join(system.commands)
    service_file, timer = unit.files
    assert "Restart=on-failure" in service_file.read_text()
    assert "Persistent=true" in timer.read_text()
    assert "Unit=field-journal-agent-1a2b.service" in timer.read_text()
    unit.install()  # again: nothing breaks
    assert not unit.uninstall().installed
    assert list((config_home / "systemd/user").iterdir()) == []
    assert unit.uninstall().words == "not set up"


def test_words_of_the_command_mean_the_same_to_systemd() -> None:
    assert quoted('a b%c"$d\\') == '"a b%%c\\"$$d\\\\"'


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is missing")
def test_systemd_itself_finds_the_units_right(tmp_path: Path) -> None:
    unit = UserUnit([sys.executable, "-m", "journal_app", "agent", "run"], "-1a2b", System())
    for path, text in unit.units().items():
        (tmp_path / path.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", "--user", *(str(tmp_path / p.name) for p in unit.units())],
        capture_output=True,
        text=True,
        env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)},
        check=False,
    )
    ours = [line for line in done.stderr.splitlines() if "field-journal" in line]
    assert ours == []


def test_a_session_without_systemd_is_told_and_given_another_way() -> None:
    with pytest.raises(JournalError, match="No medium found") as told:
        UserUnit(COMMAND, "", System("systemctl --user daemon-reload")).install()
    assert "journal publish --due" in told.value.hint


def test_a_system_without_the_command_is_told() -> None:
    def missing(_command: object) -> tuple[int, str]:
        raise FileNotFoundError("systemctl")

    with pytest.raises(JournalError, match="systemctl is not on this computer"):
        UserUnit(COMMAND, "", missing).install()


def test_launchd_gets_a_property_list(tmp_path: Path) -> None:
    system = System(says="state = running")
    agent = LaunchAgent(COMMAND, "-1a2b", system)
    assert agent.install().running
    document = plistlib.loads(agent.file.read_bytes())
    assert document["ProgramArguments"] == COMMAND
    assert document["Label"] == "app.field-journal.agent-1a2b"
    assert document["RunAtLoad"] is True
    assert any(words.startswith("launchctl bootstrap gui/") for words in system.commands)
    agent.uninstall()
    assert not agent.file.exists()
    with pytest.raises(JournalError, match="launchd did not take"):
        LaunchAgent(COMMAND, "", System("launchctl bootstrap")).install()


def test_the_task_scheduler_gets_a_task(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USERNAME", "A & B")
    monkeypatch.setenv("USERDOMAIN", "LAB")
    system = System(says='"\\Field Journal Agent","N/A","Running"')
    task = ScheduledTask(COMMAND, "", system)
    root = ElementTree.fromstring(task.document().encode("utf-16"))
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert root.findtext(".//t:Command", namespaces=space) == COMMAND[0]
    arguments = root.findtext(".//t:Arguments", namespaces=space)
    assert arguments == subprocess.list2cmdline(COMMAND[1:])
    assert root.findtext(".//t:Principal/t:UserId", namespaces=space) == "LAB\\A & B"
    assert root.findtext(".//t:StartWhenAvailable", namespaces=space) == "true"
    assert task.install().running
    assert any("schtasks /Create /TN Field Journal Agent /XML" in w for w in system.commands)
    task.uninstall()
    assert any(words.startswith("schtasks /Delete") for words in system.commands)


@pytest.mark.skipif(sys.platform != "linux", reason="the way of Linux")
def test_the_command_sets_it_up_for_this_journal(
    cli: object, tmp_path: Path, config_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The real command with a systemctl that writes down what it was asked."""
    programs = tmp_path / "bin"
    programs.mkdir()
    fake = programs / "systemctl"
    fake.write_text(f'#!/bin/sh\necho "$@" >> {tmp_path}/asked\necho active\n')
    fake.chmod(fake.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("BLOG_KEY", "mataroa-key")
    with MataroaSite("mataroa-key") as site:
        words = ("--kind", "mataroa", "--url", site.url, "--set", "key=env:BLOG_KEY")
        added = cli("target", "add", "blog", *words)  # type: ignore[operator]
    assert added.returncode == 0, added.stderr
    run = cli("agent", "install")  # type: ignore[operator]
    assert run.returncode == 0, run.stderr
    assert "variables of this shell: BLOG_KEY." in run.stderr
    (unit,) = (config_home / "systemd/user").glob("*.service")
    text = unit.read_text()
    assert '"agent" "run"' in text
    assert '"--journal"' in text
    status = cli("agent", "status")  # type: ignore[operator]
    assert "systemd says active" in status.stdout
    assert "publishes   nobody" in status.stdout
    assert cli("agent", "uninstall").returncode == 0  # type: ignore[operator]
    assert "disable --now" in (tmp_path / "asked").read_text()
    assert "not set up" in cli("agent", "status").stdout  # type: ignore[operator]


def test_agents_of_two_journals_have_two_names(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    assert service.identity(one) != service.identity(two)
    (tmp_path / "link").symlink_to(one)
    assert service.identity(tmp_path / "link") == service.identity(one)
