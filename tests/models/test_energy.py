"""Joules from counters that wrap, from a battery, or honestly not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from journal_app.models.energy import EnergyMeter


def package(root: Path, name: str, used: int, wrap: int = 1_000_000) -> Path:
    folder = root / name
    folder.mkdir(parents=True)
    (folder / "energy_uj").write_text(f"{used}\n")
    (folder / "max_energy_range_uj").write_text(f"{wrap}\n")
    return folder / "energy_uj"


def test_packages_add_up_parts_do_not_and_a_counter_may_wrap(tmp_path: Path) -> None:
    first = package(tmp_path, "intel-rapl:0", 900_000)
    second = package(tmp_path, "intel-rapl:1", 100)
    core = package(tmp_path, "intel-rapl:0:0", 0)
    meter = EnergyMeter(tmp_path, tmp_path / "none")
    first.write_text("400000")
    second.write_text("500100")
    core.write_text("999999")
    used = meter.stop()
    assert used.value == pytest.approx(0.5 + 0.5)
    assert "RAPL" in used.source


def test_a_discharging_battery_tells_roughly(tmp_path: Path) -> None:
    battery = tmp_path / "BAT0"
    battery.mkdir()
    (battery / "status").write_text("Discharging\n")
    (battery / "power_now").write_text("8000000\n")
    clock = iter([0.0, 10.0])
    meter = EnergyMeter(tmp_path / "none", tmp_path, lambda: next(clock))
    (battery / "power_now").write_text("12000000\n")
    assert meter.stop().value == pytest.approx(100)


def test_nothing_is_invented(tmp_path: Path) -> None:
    charging = tmp_path / "BAT0"
    charging.mkdir()
    (charging / "status").write_text("Charging\n")
    used = EnergyMeter(tmp_path / "none", tmp_path).stop()
    assert used.value is None and "no readable" in used.source
