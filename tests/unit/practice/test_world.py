"""The practice world: quick to make, comes back as it was, and survives the death of the program."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from counter_app.composition.ownership import is_owned
from counter_app.domain.errors import DomainError
from counter_app.paths import Paths
from counter_app.practice import people
from counter_app.practice.program import open_practice_program
from counter_app.practice.seeding import LAST_ON_PAPER
from counter_app.practice.world import PASSPHRASE, PracticeWorld
from counter_app.services.enrolment.enrol import enrol
from counter_app.services.enrolment.opening import make_store
from counter_app.storage.keeping import integrity
from counter_app.storage.store_errors import StoreError
from sync.hub.hub import Hub, WrongHub
from tests.support.practice import practice_world, take_in, waiting

ROOT = Path(__file__).parents[3]
UNIT = "00000"

CLERK_AT_WORK = """
import json, sys
from pathlib import Path
sys.path.insert(0, sys.argv[3])
from counter_app.practice.world import PracticeWorld
from tests.support.practice import take_in
world = PracticeWorld.open(Path(sys.argv[1]), exchanging=sys.argv[2] == "on")
print("OPEN", flush=True)
for number in range(200):
    done = take_in(world, "gks 1x2", "hb 4x1")
    print(json.dumps([done.request.journal, done.request.seq]), flush=True)
"""


def test_a_world_of_two_counters(tmp_path: Path) -> None:
    with practice_world(tmp_path, counters=2) as world:
        names = [program.session.counter().counter_name for program in world.programs]
        assert names == ["QUẦY-01", "BÀN KÝ"]
        for program in world.programs:
            assert program.session.counter().practice
            assert people.PASSWORD in program.session.counter().practice_hint
            assert program.session.counter().unit_code == UNIT
            assert waiting(program) == 0
            assert {person.needs for person in program.session.people()} == {"password"}
        assert world.programs[0].signing.pen().here
        assert not world.programs[1].signing.pen().here
        assert world.programs[0].signing.pen().last_number in (0, LAST_ON_PAPER)
        with world.programs[1].opened.store.read() as connection:
            assert integrity.check_chains(connection) == []


def test_every_person_signs_in_with_the_practice_password(tmp_path: Path) -> None:
    with practice_world(tmp_path) as world:
        for new in people.STAFF:
            session = world.programs[0].session.sign_in(world.founded.officials[new.login], people.PASSWORD)
            assert session.name == new.name
            world.programs[0].session.check_pin(people.PIN)
            world.programs[0].session.sign_out()


def test_without_a_register_the_day_can_open_it(tmp_path: Path) -> None:
    with practice_world(tmp_path, register=False) as world:
        assert world.founded.register is None
        assert world.programs[0].copies.book_line() == ("Chưa mở sổ SCT/BS", "")


def test_a_world_opens_again_as_it_was(tmp_path: Path) -> None:
    with PracticeWorld.create(tmp_path, counters=2) as world:
        done = take_in(world, "gks 1x2")
        world.settle()
        before = [program.exchange.status().saved for program in world.programs]
    with PracticeWorld.open(tmp_path, exchanging=False) as again:
        assert [program.exchange.status().saved for program in again.programs] == before
        assert again.server.port == world.server.port
        again.sign_in(people.CLERK, 1)
        again.settle()
        with again.programs[1].opened.store.read() as connection:
            assert again.programs[1].areas.work.state(connection, done.request).code


def test_when_the_hubs_port_is_taken_the_counters_follow_it(tmp_path: Path) -> None:
    import socket

    with PracticeWorld.create(tmp_path) as world:
        port = world.server.port
    with socket.create_server(("127.0.0.1", port)), PracticeWorld.open(tmp_path, exchanging=False) as again:
        assert again.server.port != port
        assert again.programs[0].exchange.try_now().startswith(("Đã đồng bộ", "Còn"))


def test_the_practice_program_is_made_once(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    program = open_practice_program(folder)
    journal, hub = program.areas.work.journal, program.technician.enrolment().hub
    program.close()
    again = open_practice_program(folder)
    assert (again.areas.work.journal, again.technician.enrolment().hub) == (journal, hub)
    again.close()
    assert not is_owned(Paths(folder / "quay-01").lock)


def test_a_world_whose_making_was_interrupted_is_put_aside(tmp_path: Path) -> None:
    folder = tmp_path / "practice"
    folder.mkdir()
    (folder / "half").write_text("made")
    (folder / "begun").touch()
    program = open_practice_program(folder)
    program.close()
    assert (tmp_path / "practice-1" / "half").read_text() == "made"


def test_an_empty_folder_that_exists_is_used(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    open_practice_program(folder).close()
    assert (folder / "made").exists()
    assert [one.name for one in tmp_path.iterdir()] == ["empty"], "nothing was put aside"


def test_somebodys_folder_is_neither_moved_nor_filled(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "mine.txt").write_text("kept")
    with pytest.raises(DomainError) as refused:
        open_practice_program(folder)
    assert refused.value.code == "practice.folder"
    assert "papers" in refused.value.words("en").title
    assert [one.name for one in folder.iterdir()] == ["mine.txt"]


def test_a_file_in_the_folders_place_is_told_in_words(tmp_path: Path) -> None:
    folder = tmp_path / "file"
    folder.write_text("no folder")
    with pytest.raises(StoreError):
        open_practice_program(folder)


def test_a_real_hub_never_meets_a_practice_counter(tmp_path: Path) -> None:
    with practice_world(tmp_path / "xa") as world:
        with pytest.raises(WrongHub):
            Hub.open(world.hub_folder, practice=False)
        with Hub.open(tmp_path / "real", practice=False) as real:
            real.add_unit("03390", "Xã Bình Lư")
            answer = real.exchange(b"CCX")
            assert answer
            opened = make_store(Paths(tmp_path / "pc"), PASSPHRASE)
            from counter_app.practice import province

            file = province.provision(
                world.hub_folder, "QUẦY-05", world.server.url, world.server.authority_pem
            )
            enrolled = enrol(opened, file, world.clock.now())
            assert enrolled.hub_key != real.public_key
            opened.store.close()


@pytest.mark.fault
@pytest.mark.parametrize(("after", "exchanging"), [(1, "off"), (4, "off"), (9, "on")])
def test_kill_9_of_the_program_loses_nothing_that_was_shown(
    tmp_path: Path, after: int, exchanging: str
) -> None:
    """The clerk's program is killed between any two lines: what was shown as saved is there, once."""
    PracticeWorld.create(tmp_path).close()
    process = subprocess.Popen(
        [sys.executable, "-c", CLERK_AT_WORK, str(tmp_path), exchanging, str(ROOT)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "OPEN"
    shown = [tuple(json.loads(process.stdout.readline())) for _ in range(after)]
    os.kill(process.pid, signal.SIGKILL)
    shown += [tuple(json.loads(line)) for line in process.stdout if line.endswith("]\n")]
    process.wait()
    process.stdout.close()
    with PracticeWorld.open(tmp_path, exchanging=False) as world:
        (program,) = world.programs
        assert program.opened.store.is_enrolled, "a kill is no copy"
        with program.opened.store.read() as connection:
            assert integrity.check_pages(connection) == []
            assert integrity.check_chains(connection) == []
            rows = connection.exec_driver_sql("SELECT id, code FROM requests").fetchall()
        held = {(row[0] >> 32, row[0] & 0xFFFFFFFF) for row in rows}
        assert set(shown) <= held
        assert len({row[1] for row in rows}) == len(rows)
        assert len(held) - len(set(shown)) <= 1
        take_in(world, "gks 1x1")
        world.settle()
        assert waiting(program) == 0
        with Hub.open(world.hub_folder, practice=True) as hub:
            hub.read(UNIT)
            assert hub.trouble(UNIT).parked == () or not hub.trouble(UNIT).parked
