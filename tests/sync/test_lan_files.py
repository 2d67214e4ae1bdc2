"""Three programs of a unit, a hub over TLS: one of them fetches a version and the list, the others take both
over the LAN, and what the province's line carried is counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.composition.running import RunningProgram
from counter_app.practice.world import PracticeWorld
from counter_app.services.check.kept_list import opened_by_any
from counter_app.updates import trials
from counter_app.updates.sources import MANIFEST
from sync.client.transport import LineFault
from sync.protocol.journals.check_list import mark_of
from tests.support.lan import until
from tests.support.practice import practice_world
from tests.sync.test_lan_programs import on_the_lan
from tests.unit.updates.publisher import Pc, a_manifest, application, piece, signed

NAMES = ("QUẦY 1", "BÀN KÝ", "QUẦY 3")
MODULES = 500


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PracticeWorld]:
    """Three counters in contact; a version lies at the hub, each counter runs an older one."""
    folder = tmp_path_factory.mktemp("xa")
    with practice_world(folder, counters=3, names=NAMES) as made:
        nodes = [on_the_lan(made.programs[0])]
        for program in made.programs[1:]:
            nodes.append(on_the_lan(program, known=tuple(node.port for node in nodes)))
        assert until(lambda: all(len(one.neighbours.in_contact()) == 2 for one in made.programs))
        for number, program in enumerate(made.programs):
            install(program, Pc(folder / f"pc-{number}"))
        yield made


def install(program: RunningProgram, pc: Pc) -> None:
    """The program runs from an installation, at night, and looks when it is told to."""
    updates = program.updates
    updates.find = updates.sharing._find = lambda: pc.installed
    updates.chance = lambda: 0.0
    updates.is_open = lambda: False  # type: ignore[method-assign]


def publish(world: PracticeWorld, version: str, serial: int) -> int:
    """A version at the hub; returns the size of its application."""
    folder = world.hub_folder / "updates"
    folder.mkdir(exist_ok=True)
    data = application(version, MODULES)
    made = a_manifest(version, serial, application=piece(f"app-{version}.zip", data))
    (folder / f"app-{version}.zip").write_bytes(data)
    (folder / MANIFEST).write_bytes(signed(made))
    return len(data)


def spent(world: PracticeWorld) -> list[int]:
    """Bytes of each program's line, as its budget counted them."""
    return [program.thrift._budget.spent for program in world.programs]  # type: ignore[union-attr]


@pytest.fixture(autouse=True)
def no_trials(monkeypatch: pytest.MonkeyPatch) -> None:
    """These applications are no programs: their trials have tests of their own."""
    monkeypatch.setattr(trials, "self_test", lambda *_: None)
    monkeypatch.setattr(trials, "rehearse", lambda *_: None)


def in_place(program: RunningProgram) -> str:
    return program.updates._updater().in_place()


def test_three_programs_cost_the_provinces_line_one_download(world: PracticeWorld) -> None:
    size = publish(world, "1.1", 5)
    before = spent(world)
    for program in world.programs:
        program.updates.by_itself()
        assert (program.updates.trouble, in_place(program)) == (None, "1.1")
    cost = [now - then for now, then in zip(spent(world), before, strict=True)]
    assert size < cost[0] < size + 12_000
    assert max(cost[1:]) < 4_000, "the manifest alone: only the province can say that there is nothing newer"


def test_with_the_hub_gone_what_one_took_from_a_stick_reaches_the_others(
    world: PracticeWorld, tmp_path: Path
) -> None:
    """The hub's folder has nothing any more; one PC is updated by hand."""
    stick = tmp_path / "stick"
    publish(world, "1.2", 6)
    (world.hub_folder / "updates").rename(stick)
    first, *others = world.programs
    assert first.updates.from_file(str(stick)).version == "1.2"
    before = spent(world)
    for program in others:
        told = program.updates.now()
        assert (told.version, told.bytes) == ("1.2", 0)
        assert "Lấy từ" in told.words
    assert max(now - then for now, then in zip(spent(world), before, strict=True)) < 2_000


def test_the_list_for_the_check_is_fetched_once_and_passed_on(world: PracticeWorld) -> None:
    for program in world.programs:
        assert program.lists is not None
        program.lists.chance = lambda: 0.0
    before = spent(world)
    for program in world.programs:
        program.lists.by_itself()  # type: ignore[union-attr]
        assert program.home.list_words().startswith("Danh sách của tỉnh ngày ")
    cost = [now - then for now, then in zip(spent(world), before, strict=True)]
    assert cost[0] > 400
    assert cost[1:] == [0, 0]
    numbers = {program.areas.home.listed.newest for program in world.programs}
    assert len(numbers) == 1


def test_what_says_the_same_costs_a_question(world: PracticeWorld) -> None:
    """The hub makes a new list under a new number; its ETag is the same, and no body comes."""
    program = world.programs[0]
    assert program.lists is not None
    with program.lists.line() as line:
        data = line.newer("").data
        mark = mark_of(opened_by_any(data, program.areas.work.hub_keys))
        assert line.newer(mark).data == b""
        assert line.newer("0" * 32).data == data


def test_a_sibling_that_is_asked_nonsense_answers_nothing(world: PracticeWorld) -> None:
    one, two = world.programs[:2]
    journal = two.areas.work.journal
    for topic, words in ((3, b"\xff" * 4_000), (4, b""), (4, b"\xff" * 4_000)):
        answer = one.neighbours.ask(journal, topic, words, 5.0)  # type: ignore[union-attr]
        assert answer == b"" or topic == 3
    with pytest.raises(LineFault):
        one.neighbours.ask(12_345, 3, b"", 1.0)  # type: ignore[union-attr]
