"""What is made of Windows' answers; the calls themselves are tried under wine (tests/system)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from counter_app.devices.machine.facts import Memory, Power, Spooler, Support
from counter_app.devices.machine.windows import (
    LAYOUTS_KEY,
    RUN_KEY,
    STICK_RULES,
    VERSION_KEY,
    WindowsMachine,
)


@dataclass
class Calls:
    """A Windows of the tests."""

    number: int = 19_045
    registry: dict[tuple[str, str], Any] = field(default_factory=dict)
    layouts: tuple[str, ...] = ("00000409",)
    battery: tuple[int, int, int] = (1, 128, 255)
    state: int | None = 4
    running: tuple[str, ...] = ("explorer.exe",)
    wide: bool = True

    def build(self) -> int:
        return self.number

    def value(self, key: str, name: str) -> Any:
        return self.registry.get((key, name))

    def values(self, key: str) -> tuple[str, ...]:
        return self.layouts if key == LAYOUTS_KEY else ()

    def memory(self) -> tuple[int, int]:
        return 4_000_000_000, 900_000_000

    def power(self) -> tuple[int, int, int]:
        return self.battery

    def service(self, name: str) -> int | None:
        return self.state if name == "Spooler" else None

    def processes(self) -> tuple[str, ...]:
        return self.running

    def is_64(self) -> bool:
        return self.wide


@pytest.mark.parametrize(
    ("build", "name", "support"),
    [
        (7_601, "Windows", Support.TOO_OLD), (17_134, "Windows 10", Support.TOO_OLD),
        (17_763, "Windows 10", Support.OLD), (19_045, "Windows 10", Support.OLD),
        (21_999, "Windows 10", Support.OLD), (22_000, "Windows 11", Support.TRIED),
    ],
)  # fmt: skip
def test_the_build_says_which_windows(build: int, name: str, support: Support) -> None:
    told = WindowsMachine(Calls(build)).system()
    assert (told.name, told.build, told.support) == (name, str(build), support)


def test_display_version_and_update_are_told_where_there_are_any() -> None:
    calls = Calls(22_631, {(VERSION_KEY, "DisplayVersion"): "23H2", (VERSION_KEY, "UBR"): 4_317})
    told = WindowsMachine(calls).system()
    assert (told.name, told.build) == ("Windows 11 23H2", "22631.4317")
    calls.registry = {(VERSION_KEY, "ReleaseId"): "1809"}
    assert WindowsMachine(calls).system().name == "Windows 11 1809"


@pytest.mark.parametrize(
    ("battery", "told"),
    [
        ((1, 128, 255), Power(None, True)), ((255, 255, 255), Power(None, True)),
        ((0, 0, 42), Power(42, False)), ((1, 8, 90), Power(90, True)), ((0, 4, 3), Power(3, False)),
    ],
)  # fmt: skip
def test_power(battery: tuple[int, int, int], told: Power) -> None:
    assert WindowsMachine(Calls(battery=battery)).power() == told


@pytest.mark.parametrize(("state", "runs"), [(4, True), (1, False), (3, False), (None, None)])
def test_the_spooler(state: int | None, runs: bool | None) -> None:
    assert WindowsMachine(Calls(state=state)).spooler() == Spooler(runs, -1)


def test_memory() -> None:
    assert WindowsMachine(Calls()).memory() == Memory(4_000_000_000, 900_000_000)


@pytest.mark.parametrize("rule", STICK_RULES)
def test_each_rule_against_sticks_is_seen(rule: tuple[str, str, int]) -> None:
    key, name, forbids = rule
    calls = Calls(registry={(key, name): forbids})
    assert WindowsMachine(calls).sticks_refused() == rf"{key}\{name}"
    calls.registry[key, name] = forbids - 1
    assert WindowsMachine(calls).sticks_refused() == ""


@pytest.mark.parametrize("hive", ["HKLM", "HKCU"])
def test_autostart_for_all_or_for_this_user(hive: str) -> None:
    assert not WindowsMachine(Calls()).autostart()
    calls = Calls(registry={(rf"{hive}\{RUN_KEY}", "commune-counter"): "x.exe"})
    assert WindowsMachine(calls).autostart()


def test_input_methods_are_programs_or_windows_own() -> None:
    assert WindowsMachine(Calls()).input_methods() == ()
    calls = Calls(running=("UniKeyNT.exe", "UniKeyNT.exe", "cmd.exe"), layouts=("00000409", "d001042a"))
    assert WindowsMachine(calls).input_methods() == ("UniKeyNT.exe", "Windows Telex")
