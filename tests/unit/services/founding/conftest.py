"""A real counter that was enrolled just now: nobody of its unit is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from counter_app.clock import FixedClock
from counter_app.composition import compose
from counter_app.composition.enrolling import Enrolling
from counter_app.composition.running import RunningProgram
from counter_app.paths import Paths
from counter_app.practice import province
from counter_app.services.ports.founding import FoundingForm, OfficialForm
from counter_app.settings import PRACTICE_COST, Settings
from tests.support.authority import pem

PASSWORD = "tap huan 2026"
PIN = "246810"
MORNING = 1_795_134_600_000
"""2026-11-20 07:30 in Viet Nam, ms."""


def person(name: str, title: str, login: str, *roles: str, **more: str) -> OfficialForm:
    """Somebody as typed."""
    typed = {"password": PASSWORD, "repeated": PASSWORD, "pin": PIN, **more}
    return OfficialForm(name, title, roles, login, **typed)


HEAD = person("Giàng A Chiến (tập huấn)", "Chủ tịch", "chien", "chairman")
TECHNICIAN = person("Lê Quốc Hùng (tập huấn)", "Kỹ thuật viên", "hung", "technician")
FORM = FoundingForm(HEAD, TECHNICIAN, "12/QĐ-UBND", 20260701)


def settings_of(home: Path) -> Settings:
    """A PC with a key file, a scripted clock and cheap passwords."""
    return Settings(
        Paths(home), "may tap huan", practice=True, clock=FixedClock(MORNING, step=1),
        password_cost=PRACTICE_COST, exchanging=False, follows_hub_clock=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def hub_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A province without any line."""
    folder = tmp_path_factory.mktemp("tinh")
    province.found(folder)
    return folder


@pytest.fixture
def enrolled(hub_folder: Path, tmp_path: Path) -> Iterator[Callable[..., RunningProgram]]:
    """Enrols a PC by name, through the port of the first page; open programs are closed at the end."""
    programs: list[RunningProgram] = []

    def make(name: str = "QUẦY-01") -> RunningProgram:
        file = tmp_path / f"{name}.mcp"
        file.write_bytes(province.provision(hub_folder, name, "https://127.0.0.1:1", pem()))
        settings = settings_of(tmp_path / name)
        Enrolling(settings, beside=()).enrol(str(file), "", False)
        programs.append(compose(settings))
        return programs[-1]

    yield make
    for program in programs:
        program.close()
