"""A unit set up by a technician alone comes under the province's server: same keys, another address."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.composition.running import RunningProgram
from counter_app.practice import people
from counter_app.practice.world import PracticeWorld
from counter_app.services.ports.exchange import EQUAL
from counter_app.services.ports.technician import LineForm
from sync.client.transport import NotTheHub
from sync.hub.cli import main as hub_main
from sync.hub.hub import Hub
from sync.hub.keys import FILE_NAME
from sync.hub.serving.ca import TLS_FOLDER
from sync.hub.serving.server import HubServer
from tests.support.practice import practice_world, take_in

UNIT = "00000"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[PracticeWorld]:
    """Two counters provisioned from a technician's PC, which then went home with him; work went on."""
    with practice_world(tmp_path / "xa", counters=2) as made:
        take_in(made, "gks 1x2")
        made.settle()
        assert hub_main(["--folder", str(made.hub_folder), "backup", str(tmp_path / "hub.bak")]) == 0
        made.server.stop()
        take_in(made, "hb 4x1", "dt bang 2")
        take_in(made, "cccd 1x3", counter=1)
        yield made


def provinces_server(world: PracticeWorld, backup: Path) -> HubServer:
    """The technician's backup and keys in a new place, served under another address."""
    folder = backup.with_name("may-chu-tinh")
    shutil.copytree(world.hub_folder / TLS_FOLDER, folder / TLS_FOLDER)
    shutil.copy(world.hub_folder / FILE_NAME, folder / FILE_NAME)
    assert hub_main(["--folder", str(folder), "restore", str(backup)]) == 0
    return HubServer(folder, practice=True).start()


def goes_to(world: PracticeWorld, counter: int, address: str) -> RunningProgram:
    """The technician types the address on “Đường truyền tỉnh”."""
    world.sign_in(people.TECHNICIAN, counter)
    program = world.programs[counter]
    program.technician.keep_province_line(LineForm(hub=address))
    assert program.technician.enrolment().hub == address
    return program


def test_a_unit_alone_is_adopted_with_all_it_wrote(world: PracticeWorld, tmp_path: Path) -> None:
    waiting = [program.line.exchange()[-1].code for program in world.programs]
    assert set(waiting) == {"no-line"}
    world.server = provinces_server(world, tmp_path / "hub.bak")
    for counter in (0, 1, 0):
        world.meet(goes_to(world, counter, world.server.url))
    for program in world.programs:
        assert program.exchange.compare().verdict == EQUAL
    with Hub.open(tmp_path / "may-chu-tinh", practice=True) as hub:
        held = {one.journal: one.seq for one in hub.journals_held(UNIT)}
    for program in world.programs:
        with program.opened.store.read() as connection:
            own = connection.exec_driver_sql("SELECT journal, covered FROM journal_heads").fetchall()
        assert {row[0]: row[1] for row in own if row[0] in held} == held


def test_another_provinces_server_at_the_typed_address_is_believed_in_nothing(
    world: PracticeWorld, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken_by_files: list[bool] = []
    monkeypatch.setattr(world.programs[0].files, "renew", lambda: taken_by_files.append(True))
    Hub.open(tmp_path / "tinh-khac", practice=True).close()
    with HubServer(tmp_path / "tinh-khac", practice=True) as stranger:
        program = goes_to(world, 0, stranger.url)
        assert program.line.exchange()[-1].code == NotTheHub.code
    assert taken_by_files == [True]
    world.server = provinces_server(world, tmp_path / "hub.bak")
    world.meet(goes_to(world, 0, world.server.url))
