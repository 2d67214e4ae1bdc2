"""Which printer a kind of paper goes to, on a real store."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.composition.running import RunningProgram
from counter_app.domain.errors import DomainError
from counter_app.printing.jobs import PrinterRole
from counter_app.services.papers.printers import folder_printer, printer_setting
from counter_app.services.technician.port import TechnicianArea
from counter_app.storage.this_pc import device
from tests.support.practice import practice_world


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningProgram]:
    with practice_world(tmp_path_factory.mktemp("xa")) as world:
        yield world.programs[0]


@pytest.fixture
def area(program: RunningProgram) -> TechnicianArea:
    found = program.technician
    assert isinstance(found, TechnicianArea)
    with found.work.store.write() as connection:
        for role in PrinterRole:
            device.put_setting(connection, printer_setting(role), "")
    return found


def by_role(area: TechnicianArea) -> dict[str, tuple[str, bool]]:
    return {row.role: (row.shown, row.falls_back) for row in area.printer_roles()}


def test_every_role_stands_on_the_page_once(area: TechnicianArea) -> None:
    assert [row.role for row in area.printer_roles()] == [role.value for role in PrinterRole]
    assert set(by_role(area).values()) == {("", False)}


def test_a4_serves_all_sheets_but_never_the_strip(area: TechnicianArea) -> None:
    area.choose_printer("a4", "HP-1020")
    rows = by_role(area)
    assert rows["a4"] == ("HP-1020", False)
    assert rows["copies"] == rows["a5"] == rows["labels"] == ("HP-1020", True)
    assert rows["strip"] == ("", False)


def test_a_role_of_its_own_stands_before_a4(area: TechnicianArea) -> None:
    area.choose_printer("a4", "HP-1020")
    assert area.choose_printer("copies", "Canon-2900") == "Giấy loại bản sao từ nay in ở Canon-2900."
    assert by_role(area)["copies"] == ("Canon-2900", False)


def test_the_choice_is_told_to_the_screens(area: TechnicianArea) -> None:
    heard: list[frozenset[str]] = []
    area.work.on_change(heard.append)
    area.choose_printer("strip", "XP-80")
    assert heard == [frozenset({"printers"})]


def test_a_folder_is_a_printer_with_a_name_for_people(area: TechnicianArea, tmp_path: Path) -> None:
    area.choose_printer("strip", folder_printer(tmp_path))
    assert by_role(area)["strip"] == ("thư mục PDF", False)


@pytest.mark.parametrize(
    ("role", "printer", "code"),
    [("a3", "HP-1020", "printer.role"), ("a4", "", "printer.name"), ("a4", "-o raw", "printer.name")],
)
def test_a_wrong_choice_is_refused_and_nothing_changes(
    area: TechnicianArea, role: str, printer: str, code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        area.choose_printer(role, printer)
    assert refused.value.code == code
    assert by_role(area)["a4"] == ("", False)


def test_the_samples_are_those_of_the_printed_page(area: TechnicianArea) -> None:
    digits, text = area.scan_samples()
    assert digits.isdigit()
    assert len(set(digits)) >= 4, "fewer would not pass as a scan"
    assert "ẤẦẨẪẬ" in text
